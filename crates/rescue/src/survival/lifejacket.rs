//! What floats a person: a real lifejacket, something that floats a little, or nothing.
//!
//! A real lifejacket lowers the risk of the first minutes by a published factor and ends swimming failure. It does not end
//! drowning: waves over the mouth kill people who float, the more so once they no longer turn away from them.

use crate::LEDGER;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths;

/// What floats a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flotation {
    /// Nothing.
    #[default]
    None,
    /// Some lift: a bad jacket, an inner tube, a fuel can.
    Partial,
    /// A lifejacket that floats its wearer.
    Real,
}

/// Constants of jackets and splash in one state of knowledge.
#[derive(Clone, Copy, Debug)]
pub struct LifejacketConstants {
    /// Risk of the first minutes with a real lifejacket, relative to none.
    pub real_factor: f64,
    /// Risk of the first minutes with partial lift, relative to none; between 1 and `real_factor`.
    pub partial_factor: f64,
    /// Drowning by splash, floating unsupported at Hs 0.5 m, per minute.
    pub splash_per_min: f64,
    /// Power of Hs/0.5 m.
    pub splash_power: f64,
    /// Exposure of somebody holding by hand, relative to floating free.
    pub splash_held: f64,
    /// Exposure with the chest on the wreck. Never above `splash_held`.
    pub splash_torso: f64,
}

impl LifejacketConstants {
    /// The constants as `k` has them.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        let real_factor = LEDGER.value("lifejacket.relative_risk", k).min(1.0);
        let partial_share = LEDGER.value("lifejacket.partial_share", k);
        let splash_held = LEDGER.value("lifejacket.splash_held", k);
        Self {
            real_factor,
            partial_factor: real_factor + (1.0 - real_factor) * (1.0 - partial_share),
            splash_per_min: LEDGER.value("lifejacket.splash_per_hour", k) / 60.0,
            splash_power: LEDGER.value("lifejacket.splash_power", k),
            splash_held,
            splash_torso: LEDGER.value("lifejacket.splash_torso", k).min(splash_held),
        }
    }

    pub(crate) fn earlier_form() -> Self {
        Self {
            real_factor: 0.25,
            partial_factor: 0.6,
            splash_per_min: 0.0,
            splash_power: 1.0,
            splash_held: 0.0,
            splash_torso: 0.0,
        }
    }

    /// Risk of the first minutes relative to somebody with nothing.
    #[must_use]
    pub fn first_minutes_factor(&self, flotation: Flotation) -> f64 {
        match flotation {
            Flotation::None => 1.0,
            Flotation::Partial => self.partial_factor,
            Flotation::Real => self.real_factor,
        }
    }

    /// Rate of drowning by splash for a person floating free, per minute: `h_s (Hs/0.5)^n`.
    ///
    /// Judged; to be read for Hs up to 2 m.
    #[must_use]
    pub fn splash_rate(&self, hs_m: f64) -> f64 {
        self.splash_per_min * maths::pow(hs_m.max(0.0) / 0.5, self.splash_power)
    }
}
