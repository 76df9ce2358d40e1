//! When the water stands highest and lowest, and when the stream turns and runs strongest.

use super::atlas::{Local, Weights};
use plimsoll_core::maths::atan2;
use plimsoll_core::time::Utc;

/// Step of the search, ms: a tide of the atlas takes twelve hours, and its stream turns twice in it.
const STEP_MS: i64 = 600_000;

/// A greatest or least value and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extreme {
    /// When, to the second.
    pub time: Utc,
    /// The value.
    pub value: f64,
    /// Whether it is a greatest one.
    pub greatest: bool,
}

/// The extremes of a smooth quantity from `from` to `to`, in their order.
fn extremes(from: Utc, to: Utc, value: impl Fn(Utc) -> f64) -> Vec<Extreme> {
    let at = |ms: i64| Utc::from_millis(ms).unwrap_or(from);
    let slope = |ms: i64| value(at(ms + 30_000)) - value(at(ms - 30_000));
    let mut out = Vec::new();
    let mut start = from.millis();
    let mut before = slope(start);
    while start < to.millis() {
        let end = start + STEP_MS;
        let after = slope(end);
        if (before > 0.0) != (after > 0.0) {
            let (mut low, mut high) = (start, end);
            while high - low > 1000 {
                let middle = low + (high - low) / 2;
                if (slope(middle) > 0.0) == (before > 0.0) { low = middle } else { high = middle }
            }
            let time = at(low - low.rem_euclid(1000));
            if time >= from && time <= to {
                out.push(Extreme { time, value: value(time), greatest: before > 0.0 });
            }
        }
        (start, before) = (end, after);
    }
    out
}

impl Local {
    /// High and low waters, m above mean sea level.
    #[must_use]
    pub fn high_and_low_waters(&self, from: Utc, to: Utc) -> Vec<Extreme> {
        extremes(from, to, |t| self.tide(&Weights::at(t)).level_m)
    }

    /// Strongest and slackest streams, m/s. The stream of an open sea turns round rather than standing still: slack is
    /// where it is least.
    #[must_use]
    pub fn strong_and_slack_streams(&self, from: Utc, to: Utc) -> Vec<Extreme> {
        extremes(from, to, |t| self.tide(&Weights::at(t)).speed_m_s())
    }

    /// How far the time of a turn at `time` is off, s, where the stream is off by `error_m_s` (root mean square of the
    /// vector): its component along the change, over how fast the stream changes.
    #[must_use]
    pub fn turn_error_s(&self, time: Utc, error_m_s: f64) -> f64 {
        let at = |ms: i64| self.tide(&Weights::at(Utc::from_millis(time.millis() + ms).unwrap_or(time))).stream_m_s;
        let ([u0, v0], [u1, v1]) = (at(-300_000), at(300_000));
        let change_m_s2 = ((u1 - u0) * (u1 - u0) + (v1 - v0) * (v1 - v0)).sqrt() / 600.0;
        error_m_s * std::f64::consts::FRAC_1_SQRT_2 / change_m_s2
    }

    /// Direction of the long axis of the M2 stream, degrees true, 0 to below 180.
    #[must_use]
    pub fn axis_deg(&self) -> f64 {
        self.axis_of(0)
    }

    /// Direction of the long axis of the stream of `NAMES[k]`, degrees true, 0 to below 180.
    #[must_use]
    pub fn axis_of(&self, k: usize) -> f64 {
        let [_, u, v] = self.constituent(k);
        // |u sin d + v cos d|^2 is a constant and one harmonic of 2 d, which is greatest here.
        let (uu, vv) = (u.size() * u.size(), v.size() * v.size());
        (0.5 * atan2(2.0 * (u.a * v.a + u.b * v.b), vv - uu)).to_degrees().rem_euclid(180.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tide::Atlas;
    use plimsoll_core::earth::LonLat;

    fn fairway() -> Local {
        Atlas::dover_strait().at(LonLat::new(1.5, 51.02).unwrap()).unwrap()
    }

    #[test]
    fn a_day_has_its_tides() {
        let (from, to) = ("2026-11-24T00:00:00Z".parse().unwrap(), "2026-11-25T00:00:00Z".parse().unwrap());
        let here = fairway();
        let waters = here.high_and_low_waters(from, to);
        assert!((3..=4).contains(&waters.len()), "{waters:?}");
        assert!(waters.iter().all(|w| w.greatest == (w.value > 0.0)), "{waters:?}");
        let streams = here.strong_and_slack_streams(from, to);
        assert!((7..=8).contains(&streams.len()), "{streams:?}");
        for (list, name) in [(&waters, "waters"), (&streams, "streams")] {
            assert!(
                list.windows(2).all(|w| w[0].time < w[1].time && w[0].greatest != w[1].greatest),
                "{name}: {list:?}"
            );
        }
        for s in streams.iter().filter(|s| !s.greatest) {
            assert!(s.value < 0.3, "{s:?}");
            let minutes = here.turn_error_s(s.time, 0.44) / 60.0;
            assert!(minutes > 10.0 && minutes < 90.0, "{minutes}");
        }
    }

    /// No value around an extreme lies beyond it.
    #[test]
    fn extremes_are_extreme() {
        let (from, to) = ("2026-03-01T00:00:00Z".parse().unwrap(), "2026-03-29T00:00:00Z".parse().unwrap());
        let here = fairway();
        for e in here.high_and_low_waters(from, to) {
            for shift_ms in [-120_000, -60_000, 60_000, 120_000] {
                let t = Utc::from_millis(e.time.millis() + shift_ms).unwrap();
                let beyond = here.tide(&Weights::at(t)).level_m - e.value;
                assert!(if e.greatest { beyond <= 1e-9 } else { beyond >= -1e-9 }, "{e:?}");
            }
        }
    }

    #[test]
    fn the_fairway_runs_north_east_and_south_west() {
        let axis = fairway().axis_deg();
        assert!((35.0..55.0).contains(&axis), "{axis}");
    }
}
