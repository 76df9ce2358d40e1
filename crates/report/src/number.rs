//! Numbers as people read them: two significant figures, thousands set apart, an interval in the same cell.

use crate::language::Language;

/// How numbers are written on one face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Writer {
    /// The language decides on the decimal mark and on the mark between thousands.
    pub language: Language,
    /// Whether to use signs beyond ASCII (a true minus, narrow spaces): on pages yes, in a terminal no.
    pub fine: bool,
}

impl Writer {
    /// For a terminal.
    #[must_use]
    pub fn terminal(language: Language) -> Self {
        Self { language, fine: false }
    }

    /// For a page.
    #[must_use]
    pub fn page(language: Language) -> Self {
        Self { language, fine: true }
    }

    /// Two significant figures at most.
    #[must_use]
    pub fn two(&self, v: f64) -> String {
        self.significant(v, 2)
    }

    /// At most `figures` significant figures. Zero is "0"; what is not zero is never written as zero.
    #[must_use]
    pub fn significant(&self, v: f64, figures: i32) -> String {
        if v == 0.0 {
            return "0".to_owned();
        }
        // The exponent after rounding: 99.7 to two figures is 100, which has one digit more.
        let scientific = format!("{:.*e}", usize::try_from(figures - 1).unwrap_or(0), v.abs());
        let (_, exponent) = scientific.split_once('e').unwrap_or(("", "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        if exponent < -6 {
            return format!("{}{}", self.sign(v), self.localise(&scientific));
        }
        let rounded: f64 = scientific.parse().unwrap_or(v);
        let decimals = usize::try_from((figures - 1 - exponent).max(0)).unwrap_or(0);
        let mut text = format!("{rounded:.decimals$}");
        if decimals > 0 {
            // "0.40 m" says more than is meant of a wave that was given as 0.4 m.
            text = text.trim_end_matches('0').trim_end_matches('.').to_owned();
        }
        format!("{}{}", self.sign(v), self.localise(&text))
    }

    /// With its sign, also where positive.
    #[must_use]
    pub fn signed(&self, v: f64) -> String {
        if v > 0.0 { format!("+{}", self.two(v)) } else { self.two(v) }
    }

    /// A count, all digits.
    #[must_use]
    pub fn count(&self, v: u64) -> String {
        self.localise(&v.to_string())
    }

    /// A number with so many decimals, not rounded to significant figures. For positions and ticks.
    #[must_use]
    pub fn decimals(&self, v: f64, decimals: usize) -> String {
        let text = format!("{:.*}", decimals, v.abs());
        let zero = text.chars().all(|c| matches!(c, '0' | '.'));
        format!("{}{}", if zero { "" } else { self.sign(v) }, self.localise(&text))
    }

    /// `low to high`, kept together by no-break spaces.
    #[must_use]
    pub fn range(&self, low: &str, high: &str) -> String {
        format!("{low}\u{a0}{}\u{a0}{high}", self.to())
    }

    /// `middle (low to high)`.
    #[must_use]
    pub fn with_interval(&self, middle: &str, low: &str, high: &str) -> String {
        format!("{middle}\u{a0}({})", self.range(low, high))
    }

    /// The word between the ends of a range.
    #[must_use]
    pub fn to(&self) -> &'static str {
        match self.language {
            Language::En => "to",
            Language::Fr => "à",
        }
    }

    /// A duration: seconds up to two minutes, then minutes, then hours.
    #[must_use]
    pub fn duration_s(&self, seconds: f64) -> String {
        let (key, v) = if seconds.abs() < 120.0 {
            ("text.seconds", seconds)
        } else if seconds.abs() < 7200.0 {
            ("text.minutes", seconds / 60.0)
        } else {
            ("text.hours", seconds / 3600.0)
        };
        self.language.fill(key, &[("v", &self.two(v))])
    }

    /// A direction, three digits.
    #[must_use]
    pub fn direction(&self, degrees: f64) -> String {
        format!("{:03.0}", degrees.round().rem_euclid(360.0))
    }

    fn sign(&self, v: f64) -> &'static str {
        match (v < 0.0, self.fine) {
            (false, _) => "",
            (true, false) => "-",
            (true, true) => "\u{2212}",
        }
    }

    /// Decimal mark and thousands of an unsigned number in plain digits.
    fn localise(&self, plain: &str) -> String {
        let (whole, rest) = plain.split_once('.').map_or((plain, None), |(w, r)| (w, Some(r)));
        let mark = match (self.language, self.fine) {
            (Language::En, _) => ',',
            (Language::Fr, false) => '\u{a0}',
            (Language::Fr, true) => '\u{202f}',
        };
        let mut text = String::new();
        let digits = whole.bytes().all(|b| b.is_ascii_digit());
        for (i, c) in whole.chars().enumerate() {
            if digits && i > 0 && (whole.len() - i).is_multiple_of(3) {
                text.push(mark);
            }
            text.push(c);
        }
        if let Some(rest) = rest {
            text.push(match self.language {
                Language::En => '.',
                Language::Fr => ',',
            });
            text.push_str(rest);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_significant_figures() {
        let en = Writer::terminal(Language::En);
        for (v, text) in [
            (0.0, "0"),
            (0.361, "0.36"),
            (0.0021, "0.0021"),
            (7.0, "7"),
            (7.04, "7"),
            (7.06, "7.1"),
            (12.4, "12"),
            (99.7, "100"),
            (114.0, "110"),
            (1520.0, "1,500"),
            (-17.2, "-17"),
            (0.999, "1"),
            (1e-9, "1.0e-9"),
            (1_234_567.0, "1,200,000"),
        ] {
            assert_eq!(en.two(v), text);
        }
        assert_eq!(en.signed(74.0), "+74");
        assert_eq!(en.signed(0.0), "0");
        assert_eq!(en.significant(17.62, 3), "17.6");
        assert_eq!(en.count(10_000), "10,000");
        assert_eq!(en.decimals(-0.01, 1), "0.0");
    }

    #[test]
    fn french_and_fine() {
        let fr = Writer::page(Language::Fr);
        assert_eq!(fr.two(1520.0), "1\u{202f}500");
        assert_eq!(fr.two(-0.36), "\u{2212}0,36");
        assert_eq!(fr.with_interval("7", "2", "17"), "7\u{a0}(2\u{a0}à\u{a0}17)");
    }

    #[test]
    fn what_is_not_zero_is_never_written_as_zero() {
        let en = Writer::terminal(Language::En);
        for k in 0..400 {
            let v = f64::from(k) * 0.37 + 1e-8 * f64::from(k + 1);
            assert!(en.two(v).bytes().any(|b| (b'1'..=b'9').contains(&b)), "{v}");
        }
    }

    #[test]
    fn durations_and_directions() {
        let en = Writer::terminal(Language::En);
        assert_eq!(en.duration_s(48.0), "48 s");
        assert_eq!(en.duration_s(410.0), "6.8 min");
        assert_eq!(en.duration_s(9000.0), "2.5 h");
        assert_eq!(en.direction(359.8), "000");
        assert_eq!(en.direction(41.0), "041");
    }
}
