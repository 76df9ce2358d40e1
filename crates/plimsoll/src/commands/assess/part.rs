//! Files of parts: what one shard ran, with the question that it belongs to.

use super::asked::Asked;
use crate::failure::Failure;
use crate::input::Source;
use plimsoll_assess::outcome::Partial;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Name and version of the form.
const SCHEMA: (&str, u32) = ("plimsoll.partial", 3);
/// No part is longer.
const LIMIT: u64 = 1 << 28;

/// One part with its question.
#[derive(Serialize, Deserialize)]
pub struct Part {
    schema: (String, u32),
    /// Only the version that ran a part can merge it: constants may have moved.
    version: String,
    /// Where the scenario came from.
    name: String,
    /// The scenario as it was read.
    scenario: String,
    /// The seed.
    pub seed: u64,
    /// Realisations of the whole.
    pub realisations: u64,
    /// With constants as judged, not as calibrated.
    pub judged: bool,
    /// Name and text of the policy file, if one was given.
    pub policy: Option<(String, String)>,
    /// What was run.
    pub partial: Partial,
}

impl Part {
    /// A part of what is asked.
    pub fn new(asked: &Asked, seed: u64, judged: bool, partial: Partial) -> Self {
        let source = &asked.source;
        Self {
            schema: (SCHEMA.0.into(), SCHEMA.1),
            version: env!("CARGO_PKG_VERSION").into(),
            name: source.name.clone(),
            scenario: String::from_utf8_lossy(&source.bytes).into_owned(),
            seed,
            realisations: asked.total(),
            judged,
            policy: asked.policy.clone(),
            partial,
        }
    }

    /// As a file.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Failure> {
        serde_json::to_vec(self).map_err(|e| Failure::World(format!("a part cannot be written: {e}")))
    }

    /// The scenario, to be read again.
    pub fn source(&self) -> Source {
        Source { name: self.name.clone(), bytes: self.scenario.clone().into_bytes(), path: None }
    }
}

/// Reads a part.
pub fn read(path: &Path) -> Result<Part, Failure> {
    let source = Source::read(path, LIMIT)?;
    let refuse = |why: String| Failure::input(format!("{} is no part of an assessment: {why}", source.name), "");
    let part: Part = serde_json::from_slice(&source.bytes).map_err(|e| refuse(e.to_string()))?;
    if (part.schema.0.as_str(), part.schema.1) != SCHEMA {
        return Err(refuse(format!("its form is {} {}", part.schema.0, part.schema.1)));
    }
    if part.version != env!("CARGO_PKG_VERSION") {
        return Err(Failure::input(
            format!("{} was run by plimsoll {}, and this is {}", source.name, part.version, env!("CARGO_PKG_VERSION")),
            "run all parts with the same version",
        ));
    }
    Ok(part)
}
