//! `plimsoll constants`: every constant with what stands behind it.

use crate::cli::Constants;
use crate::failure::Failure;
use crate::known;
use crate::output::Outputs;
use plimsoll_core::belief::Belief;
use plimsoll_core::ledger::Constant;
use std::fmt::Write as _;

/// Prints the constants whose id contains the word, four lines each.
pub fn run(args: &Constants) -> Result<(), Failure> {
    let word = args.word.as_deref().unwrap_or_default();
    let mut text = String::new();
    for ledger in known::ledgers() {
        for c in ledger.constants().filter(|c| c.id.contains(word)) {
            let _ = write!(text, "{}", entry(&ledger.name, c));
        }
    }
    if text.is_empty() {
        return Err(Failure::Usage(format!("no constant has `{word}` in its id")));
    }
    let mut outputs = Outputs::default();
    outputs.print(&text);
    outputs.write()
}

fn entry(ledger: &str, c: &Constant) -> String {
    let valid = c.valid.map_or(String::new(), |[a, b]| format!("; validated from {a} to {b}"));
    format!(
        "{} ({ledger}, grade {:?})\n  {} = {} {}\n  {}\n  used in {}{valid}\n",
        c.id,
        c.grade,
        c.symbol,
        belief(&c.value),
        c.unit,
        c.source,
        c.equation
    )
}

/// A belief in a few words.
#[must_use]
pub fn belief(belief: &Belief) -> String {
    match belief {
        Belief::Exact(v) => v.to_string(),
        Belief::Uniform { low, high } => format!("{low} to {high}"),
        Belief::Triangular { low, likely, high } => format!("{likely} ({low} to {high})"),
        Belief::Normal { mean, sd, low, high } => {
            let mut text = format!("normal, mean {mean}, sd {sd}");
            for (word, bound) in [("not below", low), ("not above", high)] {
                if let Some(b) = bound {
                    let _ = write!(text, ", {word} {b}");
                }
            }
            text
        }
        Belief::LogNormal { median, gsd } => format!("lognormal, median {median}, gsd {gsd}"),
        Belief::Discrete { values, weights } => {
            let total: f64 = weights.iter().sum();
            let parts: Vec<_> =
                values.iter().zip(weights).map(|(v, w)| format!("{v} ({:.0} %)", 100.0 * w / total)).collect();
            parts.join(", ")
        }
    }
}
