//! Waves that nobody reports: what they grow from, drawn together, so that no draw pairs a gale with a calm sea.

use crate::ledger::constant;
use plimsoll_case::encounter::Encounter;
use plimsoll_core::belief::Belief;
use plimsoll_core::ledger::Knowledge;
use plimsoll_sea::grown::{Growth, sea};

/// Beliefs that a sea grows from. Each is drawn under the key of the scenario that holds it.
#[derive(Clone, Copy, Debug)]
pub struct Roots<'a> {
    /// Wind, m/s.
    pub wind_m_s: &'a Belief,
    /// Fetch, m.
    pub fetch_m: &'a Belief,
    /// Depth, m; that of open water where `None`.
    pub depth_m: Option<&'a Belief>,
    /// Stream, m/s.
    pub current_m_s: &'a Belief,
    /// Angle between waves and stream, degrees.
    pub angle_deg: &'a Belief,
}

impl<'a> Roots<'a> {
    /// Those of an encounter whose sea is grown.
    #[must_use]
    pub fn of(e: &'a Encounter) -> Option<Self> {
        let g = e.sea.grown.as_ref()?;
        Some(Self {
            wind_m_s: &e.sea.wind_m_s.value,
            fetch_m: &g.fetch_m.value,
            depth_m: e.place.depth_m.as_ref().map(|d| &d.value),
            current_m_s: &e.sea.current_m_s.value,
            angle_deg: &g.angle_deg,
        })
    }

    /// Significant height (m) and peak period (s) in one state of knowledge.
    #[must_use]
    pub fn draw(&self, k: &Knowledge) -> (f64, f64) {
        let depth_m = match self.depth_m {
            Some(d) => k.of("place.depth", d),
            None => k.of("sea.depth_not_given", &constant("sea.depth_not_given").value),
        };
        let growth = Growth {
            wind_m_s: k.of("sea.wind", self.wind_m_s),
            fetch_m: k.of("sea.fetch", self.fetch_m),
            depth_m: depth_m.clamp(0.2, 12_000.0),
            stream_m_s: k.of("sea.current", self.current_m_s),
            angle_deg: k.of("sea.current_angle", self.angle_deg),
        };
        sea(&growth, k)
    }

    /// Least, median and greatest height and period over every stratum of knowledge, for display and for checks of range.
    #[must_use]
    pub fn spread(&self) -> [Belief; 2] {
        let draws: Vec<_> = (0..Knowledge::STRATA).map(|i| self.draw(&Knowledge::outer(1, i))).collect();
        [0, 1].map(|which| {
            let mut v: Vec<f64> = draws.iter().map(|d| if which == 0 { d.0 } else { d.1 }).collect();
            v.sort_by(f64::total_cmp);
            let hundredth = |x: f64| (100.0 * x).round() / 100.0;
            let [low, likely, high] = [0, v.len() / 2, v.len() - 1].map(|i| hundredth(v[i]));
            if low < high { Belief::Triangular { low, likely, high } } else { Belief::Exact(low) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_against_the_wind_raises_the_sea() {
        let (wind, fetch) = (Belief::Exact(7.0), Belief::Exact(40_000.0));
        let (current, depth) = (Belief::Exact(1.2), Belief::Exact(30.0));
        let height = |angle: f64| {
            let angle = Belief::Exact(angle);
            let roots = Roots {
                wind_m_s: &wind,
                fetch_m: &fetch,
                depth_m: Some(&depth),
                current_m_s: &current,
                angle_deg: &angle,
            };
            roots.spread()[0].median()
        };
        assert!(height(180.0) > height(90.0) && height(90.0) > height(0.0));
    }

    #[test]
    fn no_wind_is_a_calm() {
        let (zero, one) = (Belief::Exact(0.0), Belief::Exact(1e4));
        let roots = Roots { wind_m_s: &zero, fetch_m: &one, depth_m: None, current_m_s: &zero, angle_deg: &zero };
        assert_eq!(roots.spread()[0], Belief::Exact(0.0));
    }
}
