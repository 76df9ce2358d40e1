//! `plimsoll fuzz`: damaged inputs through every parser of what people type.

use crate::cancel;
use crate::cli::Fuzz;
use crate::failure::Failure;
use crate::output::Outputs;
use crate::progress::Progress;
use plimsoll_case::fuzz::{self, Parser, Tally};
use plimsoll_core::ensemble;
use plimsoll_core::tally::Merge;
use std::fmt::Write as _;

/// Inputs that a thread takes at a time.
const CHUNK: u64 = 10_000;

/// What all threads found.
#[derive(Default)]
struct Found(Option<Tally>);

impl Merge for Found {
    fn merge(&mut self, other: Self) {
        match (&mut self.0, other.0) {
            (Some(sum), Some(part)) => {
                sum.inputs += part.inputs;
                sum.understood += part.understood;
                sum.failures.extend(part.failures);
                sum.failures.sort();
            }
            (sum @ None, part) => *sum = part,
            (Some(_), None) => {}
        }
    }
}

/// Feeds the inputs and states their number. A panic, or an echo that is not understood again, is a failure.
pub fn run(args: &Fuzz) -> Result<(), Failure> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (mut text, mut failures) = (String::new(), 0);
    for parser in Parser::ALL {
        let progress = Progress::new(args.inputs, parser.name(), false);
        let found = ensemble::run(&[0..args.inputs], CHUNK, threads, &|n| progress.add(n), cancel::flag(), |range| {
            Found(Some(fuzz::run(parser, args.seed, range.start, range.end - range.start)))
        })
        .ok_or(Failure::Interrupted)?;
        let Some(tally) = found.0 else { continue };
        failures += tally.failures.len();
        let _ = writeln!(
            text,
            "{}: {} inputs, {} understood, {} failures",
            parser.name(),
            tally.inputs,
            tally.understood,
            tally.failures.len()
        );
        for (number, input, fault) in &tally.failures {
            let _ = writeln!(text, "  input {number}: {fault}\n    {input:?}");
        }
    }
    let mut outputs = Outputs::default();
    outputs.print(&text);
    outputs.write()?;
    match failures {
        0 => Ok(()),
        n => Err(Failure::World(format!("{n} inputs were handled wrongly"))),
    }
}
