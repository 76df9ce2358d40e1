//! Known problems with exact answers: one definition for tests, validation page and docs.

use crate::hull::RHO_KG_M3;
use crate::hydrostatics::{Body, Condition, HydrostaticsError, Well};
use crate::section::Section;
use plimsoll_core::maths;
use std::f64::consts::PI;

/// A rectangular barge with vertical sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoxBarge {
    /// Beam, m.
    pub beam_m: f64,
    /// Draught, m.
    pub draught_m: f64,
    /// Depth from keel to deck edge, m.
    pub depth_m: f64,
    /// Length, m.
    pub length_m: f64,
    /// Height of the centre of gravity above the keel, m.
    pub kg_m: f64,
}

impl BoxBarge {
    /// The barge of validation case V1.
    pub const V1: Self = Self { beam_m: 4.0, draught_m: 1.0, depth_m: 2.0, length_m: 10.0, kg_m: 1.2 };

    /// It, afloat: a well without tubes.
    ///
    /// # Errors
    /// [`HydrostaticsError::Sinks`] for a draught beyond the depth.
    pub fn afloat(&self) -> Result<Condition, HydrostaticsError> {
        self.with_water(0.0)
    }

    /// It, with `depth_m` of water on its bottom when upright, at the same mass without it.
    ///
    /// # Errors
    /// As [`Self::afloat`].
    pub fn with_water(&self, depth_m: f64) -> Result<Condition, HydrostaticsError> {
        let body = Body {
            section: Section { half_spacing_m: 0.5 * self.beam_m, radius_m: 0.0, floor_m: 0.0, top_m: self.depth_m },
            length_m: self.length_m,
            shares: [1.0, 1.0],
            crowns_m: [self.depth_m; 2],
            well: Well::Dry,
        };
        let area = self.beam_m * self.length_m;
        let mass = RHO_KG_M3 * area * self.draught_m;
        Condition::of_body(body, mass, [0.0, self.kg_m], area * depth_m)
    }

    /// `BM = B^2 / (12 T)`, m.
    #[must_use]
    pub fn bm_m(&self) -> f64 {
        self.beam_m * self.beam_m / (12.0 * self.draught_m)
    }

    /// `GM = T/2 + BM - KG`, m.
    #[must_use]
    pub fn gm_m(&self) -> f64 {
        0.5 * self.draught_m + self.bm_m() - self.kg_m
    }

    /// Wall-sided formula, exact until the deck edge or the bilge meets the water:
    /// `GZ = sin(phi) (GM + BM tan^2(phi) / 2)`, m.
    #[must_use]
    pub fn gz_m(&self, phi_rad: f64) -> f64 {
        let t = maths::tan(phi_rad);
        maths::sin(phi_rad) * (self.gm_m() + 0.5 * self.bm_m() * t * t)
    }

    /// Metacentric height with a depth `d` of water over the whole bottom, m. The water adds its weight and loses its free surface:
    /// `GM = T'/2 + B^2/(12 T') - (T KG + d d/2)/T' - B^2/(12 T')`, `T' = T + d`.
    #[must_use]
    pub fn gm_with_water_m(&self, depth_m: f64) -> f64 {
        let draught = self.draught_m + depth_m;
        0.5 * draught - (self.draught_m * self.kg_m + 0.5 * depth_m * depth_m) / draught
    }

    /// Righting lever with water aboard, m: sea and water both wall-sided, while the water covers the bottom
    /// (`tan(phi) < 2 d / B`) and neither deck edge nor bilge meets the sea. The two wedges cancel but for the difference of their
    /// arms: `GZ = sin(phi) GM'`, the same second-order term for both.
    #[must_use]
    pub fn gz_with_water_m(&self, depth_m: f64, phi_rad: f64) -> f64 {
        maths::sin(phi_rad) * self.gm_with_water_m(depth_m)
    }
}

/// A floating cylinder: its lever does not depend on its draught.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cylinder {
    /// Radius, m.
    pub radius_m: f64,
    /// Height of the centre of gravity above the lowest point, m.
    pub kg_m: f64,
    /// Part of the volume that is immersed.
    pub immersed: f64,
}

impl Cylinder {
    /// It, afloat: two tubes in one place, each with half a share.
    ///
    /// # Errors
    /// [`HydrostaticsError`] if the immersed part is no part.
    pub fn afloat(&self) -> Result<Condition, HydrostaticsError> {
        let r = self.radius_m;
        let body = Body {
            section: Section { half_spacing_m: 0.0, radius_m: r, floor_m: 0.0, top_m: 2.0 * r },
            length_m: 8.0,
            shares: [0.5, 0.5],
            crowns_m: [2.0 * r; 2],
            well: Well::Open,
        };
        let mass = RHO_KG_M3 * self.immersed * PI * r * r * body.length_m;
        Condition::of_body(body, mass, [0.0, self.kg_m], 0.0)
    }

    /// `GZ = (r - KG) sin(phi)`, m.
    #[must_use]
    pub fn gz_m(&self, phi_rad: f64) -> f64 {
        (self.radius_m - self.kg_m) * maths::sin(phi_rad)
    }
}

/// Two cylinders side by side, half immersed, nothing between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwinCylinders {
    /// Beam over both, m.
    pub beam_m: f64,
    /// Diameter, m.
    pub tube_m: f64,
    /// Length, m.
    pub length_m: f64,
    /// Height of the centre of gravity above the lowest point, m.
    pub kg_m: f64,
}

impl TwinCylinders {
    /// The pair of validation case V3.
    pub const V3: Self = Self { beam_m: 2.2, tube_m: 0.5, length_m: 8.5, kg_m: 0.65 };

    fn spacing_m(&self) -> f64 {
        0.5 * (self.beam_m - self.tube_m)
    }

    /// Mass that immerses half of them, kg.
    #[must_use]
    pub fn mass_kg(&self) -> f64 {
        RHO_KG_M3 * PI * self.tube_m * self.tube_m / 4.0 * self.length_m
    }

    /// They, afloat.
    ///
    /// # Errors
    /// [`HydrostaticsError`] for sizes that are none.
    pub fn afloat(&self) -> Result<Condition, HydrostaticsError> {
        let body = Body {
            section: Section {
                half_spacing_m: self.spacing_m(),
                radius_m: 0.5 * self.tube_m,
                floor_m: 0.05,
                top_m: self.tube_m,
            },
            length_m: self.length_m,
            shares: [1.0, 1.0],
            crowns_m: [self.tube_m; 2],
            well: Well::Open,
        };
        Condition::of_body(body, self.mass_kg(), [0.0, self.kg_m], 0.0)
    }

    /// `GM = r - 4 r / (3 pi) + I / V - KG`, `I = 2 L (D^3/12 + D b^2)`, m.
    #[must_use]
    pub fn gm_m(&self) -> f64 {
        let (d, b) = (self.tube_m, self.spacing_m());
        let inertia = 2.0 * self.length_m * (d * d * d / 12.0 + d * b * b);
        0.5 * d - 2.0 * d / (3.0 * PI) + inertia * RHO_KG_M3 / self.mass_kg() - self.kg_m
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_barge_is_solved_to_rounding() {
        let barge = BoxBarge::V1;
        let afloat = barge.afloat().unwrap();
        assert!((afloat.gm_m() - barge.gm_m()).abs() < 1e-12);
        assert!((afloat.draught_m() - 1.0).abs() < 1e-12);
        for degrees in [-25.0, -10.0, 0.5, 5.0, 10.0, 20.0, 26.0] {
            let phi = f64::to_radians(degrees);
            assert!((afloat.gz(phi).gz_m - barge.gz_m(phi)).abs() < 1e-12, "{degrees}");
        }
    }

    /// Unstable upright, a box lolls to `tan(phi) = sqrt(-2 GM / BM)`.
    #[test]
    fn a_top_heavy_barge_lolls() {
        let barge = BoxBarge { kg_m: 1.85, ..BoxBarge::V1 };
        let expected = maths::atan((-2.0 * barge.gm_m() / barge.bm_m()).sqrt());
        let rest = barge.afloat().unwrap().equilibrium().unwrap();
        assert!((rest.heel_rad - expected).abs() < 1e-9, "{} {expected}", rest.heel_rad);
    }

    /// While its water covers the bottom, the barge's two second-order wedges cancel and the lever is exactly `GM sin(phi)`.
    #[test]
    fn the_box_barge_with_water_is_solved_to_rounding() {
        let barge = BoxBarge::V1;
        for depth in [0.2, 0.4, 0.6] {
            let afloat = barge.with_water(depth).unwrap();
            assert!((afloat.gm_m() - barge.gm_with_water_m(depth)).abs() < 1e-12, "{depth}");
            let deck = barge.depth_m - barge.draught_m - depth;
            let widest = maths::atan(2.0 * deck.min(depth) / barge.beam_m);
            for part in [-0.9, -0.3, 0.2, 0.7, 0.99] {
                let phi = part * widest;
                let e = afloat.gz(phi).gz_m - barge.gz_with_water_m(depth, phi);
                assert!(e.abs() < 1e-12, "{depth} {part}: {e}");
            }
        }
    }

    #[test]
    fn the_cylinder_is_solved_to_rounding_at_any_draught() {
        for kg_m in [0.05, 0.15, 0.25, 0.35] {
            for immersed in [0.02, 0.3, 0.5, 0.9, 0.999] {
                let c = Cylinder { radius_m: 0.25, kg_m, immersed };
                let afloat = c.afloat().unwrap();
                assert!((afloat.gm_m() - (0.25 - kg_m)).abs() < 1e-9);
                for degrees in [-70.0, 5.0, 20.0, 60.0] {
                    let phi = f64::to_radians(degrees);
                    let e = afloat.gz(phi).gz_m - c.gz_m(phi);
                    assert!(e.abs() < 1e-10, "{kg_m} {immersed} {degrees}: {e}");
                }
            }
        }
    }

    #[test]
    fn the_twin_cylinders_are_solved_to_rounding() {
        let twin = TwinCylinders::V3;
        assert!((twin.mass_kg() - 1710.7).abs() < 0.05);
        assert!((twin.afloat().unwrap().gm_m() - twin.gm_m()).abs() < 1e-10);
        assert!((twin.gm_m() - 3.2797).abs() < 5e-5);
    }
}
