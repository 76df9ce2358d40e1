//! Where a step first meets the shore.

use super::format::{Coast, LAND};
use super::lattice::{At, CELL, Way, each_crossed};
use plimsoll_core::earth::LonLat;
use thiserror::Error;

/// Longest way that is followed, lattice steps either way: products of twice as much fit 63 bits. 32 degrees.
const LONGEST: i64 = 1 << 30;
/// How far before the shore the last place on the near side is looked for first, lattice steps: some 13 mm.
const BACK: f64 = 4.0;

/// The first meeting of a track with the shore.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Share of the track before it, 0 to 1.
    pub fraction: f64,
    /// Where: on the shore, within 7 mm.
    pub at: LonLat,
    /// A place on the track before that, on the near side: [`Coast::is_land`] is what it is at the start. It lies within a metre of the
    /// shore; on a track that meets the shore squarely, 2 cm before it.
    pub before: LonLat,
}

/// What a track meets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Track {
    /// Whether it starts on land.
    pub from_land: bool,
    /// Whether it ends on land.
    pub to_land: bool,
    /// Its first meeting with the shore, from either side.
    pub crossing: Option<Crossing>,
}

/// Why a track cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TrackError {
    /// An end lies outside the tiles.
    #[error("the track leaves the coast tiles")]
    Outside,
    /// Longer than any step.
    #[error("the track is longer than 32 degrees")]
    TooLong,
}

impl Coast {
    /// Follows the straight way in longitude and latitude from one place to another until it first meets the shore.
    ///
    /// Straight in longitude and latitude is straight on any [`plimsoll_core::earth::LocalPlane`]; it leaves the geodesic
    /// between the same ends by at most `length^2 tan(latitude) / (8 x 6.37e6 m)`: 0.03 m on 1 km and 2.7 m on 10 km at 54 degrees.
    ///
    /// Exact at shared corners and along edges: two tracks that follow each other miss nothing between them, and a track and
    /// its reverse agree on whether there is a crossing. Where the shore is far, this costs two looks at a table.
    ///
    /// # Errors
    /// [`TrackError`]
    #[inline]
    pub fn first_crossing(&self, from: LonLat, to: LonLat) -> Result<Track, TrackError> {
        let (p, q) = (At::of(from), At::of(to));
        let ([c0, r0], [c1, r1]) = (p.cell(), q.cell());
        let region = self.region();
        let (Some(start), Some(_)) = (region.cell(c0, r0), region.cell(c1, r1)) else {
            return Err(TrackError::Outside);
        };
        let class = self.class(start);
        // The square of cells around it is all alike, and a square holds every straight way between two of its places.
        if (c1 - c0).abs().max((r1 - r0).abs()) < i64::from(class & !LAND) {
            return Ok(Track { from_land: class > LAND, to_land: class > LAND, crossing: None });
        }
        if (q.x - p.x).abs().max((q.y - p.y).abs()) >= LONGEST {
            return Err(TrackError::TooLong);
        }
        Ok(self.search(from, to, Way { p, q }))
    }

    /// A distance, m, within which there is no shore, and all is known: quick, and far from sharp. Zero near the shore and
    /// outside the tiles.
    #[must_use]
    #[inline]
    pub fn clear_m(&self, place: LonLat) -> f64 {
        /// Length of a minute of arc of latitude is nowhere less, m.
        const CELL_M: f64 = 110_574.0 / 64.0;
        let [column, row] = At::of(place).cell();
        let Some(cell) = self.region().cell(column, row) else { return 0.0 };
        let cells = f64::from((self.class(cell) & !LAND).saturating_sub(1));
        // The northernmost parallel that such a square can touch is the narrowest.
        let lat = (place.lat_deg().abs() + (cells + 1.0) / 64.0).min(90.0);
        cells * CELL_M * plimsoll_core::maths::cos(lat.to_radians())
    }

    fn search(&self, from: LonLat, to: LonLat, way: Way) -> Track {
        let from_land = self.is_land_at(way.p).unwrap_or_default();
        let Some(fraction) = self.first_fraction(way) else {
            return Track { from_land, to_land: from_land, crossing: None };
        };
        let to_land = self.is_land_at(way.q).unwrap_or_default();
        let place = |share: f64| {
            let between = |a: f64, b: f64| a + share * (b - a);
            LonLat::new(between(from.lon_deg(), to.lon_deg()), between(from.lat_deg(), to.lat_deg())).unwrap_or(from)
        };
        let steps = (way.q.x - way.p.x).abs().max((way.q.y - way.p.y).abs()) as f64;
        let mut back = BACK / steps;
        let before = loop {
            let share = fraction - back;
            if share <= 0.0 {
                break from;
            }
            if self.is_land(place(share)) == Some(from_land) {
                break place(share);
            }
            back *= 2.0;
        };
        Track { from_land, to_land, crossing: Some(Crossing { fraction, at: place(fraction), before }) }
    }

    /// The smallest share of the way at which it crosses an edge: all cells that it touches, column by column.
    fn first_fraction(&self, way: Way) -> Option<f64> {
        let Way { p, q } = way;
        let ([c0, r0], [c1, r1]) = (p.cell(), q.cell());
        let (dx, dy) = ((q.x - p.x) as f64, (q.y - p.y) as f64);
        let east = i64::from(c1 > c0);
        let mut best: Option<f64> = None;
        let mut share_in = 0.0;
        for i in 0..=(c1 - c0).abs() {
            let column = c0 + i * (c1 - c0).signum();
            let border = (column + east) * CELL;
            let share_out = if column == c1 { 1.0 } else { (border - p.x) as f64 / dx };
            let (y_in, y_out) = (p.y as f64 + share_in * dy, p.y as f64 + share_out * dy);
            // Two steps of room are more than rounding can take.
            let row = |y: f64| (y as i64).div_euclid(CELL).clamp(r0.min(r1), r0.max(r1));
            for row in row(y_in.min(y_out) - 2.0)..=row(y_in.max(y_out) + 2.0) {
                let Some(cell) = self.region().cell(column, row) else { continue };
                if self.class(cell) != 0 {
                    continue;
                }
                let here = Way { p: p.from(cell.origin), q: q.from(cell.origin) };
                self.each_run(cell, |run| {
                    each_crossed(here, run.lattice(), |a, b| {
                        let share = here.fraction(a, b);
                        if best.is_none_or(|s| share < s) {
                            best = Some(share);
                        }
                    });
                });
            }
            // Anything before this was in the columns so far.
            if best.is_some_and(|s| s <= share_out) {
                break;
            }
            share_in = share_out;
        }
        best
    }
}
