//! Known answers of the tiles that the program carries: C1 and C2.

use super::embedded;
use plimsoll_core::earth::LonLat;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_core::validation::Case;

/// Places whose state everybody knows: latitude, longitude, land.
const PLACES: [(f64, f64, bool); 6] = [
    (51.1296, 1.3215, true), // Dover castle
    (50.948, 1.853, true),   // Calais
    (50.919, 0.965, true),   // Dungeness
    (51.0, 1.5, false),      // mid-strait
    (51.15, 1.8, false),     // Sandettie
    (51.26, 1.52, false),    // Goodwin Sands, which dry and are sea
];

/// Tracks followed.
const TRACKS: u64 = 100_000;

/// Every case.
#[must_use]
pub fn cases() -> Vec<Case> {
    let coast = embedded();
    let right =
        PLACES.iter().filter(|&&(lat, lon, land)| LonLat::new(lon, lat).is_ok_and(|p| coast.is_land(p) == Some(land)));
    vec![
        Case::new(
            "C1",
            "Dover castle, Calais, Dungeness; mid-strait, Sandettie, Goodwin Sands",
            "the chart",
            "places of six that are land or sea as they are",
            "1",
        )
        .value(6.0, 0.0, right.count() as f64),
        Case::new(
            "C2",
            "100,000 random tracks of up to 10 km in the strait",
            "parity: a track changes sides only where it meets the shore",
            "tracks that end on the other side without a crossing",
            "1",
        )
        .value(0.0, 0.0, unseen() as f64),
    ]
}

/// Tracks whose ends differ and that meet no shore, and tracks that could not be followed.
fn unseen() -> usize {
    let (coast, stream) = (embedded(), Stream::new(1));
    let draw = |i, k| stream.uniform(i, k, Purpose::Test, 0);
    let missed = |&i: &u64| {
        let (lon, lat) = (1.0 + draw(i, 0), 50.5 + draw(i, 1));
        let from = LonLat::new(lon, lat);
        let to = LonLat::new(lon + 0.2 * (draw(i, 2) - 0.5), lat + 0.12 * (draw(i, 3) - 0.5));
        let (Ok(from), Ok(to)) = (from, to) else { return true };
        let crossing = coast.first_crossing(from, to);
        coast.is_land(from) != coast.is_land(to) && !matches!(crossing, Ok(Some(_))) || crossing.is_err()
    };
    (0..TRACKS).filter(missed).count()
}
