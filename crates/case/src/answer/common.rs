//! What all answers share: the schema tag, figures with and without spread, the state of an answer and its reasons.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Name and version of the form in which an answer is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SchemaTag {
    /// Such as `plimsoll.assess`.
    pub name: String,
    /// Raised when a field changes its meaning; additions do not raise it.
    pub version: u32,
}

/// Whether a number may be given. The reasons stand beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Within what was validated.
    Assessed,
    /// A number is given, marked: beyond what was observed.
    Extrapolated,
    /// No number is given.
    NotAssessable,
}

/// One reason why an answer is extrapolated or not assessable. The form of [`plimsoll_core::validity::Reason`] as it is
/// kept in records: its own type, so that the core may change without old records losing their meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// Stable name, `snake_case`.
    pub code: String,
    /// The scenario key that it is about, or empty.
    pub key: String,
    /// The value that was met, with its unit, or empty.
    pub value: String,
    /// The range or value that would do, or empty.
    pub allowed: String,
    /// The sentence in English.
    pub text: String,
}

impl From<&plimsoll_core::validity::Reason> for Reason {
    fn from(r: &plimsoll_core::validity::Reason) -> Self {
        Self {
            code: r.code.clone(),
            key: r.key.clone(),
            value: r.value.clone(),
            allowed: r.allowed.clone(),
            text: r.text.clone(),
        }
    }
}

/// State and reasons of a validity, as an answer holds them.
#[must_use]
pub fn state_of(validity: &plimsoll_core::validity::Validity) -> (State, Vec<Reason>) {
    use plimsoll_core::validity::Validity;
    let state = match validity {
        Validity::Assessed => State::Assessed,
        Validity::Extrapolated(_) => State::Extrapolated,
        Validity::NotAssessable(_) => State::NotAssessable,
    };
    (state, validity.reasons().iter().map(Reason::from).collect())
}

/// A figure that is known (one number) or believed (three quantiles).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Figure {
    /// All inputs were exact.
    Exact(f64),
    /// The spread that the beliefs of the inputs leave.
    Spread(Quantiles),
}

impl Figure {
    /// The median, or the number itself.
    #[must_use]
    pub fn middle(&self) -> f64 {
        match self {
            Self::Exact(v) => *v,
            Self::Spread(q) => q.q50,
        }
    }

    /// 5 % and 95 % quantiles; twice the number itself where it is exact.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        match self {
            Self::Exact(v) => (*v, *v),
            Self::Spread(q) => (q.q05, q.q95),
        }
    }
}

/// 5 %, 50 % and 95 % quantiles.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantiles {
    /// 5 % quantile.
    pub q05: f64,
    /// Median.
    pub q50: f64,
    /// 95 % quantile.
    pub q95: f64,
}

/// An input as far as it was known: lowest, central and highest value; all equal where it was exact.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// Lowest value (the support's end, or the 0.1 % quantile).
    pub low: f64,
    /// Median.
    pub likely: f64,
    /// Highest value (the support's end, or the 99.9 % quantile).
    pub high: f64,
}

impl Span {
    /// A known value.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self { low: value, likely: value, high: value }
    }

    /// Whether it was known exactly.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.low >= self.high
    }
}

impl From<&plimsoll_core::belief::Belief> for Span {
    fn from(b: &plimsoll_core::belief::Belief) -> Self {
        let (low, high) = b.range();
        Self { low, likely: b.median(), high }
    }
}
