//! A question (one case, one seed) and the running of any of its realisations.

use crate::account::{Memory, Settle};
use crate::applicability;
use crate::course::{PASSING, WINDOW};
use crate::entries::{Entry, Way};
use crate::fleet::Fleet;
use crate::options::OptionSpec;
use crate::outcome::{OptionTally, Partial, PathEnd, Tallies};
use crate::outer::Outer;
use crate::policy::Policy;
use crate::situation::{Situation, SituationError};
use crate::walk::{End, Walker};
use plimsoll_boat::kernel::{self, Outcome, Window};
use plimsoll_boat::simd::Path;
use plimsoll_case::answer::{Modifier, OptionId, digest};
use plimsoll_case::encounter::Encounter;
use plimsoll_core::draws::Constants;
use plimsoll_core::ensemble::{self, OUTER, RangeSet};
use plimsoll_core::ledger::{Held, Knowledge};
use plimsoll_core::random::Stream;
use plimsoll_core::tally::Merge;
use plimsoll_core::validity::Validity;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

/// Realisations that one thread walks at a time: enough to fill the lanes, few enough for its cache.
const CHUNK: u64 = 128;

/// One option of a question.
#[derive(Debug)]
pub struct Asked {
    /// The option.
    pub spec: &'static OptionSpec,
    /// With floats and lifejackets first.
    pub floats_first: bool,
    /// Whether it may be assessed.
    pub validity: Validity,
}

impl Asked {
    /// Its modifiers, as the answer has them.
    #[must_use]
    pub fn modifiers(&self) -> Vec<Modifier> {
        if self.floats_first { vec![Modifier::FloatsFirst] } else { vec![] }
    }
}

/// Beliefs that are not drawn as ever.
#[derive(Clone, Debug, Default)]
pub enum Hold {
    /// None.
    #[default]
    Nothing,
    /// These, at the same places in every draw: were they known.
    At(Held),
    /// These, for each outer draw its own.
    Each(Vec<Held>),
    /// All but this one, at the tries of the outer draws that are given; this one is drawn from another seed until the boat floats.
    /// A draw without a try is as ever.
    AllBut {
        /// Its id.
        id: String,
        /// The other seed.
        seed: u64,
        /// For each outer draw the try that the others are taken from.
        tries: Vec<Option<u32>>,
    },
}

impl Hold {
    /// Try `attempt` at outer draw `outer` of `seed`.
    #[must_use]
    pub fn knowledge(&self, seed: u64, outer: u32, attempt: u32) -> Knowledge {
        let k = Knowledge::attempt(seed, outer, attempt);
        match self {
            Self::Nothing => k,
            Self::At(held) => k.holding(*held),
            Self::Each(held) => k.holding(held[outer as usize]),
            Self::AllBut { id, seed: other, tries } => {
                let Some(at) = tries[outer as usize] else { return k };
                let place = Knowledge::attempt(*other, outer, attempt).place(id);
                Knowledge::attempt(seed, outer, at).holding(Held::default().with(id, place))
            }
        }
    }
}

/// A case that can be asked, checked and ready to run.
#[derive(Debug)]
pub struct Question {
    /// The case.
    pub encounter: Encounter,
    /// Where its constants come from.
    pub constants: Constants,
    /// The seed.
    pub seed: u64,
    /// Every option asked for, standing off among them, assessable or not.
    pub asked: Vec<Asked>,
    /// Who can come.
    pub fleet: Fleet,
    /// The rules by which its options are ordered and verdicts given.
    pub policy: Policy,
    /// Indices into `asked` of those that are run; the reference first.
    pub running: Vec<usize>,
    specs: Vec<&'static OptionSpec>,
    hold: Hold,
    outer: Vec<OnceLock<Result<Outer, SituationError>>>,
}

impl Question {
    /// A question of a case.
    ///
    /// # Errors
    /// [`SituationError`] where the boat as believed cannot float with its load.
    pub fn new(encounter: Encounter, constants: Constants, seed: u64) -> Result<Self, SituationError> {
        Self::holding(encounter, constants, seed, Hold::Nothing)
    }

    /// The same question with some of the beliefs held, and all else as without.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn holding(encounter: Encounter, constants: Constants, seed: u64, hold: Hold) -> Result<Self, SituationError> {
        // the first draw finds out whether any boat of this case floats
        Situation::outer(&encounter, &|attempt| hold.knowledge(seed, 0, attempt).with(constants), 0)?;
        let question = Self {
            fleet: Fleet::of(&encounter),
            encounter,
            constants,
            seed,
            asked: vec![],
            policy: Policy::default(),
            running: vec![],
            specs: vec![],
            hold,
            outer: (0..OUTER).map(|_| OnceLock::new()).collect(),
        };
        Ok(question.under(Policy::default()))
    }

    /// The same question under another policy, before anything is run.
    #[must_use]
    pub fn under(mut self, policy: Policy) -> Self {
        let asked = applicability::asked(&self.encounter, &policy);
        let mut running: Vec<usize> = (0..asked.len()).filter(|i| asked[*i].validity.is_assessable()).collect();
        // standing off without modifiers is what all others are compared with
        running.sort_by_key(|i| asked[*i].spec.id != OptionId::StandOff || asked[*i].floats_first);
        self.specs = running.iter().map(|i| asked[*i].spec).collect();
        self.outer = (0..OUTER).map(|_| OnceLock::new()).collect();
        (self.asked, self.running, self.policy) = (asked, running, policy);
        self
    }

    /// Outer draw `k`, drawn when first asked for.
    ///
    /// # Errors
    /// [`SituationError`] where this draw finds no boat that floats.
    pub fn outer(&self, k: u64) -> Result<&Outer, SituationError> {
        self.outer[k as usize].get_or_init(|| self.drawn(self.constants, k)).as_ref().map_err(Clone::clone)
    }

    /// Outer draw `k` with constants from elsewhere. It is drawn anew each time.
    ///
    /// # Errors
    /// As [`Self::outer`].
    pub fn drawn(&self, constants: Constants, k: u64) -> Result<Outer, SituationError> {
        let knowledge = |attempt| self.hold.knowledge(self.seed, k as u32, attempt).with(constants);
        Outer::draw(&self.encounter, &self.fleet, &self.specs, &knowledge, self.seed, k as u32)
    }

    /// SHA-256 of the question: the case as understood, the seed and every constant.
    #[must_use]
    pub fn digest(&self) -> String {
        let form = serde_json::json!({
            "encounter": self.encounter,
            "seed": self.seed,
            "constants": crate::basis::constants(),
            "data": crate::calibration::named(self.constants),
            "policy": self.policy.changed(),
        });
        digest::of_value(&form).unwrap_or_default()
    }

    /// Runs some realisations. `None` when cancelled.
    ///
    /// # Errors
    /// [`SituationError`] where an outer draw finds no boat that floats: nothing is run then.
    pub fn run(
        &self,
        ranges: &[Range<u64>],
        threads: usize,
        path: Path,
        progress: &(dyn Fn(u64) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Option<Partial>, SituationError> {
        let found = self.run_telling(ranges, threads, path, progress, cancel, None)?;
        Ok(found.map(|(partial, _)| partial))
    }

    /// The same; where a way is given, with the people who enter the water, in the order of realisations and then of the options that are
    /// run. They come from the very same walks; those of so many realisations are held at once.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub fn run_telling(
        &self,
        ranges: &[Range<u64>],
        threads: usize,
        path: Path,
        progress: &(dyn Fn(u64) + Sync),
        cancel: &AtomicBool,
        way: Option<&Way>,
    ) -> Result<Option<(Partial, Vec<Entry>)>, SituationError> {
        let mut set = RangeSet::default();
        for r in ranges {
            set = set.join(&RangeSet::one(r.clone())).unwrap_or(set);
        }
        let stream = Stream::new(self.seed);
        let first_error = OnceLock::new();
        let found = ensemble::run(ranges, CHUNK, threads, progress, cancel, |range| {
            self.chunk(range, path, &stream, way).unwrap_or_else(|e| {
                let _ = first_error.set(e);
                Found::default()
            })
        });
        if let Some(e) = first_error.into_inner() {
            return Err(e);
        }
        Ok(found.map(|mut f| {
            // threads finish in any order; a realisation's own are in order already, and stay so
            f.entries.sort_by_key(|e| e.realisation);
            (Partial { question: self.digest(), ranges: set, tallies: f.tallies }, f.entries)
        }))
    }

    fn chunk(
        &self,
        range: Range<u64>,
        path: Path,
        stream: &Stream,
        way: Option<&Way>,
    ) -> Result<Found, SituationError> {
        let options = self.running.len();
        let mut walkers = Vec::with_capacity((range.end - range.start) as usize * options);
        for r in range.clone() {
            let outer = self.outer(r % OUTER)?;
            for o in 0..options {
                walkers.push(Walker::new(outer, o, r, stream, Vec::new()));
            }
        }
        walk_all(&mut walkers, path, stream);
        let mut found = Found { tallies: Tallies(vec![OptionTally::default(); options]), entries: vec![] };
        let mut memory = Memory::default();
        let horizon_min = (self.encounter.run.horizon_h * 60.0) as f32;
        for (i, r) in range.enumerate() {
            let mut reference = 0.0;
            for o in 0..options {
                let w = &walkers[i * options + o];
                let settle = Settle {
                    outer: w.outer,
                    fleet: &self.fleet,
                    stream,
                    r,
                    floats_first: self.asked[self.running[o]].floats_first,
                    horizon_min,
                };
                let [quiet, triggered] = w.ends.each_ref().map(|e| {
                    let end = e.as_ref()?;
                    let settled = settle.path(&w.legs, end, &mut memory);
                    if let Some(way) = way {
                        found.entries.extend(self.entry(way, w, end, &settled, &memory));
                    }
                    Some(settled)
                });
                let k = (r % OUTER) as usize;
                let tally = &mut found.tallies.0[o];
                let mean = match (quiet, triggered) {
                    (Some(q), Some(t)) => tally.add(k, &[q, t]),
                    (Some(q), None) | (None, Some(q)) => tally.add(k, &[q]),
                    (None, None) => unreachable!("every walk ends"),
                };
                if o == 0 {
                    reference = mean;
                }
                tally.outer[k].difference.add(mean - reference);
            }
        }
        Ok(found)
    }

    /// Who enters the water on a path that has just been settled, if it ends with a loss that leaves anybody there.
    fn entry(&self, way: &Way, w: &Walker<'_>, end: &End, settled: &PathEnd, memory: &Memory) -> Option<Entry> {
        let (loss, event) = (end.loss.as_ref()?, settled.loss.as_ref()?);
        let option = self.asked[self.running[w.option]].spec.id;
        (event.in_water > 0).then(|| Entry {
            realisation: w.r,
            option: w.option,
            weight: settled.weight,
            time: way.time(loss.tick),
            place: way.place(&self.encounter, w.outer, option, &w.legs, loss.tick),
            people: event.in_water,
            jackets: memory.jackets(event.in_water),
        })
    }
}

/// What some realisations come to.
#[derive(Default)]
struct Found {
    tallies: Tallies,
    /// Empty where nobody asks for them.
    entries: Vec<Entry>,
}

impl Merge for Found {
    fn merge(&mut self, other: Self) {
        self.tallies.merge(other.tallies);
        self.entries.extend(other.entries);
    }
}

/// Walks all to their ends, windows of the fast tier sixteen abreast, those of one length together.
fn walk_all<'a>(walkers: &mut [Walker<'a>], path: Path, stream: &Stream) {
    let mut active: Vec<usize> = (0..walkers.len()).collect();
    let mut still_active = Vec::with_capacity(active.len());
    let mut batches = [(PASSING, Batch::default()), (WINDOW, Batch::default())];
    while !active.is_empty() {
        still_active.clear();
        for &i in &active {
            if let Some(w) = walkers[i].next(stream) {
                let batch = &mut batches[usize::from(walkers[i].ticks == WINDOW)].1;
                batch.windows.push(w);
                batch.waiting.push(i);
                still_active.push(i);
            }
        }
        for (steps, batch) in &mut batches {
            batch.outcomes.clear();
            batch.outcomes.resize(batch.windows.len(), Outcome::default());
            kernel::run(path, stream, &batch.windows, *steps, &mut batch.outcomes);
            for (&i, out) in batch.waiting.iter().zip(&batch.outcomes) {
                walkers[i].absorb(stream, out);
            }
            batch.windows.clear();
            batch.waiting.clear();
        }
        std::mem::swap(&mut active, &mut still_active);
    }
}

/// Windows of one length, who waits for them, and what came of them.
#[derive(Default)]
struct Batch<'a> {
    windows: Vec<Window<'a>>,
    waiting: Vec<usize>,
    outcomes: Vec<Outcome>,
}
