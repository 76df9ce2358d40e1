//! The boat with its length: straight tubes and a bow, cut into strips across.
//!
//! `x` runs forward from the stern. The straight part is cut in the closed forms of [`crate::section`]. The round bow is half a torus
//! about the end of the straight part; a plane across it at distance `xi` cuts, at the height where the tube is `w` wide to each side, from
//! `sqrt((b - w)^2 - xi^2)` to `sqrt((b + w)^2 - xi^2)` off the centre line, exactly. Those outlines are polygons.

use crate::hull::Hull;
use crate::section::{Heel, Immersed, Section, polygon_moments};
use plimsoll_core::maths;
use std::f64::consts::{FRAC_PI_2, PI};

/// Strips of the straight part.
pub const STRAIGHT_STRIPS: usize = 30;
/// Strips of the bow.
pub const BOW_STRIPS: usize = 16;
/// Corners along each side of an outline in the bow.
const OUTLINE: usize = 48;

/// How the tubes end forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bow {
    /// They meet in half a circle. The straight part is as long as leaves the tubes their volume: `L_eff - pi b / 2`.
    Round,
    /// They do not: the prism, for comparison.
    Square,
}

/// What one strip is made of.
enum Outline {
    /// The section of the straight part.
    Straight,
    /// Corners of the starboard tube and of the starboard half of the well, in body axes; the port side is their mirror image.
    Bow { tube: Vec<[f64; 2]>, well: Vec<[f64; 2]> },
}

/// One slice of the boat.
pub struct Strip {
    /// Middle of the strip, m forward of the stern.
    pub x_m: f64,
    /// Its length, m.
    pub length_m: f64,
    /// Sideways place of the crown's line, m.
    pub crown_y_m: f64,
    /// Place along the tube's centre line, from its own stern end, m.
    pub along_m: f64,
    outline: Outline,
}

/// A hull in strips.
pub struct Strips {
    /// From aft forward.
    pub strips: Vec<Strip>,
    /// Section of the straight part.
    pub section: Section,
    /// Length of the centre line of one tube, from the stern to the middle of the bow, m: the effective length.
    pub tube_length_m: f64,
}

/// Areas of a strip below the sea.
#[derive(Clone, Copy, Debug, Default)]
pub struct StripCut {
    /// Port and starboard tube, whole.
    pub tubes: [Immersed; 2],
    /// The well.
    pub well: Immersed,
}

impl Strips {
    /// Cuts a hull into strips. A hull too short for a round bow gets a square one.
    #[must_use]
    pub fn new(hull: &Hull, bow: Bow) -> Self {
        let section = hull.section();
        let b = section.half_spacing_m;
        let tube_length_m = hull.effective_length_m;
        let arc = FRAC_PI_2 * b;
        let round = bow == Bow::Round && tube_length_m > arc;
        let straight = if round { tube_length_m - arc } else { tube_length_m };
        let length = straight / STRAIGHT_STRIPS as f64;
        let mut strips: Vec<Strip> = (0..STRAIGHT_STRIPS)
            .map(|i| {
                let x_m = (i as f64 + 0.5) * length;
                Strip { x_m, length_m: length, crown_y_m: b, along_m: x_m, outline: Outline::Straight }
            })
            .collect();
        if round {
            let length = (b + section.radius_m) / BOW_STRIPS as f64;
            strips.extend((0..BOW_STRIPS).map(|i| {
                let xi = (i as f64 + 0.5) * length;
                let angle = if xi < b { maths::asin(xi / b) } else { FRAC_PI_2 };
                Strip {
                    x_m: straight + xi,
                    length_m: length,
                    crown_y_m: (b * b - xi * xi).max(0.0).sqrt(),
                    along_m: straight + b * angle,
                    outline: bow_outline(&section, xi),
                }
            }));
        }
        Self { strips, section, tube_length_m }
    }

    /// What of a strip lies below a level, at a heel.
    #[must_use]
    pub fn cut(&self, strip: &Strip, heel: Heel, level_m: f64) -> StripCut {
        match &strip.outline {
            Outline::Straight => {
                let cut = self.section.cut(heel, level_m);
                StripCut { tubes: [cut.port, cut.starboard], well: cut.well }
            }
            Outline::Bow { tube, well } => {
                let side = |outline: &[[f64; 2]], sign: f64| below(outline, sign, heel, level_m);
                StripCut {
                    tubes: [side(tube, -1.0), side(tube, 1.0)],
                    well: side(well, -1.0).plus(1.0, side(well, 1.0)),
                }
            }
        }
    }

    /// Volume of both tubes by strips, m3, and as it should be: `2 pi r^2 L_eff`.
    #[must_use]
    pub fn tube_volumes_m3(&self) -> [f64; 2] {
        let whole = |s: &Strip| {
            let cut = self.cut(s, Heel::UPRIGHT, 1e3);
            s.length_m * (cut.tubes[0].area_m2 + cut.tubes[1].area_m2)
        };
        let r = self.section.radius_m;
        [self.strips.iter().map(whole).sum(), 2.0 * PI * r * r * self.tube_length_m]
    }
}

/// Starboard outlines of tube and well where a plane at `xi` cuts the bow.
fn bow_outline(section: &Section, xi: f64) -> Outline {
    let (b, r) = (section.half_spacing_m, section.radius_m);
    let off = |distance: f64| (distance * distance - xi * xi).max(0.0).sqrt();
    let width = |z: f64| (r * r - (z - r) * (z - r)).max(0.0).sqrt();
    // Beyond the crown's line the plane meets the tube only about its middle height.
    let reach = if xi > b { (r * r - (xi - b) * (xi - b)).max(0.0).sqrt() } else { r };
    let heights = |low: f64, high: f64| {
        (0..=OUTLINE).map(move |i| {
            let c = maths::cos(PI * i as f64 / OUTLINE as f64);
            0.5 * (low + high) - 0.5 * (high - low) * c
        })
    };
    let (low, high) = (r - reach, r + reach);
    let outer = heights(low, high).map(|z| [off(b + width(z)), z]);
    let mut inner: Vec<[f64; 2]> =
        heights(low, high).map(|z| [if b - width(z) > xi { off(b - width(z)) } else { 0.0 }, z]).collect();
    inner.reverse();
    let tube = outer.chain(inner).collect();
    let mut well = Vec::new();
    if xi < b {
        let floor = section.floor_m;
        // Below the tubes' lowest line the floor hangs from the inner half of the boat.
        let side = heights(floor, section.top_m).map(|z| {
            let inner = b - width(z.max(0.0));
            [if inner > xi { off(inner) } else { 0.0 }, z]
        });
        well.push([0.0, floor]);
        well.extend(side);
        well.push([0.0, section.top_m]);
    }
    Outline::Bow { tube, well }
}

/// Area and moments in earth axes of an outline, mirrored to port for a negative sign, below a level.
fn below(outline: &[[f64; 2]], sign: f64, heel: Heel, level: f64) -> Immersed {
    let mut points: Vec<[f64; 2]> = Vec::with_capacity(outline.len() + 4);
    let earth = |p: [f64; 2]| heel.to_earth([sign * p[0], p[1]]);
    for (i, p) in outline.iter().enumerate() {
        let (p, q) = (earth(*p), earth(outline[(i + 1) % outline.len()]));
        let (p_in, q_in) = (p[1] <= level, q[1] <= level);
        if p_in {
            points.push(p);
        }
        if p_in != q_in {
            let s = (level - p[1]) / (q[1] - p[1]);
            points.push([p[0] + s * (q[0] - p[0]), level]);
        }
    }
    // The starboard outline runs counter-clockwise, its mirror image clockwise.
    Immersed::default().plus(sign, polygon_moments(&points))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hull::{Class, HullSpec};

    /// V1: the strips of a quarter torus add up to `pi^2 r^2 R / 2`.
    #[test]
    fn strips_of_the_bow_add_up_to_the_torus() {
        for class in [Class::Small, Class::Medium, Class::Large] {
            let hull = Hull::new(HullSpec::reference(class)).unwrap();
            let strips = Strips::new(&hull, Bow::Round);
            assert!(strips.strips.len() >= 40);
            let [sum, exact] = strips.tube_volumes_m3();
            assert!((sum / exact - 1.0).abs() < 1e-3, "{class:?}: {sum} {exact}");
            let (b, r) = (strips.section.half_spacing_m, strips.section.radius_m);
            let bow: f64 = strips.strips[STRAIGHT_STRIPS..]
                .iter()
                .map(|s| s.length_m * strips.cut(s, Heel::UPRIGHT, 9.0).tubes[1].area_m2)
                .sum();
            let quarter = PI * PI * r * r * b / 2.0;
            assert!((bow / quarter - 1.0).abs() < 5e-3, "{class:?}: {bow} {quarter}");
        }
    }

    /// Where the bow begins, its outline is the straight section, whatever the heel.
    #[test]
    fn the_bow_begins_as_the_straight_part_ends() {
        let hull = Hull::new(HullSpec::reference(Class::Medium)).unwrap();
        let mut strips = Strips::new(&hull, Bow::Round);
        strips.strips[STRAIGHT_STRIPS].outline = bow_outline(&strips.section, 1e-9);
        for degrees in [0.0, 12.0, -40.0] {
            let heel = Heel::new(f64::to_radians(degrees));
            for level in [0.0, 0.12, 0.3, 0.45, 0.7] {
                let a = strips.cut(&strips.strips[0], heel, level);
                let b = strips.cut(&strips.strips[STRAIGHT_STRIPS], heel, level);
                for (a, b) in [(a.tubes[0], b.tubes[0]), (a.tubes[1], b.tubes[1]), (a.well, b.well)] {
                    assert!((a.area_m2 - b.area_m2).abs() < 6e-4, "{degrees} {level}: {a:?} {b:?}");
                    assert!((a.y_moment_m3 - b.y_moment_m3).abs() < 6e-4, "{degrees} {level}");
                }
            }
        }
    }
}
