//! Sea temperature by time of year where no measurement is given.

use crate::ledger::LEDGER;
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::time::Utc;

/// Where the climatology may stand in for a measurement: latitudes 50.2 to 51.8 N, longitudes 0.2 W to 3.2 E.
#[must_use]
pub fn covers(place: LonLat) -> bool {
    (50.2..=51.8).contains(&place.lat_deg()) && (-0.2..=3.2).contains(&place.lon_deg())
}

/// What is believed of the water temperature in the Dover Strait, degrees Celsius: monthly means and spreads, linear between
/// the middles of months.
#[must_use]
pub fn water(time: Utc) -> Belief {
    let c = time.civil();
    let day = f64::from(c.day) - 1.0 + f64::from(c.hour) / 24.0;
    // Months as 30.4 days: the error of half a day is a few hundredths of a degree.
    let x = f64::from(c.month) - 1.5 + (day / 30.4).min(1.0);
    let below = x.floor();
    let share = x - below;
    let of = |offset: f64| {
        let month = (below + offset + 12.0) as u32 % 12 + 1;
        match &LEDGER.get(&format!("water.month_{month:02}")).value {
            Belief::Normal { mean, sd, .. } => (*mean, *sd),
            other => (other.mean(), 0.3 * (other.quantile(0.9) - other.quantile(0.1))),
        }
    };
    let ((m0, s0), (m1, s1)) = (of(0.0), of(1.0));
    let mean = m0 + share * (m1 - m0);
    // To a hundredth: more would be a false promise, and the echo stays readable.
    let hundredth = |v: f64| (100.0 * v).round() / 100.0;
    let mean = hundredth(mean);
    Belief::Normal {
        mean,
        sd: hundredth(s0 + share * (s1 - s0)),
        low: Some(hundredth(mean - 3.0).max(-1.9)),
        high: Some(hundredth(mean + 3.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(time: &str) -> f64 {
        water(time.parse().unwrap()).mean()
    }

    #[test]
    fn months_have_their_means_and_join() {
        assert!((mean("2024-02-15T12:00:00Z") - 7.4).abs() < 0.05);
        assert!((mean("2024-08-16T00:00:00Z") - 17.9).abs() < 0.05);
        assert!((mean("2024-12-31T23:00:00Z") - mean("2025-01-01T01:00:00Z")).abs() < 0.1);
        assert!((mean("2024-01-01T00:00:00Z") - 9.4).abs() < 0.1);
        for month in 1..12 {
            let (end, start) = (format!("2023-{month:02}-28T23:00:00Z"), format!("2023-{:02}-01T00:00:00Z", month + 1));
            assert!((mean(&end) - mean(&start)).abs() < 0.4, "{month}");
        }
    }

    #[test]
    fn reaches_the_strait_and_no_further() {
        let at = |lon, lat| LonLat::new(lon, lat).unwrap();
        assert!(covers(at(1.5, 51.0)) && !covers(at(12.0, 36.0)) && !covers(at(1.5, 53.0)));
    }
}
