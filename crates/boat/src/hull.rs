//! The boat itself: a checked description of a tubed inflatable.

use crate::hydrostatics::{Body, Well};
use crate::section::Section;
use std::ops::Deref;
use thiserror::Error;

/// Density of sea water, kg/m3. The reference results use it; the Channel's differs by under 0.3 %.
pub const RHO_KG_M3: f64 = 1025.0;

/// What describes a hull, before it is checked by [`Hull::new`]. Lengths in metres, heights above the lowest point of the tubes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HullSpec {
    /// Length overall, m.
    pub length_m: f64,
    /// Length of a prism with the same tubes and the same volume, m: about 0.9 of the length overall.
    pub effective_length_m: f64,
    /// Beam over the tubes, m.
    pub beam_m: f64,
    /// Diameter of the tubes, m.
    pub tube_m: f64,
    /// Height of the floor, taut, m.
    pub floor_height_m: f64,
    /// How far the loaded floor hangs below that, m.
    pub floor_sag_m: f64,
    /// Mass of hull, engine, boards and fuel, kg.
    pub hull_mass_kg: f64,
    /// Height of the centre of that mass, m.
    pub hull_centre_m: f64,
    /// Height of the upper edge of the transom's cut-out, m.
    pub transom_height_m: f64,
    /// Number of separate air chambers in the whole boat; each holds the same part of its tubes.
    pub chambers: u32,
    /// Share of its full volume that the port tube still displaces, 0 to 1.
    pub share_port: f64,
    /// The same for the starboard tube.
    pub share_starboard: f64,
    /// How far the crown of a soft tube sinks: 0 keeps it at the full diameter, 1 takes it down to what a limp loaded tube
    /// of the same perimeter stands ([`crate::chambers::crown_height_m`]).
    pub limpness: f64,
    /// Trim, draught at the bow less draught at the stern, m: positive down by the bow. Zero where nobody reported one.
    pub trim_m: f64,
}

/// The three classes, by effective length, beam and tube.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// 7.0 m x 2.0 m x 0.45 m.
    Small,
    /// 8.5 m x 2.2 m x 0.50 m.
    Medium,
    /// 10.0 m x 2.4 m x 0.60 m.
    Large,
}

impl HullSpec {
    /// The firm boat of a class as the reference results have it: floor at 0.05 m, hull mass 250 + 10 (L - 7) kg at 0.30 m,
    /// transom of 15 inches, four chambers. Here the effective length is that of the class.
    #[must_use]
    pub fn reference(class: Class) -> Self {
        let (length, beam_m, tube_m) = match class {
            Class::Small => (7.0, 2.0, 0.45),
            Class::Medium => (8.5, 2.2, 0.50),
            Class::Large => (10.0, 2.4, 0.60),
        };
        Self {
            length_m: length / 0.9,
            effective_length_m: length,
            beam_m,
            tube_m,
            floor_height_m: 0.05,
            floor_sag_m: 0.0,
            hull_mass_kg: 250.0 + 10.0 * (length - 7.0),
            hull_centre_m: 0.30,
            transom_height_m: 0.381,
            chambers: 4,
            share_port: 1.0,
            share_starboard: 1.0,
            limpness: 0.0,
            trim_m: 0.0,
        }
    }
}

/// What is wrong with a hull: the field, its value, what it may be.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum HullError {
    /// A figure that is no number or outside its range.
    #[error("{field} is {value}{}; it must lie between {low} and {high}{}", suffix(unit), suffix(unit))]
    OutOfRange {
        /// Name of the field.
        field: &'static str,
        /// What was given.
        value: f64,
        /// Smallest value accepted.
        low: f64,
        /// Largest value accepted.
        high: f64,
        /// Unit of all three.
        unit: &'static str,
    },
    /// Tubes wider together than the boat.
    #[error("two tubes of {tube_m} m do not fit into a beam of {beam_m} m")]
    TubesOverlap {
        /// Diameter of a tube.
        tube_m: f64,
        /// Beam over the tubes.
        beam_m: f64,
    },
    /// A prism longer than the boat.
    #[error("the effective length {effective_length_m} m exceeds the length overall {length_m} m")]
    LongerThanItself {
        /// Effective length.
        effective_length_m: f64,
        /// Length overall.
        length_m: f64,
    },
}

/// The unit as it follows a number: nothing where there is none.
fn suffix(unit: &str) -> String {
    if unit == "1" { String::new() } else { format!(" {unit}") }
}

/// A hull whose figures have been checked. Reads as a [`HullSpec`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hull(HullSpec);

impl Deref for Hull {
    type Target = HullSpec;

    fn deref(&self) -> &HullSpec {
        &self.0
    }
}

impl Hull {
    /// Checks a description.
    ///
    /// # Errors
    /// [`HullError`]: the first figure that is not finite or outside its range, tubes that overlap, a prism longer than the boat.
    pub fn new(spec: HullSpec) -> Result<Self, HullError> {
        let s = &spec;
        let tube = s.tube_m;
        let ranges = [
            ("length", s.length_m, 2.0, 25.0, "m"),
            ("effective_length", s.effective_length_m, 1.0, 25.0, "m"),
            ("beam", s.beam_m, 0.8, 6.0, "m"),
            ("tube", tube, 0.15, 1.5, "m"),
            ("floor_sag", s.floor_sag_m, 0.0, 0.3, "m"),
            ("floor_height", s.floor_height_m, 0.0, 0.9 * tube, "m"),
            ("hull_mass", s.hull_mass_kg, 10.0, 10_000.0, "kg"),
            ("hull_centre", s.hull_centre_m, 0.0, 2.0, "m"),
            ("transom_height", s.transom_height_m, 0.0, 1.5, "m"),
            ("chambers", f64::from(s.chambers), 1.0, 16.0, "1"),
            ("share_port", s.share_port, 0.0, 1.0, "1"),
            ("share_starboard", s.share_starboard, 0.0, 1.0, "1"),
            ("limpness", s.limpness, 0.0, 1.0, "1"),
            ("trim", s.trim_m, -2.0, 2.0, "m"),
        ];
        for (field, value, low, high, unit) in ranges {
            // Written so that NaN fails.
            if !(value >= low && value <= high) {
                return Err(HullError::OutOfRange { field, value, low, high, unit });
            }
        }
        if 2.0 * tube > s.beam_m {
            return Err(HullError::TubesOverlap { tube_m: tube, beam_m: s.beam_m });
        }
        if s.effective_length_m > s.length_m {
            return Err(HullError::LongerThanItself { effective_length_m: s.effective_length_m, length_m: s.length_m });
        }
        Ok(Self(spec))
    }

    /// Half the distance between the centre lines of the tubes, m: `b = (W - D) / 2`. The crowns lie there.
    #[must_use]
    pub fn half_spacing_m(&self) -> f64 {
        0.5 * (self.beam_m - self.tube_m)
    }

    /// The section that all strips of the prism share, with the floor as it hangs.
    #[must_use]
    pub fn section(&self) -> Section {
        Section {
            half_spacing_m: self.half_spacing_m(),
            radius_m: 0.5 * self.tube_m,
            floor_m: self.floor_height_m - self.floor_sag_m,
            top_m: self.tube_m,
        }
    }

    /// The prism that floats, its well dry or open to the sea.
    #[must_use]
    pub fn body(&self, well: Well) -> Body {
        Body {
            section: self.section(),
            length_m: self.effective_length_m,
            shares: [self.share_port, self.share_starboard],
            crowns_m: [self.share_port, self.share_starboard]
                .map(|share| crate::chambers::crown_height_m(self.tube_m, share, self.limpness)),
            well,
        }
    }

    /// The same hull with other buoyant shares.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_shares(&self, port: f64, starboard: f64) -> Result<Self, HullError> {
        Self::new(HullSpec { share_port: port, share_starboard: starboard, ..self.0 })
    }

    /// The same hull with other limpness, clamped to 0..1.
    #[must_use]
    pub fn with_limpness(&self, limpness: f64) -> Self {
        Self(HullSpec { limpness: limpness.clamp(0.0, 1.0), ..self.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_field_its_value_and_range() {
        let mut spec = HullSpec::reference(Class::Medium);
        spec.beam_m = f64::NAN;
        let e = Hull::new(spec).unwrap_err();
        assert!(matches!(e, HullError::OutOfRange { field: "beam", .. }), "{e}");
        spec.beam_m = 0.9;
        assert!(matches!(Hull::new(spec), Err(HullError::TubesOverlap { .. })));
        spec = HullSpec::reference(Class::Small);
        spec.effective_length_m = spec.length_m + 0.1;
        assert!(matches!(Hull::new(spec), Err(HullError::LongerThanItself { .. })));
        spec = HullSpec::reference(Class::Small);
        spec.share_port = 1.01;
        let e = Hull::new(spec).unwrap_err().to_string();
        assert_eq!(e, "share_port is 1.01; it must lie between 0 and 1");
    }
}
