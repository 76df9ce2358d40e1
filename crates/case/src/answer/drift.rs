//! The answer of `plimsoll drift`: where things are hour by hour, where they strand, and what an area must cover to hold them.
//!
//! Positions are degrees east and north on WGS84; metres east and north are counted from the middle of the release along the
//! geodesic. The keys of an hour are those of the reference results, so that one script reads both.

use super::assess::{Credibility, InputLine, RestsOn};
use super::common::{Reason, SchemaTag, State};
use plimsoll_core::time::Utc;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A place: longitude and latitude, degrees.
pub type Place = [f64; 2];

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriftAnswer {
    /// `plimsoll.drift` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// Seed of the random numbers.
    pub seed: u64,
    /// 64 hexadecimal digits.
    pub digest: String,
    /// The inputs as they were understood.
    pub inputs: Vec<InputLine>,
    /// Whether numbers may be given.
    pub state: State,
    /// Why not, or why marked.
    pub reasons: Vec<Reason>,
    /// What drifts.
    pub object: DriftObject,
    /// What else enters the water with it: each particle is `object` or one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<DriftObject>,
    /// What becomes of it, in the order of time.
    #[serde(default)]
    pub changes: Vec<DriftChange>,
    /// Where and when it entered the water.
    pub release: DriftRelease,
    /// Particles that were followed.
    pub particles: u64,
    /// Seconds in one step.
    pub step_s: f64,
    /// `euler`, `rk2` or `rk4`.
    pub scheme: String,
    /// The reference model's behaviour was asked for, defects included.
    pub opendrift_compatible: bool,
    /// Where currents, winds and waves came from, first priority first.
    pub sources: Vec<DriftSource>,
    /// Percentages of the quantiles `pct_*`.
    pub percentiles: Vec<f64>,
    /// The output times in order, the release first.
    pub hourly: Vec<DriftHour>,
    /// Where things strand; null where land was left out.
    pub stranding: Option<Stranding>,
    /// The coast around, for the map.
    #[serde(default)]
    pub coast: Vec<CoastLine>,
    /// The lowest level of evidence and the factors that have it; they hold of every answer.
    #[serde(default)]
    pub credibility: Option<Credibility>,
    /// What it rests on.
    #[serde(default)]
    pub rests_on: Option<RestsOn>,
}

impl super::Answer for DriftAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.drift", 1);
}

/// What drifts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriftObject {
    /// Its category: the number or the name that the case gave.
    pub id: String,
    /// Its name, in English.
    pub name: String,
    /// Its name in French, where there is one.
    #[serde(default)]
    pub name_fr: Option<String>,
    /// Downwind leeway in a wind of 10 m/s, % of it: 5, 50 and 95 % quantiles over what is not known of the class (not over
    /// single objects, which differ besides); null without leeway.
    #[serde(default)]
    pub leeway_percent: Option<[f64; 3]>,
}

/// A later part of a life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriftChange {
    /// How long after the part before it began, as written.
    pub after: String,
    /// What it becomes.
    pub object: DriftObject,
}

/// Where and when things entered the water.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriftRelease {
    /// The middle.
    pub lon: f64,
    /// The middle.
    pub lat: f64,
    /// Root mean square distance from the middle, m.
    pub spread_m: f64,
    /// First instant.
    #[schemars(with = "String")]
    pub from: Utc,
    /// Last instant; the same as the first where all entered at once.
    #[schemars(with = "String")]
    pub to: Utc,
    /// The two ends of a line or the corners of an area; empty for a place or a list.
    #[serde(default)]
    pub outline: Vec<Place>,
}

/// One source of the sea or the wind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DriftSource {
    /// What it tells: `current`, `wind`, `stokes_drift`, `coast` or another stable name.
    pub quantity: String,
    /// A file's name and variables, `builtin`, or the constant as it was written.
    pub name: String,
    /// SHA-256 of what was read, 64 hexadecimal digits; null for a constant.
    #[serde(default)]
    pub digest: Option<String>,
}

/// The cloud at one output time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriftHour {
    /// Hours since the first release.
    pub hour: f64,
    /// The instant.
    #[schemars(with = "String")]
    pub time: Utc,
    /// Particles that have been released.
    pub n: u64,
    /// Mean longitude of all released, stranded ones where they lie.
    pub mean_lon: f64,
    /// Mean latitude.
    pub mean_lat: f64,
    /// Mean distance east of the middle of the release, m.
    pub mean_east_m: f64,
    /// Mean distance north, m.
    pub mean_north_m: f64,
    /// Variance east, m2.
    pub cov_ee_m2: f64,
    /// Covariance of east and north, m2.
    pub cov_en_m2: f64,
    /// Variance north, m2.
    pub cov_nn_m2: f64,
    /// Quantiles east, m.
    pub pct_east_m: Vec<f64>,
    /// Quantiles north, m.
    pub pct_north_m: Vec<f64>,
    /// Quantiles of the distance from the middle of the release, m.
    pub pct_dist_m: Vec<f64>,
    /// Share of particles by status: `active`, `stranded`, `missing_data`, and others as they come.
    pub fraction: BTreeMap<String, f64>,
    /// Share of particles that are `object`, each of `beside`, and what each of `changes` makes of it, in this order; empty where there
    /// is one part alone.
    #[serde(default)]
    pub parts: Vec<f64>,
    /// Share that drifts right of downwind.
    #[serde(default)]
    pub fraction_orientation_right: Option<f64>,
    /// Mean wind met by those adrift, towards, m/s.
    #[serde(default)]
    pub mean_x_wind: Option<f64>,
    /// Mean wind met, towards north, m/s.
    #[serde(default)]
    pub mean_y_wind: Option<f64>,
    /// Mean current met, towards east, m/s.
    #[serde(default)]
    pub mean_x_sea_water_velocity: Option<f64>,
    /// Mean current met, towards north, m/s.
    #[serde(default)]
    pub mean_y_sea_water_velocity: Option<f64>,
    /// The smallest areas that hold these shares of the particles afloat, largest share first.
    pub containment: Vec<Containment>,
    /// Places of some particles afloat, for the map.
    #[serde(default)]
    pub some: Vec<Place>,
}

/// An area that holds a share of what is afloat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Containment {
    /// The share: 0.5, 0.9, 0.95.
    pub share: f64,
    /// Its area, km2.
    pub area_km2: f64,
    /// Its polygons. Each is a list of closed rings, the outer one first, then its holes; the first place is not repeated.
    pub polygons: Vec<Vec<Vec<Place>>>,
}

/// Where things strand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stranding {
    /// Share stranded at the end.
    pub share: f64,
    /// The stretches of coast, most likely first.
    pub places: Vec<StrandingPlace>,
}

/// A stretch of coast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StrandingPlace {
    /// Mean longitude of what stranded here.
    pub lon: f64,
    /// Mean latitude.
    pub lat: f64,
    /// Share of all particles that strands here.
    pub share: f64,
    /// Hours from the first release to the first of them.
    pub first_hour: f64,
    /// Hours to half of them.
    pub median_hour: f64,
}

/// A piece of coast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CoastLine {
    /// The line ends where it began, and land is inside; holes are lines of their own.
    pub closed: bool,
    /// Its places in order.
    pub points: Vec<Place>,
}
