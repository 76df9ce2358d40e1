//! The pages of the calibration, of the back-test and of the sensitivity: minutes of work, so not among those that `generate` writes.

use crate::Faults;
use plimsoll_case::answer::assess::Sensitivity;
use plimsoll_core::validation::Case;
use plimsoll_report::figure::backtest::{events, places, standalone, years};
use plimsoll_report::{Language, text};
use std::fmt::Write as _;
use std::path::Path;

/// Fits the constants and writes what that says.
pub fn write(root: &Path) -> Faults {
    let (fitted, foretold) = plimsoll::fitted_to_the_record()?;
    let note = "Written by `cargo run --release -p xtask -- backtest`; do not edit.";
    let page = |title: &str, what: &str, command: &str, text: &str| {
        format!("# {title}\n\n{note}\n{what}\n\n```text\n$ plimsoll {command}\n{text}```\n")
    };
    let calibration = page(
        "The judged constants, fitted to the record",
        "Why it is done so, what it can and cannot separate: [the science](../science/calibration.md).",
        "calibrate",
        &text::calibrate(&fitted, Language::En),
    );
    let what = "Each event and year is foretold by constants that were fitted to all others: [the science](../science/calibration.md).\n\n\
                ![Deaths foretold and observed, event by event](backtest-deaths.svg)\n\n\
                ![Places of what happened in the predictions](backtest-places.svg)\n\n\
                ![Fatal events of each year, foretold and observed](backtest-years.svg)";
    let backtest = page("Foretold and observed", what, "backtest", &text::backtest(&foretold, Language::En));
    let l = Language::En;
    let (case, found) = plimsoll::first_five_of_example("dover-strait")?;
    let files = [
        ("sensitivity.md", sensitivity(note, &case, &found)),
        ("calibration.md", calibration),
        ("backtest.md", backtest),
        ("backtest-deaths.svg", standalone(&events("deaths", l, &foretold))),
        ("backtest-places.svg", standalone(&places("places", l, &foretold))),
        ("backtest-years.svg", standalone(&years("years", l, &foretold))),
    ];
    for (name, content) in files {
        std::fs::write(root.join("docs/reference").join(name), content)?;
    }
    Ok(Vec::new())
}

/// W15 with the indices behind it.
fn sensitivity(note: &str, case: &Case, found: &[Sensitivity]) -> String {
    let result = if case.passes() { "passes" } else { "**known miss**" };
    let mut out = format!(
        "# What the deaths hang on (W15)\n\n{note}\n{}: first-order and total Sobol indices as `plimsoll assess --sensitivity` has them\n\
         ([how](../science/assessment.md)), each with its standard error.\n\n\
         | case | quantity | expected | ours | result |\n| --- | --- | --- | --- | --- |\n| {} | {}: {} | {} | {} | {result} |\n",
        phrase(&case.name),
        case.id,
        case.quantity,
        case.origin.trim_start_matches("expected: "),
        case.expected,
        case.computed,
    );
    if let (false, Some(why)) = (case.passes(), &case.known_miss) {
        let _ = writeln!(out, "\n{} misses: {why}.", case.id);
    }
    out.push_str("\n| constant or input | first order | total |\n| --- | --- | --- |\n");
    for s in found {
        let _ = writeln!(
            out,
            "| `{}` | {:.2} ± {:.2} | {:.2} ± {:.2} |",
            s.constant, s.first, s.first_error, s.total, s.total_error
        );
    }
    out
}

fn phrase(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}
