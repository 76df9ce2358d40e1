//! Land and sea: compact tiles of a shoreline, and what they answer about a point and about a step.
//!
//! The tiles hold the edges of a polygon set (GSHHG, Wessel and Smith 1996, J. Geophys. Res. 101(B4):8741-8743) in bins of one
//! degree, each of 64 x 64 cells: all sea, all land, or crossed by edges; then of 8 x 8 sub-cells with a few edges and the state of their middle. All geometry is on a
//! plane of longitude and latitude and exact: corners of the shoreline have coordinates of 1/65535 degree (at most 1.7 m, so that
//! rounding moved none by more than 0.85 m either way), places that are asked about are rounded to boxes of 6.6 mm whose middles
//! can lie on no corner, no parallel or meridian through one and no border of a cell, and the products that decide on which side of
//! an edge a place lies are whole numbers. So [`Coast::is_land`] and [`Coast::first_crossing`] agree always: the number of
//! crossings between two places is odd exactly where one is land and the other is not.
//!
//! "Land" is what lies within the shoreline of the ocean. Lakes are land: nothing at sea drifts into one, and drift models that
//! use the same polygons hold it so, too. The shoreline is about that of high water: sands and beaches that dry are sea. How far the polygons
//! are from today's shore was not measured; new harbour works are missing.
//!
//! Outside the tiles nothing is known, and nothing is guessed.

mod build;
mod crossing;
mod format;
mod lattice;
mod nearest;
mod outline;
mod region;
#[cfg(test)]
mod tests;
pub mod validation;

pub use build::{Bin, BuildError, build};
pub use crossing::{Crossing, TrackError};
pub use format::{Coast, TileError};
pub use nearest::Nearness;
pub use region::{Origin, Region};

use std::borrow::Cow;
use std::sync::LazyLock;

/// How far rounding moves a corner of the shoreline at most, east or north, m: half of 1/65535 degree of latitude.
pub const ROUNDING_M: f64 = 0.85;

/// Tiles of the Channel and the North Sea, 9 W to 9 E, 47 N to 58 N, made by `plimsoll coast build`; `assets/coast/README.md` says from what.
const EMBEDDED: &[u8] = include_bytes!("../../../assets/coast/channel-north-sea.coast");

/// The tiles that the program carries: the Channel, the southern North Sea and the Irish Sea, 9 W to 9 E, 47 N to 58 N.
/// Checked at first use.
#[must_use]
pub fn embedded() -> &'static Coast {
    static COAST: LazyLock<Coast> = LazyLock::new(|| {
        Coast::parse(Cow::Borrowed(EMBEDDED))
            .unwrap_or_else(|e| unreachable!("the tiles that the program carries: {e}"))
    });
    &COAST
}
