//! The question asked again and again, each time with something held.

use super::Runs;
use crate::ask;
use crate::comparison::sorted_quantile;
use crate::outcome::Partial;
use crate::question::{Hold, Question};
use plimsoll_case::answer::OptionId;
use plimsoll_core::belief::Belief;
use plimsoll_core::ensemble::OUTER;
use plimsoll_core::ledger::Held;
use plimsoll_core::maths::normal_cdf;
use std::ops::Range;

/// Half the width of the 90 % range, standard deviations.
pub(super) const RANGE: f64 = 1.644_853_6;
/// Parts of that range that are tried one after the other where farther out no boat of the case floats.
const SHARES: [f64; 3] = [1.0, 0.6, 0.3];
/// Outer draws of a first look, and realisations of each.
const LOOK: [u64; 2] = [64, 10];

/// Something that is not known.
pub(super) struct Unknown {
    /// As its draws are addressed.
    pub name: String,
    /// Id of the constant, with its crate, or key of the input.
    pub id: String,
    pub unit: String,
    belief: Belief,
    /// Places in its belief that it takes, in order, where it was drawn together with others.
    places: Option<Vec<f64>>,
}

impl Unknown {
    /// Its place in its belief at a normal score of what is known of it.
    fn place(&self, score: f64) -> f64 {
        let u = normal_cdf(score);
        self.places.as_ref().map_or(u, |p| sorted_quantile(p, u))
    }

    /// Its value at a normal score.
    pub fn at(&self, score: f64) -> f64 {
        self.belief.quantile(self.place(score))
    }
}

/// Every constant and every input that is a belief.
pub(super) fn unknowns(question: &Question) -> Vec<Unknown> {
    let unknown = |name: &str, id: String, unit: &str, belief: &Belief| {
        let (places, belief) = (question.constants.places(name), belief.clone());
        (!belief.is_exact()).then(|| Unknown { name: name.to_owned(), id, unit: unit.to_owned(), belief, places })
    };
    let constants = crate::basis::ledgers().into_iter().flat_map(|l| {
        let home = l.name.strip_prefix("plimsoll-").unwrap_or(&l.name);
        l.constants().filter_map(move |c| unknown(&c.id, format!("{home}:{}", c.id), &c.unit, &c.value))
    });
    let inputs = ask::inputs(&question.encounter);
    constants.chain(inputs.iter().filter_map(|(id, unit, b)| unknown(id, id.clone(), unit, b))).collect()
}

/// Why a run has no result.
pub(super) enum Stop {
    Cancelled,
    NoBoat,
}

/// Scores at the ends of what was run of an unknown, and how far each measure moves from the first to the second.
pub(super) type Moved = ([f64; 2], Vec<f64>);

/// The question with some of its options, to be run with something held.
pub(super) struct Again<'a> {
    question: &'a Question,
    options: Vec<OptionId>,
    runs: &'a Runs<'a>,
    done: u64,
    /// How many runs there will be, about.
    pub expected: u64,
}

/// One of those runs.
pub(super) struct Rerun {
    pub question: Question,
    pub partial: Partial,
}

impl<'a> Again<'a> {
    pub fn new(question: &'a Question, options: Vec<OptionId>, runs: &'a Runs<'a>) -> Self {
        Self { question, options, runs, done: 0, expected: 0 }
    }

    /// With unknowns at normal scores.
    pub fn at(&mut self, held: &[(&Unknown, f64)], ranges: &[Range<u64>]) -> Result<Rerun, Stop> {
        let held = held.iter().fold(Held::default(), |h, (u, score)| h.with(&u.name, u.place(*score)));
        self.run(self.question.seed, Hold::At(held), ranges)
    }

    /// The question with some of its options and something held, not run.
    pub fn question(&self, seed: u64, hold: Hold) -> Result<Question, Stop> {
        let mut encounter = self.question.encounter.clone();
        encounter.options.only = Some(self.options.clone());
        encounter.options.with.clear();
        let question = Question::holding(encounter, self.question.constants, seed, hold).map_err(|_| Stop::NoBoat)?;
        Ok(question.under(self.question.policy.clone()))
    }

    pub fn run(&mut self, seed: u64, hold: Hold, ranges: &[Range<u64>]) -> Result<Rerun, Stop> {
        let question = self.question(seed, hold)?;
        let partial = self.carry_out(&question, ranges)?;
        Ok(Rerun { question, partial })
    }

    /// Other realisations of a run.
    pub fn more(&mut self, run: &Rerun, ranges: &[Range<u64>]) -> Result<Partial, Stop> {
        self.carry_out(&run.question, ranges)
    }

    fn carry_out(&mut self, question: &Question, ranges: &[Range<u64>]) -> Result<Partial, Stop> {
        let run = question.run(ranges, self.runs.threads, self.runs.path, &|_| (), self.runs.cancel);
        self.done += 1;
        (self.runs.progress)(self.done, self.expected.max(self.done));
        run.map_err(|_| Stop::NoBoat)?.ok_or(Stop::Cancelled)
    }

    /// A first look at one unknown: the scores at the ends of its 90 % range, nearer where no boat floats there, and how far what is
    /// measured moves from the first to the second. `None` where one side has no boat at all, or when cancelled.
    pub fn look(&mut self, u: &Unknown, measure: &dyn Fn(&Rerun) -> Vec<f64>) -> Result<Option<Moved>, Stop> {
        let ranges: Vec<Range<u64>> = (0..LOOK[1]).map(|i| i * OUTER..i * OUTER + LOOK[0]).collect();
        let mut ends = vec![];
        for side in [-1.0, 1.0] {
            for share in SHARES {
                let score = side * share * RANGE;
                match self.at(&[(u, score)], &ranges) {
                    Ok(run) => {
                        ends.push((score, measure(&run)));
                        break;
                    }
                    Err(Stop::NoBoat) => {}
                    Err(Stop::Cancelled) => return Err(Stop::Cancelled),
                }
            }
        }
        let [(low, from), (high, to)] = &ends[..] else { return Ok(None) };
        Ok(Some(([*low, *high], from.iter().zip(to).map(|(a, b)| b - a).collect())))
    }
}
