//! Values of a drift case one by one: words, numbers, quantities, beliefs, positions, times. Every fault is told with its place.

use super::KEYS;
use crate::scenario::keys::{Key, Kind};
use crate::scenario::{self, Code, Problem};
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::maths::sin_cos;
use plimsoll_core::time::Utc;
use plimsoll_core::units::{self, Dimension, Sense, nearest, parse_directed};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) type Node<'a> = Spanned<DeValue<'a>>;

/// The changes that a life may have.
const CHANGES: usize = 8;

/// A case being read; problems gather while it is. Keys of the second change are `changes[1].after` and so on.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub values: BTreeMap<String, Node<'a>>,
    pub problems: Vec<Problem>,
    /// How many changes there are.
    pub changes: usize,
}

/// A key as the table of keys has it: without the number of a change.
fn general(key: &str) -> String {
    match (key.find('['), key.find(']')) {
        (Some(a), Some(b)) => format!("{}{}", &key[..a], &key[b + 1..]),
        _ => key.to_owned(),
    }
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, values: BTreeMap::new(), problems: vec![], changes: 0 }
    }

    pub fn split(&mut self, table: DeTable<'a>) {
        for (section, node) in table {
            let (at, section) = (section.span(), section.into_inner().to_string());
            let known = KEYS.iter().any(|k| k.0.split('.').next() == Some(&section));
            match node.into_inner() {
                DeValue::Array(all) if section == "changes" => {
                    if all.len() > CHANGES {
                        let message = format!("{} changes are more than a life has here", all.len());
                        self.refuse(&section, Code::OutOfRange, message, Some(at));
                        continue;
                    }
                    self.changes = all.len();
                    for (k, node) in all.into_iter().enumerate() {
                        let at = node.span();
                        match node.into_inner() {
                            DeValue::Table(inner) => self.keys(&format!("changes[{k}]"), inner),
                            _ => self.refuse("changes", Code::WrongType, "write each as [[changes]]", Some(at)),
                        }
                    }
                }
                DeValue::Table(_) if section == "changes" => {
                    self.refuse(
                        &section,
                        Code::WrongType,
                        "write [[changes]], with two brackets, once for each",
                        Some(at),
                    );
                }
                DeValue::Table(inner) if known => self.keys(&section, inner),
                DeValue::Table(_) => self.refuse(&section, Code::UnknownKey, "there is no such section", Some(at)),
                _ => self.refuse(&section, Code::UnknownKey, "there is no such key outside a section", Some(at)),
            }
        }
    }

    fn keys(&mut self, section: &str, table: DeTable<'a>) {
        for (word, node) in table {
            let (at, word) = (word.span(), word.into_inner());
            let path = format!("{section}.{word}");
            if KEYS.iter().any(|k| k.0 == general(&path)) {
                self.values.insert(path, node);
            } else {
                let shown: String = path.chars().take(60).collect();
                let near = nearest(&general(&path), KEYS.iter().map(|k| k.0));
                let mut p = Problem::new(Code::UnknownKey, &shown, "there is no such key").at(self.text, at, false);
                p.help = near.map(|n| format!("did you mean `{n}`?"));
                self.problems.push(p);
            }
        }
    }

    pub fn has(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    pub fn span(&self, key: &str) -> Option<Range<usize>> {
        self.values.get(key).map(Spanned::span)
    }

    pub fn refuse(&mut self, key: &str, code: Code, message: impl Into<String>, span: Option<Range<usize>>) {
        let shown: String = key.chars().take(60).collect();
        let allowed = KEYS.iter().find(|k| k.0 == general(key)).map_or("", |k| k.1);
        let p = Problem::new(code, &shown, message).allowed(allowed);
        self.problems.push(if let Some(span) = span { p.at(self.text, span, true) } else { p });
    }

    pub fn missing<T>(&mut self, key: &str) -> Option<T> {
        self.refuse(key, Code::Missing, "this must be given", None);
        None
    }

    pub fn string(&mut self, key: &str) -> Option<(String, Range<usize>)> {
        let node = self.values.get(key)?;
        let span = node.span();
        if let DeValue::String(s) = node.get_ref() {
            return Some((s.to_string(), span));
        }
        self.refuse(key, Code::WrongType, "text is wanted", Some(span));
        None
    }

    pub fn number(&mut self, key: &str, low: f64, high: f64, or: Option<f64>) -> Option<f64> {
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

    pub fn quantity(&mut self, key: &str, dimension: Dimension, [low, high]: [f64; 2], or: f64) -> Option<f64> {
        if !self.values.contains_key(key) {
            return Some(or);
        }
        let (text, span) = self.string(key)?;
        self.quantity_of(key, &text, span, dimension, [low, high])
    }

    /// One quantity within its range.
    pub fn quantity_of(
        &mut self,
        key: &str,
        text: &str,
        span: Range<usize>,
        dimension: Dimension,
        [low, high]: [f64; 2],
    ) -> Option<f64> {
        match units::parse(text, dimension) {
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

    pub fn flag(&mut self, key: &str, or: bool) -> Option<bool> {
        let Some(node) = self.values.get(key) else { return Some(or) };
        let span = node.span();
        if let DeValue::Boolean(b) = node.get_ref() {
            return Some(*b);
        }
        self.refuse(key, Code::WrongType, "true or false is wanted", Some(span));
        None
    }

    pub fn word(&mut self, key: &str, words: &[&'static str]) -> Option<&'static str> {
        let (text, span) = self.string(key)?;
        let found = words.iter().find(|w| **w == text);
        if found.is_none() {
            self.refuse(key, Code::UnknownWord, "this word is not known here", Some(span));
        }
        found.copied()
    }

    /// One constant speed with its direction, m/s east and north.
    pub fn directed(&mut self, key: &str, sense: Sense, most: f64) -> Option<([f64; 2], String)> {
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

    /// A belief under the rules of a scenario's beliefs.
    pub fn belief(
        &mut self,
        key: &'static str,
        at: &str,
        kind: Kind,
        range: [f64; 2],
        example: &'static str,
    ) -> Option<Belief> {
        let Some(node) = self.values.get(at) else { return self.missing(at) };
        let rule = Key { path: key, kind, low: range[0], high: range[1], default: "", example, doc_en: "", doc_fr: "" };
        match scenario::belief(self.text, &rule, node) {
            Ok(belief) => Some(belief),
            Err(problems) => {
                self.problems.extend(problems.into_iter().map(|mut p| {
                    p.key = at.to_owned();
                    p
                }));
                None
            }
        }
    }

    /// A list of texts with their places; one text alone is a list of one.
    pub fn list(&mut self, key: &str, what: &str) -> Option<Vec<(String, Range<usize>)>> {
        let node = self.values.get(key)?;
        let span = node.span();
        let text =
            |n: &Node<'_>| if let DeValue::String(s) = n.get_ref() { Some((s.to_string(), n.span())) } else { None };
        let all: Option<Vec<_>> = match node.get_ref() {
            DeValue::Array(items) => items.iter().map(text).collect(),
            _ => text(node).map(|f| vec![f]),
        };
        if all.is_none() {
            self.refuse(key, Code::WrongType, format!("{what} is wanted"), Some(span));
        }
        all
    }

    /// One position.
    pub fn position(&mut self, key: &str, text: &str, span: Range<usize>) -> Option<LonLat> {
        match text.parse::<LonLat>() {
            Ok(p) => Some(p),
            Err(e) => {
                self.refuse(key, Code::Unclear, e.to_string(), Some(span));
                None
            }
        }
    }

    /// One instant.
    pub fn instant(&mut self, key: &str, value: &DeValue<'_>, span: Range<usize>) -> Option<Utc> {
        let text = match value {
            DeValue::Datetime(d) => d.to_string(),
            DeValue::String(s) => s.to_string(),
            _ => {
                self.refuse(key, Code::WrongType, "a time is wanted", Some(span));
                return None;
            }
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
}
