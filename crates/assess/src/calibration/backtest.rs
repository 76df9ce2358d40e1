//! Every event on record foretold by constants that were fitted to all the others, beside what happened.

use super::fit::{Fit, ROWS, Weighed, together};
use super::groups::Group;
use super::immersions;
use super::record::{Event, Mechanism, record};
use super::years::{self, Fleets};
use super::{SEED, sizes};
use crate::ledger::value;
use plimsoll_core::draws::{Constants, Draws};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::{exp, ln};
use plimsoll_core::random::{Purpose, Stream};

/// A number that was foretold, with its place.
#[derive(Clone, Debug)]
pub struct Foretold {
    /// Probability of each number, from 0.
    pub probabilities: Vec<f64>,
    /// What was observed.
    pub observed: u32,
    /// Share of the prediction below what was observed, with a random part of what equals it: uniform where predictions are right.
    pub pit: f64,
}

impl Foretold {
    fn new(probabilities: Vec<f64>, observed: u32, number: u64) -> Self {
        let u = Stream::new(SEED).uniform(number, 0, Purpose::Order, 1);
        let n = (observed as usize).min(probabilities.len() - 1);
        let below: f64 = probabilities[..n].iter().sum();
        let pit = below + u * probabilities[n];
        Self { probabilities, observed, pit }
    }

    /// The least number that at least the share `q` of the prediction does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> u32 {
        let mut sum = 0.0;
        let reaches = |p: &f64| {
            sum += p;
            sum >= q - 1e-9
        };
        self.probabilities.iter().position(reaches).unwrap_or(self.probabilities.len() - 1) as u32
    }

    /// Whether the central interval of this share holds what was observed.
    #[must_use]
    pub fn within(&self, share: f64) -> bool {
        let tail = 0.5 * (1.0 - share);
        (self.quantile(tail)..=self.quantile(1.0 - tail)).contains(&self.observed)
    }
}

/// A fatal event with the deaths foretold for it, given that somebody died.
#[derive(Clone, Debug)]
pub struct EventForetold {
    /// The event.
    pub event: &'static Event,
    /// Its deaths.
    pub deaths: Foretold,
    /// Share of the fatal events of boats with so many aboard that have its mechanism, foretold.
    pub mechanism_share: f64,
}

/// A year with its fatal events foretold.
#[derive(Clone, Debug)]
pub struct YearForetold {
    /// Which.
    pub year: u32,
    /// Boats.
    pub boats: f64,
    /// Fatal events of every mechanism.
    pub events: Foretold,
    /// Probability of a fatal event, per boat.
    pub per_boat: f64,
}

/// The whole.
#[derive(Clone, Debug)]
pub struct Backtest {
    /// Events by date.
    pub events: Vec<EventForetold>,
    /// Years in their order.
    pub years: Vec<YearForetold>,
    /// Share of the events of 2021-25 by [`Mechanism`]: on record, and foretold by the calibrated constants.
    pub mix: [(f64, f64); 5],
}

/// Foretells everything on record from the rest of it.
#[must_use]
pub fn backtest(fit: &Fit) -> Backtest {
    let rows: &'static Draws = Box::leak(Box::new(together(&fit.groups)));
    let by_people = mean_by_people(rows, &fit.conditional);
    let foretold = record().usable().zip(0..).map(|(e, i)| EventForetold {
        event: e,
        deaths: Foretold::new(deaths(fit, e), e.deaths, i),
        mechanism_share: share(&by_people, e),
    });
    let mut events: Vec<EventForetold> = foretold.collect();
    events.sort_by(|a, b| a.event.date.cmp(&b.event.date));
    let fleets = Fleets::default();
    let years = (0..record().years.len()).map(|y| year(fit, &fleets, y)).collect();
    Backtest { events, years, mix: mix(&fleets, &by_people) }
}

/// Probabilities of the recorded deaths of an event, by the draws as weighed without it.
fn deaths(fit: &Fit, e: &Event) -> Vec<f64> {
    let mechanism = e.mechanism.unwrap_or_else(|| unreachable!("a usable event has a mechanism"));
    if let Some((group, id)) = sizes::of(mechanism) {
        let weighed = group_of(fit, group);
        let weights = weighed.without(&e.id);
        let rows = weights.resample(4 * ROWS);
        return mean_of(rows.iter().map(|r| sizes::deaths(value(id, &weighed.knowledge(*r))).to_vec()));
    }
    let water = group_of(fit, Group::Water);
    let all = immersions::all();
    let replay = e.replay.as_deref().unwrap_or_default();
    let i = all.iter().position(|im| im.event.id == replay).unwrap_or_else(|| unreachable!("the record is tested"));
    let weights = water.without(replay);
    let mut sum = vec![0.0; all[i].event.people as usize + 1];
    for (w, row) in weights.0.iter().zip(&fit.replayed) {
        let deaths = &row[i].deaths;
        let fatal: f64 = deaths[1..].iter().map(|p| f64::from(*p)).sum();
        if fatal > 0.0 {
            sum.iter_mut().zip(deaths).skip(1).for_each(|(s, p)| *s += w * f64::from(*p) / fatal);
        }
    }
    immersions::as_recorded(&sum)
}

fn mean_of(all: impl ExactSizeIterator<Item = Vec<f64>>) -> Vec<f64> {
    let n = all.len() as f64;
    let mut sum: Vec<f64> = Vec::new();
    for one in all {
        sum.resize(one.len(), 0.0);
        sum.iter_mut().zip(one).for_each(|(s, p)| *s += p / n);
    }
    sum
}

fn group_of(fit: &Fit, group: Group) -> &Weighed {
    &fit.groups[group as usize]
}

/// Fatal events per boat by the number aboard and mechanism, mean over the calibrated rows.
fn mean_by_people(rows: &'static Draws, of: &super::conditional::Conditional) -> Vec<[f64; 5]> {
    let mut sum: Vec<[f64; 5]> = Vec::new();
    for row in 0..ROWS {
        let one = years::all_by_people(&Knowledge::outer(SEED, row).with(Constants::Row(rows, row)), of);
        sum.resize(one.len(), [0.0; 5]);
        for (s, o) in sum.iter_mut().zip(one) {
            s.iter_mut().zip(o).for_each(|(s, o)| *s += o / f64::from(ROWS));
        }
    }
    sum
}

fn share(by_people: &[[f64; 5]], e: &Event) -> f64 {
    let rates = years::at(by_people, e.aboard.unwrap_or_default());
    let total: f64 = rates.iter().sum();
    e.mechanism.map_or(0.0, |m| rates[m as usize] / total)
}

/// The fatal events of a year, by draws weighed without that year.
fn year(fit: &Fit, fleets: &Fleets, y: usize) -> YearForetold {
    let of = &record().years[y];
    let name = of.year.to_string();
    let mut per_boat = vec![0.0; ROWS as usize];
    for group in &fit.groups[1..] {
        let rows = group.without(&name).resample(ROWS);
        for (sum, row) in per_boat.iter_mut().zip(shuffled(rows, group.group as u32)) {
            let rates = fleets.of_year(y, &years::by_people(group.group, &group.knowledge(row), &fit.conditional));
            *sum += rates.iter().sum::<f64>();
        }
    }
    let mut probabilities = vec![0.0; 200];
    for rate in &per_boat {
        years::counts(rate * of.boats, &mut probabilities, 1.0 / f64::from(ROWS));
    }
    YearForetold {
        year: of.year,
        boats: of.boats,
        events: Foretold::new(probabilities, of.fatal_events as u32, 1000 + y as u64),
        per_boat: per_boat.iter().sum::<f64>() / f64::from(ROWS),
    }
}

fn shuffled(mut rows: Vec<u32>, key: u32) -> Vec<u32> {
    let stream = Stream::new(SEED);
    for i in (1..rows.len()).rev() {
        let u = stream.uniform(i as u64, key, Purpose::Order, 2);
        rows.swap(i, (u * (i + 1) as f64) as usize);
    }
    rows
}

fn mix(fleets: &Fleets, by_people: &[[f64; 5]]) -> [(f64, f64); 5] {
    let seen = |m: Mechanism| record().years.iter().map(|y| record().count(y.year, m, |_| true)).sum::<u32>();
    let total: u32 = Mechanism::ALL.iter().map(|m| seen(*m)).sum();
    let by_year: Vec<_> = (0..fleets.years()).map(|y| fleets.of_year(y, by_people)).collect();
    let foretold = fleets.mix(&by_year);
    Mechanism::ALL.map(|m| (f64::from(seen(m)) / f64::from(total), foretold[m as usize]))
}

/// Kolmogorov's distance of numbers from uniform, and the distance that 5 % of such samples exceed (Stephens 1974).
#[must_use]
pub fn kolmogorov(mut numbers: Vec<f64>) -> (f64, f64) {
    numbers.sort_by(f64::total_cmp);
    let n = numbers.len() as f64;
    let off = |(u, i): (&f64, f64)| (u - i / n).abs().max((u - (i + 1.0) / n).abs());
    let distance = numbers.iter().zip((0..).map(f64::from)).map(off).fold(0.0, f64::max);
    (distance, 1.358 / (n.sqrt() + 0.12 + 0.11 / n.sqrt()))
}

/// Least and most hits of `n` that are within the central 95 % of a binomial number of chance `p`.
#[must_use]
pub fn binomial_band(n: u32, p: f64) -> (u32, u32) {
    let mut term = exp(f64::from(n) * ln(1.0 - p));
    let mut sum = 0.0;
    let (mut low, mut high) = (None, n);
    for k in 0..=n {
        sum += term;
        if low.is_none() && sum > 0.025 {
            low = Some(k);
        }
        if sum >= 0.975 {
            high = k;
            break;
        }
        term *= f64::from(n - k) / f64::from(k + 1) * p / (1.0 - p);
    }
    (low.unwrap_or(0), high)
}

impl Backtest {
    /// Brier score of "somebody dies" for every boat of the years, each year foretold from the others; beside it that of the
    /// other years' share of fatal boats, which knows nothing of loads.
    #[must_use]
    pub fn brier(&self) -> [f64; 2] {
        let fatal = |y: &YearForetold| f64::from(y.events.observed);
        let boats: f64 = self.years.iter().map(|y| y.boats).sum();
        let all: f64 = self.years.iter().map(fatal).sum();
        let score = |p: &dyn Fn(&YearForetold) -> f64| {
            let year = |y: &YearForetold| {
                let (k, p) = (fatal(y), p(y));
                k * (1.0 - p) * (1.0 - p) + (y.boats - k) * p * p
            };
            self.years.iter().map(year).sum::<f64>() / boats
        };
        [score(&|y| y.per_boat), score(&|y| (all - fatal(y)) / (boats - y.boats))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_bands_and_places() {
        let even: Vec<f64> = (0..40).map(|i| (f64::from(i) + 0.5) / 40.0).collect();
        let (d, limit) = kolmogorov(even.clone());
        assert!((d - 0.0125).abs() < 1e-12 && (limit - 0.2101).abs() < 1e-3, "{d} {limit}");
        assert!(kolmogorov(even.iter().map(|u| u * u).collect()).0 > limit);
        // exact: of 30 at 90 %, 22 or fewer have 0.8 %, 23 or fewer 2.6 %
        assert_eq!(binomial_band(30, 0.9), (23, 30));
        assert_eq!(binomial_band(10, 0.5), (2, 8));
        let f = Foretold::new(vec![0.0, 0.5, 0.3, 0.2], 2, 7);
        assert!(f.pit > 0.5 && f.pit < 0.8);
        assert_eq!((f.quantile(0.05), f.quantile(0.5), f.quantile(0.95)), (1, 1, 3));
        assert!(f.within(0.9) && f.within(0.5));
    }
}
