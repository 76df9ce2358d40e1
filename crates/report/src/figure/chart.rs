//! A small chart of the place: graticule, position, wind and stream, scale bar, north up; the coast where it is
//! known, and the page says where it is not.

use super::chart_area::clipped;
use super::svg::{Svg, outline};
use crate::number::Writer;
use crate::phrase;
use plimsoll_case::answer::assess::Scene;
use plimsoll_core::maths;

const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 220.0;
/// Nautical miles from the middle to the upper edge.
const REACH_NM: f64 = 6.0;
/// Degrees and minutes of latitude between lines.
const GRID_MIN: f64 = 5.0;

/// The chart; `None` without a position.
#[must_use]
pub fn chart(id: &str, w: Writer, s: &Scene) -> Option<String> {
    let l = w.language;
    let place = phrase::position(s)?;
    let mut svg = Svg::new(id, WIDTH, HEIGHT, &l.word("page.chart"), &l.word("page.chart_desc"));
    svg.rect("sea", 0.0, 0.0, WIDTH, HEIGHT);
    let (cx, cy) = (WIDTH / 2.0, HEIGHT / 2.0);
    let per_nm = HEIGHT / (2.0 * REACH_NM);
    // A minute of latitude is a nautical mile; one of longitude shrinks with the cosine.
    let shrink = maths::cos(place.lat_deg().to_radians()).max(0.05);
    let lat_y = |minutes: f64| cy - (minutes - place.lat_deg() * 60.0) * per_nm;
    let lon_x = |minutes: f64| cx + (minutes - place.lon_deg() * 60.0) * per_nm * shrink;
    land(&mut svg, s, |[lon, lat]| (lon_x(lon * 60.0), lat_y(lat * 60.0)));
    for k in -6..=6 {
        let lat = ((place.lat_deg() * 60.0 / GRID_MIN).round() + f64::from(k)) * GRID_MIN;
        let y = lat_y(lat);
        if (14.0..HEIGHT - 26.0).contains(&y) {
            svg.line("grid", (0.0, y), (WIDTH, y));
            svg.text("s", (4.0, y - 3.0), "start", &degrees_minutes(lat, 2, ["N", "S"]));
        }
        let lon = ((place.lon_deg() * 60.0 / GRID_MIN).round() + f64::from(k)) * GRID_MIN;
        let x = lon_x(lon);
        if (0.0..WIDTH - 105.0).contains(&x) {
            svg.line("grid", (x, 0.0), (x, HEIGHT));
            svg.text("s", (x + 3.0, HEIGHT - 5.0), "start", &degrees_minutes(lon, 3, ["E", "W"]));
        }
    }
    let direction = |deg: f64| {
        let (sin, cos) = maths::sin_cos(deg.to_radians());
        (sin, -cos)
    };
    if let (Some(speed), Some(from)) = (s.wind_m_s, s.wind_from_deg) {
        // The arrow flies with the wind and ends short of the position.
        let (ux, uy) = direction(from);
        svg.arrow("wind", (cx + 74.0 * ux, cy + 74.0 * uy), (cx + 22.0 * ux, cy + 22.0 * uy));
        let text = format!("{} {} {}", l.word("page.wind"), w.two(speed.likely * 3600.0 / 1852.0), knots(w));
        label(&mut svg, "t", (cx + 82.0 * ux, cy + 82.0 * uy), ux, uy, &text);
    }
    if let (Some(speed), Some(toward)) = (s.current_m_s, s.current_toward_deg) {
        let (ux, uy) = direction(toward);
        svg.arrow("stream", (cx + 16.0 * ux, cy + 16.0 * uy), (cx + 62.0 * ux, cy + 62.0 * uy));
        let text = format!("{} {} {}", l.word("page.stream"), w.two(speed.likely * 3600.0 / 1852.0), knots(w));
        label(&mut svg, "t", (cx + 70.0 * ux, cy + 70.0 * uy), ux, uy, &text);
    }
    svg.circle("place", (cx, cy), 5.0);
    svg.circle("place-ring", (cx, cy), 10.0);
    // Scale and north.
    let (right, bar) = (WIDTH - 12.0, 2.0 * per_nm);
    svg.line("measure", (right - bar, HEIGHT - 10.0), (right, HEIGHT - 10.0));
    svg.text("s", (right, HEIGHT - 15.0), "end", if l.tag() == "fr" { "2 M" } else { "2 nm" });
    svg.arrow("north", (WIDTH - 16.0, 36.0), (WIDTH - 16.0, 10.0));
    svg.text("t strong", (WIDTH - 26.0, 20.0), "end", "N");
    Some(svg.finish())
}

/// Land, cut a little beyond the chart, so that no border shows.
fn land(svg: &mut Svg, s: &Scene, at: impl Fn([f64; 2]) -> (f64, f64)) {
    const MARGIN: f64 = 8.0;
    let mut filled = String::new();
    for line in s.coast.iter().flatten() {
        let mut ring: Vec<(f64, f64)> = line.points.iter().map(|p| at(*p)).collect();
        for (axis, edge, below) in
            [(0, -MARGIN, false), (0, WIDTH + MARGIN, true), (1, -MARGIN, false), (1, HEIGHT + MARGIN, true)]
        {
            ring = clipped(&ring, axis, edge, below);
        }
        if ring.len() > 2 {
            filled.push_str(&outline(&ring));
            filled.push('Z');
        }
    }
    if !filled.is_empty() {
        svg.path("land", &filled);
    }
}

fn knots(w: Writer) -> &'static str {
    if w.language.tag() == "fr" { "nd" } else { "kn" }
}

fn label(svg: &mut Svg, class: &str, at: (f64, f64), ux: f64, uy: f64, text: &str) {
    let anchor = if ux > 0.35 {
        "start"
    } else if ux < -0.35 {
        "end"
    } else {
        "middle"
    };
    svg.text(
        &format!("{class} halo"),
        (at.0.clamp(70.0, WIDTH - 80.0), (at.1 + 4.0 + 6.0 * uy).clamp(14.0, HEIGHT - 22.0)),
        anchor,
        text,
    );
}

/// "51 05N" from minutes.
fn degrees_minutes(minutes: f64, digits: usize, letters: [&str; 2]) -> String {
    let total = minutes.abs().round();
    let letter = letters[usize::from(minutes < 0.0)];
    format!("{:0digits$.0}\u{b0}{:02.0}\u{2032}{letter}", (total / 60.0).floor(), total % 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use plimsoll_case::answer::drift::CoastLine;
    use plimsoll_case::answer::sample;

    #[test]
    fn no_position_no_chart() {
        let w = Writer::page(Language::En);
        assert!(chart("c", w, &Scene::default()).is_none());
        let text = chart("c", w, &sample::assess().scene).unwrap();
        assert!(text.contains("51\u{b0}05\u{2032}N") && text.contains("wind 9 kn"));
    }

    #[test]
    fn land_is_drawn_where_it_is_known() {
        let w = Writer::page(Language::En);
        let mut scene = sample::assess().scene;
        assert!(!chart("c", w, &scene).unwrap().contains("class=\"land\""));
        let points = vec![[1.4, 51.0], [1.5, 51.0], [1.5, 52.0], [1.4, 52.0]];
        scene.coast = Some(vec![CoastLine { closed: true, points }]);
        let text = chart("c", w, &scene).unwrap();
        assert!(text.contains("class=\"land\"") && !text.contains("-1000"), "{text}");
    }

    #[test]
    fn minutes_are_written_as_on_charts() {
        assert_eq!(degrees_minutes(-90.0, 3, ["E", "W"]), "001\u{b0}30\u{2032}W");
    }
}
