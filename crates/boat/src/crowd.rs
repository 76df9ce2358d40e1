//! What the people aboard do in a window: lean, shift and stand up, each after a delay.
//!
//! ```text
//! dy/dt = (y* - y) / tau_y,   y* = clamp(shift + lean (phi - gamma s), -limit, limit)   after the delay, else y* = y at the start
//! dq/dt = (q* - q) / tau_q    after the delay
//! ```
//!
//! `phi - gamma s` is the heel that the people feel. At first they lean uphill (`lean` negative); a crowd that panics leans
//! downhill from `panic_after_s` on. At four to six people to the square metre nobody walks: the hazard is leaning, standing
//! up and a surge to the side where help is, within a limit that the density sets.

use crate::ledger::LEDGER;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::exp;
use std::sync::LazyLock;

/// What the people of one window do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crowd {
    /// People aboard.
    pub people: f32,
    /// Mean mass of a person, kg.
    pub person_mass_kg: f32,
    /// Height of the common centre while nobody stands, m above the lowest point of the tubes.
    pub seated_centre_m: f32,
    /// Height of the common centre when all stand, m.
    pub standing_centre_m: f32,
    /// Time before anybody reacts, s.
    pub delay_s: f32,
    /// Sideways position that the crowd moves to, m, positive to starboard.
    pub shift_target_m: f32,
    /// Time constant of moving sideways, s.
    pub tau_s: f32,
    /// How far the crowd leans per radian of heel that it feels, m/rad; negative uphill.
    pub lean_gain_m_per_rad: f32,
    /// From when on the crowd leans with `panic_gain_m_per_rad` instead, s after the window's start; infinite for never.
    pub panic_after_s: f32,
    /// How far a crowd in panic leans per radian, m/rad; positive downhill.
    pub panic_gain_m_per_rad: f32,
    /// Farthest that the common centre can move to either side, m.
    pub limit_m: f32,
    /// Share that will stand, 0 to 1.
    pub stand_target: f32,
    /// Time constant of standing up, s.
    pub stand_tau_s: f32,
}

impl Crowd {
    /// People who keep still: they neither lean nor stand up nor sit down.
    ///
    /// `seated_centre_m` and `standing_centre_m` are heights above the lowest point of the tubes.
    #[must_use]
    pub fn still(people: f32, person_mass_kg: f32, seated_centre_m: f32, standing_centre_m: f32) -> Self {
        Self {
            people,
            person_mass_kg,
            seated_centre_m,
            standing_centre_m,
            delay_s: f32::INFINITY,
            shift_target_m: 0.0,
            tau_s: 2.0,
            lean_gain_m_per_rad: 0.0,
            panic_after_s: f32::INFINITY,
            panic_gain_m_per_rad: 0.0,
            limit_m: 1.0,
            stand_target: 0.0,
            stand_tau_s: 2.0,
        }
    }
}

/// What is judged about crowds in a boat, for one state of knowledge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CrowdConstants {
    /// Median delay before a group reacts, s (its spread is that of the ledger's belief, drawn with the knowledge).
    pub delay_s: f64,
    /// Time constant of leaning and shifting, s.
    pub tau_s: f64,
    /// Time constant of standing up, s.
    pub stand_tau_s: f64,
    /// Farthest that the common centre moves at four people to the square metre and more, m.
    pub limit_dense_m: f64,
    /// The same at two people to the square metre and fewer, m.
    pub limit_loose_m: f64,
    /// Lean against a heel, m/rad, positive.
    pub lean_uphill_m_per_rad: f64,
    /// Lean with a heel in panic, m/rad, positive.
    pub lean_panic_m_per_rad: f64,
}

impl CrowdConstants {
    /// Draws them.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        Self {
            delay_s: LEDGER.value("crowd.delay", k),
            tau_s: LEDGER.value("crowd.tau", k),
            stand_tau_s: LEDGER.value("crowd.stand_tau", k),
            limit_dense_m: LEDGER.value("crowd.limit_dense", k),
            limit_loose_m: LEDGER.value("crowd.limit_loose", k),
            lean_uphill_m_per_rad: LEDGER.value("crowd.lean_uphill", k),
            lean_panic_m_per_rad: LEDGER.value("crowd.lean_panic", k),
        }
    }

    /// Farthest that the common centre moves to a side at `density_per_m2`, m: the dense figure from four people to the square metre
    /// on, the loose one up to two, linear between.
    #[must_use]
    pub fn limit_m(&self, density_per_m2: f64) -> f64 {
        let part = ((density_per_m2 - 2.0) / 2.0).clamp(0.0, 1.0);
        self.limit_loose_m + (self.limit_dense_m - self.limit_loose_m) * part
    }
}

/// Speed of a walking crowd of `density_per_m2`, m/s: `1.34 (1 - exp(-1.913 (1/rho - 1/5.4)))` (Weidmann 1993), zero from the
/// jam density on. At the densities of these boats nobody walks.
#[must_use]
pub fn walking_speed_m_s(density_per_m2: f64) -> f64 {
    static LAW: LazyLock<[f64; 3]> = LazyLock::new(|| {
        ["free_speed", "slope", "jam_density"]
            .map(|n| LEDGER.value(&format!("crowd.weidmann_{n}"), &Knowledge::central()))
    });
    let [free, slope, jam] = *LAW;
    if density_per_m2 >= jam {
        return 0.0;
    }
    free * (1.0 - exp(-slope * (1.0 / density_per_m2 - 1.0 / jam)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weidmann_table() {
        for (density, speed) in [(1.0, 1.058), (2.0, 0.606), (3.0, 0.331), (4.0, 0.156), (5.0, 0.037)] {
            assert!((walking_speed_m_s(density) - speed).abs() < 5e-4);
        }
        assert_eq!(walking_speed_m_s(6.0), 0.0);
    }

    #[test]
    fn dense_crowds_move_less() {
        let c = CrowdConstants::draw(&Knowledge::central());
        assert_eq!(c.limit_m(5.0), c.limit_dense_m);
        assert_eq!(c.limit_m(1.0), c.limit_loose_m);
        assert!(c.limit_m(3.0) > c.limit_dense_m);
    }
}
