//! Values one by one: words, lists, places, times. Beliefs are in [`super::believe`].

use super::document::{Document, Node};
use super::keys::{self, Key, Kind};
use super::problem::{Code, Problem};
use plimsoll_core::earth::LonLat;
use plimsoll_core::time::Utc;
use plimsoll_core::units::{self, Dimension, nearest};
use std::ops::Range;
use toml::de::DeValue;

/// A document being read; problems gather while it is.
pub(crate) struct Reader<'a> {
    pub document: Document<'a>,
    pub problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// Whether the file has this key, well written or not.
    pub fn has(&self, path: &str) -> bool {
        self.document.values.contains_key(path)
    }

    pub fn node(&self, path: &'static str) -> Option<Node<'a>> {
        self.document.values.get(path).cloned()
    }

    pub fn span(&self, path: &str) -> Option<Range<usize>> {
        self.document.values.get(path).map(toml::Spanned::span)
    }

    /// Reports a problem with the value at `span`.
    pub fn refuse(&mut self, key: &Key, code: Code, message: impl Into<String>, span: Range<usize>) {
        self.refuse_with(key, code, message, None, span);
    }

    pub fn refuse_with(
        &mut self,
        key: &Key,
        code: Code,
        message: impl Into<String>,
        help: Option<String>,
        span: Range<usize>,
    ) {
        let mut problem = Problem::new(code, key.path, message).allowed(key.allowed());
        problem.unit = key.unit().to_owned();
        problem.help = help;
        self.problems.push(problem.at(self.document.text, span, true));
    }

    fn wrong_type(&mut self, key: &Key, node: &Node<'_>) {
        let message = format!("{} where {} is wanted", kind_of(node.get_ref()), wanted(key.kind));
        self.refuse_with(key, Code::WrongType, message, Some(format!("write as {}", key.example)), node.span());
    }

    fn string(&mut self, key: &Key, node: &Node<'_>) -> Option<String> {
        if let DeValue::String(s) = node.get_ref() {
            return Some(s.to_string());
        }
        self.wrong_type(key, node);
        None
    }

    pub fn text(&mut self, path: &'static str) -> Option<String> {
        let node = self.node(path)?;
        let key = keys::find(path);
        let text = self.string(key, &node)?;
        if text.chars().count() > 200 || text.chars().any(char::is_control) {
            self.refuse(key, Code::OutOfRange, "a name of one line and at most 200 characters is wanted", node.span());
            return None;
        }
        Some(text)
    }

    /// One of the words of a [`Kind::Choice`].
    pub fn choice(&mut self, path: &'static str) -> Option<&'static str> {
        let node = self.node(path)?;
        let key = keys::find(path);
        let Kind::Choice(words) = key.kind else {
            return None;
        };
        let word = self.string(key, &node)?;
        self.word(key, &word, words, node.span())
    }

    /// `word` as one of `words`.
    pub fn word<'w>(&mut self, key: &Key, word: &str, words: &[&'w str], span: Range<usize>) -> Option<&'w str> {
        if let Some(w) = words.iter().find(|w| **w == word) {
            return Some(w);
        }
        let help = nearest(word, words.iter().copied()).map(|near| format!("did you mean \"{near}\"?"));
        let shown: String = word.chars().take(60).collect();
        let mut problem =
            Problem::new(Code::UnknownWord, key.path, format!("\"{shown}\" is none of the words known here"))
                .allowed(words.join(", "));
        problem.help = help;
        self.problems.push(problem.at(self.document.text, span, true));
        None
    }

    /// A list of texts with their places; one text alone counts as a list of one.
    pub fn list(&mut self, path: &'static str) -> Option<Vec<(String, Range<usize>)>> {
        let node = self.node(path)?;
        let key = keys::find(path);
        match node.get_ref() {
            DeValue::Array(items) => {
                let mut out = Vec::with_capacity(items.len());
                for item in items.iter() {
                    if let Some(s) = self.string(key, item) {
                        out.push((s, item.span()));
                    }
                }
                (out.len() == items.len()).then_some(out)
            }
            _ => {
                self.wrong_type(key, &node);
                None
            }
        }
    }

    /// A list of known words without repetition.
    pub fn words<'w>(&mut self, path: &'static str, known: &[&'w str]) -> Option<Vec<&'w str>> {
        let items = self.list(path)?;
        let key = keys::find(path);
        let mut out: Vec<&str> = Vec::with_capacity(items.len());
        for (item, span) in items {
            let Some(word) = self.word(key, &item, known, span.clone()) else {
                continue;
            };
            if out.contains(&word) {
                self.refuse(key, Code::Impossible, format!("\"{word}\" stands here twice"), span);
            } else {
                out.push(word);
            }
        }
        Some(out)
    }

    pub fn position(&mut self, path: &'static str) -> Option<LonLat> {
        let node = self.node(path)?;
        let key = keys::find(path);
        let text = self.string(key, &node)?;
        match text.parse() {
            Ok(place) => Some(place),
            Err(e) => {
                let e: plimsoll_core::earth::PositionError = e;
                let code = if matches!(e, plimsoll_core::earth::PositionError::OutOfRange { .. }) {
                    Code::OutOfRange
                } else {
                    Code::Unclear
                };
                self.refuse(key, code, e.to_string(), node.span());
                None
            }
        }
    }

    pub fn time(&mut self, path: &'static str) -> Option<Utc> {
        let node = self.node(path)?;
        let key = keys::find(path);
        let text = match node.get_ref() {
            DeValue::Datetime(d) => d.to_string(),
            DeValue::String(s) => s.to_string(),
            _ => {
                self.wrong_type(key, &node);
                return None;
            }
        };
        match text.parse::<Utc>() {
            Ok(t) if (key.low..=key.high).contains(&f64::from(t.civil().year)) => Some(t),
            Ok(_) => {
                self.refuse(key, Code::OutOfRange, "this year is outside what can be meant", node.span());
                None
            }
            Err(e) => {
                self.refuse(key, Code::Unclear, e.to_string(), node.span());
                None
            }
        }
    }

    /// Exactly one duration, h.
    pub fn hours(&mut self, path: &'static str) -> Option<f64> {
        let node = self.node(path)?;
        let key = keys::find(path);
        match node.get_ref() {
            DeValue::String(s) => match units::parse(s, Dimension::Duration) {
                Ok(q) => {
                    let hours = q.base / 3600.0;
                    if (key.low..=key.high).contains(&hours) {
                        return Some(hours);
                    }
                    self.refuse(key, Code::OutOfRange, format!("{q} is out of range"), node.span());
                }
                Err(e) => self.refuse_quantity(key, &e, node.span()),
            },
            DeValue::Integer(_) | DeValue::Float(_) => self.refuse_bare(key, &node, "h"),
            _ => self.wrong_type(key, &node),
        }
        None
    }

    /// Exactly one whole number.
    pub fn whole(&mut self, path: &'static str) -> Option<u64> {
        let node = self.node(path)?;
        let key = keys::find(path);
        match plain_number(node.get_ref()) {
            Some(v) if !v.is_finite() => self.refuse(key, Code::NotFinite, "not a finite number", node.span()),
            Some(v) if v.fract() != 0.0 => self.refuse(key, Code::WrongType, "a whole number is wanted", node.span()),
            Some(v) if !(key.low..=key.high).contains(&v) => {
                self.refuse(key, Code::OutOfRange, format!("{v} is out of range"), node.span());
            }
            Some(v) => return Some(v as u64),
            None => self.wrong_type(key, &node),
        }
        None
    }

    pub fn refuse_quantity(&mut self, key: &Key, e: &units::QuantityError, span: Range<usize>) {
        let code = match e {
            units::QuantityError::NotFinite { .. } => Code::NotFinite,
            _ => Code::Unit,
        };
        self.refuse(key, code, e.to_string(), span);
    }

    /// A number that has no unit and should.
    pub fn refuse_bare(&mut self, key: &Key, node: &Node<'_>, unit: &str) {
        match plain_number(node.get_ref()) {
            Some(v) if !v.is_finite() => self.refuse(key, Code::NotFinite, "not a finite number", node.span()),
            v => {
                let example = v.map(|v| format!("write \"{v} {unit}\" if that is the unit, with its quotes"));
                self.refuse_with(key, Code::Unit, "a number without unit", example, node.span());
            }
        }
    }

    pub fn refuse_type(&mut self, key: &Key, node: &Node<'_>) {
        self.wrong_type(key, node);
    }
}

/// A TOML integer or float as a number.
pub(crate) fn plain_number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(i) => {
            let wide = i128::from_str_radix(i.as_str(), i.radix()).ok();
            // More digits than 128 bits hold: too large for any key, and so refused by its range.
            Some(wide.map_or(f64::MAX, |w| w as f64))
        }
        DeValue::Float(f) => f.as_str().parse().ok(),
        _ => None,
    }
}

pub(crate) fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Choice(_) | Kind::Position | Kind::Asset => "text",
        Kind::Quantity(_) => "text with a number and a unit, or a belief,",
        Kind::Vector(_) => "text with a speed and a direction, or a belief,",
        Kind::DurationOrLength => "text with a duration or a distance, or a belief,",
        Kind::Number | Kind::Count | Kind::Share | Kind::Minutes => "a number or a belief",
        Kind::Duration => "text with a number and a unit",
        Kind::Whole => "a whole number",
        Kind::Time => "a time",
        Kind::Tubes => "text or a table of port and starboard",
        Kind::Assets | Kind::Coming | Kind::Options | Kind::Modifiers => "a list",
        Kind::Fields => "text or a list",
    }
}
