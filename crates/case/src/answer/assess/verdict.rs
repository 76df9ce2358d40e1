//! What a difference shows, and why it may show nothing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a difference shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Standing off itself.
    Reference,
    /// Fewer deaths: the interval excludes zero, its end does with 95 % confidence, and the mean exceeds the practical margin.
    Better,
    /// Neither.
    NoClearDifference,
    /// More deaths, likewise.
    Worse,
    /// No number may be given.
    NotAssessable,
}

/// Why no option is called better or worse although the interval of the difference excludes zero, or was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoVerdict {
    /// Nothing extrapolated is ever called better.
    Extrapolated,
    /// That the end of the interval excludes zero is not sure at 95 % confidence, with the states of knowledge that were drawn.
    End,
    /// The mean is within 1.96 of its standard errors.
    Error,
    /// The mean is within the practical margin.
    Margin,
    /// Fewer than 20 realisations in a state of knowledge.
    FewRealisations,
    /// The mean of the worst tenth says the opposite.
    WorstTenth,
}

impl NoVerdict {
    /// The name in files and languages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Extrapolated => "extrapolated",
            Self::End => "end",
            Self::Error => "error",
            Self::Margin => "margin",
            Self::FewRealisations => "few_realisations",
            Self::WorstTenth => "worst_tenth",
        }
    }
}
