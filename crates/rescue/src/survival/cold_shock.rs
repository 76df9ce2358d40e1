//! Phase 1: the first three minutes. Gasping and swimming failure on immersion in cold water, and being caught under or
//! inside a boat that inverts or folds.

use crate::LEDGER;
use plimsoll_core::ledger::Knowledge;

/// Deaths of the first minutes fall evenly within this time, minutes. Cold shock itself passes in 60 to 90 s.
pub const FIRST_MIN: f32 = 3.0;
/// Deaths of the trapped fall evenly within this time, minutes.
pub const TRAPPED_MIN: f32 = 5.0;

/// Constants of the first minutes in one state of knowledge.
#[derive(Clone, Copy, Debug)]
pub struct ColdShockConstants {
    /// Chance of a swimmer to drown, cold apart.
    pub p_swimmer: f64,
    /// Chance of a non-swimmer to drown, cold apart. Never less than a swimmer's.
    pub p_non_swimmer: f64,
    /// Added chance at full cold shock.
    pub p_cold: f64,
    /// Added chance to die trapped, where the boat inverts or folds.
    pub trapped: f64,
}

impl ColdShockConstants {
    /// The constants as `k` has them.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        let p_swimmer = LEDGER.value("cold_shock.p_swimmer", k);
        Self {
            p_swimmer,
            p_non_swimmer: LEDGER.value("cold_shock.p_non_swimmer", k).max(p_swimmer),
            p_cold: LEDGER.value("cold_shock.p_cold", k),
            trapped: LEDGER.value("cold_shock.trapped", k),
        }
    }

    pub(crate) fn earlier_form() -> Self {
        Self { p_swimmer: 0.01, p_non_swimmer: 0.05, p_cold: 0.04, trapped: 0.0 }
    }

    /// Chance to die in the first three minutes without a jacket: `(p0_s | p0_n) + p_c c(T)`.
    #[must_use]
    pub fn probability(&self, swimmer: bool, water_c: f64) -> f64 {
        (if swimmer { self.p_swimmer } else { self.p_non_swimmer }) + self.p_cold * strength(water_c)
    }
}

/// Strength of cold shock, `c(T) = clip((25 - T)/15, 0, 1)`: nothing from 25 degC upward, full at 10 degC and below.
///
/// After House and Tipton (2017). Validated for water of 0 to 25 degC.
#[must_use]
pub fn strength(water_c: f64) -> f64 {
    ((25.0 - water_c) / 15.0).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strength_at_its_ends() {
        assert_eq!(strength(30.0), 0.0);
        assert_eq!(strength(25.0), 0.0);
        assert_eq!(strength(10.0), 1.0);
        assert_eq!(strength(4.0), 1.0);
        assert!((strength(17.5) - 0.5).abs() < 1e-15);
    }
}
