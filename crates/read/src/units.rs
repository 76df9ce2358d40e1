//! Units as files write them, and what they are worth in ours.
//!
//! Field values are kept in SI: m/s, m, s, and degrees Celsius and degrees of arc. A unit that is not in the list is refused:
//! a wind in knots that passes for one in m/s is wrong by two and looks like a wind.

use crate::error::Fault;

/// What a variable is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Speeds, m/s.
    Speed,
    /// Heights and depths, m.
    Length,
    /// Periods, s.
    Period,
    /// Directions, degrees.
    Angle,
    /// Temperatures, degrees Celsius.
    Temperature,
}

/// `ours = scale * theirs + offset`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conversion {
    /// Our units in one of theirs.
    pub scale: f64,
    /// Ours at zero of theirs.
    pub offset: f64,
}

impl Conversion {
    /// Nothing to convert.
    pub const NONE: Self = Self { scale: 1.0, offset: 0.0 };
}

const KNOT: f64 = 1852.0 / 3600.0;

/// Spellings after [`plain`], with what one is worth.
const SPEEDS: [(&str, f64); 19] = [
    ("m/s", 1.0),
    ("ms-1", 1.0),
    ("ms^-1", 1.0),
    ("ms**-1", 1.0),
    ("m.s-1", 1.0),
    ("m.s^-1", 1.0),
    ("meter/second", 1.0),
    ("metre/second", 1.0),
    ("metersecond-1", 1.0),
    ("metresecond-1", 1.0),
    ("meters/second", 1.0),
    ("cm/s", 0.01),
    ("cms-1", 0.01),
    ("cms**-1", 0.01),
    ("kn", KNOT),
    ("kt", KNOT),
    ("kts", KNOT),
    ("knot", KNOT),
    ("knots", KNOT),
];

const LENGTHS: [(&str, f64); 6] =
    [("m", 1.0), ("metre", 1.0), ("meter", 1.0), ("meters", 1.0), ("cm", 0.01), ("km", 1000.0)];

const PERIODS: [(&str, f64); 4] = [("s", 1.0), ("sec", 1.0), ("second", 1.0), ("seconds", 1.0)];

const ANGLES: [(&str, f64); 5] =
    [("degree", 1.0), ("degrees", 1.0), ("deg", 1.0), ("degreetrue", 1.0), ("rad", 180.0 / std::f64::consts::PI)];

const KELVIN: [&str; 4] = ["k", "kelvin", "degk", "degreesk"];
const CELSIUS: [&str; 8] = ["degc", "degreesc", "c", "celsius", "degreec", "degreescelsius", "degreecelsius", "°c"];

impl Measure {
    /// The unit in which values are kept.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Speed => "m/s",
            Self::Length => "m",
            Self::Period => "s",
            Self::Angle => "deg",
            Self::Temperature => "degC",
        }
    }

    /// The units that are read.
    #[must_use]
    pub const fn allowed(self) -> &'static str {
        match self {
            Self::Speed => "m s-1, cm s-1, kn",
            Self::Length => "m, cm, km",
            Self::Period => "s",
            Self::Angle => "degree, rad",
            Self::Temperature => "K, degC",
        }
    }

    /// How values written in `unit` become ours.
    ///
    /// # Errors
    /// [`Fault::Unit`] for one that is not in the list, [`Fault::NoUnit`] for an empty one.
    pub fn conversion(self, unit: &str) -> Result<Conversion, Fault> {
        let plain = plain(unit);
        if plain.is_empty() {
            return Err(Fault::NoUnit { allowed: self.allowed() });
        }
        let scaled = |table: &[(&str, f64)]| {
            table.iter().find(|(name, _)| *name == plain).map(|(_, scale)| Conversion { scale: *scale, offset: 0.0 })
        };
        let found = match self {
            Self::Speed => scaled(&SPEEDS),
            Self::Length => scaled(&LENGTHS),
            Self::Period => scaled(&PERIODS),
            Self::Angle => scaled(&ANGLES),
            Self::Temperature if KELVIN.contains(&plain.as_str()) => Some(Conversion { scale: 1.0, offset: -273.15 }),
            Self::Temperature if CELSIUS.contains(&plain.as_str()) => Some(Conversion::NONE),
            Self::Temperature => None,
        };
        found.ok_or_else(|| Fault::Unit { found: unit.chars().take(40).collect(), allowed: self.allowed() })
    }
}

/// Lower case, without blanks and underscores: "meter second-1", "m s**-1" and "m s-1" differ in nothing that matters.
fn plain(unit: &str) -> String {
    unit.chars().filter(|c| !c.is_whitespace() && *c != '_').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_files_in_use() {
        let speed = |u| Measure::Speed.conversion(u).unwrap().scale;
        for u in ["m/s", "m s-1", "m s^-1", "m s**-1", "meter second-1", "m.s-1", "metre/second", "M/S"] {
            assert_eq!(speed(u), 1.0, "{u}");
        }
        assert_eq!(speed("cm/s"), 0.01);
        assert!((speed("knots") - 0.514_444).abs() < 1e-6);
        let t = |u| Measure::Temperature.conversion(u).unwrap();
        assert_eq!(t("K").offset, -273.15);
        assert_eq!(t("kelvin").offset, -273.15);
        assert_eq!(t("degrees_C"), Conversion::NONE);
        assert_eq!(t("degC"), Conversion::NONE);
    }

    #[test]
    fn another_kind_or_none_is_refused() {
        for u in ["m", "km/h", "Pa", "1", "m/s2", "m2 s-2"] {
            assert!(matches!(Measure::Speed.conversion(u), Err(Fault::Unit { .. })), "{u}");
        }
        assert!(matches!(Measure::Speed.conversion("  "), Err(Fault::NoUnit { .. })));
        assert!(Measure::Temperature.conversion("F").is_err());
        assert!(Measure::Length.conversion("ft").is_err());
    }
}
