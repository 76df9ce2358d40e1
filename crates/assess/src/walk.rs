//! One realisation under one option, walked from disturbance to disturbance until everybody is safe, dead or given up.
//!
//! Losses are rare, so their triggers (a surge of the crowd; a failure of tube, floor or transom) are integrated rather than drawn.
//! A realisation splits into two strata that together are exact: a *quiet* path on which no trigger ever comes, with weight
//! `exp(-H)`, `H` the hazard summed along it; and a *triggered* path with weight `1 - exp(-H)`, whose first trigger comes where the
//! summed hazard reaches the value that one number of the realisation picks, and whose later triggers are drawn. Both paths meet
//! the same waves, ships and people.

mod slow;

use crate::course::{self, HOUR, Kind, Leg, MINUTE, PASSING, WINDOW, aboard_at};
use crate::options::Help;
use crate::outcome::Hazard;
use crate::outer::{Damage, Outer};
use crate::window::{self, Crowd};
use plimsoll_boat::kernel::{LossCause, Outcome, Window};
use plimsoll_core::maths::{exp, expm1, log1p};
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_rescue::survival::support::Lost;

/// Hazards below this are none: a triggered path of that weight could not be seen in any sum.
const NO_HAZARD: f64 = 1e-12;

/// A part of the boat that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A chamber of a tube.
    Tube,
    /// The floor.
    Floor,
    /// The transom.
    Transom,
}

/// How a path ends for the boat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss {
    /// Tick of the loss.
    pub tick: f64,
    /// Seconds since what set it off; `None` for a boat that filled little by little.
    pub after_trigger_s: Option<f64>,
    /// What it is counted under.
    pub hazard: Hazard,
    /// How it lies, and whether people were thrown off.
    pub lost: Lost,
    /// What had failed before, if anything.
    pub failed: Option<Part>,
    /// Share of the people still aboard.
    pub aboard: f64,
    /// Index of the leg.
    pub leg: usize,
}

/// A place on the quiet path where a trigger can come.
#[derive(Clone, Copy, Debug)]
struct Chance {
    leg: usize,
    /// At the disturbance, or spread over the leg.
    at_event: bool,
    /// Hazard of a surge and of a failure, `-ln(1 - p)`.
    surge: f64,
    failure: f64,
    /// Water aboard before it.
    water_m3: f64,
    /// Tick from which it is spread over the leg, or that of the disturbance.
    from: u32,
}

/// What a walker waits for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Doing {
    /// The window of a disturbance without a trigger.
    Disturbed,
    /// The window of a surge.
    Surging,
    /// A window with a part that has failed; ticks until everybody is off.
    Failing { part: Part, since: f64, left: u32 },
}

/// Which path is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// No trigger ever comes.
    Quiet,
    /// One comes.
    Triggered,
}

/// A realisation under one option on its way.
#[derive(Debug)]
pub struct Walker<'a> {
    /// The outer draw.
    pub outer: &'a Outer,
    /// Index of the option in the question.
    pub option: usize,
    /// Realisation.
    pub r: u64,
    /// Its course.
    pub legs: Vec<Leg>,
    pass: Pass,
    leg: usize,
    /// Tick of the window asked for.
    tick: u32,
    /// Its length, ticks.
    pub ticks: u32,
    /// Where in a leg the walk goes on after its disturbance, ticks from the leg's start.
    passed: u32,
    water_m3: f64,
    doing: Doing,
    chances: Vec<Chance>,
    hazard: f64,
    /// Chance that nobody has been crushed so far on this path.
    uncrushed: f64,
    /// What the finished paths came to: quiet, triggered.
    pub ends: [Option<End>; 2],
}

/// The end of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// Weight of the path.
    pub weight: f64,
    /// The loss, if any.
    pub loss: Option<Loss>,
    /// Chance of a crush event.
    pub crush: f64,
    /// Tick at which people were last exposed aboard.
    pub until: f64,
    /// Tick at which a damaged boat that stayed afloat was emptied, if it came to that.
    pub emptied: Option<f64>,
}

impl<'a> Walker<'a> {
    /// A walker at the start. `legs` is memory to use again.
    #[must_use]
    pub fn new(outer: &'a Outer, option: usize, r: u64, stream: &Stream, mut legs: Vec<Leg>) -> Self {
        let phases = &outer.options[option];
        let watched = phases.first().is_some_and(|p| p.help != Help::Nobody);
        let breakdown = &outer.breakdown[usize::from(!watched)];
        course::build(&mut legs, stream, r, phases, breakdown, outer.engine_rate_per_h, &outer.disturbances);
        Self {
            outer,
            option,
            r,
            legs,
            pass: Pass::Quiet,
            leg: 0,
            tick: 0,
            ticks: WINDOW,
            passed: 0,
            water_m3: outer.situation.load.water_m3,
            doing: Doing::Disturbed,
            chances: Vec::new(),
            hazard: 0.0,
            uncrushed: 1.0,
            ends: [None; 2],
        }
    }

    /// Goes on to the next window of the fast tier, or to the end (`None`).
    pub fn next(&mut self, stream: &Stream) -> Option<Window<'a>> {
        loop {
            if self.ended() {
                if self.pass == Pass::Triggered || !self.begin_triggered(stream) {
                    return None;
                }
                continue;
            }
            let window = match self.doing {
                Doing::Failing { part, left, .. } if left > 0 => self.failing_window(stream, part),
                Doing::Failing { .. } => {
                    let now = f64::from(self.tick);
                    self.finish(None, now, Some(now));
                    None
                }
                Doing::Surging => self.surge_window(stream),
                Doing::Disturbed => self.go_on(stream),
            };
            if window.is_some() {
                return window;
            }
        }
    }

    /// Where a trigger can come along the quiet path: the leg, whether at its disturbance, the hazard of a surge and that of a failure.
    pub fn hazards(&self) -> impl Iterator<Item = (usize, bool, f64, f64)> + '_ {
        self.chances.iter().map(|c| (c.leg, c.at_event, c.surge, c.failure))
    }

    /// Takes the outcome of the window that [`Self::next`] asked for.
    pub fn absorb(&mut self, stream: &Stream, out: &Outcome) {
        self.water_m3 = f64::from(out.state.water_m3);
        let now = self.legs[self.leg];
        if let Some(l) = out.loss {
            let after = f64::from(l.after_s);
            let (since, hazard, failed) = match self.doing {
                Doing::Failing { part, since, .. } => (since, Hazard::Structure, Some(part)),
                Doing::Disturbed | Doing::Surging => (f64::from(self.tick), hazard_of(l.cause), None),
            };
            let tick = f64::from(self.tick) + 10.0 * after;
            self.lose(Loss {
                tick,
                after_trigger_s: Some((tick - since) / 10.0),
                hazard,
                lost: self.lies(stream, l.cause, failed),
                failed,
                aboard: aboard_at(&now, tick),
                leg: self.leg,
            });
            return;
        }
        self.passed = self.tick + self.ticks - now.start;
        match self.doing {
            Doing::Failing { part, since, left } => {
                self.tick += self.ticks;
                self.doing = Doing::Failing { part, since, left: left.saturating_sub(self.ticks) };
            }
            Doing::Surging => {
                let people = f64::from(self.outer.situation.people) * aboard_at(&now, f64::from(self.tick));
                self.uncrushed *= 1.0 - self.outer.rates.crush_per_surge(people);
                self.doing = Doing::Disturbed;
                let u = stream.uniform(self.r, self.tick, Purpose::Structure, 1);
                if u < self.outer.rates.failure_per_surge() {
                    self.tick += self.ticks;
                    self.fail(stream);
                }
            }
            Doing::Disturbed => {}
        }
    }

    /// One step along the course: the window of a disturbance, the quiet rest of a leg, the next leg, or the end.
    fn go_on(&mut self, stream: &Stream) -> Option<Window<'a>> {
        let Some(&leg) = self.legs.get(self.leg) else {
            let until = self.legs.last().map_or(0.0, |l| f64::from(l.start + l.ticks));
            self.finish(None, until, None);
            return None;
        };
        match leg.disturbance {
            Some(d) if self.passed == 0 && leg.kind != Kind::Landing => {
                self.tick = leg.start;
                return self.disturb(stream, &leg, d);
            }
            _ if self.passed < leg.ticks && leg.kind != Kind::Landing => self.drift_on(stream, &leg),
            _ => {
                self.leg += 1;
                self.passed = 0;
            }
        }
        None
    }

    fn ended(&self) -> bool {
        self.ends[self.pass as usize].is_some()
    }

    /// The window of a disturbance, with a surge where the triggered path draws one.
    fn disturb(&mut self, stream: &Stream, leg: &Leg, d: usize) -> Option<Window<'a>> {
        let outer = self.outer;
        let drawn = &outer.disturbances[d];
        let prepared = if leg.kind == Kind::Transfer { outer.prepared } else { 1.0 };
        let wet = outer.rates.felt(self.water_m3);
        let reaction = if drawn.trigger > 0.0 || wet {
            outer.rates.reaction(drawn.trigger * prepared, outer.wary, wet)
        } else {
            0.0
        };
        let surge = reaction * outer.rates.panic();
        let [u_react, u_fail] = stream.uniforms(self.r, self.tick, Purpose::Trigger, 1);
        match self.pass {
            Pass::Quiet => self.chances.push(Chance {
                leg: self.leg,
                at_event: true,
                surge: -log1p(-surge),
                failure: -log1p(-drawn.failure.min(0.95)),
                water_m3: self.water_m3,
                from: leg.start,
            }),
            Pass::Triggered => {
                if u_fail < drawn.failure {
                    self.fail(stream);
                    return None;
                }
                if u_react < surge {
                    self.doing = Doing::Surging;
                    return None;
                }
            }
        }
        // given no surge, the crowd reacts mildly with what is left of the chance
        let mild = (reaction - surge) / (1.0 - surge);
        let u = stream.uniform(self.r, self.tick, Purpose::Crowd, 1);
        let does = if u < mild { Crowd::Reacts } else { Crowd::Still };
        self.window(stream, does, Some(d), Damage::None, 0.0)
    }

    /// The slow tier over the rest of a leg, or up to a trigger that the triggered path draws.
    fn drift_on(&mut self, stream: &Stream, leg: &Leg) {
        let outer = self.outer;
        let (from, until) = (leg.start + self.passed, leg.start + leg.ticks);
        let hours = f64::from(until - from) / HOUR;
        let people = f64::from(outer.situation.people) * 0.5 * (leg.aboard[0] + leg.aboard[1]);
        let surges = outer.rates.own_surges_per_h() * hours;
        let failures = outer.rates.failures_per_h(people, outer.soft) * hours;
        let mut stop = until;
        if self.pass == Pass::Triggered {
            let e = stream.exponential(self.r, from, Purpose::Trigger, 2);
            if e < surges + failures {
                stop = from + (f64::from(until - from) * e / (surges + failures)) as u32;
            }
        } else {
            self.chances.push(Chance {
                leg: self.leg,
                at_event: false,
                surge: surges,
                failure: failures,
                water_m3: self.water_m3,
                from,
            });
        }
        if !self.slow(stream, leg, from, stop) {
            return;
        }
        self.passed = stop - leg.start;
        if stop == until {
            return;
        }
        self.tick = stop;
        if stream.uniform(self.r, from, Purpose::TriggerKind, 2) * (surges + failures) < surges {
            self.doing = Doing::Surging;
        } else {
            self.fail(stream);
        }
    }

    /// Starts the triggered path at the chance that the realisation's number picks. False where there is no hazard.
    fn begin_triggered(&mut self, stream: &Stream) -> bool {
        self.pass = Pass::Triggered;
        if self.hazard < NO_HAZARD {
            return false;
        }
        let [u, v] = stream.uniforms(self.r, 0, Purpose::Trigger, 0);
        let mut target = -log1p(u * expm1(-self.hazard));
        let mut chosen = self.chances.len() - 1;
        for (i, c) in self.chances.iter().enumerate() {
            let h = c.surge + c.failure;
            if target < h {
                chosen = i;
                break;
            }
            target -= h;
        }
        let c = self.chances[chosen];
        let leg = self.legs[c.leg];
        let h = c.surge + c.failure;
        (self.leg, self.water_m3, self.uncrushed) = (c.leg, c.water_m3, 1.0);
        self.tick = leg.start;
        self.passed = 0;
        self.doing = Doing::Surging;
        if !c.at_event {
            // within the leg, in proportion to the hazard that has passed
            let from = c.from;
            let within = f64::from(leg.start + leg.ticks - from) * (target / h).clamp(0.0, 1.0);
            self.tick = from + within as u32;
            self.passed = self.tick - leg.start;
            let until = self.tick;
            if !self.slow(stream, &leg, from, until) {
                return true;
            }
            // a surge or failure that comes at the very start of a leg is not that of its disturbance
            self.tick = self.tick.max(leg.start + 1);
        } else if leg.kind == Kind::Transfer {
            // anywhere in the transfer, with those still aboard
            let x = stream.uniform(self.r, 0, Purpose::Trigger, 3);
            self.tick = leg.start + (f64::from(leg.ticks) * x) as u32;
            self.passed = self.tick - leg.start;
        }
        if v * h >= c.surge {
            self.fail(stream);
        }
        true
    }

    /// The window of a surge, with the disturbance that set it off where there is one.
    fn surge_window(&mut self, stream: &Stream) -> Option<Window<'a>> {
        let leg = self.legs[self.leg];
        let d = if self.tick == leg.start { leg.disturbance } else { None };
        self.window(stream, Crowd::Surges, d, Damage::None, 0.0)
    }

    /// Something fails at the present tick.
    fn fail(&mut self, stream: &Stream) {
        let s = &self.outer.structure;
        let u = stream.uniform(self.r, 0, Purpose::Structure, 0);
        let part = if u < s.tube {
            Part::Tube
        } else if u < s.tube + s.floor {
            Part::Floor
        } else {
            Part::Transom
        };
        self.doing = Doing::Failing {
            part,
            since: f64::from(self.tick),
            left: ((self.outer.aftermath_min * MINUTE) as u32).div_ceil(WINDOW) * WINDOW,
        };
    }

    /// How a lost boat lies. One that has heeled until nobody can hold on is free of the load that heeled it: its righting lever at 50
    /// degrees is then half a metre, so that it comes back unless something carries it over.
    fn lies(&self, stream: &Stream, cause: LossCause, failed: Option<Part>) -> Lost {
        let whole = cause == LossCause::Swamping && failed.is_none();
        if !whole && stream.uniform(self.r, 1, Purpose::Structure, 0) < self.outer.structure.inverted {
            Lost::InvertedOrFolded
        } else if cause == LossCause::Capsize {
            Lost::ThrownOff
        } else {
            Lost::Swamped
        }
    }

    /// A window with a failed part; the loss at once where the boat cannot float so.
    fn failing_window(&mut self, stream: &Stream, part: Part) -> Option<Window<'a>> {
        let s = &self.outer.structure;
        let (damage, tear) = match part {
            Part::Tube if window::side(stream, self.r, 0) < 0.0 => (Damage::Port, 0.0),
            Part::Tube => (Damage::Starboard, 0.0),
            Part::Floor => (Damage::None, s.floor_tear_m2),
            Part::Transom => (Damage::None, s.transom_m2),
        };
        let surges = stream.uniform(self.r, 0, Purpose::Tear, 0) < s.surge;
        let does = if surges { Crowd::Surges } else { Crowd::Reacts };
        self.window(stream, does, None, damage, tear)
    }

    fn window(
        &mut self,
        stream: &Stream,
        does: Crowd,
        disturbance: Option<usize>,
        damage: Damage,
        tear_m2: f64,
    ) -> Option<Window<'a>> {
        let outer: &'a Outer = self.outer;
        let leg = self.legs[self.leg];
        let share = aboard_at(&leg, f64::from(self.tick));
        let Some(boat) = outer.boat(share, damage).filter(|b| self.water_m3 < f64::from(b.table.critical_water_m3))
        else {
            let tick = f64::from(self.tick);
            let (since, failed) = match self.doing {
                Doing::Failing { part, since, .. } => (since, Some(part)),
                Doing::Disturbed | Doing::Surging => (tick, None),
            };
            self.lose(Loss {
                tick,
                after_trigger_s: Some((tick - since) / 10.0),
                hazard: if failed.is_some() { Hazard::Structure } else { Hazard::Swamping },
                lost: self.lies(stream, LossCause::Swamping, failed),
                failed,
                aboard: share,
                leg: self.leg,
            });
            return None;
        };
        let drawn = disturbance.map(|d| &outer.disturbances[d]);
        let quiet = matches!(self.doing, Doing::Disturbed) && does == Crowd::Still;
        self.ticks = if quiet { PASSING } else { WINDOW };
        Some(window::window(outer, boat, stream, self.r, self.tick, self.water_m3, &leg, drawn, does, tear_m2))
    }

    fn lose(&mut self, loss: Loss) {
        let until = loss.tick;
        self.finish(Some(loss), until, None);
    }

    fn finish(&mut self, loss: Option<Loss>, until: f64, emptied: Option<f64>) {
        if self.pass == Pass::Quiet {
            self.hazard = self.chances.iter().map(|c| c.surge + c.failure).sum();
        }
        let quiet = exp(-self.hazard);
        let weight = match self.pass {
            Pass::Quiet if self.hazard < NO_HAZARD => 1.0,
            Pass::Quiet => quiet,
            Pass::Triggered => 1.0 - quiet,
        };
        self.doing = Doing::Disturbed;
        self.ends[self.pass as usize] = Some(End { weight, loss, crush: 1.0 - self.uncrushed, until, emptied });
    }
}

fn hazard_of(cause: LossCause) -> Hazard {
    match cause {
        LossCause::Capsize => Hazard::Capsize,
        LossCause::Swamping => Hazard::Swamping,
    }
}
