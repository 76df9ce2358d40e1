//! Speeds with a direction. Wind is named by where it comes from, a current by where it goes: mixing them up turns a drift
//! round, so the word is demanded and must be the right one.

use super::quantity::{self, Dimension, Quantity, QuantityError};
use std::fmt;
use thiserror::Error;

/// Which end of the arrow a direction names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Where it comes from (wind, waves).
    From,
    /// Where it goes (current, drift).
    Toward,
}

impl Sense {
    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::Toward => "toward",
        }
    }
}

/// A speed with its direction, where that is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Directed {
    /// The speed.
    pub speed: Quantity,
    /// Degrees true, 0 to below 360; `None`: not given.
    pub direction_deg: Option<f64>,
    /// Which end it names.
    pub sense: Sense,
}

impl fmt::Display for Directed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.speed)?;
        if let Some(d) = self.direction_deg {
            write!(f, " {} {d:03}", self.sense.word())?;
        }
        Ok(())
    }
}

/// Why a text is not a speed with a direction.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum DirectionError {
    /// The speed is at fault.
    #[error(transparent)]
    Speed(#[from] QuantityError),
    /// The other end of the arrow was named.
    #[error("\"{found}\" where \"{}\" is wanted: wind is named by where it comes from, a current by where it goes", .wanted.word())]
    WrongSense {
        /// The word that was met.
        found: &'static str,
        /// The one that is wanted.
        wanted: Sense,
    },
    /// Not a direction.
    #[error("\"{text}\" is not a direction: write degrees true from 000 to 360, or a compass point such as SW")]
    NotADirection {
        /// What was read, cut to 40 characters.
        text: String,
    },
}

const POINTS: [&str; 16] =
    ["n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw"];

/// Reads "15 kn from 240", "1.2 kn toward 045", "8 m/s from SW"; the direction may be left out.
///
/// # Errors
/// [`DirectionError`]: a bad speed, the wrong sense, or no direction after the word.
pub fn parse_directed(text: &str, sense: Sense) -> Result<Directed, DirectionError> {
    let words = [("from", Sense::From), ("towards", Sense::Toward), ("toward", Sense::Toward), ("to", Sense::Toward)];
    // The last such word counts; units and numbers hold none.
    let lower = text.to_ascii_lowercase();
    for (word, found) in words {
        let Some(at) = lower
            .match_indices(word)
            .map(|(i, _)| i)
            .find(|&i| boundary(&lower, i) && boundary(&lower, i + word.len()))
        else {
            continue;
        };
        if found != sense {
            return Err(DirectionError::WrongSense { found: word, wanted: sense });
        }
        return Ok(Directed {
            speed: quantity::parse(&text[..at], Dimension::Speed)?,
            direction_deg: Some(parse_bearing(&text[at + word.len()..])?),
            sense,
        });
    }
    Ok(Directed { speed: quantity::parse(text, Dimension::Speed)?, direction_deg: None, sense })
}

fn boundary(text: &str, at: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    !(letter(text[..at].chars().next_back()) && letter(text[at..].chars().next()))
}

/// Reads a true direction: degrees from 0 to 360, or a compass point of sixteen. 360 is 0.
///
/// # Errors
/// [`DirectionError::NotADirection`].
pub fn parse_bearing(text: &str) -> Result<f64, DirectionError> {
    let text = text.trim();
    let bad = || DirectionError::NotADirection { text: quantity::shown(text) };
    let lower = text.to_ascii_lowercase();
    if let Some(i) = POINTS.iter().position(|p| *p == lower) {
        return Ok(22.5 * i as f64);
    }
    let (number, rest) = quantity::split_number(text);
    if !matches!(rest.trim().to_lowercase().as_str(), "" | "deg" | "°" | "º" | "°t" | "t" | "deg true" | "true") {
        return Err(bad());
    }
    let deg: f64 = number.parse().map_err(|_| bad())?;
    if !(0.0..=360.0).contains(&deg) {
        return Err(bad());
    }
    Ok(if deg == 360.0 { 0.0 } else { deg })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_wind_and_current() {
        for (text, sense, speed, direction) in [
            ("15 kn from 240", Sense::From, 7.716_666_666_666_667, Some(240.0)),
            ("1.2 kn toward 045", Sense::Toward, 0.617_333_333_333_333_4, Some(45.0)),
            ("1 m/s towards 360", Sense::Toward, 1.0, Some(0.0)),
            ("1 m/s to NE", Sense::Toward, 1.0, Some(45.0)),
            ("8m/s from SW", Sense::From, 8.0, Some(225.0)),
            ("8 m/s From 240 deg", Sense::From, 8.0, Some(240.0)),
            ("9 kn", Sense::From, 4.63, None),
        ] {
            let d = parse_directed(text, sense).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert!((d.speed.base - speed).abs() < 1e-12, "{text}");
            assert_eq!(d.direction_deg, direction, "{text}");
            assert_eq!(parse_directed(&d.to_string(), sense).unwrap(), d);
        }
        let d = parse_directed("1.3 kn toward 041", Sense::Toward).unwrap();
        assert_eq!(d.to_string(), "1.3 kn toward 041");
    }

    #[test]
    fn the_wrong_end_of_the_arrow_is_refused() {
        let err = |t, s| parse_directed(t, s).unwrap_err();
        assert!(matches!(err("9 kn toward 230", Sense::From), DirectionError::WrongSense { .. }));
        assert!(matches!(err("1 kn from 041", Sense::Toward), DirectionError::WrongSense { .. }));
        assert!(matches!(err("9 kn from", Sense::From), DirectionError::NotADirection { .. }));
        assert!(matches!(err("9 kn from 361", Sense::From), DirectionError::NotADirection { .. }));
        assert!(matches!(err("9 kn from -1", Sense::From), DirectionError::NotADirection { .. }));
        assert!(matches!(err("9 kn from here", Sense::From), DirectionError::NotADirection { .. }));
        assert!(matches!(err("9 from 230", Sense::From), DirectionError::Speed(QuantityError::NoUnit { .. })));
        assert!(matches!(err("from 230", Sense::From), DirectionError::Speed(QuantityError::NoNumber { .. })));
    }
}
