//! One outer draw of everything that an observer reports: boat, load and sea as numbers.
//!
//! A number that the case gives exactly is not drawn. Every draw is conditioned on what is known beyond the numbers: the boat is
//! afloat now. A draw that sinks at rest is drawn again.

use crate::ledger::value;
use plimsoll_boat::hull::{Hull, HullSpec};
use plimsoll_boat::hydrostatics::{Condition, HydrostaticsError, Well};
use plimsoll_boat::load::{Load, LoadConstants};
use plimsoll_case::encounter::{Encounter, Given, Posture};
use plimsoll_core::belief::Belief;
use plimsoll_core::ledger::Knowledge;
use thiserror::Error;

/// Tries for a boat that floats before the case is given up as one that sinks.
const TRIES: u32 = 2000;

/// The numbers of one outer draw.
#[derive(Clone, Debug)]
pub struct Situation {
    /// The boat.
    pub hull: Hull,
    /// People and water aboard.
    pub load: Load,
    /// People, a whole number.
    pub people: u16,
    /// Children among them.
    pub children: u16,
    /// Height of the common centre seated, m.
    pub seated_centre_m: f64,
    /// Height of the common centre standing, m.
    pub standing_centre_m: f64,
    /// Share of the people that stands at the start.
    pub standing: f64,
    /// Wave height, m.
    pub hs_m: f64,
    /// Peak period, s.
    pub tp_s: f64,
    /// Depth, m; that of open water where not given.
    pub depth_m: f64,
    /// Water temperature, degrees Celsius.
    pub water_c: f64,
    /// Wind, m/s.
    pub wind_m_s: f64,
    /// Height of the breakers on the shore, m; the wave height where not given.
    pub surf_m: f64,
    /// Number of separate chambers.
    pub chambers: u32,
    /// The state of knowledge that gave this draw: constants are read from it too.
    pub knowledge: Knowledge,
}

/// Why there is no draw.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SituationError {
    /// No draw floats.
    #[error(
        "more people than the boat floats with: {people:.0} people of {person_mass_kg:.0} kg in a boat that floats with {capacity_kg:.0} kg"
    )]
    Sinks {
        /// People in the last draw.
        people: f64,
        /// Their mass.
        person_mass_kg: f64,
        /// What it floats with, hull included.
        capacity_kg: f64,
    },
    /// Boats of this description float, but none stays afloat in this sea for as long as one that is met has.
    #[error(
        "such a boat would have swamped before it was met: {people:.0} people, Hs {hs_m:.1} m; in {tries} draws of what the case \
         leaves open none stayed afloat"
    )]
    Floods {
        /// People in the last draw.
        people: f64,
        /// Waves in it, m.
        hs_m: f64,
        /// Draws.
        tries: u32,
    },
    /// The boat's measures do not make a boat.
    #[error(transparent)]
    Hull(#[from] plimsoll_boat::hull::HullError),
    /// The load is none.
    #[error(transparent)]
    Load(#[from] HydrostaticsError),
}

impl Situation {
    /// The first try from `first` on, as `knowledge` has them, that floats, with its number.
    ///
    /// # Errors
    /// [`SituationError`] where no draw floats or a draw's measures are impossible.
    pub fn outer(
        encounter: &Encounter,
        knowledge: &dyn Fn(u32) -> Knowledge,
        first: u32,
    ) -> Result<(Self, u32), SituationError> {
        let mut last = Self::draw(encounter, &knowledge(0))?;
        for attempt in first..TRIES {
            let s = Self::draw(encounter, &knowledge(attempt))?;
            match Condition::new(&s.hull, &s.load, Well::Dry) {
                Ok(c) if c.freeboard_m() > 0.0 => return Ok((s, attempt)),
                Ok(_) | Err(HydrostaticsError::Sinks { .. }) => last = s,
                Err(e) => return Err(e.into()),
            }
        }
        Err(SituationError::Sinks {
            people: last.load.people,
            person_mass_kg: last.load.person_mass_kg,
            capacity_kg: last.hull.body(Well::Dry).capacity_kg(),
        })
    }

    /// One draw, afloat or not.
    ///
    /// # Errors
    /// [`SituationError::Hull`] where the measures drawn do not make a boat.
    pub fn draw(encounter: &Encounter, k: &Knowledge) -> Result<Self, SituationError> {
        let b = |id: &str, given: &Given<Belief>| k.of(id, &given.value);
        let (boat, aboard, sea) = (&encounter.boat, &encounter.aboard, &encounter.sea);
        let length_m = b("boat.length", &boat.length_m);
        // lengths go together: the prism cannot be longer than the boat
        let effective_length_m = b("boat.effective_length", &boat.effective_length_m).min(length_m);
        let trim = boat.trim_m.as_ref().map_or(0.0, |t| b("boat.trim", t));
        let chambers = b("boat.chambers", &boat.chambers).round().max(1.0) as u32;
        let hull = Hull::new(HullSpec {
            length_m,
            effective_length_m,
            beam_m: b("boat.beam", &boat.beam_m),
            tube_m: b("boat.tube", &boat.tube_m),
            floor_height_m: b("boat.floor_height", &boat.floor_height_m),
            floor_sag_m: b("boat.floor_sag", &boat.floor_sag_m),
            hull_mass_kg: b("boat.hull_mass", &boat.hull_mass_kg),
            hull_centre_m: b("boat.hull_centre", &boat.hull_centre_m),
            transom_height_m: b("boat.transom_height", &boat.transom_height_m),
            chambers,
            share_port: b("boat.tubes.port", &boat.share_port),
            share_starboard: b("boat.tubes.starboard", &boat.share_starboard),
            limpness: value("boat:chambers.limpness", k),
            // the case counts trim by the bow, the hull by the stern
            trim_m: -trim,
        })?;
        let people = b("aboard.people", &aboard.people).round().max(0.0);
        let children = b("aboard.children", &aboard.children).round().clamp(0.0, people);
        let constants = LoadConstants::draw(k);
        let (seated, standing) = match aboard.posture {
            Posture::Floor => (constants.centre_floor_m, 0.0),
            Posture::Sitting => (constants.centre_mixed_m, 0.0),
            Posture::Mixed => (constants.centre_mixed_m, value("reaction.standing_mixed", k)),
            Posture::Standing => (constants.centre_mixed_m, 1.0),
        };
        let (seated_centre_m, standing) = match &aboard.people_centre_m {
            // a stated centre is the centre as people are now, whoever stands
            Some(c) => (b("aboard.people_centre", c), 0.0),
            None => (seated, standing),
        };
        let standing_centre_m = constants.centre_standing_m.max(seated_centre_m);
        let (hs_m, tp_s) = match crate::waves::Roots::of(encounter) {
            Some(roots) => {
                let (hs_m, tp_s) = roots.draw(k);
                (hs_m, if sea.tp_s.given { sea.tp_of(hs_m, k) } else { tp_s })
            }
            None => {
                let hs_m = b("sea.hs", &sea.hs_m);
                (hs_m, sea.tp_of(hs_m, k))
            }
        };
        Ok(Self {
            load: Load {
                people,
                person_mass_kg: b("aboard.person_mass", &aboard.person_mass_kg),
                people_centre_m: seated_centre_m + standing * (standing_centre_m - seated_centre_m),
                shift_m: 0.0,
                water_m3: b("boat.water_aboard", &boat.water_m3),
            },
            hull,
            people: people as u16,
            children: children as u16,
            seated_centre_m,
            standing_centre_m,
            standing,
            hs_m,
            tp_s,
            depth_m: (encounter.place.depth_m.as_ref())
                .map_or_else(|| crate::ledger::value("sea.depth_not_given", k), |d| b("place.depth", d)),
            water_c: b("sea.water", &sea.water_c),
            wind_m_s: b("sea.wind", &sea.wind_m_s),
            surf_m: sea.surf_m.as_ref().map_or(hs_m, |s| b("sea.surf", s)),
            chambers,
            knowledge: *k,
        })
    }
}
