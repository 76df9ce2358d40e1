//! The map of a drift: coast, graticule, the areas that hold 50, 90 and 95 of 100, the mean track, and where things strand.
//!
//! Every output time has its own layer and the last one is shown; a script may show another, and without it nothing is lost but
//! that. Areas differ by their border as well as by their shade.

use super::chart_area::{Area, Place};
use super::svg::{Svg, outline};
use crate::number::Writer;
use plimsoll_case::answer::DriftAnswer;
use plimsoll_case::answer::drift::{Containment, DriftHour};

const WIDTH: f64 = 760.0;
/// Half the width of a diamond for all of 100.
const DIAMOND: f64 = 26.0;

/// The map; `None` where there is no place to draw.
#[must_use]
pub fn map(id: &str, w: Writer, a: &DriftAnswer, title: &str, description: &str) -> Option<String> {
    let rings = |h: &DriftHour| -> Vec<Place> {
        let mut out = vec![[h.mean_lon, h.mean_lat]];
        for c in &h.containment {
            out.extend(c.polygons.iter().filter_map(|p| p.first()).flatten());
        }
        out
    };
    let stranded = a.stranding.iter().flat_map(|s| s.places.iter().take(12).map(|p| [p.lon, p.lat]));
    let area = Area::around(
        std::iter::once([a.release.lon, a.release.lat])
            .chain(a.release.outline.iter().copied())
            .chain(a.hourly.iter().flat_map(rings))
            .chain(stranded),
        WIDTH,
    )?;
    let mut svg = Svg::new(id, area.width, area.height, title, description);
    svg.rect("sea", 0.0, 0.0, area.width, area.height);
    land(&mut svg, &area, a);
    area.graticule(&mut svg);
    let last = a.hourly.len().checked_sub(1)?;
    for (k, h) in a.hourly.iter().enumerate() {
        let class = if k == last { "hour now" } else { "hour" };
        svg.raw(&format!("<g class=\"{class}\" data-k=\"{k}\">"));
        hour(&mut svg, w, &area, h);
        svg.raw("</g>");
    }
    released(&mut svg, &area, a);
    track(&mut svg, w, &area, a);
    strands(&mut svg, w, &area, a);
    let at = area.at([a.release.lon, a.release.lat]);
    svg.circle("place-ring", at, 7.0);
    svg.circle("place", at, 2.5);
    svg.text("t strong halo", (at.0, at.1 - 12.0), "middle", &w.language.word("map.release"));
    area.scale_bar(&mut svg, w, (area.width - 16.0, area.height - 26.0));
    area.north(&mut svg, (area.width - 20.0, 14.0));
    Some(svg.finish())
}

/// The line or the area of the release.
fn released(svg: &mut Svg, area: &Area, a: &DriftAnswer) {
    let outline = &a.release.outline;
    let closed = outline.len() > 2;
    let points: Vec<Place> = outline.iter().chain(outline.first().filter(|_| closed)).copied().collect();
    for piece in area.line(&points) {
        svg.polyline("released", &piece);
    }
}

fn land(svg: &mut Svg, area: &Area, a: &DriftAnswer) {
    let mut filled = String::new();
    for c in a.coast.iter().filter(|c| c.closed) {
        let ring = area.ring(&c.points);
        if ring.len() > 2 {
            filled.push_str(&outline(&ring));
            filled.push('Z');
        }
    }
    if !filled.is_empty() {
        svg.path("land", &filled);
    }
    for c in a.coast.iter().filter(|c| !c.closed) {
        for piece in area.line(&c.points) {
            svg.polyline("shoreline", &piece);
        }
    }
}

fn hour(svg: &mut Svg, w: Writer, area: &Area, h: &DriftHour) {
    for c in &h.containment {
        let d: String = c
            .polygons
            .iter()
            .flatten()
            .map(|ring| area.ring(ring))
            .filter(|ring| ring.len() > 2)
            .map(|ring| outline(&ring) + "Z")
            .collect();
        svg.path(&format!("hold h{:.0}", 100.0 * c.share), &d);
    }
    for p in &h.some {
        svg.circle("particle", area.at(*p), 1.3);
    }
    for c in &h.containment {
        // Each at another side, so that the names of nested areas do not meet.
        if let Some((x, y)) = farthest(area, c) {
            svg.text("s halo", (x, y), "middle", &format!("{}\u{a0}%", w.two(100.0 * c.share)));
        }
    }
    let at = area.at([h.mean_lon, h.mean_lat]);
    svg.line("measure", (at.0 - 7.0, at.1), (at.0 + 7.0, at.1));
    svg.line("measure", (at.0, at.1 - 7.0), (at.0, at.1 + 7.0));
}

/// Where the name of an area stands: its southernmost place for 50, its northernmost for 90, its easternmost for 95 of 100.
fn farthest(area: &Area, c: &Containment) -> Option<(f64, f64)> {
    let towards = |p: &(f64, f64)| match c.share {
        s if s < 0.7 => p.1,
        s if s < 0.92 => -p.1,
        _ => p.0,
    };
    let points = c.polygons.iter().filter_map(|p| p.first()).flatten().map(|p| area.at(*p));
    let (x, y) = points.max_by(|a, b| towards(a).total_cmp(&towards(b)))?;
    let (x, y) = match c.share {
        s if s < 0.7 => (x, y + 12.0),
        s if s < 0.92 => (x, y - 4.0),
        _ => (x + 16.0, y + 4.0),
    };
    Some((x.clamp(18.0, area.width - 18.0), y.clamp(12.0, area.height - 8.0)))
}

fn track(svg: &mut Svg, w: Writer, area: &Area, a: &DriftAnswer) {
    let points: Vec<(f64, f64)> = a.hourly.iter().map(|h| area.at([h.mean_lon, h.mean_lat])).collect();
    // where nothing was in the water at the first instant the track still begins at the release
    let late = a.hourly.first().is_some_and(|h| h.hour > 0.0);
    let start = late.then(|| area.at([a.release.lon, a.release.lat]));
    svg.polyline("track", &start.into_iter().chain(points.iter().copied()).collect::<Vec<_>>());
    let last = a.hourly.last().map_or(0.0, |h| h.hour);
    let every = [1.0, 3.0, 6.0, 12.0, 24.0, 48.0, 96.0].into_iter().find(|e| last / e <= 6.0).unwrap_or(240.0);
    let mut named: Vec<(f64, f64)> = vec![area.at([a.release.lon, a.release.lat])];
    for (h, p) in a.hourly.iter().zip(&points) {
        let whole = (h.hour / every).round() * every;
        if whole <= 0.0 || (h.hour - whole).abs() > 1e-6 {
            continue;
        }
        svg.circle("track-dot", *p, 2.6);
        // A tide brings a drift back to where it was: a name upon a name is none.
        if named.iter().all(|q| (q.0 - p.0).abs() > 34.0 || (q.1 - p.1).abs() > 15.0) {
            svg.text("s halo", (p.0 + 7.0, p.1 - 6.0), "start", &format!("+{} h", w.significant(h.hour, 3)));
            named.push(*p);
        }
    }
}

fn strands(svg: &mut Svg, w: Writer, area: &Area, a: &DriftAnswer) {
    let Some(s) = &a.stranding else { return };
    for p in &s.places {
        let (x, y) = area.at([p.lon, p.lat]);
        let r = (p.share.max(0.0).sqrt() * DIAMOND).max(2.5);
        svg.path("strand", &(outline(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)]) + "Z"));
    }
    let mut named: Vec<(f64, f64)> = Vec::new();
    for p in s.places.iter().take(6) {
        let (x, y) = area.at([p.lon, p.lat]);
        if named.len() < 3 && named.iter().all(|q| (q.0 - x).abs() > 60.0 || (q.1 - y).abs() > 16.0) {
            let left = x > area.width - 90.0;
            let (dx, anchor) = if left { (-10.0, "end") } else { (10.0, "start") };
            let text = w.language.fill("map.of_hundred", &[("n", &w.two(100.0 * p.share))]);
            svg.text("s strong halo", (x + dx, y + 4.0), anchor, &text);
            named.push((x, y));
        }
    }
}
