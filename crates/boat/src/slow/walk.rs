//! From event to event, in addressed draws.

use super::SlowTier;
use crate::kernel::LossCause;
use plimsoll_core::maths::ln;
use plimsoll_core::random::{Purpose, Stream};

/// Longest piece of time over which rates are held, s.
const PIECE_S: f64 = 60.0;

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
        let mut now = 0.0;
        if water_m3 > self.critical_m3 {
            out.loss = Some((LossCause::Swamping, 0.0));
            return out;
        }
        for event in 0_u32.. {
            let u = stream.uniforms(realisation, from_tick, Purpose::Flooding, event);
            let mut left = -ln(u[0]);
            // Time to the event: the hazard adds up until it meets the exponential draw.
            let capsized = loop {
                let node = self.at(out.water_m3);
                let events = plimsoll_core::maths::exp(node.ln_events);
                let hazard = events + node.capsizes_per_s;
                let dry = out.water_m3 <= 0.0 || bail_m3_s <= 0.0;
                let piece = if dry { seconds - now } else { PIECE_S.min(seconds - now) };
                let wait = if hazard > 0.0 { left / hazard } else { f64::INFINITY };
                let spent = wait.min(piece);
                now += spent;
                out.water_m3 = (out.water_m3 - bail_m3_s * spent).max(0.0);
                if wait > piece {
                    left -= hazard * piece;
                    if now >= seconds {
                        return out;
                    }
                    continue;
                }
                break u[1] * hazard < node.capsizes_per_s;
            };
            if capsized {
                out.loss = Some((LossCause::Capsize, now));
                return out;
            }
            let volume = self.volume_m3(out.water_m3, u[1]);
            out.water_m3 += volume;
            out.overtopped_m3 += volume;
            out.overtoppings += 1;
            if out.water_m3 > self.critical_m3 {
                out.loss = Some((LossCause::Swamping, now));
                return out;
            }
        }
        out
    }

    /// Volume of one event. A crest that passes the edge by `h`, shaped like a parabola, lets in `h^2 / sqrt(crest)`; crests are
    /// Rayleigh. Scaled to the mean that inflow over events demands.
    fn volume_m3(&self, water_m3: f64, u: f64) -> f64 {
        let node = self.at(water_m3);
        let mean = plimsoll_core::maths::exp(node.ln_inflow - node.ln_events);
        mean * relative_volume(node.threshold, u) / mean_relative_volume(node.threshold)
    }
}

/// `h^2 / sqrt(crest)` of a Rayleigh crest above `z` (at least 0.5), for `u` uniform; in standard deviations.
fn relative_volume(z: f64, u: f64) -> f64 {
    let z = z.max(0.5);
    let crest = (z * z - 2.0 * ln(u)).sqrt();
    let h = crest - z;
    h * h / crest.sqrt()
}

fn mean_relative_volume(z: f64) -> f64 {
    const N: u32 = 64;
    (0..N)
        .map(|i| relative_volume(z, (f64::from(i) + 0.5) / f64::from(N)))
        .sum::<f64>()
        / f64::from(N)
}
