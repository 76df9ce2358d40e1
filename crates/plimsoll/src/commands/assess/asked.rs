//! A question with the text that asked it, so that whatever is found wrong, however late, is shown at its place.

use crate::cancel;
use crate::failure::Failure;
use crate::input::Source;
use crate::progress::Progress;
use crate::simd;
use plimsoll_assess::calibration;
use plimsoll_assess::outcome::Partial;
use plimsoll_assess::question::Question;
use plimsoll_assess::situation::SituationError;
use plimsoll_case::answer::AssessAnswer;
use plimsoll_case::scenario::Scenario;
use plimsoll_core::draws::Constants;
use std::ops::Range;

/// The question of a scenario.
pub struct Asked {
    /// Where it was read.
    pub source: Source,
    /// What is asked.
    pub question: Question,
    scenario: Scenario,
}

impl Asked {
    /// Reads the question; `realisations` replaces the scenario's own number.
    pub fn new(source: Source, seed: u64, realisations: Option<u64>, judged: bool) -> Result<Self, Failure> {
        let scenario = source.scenario()?;
        let mut encounter = scenario.encounter.clone();
        encounter.run.realisations = realisations.unwrap_or(encounter.run.realisations);
        let question =
            Question::new(encounter, constants(judged)?, seed).map_err(|e| refuse(&source, &scenario, &e))?;
        Ok(Self { source, question, scenario })
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

    /// What the realisations in `sum` say.
    pub fn answer(&self, sum: &Partial, coarse: bool) -> Result<AssessAnswer, Failure> {
        plimsoll_assess::answer::answer(&self.question, sum, coarse)
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
