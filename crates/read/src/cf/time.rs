//! Times of a file: "hours since 1970-01-01 00:00:00" and a calendar.
//!
//! Only the calendar that clocks follow is read. One of 360 days has a 30th of February; its days are nobody's days, and a
//! drift would start at a time that never was.

use plimsoll_core::time::Utc;

/// A unit of time and the instant it counts from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeUnit {
    /// Milliseconds in one unit.
    pub unit_ms: f64,
    /// The instant of zero.
    pub since: Utc,
}

const UNITS: [(&str, f64); 19] = [
    ("milliseconds", 1.0),
    ("millisecond", 1.0),
    ("msec", 1.0),
    ("ms", 1.0),
    ("seconds", 1e3),
    ("second", 1e3),
    ("secs", 1e3),
    ("sec", 1e3),
    ("s", 1e3),
    ("minutes", 6e4),
    ("minute", 6e4),
    ("min", 6e4),
    ("hours", 3.6e6),
    ("hour", 3.6e6),
    ("hr", 3.6e6),
    ("h", 3.6e6),
    ("days", 8.64e7),
    ("day", 8.64e7),
    ("d", 8.64e7),
];

/// Before it the mixed calendar `standard` counts Julian days.
const FIRST_YEAR: i32 = 1583;

impl TimeUnit {
    /// Reads the attributes `units` and `calendar`.
    ///
    /// # Errors
    /// A sentence that says what was found and what would do.
    pub fn parse(units: &str, calendar: Option<&str>) -> Result<Self, String> {
        let shown = |t: &str| t.chars().take(60).collect::<String>();
        let calendar = calendar.unwrap_or("standard").trim().to_lowercase();
        if !["standard", "gregorian", "proleptic_gregorian"].contains(&calendar.as_str()) {
            return Err(format!(
                "the calendar is \"{}\"; allowed: standard, gregorian, proleptic_gregorian",
                shown(&calendar)
            ));
        }
        let wanted = || format!("units is \"{}\"; write as \"hours since 1970-01-01 00:00:00\"", shown(units));
        let (unit, since) = units.trim().split_once(" since ").ok_or_else(wanted)?;
        let name = unit.trim().to_lowercase();
        let (_, unit_ms) = *UNITS.iter().find(|(n, _)| *n == name).ok_or_else(|| {
            format!("the unit of time is \"{}\"; allowed: seconds, minutes, hours, days", shown(unit.trim()))
        })?;
        let since = instant(since.trim()).ok_or_else(wanted)?;
        if calendar != "proleptic_gregorian" && since.civil().year < FIRST_YEAR {
            return Err(format!(
                "they count from {since}, before the calendar \"{calendar}\" was; state calendar = proleptic_gregorian if \
                 that is meant"
            ));
        }
        Ok(Self { unit_ms, since })
    }

    /// The instant `value` units after zero, to the millisecond; `None` outside the years 1 to 9999 and for no number.
    #[must_use]
    pub fn at(&self, value: f64) -> Option<Utc> {
        let ms = (value * self.unit_ms).round();
        // Also false for what is not a number.
        if ms.abs() < 4e14 { Utc::from_millis(self.since.millis() + ms as i64) } else { None }
    }
}

/// "1970-1-1 0:0:0.0 +00:00" and its kin, which the standard of the core does not read.
fn instant(text: &str) -> Option<Utc> {
    let text = text.trim_end_matches("UTC").trim_end_matches("GMT").trim();
    let (date, rest) = match text.find(['T', 't', ' ']) {
        Some(i) => (&text[..i], text[i + 1..].trim()),
        None => (text, ""),
    };
    let rest = rest.trim_end_matches(['Z', 'z']).trim();
    // A sign after the time of day starts an offset.
    let (clock, offset) = match rest.find(['+', '-', ' ']) {
        Some(i) => (rest[..i].trim(), rest[i..].trim()),
        None => (rest, ""),
    };
    let mut parts = date.split('-').map(|p| p.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let mut clock = if clock.is_empty() { "0" } else { clock }.split(':');
    let hour: u32 = clock.next()?.parse().ok()?;
    let minute: u32 = clock.next().map_or(Some(0), |m| m.parse().ok())?;
    let second: f64 = clock.next().map_or(Some(0.0), |s| s.parse().ok())?;
    if parts.next().is_some() || clock.next().is_some() || !(0.0..60.0).contains(&second) {
        return None;
    }
    let ms = (second * 1000.0).round() as u32;
    if ms >= 60_000 {
        return None;
    }
    let offset = match offset {
        "" | "0" | "0:00" | "00:00" | "+0" | "-0" => "+00:00".to_owned(),
        o if o.contains(':') => o.to_owned(),
        o if o.len() == 5 && o.is_ascii() => format!("{}:{}", &o[..3], &o[3..]),
        o if o.len() == 3 => format!("{o}:00"),
        _ => return None,
    };
    let (s, ms) = (ms / 1000, ms % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{s:02}.{ms:03}{offset}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_files_in_use() {
        for (units, value, out) in [
            ("seconds since 1970-01-01 00:00:00 +00:00", 1_447_632_000.0, "2015-11-16T00:00:00Z"),
            ("hours since 1970-01-01 00:00:00", 1.5, "1970-01-01T01:30:00Z"),
            ("days since 1950-01-01T00:00:00Z", 26_298.0, "2022-01-01T00:00:00Z"),
            ("hours since 1900-01-01 00:00:00.0", 1_016_832.0, "2016-01-01T00:00:00Z"),
            ("minutes since 2020-1-1", 10.0, "2020-01-01T00:10:00Z"),
            ("seconds since 2020-01-01 00:00:00 UTC", 0.001, "2020-01-01T00:00:00.001Z"),
            ("hours since 2020-01-01 12:00 +0100", 0.0, "2020-01-01T11:00:00Z"),
            ("days since 2020-03-01 0:0:0", -1.0, "2020-02-29T00:00:00Z"),
        ] {
            assert_eq!(TimeUnit::parse(units, None).unwrap().at(value).unwrap().to_string(), out, "{units}");
        }
        assert!(TimeUnit::parse("days since 0001-01-01", Some("proleptic_gregorian")).is_ok());
    }

    #[test]
    fn what_is_not_a_clock_is_refused() {
        let err = |u, c| TimeUnit::parse(u, c).unwrap_err();
        for calendar in ["noleap", "360_day", "julian", "365_day", "all_leap", "none"] {
            assert!(err("hours since 1970-01-01", Some(calendar)).contains(calendar));
        }
        for units in [
            "",
            "hours",
            "hours after 1970-01-01",
            "months since 1970-01-01",
            "fortnights since 1970-01-01",
            "hours since 1970-02-30",
            "hours since 1970-01-01 25:00",
            "hours since yesterday",
            "hours since 1970-01-01 00:00:61",
        ] {
            assert!(!err(units, None).is_empty(), "{units}");
        }
        assert!(err("days since 0001-01-01", None).contains("proleptic_gregorian"));
        let unit = TimeUnit::parse("days since 1970-01-01", None).unwrap();
        for value in [f64::NAN, f64::INFINITY, 1e300, -1e9, 9.969_209_968_386_869e36] {
            assert_eq!(unit.at(value), None, "{value}");
        }
    }
}
