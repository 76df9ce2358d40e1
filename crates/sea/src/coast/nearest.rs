//! How far the shore is.

use super::format::{Coast, Corners, LAND};
use super::lattice::{At, CELL, DEGREE};
use super::region::Cell;
use plimsoll_core::earth::{LocalPlane, LonLat};
use plimsoll_core::maths::hypot;

/// How far the shore is, as far as was looked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Nearness {
    /// Its nearest point.
    At {
        /// Distance, m.
        distance_m: f64,
        /// Where it is.
        place: LonLat,
    },
    /// Farther than was looked.
    Beyond,
    /// The end of the tiles is nearer than any shore that was found.
    Unknown,
}

/// Distances on the plane that touches the earth at a place.
struct Plane {
    p: At,
    east_m: f64,
    north_m: f64,
}

impl Plane {
    fn at(place: LonLat) -> Self {
        let one_off = |deg: f64| if deg > 0.0 { deg - 1.0 } else { deg + 1.0 };
        let other = LonLat::new(one_off(place.lon_deg()), one_off(place.lat_deg())).unwrap_or(place);
        let [e, n] = LocalPlane::at(place).east_north_m(other);
        Self { p: At::of(place), east_m: e.abs() / DEGREE as f64, north_m: n.abs() / DEGREE as f64 }
    }

    fn east_north_m(&self, at: At) -> [f64; 2] {
        [(at.x - self.p.x) as f64 * self.east_m, (at.y - self.p.y) as f64 * self.north_m]
    }

    /// Distance to the nearest side of a rectangle that holds the place, lattice.
    fn to_sides_m(&self, low: At, high: At) -> f64 {
        let ([w, s], [e, n]) = (self.east_north_m(low), self.east_north_m(high));
        (-w).min(-s).min(e).min(n)
    }
}

impl Coast {
    /// The nearest point of the shore, no farther than `within_m`.
    ///
    /// Distances are those on the plane that touches the earth at the place: within 0.2 % up to 100 km.
    #[must_use]
    pub fn nearest(&self, place: LonLat, within_m: f64) -> Nearness {
        let plane = Plane::at(place);
        let [column, row] = plane.p.cell();
        let Some(cell) = self.region().cell(column, row) else { return Nearness::Unknown };
        let [west, south, east, north] = self.region().bounds_deg().map(|deg| i64::from(deg) * DEGREE);
        let known_m = plane.to_sides_m(At { x: west, y: south }, At { x: east, y: north });
        let mut best: Option<(f64, [f64; 2])> = None;
        let mut ring = i64::from(self.class(cell) & !LAND);
        loop {
            let corner = |c: i64, r: i64| At { x: (column + c) * CELL, y: (row + r) * CELL };
            let free_m = if ring == 0 { 0.0 } else { plane.to_sides_m(corner(1 - ring, 1 - ring), corner(ring, ring)) };
            if free_m > best.map_or(within_m.min(known_m), |(d, _)| d) {
                break;
            }
            for (c, r) in around(ring) {
                if let Some(cell) = self.region().cell(column + c, row + r).filter(|&c| self.class(c) == 0) {
                    self.nearer(cell, &plane, &mut best);
                }
            }
            ring += 1;
        }
        match best {
            Some((d, [e, n])) if d <= within_m && d <= known_m => {
                let deg = |p: i64, m: f64, scale: f64| (p as f64 + m / scale) / DEGREE as f64;
                let (lon, lat) = (deg(plane.p.x, e, plane.east_m), deg(plane.p.y, n, plane.north_m));
                LonLat::new(lon, lat).map_or(Nearness::Unknown, |place| Nearness::At { distance_m: d, place })
            }
            _ if within_m <= known_m => Nearness::Beyond,
            _ => Nearness::Unknown,
        }
    }

    /// The nearest point on the edges of a cell, if nearer than the best so far.
    fn nearer(&self, cell: Cell, plane: &Plane, best: &mut Option<(f64, [f64; 2])>) {
        let mut each = |run: Corners<'_>| {
            let mut corners =
                run.lattice().map(|v| plane.east_north_m(At { x: v.x + cell.origin.x, y: v.y + cell.origin.y }));
            let Some(mut a) = corners.next() else { return };
            for b in corners {
                let d = [b[0] - a[0], b[1] - a[1]];
                let length2 = d[0] * d[0] + d[1] * d[1];
                let t = if length2 > 0.0 { (-(a[0] * d[0] + a[1] * d[1]) / length2).clamp(0.0, 1.0) } else { 0.0 };
                let foot = [a[0] + t * d[0], a[1] + t * d[1]];
                let far = hypot(foot[0], foot[1]);
                if best.is_none_or(|(least, _)| far < least) {
                    *best = Some((far, foot));
                }
                a = b;
            }
        };
        for record in self.shore(cell).records() {
            self.each_run(record, &mut each);
        }
    }
}

/// Columns and rows of the ring of cells that many cells away.
fn around(ring: i64) -> impl Iterator<Item = (i64, i64)> {
    (-ring..=ring).flat_map(move |r| {
        let step = if r.abs() == ring { 1 } else { (2 * ring).max(1) };
        (-ring..=ring).step_by(step as usize).map(move |c| (c, r))
    })
}
