//! `cargo run -p xtask -- COMMAND`: what the project does to itself.
//!
//! - `house`: the rules of the layout that no compiler lint can express (also run by `cargo test`).
//! - `licences`: every crate that ships has a licence that `deny.toml` allows, and no crate comes in two versions.
//! - `generate [--check]`: writes the generated pages of `docs/reference`, or says which are stale.
//! - `backtest`: fits the constants to the record and writes the pages of the calibration, of the back-test and of the sensitivity (minutes).
//! - `tide MODEL.nc`: packs the tide atlas of `assets/tide` from the model's file.

mod backtest;
mod generate;
mod house;
mod licences;
mod tide;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let faults = match arguments.as_slice() {
        ["house"] => house::faults(&root()),
        ["licences"] => licences::faults(&root()),
        ["generate"] => generate::write(&root()),
        ["generate", "--check"] => generate::stale(&root()),
        ["backtest"] => backtest::write(&root()),
        ["tide", model] => tide::pack(&root(), Path::new(model)),
        _ => {
            Err("usage: cargo run -p xtask -- house | licences | generate [--check] | backtest | tide MODEL.nc".into())
        }
    };
    let (lines, code) = match faults {
        Ok(faults) if faults.is_empty() => {
            (vec![format!("{}: as it should be", arguments.join(" "))], ExitCode::SUCCESS)
        }
        Ok(faults) => (faults, ExitCode::FAILURE),
        Err(message) => (vec![message.to_string()], ExitCode::from(2)),
    };
    let mut out = std::io::stdout().lock();
    for line in lines {
        // A closed pipe leaves nobody to tell.
        let _ = writeln!(out, "{line}");
    }
    code
}

/// What a task gives: the faults it found, or why it could not look.
type Faults = Result<Vec<String>, Box<dyn std::error::Error>>;
