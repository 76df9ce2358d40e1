//! One module for each command. Each reads its input, asks a library, and hands what is to be written to [`crate::output`].

mod assess;
mod bench;
mod calibrate;
pub(crate) mod coast;
mod constants;
mod drift;
mod fields;
mod fuzz;
mod loadline;
mod merge;
mod pages;
mod scenario;
mod selftest;
mod survive;
mod tide;

pub use assess::{answer_of_example, first_five_of_example};
pub use calibrate::fitted_to_the_record;
pub use constants::belief as belief_in_words;

use crate::cli::Command;
use crate::failure::Failure;

/// Carries out a command.
pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Assess(args) => assess::run(&args),
        Command::Loadline(args) => loadline::run(&args),
        Command::Survive(args) => survive::run(&args),
        Command::Tide(args) => tide::run(&args),
        Command::Drift(args) => drift::run(&args),
        Command::Fields(command) => fields::run(&command),
        Command::Fuzz(args) => fuzz::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Scenario(command) => scenario::run(&command),
        Command::Coast(command) => coast::run(&command),
        Command::Calibrate(args) => calibrate::run(&args),
        Command::Backtest(args) => calibrate::backtest(&args),
        Command::Selftest(args) => selftest::run(&args),
        Command::Bench(bench) => bench::run(&bench),
        Command::Constants(args) => constants::run(&args),
        Command::Completions(args) => pages::completions(args.shell),
        Command::Man => pages::manual(),
    }
}
