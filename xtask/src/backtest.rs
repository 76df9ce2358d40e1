//! The pages of the calibration and of the back-test: minutes of work, so not among those that `generate` writes.

use crate::Faults;
use plimsoll_report::figure::backtest::{events, places, standalone, years};
use plimsoll_report::{Language, text};
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
    let files = [
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
