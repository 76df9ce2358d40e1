//! Positions: checked, read in degrees (D), degrees and minutes (DM) and degrees, minutes and seconds (DMS), and echoed.
//!
//! A position misread by a digit sends a lifeboat to the wrong place, so whatever could be meant in two ways is refused with
//! both readings.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A place: longitude east and latitude north in degrees, on WGS84.
///
/// ```
/// # use plimsoll_core::earth::LonLat;
/// let p: LonLat = "51°02'00\"N 1°30'00\"E".parse().unwrap();
/// assert_eq!(p.to_string(), "51 02.0N 001 30.0E");
/// assert_eq!(p.decimal(), "51.03333N 1.50000E");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "Wire", try_from = "Wire")]
pub struct LonLat {
    lon_deg: f64,
    lat_deg: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    lat_deg: f64,
    lon_deg: f64,
}

impl From<LonLat> for Wire {
    fn from(p: LonLat) -> Self {
        Self {
            lat_deg: p.lat_deg,
            lon_deg: p.lon_deg,
        }
    }
}

impl TryFrom<Wire> for LonLat {
    type Error = PositionError;
    fn try_from(w: Wire) -> Result<Self, PositionError> {
        Self::new(w.lon_deg, w.lat_deg)
    }
}

/// Why a text is not one position.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum PositionError {
    /// It could be read in more than one way.
    #[error("\"{text}\" could mean {}: write the one that is meant", .meanings.join(" or "))]
    Ambiguous {
        /// The part that is not clear.
        text: String,
        /// What it could mean, in spellings that are accepted.
        meanings: Vec<String>,
    },
    /// A number beyond its range.
    #[error("{what} {value} is not within {low} to {high}")]
    OutOfRange {
        /// Latitude, longitude, minutes or seconds.
        what: &'static str,
        /// The number.
        value: f64,
        /// Smallest allowed.
        low: f64,
        /// Largest allowed (minutes and seconds: not reached).
        high: f64,
    },
    /// A decimal comma.
    #[error("\"{text}\": use a point for decimals, and a comma only between latitude and longitude")]
    Comma {
        /// What was read.
        text: String,
    },
    /// No position in it.
    #[error("\"{text}\" is not a position: write as 51 02.0N 001 30.0E, 51.0333N 1.5000E or 51°02'00\"N 1°30'00\"E")]
    NotAPosition {
        /// What was read, cut to 60 characters.
        text: String,
    },
}

impl LonLat {
    /// A place from degrees. Longitude is within -180 to 180, latitude within -90 to 90.
    ///
    /// # Errors
    /// [`PositionError::OutOfRange`], also for what is not a finite number.
    pub fn new(lon_deg: f64, lat_deg: f64) -> Result<Self, PositionError> {
        let check = |what, value: f64, limit: f64| {
            if value.abs() <= limit {
                Ok(value)
            } else {
                Err(PositionError::OutOfRange {
                    what,
                    value,
                    low: -limit,
                    high: limit,
                })
            }
        };
        Ok(Self {
            lat_deg: check("latitude", lat_deg, 90.0)?,
            lon_deg: check("longitude", lon_deg, 180.0)?,
        })
    }

    /// A place from degrees that computation may have carried over the date line or, by rounding, past a pole.
    pub(super) fn wrapped(lon_deg: f64, lat_deg: f64) -> Self {
        Self {
            lon_deg: lon_deg - 360.0 * (lon_deg / 360.0).round(),
            lat_deg: lat_deg.clamp(-90.0, 90.0),
        }
    }

    /// Longitude, degrees, east positive.
    #[must_use]
    pub const fn lon_deg(self) -> f64 {
        self.lon_deg
    }

    /// Latitude, degrees, north positive.
    #[must_use]
    pub const fn lat_deg(self) -> f64 {
        self.lat_deg
    }

    /// Degrees and minutes with `places` decimals of a minute (0 to 5): "51 02.0N 001 30.0E".
    #[must_use]
    pub fn dm(self, places: usize) -> String {
        let places = places.min(5);
        let part = |deg: f64, width: usize, letters: [char; 2]| {
            let unit = 10_u64.pow(places as u32);
            // In whole units of the last decimal, so that 59.96 minutes carry into the degrees.
            let total = (deg.abs() * 60.0 * unit as f64).round() as u64;
            let (whole, rest) = (total / (60 * unit), total % (60 * unit));
            let minutes = rest as f64 / unit as f64;
            let minute_width = if places == 0 { 2 } else { 3 + places };
            let letter = letters[usize::from(deg < 0.0 && total > 0)];
            format!("{whole:0width$} {minutes:0minute_width$.places$}{letter}")
        };
        format!(
            "{} {}",
            part(self.lat_deg, 2, ['N', 'S']),
            part(self.lon_deg, 3, ['E', 'W'])
        )
    }

    /// Decimal degrees to five places (1 m): "51.03333N 1.50000E".
    #[must_use]
    pub fn decimal(self) -> String {
        let ns = if self.lat_deg < 0.0 { 'S' } else { 'N' };
        let ew = if self.lon_deg < 0.0 { 'W' } else { 'E' };
        format!("{:.5}{ns} {:.5}{ew}", self.lat_deg.abs(), self.lon_deg.abs())
    }
}

impl fmt::Display for LonLat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.dm(1))
    }
}

impl FromStr for LonLat {
    type Err = PositionError;

    /// Reads "51 02.0N 001 30.0E", "51-02.0N 001-30.0E", "51.033N 1.5E", "N51°02'00\" E1°30'00\"", "lat 51.03, lon 1.50".
    ///
    /// # Errors
    /// [`PositionError`]; what could be meant in two ways comes with both readings.
    fn from_str(text: &str) -> Result<Self, PositionError> {
        let text = text.trim();
        let tokens = lex(text).ok_or_else(|| not_a_position(text))?;
        if tokens.iter().any(|t| matches!(t, Token::Lat | Token::Lon)) {
            return named(text, &tokens);
        }
        let letters = tokens.iter().filter(|t| matches!(t, Token::Hemisphere(_))).count();
        match letters {
            2 => lettered(text, &tokens),
            0 => Err(bare(text, &tokens)),
            _ => Err(not_a_position(text)),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(String),
    Hemisphere(char),
    Degrees,
    Minutes,
    Seconds,
    Comma,
    Minus,
    Lat,
    Lon,
}

fn not_a_position(text: &str) -> PositionError {
    PositionError::NotAPosition {
        text: text.chars().take(60).collect(),
    }
}

fn lex(text: &str) -> Option<Vec<Token>> {
    // Longer than any position: do not even look.
    if text.len() > 100 {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        i += 1;
        match c {
            '0'..='9' | '.' => {
                let start = i - 1;
                while i < chars.len() && (chars[i].is_ascii_digit() || chars[i] == '.') {
                    i += 1;
                }
                tokens.push(Token::Number(chars[start..i].iter().collect()));
            }
            '°' | 'º' => tokens.push(Token::Degrees),
            '\'' | '′' | '’' if chars.get(i) == Some(&c) => {
                i += 1;
                tokens.push(Token::Seconds);
            }
            '\'' | '′' | '’' => tokens.push(Token::Minutes),
            '"' | '″' | '”' => tokens.push(Token::Seconds),
            ',' | ';' | '/' => tokens.push(Token::Comma),
            '-' | '−' => tokens.push(Token::Minus),
            '+' | '=' | ':' if c == '+' || matches!(tokens.last(), Some(Token::Lat | Token::Lon)) => {}
            c if c.is_whitespace() => {}
            c if c.is_ascii_alphabetic() => {
                let start = i - 1;
                while i < chars.len() && chars[i].is_ascii_alphabetic() {
                    i += 1;
                }
                let word: String = chars[start..i].iter().collect::<String>().to_ascii_lowercase();
                tokens.push(match word.as_str() {
                    "n" | "s" | "e" | "w" => Token::Hemisphere(c.to_ascii_uppercase()),
                    "lat" | "latitude" => Token::Lat,
                    "lon" | "long" | "longitude" => Token::Lon,
                    "deg" => Token::Degrees,
                    "min" => Token::Minutes,
                    "sec" => Token::Seconds,
                    _ => return None,
                });
            }
            _ => return None,
        }
    }
    Some(tokens)
}

/// "lat 51.03, lon 1.50": signed decimals whose order is named.
fn named(text: &str, tokens: &[Token]) -> Result<LonLat, PositionError> {
    let mut found = [None, None];
    let mut rest = tokens;
    while let Some((first, tail)) = rest.split_first() {
        let which = match first {
            Token::Lat => 0,
            Token::Lon => 1,
            Token::Comma if found.iter().flatten().count() == 1 => {
                rest = tail;
                continue;
            }
            _ => return Err(not_a_position(text)),
        };
        let (sign, tail) = match tail {
            [Token::Minus, t @ ..] => (-1.0, t),
            t => (1.0, t),
        };
        let [Token::Number(n), tail @ ..] = tail else {
            return Err(not_a_position(text));
        };
        rest = if let [Token::Degrees, t @ ..] = tail { t } else { tail };
        if found[which].replace(sign * number(n)?).is_some() {
            return Err(not_a_position(text));
        }
    }
    match found {
        [Some(lat), Some(lon)] => LonLat::new(lon, lat),
        _ => Err(not_a_position(text)),
    }
}

/// Two numbers without letters: nobody can tell which is which.
fn bare(text: &str, tokens: &[Token]) -> PositionError {
    let numbers: Vec<f64> = tokens
        .iter()
        .filter_map(|t| if let Token::Number(n) = t { n.parse().ok() } else { None })
        .collect();
    match numbers[..] {
        [a, b] => PositionError::Ambiguous {
            text: text.to_owned(),
            meanings: vec![format!("\"lat {a}, lon {b}\""), format!("\"lat {b}, lon {a}\"")],
        },
        _ => not_a_position(text),
    }
}

fn lettered(text: &str, tokens: &[Token]) -> Result<LonLat, PositionError> {
    let letter_at = |t: &Token| matches!(t, Token::Hemisphere(_));
    let prefix = tokens.first().is_some_and(letter_at);
    let cut = if prefix {
        tokens.iter().skip(1).position(letter_at).map(|i| i + 1)
    } else {
        tokens.iter().position(letter_at).map(|i| i + 1)
    };
    let (a, b) = tokens.split_at(cut.unwrap_or(tokens.len()));
    // The one comma that is allowed stands between the halves.
    let (a, b) = match (a, b) {
        ([a @ .., Token::Comma], b) if prefix => (a, b),
        (a, [Token::Comma, b @ ..]) if !prefix => (a, b),
        both => both,
    };
    let mut found = [None, None];
    for half in [a, b] {
        let (letter, numbers) = match (half, prefix) {
            ([Token::Hemisphere(c), rest @ ..], true) | ([rest @ .., Token::Hemisphere(c)], false) => (*c, rest),
            _ => return Err(not_a_position(text)),
        };
        let lat = matches!(letter, 'N' | 'S');
        let deg = angle(text, numbers, letter)?;
        let (which, limit) = if lat { (0, 90.0) } else { (1, 180.0) };
        if deg > limit {
            let what = if lat { "latitude" } else { "longitude" };
            return Err(PositionError::OutOfRange {
                what,
                value: deg,
                low: 0.0,
                high: limit,
            });
        }
        let signed = if matches!(letter, 'S' | 'W') { -deg } else { deg };
        if found[which].replace(signed).is_some() {
            return Err(not_a_position(text));
        }
    }
    match found {
        [Some(lat), Some(lon)] => LonLat::new(lon, lat),
        _ => Err(not_a_position(text)),
    }
}

/// Degrees from one, two or three numbers with or without marks and dashes.
fn angle(text: &str, tokens: &[Token], letter: char) -> Result<f64, PositionError> {
    let mut numbers: Vec<&str> = Vec::with_capacity(3);
    for t in tokens {
        match t {
            Token::Number(n) => numbers.push(n),
            Token::Comma => {
                return Err(PositionError::Comma {
                    text: text.chars().take(60).collect(),
                });
            }
            Token::Minus if !numbers.is_empty() => {}
            Token::Degrees if numbers.len() == 1 => {}
            Token::Minutes if numbers.len() == 2 => {}
            Token::Seconds if numbers.len() == 3 => {}
            _ => return Err(not_a_position(text)),
        }
    }
    let digits = if matches!(letter, 'N' | 'S') { 2 } else { 3 };
    let Some(first) = numbers.first() else {
        return Err(not_a_position(text));
    };
    for n in &numbers {
        two_points(n, letter)?;
    }
    let (whole, fraction) = first.split_once('.').map_or((*first, None), |(w, f)| (w, Some(f)));
    if numbers.len() == 1 && whole.len() > digits {
        return Err(run_together(whole, fraction, letter));
    }
    if numbers.len() > 3 || numbers[..numbers.len() - 1].iter().any(|n| n.contains('.')) {
        return Err(not_a_position(text));
    }
    let mut deg = number(first)?;
    for (n, (what, scale)) in numbers[1..].iter().zip([("minutes", 60.0), ("seconds", 3600.0)]) {
        let value = number(n)?;
        if value >= 60.0 {
            return Err(PositionError::OutOfRange {
                what,
                value,
                low: 0.0,
                high: 60.0,
            });
        }
        deg += value / scale;
    }
    Ok(deg)
}

/// "51.02.30N": degrees, minutes and hundredths, or seconds?
fn two_points(n: &str, letter: char) -> Result<(), PositionError> {
    let parts: Vec<&str> = n.split('.').collect();
    match parts[..] {
        [d, m, s] if ![d, m, s].contains(&"") => Err(PositionError::Ambiguous {
            text: format!("{n}{letter}"),
            meanings: vec![format!("{d} {m}.{s}{letter}"), format!("{d} {m} {s}{letter}")],
        }),
        [_] | [_, _] => Ok(()),
        _ => Err(not_a_position(n)),
    }
}

/// "5102N", "5102.5N", "510230N": digits run together.
fn run_together(whole: &str, fraction: Option<&str>, letter: char) -> PositionError {
    let tail = fraction.map(|f| format!(".{f}")).unwrap_or_default();
    let mut meanings = Vec::new();
    if whole.len() >= 3 {
        let (d, m) = whole.split_at(whole.len() - 2);
        meanings.push(format!("{d} {m}{tail}{letter}"));
    }
    if whole.len() >= 5 {
        let (rest, s) = whole.split_at(whole.len() - 2);
        let (d, m) = rest.split_at(rest.len() - 2);
        meanings.push(format!("{d} {m} {s}{tail}{letter}"));
    }
    if fraction.is_none() {
        let (d, f) = whole.split_at(2);
        meanings.push(format!("{d}.{f}{letter}"));
    }
    PositionError::Ambiguous {
        text: format!("{whole}{tail}{letter}"),
        meanings,
    }
}

fn number(n: &str) -> Result<f64, PositionError> {
    n.parse().map_err(|_| not_a_position(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> LonLat {
        text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    #[test]
    fn the_usual_spellings_are_one_place() {
        let place = LonLat::new(1.5, 51.0 + 2.0 / 60.0).unwrap();
        for text in [
            "51 02.0N 001 30.0E",
            "51 02N 001 30E",
            "51-02.0N 001-30.0E",
            "51°02'00\"N 1°30'00\"E",
            "51°02′00″N, 1°30′00″E",
            "51º 02' 00'' N 001º 30' 00'' E",
            "N51 02.0 E001 30.0",
            "N 51°02.0', E 1°30.0'",
            "001 30.0E 51 02.0N",
            "51 02 00 n 1 30 00 e",
            "51 deg 02 min N 1 deg 30 min E",
            "51.033333333333333N 1.5E",
            "lat 51.033333333333333, lon 1.5",
            "lon=1.5 lat=51.033333333333333",
            "latitude: +51.033333333333333; longitude: 1.5",
            "51 02.0N/001 30.0E",
        ] {
            let p = read(text);
            assert!(
                (p.lat_deg() - place.lat_deg()).abs() < 1e-12 && p.lon_deg() == 1.5,
                "{text}: {p:?}"
            );
        }
        let p = read("34 30.6S 058 22.9W");
        assert!(p.lat_deg() < 0.0 && p.lon_deg() < 0.0);
        assert_eq!(read("lat -34.51, lon -58.3816667").to_string(), "34 30.6S 058 22.9W");
    }

    #[test]
    fn the_echo_reads_back() {
        for i in 0..2000_u32 {
            let place = LonLat::wrapped(f64::from(i) * 0.7919 - 300.0, f64::from(i % 1799) * 0.1 - 89.9);
            let (dm, decimal) = (read(&place.dm(5)), read(&place.decimal()));
            for p in [dm, decimal] {
                assert!((p.lat_deg() - place.lat_deg()).abs() < 6e-6 && (p.lon_deg() - place.lon_deg()).abs() < 6e-6);
            }
        }
        assert_eq!(LonLat::new(1.99999, 50.99999).unwrap().dm(1), "51 00.0N 002 00.0E");
        assert_eq!(LonLat::new(-0.0000001, 0.0).unwrap().dm(1), "00 00.0N 000 00.0E");
    }

    #[test]
    fn what_could_mean_two_places_is_refused_with_both() {
        for (text, a, b) in [
            ("51.02.30N 1.30.00E", "51 02.30N", "51 02 30N"),
            ("5102N 00130E", "51 02N", "51.02N"),
            ("510230N 0013000E", "51 02 30N", "5102 30N"),
            ("51.03, 1.50", "lat 51.03, lon 1.5", "lat 1.5, lon 51.03"),
        ] {
            let e = text.parse::<LonLat>().unwrap_err();
            assert!(matches!(e, PositionError::Ambiguous { .. }), "{text}: {e}");
            let e = e.to_string();
            assert!(e.contains(a) && e.contains(b), "{text}: {e}");
        }
        let e = "5102.5N 00130.0E".parse::<LonLat>().unwrap_err().to_string();
        assert!(e.contains("51 02.5N"), "{e}");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let err = |t: &str| t.parse::<LonLat>().unwrap_err();
        assert!(matches!(
            err("51 75N 1 30E"),
            PositionError::OutOfRange { what: "minutes", .. }
        ));
        assert!(matches!(
            err("51 02 60N 1 30 00E"),
            PositionError::OutOfRange { what: "seconds", .. }
        ));
        assert!(matches!(
            err("91N 1E"),
            PositionError::OutOfRange { what: "latitude", .. }
        ));
        assert!(matches!(
            err("51N 181E"),
            PositionError::OutOfRange { what: "longitude", .. }
        ));
        assert!(matches!(err("51,03N 1,50E"), PositionError::Comma { .. }));
        for bad in [
            "",
            "N",
            "here",
            "51N",
            "51N 1",
            "51N 50N",
            "51.5 30N 1 30E",
            "51 02 03 04N 1E",
            "51'N 1E",
            "-51N 1E",
            "51N 1E 3",
            "lat 51",
            "lat 51 lat 51",
            "51 02.0N 001 30.0E,",
            "1..5N 1E",
            ".N .E",
            "51N1E..",
            "lat . lon .",
        ] {
            assert!(
                matches!(err(bad), PositionError::NotAPosition { .. }),
                "{bad}: {:?}",
                err(bad)
            );
        }
        assert!(LonLat::new(f64::NAN, 0.0).is_err());
    }

    #[test]
    fn json_is_checked() {
        let p: LonLat = serde_json::from_str(r#"{"lat_deg":51.0,"lon_deg":1.5}"#).unwrap();
        assert_eq!(serde_json::to_string(&p).unwrap(), r#"{"lat_deg":51.0,"lon_deg":1.5}"#);
        assert!(serde_json::from_str::<LonLat>(r#"{"lat_deg":95.0,"lon_deg":1.5}"#).is_err());
    }
}
