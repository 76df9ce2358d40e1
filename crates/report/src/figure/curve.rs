//! A curve with a fan: righting levers over heel, survivors over time.

use super::scale::Scale;
use super::svg::Svg;
use crate::number::Writer;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 46.0;

/// One abscissa with the curve's low, middle and high value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Abscissa.
    pub x: f64,
    /// Lower edge of the fan.
    pub low: f64,
    /// The curve.
    pub middle: f64,
    /// Upper edge of the fan.
    pub high: f64,
}

/// What a curve is of.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    /// Title.
    pub title: &'a str,
    /// Name and unit of the abscissa.
    pub x: &'a str,
    /// Name and unit of the ordinate.
    pub y: &'a str,
    /// What the fan spans.
    pub fan: &'a str,
}

/// The figure; `None` where there are fewer than two points. The ordinate starts at zero or below.
#[must_use]
pub fn curve(id: &str, w: Writer, labels: Labels<'_>, points: &[Point], top: Option<f64>) -> Option<String> {
    let (first, last) = (points.first()?, points.last()?);
    if last.x <= first.x {
        return None;
    }
    let mut svg = Svg::new(id, WIDTH, HEIGHT, labels.title, &format!("{}; {}; {}", labels.x, labels.y, labels.fan));
    let low = points.iter().map(|p| p.low).fold(0.0, f64::min);
    let high = top.unwrap_or_else(|| points.iter().map(|p| p.high).fold(0.0, f64::max) * 1.05);
    let x = Scale::linear(first.x, last.x, LEFT, WIDTH - RIGHT);
    let y = Scale::linear(low, high, HEIGHT - BOTTOM, TOP);
    for v in y.ticks(4) {
        svg.line("grid", (LEFT, y.at(v)), (WIDTH - RIGHT, y.at(v)));
        svg.text("s", (LEFT - 7.0, y.at(v) + 4.0), "end", &w.two(v));
    }
    for v in x.ticks(7) {
        svg.line("axis", (x.at(v), HEIGHT - BOTTOM), (x.at(v), HEIGHT - BOTTOM + 4.0));
        svg.text("s", (x.at(v), HEIGHT - BOTTOM + 17.0), "middle", &w.significant(v, 3));
    }
    let line = |f: fn(&Point) -> f64| points.iter().map(|p| (x.at(p.x), y.at(f(p)))).collect::<Vec<_>>();
    svg.area("fan", &line(|p| p.high), &line(|p| p.low));
    svg.polyline("curve", &line(|p| p.middle));
    svg.line("axis", (LEFT, y.at(0.0)), (WIDTH - RIGHT, y.at(0.0)));
    svg.text("s", (2.0, 14.0), "start", labels.y);
    svg.text("s", (WIDTH - RIGHT, HEIGHT - 8.0), "end", labels.x);
    // The fan is named where it is widest.
    if let Some(p) = points.iter().max_by(|a, b| (a.high - a.low).total_cmp(&(b.high - b.low)))
        && p.high > p.low
    {
        let at = x.at(p.x);
        let (anchor, dx) = if at > WIDTH - 160.0 { ("end", -6.0) } else { ("start", 6.0) };
        svg.text("s halo", (at + dx, y.at(p.high) - 6.0), anchor, labels.fan);
    }
    Some(svg.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_curve_needs_two_points() {
        let w = Writer::page(Language::En);
        let labels = Labels { title: "t", x: "x", y: "y", fan: "5 to 95 %" };
        let p = |x: f64| Point { x, low: 0.0, middle: 1.0, high: 2.0 };
        assert!(curve("c", w, labels, &[p(0.0)], None).is_none());
        assert!(curve("c", w, labels, &[p(0.0), p(1.0)], None).unwrap().contains("class=\"fan\""));
    }
}
