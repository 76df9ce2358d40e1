//! The fast tier looking at itself: how a boat moves against the water with the water aboard held still.

use super::{Event, Fixed, Lane, Moving, step, weighed};
use crate::kernel::{LANES, STEP_S, Window};
use plimsoll_core::random::Stream;
use plimsoll_sea::waves::Phasors;

/// Steps before anything is counted: ten seconds, in which a start from rest on the surface fades.
pub(crate) const SETTLE: u32 = 100;

/// Moments about zero of the height of the water against an edge of the boat, over lanes and time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Moments {
    /// Means of its powers, first to fourth, in metres.
    pub(crate) power: [f64; 4],
    /// Mean square of its rate, m2/s2.
    pub(crate) rate: f64,
}

impl Moments {
    /// Mean, variance, and excess kurtosis (0 where nothing moves).
    pub(crate) fn central(&self) -> (f64, f64, f64) {
        let [m1, m2, m3, m4] = self.power;
        let variance = (m2 - m1 * m1).max(0.0);
        let fourth = m4 - 4.0 * m1 * m3 + 6.0 * m1 * m1 * m2 - 3.0 * m1 * m1 * m1 * m1;
        let kurtosis = if variance > 1e-12 { fourth / (variance * variance) - 3.0 } else { 0.0 };
        (m1, variance, kurtosis)
    }
}

/// What a probe found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Probe {
    /// Port crown, starboard crown, transom.
    pub(crate) edges: [Moments; 3],
    /// Capsizes per second and boat afloat.
    pub(crate) capsizes_per_s: f64,
}

/// Which waves a probe meets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Waves {
    /// One balanced set ([`Phasors::balanced`]) with its amplitudes scaled.
    Balanced(f32),
    /// Sixteen realisations, the window's and those after it: what the balanced set stands for, in tests.
    #[cfg(test)]
    Random,
}

/// Runs [`LANES`] boats for `steps` steps with the water aboard of the window's state, which stays as it is.
#[inline(always)]
pub(crate) fn probe(stream: &Stream, window: &Window<'_>, waves: Waves, steps: u32) -> Probe {
    let lanes = [window; LANES];
    let mut fixed = Fixed::pack(&lanes);
    // Nothing comes in and nothing goes out; being full is no loss.
    fixed.side = [0.0; LANES];
    fixed.bail = [0.0; LANES];
    fixed.critical = [f32::MAX; LANES];
    let mut event = Event::pack(&lanes, &fixed);
    let (phasors, k) = match waves {
        Waves::Balanced(scale) => Phasors::balanced(stream, window.sea, window.realisation, window.start_tick, scale),
        #[cfg(test)]
        Waves::Random => Phasors::draw(
            stream,
            &[window.sea; LANES],
            &std::array::from_fn(|l| window.realisation.wrapping_add(l as u64)),
            &[window.start_tick; LANES],
        ),
    };
    let (mut phasors, weights) = weighed(phasors, &k, &fixed);
    let before = event.with_wash::<false>(phasors.surface(&weights), 0.0);
    let mut surface = event.turn::<false>(phasors.turn(&weights), 0.0);
    let mut moving = Moving::pack(&lanes, &before, &surface);
    let mut sums = Sums::default();
    for done in 0..steps {
        if done >= SETTLE {
            sums.add(&moving, &fixed, &surface.elevation, &surface.crown);
        }
        step::step::<false>(&mut moving, &fixed, &event, &surface, done as f32 * STEP_S);
        surface = event.turn::<false>(phasors.turn(&weights), 0.0);
    }
    let afloat_s: f64 = moving.lived.iter().map(|n| f64::from(*n * STEP_S)).sum();
    let capsizes: f64 = moving.capsized.iter().map(|c| f64::from(*c)).sum();
    Probe { edges: sums.moments(), capsizes_per_s: capsizes / afloat_s }
}

/// Running sums for three edges: value to the fourth power, and squared difference from the step before.
#[derive(Default)]
struct Sums {
    count: Lane,
    last: [Lane; 3],
    power: [[Lane; 4]; 3],
    change: [Lane; 3],
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, m: &Moving, fixed: &Fixed<'_>, elevation: &Lane, crown: &Lane) {
        for l in 0..LANES {
            let afloat = if m.step_s[l] > 0.0 { 1.0 } else { 0.0 };
            let rise = elevation[l] - m.heave[l];
            let tilt = fixed.crown_offset[l] * step::sine(m.heel[l] - crown[l]);
            let follows = if self.count[l] > 0.0 { afloat } else { 0.0 };
            let edge = [rise - tilt, rise + tilt, rise];
            for e in 0..3 {
                let r = edge[e] * afloat;
                self.power[e][0][l] += r;
                self.power[e][1][l] += r * r;
                self.power[e][2][l] += r * r * r;
                self.power[e][3][l] += r * r * r * r;
                let change = (r - self.last[e][l]) * follows;
                self.change[e][l] += change * change;
                self.last[e][l] = r;
            }
            self.count[l] += afloat;
        }
    }

    fn moments(&self) -> [Moments; 3] {
        let total = |lane: &Lane| lane.iter().map(|x| f64::from(*x)).sum::<f64>();
        let n = total(&self.count);
        if n < 1.0 {
            return Default::default();
        }
        let per_s = 1.0 / f64::from(STEP_S);
        std::array::from_fn(|e| Moments {
            power: std::array::from_fn(|i| total(&self.power[e][i]) / n),
            rate: total(&self.change[e]) / n * per_s * per_s,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::Roll;
    use crate::simd::{Path, probe};

    /// Forty seconds of one balanced set against ninety seconds of 2,048 random lanes, in a boat whose roll damping is partly
    /// quadratic: 3 % in spread.
    #[test]
    fn a_balanced_set_stands_for_many_random_ones() {
        let roll = Roll::prepare(1);
        let stream = Stream::new(2);
        for boat in [3, 100, 200] {
            let window = roll.window(boat);
            let balanced = probe(Path::detect(), &stream, &window, Waves::Balanced(1.0), SETTLE + 400);
            let (mut variance, n) = (0.0, 128);
            for i in 0..n {
                let window = Window { realisation: 16 * i, ..window };
                let random = probe(Path::detect(), &stream, &window, Waves::Random, SETTLE + 900);
                variance += random.edges[1].central().1 / n as f64;
            }
            let ratio = (balanced.edges[1].central().1 / variance).sqrt();
            assert!((ratio - 1.0).abs() < 0.03, "{ratio}");
        }
    }
}
