//! Instants in UTC, to the millisecond. Local times without an offset are refused: at sea between two countries nobody can
//! guess which clock was meant.

use jiff::{Timestamp, tz::Offset};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// An instant: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Reads RFC 3339 with any offset, writes RFC 3339 in UTC.
///
/// ```
/// # use plimsoll_core::time::Utc;
/// let t: Utc = "2026-09-14T06:20:00+02:00".parse().unwrap();
/// assert_eq!(t.to_string(), "2026-09-14T04:20:00Z");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Utc(i64);

/// Why a text is not an instant.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TimeError {
    /// No offset: which clock?
    #[error("\"{text}\" does not say which clock: add Z for UTC, or an offset such as +02:00")]
    NoOffset {
        /// What was read.
        text: String,
    },
    /// A date alone.
    #[error("\"{text}\" is a date without a time: write as 2026-09-14T04:20:00Z")]
    NoTime {
        /// What was read.
        text: String,
    },
    /// Finer than a millisecond.
    #[error("\"{text}\" is finer than a millisecond")]
    TooFine {
        /// What was read.
        text: String,
    },
    /// Not a time at all, or one that never was (31 June, 25:00, a leap second).
    #[error("\"{text}\" is not a time: write as 2026-09-14T04:20:00Z")]
    NotATime {
        /// What was read, cut to 40 characters.
        text: String,
    },
}

/// A calendar date and time of day in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
    /// Day of the year, from 1.
    pub day_of_year: u32,
    /// Hour, 0 to 23.
    pub hour: u32,
    /// Minute, 0 to 59.
    pub minute: u32,
}

impl Utc {
    /// The instant `ms` milliseconds after the epoch, for years 1 to 9999; `None` outside.
    #[must_use]
    pub fn from_millis(ms: i64) -> Option<Self> {
        let t = Timestamp::from_millisecond(ms).ok()?;
        (1..=9999).contains(&Offset::UTC.to_datetime(t).year()).then_some(Self(ms))
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Seconds from `earlier` to this instant, negative if `earlier` is later.
    #[must_use]
    pub fn seconds_since(self, earlier: Self) -> f64 {
        (self.0 - earlier.0) as f64 / 1000.0
    }

    /// The calendar date and time of day.
    #[must_use]
    pub fn civil(self) -> Civil {
        let z = Offset::UTC.to_datetime(self.timestamp());
        Civil {
            year: i32::from(z.year()),
            month: z.month().unsigned_abs().into(),
            day: z.day().unsigned_abs().into(),
            day_of_year: z.day_of_year().unsigned_abs().into(),
            hour: z.hour().unsigned_abs().into(),
            minute: z.minute().unsigned_abs().into(),
        }
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or_default()
    }
}

impl FromStr for Utc {
    type Err = TimeError;

    /// # Errors
    /// [`TimeError`]: no offset, no time of day, finer than a millisecond, or no such time.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let text = text.trim();
        let shown = || text.chars().take(40).collect::<String>();
        let not_a_time = || TimeError::NotATime { text: shown() };
        // Annotations in brackets would be ignored by the parser, and a leap second moved by one: both are guesses.
        if !text.is_ascii() || text.len() > 40 || text.contains('[') || text.contains(":60") {
            return Err(not_a_time());
        }
        match text.parse::<Timestamp>() {
            Ok(t) if t.subsec_nanosecond() % 1_000_000 != 0 => Err(TimeError::TooFine { text: shown() }),
            Ok(t) => Self::from_millis(t.as_millisecond()).ok_or_else(not_a_time),
            Err(_) if text.contains([':', 'T', 't']) && text.parse::<jiff::civil::DateTime>().is_ok() => {
                Err(TimeError::NoOffset { text: shown() })
            }
            Err(_) if text.parse::<jiff::civil::Date>().is_ok() => Err(TimeError::NoTime { text: shown() }),
            Err(_) => Err(not_a_time()),
        }
    }
}

impl fmt::Display for Utc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = if self.0 % 1000 == 0 { 0 } else { 3 };
        write!(f, "{:.places$}", self.timestamp())
    }
}

impl From<Utc> for String {
    fn from(t: Utc) -> Self {
        t.to_string()
    }
}

impl TryFrom<String> for Utc {
    type Error = TimeError;
    fn try_from(text: String) -> Result<Self, TimeError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_converted() {
        for (text, out) in [
            ("2026-09-14T04:20:00Z", "2026-09-14T04:20:00Z"),
            ("2026-09-14 04:20Z", "2026-09-14T04:20:00Z"),
            ("2021-11-24T04:20:30.250+01:00", "2021-11-24T03:20:30.250Z"),
            ("2024-02-29T23:59:59-05:30", "2024-03-01T05:29:59Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ] {
            let t: Utc = text.parse().unwrap();
            assert_eq!(t.to_string(), out, "{text}");
            assert_eq!(out.parse::<Utc>().unwrap(), t);
        }
        assert_eq!("1970-01-01T00:00:01Z".parse::<Utc>().unwrap().millis(), 1000);
    }

    #[test]
    fn what_is_not_said_is_not_guessed() {
        let err = |s: &str| s.parse::<Utc>().unwrap_err();
        assert!(matches!(err("2026-09-14T04:20:00"), TimeError::NoOffset { .. }));
        assert!(matches!(err("2026-09-14 04:20"), TimeError::NoOffset { .. }));
        assert!(matches!(err("2026-09-14"), TimeError::NoTime { .. }));
        assert!(matches!(err("2026-09-14T04:20:00.0001Z"), TimeError::TooFine { .. }));
        for bad in [
            "",
            "now",
            "2025-02-29T00:00:00Z",
            "2026-06-31T00:00:00Z",
            "2026-09-14T25:00:00Z",
            "2026-12-31T23:59:60Z",
            "2026-09-14T04:20:00Z[Europe/Paris]",
            "-000001-01-01T00:00:00Z",
        ] {
            assert!(matches!(err(bad), TimeError::NotATime { .. }), "{bad}: {:?}", err(bad));
        }
    }

    #[test]
    fn civil_fields() {
        let c = "2024-12-31T23:05:00Z".parse::<Utc>().unwrap().civil();
        assert_eq!((c.year, c.month, c.day, c.day_of_year, c.hour, c.minute), (2024, 12, 31, 366, 23, 5));
    }
}
