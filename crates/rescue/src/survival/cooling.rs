//! Phase 3: cooling. Time to death by hypothermia as a dose that grows faster in colder water and in worse states.

use super::lifejacket::Flotation;
use super::rates::State;
use crate::LEDGER;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths;

/// Constants of cooling in one state of knowledge.
#[derive(Clone, Copy, Debug)]
pub struct CoolingConstants {
    /// Clothing and body, relative to Hayward's subjects.
    pub k_hyp: f64,
    /// Spread between people, of the logarithm.
    pub spread: f64,
    /// Belief above 18 degC: time x 1.5^(warm clip((T - 18)/4, 0, 1)).
    pub warm: f64,
    /// How much faster a child cools.
    pub child: f64,
    /// How much longer with the chest out of the water.
    pub torso: f64,
    /// How much longer than that aboard the flooded hull.
    pub clear: f64,
    /// Time of a holder without a real lifejacket, relative to Hayward.
    pub held_bare: f64,
    /// Time of somebody struggling, relative to still.
    pub struggle: f64,
    /// Whether [`ceiling_min`] applies.
    pub has_ceiling: bool,
}

impl CoolingConstants {
    /// The constants as `k` has them.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        Self {
            k_hyp: LEDGER.value("cooling.k_hyp", k),
            spread: LEDGER.value("cooling.spread", k),
            warm: LEDGER.value("cooling.warm", k),
            child: LEDGER.value("cooling.child", k),
            torso: LEDGER.value("cooling.torso", k),
            clear: LEDGER.value("cooling.clear", k),
            held_bare: LEDGER.value("cooling.held_bare", k),
            struggle: LEDGER.value("cooling.struggle", k),
            has_ceiling: true,
        }
    }

    pub(crate) fn earlier_form() -> Self {
        Self {
            k_hyp: 1.0,
            spread: 0.45,
            warm: 0.0,
            child: 1.0,
            torso: 1.0,
            clear: 1.0,
            held_bare: 1.0,
            struggle: 1.0,
            has_ceiling: false,
        }
    }

    /// Median time to death by cooling, minutes, for an adult or child in one state all the time.
    ///
    /// `k_hyp` x [`hayward_min`] x partial immersion x struggle; waves count as struggle, fully from Hs 1 m.
    #[must_use]
    pub fn median_min(&self, state: State, flotation: Flotation, child: bool, water_c: f64, hs_m: f64) -> f64 {
        let real = flotation == Flotation::Real;
        let waves = 1.0 - (1.0 - self.struggle) * hs_m.clamp(0.0, 1.0);
        let factor = match state {
            State::Clear => self.torso * self.clear,
            State::Torso => self.torso * if real { 1.0 } else { self.held_bare },
            State::Grip | State::Float if real => waves,
            State::Grip | State::Float => self.held_bare * waves,
            State::Unsupported if real => waves,
            State::Unsupported => self.struggle,
        };
        let warm = maths::pow(1.5, self.warm * ((water_c - 18.0) / 4.0).clamp(0.0, 1.0));
        let age = if child { self.child } else { 1.0 };
        self.k_hyp * hayward_min(water_c) * warm * factor / age
    }
}

/// Predicted time to a core of 30 degC, lightly clad, in a lifejacket, still: `15 + 7.2/(0.0785 - 0.0034 T)` minutes.
///
/// Hayward, Eckerson and Collis, Can. J. Physiol. Pharmacol. 53 (1975) 21. Measured to about 18 degC; the pole at 23.09
/// degC is avoided by holding T at 22.
#[must_use]
pub fn hayward_min(water_c: f64) -> f64 {
    15.0 + 7.2 / (0.0785 - 0.0034 * water_c.min(22.0))
}

/// Upper limit of survival in minutes: `60 (0.0547 T^2 + 0.5048 T + 1.3604)`.
///
/// Xu and Giesbrecht (2018), fitted to 122 observations. Used from 3 degC upward; below, where the fit falls under
/// Hayward's times, its value at 3 degC is kept, since colder water cannot raise the limit.
#[must_use]
pub fn ceiling_min(water_c: f64) -> f64 {
    let water_c = water_c.max(3.0);
    60.0 * (0.0547 * water_c * water_c + 0.5048 * water_c + 1.3604)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warmer_water_gives_more_time_in_every_state() {
        let flotations = [Flotation::None, Flotation::Partial, Flotation::Real];
        for k in 0..256 {
            let c = CoolingConstants::draw(&Knowledge::outer(1, k));
            for state in [State::Clear, State::Torso, State::Grip, State::Float, State::Unsupported] {
                for flotation in flotations {
                    let at = |tenths: i32| c.median_min(state, flotation, false, f64::from(tenths) * 0.1, 0.5);
                    assert!((0..250).all(|t| at(t + 1) >= at(t)), "{state:?} {flotation:?}");
                }
            }
        }
        assert!((0..250).all(|t| ceiling_min(f64::from(t + 1) * 0.1) >= ceiling_min(f64::from(t) * 0.1)));
    }

    #[test]
    fn a_child_and_a_struggle_cool_faster() {
        for k in 0..256 {
            let c = CoolingConstants::draw(&Knowledge::outer(1, k));
            let m = |state, flotation, child, hs| c.median_min(state, flotation, child, 12.0, hs);
            let (none, real) = (Flotation::None, Flotation::Real);
            assert!(m(State::Torso, none, true, 0.0) < m(State::Torso, none, false, 0.0));
            assert!(m(State::Unsupported, none, false, 0.0) < m(State::Unsupported, real, false, 0.0));
            assert!(m(State::Grip, real, false, 1.0) < m(State::Grip, real, false, 0.0));
            assert!(m(State::Grip, none, false, 0.0) <= m(State::Torso, none, false, 0.0));
            assert!(m(State::Torso, none, false, 0.0) <= m(State::Clear, none, false, 0.0));
        }
    }
}
