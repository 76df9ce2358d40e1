//! Who is in the water: one person's draws, from addresses that no option changes, and one person's way to the end.
//!
//! Person i of realisation r is the same person under every option, whenever and wherever the boat is lost.

use crate::LEDGER;
use crate::survival::cold_shock::{FIRST_MIN, TRAPPED_MIN};
use crate::survival::lifejacket::Flotation;
use crate::survival::{Rates, State};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::lanes;
use plimsoll_core::random::{Purpose, Stream, unit_f32};

/// What is believed about the people aboard, as shares of all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Population {
    /// Share of adults that swim.
    pub swimmers: f64,
    /// Share of children.
    pub children: f64,
    /// Share that wears a jacket of some kind.
    pub jackets_worn: f64,
    /// Of the jackets worn, the share that floats its wearer.
    pub jackets_float: f64,
}

/// Constants of the population in one state of knowledge.
#[derive(Clone, Copy, Debug)]
pub struct PopulationConstants {
    /// Share of children that swim, relative to adults.
    pub child_swims: f64,
    /// Share with partial lift among those whose jacket is no lifejacket.
    pub partial_of_worn: f64,
    /// Share with partial lift among those without a jacket.
    pub partial_of_bare: f64,
}

impl PopulationConstants {
    /// The constants as `k` has them.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        let partial_of_bare = LEDGER.value("population.partial_of_bare", k);
        Self {
            child_swims: LEDGER.value("population.child_swims", k),
            partial_of_worn: LEDGER.value("population.partial_of_worn", k).max(partial_of_bare),
            partial_of_bare,
        }
    }

    pub(crate) fn earlier_form() -> Self {
        Self { child_swims: 1.0, partial_of_worn: 0.30, partial_of_bare: 0.30 }
    }
}

/// A population as thresholds for uniform numbers.
#[derive(Clone, Copy, Debug)]
pub struct Shares {
    child: f32,
    swimmer: [f32; 2],
    real: f32,
    partial: f32,
}

impl Shares {
    /// The thresholds. More jackets, or more that float, never take flotation from anybody.
    #[must_use]
    pub fn new(constants: &PopulationConstants, population: &Population) -> Self {
        let worn = population.jackets_worn.clamp(0.0, 1.0);
        let real = worn * population.jackets_float.clamp(0.0, 1.0);
        let partial = (worn - real) * constants.partial_of_worn + (1.0 - worn) * constants.partial_of_bare;
        let adult = population.swimmers.clamp(0.0, 1.0);
        Self {
            child: population.children.clamp(0.0, 1.0) as f32,
            swimmer: [adult as f32, (adult * constants.child_swims) as f32],
            real: real as f32,
            partial: (real + partial) as f32,
        }
    }
}

/// How somebody died.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    /// In the first three minutes.
    FirstMinutes = 0,
    /// Under or inside the boat.
    Trapped = 1,
    /// Without support: swimming failure, or waves over the mouth.
    Unsupported = 2,
    /// Of cold.
    Cooling = 3,
    /// Around rescue.
    Collapse = 4,
}

/// Number of phases.
pub const PHASES: usize = 5;

/// Everything drawn about one person. Times in minutes since the loss.
#[derive(Clone, Copy, Debug, Default)]
pub struct PersonDraw {
    /// Child.
    pub child: bool,
    /// Swimmer.
    pub swimmer: bool,
    /// What floats the person.
    pub flotation: Flotation,
    /// Uniform number against the share that gets hold.
    pub(crate) u_hold: f32,
    /// Uniform number against the share with the chest on the wreck.
    pub(crate) u_torso: f32,
    pub(crate) u_first: f32,
    pub(crate) u_first_time: f32,
    pub(crate) u_trapped: f32,
    pub(crate) u_trapped_time: f32,
    pub(crate) u_collapse: f32,
    /// exp of the spread times a normal number, for grip, swimming and cooling.
    pub(crate) grip: f32,
    pub(crate) swim: f32,
    pub(crate) cool: f32,
    /// Exponential number: exposure to splash that kills.
    pub(crate) splash: f32,
}

/// People drawn at once.
pub(crate) const LANES: usize = 8;

/// Draws `LANES` people from `first` on.
pub(crate) fn draw_lanes(
    stream: &Stream,
    realisation: u64,
    first: u32,
    shares: &Shares,
    rates: &Rates,
) -> [PersonDraw; LANES] {
    let block = |purpose, i: usize| stream.block(realisation, 0, purpose, first.wrapping_add(i as u32)).map(unit_f32);
    let who: [[f32; 4]; LANES] = std::array::from_fn(|i| block(Purpose::Person, i));
    let shock: [[f32; 4]; LANES] = std::array::from_fn(|i| block(Purpose::ColdShock, i));
    let hold: [[f32; 4]; LANES] = std::array::from_fn(|i| block(Purpose::Support, i));
    let cool: [[f32; 4]; LANES] = std::array::from_fn(|i| block(Purpose::Cooling, i));
    let word = |a: &[[f32; 4]; LANES], w: usize| -> [f32; LANES] { std::array::from_fn(|i| a[i][w]) };
    let (z_grip, z_swim) = lanes::normal_pair(&word(&hold, 2), &word(&hold, 3));
    let (z_cool, _) = lanes::normal_pair(&word(&cool, 0), &word(&cool, 1));
    let scaled = |z: [f32; LANES], s: f32| lanes::exp(&z.map(|z| s * z));
    let grip = scaled(z_grip, rates.grip_spread);
    let swim = scaled(z_swim, rates.swim_spread);
    let cooling = scaled(z_cool, rates.cooling_spread);
    let splash = lanes::ln(&word(&cool, 2)).map(|x| -x);
    std::array::from_fn(|i| {
        let [u_age, u_swim, u_jacket, u_trapped] = who[i];
        let [u_first, u_first_time, u_trapped_time, u_collapse] = shock[i];
        let child = u_age < shares.child;
        PersonDraw {
            child,
            swimmer: u_swim < shares.swimmer[usize::from(child)],
            flotation: if u_jacket < shares.real {
                Flotation::Real
            } else if u_jacket < shares.partial {
                Flotation::Partial
            } else {
                Flotation::None
            },
            u_hold: hold[i][0],
            u_torso: hold[i][1],
            u_first,
            u_first_time,
            u_trapped,
            u_trapped_time,
            u_collapse,
            grip: grip[i],
            swim: swim[i],
            cool: cooling[i],
            splash: splash[i],
        }
    })
}

/// One person's way to the end if nobody comes: held in `state` until `lets_go_min`, unsupported from then on.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    /// State from the loss on.
    pub state: State,
    /// When the hold ends and the person is unsupported; 0 if never held, infinite if it never ends.
    pub lets_go_min: f32,
    /// When the person dies if nothing is done.
    pub death_min: f32,
    /// Of what.
    pub phase: Phase,
    /// Dose at time 0 of the line that holds until `lets_go_min`; 0 unless a float changed the line on the way.
    dose_offset: f32,
    held_cooling: f32,
    free_cooling: f32,
}

impl PersonDraw {
    /// Person `index` of realisation `realisation`.
    #[must_use]
    pub fn new(stream: &Stream, realisation: u64, index: u32, shares: &Shares, rates: &Rates) -> Self {
        draw_lanes(stream, realisation, index, shares, rates)[0]
    }

    /// Whether the person, lifted at `at_min`, lives: not dead before, and no collapse around rescue.
    #[must_use]
    #[inline]
    pub fn survives_lift(&self, course: &Course, rates: &Rates, at_min: f32, vertical: bool) -> bool {
        at_min < course.death_min
            && f64::from(self.u_collapse) >= rates.collapse.chance(f64::from(course.dose(at_min)), vertical)
    }

    /// When and of what the person dies in the first minutes, if so: (minutes, phase), else infinity.
    #[inline]
    fn first_minutes(&self, rates: &Rates, trapped: bool) -> (f32, Phase) {
        let swimmer = usize::from(self.swimmer);
        if trapped && self.u_trapped < rates.trapped {
            (TRAPPED_MIN * self.u_trapped_time, Phase::Trapped)
        } else if self.u_first < rates.first[self.flotation as usize][swimmer] {
            (FIRST_MIN * self.u_first_time, Phase::FirstMinutes)
        } else {
            (f32::INFINITY, Phase::FirstMinutes)
        }
    }

    /// Whether the person dies in the first minutes whatever there is to hold on to.
    #[inline]
    pub(crate) fn dies_at_once(&self, rates: &Rates, trapped: bool) -> bool {
        self.first_minutes(rates, trapped).0 < f32::INFINITY
    }

    /// Where the person is right after the loss, if the share `held` gets hold and there is room for all.
    #[inline]
    pub(crate) fn state(&self, held: f32, rates: &Rates) -> State {
        if self.u_hold >= held {
            State::Unsupported
        } else if self.u_torso < rates.torso_share {
            State::Torso
        } else {
            State::Grip
        }
    }

    #[inline]
    fn cooling_rate(&self, rates: &Rates, state: State) -> f32 {
        let median = rates.cooling[state as usize][self.flotation as usize][usize::from(self.child)];
        let own = median / self.cool;
        if own > rates.ceiling { own } else { rates.ceiling }
    }

    /// The person's course from `state` at the loss. `trapped`: the boat inverted or folded.
    #[must_use]
    #[inline]
    pub fn course(&self, rates: &Rates, state: State, trapped: bool) -> Course {
        let lets_go_min = match state {
            State::Unsupported => 0.0,
            State::Grip => rates.grip_min * self.grip,
            _ => f32::INFINITY,
        };
        let (mut death_min, mut phase) = if state == State::Clear {
            (f32::INFINITY, Phase::FirstMinutes)
        } else {
            self.first_minutes(rates, trapped)
        };
        let held_cooling = self.cooling_rate(rates, state);
        let free_cooling = self.cooling_rate(rates, State::Unsupported);
        let held_splash = rates.splash[state as usize];
        let mut sooner = |t: f32, p: Phase| {
            if t < death_min {
                (death_min, phase) = (t, p);
            }
        };
        let (by_cold, by_splash) = (1.0 / held_cooling, self.splash / held_splash);
        if by_cold < lets_go_min {
            sooner(by_cold, Phase::Cooling);
        }
        if by_splash < lets_go_min {
            sooner(by_splash, Phase::Unsupported);
        }
        if lets_go_min < f32::INFINITY {
            let dose = held_cooling * lets_go_min;
            let left = self.splash - held_splash * lets_go_min;
            let start = if state == State::Unsupported { FIRST_MIN } else { lets_go_min };
            let swim = rates.swim_min[self.flotation as usize][usize::from(self.swimmer)];
            sooner(start + swim * self.swim, Phase::Unsupported);
            if left >= 0.0 {
                sooner(lets_go_min + left / rates.splash[State::Unsupported as usize], Phase::Unsupported);
            }
            if dose <= 1.0 {
                sooner(lets_go_min + (1.0 - dose) / free_cooling, Phase::Cooling);
            }
        }
        Course { state, lets_go_min, death_min, phase, dose_offset: 0.0, held_cooling, free_cooling }
    }

    /// The course after somebody throws the person, unsupported and alive at `at_min`, a float that holds.
    #[inline]
    pub(crate) fn floated(&self, course: &Course, rates: &Rates, at_min: f32) -> Course {
        let dose = course.dose(at_min);
        let held_min = course.lets_go_min;
        let spent = rates.splash[course.state as usize] * held_min
            + rates.splash[State::Unsupported as usize] * (at_min - held_min);
        let cooling = self.cooling_rate(rates, State::Float);
        let by_cold = at_min + (1.0 - dose) / cooling;
        let by_splash = at_min + (self.splash - spent) / rates.splash[State::Float as usize];
        let (mut death_min, mut phase) =
            if by_splash < by_cold { (by_splash, Phase::Unsupported) } else { (by_cold, Phase::Cooling) };
        if matches!(course.phase, Phase::FirstMinutes | Phase::Trapped) && course.death_min < death_min {
            (death_min, phase) = (course.death_min, course.phase);
        }
        Course {
            state: State::Float,
            lets_go_min: f32::INFINITY,
            death_min,
            phase,
            dose_offset: dose - cooling * at_min,
            held_cooling: cooling,
            free_cooling: course.free_cooling,
        }
    }
}

impl Course {
    /// Dose of cooling at `at_min`, as a share of the personal time to death.
    #[must_use]
    #[inline]
    pub fn dose(&self, at_min: f32) -> f32 {
        if at_min <= self.lets_go_min {
            self.dose_offset + self.held_cooling * at_min
        } else {
            self.held_cooling * self.lets_go_min + self.free_cooling * (at_min - self.lets_go_min)
        }
    }
}
