//! The answer of `plimsoll coast`: what tiles of the shoreline hold, and what they say of a place.

use super::common::SchemaTag;
use plimsoll_core::earth::LonLat;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CoastAnswer {
    /// `plimsoll.coast` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// The tiles that were asked.
    pub tiles: Tiles,
    /// The place that was asked about, if one was.
    pub place: Option<Place>,
}

/// Tiles of a shoreline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tiles {
    /// Western border, degrees east.
    pub west_deg: i16,
    /// Southern border, degrees north.
    pub south_deg: i16,
    /// Eastern border, degrees east.
    pub east_deg: i16,
    /// Northern border, degrees north.
    pub north_deg: i16,
    /// The polygons that they were made from.
    pub source: String,
    /// Edition of these.
    pub edition: String,
    /// Licence of these and of the tiles.
    pub licence: String,
    /// Size.
    pub bytes: u64,
    /// Cells of 1/64 degree that are all sea.
    pub cells_sea: u64,
    /// Cells that are all land.
    pub cells_land: u64,
    /// Cells that the shore crosses.
    pub cells_shore: u64,
    /// Edges of the shore.
    pub edges: u64,
    /// How far the rounding of a corner moves it at most, east or north.
    pub rounding_m: f64,
}

/// A place beside the shore.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Where.
    pub position: Point,
    /// Whether it is land; `null` outside the tiles: unknown.
    pub land: Option<bool>,
    /// Distance of the nearest shore; `null` where none was found, or the end of the tiles is nearer.
    pub shore_distance_m: Option<f64>,
    /// The nearest point of the shore.
    pub shore: Option<Point>,
    /// How far was looked; less where the tiles end sooner.
    pub looked_m: f64,
}

/// A position.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// Latitude, degrees north.
    pub lat_deg: f64,
    /// Longitude, degrees east.
    pub lon_deg: f64,
}

impl From<LonLat> for Point {
    fn from(p: LonLat) -> Self {
        Self { lat_deg: p.lat_deg(), lon_deg: p.lon_deg() }
    }
}

impl Point {
    /// As a checked position, if it is one.
    #[must_use]
    pub fn lon_lat(self) -> Option<LonLat> {
        LonLat::new(self.lon_deg, self.lat_deg).ok()
    }
}

impl super::Answer for CoastAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.coast", 1);
}

/// The answer of `plimsoll bench coast`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CoastBenchAnswer {
    /// `plimsoll.bench_coast` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Queries of each kind.
    pub queries: u64,
    /// Bytes of the tiles that were asked.
    pub tile_bytes: u64,
    /// One row for each kind of query, on one thread.
    pub rows: Vec<CoastBenchRow>,
}

/// One kind of query.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CoastBenchRow {
    /// Stable name, `snake_case`.
    pub kind: String,
    /// Wall clock of one query.
    pub ns_per_query: f64,
    /// Share of queries that met land (points) or the shore (steps).
    pub share_hit: f64,
}

impl super::Answer for CoastBenchAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.bench_coast", 1);
}
