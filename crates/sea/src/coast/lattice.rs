//! Whole-number geometry: the lattice on which corners, cells and places lie, and sides of lines.
//!
//! A degree has 65535 units, the steps of the shoreline's corners, and a unit 512 lattice steps (3.3 mm of latitude). A cell
//! is 1/64 degree, a sub-cell an eighth of that. Corners have even coordinates, places odd ones. What is left of ties, a corner exactly
//! on a line between two places or a place exactly on an edge, is settled as if all places lay a hair further east.

use plimsoll_core::earth::LonLat;

/// Units of a degree.
pub const UNITS: i64 = 65_535;
/// Lattice steps of a unit.
pub const UNIT: i64 = 512;
/// Lattice steps of a degree.
pub const DEGREE: i64 = UNITS * UNIT;
/// Cells of a degree.
pub const CELLS: i64 = 64;
/// Lattice steps of a cell.
pub const CELL: i64 = DEGREE / CELLS;
/// Cells of a bin.
pub const BIN_CELLS: usize = (CELLS * CELLS) as usize;
/// Sub-cells along a side of a cell.
pub const SUBS: i64 = 8;
/// Lattice steps of a sub-cell.
pub const SUB: i64 = CELL / SUBS;

/// A place or a corner on the lattice: east and north.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    pub x: i64,
    pub y: i64,
}

/// The odd lattice place of the box that holds a coordinate.
#[inline]
fn snap(deg: f64) -> i64 {
    /// Makes every coordinate positive, where cutting off is rounding down; what it costs is 3e-14 degrees.
    const TURN: i64 = 360;
    const HALF: i64 = DEGREE / 2;
    2 * (((deg + TURN as f64) * HALF as f64) as i64 - TURN * HALF) + 1
}

impl At {
    /// The place, rounded to the middle of its box.
    #[inline]
    pub fn of(place: LonLat) -> Self {
        Self { x: snap(place.lon_deg()), y: snap(place.lat_deg()) }
    }

    /// Column and row of its cell, counted from the meridian of Greenwich and the equator.
    #[inline]
    pub fn cell(self) -> [i64; 2] {
        [self.x.div_euclid(CELL), self.y.div_euclid(CELL)]
    }

    /// Column and row of its sub-cell, from the same origin as its coordinates.
    #[inline]
    pub fn sub(self) -> [i64; 2] {
        [self.x.div_euclid(SUB), self.y.div_euclid(SUB)]
    }

    /// Seen from `origin`.
    #[inline]
    pub fn from(self, origin: Self) -> Self {
        Self { x: self.x - origin.x, y: self.y - origin.y }
    }
}

/// A corner in units of its bin, on the lattice from the bin's south-west corner.
#[inline]
pub fn corner(units: [u16; 2]) -> At {
    At { x: i64::from(units[0]) * UNIT, y: i64::from(units[1]) * UNIT }
}

/// The way between two places, and which side of it a corner lies on.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    pub p: At,
    pub q: At,
}

impl Way {
    /// Whether `v` lies to the left of the way from `p` to `q`.
    ///
    /// A corner on the way lies west of it, since places lie a hair further east.
    #[inline]
    pub fn left(self, v: At) -> bool {
        let (dx, dy) = (self.q.x - self.p.x, self.q.y - self.p.y);
        let s = dx * (v.y - self.p.y) - dy * (v.x - self.p.x);
        (s > 0) | ((s == 0) & (dy > 0))
    }

    /// Whether the edge from `a` to `b`, of which one end is known to lie left of the way and one right, is crossed by it.
    #[inline]
    pub fn crosses(self, a: At, b: At) -> bool {
        beside(a, b, self.p).1 != beside(a, b, self.q).1
    }

    /// Where along the way it meets the edge from `a` to `b` that it crosses, 0 to 1.
    #[inline]
    pub fn fraction(self, a: At, b: At) -> f64 {
        let (p, q) = (beside(a, b, self.p).0 as f64, beside(a, b, self.q).0 as f64);
        if p == q { 0.0 } else { (p / (p - q)).clamp(0.0, 1.0) }
    }
}

/// Twice the area of the triangle `a`, `b`, `p`, and whether `p` is left of the edge; a place on the edge lies east of it.
#[inline]
fn beside(a: At, b: At, p: At) -> (i64, bool) {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let s = dx * (p.y - a.y) - dy * (p.x - a.x);
    (s, (s > 0) | ((s == 0) & (dy < 0)))
}

/// Whether an odd number of the edges of a chain lies on the way. Without a branch: which edges do is beyond any foresight.
#[inline]
pub fn odd_crossed(way: Way, mut corners: impl Iterator<Item = [u16; 2]>) -> bool {
    let Some(a) = corners.next() else { return false };
    let mut a = corner(a);
    let mut a_left = way.left(a);
    let mut odd = false;
    for b in corners {
        let b = corner(b);
        let b_left = way.left(b);
        odd ^= (a_left ^ b_left) & way.crosses(a, b);
        (a, a_left) = (b, b_left);
    }
    odd
}

/// Calls `f` with the ends of every edge of a chain that a way crosses. Edges wholly beside the way's own rectangle are passed over.
#[inline]
pub fn each_crossed(way: Way, mut corners: impl Iterator<Item = [u16; 2]>, mut f: impl FnMut(At, At)) {
    let unit = |steps: i64| steps.div_euclid(UNIT) as i32;
    let (west, east) = (unit(way.p.x.min(way.q.x)), unit(way.p.x.max(way.q.x)));
    let (south, north) = (unit(way.p.y.min(way.q.y)), unit(way.p.y.max(way.q.y)));
    let code = |v: [u16; 2]| {
        let [x, y] = v.map(i32::from);
        u8::from(x <= west) | u8::from(x > east) << 1 | u8::from(y <= south) << 2 | u8::from(y > north) << 3
    };
    let Some(mut a) = corners.next() else { return };
    let mut before = code(a);
    for b in corners {
        let here = code(b);
        if before & here == 0 {
            let (a, b) = (corner(a), corner(b));
            if way.left(a) != way.left(b) && way.crosses(a, b) {
                f(a, b);
            }
        }
        (a, before) = (b, here);
    }
}
