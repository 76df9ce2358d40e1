//! Why there is no tide: a reason with the values that prove it, never a number.

use super::atlas::YEARS;
use plimsoll_core::earth::LonLat;
use plimsoll_core::time::Utc;
use thiserror::Error;

/// Why there is no tide.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum Refused {
    /// Not on the grid.
    #[error("{place} is outside the tide atlas of the Dover Strait, which reaches from {south_west} to {north_east}")]
    Outside {
        /// The place.
        place: LonLat,
        /// Where the atlas begins.
        south_west: LonLat,
        /// Where it ends.
        north_east: LonLat,
    },
    /// On land.
    #[error("{place} is on land as the tide atlas sees it")]
    OnLand {
        /// The place.
        place: LonLat,
    },
    /// Nearer to land than the atlas is good for.
    #[error("{place} is {:.1} km from land as the tide atlas sees it; within {:.0} km of it the atlas is not valid", distance_m / 1e3, least_m / 1e3)]
    NearLand {
        /// The place.
        place: LonLat,
        /// Distance to the nearest land of the atlas, m.
        distance_m: f64,
        /// The least that is valid, m.
        least_m: f64,
    },
    /// On a bank.
    #[error(
        "{place} lies over water that the model deepened to {least_m:.0} m: over such banks and flats the tide atlas is not valid"
    )]
    Shallow {
        /// The place.
        place: LonLat,
        /// Least depth of the model, m.
        least_m: f64,
    },
    /// In an area that the grid cannot resolve.
    #[error("{place} lies in the area of {name}, which the tide atlas does not resolve")]
    Unresolved {
        /// The place.
        place: LonLat,
        /// Name of the area.
        name: &'static str,
    },
    /// Not within [`YEARS`].
    #[error("{time} is outside the years {} to {} for which the tide can be predicted", YEARS[0], YEARS[1])]
    Year {
        /// The instant.
        time: Utc,
    },
}
