//! Scenarios: from a TOML file to an [`Encounter`], with every mistake shown at its place.

mod believe;
mod build;
mod check;
pub mod climate;
mod defaults;
mod document;
mod helpers;
pub mod keys;
mod laden;
mod problem;
mod read;
mod schema;
pub mod sun;
mod template;
pub mod water;
mod weather;
mod words;

use crate::encounter::Encounter;
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::ledger::Grade;
use plimsoll_core::time::Utc;
use std::collections::BTreeMap;
use std::ops::Range;

pub use document::MAX_BYTES;
pub use problem::{Code, Problem, ScenarioError};
pub(crate) use read::plain_number;
pub use schema::schema;
pub use template::{QUESTIONS, render_template};
pub use words::{describe, inputs};

/// An encounter with the places of its keys in the file, for problems that only a model can see.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What was understood.
    pub encounter: Encounter,
    text: String,
    spans: BTreeMap<&'static str, Range<usize>>,
}

impl Scenario {
    /// A problem with the value of `key` that was found after reading (more people than the boat floats with, say), at the
    /// key's place if the file has it.
    #[must_use]
    pub fn problem(&self, key: &str, message: &str, allowed: &str) -> Problem {
        let problem = Problem::new(Code::Impossible, key, message).allowed(allowed);
        match self.spans.get(key) {
            Some(span) => problem.at(&self.text, span.clone(), true).locate(&self.text),
            None => problem,
        }
    }
}

/// A current from a source that is built into the program.
#[derive(Clone, Debug, PartialEq)]
pub struct BuiltIn {
    /// Speed, m/s.
    pub speed_m_s: Belief,
    /// Where it goes, degrees true; `None`: not known.
    pub toward_deg: Option<f64>,
    /// Where it comes from, in words that a reader can follow to the source.
    pub source: String,
    /// How well it is known.
    pub grade: Grade,
}

/// Why a built-in source has nothing to say at a place and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silent {
    /// What, where, why.
    pub message: String,
    /// What would mend it.
    pub help: String,
}

/// Whoever knows the built-in tide: this crate reads and checks, and computes no sea.
pub type Tide<'a> = &'a dyn Fn(LonLat, Utc) -> Result<BuiltIn, Silent>;

/// Reads a scenario for a program without fields: `[sea] from` is refused. `assets` are the ids that exist.
///
/// ```
/// let text = b"[aboard]\npeople = 62\n[sea]\nhs = \"0.4 m\"\nwater = \"17.6 degC\"\nlight = \"night\"\n";
/// let scenario = plimsoll_case::scenario::parse(text, &[]).unwrap();
/// assert_eq!(scenario.encounter.sea.hs_m.value.mean(), 0.4);
/// ```
///
/// # Errors
/// [`ScenarioError`] with every problem found, in the order of the file.
pub fn parse(bytes: &[u8], assets: &[&str]) -> Result<Scenario, ScenarioError> {
    read(bytes, assets, None)
}

/// Reads a scenario as [`parse`] does; where `[sea] from = "builtin"` stands, the current that is not given comes from `tide`.
///
/// # Errors
/// As [`parse`]; also where the tide is silent, or lacks position or time.
pub fn parse_with(bytes: &[u8], assets: &[&str], tide: Tide<'_>) -> Result<Scenario, ScenarioError> {
    read(bytes, assets, Some(tide))
}

/// The belief in a value of another file under the rules of `key`.
pub(crate) fn belief(text: &str, key: &keys::Key, node: &document::Node<'_>) -> Result<Belief, Vec<Problem>> {
    let document = document::Document { text, values: BTreeMap::new(), sections: BTreeMap::new() };
    let mut reader = self::read::Reader { document, problems: vec![] };
    match reader.belief_of(key, node) {
        Some(given) if reader.problems.is_empty() => Ok(given.value),
        _ => Err(reader.problems),
    }
}

fn read(bytes: &[u8], assets: &[&str], tide: Option<Tide<'_>>) -> Result<Scenario, ScenarioError> {
    let mut problems = Vec::new();
    let document = match document::read(bytes, &mut problems) {
        Ok(document) => document,
        Err(problem) => {
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            return Err(ScenarioError::new(text, vec![problem]));
        }
    };
    let mut reader = self::read::Reader { document, problems };
    let encounter = build::encounter(&mut reader, assets, tide);
    match encounter {
        Some(encounter) if reader.problems.is_empty() => Ok(Scenario {
            encounter,
            text: reader.document.text.to_owned(),
            spans: reader.document.values.iter().map(|(k, v)| (*k, v.span())).collect(),
        }),
        _ => Err(ScenarioError::new(reader.document.text, reader.problems)),
    }
}
