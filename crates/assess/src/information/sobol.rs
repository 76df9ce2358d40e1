//! Which unknowns the expected deaths hang on: first-order and total Sobol indices.
//!
//! Pick and freeze (Saltelli et al. 2010, Comput. Phys. Commun. 181:259): the outer draws of one seed (A), those of another (B), and
//! mixtures. That the boat is afloat when it is met ties its unknowns together, so that the two indices need a mixture each (Kucherenko,
//! Tarantola and Annoni 2012, Comput. Phys. Commun. 183:937): one unknown from B and all else drawn anew until such a boat has stayed
//! afloat; all from A and the one drawn anew until it has. The expected deaths of an outer draw are known but for the chance of its
//! realisations. Every product is therefore one of two ensembles with other realisations, so that chance drops out on average.

use super::Runs;
use super::again::{Again, Rerun, Stop, Unknown, unknowns};
use crate::outcome::Partial;
use crate::question::{Hold, Question};
use plimsoll_case::answer::OptionId;
use plimsoll_case::answer::assess::Sensitivity;
use plimsoll_core::ensemble::OUTER;
use plimsoll_core::ledger::Held;

/// Unknowns that are looked at, those that move the deaths most between the ends of their ranges.
const SHOWN: usize = 10;
/// Pairs of seeds.
const SEEDS: u64 = 4;
/// Realisations of each outer draw.
const INNER: u64 = 16;
/// Blocks of the jackknife.
const BLOCKS: usize = 16;

/// First-order and total index of an unknown, each with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// Share of the variance that knowing it alone would remove.
    pub first: [f64; 2],
    /// Share that would be left if all else were known.
    pub total: [f64; 2],
}

/// Values at the draws: of A, of A with other realisations, of B with other realisations, with one unknown from B and all else
/// given it, with one unknown anew and all else from A. The standard errors are by the jackknife over blocks. `None` where nothing
/// varies.
#[must_use]
pub fn indices(a: &[f64], a_other: &[f64], b_other: &[f64], picked: &[f64], frozen: &[f64]) -> Option<Indices> {
    let of = |keep: &dyn Fn(usize) -> bool| {
        let draws: Vec<usize> = (0..a.len()).filter(|k| keep(*k)).collect();
        let n = draws.len() as f64;
        let mean = |f: &dyn Fn(usize) -> f64| draws.iter().map(|k| f(*k)).sum::<f64>() / n;
        let (ma, mo, mb) = (mean(&|k| a[k]), mean(&|k| a_other[k]), mean(&|k| b_other[k]));
        let variance = mean(&|k| (a[k] - ma) * (a_other[k] - mo));
        let first = mean(&|k| (b_other[k] - mb) * (picked[k] - a[k]));
        let total = mean(&|k| (a_other[k] - mo) * (a[k] - frozen[k]));
        (variance > 0.0).then(|| [first / variance, total / variance])
    };
    let whole = of(&|_| true)?;
    let mut error = [0.0; 2];
    for block in 0..BLOCKS {
        let part = of(&|k| k * BLOCKS / a.len() != block)?;
        for i in 0..2 {
            error[i] += (part[i] - whole[i]) * (part[i] - whole[i]);
        }
    }
    let scale = (BLOCKS - 1) as f64 / BLOCKS as f64;
    let error = error.map(|e| (e * scale).sqrt());
    Some(Indices { first: [whole[0], error[0]], total: [whole[1], error[1]] })
}

/// What the expected deaths of standing off hang on, the strongest first. `None` when cancelled.
#[must_use]
pub fn sensitivity(question: &Question, runs: &Runs<'_>) -> Option<Vec<Sensitivity>> {
    let mut again = Again::new(question, vec![OptionId::StandOff], runs);
    let unknowns = unknowns(question);
    again.expected = 2 * unknowns.len() as u64 + SEEDS * (3 + 2 * SHOWN as u64);
    let mut order: Vec<(f64, &Unknown)> = vec![];
    for u in &unknowns {
        let all = |r: &Rerun| vec![mean(&deaths(&r.partial))];
        match again.look(u, &all) {
            Ok(Some((_, moved))) => order.push((moved[0].abs(), u)),
            Ok(None) | Err(Stop::NoBoat) => {}
            Err(Stop::Cancelled) => return None,
        }
    }
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let shown: Vec<&Unknown> = order.into_iter().filter(|o| o.0 > 0.0).take(SHOWN).map(|o| o.1).collect();
    let mut found =
        Found { picked: vec![Some(vec![]); shown.len()], frozen: vec![Some(vec![]); shown.len()], ..Found::default() };
    for s in 0..SEEDS {
        let seed = question.seed.wrapping_add(s);
        match found.add(&mut again, seed, &shown) {
            Ok(()) => {}
            Err(Stop::NoBoat) => return Some(vec![]),
            Err(Stop::Cancelled) => return None,
        }
    }
    let mut rows: Vec<Sensitivity> = shown
        .iter()
        .zip(found.picked.iter().zip(&found.frozen))
        .filter_map(|(u, (picked, frozen))| {
            let i = indices(&found.a, &found.a_other, &found.b_other, picked.as_ref()?, frozen.as_ref()?)?;
            Some(Sensitivity {
                constant: u.id.clone(),
                first: i.first[0],
                first_error: i.first[1],
                total: i.total[0],
                total_error: i.total[1],
            })
        })
        .collect();
    rows.sort_by(|a, b| b.total.total_cmp(&a.total));
    Some(rows)
}

/// Expected deaths at the outer draws of all seeds.
#[derive(Default)]
struct Found {
    a: Vec<f64>,
    a_other: Vec<f64>,
    b_other: Vec<f64>,
    /// For each unknown, unless no boat floats with it.
    picked: Vec<Option<Vec<f64>>>,
    frozen: Vec<Option<Vec<f64>>>,
}

impl Found {
    fn add(&mut self, again: &mut Again<'_>, seed: u64, shown: &[&Unknown]) -> Result<(), Stop> {
        let [these, others] = [0..INNER * OUTER, INNER * OUTER..2 * INNER * OUTER].map(|r| [r]);
        let from = !seed;
        let a = again.run(seed, Hold::Nothing, &these)?;
        let b = again.run(from, Hold::Nothing, &others)?;
        self.a.extend(deaths(&a.partial));
        self.a_other.extend(deaths(&again.more(&a, &others)?));
        self.b_other.extend(deaths(&b.partial));
        let drawn = |q: &Question, k: u64| q.outer(k).map(|o| (o.attempt(), o.knowledge)).map_err(|_| Stop::NoBoat);
        for (i, u) in shown.iter().enumerate() {
            let places = (0..OUTER).map(|k| Ok(Held::default().with(&u.name, drawn(&b.question, k)?.1.place(&u.name))));
            let picked = Hold::Each(places.collect::<Result<_, Stop>>()?);
            let mut tries = (0..OUTER).map(|k| Ok(Some(drawn(&a.question, k)?.0))).collect::<Result<Vec<_>, Stop>>()?;
            let all_but = |tries| Hold::AllBut { id: u.name.clone(), seed: from, tries };
            // a boat that was lucky to stay afloat, and no other like it is: that draw stays as it was
            let alone = again.question(seed, all_but(tries.clone()))?;
            (0..OUTER).filter(|k| alone.outer(*k).is_err()).for_each(|k| tries[k as usize] = None);
            let frozen = all_but(tries);
            for (out, hold) in [(&mut self.picked[i], picked), (&mut self.frozen[i], frozen)] {
                match again.run(seed, hold, &these) {
                    Ok(run) => out.iter_mut().for_each(|out| out.extend(deaths(&run.partial))),
                    Err(Stop::NoBoat) => *out = None,
                    Err(Stop::Cancelled) => return Err(Stop::Cancelled),
                }
            }
        }
        Ok(())
    }
}

/// Expected deaths at each outer draw.
fn deaths(partial: &Partial) -> Vec<f64> {
    partial.tallies.0.first().map_or_else(Vec::new, |t| t.outer.iter().filter_map(|o| o.deaths.mean()).collect())
}

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / (x.len() as f64).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_core::maths::sin;
    use plimsoll_core::random::{Purpose, Stream};
    use std::f64::consts::PI;

    fn ishigami([x, y, z]: [f64; 3]) -> f64 {
        sin(x) + 7.0 * sin(y) * sin(y) + 0.1 * z * z * z * z * sin(x)
    }

    fn point(stream: u64, k: u64) -> [f64; 3] {
        [0, 1, 2].map(|i| PI * (2.0 * Stream::new(stream).uniform(k, 0, Purpose::Test, i) - 1.0))
    }

    /// Ishigami and Homma (1990) with a = 7, b = 0.1: first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437. Also where every
    /// value carries noise of half its variance, as ours do.
    #[test]
    fn ishigami_with_and_without_noise() {
        let n = 1 << 15;
        for noise in [0.0, 2.6] {
            let e = |s: u64, k: u64| noise * Stream::new(s).normal(k, 0, Purpose::Test, 9);
            let values = |f: &dyn Fn(u64) -> [f64; 3], s: u64| -> Vec<f64> {
                (0..n).map(|k| ishigami(f(k)) + e(s, k)).collect()
            };
            let (a, other) = (values(&|k| point(1, k), 11), values(&|k| point(1, k), 12));
            let b = values(&|k| point(2, k), 13);
            for (i, (first, total)) in [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)].into_iter().enumerate() {
                let mixed = |k| {
                    let mut p = point(1, k);
                    p[i] = point(2, k)[i];
                    p
                };
                let mixed = values(&mixed, 11);
                let found = indices(&a, &other, &b, &mixed, &mixed).unwrap();
                for ([value, error], truth) in [(found.first, first), (found.total, total)] {
                    assert!(error < 0.02 && (value - truth).abs() < 3.0 * error, "{i}: {value} +- {error}, {truth}");
                }
            }
        }
        assert!(indices(&[1.0; 64], &[1.0; 64], &[1.0; 64], &[1.0; 64], &[1.0; 64]).is_none());
    }
}
