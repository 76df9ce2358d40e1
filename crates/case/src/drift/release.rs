//! Where and when things enter the water.

use super::reader::Reader;
use crate::scenario::Code;
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::time::Utc;
use plimsoll_core::units::Dimension;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Where.
#[derive(Clone, Debug, PartialEq)]
pub enum Where {
    /// About a position.
    About(LonLat),
    /// Evenly from one place to another: a line, or a cone where the radius differs.
    Line([LonLat; 2]),
    /// Evenly over an area, corner by corner.
    Polygon(Vec<LonLat>),
    /// About the places of a file, with its place in the case.
    File(String, Range<usize>),
}

/// When.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// Evenly from one instant to another.
    Span(Utc, Utc),
    /// At one instant that is not known: seconds after this one.
    Believed(Utc, Belief),
}

/// Corners of the largest area.
const CORNERS: usize = 10_000;
const RADIUS_M: [f64; 2] = [0.0, 500_000.0];

impl Reader<'_> {
    /// Exactly one of the keys that say where.
    pub fn place(&mut self) -> Option<Where> {
        const KEYS: [&str; 4] = ["release.position", "release.line", "release.polygon", "release.file"];
        let given: Vec<_> = KEYS.into_iter().filter(|k| self.has(k)).collect();
        let key = match given[..] {
            [key] => key,
            [] => {
                let message = "say where: position, line, polygon or file";
                self.refuse(KEYS[0], Code::Missing, message, None);
                return None;
            }
            [first, second, ..] => {
                let message = format!("`{first}` says where already: keep one of them");
                let span = self.span(second);
                self.refuse(second, Code::Impossible, message, span);
                return None;
            }
        };
        if key == "release.file" {
            let (file, span) = self.string(key)?;
            return Some(Where::File(file, span));
        }
        if key == "release.position" {
            let (text, span) = self.string(key)?;
            return self.position(key, &text, span).map(Where::About);
        }
        let span = self.span(key);
        let listed = self.list(key, "a list of positions")?;
        let count = listed.len();
        let places: Vec<_> = listed.into_iter().filter_map(|(t, s)| self.position(key, &t, s)).collect();
        if places.len() < count {
            return None;
        }
        let message = match (key, places.len()) {
            ("release.line", 2) => return Some(Where::Line([places[0], places[1]])),
            ("release.line", n) => format!("a line has two ends, this has {n}"),
            (_, 3..=CORNERS) => return Some(Where::Polygon(places)),
            (_, n) => format!("an area has 3 to {CORNERS} corners, this has {n}"),
        };
        self.refuse(key, Code::Impossible, message, span);
        None
    }

    /// The option of an assessment, where the file of places is one. That file says who enters the water and when.
    pub fn option(&mut self) -> Option<String> {
        let key = "release.option";
        let (text, span) = self.string(key)?;
        if !self.has("release.file") {
            self.refuse(key, Code::Impossible, "an option belongs to the `file` of an assessment", Some(span));
        }
        let theirs = |k: &&String| *k == "release.time" || k.starts_with("object.") || k.starts_with("changes");
        let said: Vec<String> = self.values.keys().filter(theirs).cloned().collect();
        for key in said {
            let span = self.span(&key);
            let message = "the file of the assessment says who enters the water and when: leave this out";
            self.refuse(&key, Code::Impossible, message, span);
        }
        Some(text)
    }

    /// Radius at both ends: one, or for a line two.
    pub fn radius_m(&mut self) -> Option<[f64; 2]> {
        let key = "release.radius";
        if !self.has(key) {
            return Some([0.0; 2]);
        }
        let span = self.span(key);
        if self.has("release.polygon") {
            self.refuse(key, Code::Impossible, "an area is filled evenly and has no radius: leave this out", span);
            return None;
        }
        let listed = self.list(key, "a radius, or one for each end of a line,")?;
        let count = listed.len();
        let all: Vec<f64> =
            listed.into_iter().filter_map(|(t, s)| self.quantity_of(key, &t, s, Dimension::Length, RADIUS_M)).collect();
        match all[..] {
            _ if all.len() < count => None,
            [r] => Some([r, r]),
            [a, b] if self.has("release.line") => Some([a, b]),
            _ => {
                self.refuse(key, Code::Impossible, "two radii belong to the two ends of a line", span);
                None
            }
        }
    }

    /// An instant, two, or a belief about one.
    pub fn time(&mut self) -> Option<When> {
        let key = "release.time";
        let Some(node) = self.values.get(key).cloned() else { return self.missing(key) };
        let span = node.span();
        let all: Vec<_> = match node.get_ref() {
            DeValue::Table(table) => return self.believed(table, span),
            DeValue::Array(items) => items.iter().map(|i| self.instant(key, i.get_ref(), i.span())).collect(),
            v => vec![self.instant(key, v, span.clone())],
        };
        let times: Vec<Utc> = all.into_iter().collect::<Option<_>>()?;
        match times[..] {
            [t] => Some(When::Span(t, t)),
            [a, b] if a <= b => Some(When::Span(a, b)),
            [_, _] => {
                self.refuse(key, Code::Impossible, "the second time is before the first", Some(span));
                None
            }
            _ => {
                self.refuse(key, Code::WrongType, "one time or two are wanted", Some(span));
                None
            }
        }
    }

    fn believed(&mut self, table: &DeTable<'_>, span: Range<usize>) -> Option<When> {
        let key = "release.time";
        let mut words: Vec<_> = table.iter().map(|(w, _)| w.get_ref().to_string()).filter(|w| w != "basis").collect();
        words.sort();
        let node = |word: &str| table.get(word);
        let time = |r: &mut Self, word: &str| {
            let node = node(word)?;
            r.instant(key, node.get_ref(), node.span())
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (from, belief) = match words[..] {
            ["high", "low"] => {
                let (low, high) = (time(self, "low")?, time(self, "high")?);
                (low, Belief::Uniform { low: 0.0, high: high.seconds_since(low) })
            }
            ["high", "likely", "low"] => {
                let (low, likely, high) = (time(self, "low")?, time(self, "likely")?, time(self, "high")?);
                let after = |t: Utc| t.seconds_since(low);
                (low, Belief::Triangular { low: 0.0, likely: after(likely), high: after(high) })
            }
            ["mean", "sd"] => {
                let mean = time(self, "mean")?;
                let node = node("sd")?;
                let DeValue::String(text) = node.get_ref() else {
                    self.refuse(key, Code::WrongType, "`sd` is a duration, such as \"20 min\"", Some(node.span()));
                    return None;
                };
                let sd = self.quantity_of(key, text, node.span(), Dimension::Duration, [1.0, 86_400.0])?;
                // cut where a run must begin and end
                (mean, Belief::Normal { mean: 0.0, sd, low: Some(-3.0 * sd), high: Some(3.0 * sd) })
            }
            _ => {
                let message = "a time that is not known is { low, high }, { low, likely, high } or { mean, sd }";
                self.refuse(key, Code::Belief, message, Some(span));
                return None;
            }
        };
        match belief.check() {
            Ok(()) if belief.range().1 <= 60.0 * 86_400.0 => Some(When::Believed(from, belief)),
            Ok(()) => {
                self.refuse(key, Code::OutOfRange, "this is wider than 60 days", Some(span));
                None
            }
            Err(_) => {
                self.refuse(key, Code::Belief, "low, likely and high must follow each other in time", Some(span));
                None
            }
        }
    }
}
