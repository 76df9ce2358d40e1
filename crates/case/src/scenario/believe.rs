//! Beliefs: `62`, `{ low, high }`, `{ low, likely, high }`, `{ mean, sd }`, `{ values, weights }`, each with an optional
//! `basis`; `{ value, basis }` gives a basis to what is known exactly.

use super::document::Node;
use super::keys::{Key, Kind};
use super::problem::{Code, Problem};
use super::read::{Reader, plain_number};
use crate::encounter::{BoundFor, Given};
use plimsoll_core::belief::{Belief, BeliefError};
use plimsoll_core::units::{self, Dimension, DirectionError, Sense, nearest};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

const FORMS: &str = "62, { low, high }, { low, likely, high }, { mean, sd }, { values, weights } or { value }";

/// What a number within a belief says.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// A value of the quantity: within the key's range.
    Value,
    /// A spread: positive, in the units of a difference.
    Spread,
    /// A weight: no unit, not negative.
    Weight,
}

/// A belief with the directions named in it.
struct Found {
    given: Given<Belief>,
    directions: Vec<(f64, Range<usize>)>,
}

/// Numbers of one belief as they are read.
struct Scalars<'k> {
    key: &'k Key,
    /// What the numbers are; differs from the key's kind where that allows two.
    kind: Kind,
    range: [f64; 2],
    directions: Vec<(f64, Range<usize>)>,
}

impl<'a> Reader<'a> {
    /// The belief at `path`, in the base unit of its key.
    pub fn belief(&mut self, path: &'static str) -> Option<Given<Belief>> {
        let node = self.node(path)?;
        self.belief_of(super::keys::find(path), &node)
    }

    /// The belief in `node` under the rules of `key`.
    pub fn belief_of(&mut self, key: &Key, node: &Node<'a>) -> Option<Given<Belief>> {
        self.find(key, key.kind, [key.low, key.high], node).map(|f| f.given)
    }

    /// A speed and its direction.
    pub fn vector(&mut self, path: &'static str) -> Option<(Given<Belief>, Option<f64>)> {
        let node = self.node(path)?;
        let key = super::keys::find(path);
        let found = self.find(key, key.kind, [key.low, key.high], &node)?;
        let first = found.directions.first().map(|(d, _)| *d);
        if let Some((_, span)) = found.directions.iter().find(|(d, _)| Some(*d) != first) {
            let help = "a direction that is not known well is best left out";
            self.refuse_with(key, Code::Belief, "one belief with two directions", Some(help.into()), span.clone());
            return None;
        }
        Some((found.given, first))
    }

    /// Hours or metres left.
    pub fn bound_for(&mut self, path: &'static str) -> Option<BoundFor> {
        let node = self.node(path)?;
        let key = super::keys::find(path);
        // The first text in it tells which of the two is meant; the others must agree.
        let text = first_text(node.get_ref()).unwrap_or_default();
        if units::parse(&text, Dimension::Length).is_ok() {
            let found = self.find(key, Kind::Quantity(Dimension::Length), [0.0, key.high], &node)?;
            return Some(BoundFor::DistanceM(found.given));
        }
        if let Err(e @ units::QuantityError::WrongDimension { .. }) = units::parse(&text, Dimension::Duration) {
            let e = e.to_string().replace("a duration is wanted", "a duration or a distance is wanted");
            self.refuse(key, Code::Unit, e, node.span());
            return None;
        }
        let found = self.find(key, Kind::Quantity(Dimension::Duration), [0.0, 48.0 * 3600.0], &node)?;
        let Given { value, basis, given } = found.given;
        Some(BoundFor::Hours(Given { value: value.linear(1.0 / 3600.0, 0.0), basis, given }))
    }

    fn find(&mut self, key: &Key, kind: Kind, range: [f64; 2], node: &Node<'a>) -> Option<Found> {
        let mut scalars = Scalars { key, kind, range, directions: Vec::new() };
        let (belief, basis) = match node.get_ref() {
            DeValue::Table(table) => self.form(&mut scalars, table, node.span())?,
            _ => (Belief::Exact(self.scalar(&mut scalars, node, Role::Value)?), None),
        };
        if let Err(e) = belief.check() {
            let help = match &e {
                BeliefError::Order { low, high, .. } if low == high => {
                    Some("write one value for what is known exactly".into())
                }
                _ => None,
            };
            self.refuse_with(key, Code::Belief, e.to_string(), help, node.span());
            return None;
        }
        Some(Found { given: Given::stated(belief, basis), directions: scalars.directions })
    }

    /// A table as one of the forms.
    fn form(
        &mut self,
        s: &mut Scalars<'_>,
        table: &DeTable<'a>,
        span: Range<usize>,
    ) -> Option<(Belief, Option<String>)> {
        let direction = match s.kind {
            Kind::Vector(sense) => Some(sense),
            _ => None,
        };
        let mut known = vec!["value", "low", "likely", "high", "mean", "sd", "values", "weights", "basis"];
        known.extend(direction.map(Sense::word));
        let mut sound = true;
        for (word, _) in table {
            if known.contains(&word.get_ref().as_ref()) {
                continue;
            }
            let shown: String = word.get_ref().chars().take(60).collect();
            let path = format!("{}.{shown}", s.key.path);
            let mut problem =
                Problem::new(Code::UnknownKey, &path, "no belief has such a part").allowed(known.join(", "));
            problem.help = nearest(word.get_ref(), known.iter().copied()).map(|n| format!("did you mean `{n}`?"));
            self.problems.push(problem.at(self.document.text, word.span(), false));
            sound = false;
        }
        let basis = table.get("basis").and_then(|b| match b.get_ref() {
            DeValue::String(t) if t.len() <= 200 && !t.chars().any(char::is_control) => Some(t.to_string()),
            _ => {
                sound = false;
                self.refuse(s.key, Code::WrongType, "the basis is a line of text of at most 200 bytes", b.span());
                None
            }
        });
        if let (Some(sense), Some(node)) = (direction, direction.and_then(|d| table.get(d.word()))) {
            sound &= self.bearing(s, sense, node).is_some();
        }
        let has: Vec<&str> = known[..8].iter().copied().filter(|k| table.contains_key(*k)).collect();
        let belief = match has[..] {
            ["value"] => self.part(s, table, "value", Role::Value).map(Belief::Exact),
            ["low", "high"] => {
                let (low, high) = (self.part(s, table, "low", Role::Value), self.part(s, table, "high", Role::Value));
                low.zip(high).map(|(low, high)| Belief::Uniform { low, high })
            }
            ["low", "likely", "high"] => {
                let parts = ["low", "likely", "high"].map(|p| self.part(s, table, p, Role::Value));
                match parts {
                    [Some(low), Some(likely), Some(high)] => Some(Belief::Triangular { low, likely, high }),
                    _ => None,
                }
            }
            ["mean", "sd"] | ["low", "high", "mean", "sd"] => self.normal(s, table),
            ["values", "weights"] => self.discrete(s, table),
            _ => {
                let message = if has.is_empty() {
                    "a table without a value".into()
                } else {
                    format!("{} together make no belief", has.join(", "))
                };
                self.refuse_with(s.key, Code::Belief, message, Some(format!("the forms are {FORMS}")), span);
                None
            }
        };
        belief.filter(|_| sound).map(|b| (b, basis))
    }

    /// `mean` and `sd`, truncated to what is given or else to the plausible range.
    fn normal(&mut self, s: &mut Scalars<'_>, table: &DeTable<'a>) -> Option<Belief> {
        let [open_low, open_high] = s.range;
        let mut end = |reader: &mut Self, part, open| match table.contains_key(part) {
            true => reader.part(s, table, part, Role::Value),
            false => Some(open),
        };
        let low = end(self, "low", open_low);
        let high = end(self, "high", open_high);
        let mean = self.part(s, table, "mean", Role::Value);
        let sd = self.part(s, table, "sd", Role::Spread);
        Some(Belief::Normal { mean: mean?, sd: sd?, low: Some(low?), high: Some(high?) })
    }

    /// `values` and `weights`, brought into ascending order.
    fn discrete(&mut self, s: &mut Scalars<'_>, table: &DeTable<'a>) -> Option<Belief> {
        let mut list = |reader: &mut Self, part: &str, role| {
            let node = table.get(part)?;
            let DeValue::Array(items) = node.get_ref() else {
                reader.refuse(s.key, Code::Belief, format!("`{part}` is a list"), node.span());
                return None;
            };
            let numbers: Vec<f64> = items.iter().filter_map(|i| reader.scalar(s, i, role)).collect();
            (numbers.len() == items.len()).then_some(numbers)
        };
        let values = list(self, "values", Role::Value);
        let weights = list(self, "weights", Role::Weight);
        let (mut values, mut weights) = (values?, weights?);
        if values.len() == weights.len() {
            let mut pairs: Vec<_> = values.into_iter().zip(weights).collect();
            pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
            (values, weights) = pairs.into_iter().unzip();
        }
        Some(Belief::Discrete { values, weights })
    }

    fn part(&mut self, s: &mut Scalars<'_>, table: &DeTable<'a>, part: &str, role: Role) -> Option<f64> {
        let node = table.get(part)?;
        self.scalar(s, node, role)
    }

    fn bearing(&mut self, s: &mut Scalars<'_>, sense: Sense, node: &Node<'a>) -> Option<()> {
        let text = match node.get_ref() {
            DeValue::String(t) => t.to_string(),
            other => plain_number(other).map_or_else(String::new, |v| v.to_string()),
        };
        match units::parse_bearing(&text) {
            Ok(deg) => {
                s.directions.push((deg, node.span()));
                Some(())
            }
            Err(e) => {
                self.refuse(s.key, Code::Unclear, format!("`{}`: {e}", sense.word()), node.span());
                None
            }
        }
    }

    /// One number of a belief, in base units, within its range.
    fn scalar(&mut self, s: &mut Scalars<'_>, node: &Node<'a>, role: Role) -> Option<f64> {
        let value = self.number(s, node, role)?;
        let key = s.key;
        if !value.is_finite() {
            self.refuse(key, Code::NotFinite, "not a finite number", node.span());
            return None;
        }
        let [low, high] = s.range;
        let fits = match role {
            Role::Value => (low..=high).contains(&value),
            Role::Spread => value > 0.0 && value <= high - low,
            Role::Weight => (0.0..=1.0e9).contains(&value),
        };
        if !fits {
            let message = match role {
                Role::Value => "out of range",
                Role::Spread => "a spread is above 0 and not wider than the whole range",
                Role::Weight => "a weight is not negative",
            };
            self.refuse(key, Code::OutOfRange, message, node.span());
            return None;
        }
        if s.kind == Kind::Count && role == Role::Value && value.fract() != 0.0 {
            self.refuse(key, Code::WrongType, "a whole number is wanted", node.span());
            return None;
        }
        Some(value)
    }

    fn number(&mut self, s: &mut Scalars<'_>, node: &Node<'a>, role: Role) -> Option<f64> {
        let key = s.key;
        let plain = plain_number(node.get_ref());
        let text = match node.get_ref() {
            DeValue::String(t) => Some(t.as_ref()),
            _ => None,
        };
        let (dimension, sense) = match s.kind {
            _ if role == Role::Weight => (None, None),
            Kind::Quantity(d) => (Some(d), None),
            Kind::Vector(sense) => (Some(Dimension::Speed), Some(sense)),
            Kind::Minutes if text.is_some() => (Some(Dimension::Duration), None),
            _ => (None, None),
        };
        let Some(dimension) = dimension else {
            match (plain, text) {
                (Some(v), _) => return Some(v),
                (None, Some(t)) => {
                    let help = percent(t)
                        .or_else(|| t.trim().parse::<f64>().ok().map(|v| format!("write {v} without quotes")));
                    self.refuse_with(key, Code::WrongType, "text where a bare number is wanted", help, node.span());
                }
                (None, None) => self.refuse_type(key, node),
            }
            return None;
        };
        let Some(text) = text else {
            if plain.is_some() {
                self.refuse_bare(key, node, dimension.base().symbol);
            } else {
                self.refuse_type(key, node);
            }
            return None;
        };
        let quantity = if let Some(sense) = sense {
            match units::parse_directed(text, sense) {
                Ok(d) => {
                    if let Some(deg) = d.direction_deg {
                        s.directions.push((deg, node.span()));
                    }
                    Ok(d.speed)
                }
                Err(DirectionError::Speed(e)) => Err(e),
                Err(e) => {
                    self.refuse(key, Code::Unclear, e.to_string(), node.span());
                    return None;
                }
            }
        } else {
            units::parse(text, dimension)
        };
        match quantity {
            Ok(q) => {
                let base = if role == Role::Spread { q.difference() } else { q.base };
                Some(if s.kind == Kind::Minutes { base / 60.0 } else { base })
            }
            Err(e) => {
                self.refuse_quantity(key, &e, node.span());
                None
            }
        }
    }
}

/// The first text within a value, at most two levels down.
fn first_text(value: &DeValue<'_>) -> Option<String> {
    let direct = |v: &DeValue<'_>| match v {
        DeValue::String(s) => Some(s.to_string()),
        DeValue::Array(a) => a.iter().find_map(|i| match i.get_ref() {
            DeValue::String(s) => Some(s.to_string()),
            _ => None,
        }),
        _ => None,
    };
    match value {
        DeValue::Table(t) => {
            let parts = t.iter().filter(|(word, _)| word.get_ref() != "basis");
            let texts = parts.filter_map(|(_, v)| direct(v.get_ref()).map(|text| (v.span().start, text)));
            texts.min_by_key(|(at, _)| *at).map(|(_, text)| text)
        }
        other => direct(other),
    }
}

/// "30 %" where a share is wanted.
fn percent(text: &str) -> Option<String> {
    let number: f64 = text.trim().strip_suffix('%')?.trim().parse().ok()?;
    (0.0..=100.0).contains(&number).then(|| format!("write {} for {number} %", number / 100.0))
}
