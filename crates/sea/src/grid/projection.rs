//! Map projections of model grids: from longitude and latitude to the grid's own coordinates and back.
//!
//! Snyder, J. P. (1987) Map Projections: A Working Manual, USGS Professional Paper 1395. Longitude and latitude are taken as
//! they are, with no shift of datum, as the weather services do when they project on a sphere.

use plimsoll_core::maths::{asin, atan, atan2, cos, exp, ln, pow, sin, sin_cos, tan};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};
use thiserror::Error;

/// The figure of the earth that a projection uses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Equatorial radius, m.
    pub radius_m: f64,
    /// Eccentricity; 0 for a sphere.
    pub eccentricity: f64,
}

impl Figure {
    /// The ellipsoid WGS84.
    pub const WGS84: Self = Self { radius_m: 6_378_137.0, eccentricity: 0.081_819_190_842_622 };

    /// A sphere.
    #[must_use]
    pub const fn sphere(radius_m: f64) -> Self {
        Self { radius_m, eccentricity: 0.0 }
    }

    /// An ellipsoid from its radius and inverse flattening; an inverse flattening of 0 or infinity means a sphere.
    #[must_use]
    pub fn ellipsoid(radius_m: f64, inverse_flattening: f64) -> Self {
        if inverse_flattening == 0.0 || inverse_flattening.is_infinite() {
            return Self::sphere(radius_m);
        }
        let f = 1.0 / inverse_flattening;
        Self { radius_m, eccentricity: (f * (2.0 - f)).sqrt() }
    }

    /// Snyder's `m` (14-15).
    fn m(&self, lat: f64) -> f64 {
        let (s, c) = sin_cos(lat);
        let es = self.eccentricity * s;
        c / (1.0 - es * es).sqrt()
    }

    /// Snyder's `t` (15-9).
    fn t(&self, lat: f64) -> f64 {
        let e = self.eccentricity;
        let sphere = tan(FRAC_PI_4 - 0.5 * lat);
        if e == 0.0 {
            return sphere;
        }
        let es = e * sin(lat);
        sphere / pow((1.0 - es) / (1.0 + es), 0.5 * e)
    }

    /// The latitude of `t` (7-9), to 1e-14 rad.
    fn latitude(&self, t: f64) -> f64 {
        let e = self.eccentricity;
        let mut lat = FRAC_PI_2 - 2.0 * atan(t);
        if e == 0.0 {
            return lat;
        }
        for _ in 0..20 {
            let es = e * sin(lat);
            let next = FRAC_PI_2 - 2.0 * atan(t * pow((1.0 - es) / (1.0 + es), 0.5 * e));
            let done = (next - lat).abs() < 1e-14;
            lat = next;
            if done {
                break;
            }
        }
        lat
    }
}

/// A projection with what its formulas need worked out beforehand. Coordinates are metres, but degrees for
/// [`Self::LonLat`] and [`Self::RotatedPole`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Projection {
    /// None: x is longitude, y latitude, degrees.
    LonLat,
    /// Polar stereographic.
    PolarStereographic(PolarStereographic),
    /// Lambert conformal conic.
    LambertConformal(LambertConformal),
    /// Mercator.
    Mercator(Mercator),
    /// Longitude and latitude about a pole of the grid's own, degrees.
    RotatedPole(RotatedPole),
}

/// Polar stereographic: (21-33), (21-34).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PolarStereographic {
    figure: Figure,
    /// 1 north, -1 south.
    pole: f64,
    lon_0: f64,
    /// rho / t, m.
    scale: f64,
    offset: [f64; 2],
}

/// Lambert conformal conic: (15-1) to (15-11).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LambertConformal {
    figure: Figure,
    lon_0: f64,
    n: f64,
    /// a F, m.
    af: f64,
    rho_0: f64,
    offset: [f64; 2],
}

/// Mercator: (7-6), (7-7).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mercator {
    figure: Figure,
    lon_0: f64,
    scale: f64,
    offset: [f64; 2],
}

/// Rotated pole: (5-7), (5-8).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RotatedPole {
    pole_lon: f64,
    sin_pole: f64,
    cos_pole: f64,
    grid_lon: f64,
}

/// A projection that is none.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum ProjectionError {
    /// A number out of its range.
    #[error("{what} is {value}, which no such projection can have")]
    Parameter {
        /// Which parameter.
        what: &'static str,
        /// Its value.
        value: f64,
    },
}

fn check(what: &'static str, value: f64, good: bool) -> Result<(), ProjectionError> {
    if good && value.is_finite() { Ok(()) } else { Err(ProjectionError::Parameter { what, value }) }
}

fn check_figure(figure: &Figure) -> Result<(), ProjectionError> {
    check("the earth's radius", figure.radius_m, figure.radius_m > 1e5)?;
    check("the eccentricity", figure.eccentricity, (0.0..0.5).contains(&figure.eccentricity))
}

impl Projection {
    /// Polar stereographic about the north pole (`north`) or the south pole, true to scale at `true_lat_deg`.
    ///
    /// # Errors
    /// A latitude that is not on that side, or an impossible figure.
    pub fn polar_stereographic(
        figure: Figure,
        north: bool,
        lon_0_deg: f64,
        true_lat_deg: f64,
        offset_m: [f64; 2],
    ) -> Result<Self, ProjectionError> {
        check_figure(&figure)?;
        let pole = if north { 1.0 } else { -1.0 };
        let lat = pole * true_lat_deg;
        check("the latitude of true scale", true_lat_deg, lat > 0.0 && lat <= 90.0)?;
        if lat > 90.0 - 1e-9 {
            return Self::polar_stereographic_scaled(figure, north, lon_0_deg, 1.0, offset_m);
        }
        let phi = lat.to_radians();
        let scale = figure.radius_m * figure.m(phi) / figure.t(phi);
        Ok(Self::PolarStereographic(PolarStereographic { figure, pole, lon_0: lon_0_deg, scale, offset: offset_m }))
    }

    /// Polar stereographic with scale factor `k_0` at the pole.
    ///
    /// # Errors
    /// A scale that is not positive, or an impossible figure.
    pub fn polar_stereographic_scaled(
        figure: Figure,
        north: bool,
        lon_0_deg: f64,
        k_0: f64,
        offset_m: [f64; 2],
    ) -> Result<Self, ProjectionError> {
        check_figure(&figure)?;
        check("the scale factor", k_0, k_0 > 0.0)?;
        let pole = if north { 1.0 } else { -1.0 };
        let e = figure.eccentricity;
        let scale = 2.0 * figure.radius_m * k_0 / (pow(1.0 + e, 1.0 + e) * pow(1.0 - e, 1.0 - e)).sqrt();
        Ok(Self::PolarStereographic(PolarStereographic { figure, pole, lon_0: lon_0_deg, scale, offset: offset_m }))
    }

    /// Lambert conformal conic with one (`lat_1_deg` = `lat_2_deg`) or two standard parallels.
    ///
    /// # Errors
    /// Parallels at a pole, on the equator or on both sides of it, or an impossible figure.
    pub fn lambert_conformal(
        figure: Figure,
        lon_0_deg: f64,
        lat_0_deg: f64,
        [lat_1_deg, lat_2_deg]: [f64; 2],
        offset_m: [f64; 2],
    ) -> Result<Self, ProjectionError> {
        check_figure(&figure)?;
        for (what, lat) in [("the first parallel", lat_1_deg), ("the second parallel", lat_2_deg)] {
            check(what, lat, lat.abs() < 89.99 && lat.abs() > 1e-6)?;
        }
        check("the second parallel", lat_2_deg, lat_1_deg * lat_2_deg > 0.0)?;
        check("the latitude of origin", lat_0_deg, lat_0_deg.abs() < 90.0)?;
        let (p1, p2) = (lat_1_deg.to_radians(), lat_2_deg.to_radians());
        let n = if (lat_1_deg - lat_2_deg).abs() < 1e-9 {
            sin(p1)
        } else {
            (ln(figure.m(p1)) - ln(figure.m(p2))) / (ln(figure.t(p1)) - ln(figure.t(p2)))
        };
        let af = figure.radius_m * figure.m(p1) / (n * pow(figure.t(p1), n));
        let rho_0 = af * pow(figure.t(lat_0_deg.to_radians()), n);
        Ok(Self::LambertConformal(LambertConformal { figure, lon_0: lon_0_deg, n, af, rho_0, offset: offset_m }))
    }

    /// Mercator, true to scale at `true_lat_deg`.
    ///
    /// # Errors
    /// A latitude at a pole, or an impossible figure.
    pub fn mercator(
        figure: Figure,
        lon_0_deg: f64,
        true_lat_deg: f64,
        offset_m: [f64; 2],
    ) -> Result<Self, ProjectionError> {
        check_figure(&figure)?;
        check("the latitude of true scale", true_lat_deg, true_lat_deg.abs() < 89.99)?;
        let scale = figure.radius_m * figure.m(true_lat_deg.to_radians());
        Ok(Self::Mercator(Mercator { figure, lon_0: lon_0_deg, scale, offset: offset_m }))
    }

    /// Longitude and latitude about a north pole that lies at `pole_lon_deg`, `pole_lat_deg`. `grid_lon_deg` is CF's
    /// `north_pole_grid_longitude`, mostly 0.
    ///
    /// # Errors
    /// A latitude beyond the poles.
    pub fn rotated_pole(pole_lon_deg: f64, pole_lat_deg: f64, grid_lon_deg: f64) -> Result<Self, ProjectionError> {
        check("the latitude of the grid's pole", pole_lat_deg, pole_lat_deg.abs() <= 90.0)?;
        check("the longitude of the grid's pole", pole_lon_deg, pole_lon_deg.abs() <= 540.0)?;
        check("the grid's longitude of the pole", grid_lon_deg, grid_lon_deg.abs() <= 540.0)?;
        let (sin_pole, cos_pole) = sin_cos(pole_lat_deg.to_radians());
        Ok(Self::RotatedPole(RotatedPole { pole_lon: pole_lon_deg, sin_pole, cos_pole, grid_lon: grid_lon_deg }))
    }

    /// Whether x is an angle in degrees that comes round after 360.
    #[must_use]
    pub fn is_angular(&self) -> bool {
        matches!(self, Self::LonLat | Self::RotatedPole(_))
    }

    /// Sine and cosine of the azimuth, on WGS84, of the y axis at a place in degrees; `None` where there is no formula for it.
    ///
    /// These projections are conformal: the angle is that of the meridians' convergence (Snyder, p. 24). One on a sphere has it on
    /// the sphere; on the ellipsoid with the same latitudes a degree is longer east and shorter north.
    pub(crate) fn y_axis(&self, lon_deg: f64, lat_deg: f64) -> Option<[f64; 2]> {
        let (figure, convergence) = match self {
            Self::LonLat | Self::Mercator(_) => return Some([0.0, 1.0]),
            Self::PolarStereographic(p) => (p.figure, p.pole * (lon_deg - p.lon_0)),
            Self::LambertConformal(p) => (p.figure, p.n * wrap(lon_deg - p.lon_0)),
            Self::RotatedPole(_) => return None,
        };
        let (s, c) = sin_cos(convergence.to_radians());
        if figure.eccentricity > 0.0 {
            return Some([s, c]);
        }
        let [east, north] = metres_per_degree(lat_deg);
        let east = s * east / cos(lat_deg.to_radians());
        let length = (east * east + c * c * north * north).sqrt();
        Some([east / length, c * north / length])
    }

    /// Grid coordinates of a place in degrees.
    #[must_use]
    pub fn forward(&self, lon_deg: f64, lat_deg: f64) -> [f64; 2] {
        match self {
            Self::LonLat => [lon_deg, lat_deg],
            Self::PolarStereographic(p) => {
                let rho = p.scale * p.figure.t((p.pole * lat_deg).to_radians());
                let (s, c) = sin_cos(wrap(p.pole * (lon_deg - p.lon_0)).to_radians());
                [p.offset[0] + p.pole * rho * s, p.offset[1] - p.pole * rho * c]
            }
            Self::LambertConformal(p) => {
                let rho = p.af * pow(p.figure.t(lat_deg.to_radians()), p.n);
                let (s, c) = sin_cos(p.n * wrap(lon_deg - p.lon_0).to_radians());
                [p.offset[0] + rho * s, p.offset[1] + p.rho_0 - rho * c]
            }
            Self::Mercator(p) => [
                p.offset[0] + p.scale * wrap(lon_deg - p.lon_0).to_radians(),
                p.offset[1] - p.scale * ln(p.figure.t(lat_deg.to_radians())),
            ],
            Self::RotatedPole(p) => {
                let (s, c) = sin_cos(lat_deg.to_radians());
                let (sl, cl) = sin_cos((lon_deg - p.pole_lon).to_radians());
                let lat = asin((p.sin_pole * s + p.cos_pole * c * cl).clamp(-1.0, 1.0));
                // the grid's meridian 0 runs from its pole through the true south pole's side
                let lon = atan2(-c * sl, p.cos_pole * s - p.sin_pole * c * cl);
                [wrap(lon.to_degrees() + p.grid_lon), lat.to_degrees()]
            }
        }
    }

    /// The place, longitude and latitude in degrees, of grid coordinates.
    #[must_use]
    pub fn inverse(&self, x: f64, y: f64) -> [f64; 2] {
        match self {
            Self::LonLat => [x, y],
            Self::PolarStereographic(p) => {
                let (x, y) = (p.pole * (x - p.offset[0]), p.pole * (y - p.offset[1]));
                let t = (x * x + y * y).sqrt() / p.scale;
                let lat = p.pole * p.figure.latitude(t).to_degrees();
                [wrap(p.lon_0 + p.pole * atan2(x, -y).to_degrees()), lat]
            }
            Self::LambertConformal(p) => {
                let side = p.n.signum();
                let (x, y) = (side * (x - p.offset[0]), side * (p.rho_0 - (y - p.offset[1])));
                let rho = side * (x * x + y * y).sqrt();
                let lat = p.figure.latitude(pow(rho / p.af, 1.0 / p.n)).to_degrees();
                [wrap(p.lon_0 + (atan2(x, y) / p.n).to_degrees()), lat]
            }
            Self::Mercator(p) => {
                let lat = p.figure.latitude(exp(-(y - p.offset[1]) / p.scale)).to_degrees();
                [wrap(p.lon_0 + ((x - p.offset[0]) / p.scale).to_degrees()), lat]
            }
            Self::RotatedPole(p) => {
                let (s, c) = sin_cos(y.to_radians());
                let (sl, cl) = sin_cos((x - p.grid_lon).to_radians());
                let lat = asin((p.sin_pole * s + p.cos_pole * c * cl).clamp(-1.0, 1.0));
                let lon = atan2(-c * sl, p.cos_pole * s - p.sin_pole * c * cl);
                [wrap(p.pole_lon + lon.to_degrees()), lat.to_degrees()]
            }
        }
    }
}

/// An angle brought within -180 to 180 degrees.
pub(crate) fn wrap(deg: f64) -> f64 {
    deg - 360.0 * (deg / 360.0).round()
}

/// Metres to a degree of longitude and of latitude on WGS84.
#[must_use]
pub fn metres_per_degree(lat_deg: f64) -> [f64; 2] {
    let e = Figure::WGS84.eccentricity;
    let (s, c) = (sin(lat_deg.to_radians()), cos(lat_deg.to_radians()));
    let w2 = 1.0 - e * e * s * s;
    let n = Figure::WGS84.radius_m / w2.sqrt();
    [(n * c).to_radians(), (n * (1.0 - e * e) / w2).to_radians()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const R: Figure = Figure::sphere(6_371_000.0);

    fn all() -> Vec<(&'static str, Projection, [f64; 2], [f64; 2])> {
        let w = Figure::WGS84;
        let grs80 = Figure::ellipsoid(6_378_137.0, 298.257_222_101);
        let at = [1.5, 51.0];
        vec![
            (
                "+proj=stere +lat_0=90 +lon_0=70 +lat_ts=60 +R=6371000",
                Projection::polar_stereographic(R, true, 70.0, 60.0, [0.0; 2]).unwrap(),
                at,
                [-3_916_983.696_545_113_3, -1_542_940.910_882_060_9],
            ),
            (
                "+proj=stere +lat_0=90 +lon_0=-45 +lat_ts=70 +ellps=WGS84 +x_0=1000 +y_0=-2000",
                Projection::polar_stereographic(w, true, -45.0, 70.0, [1000.0, -2000.0]).unwrap(),
                at,
                [3_184_832.197_174_407, -3_023_343.941_484_495],
            ),
            (
                "+proj=stere +lat_0=-90 +lon_0=20 +lat_ts=-71 +ellps=WGS84",
                Projection::polar_stereographic(w, false, 20.0, -71.0, [0.0; 2]).unwrap(),
                [30.5, -65.25],
                [497_515.603_539_589_3, 2_684_353.983_389_605_3],
            ),
            (
                "+proj=stere +lat_0=90 +lon_0=0 +k_0=0.994 +ellps=WGS84",
                Projection::polar_stereographic_scaled(w, true, 0.0, 0.994, [0.0; 2]).unwrap(),
                at,
                [117_756.564_120_277_6, -4_496_941.755_864_807],
            ),
            (
                "+proj=lcc +lon_0=15 +lat_0=63 +lat_1=63 +lat_2=63 +R=6371000",
                Projection::lambert_conformal(R, 15.0, 63.0, [63.0, 63.0], [0.0; 2]).unwrap(),
                at,
                [-956_462.679_963_527, -1_242_602.250_539_132],
            ),
            (
                "+proj=lcc +lon_0=3 +lat_0=46.5 +lat_1=44 +lat_2=49 +x_0=700000 +y_0=6600000 +ellps=GRS80",
                Projection::lambert_conformal(grs80, 3.0, 46.5, [44.0, 49.0], [700_000.0, 6_600_000.0]).unwrap(),
                at,
                [594_478.727_467_478, 7_101_466.876_055_32],
            ),
            (
                "+proj=merc +lon_0=10 +lat_ts=20 +R=6371000",
                Projection::mercator(R, 10.0, 20.0, [0.0; 2]).unwrap(),
                at,
                [-888_156.942_312_139, 6_215_018.586_732_743],
            ),
            (
                "+proj=merc +lon_0=0 +lat_ts=50 +ellps=WGS84",
                Projection::mercator(w, 0.0, 50.0, [0.0; 2]).unwrap(),
                at,
                [107_543.630_424_004_51, 4_243_070.052_245_142],
            ),
            (
                "+proj=ob_tran +o_proj=longlat +o_lon_p=0 +o_lat_p=39.25 +lon_0=18",
                Projection::rotated_pole(-162.0, 39.25, 0.0).unwrap(),
                at,
                [-0.179_756_516_376_883_74_f64.to_degrees(), 0.024_434_575_599_792_37_f64.to_degrees()],
            ),
        ]
    }

    /// PROJ 9 through pyproj 3.7, sub-millimetre.
    #[test]
    fn as_proj_has_it() {
        for (name, p, at, xy) in all() {
            let got = p.forward(at[0], at[1]);
            let tolerance = if p.is_angular() { 1e-9 } else { 1e-4 };
            for k in 0..2 {
                assert!((got[k] - xy[k]).abs() < tolerance, "{name}: {got:?} for {xy:?}");
            }
        }
    }

    #[test]
    fn there_and_back() {
        for (name, p, at, _) in all() {
            for (dx, dy) in [(0.0, 0.0), (5.0, 2.0), (-14.0, 6.5), (33.0, -7.0)] {
                let (lon, lat) = (at[0] + dx, at[1] + dy);
                let [x, y] = p.forward(lon, lat);
                let back = p.inverse(x, y);
                assert!((back[0] - lon).abs() < 1e-9 && (back[1] - lat).abs() < 1e-9, "{name}: {back:?} {lon} {lat}");
            }
        }
    }

    #[test]
    fn what_is_no_projection_is_refused() {
        assert!(Projection::lambert_conformal(R, 0.0, 0.0, [30.0, -30.0], [0.0; 2]).is_err());
        assert!(Projection::lambert_conformal(R, 0.0, 0.0, [90.0, 90.0], [0.0; 2]).is_err());
        assert!(Projection::polar_stereographic(R, true, 0.0, -60.0, [0.0; 2]).is_err());
        assert!(Projection::mercator(Figure::sphere(f64::NAN), 0.0, 0.0, [0.0; 2]).is_err());
        assert!(Projection::rotated_pole(0.0, 91.0, 0.0).is_err());
    }
}
