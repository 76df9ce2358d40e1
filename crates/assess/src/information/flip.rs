//! What would flip a verdict: how far a constant or an input, alone, would have to be from what is believed, and the nearest
//! combination of several.
//!
//! Everything is run again with the unknown held at a place in its belief and all other draws as they were, so that the change
//! is the unknown's alone; the rule of the verdict ([`crate::comparison::finding`]) is applied to what comes out. First every
//! unknown at both ends of its 90 % range over some of the outer draws; then the strongest over all of them; where an end flips the
//! verdict, the place between it and the median is halved. The combination goes along the direction in which the difference
//! shrinks fastest, in standard deviations (Hasofer and Lind 1974, J. Eng. Mech. Div. 100:111). Beyond the 90 % ranges nothing is
//! run and nothing said.

use crate::ask;
use crate::comparison::{Finding, estimate, finding, practical_margin};
use crate::ledger::value;
use crate::outcome::{OptionTally, Partial};
use crate::question::Question;
use plimsoll_boat::simd::Path;
use plimsoll_case::answer::OptionId;
use plimsoll_case::answer::assess::{ConstantAt, FlipTogether, WouldFlip};
use plimsoll_core::belief::Belief;
use plimsoll_core::ensemble::OUTER;
use plimsoll_core::ledger::{Held, Knowledge};
use plimsoll_core::maths::normal_cdf;
use std::ops::Range;
use std::sync::atomic::AtomicBool;

/// Half the width of the 90 % range, standard deviations.
const RANGE: f64 = 1.644_853_6;
/// Outer draws of the first look, and realisations of each.
const LOOK: [u64; 2] = [64, 10];
/// Parts of that range that are tried one after the other where farther out no boat of the case floats.
const SHARES: [f64; 3] = [1.0, 0.6, 0.3];
/// Rows for one option.
const ROWS: usize = 8;
/// Halvings between the median and an end that flips: a thirty-second of the way.
const HALVINGS: u32 = 5;

/// Something that is not known.
struct Unknown {
    /// As its draws are addressed.
    name: String,
    id: String,
    unit: String,
    belief: Belief,
}

/// An option that a verdict separates from standing off.
#[derive(Clone, Copy)]
struct Separated {
    option: OptionId,
    extrapolated: bool,
    found: Finding,
}

/// What would flip the verdicts of a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flips {
    /// One unknown alone, the strongest for each option first.
    pub alone: Vec<WouldFlip>,
    /// Several together, one for each option.
    pub together: Vec<FlipTogether>,
}

/// How the runs are carried out.
pub struct Runs<'a> {
    /// Number of threads.
    pub threads: usize,
    /// Which instructions.
    pub path: Path,
    /// Told how many runs are done and how many there are at most.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
    /// Set from outside to stop.
    pub cancel: &'a AtomicBool,
}

/// Works out what would flip each verdict that separates an option from standing off; `base` is the question's own result. Options
/// with floats handed out first are not looked at: the plain option stands for both. Where an end of a range
/// leaves no boat afloat, the range is shortened. `None` when cancelled.
#[must_use]
pub fn flips(question: &Question, base: &Partial, runs: &Runs<'_>) -> Option<Flips> {
    among(&unknowns(question), question, base, runs)
}

fn among(unknowns: &[Unknown], question: &Question, base: &Partial, runs: &Runs<'_>) -> Option<Flips> {
    let mut out = Flips::default();
    let separated = separated(question, base);
    if separated.is_empty() {
        return Some(out);
    }
    let whole = base.ranges.ranges().to_vec();
    let mut again = Again::new(question, &separated, runs);
    again.expected = 2 * unknowns.len() as u64 + separated.len() as u64 * (2 * ROWS as u64 + 1 + u64::from(HALVINGS));
    let look: Vec<Range<u64>> = (0..LOOK[1]).map(|i| i * OUTER..i * OUTER + LOOK[0]).collect();
    // how far the difference of each option moves between the ends of each unknown, and which ends
    let mut swings = vec![vec![0.0; unknowns.len()]; separated.len()];
    let mut ranges = vec![[0.0; 2]; unknowns.len()];
    for (u, unknown) in unknowns.iter().enumerate() {
        for (end, side) in [-1.0, 1.0].into_iter().enumerate() {
            for share in SHARES {
                let score = side * share * RANGE;
                match again.run(&[(unknown, score)], &look) {
                    Ok(run) => {
                        ranges[u][end] = score;
                        swings.iter_mut().zip(&separated).for_each(|(o, s)| o[u] += side * run.difference(*s));
                        break;
                    }
                    Err(Stop::NoBoat) => {}
                    Err(Stop::Cancelled) => return None,
                }
            }
        }
    }
    for (s, swings) in separated.iter().zip(&swings) {
        let mut order: Vec<usize> = (0..unknowns.len()).filter(|u| swings[*u] != 0.0).collect();
        order.sort_by(|a, b| swings[*b].abs().total_cmp(&swings[*a].abs()));
        let mut rows: Vec<Row<'_>> = vec![];
        for u in order.into_iter().take(ROWS) {
            match again.alone(*s, &unknowns[u], ranges[u], &whole) {
                Ok(row) => rows.push((row, &unknowns[u], ranges[u])),
                Err(Stop::NoBoat) => {}
                Err(Stop::Cancelled) => return None,
            }
        }
        rows.sort_by(|a, b| slope(b).abs().total_cmp(&slope(a).abs()));
        match again.together(*s, &rows, &whole) {
            Ok(together) => out.together.push(together),
            Err(Stop::NoBoat) => out.together.push(nothing(*s)),
            Err(Stop::Cancelled) => return None,
        }
        out.alone.extend(rows.into_iter().map(|r| r.0));
    }
    Some(out)
}

/// Why a run has no result.
enum Stop {
    Cancelled,
    NoBoat,
}

/// A row of the answer, what it is about, and the scores at the ends of what was run.
type Row<'a> = (WouldFlip, &'a Unknown, [f64; 2]);

/// Deaths for each standard deviation of the unknown.
fn slope((row, _, [low, high]): &Row<'_>) -> f64 {
    (row.difference_at.1 - row.difference_at.0) / (high - low)
}

fn nothing(s: Separated) -> FlipTogether {
    FlipTogether { option_pair: s.options(), deviations: None, constants: vec![] }
}

fn separated(question: &Question, base: &Partial) -> Vec<Separated> {
    let tallies = &base.tallies.0;
    let Some(reference) = tallies.first() else { return vec![] };
    let all = question.running.iter().zip(tallies).skip(1);
    all.filter_map(|(i, t)| {
        let asked = &question.asked[*i];
        let mut s = Separated {
            option: asked.spec.id,
            extrapolated: !asked.validity.reasons().is_empty(),
            found: Finding::NoClearDifference,
        };
        s.found = s.finding(t, reference);
        (!asked.floats_first && s.found != Finding::NoClearDifference).then_some(s)
    })
    .collect()
}

impl Separated {
    fn finding(&self, t: &OptionTally, reference: &OptionTally) -> Finding {
        let Some(level) = estimate(reference.outer.iter().map(|o| &o.deaths)) else { return self.found };
        let k = Knowledge::central();
        let margin = practical_margin(level.mean, value("margin.deaths", &k), value("margin.share", &k));
        finding(estimate(t.outer.iter().map(|o| &o.difference)).as_ref(), margin, self.extrapolated)
    }

    /// The better option first.
    fn options(&self) -> (OptionId, OptionId) {
        match self.found {
            Finding::Better => (self.option, OptionId::StandOff),
            _ => (OptionId::StandOff, self.option),
        }
    }

    /// Deaths of the worse option less those of the better.
    fn excess(&self, difference: f64) -> f64 {
        if self.found == Finding::Better { -difference } else { difference }
    }
}

/// The question asked again and again.
struct Again<'a> {
    question: &'a Question,
    options: Vec<OptionId>,
    runs: &'a Runs<'a>,
    done: u64,
    expected: u64,
}

impl<'a> Again<'a> {
    fn new(question: &'a Question, separated: &[Separated], runs: &'a Runs<'a>) -> Self {
        let options = std::iter::once(OptionId::StandOff).chain(separated.iter().map(|s| s.option)).collect();
        Self { question, options, runs, done: 0, expected: 0 }
    }

    /// Standing off and the options that matter, with unknowns held at normal scores.
    fn run(&mut self, held: &[(&Unknown, f64)], ranges: &[Range<u64>]) -> Result<Run, Stop> {
        let mut encounter = self.question.encounter.clone();
        encounter.options.only = Some(self.options.clone());
        encounter.options.with.clear();
        let places = held.iter().fold(Held::default(), |h, (u, score)| h.with(&u.name, normal_cdf(*score)));
        let question = Question::holding(encounter, self.question.seed, places).map_err(|_| Stop::NoBoat)?;
        let run = question.run(ranges, self.runs.threads, self.runs.path, &|_| (), self.runs.cancel);
        self.done += 1;
        (self.runs.progress)(self.done, self.expected.max(self.done));
        let partial = run.map_err(|_| Stop::NoBoat)?.ok_or(Stop::Cancelled)?;
        Ok(Run { question, partial })
    }

    /// The share of a way of scores nearest to the medians at which the verdict no longer holds, given that it does not at its
    /// end.
    fn halve(&mut self, s: Separated, way: &[(&Unknown, f64)], ranges: &[Range<u64>]) -> Result<f64, Stop> {
        let (mut holds, mut flips) = (0.0, 1.0);
        for _ in 0..HALVINGS {
            let middle = 0.5 * (holds + flips);
            let held: Vec<_> = way.iter().map(|(u, score)| (*u, score * middle)).collect();
            if self.run(&held, ranges)?.holds(s) { holds = middle } else { flips = middle }
        }
        Ok(flips)
    }

    fn alone(&mut self, s: Separated, u: &Unknown, scores: [f64; 2], ranges: &[Range<u64>]) -> Result<WouldFlip, Stop> {
        let mut at = [0.0; 2];
        let mut flips: Option<f64> = None;
        for (end, score) in scores.into_iter().enumerate() {
            let run = self.run(&[(u, score)], ranges)?;
            at[end] = run.difference(s);
            if !run.holds(s) {
                let z = score * self.halve(s, &[(u, score)], ranges)?;
                flips = flips.filter(|f| f.abs() < z.abs()).or(Some(z));
            }
        }
        Ok(WouldFlip {
            option_pair: s.options(),
            constant: u.id.clone(),
            unit: u.unit.clone(),
            flips_at: flips.map(|z| u.at(z)),
            range: (u.at(scores[0]), u.at(scores[1])),
            difference_at: (at[0], at[1]),
        })
    }

    fn together(&mut self, s: Separated, rows: &[Row<'_>], ranges: &[Range<u64>]) -> Result<FlipTogether, Stop> {
        let mut out = nothing(s);
        let steepest = rows.first().map_or(0.0, |r| slope(r).abs());
        if steepest == 0.0 {
            return Ok(out);
        }
        // towards no difference, until the first reaches the end of its range
        let towards: Vec<(&Unknown, f64, f64)> = rows
            .iter()
            .take(Held::MOST)
            .map(|row| (row.1, -slope(row) / steepest, row.2[usize::from(slope(row) < 0.0)].abs()))
            .collect();
        let reach = towards.iter().map(|(_, g, end)| end / g.abs()).fold(f64::INFINITY, f64::min);
        let way: Vec<(&Unknown, f64)> = towards.iter().map(|(u, g, _)| (*u, g * reach)).collect();
        if !self.run(&way, ranges)?.holds(s) {
            let share = self.halve(s, &way, ranges)?;
            out.deviations = Some(share * way.iter().map(|(_, z)| z * z).sum::<f64>().sqrt());
            let at = |(u, z): &(&Unknown, f64)| ConstantAt {
                constant: u.id.clone(),
                unit: u.unit.clone(),
                value: u.at(share * z),
            };
            out.constants = way.iter().map(at).collect();
        }
        Ok(out)
    }
}

/// One of those runs.
struct Run {
    question: Question,
    partial: Partial,
}

impl Run {
    /// How many more deaths the worse option has than the better.
    fn difference(&self, s: Separated) -> f64 {
        self.tallies(s).map_or(0.0, |[t, _]| {
            let means: Vec<f64> = t.outer.iter().filter_map(|o| o.difference.mean()).collect();
            s.excess(means.iter().sum::<f64>() / (means.len() as f64).max(1.0))
        })
    }

    fn holds(&self, s: Separated) -> bool {
        self.tallies(s).is_none_or(|[t, reference]| s.finding(t, reference) == s.found)
    }

    /// The option and standing off.
    fn tallies(&self, s: Separated) -> Option<[&OptionTally; 2]> {
        let tallies = &self.partial.tallies.0;
        let o = self.question.running.iter().position(|i| self.question.asked[*i].spec.id == s.option)?;
        Some([tallies.get(o)?, tallies.first()?])
    }
}

impl Unknown {
    /// Its value at a normal score.
    fn at(&self, score: f64) -> f64 {
        self.belief.quantile(normal_cdf(score))
    }
}

/// Every constant and every input that is a belief.
fn unknowns(question: &Question) -> Vec<Unknown> {
    let unknown = |name: &str, id: String, unit: &str, belief: &Belief| {
        let (name, unit, belief) = (name.to_owned(), unit.to_owned(), belief.clone());
        (!belief.is_exact()).then_some(Unknown { name, id, unit, belief })
    };
    let constants = crate::basis::ledgers().into_iter().flat_map(|l| {
        let home = l.name.strip_prefix("plimsoll-").unwrap_or(&l.name);
        l.constants().filter_map(move |c| unknown(&c.id, format!("{home}:{}", c.id), &c.unit, &c.value))
    });
    let inputs = ask::inputs(&question.encounter);
    constants.chain(inputs.iter().filter_map(|(id, unit, b)| unknown(id, id.clone(), unit, b))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: u64 = 1_536;

    /// Boats of 8 to 100 people: that doing nothing is worse than standing off is a matter of how many there are, and not of what
    /// happens at a beach where nobody is.
    #[test]
    fn a_verdict_that_hangs_on_the_load_flips_with_it() {
        let text = include_str!("../../../../examples/dover-strait.toml");
        let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
        let mut e = plimsoll_case::scenario::parse(text.as_bytes(), &ids).unwrap().encounter;
        e.options.only = Some(vec![OptionId::StandOff, OptionId::DoNothing]);
        e.aboard.people.value = Belief::Uniform { low: 8.0, high: 100.0 };
        let question = Question::new(e, 1).unwrap();
        let cancel = AtomicBool::new(false);
        let runs = Runs { threads: 2, path: Path::detect(), progress: &|_, _| (), cancel: &cancel };
        let base = question.run(&[0..N], 2, Path::detect(), &|_| (), &cancel).unwrap().unwrap();
        let all = unknowns(&question);
        let some: Vec<Unknown> =
            all.into_iter().filter(|u| ["aboard.people", "boarding.per_person"].contains(&u.name.as_str())).collect();
        assert_eq!(some.len(), 2);
        let found = among(&some, &question, &base, &runs).unwrap();
        let [row] = &found.alone[..] else { panic!("one row: {found:?}") };
        assert_eq!(
            (row.constant.as_str(), row.option_pair),
            ("aboard.people", (OptionId::StandOff, OptionId::DoNothing))
        );
        assert!(row.difference_at.0 < row.difference_at.1);
        let at = row.flips_at.expect("few enough people are safe");
        assert!(at > row.range.0 && at < 54.0, "{at}");
        assert!(found.together[0].deviations.is_some());
        runs.cancel.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(among(&some, &question, &base, &runs).is_none());
    }
}
