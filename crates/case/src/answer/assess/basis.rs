//! What stands behind an assessment: what to ask, what would flip it, how far it may be believed, what it rests on.

use crate::answer::option::OptionId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A question worth asking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AskNext {
    /// Key of the input that the answer would settle, such as `aboard.people`.
    pub key: String,
    /// Deaths avoided by choosing better with the answer (EVPPI). Only what exceeds noise is listed: that any question is listed where
    /// none is worth it has a chance of 5 %.
    pub expected_deaths_avoided: f64,
    /// One standard error of it.
    #[serde(default)]
    pub error: f64,
    /// How long it takes to ask.
    pub seconds_to_ask: f64,
    /// 1 is first: what avoids most deaths at least, with 95 % confidence.
    pub rank: u32,
}

/// How far one constant or input would have to be from what is believed before a verdict changes, all else as believed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WouldFlip {
    /// The two options that the verdict separates, the better one first. One of them is standing off.
    pub option_pair: (OptionId, OptionId),
    /// Id of the constant or key of the input.
    pub constant: String,
    /// Its unit, "1" where there is none.
    pub unit: String,
    /// Value nearest to the median at which the verdict would be another; null where none in the range changes it.
    pub flips_at: Option<f64>,
    /// Its 90 % range.
    pub range: (f64, f64),
    /// Expected deaths of the second option less those of the first, with the constant at either end of its range.
    #[serde(default)]
    pub difference_at: (f64, f64),
    /// Standard error of the move from the first to the second, by the outer draws. Less than three of these is not shown.
    #[serde(default)]
    pub moved_error: f64,
}

/// The least that has to be otherwise, of several constants together, before a verdict changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FlipTogether {
    /// The two options that the verdict separates, the better one first.
    pub option_pair: (OptionId, OptionId),
    /// How far that is from the medians, in standard deviations; null where no combination within the 90 % ranges does it.
    pub deviations: Option<f64>,
    /// The constants that move the difference, each with the value that it takes there.
    pub constants: Vec<ConstantAt>,
}

/// A constant or input at a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConstantAt {
    /// Id of the constant or key of the input.
    pub constant: String,
    /// Its unit, "1" where there is none.
    pub unit: String,
    /// The value.
    pub value: f64,
}

/// How far the expected deaths of standing off hang on one constant or input: Sobol indices with their standard errors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sensitivity {
    /// Id of the constant or key of the input.
    pub constant: String,
    /// Share of the variance that knowing it alone would remove.
    pub first: f64,
    /// Its standard error.
    pub first_error: f64,
    /// Share of the variance that would be left if all else were known.
    pub total: f64,
    /// Its standard error.
    pub total_error: f64,
}

/// Whether something was computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Computed {
    /// It was.
    Computed,
    /// It was not.
    #[default]
    NotComputed,
}

/// One distress indicator, after Regulation (EU) 656/2014, Article 9(2)(f): a checklist, not a threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DistressIndicator {
    /// `request`, `seaworthiness`, `overloaded`, `supplies`, `crew`, `equipment`, `medical`, `deceased`, `vulnerable`,
    /// `weather`.
    pub id: String,
    /// Met, not met, or null where it cannot be told.
    pub met: Option<bool>,
    /// Nobody reported it: it would be met by what is taken by default. Then `met` is null.
    #[serde(default)]
    pub presumed: bool,
    /// Why, in English.
    pub why: String,
}

/// How many distress indicators are met, and how many only presumed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DistressCount {
    /// Met: reported, or following from the number aboard and the load line.
    pub met: u32,
    /// Presumed, not reported.
    pub presumed: u32,
    /// On the list.
    pub of: u32,
}

impl DistressCount {
    /// Counts a list.
    #[must_use]
    pub fn of(all: &[DistressIndicator]) -> Self {
        let count =
            |f: fn(&&DistressIndicator) -> bool| u32::try_from(all.iter().filter(f).count()).unwrap_or(u32::MAX);
        Self { met: count(|d| d.met == Some(true)), presumed: count(|d| d.presumed), of: count(|_| true) }
    }
}

/// How far this may be believed, after NASA-STD-7009B: the lowest of its factors counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Credibility {
    /// 0 to 4.
    pub lowest_level: u32,
    /// Each factor.
    pub factors: Vec<CredibilityFactor>,
}

/// One factor of credibility.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CredibilityFactor {
    /// Such as `validation`.
    pub id: String,
    /// 0 to 4.
    pub level: u32,
    /// What that level asks for, in English.
    #[serde(default)]
    pub level_means: String,
    /// Why, in English.
    pub why: String,
    /// Why, in French.
    #[serde(default)]
    pub why_fr: String,
    /// Where the evidence stands: paths from the root of the project.
    #[serde(default)]
    pub evidence: Vec<String>,
}

/// What the answer rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RestsOn {
    /// Constants of grade A.
    pub measured: u32,
    /// Constants of grade B.
    pub published: u32,
    /// Constants of grade C.
    pub judged: u32,
    /// Each of them.
    pub constants: Vec<ConstantUsed>,
    /// Fields and tables that were used, with their digests.
    #[serde(default)]
    pub data: Vec<DataUsed>,
}

impl RestsOn {
    /// Counts the grades of the constants used.
    #[must_use]
    pub fn of(constants: Vec<ConstantUsed>, data: Vec<DataUsed>) -> Self {
        let count = |g: &str| u32::try_from(constants.iter().filter(|c| c.grade == g).count()).unwrap_or(u32::MAX);
        Self { measured: count("A"), published: count("B"), judged: count("C"), constants, data }
    }
}

/// A constant as it was used: enough to see whether another version used another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConstantUsed {
    /// Crate and id, such as `boat:crowd.delay`.
    pub id: String,
    /// Value or belief.
    #[schemars(with = "serde_json::Value")]
    pub value: plimsoll_core::belief::Belief,
    /// Unit, "1" where there is none.
    pub unit: String,
    /// `A` measured, `B` published, `C` judged.
    pub grade: String,
    /// Where it comes from.
    pub source: String,
}

impl ConstantUsed {
    /// From the ledger of the crate of that name.
    #[must_use]
    pub fn new(ledger: &str, c: &plimsoll_core::ledger::Constant) -> Self {
        Self {
            id: format!("{}:{}", ledger.strip_prefix("plimsoll-").unwrap_or(ledger), c.id),
            value: c.value.clone(),
            unit: c.unit.clone(),
            grade: format!("{:?}", c.grade),
            source: c.source.clone(),
        }
    }
}

/// A field or table that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DataUsed {
    /// Name and version.
    pub name: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// What was taken from it, such as `wind` or `wave_height`; absent where that is plain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
}

/// How long it took. Never part of the digest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Timings {
    /// From the checked scenario to the answer.
    pub wall_s: f64,
    /// Threads used.
    pub threads: u32,
}
