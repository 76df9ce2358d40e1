//! `plimsoll scenario`: the file that asks a question.

use crate::ashore;
use crate::cli::Scenario;
use crate::failure::Failure;
use crate::input::Source;
use crate::output::Outputs;
use plimsoll_case::scenario::inputs;
use std::fmt::Write as _;

mod new;

pub use new::belief_of;

/// Asks for, checks or describes a scenario.
pub fn run(command: &Scenario) -> Result<(), Failure> {
    match command {
        Scenario::New { out, lang } => new::run(out.as_deref(), *lang),
        Scenario::Check { source } => {
            let source = Source::of(source)?;
            let scenario = source.scenario()?;
            ashore::refuse(&source, &scenario)?;
            let encounter = scenario.encounter;
            let understood = inputs(&encounter);
            let mut text = format!("{} can be assessed. As understood:\n", source.name);
            let width = understood.scenario.iter().map(|l| l.key.len()).max().unwrap_or(0);
            for line in understood.scenario.iter().filter(|l| l.given) {
                let basis = line.basis.as_ref().map_or(String::new(), |b| format!(" ({b})"));
                let _ = writeln!(text, "  {:width$}  {}{basis}", line.key, line.text);
            }
            if !understood.defaulted.is_empty() {
                let _ = writeln!(text, "Not given, taken by default (sources: plimsoll constants):");
            }
            let width = understood.defaulted.iter().map(|d| d.key.len()).max().unwrap_or(0);
            for d in &understood.defaulted {
                let _ = writeln!(text, "  {:width$}  {} (grade {}: {})", d.key, d.value, d.grade, d.source);
            }
            for warning in &encounter.warnings {
                let _ = writeln!(text, "Note: {}: {}", warning.key, warning.text);
            }
            print(&text)
        }
        Scenario::Schema => print(&format!("{:#}\n", plimsoll_case::scenario::schema(&crate::known::asset_ids()))),
    }
}

fn print(text: &str) -> Result<(), Failure> {
    let mut outputs = Outputs::default();
    outputs.print(text);
    outputs.write()
}
