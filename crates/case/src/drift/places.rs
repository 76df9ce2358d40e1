//! Places of release from a file: CSV with the columns `lon`, `lat` and, where it says when, `time`; or GeoJSON (RFC 7946) with
//! points, or with one polygon.

use plimsoll_core::earth::LonLat;
use plimsoll_core::time::Utc;
use serde_json::Value;
use thiserror::Error;

/// One place of the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Listed {
    /// Where.
    pub place: LonLat,
    /// When, where the file says it.
    pub time: Option<Utc>,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Places {
    /// Places one by one.
    List(Vec<Listed>),
    /// One area.
    Polygon(Vec<LonLat>),
}

/// Why a file is none of places.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{at}{message}")]
pub struct PlacesError {
    /// "line 7: " and the like, or nothing.
    pub at: String,
    /// What is wrong, and how to mend it.
    pub message: String,
}

pub(super) fn wrong<T>(at: impl Into<String>, message: impl Into<String>) -> Result<T, PlacesError> {
    Err(PlacesError { at: at.into(), message: message.into() })
}

/// Reads a file; the first character tells which of the two it is.
///
/// # Errors
/// [`PlacesError`] with the line or the feature.
pub fn parse(bytes: &[u8]) -> Result<Places, PlacesError> {
    let Ok(text) = std::str::from_utf8(bytes) else { return wrong("", "this is no text file (UTF-8)") };
    let text = text.trim_start_matches('\u{feff}');
    let places = if text.trim_start().starts_with('{') { geojson(text)? } else { Places::List(csv(text)?) };
    if places == Places::List(vec![]) {
        return wrong("", "there is no place in it");
    }
    Ok(places)
}

/// A row of a CSV: "line 7: ", to say where a fault is, and its fields.
pub(super) type Row = (String, Vec<String>);

/// The fields of the first line of a CSV, and every other; `#` begins a remark.
pub(super) fn table(text: &str) -> Result<(Vec<String>, Vec<Row>), PlacesError> {
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    let fields = |line: &str| line.split(',').map(|f| f.trim().trim_matches('"').to_owned()).collect::<Vec<_>>();
    let Some((_, head)) = lines.next() else { return wrong("", "the file is empty") };
    let head = fields(head);
    let rows = lines.map(|(index, line)| {
        let (at, f) = (format!("line {}: ", index + 1), fields(line));
        if f.len() != head.len() {
            return wrong(at, format!("{} fields where the first line names {}", f.len(), head.len()));
        }
        Ok((at, f))
    });
    let rows = rows.collect::<Result<_, _>>()?;
    Ok((head, rows))
}

/// Which column has a name.
pub(super) fn column(head: &[String], name: &str) -> Option<usize> {
    head.iter().position(|h| h.eq_ignore_ascii_case(name))
}

/// A number of a field.
pub(super) fn number(text: &str, name: &str, what: &str, at: &str) -> Result<f64, PlacesError> {
    let value = text.parse::<f64>().ok().filter(|v| v.is_finite());
    value.map_or_else(|| wrong(at, format!("{name} `{}` is no {what}", shown(text))), Ok)
}

fn csv(text: &str) -> Result<Vec<Listed>, PlacesError> {
    let (head, rows) = table(text)?;
    let column = |name: &str| column(&head, name);
    let (Some(lon), Some(lat)) = (column("lon"), column("lat")) else {
        return wrong("", "the first line must name the columns: lon, lat and, where it says when, time");
    };
    if column("option").is_some() && column("people").is_some() {
        return wrong("", "this is of an assessment: say under [release] which `option` of it");
    }
    let time = column("time");
    let row = |(at, f): Row| {
        let degrees = |k: usize, name: &str| number(&f[k], name, "number of degrees", &at);
        let place = position(degrees(lon, "lon")?, degrees(lat, "lat")?, &at)?;
        let time = time.map(|k| instant(&f[k], &at)).transpose()?;
        Ok(Listed { place, time })
    };
    rows.into_iter().map(row).collect()
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

pub(super) fn position(lon: f64, lat: f64, at: &str) -> Result<LonLat, PlacesError> {
    LonLat::new(lon, lat).or_else(|_| wrong(at, format!("{lon} east, {lat} north is no place on the earth")))
}

pub(super) fn instant(text: &str, at: &str) -> Result<Utc, PlacesError> {
    text.parse::<Utc>().or_else(|e| wrong(at, format!("time `{}`: {e}", shown(text))))
}

fn geojson(text: &str) -> Result<Places, PlacesError> {
    let value: Value = serde_json::from_str(text).or_else(|e| wrong("", format!("no GeoJSON: {e}")))?;
    let features = match value["type"].as_str() {
        Some("FeatureCollection") => value["features"].as_array().cloned().unwrap_or_default(),
        _ => vec![value],
    };
    let mut all = Vec::new();
    for (k, feature) in features.iter().enumerate() {
        let at = format!("feature {}: ", k + 1);
        let geometry = if feature["type"] == "Feature" { &feature["geometry"] } else { feature };
        let time = feature["properties"]["time"].as_str().map(|t| instant(t, &at)).transpose()?;
        let point = |c: &Value| match (c[0].as_f64(), c[1].as_f64()) {
            (Some(lon), Some(lat)) => position(lon, lat, &at),
            _ => wrong(at.clone(), "its coordinates are no pair of longitude and latitude"),
        };
        let several = |c: &Value| c.as_array().into_iter().flatten().map(point).collect::<Result<Vec<_>, _>>();
        let coordinates = &geometry["coordinates"];
        match geometry["type"].as_str() {
            Some("Point") => all.push(Listed { place: point(coordinates)?, time }),
            Some("MultiPoint") => {
                all.extend(several(coordinates)?.into_iter().map(|place| Listed { place, time }));
            }
            Some("Polygon") if features.len() == 1 && coordinates.as_array().is_some_and(|r| r.len() == 1) => {
                let mut corners = several(&coordinates[0])?;
                if corners.len() > 1 && corners.first() == corners.last() {
                    corners.pop();
                }
                return Ok(Places::Polygon(corners));
            }
            Some("Polygon") => return wrong(at, "one area without holes can be read, and nothing beside it"),
            other => {
                let found = shown(other.unwrap_or("nothing"));
                return wrong(at, format!("Point, MultiPoint or one Polygon is wanted, this is {found}"));
            }
        }
    }
    Ok(Places::List(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_areas_are_read() {
        let csv =
            "# sightings\nid,lat,lon,time\n1,51.0,1.5,2026-11-24T04:00:00Z\n2,51.1,1.6,2026-11-24T05:00:00+01:00\n";
        let Places::List(all) = parse(csv.as_bytes()).unwrap() else { panic!("a list") };
        assert_eq!((all.len(), all[0].place, all[0].time), (2, LonLat::new(1.5, 51.0).unwrap(), all[1].time));
        let points = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
            "geometry":{"type":"Point","coordinates":[1.5,51.0]}},{"type":"Feature","properties":null,
            "geometry":{"type":"MultiPoint","coordinates":[[1.6,51.1],[1.7,51.2]]}}]}"#;
        let Places::List(all) = parse(points.as_bytes()).unwrap() else { panic!("a list") };
        assert!(all.len() == 3 && all.iter().all(|l| l.time.is_none()));
        let area = r#"{"type":"Polygon","coordinates":[[[1.0,50.0],[1.5,50.0],[1.25,50.5],[1.0,50.0]]]}"#;
        assert!(matches!(parse(area.as_bytes()).unwrap(), Places::Polygon(c) if c.len() == 3));
    }

    #[test]
    fn faults_are_told_with_their_line() {
        for (text, said) in [
            ("", "the file is empty"),
            ("x,y\n1,2\n", "the first line must name the columns"),
            ("lon,lat\n1.5\n", "line 2: 1 fields where the first line names 2"),
            ("lon,lat\n1.5,north\n", "line 2: lat `north` is no number of degrees"),
            ("lon,lat\n1.5,99\n", "line 2: 1.5 east, 99 north is no place on the earth"),
            ("lon,lat,time\n1.5,51,noon\n", "line 2: time `noon`"),
            ("lon,lat\n", "there is no place in it"),
            ("{\"type\":\"LineString\"}", "feature 1: Point, MultiPoint or one Polygon is wanted, this is LineString"),
            ("{\"type\":", "no GeoJSON"),
        ] {
            let e = parse(text.as_bytes()).unwrap_err().to_string();
            assert!(e.starts_with(said), "{text}: {e}");
        }
    }
}
