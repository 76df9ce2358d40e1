//! What the atlas says of the current at an instant, as a belief: its vector with its error around it.

use super::atlas::{Local, Weights};
use crate::believe::{Believed, flow};
use plimsoll_core::time::Utc;

impl Local {
    /// The current at an instant, with the error of the atlas at its median.
    #[must_use]
    pub fn believed(&self, time: Utc) -> Believed {
        let tide = self.tide(&Weights::at(time));
        flow(tide.speed_m_s(), tide.toward_deg(), self.error().stream_m_s.median())
    }
}

#[cfg(test)]
mod tests {
    use crate::tide::Atlas;
    use plimsoll_core::earth::LonLat;

    #[test]
    fn strong_streams_have_a_direction_and_slack_ones_none() {
        let here = Atlas::dover_strait().at(LonLat::new(1.5, 51.02).unwrap()).unwrap();
        let strong = here.believed("2026-11-24T12:23:00Z".parse().unwrap());
        assert_eq!(strong.toward_deg, Some(42.0));
        assert!((strong.speed_m_s.mean() - 1.52).abs() < 0.03, "{strong:?}");
        let slack = here.believed("2026-11-24T15:27:00Z".parse().unwrap());
        assert_eq!(slack.toward_deg, None);
        assert!(slack.speed_m_s.mean() > 0.2 && slack.speed_m_s.check().is_ok(), "{slack:?}");
    }
}
