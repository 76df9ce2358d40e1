//! Mass immersions that happened, replayed in every draw of the constants: how many die, beside how many did.

use super::{SEED, ordered};
use plimsoll_core::draws::{Constants, Draws};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::ln;
use plimsoll_rescue::survival::RescueConstants;
use plimsoll_rescue::validation::events::ObservedEvent;
use plimsoll_rescue::validation::facts::{observed, sparsely_recorded, unattended};
use std::sync::atomic::AtomicBool;

/// Draws of what the record leaves open of an event, for each draw of the constants.
const FACTS: u32 = 8;
/// Realisations of each.
const INNER: u64 = 16;
/// Minutes from the loss of 24 November 2021 until somebody came, and until dawn.
const FOUND_MIN: f32 = 570.0;
const DAWN_MIN: f32 = 252.0;
/// Who was alive at that dawn, of 33, by a survivor's account.
const ALIVE_AT_DAWN: std::ops::RangeInclusive<u32> = 8..=15;

/// An immersion with what happened.
#[derive(Clone, Debug)]
pub struct Immersion {
    /// Its facts.
    pub event: ObservedEvent,
    /// Whether nobody came: the account ends when two were found.
    pub unattended: bool,
}

/// The immersions that are replayed.
#[must_use]
pub fn all() -> Vec<Immersion> {
    let attended = observed().into_iter().chain(sparsely_recorded());
    let mut all: Vec<Immersion> = attended.map(|event| Immersion { event, unattended: false }).collect();
    all.push(Immersion { event: unattended(), unattended: true });
    all
}

/// An immersion in one draw of the constants.
#[derive(Clone, Debug, Default)]
pub struct Replayed {
    /// Probability of each number of deaths, from 0.
    pub deaths: Vec<f32>,
    /// Probability of what else is on record: who had been lifted by some minute, or was alive at dawn.
    pub else_observed: f64,
}

/// Replays every immersion in every row of `draws`; by row, then immersion. `None` when cancelled.
#[must_use]
pub fn replay(
    draws: &'static Draws,
    threads: usize,
    progress: &(dyn Fn(u64) + Sync),
    cancel: &AtomicBool,
) -> Option<Vec<Vec<Replayed>>> {
    let immersions = all();
    ordered::run(u64::from(draws.rows()), threads, progress, cancel, |row| {
        immersions.iter().map(|i| i.replay(draws, row as u32)).collect()
    })
}

impl Immersion {
    fn replay(&self, draws: &'static Draws, row: u32) -> Replayed {
        let mut deaths = vec![0.0; self.event.people as usize + 1];
        let mut seen = 0.0;
        let share = 1.0 / (f64::from(FACTS) * INNER as f64);
        for facts in 0..FACTS {
            // the constants stay, what the record leaves open is drawn again
            let outer = Knowledge::STRATA + row;
            let k = Knowledge::attempt(SEED, outer, facts).with(Constants::Row(draws, row));
            let constants = RescueConstants::draw(&k);
            let realisations = || {
                let first = (u64::from(row) * u64::from(FACTS) + u64::from(facts)) * INNER;
                first..first + INNER
            };
            let run = |horizon| self.event.replay_in(&constants, &k, SEED, realisations(), horizon);
            for o in run(if self.unattended { FOUND_MIN } else { 720.0 }) {
                deaths[o.deaths as usize] += share as f32;
            }
            let as_recorded = match &self.event.lifted {
                _ if self.unattended => run(DAWN_MIN).iter().filter(|o| ALIVE_AT_DAWN.contains(&o.unrecovered)).count(),
                Some((minutes, people)) => run(*minutes).iter().filter(|o| people.contains(&o.lifted)).count(),
                None => INNER as usize,
            };
            seen += share * as_recorded as f64;
        }
        Replayed { deaths, else_observed: seen }
    }

    /// Logarithm of the likelihood of what is on record, given that somebody died.
    #[must_use]
    pub fn log_likelihood(&self, r: &Replayed) -> f64 {
        ln(recorded(&smooth(&r.deaths), self.event.deaths)) + ln(0.98 * r.else_observed + 0.02)
    }
}

/// How often the record has as many deaths as there were, one fewer, two fewer: people are missed by it, never invented.
const MISSED: [f64; 3] = [0.85, 0.1, 0.05];

/// Chance of a record of `n` deaths.
fn recorded(deaths: &[f64], n: u32) -> f64 {
    MISSED.iter().zip(n as usize..).map(|(p, d)| p * deaths.get(d).copied().unwrap_or(0.0)).sum()
}

/// Probabilities of the recorded number, of those of the number; a fatal event is recorded with one death at least.
#[must_use]
pub fn as_recorded(deaths: &[f64]) -> Vec<f64> {
    let mut out: Vec<f64> = (0..deaths.len() as u32).map(|n| if n > 0 { recorded(deaths, n) } else { 0.0 }).collect();
    let total: f64 = out.iter().sum();
    out.iter_mut().for_each(|p| *p /= total);
    out
}

/// Probabilities of one death or more given that there is one: a finite number of replays is smoothed (over a sixth of the number,
/// at least one to each side), and 2 % are spread over all numbers, so that no draw is ruled out for want of replays.
fn smooth(deaths: &[f32]) -> Vec<f64> {
    let most = deaths.len() - 1;
    let mut out = vec![0.0; deaths.len()];
    let fatal: f64 = deaths[1..].iter().map(|p| f64::from(*p)).sum();
    for (d, p) in deaths.iter().enumerate().skip(1).filter(|(_, p)| **p > 0.0) {
        let reach = 1 + d / 6;
        let (from, to) = (d.saturating_sub(reach).max(1), (d + reach).min(most));
        let weight = |n: usize| (reach + 1 - n.abs_diff(d)) as f64;
        let total: f64 = (from..=to).map(weight).sum();
        for n in from..=to {
            out[n] += f64::from(*p) * weight(n) / total;
        }
    }
    let (kept, spread) = if fatal > 0.0 { (0.98 / fatal, 0.02) } else { (0.0, 1.0) };
    for p in &mut out[1..] {
        *p = kept * *p + spread / most as f64;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What no report says of a boat, its replay believes as an assessment does.
    #[test]
    fn boats_fold_in_replays_as_in_assessments() {
        let ours = &crate::ledger::constant("structure.inverted_share").value;
        let open: Vec<_> = all().into_iter().map(|i| i.event.folded).filter(|b| !b.is_exact()).collect();
        assert!(open.len() > 3 && open.iter().all(|b| b.range() == ours.range()), "{open:?} {ours:?}");
    }

    #[test]
    fn smoothing_keeps_a_distribution_over_the_fatal_outcomes() {
        for deaths in [vec![0.5, 0.5, 0.0, 0.0], vec![1.0, 0.0, 0.0], vec![0.2, 0.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3]] {
            let s = smooth(&deaths);
            assert!((s.iter().sum::<f64>() - 1.0).abs() < 1e-6);
            assert!(s[0] == 0.0 && s[1..].iter().all(|p| *p > 0.0));
        }
        // a record of two can be three or four deaths
        let p = [0.0, 0.0, 0.0, 1.0, 0.0];
        assert!((recorded(&p, 2) - 0.1).abs() < 1e-12 && recorded(&p, 4) == 0.0);
    }
}
