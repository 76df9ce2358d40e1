//! The local sea where nobody reports one: grown by the wind over its fetch, then changed by the stream that it meets.
//!
//! A sea that is reported, or that a file gives, is taken as it is: it has met the stream already.

use crate::current::blocking_current_m_s;
use crate::growth::wind_sea;
use crate::ledger::LEDGER;
use crate::waves::SeaState;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::cos;

/// Shares of the blocking current up to which the theory of [`crate::current`] is followed; nearer to it the height grows
/// without bound there, and breaking ([`SeaState::limited`]) says how high the sea is.
const NEAR_BLOCKING: f64 = 0.98;

/// What a sea grows from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Wind at 10 m, m/s.
    pub wind_m_s: f64,
    /// Open water against the wind, m.
    pub fetch_m: f64,
    /// Depth along it, m.
    pub depth_m: f64,
    /// Stream at the place, m/s.
    pub stream_m_s: f64,
    /// Angle between where the waves run and where the stream sets, degrees: 0 with, 180 against.
    pub angle_deg: f64,
}

/// Significant height (m) and peak period (s) of the sea as a boat that drifts with the stream feels it, in one state of
/// knowledge. Zero and one where there is no wind or no fetch.
///
/// CERC (1984) with its scatter `growth.error`, no farther than `growth.longest_fetch`; then that share `growth.stream_change`
/// of the stream's component along the waves which is a change on their path; then what steepness and the bed allow.
#[must_use]
pub fn sea(g: &Growth, k: &Knowledge) -> (f64, f64) {
    let fetch = g.fetch_m.min(LEDGER.value("growth.longest_fetch", k));
    let Some(grown) = wind_sea(g.wind_m_s, fetch, g.depth_m) else { return (0.0, 1.0) };
    let scatter = LEDGER.value("growth.error", k);
    let Ok(grown) = SeaState::new((grown.hs_m() * scatter).clamp(0.001, 20.0), grown.tp_s(), g.depth_m) else {
        return (0.0, 1.0);
    };
    let along = g.stream_m_s * cos(g.angle_deg.to_radians()) * LEDGER.value("growth.stream_change", k);
    let change = along.max(NEAR_BLOCKING * blocking_current_m_s(grown.tp_s()));
    let met = grown.on_current(change).unwrap_or(grown).limited(k);
    (met.hs_m(), met.tp_s())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: Growth = Growth { wind_m_s: 8.0, fetch_m: 40_000.0, depth_m: 30.0, stream_m_s: 0.0, angle_deg: 0.0 };

    #[test]
    fn a_stream_against_the_sea_steepens_it() {
        let k = Knowledge::central();
        let of = |stream_m_s: f64, angle_deg: f64| sea(&Growth { stream_m_s, angle_deg, ..CALM }, &k);
        let (still, against, with) = (of(0.0, 0.0), of(1.0, 180.0), of(1.0, 0.0));
        assert!(against.0 > 1.1 * still.0 && against.1 < still.1, "{against:?} {still:?}");
        assert!(with.0 < still.0 && with.1 > still.1, "{with:?} {still:?}");
        let across = of(1.0, 90.0);
        assert!((across.0 - still.0).abs() < 1e-9 && (across.1 - still.1).abs() < 1e-9);
    }

    #[test]
    fn a_blocking_stream_breaks_the_sea_and_no_more() {
        for stream_m_s in [1.5, 2.0, 3.0, 5.0] {
            for outer in 0..64 {
                let g = Growth { stream_m_s, angle_deg: 180.0, ..CALM };
                let (hs, tp) = sea(&g, &Knowledge::outer(1, outer));
                assert!(hs.is_finite() && hs < 3.0 && tp > 0.5, "{hs} {tp}");
                let s = SeaState::new(hs, tp.max(1.0), 30.0).unwrap();
                assert!(tp < 1.0 || s.steepness() < 0.0651, "{}", s.steepness());
            }
        }
    }

    #[test]
    fn no_wind_no_sea() {
        assert_eq!(sea(&Growth { wind_m_s: 0.0, ..CALM }, &Knowledge::central()), (0.0, 1.0));
        assert_eq!(sea(&Growth { fetch_m: 0.0, ..CALM }, &Knowledge::central()), (0.0, 1.0));
    }
}
