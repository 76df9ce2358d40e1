//! A tide in time: height above, stream below on the same hours, and an arrow for each hour, north up; and the stream's path
//! round the compass.

use super::scale::Scale;
use super::svg::Svg;
use crate::number::Writer;
use crate::phrase::tide as say;
use plimsoll_case::answer::TideAnswer;
use plimsoll_case::answer::tide::TidePoint;
use plimsoll_core::maths;
use plimsoll_core::units::KNOT_M_S;

const WIDTH: f64 = 760.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 18.0;
/// Upper and lower edge of height, of the stream along its axis, and where the arrows stand.
const HEIGHT: (f64, f64) = (34.0, 190.0);
const STREAM: (f64, f64) = (236.0, 396.0);
const ARROWS: f64 = 462.0;
const BOTTOM: f64 = 530.0;
/// Longest arrow.
const REACH: f64 = 36.0;
fn hours(a: &TideAnswer, p: &TidePoint) -> f64 {
    p.time.seconds_since(a.from) / 3600.0
}

/// Stream along the long axis of its ellipse, kn.
fn along(a: &TideAnswer, p: &TidePoint) -> f64 {
    p.rate_kn * maths::cos((p.toward_deg - a.axis_deg).to_radians())
}

/// Height and stream in time; `None` where there are fewer than two points.
#[must_use]
pub fn tide(id: &str, w: Writer, a: &TideAnswer) -> Option<String> {
    let (l, end) = (w.language, hours(a, a.curve.last()?));
    if end <= 0.0 {
        return None;
    }
    let mut svg = Svg::new(id, WIDTH, BOTTOM, &l.word("tide.figure"), &l.word("tide.figure_desc"));
    let x = Scale::linear(0.0, end, LEFT, WIDTH - RIGHT);
    let points = |y: &Scale, f: &dyn Fn(&TidePoint) -> f64| -> Vec<(f64, f64)> {
        a.curve.iter().map(|p| (x.at(hours(a, p)), y.at(f(p)))).collect()
    };
    let greatest = |f: &dyn Fn(&TidePoint) -> f64| a.curve.iter().map(|p| f(p).abs()).fold(0.0, f64::max);

    let error_m = a.error.height_m.q50;
    let top = greatest(&|p| p.height_m) + error_m + 0.35;
    let y = Scale::linear(-top, top, HEIGHT.1, HEIGHT.0);
    hour_lines(&mut svg, a, &x, HEIGHT);
    for v in y.ticks(8) {
        svg.line(if v == 0.0 { "axis" } else { "grid" }, (LEFT, y.at(v)), (WIDTH - RIGHT, y.at(v)));
        svg.text("s", (LEFT - 7.0, y.at(v) + 4.0), "end", &w.decimals(v, if v.fract() == 0.0 { 0 } else { 1 }));
    }
    svg.area("fan", &points(&y, &|p| p.height_m + error_m), &points(&y, &|p| p.height_m - error_m));
    svg.polyline("curve", &points(&y, &|p| p.height_m));
    svg.text("strong", (2.0, 14.0), "start", &l.word("tide.figure_height"));
    svg.text("s", (WIDTH - RIGHT, 14.0), "end", &l.fill("tide.fan_height", &[("m", &w.two(error_m))]));
    let end_label = |at: f64| {
        if at < LEFT + 36.0 {
            "start"
        } else if at > WIDTH - RIGHT - 36.0 {
            "end"
        } else {
            "middle"
        }
    };
    for water in &a.waters {
        let at = (x.at(water.time.seconds_since(a.from) / 3600.0), y.at(water.height_m));
        svg.circle("place", at, 3.0);
        let label = format!("{}  {}\u{a0}m", say::clock(water.time), say::height(w, water.height_m));
        svg.text("halo strong", (at.0, at.1 + if water.high { -9.0 } else { 19.0 }), end_label(at.0), &label);
    }

    let error_kn = a.error.stream_m_s.q50 * std::f64::consts::FRAC_1_SQRT_2 / KNOT_M_S;
    let top = greatest(&|p| along(a, p)) + error_kn + 0.35;
    let y = Scale::linear(-top, top, STREAM.1, STREAM.0);
    hour_lines(&mut svg, a, &x, STREAM);
    for v in y.ticks(8) {
        svg.line(if v == 0.0 { "axis" } else { "grid" }, (LEFT, y.at(v)), (WIDTH - RIGHT, y.at(v)));
        svg.text("s", (LEFT - 7.0, y.at(v) + 4.0), "end", &w.decimals(v.abs(), if v.fract() == 0.0 { 0 } else { 1 }));
    }
    svg.area("fan", &points(&y, &|p| along(a, p) + error_kn), &points(&y, &|p| along(a, p) - error_kn));
    svg.polyline("curve", &points(&y, &|p| along(a, p)));
    let (ahead, back) = (w.direction(a.axis_deg), w.direction(a.axis_deg + 180.0));
    let title = l.fill("tide.figure_stream", &[("ahead", &ahead), ("back", &back)]);
    svg.text("strong", (2.0, STREAM.0 - 12.0), "start", &title);
    svg.text("s", (WIDTH - RIGHT, STREAM.0 - 12.0), "end", &l.fill("tide.fan_stream", &[("kn", &w.two(error_kn))]));
    let knots = l.word("tide.knots");
    for stream in &a.streams {
        let px = x.at(stream.time.seconds_since(a.from) / 3600.0);
        if stream.slack {
            svg.line("turn", (px, STREAM.0), (px, STREAM.1));
            svg.text("halo strong", (px, STREAM.0 + 11.0), end_label(px), &say::clock(stream.time));
        } else {
            let v = stream.rate_kn * maths::cos((stream.toward_deg - a.axis_deg).to_radians());
            let label = format!("{}\u{a0}{knots}", w.decimals(stream.rate_kn, 1));
            svg.text("halo strong", (px, y.at(v) + if v > 0.0 { -7.0 } else { 16.0 }), end_label(px), &label);
        }
    }
    arrows(&mut svg, w, a, &x);
    hour_labels(&mut svg, a, &x);
    Some(svg.finish())
}

/// Hours between lines: few enough to read.
fn step_h(a: &TideAnswer) -> f64 {
    let end = a.to.seconds_since(a.from) / 3600.0;
    [1.0, 3.0, 6.0, 12.0, 24.0].into_iter().find(|s| end / s <= 13.0).unwrap_or(24.0)
}

/// Whole hours of the clock at which lines stand, as hours from the start.
fn lines(a: &TideAnswer) -> impl Iterator<Item = f64> {
    let step = step_h(a);
    let first = a.from.millis() as f64 / 3_600_000.0;
    let end = a.to.seconds_since(a.from) / 3600.0;
    let offset = (first / step).ceil() * step - first;
    (0..).map(move |k| offset + step * f64::from(k)).take_while(move |h| *h <= end + 1e-9)
}

fn hour_lines(svg: &mut Svg, a: &TideAnswer, x: &Scale, (top, bottom): (f64, f64)) {
    for h in lines(a) {
        svg.line("grid", (x.at(h), top), (x.at(h), bottom));
    }
}

fn hour_labels(svg: &mut Svg, a: &TideAnswer, x: &Scale) {
    let days = step_h(a) >= 12.0;
    for h in lines(a) {
        let ms = a.from.millis() + (h * 3_600_000.0).round() as i64;
        let Some(time) = plimsoll_core::time::Utc::from_millis(ms) else { continue };
        let text = match (days && say::is_midnight(time), say::is_midnight(time) && time == a.to) {
            (true, _) => time.to_string()[5..10].to_owned(),
            (false, true) => "24".to_owned(),
            (false, false) => time.to_string()[11..13].to_owned(),
        };
        for y in [HEIGHT.1 + 15.0, STREAM.1 + 15.0] {
            svg.text("s", (x.at(h), y), "middle", &text);
        }
    }
    svg.text("s", (2.0, HEIGHT.1 + 15.0), "start", "UTC");
    svg.text("s", (2.0, STREAM.1 + 15.0), "start", "UTC");
}

/// One arrow a step, its length as the rate, north up; rate and direction below.
fn arrows(svg: &mut Svg, w: Writer, a: &TideAnswer, x: &Scale) {
    let longest = a.series.iter().map(|p| p.rate_kn).fold(0.1, f64::max);
    // Room for three digits beside three digits.
    let room = ((WIDTH - LEFT - RIGHT) / 27.0) as usize;
    let every = a.series.len().div_ceil(room).max(1);
    for p in a.series.iter().step_by(every) {
        let px = x.at(hours(a, p));
        let (sin, cos) = maths::sin_cos(p.toward_deg.to_radians());
        let half = 0.5 * REACH * p.rate_kn / longest;
        let (dx, dy) = (half * sin, -half * cos);
        if half > 5.5 {
            svg.arrow("stream", (px - dx, ARROWS - dy), (px + dx, ARROWS + dy));
        } else {
            svg.circle("stream head", (px, ARROWS), 2.0);
        }
        svg.text("n", (px, BOTTOM - 24.0), "middle", &w.decimals(p.rate_kn, 1));
        svg.text("s", (px, BOTTOM - 9.0), "middle", &w.direction(p.toward_deg));
    }
    svg.text("s", (2.0, BOTTOM - 24.0), "start", &w.language.word("tide.knots"));
    svg.text("s", (2.0, BOTTOM - 9.0), "start", "\u{b0}");
    svg.line("north", (14.0, ARROWS + 11.0), (14.0, ARROWS - 4.0));
    svg.path("head", &format!("M14 {}l-4 8h8Z", ARROWS - 12.0));
    svg.text("s", (24.0, ARROWS + 4.0), "start", "N");
}

const COMPASS: f64 = 300.0;

/// The stream's path round the compass over the first thirteen hours, with its hours; `None` without points.
#[must_use]
pub fn compass(id: &str, w: Writer, a: &TideAnswer) -> Option<String> {
    let l = w.language;
    let tide: Vec<&TidePoint> = a.curve.iter().filter(|p| hours(a, p) <= 12.5).collect();
    let longest = tide.iter().map(|p| p.rate_kn).fold(0.0, f64::max);
    if tide.len() < 2 || longest <= 0.0 {
        return None;
    }
    let mut svg = Svg::new(id, COMPASS, COMPASS, &l.word("tide.compass"), &l.word("tide.compass_desc"));
    let (centre, reach) = (COMPASS / 2.0, COMPASS / 2.0 - 26.0);
    let step = [0.2, 0.5, 1.0, 2.0].into_iter().find(|s| longest / s <= 4.0).unwrap_or(2.0);
    let outer = (longest / step).ceil() * step;
    let place = |p: &TidePoint| {
        let scale = reach / outer / KNOT_M_S;
        (centre + p.east_m_s * scale, centre - p.north_m_s * scale)
    };
    for k in 1..=(outer / step).round() as u32 {
        let r = reach * f64::from(k) * step / outer;
        svg.circle("ring", (centre, centre), r);
        let label = format!("{}\u{a0}{}", w.two(f64::from(k) * step), l.word("tide.knots"));
        // Where the stream does not go.
        let (sin, cos) = maths::sin_cos((a.axis_deg + 90.0).to_radians());
        svg.text("s halo", (centre + r * sin, centre - r * cos + 4.0), "middle", &label);
    }
    for (dx, dy, letter) in
        [(0.0, -1.0, "compass_n"), (1.0, 0.0, "compass_e"), (0.0, 1.0, "compass_s"), (-1.0, 0.0, "compass_w")]
    {
        svg.line("grid", (centre, centre), (centre + dx * reach, centre + dy * reach));
        let at = (centre + dx * (reach + 14.0), centre + dy * (reach + 14.0) + 4.0);
        svg.text("s", at, "middle", &l.word(&format!("tide.{letter}")));
    }
    svg.polyline("curve", &tide.iter().map(|p| place(p)).collect::<Vec<_>>());
    // Hours stand outside the ellipse, so that the two sides of a narrow one keep theirs apart.
    let swept: f64 = tide.windows(2).map(|p| p[0].east_m_s * p[1].north_m_s - p[0].north_m_s * p[1].east_m_s).sum();
    let side = if swept > 0.0 { -13.0 } else { 13.0 };
    let mut labels: Vec<(f64, f64)> = Vec::new();
    for pair in tide.windows(2).filter(|p| p[0].time.millis().rem_euclid(3_600_000) == 0) {
        let (at, next) = (place(pair[0]), place(pair[1]));
        svg.circle("place", at, 2.5);
        let (dx, dy) = (next.0 - at.0, next.1 - at.1);
        let length = maths::hypot(dx, dy).max(1e-6);
        let label = (at.0 + side * dy / length, at.1 - side * dx / length + 4.0);
        if labels.iter().all(|l| (l.0 - label.0).abs() > 17.0 || (l.1 - label.1).abs() > 11.0) {
            svg.text("s", label, "middle", &pair[0].time.to_string()[11..13]);
            labels.push(label);
        }
    }
    Some(svg.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use plimsoll_case::answer::sample;

    #[test]
    fn drawn_in_both_languages_and_not_without_points() {
        for l in Language::ALL {
            let w = Writer::page(l);
            let text = tide("t", w, &sample::tide()).unwrap();
            assert_eq!(text.matches("class=\"fan\"").count(), 2);
            assert_eq!(text.matches("class=\"turn\"").count(), 4);
            assert!(!text.contains("[["));
            assert!(compass("c", w, &sample::tide()).unwrap().contains("class=\"curve\""));
        }
        let mut a = sample::tide();
        a.curve.clear();
        let w = Writer::page(Language::En);
        assert!(tide("t", w, &a).is_none() && compass("c", w, &a).is_none());
    }
}
