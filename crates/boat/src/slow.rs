//! The slow tier: hours of flooding in microseconds, with rates that the fast tier itself gives for this boat and sea.
//!
//! The height of the water against an edge (port crown, starboard crown, transom), in a sea that is Gaussian and a boat that answers
//! almost linearly, is nearly Gaussian. [`SlowTier::derive`] holds the water aboard still at several levels, lets the fast tier
//! measure mean, spread, rate and shape of that height ([`crate::lanes::probe`]), and gets from them by Rice's formula
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
//! events cluster. [`groups`] has how.
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
use groups::Groups;
use plimsoll_core::random::Stream;

/// Levels of water at which the fast tier is asked.
pub const LEVELS: usize = 4;
/// Steps counted at each, after it has settled.
pub const PROBE_STEPS: u32 = 200;
/// Share of the sea's energy in which every boat is linear.
const SMALL: f64 = 1e-3;
/// Points of the derived rates between dry and lost.
const NODES: usize = 33;

/// Rates of overtopping of one boat in one sea, by water aboard.
#[derive(Clone, Debug, PartialEq)]
pub struct SlowTier {
    critical_m3: f64,
    hs_m: f64,
    edges: [[Edge; 3]; LEVELS],
    nodes: Vec<Node>,
}

/// Rates at one level of water.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Node {
    /// Logarithm of events per second.
    ln_events: f64,
    /// Logarithm of the inflow, m3/s.
    ln_inflow: f64,
    /// Height of the water at an edge that an event must reach, in standard deviations.
    threshold: f64,
    /// Shape of the gamma distribution of the rate over stretches of sea.
    shape: f64,
    /// Mean of [`walk::relative_volume`] above the threshold.
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
            let still = Window {
                state: State {
                    water_m3,
                    ..window.state
                },
                ..*window
            };
            // The same phases throughout, so that what their finite number does to a kurtosis is known and taken out.
            let waves = Waves::Balanced(energy.sqrt() as f32);
            simd::probe(path, stream, &still, waves, SETTLE + steps)
        };
        let groups = Groups::of(&probe(0, SMALL));
        let mut probes = [Probe::default(); LEVELS];
        for (level, mixed) in probes.iter_mut().enumerate() {
            for (weight, energy) in groups.nodes() {
                mixed.add(weight, &probe(level, energy));
            }
        }
        let edges = std::array::from_fn(|i| closure::edges(window, &probes[i]));
        let mut tier = Self {
            critical_m3,
            hs_m: window.sea.state().hs_m(),
            edges,
            nodes: vec![],
        };
        tier.nodes = (0..NODES)
            .map(|n| {
                let water_m3 = critical_m3 * n as f64 / (NODES - 1) as f64;
                let (i, part) = place(water_m3 / critical_m3, LEVELS);
                let capsizes = probes[i].capsizes_per_s * (1.0 - part) + probes[i + 1].capsizes_per_s * part;
                closure::node(&tier.edges_at(water_m3), &groups, capsizes)
            })
            .collect();
        tier
    }

    /// Water aboard at which the boat is lost, m3.
    #[must_use]
    pub fn critical_m3(&self) -> f64 {
        self.critical_m3
    }

    /// `4 sigma / Hs` of the height of the water against the starboard crown, without water aboard.
    #[must_use]
    pub fn kappa(&self) -> f64 {
        4.0 * self.edges[0][1].deviation_m / self.hs_m
    }

    /// What the closure rests on at a level of water: port, starboard, transom.
    #[must_use]
    pub fn edges_at(&self, water_m3: f64) -> [Edge; 3] {
        let (i, part) = place(water_m3 / self.critical_m3.max(1e-9), LEVELS);
        std::array::from_fn(|e| self.edges[i][e].between(&self.edges[i + 1][e], part, water_m3))
    }

    /// Events of overtopping per second with `water_m3` aboard.
    #[must_use]
    pub fn events_per_s(&self, water_m3: f64) -> f64 {
        plimsoll_core::maths::exp(self.at(water_m3).ln_events)
    }

    /// Mean inflow with `water_m3` aboard, m3/s.
    #[must_use]
    pub fn inflow_m3_s(&self, water_m3: f64) -> f64 {
        plimsoll_core::maths::exp(self.at(water_m3).ln_inflow)
    }

    fn at(&self, water_m3: f64) -> Node {
        let x = (water_m3 / self.critical_m3.max(1e-9)).clamp(0.0, 1.0) * (NODES - 1) as f64;
        let i = (x as usize).min(NODES - 2);
        let part = x - i as f64;
        let (a, b) = (&self.nodes[i], &self.nodes[i + 1]);
        let mix = |a: f64, b: f64| a + (b - a) * part;
        Node {
            ln_events: mix(a.ln_events, b.ln_events),
            ln_inflow: mix(a.ln_inflow, b.ln_inflow),
            threshold: mix(a.threshold, b.threshold),
            shape: mix(a.shape, b.shape),
            mean_volume: mix(a.mean_volume, b.mean_volume),
            capsizes_per_s: mix(a.capsizes_per_s, b.capsizes_per_s),
        }
    }
}

/// Interval and part for `share` of the critical water among `count` levels at 0, 1/count, ...; the last interval runs on.
fn place(share: f64, count: usize) -> (usize, f64) {
    let x = share.clamp(0.0, 1.0) * count as f64;
    let i = (x as usize).min(count - 2);
    (i, x - i as f64)
}
