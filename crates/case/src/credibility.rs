//! How far an answer may be believed, after NASA-STD-7009: one file says it for every answer, its page and its JSON.

use crate::answer::assess::{Credibility, CredibilityFactor};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    factor: Vec<CredibilityFactor>,
    /// Validation as it stands outside the waters of the record.
    elsewhere: CredibilityFactor,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    let file: Result<File, _> = toml::from_str(include_str!("../credibility.toml"));
    file.unwrap_or_else(|e| panic!("credibility.toml: {e}"))
});

fn of(factors: Vec<CredibilityFactor>) -> Credibility {
    Credibility { lowest_level: factors.iter().map(|f| f.level).min().unwrap_or(0), factors }
}

/// Every factor; the lowest level is that of the whole.
#[must_use]
pub fn credibility() -> Credibility {
    of(FILE.factor.clone())
}

/// The same for a place outside the waters of the record, with which no event was compared.
#[must_use]
pub fn credibility_elsewhere() -> Credibility {
    let other = &FILE.elsewhere;
    of(FILE.factor.iter().map(|f| if f.id == other.id { other.clone() } else { f.clone() }).collect())
}

/// The factors of the lowest level alone. They hold of the whole program, so that every answer carries them; the others are told of
/// the comparison of options, where the evidence is rated.
#[must_use]
pub fn lowest() -> Credibility {
    let Credibility { lowest_level, mut factors } = credibility();
    factors.retain(|f| f.level == lowest_level);
    Credibility { lowest_level, factors }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_factors_each_with_reasons_in_both_languages_and_evidence_that_exists() {
        let c = credibility();
        let ids: Vec<&str> = c.factors.iter().map(|f| f.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "verification",
                "validation",
                "input_pedigree",
                "uncertainty",
                "robustness",
                "use_history",
                "management",
                "people"
            ]
        );
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for f in &c.factors {
            assert!(f.level <= 4 && !f.why.is_empty() && !f.why_fr.is_empty() && !f.level_means.is_empty(), "{}", f.id);
            assert!(!f.evidence.is_empty() && f.evidence.iter().all(|e| root.join(e).is_file()), "{:?}", f.evidence);
        }
        assert_eq!(c.lowest_level, 0);
        let elsewhere = credibility_elsewhere();
        let differ: Vec<_> = c.factors.iter().zip(&elsewhere.factors).filter(|(a, b)| a != b).map(|(_, b)| b).collect();
        assert!(differ.len() == 1 && differ[0].id == "validation" && differ[0].level == 0);
        assert!(
            differ[0].why_fr.contains("hors des eaux") && differ[0].evidence.iter().all(|e| root.join(e).is_file())
        );
        let lowest: Vec<String> = super::lowest().factors.into_iter().map(|f| f.id).collect();
        assert_eq!(lowest, ["use_history", "people"]);
    }
}
