//! Phase 4: collapse just before, during or after rescue, of people deeply cooled.

use crate::LEDGER;
use plimsoll_core::ledger::Knowledge;

/// Constants of collapse in one state of knowledge.
#[derive(Clone, Copy, Debug)]
pub struct CollapseConstants {
    /// Chance to die around rescue, once deeply cooled, lifted lying.
    pub probability: f64,
    /// Dose of cooling (share of the personal time to death) above which this applies.
    pub dose: f64,
    /// Factor on the chance for a vertical lift.
    pub vertical: f64,
}

impl CollapseConstants {
    /// The constants as `k` has them.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        Self {
            probability: LEDGER.value("collapse.probability", k),
            dose: LEDGER.value("collapse.dose", k),
            vertical: LEDGER.value("collapse.vertical", k),
        }
    }

    pub(crate) fn earlier_form() -> Self {
        Self { probability: 0.15, dose: 0.6, vertical: 1.0 }
    }

    /// Chance to die around rescue at this dose of cooling.
    #[must_use]
    #[inline]
    pub fn chance(&self, dose: f64, vertical: bool) -> f64 {
        if dose <= self.dose {
            0.0
        } else if vertical {
            self.probability * self.vertical
        } else {
            self.probability
        }
    }
}
