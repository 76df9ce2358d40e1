//! What the atlas says of the current at an instant, as a belief: its vector with its error around it.

use super::atlas::{Local, Weights};
use plimsoll_core::belief::Belief;
use plimsoll_core::time::Utc;

/// Speed and direction of a current as they are believed.
#[derive(Clone, Debug, PartialEq)]
pub struct Believed {
    /// Speed, m/s.
    pub speed_m_s: Belief,
    /// Where it goes, degrees true; `None` where the error is larger than the stream and nobody can tell.
    pub toward_deg: Option<f64>,
}

impl Local {
    /// The current at an instant, with the error of the atlas at its median.
    ///
    /// An error of root mean square `e` in the vector leaves `e / sqrt 2` in each component. The length of a vector with such
    /// an error has a mean of about `sqrt(V^2 + e^2 / 2)` (exact to first order in `e/V`, and within 2 % for V = 0 once the
    /// normal distribution is cut at zero).
    #[must_use]
    pub fn believed(&self, time: Utc) -> Believed {
        let tide = self.tide(&Weights::at(time));
        let (speed, error) = (tide.speed_m_s(), self.error().stream_m_s.median());
        // To a hundredth: more would be a false promise, and the echo stays readable.
        let hundredth = |v: f64| (100.0 * v).round() / 100.0;
        let mean = hundredth((speed * speed + 0.5 * error * error).sqrt());
        let sd = hundredth(error * std::f64::consts::FRAC_1_SQRT_2);
        Believed {
            speed_m_s: Belief::Normal { mean, sd, low: Some(0.0), high: Some(hundredth(mean + 3.0 * sd)) },
            toward_deg: (speed > error).then(|| tide.toward_deg().round().rem_euclid(360.0)),
        }
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
