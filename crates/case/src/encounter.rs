//! An encounter as understood: checked, in SI units, every unknown a belief, every default named.
//!
//! It comes from [`crate::scenario::parse`] alone, so that whoever holds one need not check it again. Beliefs of different
//! quantities are independent unless a field says otherwise.

pub use crate::answer::option::{Modifier, OptionId};
pub use crate::scenario::sources::Taken;
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::ledger::{Grade, Knowledge};
use plimsoll_core::maths;
use plimsoll_core::time::Utc;
use serde::{Deserialize, Serialize};

/// Standard gravity, m/s2.
const G: f64 = 9.806_65;

/// What is asked: one boat, the people aboard, where, in what sea, with what help.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Encounter {
    /// A name to print; none is needed.
    pub name: Option<String>,
    /// The boat.
    pub boat: Boat,
    /// The people aboard.
    pub aboard: Aboard,
    /// Where and when.
    pub place: Place,
    /// Wind, waves, current, light.
    pub sea: Sea,
    /// Who can help.
    pub help: Help,
    /// Which options to assess.
    pub options: Selection,
    /// How much to compute.
    pub run: Run,
    /// What the scenario did not say, and what was taken instead, in the order of the key table.
    pub defaulted: Vec<Defaulted>,
    /// Files and tables from which the sea was taken.
    #[serde(default)]
    pub taken: Vec<Taken>,
    /// What is possible but odd, said to the user; no number rests on it.
    #[serde(skip)]
    pub warnings: Vec<Warning>,
}

/// A value with where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// The observer's own word for the source ("caller", "aircraft"), if given.
    pub basis: Option<String>,
    /// Whether the scenario gives it; else it is a default and listed in [`Encounter::defaulted`].
    pub given: bool,
}

impl<T> Given<T> {
    /// A value from the scenario.
    #[must_use]
    pub fn stated(value: T, basis: Option<String>) -> Self {
        Self { value, basis, given: true }
    }

    /// A value that the scenario does not give.
    #[must_use]
    pub fn default(value: T) -> Self {
        Self { value, basis: None, given: false }
    }
}

/// The classes of inflatable, by size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoatClass {
    /// About 7.0 m of tube, 2.0 m wide, tubes of 0.45 m.
    #[serde(rename = "inflatable-small")]
    Small,
    /// About 8.5 m of tube, 2.2 m wide, tubes of 0.50 m.
    #[serde(rename = "inflatable-medium")]
    Medium,
    /// About 10 m of tube, 2.4 m wide, tubes of 0.60 m.
    #[serde(rename = "inflatable-large")]
    Large,
}

impl BoatClass {
    /// The word in the scenario.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Small => "inflatable-small",
            Self::Medium => "inflatable-medium",
            Self::Large => "inflatable-large",
        }
    }
}

/// The boat. Heights are above the lowest point of the tubes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boat {
    /// The class, where the scenario names one or names no size at all.
    pub class: Option<BoatClass>,
    /// Overall length, m.
    pub length_m: Given<Belief>,
    /// Length of the prism that has the tubes' volume, m.
    pub effective_length_m: Given<Belief>,
    /// Overall beam, m.
    pub beam_m: Given<Belief>,
    /// Tube diameter, m.
    pub tube_m: Given<Belief>,
    /// Height of the unloaded floor, m.
    pub floor_height_m: Given<Belief>,
    /// How far the floor sags under its load, m.
    pub floor_sag_m: Given<Belief>,
    /// Mass of hull, engine, boards and fuel, kg.
    pub hull_mass_kg: Given<Belief>,
    /// Height of the centre of that mass, m.
    pub hull_centre_m: Given<Belief>,
    /// Height of the transom's upper edge, m.
    pub transom_height_m: Given<Belief>,
    /// Number of chambers that hold air apart from each other.
    pub chambers: Given<Belief>,
    /// Buoyant share of the port tube, 0 to 1.
    pub share_port: Given<Belief>,
    /// Buoyant share of the starboard tube, 0 to 1.
    pub share_starboard: Given<Belief>,
    /// Whether the tubes are reported soft, or nothing is known of them: low pressure, likelier to fold.
    pub soft: bool,
    /// Whether the engine runs.
    pub engine_running: bool,
    /// Water in the well, m3.
    pub water_m3: Given<Belief>,
    /// Draught at the bow less draught at the stern, m; down by the bow is positive.
    pub trim_m: Option<Given<Belief>>,
}

/// How people are placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Posture {
    /// Everyone on the floor.
    Floor,
    /// Some forty on the tubes, the rest on the floor.
    Sitting,
    /// Everyone standing on the floor.
    Standing,
    /// Some stand.
    Mixed,
}

impl Posture {
    /// The word in the scenario.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Sitting => "sitting",
            Self::Standing => "standing",
            Self::Mixed => "mixed",
        }
    }
}

/// The people aboard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aboard {
    /// How many, children included. A continuous belief is rounded by whoever draws it.
    pub people: Given<Belief>,
    /// How many of them are children. A draw may exceed a draw of `people` where the beliefs overlap: cap it.
    pub children: Given<Belief>,
    /// Mean mass of a person with wet clothes, kg.
    pub person_mass_kg: Given<Belief>,
    /// Height of their common centre of mass, m, where given; else it follows from the posture.
    pub people_centre_m: Option<Given<Belief>>,
    /// How they are placed.
    pub posture: Posture,
    /// Share who wear something that is called a lifejacket, 0 to 1.
    pub lifejackets: Given<Belief>,
    /// Share of those worn that do float a person, 0 to 1.
    pub jackets_float: Given<Belief>,
    /// Share who can swim, 0 to 1.
    pub swimmers: Given<Belief>,
    /// Whether people are in the water already, beside those aboard.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub people_in_water: bool,
}

/// How much of the crossing is left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoundFor {
    /// Hours left.
    Hours(Given<Belief>),
    /// Distance left, m.
    DistanceM(Given<Belief>),
}

/// Where and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Position.
    pub position: Option<LonLat>,
    /// Instant of the decision.
    pub time: Option<Utc>,
    /// Depth of water, m.
    pub depth_m: Option<Given<Belief>>,
    /// Distance to the nearest shore, m.
    pub distance_to_shore_m: Option<Given<Belief>>,
    /// What is left of the crossing.
    pub bound_for: Option<BoundFor>,
}

/// How much light there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// The sun is up.
    Day,
    /// Civil twilight: the sun is up to 6 degrees below the horizon.
    Twilight,
    /// Darker than civil twilight.
    Night,
}

impl Light {
    /// The word in the scenario.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Twilight => "twilight",
            Self::Night => "night",
        }
    }
}

/// What a sea is grown from, besides wind, depth and current.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grown {
    /// Open water against the wind, m.
    pub fetch_m: Given<Belief>,
    /// Angle between where the waves run and where the current sets, degrees: 0 with, 180 against.
    pub angle_deg: Belief,
}

/// Wind, waves, current and light.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sea {
    /// Wind speed at 10 m, m/s.
    pub wind_m_s: Given<Belief>,
    /// Where the wind comes from, degrees true; `None`: not known.
    pub wind_from_deg: Option<f64>,
    /// Significant wave height, m.
    pub hs_m: Given<Belief>,
    /// Peak period, s. Where it is not given this is for display: draw with [`Sea::tp_of`], which ties it to the height drawn.
    pub tp_s: Given<Belief>,
    /// Where `tp` is not given: steepness Hs / (g Tp^2 / 2 pi) of the sea.
    pub steepness: Option<Belief>,
    /// Where no source gives waves: what they grow from besides wind, depth and current. Then `hs_m` and `tp_s` are for display
    /// and for checks of range: draw wind and fetch, and grow.
    #[serde(default)]
    pub grown: Option<Grown>,
    /// Speed of the current, m/s. It changes a sea that is grown ([`Grown`]) and nothing else: a sea that is reported has met
    /// it already, and boat, people in the water and rescuers all drift with it.
    pub current_m_s: Given<Belief>,
    /// Where the current sets, degrees true; `None`: not known.
    pub current_toward_deg: Option<f64>,
    /// Water temperature, degrees Celsius.
    pub water_c: Given<Belief>,
    /// Air temperature, degrees Celsius.
    pub air_c: Given<Belief>,
    /// Light.
    pub light: Light,
    /// How far one sees, m.
    pub visibility_m: Given<Belief>,
    /// Height of the breakers on the shore, m.
    pub surf_m: Option<Given<Belief>>,
}

impl Sea {
    /// The peak period in this state of knowledge for the wave height `hs_m` drawn in it, s.
    ///
    /// A given period is drawn from its own belief. Otherwise Tp = sqrt(2 pi Hs / (g s)) with the steepness s drawn, so that
    /// no draw pairs the highest waves with the shortest period. At least 0.5 s.
    #[must_use]
    pub fn tp_of(&self, hs_m: f64, knowledge: &Knowledge) -> f64 {
        let tp = match &self.steepness {
            Some(s) => Self::tp_from_steepness(hs_m, knowledge.of("sea.steepness", s)),
            None => knowledge.of("sea.tp", &self.tp_s.value),
        };
        tp.max(0.5)
    }

    pub(crate) fn tp_from_steepness(hs_m: f64, steepness: f64) -> f64 {
        (2.0 * std::f64::consts::PI * hs_m / (G * steepness)).sqrt()
    }

    /// Components of a speed toward `toward_deg`: east, north.
    #[must_use]
    pub fn east_north(speed: f64, toward_deg: f64) -> [f64; 2] {
        let (s, c) = maths::sin_cos(toward_deg.to_radians());
        [speed * s, speed * c]
    }
}

/// A craft on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coming {
    /// Its id in the table of assets.
    pub asset: String,
    /// Minutes until it can begin to lift people.
    pub minutes: Given<Belief>,
}

/// Who can help.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Help {
    /// Ids of the craft that are there.
    pub on_scene: Vec<String>,
    /// Craft on their way.
    pub coming: Vec<Coming>,
}

/// Which options to assess.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// These alone, in this order; `None`: all.
    pub only: Option<Vec<OptionId>>,
    /// Modifiers of every option.
    pub with: Vec<Modifier>,
}

/// How much to compute.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Realisations of each option.
    pub realisations: u64,
    /// How far ahead an encounter is followed, h.
    pub horizon_h: f64,
}

/// Something that the scenario did not say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Defaulted {
    /// The scenario key.
    pub key: String,
    /// What was taken, with its unit, for people to read.
    pub value: String,
    /// Where that comes from.
    pub source: String,
    /// How well it is known.
    pub grade: Grade,
}

/// Something possible but odd.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The scenario key.
    pub key: String,
    /// The sentence.
    pub text: String,
}
