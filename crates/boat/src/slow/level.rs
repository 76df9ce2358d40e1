//! The picked stretches, run with one level of water aboard.

use super::Asked;
use super::pick::{self, Picks};
use crate::kernel::{LANES, State, Window};
use crate::lanes::probe::{PIECES, Stretches};
use crate::simd;

/// What a piece of a stretch does to a boat.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Piece {
    /// Square root of the water that comes in, m^1.5.
    pub(super) root: f32,
    /// Whether she capsizes.
    pub(super) capsized: bool,
}

impl Piece {
    /// Whether anything happens in it.
    fn is_quiet(self) -> bool {
        self.root == 0.0 && !self.capsized
    }
}

/// What every piece of every picked stretch does to a boat with so much water aboard at its start.
#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) pieces: Vec<[Piece; PIECES]>,
    /// The stretches in which anything happens, each with the share of all stretches that it and those before it stand for.
    eventful: Vec<(f64, usize)>,
}

impl Level {
    pub(super) fn run(asked: &Asked<'_>, picks: &Picks, water_m3: f32) -> Self {
        let pieces = |run: Stretches, l: usize| {
            std::array::from_fn(|p| Piece { root: run.gain_m3[p][l].sqrt(), capsized: run.capsized[p][l] > 0.0 })
        };
        let groups = stretches(asked, picks, water_m3, 0.0);
        let pieces: Vec<[Piece; PIECES]> = groups.flat_map(|run| (0..LANES).map(move |l| pieces(run, l))).collect();
        let mut share = 0.0;
        let happens = pieces.iter().enumerate().filter(|(_, p)| !p.iter().all(|p| p.is_quiet()));
        let eventful = happens.map(|(i, _)| {
            share += pick::weight(i);
            (share, i)
        });
        Self { eventful: eventful.collect(), pieces }
    }

    /// Share of all stretches in which anything happens.
    pub(super) fn eventful_share(&self) -> f64 {
        self.eventful.last().map_or(0.0, |e| e.0)
    }

    /// The stretch of these that a uniform number falls on, each by its weight; `None` where there is none.
    pub(super) fn eventful(&self, u: f64) -> Option<usize> {
        let last = self.eventful.len().checked_sub(1)?;
        let at = self.eventful.partition_point(|e| e.0 < u * self.eventful_share());
        Some(self.eventful[at.min(last)].1)
    }
}

/// Events of overtopping in each picked stretch, the boat kept dry: so much bailing that no water stays aboard for a step.
pub(super) fn overtoppings(asked: &Asked<'_>, picks: &Picks) -> impl Iterator<Item = f32> {
    let groups = stretches(asked, picks, 0.0, 1e4);
    groups.flat_map(|run| (0..LANES).map(move |l| run.overtoppings.iter().map(|piece| piece[l]).sum()))
}

/// The picked stretches in groups of lanes.
fn stretches(asked: &Asked<'_>, picks: &Picks, water_m3: f32, bail_m3_s: f32) -> impl Iterator<Item = Stretches> {
    let state = State { water_m3, ..asked.window.state };
    let window = Window { state, bail_m3_s, start_tick: picks.tick, ..asked.window };
    let groups = picks.realisations.as_chunks::<LANES>().0;
    groups.iter().map(move |realisations| simd::stretches(asked.path, asked.stream, &window, realisations))
}
