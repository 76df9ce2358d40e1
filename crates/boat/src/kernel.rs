//! The fast tier: roll, heave, flooding and crowd in steps of 0.1 s, sixteen realisations at a time.
//!
//! A [`Window`] is what one realisation goes through after a disturbance; [`run`] follows any number of them. The equations are
//! those of [`crate::motion`], [`crate::flooding`] and [`crate::crowd`], integrated by semi-implicit Euler. A window's outcome
//! depends on nothing but the window: not on its neighbours in the lanes, nor on the instruction set ([`crate::simd`]).

use crate::crowd::Crowd;
use crate::motion::Dynamics;
use crate::simd::Path;
use crate::table::StabilityTable;
use plimsoll_core::random::Stream;
use plimsoll_sea::waves::WaveField;

/// Realisations followed side by side.
pub const LANES: usize = 16;

/// Length of a step, s: one tick of the random addresses.
pub const STEP_S: f32 = plimsoll_sea::waves::TICK_S;

/// Where a boat is in its motion, relative to the water surface: a boat at rest in calm water, or one that follows long
/// waves exactly, has zeros but for its water and its people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct State {
    /// Heel less the effective wave slope, rad, positive to starboard.
    pub heel_rad: f32,
    /// Its rate, rad/s.
    pub roll_rate_rad_s: f32,
    /// Height of the boat above its rest position less the wave elevation, m.
    pub heave_m: f32,
    /// Its rate, m/s.
    pub heave_rate_m_s: f32,
    /// Water aboard, m3.
    pub water_m3: f32,
    /// Mean sideways position of everybody aboard, m, positive to starboard.
    pub shift_m: f32,
    /// Share of the people that stand, 0 to 1.
    pub stand_share: f32,
}

/// A group of waves from a passing vessel. Its envelope rises and falls smoothly over the group. All zero: none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wash {
    /// Height of the highest wave, crest to trough, m.
    pub height_m: f32,
    /// Period, s.
    pub period_s: f32,
    /// When the group reaches the boat, s after the window's start.
    pub arrival_s: f32,
    /// Waves in the group.
    pub waves: f32,
    /// Sine of the angle between the bow and the way the wash travels: 1 straight to starboard, -1 to port, 0 along the boat.
    pub beam_factor: f32,
}

/// A heeling moment that rises and falls once, as a parabola. All zero: none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pulse {
    /// Largest moment, N m, positive to starboard.
    pub peak_n_m: f32,
    /// Start, s after the window's.
    pub start_s: f32,
    /// Duration, s.
    pub duration_s: f32,
}

/// One realisation's stretch of time in the fast tier.
#[derive(Clone, Copy, Debug)]
pub struct Window<'a> {
    /// Righting moments and freeboards of this boat with this dry mass.
    pub table: &'a StabilityTable,
    /// Inertia, damping and flooding constants of this boat.
    pub dynamics: &'a Dynamics,
    /// The sea of this outer draw.
    pub sea: &'a WaveField,
    /// Realisation: with `start_tick`, the address of the waves.
    pub realisation: u64,
    /// Absolute tick of 0.1 s at which the window starts.
    pub start_tick: u32,
    /// State at the start.
    pub state: State,
    /// Sine of the angle between the bow and the way the waves travel, -1 to 1; its sign matters only for a boat that is not
    /// the same on both sides.
    pub beam_factor: f32,
    /// What the people do.
    pub crowd: Crowd,
    /// A vessel's wash.
    pub wash: Wash,
    /// A passing moment: contact, turn, gust.
    pub moment: Pulse,
    /// A lasting moment, N m, positive to starboard: wind, a line made fast.
    pub steady_moment_n_m: f32,
    /// Area of a tear in the floor, m2; 0 for none.
    pub tear_m2: f32,
    /// When the floor tears, s after the window's start; negative: already torn.
    pub tear_start_s: f32,
    /// Rate of bailing, m3/s.
    pub bail_m3_s: f32,
}

impl<'a> Window<'a> {
    /// A window in which nothing happens but the sea, beam on, from the state of a boat that follows the water, dry.
    #[must_use]
    pub fn new(
        table: &'a StabilityTable,
        dynamics: &'a Dynamics,
        sea: &'a WaveField,
        realisation: u64,
        start_tick: u32,
        crowd: Crowd,
    ) -> Self {
        Self {
            table,
            dynamics,
            sea,
            realisation,
            start_tick,
            state: State::default(),
            beam_factor: 1.0,
            crowd,
            wash: Wash::default(),
            moment: Pulse::default(),
            steady_moment_n_m: 0.0,
            tear_m2: 0.0,
            tear_start_s: 0.0,
            bail_m3_s: 0.0,
        }
    }
}

/// How a boat was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossCause {
    /// Heeled beyond the angle at which nobody stays aboard.
    Capsize,
    /// Filled until the water reached the crown.
    Swamping,
}

/// The loss of a boat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss {
    /// How.
    pub cause: LossCause,
    /// When, s after the window's start.
    pub after_s: f32,
}

/// What became of a window.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The loss, if the boat was lost.
    pub loss: Option<Loss>,
    /// State at the end, relative to the surface; at a loss, its motions are those from the horizontal and the calm level.
    pub state: State,
    /// Largest heel from the horizontal to either side, rad.
    pub max_heel_rad: f32,
    /// Water that came over sides and transom, m3.
    pub overtopped_m3: f32,
    /// How often a dry stretch ended in water coming over.
    pub overtoppings: u32,
}

/// Follows every window for `steps` steps and puts its outcome at the same place in `out`.
///
/// # Panics
/// If `windows` and `out` differ in length.
pub fn run(path: Path, stream: &Stream, windows: &[Window<'_>], steps: u32, out: &mut [Outcome]) {
    assert_eq!(windows.len(), out.len(), "one outcome for each window");
    crate::simd::run(path, stream, windows, steps, out);
}
