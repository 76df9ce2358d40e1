//! What a source says at a place and an instant, as a belief: its figure with its error around it. A model's field is no
//! observation on scene.

use crate::field::Quantity;
use crate::ledger::LEDGER;
use plimsoll_core::belief::Belief;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::{atan2, hypot};
use std::f64::consts::FRAC_1_SQRT_2;

/// Speed and direction of a current or a wind as they are believed.
#[derive(Clone, Debug, PartialEq)]
pub struct Believed {
    /// Speed, m/s.
    pub speed_m_s: Belief,
    /// Where it goes, degrees true; `None` where the error is larger than the speed and nobody can tell.
    pub toward_deg: Option<f64>,
}

/// A flow of `speed_m_s` toward `toward_deg` that a source gives with an error of root mean square `error_m_s` in the vector.
///
/// The error leaves `e / sqrt 2` in each component. The length of a vector with such an error has a mean of about
/// `sqrt(V^2 + e^2 / 2)` (exact to first order in `e/V`, and within 2 % for V = 0 once the normal distribution is cut at zero).
#[must_use]
pub fn flow(speed_m_s: f64, toward_deg: f64, error_m_s: f64) -> Believed {
    let mean = hundredth((speed_m_s * speed_m_s + 0.5 * error_m_s * error_m_s).sqrt());
    let sd = hundredth(error_m_s * FRAC_1_SQRT_2);
    Believed {
        speed_m_s: Belief::Normal { mean, sd, low: Some(0.0), high: Some(hundredth(mean + 3.0 * sd)) },
        toward_deg: (speed_m_s > error_m_s).then(|| toward_deg.round().rem_euclid(360.0)),
    }
}

/// A wind or a current of a file, m/s east and north; `None` for other quantities.
#[must_use]
pub fn vector(quantity: Quantity, [east, north]: [f64; 2]) -> Option<Believed> {
    let error = match quantity {
        Quantity::Wind => median("field.wind_error"),
        Quantity::Current => median("field.current_error"),
        _ => return None,
    };
    Some(flow(hypot(east, north), bearing_deg([east, north]), error))
}

/// A figure of a file, in the quantity's unit; a mean period becomes a peak period. `None` for quantities that no question
/// asks for.
///
/// A standard deviation of the errors around the figure, and no farther than three of them; heights and periods above zero.
#[must_use]
pub fn number(quantity: Quantity, value: f64) -> Option<Belief> {
    let (mean, sd, least) = match quantity {
        Quantity::WaveHeight => {
            (value, (median("field.height_error") * value).max(median("field.height_least_error")), 0.0)
        }
        Quantity::PeakPeriod => (value, median("field.period_error") * value, 1.0),
        Quantity::MeanPeriod => {
            let peak = median("field.peak_over_mean_period") * value;
            let (low, high) = LEDGER.get("field.peak_over_mean_period").value.range();
            // both errors at once: of the model, and of which mean it is
            let ratio = 0.25 * (high - low) / median("field.peak_over_mean_period");
            (peak, peak * hypot(ratio, median("field.period_error")), 1.0)
        }
        Quantity::WaterTemperature => (value, median("field.water_error"), -2.0),
        Quantity::AirTemperature => (value, median("field.air_error"), -60.0),
        _ => return None,
    };
    let (mean, sd) = (hundredth(mean.max(least)), hundredth(sd));
    let (low, high) = (hundredth((mean - 3.0 * sd).max(least)), hundredth(mean + 3.0 * sd));
    Some(Belief::Normal { mean, sd, low: Some(low), high: Some(high) })
}

/// Where a vector points, degrees true.
#[must_use]
pub fn bearing_deg([east, north]: [f64; 2]) -> f64 {
    atan2(east, north).to_degrees().rem_euclid(360.0)
}

/// To a hundredth: more would be a false promise, and the echo stays readable.
pub(crate) fn hundredth(v: f64) -> f64 {
    (100.0 * v).round() / 100.0
}

fn median(id: &str) -> f64 {
    LEDGER.value(id, &Knowledge::central())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_centre_is_what_the_file_says_and_the_spread_is_the_ledgers() {
        let hs = number(Quantity::WaveHeight, 1.5).unwrap();
        assert!((hs.mean() - 1.5).abs() < 0.01 && hs.range().0 > 0.5 && hs.range().1 < 2.5, "{hs:?}");
        let calm = number(Quantity::WaveHeight, 0.0).unwrap();
        assert!(calm.check().is_ok() && calm.range().0 == 0.0 && calm.range().1 > 0.1, "{calm:?}");
        assert!(number(Quantity::SeaLevel, 1.0).is_none() && vector(Quantity::Stokes, [1.0, 0.0]).is_none());
        let mean = number(Quantity::MeanPeriod, 4.0).unwrap();
        assert!(mean.mean() > 4.6 && mean.check().is_ok(), "{mean:?}");
        for value in [-1.8, 0.0, 17.0] {
            number(Quantity::WaterTemperature, value).unwrap().check().unwrap();
        }
    }

    #[test]
    fn a_flow_weaker_than_its_error_has_no_direction() {
        let wind = vector(Quantity::Wind, [0.0, -8.0]).unwrap();
        assert_eq!(wind.toward_deg, Some(180.0));
        assert!((wind.speed_m_s.mean() - 8.1).abs() < 0.1, "{wind:?}");
        assert_eq!(vector(Quantity::Wind, [0.5, 0.5]).unwrap().toward_deg, None);
    }
}
