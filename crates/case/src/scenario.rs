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
pub mod sources;
pub mod sun;
mod template;
pub mod water;
mod weather;
mod words;

use crate::encounter::Encounter;
use plimsoll_core::belief::Belief;
use std::collections::BTreeMap;
use std::ops::Range;

pub use document::MAX_BYTES;
pub use problem::{Code, Problem, ScenarioError};
pub(crate) use read::plain_number;
pub use schema::schema;
pub use sources::{Named, Raised, Roots, Said, Silent, Taken, Told, Waters};
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

/// Reads a scenario as [`parse`] does; what is not given by hand comes from the sources that `[sea] from` names, and waves that
/// nobody gives from the wind, as `waters` knows them.
///
/// # Errors
/// As [`parse`]; also where a source is silent, or lacks position or time.
pub fn parse_with(bytes: &[u8], assets: &[&str], waters: &dyn Waters) -> Result<Scenario, ScenarioError> {
    read(bytes, assets, Some(waters))
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

fn read(bytes: &[u8], assets: &[&str], waters: Option<&dyn Waters>) -> Result<Scenario, ScenarioError> {
    let mut problems = Vec::new();
    let document = match document::read(bytes, &mut problems) {
        Ok(document) => document,
        Err(problem) => {
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            return Err(ScenarioError::new(text, vec![problem]));
        }
    };
    let mut reader = self::read::Reader { document, problems };
    let encounter = build::encounter(&mut reader, assets, waters);
    match encounter {
        Some(encounter) if reader.problems.is_empty() => Ok(Scenario {
            encounter,
            text: reader.document.text.to_owned(),
            spans: reader.document.values.iter().map(|(k, v)| (*k, v.span())).collect(),
        }),
        _ => Err(ScenarioError::new(reader.document.text, reader.problems)),
    }
}
