//! Shortest ways on the WGS84 ellipsoid (Vincenty 1975, Survey Review 23(176):88-93) and a local plane.

use super::LonLat;
use crate::maths::{atan, atan2, cos, hypot, sin, sin_cos, tan};
use std::f64::consts::PI;

/// Equatorial radius of WGS84, m.
const A: f64 = 6_378_137.0;
/// Flattening of WGS84.
const F: f64 = 1.0 / 298.257_223_563;
const B: f64 = A * (1.0 - F);
const MEAN_RADIUS: f64 = (2.0 * A + B) / 3.0;

/// A distance and the bearing at its start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Course {
    /// Distance along the geodesic, m.
    pub distance_m: f64,
    /// True bearing at the start, degrees from north through east, 0 to 360.
    pub bearing_deg: f64,
}

/// Distance between two places, m. As [`course`].
#[must_use]
pub fn distance_m(from: LonLat, to: LonLat) -> f64 {
    course(from, to).distance_m
}

/// The geodesic from one place to another.
///
/// Vincenty's inverse formula: within 1 mm wherever it converges, which is everywhere but for places within about a degree
/// of each other's antipodes; there the great circle on the mean radius stands in, within 0.6 %.
#[must_use]
pub fn course(from: LonLat, to: LonLat) -> Course {
    let (u1, u2) = (reduced(from.lat_deg()), reduced(to.lat_deg()));
    let ((s1, c1), (s2, c2)) = (sin_cos(u1), sin_cos(u2));
    let l = (to.lon_deg() - from.lon_deg()).to_radians();
    let l = l - 2.0 * PI * (l / (2.0 * PI)).round();
    let mut lambda = l;
    for _ in 0..200 {
        let (sl, cl) = sin_cos(lambda);
        let (east, north) = (c2 * sl, c1 * s2 - s1 * c2 * cl);
        let sin_sigma = hypot(east, north);
        if sin_sigma < 1e-16 {
            break;
        }
        let cos_sigma = s1 * s2 + c1 * c2 * cl;
        let sigma = atan2(sin_sigma, cos_sigma);
        let sin_alpha = c1 * c2 * sl / sin_sigma;
        let cos2_alpha = 1.0 - sin_alpha * sin_alpha;
        // On the equator the geodesic never leaves it, and the term vanishes.
        let cos_2m = if cos2_alpha < 1e-15 { 0.0 } else { cos_sigma - 2.0 * s1 * s2 / cos2_alpha };
        let c = F / 16.0 * cos2_alpha * (4.0 + F * (4.0 - 3.0 * cos2_alpha));
        let next = l
            + (1.0 - c)
                * F
                * sin_alpha
                * (sigma + c * sin_sigma * (cos_2m + c * cos_sigma * (2.0 * cos_2m * cos_2m - 1.0)));
        if next.abs() > PI {
            return great_circle(from, to);
        }
        if (next - lambda).abs() < 1e-13 {
            return Course { distance_m: arc_length(cos2_alpha, sigma, cos_2m), bearing_deg: bearing(east, north) };
        }
        lambda = next;
    }
    if lambda == l && s1 == s2 && l.abs() < 1e-9 {
        return Course { distance_m: 0.0, bearing_deg: 0.0 };
    }
    great_circle(from, to)
}

/// The place `course` leads to.
///
/// Vincenty's direct formula, within 1 mm.
#[must_use]
pub fn destination(from: LonLat, course: Course) -> LonLat {
    let (sa, ca) = sin_cos(course.bearing_deg.to_radians());
    let u1 = reduced(from.lat_deg());
    let (s1, c1) = sin_cos(u1);
    let sigma1 = atan2(tan(u1), ca);
    let sin_alpha = c1 * sa;
    let cos2_alpha = 1.0 - sin_alpha * sin_alpha;
    let (big_a, big_b) = series(cos2_alpha);
    let start = course.distance_m / (B * big_a);
    let mut sigma = start;
    for _ in 0..200 {
        let next = start + delta_sigma(big_b, sigma, cos(2.0 * sigma1 + sigma));
        let done = (next - sigma).abs() < 1e-14;
        sigma = next;
        if done {
            break;
        }
    }
    let (ss, cs) = sin_cos(sigma);
    let t = s1 * ss - c1 * cs * ca;
    let lat = atan2(s1 * cs + c1 * ss * ca, (1.0 - F) * hypot(sin_alpha, t));
    let lambda = atan2(ss * sa, c1 * cs - s1 * ss * ca);
    let c = F / 16.0 * cos2_alpha * (4.0 + F * (4.0 - 3.0 * cos2_alpha));
    let cos_2m = cos(2.0 * sigma1 + sigma);
    let l = lambda - (1.0 - c) * F * sin_alpha * (sigma + c * ss * (cos_2m + c * cs * (2.0 * cos_2m * cos_2m - 1.0)));
    LonLat::wrapped(from.lon_deg() + l.to_degrees(), lat.to_degrees())
}

fn reduced(lat_deg: f64) -> f64 {
    atan((1.0 - F) * tan(lat_deg.to_radians()))
}

fn series(cos2_alpha: f64) -> (f64, f64) {
    let u2 = cos2_alpha * (A * A - B * B) / (B * B);
    (
        1.0 + u2 / 16384.0 * (4096.0 + u2 * (-768.0 + u2 * (320.0 - 175.0 * u2))),
        u2 / 1024.0 * (256.0 + u2 * (-128.0 + u2 * (74.0 - 47.0 * u2))),
    )
}

fn delta_sigma(b: f64, sigma: f64, cos_2m: f64) -> f64 {
    let (ss, cs) = sin_cos(sigma);
    let c2 = cos_2m * cos_2m;
    b * ss * (cos_2m + b / 4.0 * (cs * (2.0 * c2 - 1.0) - b / 6.0 * cos_2m * (4.0 * ss * ss - 3.0) * (4.0 * c2 - 3.0)))
}

fn arc_length(cos2_alpha: f64, sigma: f64, cos_2m: f64) -> f64 {
    let (a, b) = series(cos2_alpha);
    B * a * (sigma - delta_sigma(b, sigma, cos_2m))
}

fn bearing(east: f64, north: f64) -> f64 {
    let deg = atan2(east, north).to_degrees();
    if deg < 0.0 { deg + 360.0 } else { deg }
}

/// Haversine on the mean radius.
fn great_circle(from: LonLat, to: LonLat) -> Course {
    let (p1, p2) = (from.lat_deg().to_radians(), to.lat_deg().to_radians());
    let l = (to.lon_deg() - from.lon_deg()).to_radians();
    let (h, w) = (sin(0.5 * (p2 - p1)), sin(0.5 * l));
    let x = (h * h + cos(p1) * cos(p2) * w * w).clamp(0.0, 1.0);
    Course {
        distance_m: 2.0 * MEAN_RADIUS * atan2(x.sqrt(), (1.0 - x).sqrt()),
        bearing_deg: bearing(sin(l) * cos(p2), cos(p1) * sin(p2) - sin(p1) * cos(p2) * cos(l)),
    }
}

/// A plane that touches the ellipsoid at an origin: metres east and north.
///
/// Within 100 km of an origin below 60 degrees the distance from the origin is off by less than 0.2 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalPlane {
    origin: LonLat,
    east_m_per_deg: f64,
    north_m_per_deg: f64,
}

impl LocalPlane {
    /// The plane at `origin`.
    #[must_use]
    pub fn at(origin: LonLat) -> Self {
        let (s, c) = sin_cos(origin.lat_deg().to_radians());
        let e2 = F * (2.0 - F);
        let w = (1.0 - e2 * s * s).sqrt();
        Self {
            origin,
            east_m_per_deg: (A / w * c).to_radians(),
            north_m_per_deg: (A * (1.0 - e2) / (w * w * w)).to_radians(),
        }
    }

    /// Metres east and north of the origin.
    #[must_use]
    pub fn east_north_m(&self, place: LonLat) -> [f64; 2] {
        let d = place.lon_deg() - self.origin.lon_deg();
        let d = d - 360.0 * (d / 360.0).round();
        [d * self.east_m_per_deg, (place.lat_deg() - self.origin.lat_deg()) * self.north_m_per_deg]
    }

    /// The place at `east_m`, `north_m` from the origin.
    #[must_use]
    pub fn place(&self, east_m: f64, north_m: f64) -> LonLat {
        LonLat::wrapped(
            self.origin.lon_deg() + east_m / self.east_m_per_deg,
            self.origin.lat_deg() + north_m / self.north_m_per_deg,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Stream};
    use geographiclib_rs::{DirectGeodesic as _, Geodesic, InverseGeodesic as _};

    fn at(lat: f64, lon: f64) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    /// Karney's algorithm (GeographicLib) is the oracle: ours must lie within 1 mm and 1e-6 degrees.
    #[test]
    fn agrees_with_geographiclib() {
        let (wgs84, stream) = (Geodesic::wgs84(), Stream::new(7));
        let u = |i, k| stream.uniform(i, k, Purpose::Test, 0);
        for i in 0..20_000 {
            let a = at(180.0 * u(i, 0) - 90.0, 360.0 * u(i, 1) - 180.0);
            let reach = if i % 2 == 0 { 5.0 } else { 120.0 };
            let b = at(
                (a.lat_deg() + reach * (u(i, 2) - 0.5)).clamp(-90.0, 90.0),
                a.lon_deg() + (reach * (u(i, 3) - 0.5)).clamp(-180.0 - a.lon_deg(), 180.0 - a.lon_deg()),
            );
            let (theirs, azimuth, _, _): (f64, f64, f64, f64) =
                wgs84.inverse(a.lat_deg(), a.lon_deg(), b.lat_deg(), b.lon_deg());
            let ours = course(a, b);
            assert!((ours.distance_m - theirs).abs() < 1e-3, "{a} {b}: {} {theirs}", ours.distance_m);
            if theirs > 1000.0 && a.lat_deg().abs() < 89.0 {
                let d = ours.bearing_deg - azimuth;
                assert!((d - 360.0 * (d / 360.0).round()).abs() < 1e-6, "{a} {b}");
            }
            let (lat, lon): (f64, f64) = wgs84.direct(a.lat_deg(), a.lon_deg(), ours.bearing_deg, ours.distance_m);
            let end = destination(a, ours);
            assert!(distance_m(end, LonLat::wrapped(lon, lat)) < 2e-3, "{a} {b} {end}");
        }
    }

    #[test]
    fn never_fails_anywhere() {
        assert_eq!(distance_m(at(51.0, 1.5), at(51.0, 1.5)), 0.0);
        for (a, b) in [
            (at(0.0, 0.0), at(0.3, 179.7)),
            (at(0.0, 0.0), at(0.0, 180.0)),
            (at(90.0, 0.0), at(-90.0, 0.0)),
            (at(51.0, -179.9), at(51.0, 179.9)),
            (at(0.0, 10.0), at(0.0, 11.0)),
        ] {
            let (theirs, ..): (f64, f64, f64, f64) =
                Geodesic::wgs84().inverse(a.lat_deg(), a.lon_deg(), b.lat_deg(), b.lon_deg());
            let ours = distance_m(a, b);
            assert!((ours - theirs).abs() < 6e-3 * theirs, "{a} {b}: {ours} {theirs}");
        }
    }

    #[test]
    fn the_local_plane_is_good_to_two_per_mille() {
        let origin = at(51.0, 1.5);
        let plane = LocalPlane::at(origin);
        for bearing in 0..36 {
            for distance_m in [100.0, 10_000.0, 100_000.0] {
                let way = Course { distance_m, bearing_deg: 10.0 * f64::from(bearing) };
                let place = destination(origin, way);
                let [e, n] = plane.east_north_m(place);
                assert!((hypot(e, n) / distance_m - 1.0).abs() < 0.02);
                let back = plane.place(e, n);
                assert!(super::distance_m(back, place) < 1e-6);
            }
        }
    }
}
