//! Whether a number may be given at all, and if not, why. The state goes with the number to the option, the ranking and the page.

use serde::{Deserialize, Serialize};

/// One reason why an answer is extrapolated or not assessable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// Stable name, `snake_case`.
    pub code: String,
    /// The scenario key that it is about, or empty.
    pub key: String,
    /// The value that was met, with its unit.
    pub value: String,
    /// The range or value that would do.
    pub allowed: String,
    /// The sentence in English.
    pub text: String,
}

/// Assessed, extrapolated beyond what was observed, or not assessable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Validity {
    /// Within the validated range.
    #[default]
    Assessed,
    /// A number is given, marked, for these reasons.
    Extrapolated(Vec<Reason>),
    /// No number is given, for these reasons.
    NotAssessable(Vec<Reason>),
}

impl Validity {
    /// The worse of two states. Reasons of the worse state are kept, joined where both are equally bad.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        use Validity::{Assessed, Extrapolated, NotAssessable};
        let join = |mut a: Vec<Reason>, b: Vec<Reason>| {
            for r in b {
                if !a.contains(&r) {
                    a.push(r);
                }
            }
            a
        };
        match (self, other) {
            (NotAssessable(a), NotAssessable(b)) => NotAssessable(join(a, b)),
            (NotAssessable(a), _) | (_, NotAssessable(a)) => NotAssessable(a),
            (Extrapolated(a), Extrapolated(b)) => Extrapolated(join(a, b)),
            (Extrapolated(a), Assessed) | (Assessed, Extrapolated(a)) => Extrapolated(a),
            (Assessed, Assessed) => Assessed,
        }
    }

    /// Whether a number may be given.
    #[must_use]
    pub fn is_assessable(&self) -> bool {
        !matches!(self, Self::NotAssessable(_))
    }

    /// The reasons, none where assessed.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        match self {
            Self::Assessed => &[],
            Self::Extrapolated(r) | Self::NotAssessable(r) => r,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(code: &str) -> Reason {
        Reason {
            code: code.into(),
            key: String::new(),
            value: String::new(),
            allowed: String::new(),
            text: String::new(),
        }
    }

    #[test]
    fn the_worse_wins_and_reasons_are_not_lost() {
        let e = Validity::Extrapolated(vec![reason("a")]);
        let n = Validity::NotAssessable(vec![reason("b")]);
        assert_eq!(e.clone().and(Validity::Assessed), e);
        assert_eq!(e.clone().and(n.clone()), n);
        assert_eq!(n.clone().and(n.clone()).reasons().len(), 1);
        assert_eq!(e.clone().and(Validity::Extrapolated(vec![reason("c")])).reasons().len(), 2);
        assert!(!n.is_assessable() && e.is_assessable());
    }
}
