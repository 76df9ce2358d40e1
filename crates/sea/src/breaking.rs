//! Where waves break.

use crate::GRAVITY_M_S2 as G;
use crate::dispersion::wavelength_m;
use crate::ledger::{LEDGER, exact};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::tanh;
use std::sync::LazyLock;

/// Highest wave over a flat bed of depth `depth_m`, m: 0.78 d (McCowan 1894).
#[must_use]
pub fn depth_limit_m(depth_m: f64) -> f64 {
    static INDEX: LazyLock<f64> = LazyLock::new(|| exact("breaking.depth_index"));
    *INDEX * depth_m
}

/// Highest progressive wave of period `period_s` over depth `depth_m`, m: `H = 0.142 L tanh(k d)` (Miche 1944).
#[must_use]
pub fn miche_limit_m(period_s: f64, depth_m: f64) -> f64 {
    static MICHE: LazyLock<f64> = LazyLock::new(|| exact("breaking.miche"));
    let length = wavelength_m(period_s, depth_m);
    *MICHE * length * tanh(std::f64::consts::TAU / length * depth_m)
}

/// The lower of the two limits, m.
#[must_use]
pub fn limit_m(period_s: f64, depth_m: f64) -> f64 {
    depth_limit_m(depth_m).min(miche_limit_m(period_s, depth_m))
}

/// Steepness of a sea against deep water, `Hs / (g Tp^2 / 2 pi)`.
#[must_use]
pub fn deep_steepness(hs_m: f64, tp_s: f64) -> f64 {
    hs_m * std::f64::consts::TAU / (G * tp_s * tp_s)
}

/// What is judged about breakers, for one state of knowledge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakingConstants {
    /// Steepness `Hs / (g Tp^2 / 2 pi)` above which the crests of a deep sea spill generally.
    pub deep_spilling: f64,
    /// Height of a breaker, beam on, that capsizes a small boat, as a share of its beam.
    pub capsize_height_share: f64,
}

impl BreakingConstants {
    /// Draws them.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        Self {
            deep_spilling: LEDGER.value("breaking.deep_spilling", k),
            capsize_height_share: LEDGER.value("breaking.capsize_height_share", k),
        }
    }

    /// Whether the crests of this sea spill generally in deep water.
    #[must_use]
    pub fn spills(&self, hs_m: f64, tp_s: f64) -> bool {
        deep_steepness(hs_m, tp_s) > self.deep_spilling
    }

    /// Height of a breaker that capsizes a boat of beam `beam_m` that lies across it, m.
    #[must_use]
    pub fn capsizing_height_m(&self, beam_m: f64) -> f64 {
        self.capsize_height_share * beam_m
    }

    /// Share of the waves of a Rayleigh sea of height `hs_m` that are higher than a limit, such as where the bed breaks
    /// them: `exp(-2 (H/Hs)^2)` (Longuet-Higgins 1952). In surf this is the share of waves that arrive broken.
    #[must_use]
    pub fn share_above(hs_m: f64, limit_m: f64) -> f64 {
        if hs_m <= 0.0 {
            return 0.0;
        }
        let ratio = limit_m / hs_m;
        plimsoll_core::maths::exp(-2.0 * ratio * ratio)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shallow_bed_governs_before_steepness() {
        assert!(depth_limit_m(0.5) < miche_limit_m(8.0, 0.5));
        assert!(miche_limit_m(4.0, 30.0) < depth_limit_m(30.0));
        assert!((limit_m(4.0, 30.0) - miche_limit_m(4.0, 30.0)).abs() < 1e-15);
    }

    #[test]
    fn rayleigh_share() {
        assert!((BreakingConstants::share_above(1.0, 1.0) - 0.135_335).abs() < 1e-6);
        assert_eq!(BreakingConstants::share_above(0.0, 1.0), 0.0);
    }

    #[test]
    fn short_steep_sea_spills() {
        let c = BreakingConstants::draw(&Knowledge::central());
        assert!(c.spills(1.0, 3.0) && !c.spills(1.0, 5.0));
    }
}
