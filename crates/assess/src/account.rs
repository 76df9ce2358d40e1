//! From the end of a path to what became of everybody: rescue after a loss, everybody's place in time, nobody left out.

use crate::course::aboard_at;
use crate::course::{Kind, Leg, MINUTE};
use crate::exposure::exposure;
use crate::fleet::Fleet;
use crate::options::Help;
use crate::outcome::{LossEvent, MARKS, MARKS_MIN, PHASES, PathEnd, Place};
use crate::outer::Outer;
use crate::walk::{End, Loss, Part};
use plimsoll_core::maths::exp;
use plimsoll_core::random::Stream;
use plimsoll_rescue::event::{self, AssetArrival, EventInput, MOMENT_MIN, MOMENTS, Moment, RescueOutcome, Scratch};
use plimsoll_rescue::person::Phase;
use plimsoll_rescue::survival::support::Lost;

/// Memory that is used again from path to path.
#[derive(Debug, Default)]
pub struct Memory {
    scratch: Scratch,
    arrivals: Vec<AssetArrival>,
}

impl Memory {
    /// Of the people in the water at the loss that was settled last, how many wear a jacket that floats them.
    #[must_use]
    pub fn jackets(&self, in_water: u16) -> u16 {
        self.scratch.jackets(usize::from(in_water)) as u16
    }
}

/// What a settlement needs beside the path.
#[derive(Clone, Copy, Debug)]
pub struct Settle<'a> {
    /// The outer draw.
    pub outer: &'a Outer,
    /// Who can come.
    pub fleet: &'a Fleet,
    /// The draws.
    pub stream: &'a Stream,
    /// The realisation.
    pub r: u64,
    /// Floats and lifejackets are handed over first.
    pub floats_first: bool,
    /// How long after a loss people are looked for, min.
    pub horizon_min: f32,
}

impl Settle<'_> {
    /// The outcome of one path.
    #[must_use]
    pub fn path(&self, legs: &[Leg], end: &End, memory: &mut Memory) -> PathEnd {
        let outer = self.outer;
        let mut p = PathEnd::quiet(outer.situation.people);
        let exposed = exposure(outer, legs, end.until);
        (p.overboard, p.crew) = (exposed.overboard, exposed.crew);
        p.weight = end.weight;
        let crush = 1.0 - (1.0 - end.crush) * exp(-exposed.crush);
        (p.crush, p.clusters) = (crush, outer.clusters);
        if let Some(leg) = legs.last().filter(|l| l.kind == Kind::Landing && end.loss.is_none()) {
            let each = outer.rates.boarding_per_person(outer.situation.surf_m, outer.situation.water_c);
            p.boarding = each * f64::from(outer.situation.people) * leg.aboard[0];
        }
        match &end.loss {
            None => {
                for (place, minute) in p.marks.iter_mut().zip(MARKS_MIN) {
                    *place = self.afloat(legs, f64::from(minute) * MINUTE, end.emptied);
                }
                // the last mark is the end, however far off it is
                p.marks[MARKS - 1] = self.afloat(legs, f64::INFINITY, end.emptied);
            }
            Some(loss) => self.lost(legs, loss, &mut p, memory),
        }
        p
    }

    /// Everybody's place while no boat has been lost.
    fn afloat(&self, legs: &[Leg], tick: f64, emptied: Option<f64>) -> Place {
        let people = self.outer.situation.people;
        let mut place = Place::default();
        let at = tick.min(emptied.unwrap_or(f64::INFINITY));
        let leg = legs.iter().rev().find(|l| f64::from(l.start) <= at).or(legs.first());
        let (mut aboard, landing) = leg.map_or((1.0, false), |l| {
            let landing = l.kind == Kind::Landing;
            let over = (at - f64::from(l.start)) / f64::from(l.ticks.max(1));
            (if landing { 1.0 - over.clamp(0.0, 1.0) } else { aboard_at(l, at) }, landing)
        });
        if emptied.is_some_and(|e| tick >= e) {
            aboard = 0.0;
        }
        place.aboard = (f64::from(people) * aboard).round() as u16;
        if landing {
            place.ashore = people - place.aboard;
        } else {
            place.rescued = people - place.aboard;
        }
        place
    }

    /// The loss of the boat, followed to the last person.
    fn lost(&self, legs: &[Leg], loss: &Loss, p: &mut PathEnd, memory: &mut Memory) {
        let outer = self.outer;
        let leg = &legs[loss.leg];
        let people = outer.situation.people;
        let aboard = ((f64::from(people) * loss.aboard).round() as u16).min(people);
        let at_min = loss.tick / MINUTE;
        let watched = leg.help != Help::Nobody;
        let o = outer;
        let alarm_min = self.fleet.arrivals(
            &mut memory.arrivals,
            (&o.arrivals, &o.coming_min),
            self.stream,
            self.r,
            at_min,
            watched,
        );
        let setup = &outer.rescue[usize::from(self.floats_first)];
        let tube_lost = loss.failed == Some(Part::Tube);
        let held_clear = match (loss.lost, loss.failed) {
            (Lost::Swamped, None) => outer.held_clear(),
            (Lost::Swamped, Some(_)) => outer.kept_aboard(aboard, tube_lost),
            (Lost::ThrownOff | Lost::InvertedOrFolded, _) => 0,
        };
        let held_clear = held_clear.min(u32::from(aboard));
        // a floor that tore or a boat that folded carries nobody
        let folded = loss.failed.is_some() && loss.lost == Lost::InvertedOrFolded;
        let deck_m2 = if loss.failed == Some(Part::Floor) || folded { 0.0 } else { outer.deck_m2 };
        let out = event::run(
            setup,
            &EventInput {
                stream: *self.stream,
                realisation: self.r,
                first_person: 0,
                in_water: u32::from(aboard) - held_clear,
                held_clear,
                lost: loss.lost,
                wreck: setup.support.places(outer.tube_afloat_m(tube_lost), deck_m2),
                arrivals: &memory.arrivals,
                floats_first: self.floats_first && watched,
                horizon_min: self.horizon_min,
            },
            &mut memory.scratch,
        );
        p.deaths = out.deaths as u16;
        p.hazard = loss.hazard;
        let before = people - aboard;
        let place = |m: &Moment| Place {
            aboard: m.held_clear,
            in_water: m.in_water,
            rescued: m.rescued + before,
            ashore: 0,
            dead: m.dead,
        };
        for (mark, minute) in p.marks.iter_mut().zip(MARKS_MIN) {
            let since = f64::from(minute) - at_min;
            *mark = if since < 0.0 {
                self.afloat(legs, f64::from(minute) * MINUTE, None)
            } else {
                let m = MOMENT_MIN.iter().rposition(|m| f64::from(*m) <= since).unwrap_or(0);
                place(&out.timeline[m])
            };
        }
        p.marks[MARKS - 1] = Place {
            aboard: 0,
            in_water: out.unrecovered as u16,
            rescued: out.lifted as u16 + before,
            ashore: 0,
            dead: out.deaths as u16,
        };
        let in_water = aboard - held_clear as u16;
        p.loss = Some(LossEvent { in_water, ..event_of(loss, alarm_min, &out, place) });
    }
}

fn event_of(loss: &Loss, alarm_min: f64, out: &RescueOutcome, place: impl Fn(&Moment) -> Place) -> LossEvent {
    let died = |phase: Phase| out.deaths_by_phase[phase as usize] as u16;
    let finite = |m: f32| m.is_finite().then_some(f64::from(m));
    let mut since_loss = [Place::default(); MOMENTS];
    since_loss.iter_mut().zip(&out.timeline).for_each(|(p, m)| *p = place(m));
    let mut phases = [0; PHASES];
    phases[..5].copy_from_slice(&[
        died(Phase::FirstMinutes),
        died(Phase::Unsupported),
        died(Phase::Cooling),
        died(Phase::Collapse),
        died(Phase::Trapped),
    ]);
    LossEvent {
        after_trigger_s: loss.after_trigger_s,
        alarm_min,
        first_lift_min: finite(out.first_lift_min),
        last_lift_min: finite(out.last_lift_min),
        in_water: 0,
        phases,
        since_loss,
    }
}
