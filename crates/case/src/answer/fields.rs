//! The answer of `plimsoll fields inspect`: what was understood of a file of currents, winds, waves or temperatures.

use super::common::SchemaTag;
use plimsoll_core::time::Utc;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldsAnswer {
    /// `plimsoll.fields` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// 64 hexadecimal digits.
    pub digest: String,
    /// The file's name, without its folder.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// Its format, such as `NetCDF 4`.
    pub format: String,
    /// What can be used.
    pub layers: Vec<FieldLayer>,
    /// What would be of use but for a fault.
    pub refused: Vec<FieldRefused>,
    /// Variables that are none of ours.
    pub others: Vec<String>,
}

impl super::Answer for FieldsAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.fields", 1);
}

/// One quantity on one grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldLayer {
    /// `current`, `wind`, `stokes_drift`, `wave_height`, `peak_period`, `mean_period`, `wave_direction`, `water_temperature`,
    /// `air_temperature`, `sea_level` or `depth`.
    pub quantity: String,
    /// The variables that hold it, two for the components of a vector.
    pub variables: Vec<String>,
    /// Recognised by its usual name alone: it states no standard name.
    pub by_name: bool,
    /// `east_north`, or `grid_axes` for components that are turned by the bearing of the grid; null for what has none.
    pub basis: Option<String>,
    /// The unit as the file writes it.
    pub unit: String,
    /// The unit in which it is used.
    pub unit_used: String,
    /// The level that was chosen, where there are levels or a height matters.
    pub level: Option<String>,
    /// Its grid.
    pub grid: FieldGrid,
    /// Its times; null for what does not change.
    pub times: Option<FieldTimes>,
    /// Frames that were read for what follows: the first, the middle and the last.
    pub frames_read: u64,
    /// Share of their nodes without a value.
    pub missing: f64,
    /// Least value, of a vector its length; null where there is no value at all.
    pub low: Option<f64>,
    /// Greatest value.
    pub high: Option<f64>,
    /// What it looks like.
    pub map: FieldMap,
}

/// Where the nodes stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldGrid {
    /// `regular`, `rectilinear`, `projected`, `rotated` or `curvilinear`.
    pub kind: String,
    /// The projection's name in CF, or `none`.
    pub projection: String,
    /// Columns of nodes.
    pub columns: u64,
    /// Rows of nodes.
    pub rows: u64,
    /// Spacing of the columns at the middle, m.
    pub column_m: f64,
    /// Spacing of the rows at the middle, m.
    pub row_m: f64,
    /// Western limit, degrees east.
    pub west_deg: f64,
    /// Eastern limit, degrees east; beyond 180 where the grid crosses the date line.
    pub east_deg: f64,
    /// Southern limit, degrees north.
    pub south_deg: f64,
    /// Northern limit, degrees north.
    pub north_deg: f64,
}

/// When the frames hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldTimes {
    /// How many.
    pub count: u64,
    /// The first.
    #[schemars(with = "String")]
    pub first: Utc,
    /// The last.
    #[schemars(with = "String")]
    pub last: Utc,
    /// The usual step, s; null where there is one frame.
    pub step_s: Option<f64>,
    /// Pairs of times between which some are missing.
    #[schemars(with = "Vec<[String; 2]>")]
    pub gaps: Vec<[Utc; 2]>,
}

/// A coarse map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldMap {
    /// When it holds; null for what does not change.
    #[schemars(with = "Option<String>")]
    pub time: Option<Utc>,
    /// Rows from the north, cells from the west: values, of a vector its length; null where there is none.
    pub rows: Vec<Vec<Option<f64>>>,
}

/// A variable that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldRefused {
    /// Which.
    pub variable: String,
    /// What it would be.
    pub quantity: String,
    /// Stable name of the fault, such as `unit`.
    #[serde(default)]
    pub code: String,
    /// Why not, and what would do, in English.
    pub why: String,
}
