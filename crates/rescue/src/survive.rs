//! How long a group in the water lives if nobody comes: the survival curve, who is in most danger now, and what to ask.

mod ask;

pub use ask::between_two_calls;

use crate::person::{Course, LANES, PersonDraw, Population, Shares, draw_lanes};
use crate::survival::lifejacket::Flotation;
use crate::survival::support::Lost;
use crate::survival::{Conditions, Light, Rates, RescueConstants, STATES, State};
use plimsoll_core::belief::Belief;
use plimsoll_core::draws::Constants;
use plimsoll_core::ensemble::OUTER;
use plimsoll_core::evppi::Worth;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_core::validity::{Reason, Validity};

/// Minutes of the published curve.
pub const CURVE_MIN: [f32; 26] = [
    0.0, 1.0, 2.0, 3.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 75.0, 90.0, 120.0, 150.0, 180.0, 240.0, 300.0, 360.0,
    420.0, 480.0, 540.0, 600.0, 720.0, 1080.0, 1440.0,
];
/// Groups drawn, each in a state of knowledge of its own: no verdict needs knowledge and chance apart here, and what a question is worth
/// is known better by many states than by many groups in each.
pub const REALISATIONS: u64 = 16 * OUTER;
/// Who is in danger is judged over this many minutes.
const DANGER_MIN: f32 = 10.0;
/// Minutes from now until a vessel is there that comes to this group first, and to this group second: half an hour of way, and an
/// hour's work on some fifty people in the water (12 July 2024).
pub const FIRST_OR_SECOND_MIN: [f32; 2] = [30.0, 90.0];

/// What the group holds on to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The wreck, by chest or hand.
    Wreck,
    /// Aboard a raft or flooded hull.
    Raft,
    /// Nothing.
    Nothing,
    /// Not known: some got hold of the wreck.
    Unknown,
}

/// A group in the water as far as it is known. Shares are of the group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Number of people.
    pub people: Belief,
    /// Share of children.
    pub children: Belief,
    /// Share of adults that swim.
    pub swimmers: Belief,
    /// Share that wears a jacket of some kind.
    pub jackets: Belief,
    /// Of these, the share that floats its wearer.
    pub jackets_float: Belief,
    /// Water temperature, degC.
    pub temperature_c: Belief,
    /// Significant wave height, m.
    pub hs_m: Belief,
    /// Daylight. It changes lifting, not survival.
    pub light: Light,
    /// What they hold on to.
    pub hold: Hold,
    /// Minutes already in the water.
    pub minutes: f32,
}

/// Survival of a group.
#[derive(Clone, Debug)]
pub struct Survival {
    /// The curve at [`CURVE_MIN`]; empty where not assessable.
    pub curve: Vec<Point>,
    /// Who is in most danger first; empty where not assessable.
    pub priority: Vec<Priority>,
    /// Which unknown is worth most, most first.
    pub ask_next: Vec<Ask>,
    /// Whether the numbers may be used.
    pub validity: Validity,
}

/// One point of the curve. Quantiles are over states of knowledge and chance together, for a group of this size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Minutes since entering the water.
    pub minutes: f32,
    /// Mean share alive.
    pub alive_mean: f64,
    /// 5 % quantile of the share alive.
    pub alive_q05: f64,
    /// 95 % quantile of the share alive.
    pub alive_q95: f64,
}

/// People of one kind, now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priority {
    /// How they are supported now.
    pub state: State,
    /// Children.
    pub child: bool,
    /// Wearing a real lifejacket.
    pub lifejacket: bool,
    /// Expected number alive now.
    pub alive_now: f64,
    /// Chance of each, alive now, to die within 10 minutes if nobody comes.
    pub dies_within_10_min: f64,
}

/// An unknown worth asking for.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Key in `[water]`.
    pub key: &'static str,
    /// Lives that knowing it saves on average, at most (EVPPI): where one vessel must choose between this call and another at which
    /// as many lives hang on coming first. 0 where it cannot be told from noise, over all questions together.
    pub lives: Worth,
    /// How far the share alive an hour from now moves between the lower and upper half of what is believed; 0 where that cannot be
    /// told from noise.
    pub swing: f64,
}

/// The group in one state of knowledge.
struct Known {
    people: u32,
    hold: Hold,
    constants: RescueConstants,
    shares: Shares,
    rates: Rates,
}

impl Known {
    fn new(group: &Group, constants: RescueConstants, k: &Knowledge) -> Self {
        let population = Population {
            swimmers: k.of("water.swimmers", &group.swimmers),
            children: k.of("water.children", &group.children),
            jackets_worn: k.of("water.jackets", &group.jackets),
            jackets_float: k.of("water.jackets_float", &group.jackets_float),
        };
        let conditions = Conditions {
            water_c: k.of("water.temperature", &group.temperature_c),
            hs_m: k.of("water.hs", &group.hs_m),
            light: group.light,
        };
        Self {
            people: (k.of("water.people", &group.people).max(1.0) + 0.5) as u32,
            hold: group.hold,
            constants,
            shares: Shares::new(&constants.population, &population),
            rates: Rates::new(&constants, &conditions),
        }
    }

    /// Calls `f` with everyone of the group as realisation `realisation` has it.
    fn each(&self, stream: &Stream, realisation: u64, mut f: impl FnMut(&PersonDraw, &Course)) {
        let luck = stream.normal(realisation, 1, Purpose::Support, 0);
        let support = &self.constants.support;
        let held = match self.hold {
            Hold::Unknown => support.event_share(Lost::ThrownOff, luck) as f32,
            Hold::Wreck | Hold::Raft => 1.0,
            Hold::Nothing => 0.0,
        };
        for first in (0..self.people).step_by(LANES) {
            let drawn = draw_lanes(stream, realisation, first, &self.shares, &self.rates);
            for p in &drawn[..((self.people - first) as usize).min(LANES)] {
                let state = if self.hold == Hold::Raft { State::Clear } else { p.state(held, &self.rates) };
                f(p, &p.course(&self.rates, state, false));
            }
        }
    }
}

/// Counts of one kind of people: alive now, dead within [`DANGER_MIN`].
type Kinds = [[u64; 2]; KINDS];
const KINDS: usize = STATES * 4;

/// The survival of `group` with nobody coming, over 4,096 states of knowledge and a group drawn in each.
#[must_use]
pub fn curve(group: &Group, constants: Constants, seed: u64) -> Survival {
    let validity = validity(group);
    if !validity.is_assessable() {
        return Survival { curve: Vec::new(), priority: Vec::new(), ask_next: Vec::new(), validity };
    }
    let stream = Stream::new(seed);
    let mut alive_shares: Vec<Vec<f64>> = vec![Vec::with_capacity(REALISATIONS as usize); CURVE_MIN.len()];
    let mut kinds: Kinds = [[0; 2]; KINDS];
    let mut later = Vec::with_capacity(REALISATIONS as usize);
    let mut lost = Vec::with_capacity(REALISATIONS as usize);
    let [first, second] = FIRST_OR_SECOND_MIN.map(|m| group.minutes + m);
    for realisation in 0..REALISATIONS {
        let knowledge = Knowledge::outer(seed, realisation as u32).with(constants);
        let known = Known::new(group, RescueConstants::draw(&knowledge), &knowledge);
        let people = f64::from(known.people);
        let mut alive = [0_u32; CURVE_MIN.len()];
        let (mut lost_between, mut alive_later) = (0_u32, 0_u32);
        known.each(&stream, realisation, |p, course| {
            for (count, t) in alive.iter_mut().zip(CURVE_MIN) {
                *count += u32::from(course.death_min > t);
            }
            lost_between += u32::from(course.death_min > first && course.death_min <= second);
            alive_later += u32::from(course.death_min > group.minutes + 60.0);
            if course.death_min > group.minutes {
                let loose = group.minutes >= course.lets_go_min;
                let state = if loose { State::Unsupported } else { course.state };
                let kind = &mut kinds[kind_of(state, p.child, p.flotation == Flotation::Real)];
                kind[0] += 1;
                kind[1] += u64::from(course.death_min <= group.minutes + DANGER_MIN);
            }
        });
        for (list, count) in alive_shares.iter_mut().zip(alive) {
            list.push(f64::from(count) / people);
        }
        lost.push(f64::from(lost_between));
        later.push(f64::from(alive_later) / people);
    }
    Survival {
        curve: alive_shares.into_iter().zip(CURVE_MIN).map(|(s, t)| point(s, t)).collect(),
        priority: priority(&kinds),
        ask_next: ask::next(group, seed, &later, &lost),
        validity,
    }
}

fn kind_of(state: State, child: bool, real: bool) -> usize {
    state as usize * 4 + usize::from(child) * 2 + usize::from(real)
}

fn point(mut shares: Vec<f64>, minutes: f32) -> Point {
    shares.sort_by(f64::total_cmp);
    let n = shares.len();
    let quantile = |u: f64| shares[((u * n as f64) as usize).min(n - 1)];
    Point {
        minutes,
        alive_mean: shares.iter().sum::<f64>() / n as f64,
        alive_q05: quantile(0.05),
        alive_q95: quantile(0.95),
    }
}

fn priority(kinds: &Kinds) -> Vec<Priority> {
    let mut list = Vec::new();
    for state in [State::Clear, State::Torso, State::Grip, State::Float, State::Unsupported] {
        for (child, lifejacket) in [(false, false), (false, true), (true, false), (true, true)] {
            let [alive, dead] = kinds[kind_of(state, child, lifejacket)];
            if alive > 0 {
                list.push(Priority {
                    state,
                    child,
                    lifejacket,
                    alive_now: alive as f64 / REALISATIONS as f64,
                    dies_within_10_min: dead as f64 / alive as f64,
                });
            }
        }
    }
    list.sort_by(|a, b| b.dies_within_10_min.total_cmp(&a.dies_within_10_min));
    list
}

/// Water temperature between which the model has been held against events, degC.
pub const WATER_VALIDATED_C: [f64; 2] = [0.0, 20.0];
/// Water temperature between which the model gives a number, degC: below lies ice, above ends the law of cold shock.
pub const WATER_ALLOWED_C: [f64; 2] = [0.0, 25.0];
/// Wave height up to which events have been looked at, m.
pub const HS_VALIDATED_M: f64 = 1.0;
/// Wave height above which the model gives no number, m: splash is judged at 0.5 m.
pub const HS_ALLOWED_M: f64 = 4.0;
/// Minutes up to which an event has been looked at (24 November 2021).
pub const MINUTES_VALIDATED: f64 = 600.0;
/// Minutes above which the model gives no number.
pub const MINUTES_ALLOWED: f64 = 1440.0;

/// Whether survival may be given for water of this temperature and waves of this height.
#[must_use]
pub fn conditions_validity(water_c: (f64, f64), hs_m: (f64, f64)) -> Validity {
    let water = range_validity("temperature", "degC", water_c, WATER_VALIDATED_C, WATER_ALLOWED_C);
    water.and(range_validity("hs", "m", hs_m, [0.0, HS_VALIDATED_M], [0.0, HS_ALLOWED_M]))
}

fn validity(group: &Group) -> Validity {
    let minutes = f64::from(group.minutes);
    conditions_validity(group.temperature_c.range(), group.hs_m.range()).and(range_validity(
        "minutes",
        "min",
        (minutes, minutes),
        [0.0, MINUTES_VALIDATED],
        [0.0, MINUTES_ALLOWED],
    ))
}

/// Not assessable if nothing of the belief is allowed, extrapolated if some of it lies outside the validated range.
fn range_validity(key: &str, unit: &str, belief: (f64, f64), validated: [f64; 2], allowed: [f64; 2]) -> Validity {
    let (low, high) = belief;
    let value = if low == high { format!("{low} {unit}") } else { format!("{low} to {high} {unit}") };
    let reason = |code: &str, range: [f64; 2], text: &str| {
        vec![Reason {
            code: format!("{key}_{code}"),
            key: format!("[water] {key}"),
            value: value.clone(),
            allowed: format!("{} to {} {unit}", range[0], range[1]),
            text: format!("{value} lies outside {} to {} {unit}: {text}", range[0], range[1]),
        }]
    };
    if low < allowed[0] || high > allowed[1] {
        Validity::NotAssessable(reason("out_of_range", allowed, "the model has no basis there"))
    } else if low < validated[0] || high > validated[1] {
        Validity::Extrapolated(reason("extrapolated", validated, "no observed event supports the model there"))
    } else {
        Validity::Assessed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn group() -> Group {
        Group {
            people: Belief::Exact(30.0),
            children: Belief::Uniform { low: 0.0, high: 0.2 },
            swimmers: Belief::Uniform { low: 0.2, high: 0.7 },
            jackets: Belief::Uniform { low: 0.3, high: 0.7 },
            jackets_float: Belief::Uniform { low: 0.0, high: 0.4 },
            temperature_c: Belief::Exact(14.0),
            hs_m: Belief::Exact(0.5),
            light: Light::Night,
            hold: Hold::Unknown,
            minutes: 20.0,
        }
    }

    #[test]
    fn the_curve_falls_and_quantiles_are_in_order() {
        let s = curve(&group(), Constants::Judged, 1);
        assert_eq!(s.validity, Validity::Assessed);
        assert_eq!(s.curve.len(), CURVE_MIN.len());
        assert!((s.curve[0].alive_mean - 1.0).abs() < 1e-12);
        for w in s.curve.windows(2) {
            assert!(w[1].alive_mean <= w[0].alive_mean);
        }
        for p in &s.curve {
            assert!(p.alive_q05 <= p.alive_mean + 1e-9 && p.alive_mean <= p.alive_q95 + 1e-9, "{p:?}");
        }
        let alive: f64 = s.priority.iter().map(|p| p.alive_now).sum();
        let at_20 = s.curve.iter().find(|p| p.minutes == 20.0).unwrap();
        assert!((alive / 30.0 - at_20.alive_mean).abs() < 1e-9);
        assert!((1..=5).contains(&s.ask_next.len()));
        assert!(s.ask_next.windows(2).all(|w| w[0].lives.at_least() >= w[1].lives.at_least()));
        assert!(s.ask_next.iter().all(|a| a.lives.value > 0.0 || a.swing > 0.0));
        assert_eq!(s.priority[0].state, State::Unsupported);
    }

    #[test]
    fn holding_is_better_than_nothing() {
        let alive = |hold| {
            curve(&Group { hold, ..group() }, Constants::Judged, 1)
                .curve
                .iter()
                .map(|p| p.alive_mean)
                .collect::<Vec<_>>()
        };
        let (raft, wreck, unknown, nothing) =
            (alive(Hold::Raft), alive(Hold::Wreck), alive(Hold::Unknown), alive(Hold::Nothing));
        for i in 1..CURVE_MIN.len() {
            assert!(raft[i] >= wreck[i] && wreck[i] >= unknown[i] && unknown[i] >= nothing[i]);
        }
    }

    #[test]
    fn outside_its_ranges_it_says_so_and_gives_no_number() {
        let at = |c: f64, hs: f64| {
            curve(
                &Group {
                    temperature_c: Belief::Exact(c),
                    hs_m: Belief::Exact(hs),
                    people: Belief::Exact(2.0),
                    ..group()
                },
                Constants::Judged,
                1,
            )
        };
        assert!(matches!(at(22.0, 0.5).validity, Validity::Extrapolated(_)));
        assert!(matches!(at(15.0, 2.0).validity, Validity::Extrapolated(_)));
        for none in [at(-1.0, 0.5), at(26.0, 0.5), at(15.0, 5.0)] {
            assert!(!none.validity.is_assessable() && none.curve.is_empty());
            assert_eq!(none.validity.reasons().len(), 1);
        }
    }
}
