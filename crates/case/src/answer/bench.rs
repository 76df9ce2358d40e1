//! The answer of `plimsoll bench`: what was executed and how fast.

use super::common::SchemaTag;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BenchAnswer {
    /// `plimsoll.bench` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// Seed of the random numbers.
    pub seed: u64,
    /// `roll` or `drift`.
    pub kernel: String,
    /// Realisations or particles.
    pub realisations: u64,
    /// Steps executed, of all realisations together; steps of absorbed lanes are not counted.
    pub steps_executed: u64,
    /// Wall clock.
    pub seconds: f64,
    /// Threads used.
    pub threads: u32,
    /// Steps per second and core.
    pub steps_per_second_core: f64,
    /// Code path: `scalar`, `avx2`, ...
    pub path: String,
}

impl super::Answer for BenchAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.bench", 1);
}
