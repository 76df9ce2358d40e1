//! The slow tier: hours of flooding in microseconds, with rates that the fast tier itself gives for this boat and sea.
//!
//! The height of the water against an edge (port crown, starboard crown, transom), in a sea that is Gaussian and a boat that answers
//! almost linearly, is nearly Gaussian. [`SlowTier::derive`] holds the water aboard still at several levels, lets the fast tier
//! measure mean, spread, rate and shape of that height (module `lanes::probe`), and gets from them by Rice's formula
//!
//! ```text
//! events per second  nu = nu_0 exp(-z^2 / 2),      nu_0 = sigma' / (2 pi sigma),   g(z) = (F(V) - mean) / sigma
//! inflow             Q  = c L (sigma g'(z))^1.5 E[max(Z - z, 0)^1.5]
//! ```
//!
//! with `g` the cubic transformation of a Gaussian variable that has the measured shape (Winterstein 1988). With no heel and `g`
//! the identity this is `exp(-8 F^2 / (kappa Hs)^2)` with `kappa = 4 sigma / Hs`: a result, never an input.
//!
//! Waves come in groups: over a stretch of sea ([`plimsoll_sea::waves::RENEWAL_TICKS`]) the energy that moves the boat is not its mean, and
//! events cluster; module `groups` has how.
//!
//! [`SlowTier::advance`] then walks from event to event in addressed draws. Between events people bail. Dry hours cost one draw.

mod closure;
mod groups;
mod walk;

pub use closure::Edge;
pub use walk::Stretch;

use crate::kernel::{State, Window};
use crate::lanes::probe::{Probe, SETTLE, Waves};
use crate::simd::{self, Path};
use groups::{CLASSES, Groups};
use plimsoll_core::maths::exp;
use plimsoll_core::random::Stream;

/// Levels of water at which the fast tier is asked.
pub const LEVELS: usize = 4;
/// Steps counted at each, after it has settled.
pub const PROBE_STEPS: u32 = 200;
/// Share of the sea's energy in which every boat is linear.
const SMALL: f64 = 1e-3;
/// Points of the derived rates between dry and lost.
const NODES: usize = 17;

/// Rates of overtopping of one boat in one sea, by water aboard and by the energy of the stretch of sea.
#[derive(Clone, Debug, PartialEq)]
pub struct SlowTier {
    critical_m3: f64,
    hs_m: f64,
    groups: Groups,
    energies: [f64; 2],
    /// By level, energy and edge.
    edges: [[[Edge; 3]; 2]; LEVELS],
    /// By class and water.
    rates: Vec<[Rates; NODES]>,
    /// Share of stretches without an event while the boat is dry, by class.
    quiet: [f64; CLASSES],
}

/// Rates at one level of water in one class of stretches.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Rates {
    /// Logarithm of events per second.
    ln_events: f64,
    /// Logarithm of the inflow, m3/s.
    ln_inflow: f64,
    /// Height of the water at an edge that an event must reach, in standard deviations.
    threshold: f64,
    /// Mean of [`walk::relative_volume`] above it.
    mean_volume: f64,
    /// Capsizes per second.
    capsizes_per_s: f64,
}

impl SlowTier {
    /// Asks the fast tier about the boat, sea, heading and crowd of `window`, whose own water, start and events do not count.
    #[must_use]
    pub fn derive(path: Path, stream: &Stream, window: &Window<'_>) -> Self {
        Self::derive_with(path, stream, window, PROBE_STEPS)
    }

    /// As [`Self::derive`], counting for `steps` steps at each level.
    #[must_use]
    pub fn derive_with(path: Path, stream: &Stream, window: &Window<'_>, steps: u32) -> Self {
        let critical_m3 = f64::from(window.table.critical_water_m3);
        let probe = |level: usize, energy: f64| {
            let water_m3 = (critical_m3 * level as f64 / LEVELS as f64) as f32;
            let still = Window { state: State { water_m3, ..window.state }, ..*window };
            // The same phases throughout, so that what their finite number does to a kurtosis is known and taken out.
            let waves = Waves::Balanced(energy.sqrt() as f32);
            simd::probe(path, stream, &still, waves, SETTLE + steps)
        };
        let groups = Groups::of(&probe(0, SMALL));
        let energies = groups.nodes();
        let probes: [[Probe; 2]; LEVELS] =
            std::array::from_fn(|level| std::array::from_fn(|e| probe(level, energies[e])));
        let edges = std::array::from_fn(|i| {
            std::array::from_fn(|e| closure::edges(window, &probes[i][e], energies[e], groups.kurtosis_step()))
        });
        let mut tier = Self {
            critical_m3,
            hs_m: window.sea.state().hs_m(),
            groups,
            energies,
            edges,
            rates: vec![],
            quiet: [0.0; CLASSES],
        };
        for energy in groups.energies() {
            let rates = std::array::from_fn(|n| {
                let share = n as f64 / (NODES - 1) as f64;
                let (i, part) = place(share, LEVELS);
                let low = mix(probes[i][0].capsizes_per_s, probes[i + 1][0].capsizes_per_s, part);
                let high = mix(probes[i][1].capsizes_per_s, probes[i + 1][1].capsizes_per_s, part);
                let capsizes = mix(low, high, tier.between(energy)).max(0.0);
                closure::rates(&tier.edges_at(share * critical_m3, energy), capsizes)
            });
            tier.rates.push(rates);
        }
        tier.quiet = std::array::from_fn(|c| exp(-walk::STRETCH_S * tier.rates[c][0].hazard()));
        tier
    }

    /// Water aboard at which the boat is lost, m3.
    #[must_use]
    pub fn critical_m3(&self) -> f64 {
        self.critical_m3
    }

    /// `4 sigma / Hs` of the height of the water against the starboard crown, without water aboard, in a stretch of mean energy.
    #[must_use]
    pub fn kappa(&self) -> f64 {
        4.0 * self.edges_at(0.0, 1.0)[1].deviation_m / self.hs_m
    }

    /// What the closure rests on: port, starboard, transom, at a level of water and an energy of the stretch over the mean.
    #[must_use]
    pub fn edges_at(&self, water_m3: f64, energy: f64) -> [Edge; 3] {
        let (i, part) = place(water_m3 / self.critical_m3.max(1e-9), LEVELS);
        let across = self.between(energy);
        std::array::from_fn(|e| {
            let at = |level: usize| self.edges[level][0][e].between(&self.edges[level][1][e], across);
            at(i).between(&at(i + 1), part).standing(water_m3, energy)
        })
    }

    /// Where an energy lies between the two that were probed, held within half their distance of them.
    fn between(&self, energy: f64) -> f64 {
        ((energy - self.energies[0]) / (self.energies[1] - self.energies[0])).clamp(-0.5, 1.5)
    }

    /// Events of overtopping per second with `water_m3` aboard, over all stretches.
    #[must_use]
    pub fn events_per_s(&self, water_m3: f64) -> f64 {
        (0..CLASSES).map(|c| groups::weight(c) * exp(self.at(water_m3, c).ln_events)).sum()
    }

    /// Mean inflow with `water_m3` aboard, m3/s, over all stretches.
    #[must_use]
    pub fn inflow_m3_s(&self, water_m3: f64) -> f64 {
        (0..CLASSES).map(|c| groups::weight(c) * exp(self.at(water_m3, c).ln_inflow)).sum()
    }

    fn at(&self, water_m3: f64, class: usize) -> Rates {
        let x = (water_m3 / self.critical_m3.max(1e-9)).clamp(0.0, 1.0) * (NODES - 1) as f64;
        let i = (x as usize).min(NODES - 2);
        let part = x - i as f64;
        let (a, b) = (&self.rates[class][i], &self.rates[class][i + 1]);
        Rates {
            ln_events: mix(a.ln_events, b.ln_events, part),
            ln_inflow: mix(a.ln_inflow, b.ln_inflow, part),
            threshold: mix(a.threshold, b.threshold, part),
            mean_volume: mix(a.mean_volume, b.mean_volume, part),
            capsizes_per_s: mix(a.capsizes_per_s, b.capsizes_per_s, part),
        }
    }
}

impl Rates {
    /// Events and capsizes per second.
    fn hazard(&self) -> f64 {
        exp(self.ln_events) + self.capsizes_per_s
    }
}

fn mix(a: f64, b: f64, part: f64) -> f64 {
    a + (b - a) * part
}

/// Interval and part for `share` of the critical water among `count` levels at 0, 1/count, ...; the last interval runs on.
fn place(share: f64, count: usize) -> (usize, f64) {
    let x = share.clamp(0.0, 1.0) * count as f64;
    let i = (x as usize).min(count - 2);
    (i, x - i as f64)
}
