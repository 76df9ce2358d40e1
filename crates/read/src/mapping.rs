//! How the axes of a grid become longitude and latitude: CF's `grid_mapping`, or the text of PROJ.

use crate::attributes::Attributes;
use plimsoll_core::maths::asin;
use plimsoll_sea::grid::projection::ProjectionError;
use plimsoll_sea::grid::{Figure, Projection};

/// Radius and inverse flattening of GRS80.
const GRS80: (f64, f64) = (6_378_137.0, 298.257_222_101);

/// What is read, for messages.
const SUPPORTED: &str = "latitude_longitude, rotated_latitude_longitude, polar_stereographic, lambert_conformal_conic and mercator are read";

/// Reads the attributes of a grid mapping variable; where they do not suffice, its attribute `proj4`.
///
/// # Errors
/// What is missing or not supported, as a sentence.
pub fn of_attributes(attributes: &Attributes) -> Result<Projection, String> {
    let by_attributes = from_attributes(attributes);
    match (by_attributes, attributes.text("proj4").or_else(|| attributes.text("proj4_params"))) {
        (Ok(projection), _) => Ok(projection),
        (Err(_), Some(proj)) => of_proj(proj),
        (Err(e), None) => Err(e),
    }
}

/// Reads the text that PROJ takes: `+proj=lcc +lat_0=63 ...`.
///
/// # Errors
/// What is missing or not supported, as a sentence.
pub fn of_proj(text: &str) -> Result<Projection, String> {
    let proj = Proj::of(text);
    let offset = || Ok::<_, String>([proj.or("x_0", 0.0)?, proj.or("y_0", 0.0)?]);
    let scale = || Ok::<_, String>(proj.number("k_0")?.or(proj.number("k")?));
    match proj.get("proj") {
        Some("longlat" | "latlong" | "lonlat") => Ok(Projection::LonLat),
        Some("ob_tran") if matches!(proj.get("o_proj"), Some("longlat" | "latlong" | "lonlat")) => {
            // PROJ counts from the meridian that runs from the grid's pole over the true pole, CF from the other side.
            let pole_lon = proj.or("lon_0", 0.0)? - 180.0;
            said(Projection::rotated_pole(pole_lon, proj.need("o_lat_p")?, proj.or("o_lon_p", 0.0)?))
        }
        Some("stere") => {
            let (lat_0, lon_0) = (proj.need("lat_0")?, proj.need("lon_0")?);
            stereographic(proj.figure()?, lat_0, lon_0, proj.number("lat_ts")?, scale()?, offset()?)
        }
        Some("lcc") => {
            let lat_1 = proj.number("lat_1")?.map_or_else(|| proj.need("lat_0"), Ok)?;
            let parallels = [lat_1, proj.or("lat_2", lat_1)?];
            let (lon_0, lat_0) = (proj.need("lon_0")?, proj.or("lat_0", lat_1)?);
            said(Projection::lambert_conformal(proj.figure()?, lon_0, lat_0, parallels, offset()?))
        }
        Some("merc") => mercator(proj.figure()?, proj.or("lon_0", 0.0)?, proj.number("lat_ts")?, scale()?, offset()?),
        Some(other) => {
            let other: String = other.chars().take(40).collect();
            Err(format!("the projection \"{other}\" is not read; longlat, ob_tran, stere, lcc and merc are"))
        }
        None => Err("its proj4 text names no projection (+proj=...)".to_owned()),
    }
}

/// The words of a PROJ text.
struct Proj<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Proj<'a> {
    fn of(text: &'a str) -> Self {
        let words = text.split_whitespace().map(|w| w.trim_start_matches('+'));
        Self(words.map(|w| w.split_once('=').unwrap_or((w, ""))).collect())
    }

    fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(k, _)| *k == key).map(|(_, v)| *v)
    }

    fn number(&self, key: &str) -> Result<Option<f64>, String> {
        let Some(text) = self.get(key) else { return Ok(None) };
        match text.parse::<f64>() {
            Ok(n) if n.is_finite() => Ok(Some(n)),
            _ => Err(format!("\"{key}={}\" of its proj4 text is no number", text.chars().take(40).collect::<String>())),
        }
    }

    fn need(&self, key: &str) -> Result<f64, String> {
        self.number(key)?.ok_or_else(|| format!("its proj4 text lacks {key}"))
    }

    fn or(&self, key: &str, other: f64) -> Result<f64, String> {
        Ok(self.number(key)?.unwrap_or(other))
    }

    fn figure(&self) -> Result<Figure, String> {
        if let Some(r) = self.number("R")? {
            return checked(Figure::sphere(r));
        }
        if let Some(a) = self.number("a")? {
            let eccentricity = match (self.number("es")?, self.number("e")?, self.number("b")?) {
                (Some(es), ..) => es.sqrt(),
                (_, Some(e), _) => e,
                (.., Some(b)) => (1.0 - (b / a) * (b / a)).sqrt(),
                _ => {
                    let inverse = match (self.number("rf")?, self.number("f")?) {
                        (Some(rf), _) => rf,
                        (None, Some(f)) if f != 0.0 => 1.0 / f,
                        _ => 0.0,
                    };
                    Figure::ellipsoid(a, inverse).eccentricity
                }
            };
            return checked(Figure { radius_m: a, eccentricity });
        }
        match self.get("ellps").or_else(|| self.get("datum")) {
            Some("WGS84") => Ok(Figure::WGS84),
            Some("GRS80") => Ok(Figure::ellipsoid(GRS80.0, GRS80.1)),
            Some("sphere") => Ok(Figure::sphere(6_370_997.0)),
            Some(other) => {
                let other: String = other.chars().take(40).collect();
                Err(format!("its ellipsoid \"{other}\" is not known; allowed: WGS84, GRS80, sphere, +R, +a +b"))
            }
            None => Err("its proj4 text does not say which earth: +R, +a +b or +ellps".to_owned()),
        }
    }
}

fn from_attributes(a: &Attributes) -> Result<Projection, String> {
    let name = a.text("grid_mapping_name").ok_or_else(|| format!("grid_mapping_name is missing; {SUPPORTED}"))?;
    let need = |key: &str| match a.number(key) {
        Some(v) if v.is_finite() => Ok(v),
        Some(v) => Err(format!("{key} is {v}")),
        None => Err(format!("{key} is missing")),
    };
    let parallels = a.numbers("standard_parallel").unwrap_or_default();
    let scale = a.number("scale_factor_at_projection_origin");
    let offset = [a.number("false_easting").unwrap_or(0.0), a.number("false_northing").unwrap_or(0.0)];
    match name {
        "latitude_longitude" => Ok(Projection::LonLat),
        "rotated_latitude_longitude" => said(Projection::rotated_pole(
            need("grid_north_pole_longitude")?,
            need("grid_north_pole_latitude")?,
            a.number("north_pole_grid_longitude").unwrap_or(0.0),
        )),
        "polar_stereographic" => {
            let lon_0 = need("straight_vertical_longitude_from_pole")
                .or_else(|e| need("longitude_of_projection_origin").map_err(|_| e))?;
            let lat_0 = need("latitude_of_projection_origin")?;
            stereographic(figure(a)?, lat_0, lon_0, parallels.first().copied(), scale, offset)
        }
        "lambert_conformal_conic" => {
            let lat_1 = *parallels.first().ok_or("standard_parallel is missing")?;
            let lat_2 = parallels.get(1).copied().unwrap_or(lat_1);
            let lon_0 = need("longitude_of_central_meridian")?;
            let lat_0 = need("latitude_of_projection_origin")?;
            said(Projection::lambert_conformal(figure(a)?, lon_0, lat_0, [lat_1, lat_2], offset))
        }
        "mercator" => {
            let lon_0 = need("longitude_of_projection_origin")?;
            mercator(figure(a)?, lon_0, parallels.first().copied(), scale, offset)
        }
        other => {
            let other: String = other.chars().take(40).collect();
            Err(format!("the projection \"{other}\" is not read; {SUPPORTED}"))
        }
    }
}

fn said<T>(result: Result<T, ProjectionError>) -> Result<T, String> {
    result.map_err(|e| e.to_string())
}

/// The earth of a projection. It must be stated: taken for a sphere or not, positions move by up to 20 km.
fn figure(a: &Attributes) -> Result<Figure, String> {
    let figure = match (a.number("earth_radius"), a.number("semi_major_axis")) {
        (Some(r), _) => Figure::sphere(r),
        (None, Some(major)) => match (a.number("inverse_flattening"), a.number("semi_minor_axis")) {
            (Some(inverse), _) => Figure::ellipsoid(major, inverse),
            (None, Some(minor)) => {
                Figure { radius_m: major, eccentricity: (1.0 - (minor / major) * (minor / major)).sqrt() }
            }
            (None, None) => Figure::sphere(major),
        },
        (None, None) => match a.text("reference_ellipsoid_name").or_else(|| a.text("horizontal_datum_name")) {
            Some("WGS 84" | "WGS84" | "WGS_1984") => Figure::WGS84,
            Some("GRS 1980" | "GRS80") => Figure::ellipsoid(GRS80.0, GRS80.1),
            _ => {
                return Err(
                    "it does not say which earth: earth_radius, or semi_major_axis and inverse_flattening".into()
                );
            }
        },
    };
    checked(figure)
}

fn checked(f: Figure) -> Result<Figure, String> {
    // False for what is not a number, too.
    if (6.3e6..=6.4e6).contains(&f.radius_m) && (0.0..0.1).contains(&f.eccentricity) {
        return Ok(f);
    }
    Err(format!("its radius is {} m and its eccentricity {}: that is not this earth", f.radius_m, f.eccentricity))
}

fn stereographic(
    figure: Figure,
    lat_0: f64,
    lon_0: f64,
    lat_ts: Option<f64>,
    scale: Option<f64>,
    offset: [f64; 2],
) -> Result<Projection, String> {
    // False for what is not a number, too.
    let at_pole = (lat_0.abs() - 90.0).abs() < 1e-9;
    if !at_pole {
        return Err(format!("a stereographic grid about latitude {lat_0} is not read; about a pole (90 or -90) it is"));
    }
    let north = lat_0 > 0.0;
    said(match (scale, lat_ts) {
        (Some(k), _) => Projection::polar_stereographic_scaled(figure, north, lon_0, k, offset),
        (None, Some(ts)) => Projection::polar_stereographic(figure, north, lon_0, ts, offset),
        (None, None) => Projection::polar_stereographic_scaled(figure, north, lon_0, 1.0, offset),
    })
}

fn mercator(
    figure: Figure,
    lon_0: f64,
    lat_ts: Option<f64>,
    scale: Option<f64>,
    offset: [f64; 2],
) -> Result<Projection, String> {
    let true_lat = match (scale, lat_ts) {
        // The latitude at which the scale at the equator, k, becomes 1: cos2 = k2 (1 - e2 sin2) (Snyder 7-8).
        (Some(k), _) if k > 0.0 && k <= 1.0 => {
            let (k2, e2) = (k * k, figure.eccentricity * figure.eccentricity);
            asin(((1.0 - k2) / (1.0 - e2 * k2)).sqrt()).to_degrees()
        }
        (Some(k), _) => return Err(format!("its scale at the equator is {k}; allowed: above 0, up to 1")),
        (None, ts) => ts.unwrap_or(0.0),
    };
    said(Projection::mercator(figure, lon_0, true_lat, offset))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attributes::Value;

    fn attributes(list: &[(&str, &str)]) -> Attributes {
        let value = |v: &str| {
            let numbers: Result<Vec<f64>, _> = v.split(' ').map(str::parse).collect();
            numbers.map_or_else(|_| Value::Text(v.to_owned()), Value::Numbers)
        };
        Attributes(list.iter().map(|(k, v)| ((*k).to_owned(), value(v))).collect())
    }

    #[test]
    fn attributes_and_proj_say_the_same() {
        let stere = [
            ("grid_mapping_name", "polar_stereographic"),
            ("scale_factor_at_projection_origin", "0.9330127018922193"),
            ("straight_vertical_longitude_from_pole", "70"),
            ("latitude_of_projection_origin", "90"),
            ("earth_radius", "6371000"),
        ];
        let proj = "+proj=stere +lat_0=90 +lon_0=70 +lat_ts=60 +units=m +a=6.371e+06 +e=0 +no_defs";
        let (a, b) = (of_attributes(&attributes(&stere)).unwrap(), of_proj(proj).unwrap());
        let (p, q) = (a.forward(4.2, 59.6), b.forward(4.2, 59.6));
        assert!((p[0] - q[0]).abs() < 1e-6 && (p[1] - q[1]).abs() < 1e-6, "{p:?} {q:?}");
        let lcc = [
            ("grid_mapping_name", "lambert_conformal_conic"),
            ("standard_parallel", "63 63"),
            ("longitude_of_central_meridian", "15"),
            ("latitude_of_projection_origin", "63"),
            ("earth_radius", "6371000"),
        ];
        let proj = "+proj=lcc +lon_0=15 +lat_0=63 +lat_1=63 +lat_2=63 +R=6.371e+06 +units=m +no_defs";
        assert_eq!(of_attributes(&attributes(&lcc)).unwrap(), of_proj(proj).unwrap());
    }

    #[test]
    fn a_scale_stands_for_a_parallel() {
        for ellps in ["+R=6371000", "+ellps=WGS84"] {
            let by = |more: &str| of_proj(&format!("+proj=merc +lon_0=3 {ellps} {more}")).unwrap().forward(5.0, 51.0);
            let k = if ellps.starts_with("+R") { 0.642_787_609_686_539_3 } else { 0.644053912797229 };
            let (a, b) = (by("+lat_ts=50"), by(&format!("+k_0={k}")));
            assert!((a[0] - b[0]).abs() < 1e-3 && (a[1] - b[1]).abs() < 1e-2, "{ellps}: {a:?} {b:?}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        for (text, word) in [
            ("+proj=utm +zone=31", "utm"),
            ("+proj=stere +lat_0=90 +lon_0=0", "which earth"),
            ("+proj=stere +lat_0=52 +lon_0=5 +R=6371000", "latitude 52"),
            ("+proj=lcc +lat_1=30 +lat_2=-30 +lon_0=0 +R=6371000", "parallel"),
            ("+proj=lcc +lat_1=abc +lon_0=0 +R=6371000", "abc"),
            ("+proj=merc +R=63", "not this earth"),
            ("+proj=merc +R=6371000 +k=nan", "nan"),
            ("", "names no projection"),
        ] {
            let e = of_proj(text).unwrap_err();
            assert!(e.contains(word), "{text}: {e}");
        }
        assert!(of_attributes(&attributes(&[])).unwrap_err().contains("grid_mapping_name"));
        let e = of_attributes(&attributes(&[("grid_mapping_name", "mercator")])).unwrap_err();
        assert!(e.contains("longitude_of_projection_origin"), "{e}");
    }
}
