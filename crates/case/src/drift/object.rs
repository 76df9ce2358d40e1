//! What drifts, and what becomes of it.

use super::reader::Reader;
use crate::scenario::Code;
use crate::scenario::keys::Kind;
use plimsoll_core::belief::Belief;
use plimsoll_core::units::Dimension;
use toml::de::DeValue;

/// What drifts, as the file names it.
#[derive(Clone, Debug, PartialEq)]
pub enum Category {
    /// A class of the published list, 1 to 85.
    Number(u32),
    /// A person of whom only this is known: whether a lifejacket is worn.
    Person {
        /// Whether it is.
        jacket: bool,
    },
    /// An overcrowded inflatable whose engine has stopped.
    Inflatable(Boat),
}

/// An inflatable as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Boat {
    /// Length overall, m.
    pub length_m: Belief,
    /// People aboard.
    pub people: Belief,
    /// From the water to the crown of the tubes, m; none for a swamped boat.
    pub freeboard_m: Option<Belief>,
}

/// A later part of a life.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// How long after the part before it began (the release, or the change before), s.
    pub after_s: Belief,
    /// What it becomes.
    pub category: Category,
}

/// Classes that are named and not numbered.
pub const NAMES: [&str; 4] = ["inflatable", "inflatable-swamped", "person-jacket", "person-no-jacket"];

impl Category {
    /// The number or the name, as the file has it.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Number(n) => n.to_string(),
            Self::Inflatable(Boat { freeboard_m: Some(_), .. }) => NAMES[0].into(),
            Self::Inflatable(_) => NAMES[1].into(),
            Self::Person { jacket: true } => NAMES[2].into(),
            Self::Person { jacket: false } => NAMES[3].into(),
        }
    }
}

/// Whether the key at `part` of a section may be taken from `[object]`.
const INHERITED: [&str; 2] = ["length", "people"];

impl Reader<'_> {
    pub fn object(&mut self, section: &str) -> Option<Category> {
        let key = format!("{section}.category");
        let Some(node) = self.values.get(&key) else { return self.missing(&key) };
        let span = node.span();
        let DeValue::String(name) = node.get_ref() else {
            let n = self.number(&key, 1.0, 85.0, None)?;
            if n.fract() != 0.0 {
                self.refuse(&key, Code::WrongType, "a whole number is wanted", Some(span));
                return None;
            }
            self.no_boat(section, &n.to_string());
            return Some(Category::Number(n as u32));
        };
        let name = name.to_string();
        match name.as_str() {
            "inflatable" | "inflatable-swamped" => self.boat(section, name == "inflatable").map(Category::Inflatable),
            "person-jacket" | "person-no-jacket" => {
                self.no_boat(section, &name);
                Some(Category::Person { jacket: name == "person-jacket" })
            }
            _ => {
                let help = format!("no class of that name: a number from 1 to 85, or {}", NAMES.join(", "));
                self.refuse(&key, Code::UnknownWord, help, Some(span));
                None
            }
        }
    }

    /// Dimensions of what has none are a mistake.
    fn no_boat(&mut self, section: &str, name: &str) {
        for part in ["length", "people", "freeboard"] {
            let key = format!("{section}.{part}");
            if let Some(span) = self.span(&key) {
                let message = format!("class {name} has none: it belongs to \"inflatable\" and \"inflatable-swamped\"");
                self.refuse(&key, Code::Impossible, message, Some(span));
            }
        }
    }

    fn boat(&mut self, section: &str, whole: bool) -> Option<Boat> {
        // a boat that swamps keeps its length, and its people unless the file says otherwise
        let at = |r: &Self, part: &str| {
            let own = format!("{section}.{part}");
            if INHERITED.contains(&part) && !r.has(&own) && r.has(&format!("object.{part}")) {
                format!("object.{part}")
            } else {
                own
            }
        };
        let (length, people, freeboard) = (at(self, "length"), at(self, "people"), at(self, "freeboard"));
        let mut asked = vec![
            (&length, "how long is it from end to end?"),
            (&people, "how many people are aboard?"),
            (&freeboard, "how high do the tubes stand out of the water? One full of water is \"inflatable-swamped\""),
        ];
        asked.truncate(if whole { 3 } else { 2 });
        let category = self.span(&format!("{section}.category"));
        for (key, question) in asked {
            if !self.has(key) {
                self.refuse(key, Code::Missing, format!("an inflatable drifts by it: {question}"), category.clone());
            }
        }
        if let Some(span) = self.span(&freeboard).filter(|_| !whole) {
            self.refuse(&freeboard, Code::Impossible, "a swamped boat lies awash: leave this out", Some(span));
        }
        let metres = Kind::Quantity(Dimension::Length);
        let mut given = |key, at: &str, kind, range, example| {
            if self.has(at) { self.belief(key, at, kind, range, example) } else { None }
        };
        let length_m = given("object.length", &length, metres, [4.0, 15.0], "\"8.5 m\"");
        let people = given("object.people", &people, Kind::Count, [1.0, 200.0], "{ low = 40, high = 60 }");
        let example = "{ low = \"0.15 m\", high = \"0.25 m\" }";
        let freeboard_m = given("object.freeboard", &freeboard, metres, [0.0, 0.6], example);
        let freeboard_m = if whole { Some(freeboard_m?) } else { None };
        Some(Boat { length_m: length_m?, people: people?, freeboard_m })
    }

    pub fn life(&mut self) -> Option<Vec<Change>> {
        let all: Vec<_> = (0..self.changes)
            .map(|k| {
                let section = format!("changes[{k}]");
                let duration = Kind::Quantity(Dimension::Duration);
                let example = "{ low = \"2 h\", high = \"5 h\" }";
                let at = format!("{section}.after");
                let after = self.belief("changes.after", &at, duration, [0.0, 1440.0 * 3600.0], example);
                let category = self.object(&section);
                Some(Change { after_s: after?, category: category? })
            })
            .collect();
        all.into_iter().collect()
    }
}
