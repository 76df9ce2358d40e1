//! What the constants come to in one sea: tables that are computed once and read for every person.

use super::RescueConstants;
use super::collapse::CollapseConstants;
use super::cooling::ceiling_min;
use super::lifejacket::Flotation;

/// Daylight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// Day.
    Day,
    /// Twilight.
    Twilight,
    /// Night.
    Night,
}

/// The sea around people in the water.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditions {
    /// Water temperature, degC.
    pub water_c: f64,
    /// Significant wave height, m.
    pub hs_m: f64,
    /// Daylight.
    pub light: Light,
}

/// How a person is supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum State {
    /// Aboard the flooded hull, held clear of drowning.
    Clear = 0,
    /// Chest on the wreck.
    Torso = 1,
    /// Holding by hand.
    Grip = 2,
    /// On a float or raft that was thrown.
    Float = 3,
    /// Nothing to hold.
    Unsupported = 4,
}

/// Number of states.
pub const STATES: usize = 5;

const ALL_STATES: [State; STATES] = [State::Clear, State::Torso, State::Grip, State::Float, State::Unsupported];
const ALL_FLOTATIONS: [Flotation; 3] = [Flotation::None, Flotation::Partial, Flotation::Real];

/// Survival in one sea and one state of knowledge, as tables.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// Chance to die in the first minutes, by [`Flotation`] and whether a swimmer.
    pub(crate) first: [[f32; 2]; 3],
    /// Added chance where the boat inverts or folds.
    pub(crate) trapped: f32,
    /// Median minutes to swimming failure, by [`Flotation`] and whether a swimmer.
    pub(crate) swim_min: [[f32; 2]; 3],
    pub(crate) swim_spread: f32,
    pub(crate) grip_min: f32,
    pub(crate) grip_spread: f32,
    /// One over the median time to death by cooling, by [`State`], [`Flotation`], whether a child; 1/min.
    pub(crate) cooling: [[[f32; 2]; 3]; STATES],
    pub(crate) cooling_spread: f32,
    /// One over the ceiling on cooling time; 0 where there is none. 1/min.
    pub(crate) ceiling: f32,
    /// Drowning by splash by [`State`], 1/min.
    pub(crate) splash: [f32; STATES],
    pub(crate) torso_share: f32,
    pub(crate) collapse: CollapseConstants,
}

impl Rates {
    /// The tables for one sea.
    #[must_use]
    pub fn new(constants: &RescueConstants, conditions: &Conditions) -> Self {
        let Conditions { water_c, hs_m, .. } = *conditions;
        let by = |f: &dyn Fn(Flotation, bool) -> f64| {
            ALL_FLOTATIONS.map(|flotation| [f(flotation, false) as f32, f(flotation, true) as f32])
        };
        let jacket = &constants.lifejacket;
        let splash = jacket.splash_rate(hs_m);
        Self {
            first: by(&|flotation, swimmer| {
                jacket.first_minutes_factor(flotation) * constants.cold_shock.probability(swimmer, water_c)
            }),
            trapped: constants.cold_shock.trapped as f32,
            swim_min: by(&|flotation, swimmer| constants.support.swim_median(swimmer, flotation, water_c)),
            swim_spread: constants.support.swim_spread as f32,
            grip_min: constants.support.grip_median(water_c) as f32,
            grip_spread: constants.support.grip_spread as f32,
            cooling: ALL_STATES.map(|state| {
                by(&|flotation, child| 1.0 / constants.cooling.median_min(state, flotation, child, water_c, hs_m))
            }),
            cooling_spread: constants.cooling.spread as f32,
            ceiling: if constants.cooling.has_ceiling { (1.0 / ceiling_min(water_c)) as f32 } else { 0.0 },
            splash: ALL_STATES.map(|state| {
                (splash
                    * match state {
                        State::Clear | State::Torso => jacket.splash_torso,
                        State::Grip | State::Float => jacket.splash_held,
                        State::Unsupported => 1.0,
                    }) as f32
            }),
            torso_share: constants.support.torso_share as f32,
            collapse: constants.collapse,
        }
    }
}
