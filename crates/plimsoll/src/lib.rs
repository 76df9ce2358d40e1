//! The command line of plimsoll: it reads, asks the libraries, writes, and alone speaks to the person before it.
//!
//! [`run`] is the program. The rest is public for the generated pages of the reference.

pub mod cli;
pub mod known;
pub mod opendrift;

mod answer;
mod ashore;
mod builtin;
mod cancel;
mod clock;
mod commands;
pub use commands::{answer_of_example, belief_in_words, first_five_of_example, fitted_to_the_record};
mod diagnosis;
mod failure;
mod held;
mod input;
mod output;
mod progress;
mod simd;
mod waters;

use clap::Parser as _;
use std::io::Write as _;
use std::process::ExitCode;

/// The program: reads the arguments, does what they say, and returns the exit code of the contract: 0 an answer was
/// given, 2 usage, 3 input refused, 4 the world failed, 130 interrupted.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => {
            // Help and version land here too; a closed pipe leaves nobody to tell.
            let _ = e.print();
            return ExitCode::from(if e.use_stderr() { 2 } else { 0 });
        }
    };
    match cancel::watch().and_then(|()| commands::run(cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = std::io::stderr().lock().write_all(failure.message().as_bytes());
            ExitCode::from(failure.code())
        }
    }
}
