//! The rules by which options were ordered and verdicts given: what differs from the default, and what the rules did.

use crate::answer::option::{Modifier, OptionId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The policy in force.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyInForce {
    /// Every value that differs from the default.
    pub changed: Vec<PolicyChange>,
    /// Every rule that changed a place, a verdict or what is compared.
    pub applied: Vec<RuleApplied>,
}

/// A value that an authority has set otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyChange {
    /// Such as `margin.deaths`.
    pub key: String,
    /// By default.
    pub default: PolicyValue,
    /// In force.
    pub value: PolicyValue,
}

/// A number, or whether a rule is in force.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum PolicyValue {
    /// On or off.
    Switch(bool),
    /// A number.
    Number(f64),
}

/// A rule that touched an option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RuleApplied {
    /// `contact_excess_q95`, `contact_only_assessed`, `in_water_rescue_only` or `worst_tenth`.
    pub rule: String,
    /// Which option.
    pub option: OptionRef,
    /// The figure that the rule is about, where it has one: deaths an encounter.
    pub figure: Option<f64>,
}

/// An option with what was added to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OptionRef {
    /// Which.
    pub id: OptionId,
    /// What was added to it.
    pub modifiers: Vec<Modifier>,
}

/// One option is not worse than another in mean, P(any death), CVaR 10 and 95 % quantile, nearly whatever is true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dominance {
    /// The one that is not worse.
    pub option: OptionRef,
    /// The other.
    pub over: OptionRef,
    /// Share of the outer draws in which that is so.
    pub share: f64,
}

/// Two options that their means order one way and their worst tenths the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reversal {
    /// Fewer deaths on the mean.
    pub fewer_on_mean: OptionRef,
    /// Fewer deaths in the worst tenth.
    pub fewer_in_worst_tenth: OptionRef,
}
