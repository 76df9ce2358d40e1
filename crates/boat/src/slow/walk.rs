//! From stretch to stretch, in addressed draws.

use super::{Asked, SlowTier, pick};
use crate::kernel::LossCause;
use crate::lanes::probe::PIECES;
use plimsoll_core::maths::{ln, log1p};
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_sea::waves::{RENEWAL_TICKS, TICK_S};

/// Length of a stretch, s.
pub(super) const STRETCH_S: f64 = RENEWAL_TICKS as f64 * TICK_S as f64;
/// Length of a piece, s: bailing and what comes in are summed over it.
const PIECE_S: f64 = STRETCH_S / PIECES as f64;

/// What a time at sea did.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stretch {
    /// Water aboard at the end, m3.
    pub water_m3: f64,
    /// Loss and its time, s after the start.
    pub loss: Option<(LossCause, f64)>,
}

impl SlowTier {
    /// Advances a boat with `water_m3` aboard by `seconds` from an absolute tick, people bailing `bail_m3_s`. `asked` is what the
    /// tier was derived for.
    ///
    /// Draws are addressed by (realisation, `from_tick`, [`Purpose::Flooding`], number of the draw), so that options that differ
    /// elsewhere share them.
    #[must_use]
    #[expect(clippy::too_many_arguments, reason = "each is one independent fact of the walk")]
    pub fn advance(
        &self,
        asked: &Asked<'_>,
        stream: &Stream,
        realisation: u64,
        from_tick: u32,
        seconds: f64,
        water_m3: f64,
        bail_m3_s: f64,
    ) -> Stretch {
        let mut out = Stretch { water_m3, loss: None };
        if water_m3 > self.critical_m3 {
            out.loss = Some((LossCause::Swamping, 0.0));
            return out;
        }
        let mut draws = Draws { stream, address: (realisation, from_tick), count: 0 };
        let mut now = 0.0;
        while now < seconds {
            let picked = if out.water_m3 <= 0.0 {
                // Whole stretches in which nothing happens at once, then one of the others.
                let dry = self.level(asked, 0);
                let skipped = (ln(draws.next()) / log1p(-dry.eventful_share().clamp(1e-16, 1.0 - 1e-16))).floor();
                now += skipped.min((seconds / STRETCH_S).ceil()) * STRETCH_S;
                let Some(picked) = dry.eventful(draws.next()) else { return out };
                picked
            } else {
                pick::any(draws.next())
            };
            for piece in 0..PIECES {
                let span = PIECE_S.min(seconds - now);
                if span <= 0.0 {
                    return out;
                }
                let (whole, capsized) = self.gain(asked, picked, piece, out.water_m3);
                if capsized {
                    out.loss = Some((LossCause::Capsize, now + 0.5 * span));
                    return out;
                }
                let gain = whole * span / PIECE_S;
                if out.water_m3 + gain > self.critical_m3 {
                    let part = (self.critical_m3 - out.water_m3) / gain;
                    out.loss = Some((LossCause::Swamping, now + part * span));
                    return out;
                }
                out.water_m3 = (out.water_m3 + gain - bail_m3_s * span).max(0.0);
                now += span;
            }
        }
        out
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
