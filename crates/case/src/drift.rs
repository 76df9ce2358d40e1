//! The case file of `plimsoll drift`: what drifts, from where and when, how, and with which sea. Every fault is told with its place.

use crate::scenario::{Code, MAX_BYTES, Problem, ScenarioError};
use plimsoll_core::earth::LonLat;
use plimsoll_core::maths::sin_cos;
use plimsoll_core::time::Utc;
use plimsoll_core::units::{self, Dimension, Sense, nearest, parse_directed};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What drifts, as the file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Category {
    /// A class of the published list, 1 to 85.
    Number(u32),
    /// A class by name, one of [`NAMES`].
    Name(&'static str),
}

/// Classes that are named and not numbered.
pub const NAMES: [&str; 2] = ["person-jacket", "person-no-jacket"];

/// A drift case.
#[derive(Clone, Debug, PartialEq)]
pub struct DriftCase {
    /// What drifts.
    pub category: Category,
    /// How many particles.
    pub number: usize,
    /// Centre of the release.
    pub position: LonLat,
    /// Standard deviation each way, or radius of the disc, m.
    pub radius_m: f64,
    /// Whether it is a disc.
    pub disc: bool,
    /// First and last instant of release.
    pub time: (Utc, Utc),
    /// Hours to follow.
    pub hours: f64,
    /// A step, s.
    pub step_s: f64,
    /// From one output to the next, s.
    pub output_s: f64,
    /// `euler`, `rk2` or `rk4`; none where not said.
    pub scheme: Option<&'static str>,
    /// Whether things strand.
    pub land: bool,
    /// Whether there is leeway at all.
    pub leeway: bool,
    /// Whether time runs backwards.
    pub backward: bool,
    /// Chance of a jibe in an hour.
    pub jibe_per_hour: f64,
    /// Standard deviation of the wind's components, m/s.
    pub wind_sd_m_s: f64,
    /// Standard deviation of the current's components, m/s.
    pub current_sd_m_s: f64,
    /// Constant wind, m/s east and north, as written.
    pub wind: Option<([f64; 2], String)>,
    /// Constant current, m/s east and north, as written.
    pub current: Option<([f64; 2], String)>,
    /// Files, with their places in the case.
    pub files: Vec<(String, Range<usize>)>,
}

const KEYS: [(&str, &str); 19] = [
    ("object.category", "1 to 85, or a name"),
    ("release.number", "1 to 20,000,000"),
    ("release.position", "\"59.6N 4.2E\""),
    ("release.radius", "\"500 m\""),
    ("release.shape", "\"gaussian\", \"disc\""),
    ("release.time", "an instant, or [from, to]"),
    ("run.hours", "up to 1440"),
    ("run.step", "\"1 s\" to \"6 h\""),
    ("run.output", "a whole number of steps"),
    ("run.scheme", "\"euler\", \"rk2\", \"rk4\""),
    ("run.land", "true, false"),
    ("run.leeway", "true, false"),
    ("run.backward", "true, false"),
    ("run.jibe_per_hour", "0 to 1"),
    ("run.wind_sd", "\"0 m/s\" to \"20 m/s\""),
    ("run.current_sd", "\"0 m/s\" to \"5 m/s\""),
    ("sea.from", "a list of files"),
    ("sea.wind", "\"15 kn from 240\""),
    ("sea.current", "\"1.2 kn toward 045\""),
];

type Node<'a> = Spanned<DeValue<'a>>;

struct Reader<'a> {
    text: &'a str,
    values: BTreeMap<String, Node<'a>>,
    problems: Vec<Problem>,
}

/// Reads a case.
///
/// # Errors
/// [`ScenarioError`] with every fault and its place.
pub fn parse(bytes: &[u8]) -> Result<DriftCase, ScenarioError> {
    let whole = |p: Problem, text: &str| ScenarioError::new(text, vec![p]);
    if bytes.len() > MAX_BYTES {
        let message = format!("the file has {} bytes: this is no case", bytes.len());
        return Err(whole(Problem::new(Code::TooLarge, "", message), ""));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| whole(Problem::new(Code::NotText, "", "this is no text file (UTF-8)"), ""))?;
    let table = DeTable::parse(text).map_err(|e| {
        let p = Problem::new(Code::Syntax, "", format!("not TOML: {}", e.message().lines().next().unwrap_or("")));
        whole(if let Some(span) = e.span() { p.at(text, span, true) } else { p }, text)
    })?;
    let mut r = Reader { text, values: BTreeMap::new(), problems: vec![] };
    r.split(table.into_inner());
    let case = r.case();
    match case {
        Some(case) if r.problems.is_empty() => Ok(case),
        _ => Err(ScenarioError::new(text, r.problems)),
    }
}

impl<'a> Reader<'a> {
    fn split(&mut self, table: DeTable<'a>) {
        for (section, node) in table {
            let (at, section) = (section.span(), section.into_inner().to_string());
            let known = KEYS.iter().any(|k| k.0.split('.').next() == Some(&section));
            let DeValue::Table(inner) = node.into_inner() else {
                self.refuse(&section, Code::UnknownKey, "there is no such key outside a section", Some(at));
                continue;
            };
            if !known {
                self.refuse(&section, Code::UnknownKey, "there is no such section", Some(at));
                continue;
            }
            for (word, node) in inner {
                let (at, word) = (word.span(), word.into_inner());
                let path = format!("{section}.{word}");
                if KEYS.iter().any(|k| k.0 == path) {
                    self.values.insert(path, node);
                } else {
                    let shown: String = path.chars().take(60).collect();
                    let near = nearest(&path, KEYS.iter().map(|k| k.0));
                    let mut p = Problem::new(Code::UnknownKey, &shown, "there is no such key").at(self.text, at, false);
                    p.help = near.map(|n| format!("did you mean `{n}`?"));
                    self.problems.push(p);
                }
            }
        }
    }

    fn refuse(&mut self, key: &str, code: Code, message: impl Into<String>, span: Option<Range<usize>>) {
        let shown: String = key.chars().take(60).collect();
        let allowed = KEYS.iter().find(|k| k.0 == key).map_or("", |k| k.1);
        let p = Problem::new(code, &shown, message).allowed(allowed);
        self.problems.push(if let Some(span) = span { p.at(self.text, span, true) } else { p });
    }

    fn missing<T>(&mut self, key: &str) -> Option<T> {
        self.refuse(key, Code::Missing, "this must be given", None);
        None
    }

    fn string(&mut self, key: &str) -> Option<(String, Range<usize>)> {
        let node = self.values.get(key)?;
        let span = node.span();
        if let DeValue::String(s) = node.get_ref() {
            return Some((s.to_string(), span));
        }
        self.refuse(key, Code::WrongType, "text is wanted", Some(span));
        None
    }

    fn number(&mut self, key: &str, low: f64, high: f64, or: Option<f64>) -> Option<f64> {
        let Some(node) = self.values.get(key) else { return if or.is_some() { or } else { self.missing(key) } };
        let span = node.span();
        match crate::scenario::plain_number(node.get_ref()) {
            Some(v) if v >= low && v <= high => Some(v),
            Some(v) => {
                self.refuse(key, Code::OutOfRange, format!("{v} is out of range"), Some(span));
                None
            }
            None => {
                self.refuse(key, Code::WrongType, "a number is wanted", Some(span));
                None
            }
        }
    }

    fn quantity(&mut self, key: &str, dimension: Dimension, [low, high]: [f64; 2], or: f64) -> Option<f64> {
        if !self.values.contains_key(key) {
            return Some(or);
        }
        let (text, span) = self.string(key)?;
        match units::parse(&text, dimension) {
            Ok(q) if q.base >= low && q.base <= high => Some(q.base),
            Ok(q) => {
                self.refuse(key, Code::OutOfRange, format!("{q} is out of range"), Some(span));
                None
            }
            Err(e) => {
                self.refuse(key, Code::Unit, e.to_string(), Some(span));
                None
            }
        }
    }

    fn flag(&mut self, key: &str, or: bool) -> Option<bool> {
        let Some(node) = self.values.get(key) else { return Some(or) };
        let span = node.span();
        if let DeValue::Boolean(b) = node.get_ref() {
            return Some(*b);
        }
        self.refuse(key, Code::WrongType, "true or false is wanted", Some(span));
        None
    }

    fn word(&mut self, key: &str, words: &[&'static str]) -> Option<&'static str> {
        let (text, span) = self.string(key)?;
        let found = words.iter().find(|w| **w == text);
        if found.is_none() {
            self.refuse(key, Code::UnknownWord, "this word is not known here", Some(span));
        }
        found.copied()
    }

    /// One constant speed with its direction, m/s east and north.
    fn directed(&mut self, key: &str, sense: Sense, most: f64) -> Option<([f64; 2], String)> {
        let (text, span) = self.string(key)?;
        match parse_directed(&text, sense) {
            Ok(d) if d.speed.base < 0.0 || d.speed.base > most => {
                self.refuse(key, Code::OutOfRange, format!("{d} is out of range: 0 to {most} m/s"), Some(span));
                None
            }
            Ok(d) => {
                let Some(degrees) = d.direction_deg.or((d.speed.base == 0.0).then_some(0.0)) else {
                    let message = format!("say also the direction ({} ...)", sense.word());
                    self.refuse(key, Code::Missing, message, Some(span));
                    return None;
                };
                let towards = if sense == Sense::From { degrees + 180.0 } else { degrees };
                let (s, c) = sin_cos(towards.to_radians());
                Some(([d.speed.base * s, d.speed.base * c], text))
            }
            Err(e) => {
                self.refuse(key, Code::Unit, e.to_string(), Some(span));
                None
            }
        }
    }

    fn category(&mut self) -> Option<Category> {
        let key = "object.category";
        let Some(node) = self.values.get(key) else { return self.missing(key) };
        if let DeValue::String(s) = node.get_ref() {
            if let Some(name) = NAMES.iter().find(|n| **n == s.as_ref()) {
                return Some(Category::Name(name));
            }
            let (span, help) = (node.span(), format!("a number from 1 to 85, or {}", NAMES.join(", ")));
            self.refuse(key, Code::UnknownWord, format!("no class of that name: {help}"), Some(span));
            return None;
        }
        let span = node.span();
        let n = self.number(key, 1.0, 85.0, None)?;
        if n.fract() != 0.0 {
            self.refuse(key, Code::WrongType, "a whole number is wanted", Some(span));
            return None;
        }
        Some(Category::Number(n as u32))
    }

    fn position(&mut self) -> Option<LonLat> {
        let key = "release.position";
        if !self.values.contains_key(key) {
            return self.missing(key);
        }
        let (text, span) = self.string(key)?;
        match text.parse::<LonLat>() {
            Ok(p) => Some(p),
            Err(e) => {
                self.refuse(key, Code::Unclear, e.to_string(), Some(span));
                None
            }
        }
    }

    fn instant(&mut self, text: Option<String>, span: Range<usize>) -> Option<Utc> {
        let key = "release.time";
        let Some(text) = text else {
            self.refuse(key, Code::WrongType, "a time is wanted", Some(span));
            return None;
        };
        match text.parse::<Utc>() {
            Ok(t) if (1950..=2100).contains(&t.civil().year) => Some(t),
            Ok(_) => {
                self.refuse(key, Code::OutOfRange, "this year is outside what can be meant", Some(span));
                None
            }
            Err(e) => {
                self.refuse(key, Code::Unclear, e.to_string(), Some(span));
                None
            }
        }
    }

    fn time(&mut self) -> Option<(Utc, Utc)> {
        let key = "release.time";
        let Some(node) = self.values.get(key) else { return self.missing(key) };
        let span = node.span();
        let text = |v: &DeValue<'_>| match v {
            DeValue::Datetime(d) => Some(d.to_string()),
            DeValue::String(s) => Some(s.to_string()),
            _ => None,
        };
        let all = match node.get_ref() {
            DeValue::Array(items) => items.iter().map(|i| (text(i.get_ref()), i.span())).collect(),
            v => vec![(text(v), span.clone())],
        };
        let times: Vec<Utc> = all.into_iter().filter_map(|(t, s)| self.instant(t, s)).collect();
        match times[..] {
            [t] => Some((t, t)),
            [a, b] if a <= b => Some((a, b)),
            [_, _] => {
                self.refuse(key, Code::Impossible, "the second time is before the first", Some(span));
                None
            }
            _ if !self.problems.is_empty() => None,
            _ => {
                self.refuse(key, Code::WrongType, "one time or two are wanted", Some(span));
                None
            }
        }
    }

    fn files(&mut self) -> Option<Vec<(String, Range<usize>)>> {
        let key = "sea.from";
        let Some(node) = self.values.get(key) else { return Some(vec![]) };
        let span = node.span();
        let text =
            |n: &Node<'_>| if let DeValue::String(s) = n.get_ref() { Some((s.to_string(), n.span())) } else { None };
        let all: Option<Vec<_>> = match node.get_ref() {
            DeValue::Array(items) => items.iter().map(text).collect(),
            _ => text(node).map(|f| vec![f]),
        };
        if all.is_none() {
            self.refuse(key, Code::WrongType, "a list of files is wanted", Some(span));
        }
        all
    }

    fn case(&mut self) -> Option<DriftCase> {
        let category = self.category();
        let number = self.number("release.number", 1.0, 2e7, Some(5000.0));
        let position = self.position();
        let radius = self.quantity("release.radius", Dimension::Length, [0.0, 500_000.0], 0.0);
        let shape = if self.values.contains_key("release.shape") {
            self.word("release.shape", &["gaussian", "disc"])
        } else {
            Some("gaussian")
        };
        let time = self.time();
        let hours = self.number("run.hours", 0.01, 1440.0, Some(24.0));
        let step = self.quantity("run.step", Dimension::Duration, [1.0, 21_600.0], 600.0);
        let output = self.quantity("run.output", Dimension::Duration, [1.0, 86_400.0], 3600.0);
        let scheme = self.word("run.scheme", &["euler", "rk2", "rk4"]);
        let [land, leeway, backward] =
            [("run.land", true), ("run.leeway", true), ("run.backward", false)].map(|(k, or)| self.flag(k, or));
        let jibe = self.number("run.jibe_per_hour", 0.0, 1.0, Some(0.04));
        let wind_sd = self.quantity("run.wind_sd", Dimension::Speed, [0.0, 20.0], 0.0);
        let current_sd = self.quantity("run.current_sd", Dimension::Speed, [0.0, 5.0], 0.0);
        let wind = self.directed("sea.wind", Sense::From, 60.0);
        let current = self.directed("sea.current", Sense::Toward, 10.0);
        let files = self.files();
        Some(DriftCase {
            category: category?,
            number: number? as usize,
            position: position?,
            radius_m: radius?,
            disc: shape? == "disc",
            time: time?,
            hours: hours?,
            step_s: step?,
            output_s: output?,
            scheme,
            land: land?,
            leeway: leeway?,
            backward: backward?,
            jibe_per_hour: jibe?,
            wind_sd_m_s: wind_sd?,
            current_sd_m_s: current_sd?,
            wind,
            current,
            files: files?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
[object]
category = 1
[release]
number = 5000
position = "59.6N 4.2E"
radius = "500 m"
time = [2015-11-16T00:00:00Z, 2015-11-16T06:00:00Z]
[run]
hours = 24
step = "10 min"
land = false
[sea]
wind = "15 kn from 240"
current = "0 kn"
from = ["a.nc", "b.nc"]
"#;

    #[test]
    fn a_case_is_read() {
        let c = parse(GOOD.as_bytes()).unwrap();
        assert_eq!((c.category, c.number, c.step_s, c.land, c.scheme), (Category::Number(1), 5000, 600.0, false, None));
        // from 240 is towards 060
        let [e, n] = c.wind.unwrap().0;
        assert!((e / n - 3.0_f64.sqrt()).abs() < 1e-9 && e > 0.0);
        assert_eq!((c.files.len(), c.time.1.to_string().as_str()), (2, "2015-11-16T06:00:00Z"));
    }

    #[test]
    fn faults_are_told_with_their_places() {
        for (from, to, code) in [
            ("category = 1", "category = 86", Code::OutOfRange),
            ("category = 1", "category = \"dinghy\"", Code::UnknownWord),
            ("position = \"59.6N 4.2E\"", "position = \"59.6 4.2\"", Code::Unclear),
            ("radius = \"500 m\"", "radius = \"500\"", Code::Unit),
            ("hours = 24", "hour = 24", Code::UnknownKey),
            ("15 kn from 240", "15 kn toward 240", Code::Unit),
            ("15 kn from 240", "15 kn", Code::Missing),
            ("T06:00:00Z", "T06:00:00", Code::Unclear),
            ("land = false", "land = 0", Code::WrongType),
            ("[sea]", "[see]", Code::UnknownKey),
        ] {
            let text = GOOD.replacen(from, to, 1);
            let e = parse(text.as_bytes()).unwrap_err();
            assert!(e.problems.iter().any(|p| p.code == code && p.line > 0), "{to}: {e}");
        }
    }
}
