//! One number with one unit.

use super::nearest;
use std::fmt;
use thiserror::Error;

/// What kind of quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// In metres.
    Length,
    /// In metres a second.
    Speed,
    /// In kilograms.
    Mass,
    /// In cubic metres.
    Volume,
    /// In degrees Celsius.
    Temperature,
    /// In seconds.
    Duration,
    /// In degrees.
    Angle,
}

impl Dimension {
    /// Its name in sentences: "a length".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Length => "a length",
            Self::Speed => "a speed",
            Self::Mass => "a mass",
            Self::Volume => "a volume",
            Self::Temperature => "a temperature",
            Self::Duration => "a duration",
            Self::Angle => "an angle",
        }
    }

    /// The unit in which values are kept.
    #[must_use]
    pub fn base(self) -> &'static Unit {
        // Every dimension has its base unit first in the table.
        UNITS.iter().find(|u| u.dimension == self).unwrap_or(&UNITS[0])
    }

    /// Symbols of its units, for messages: "m, cm, km".
    #[must_use]
    pub fn symbols(self) -> String {
        let all: Vec<_> = UNITS.iter().filter(|u| u.dimension == self).map(|u| u.symbol).collect();
        all.join(", ")
    }
}

/// A unit: `base = scale * value + offset`.
#[derive(Debug, PartialEq)]
pub struct Unit {
    /// How it is written.
    pub symbol: &'static str,
    /// Other spellings that are read, lower case.
    aliases: &'static [&'static str],
    /// Of what.
    pub dimension: Dimension,
    /// Base units in one of these.
    pub scale: f64,
    /// Value in base units at zero of these.
    pub offset: f64,
}

const fn unit(symbol: &'static str, aliases: &'static [&'static str], dimension: Dimension, scale: f64) -> Unit {
    Unit { symbol, aliases, dimension, scale, offset: 0.0 }
}

/// Metres per second in a knot.
pub const KNOT_M_S: f64 = 1852.0 / 3600.0;

/// Every unit that is read; the base unit of each dimension stands first.
static UNITS: [Unit; 24] = [
    unit("m", &["metre", "metres", "meter", "meters"], Dimension::Length, 1.0),
    unit("cm", &["centimetre", "centimetres"], Dimension::Length, 0.01),
    unit("km", &["kilometre", "kilometres", "kilometer", "kilometers"], Dimension::Length, 1000.0),
    unit("nm", &["nmi", "nautical mile", "nautical miles"], Dimension::Length, 1852.0),
    unit("ft", &["foot", "feet"], Dimension::Length, 0.3048),
    unit("in", &["inch", "inches"], Dimension::Length, 0.0254),
    unit("m/s", &["mps", "ms-1", "m s-1"], Dimension::Speed, 1.0),
    unit("kn", &["kt", "kts", "knot", "knots"], Dimension::Speed, KNOT_M_S),
    unit("km/h", &["kph", "kmh"], Dimension::Speed, 1.0 / 3.6),
    unit("kg", &["kilogram", "kilograms"], Dimension::Mass, 1.0),
    unit("t", &["tonne", "tonnes"], Dimension::Mass, 1000.0),
    unit("lb", &["lbs", "pound", "pounds"], Dimension::Mass, 0.453_592_37),
    unit("m3", &["m^3", "m³"], Dimension::Volume, 1.0),
    unit("L", &["l", "litre", "litres", "liter", "liters"], Dimension::Volume, 0.001),
    unit("degC", &["°c", "ºc", "c", "celsius", "deg c"], Dimension::Temperature, 1.0),
    Unit { symbol: "K", aliases: &["k", "kelvin"], dimension: Dimension::Temperature, scale: 1.0, offset: -273.15 },
    Unit {
        symbol: "degF",
        aliases: &["°f", "ºf", "f", "fahrenheit", "deg f"],
        dimension: Dimension::Temperature,
        scale: 5.0 / 9.0,
        offset: -160.0 / 9.0,
    },
    unit("s", &["sec", "second", "seconds"], Dimension::Duration, 1.0),
    unit("min", &["mins", "minute", "minutes"], Dimension::Duration, 60.0),
    unit("h", &["hr", "hrs", "hour", "hours"], Dimension::Duration, 3600.0),
    unit("d", &["day", "days"], Dimension::Duration, 86400.0),
    unit("deg", &["°", "º", "degree", "degrees"], Dimension::Angle, 1.0),
    unit("rad", &["radian", "radians"], Dimension::Angle, 180.0 / std::f64::consts::PI),
    unit("mm", &["millimetre", "millimetres"], Dimension::Length, 0.001),
];

impl Unit {
    /// The unit written `text`.
    ///
    /// Symbols are read as they stand; where the case differs they are read only if no other unit could be meant.
    #[must_use]
    pub fn find(text: &str) -> Option<&'static Self> {
        let text = text.trim();
        if let Some(exact) = UNITS.iter().find(|u| u.symbol == text) {
            return Some(exact);
        }
        let lower = text.to_lowercase();
        let mut hits = UNITS.iter().filter(|u| u.symbol.to_lowercase() == lower || u.aliases.contains(&lower.as_str()));
        match (hits.next(), hits.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    }
}

/// A quantity: its value in the base unit of its dimension, and the unit it was written in.
///
/// ```
/// # use plimsoll_core::units::{self, Dimension};
/// let q = units::parse("60 cm", Dimension::Length).unwrap();
/// assert_eq!((q.base, q.to_string().as_str()), (0.6, "60 cm"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// Value in the base unit of the dimension.
    pub base: f64,
    /// The number as it was written, in `unit`.
    pub written: f64,
    /// The unit it was written in.
    pub unit: &'static Unit,
}

impl Quantity {
    /// `written` of `unit`.
    #[must_use]
    pub fn new(written: f64, unit: &'static Unit) -> Self {
        Self { base: unit.scale * written + unit.offset, written, unit }
    }

    /// The value as a difference (of temperatures, say): without the unit's offset.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.unit.scale * self.written
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.written, self.unit.symbol)
    }
}

/// Why a text is not the quantity that is wanted.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum QuantityError {
    /// No number in front.
    #[error("\"{text}\" does not begin with a number: write as \"{example}\"")]
    NoNumber {
        /// What was read, cut to 40 characters.
        text: String,
        /// How it could look.
        example: String,
    },
    /// A decimal comma.
    #[error("\"{text}\" has a comma: decimals take a point{}", .meant.as_ref().map(|m| format!(", as in \"{m}\"")).unwrap_or_default())]
    Comma {
        /// What was read.
        text: String,
        /// What was probably meant, where only one reading is likely.
        meant: Option<String>,
    },
    /// A number alone.
    #[error("{number} has no unit: write as \"{number} {example}\" (units: {units})")]
    NoUnit {
        /// The number.
        number: String,
        /// A unit that would do.
        example: &'static str,
        /// All units that would do.
        units: String,
    },
    /// A unit that is not known.
    #[error("unknown unit \"{unit}\"{} (units: {units})", .nearest.map(|n| format!(": did you mean \"{n}\"?")).unwrap_or_default())]
    UnknownUnit {
        /// The unit as written, cut to 20 characters.
        unit: String,
        /// The nearest known unit.
        nearest: Option<&'static str>,
        /// Units that would do.
        units: String,
    },
    /// A known unit of something else.
    #[error("\"{unit}\" is the unit of {found}, and {wanted} is wanted (units: {units})")]
    WrongDimension {
        /// The unit.
        unit: &'static str,
        /// What it measures.
        found: &'static str,
        /// What is wanted.
        wanted: &'static str,
        /// Units that would do.
        units: String,
    },
    /// Not a finite number.
    #[error("{text} is not a finite number")]
    NotFinite {
        /// What was read.
        text: String,
    },
}

pub(super) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Reads a number with a unit of `dimension`: "0.6 m", "12 degC", "9kn".
///
/// # Errors
/// [`QuantityError`]: no number, a decimal comma, no unit, an unknown unit (with the nearest known one), a unit of something
/// else, or a number that is not finite.
pub fn parse(text: &str, dimension: Dimension) -> Result<Quantity, QuantityError> {
    let text = text.trim();
    let example = || format!("1 {}", dimension.base().symbol);
    let (number, rest) = split_number(text);
    if number.is_empty() {
        let word = text.trim_start_matches(['+', '-']).to_ascii_lowercase();
        if word.starts_with("nan") || word.starts_with("inf") {
            return Err(QuantityError::NotFinite { text: shown(text) });
        }
        return Err(QuantityError::NoNumber { text: shown(text), example: example() });
    }
    if let Some(after) = rest.strip_prefix(',') {
        // "0,6 m" is a decimal comma; "1,000 m" may be either, so nothing is proposed.
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        let meant = (digits > 0 && digits != 3).then(|| shown(&text.replacen(',', ".", 1)));
        return Err(QuantityError::Comma { text: shown(text), meant });
    }
    let value: f64 = number
        .replace('−', "-")
        .parse()
        .map_err(|_| QuantityError::NoNumber { text: shown(text), example: example() })?;
    if !value.is_finite() {
        return Err(QuantityError::NotFinite { text: shown(number) });
    }
    let rest = rest.trim();
    if rest.is_empty() {
        return Err(QuantityError::NoUnit {
            number: shown(number),
            example: dimension.base().symbol,
            units: dimension.symbols(),
        });
    }
    let Some(unit) = Unit::find(rest) else {
        let known = UNITS.iter().filter(|u| u.dimension == dimension);
        let near =
            nearest(rest, known.clone().flat_map(|u| std::iter::once(u.symbol).chain(u.aliases.iter().copied())));
        let nearest = near.and_then(|n| known.clone().find(|u| u.symbol == n || u.aliases.contains(&n)));
        return Err(QuantityError::UnknownUnit {
            unit: rest.chars().take(20).collect(),
            nearest: nearest.map(|u| u.symbol),
            units: dimension.symbols(),
        });
    };
    if unit.dimension != dimension {
        return Err(QuantityError::WrongDimension {
            unit: unit.symbol,
            found: unit.dimension.name(),
            wanted: dimension.name(),
            units: dimension.symbols(),
        });
    }
    let quantity = Quantity::new(value, unit);
    if quantity.base.is_finite() { Ok(quantity) } else { Err(QuantityError::NotFinite { text: shown(text) }) }
}

/// Splits a decimal number, with sign and exponent, from what follows it.
pub(super) fn split_number(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let sign = if text.starts_with('−') { '−'.len_utf8() } else { usize::from(text.starts_with(['+', '-'])) };
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits(sign);
    let mut end = sign + whole;
    let mut fraction = 0;
    if bytes.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        end += 1 + fraction;
    }
    if whole + fraction == 0 {
        return ("", text);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let power = bytes.get(end + 1 + signed).map_or(0, |_| digits(end + 1 + signed));
        if power > 0 {
            end += 1 + signed + power;
        }
    }
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Dimension::{Angle, Duration, Length, Mass, Speed, Temperature, Volume};

    #[test]
    fn reads_every_unit() {
        for (text, dimension, base) in [
            ("0.6 m", Length, 0.6),
            ("60cm", Length, 0.6),
            ("250 mm", Length, 0.25),
            ("1.5 km", Length, 1500.0),
            ("2 nm", Length, 3704.0),
            ("10 ft", Length, 3.048),
            ("15 in", Length, 0.381),
            ("5 m/s", Speed, 5.0),
            ("10 kn", Speed, 5.144_444_444_444_444),
            ("36 km/h", Speed, 10.0),
            ("265 kg", Mass, 265.0),
            ("0.3 t", Mass, 300.0),
            ("100 lb", Mass, 45.359_237),
            ("0.1 m3", Volume, 0.1),
            ("100 L", Volume, 0.1),
            ("100 l", Volume, 0.1),
            ("12 degC", Temperature, 12.0),
            ("-1.5 °C", Temperature, -1.5),
            ("285.15 K", Temperature, 12.0),
            ("50 degF", Temperature, 10.0),
            ("90 s", Duration, 90.0),
            ("20 min", Duration, 1200.0),
            ("1.5 h", Duration, 5400.0),
            ("2 d", Duration, 172_800.0),
            ("45 deg", Angle, 45.0),
            ("1e3 m", Length, 1000.0),
            ("+.5 m", Length, 0.5),
            ("−2 degC", Temperature, -2.0),
        ] {
            let q = parse(text, dimension).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert!((q.base - base).abs() <= 1e-12 * base.abs().max(1.0), "{text}: {}", q.base);
            // What is printed reads back to the same bits.
            assert_eq!(parse(&q.to_string(), dimension).unwrap(), q);
        }
    }

    #[test]
    fn every_symbol_and_alias_finds_its_unit_and_no_other() {
        for u in &UNITS {
            for name in std::iter::once(&u.symbol).chain(u.aliases) {
                assert_eq!(Unit::find(name).map(|f| f.symbol), Some(u.symbol), "{name}");
            }
        }
        // M is a mile to some and a million to others, MM and NM differ by case from other units.
        assert_eq!(Unit::find("NM").map(|u| u.symbol), Some("nm"));
    }

    #[test]
    fn a_unit_is_always_demanded_and_named() {
        let err = |t: &str, d| parse(t, d).unwrap_err();
        let e = err("0.6", Length).to_string();
        assert!(e.contains("0.6 m") && e.contains("km"), "{e}");
        assert!(matches!(err("0.6 kn", Length), QuantityError::WrongDimension { wanted: "a length", .. }));
        assert!(matches!(err("6 knt", Speed), QuantityError::UnknownUnit { nearest: Some("kn"), .. }));
        assert!(matches!(err("6 metrs", Length), QuantityError::UnknownUnit { nearest: Some("m"), .. }));
        assert!(matches!(err("6 parsec", Length), QuantityError::UnknownUnit { nearest: None, .. }));
        assert!(matches!(err("m", Length), QuantityError::NoNumber { .. }));
        assert!(matches!(err("", Length), QuantityError::NoNumber { .. }));
        assert!(matches!(err("NaN m", Length), QuantityError::NotFinite { .. }));
        assert!(matches!(err("-inf m", Length), QuantityError::NotFinite { .. }));
        assert!(matches!(err("1e999 m", Length), QuantityError::NotFinite { .. }));
        assert!(matches!(err("1e306 km", Length), QuantityError::NotFinite { .. }));
        assert!(matches!(err("1.2.3 m", Length), QuantityError::UnknownUnit { .. }));
        assert!(matches!(err("5e m", Length), QuantityError::UnknownUnit { .. }));
    }

    #[test]
    fn decimal_commas_are_refused_with_a_hint() {
        let e = parse("0,6 m", Length).unwrap_err();
        assert_eq!(e, QuantityError::Comma { text: "0,6 m".into(), meant: Some("0.6 m".into()) });
        assert!(matches!(parse("1,000 m", Length), Err(QuantityError::Comma { meant: None, .. })));
    }

    #[test]
    fn differences_leave_out_the_offset() {
        assert!((parse("9 degF", Temperature).unwrap().difference() - 5.0).abs() < 1e-12);
        assert!((parse("2 K", Temperature).unwrap().difference() - 2.0).abs() < 1e-12);
    }
}
