//! The answers of `plimsoll calibrate` and `plimsoll backtest`: what the record of events did to the judged constants, and what
//! constants that were fitted without an event say of it.

use super::assess::RestsOn;
use super::common::{Quantiles, SchemaTag};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer of `plimsoll calibrate`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalibrateAnswer {
    /// `plimsoll.calibrate` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// 64 hexadecimal digits.
    pub digest: String,
    /// Seed.
    pub seed: u64,
    /// Groups of constants that were weighed together.
    pub groups: Vec<CalibratedGroup>,
    /// Every constant that is not known exactly, before and after.
    pub constants: Vec<CalibratedConstant>,
    /// What it rests on.
    pub rests_on: RestsOn,
}

impl super::Answer for CalibrateAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.calibrate", 1);
}

/// A group of constants that share observations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalibratedGroup {
    /// `water`, `boat`, `crush`, `overboard` or `boarding`.
    pub name: String,
    /// Draws from the beliefs.
    pub draws: u32,
    /// How many equally weighted draws their weights are worth.
    pub effective: f64,
    /// What weighed them: events, years, `transfers`.
    pub observations: Vec<String>,
}

/// A constant before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalibratedConstant {
    /// Its ledger.
    pub ledger: String,
    /// Its id.
    pub id: String,
    /// Its unit, "1" where there is none.
    pub unit: String,
    /// The group it was weighed in; empty where no observation bears on it.
    pub group: String,
    /// As judged.
    pub before: Quantiles,
    /// As calibrated.
    pub after: Quantiles,
    /// Spread left: standard deviation of its place in its own belief, after over before.
    pub spread_left: f64,
    /// Shift of the mean of that place, in standard deviations before.
    pub shift: f64,
    /// Whether the record moved it: by more than chance would, over the effective number of draws.
    pub moved: bool,
}

/// The answer of `plimsoll backtest`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BacktestAnswer {
    /// `plimsoll.backtest` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// 64 hexadecimal digits.
    pub digest: String,
    /// Seed.
    pub seed: u64,
    /// Groups of constants that were weighed together.
    pub groups: Vec<CalibratedGroup>,
    /// Events in the order of the table, each foretold from all others.
    pub events: Vec<BacktestEvent>,
    /// Events that could not be foretold.
    pub unused: Vec<UnusedEvent>,
    /// Whether the places of what happened are spread evenly.
    pub places: Evenness,
    /// How often the central half of the prediction holds what happened.
    pub half: Coverage,
    /// How often its central 90 % does.
    pub ninety: Coverage,
    /// Years in their order, each foretold from all others.
    pub years: Vec<BacktestYear>,
    /// Probability of a death, boat by boat.
    pub brier: Brier,
    /// How people died: share of the events of these years on record and foretold.
    pub mechanisms: Vec<MechanismShare>,
    /// What it rests on.
    pub rests_on: RestsOn,
}

impl super::Answer for BacktestAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.backtest", 1);
}

/// Central quantiles of a whole number, and what was observed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountForetold {
    /// Observed.
    pub observed: u32,
    /// 5 % quantile.
    pub q05: u32,
    /// 25 % quantile.
    pub q25: u32,
    /// Median.
    pub q50: u32,
    /// 75 % quantile.
    pub q75: u32,
    /// 95 % quantile.
    pub q95: u32,
    /// Place of what was observed in the prediction, 0 to 1, randomised over its own probability.
    pub place: f64,
}

/// A fatal event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BacktestEvent {
    /// Its number in the table.
    pub id: String,
    /// Local date.
    pub date: String,
    /// Where.
    pub place: String,
    /// People aboard, or in the water.
    pub aboard: u32,
    /// `flooding`, `structure`, `crush`, `overboard` or `boarding`.
    pub mechanism: String,
    /// Deaths, given that there was one.
    pub deaths: CountForetold,
    /// Share of this mechanism in the fatal events of boats with so many aboard, foretold.
    pub mechanism_share: f64,
}

/// An event that was not foretold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UnusedEvent {
    /// Its number in the table.
    pub id: String,
    /// Local date.
    pub date: String,
    /// Where.
    pub place: String,
    /// Why not.
    pub why: String,
}

/// Kolmogorov's test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evenness {
    /// Events.
    pub events: u32,
    /// Greatest distance from evenly spread.
    pub distance: f64,
    /// Distance that 5 % of evenly spread samples exceed.
    pub limit: f64,
    /// Whether evenness is rejected at 5 %.
    pub rejected: bool,
}

/// Hits of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Events.
    pub events: u32,
    /// Randomised places within the central share.
    pub within: u32,
    /// Events whose whole-number interval holds what happened: more, since such an interval holds more than its share.
    pub in_interval: u32,
    /// Least hits of the central 95 % of a binomial number.
    pub least: u32,
    /// Most hits of it.
    pub most: u32,
    /// Whether `within` lies between these.
    pub passes: bool,
}

/// A year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BacktestYear {
    /// Which.
    pub year: u32,
    /// Boats that arrived.
    pub boats: u32,
    /// Fatal events of all mechanisms.
    pub events: CountForetold,
    /// Probability of a fatal event per boat.
    pub per_boat: f64,
}

/// Brier scores of "somebody dies in this boat"; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Brier {
    /// Boats.
    pub boats: u32,
    /// Of the prediction, each year from the others.
    pub score: f64,
    /// Of the plain share of fatal boats in the other years.
    pub reference: f64,
}

/// A mechanism.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MechanismShare {
    /// Its name.
    pub name: String,
    /// Share of the events on record.
    pub observed: f64,
    /// Share foretold, in sample.
    pub foretold: f64,
}
