//! A drift as places for other tools: GeoJSON (RFC 7946) for maps, KML 2.2 for globes, GPX 1.1 for plotters.
//!
//! GeoJSON and KML hold the release, the mean track, the areas that hold 50, 90 and 95 of 100 at every output time and the
//! stretches of coast where things strand. GPX knows no areas: it holds the mean track, and as waypoints the release, the last mean position
//! and the likeliest stretches.

use crate::Language;
use crate::phrase::drift::what;
use plimsoll_case::answer::DriftAnswer;
use plimsoll_case::answer::drift::{Containment, Place};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A millionth of a degree is a tenth of a metre.
fn rounded(p: &Place) -> [f64; 2] {
    p.map(|v| (v * 1e6).round() / 1e6)
}

/// A ring in the order that RFC 7946 asks for (outer rings counterclockwise, holes clockwise), closed.
fn ring(points: &[Place], outer: bool) -> Vec<[f64; 2]> {
    let next = |i: usize| points[(i + 1) % points.len()];
    let twice_area: f64 = points.iter().enumerate().map(|(i, a)| a[0] * next(i)[1] - next(i)[0] * a[1]).sum();
    let mut out: Vec<[f64; 2]> = points.iter().map(rounded).collect();
    if (twice_area > 0.0) != outer {
        out.reverse();
    }
    out.extend(out.first().copied());
    out
}

/// The drift as a GeoJSON feature collection. Its properties name version, digest and seed.
#[must_use]
pub fn geojson(a: &DriftAnswer) -> String {
    let feature = |kind: &str, geometry: Value, mut properties: Value| {
        properties["kind"] = kind.into();
        json!({ "type": "Feature", "geometry": geometry, "properties": properties })
    };
    let point = |p: &Place| json!({ "type": "Point", "coordinates": rounded(p) });
    let mut features = vec![feature(
        "release",
        point(&[a.release.lon, a.release.lat]),
        json!({ "object": what(Language::En, a), "time": a.release.from, "until": a.release.to, "particles": a.particles }),
    )];
    if a.hourly.len() > 1 {
        let track: Vec<_> = a.hourly.iter().map(|h| rounded(&[h.mean_lon, h.mean_lat])).collect();
        let times: Vec<_> = a.hourly.iter().map(|h| h.time).collect();
        let line = json!({ "type": "LineString", "coordinates": track });
        features.push(feature("mean_track", line, json!({ "times": times })));
    }
    for h in &a.hourly {
        for c in &h.containment {
            let polygons: Vec<Vec<Vec<[f64; 2]>>> =
                c.polygons.iter().map(|p| p.iter().enumerate().map(|(i, r)| ring(r, i == 0)).collect()).collect();
            let properties = json!({ "share": c.share, "hour": h.hour, "time": h.time, "area_km2": c.area_km2 });
            let areas = json!({ "type": "MultiPolygon", "coordinates": polygons });
            features.push(feature("containment", areas, properties));
        }
    }
    for p in a.stranding.iter().flat_map(|s| &s.places) {
        let properties = json!({ "share": p.share, "first_hour": p.first_hour, "median_hour": p.median_hour });
        features.push(feature("stranding", point(&[p.lon, p.lat]), properties));
    }
    if let Some(h) = a.hourly.last() {
        features.extend(h.some.iter().map(|p| feature("particle", point(p), json!({ "time": h.time }))));
    }
    let all = json!({
        "type": "FeatureCollection",
        "plimsoll": { "version": a.version, "digest": a.digest, "seed": a.seed },
        "features": features,
    });
    format!("{all}\n")
}

/// Text as it may stand in XML.
fn xml(text: &str) -> String {
    let legal = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let text: String = text.chars().filter(legal).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The drift as KML: each area carries its time, so that a globe's time slider moves through them.
#[must_use]
pub fn kml(a: &DriftAnswer) -> String {
    let mut out = format!(
        "{HEAD}<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>{}</name>",
        xml(&what(Language::En, a))
    );
    let _ = write!(
        out,
        "<description>plimsoll {}, digest {}, seed {}</description>",
        xml(&a.version),
        xml(&a.digest),
        a.seed
    );
    // Colours are aabbggrr: the page's blue, fainter with the share.
    for (id, fill, width) in [("h50", "668a4f0b", 3), ("h90", "408a4f0b", 2), ("h95", "268a4f0b", 1)] {
        let _ = write!(
            out,
            "<Style id=\"{id}\"><LineStyle><color>ff8a4f0b</color><width>{width}</width></LineStyle><PolyStyle><color>{fill}</color></PolyStyle></Style>"
        );
    }
    let spot = |p: &Place| format!("<Point><coordinates>{}</coordinates></Point>", coordinates(&[rounded(p)]));
    let release = spot(&[a.release.lon, a.release.lat]);
    let _ = write!(
        out,
        "<Placemark><name>release</name><TimeStamp><when>{}</when></TimeStamp>{release}</Placemark>",
        a.release.from
    );
    let track: Vec<[f64; 2]> = a.hourly.iter().map(|h| rounded(&[h.mean_lon, h.mean_lat])).collect();
    let _ = write!(
        out,
        "<Placemark><name>mean track</name><LineString><coordinates>{}</coordinates></LineString></Placemark>",
        coordinates(&track)
    );
    for (i, h) in a.hourly.iter().enumerate() {
        // Each area holds until the next output time.
        let until = a.hourly.get(i + 1).map_or(String::new(), |n| format!("<end>{}</end>", n.time));
        for c in &h.containment {
            let percent = (100.0 * c.share).round();
            let _ = write!(
                out,
                "<Placemark><name>{percent} %, +{} h</name><TimeSpan><begin>{}</begin>{until}</TimeSpan><styleUrl>#h{percent}</styleUrl>{}</Placemark>",
                h.hour,
                h.time,
                areas(c)
            );
        }
    }
    for p in a.stranding.iter().flat_map(|s| &s.places) {
        let _ = write!(
            out,
            "<Placemark><name>strands: {:.1} of 100</name><description>first after {} h, half of them after {} h</description>{}</Placemark>",
            100.0 * p.share,
            p.first_hour,
            p.median_hour,
            spot(&[p.lon, p.lat])
        );
    }
    out.push_str("</Document></kml>\n");
    out
}

fn coordinates(points: &[[f64; 2]]) -> String {
    points.iter().map(|p| format!("{},{}", p[0], p[1])).collect::<Vec<_>>().join(" ")
}

fn areas(c: &Containment) -> String {
    let mut out = String::from("<MultiGeometry>");
    for polygon in &c.polygons {
        out.push_str("<Polygon>");
        for (i, points) in polygon.iter().enumerate() {
            let side = if i == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
            let text = coordinates(&ring(points, i == 0));
            let _ = write!(out, "<{side}><LinearRing><coordinates>{text}</coordinates></LinearRing></{side}>");
        }
        out.push_str("</Polygon>");
    }
    out.push_str("</MultiGeometry>");
    out
}

/// The drift as GPX.
#[must_use]
pub fn gpx(a: &DriftAnswer) -> String {
    let mut out = format!(
        "{HEAD}<gpx version=\"1.1\" creator=\"plimsoll {}\" xmlns=\"http://www.topografix.com/GPX/1/1\"><metadata><name>{}</name><desc>digest {}, seed {}</desc></metadata>",
        xml(&a.version),
        xml(&what(Language::En, a)),
        xml(&a.digest),
        a.seed
    );
    let mut waypoint = |p: &Place, time: Option<String>, name: &str| {
        let [lon, lat] = rounded(p);
        let time = time.map_or(String::new(), |t| format!("<time>{t}</time>"));
        let _ = write!(out, "<wpt lat=\"{lat}\" lon=\"{lon}\">{time}<name>{}</name></wpt>", xml(name));
    };
    waypoint(&[a.release.lon, a.release.lat], Some(a.release.from.to_string()), "release");
    if let Some(h) = a.hourly.last() {
        waypoint(&[h.mean_lon, h.mean_lat], Some(h.time.to_string()), &format!("mean, +{} h", h.hour));
    }
    for p in a.stranding.iter().flat_map(|s| s.places.iter().take(10)) {
        waypoint(&[p.lon, p.lat], None, &format!("strands: {:.1} of 100", 100.0 * p.share));
    }
    out.push_str("<trk><name>mean track</name><trkseg>");
    for h in &a.hourly {
        let [lon, lat] = rounded(&[h.mean_lon, h.mean_lat]);
        let _ = write!(out, "<trkpt lat=\"{lat}\" lon=\"{lon}\"><time>{}</time></trkpt>", h.time);
    }
    out.push_str("</trkseg></trk></gpx>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_case::answer::sample;

    #[test]
    fn geojson_holds_every_area_with_its_rings_closed_and_turned() {
        let a = sample::drift();
        let v: Value = serde_json::from_str(&geojson(&a)).unwrap();
        let kinds = |k: &str| v["features"].as_array().unwrap().iter().filter(|f| f["properties"]["kind"] == k).count();
        assert_eq!((kinds("release"), kinds("mean_track"), kinds("containment")), (1, 1, 3 * a.hourly.len()));
        assert_eq!(kinds("stranding"), 4);
        for f in v["features"].as_array().unwrap().iter().filter(|f| f["properties"]["kind"] == "containment") {
            let ring: Vec<[f64; 2]> = serde_json::from_value(f["geometry"]["coordinates"][0][0].clone()).unwrap();
            assert_eq!(ring.first(), ring.last());
            let area: f64 = ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum();
            assert!(area > 0.0, "counterclockwise");
        }
    }

    #[test]
    fn names_cannot_become_markup() {
        let mut a = sample::drift();
        a.object.name = "<a>&\"\u{1}".into();
        for text in [kml(&a), gpx(&a)] {
            assert!(text.contains("&lt;a&gt;&amp;&quot;<") && !text.contains('\u{1}'), "{text}");
            for tag in ["Document", "Polygon", "Placemark", "trkseg", "wpt", "gpx", "kml"] {
                let open = text.matches(&format!("<{tag}>")).count() + text.matches(&format!("<{tag} ")).count();
                assert_eq!(open, text.matches(&format!("</{tag}>")).count(), "{tag}");
            }
        }
        assert!(gpx(&a).contains("<trkpt lat=\"51.03\" lon=\"1.55\"><time>2026-09-14T04:20:00Z</time>"));
    }
}
