//! Where the sun stands, to tell day from night.

use crate::encounter::Light;
use plimsoll_core::earth::LonLat;
use plimsoll_core::maths::{asin, atan2, cos, sin};
use plimsoll_core::time::Utc;

/// Altitude of the sun's centre above the horizon, degrees, without refraction.
///
/// Low-precision formulae of the Astronomical Almanac (page C5): within 0.02 degrees from 1950 to 2050 and 0.1 degrees to 2100.
#[must_use]
pub fn altitude_deg(place: LonLat, time: Utc) -> f64 {
    // Days since 2000-01-01T12:00:00Z.
    let n = (time.millis() - 946_728_000_000) as f64 / 86_400_000.0;
    let mean_longitude = 280.460 + 0.985_647_4 * n;
    let anomaly = (357.528 + 0.985_600_3 * n).to_radians();
    let longitude = (mean_longitude + 1.915 * sin(anomaly) + 0.020 * sin(2.0 * anomaly)).to_radians();
    let obliquity = (23.439 - 0.000_000_4 * n).to_radians();
    let right_ascension = atan2(cos(obliquity) * sin(longitude), cos(longitude));
    let declination = asin(sin(obliquity) * sin(longitude));
    let sidereal_deg = 280.460_618_37 + 360.985_647_366_29 * n + place.lon_deg();
    let hour_angle = sidereal_deg.to_radians() - right_ascension;
    let lat = place.lat_deg().to_radians();
    asin(sin(lat) * sin(declination) + cos(lat) * cos(declination) * cos(hour_angle)).to_degrees()
}

/// Day while the upper limb is above the horizon (altitude above -0.833 degrees, refraction included), civil twilight down to
/// -6 degrees, night below.
#[must_use]
pub fn light(place: LonLat, time: Utc) -> Light {
    match altitude_deg(place, time) {
        a if a > -0.833 => Light::Day,
        a if a > -6.0 => Light::Twilight,
        _ => Light::Night,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Equinoxes, solstices and the equation of time: at the instant of true noon the altitude is 90 - latitude + declination.
    #[test]
    fn noon_altitudes_follow_declination() {
        let place = LonLat::new(0.0, 51.0).unwrap();
        // Declination at the June solstice of 2024 (20 June 20:51 UTC) is 23.436 degrees, and true noon falls 1.8 minutes late.
        let a = altitude_deg(place, "2024-06-20T12:01:48Z".parse().unwrap());
        assert!((a - (39.0 + 23.436)).abs() < 0.03, "{a}");
        // March equinox 2024: 20 March 03:06 UTC; at 12:07:20 the declination is 0.148 degrees.
        let a = altitude_deg(place, "2024-03-20T12:07:20Z".parse().unwrap());
        assert!((a - (39.0 + 0.148)).abs() < 0.03, "{a}");
        let a = altitude_deg(place, "2024-12-21T11:58:00Z".parse().unwrap());
        assert!((a - (39.0 - 23.437)).abs() < 0.03, "{a}");
    }

    #[test]
    fn light_of_the_dover_strait() {
        let place = LonLat::new(1.5, 51.0).unwrap();
        for (time, light_then) in [
            ("2026-09-14T04:20:00Z", Light::Night),
            ("2026-09-14T05:15:00Z", Light::Twilight),
            ("2026-09-14T06:00:00Z", Light::Day),
            ("2021-11-24T03:00:00Z", Light::Night),
            ("2024-07-12T12:00:00Z", Light::Day),
            ("2024-06-21T21:30:00Z", Light::Night),
        ] {
            assert_eq!(light(place, time.parse().unwrap()), light_then, "{time}");
        }
    }
}
