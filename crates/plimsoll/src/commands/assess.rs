//! `plimsoll assess`: every option followed to its end.

mod asked;
mod entries;
mod part;
mod policy;
mod rounds;

pub use asked::{Asked, constants, refuse};
use entries::Entries;
pub use part::{Part, read as read_part};

use crate::answer::Delivery;
use crate::cli::{Assess, ScenarioSource};
use crate::failure::Failure;
use crate::input::Source;
use crate::output::{self, Outputs};
use crate::progress::{Screen, note};
use plimsoll_assess::outcome::Partial;
use plimsoll_case::answer::AssessAnswer;
use plimsoll_case::answer::assess::Sensitivity;
use plimsoll_core::validation::Case;
use plimsoll_report::{page, text};
use std::path::PathBuf;

/// Answers the question, or runs one part of it.
pub fn run(args: &Assess) -> Result<(), Failure> {
    let source = Source::of(&args.source)?;
    let inputs: Vec<PathBuf> = source.path.iter().chain(&args.policy).cloned().collect();
    let delivery = Delivery::new(&args.answering, Some(&args.paged), &inputs)?;
    let files = [&args.partial, &args.into_water, &args.answering.json, &args.paged.html];
    output::check(&files.into_iter().flatten().map(PathBuf::as_path).collect::<Vec<_>>(), &inputs)?;
    let (seed, threads, quiet) = (args.drawing.seed, args.drawing.threads(), args.answering.quiet);
    let policy = policy::read(args.policy.as_deref())?;
    let asked = Asked::new(source, seed, args.realisations, args.judged, policy)?;
    let total = asked.total();
    note(quiet, format_args!("{}: {total} realisations of each option, seed {seed}", asked.source.name));
    match (&args.shard, &args.partial) {
        (Some(shard), Some(path)) => {
            let partial = asked.run(&[shard.range(total)], threads, quiet)?;
            let mut outputs = Outputs::default();
            outputs.file(path, Part::new(&asked, seed, args.judged, partial).to_bytes()?);
            outputs.write()
        }
        _ => {
            let mut entries = args.into_water.as_deref().map(|f| Entries::new(&asked, f, args.course)).transpose()?;
            let answer = refine(&asked, args, threads, &delivery, entries.as_mut())?;
            let mut outputs = delivery.outputs(&answer, text::assess, Some(page::assess))?;
            if let Some(entries) = entries {
                note(quiet, format_args!("{}", entries.told()));
                outputs.grown(entries.file);
            }
            outputs.write()
        }
    }
}

/// The answer to an example that the program carries, with the first seed, for the pages that show it.
///
/// # Errors
/// What standard error would say.
pub fn answer_of_example(name: &str) -> Result<AssessAnswer, String> {
    let example = || {
        let source = Source::of(&ScenarioSource { scenario: None, example: Some(name.into()) })?;
        let asked = Asked::new(source, 1, None, false, None)?;
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        asked.answer(&asked.run(&[0..asked.total()], threads, true)?, false)
    };
    example().map_err(|e| e.message())
}

/// W15 for an example that the program carries: its row, and what its expected deaths hang on (minutes of work).
///
/// # Errors
/// What standard error would say.
pub fn first_five_of_example(name: &str) -> Result<(Case, Vec<Sensitivity>), String> {
    let example = || {
        let source = Source::of(&ScenarioSource { scenario: None, example: Some(name.into()) })?;
        let asked = Asked::new(source, 1, None, false, None)?;
        asked.first_five()
    };
    example().map_err(|e| e.message())
}

/// The final answer; on a terminal, coarser ones are shown until it is there.
fn refine(
    asked: &Asked,
    args: &Assess,
    threads: usize,
    delivery: &Delivery<'_>,
    entries: Option<&mut Entries>,
) -> Result<AssessAnswer, Failure> {
    let quiet = args.answering.quiet;
    if let Some(entries) = entries {
        return finish(asked, args, threads, &entries.run(asked, threads, quiet)?);
    }
    let mut screen = Screen::new(quiet || delivery.owns_stdout());
    let mut sum: Option<Partial> = None;
    for ranges in rounds::of(asked.total(), screen.is_live()) {
        let part = asked.run(&ranges, threads, quiet)?;
        let merged = match sum {
            None => part,
            Some(sum) => sum.merge(part).map_err(|e| Failure::World(e.to_string()))?,
        };
        if merged.ranges.count() < asked.total() {
            screen.show(&text::assess(&asked.answer(&merged, true)?, delivery.language()));
        }
        sum = Some(merged);
    }
    screen.clear();
    let sum = sum.ok_or_else(|| Failure::Usage("no realisations were asked for".into()))?;
    finish(asked, args, threads, &sum)
}

fn finish(asked: &Asked, args: &Assess, threads: usize, sum: &Partial) -> Result<AssessAnswer, Failure> {
    if args.flips || args.sensitivity { asked.deeper(sum, args, threads) } else { asked.answer(sum, false) }
}
