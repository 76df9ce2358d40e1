//! From event to event, in addressed draws.

use super::{Node, SlowTier};
use crate::kernel::LossCause;
use plimsoll_core::maths::{exp, ln, log1p as ln1p};
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_sea::waves::{RENEWAL_TICKS, TICK_S};

/// Longest piece of time over which rates are held, s.
const PIECE_S: f64 = 60.0;

/// Length of a stretch of sea of one make, s.
const STRETCH_S: f64 = RENEWAL_TICKS as f64 * TICK_S as f64;

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
        let mut out = Stretch {
            water_m3,
            ..Stretch::default()
        };
        if water_m3 > self.critical_m3 {
            out.loss = Some((LossCause::Swamping, 0.0));
            return out;
        }
        let mut clock = Clock::default();
        for event in 0_u32.. {
            let u = stream.uniforms(realisation, from_tick, Purpose::Flooding, event);
            // Time to the event: the probability of none falls until it meets the draw.
            let mut left = u[0];
            let node = loop {
                let node = self.at(out.water_m3);
                let hazard = exp(node.ln_events) + node.capsizes_per_s;
                let idle = out.water_m3 <= 0.0 || bail_m3_s <= 0.0;
                let until = if idle { seconds } else { seconds.min(clock.now + PIECE_S) };
                let start = clock.now;
                let happened = clock.wait(hazard, node.shape, until, &mut left);
                out.water_m3 = (out.water_m3 - bail_m3_s * (clock.now - start)).max(0.0);
                if happened {
                    break node;
                }
                if clock.now >= seconds {
                    return out;
                }
            };
            // One draw decides what happened and, within that, how much.
            let share = node.capsizes_per_s / (exp(node.ln_events) + node.capsizes_per_s);
            if u[1] < share {
                out.loss = Some((LossCause::Capsize, clock.now));
                return out;
            }
            let volume = volume_m3(&node, (u[1] - share) / (1.0 - share));
            out.water_m3 += volume;
            out.overtopped_m3 += volume;
            out.overtoppings += 1;
            if out.water_m3 > self.critical_m3 {
                out.loss = Some((LossCause::Swamping, clock.now));
                return out;
            }
        }
        out
    }
}

/// Time, and what this stretch of sea has shown of itself.
///
/// The rate of events in a stretch is its mean times a gamma variable of shape `k`, drawn anew for each stretch. Then no event
/// comes for an exposure `e` with probability `((k + E) / (k + E + e))^(k + n)`, where `E` is the exposure so far in this stretch
/// and `n` the events so far (Greenwood and Yule 1920): the stretch needs no draw of its own.
#[derive(Default)]
struct Clock {
    now: f64,
    exposure: f64,
    events: f64,
}

impl Clock {
    /// Waits for an event until `until`; `left` is what remains of the draw. Whether it came.
    fn wait(&mut self, hazard: f64, k: f64, until: f64, left: &mut f64) -> bool {
        if self.exposure == 0.0 && hazard > 0.0 {
            // Whole stretches without an event, all at once.
            let none = k * ln1p(hazard * STRETCH_S / k);
            let whole = ((until - self.now) / STRETCH_S).floor().min((-ln(*left) / none).floor());
            if whole >= 1.0 {
                self.now += whole * STRETCH_S;
                *left = (*left * exp(whole * none)).min(1.0 - 1e-12);
            }
        }
        while self.now < until {
            let end = until.min(((self.now / STRETCH_S + 1e-9).floor() + 1.0) * STRETCH_S);
            let (base, power) = (k + self.exposure, k + self.events);
            let room = hazard * (end - self.now);
            let needed = base * plimsoll_core::maths::expm1(-ln(*left) / power);
            if needed < room {
                self.now += needed / hazard;
                self.exposure += needed;
                self.events += 1.0;
                return true;
            }
            *left = (*left * exp(power * ln1p(room / base))).min(1.0 - 1e-12);
            self.now = end;
            self.exposure += room;
            if end < until || (end / STRETCH_S - (end / STRETCH_S + 0.5).floor()).abs() < 1e-9 {
                (self.exposure, self.events) = (0.0, 0.0);
            }
        }
        false
    }
}

/// Volume of one event. A crest that passes the edge by `h`, shaped like a parabola, lets in `h^2 / sqrt(crest)`; crests are
/// Rayleigh. Scaled to the mean that inflow over events demands.
fn volume_m3(node: &Node, u: f64) -> f64 {
    exp(node.ln_inflow - node.ln_events) * relative_volume(node.threshold, u) / node.mean_volume
}

/// `h^2 / sqrt(crest)` of a Rayleigh crest above `z` (at least 0.5), for `u` uniform; in standard deviations.
fn relative_volume(z: f64, u: f64) -> f64 {
    let z = z.max(0.5);
    let crest = (z * z - 2.0 * ln(u)).sqrt();
    let h = crest - z;
    h * h / crest.sqrt()
}

/// Its mean.
pub(super) fn mean_relative_volume(z: f64) -> f64 {
    const N: u32 = 64;
    (0..N)
        .map(|i| relative_volume(z, (f64::from(i) + 0.5) / f64::from(N)))
        .sum::<f64>()
        / f64::from(N)
}
