//! Who enters the water where and when: what the losses of an assessment are to a drift.
//!
//! An assessment knows when a boat is lost and who is in the water then. Where it is lost follows from the position of the encounter
//! and two velocities that hold all the time: that of the stream, and under way that of the boat on a course that whoever asks must
//! give, for no case says it. What the assessment counts by rates alone (people overboard one by one, people lost boarding or wading)
//! has neither time nor place and is not here; nor are those whom a flooded boat holds clear of the water.

use crate::course::Leg;
use crate::ledger::value;
use crate::options::Motion;
use crate::outer::Outer;
use plimsoll_case::answer::OptionId;
use plimsoll_case::encounter::{Encounter, Sea};
use plimsoll_core::earth::{Course, LonLat, destination};
use plimsoll_core::maths::atan2;
use plimsoll_core::time::Utc;
use thiserror::Error;

/// Seconds in a tick.
const TICK_S: f64 = 0.1;
/// Metres in a second at a knot.
const KNOT_M_S: f64 = 1852.0 / 3600.0;

/// People who enter the water together, at the loss of their boat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// The realisation.
    pub realisation: u64,
    /// Which option, an index into [`crate::question::Question::running`].
    pub option: usize,
    /// Share of the realisation that ends so, 0 to 1: see [`crate::walk`].
    pub weight: f64,
    /// When.
    pub time: Utc,
    /// Where; `None` after a way on a course that is not known.
    pub place: Option<LonLat>,
    /// How many.
    pub people: u16,
    /// Of these, how many wear a jacket that floats them.
    pub jackets: u16,
}

/// Why nobody can be given a time or a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoWay {
    /// No position.
    #[error("without the position of the encounter nobody has a place in the water")]
    Position,
    /// No time.
    #[error("without the time of the encounter nobody has a time in the water")]
    Time,
    /// A stream that sets nobody knows where.
    #[error("where the stream sets is not given, so that nobody's place in the water is known")]
    Stream,
}

impl NoWay {
    /// The key of the scenario that is wanted.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Position => "place.position",
            Self::Time => "place.time",
            Self::Stream => "sea.current",
        }
    }

    /// What it can be.
    #[must_use]
    pub fn allowed(self) -> &'static str {
        match self {
            Self::Position => "a position such as \"51 02.0N 001 30.0E\"",
            Self::Time => "an instant such as 2026-09-14T04:20:00Z",
            Self::Stream => "a speed and a direction such as \"1.3 kn toward 041\"",
        }
    }
}

/// From where, when, and how boats move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    from: LonLat,
    time: Utc,
    /// Where the stream sets, degrees true; any where there is none.
    stream_toward_deg: f64,
    /// The course of a boat under way, degrees true, where it is known.
    course_deg: Option<f64>,
}

impl Way {
    /// The way of the boats of a case; `course_deg` is the course through the water of one under way, degrees true.
    ///
    /// # Errors
    /// [`NoWay`]
    pub fn new(encounter: &Encounter, course_deg: Option<f64>) -> Result<Self, NoWay> {
        let from = encounter.place.position.ok_or(NoWay::Position)?;
        let time = encounter.place.time.ok_or(NoWay::Time)?;
        let stream_toward_deg = match encounter.sea.current_toward_deg {
            Some(deg) => deg,
            None if encounter.sea.current_m_s.value.range().1 <= 0.0 => 0.0,
            None => return Err(NoWay::Stream),
        };
        Ok(Self { from, time, stream_toward_deg, course_deg })
    }

    /// The instant of a tick.
    #[must_use]
    pub fn time(&self, tick: f64) -> Utc {
        let after_ms = (1000.0 * TICK_S * tick).round() as i64;
        Utc::from_millis(self.time.millis() + after_ms).unwrap_or(self.time)
    }

    /// Where a boat of `option` is at a tick of its legs. A boat that is turned back is on no course that could be told.
    #[must_use]
    pub fn place(
        &self,
        encounter: &Encounter,
        outer: &Outer,
        option: OptionId,
        legs: &[Leg],
        tick: f64,
    ) -> Option<LonLat> {
        let k = &outer.knowledge;
        let stream_m_s = k.of("sea.current", &encounter.sea.current_m_s.value);
        let [mut east, mut north] = Sea::east_north(stream_m_s * TICK_S * tick, self.stream_toward_deg);
        let under_way = |l: &Leg| match l.motion {
            Motion::UnderWay => (tick - f64::from(l.start)).clamp(0.0, f64::from(l.ticks)),
            Motion::Adrift | Motion::Stopped => 0.0,
        };
        let ticks: f64 = legs.iter().map(under_way).sum();
        if ticks > 0.0 {
            let course = self.course_deg.filter(|_| option != OptionId::TurnBack)?;
            let [e, n] = Sea::east_north(value("crossing.speed", k) * KNOT_M_S * TICK_S * ticks, course);
            (east, north) = (east + e, north + n);
        }
        let way =
            Course { distance_m: (east * east + north * north).sqrt(), bearing_deg: atan2(east, north).to_degrees() };
        Some(destination(self.from, way))
    }
}
