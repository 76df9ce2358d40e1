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
        Self { lat_deg: p.lat_deg, lon_deg: p.lon_deg }
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
                Err(PositionError::OutOfRange { what, value, low: -limit, high: limit })
            }
        };
        Ok(Self { lat_deg: check("latitude", lat_deg, 90.0)?, lon_deg: check("longitude", lon_deg, 180.0)? })
    }

    /// A place from degrees that computation may have carried over the date line or, by rounding, past a pole.
    pub(super) fn wrapped(lon_deg: f64, lat_deg: f64) -> Self {
        Self { lon_deg: lon_deg - 360.0 * (lon_deg / 360.0).round(), lat_deg: lat_deg.clamp(-90.0, 90.0) }
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
        format!("{} {}", part(self.lat_deg, 2, ['N', 'S']), part(self.lon_deg, 3, ['E', 'W']))
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
    PositionError::NotAPosition { text: text.chars().take(60).collect() }
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
    let numbers: Vec<f64> =
        tokens.iter().filter_map(|t| if let Token::Number(n) = t { n.parse().ok() } else { None }).collect();
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
            return Err(PositionError::OutOfRange { what, value: deg, low: 0.0, high: limit });
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
                return Err(PositionError::Comma { text: text.chars().take(60).collect() });
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
            return Err(PositionError::OutOfRange { what, value, low: 0.0, high: 60.0 });
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
    PositionError::Ambiguous { text: format!("{whole}{tail}{letter}"), meanings }
}

fn number(n: &str) -> Result<f64, PositionError> {
    n.parse().map_err(|_| not_a_position(n))
}

#[cfg(test)]
mod tests;
