//! The cross section of a tubed boat, cut by a heeled waterline: areas and moments in closed form.
//!
//! Body axes: `y` to starboard, `z` up from the lowest point of the tubes, upright. Earth axes: the same turned by the heel
//! `phi` (positive: starboard down), about the same origin,
//! `y' = y cos(phi) + z sin(phi)`, `z' = -y sin(phi) + z cos(phi)`. A *level* is a height `z'` of a water surface.

use plimsoll_core::maths;
use std::f64::consts::PI;

/// A heel angle with its sine and cosine, computed once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heel {
    /// Sine.
    pub sin: f64,
    /// Cosine.
    pub cos: f64,
}

impl Heel {
    /// Upright.
    pub const UPRIGHT: Self = Self { sin: 0.0, cos: 1.0 };

    /// The heel of `phi_rad`, positive with starboard down.
    #[must_use]
    pub fn new(phi_rad: f64) -> Self {
        let (sin, cos) = maths::sin_cos(phi_rad);
        Self { sin, cos }
    }

    /// From body axes to earth axes.
    #[must_use]
    pub fn to_earth(self, [y, z]: [f64; 2]) -> [f64; 2] {
        [y * self.cos + z * self.sin, -y * self.sin + z * self.cos]
    }
}

/// Area below a level with its first moments in earth axes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Immersed {
    /// Area, m2.
    pub area_m2: f64,
    /// Area times the `y'` of its centroid, m3.
    pub y_moment_m3: f64,
    /// Area times the `z'` of its centroid, m3.
    pub z_moment_m3: f64,
}

impl Immersed {
    /// The sum of two parts, the second counted `share` times.
    #[must_use]
    pub fn plus(self, share: f64, other: Self) -> Self {
        Self {
            area_m2: self.area_m2 + share * other.area_m2,
            y_moment_m3: self.y_moment_m3 + share * other.y_moment_m3,
            z_moment_m3: self.z_moment_m3 + share * other.z_moment_m3,
        }
    }
}

/// Two equal circles and the rectangle between their centre lines that they do not cover.
///
/// The circles are the tubes, the rest of the rectangle is the well: from the floor to the line of the crowns. With circles
/// of radius zero the section is a box; with no spacing and half a share for each circle it is one cylinder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Section {
    /// Half the distance between the centre lines of the tubes, m.
    pub half_spacing_m: f64,
    /// Radius of the tubes, m.
    pub radius_m: f64,
    /// Height of the floor above the lowest point of the tubes (negative where it sags below them), m.
    pub floor_m: f64,
    /// Height of the upper edge of the well, m: the crowns of the tubes.
    pub top_m: f64,
}

/// The parts of a section below a level.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cut {
    /// Port tube, whole.
    pub port: Immersed,
    /// Starboard tube, whole.
    pub starboard: Immersed,
    /// The well.
    pub well: Immersed,
}

/// Chords of the parts along a level, m: the derivatives of their areas by the level.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Chords {
    /// Port tube.
    pub port_m: f64,
    /// Starboard tube.
    pub starboard_m: f64,
    /// The well.
    pub well_m: f64,
    /// First moment of the well's chord about `y' = 0`, m2.
    pub well_moment_m2: f64,
}

impl Section {
    /// Lowest and highest level that touches the section at this heel.
    #[must_use]
    pub fn span(&self, heel: Heel) -> [f64; 2] {
        let [low, high] = self.well_span(heel);
        let [p, s] = self.centres(heel);
        let r = self.radius_m;
        [low.min(p[1] - r).min(s[1] - r), high.max(p[1] + r).max(s[1] + r)]
    }

    /// Lowest and highest level that touches the rectangle of the well.
    #[must_use]
    pub fn well_span(&self, heel: Heel) -> [f64; 2] {
        self.corners(heel)
            .iter()
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], c| [low.min(c[1]), high.max(c[1])])
    }

    /// Centres of the port and the starboard tube in earth axes.
    #[must_use]
    pub fn centres(&self, heel: Heel) -> [[f64; 2]; 2] {
        let (b, r) = (self.half_spacing_m, self.radius_m);
        [heel.to_earth([-b, r]), heel.to_earth([b, r])]
    }

    /// Corners of the rectangle of the well in earth axes, counter-clockwise from the floor on the port side.
    #[must_use]
    pub fn corners(&self, heel: Heel) -> [[f64; 2]; 4] {
        let b = self.half_spacing_m;
        [[-b, self.floor_m], [b, self.floor_m], [b, self.top_m], [-b, self.top_m]].map(|p| heel.to_earth(p))
    }

    /// Area of one whole tube, m2.
    #[must_use]
    pub fn tube_area_m2(&self) -> f64 {
        PI * self.radius_m * self.radius_m
    }

    /// Area of the whole well, m2.
    #[must_use]
    pub fn well_area_m2(&self) -> f64 {
        self.well_below(Heel::UPRIGHT, self.top_m + 1.0).area_m2
    }

    /// Every part below `level_m`. Exact: circle segments and circles cut by polygons.
    #[must_use]
    pub fn cut(&self, heel: Heel, level_m: f64) -> Cut {
        let [port, starboard] = self.centres(heel).map(|centre| segment(centre, self.radius_m, level_m));
        Cut { port, starboard, well: self.well_below(heel, level_m) }
    }

    /// The well below `level_m`: the rectangle below it, less what the tubes take of it.
    #[must_use]
    pub fn well_below(&self, heel: Heel, level_m: f64) -> Immersed {
        let mut points = [[0.0; 2]; 8];
        let n = clip_below(&self.corners(heel), level_m, &mut points);
        let polygon = &points[..n];
        let mut area = polygon_moments(polygon);
        for centre in self.centres(heel) {
            area = area.plus(-1.0, disc_in_polygon(centre, self.radius_m, polygon));
        }
        area
    }

    /// Chords of the parts along `level_m`.
    #[must_use]
    pub fn chords(&self, heel: Heel, level_m: f64) -> Chords {
        let half = self.centres(heel).map(|c| half_chord(self.radius_m, level_m - c[1]));
        let [well_m, well_moment_m2] = self.well_chord(heel, level_m);
        Chords { port_m: 2.0 * half[0], starboard_m: 2.0 * half[1], well_m, well_moment_m2 }
    }

    /// Length of the well's chord along `level_m` and its first moment. Heels below 90 degrees to either side.
    #[must_use]
    pub fn well_chord(&self, heel: Heel, level_m: f64) -> [f64; 2] {
        WellLines::new(self, heel).chord(level_m)
    }
}

/// Level lines across the well at one heel: what all of them share, for cutting many.
pub(crate) struct WellLines {
    radius_m: f64,
    centres: [[f64; 2]; 2],
    /// Ends of the chord as `offset + slope * level`: at the centre lines of the tubes, at floor and top.
    across: [[f64; 2]; 2],
    up: [[f64; 2]; 2],
    /// Floor and top, where the boat is upright and the chord ends at neither.
    upright: Option<[f64; 2]>,
}

impl WellLines {
    pub(crate) fn new(section: &Section, heel: Heel) -> Self {
        // In body axes a level is the line y = y' cos - level sin, z = y' sin + level cos.
        let b = section.half_spacing_m;
        let tan = heel.sin / heel.cos;
        let end = |z: f64| [z / heel.sin, -heel.cos / heel.sin];
        let (low, high) =
            if heel.sin > 0.0 { (section.floor_m, section.top_m) } else { (section.top_m, section.floor_m) };
        let upright = heel.sin.abs() < 1e-12;
        let open = [[f64::NEG_INFINITY, 0.0], [f64::INFINITY, 0.0]];
        Self {
            radius_m: section.radius_m,
            centres: section.centres(heel),
            across: [[-b / heel.cos, tan], [b / heel.cos, tan]],
            up: if upright { open } else { [end(low), end(high)] },
            upright: upright.then_some([section.floor_m, section.top_m]),
        }
    }

    /// Length and first moment of the chord along a level.
    pub(crate) fn chord(&self, level_m: f64) -> [f64; 2] {
        if self.upright.is_some_and(|[floor, top]| level_m < floor || level_m > top) {
            return [0.0; 2];
        }
        let at = |[offset, slope]: [f64; 2]| offset + slope * level_m;
        let low = at(self.across[0]).max(at(self.up[0]));
        let high = at(self.across[1]).min(at(self.up[1]));
        if high <= low {
            return [0.0; 2];
        }
        let (mut length, mut moment) = (high - low, 0.5 * (high * high - low * low));
        for centre in self.centres {
            let half = half_chord(self.radius_m, level_m - centre[1]);
            let (a, b) = ((centre[0] - half).max(low), (centre[0] + half).min(high));
            if b > a {
                length -= b - a;
                moment -= 0.5 * (b * b - a * a);
            }
        }
        [length, moment]
    }
}

/// Half the chord of a circle at height `above_m` over its centre, m; zero outside.
fn half_chord(radius_m: f64, above_m: f64) -> f64 {
    (radius_m * radius_m - above_m * above_m).max(0.0).sqrt()
}

/// The part of a disc below a level. With `t = (level - centre) / r`:
/// `A = r^2 (acos(-t) + t sqrt(1 - t^2))`, moment about the centre `-(2/3) r^3 (1 - t^2)^(3/2)`.
#[must_use]
pub fn segment(centre: [f64; 2], radius_m: f64, level_m: f64) -> Immersed {
    let above = level_m - centre[1];
    if above <= -radius_m {
        return Immersed::default();
    }
    let half = half_chord(radius_m, above);
    let area_m2 = if above >= radius_m {
        PI * radius_m * radius_m
    } else {
        // The arc tangent of the chord in hand, not the arc cosine: near the crown the two would round apart.
        radius_m * radius_m * maths::atan2(half, -above) + above * half
    };
    Immersed {
        area_m2,
        y_moment_m3: area_m2 * centre[0],
        z_moment_m3: area_m2 * centre[1] - 2.0 / 3.0 * half * half * half,
    }
}

/// The corners of a convex polygon that is the part of `corners` below `level`; gives their number.
fn clip_below(corners: &[[f64; 2]; 4], level: f64, out: &mut [[f64; 2]; 8]) -> usize {
    let mut n = 0;
    for (i, p) in corners.iter().enumerate() {
        let q = corners[(i + 1) % 4];
        let (p_in, q_in) = (p[1] <= level, q[1] <= level);
        if p_in {
            out[n] = *p;
            n += 1;
        }
        if p_in != q_in {
            let s = (level - p[1]) / (q[1] - p[1]);
            out[n] = [p[0] + s * (q[0] - p[0]), level];
            n += 1;
        }
    }
    n
}

/// Area and first moments of a counter-clockwise polygon.
#[must_use]
pub fn polygon_moments(polygon: &[[f64; 2]]) -> Immersed {
    let mut m = Immersed::default();
    for (i, p) in polygon.iter().enumerate() {
        let q = polygon[(i + 1) % polygon.len()];
        let cross = p[0] * q[1] - q[0] * p[1];
        m.area_m2 += cross / 2.0;
        m.y_moment_m3 += (p[0] + q[0]) * cross / 6.0;
        m.z_moment_m3 += (p[1] + q[1]) * cross / 6.0;
    }
    m
}

/// Area and first moments of what a disc and a counter-clockwise polygon share, by Green's theorem: seen from the centre of
/// the disc, each edge gives a triangle where it lies inside the circle and a sector where it lies outside.
#[must_use]
pub fn disc_in_polygon(centre: [f64; 2], radius: f64, polygon: &[[f64; 2]]) -> Immersed {
    let mut m = Immersed::default();
    if radius <= 0.0 {
        return m;
    }
    let from_centre = |p: [f64; 2]| [p[0] - centre[0], p[1] - centre[1]];
    for (i, p) in polygon.iter().enumerate() {
        let (p, q) = (from_centre(*p), from_centre(polygon[(i + 1) % polygon.len()]));
        let d = [q[0] - p[0], q[1] - p[1]];
        let (dd, pd, pp) = (dot(d, d), dot(p, d), dot(p, p));
        if dd <= 0.0 {
            continue;
        }
        let root = pd * pd - dd * (pp - radius * radius);
        let (enter, leave) = if root > 0.0 {
            let root = root.sqrt();
            (((-pd - root) / dd).clamp(0.0, 1.0), ((-pd + root) / dd).clamp(0.0, 1.0))
        } else {
            (1.0, 1.0)
        };
        let at = |s: f64| [p[0] + s * d[0], p[1] + s * d[1]];
        let (a, b) = (at(enter), at(leave));
        if enter > 0.0 {
            add_sector(&mut m, radius, p, a);
        }
        if leave > enter {
            let cross = a[0] * b[1] - a[1] * b[0];
            m.area_m2 += cross / 2.0;
            m.y_moment_m3 += (a[0] + b[0]) * cross / 6.0;
            m.z_moment_m3 += (a[1] + b[1]) * cross / 6.0;
        }
        if leave < 1.0 {
            add_sector(&mut m, radius, b, q);
        }
    }
    m.y_moment_m3 += m.area_m2 * centre[0];
    m.z_moment_m3 += m.area_m2 * centre[1];
    m
}

fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

/// Adds the sector of the circle between the directions of `a` and `b`, both outside or on the circle.
fn add_sector(m: &mut Immersed, r: f64, a: [f64; 2], b: [f64; 2]) {
    let (la, lb) = (dot(a, a).sqrt(), dot(b, b).sqrt());
    if la <= 0.0 || lb <= 0.0 {
        return;
    }
    let angle = maths::atan2(a[0] * b[1] - a[1] * b[0], dot(a, b));
    let r3 = r * r * r / 3.0;
    m.area_m2 += 0.5 * r * r * angle;
    m.y_moment_m3 += r3 * (b[1] / lb - a[1] / la);
    m.z_moment_m3 += r3 * (a[0] / la - b[0] / lb);
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEDIUM: Section = Section { half_spacing_m: 0.85, radius_m: 0.25, floor_m: 0.05, top_m: 0.5 };

    #[test]
    fn a_disc_within_and_around_a_polygon() {
        let square = [[-2.0, -2.0], [2.0, -2.0], [2.0, 2.0], [-2.0, 2.0]];
        let inside = disc_in_polygon([0.3, -0.4], 1.0, &square);
        assert!((inside.area_m2 - PI).abs() < 1e-14);
        assert!((inside.y_moment_m3 - 0.3 * PI).abs() < 1e-14);
        let around = disc_in_polygon([0.3, -0.4], 9.0, &square);
        assert!((around.area_m2 - 16.0).abs() < 1e-12 && around.z_moment_m3.abs() < 1e-12);
        // A quarter disc: the corner at the centre. Centroid 4 r / (3 pi).
        let quarter = disc_in_polygon([-2.0, -2.0], 1.0, &square);
        assert!((quarter.area_m2 - PI / 4.0).abs() < 1e-15);
        assert!((quarter.y_moment_m3 - (1.0 / 3.0 - 2.0 * PI / 4.0)).abs() < 1e-15);
    }

    /// The closed forms against the sum of thin layers, for the chords are an independent path.
    #[test]
    fn cut_is_the_integral_of_the_chords() {
        for degrees in [0.0, 0.3, 7.0, 31.0, 64.0, -18.0] {
            let heel = Heel::new(f64::to_radians(degrees));
            let [low, high] = MEDIUM.span(heel);
            for part in [0.2, 0.5, 0.8, 1.1] {
                let level = low + part * (high - low);
                let n = 40_000;
                let dz = (level - low) / f64::from(n);
                let mut sum = [0.0_f64; 4];
                for i in 0..n {
                    let c = MEDIUM.chords(heel, low + (f64::from(i) + 0.5) * dz);
                    sum[0] += c.port_m * dz;
                    sum[1] += c.starboard_m * dz;
                    sum[2] += c.well_m * dz;
                    sum[3] += c.well_moment_m2 * dz;
                }
                let cut = MEDIUM.cut(heel, level);
                let exact = [cut.port.area_m2, cut.starboard.area_m2, cut.well.area_m2, cut.well.y_moment_m3];
                for (a, b) in sum.iter().zip(exact) {
                    assert!((a - b).abs() < 3e-5, "{degrees} {part}: {a} {b}");
                }
            }
        }
    }

    #[test]
    fn a_segment_of_half_a_disc_has_its_centroid_four_thirds_of_r_over_pi_below() {
        let half = segment([1.0, 2.0], 0.25, 2.0);
        assert!((half.area_m2 - PI * 0.0625 / 2.0).abs() < 1e-16);
        let below = 2.0 - half.z_moment_m3 / half.area_m2;
        assert!((below - 4.0 * 0.25 / (3.0 * PI)).abs() < 1e-15);
    }

    #[test]
    fn a_sagging_floor_adds_its_rectangle() {
        let sagging = Section { floor_m: -0.10, ..MEDIUM };
        let flat = Section { floor_m: 0.0, ..MEDIUM };
        let gain = sagging.well_area_m2() - flat.well_area_m2();
        assert!((gain - 0.10 * 1.7).abs() < 1e-14);
    }
}
