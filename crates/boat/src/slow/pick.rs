//! Which stretches of sea stand for all of them.

use super::{Asked, STRETCHES};
use crate::kernel::LANES;
use crate::lanes::Lane;
use crate::simd::{self, Path};
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_sea::waves::COMPONENTS;

/// Stretches to pick from.
const CANDIDATES: usize = 1024;
/// Ends of the strata in order of energy: as many are picked from each.
const ENDS: [usize; 9] = [0, 320, 540, 700, 820, 908, 964, 1004, CANDIDATES];
const STRATA: usize = ENDS.len() - 1;
const PER_STRATUM: usize = STRETCHES / STRATA;
const _: () = assert!(STRETCHES.is_multiple_of(STRATA));

/// Stretches of sea to pick from: those of one realisation and the ones after it, at one tick. They serve every boat in every sea,
/// for a component's energy over its mean is the same in all.
#[derive(Clone, Debug)]
pub struct Candidates {
    first: u64,
    tick: u32,
    energies: Vec<[Lane; COMPONENTS]>,
}

impl Candidates {
    /// The stretches of the realisations from `first` on.
    #[must_use]
    pub fn draw(path: Path, stream: &Stream, first: u64, tick: u32) -> Self {
        Self { first, tick, energies: simd::energies(path, stream, first, tick, CANDIDATES / LANES) }
    }

    /// The energy of each that moves a boat against the water, m2, from what each component moves it alone.
    fn ranked(&self, response: &[f32; COMPONENTS]) -> Vec<(f32, u64)> {
        let mut out = Vec::with_capacity(CANDIDATES);
        for (group, energies) in (0_u64..).zip(&self.energies) {
            let mut sum = [0.0; LANES];
            for j in 0..COMPONENTS {
                for l in 0..LANES {
                    sum[l] += response[j] * energies[j][l];
                }
            }
            out.extend((0_u64..).zip(sum).map(|(l, e)| (e, self.first + group * LANES as u64 + l)));
        }
        out.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        out
    }
}

/// The picked stretches.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picks {
    /// Their realisations, in the order of [`weight`].
    pub(super) realisations: [u64; STRETCHES],
    /// The tick at which they begin.
    pub(super) tick: u32,
}

impl Picks {
    /// Ranks the candidates by the energy that moves this boat against the water and takes every n-th of each stratum, from a start
    /// that is drawn.
    pub(super) fn of(asked: &Asked<'_>, from: &Candidates) -> Self {
        let ranked = from.ranked(&simd::response(asked.path, &asked.window));
        let mut realisations = [0; STRETCHES];
        for s in 0..STRATA {
            let size = ENDS[s + 1] - ENDS[s];
            let start = asked.stream.uniform(from.first, from.tick, Purpose::Flooding, s as u32);
            for i in 0..PER_STRATUM {
                let at = (i as f64 + start) * size as f64 / PER_STRATUM as f64;
                realisations[s * PER_STRATUM + i] = ranked[ENDS[s] + at as usize].1;
            }
        }
        Self { realisations, tick: from.tick }
    }
}

/// Share of all stretches that pick `i` stands for.
pub(super) fn weight(i: usize) -> f64 {
    let s = i / PER_STRATUM;
    (ENDS[s + 1] - ENDS[s]) as f64 / (CANDIDATES * PER_STRATUM) as f64
}

/// The pick that a uniform number falls on, each by its weight.
pub(super) fn any(u: f64) -> usize {
    let at = u * CANDIDATES as f64;
    let s = (1..STRATA).take_while(|s| ENDS[*s] as f64 <= at).count();
    let within = (at - ENDS[s] as f64) / (ENDS[s + 1] - ENDS[s]) as f64;
    s * PER_STRATUM + ((within * PER_STRATUM as f64) as usize).min(PER_STRATUM - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::Roll;

    #[test]
    fn the_picks_stand_for_all() {
        assert!(((0..STRETCHES).map(weight).sum::<f64>() - 1.0).abs() < 1e-12);
        let n = 1 << 16;
        let mut hits = [0; STRETCHES];
        for i in 0..n {
            hits[any((f64::from(i) + 0.5) / f64::from(n))] += 1;
        }
        for (i, h) in hits.into_iter().enumerate() {
            assert!((f64::from(h) / f64::from(n) - weight(i)).abs() < 2.0 / f64::from(n), "{i}");
        }
        let (roll, stream) = (Roll::prepare(1), Stream::new(2));
        let asked = Asked { path: Path::detect(), stream: &stream, window: roll.window(3) };
        let picks = Picks::of(&asked, &Candidates::draw(Path::detect(), &stream, 70, 5));
        let mut all = picks.realisations;
        all.sort_unstable();
        assert!(all.windows(2).all(|p| p[0] < p[1]), "no stretch twice");
        assert!(all.iter().all(|r| (70..70 + CANDIDATES as u64).contains(r)));
    }
}
