//! One mass immersion from the loss of the boat to the last person lifted, dead or given up at the horizon.

use crate::assets::Asset;
use crate::lifts::{LiftRates, Server};
use crate::person::{self, Course, LANES, PHASES, PersonDraw, Phase, Population, Shares};
use crate::survival::lifejacket::Flotation;
use crate::survival::support::{Lost, SupportConstants, WreckPlaces};
use crate::survival::{Conditions, Rates, RescueConstants, State};
use plimsoll_core::random::{Purpose, Stream};

/// Number of moments of the timeline.
pub const MOMENTS: usize = 18;
/// Moments of the timeline, minutes since the loss.
pub const MOMENT_MIN: [f32; MOMENTS] =
    [0.0, 1.0, 2.0, 3.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0, 180.0, 240.0, 360.0, 480.0, 600.0];
/// Arrivals whose lifts are counted one by one; the lifts of any further ones are counted with the last.
pub const COUNTED_ARRIVALS: usize = 16;

/// Everything that does not change between the realisations of one state of knowledge: build once per outer draw.
#[derive(Clone, Debug)]
pub struct RescueSetup {
    /// Constants of support; gives places on a wreck.
    pub support: SupportConstants,
    shares: Shares,
    rates: Rates,
    lifts: LiftRates,
}

impl RescueSetup {
    /// The setup for one state of knowledge, population, sea and fleet. [`AssetArrival::asset`] counts within `fleet`.
    #[must_use]
    pub fn new(
        constants: &RescueConstants,
        population: &Population,
        conditions: &Conditions,
        fleet: &[&Asset],
    ) -> Self {
        Self {
            support: constants.support,
            shares: Shares::new(&constants.population, population),
            rates: Rates::new(constants, conditions),
            lifts: LiftRates::new(&constants.lifts, conditions, fleet),
        }
    }

    /// What survival comes to in this sea.
    #[must_use]
    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// The population's thresholds.
    #[must_use]
    pub fn shares(&self) -> &Shares {
        &self.shares
    }
}

/// An asset that comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AssetArrival {
    /// Which of the setup's fleet. It is part of the address of its lifting rate, so that the same asset works as fast
    /// under every option.
    pub asset: u16,
    /// Minutes from the loss until it reaches the first person (see [`crate::arrival`]); infinite: never.
    pub minutes: f32,
}

/// One mass immersion.
#[derive(Clone, Copy, Debug)]
pub struct EventInput<'a> {
    /// The run's draws.
    pub stream: Stream,
    /// Which realisation.
    pub realisation: u64,
    /// Number of the first person aboard who is concerned; the others follow. People of two events of one realisation
    /// must not share numbers.
    pub first_person: u32,
    /// People in the water.
    pub in_water: u32,
    /// People held clear of drowning aboard the flooded hull. They are lifted last.
    pub held_clear: u32,
    /// How the boat was lost.
    pub lost: Lost,
    /// Places on the wreck, from [`SupportConstants::places`].
    pub wreck: WreckPlaces,
    /// Who comes. Order does not matter.
    pub arrivals: &'a [AssetArrival],
    /// Vessels throw floats and rafts for many before they lift, not only the few lifebuoys at hand.
    pub floats_first: bool,
    /// End of the account, minutes since the loss.
    pub horizon_min: f32,
}

/// What became of everyone: `deaths + lifted + unrecovered` is everyone in the input.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RescueOutcome {
    /// Deaths.
    pub deaths: u32,
    /// Deaths by [`Phase`]: first minutes, trapped, unsupported, cooling, collapse.
    pub deaths_by_phase: [u32; PHASES],
    /// Lifted alive, and alive afterwards.
    pub lifted: u32,
    /// Of these, by whom: index of `arrivals`, the last place for all from it on.
    pub lifted_by: [u32; COUNTED_ARRIVALS],
    /// Alive at the horizon, but not lifted.
    pub unrecovered: u32,
    /// End of the first lift, minutes since the loss; infinite without one.
    pub first_lift_min: f32,
    /// End of the last lift; infinite without one.
    pub last_lift_min: f32,
    /// The course of events at [`MOMENT_MIN`].
    pub timeline: [Moment; MOMENTS],
}

/// A count of everyone at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Alive in the water or holding to the wreck.
    pub in_water: u16,
    /// Alive aboard the flooded hull.
    pub held_clear: u16,
    /// Lifted.
    pub rescued: u16,
    /// Dead.
    pub dead: u16,
}

/// Memory that is used again by every call.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    people: Vec<PersonDraw>,
    courses: Vec<Course>,
    ends: Vec<End>,
    loose: Vec<u32>,
    grip: Vec<u32>,
    float: Vec<u32>,
    torso: Vec<u32>,
    clear: Vec<u32>,
    servers: Vec<Server>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Open,
    Lifted { at_min: f32 },
    Collapsed { at_min: f32 },
}

/// Heads of the five queues: everybody before a head is served, dead or moved to another queue, for good.
#[derive(Default)]
struct Heads {
    loose: usize,
    grip: usize,
    float: usize,
    torso: usize,
    clear: usize,
}

/// Follows everyone to the end.
///
/// A pure function of its arguments. No allocation once `scratch` has grown to the largest event.
///
/// ```
/// use plimsoll_core::{ledger::Knowledge, random::Stream};
/// use plimsoll_rescue::event::{self, AssetArrival, EventInput, RescueSetup, Scratch};
/// use plimsoll_rescue::person::Population;
/// use plimsoll_rescue::survival::support::Lost;
/// use plimsoll_rescue::survival::{Conditions, Light, RescueConstants};
///
/// let population = Population { swimmers: 0.45, children: 0.1, jackets_worn: 0.5, jackets_float: 0.2 };
/// let conditions = Conditions { water_c: 17.6, hs_m: 0.4, light: Light::Night };
/// let lifeboat = plimsoll_rescue::assets::find("lifeboat-dover").expect("in the table");
/// let constants = RescueConstants::draw(&Knowledge::outer(1, 0));
/// let setup = RescueSetup::new(&constants, &population, &conditions, &[lifeboat]);
/// let input = EventInput {
///     stream: Stream::new(1),
///     realisation: 0,
///     first_person: 0,
///     in_water: 62,
///     held_clear: 0,
///     lost: Lost::Swamped,
///     wreck: setup.support.places(15.0, 9.0),
///     arrivals: &[AssetArrival { asset: 0, minutes: 25.0 }],
///     floats_first: true,
///     horizon_min: 600.0,
/// };
/// let out = event::run(&setup, &input, &mut Scratch::default());
/// assert_eq!(out.deaths + out.lifted + out.unrecovered, 62);
/// assert!(out.first_lift_min > 25.0);
/// ```
#[must_use]
pub fn run(setup: &RescueSetup, input: &EventInput<'_>, scratch: &mut Scratch) -> RescueOutcome {
    scratch.draw_people(setup, input);
    scratch.queue_up();
    let mut out =
        RescueOutcome { first_lift_min: f32::INFINITY, last_lift_min: f32::INFINITY, ..RescueOutcome::default() };
    scratch.lift(setup, input, &mut out);
    scratch.account(input, &mut out);
    out
}

impl Scratch {
    /// Of the first `people` of the event that was run last, those in the water first, how many wear a jacket that floats them.
    #[must_use]
    pub fn jackets(&self, people: usize) -> usize {
        self.people.iter().take(people).filter(|p| p.flotation == Flotation::Real).count()
    }

    fn draw_people(&mut self, setup: &RescueSetup, input: &EventInput<'_>) {
        let everyone = (input.in_water + input.held_clear) as usize;
        self.people.clear();
        self.courses.clear();
        self.ends.clear();
        self.ends.resize(everyone, End::Open);
        while self.people.len() < everyone {
            let first = input.first_person + self.people.len() as u32;
            let drawn = person::draw_lanes(&input.stream, input.realisation, first, &setup.shares, &setup.rates);
            let wanted = (everyone - self.people.len()).min(LANES);
            self.people.extend_from_slice(&drawn[..wanted]);
        }
        let luck = input.stream.normal(input.realisation, 1, Purpose::Support, input.first_person);
        let share = setup.support.event_share(input.lost, luck) as f32;
        let trapped = input.lost == Lost::InvertedOrFolded;
        let WreckPlaces { mut torso, mut grip } = input.wreck;
        for (i, p) in self.people.iter().enumerate() {
            // whoever dies within minutes leaves the place to another
            let taken = u32::from(!p.dies_at_once(&setup.rates, trapped));
            let state = if i >= input.in_water as usize {
                State::Clear
            } else if p.u_hold >= share || (torso == 0 && grip == 0) {
                State::Unsupported
            } else if torso > 0 && (p.u_torso < setup.rates.torso_share || grip == 0) {
                torso -= taken;
                State::Torso
            } else {
                grip -= taken;
                State::Grip
            };
            self.courses.push(p.course(&setup.rates, state, trapped));
        }
    }

    fn queue_up(&mut self) {
        for list in [&mut self.loose, &mut self.grip, &mut self.float, &mut self.torso, &mut self.clear] {
            list.clear();
        }
        for (i, c) in self.courses.iter().enumerate() {
            let i = i as u32;
            match c.state {
                State::Unsupported => self.loose.push(i),
                State::Grip => self.grip.push(i),
                State::Torso => self.torso.push(i),
                State::Clear => self.clear.push(i),
                State::Float => self.float.push(i),
            }
        }
        // whoever lets go joins the unsupported at that moment
        let loose_at_once = self.loose.len();
        self.loose.extend_from_slice(&self.grip);
        let courses = &self.courses;
        self.loose[loose_at_once..].sort_unstable_by(|a, b| {
            let (ca, cb) = (&courses[*a as usize], &courses[*b as usize]);
            ca.lets_go_min.total_cmp(&cb.lets_go_min).then(a.cmp(b))
        });
    }

    fn lift(&mut self, setup: &RescueSetup, input: &EventInput<'_>, out: &mut RescueOutcome) {
        self.servers.clear();
        for (slot, a) in input.arrivals.iter().enumerate() {
            let u = input.stream.uniform(input.realisation, 0, Purpose::Lift, u32::from(a.asset));
            self.servers.push(Server::new(&setup.lifts, usize::from(a.asset), slot, a.minutes, u, input.floats_first));
        }
        let mut heads = Heads::default();
        while let Some(k) = self.next_server(input.horizon_min) {
            let now = self.servers[k].ready_min;
            let Some(i) = self.next_person(&mut heads, now) else {
                break;
            };
            let course = self.courses[i];
            let loose = now >= course.lets_go_min;
            let server = &mut self.servers[k];
            if loose && server.floats > 0 {
                let at = now + server.float_min;
                server.ready_min = at;
                if course.death_min > at {
                    server.floats -= 1;
                    self.courses[i] = self.people[i].floated(&course, &setup.rates, at);
                    self.float.push(i as u32);
                    heads.loose += 1;
                }
                continue;
            }
            let dose = course.dose(now);
            let mut minutes = if course.state == State::Clear { server.clear_min } else { server.water_min };
            if loose || course.state == State::Float {
                minutes *= setup.lifts.spread_time(now);
            }
            if dose > setup.lifts.unconscious_dose {
                minutes *= setup.lifts.unconscious_time;
            }
            let at = now + minutes;
            server.ready_min = at;
            if course.death_min <= at || at > input.horizon_min {
                // dies while being reached, or the account ends first: the queues' own tests drop the person
                if at > input.horizon_min {
                    server.room = 0;
                }
                continue;
            }
            server.room -= 1;
            if !self.people[i].survives_lift(&course, &setup.rates, at, server.vertical) {
                self.ends[i] = End::Collapsed { at_min: at };
                continue;
            }
            self.ends[i] = End::Lifted { at_min: at };
            let slot = server.slot.min(COUNTED_ARRIVALS - 1);
            out.lifted_by[slot] += 1;
            if at < out.first_lift_min {
                out.first_lift_min = at;
            }
            if out.last_lift_min.is_infinite() || at > out.last_lift_min {
                out.last_lift_min = at;
            }
        }
    }

    /// The server that is ready first and still has room.
    #[inline]
    fn next_server(&self, horizon_min: f32) -> Option<usize> {
        let mut best: Option<usize> = None;
        for (k, s) in self.servers.iter().enumerate() {
            let sooner = best.is_none_or(|b| s.ready_min < self.servers[b].ready_min);
            if s.room > 0 && s.ready_min < horizon_min && sooner {
                best = Some(k);
            }
        }
        best
    }

    /// The person most in danger at `now`. Nobody: everyone is served or dead.
    #[inline]
    fn next_person(&self, heads: &mut Heads, now: f32) -> Option<usize> {
        let waits = |i: usize| self.ends[i] == End::Open && self.courses[i].death_min > now;
        while let Some(&i) = self.loose.get(heads.loose) {
            let i = i as usize;
            if waits(i) && self.courses[i].state != State::Float {
                if self.courses[i].lets_go_min <= now {
                    return Some(i);
                }
                break;
            }
            heads.loose += 1;
        }
        let from = |list: &[u32], head: &mut usize, state: State| {
            while let Some(&i) = list.get(*head) {
                let i = i as usize;
                // whoever has let go stands among the loose, whoever then got a float among the floats
                if waits(i) && self.courses[i].state == state && now < self.courses[i].lets_go_min {
                    return Some(i);
                }
                *head += 1;
            }
            None
        };
        from(&self.grip, &mut heads.grip, State::Grip)
            .or_else(|| from(&self.float, &mut heads.float, State::Float))
            .or_else(|| from(&self.torso, &mut heads.torso, State::Torso))
            .or_else(|| from(&self.clear, &mut heads.clear, State::Clear))
    }

    fn account(&self, input: &EventInput<'_>, out: &mut RescueOutcome) {
        let (mut in_water, mut held_clear) = (input.in_water, input.held_clear);
        let (mut leaves_water, mut leaves_hull) = ([0_u32; MOMENTS + 1], [0_u32; MOMENTS + 1]);
        let (mut rescued, mut dead) = ([0_u32; MOMENTS + 1], [0_u32; MOMENTS + 1]);
        for (i, (course, end)) in self.courses.iter().zip(&self.ends).enumerate() {
            let leaves = if i < input.in_water as usize { &mut leaves_water } else { &mut leaves_hull };
            let (at_min, to) = match *end {
                End::Lifted { at_min } => {
                    out.lifted += 1;
                    (at_min, &mut rescued)
                }
                End::Collapsed { at_min } => {
                    out.deaths_by_phase[Phase::Collapse as usize] += 1;
                    (at_min, &mut dead)
                }
                End::Open if course.death_min <= input.horizon_min => {
                    out.deaths_by_phase[course.phase as usize] += 1;
                    (course.death_min, &mut dead)
                }
                End::Open => {
                    out.unrecovered += 1;
                    continue;
                }
            };
            let moment = MOMENT_MIN.iter().position(|m| *m >= at_min).unwrap_or(MOMENTS);
            leaves[moment] += 1;
            to[moment] += 1;
        }
        out.deaths = out.deaths_by_phase.iter().sum();
        let (mut lifted, mut died) = (0, 0);
        for (m, moment) in out.timeline.iter_mut().enumerate() {
            in_water -= leaves_water[m];
            held_clear -= leaves_hull[m];
            lifted += rescued[m];
            died += dead[m];
            *moment = Moment {
                in_water: in_water as u16,
                held_clear: held_clear as u16,
                rescued: lifted as u16,
                dead: died as u16,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_core::ledger::Knowledge;

    impl Scratch {
        fn capacities(&self) -> [usize; 9] {
            [
                self.people.capacity(),
                self.courses.capacity(),
                self.ends.capacity(),
                self.loose.capacity(),
                self.grip.capacity(),
                self.float.capacity(),
                self.torso.capacity(),
                self.clear.capacity(),
                self.servers.capacity(),
            ]
        }
    }

    #[test]
    fn the_scratch_stops_growing() {
        let population = Population { swimmers: 0.5, children: 0.1, jackets_worn: 0.5, jackets_float: 0.3 };
        let conditions = Conditions { water_c: 15.0, hs_m: 0.5, light: crate::survival::Light::Day };
        let ship = crate::assets::find("patrol-32m").expect("in the table");
        let constants = RescueConstants::draw(&Knowledge::central());
        let setup = RescueSetup::new(&constants, &population, &conditions, &[ship]);
        let mut scratch = Scratch::default();
        let mut run = |realisation| {
            let input = EventInput {
                stream: Stream::new(1),
                realisation,
                first_person: 0,
                in_water: 60,
                held_clear: 20,
                lost: Lost::Swamped,
                wreck: WreckPlaces::UNLIMITED,
                arrivals: &[AssetArrival { asset: 0, minutes: 4.0 }],
                floats_first: true,
                horizon_min: 600.0,
            };
            let _ = super::run(&setup, &input, &mut scratch);
            scratch.capacities()
        };
        let mut grown = run(0);
        for realisation in 1..500 {
            grown = run(realisation);
        }
        // every list has met its largest event by now, and the same events again find room
        for realisation in 0..500 {
            assert_eq!(run(realisation), grown);
        }
    }
}
