//! Numbers of fatal events in a year, and of fatal losses in transfers: what the rates foretell, beside the record.

use super::conditional::{Boat, Conditional, NODES, node_of};
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
/// Hours of a crossing, for people lost overboard.
const CROSSING_H: f64 = 6.5;
/// Share of the boats that a vessel met at sea and took the people off (UK, 2023: 90 %).
pub const MET: f64 = 0.9;
/// Boats of the record of 2021-25 that were lost in transfers: one or two, by how the event of 14 December 2022 is read.
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
            let (way, transfer) = (on_the_way(k, r, &boat, people), in_transfer(k, r, &boat, people));
            out[Mechanism::Flooding as usize] = way[0] + MET * transfer[0];
            out[Mechanism::Structure as usize] = way[1] + MET * transfer[1];
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

/// Fatal losses on the way by flooding and by failures of the structure.
fn on_the_way(k: &Knowledge, r: &Rates, boat: &Boat, people: f64) -> [f64; 2] {
    let unseen = 1.0 - value("aftermath.filling_seen", k);
    let surges = -expm1(-r.own_surges_per_h() * boat.hours[0] - r.panic() * boat.reactions[0]);
    let failures = -expm1(-r.failures_per_h(people, true) * boat.hours[0]);
    [boat.filling * unseen + boat.sudden + surges * boat.surge, failures * boat.failure]
}

/// The same in a transfer.
fn in_transfer(k: &Knowledge, r: &Rates, boat: &Boat, people: f64) -> [f64; 2] {
    // children are aboard nearly every boat
    let dry = r.reaction(value("boat:crowd.trigger_alongside", k) * value("rescue:transfer.prepared", k), true, false);
    let reactions = dry + boat.reactions[1];
    let surges = reactions * r.panic() + r.own_surges_per_h() * boat.hours[1];
    // half of the people are aboard on the mean
    let failures = value("structure.per_transfer", k) + r.failures_per_h(0.5 * people, true) * boat.hours[1];
    [
        surges * boat.transfer_surge + reactions * (1.0 - r.panic()) * boat.transfer_reaction,
        failures * boat.transfer_failure,
    ]
}

/// Fatal losses per transfer, by the number aboard.
fn per_transfer(k: &Knowledge, of: &Conditional) -> Vec<f64> {
    let r = Rates::draw(k);
    PEOPLE.map(f64::from).map(|n| in_transfer(k, &r, &of[node_of(n)], n).iter().sum()).collect()
}

/// Fatal losses per transfer over the years' boats.
#[must_use]
pub fn transfers(k: &Knowledge, of: &Conditional, fleets: &Fleets) -> f64 {
    let boats: f64 = record().years.iter().map(|y| y.boats).sum();
    let rates = per_transfer(k, of);
    let year = |(y, fleet): (&Year, &Vec<(f64, f64)>)| y.boats / boats * mean(&rates, fleet, |r| *r, |_| true);
    record().years.iter().zip(&fleets.0).map(year).sum()
}

/// Of the boats lost that the record can show, the share lost in transfers. `by_people` is that of [`Group::Boat`].
#[must_use]
pub fn share_in_transfers(k: &Knowledge, of: &Conditional, by_people: &[[f64; 5]], fleets: &Fleets) -> f64 {
    let rates = per_transfer(k, of);
    let (mut lost, mut in_transfers) = (0.0, 0.0);
    for (y, fleet) in record().years.iter().zip(&fleets.0) {
        let boats = y.boats * record().known_share(y);
        let losses = |r: &[f64; 5]| r[Mechanism::Flooding as usize] + r[Mechanism::Structure as usize];
        lost += boats * mean(by_people, fleet, losses, |_| true);
        in_transfers += boats * MET * mean(&rates, fleet, |r| *r, |_| true);
    }
    in_transfers / lost
}

/// Logarithm of the likelihood of the record of transfers, where this share of all boats lost is lost in transfers. The years' counts hold
/// these losses too; which of the boats on record they are is told here, and how many are lost there.
#[must_use]
pub fn log_likelihood_of_transfers(share: f64) -> f64 {
    let lost = |y: &Year| [Mechanism::Flooding, Mechanism::Structure].map(|m| record().count(y.year, m, |_| true));
    let all = f64::from(record().years.iter().flat_map(lost).sum::<u32>());
    let ways = |n: f64| if n > 1.0 { 0.5 * all * (all - 1.0) } else { all };
    let binomial = |n: f64| ways(n) * exp(n * ln(share) + (all - n) * ln(1.0 - share));
    ln(IN_TRANSFERS.map(binomial).iter().sum::<f64>().max(f64::MIN_POSITIVE))
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

/// The mean over a year's boats of what stands for each number aboard, of those with a number that `counted` takes.
fn mean<T>(by_people: &[T], fleet: &[(f64, f64)], of: impl Fn(&T) -> f64, counted: impl Fn(f64) -> bool) -> f64 {
    let all = by_people.iter().zip(fleet).filter(|(_, (n, _))| counted(*n));
    all.map(|(rate, (_, share))| share * of(rate)).sum()
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
        Mechanism::ALL.map(|m| mean(by_people, &self.0[year], |r| r[m as usize], |_| true))
    }
}

/// Logarithm of the likelihood of what is on record of each year, for one group.
#[must_use]
pub fn log_likelihoods(group: Group, by_people: &[[f64; 5]], fleets: &Fleets) -> Vec<f64> {
    let year = |(i, y): (usize, &Year)| {
        let boats = y.boats * record().known_share(y);
        let cell = |(mechanism, low, high, seen): (Mechanism, f64, f64, u32)| {
            let of = |r: &[f64; 5]| r[mechanism as usize];
            let rate = mean(by_people, &fleets.0[i], of, |n| (low..high).contains(&n));
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
    }

    #[test]
    fn one_or_two_boats_of_fifteen_were_lost_in_transfers() {
        let at = log_likelihood_of_transfers;
        assert!((exp(at(0.1)) - 0.343_15 - 0.266_90).abs() < 1e-4, "{}", exp(at(0.1)));
        assert!(at(0.1) > at(0.4) && at(0.1) > at(0.01));
    }

    /// The counts of a year hold boats lost in transfers, so that what is foretold for it must hold them too.
    #[test]
    fn a_year_foretells_the_losses_in_its_transfers() {
        let k = Knowledge::central();
        let nothing_on_the_way =
            Boat { transfer_surge: 0.3, transfer_reaction: 0.01, transfer_failure: 0.4, ..Boat::default() };
        let of = [nothing_on_the_way; NODES];
        let fleets = Fleets::default();
        let by_people = by_people(Group::Boat, &k, &of);
        let boats: f64 = record().years.iter().map(|y| y.boats).sum();
        let lost: f64 = (record().years.iter().enumerate())
            .map(|(i, y)| y.boats / boats * fleets.of_year(i, &by_people).iter().sum::<f64>())
            .sum();
        let transfers = transfers(&k, &of, &fleets);
        assert!(transfers > 1e-4 && (lost / (MET * transfers) - 1.0).abs() < 1e-9, "{lost} {transfers}");
        assert!((share_in_transfers(&k, &of, &by_people, &fleets) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_record_is_counted_once() {
        let total = |m: Mechanism| record().years.iter().map(|y| record().count(y.year, m, |_| true)).sum::<u32>();
        let by_cells = |g: Group| record().years.iter().flat_map(|y| cells(g, y)).map(|c| c.3).sum::<u32>();
        assert_eq!(by_cells(Group::Boat), total(Mechanism::Flooding) + total(Mechanism::Structure));
        assert_eq!(by_cells(Group::Crush), total(Mechanism::Crush));
        assert_eq!((total(Mechanism::Flooding), total(Mechanism::Structure), total(Mechanism::Crush)), (4, 11, 9));
    }
}
