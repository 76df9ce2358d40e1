//! Fetch from the coast: how far open water reaches against the wind.
//!
//! Saville's effective fetch: radials around the wind's direction, each run until it meets the shore, projected on the wind
//! and weighted by the cosine of its angle, `F = sum(x cos^2 a) / sum(cos a)`.

use crate::coast::Coast;
use crate::ledger::{LEDGER, exact};
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::earth::geodesic::{Course, destination};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::cos;
use thiserror::Error;

/// How far a radial is followed, m: beyond the longest fetch that is believed in (`growth.longest_fetch`).
pub const FARTHEST_M: f64 = 400_000.0;
/// Pieces in which it is followed, m: straight in longitude and latitude, some metres from the geodesic.
const PIECE_M: f64 = 10_000.0;

/// Why no fetch can be told.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum NoFetch {
    /// The place is land.
    #[error("{} lies on land: no waves come to it", .0.dm(1))]
    Land(LonLat),
    /// The coast that is known ends before a shore is met.
    #[error("towards {bearing_deg:03.0} degrees from {} the coast that the program carries ends before a shore is met", .place.dm(1))]
    Unknown {
        /// From where.
        place: LonLat,
        /// Which way.
        bearing_deg: f64,
    },
}

/// Open water from a place along a bearing, m; at most [`FARTHEST_M`].
///
/// # Errors
/// [`NoFetch`]
pub fn reach_m(coast: &Coast, place: LonLat, bearing_deg: f64) -> Result<f64, NoFetch> {
    match coast.is_land(place) {
        Some(true) => return Err(NoFetch::Land(place)),
        Some(false) => {}
        None => return Err(NoFetch::Unknown { place, bearing_deg }),
    }
    let mut from = place;
    let mut gone = 0.0;
    while gone < FARTHEST_M {
        let to = destination(place, Course { distance_m: gone + PIECE_M, bearing_deg });
        match coast.first_crossing(from, to) {
            Ok(Some(shore)) => return Ok(gone + shore.fraction * PIECE_M),
            Ok(None) => {}
            Err(_) => return Err(NoFetch::Unknown { place, bearing_deg }),
        }
        from = to;
        gone += PIECE_M;
    }
    Ok(FARTHEST_M)
}

/// Effective fetch at a place for a wind from `from_deg`, m.
///
/// # Errors
/// [`NoFetch`]
pub fn effective_m(coast: &Coast, place: LonLat, from_deg: f64) -> Result<f64, NoFetch> {
    let (half, step) = (exact("fetch.half_width"), exact("fetch.step"));
    let radials = (half / step).round() as i32;
    let (mut sum, mut weights) = (0.0, 0.0);
    for k in -radials..=radials {
        let angle = f64::from(k) * step;
        let c = cos(angle.to_radians());
        sum += reach_m(coast, place, (from_deg + angle).rem_euclid(360.0))? * c * c;
        weights += c;
    }
    Ok(sum / weights)
}

/// What is believed of the fetch for a wind from about `from_deg`, m: the least and the greatest of the directions that it may
/// have, the middle one between.
///
/// # Errors
/// [`NoFetch`]
pub fn believed(coast: &Coast, place: LonLat, from_deg: f64) -> Result<Belief, NoFetch> {
    let error = LEDGER.value("fetch.direction_error", &Knowledge::central());
    let mut low = f64::MAX;
    let mut high: f64 = 0.0;
    for share in [-1.0, -0.5, 0.0, 0.5, 1.0] {
        let fetch = effective_m(coast, place, from_deg + share * error)?;
        (low, high) = (low.min(fetch), high.max(fetch));
    }
    // to a hundred metres: the shoreline is that of high water, and the echo stays readable
    let rounded = |v: f64| (v / 100.0).round() * 100.0;
    let likely = rounded(effective_m(coast, place, from_deg)?);
    let (low, high) = (rounded(low), rounded(high));
    Ok(if low < high { Belief::Triangular { low, likely, high } } else { Belief::Exact(likely) })
}

/// What is believed of the fetch where the wind's direction is not known, m: least, median and greatest of twelve.
///
/// # Errors
/// [`NoFetch`]
pub fn believed_of_any(coast: &Coast, place: LonLat) -> Result<Belief, NoFetch> {
    let mut all = Vec::with_capacity(12);
    for k in 0..12 {
        all.push((effective_m(coast, place, 30.0 * f64::from(k))? / 100.0).round() * 100.0);
    }
    all.sort_by(f64::total_cmp);
    let (low, likely, high) = (all[0], all[6], all[11]);
    Ok(if low < high { Belief::Triangular { low, likely, high } } else { Belief::Exact(likely) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coast::embedded;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn the_strait_is_narrow_across_and_long_along() {
        let middle = at(1.5, 51.0);
        // Dover to Cap Gris-Nez is 33 km; the middle has less than half of it to either shore.
        let north_west = reach_m(embedded(), middle, 315.0).unwrap();
        let south_east = reach_m(embedded(), middle, 135.0).unwrap();
        assert!((10_000.0..30_000.0).contains(&north_west) && (5_000.0..25_000.0).contains(&south_east));
        let along = effective_m(embedded(), middle, 40.0).unwrap();
        let across = effective_m(embedded(), middle, 315.0).unwrap();
        assert!(along > 3.0 * across, "{along} {across}");
    }

    #[test]
    fn a_belief_holds_its_middle() {
        for from in [0.0, 90.0, 200.0, 320.0] {
            let b = believed(embedded(), at(1.5, 51.0), from).unwrap();
            b.check().unwrap();
            let f = effective_m(embedded(), at(1.5, 51.0), from).unwrap();
            assert!(b.range().0 - 100.0 <= f && f <= b.range().1 + 100.0);
            let any = believed_of_any(embedded(), at(1.5, 51.0)).unwrap();
            assert!(any.range().1 > 2.0 * any.range().0, "{any:?}");
        }
    }

    #[test]
    fn land_and_the_end_of_the_coast_are_said() {
        assert!(matches!(reach_m(embedded(), at(2.3, 49.0), 0.0), Err(NoFetch::Land(_))));
        assert!(matches!(reach_m(embedded(), at(-8.9, 48.0), 270.0), Err(NoFetch::Unknown { .. })));
        assert!(matches!(reach_m(embedded(), at(4.2, 59.6), 0.0), Err(NoFetch::Unknown { .. })));
    }
}
