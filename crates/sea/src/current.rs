//! Waves that meet a change of current, in deep water.
//!
//! Longuet-Higgins and Stewart (1961); in the form of Phillips (1977): with `c0` the phase speed in still water and `U` the
//! change of the current along the waves' path, positive with the waves,
//! `c/c0 = (1 + sqrt(1 + 4 U/c0)) / 2` and `H/H0 = c0 / sqrt(c (c + 2 U))`.

use crate::GRAVITY_M_S2 as G;
use std::f64::consts::TAU;
use thiserror::Error;

/// A sea after it has met a current.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transformed {
    /// Phase speed relative to the water, m/s.
    pub celerity_m_s: f64,
    /// Height over height before.
    pub height_ratio: f64,
    /// Length over length before.
    pub length_ratio: f64,
    /// Steepness over steepness before.
    pub steepness_ratio: f64,
    /// Period that a boat drifting with the water feels, s.
    pub intrinsic_period_s: f64,
}

/// The current stops the waves: their group speed no longer exceeds it.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
#[error("a current of {current_m_s} m/s against the waves blocks those of {period_s} s (limit {limit_m_s:.3} m/s)")]
pub struct Blocked {
    /// The current, m/s, positive with the waves.
    pub current_m_s: f64,
    /// Period of the waves in still water, s.
    pub period_s: f64,
    /// The current at which they are blocked, m/s.
    pub limit_m_s: f64,
}

/// Current that blocks deep-water waves of period `period_s`, m/s: `-c0 / 4`.
#[must_use]
pub fn blocking_current_m_s(period_s: f64) -> f64 {
    -G * period_s / TAU / 4.0
}

/// What the change of current `change_m_s` along their path (positive with the waves) does to deep-water waves of period
/// `period_s`.
///
/// Apply the change of the stream between where a local sea grew and where the boat is, not the whole stream. Close to
/// blocking the height grows without bound here; breaking ([`crate::breaking`]) limits it in nature.
///
/// # Errors
/// [`Blocked`] at or beyond the blocking current.
pub fn meet(period_s: f64, change_m_s: f64) -> Result<Transformed, Blocked> {
    let c0 = G * period_s / TAU;
    let limit = blocking_current_m_s(period_s);
    if change_m_s <= limit {
        return Err(Blocked { current_m_s: change_m_s, period_s, limit_m_s: limit });
    }
    let c = 0.5 * c0 * (1.0 + (1.0 + 4.0 * change_m_s / c0).sqrt());
    let height_ratio = c0 / (c * (c + 2.0 * change_m_s)).sqrt();
    let length_ratio = (c / c0) * (c / c0);
    Ok(Transformed {
        celerity_m_s: c,
        height_ratio,
        length_ratio,
        steepness_ratio: height_ratio / length_ratio,
        intrinsic_period_s: TAU * c / G,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_change_changes_nothing() {
        let t = meet(5.0, 0.0).unwrap();
        assert_eq!((t.height_ratio, t.length_ratio, t.steepness_ratio), (1.0, 1.0, 1.0));
        assert!((t.intrinsic_period_s - 5.0).abs() < 1e-12);
    }

    #[test]
    fn blocked_waves_are_refused() {
        assert!(meet(5.0, -1.95).is_ok());
        let e = meet(5.0, -1.96).unwrap_err();
        assert!((e.limit_m_s + 1.952).abs() < 1e-3);
    }

    /// Wave action `E c_g`-flux form: `H^2 (c/2 + U) / sigma` is conserved.
    #[test]
    fn action_is_conserved() {
        for u in [-1.5, -0.5, 0.7, 2.0] {
            let t = meet(5.0, u).unwrap();
            let sigma = |c: f64| G / c;
            let c0 = G * 5.0 / TAU;
            let before = (0.5 * c0) / sigma(c0);
            let after = t.height_ratio * t.height_ratio * (0.5 * t.celerity_m_s + u) / sigma(t.celerity_m_s);
            assert!((after / before - 1.0).abs() < 1e-12);
        }
    }
}
