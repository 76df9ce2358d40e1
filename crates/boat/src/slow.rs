//! The slow tier: hours of flooding in microseconds, from stretches of sea that the fast tier itself has run.
//!
//! The sea of a realisation comes in stretches of [`plimsoll_sea::waves::RENEWAL_TICKS`], each with components of its own, so that what
//! one puts aboard depends on the others by the water aboard alone. [`SlowTier::derive`] picks some of these stretches, the
//! fast tier runs the boat through each with several levels of water aboard (`level`), and [`SlowTier::advance`] walks from stretch to
//! stretch through them in addressed draws, while people bail (`walk`). Nothing is fitted: with more stretches and levels the slow
//! tier becomes the fast one.
//!
//! Waves come in groups, and a boat that would bail out the mean is filled by one high stretch in minutes. So the stretches are
//! picked from many in strata by the energy that moves this boat against the water, most from the highest (`pick`), each with the
//! weight of what it stands for: a stratified sample without bias (Cochran, Sampling Techniques, 1977, chapters 5 and 8).
//!
//! A level is run when the walk first asks for it: a boat that stays dry costs one.

mod level;
mod pick;
mod walk;

pub use pick::Candidates;
pub use walk::Stretch;

use crate::kernel::{LANES, Window};
use crate::simd::Path;
use level::Level;
use pick::Picks;
use plimsoll_core::random::Stream;
use std::sync::OnceLock;

/// Levels of water at which the stretches are run, as shares of what the boat is lost with.
const LEVELS: [f64; 7] = [0.0, 0.06, 0.14, 0.25, 0.4, 0.6, 0.85];
/// Stretches that are run at each level.
pub const STRETCHES: usize = 4 * LANES;

/// A boat at sea that nothing else disturbs, as the fast tier is asked about it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Path through the kernel. Every path gives the same bits.
    pub path: Path,
    /// Draws of the sea.
    pub stream: &'a Stream,
    /// Boat, sea, heading and crowd; its water, its place in the draws and what happens in it do not count.
    pub window: Window<'a>,
}

/// What one boat in one sea is in for.
#[derive(Clone, Debug)]
pub struct SlowTier {
    critical_m3: f64,
    picks: Picks,
    levels: [OnceLock<Level>; LEVELS.len()],
}

impl SlowTier {
    /// Picks the stretches for a boat.
    #[must_use]
    pub fn derive(asked: &Asked<'_>, from: &Candidates) -> Self {
        Self {
            critical_m3: f64::from(asked.window.table.critical_water_m3),
            picks: Picks::of(asked, from),
            levels: Default::default(),
        }
    }

    /// Water aboard at which the boat is lost, m3.
    #[must_use]
    pub fn critical_m3(&self) -> f64 {
        self.critical_m3
    }

    /// Events of overtopping per second while the boat is kept dry.
    #[must_use]
    pub fn events_per_s(&self, asked: &Asked<'_>) -> f64 {
        let events = level::overtoppings(asked, &self.picks);
        events.enumerate().map(|(i, n)| pick::weight(i) * f64::from(n)).sum::<f64>() / walk::STRETCH_S
    }

    fn level(&self, asked: &Asked<'_>, i: usize) -> &Level {
        self.levels[i].get_or_init(|| Level::run(asked, &self.picks, (LEVELS[i] * self.critical_m3) as f32))
    }

    /// Water that a piece of a picked stretch brings to a boat with `water_m3` aboard, m3, and whether it capsizes her.
    ///
    /// Interpolated in the square root: a crest that passes the crown by `h` lets in about `h^2`, and `h` falls with the freeboard.
    fn gain(&self, asked: &Asked<'_>, pick: usize, piece: usize, water_m3: f64) -> (f64, bool) {
        let share = water_m3 / self.critical_m3.max(1e-9);
        let i = LEVELS.iter().rposition(|l| *l <= share).unwrap_or(0).min(LEVELS.len() - 2);
        let part = (share - LEVELS[i]) / (LEVELS[i + 1] - LEVELS[i]);
        let of = |i: usize| self.level(asked, i).pieces[pick][piece];
        let root = |i: usize| f64::from(of(i).root);
        if part <= 0.0 {
            return (root(i) * root(i), of(i).capsized);
        }
        let (low, high) = (root(i), root(i + 1));
        let beyond = |i: usize| {
            (LEVELS.len() > i).then(|| (root(i), (LEVELS[i] - LEVELS[i - 1]) / (LEVELS[i - 1] - LEVELS[i - 2])))
        };
        let between = if high > 0.0 { interpolate(low, high, part, beyond(i + 2)) } else { 0.0 };
        (between * between, of(if part < 0.5 { i } else { i + 1 }).capsized)
    }
}

/// What lies between `low` and `high` at `part` of the way, given what lies beyond them and its distance from `high` over that between
/// the two: the parabola through the three, within the two; where it begins at nothing, the line through the upper two down to where
/// it meets none, or the straight way if that is lower.
fn interpolate(low: f64, high: f64, part: f64, beyond: Option<(f64, f64)>) -> f64 {
    let straight = low + (high - low) * part;
    // above the highest level the straight way runs on; less than nothing it never brings
    let Some((beyond, distance)) = beyond else { return straight.max(0.0) };
    let rise = (beyond - high) / distance;
    if low == 0.0 {
        return straight.min((high - rise * (1.0 - part)).max(0.0));
    }
    let bend = (rise - (high - low)) / (1.0 + distance);
    (straight - bend * part * (1.0 - part)).clamp(low.min(high), low.max(high))
}

const _: () = assert!(STRETCHES.is_multiple_of(LANES));

#[cfg(test)]
mod tests {
    use super::interpolate;

    #[test]
    fn what_lies_between_levels() {
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        // a parabola is met, and a line from where it begins
        let square = |x: f64| 1.0 + x * x;
        close(interpolate(square(0.0), square(1.0), 0.3, Some((square(2.5), 1.5))), square(0.3));
        let begins = |x: f64| f64::max(0.0, x - 0.6);
        close(interpolate(0.0, begins(1.0), 0.8, Some((begins(3.0), 2.0))), begins(0.8).min(0.8 * begins(1.0)));
        for part in [0.0, 0.2, 0.5, 0.9, 1.0] {
            for (low, high, beyond) in [(0.0, 1.0, 1.1), (1.0, 1.0, 9.0), (1.0, 0.5, 0.4), (0.2, 0.3, 5.0)] {
                let x = interpolate(low, high, part, Some((beyond, 1.3)));
                assert!(x >= low.min(high) && x <= low.max(high), "{low} {high} {beyond}: {x} at {part}");
            }
            assert_eq!(interpolate(1.0, 0.1, 1.0 + part, None).min(0.0), 0.0);
        }
    }
}
