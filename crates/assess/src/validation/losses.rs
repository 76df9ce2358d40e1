//! Losses of the boats of 2021-25, walked as an assessment walks them: a vessel near all the way, the people taken off at the end.

use crate::account::{Memory, Settle};
use crate::calibration::conditional::question;
use crate::calibration::years::{Fleets, MET};
use crate::course::Kind;
use crate::outer::Outer;
use crate::question::Question;
use crate::walk::Walker;
use plimsoll_boat::kernel::{self, Outcome};
use plimsoll_boat::simd::Path;
use plimsoll_core::draws::Constants;
use plimsoll_core::ensemble::OUTER;
use plimsoll_core::random::Stream;

/// Walks of each boat in each state of knowledge.
const WALKS: u64 = 2;

/// What the walks come to.
#[derive(Clone, Debug, Default)]
pub struct Losses {
    /// Fatal losses per crossing.
    pub per_crossing: f64,
    /// Fatal losses per transfer.
    pub per_transfer: f64,
    /// Deaths in losses per boat, crossing and transfer together.
    pub deaths_per_boat: f64,
    /// Deaths over people aboard of all losses, fatal or not, by state of knowledge; those in which no boat is lost are left out.
    pub fatality: Vec<f64>,
}

/// Walks every boat of the fleets in every state of knowledge, by day and by night.
#[must_use]
pub fn losses(constants: Constants) -> Losses {
    let mut sums = Sums { out: Losses::default(), people_and_deaths: vec![[0.0; 2]; OUTER as usize] };
    let mut memory = Memory::default();
    for (node, share) in Fleets::default().by_node().into_iter().enumerate() {
        for light in ["day", "night"] {
            let question = question(node, light);
            for k in 0..OUTER {
                let Ok(outer) = question.drawn(constants, k) else { continue };
                for r in (0..WALKS).map(|walk| k + OUTER * walk) {
                    sums.walk(&outer, &question, r, 0.5 * share, &mut memory);
                }
            }
        }
    }
    let Sums { mut out, people_and_deaths } = sums;
    out.fatality = people_and_deaths.into_iter().filter(|[people, _]| *people > 0.0).map(|[p, d]| d / p).collect();
    out
}

struct Sums {
    out: Losses,
    people_and_deaths: Vec<[f64; 2]>,
}

impl Sums {
    fn walk(&mut self, outer: &Outer, question: &Question, r: u64, share: f64, memory: &mut Memory) {
        let stream = Stream::new(1);
        let mut walker = Walker::new(outer, 0, r, &stream, Vec::new());
        let mut window_end = [Outcome::default()];
        while let Some(window) = walker.next(&stream) {
            kernel::run(Path::detect(), &stream, &[window], walker.ticks, &mut window_end);
            walker.absorb(&stream, &window_end[0]);
        }
        let fleet = &question.fleet;
        let settle = Settle { outer, fleet, stream: &stream, r, floats_first: false, horizon_min: 720.0 };
        for end in walker.ends.iter().flatten() {
            let Some(loss) = &end.loss else { continue };
            let deaths = settle.path(&walker.legs, end, memory).deaths;
            let weight = share * end.weight / WALKS as f64;
            let once = weight / OUTER as f64;
            let fatal = f64::from(u8::from(deaths > 0));
            let met = if walker.legs[loss.leg].kind == Kind::Transfer {
                self.out.per_transfer += once * fatal;
                MET
            } else {
                self.out.per_crossing += once * fatal;
                1.0
            };
            self.out.deaths_per_boat += met * once * f64::from(deaths);
            let [people, dead] = &mut self.people_and_deaths[(r % OUTER) as usize];
            *people += met * weight * loss.aboard * f64::from(outer.situation.people);
            *dead += met * weight * f64::from(deaths);
        }
    }
}
