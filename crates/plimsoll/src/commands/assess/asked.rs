//! A question with the text that asked it, so that whatever is found wrong, however late, is shown at its place.

use crate::ashore;
use crate::cancel;
use crate::cli::Assess;
use crate::failure::Failure;
use crate::input::Source;
use crate::progress::Progress;
use crate::simd;
use plimsoll_assess::answer::Deeper;
use plimsoll_assess::calibration;
use plimsoll_assess::entries::{Entry, Way};
use plimsoll_assess::information::Runs;
use plimsoll_assess::information::flip::flips;
use plimsoll_assess::information::sobol::sensitivity;
use plimsoll_assess::outcome::Partial;
use plimsoll_assess::question::Question;
use plimsoll_assess::situation::SituationError;
use plimsoll_assess::validation::first_five;
use plimsoll_case::answer::AssessAnswer;
use plimsoll_case::answer::assess::Sensitivity;
use plimsoll_case::scenario::Scenario;
use plimsoll_core::draws::Constants;
use plimsoll_core::validation::Case;
use std::ops::Range;

/// The question of a scenario.
pub struct Asked {
    /// Where it was read.
    pub source: Source,
    /// What is asked.
    pub question: Question,
    /// Name and text of the policy file, if one was given.
    pub policy: Option<(String, String)>,
    scenario: Scenario,
}

impl Asked {
    /// Reads the question; `realisations` replaces the scenario's own number, `policy` (name and text of a file) the default rules.
    pub fn new(
        source: Source,
        seed: u64,
        realisations: Option<u64>,
        judged: bool,
        policy: Option<(String, String)>,
    ) -> Result<Self, Failure> {
        let rules = super::policy::of(policy.as_ref())?;
        let scenario = source.scenario()?;
        ashore::refuse(&source, &scenario)?;
        let mut encounter = scenario.encounter.clone();
        encounter.run.realisations = realisations.unwrap_or(encounter.run.realisations);
        let question =
            Question::new(encounter, constants(judged)?, seed).map_err(|e| refuse(&source, &scenario, &e))?;
        Ok(Self { source, question: question.under(rules), policy, scenario })
    }

    /// Realisations of each option.
    pub fn total(&self) -> u64 {
        self.question.encounter.run.realisations
    }

    /// Runs ranges of realisations with everything around it: code path, threads, bar, Control-C.
    pub fn run(&self, ranges: &[Range<u64>], threads: usize, quiet: bool) -> Result<Partial, Failure> {
        let count = ranges.iter().map(|r| r.end - r.start).sum();
        let progress = Progress::new(count, "realisations", quiet);
        self.question
            .run(ranges, threads, simd::path()?, &|n| progress.add(n), cancel::flag())
            .map_err(|e| refuse(&self.source, &self.scenario, &e))?
            .ok_or(Failure::Interrupted)
    }

    /// Who has no way through the water in this case, shown at the key that is wanted.
    pub fn way(&self, course: Option<u16>) -> Result<Way, Failure> {
        Way::new(&self.question.encounter, course.map(f64::from))
            .map_err(|why| self.source.refuse(&[self.scenario.problem(why.key(), &why.to_string(), why.allowed())]))
    }

    /// The same run with who enters the water.
    pub fn run_telling(
        &self,
        range: Range<u64>,
        threads: usize,
        bar: &Progress,
        way: &Way,
    ) -> Result<(Partial, Vec<Entry>), Failure> {
        self.question
            .run_telling(&[range], threads, simd::path()?, &|n| bar.add(n), cancel::flag(), Some(way))
            .map_err(|e| refuse(&self.source, &self.scenario, &e))?
            .ok_or(Failure::Interrupted)
    }

    /// What the realisations in `sum` say.
    pub fn answer(&self, sum: &Partial, coarse: bool) -> Result<AssessAnswer, Failure> {
        self.tell(sum, coarse, Deeper::default())
    }

    /// The same, with what would flip its verdicts or what it hangs on: everything is run again some hundreds of times.
    pub fn deeper(&self, sum: &Partial, args: &Assess, threads: usize) -> Result<AssessAnswer, Failure> {
        let mut deeper = Deeper::default();
        if args.flips {
            let found = self.again(args, threads, |runs| flips(&self.question, sum, runs))?;
            deeper.flips = Some(found);
        }
        if args.sensitivity {
            deeper.sensitivity = self.again(args, threads, |runs| sensitivity(&self.question, runs))?;
        }
        self.tell(sum, false, deeper)
    }

    /// W15 for this question.
    pub fn first_five(&self) -> Result<(Case, Vec<Sensitivity>), Failure> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let runs = Runs { threads, path: simd::path()?, progress: &|_, _| (), cancel: cancel::flag() };
        first_five(&self.question, &runs).ok_or(Failure::Interrupted)
    }

    fn again<T>(&self, args: &Assess, threads: usize, work: impl FnOnce(&Runs<'_>) -> Option<T>) -> Result<T, Failure> {
        let bar = Progress::new(1, "runs", args.answering.quiet);
        let progress = |done, of| bar.set(done, of);
        let runs = Runs { threads, path: simd::path()?, progress: &progress, cancel: cancel::flag() };
        work(&runs).ok_or(Failure::Interrupted)
    }

    fn tell(&self, sum: &Partial, coarse: bool, deeper: Deeper) -> Result<AssessAnswer, Failure> {
        plimsoll_assess::answer::answer(&self.question, sum, coarse, deeper)
            .map_err(|e| refuse(&self.source, &self.scenario, &e))
    }
}

/// The calibrated constants, or those that were judged.
pub fn constants(judged: bool) -> Result<Constants, Failure> {
    if judged {
        return Ok(Constants::Judged);
    }
    calibration::calibrated().map_err(|e| {
        Failure::World(format!(
            "{e}: make it anew with `plimsoll calibrate --out`, or ask with --judged for constants as judged"
        ))
    })
}

/// A boat that cannot be, or cannot carry its load, shown at the key that it is about.
pub fn refuse(source: &Source, scenario: &Scenario, why: &SituationError) -> Failure {
    let (key, allowed) = match why {
        SituationError::Sinks { .. } => ("aboard.people", "what the boat floats with"),
        SituationError::Floods { .. } => ("sea.hs", "a sea and a load in which such a boat stays afloat"),
        SituationError::Hull(_) => ("boat", "measures of one boat"),
        SituationError::Load(_) => ("aboard.people", "a load that can be aboard"),
    };
    source.refuse(&[scenario.problem(key, &why.to_string(), allowed)])
}
