//! `plimsoll assess`: every option followed to its end.

mod part;
mod rounds;

pub use part::{Part, read as read_part};

use crate::answer::Delivery;
use crate::cancel;
use crate::cli::{Assess, Drawing, ScenarioSource};
use crate::failure::Failure;
use crate::input::Source;
use crate::output::{self, Outputs};
use crate::progress::{Progress, Screen, note};
use crate::simd;
use plimsoll_assess::outcome::Partial;
use plimsoll_assess::question::Question;
use plimsoll_assess::situation::SituationError;
use plimsoll_case::answer::AssessAnswer;
use plimsoll_case::scenario::Scenario;
use plimsoll_report::{page, text};
use std::ops::Range;

/// Answers the question, or runs one part of it.
pub fn run(args: &Assess) -> Result<(), Failure> {
    let source = Source::of(&args.source)?;
    let delivery = Delivery::new(&args.answering, Some(&args.paged), source.path.as_slice())?;
    if let Some(partial) = &args.partial {
        output::check(&[partial], source.path.as_slice())?;
    }
    let question = question(&source, args.drawing.seed, args.realisations)?;
    let total = question.encounter.run.realisations;
    let quiet = args.answering.quiet;
    note(quiet, format_args!("{}: {total} realisations of each option, seed {}", source.name, args.drawing.seed));
    match (&args.shard, &args.partial) {
        (Some(shard), Some(path)) => {
            let partial = compute(&question, &[shard.range(total)], &args.drawing, quiet)?;
            let mut outputs = Outputs::default();
            outputs.file(path, Part::new(&source, args.drawing.seed, total, partial).to_bytes()?);
            outputs.write()
        }
        _ => {
            let answer = refine(&question, &args.drawing, &delivery, quiet)?;
            delivery.write(&answer, text::assess, Some(page::assess))
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
        let question = question(&source, 1, None)?;
        let drawing = Drawing { seed: 1, threads: None };
        let whole = 0..question.encounter.run.realisations;
        answer(&question, &compute(&question, &[whole], &drawing, true)?, false)
    };
    example().map_err(|e| e.message())
}

/// The question that a scenario asks.
pub fn question(source: &Source, seed: u64, realisations: Option<u64>) -> Result<Question, Failure> {
    let scenario = source.scenario()?;
    let mut encounter = scenario.encounter.clone();
    encounter.run.realisations = realisations.unwrap_or(encounter.run.realisations);
    Question::new(encounter, seed).map_err(|e| refuse_situation(source, &scenario, &e))
}

/// A boat that cannot be, or cannot carry its load, shown at the key that it is about.
pub fn refuse_situation(source: &Source, scenario: &Scenario, why: &SituationError) -> Failure {
    let (key, allowed) = match why {
        SituationError::Sinks { .. } => ("aboard.people", "what the boat floats with"),
        SituationError::Floods { .. } => ("sea.hs", "a sea and a load in which such a boat stays afloat"),
        SituationError::Hull(_) => ("boat", "measures of one boat"),
        SituationError::Load(_) => ("aboard.people", "a load that can be aboard"),
    };
    source.refuse(&[scenario.problem(key, &why.to_string(), allowed)])
}

/// The final answer; on a terminal, coarser ones are shown until it is there.
fn refine(
    question: &Question,
    drawing: &Drawing,
    delivery: &Delivery<'_>,
    quiet: bool,
) -> Result<AssessAnswer, Failure> {
    let total = question.encounter.run.realisations;
    let mut screen = Screen::new(quiet || delivery.owns_stdout());
    let mut sum: Option<Partial> = None;
    for ranges in rounds::of(total, screen.is_live()) {
        let part = compute(question, &ranges, drawing, quiet)?;
        let merged = match sum {
            None => part,
            Some(sum) => sum.merge(part).map_err(|e| Failure::World(e.to_string()))?,
        };
        if merged.ranges.count() < total {
            screen.show(&text::assess(&answer(question, &merged, true)?, delivery.language()));
        }
        sum = Some(merged);
    }
    screen.clear();
    let sum = sum.ok_or_else(|| Failure::Usage("no realisations were asked for".into()))?;
    answer(question, &sum, false)
}

/// What the realisations in `sum` say.
pub fn answer(question: &Question, sum: &Partial, coarse: bool) -> Result<AssessAnswer, Failure> {
    plimsoll_assess::answer::answer(question, sum, coarse).map_err(|e| Failure::input(e.to_string(), ""))
}

/// Runs ranges of realisations with everything around it: code path, threads, bar, Control-C.
fn compute(question: &Question, ranges: &[Range<u64>], drawing: &Drawing, quiet: bool) -> Result<Partial, Failure> {
    let count = ranges.iter().map(|r| r.end - r.start).sum();
    let progress = Progress::new(count, "realisations", quiet);
    question
        .run(ranges, drawing.threads(), simd::path()?, &|n| progress.add(n), cancel::flag())
        .map_err(|e| Failure::input(e.to_string(), ""))?
        .ok_or(Failure::Interrupted)
}
