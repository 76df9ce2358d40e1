//! Taking people off an intact boat: how long it takes, and how much preparation lowers the chance that it sets off a surge.
//!
//! How likely a surge is, and what it does to the boat, is not decided here.

use crate::LEDGER;
use crate::survival::Conditions;
use crate::survival::RescueConstants;
use plimsoll_core::ledger::Knowledge;

/// A transfer from an intact boat in one state of knowledge.
#[derive(Clone, Copy, Debug)]
pub struct Transfer {
    /// People a minute across one side to one vessel, by day in a calm sea.
    pub walk_off_per_min: f64,
    /// Factor on the chance of a reaction with people seated, one side only, fenders out, floats ready.
    pub prepared: f64,
}

impl Transfer {
    /// The transfer as `k` has it.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        Self {
            walk_off_per_min: LEDGER.value("transfer.walk_off_per_min", k),
            prepared: LEDGER.value("transfer.prepared", k),
        }
    }

    /// Minutes to take `people` off to one vessel in this light and sea.
    #[must_use]
    pub fn duration_min(&self, people: f64, constants: &RescueConstants, conditions: &Conditions) -> f64 {
        people / (self.walk_off_per_min * constants.lifts.conditions_factor(conditions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::Light;

    #[test]
    fn preparation_lowers_and_night_slows() {
        for k in 0..256 {
            let k = Knowledge::outer(1, k);
            let (t, c) = (Transfer::draw(&k), RescueConstants::draw(&k));
            assert!(t.prepared > 0.0 && t.prepared < 1.0);
            let d = |light| t.duration_min(60.0, &c, &Conditions { water_c: 15.0, hs_m: 0.4, light });
            assert!((15.0..=40.0).contains(&d(Light::Day)));
            assert!(d(Light::Night) > d(Light::Day));
        }
    }
}
