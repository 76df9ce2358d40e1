//! The answer of `plimsoll tide`: height and stream at one place, with their errors.

use super::assess::{Credibility, RestsOn};
use super::common::{Quantiles, Reason, SchemaTag, State};
use plimsoll_core::earth::LonLat;
use plimsoll_core::time::Utc;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The whole answer. Heights are above mean sea level; streams are named by where they go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TideAnswer {
    /// `plimsoll.tide` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// 64 hexadecimal digits.
    pub digest: String,
    /// Where.
    #[schemars(with = "Position")]
    pub position: LonLat,
    /// First instant, UTC.
    #[schemars(with = "String")]
    pub from: Utc,
    /// Last instant, UTC.
    #[schemars(with = "String")]
    pub to: Utc,
    /// Step of `series`.
    pub every_min: u32,
    /// Whether numbers may be given.
    pub state: State,
    /// Why not, or why marked.
    pub reasons: Vec<Reason>,
    /// Distance to the nearest land of the atlas; null beyond 30 km.
    pub land_m: Option<f64>,
    /// Whether the error of the inshore belt holds.
    pub inshore: bool,
    /// How far the atlas is off.
    pub error: TideError,
    /// Direction of the long axis of the stream, degrees true, 0 to 180.
    pub axis_deg: f64,
    /// High and low waters in their order.
    pub waters: Vec<Water>,
    /// Slack and strongest streams in their order.
    pub streams: Vec<Stream>,
    /// Height and stream at each step.
    pub series: Vec<TidePoint>,
    /// The same every ten minutes: what a drawing needs.
    pub curve: Vec<TidePoint>,
    /// The constituents at this place.
    pub constituents: Vec<ConstituentHere>,
    /// The lowest level of evidence and the factors that have it; they hold of every answer.
    #[serde(default)]
    pub credibility: Option<Credibility>,
    /// What it rests on.
    pub rests_on: RestsOn,
}

impl super::Answer for TideAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.tide", 1);
}

/// A place on WGS84, as it is written.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "stands for the form of a place in the schema")]
struct Position {
    /// Latitude, north positive.
    lat_deg: f64,
    /// Longitude, east positive.
    lon_deg: f64,
}

/// Root mean square errors: 5 %, 50 % and 95 % of what is believed of them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TideError {
    /// Length of the vector between predicted and true stream.
    pub stream_m_s: Quantiles,
    /// Height, without storm surges.
    pub height_m: Quantiles,
    /// Times of high and low water.
    pub water_time_min: Quantiles,
}

/// A high or low water.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Water {
    /// When, UTC.
    #[schemars(with = "String")]
    pub time: Utc,
    /// Whether it is a high water.
    pub high: bool,
    /// Height above mean sea level.
    pub height_m: f64,
}

/// A slack or strongest stream.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stream {
    /// When, UTC.
    #[schemars(with = "String")]
    pub time: Utc,
    /// Whether it is the least of its tide.
    pub slack: bool,
    /// Rate.
    pub rate_kn: f64,
    /// Where it goes, degrees true.
    pub toward_deg: f64,
    /// Slack alone: root mean square error of its time that follows from that of the stream.
    pub time_error_min: Option<Quantiles>,
}

/// Height and stream at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TidePoint {
    /// When, UTC.
    #[schemars(with = "String")]
    pub time: Utc,
    /// Above mean sea level.
    pub height_m: f64,
    /// Stream to the east.
    pub east_m_s: f64,
    /// Stream to the north.
    pub north_m_s: f64,
    /// Rate of the stream.
    pub rate_kn: f64,
    /// Where it goes, degrees true.
    pub toward_deg: f64,
}

/// A constituent at the place: amplitudes and Greenwich phase lags.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConstituentHere {
    /// `M2`, `S2`, `N2`.
    pub name: String,
    /// Of the height.
    pub height_m: f64,
    /// Of the height.
    pub height_lag_deg: f64,
    /// Of the stream to the east.
    pub east_m_s: f64,
    /// Of the stream to the east.
    pub east_lag_deg: f64,
    /// Of the stream to the north.
    pub north_m_s: f64,
    /// Of the stream to the north.
    pub north_lag_deg: f64,
}
