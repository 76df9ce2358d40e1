//! Work for measuring the fast tier: half an hour of many boats at sea that nothing disturbs but the sea.
//!
//! A kernel reads no clock: this counts steps, the caller times them.

use crate::crowd::{Crowd, CrowdConstants};
use crate::flooding::FloodingConstants;
use crate::hull::{Class, Hull, HullSpec};
use crate::kernel::{Outcome, STEP_S, Window, run};
use crate::motion::{Dynamics, MotionConstants};
use crate::simd::Path;
use crate::table::StabilityTable;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::random::Stream;
use plimsoll_sea::waves::{SeaState, WaveField};
use std::ops::Range;

/// Steps of a run: half an hour.
pub const STEPS: u32 = 18_000;

/// One outer draw, ready to run.
struct Outer {
    table: StabilityTable,
    dynamics: Dynamics,
    sea: WaveField,
    crowd: Crowd,
}

/// 256 outer draws of the medium boat with 33 to 48 people in a sea of 0.3 to 0.6 m; every lane a different one.
pub struct Roll {
    stream: Stream,
    outers: Vec<Outer>,
}

/// What a measurement did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Steps of single boats, not counting those after a loss.
    pub steps: u64,
    /// Boats lost.
    pub lost: u64,
    /// Path taken.
    pub path: Path,
}

impl Roll {
    /// Prepares tables, seas and constants of `seed`.
    #[must_use]
    pub fn prepare(seed: u64) -> Self {
        let outers = (0..256).filter_map(|k| outer(seed, k)).collect();
        Self { stream: Stream::new(seed), outers }
    }

    /// Runs a range of realisations for [`STEPS`] steps each on one thread.
    #[must_use]
    pub fn run(&self, path: Path, realisations: Range<u64>) -> Work {
        let windows: Vec<_> = realisations.map(|r| self.window(r)).collect();
        let mut out = vec![Outcome::default(); windows.len()];
        run(path, &self.stream, &windows, STEPS, &mut out);
        let mut work = Work { steps: 0, lost: 0, path };
        for o in &out {
            work.lost += u64::from(o.loss.is_some());
            work.steps += o.loss.map_or(u64::from(STEPS), |l| (l.after_s / STEP_S + 0.5) as u64);
        }
        work
    }

    pub(crate) fn window(&self, realisation: u64) -> Window<'_> {
        let o = &self.outers[(realisation % self.outers.len() as u64) as usize];
        Window { beam_factor: 0.9, ..Window::new(&o.table, &o.dynamics, &o.sea, realisation, 0, o.crowd) }
    }
}

fn outer(seed: u64, k: u32) -> Option<Outer> {
    let knowledge = Knowledge::outer(seed, k);
    let hull = Hull::new(HullSpec::reference(Class::Medium)).ok()?;
    let people = 33.0 + f64::from(k % 16);
    let table = StabilityTable::build(&hull, hull.hull_mass_kg + 72.0 * people).ok()?;
    let motion = MotionConstants::draw(&knowledge);
    let c = CrowdConstants::draw(&knowledge);
    let crowd = Crowd {
        delay_s: c.delay_s as f32,
        lean_gain_m_per_rad: -c.lean_uphill_m_per_rad as f32,
        tau_s: c.tau_s as f32,
        limit_m: c.limit_dense_m as f32,
        ..Crowd::still(people as f32, 72.0, 0.65, 1.05)
    };
    let dynamics = Dynamics::new(&motion, &FloodingConstants::draw(&knowledge), &hull, &table, &crowd);
    let hs = 0.3 + 0.3 * knowledge.place("bench.hs");
    let sea = WaveField::new(&SeaState::new(hs, 3.5, 30.0).ok()?, hull.beam_m);
    Some(Outer { table, dynamics, sea, crowd })
}
