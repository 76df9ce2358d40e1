//! Pages that the code writes about itself. CI refuses a stale one.

mod answer;
mod cli;
mod constants;
mod credibility;
mod number;
mod opendrift;
mod validation;

use crate::Faults;
use plimsoll_case::answer::{
    Answer, AssessAnswer, BacktestAnswer, BenchAnswer, CalibrateAnswer, CoastAnswer, CoastBenchAnswer, DriftAnswer,
    DriftBenchAnswer, FieldsAnswer, LoadlineAnswer, SelftestAnswer, SurviveAnswer, TideAnswer,
};
use std::path::Path;

/// Every generated file, by its path from the root, and what it should hold.
fn pages(root: &Path) -> Result<Vec<(String, String)>, Box<dyn std::error::Error>> {
    let mut cases = plimsoll::known::cases();
    cases.extend(plimsoll::known::long_cases());
    let answer = answer::example()?;
    let before = std::fs::read_to_string(root.join("docs/reference/validation.md")).unwrap_or_default();
    let validation = validation::page(&cases) + &opendrift::parts(root, &before)?;
    let mut pages = vec![
        ("cli.md", cli::page()),
        ("constants.md", constants::page(&plimsoll::known::ledgers())),
        ("credibility.md", credibility::page(&answer.credibility)),
        ("credibility.json", json(&serde_json::to_value(&answer.credibility)?)),
        ("validation.md", validation),
        ("validation.svg", validation::plot(&cases)),
        ("scenario.schema.json", json(&plimsoll_case::scenario::schema(&plimsoll::known::asset_ids()))),
        ("assess.schema.json", json(&AssessAnswer::json_schema())),
        ("loadline.schema.json", json(&LoadlineAnswer::json_schema())),
        ("survive.schema.json", json(&SurviveAnswer::json_schema())),
        ("tide.schema.json", json(&TideAnswer::json_schema())),
        ("selftest.schema.json", json(&SelftestAnswer::json_schema())),
        ("calibrate.schema.json", json(&CalibrateAnswer::json_schema())),
        ("backtest.schema.json", json(&BacktestAnswer::json_schema())),
        ("bench.schema.json", json(&BenchAnswer::json_schema())),
        ("drift.schema.json", json(&DriftAnswer::json_schema())),
        ("fields.schema.json", json(&FieldsAnswer::json_schema())),
        ("coast.schema.json", json(&CoastAnswer::json_schema())),
        ("bench_coast.schema.json", json(&CoastBenchAnswer::json_schema())),
        ("bench_drift.schema.json", json(&DriftBenchAnswer::json_schema())),
    ]
    .into_iter()
    .map(|(name, text)| (format!("docs/reference/{name}"), text))
    .collect::<Vec<_>>();
    let readme = std::fs::read_to_string(root.join("README.md"))?;
    let readme = between_marks(&readme, "validation", &validation::summary(&cases))?;
    let readme = between_marks(&readme, "answer", &answer::excerpt(&answer))?;
    pages.push(("README.md".into(), readme));
    pages.push(("docs/answer.svg".into(), answer::drawn(&answer)));
    Ok(pages)
}

/// Writes the pages that are stale.
pub fn write(root: &Path) -> Faults {
    for (path, text) in pages(root)? {
        if !holds(root, &path, &text) {
            std::fs::write(root.join(path), text)?;
        }
    }
    Ok(Vec::new())
}

/// Names the pages that are stale.
pub fn stale(root: &Path) -> Faults {
    let stale = pages(root)?.into_iter().filter(|(path, text)| !holds(root, path, text));
    Ok(stale.map(|(path, _)| format!("{path} is stale: run `cargo run -p xtask -- generate`")).collect())
}

fn holds(root: &Path, path: &str, text: &str) -> bool {
    std::fs::read_to_string(root.join(path)).is_ok_and(|t| t == text)
}

fn json(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// `text` with what stands between the two marks of `name` replaced.
fn between_marks(text: &str, name: &str, new: &str) -> Result<String, String> {
    let marks = [format!("<!-- {name}: generated, do not edit -->"), format!("<!-- end of {name} -->")];
    let [from, to] =
        [0, 1].map(|i| text.find(&marks[i]).ok_or_else(|| format!("README.md lacks the mark {}", marks[i])));
    let (from, to) = (from? + marks[0].len(), to?);
    Ok(format!("{}\n{new}{}", &text[..from], &text[to..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let text = |inner: &str| format!("a<!-- x: generated, do not edit -->{inner}<!-- end of x -->b");
        assert_eq!(between_marks(&text("old"), "x", "new\n").unwrap(), text("\nnew\n"));
        assert!(between_marks(&text("old"), "y", "new").is_err());
    }
}
