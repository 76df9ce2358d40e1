//! The answer of `plimsoll survive`: how long people in the water live.

use super::assess::{Credibility, InputLine, RestsOn};
use super::common::{Figure, Reason, SchemaTag, State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SurviveAnswer {
    /// `plimsoll.survive` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// Seed of the random numbers.
    pub seed: u64,
    /// 64 hexadecimal digits.
    pub digest: String,
    /// Realisations that were run.
    pub realisations: u64,
    /// The inputs as they were understood.
    pub inputs: Vec<InputLine>,
    /// Whether numbers may be given.
    pub state: State,
    /// Why not, or why marked.
    pub reasons: Vec<Reason>,
    /// People in the water at the start.
    pub people: Option<Figure>,
    /// Minutes that they have been in the water now; null where not given.
    pub minutes_now: Option<Figure>,
    /// Share alive in time. Empty where not assessable.
    pub curve: Vec<SurvivalPoint>,
    /// What to ask next, best first: what can be told from noise.
    pub ask_next: Vec<Unknown>,
    /// Who first, when several: ids in order, each with a reason.
    pub priority: Vec<Priority>,
    /// The lowest level of evidence and the factors that have it; they hold of every answer.
    #[serde(default)]
    pub credibility: Option<Credibility>,
    /// What it rests on.
    #[serde(default)]
    pub rests_on: Option<RestsOn>,
}

impl super::Answer for SurviveAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.survive", 1);
}

/// An unknown worth asking for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unknown {
    /// Key of the input, such as `water.hold`.
    pub key: String,
    /// Lives that knowing it saves on average, at most (EVPPI): where one vessel must choose between this call and another at which as
    /// many lives hang on coming in half an hour, not in an hour and a half. 0 where it cannot be told from noise, over all questions
    /// together.
    #[serde(default)]
    pub lives_saved: f64,
    /// One standard error of it.
    #[serde(default)]
    pub lives_error: f64,
    /// How far the expected share alive an hour from now moves between the lower and the upper half of what is believed.
    pub alive_share_moved: f64,
    /// 1 is first: what saves most lives at least, with 95 % confidence; then what moves the share alive most.
    pub rank: u32,
}

/// Share alive after so many minutes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SurvivalPoint {
    /// Minutes in the water.
    pub minutes: f64,
    /// Expected share alive.
    pub alive_mean: f64,
    /// 5 % quantile of knowledge and of the group's chance.
    pub alive_q05: f64,
    /// 95 % quantile.
    pub alive_q95: f64,
}

/// A group of people and its place in the order of rescue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Priority {
    /// `unsupported`, `hand_grip`, `on_wreck`, `jacket`, `raft`, or another stable name.
    pub group: String,
    /// 1 is first.
    pub rank: u32,
    /// Expected deaths within the next ten minutes for each person in the group, where known.
    pub p_death_next_10_min: Option<f64>,
    /// Why, in English.
    pub why: String,
}
