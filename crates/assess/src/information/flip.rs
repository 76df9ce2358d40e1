//! What would flip a verdict: how far a constant or an input, alone, would have to be from what is believed, and the nearest
//! combination of several.
//!
//! Everything is run again with the unknown held at a place in its belief and all other draws as they were, so that the change
//! is the unknown's alone; the rule of the verdict ([`crate::paired::found`]) is applied to what comes out. First every
//! unknown at both ends of its 90 % range over some of the outer draws; then the strongest over all of them; where an end flips the
//! verdict, the place between it and the median is halved. The combination goes along the direction in which the difference
//! shrinks fastest, in standard deviations (Hasofer and Lind 1974, J. Eng. Mech. Div. 100:111). Beyond the 90 % ranges nothing is
//! run and nothing said.

use super::Runs;
use super::again::{Again, Rerun, Stop, Unknown, unknowns};
use crate::comparison::{Finding, estimate};
use crate::outcome::{OptionTally, Partial};
use crate::paired::found;
use crate::policy::Policy;
use crate::question::Question;
use plimsoll_case::answer::OptionId;
use plimsoll_case::answer::assess::{ConstantAt, FlipTogether, WouldFlip};
use plimsoll_core::ledger::Held;
use std::ops::Range;

/// Rows for one option.
const ROWS: usize = 8;
/// Halvings between the median and an end that flips: a thirty-second of the way.
const HALVINGS: u32 = 5;

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
    let options = std::iter::once(OptionId::StandOff).chain(separated.iter().map(|s| s.option)).collect();
    let mut again = Again::new(question, options, runs);
    again.expected = 2 * unknowns.len() as u64 + separated.len() as u64 * (2 * ROWS as u64 + 1 + u64::from(HALVINGS));
    // how far the difference of each option moves between the ends of each unknown, and which ends
    let mut swings = vec![vec![0.0; unknowns.len()]; separated.len()];
    let mut ranges = vec![[0.0; 2]; unknowns.len()];
    let all = |run: &Rerun| separated.iter().map(|s| mean(&differences(run, *s))).collect();
    for (u, unknown) in unknowns.iter().enumerate() {
        match again.look(unknown, &all) {
            Ok(Some((ends, moved))) => {
                ranges[u] = ends;
                swings.iter_mut().zip(moved).for_each(|(o, m)| o[u] = m);
            }
            Ok(None) | Err(Stop::NoBoat) => {}
            Err(Stop::Cancelled) => return None,
        }
    }
    for (s, swings) in separated.iter().zip(&swings) {
        let mut order: Vec<usize> = (0..unknowns.len()).filter(|u| swings[*u] != 0.0).collect();
        order.sort_by(|a, b| swings[*b].abs().total_cmp(&swings[*a].abs()));
        let mut rows: Vec<Row<'_>> = vec![];
        for u in order.into_iter().take(ROWS) {
            match alone(&mut again, *s, &unknowns[u], ranges[u], &whole) {
                Ok(row) if beyond_chance(&row) => rows.push((row, &unknowns[u], ranges[u])),
                Ok(_) => {}
                Err(Stop::NoBoat) => {}
                Err(Stop::Cancelled) => return None,
            }
        }
        rows.sort_by(|a, b| slope(b).abs().total_cmp(&slope(a).abs()));
        match together(&mut again, *s, &rows, &whole) {
            Ok(together) => out.together.push(together),
            Err(Stop::NoBoat) => out.together.push(nothing(*s)),
            Err(Stop::Cancelled) => return None,
        }
        out.alone.extend(rows.into_iter().map(|r| r.0));
    }
    Some(out)
}

/// A row of the answer, what it is about, and the scores at the ends of what was run.
type Row<'a> = (WouldFlip, &'a Unknown, [f64; 2]);

/// Whether the 256 outer draws can tell what it does. What they cannot tell is not shown, nor said to flip anything.
fn beyond_chance(row: &WouldFlip) -> bool {
    (row.difference_at.1 - row.difference_at.0).abs() > 3.0 * row.moved_error
}

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
            found: Finding::NoClearDifference(None),
        };
        s.found = s.finding(&question.policy, t, reference);
        (!asked.floats_first && matches!(s.found, Finding::Better | Finding::Worse)).then_some(s)
    })
    .collect()
}

impl Separated {
    fn finding(&self, policy: &Policy, t: &OptionTally, reference: &OptionTally) -> Finding {
        let difference = estimate(t.outer.iter().map(|o| &o.difference));
        found(policy, t, reference, difference.as_ref(), self.extrapolated)
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

/// The share of a way of scores nearest to the medians at which the verdict no longer holds, given that it does not at its
/// end.
fn halve(again: &mut Again<'_>, s: Separated, way: &[(&Unknown, f64)], ranges: &[Range<u64>]) -> Result<f64, Stop> {
    let (mut holds, mut flips) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (holds + flips);
        let held: Vec<_> = way.iter().map(|(u, score)| (*u, score * middle)).collect();
        if holds_in(&again.at(&held, ranges)?, s) { holds = middle } else { flips = middle }
    }
    Ok(flips)
}

fn alone(
    again: &mut Again<'_>,
    s: Separated,
    u: &Unknown,
    scores: [f64; 2],
    ranges: &[Range<u64>],
) -> Result<WouldFlip, Stop> {
    let mut at = [vec![], vec![]];
    let mut flips: Option<f64> = None;
    for (end, score) in scores.into_iter().enumerate() {
        let run = again.at(&[(u, score)], ranges)?;
        at[end] = differences(&run, s);
        if !holds_in(&run, s) {
            let z = score * halve(again, s, &[(u, score)], ranges)?;
            flips = flips.filter(|f| f.abs() < z.abs()).or(Some(z));
        }
    }
    let moves: Vec<f64> = at[0].iter().zip(&at[1]).map(|(low, high)| high - low).collect();
    let moved = mean(&moves);
    let n = moves.len() as f64;
    let error = (moves.iter().map(|m| (m - moved) * (m - moved)).sum::<f64>() / (n * (n - 1.0))).sqrt();
    Ok(WouldFlip {
        option_pair: s.options(),
        constant: u.id.clone(),
        unit: u.unit.clone(),
        flips_at: flips.map(|z| u.at(z)),
        range: (u.at(scores[0]), u.at(scores[1])),
        difference_at: (mean(&at[0]), mean(&at[1])),
        moved_error: error,
    })
}

fn together(
    again: &mut Again<'_>,
    s: Separated,
    rows: &[Row<'_>],
    ranges: &[Range<u64>],
) -> Result<FlipTogether, Stop> {
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
    if !holds_in(&again.at(&way, ranges)?, s) {
        let share = halve(again, s, &way, ranges)?;
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

/// How many more deaths the worse option has than the better, at each outer draw.
fn differences(run: &Rerun, s: Separated) -> Vec<f64> {
    tallies(run, s).map_or_else(Vec::new, |[t, _]| {
        t.outer.iter().filter_map(|o| o.difference.mean()).map(|d| s.excess(d)).collect()
    })
}

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / (x.len() as f64).max(1.0)
}

fn holds_in(run: &Rerun, s: Separated) -> bool {
    tallies(run, s).is_none_or(|[t, reference]| s.finding(&run.question.policy, t, reference) == s.found)
}

/// The option and standing off.
fn tallies(run: &Rerun, s: Separated) -> Option<[&OptionTally; 2]> {
    let tallies = &run.partial.tallies.0;
    let o = run.question.running.iter().position(|i| run.question.asked[*i].spec.id == s.option)?;
    Some([tallies.get(o)?, tallies.first()?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_boat::simd::Path;
    use plimsoll_core::belief::Belief;
    use plimsoll_core::draws::Constants;
    use std::sync::atomic::AtomicBool;

    const N: u64 = 5_120;

    /// Boats of 30 to 80 people: that doing nothing is worse than standing off by more than a death in five boats is a matter of how many
    /// there are, and not of what happens at a beach where nobody is.
    #[test]
    fn a_verdict_that_hangs_on_the_load_flips_with_it() {
        let text = include_str!("../../../../examples/dover-strait.toml");
        let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
        let mut e = plimsoll_case::scenario::parse(text.as_bytes(), &ids).unwrap().encounter;
        e.options.only = Some(vec![OptionId::StandOff, OptionId::DoNothing]);
        e.aboard.people.value = Belief::Uniform { low: 30.0, high: 80.0 };
        let mut question = Question::new(e, Constants::Judged, 1).unwrap();
        question.policy = Policy::parse("[margin]\ndeaths = 0.2").unwrap();
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
        assert!(at > row.range.0 && at < 55.0, "{at}");
        assert!(found.together[0].deviations.is_some());
        runs.cancel.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(among(&some, &question, &base, &runs).is_none());
    }
}
