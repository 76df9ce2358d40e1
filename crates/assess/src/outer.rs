//! Everything that is drawn once per outer draw: boat, sea, constants, options with their numbers, rescue.
//!
//! What depends on damage and load (stability tables, slow tier) is made when it is first asked for.

use crate::cluster::{Cluster, Clusters};
use crate::course::aboard_at;
use crate::course::{Kind, Leg, MINUTE, Phase};
use crate::fleet::{Fleet, rescue_light};
use crate::ledger::{constant, value};
use crate::options::{self, Drawn, Help, Motion, OptionSpec};
use crate::rates::Rates;
use crate::resolve::{Resolve, disturbance_names};
use crate::situation::{Situation, SituationError};
use plimsoll_boat::crowd::{Crowd, CrowdConstants};
use plimsoll_boat::flooding::FloodingConstants;
use plimsoll_boat::hull::Hull;
use plimsoll_boat::kernel::{LossCause, State, Window};
use plimsoll_boat::load_line::{self, LoadLineConstants};
use plimsoll_boat::motion::{Dynamics, MotionConstants};
use plimsoll_boat::simd::Path;
use plimsoll_boat::slow::{Asked, Candidates, SlowTier, Stretch};
use plimsoll_boat::table::StabilityTable;
use plimsoll_case::encounter::Encounter;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::sin;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_rescue::arrival::Arrivals;
use plimsoll_rescue::event::RescueSetup;
use plimsoll_rescue::person::Population;
use plimsoll_rescue::survival::{Conditions, RescueConstants};
use plimsoll_rescue::transfer::Transfer;
use plimsoll_sea::waves::{SeaState, WaveField};
use std::sync::OnceLock;

/// Which chamber is lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Damage {
    /// None.
    #[default]
    None,
    /// One of the port tube.
    Port,
    /// One of the starboard tube.
    Starboard,
}

/// Loads for which tables are made, as shares of the people.
const LEVELS: [f64; 4] = [1.0, 0.75, 0.5, 0.25];

/// A boat with one load and one state of its chambers: what the fast tier needs.
#[derive(Debug)]
pub struct Afloat {
    /// The hull as it is.
    pub hull: Hull,
    /// Its stability.
    pub table: StabilityTable,
    /// Its motion.
    pub dynamics: Dynamics,
    /// People still, as a base for what they do.
    pub crowd: Crowd,
    /// Sideways position of their common centre, m: people sit so as to keep an uneven boat level, as far as they can.
    pub balance_m: f32,
    tiers: [OnceLock<SlowTier>; THIRDS.len()],
}

/// A loss in the slow tier, with its tick.
pub type SlowLoss = (LossCause, f64);

/// Thirds of all headings: the largest |sin| of the angle to the sea in each, and that of its middle.
const THIRDS: [(f32, f32); 3] = [(0.5, 0.259), (0.866, 0.707), (f32::INFINITY, 0.966)];
/// Draws tried for one that has stayed afloat: none in so many means that the model does not hold for this boat.
const TRIES: u32 = 512;
/// Where the draws of the time before the encounter are addressed: no encounter lasts so long.
const PAST_TICK: u32 = u32::MAX;

/// The random numbers of one outer draw.
#[derive(Clone, Copy, Debug)]
struct Draws {
    stream: Stream,
    outer: u32,
    attempt: u32,
}

impl Draws {
    /// Realisation from which on the slow tier has its stretches of sea: beyond all that are run, and others for each outer draw, so
    /// that one lucky set of waves does not serve them all.
    fn stretches(&self) -> u64 {
        (1 << 40) + (u64::from(self.outer) << 16)
    }

    /// Realisation under which this try at the outer draw lives through the time before the encounter.
    fn past(&self) -> u64 {
        (1 << 41) + (u64::from(self.outer) << 16) + u64::from(self.attempt)
    }
}

/// One outer draw.
#[derive(Debug)]
pub struct Outer {
    /// Boat, load and sea as numbers.
    pub situation: Situation,
    /// The state of knowledge.
    pub knowledge: Knowledge,
    /// Rates of the rarer things.
    pub rates: Rates,
    /// The disturbances by index, see [`crate::resolve::disturbance_names`].
    pub disturbances: Vec<Drawn>,
    /// The phases of each option asked for.
    pub options: Vec<Vec<Phase>>,
    /// What follows when the engine stops for good, watched and unwatched.
    pub breakdown: [Vec<Phase>; 2],
    /// Engines that stop, per hour; infinite for one that has.
    pub engine_rate_per_h: f64,
    /// The waves.
    pub sea: WaveField,
    /// How the crowd moves.
    pub crowd: CrowdConstants,
    /// How water comes in.
    pub flooding: FloodingConstants,
    /// How fast people bail, m3/s.
    pub bail_m3_s: f64,
    /// Reactions.
    pub reaction: Reaction,
    /// Steady heeling lever of the wind, m.
    pub wind_lever_m: f64,
    /// Floor between the centre lines of the tubes, m2.
    pub deck_m2: f64,
    /// Farthest that the crowd's centre moves, m.
    pub crowd_limit_m: f64,
    /// Whether people react more easily: at night, or with children aboard.
    pub wary: bool,
    /// Whether tubes are soft.
    pub soft: bool,
    /// Turning lever, m.
    pub turn_lever_m: f64,
    /// Duration of a turn, s.
    pub turn_s: f64,
    /// Duration of a contact, s.
    pub contact_s: f64,
    /// Waves in a wash.
    pub wash_waves: f64,
    /// Structural failures.
    pub structure: Structure,
    /// Chance that people are taken off in time where a boat fills little by little beside a vessel.
    pub filling_seen: f64,
    /// Minutes until a damaged boat is emptied.
    pub aftermath_min: f64,
    /// How many die together where the boat is not lost.
    pub clusters: Clusters,
    /// Lifting and survival, without and with floats handed out.
    pub rescue: [RescueSetup; 2],
    /// When help comes.
    pub arrivals: Arrivals,
    /// Minutes until those on their way are there.
    pub coming_min: Vec<f64>,
    /// How much preparation lowers the chance of a reaction in a transfer.
    pub prepared: f64,
    /// Sine of the angle between the course and the sea.
    course_beam: f32,
    /// Share of the sea's slope that is left in a transfer.
    lee: f64,
    motion: MotionConstants,
    draws: Draws,
    candidates: OnceLock<Candidates>,
    held_clear: OnceLock<u32>,
    boats: [[OnceLock<Option<Box<Afloat>>>; LEVELS.len()]; 3],
}

/// How the crowd reacts, mildly and in a surge.
#[derive(Clone, Copy, Debug)]
pub struct Reaction {
    /// Share that stands up.
    pub stand: [f64; 2],
    /// Lean as a share of the farthest.
    pub shift: [f64; 2],
}

/// How the structure fails.
#[derive(Clone, Copy, Debug)]
pub struct Structure {
    /// Share of failures that are of a tube.
    pub tube: f64,
    /// Share that are of the floor; the rest are of the transom.
    pub floor: f64,
    /// Area of a torn floor, m2.
    pub floor_tear_m2: f64,
    /// Opening of a lost transom, m2.
    pub transom_m2: f64,
    /// Chance that a boat that capsized or failed comes to lie inverted or folded.
    pub inverted: f64,
    /// Share of the people who keep to a boat that failed and lies upright.
    pub kept_aboard: f64,
    /// Chance that people surge when something fails.
    pub surge: f64,
}

impl Outer {
    /// Outer draw `outer` of a case: the first try, as `knowledge` has them, that is afloat and has been.
    ///
    /// # Errors
    /// [`SituationError`] where no boat of the case floats, or none stays afloat in its sea for as long as this one has.
    pub fn draw(
        encounter: &Encounter,
        fleet: &Fleet,
        specs: &[&OptionSpec],
        knowledge: &dyn Fn(u32) -> Knowledge,
        seed: u64,
        outer: u32,
    ) -> Result<Self, SituationError> {
        let mut from = 0;
        for tries in 1.. {
            let (situation, attempt) = Situation::outer(encounter, knowledge, from)?;
            let draws = Draws { stream: Stream::new(seed), outer, attempt };
            let drawn = Self::of(encounter, fleet, specs, situation, draws);
            if drawn.has_stayed_afloat() {
                return Ok(drawn);
            }
            if tries == TRIES {
                let s = &drawn.situation;
                return Err(SituationError::Floods { people: s.load.people, hs_m: s.hs_m, tries });
            }
            from = attempt + 1;
        }
        unreachable!("the loop ends by a return")
    }

    fn of(encounter: &Encounter, fleet: &Fleet, specs: &[&OptionSpec], situation: Situation, draws: Draws) -> Self {
        let k = situation.knowledge;
        let v = |id| value(id, &k);
        let s = &situation;
        let people = f64::from(s.people);
        let light = rescue_light(encounter.sea.light);
        let night = light == plimsoll_rescue::survival::Light::Night;
        let conditions = Conditions { water_c: s.water_c, hs_m: s.hs_m, light };
        let rescue = RescueConstants::draw(&k);
        let share = |id: &str, b: &plimsoll_core::belief::Belief| k.of(id, b);
        let aboard = &encounter.aboard;
        let population = Population {
            swimmers: share("aboard.swimmers", &aboard.swimmers.value),
            children: f64::from(s.children) / people.max(1.0),
            jackets_worn: share("aboard.lifejackets", &aboard.lifejackets.value),
            jackets_float: share("aboard.jackets_float", &aboard.jackets_float.value),
        };
        let given_out = Population {
            jackets_worn: population.jackets_worn.max(v("floats.share")),
            jackets_float: population.jackets_float.max(v("floats.float")),
            ..population
        };
        let assets = fleet.assets();
        let setup = |p: &Population| RescueSetup::new(&rescue, p, &conditions, &assets);
        let transfer = Transfer::draw(&k);
        let transfer_ticks = (transfer.duration_min(people, &rescue, &conditions) * MINUTE) as u32;
        let resolve = Resolve::new(encounter, &k, transfer_ticks);
        let crowd = CrowdConstants::draw(&k);
        let deck_m2 = s.hull.effective_length_m * 2.0 * s.hull.half_spacing_m();
        let speed = v("disturbance.turn_speed");
        let state = SeaState::new(s.hs_m.max(0.001), s.tp_s.max(1.0), s.depth_m)
            .unwrap_or_else(|e| unreachable!("the case was checked: {e}"))
            .limited(&k);
        let flooding = FloodingConstants::draw(&k);
        Self {
            rates: Rates::draw(&k),
            disturbances: disturbance_names().iter().map(|n| options::disturbance(n).draw(&k)).collect(),
            options: specs.iter().map(|o| o.phases.iter().map(|p| resolve.phase(p)).collect()).collect(),
            breakdown: [
                resolve.breakdown(v("engine.minutes"), Help::StandingBy),
                resolve.breakdown(v("engine.minutes") + v("engine.found_minutes"), Help::Nobody),
            ],
            engine_rate_per_h: if encounter.boat.engine_running { v("crossing.engine_failure") } else { f64::INFINITY },
            sea: WaveField::new(&state, s.hull.beam_m),
            crowd,
            flooding,
            bail_m3_s: flooding.bail_m3_s,
            reaction: Reaction {
                stand: [v("reaction.stand_mild"), v("reaction.stand_surge")],
                shift: [v("reaction.shift_mild"), v("reaction.shift_surge")],
            },
            wind_lever_m: v("wind.lever") * (s.wind_m_s / 10.0) * (s.wind_m_s / 10.0),
            deck_m2,
            crowd_limit_m: crowd.limit_m(people / deck_m2),
            wary: night || s.children > 0,
            soft: encounter.boat.soft,
            turn_lever_m: speed * speed / (plimsoll_sea::GRAVITY_M_S2 * v("disturbance.turn_radius"))
                * v("disturbance.turn_arm"),
            turn_s: v("disturbance.turn_duration"),
            contact_s: v("disturbance.contact_duration"),
            wash_waves: v("boat:wash.waves"),
            structure: Structure {
                tube: v("structure.tube_share"),
                floor: v("structure.floor_share"),
                floor_tear_m2: v("structure.floor_tear"),
                transom_m2: v("structure.transom_opening"),
                inverted: v("structure.inverted_share"),
                kept_aboard: v("structure.kept_aboard"),
                surge: v("boat:crowd.trigger_tear"),
            },
            filling_seen: v("aftermath.filling_seen"),
            aftermath_min: v("aftermath.minutes"),
            clusters: Clusters {
                crush: Cluster::new(v("crush.another")),
                overboard: Cluster::new(v("overboard.another")),
                boarding: Cluster::new(v("boarding.another")),
            },
            rescue: [setup(&population), setup(&given_out)],
            arrivals: Arrivals::draw(&k),
            coming_min: fleet.draw_coming(&k),
            prepared: transfer.prepared,
            lee: v("take_off.lee"),
            course_beam: sin(v("crossing.course_angle").to_radians()) as f32,
            motion: MotionConstants::draw(&k),
            draws,
            candidates: OnceLock::new(),
            held_clear: OnceLock::new(),
            boats: Default::default(),
            knowledge: k,
            situation,
        }
    }

    /// The number of the try that floats and has stayed afloat.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.draws.attempt
    }

    /// The boat with `share` of its people and this damage; `None` where it does not float with a dry well.
    pub fn boat(&self, share: f64, damage: Damage) -> Option<&Afloat> {
        let level = LEVELS.iter().rposition(|l| *l >= share - 1e-9).unwrap_or(0);
        self.boats[damage as usize][level].get_or_init(|| self.build(LEVELS[level], damage).map(Box::new)).as_deref()
    }

    /// People whom the swamped, upright boat holds clear of the water.
    pub fn held_clear(&self) -> u32 {
        *self.held_clear.get_or_init(|| {
            let s = &self.situation;
            let constants = LoadLineConstants::draw(&self.knowledge);
            load_line::evaluate(&s.hull, &s.load, &constants).map_or(0, |l| l.swamped.held_clear.max(0.0) as u32)
        })
    }

    /// People who keep to a boat that failed and lies upright: a share of them, as far as its tubes hold people clear.
    #[must_use]
    pub fn kept_aboard(&self, aboard: u16, tube_lost: bool) -> u32 {
        let whole = self.tube_afloat_m(false);
        let tubes = if whole > 0.0 { self.tube_afloat_m(tube_lost) / whole } else { 0.0 };
        let room = f64::from(self.held_clear()) * tubes;
        (self.structure.kept_aboard * f64::from(aboard)).min(room) as u32
    }

    /// Metres of tube that a wreck still has, both sides together.
    #[must_use]
    pub fn tube_afloat_m(&self, chamber_lost: bool) -> f64 {
        let s = &self.situation;
        let lost = if chamber_lost { (2.0 / f64::from(s.chambers)).min(1.0) } else { 0.0 };
        (s.hull.share_port + s.hull.share_starboard - lost).max(0.0) * s.hull.effective_length_m
    }

    /// Water aboard after a stretch without a disturbance, and the loss with its tick, if it comes to that.
    #[must_use]
    pub fn slow(
        &self,
        stream: &Stream,
        r: u64,
        leg: &Leg,
        water_m3: f64,
        from: u32,
        until: u32,
    ) -> (f64, Option<SlowLoss>) {
        let share = aboard_at(leg, f64::from(from));
        let Some(boat) = self.boat(share, Damage::None) else {
            return (water_m3, Some((LossCause::Swamping, f64::from(from))));
        };
        let seconds = f64::from(until - from) / 10.0;
        let beam = self.beam_factor(stream, r, leg);
        let stretch = self.advance(boat, beam, stream, r, from, seconds, water_m3);
        (stretch.water_m3, stretch.loss.map(|(cause, after)| (cause, f64::from(from) + 10.0 * after)))
    }

    /// Sine of the angle between bow and sea on a leg, signed by the side the waves come from. Under way it is the course's, the
    /// same before and after the encounter; adrift it is drawn; a vessel alongside makes a lee.
    #[must_use]
    pub fn beam_factor(&self, stream: &Stream, r: u64, leg: &Leg) -> f32 {
        let [u, side] = stream.uniforms(r, 0, Purpose::Heading, 0);
        let beam = match leg.motion {
            Motion::UnderWay => self.course_beam,
            Motion::Adrift | Motion::Stopped => {
                sin(constant("engine.drift_heading").value.quantile(u).to_radians()) as f32
            }
        };
        let lee = if leg.kind == Kind::Transfer { self.lee as f32 } else { 1.0 };
        if side < 0.5 { -lee * beam } else { lee * beam }
    }

    /// A boat in the slow tier, as it lies to the sea: made for the middle of the third of all headings that the angle is in.
    #[allow(clippy::too_many_arguments, reason = "each is one independent fact of the walk")]
    fn advance(
        &self,
        boat: &Afloat,
        beam_factor: f32,
        stream: &Stream,
        r: u64,
        from: u32,
        seconds: f64,
        water_m3: f64,
    ) -> Stretch {
        let beam = beam_factor.abs();
        let third = THIRDS.iter().position(|t| beam < t.0).unwrap_or(THIRDS.len() - 1);
        let mut crowd = boat.crowd;
        crowd.stand_target = self.situation.standing as f32;
        let window = Window {
            beam_factor: THIRDS[third].1,
            steady_moment_n_m: THIRDS[third].1 * self.wind_moment_n_m(boat),
            state: State { stand_share: self.situation.standing as f32, shift_m: boat.balance_m, ..State::default() },
            ..Window::new(&boat.table, &boat.dynamics, &self.sea, 0, 0, crowd)
        };
        // both paths give the same bits, so the best one is no choice
        let asked = Asked { path: Path::detect(), stream: &self.draws.stream, window };
        let tier = boat.tiers[third].get_or_init(|| {
            let draw = || Candidates::draw(asked.path, asked.stream, self.draws.stretches(), 0);
            SlowTier::derive(&asked, self.candidates.get_or_init(draw))
        });
        tier.advance(&asked, stream, r, from, seconds, water_m3, self.bail_m3_s)
    }

    /// Heeling moment of a wind abeam, N m.
    #[must_use]
    pub fn wind_moment_n_m(&self, boat: &Afloat) -> f32 {
        (self.wind_lever_m * f64::from(boat.table.dry_mass_kg) * plimsoll_sea::GRAVITY_M_S2) as f32
    }

    /// Whether this boat would still be afloat after the time for which it has been in this sea, on its course and stopped now and
    /// then: what meeting it afloat tells.
    fn has_stayed_afloat(&self) -> bool {
        let Some(boat) = self.boat(1.0, Damage::None) else {
            return false;
        };
        let seconds = |id| 60.0 * value(id, &self.knowledge);
        let survives = |beam: f32, seconds: f64, tick: u32| {
            let water = self.situation.load.water_m3;
            let past = self.draws.past();
            self.advance(boat, beam, &self.draws.stream, past, tick, seconds, water).loss.is_none()
        };
        survives(1.0, seconds("afloat.stopped_minutes"), PAST_TICK - 1)
            && survives(self.course_beam, seconds("afloat.past_minutes"), PAST_TICK)
    }

    fn build(&self, share: f64, damage: Damage) -> Option<Afloat> {
        let s = &self.situation;
        let lost = (2.0 / f64::from(s.chambers)).min(1.0);
        let (port, starboard) = (s.hull.share_port, s.hull.share_starboard);
        let hull = match damage {
            Damage::None => s.hull,
            Damage::Port => s.hull.with_shares(port * (1.0 - lost), starboard).ok()?,
            Damage::Starboard => s.hull.with_shares(port, starboard * (1.0 - lost)).ok()?,
        };
        let people = f64::from(s.people) * share;
        let table = StabilityTable::build(&hull, hull.hull_mass_kg + people * s.load.person_mass_kg).ok()?;
        if table.critical_water_m3 <= 0.0 {
            return None;
        }
        let crowd = Crowd::still(
            people as f32,
            s.load.person_mass_kg as f32,
            s.seated_centre_m as f32,
            s.standing_centre_m as f32,
        );
        let people_kg = people * s.load.person_mass_kg;
        let limit = self.crowd_limit_m as f32;
        let balance_m = (table.moment_kg_m(0.0, 0.0) / people_kg.max(1.0) as f32).clamp(-limit, limit);
        let dynamics = Dynamics::new(&self.motion, &self.flooding, &hull, &table, &crowd);
        Some(Afloat { hull, table, dynamics, crowd, balance_m, tiers: Default::default() })
    }
}
