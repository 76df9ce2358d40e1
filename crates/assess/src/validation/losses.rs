//! Losses of the boats of 2021-25, walked as an assessment walks them: a vessel near all the way, the people taken off at the end.

use crate::account::{Memory, Settle};
use crate::calibration::conditional::{question, walked};
use crate::calibration::ordered;
use crate::calibration::years::{Fleets, MET};
use crate::course::Kind;
use crate::outer::Outer;
use crate::question::Question;
use plimsoll_core::draws::Constants;
use plimsoll_core::ensemble::OUTER;
use plimsoll_core::random::Stream;
use std::sync::atomic::AtomicBool;

/// Walks of each boat in each state of knowledge, by day and by night. A boat that swamps without a surge or failure, as one in a few
/// thousand does, brings its whole weight: with two walks a single one of them was a fifth of all losses in transfers.
const WALKS: u64 = 12;

/// What the walks come to.
#[derive(Clone, Debug, Default)]
pub struct Losses {
    /// Fatal losses per boat, crossing and transfer together.
    pub per_boat: Estimate,
    /// Fatal losses per transfer.
    pub per_transfer: Estimate,
    /// Deaths in losses per boat, crossing and transfer together.
    pub deaths_per_boat: f64,
    /// Deaths over people aboard of all losses, fatal or not, by state of knowledge; those in which no boat is lost are left out.
    pub fatality: Vec<f64>,
}

/// A mean over states of knowledge.
#[derive(Clone, Copy, Debug, Default)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
}

impl Estimate {
    fn of(all: impl Iterator<Item = f64> + Clone) -> Self {
        let n = all.clone().count() as f64;
        let mean = all.clone().sum::<f64>() / n;
        let squares: f64 = all.map(|x| (x - mean) * (x - mean)).sum();
        Self { mean, error: (squares / (n - 1.0) / n).sqrt() }
    }
}

/// Walks every boat of the fleets in every state of knowledge, by day and by night.
#[must_use]
pub fn losses(constants: Constants, threads: usize) -> Losses {
    let boats: Vec<(Question, f64)> = (Fleets::default().by_node().into_iter().enumerate())
        .flat_map(|(node, share)| ["day", "night"].map(|light| (question(node, light), 0.5 * share)))
        .collect();
    let cancel = AtomicBool::new(false);
    let states = ordered::run(OUTER, threads, &|_| (), &cancel, |k| {
        let mut sums = Sums::default();
        let mut memory = Memory::default();
        for (i, (question, share)) in (0..).zip(&boats) {
            let Ok(outer) = question.drawn(constants, k) else { continue };
            for walk in 0..WALKS {
                // day and night meet other waves, so that one rare sea does not count for both
                let r = k + OUTER * (2 * walk + i % 2);
                sums.walk(&outer, question, r, share / WALKS as f64, &mut memory);
            }
        }
        sums
    });
    let states = states.unwrap_or_default();
    let all = || states.iter();
    Losses {
        per_boat: Estimate::of(all().map(|s| s.on_the_way + MET * s.in_transfers)),
        per_transfer: Estimate::of(all().map(|s| s.in_transfers)),
        deaths_per_boat: Estimate::of(all().map(|s| s.deaths)).mean,
        fatality: all().filter(|s| s.people > 0.0).map(|s| s.deaths / s.people).collect(),
    }
}

/// Sums over the boats in one state of knowledge, per boat.
#[derive(Default)]
struct Sums {
    /// Fatal losses on the way.
    on_the_way: f64,
    /// Fatal losses per transfer.
    in_transfers: f64,
    /// People aboard at losses, and deaths in them.
    people: f64,
    deaths: f64,
}

impl Sums {
    fn walk(&mut self, outer: &Outer, question: &Question, r: u64, share: f64, memory: &mut Memory) {
        let stream = Stream::new(1);
        let walker = walked(outer, r, &stream);
        let fleet = &question.fleet;
        let settle = Settle { outer, fleet, stream: &stream, r, floats_first: false, horizon_min: 720.0 };
        for end in walker.ends.iter().flatten() {
            let Some(loss) = &end.loss else { continue };
            let deaths = settle.path(&walker.legs, end, memory).deaths;
            let weight = share * end.weight;
            let fatal = f64::from(u8::from(deaths > 0));
            let met = if walker.legs[loss.leg].kind == Kind::Transfer {
                self.in_transfers += weight * fatal;
                MET
            } else {
                self.on_the_way += weight * fatal;
                1.0
            };
            self.people += met * weight * loss.aboard * f64::from(outer.situation.people);
            self.deaths += met * weight * f64::from(deaths);
        }
    }
}
