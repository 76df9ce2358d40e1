//! What was answered: one versioned type for each kind of answer, written as JSON and drawn as text and pages.
//!
//! The types here are a contract. A record that was written years ago must still draw, so fields are added and never
//! renamed or dropped; what was not computed is `null`, and no number is ever "not a number" ([`finite`]). Every name of a
//! quantity ends with its unit; a count and a probability have none. Probabilities and shares lie between 0 and 1.

pub mod assess;
pub mod bench;
pub mod calibration;
pub mod coast;
pub mod common;
pub mod digest;
pub mod drift;
pub mod fields;
pub mod finite;
pub mod law;
pub mod loadline;
pub mod option;
#[cfg(any(test, feature = "testkit"))]
pub mod sample;
#[cfg(test)]
mod schema_tests;
pub mod selftest;
pub mod survive;
pub mod tide;
pub mod tracks;

pub use assess::AssessAnswer;
pub use bench::{BenchAnswer, DriftBenchAnswer};
pub use calibration::{BacktestAnswer, CalibrateAnswer};
pub use coast::{CoastAnswer, CoastBenchAnswer};
pub use common::{Figure, Quantiles, Reason, SchemaTag, Span, State};
pub use drift::DriftAnswer;
pub use fields::FieldsAnswer;
pub use loadline::LoadlineAnswer;
pub use option::{Modifier, OptionId};
pub use selftest::SelftestAnswer;
pub use survive::SurviveAnswer;
pub use tide::TideAnswer;

use serde::Serialize;

/// An answer that can be written: it knows its schema's name and version.
pub trait Answer: Serialize + schemars::JsonSchema {
    /// Name and version that stand in the answer's `schema`.
    const TAG: (&'static str, u32);

    /// The tag as it is written.
    #[must_use]
    fn tag() -> SchemaTag {
        SchemaTag { name: Self::TAG.0.to_owned(), version: Self::TAG.1 }
    }

    /// The answer as indented JSON with a final newline.
    ///
    /// # Errors
    /// [`finite::NotFinite`] with the path of a number that is infinite or not a number: JSON would show it as `null`,
    /// which means "not computed" and would hide the fault.
    fn to_json(&self) -> Result<String, finite::NotFinite> {
        finite::check(self)?;
        let mut text = serde_json::to_string_pretty(self).map_err(|e| finite::NotFinite::form(&e))?;
        text.push('\n');
        Ok(text)
    }

    /// The JSON Schema (draft 2020-12) of this answer.
    #[must_use]
    fn json_schema() -> serde_json::Value {
        let mut schema = schemars::schema_for!(Self).to_value();
        if let Some(top) = schema.as_object_mut() {
            top.insert("title".to_owned(), format!("{} {}", Self::TAG.0, Self::TAG.1).into());
        }
        schema
    }
}
