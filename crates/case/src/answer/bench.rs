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

/// The answer of `plimsoll bench drift`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriftBenchAnswer {
    /// `plimsoll.bench_drift` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Fields that were drifted in, by name; empty for the sea that the program makes itself.
    pub sources: Vec<String>,
    /// Whether the fields were read before the clock ran.
    pub in_memory: bool,
    /// Whether the default physics looked for the shore.
    pub coast: bool,
    /// How long each run lasts, h.
    pub hours: f64,
    /// Length of a step, s.
    pub step_s: f64,
    /// Bytes kept of a particle from step to step, with every process on.
    pub bytes_per_particle: u64,
    /// Code path: `scalar`, `avx2`, ...
    pub path: String,
    /// One row for each run.
    pub rows: Vec<DriftBenchRow>,
}

/// One run of particles: the median of its rounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriftBenchRow {
    /// `compatible` (as OpenDrift does it: Euler, no noise), `default` (second order, correlated noise) or `current_rk4` (current alone,
    /// fourth order).
    pub kind: String,
    /// Particles.
    pub particles: u64,
    /// Threads used.
    pub threads: u32,
    /// Rounds.
    pub rounds: u32,
    /// Steps of all particles together.
    pub particle_steps: u64,
    /// Wall clock.
    pub seconds: f64,
    /// Processor time of all threads; `null` where the system does not tell it.
    pub cpu_seconds: Option<f64>,
}

impl DriftBenchRow {
    /// Steps per second of processor time, or of the wall clock times the threads where that is not known.
    #[must_use]
    pub fn steps_per_cpu_second(&self) -> f64 {
        self.particle_steps as f64 / self.cpu_seconds.unwrap_or(self.seconds * f64::from(self.threads))
    }
}

impl super::Answer for DriftBenchAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.bench_drift", 1);
}
