//! How wind raises a sea: fetch-limited growth (CERC Shore Protection Manual, 1984) and the Beaufort scale's open sea.

use crate::GRAVITY_M_S2 as G;
use crate::ledger::exact;
use crate::waves::SeaState;
use plimsoll_core::maths::{cbrt, pow, tanh};
use std::sync::LazyLock;

struct Spm {
    stress: [f64; 2],
    deep: [f64; 2],
    developed: [f64; 2],
    height: [f64; 3],
    period: [f64; 3],
}

static SPM: LazyLock<Spm> = LazyLock::new(|| Spm {
    stress: ["stress_factor", "stress_exponent"].map(constant),
    deep: ["deep_height", "deep_period"].map(constant),
    developed: ["developed_height", "developed_period"].map(constant),
    height: ["shallow_height", "shallow_height_depth", "shallow_height_fetch"].map(constant),
    period: ["shallow_period", "shallow_period_depth", "shallow_period_fetch"].map(constant),
});

fn constant(name: &str) -> f64 {
    exact(&format!("growth.{name}"))
}

/// Wind-stress factor `U_A = 0.71 U^1.23`, m/s, of a wind of `wind_m_s` at 10 m.
#[must_use]
pub fn stress_speed_m_s(wind_m_s: f64) -> f64 {
    SPM.stress[0] * pow(wind_m_s, SPM.stress[1])
}

/// Significant height (m) and peak period (s) after `fetch_m` of deep water under a wind of `wind_m_s`, capped at the fully
/// developed sea. Zero without wind or fetch.
#[must_use]
pub fn deep(wind_m_s: f64, fetch_m: f64) -> (f64, f64) {
    if wind_m_s <= 0.0 || fetch_m <= 0.0 {
        return (0.0, 0.0);
    }
    let ua = stress_speed_m_s(wind_m_s);
    let x = G * fetch_m / (ua * ua);
    let h = (SPM.deep[0] * x.sqrt()).min(SPM.developed[0]);
    let t = (SPM.deep[1] * cbrt(x)).min(SPM.developed[1]);
    (h * ua * ua / G, t * ua / G)
}

/// Significant height (m) and peak period (s) after `fetch_m` over water of depth `depth_m` under a wind of `wind_m_s`.
///
/// The height is depth-limited already: a spectrum of TMA shape must be scaled to it, not limited again.
#[must_use]
pub fn finite_depth(wind_m_s: f64, fetch_m: f64, depth_m: f64) -> (f64, f64) {
    if wind_m_s <= 0.0 || fetch_m <= 0.0 {
        return (0.0, 0.0);
    }
    let ua = stress_speed_m_s(wind_m_s);
    let (x, d) = (G * fetch_m / (ua * ua), G * depth_m / (ua * ua));
    let [a, b, c] = SPM.height;
    let limit = tanh(b * pow(d, 0.75));
    let h = a * limit * tanh(c * x.sqrt() / limit);
    let [a, b, c] = SPM.period;
    let limit = tanh(b * pow(d, 0.375));
    let t = a * limit * tanh(c * cbrt(x) / limit);
    (h * ua * ua / G, t * ua / G)
}

/// The sea that a wind of `wind_m_s` raises over `fetch_m` of water of depth `depth_m`; `None` where there is none.
#[must_use]
pub fn wind_sea(wind_m_s: f64, fetch_m: f64, depth_m: f64) -> Option<SeaState> {
    let (hs, tp) = finite_depth(wind_m_s, fetch_m, depth_m);
    SeaState::new(hs, tp, depth_m).ok()
}

/// Probable significant height of the open, developed sea at a Beaufort force, m (WMO code table 1100); `None` above 12.
/// Where fetch is short, as in the Channel, less.
#[must_use]
pub fn beaufort_hs_m(force: u8) -> Option<f64> {
    static TABLE: LazyLock<[f64; 13]> =
        LazyLock::new(|| std::array::from_fn(|i| exact(&format!("beaufort.hs_{i:02}"))));
    TABLE.get(usize::from(force)).copied()
}

/// Peak period of a wind sea of height `hs_m` with steepness `Hs / (g Tp^2 / 2 pi)` = `steepness`, s.
#[must_use]
pub fn period_of_steepness_s(hs_m: f64, steepness: f64) -> f64 {
    (std::f64::consts::TAU * hs_m / (G * steepness)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_monotone_and_below_deep() {
        let mut last = (0.0, 0.0);
        for i in 1..40 {
            let f = f64::from(i) * 5e3;
            let (h, t) = finite_depth(9.0, f, 25.0);
            assert!(h > last.0 && t > last.1);
            assert!(h < deep(9.0, f).0 * 1.001);
            last = (h, t);
        }
    }

    #[test]
    fn caps_of_the_developed_sea() {
        let (h, t) = deep(5.0, 1e9);
        let ua = stress_speed_m_s(5.0);
        assert!((h - 0.2433 * ua * ua / G).abs() < 1e-12);
        assert!((t - 8.134 * ua / G).abs() < 1e-12);
    }

    #[test]
    fn calm_and_scale() {
        assert_eq!(deep(0.0, 1e4), (0.0, 0.0));
        assert!(wind_sea(0.0, 1e4, 20.0).is_none());
        assert_eq!(beaufort_hs_m(3), Some(0.6));
        assert_eq!(beaufort_hs_m(13), None);
    }

    #[test]
    fn steepness_round_trip() {
        let t = period_of_steepness_s(0.8, 0.04);
        assert!((crate::breaking::deep_steepness(0.8, t) - 0.04).abs() < 1e-12);
    }
}
