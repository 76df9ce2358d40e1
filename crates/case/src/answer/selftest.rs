//! The answer of `plimsoll selftest`: known answers beside ours, after the form of IMO MSC.1/Circ.1533, Annex 3.

use super::common::SchemaTag;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SelftestAnswer {
    /// `plimsoll.selftest` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// Each known answer.
    pub cases: Vec<SelftestCase>,
    /// How many pass.
    pub passed: u32,
    /// How many miss, with a stated reason.
    pub known_misses: u32,
    /// How many miss without one.
    pub failed: u32,
}

impl super::Answer for SelftestAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.selftest", 1);
}

/// One known answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SelftestCase {
    /// Number in the validation plan, such as `V1`.
    pub id: String,
    /// Part of the program, such as `boat`.
    pub part: String,
    /// What is tested.
    pub name: String,
    /// Where the expected figure comes from.
    pub origin: String,
    /// Which quantity.
    pub quantity: String,
    /// Its unit, "1" where there is none.
    pub unit: String,
    /// Expected.
    pub expected: f64,
    /// Largest difference that passes.
    pub tolerance: f64,
    /// Ours; null where it could not be computed.
    pub computed: Option<f64>,
    /// Whether it passes.
    pub passed: bool,
    /// Why it is known to miss, if it is.
    pub known_miss: Option<String>,
}

impl SelftestAnswer {
    /// From the cases of each part of the program.
    #[must_use]
    pub fn of(version: &str, parts: &[(&str, Vec<plimsoll_core::validation::Case>)]) -> Self {
        let cases: Vec<SelftestCase> =
            parts.iter().flat_map(|(part, cases)| cases.iter().map(|c| SelftestCase::new(part, c))).collect();
        let count =
            |f: fn(&SelftestCase) -> bool| u32::try_from(cases.iter().filter(|c| f(c)).count()).unwrap_or(u32::MAX);
        Self {
            schema: <Self as super::Answer>::tag(),
            version: version.to_owned(),
            passed: count(|c| c.passed),
            known_misses: count(|c| !c.passed && c.known_miss.is_some()),
            failed: count(|c| !c.passed && c.known_miss.is_none()),
            cases,
        }
    }
}

impl SelftestCase {
    /// From a case of that part.
    #[must_use]
    pub fn new(part: &str, c: &plimsoll_core::validation::Case) -> Self {
        Self {
            id: c.id.clone(),
            part: part.to_owned(),
            name: c.name.clone(),
            origin: c.origin.clone(),
            quantity: c.quantity.clone(),
            unit: c.unit.clone(),
            expected: c.expected,
            tolerance: c.tolerance,
            computed: c.computed.is_finite().then_some(c.computed),
            passed: c.passes(),
            known_miss: c.known_miss.clone(),
        }
    }
}
