//! When a soft tube folds: bending of inflated beams.
//!
//! A membrane tube of radius `r` with gauge pressure `p` carries bending without a wrinkle up to `p pi r^3 / 2` and collapses at
//! `p pi r^3` (inflated-beam theory, Comer and Levy 1963, AIAA Journal 1(7)). A laden boat with soft tubes is held up by the water
//! locally; where the crowd sits amidships it folds instead. These are margins to report, not a model of the loss.

use crate::hull::Hull;
use crate::ledger::LEDGER;
use crate::load::Load;
use plimsoll_core::ledger::Knowledge;
use std::f64::consts::PI;

/// Standard gravity, m/s2.
pub const GRAVITY_M_S2: f64 = 9.80665;

/// What the folding margin rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StrengthConstants {
    /// Gauge pressure in a soft tube, Pa.
    pub pressure_pa: f64,
    /// Part of the effective length over which the people sit, amidships.
    pub seated_part: f64,
}

impl StrengthConstants {
    /// These constants in one state of knowledge.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        Self { pressure_pa: LEDGER.value("chambers.pressure", k), seated_part: LEDGER.value("chambers.seated_part", k) }
    }
}

/// Bending moments for each tube, N m.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bending {
    /// Sagging moment amidships in still water, people on the middle of the boat and buoyancy even along it.
    pub still_water_n_m: f64,
    /// Moment at which the tube wrinkles.
    pub wrinkle_n_m: f64,
    /// Moment at which it collapses.
    pub collapse_n_m: f64,
}

/// Onset of wrinkles, N m: `p pi r^3 / 2`.
#[must_use]
pub fn wrinkle_moment_n_m(radius_m: f64, pressure_pa: f64) -> f64 {
    0.5 * collapse_moment_n_m(radius_m, pressure_pa)
}

/// Collapse, N m: `p pi r^3`.
#[must_use]
pub fn collapse_moment_n_m(radius_m: f64, pressure_pa: f64) -> f64 {
    pressure_pa * PI * radius_m * radius_m * radius_m
}

/// Bending of each tube of a laden hull, the floor carrying nothing along the boat.
///
/// A weight `W` spread over the middle part `s` of a length `L`, borne by a force even over all of it, bends the middle by
/// `W L (1 - s) / 8`; each tube takes half.
#[must_use]
pub fn bending(hull: &Hull, load: &Load, constants: &StrengthConstants) -> Bending {
    let radius = 0.5 * hull.tube_m;
    let weight = GRAVITY_M_S2 * load.people_kg();
    Bending {
        still_water_n_m: weight * hull.effective_length_m * (1.0 - constants.seated_part) / 16.0,
        wrinkle_n_m: wrinkle_moment_n_m(radius, constants.pressure_pa),
        collapse_n_m: collapse_moment_n_m(radius, constants.pressure_pa),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference figure: r 0.25 m at 10 kPa wrinkles at 245 N m and collapses at 490 N m.
    #[test]
    fn published_moments() {
        assert!((wrinkle_moment_n_m(0.25, 10e3) - 245.4).abs() < 0.1);
        assert!((collapse_moment_n_m(0.25, 10e3) - 490.9).abs() < 0.1);
    }
}
