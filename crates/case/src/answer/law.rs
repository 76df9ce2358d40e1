//! The law that is printed beside every assessment: duties, not advice. The words are data (`law.toml`), in English and
//! French, so that a jurist can correct them without reading code.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LawLine {
    /// Stable name.
    pub id: String,
    /// Where it stands and what it says, in English.
    pub text_en: String,
    /// The same in French.
    pub text_fr: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    law: Vec<LawLine>,
}

static LAW: LazyLock<Vec<LawLine>> = LazyLock::new(|| {
    // A broken table is a fault of the source, found by the test below, and must not stop an answer.
    toml::from_str::<File>(include_str!("law.toml")).map(|f| f.law).unwrap_or_default()
});

/// Every rule, in the order in which it is printed.
#[must_use]
pub fn all() -> &'static [LawLine] {
    &LAW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_there_in_both_languages() {
        let ids: std::collections::BTreeSet<_> = all().iter().map(|l| l.id.as_str()).collect();
        assert_eq!(ids.len(), all().len());
        for id in ["unclos_98", "solas_v33", "sar", "colreg", "echr_2", "echr_p4_4", "uk_hra", "fr_penal_223_6"] {
            assert!(ids.contains(id), "{id}");
        }
        assert!(all().iter().all(|l| l.text_en.len() > 20 && l.text_fr.len() > 20));
    }
}
