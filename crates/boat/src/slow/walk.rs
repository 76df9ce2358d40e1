//! From event to event, in addressed draws.

use super::groups::{self, CLASSES};
use super::{Rates, SlowTier};
use crate::kernel::LossCause;
use plimsoll_core::maths::{exp, ln, log1p as ln1p};
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_sea::waves::{RENEWAL_TICKS, TICK_S};
use std::sync::LazyLock;

/// Longest piece of time over which rates are held while people bail, s.
const PIECE_S: f64 = 20.0;

/// Length of a stretch of sea of one make, s.
pub(super) const STRETCH_S: f64 = RENEWAL_TICKS as f64 * TICK_S as f64;

/// What a stretch of time did.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stretch {
    /// Water aboard at the end, m3.
    pub water_m3: f64,
    /// Loss and its time, s after the start.
    pub loss: Option<(LossCause, f64)>,
    /// Water that came aboard, m3.
    pub overtopped_m3: f64,
    /// Events of overtopping.
    pub overtoppings: u32,
}

impl SlowTier {
    /// Advances a boat with `water_m3` aboard by `seconds` from an absolute tick, people bailing `bail_m3_s`.
    ///
    /// Draws are addressed by (realisation, `from_tick`, [`Purpose::Flooding`], number of the event), so that options that differ
    /// elsewhere share them.
    #[must_use]
    pub fn advance(
        &self,
        stream: &Stream,
        realisation: u64,
        from_tick: u32,
        seconds: f64,
        water_m3: f64,
        bail_m3_s: f64,
    ) -> Stretch {
        let mut out = Stretch { water_m3, ..Stretch::default() };
        if water_m3 > self.critical_m3 {
            out.loss = Some((LossCause::Swamping, 0.0));
            return out;
        }
        let mut draws = Draws { stream, address: (realisation, from_tick), count: 0 };
        let mut now = 0.0;
        while now < seconds {
            let class = if out.water_m3 <= 0.0 {
                // Whole stretches without an event at once, then one of those that have some.
                let quiet: f64 = (0..CLASSES).map(|c| groups::weight(c) * self.quiet[c]).sum();
                let skipped = (ln(draws.next()) / ln(quiet.min(1.0 - 1e-16))).floor();
                let left = ((seconds - now) / STRETCH_S).ceil();
                now += skipped.min(left) * STRETCH_S;
                self.eventful(draws.next(), quiet)
            } else {
                groups::class(draws.next())
            };
            let end = seconds.min(now + STRETCH_S);
            let first = out.water_m3 <= 0.0;
            if now < end && self.stretch(&mut draws, class, first, &mut now, end, bail_m3_s, &mut out) {
                return out;
            }
            now = now.max(end);
        }
        out
    }

    /// A class among those stretches that have an event while the boat is dry.
    fn eventful(&self, u: f64, quiet: f64) -> usize {
        let mut sum = 0.0;
        for c in 0..CLASSES {
            sum += groups::weight(c) * (1.0 - self.quiet[c]);
            if u * (1.0 - quiet) < sum {
                return c;
            }
        }
        CLASSES - 1
    }

    /// One stretch of one class, to `end`; whether the boat was lost. With `certain`, at least one event comes if the stretch is whole.
    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    fn stretch(
        &self,
        draws: &mut Draws<'_>,
        class: usize,
        certain: bool,
        now: &mut f64,
        end: f64,
        bail_m3_s: f64,
        out: &mut Stretch,
    ) -> bool {
        let mut certain = certain;
        while *now < end {
            let rates = self.at(out.water_m3, class);
            let hazard = rates.hazard();
            let u = draws.next();
            let wait = if certain {
                // The exponential law cut at the length of a stretch.
                -ln1p(-u * (1.0 - self.quiet[class])) / hazard
            } else {
                -ln(u) / hazard
            };
            certain = false;
            let idle = out.water_m3 <= 0.0 || bail_m3_s <= 0.0;
            let until = if idle { end } else { end.min(*now + PIECE_S) };
            let spent = wait.min(until - *now);
            *now += spent;
            out.water_m3 = (out.water_m3 - bail_m3_s * spent).max(0.0);
            if *now >= until {
                continue;
            }
            // One draw decides what happened and, within that, how much.
            let u = draws.next();
            let share = rates.capsizes_per_s / hazard;
            if u < share {
                out.loss = Some((LossCause::Capsize, *now));
                return true;
            }
            let volume = volume_m3(&rates, (u - share) / (1.0 - share));
            out.water_m3 += volume;
            out.overtopped_m3 += volume;
            out.overtoppings += 1;
            if out.water_m3 > self.critical_m3 {
                out.loss = Some((LossCause::Swamping, *now));
                return true;
            }
        }
        false
    }
}

/// Numbers in (0, 1) from successive addresses.
struct Draws<'a> {
    stream: &'a Stream,
    address: (u64, u32),
    count: u32,
}

impl Draws<'_> {
    fn next(&mut self) -> f64 {
        self.count += 1;
        let (realisation, tick) = self.address;
        self.stream.uniform(realisation, tick, Purpose::Flooding, self.count)
    }
}

/// Volume of one event. A crest that passes the edge by `h`, shaped like a parabola, lets in `h^2 / sqrt(crest)`; crests are
/// Rayleigh. Scaled to the mean that inflow over events demands.
fn volume_m3(node: &Rates, u: f64) -> f64 {
    exp(node.ln_inflow - node.ln_events) * relative_volume(node.threshold, u) / node.mean_volume
}

/// `h^2 / sqrt(crest)` of a Rayleigh crest above `z` (at least 0.5), for `u` uniform; in standard deviations.
fn relative_volume(z: f64, u: f64) -> f64 {
    let z = z.max(0.5);
    let crest = (z * z - 2.0 * ln(u)).sqrt();
    let h = crest - z;
    h * h / crest.sqrt()
}

/// Its mean: linear between tenths of a deviation.
pub(super) fn mean_relative_volume(z: f64) -> f64 {
    const N: u32 = 64;
    const PER_DEVIATION: f64 = 10.0;
    static MEANS: LazyLock<Vec<f64>> = LazyLock::new(|| {
        let mean = |z: f64| {
            let volume = |i| relative_volume(z, (f64::from(i) + 0.5) / f64::from(N));
            (0..N).map(volume).sum::<f64>() / f64::from(N)
        };
        (0..=401).map(|i| mean(f64::from(i) / PER_DEVIATION)).collect()
    });
    let x = z.clamp(0.0, 40.0) * PER_DEVIATION;
    let i = x as usize;
    MEANS[i] + (MEANS[i + 1] - MEANS[i]) * (x - i as f64)
}
