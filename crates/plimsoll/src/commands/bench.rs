//! `plimsoll bench`: steps that were executed, and the seconds that they took.

mod coast;
mod drift;

use crate::answer::Delivery;
use crate::cancel;
use crate::cli::{Bench, BenchRoll};
use crate::clock::Stopwatch;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::simd;
use plimsoll_boat::bench::Roll;
use plimsoll_case::answer::{Answer as _, BenchAnswer};
use plimsoll_core::ensemble;
use plimsoll_core::tally::Merge;
use plimsoll_report::text;

/// Realisations that a thread takes at a time: four groups of lanes, about 50 ms.
const CHUNK: u64 = 64;

/// Steps executed.
#[derive(Default)]
struct Steps(u64);

impl Merge for Steps {
    fn merge(&mut self, other: Self) {
        self.0 += other.0;
    }
}

/// Runs a benchmark.
pub fn run(bench: &Bench) -> Result<(), Failure> {
    match bench {
        Bench::Roll(args) => roll(args),
        Bench::Coast(args) => coast::run(args),
        Bench::Drift(args) => drift::run(args),
    }
}

fn roll(args: &BenchRoll) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, None, &[])?;
    let (path, threads) = (simd::path()?, args.drawing.threads());
    let work = Roll::prepare(args.drawing.seed);
    let progress = Progress::new(args.realisations, "realisations", args.answering.quiet);
    let watch = Stopwatch::start();
    let steps = ensemble::run(&[0..args.realisations], CHUNK, threads, &|n| progress.add(n), cancel::flag(), |range| {
        Steps(work.run(path, range).steps)
    })
    .ok_or(Failure::Interrupted)?;
    let seconds = watch.elapsed().as_secs_f64();
    drop(progress);
    let cores = threads.min(std::thread::available_parallelism().map_or(threads, usize::from));
    let answer = BenchAnswer {
        schema: BenchAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").into(),
        seed: args.drawing.seed,
        kernel: "roll".into(),
        realisations: args.realisations,
        steps_executed: steps.0,
        seconds,
        threads: u32::try_from(threads).unwrap_or(u32::MAX),
        steps_per_second_core: steps.0 as f64 / seconds / cores as f64,
        path: path.name().into(),
    };
    delivery.write(&answer, text::bench, None)
}
