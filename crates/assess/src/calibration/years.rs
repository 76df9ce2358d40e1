//! Numbers of fatal events in a year, and of fatal losses in transfers: what the rates foretell, beside the record.

use super::conditional::{Conditional, NODES, node_of};
use super::groups::Group;
use super::record::{Mechanism, Year, record};
use crate::cluster::Cluster;
use crate::ledger::value;
use crate::rates::Rates;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::{exp, expm1, ln, normal_cdf};

/// Spread of the number aboard about a year's mean.
const SPREAD: f64 = 16.0;
/// Least and most people in a boat.
const PEOPLE: std::ops::Range<u32> = 5..130;
/// Years differ by more than chance (weather, routes): a count is a Poisson number whose rate varies from year to year by a
/// gamma number of this shape, one half of the rate as standard deviation.
const SHAPE: f64 = 4.0;
/// Hours of a crossing, for what happens by the hour.
const CROSSING_H: f64 = 6.5;
/// Share of the boats that a vessel met at sea and took the people off (UK, 2023: 90 %).
pub const MET: f64 = 0.9;
/// Fatal losses in transfers, 2021-25: one or two, by how the event of 14 December 2022 is read.
const IN_TRANSFERS: [f64; 2] = [1.0, 2.0];
/// Limits of the three sizes of boat whose crush events are counted apart.
const SIZES: [u32; 2] = [60, 85];

/// The share of a year's boats with each number aboard.
fn shares(year: &Year) -> Vec<(f64, f64)> {
    let below = |n: f64| normal_cdf((n - year.mean_people) / SPREAD);
    let all: Vec<(f64, f64)> = PEOPLE.map(f64::from).map(|n| (n, below(n + 0.5) - below(n - 0.5))).collect();
    let total: f64 = all.iter().map(|s| s.1).sum();
    all.into_iter().map(|(n, s)| (n, s / total)).collect()
}

/// The numbers aboard with their shares, of every year.
pub struct Fleets(Vec<Vec<(f64, f64)>>);

impl Default for Fleets {
    fn default() -> Self {
        Self(record().years.iter().map(shares).collect())
    }
}

/// Fatal events per boat with so many aboard, by [`Mechanism`], that one group of constants speaks of; the others are 0.
#[must_use]
pub fn per_boat(group: Group, k: &Knowledge, r: &Rates, of: &Conditional, people: f64) -> [f64; 5] {
    let mut out = [0.0; 5];
    let boat = of[node_of(people)];
    match group {
        Group::Boat => {
            let seen = value("aftermath.filling_seen", k);
            let surges = -expm1(-r.own_surges_per_h() * CROSSING_H - r.panic() * boat.wet[0]);
            let failures = -expm1(-r.failures_per_h(people, true) * r.reference_h());
            out[Mechanism::Flooding as usize] = boat.filling * (1.0 - seen) + surges * boat.surge;
            out[Mechanism::Structure as usize] = failures * boat.failure;
        }
        Group::Crush => out[Mechanism::Crush as usize] = -expm1(-r.crush_per_h(people) * r.reference_h()),
        Group::Overboard => {
            let deaths = r.overboard_per_h(people) * CROSSING_H;
            out[Mechanism::Overboard as usize] = deaths / Cluster::new(value("overboard.another", k)).mean();
        }
        Group::Boarding => {
            let deaths = people * boarding_per_person(r);
            out[Mechanism::Boarding as usize] = deaths / Cluster::new(value("boarding.another", k)).mean();
        }
        Group::Water => {}
    }
    out
}

/// The mean over the breakers (0.1 to 0.5 m) and the water (8 to 18 degC) of the beaches and months in which people leave.
fn boarding_per_person(r: &Rates) -> f64 {
    let surf = [0.15, 0.25, 0.35, 0.45];
    let water = [9.0, 11.0, 13.0, 15.0, 17.0];
    let sum: f64 = surf.iter().flat_map(|s| water.map(|w| r.boarding_per_person(*s, w))).sum();
    sum / (surf.len() * water.len()) as f64
}

/// Fatal losses per transfer with so many aboard.
#[must_use]
pub fn per_transfer(k: &Knowledge, r: &Rates, of: &Conditional, people: f64) -> f64 {
    let boat = of[node_of(people)];
    // children are aboard nearly every boat, and half of the boats are met at night
    let dry = r.reaction(value("boat:crowd.trigger_alongside", k) * value("rescue:transfer.prepared", k), true, false);
    (dry + boat.wet[1]) * r.panic() * boat.transfer_surge + value("structure.per_transfer", k) * boat.transfer_failure
}

/// Fatal losses per transfer over the years' boats.
#[must_use]
pub fn transfers(k: &Knowledge, r: &Rates, of: &Conditional, fleets: &Fleets) -> f64 {
    let boats: f64 = record().years.iter().map(|y| y.boats).sum();
    let year = |(y, fleet): (&Year, &Vec<(f64, f64)>)| {
        y.boats / boats * fleet.iter().map(|(n, s)| s * per_transfer(k, r, of, *n)).sum::<f64>()
    };
    record().years.iter().zip(&fleets.0).map(year).sum()
}

/// Logarithm of the likelihood of the record of transfers.
#[must_use]
pub fn log_likelihood_of_transfers(per_transfer: f64) -> f64 {
    let boats: f64 = record().years.iter().map(|y| y.boats).sum();
    let mean = per_transfer * MET * boats;
    let poisson = |n: f64| exp(n * ln(mean) - mean) / if n > 1.0 { 2.0 } else { 1.0 };
    ln(IN_TRANSFERS.map(poisson).iter().sum::<f64>().max(f64::MIN_POSITIVE))
}

/// Fatal events per boat, by the number aboard and mechanism.
#[must_use]
pub fn by_people(group: Group, k: &Knowledge, of: &Conditional) -> Vec<[f64; 5]> {
    let r = Rates::draw(k);
    PEOPLE.map(|n| per_boat(group, k, &r, of, f64::from(n))).collect()
}

/// The same of all groups together.
#[must_use]
pub fn all_by_people(k: &Knowledge, of: &Conditional) -> Vec<[f64; 5]> {
    let mut sum = vec![[0.0; 5]; PEOPLE.len()];
    for group in Group::ALL {
        for (s, o) in sum.iter_mut().zip(by_people(group, k, of)) {
            s.iter_mut().zip(o).for_each(|(s, o)| *s += o);
        }
    }
    sum
}

/// The mean over a year's boats, of those with a number aboard that `counted` takes.
fn mean(by_people: &[[f64; 5]], fleet: &[(f64, f64)], mechanism: Mechanism, counted: impl Fn(f64) -> bool) -> f64 {
    let all = by_people.iter().zip(fleet).filter(|(_, (n, _))| counted(*n));
    all.map(|(rate, (_, share))| share * rate[mechanism as usize]).sum()
}

impl Fleets {
    /// Number of years.
    #[must_use]
    pub fn years(&self) -> usize {
        self.0.len()
    }

    /// Share of all boats that each boat of [`node_of`] stands for.
    #[must_use]
    pub fn by_node(&self) -> [f64; NODES] {
        let boats: f64 = record().years.iter().map(|y| y.boats).sum();
        let mut out = [0.0; NODES];
        for (y, fleet) in record().years.iter().zip(&self.0) {
            fleet.iter().for_each(|(n, s)| out[node_of(*n)] += s * y.boats / boats);
        }
        out
    }

    /// Share of each mechanism in the events that the record can show, from what each year foretells per boat.
    #[must_use]
    pub fn mix(&self, by_year: &[[f64; 5]]) -> [f64; 5] {
        let mut sums = [0.0; 5];
        for (y, rates) in record().years.iter().zip(by_year) {
            let seen = y.boats * record().known_share(y);
            sums.iter_mut().zip(rates).for_each(|(s, r)| *s += seen * r);
        }
        let total: f64 = sums.iter().sum();
        sums.map(|s| s / total)
    }

    /// Fatal events per boat of one year, by mechanism.
    #[must_use]
    pub fn of_year(&self, year: usize, by_people: &[[f64; 5]]) -> [f64; 5] {
        Mechanism::ALL.map(|m| mean(by_people, &self.0[year], m, |_| true))
    }
}

/// Logarithm of the likelihood of what is on record of each year, for one group.
#[must_use]
pub fn log_likelihoods(group: Group, by_people: &[[f64; 5]], fleets: &Fleets) -> Vec<f64> {
    let year = |(i, y): (usize, &Year)| {
        let boats = y.boats * record().known_share(y);
        let cell = |(mechanism, low, high, seen)| {
            let rate = mean(by_people, &fleets.0[i], mechanism, |n| (low..high).contains(&n));
            log_count(seen, boats * rate)
        };
        cells(group, y).into_iter().map(cell).sum()
    };
    record().years.iter().enumerate().map(year).collect()
}

/// What is counted of a group in a year: mechanism, number aboard from and below, events.
fn cells(group: Group, year: &Year) -> Vec<(Mechanism, f64, f64, u32)> {
    let cell = |m: Mechanism, low: u32, high: u32| {
        let seen = record().count(year.year, m, |n| (low..high).contains(&n));
        (m, f64::from(low), f64::from(high), seen)
    };
    let [middle, large] = SIZES;
    match group {
        Group::Boat => vec![cell(Mechanism::Flooding, 0, 999), cell(Mechanism::Structure, 0, 999)],
        Group::Crush => [(0, middle), (middle, large), (large, 999)].map(|(l, h)| cell(Mechanism::Crush, l, h)).into(),
        Group::Overboard => vec![cell(Mechanism::Overboard, 0, 999)],
        Group::Boarding => vec![cell(Mechanism::Boarding, 0, 999)],
        Group::Water => vec![],
    }
}

/// The rates of boats with so many aboard.
#[must_use]
pub fn at(by_people: &[[f64; 5]], people: u32) -> [f64; 5] {
    by_people[(people.clamp(PEOPLE.start, PEOPLE.end - 1) - PEOPLE.start) as usize]
}

/// Adds the probabilities of 0, 1, 2 ... events with a mean of `mean`, times `weight`.
pub fn counts(mean: f64, probabilities: &mut [f64], weight: f64) {
    let mut p = exp(SHAPE * ln(SHAPE / (SHAPE + mean)));
    for (n, sum) in (0..).map(f64::from).zip(probabilities) {
        *sum += weight * p;
        p *= (n + SHAPE) / (n + 1.0) * mean / (mean + SHAPE);
    }
}

/// Logarithm of the probability of `n` events with a mean of `mean`, but for a constant: a Poisson number with a gamma rate.
fn log_count(n: u32, mean: f64) -> f64 {
    let n = f64::from(n);
    n * ln(mean.max(1e-12)) - (n + SHAPE) * ln(mean + SHAPE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_one_about_the_years_mean() {
        for y in &record().years {
            let s = shares(y);
            assert!((s.iter().map(|x| x.1).sum::<f64>() - 1.0).abs() < 1e-9);
            let mean: f64 = s.iter().map(|x| x.0 * x.1).sum();
            assert!((mean - y.mean_people).abs() < 4.0, "{mean} {}", y.mean_people);
        }
    }

    #[test]
    fn a_count_is_likeliest_at_its_mean() {
        for n in [1, 4, 16] {
            let at = |m: f64| log_count(n, m * f64::from(n));
            assert!(at(1.0) > at(0.7) && at(1.0) > at(1.4));
        }
        assert!(log_count(0, 0.1) > log_count(0, 1.0));
        assert!(log_likelihood_of_transfers(4e-4) > log_likelihood_of_transfers(4e-3));
        assert!(log_likelihood_of_transfers(4e-4) > log_likelihood_of_transfers(2e-5));
    }

    #[test]
    fn the_record_is_counted_once() {
        let total = |m: Mechanism| record().years.iter().map(|y| record().count(y.year, m, |_| true)).sum::<u32>();
        let by_cells = |g: Group| record().years.iter().flat_map(|y| cells(g, y)).map(|c| c.3).sum::<u32>();
        assert_eq!(by_cells(Group::Boat), total(Mechanism::Flooding) + total(Mechanism::Structure));
        assert_eq!(by_cells(Group::Crush), total(Mechanism::Crush));
        assert_eq!((total(Mechanism::Flooding), total(Mechanism::Structure), total(Mechanism::Crush)), (2, 8, 9));
    }
}
