//! Where land is, as drift asks it: of whoever keeps the coast.

use plimsoll_core::earth::LonLat;
use plimsoll_sea::coast::Coast;
use plimsoll_sea::grid::projection;

/// What a way from one place to another meets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meeting {
    /// No shore.
    Clear,
    /// The shore, first at this place (longitude, latitude, degrees), which lies on the way.
    Shore([f64; 2]),
    /// It leaves what the coast covers.
    Unknown,
}

/// The land. Places are longitude and latitude, degrees.
pub trait Land: Sync {
    /// A distance, m, within which there is certainly no shore; 0 where that is not known. Quick, and need not be sharp.
    fn clear_m(&self, place: [f64; 2]) -> f64;

    /// Whether there is land at all; without any, nobody looks for it.
    fn exists(&self) -> bool {
        true
    }

    /// Whether the place is land; `None` outside what the coast covers.
    fn is_land(&self, place: [f64; 2]) -> Option<bool>;

    /// The first meeting with the shore on the straight way (in longitude and latitude).
    fn first_crossing(&self, from: [f64; 2], to: [f64; 2]) -> Meeting;
}

/// No land anywhere: nothing strands.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoLand;

impl Land for NoLand {
    fn exists(&self) -> bool {
        false
    }

    fn clear_m(&self, _: [f64; 2]) -> f64 {
        f64::INFINITY
    }

    fn is_land(&self, _: [f64; 2]) -> Option<bool> {
        Some(false)
    }

    fn first_crossing(&self, _: [f64; 2], _: [f64; 2]) -> Meeting {
        Meeting::Clear
    }
}

impl Land for Coast {
    fn clear_m(&self, [lon, lat]: [f64; 2]) -> f64 {
        LonLat::new(lon, lat).map_or(0.0, |p| Self::clear_m(self, p))
    }

    fn is_land(&self, [lon, lat]: [f64; 2]) -> Option<bool> {
        Self::is_land(self, LonLat::new(lon, lat).ok()?)
    }

    fn first_crossing(&self, from: [f64; 2], to: [f64; 2]) -> Meeting {
        let place = |[lon, lat]: [f64; 2]| LonLat::new(lon, lat);
        let (Ok(from), Ok(to)) = (place(from), place(to)) else { return Meeting::Unknown };
        match Self::first_crossing(self, from, to) {
            Ok(crossing) => crossing.map_or(Meeting::Clear, |c| Meeting::Shore([c.at.lon_deg(), c.at.lat_deg()])),
            Err(_) => Meeting::Unknown,
        }
    }
}

/// Land on the right-hand side of a straight line (longitude, latitude), as one looks from its first point to its second, no
/// deeper than `depth_deg`: a known coast, straight or a spit, for tests and examples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bank {
    /// First point of the shore.
    pub from: [f64; 2],
    /// Second point of the shore.
    pub to: [f64; 2],
    /// Depth of the land, degrees across the line.
    pub depth_deg: f64,
}

impl Bank {
    /// Degrees right of the line.
    fn right(&self, p: [f64; 2]) -> f64 {
        let d = [self.to[0] - self.from[0], self.to[1] - self.from[1]];
        let length = (d[0] * d[0] + d[1] * d[1]).sqrt();
        (d[1] * (p[0] - self.from[0]) - d[0] * (p[1] - self.from[1])) / length
    }
}

impl Land for Bank {
    fn clear_m(&self, place: [f64; 2]) -> f64 {
        let right = self.right(place);
        let away = if right < 0.0 { -right } else { right - self.depth_deg };
        // the shorter of the two degrees, so that it never promises too much
        let [east, north] = projection::metres_per_degree(place[1]);
        (away * east.min(north)).max(0.0)
    }

    fn is_land(&self, place: [f64; 2]) -> Option<bool> {
        Some((0.0..=self.depth_deg).contains(&self.right(place)))
    }

    fn first_crossing(&self, from: [f64; 2], to: [f64; 2]) -> Meeting {
        let (a, b) = (self.right(from), self.right(to));
        let shore = if a < 0.0 { 0.0 } else { self.depth_deg };
        if (a < shore) == (b < shore) {
            return Meeting::Clear;
        }
        let share = (shore - a) / (b - a);
        Meeting::Shore([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])])
    }
}

/// Where the reference model puts a stranded particle: the first land it meets on a lattice of 0.001 degrees over the box
/// around the step, row by row from the start. Not on the track; for comparison alone.
pub(crate) fn reference_snap<L: Land>(land: &L, from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
    const STEP_DEG: f64 = 0.001;
    let count = |k: usize| ((to[k] - from[k]).abs() / STEP_DEG).ceil().clamp(1.0, 1000.0) as usize + 1;
    let at = |k: usize, i: usize, n: usize| from[k] + (to[k] - from[k]) * (i as f64 / (n - 1) as f64);
    let [nx, ny] = [count(0), count(1)];
    for j in 0..ny {
        for i in 0..nx {
            let p = [at(0, i, nx), at(1, j, ny)];
            if land.is_land(p) == Some(true) {
                return p;
            }
        }
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bank_is_met_on_the_track() {
        let bank = Bank { from: [1.0, 50.0], to: [1.0, 51.0], depth_deg: 0.1 };
        assert_eq!(bank.is_land([1.05, 50.5]), Some(true));
        assert_eq!(bank.is_land([0.95, 50.5]), Some(false));
        let Meeting::Shore(at) = bank.first_crossing([0.9, 50.2], [1.3, 50.4]) else { panic!("jumped over") };
        assert!((at[0] - 1.0).abs() < 1e-12 && (at[1] - 50.25).abs() < 1e-12);
        assert_eq!(bank.first_crossing([0.9, 50.2], [0.99, 50.4]), Meeting::Clear);
        assert!(bank.clear_m([0.9, 50.5]) > 6000.0 && bank.clear_m([1.02, 50.5]) == 0.0);
    }
}
