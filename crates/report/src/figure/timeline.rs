//! Everybody's place in time: stacked areas of the means, which add up, a fan for the dead, ticks for alarm and lifts.

use super::scale::Scale;
use super::svg::Svg;
use crate::number::Writer;
use plimsoll_case::answer::assess::{Events, TimelinePoint};

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 244.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 14.0;
/// Two lines for the words of events, one for what the axis counts.
const TOP: f64 = 44.0;
const BOTTOM: f64 = 40.0;

/// A layer's name and its height at a point.
type Layer = (&'static str, fn(&TimelinePoint) -> f64);

/// The figure; `None` where there are fewer than two points.
#[must_use]
pub fn timeline(id: &str, w: Writer, title: &str, points: &[TimelinePoint], events: Option<&Events>) -> Option<String> {
    let l = w.language;
    let points = eventful(points);
    let (first, last) = (points.first()?, points.last()?);
    if last.minutes <= first.minutes {
        return None;
    }
    let mut svg = Svg::new(id, WIDTH, HEIGHT, title, &l.word("page.time_note"));
    let x = Scale::linear(first.minutes, last.minutes, LEFT, WIDTH - RIGHT);
    // From the bottom: the dead stand on the axis, so that their fan and their area share one zero.
    let layers: [Layer; 5] = [
        ("dead", |p| p.dead_mean),
        ("in_water", |p| p.in_water_mean),
        ("aboard", |p| p.aboard_mean),
        ("rescued", |p| p.rescued_mean),
        ("ashore", |p| p.ashore_mean),
    ];
    let stacked = |p: &TimelinePoint, up_to: usize| layers[..up_to].iter().map(|(_, f)| f(p)).sum::<f64>();
    let top = points.iter().map(|p| stacked(p, 5).max(p.dead_q95)).fold(1.0, f64::max);
    let y = Scale::linear(0.0, top * 1.02, HEIGHT - BOTTOM, TOP);
    for (i, (name, value)) in layers.iter().enumerate() {
        if points.iter().all(|p| value(p) <= 0.0) {
            continue;
        }
        let edge = |up_to: usize| points.iter().map(|p| (x.at(p.minutes), y.at(stacked(p, up_to)))).collect::<Vec<_>>();
        svg.area(&format!("a-{name}"), &edge(i + 1), &edge(i));
        // a texture of its own, for a print without colours
        svg.area(&format!("t-{name}"), &edge(i + 1), &edge(i));
    }
    let fan = |f: fn(&TimelinePoint) -> f64| points.iter().map(|p| (x.at(p.minutes), y.at(f(p)))).collect::<Vec<_>>();
    if points.iter().any(|p| p.dead_q95 > 0.0) {
        svg.area("fan-dead", &fan(|p| p.dead_q95), &fan(|p| p.dead_q05));
        svg.polyline("line-dead", &fan(|p| p.dead_mean));
        let end = y.at(last.dead_q95);
        if HEIGHT - BOTTOM - end >= 8.0 {
            svg.text("s halo", (WIDTH - RIGHT - 4.0, end - 4.0), "end", &l.word("page.dead_fan"));
        }
    }
    // The word stands in the area, where the area is thickest.
    for (i, (name, value)) in layers.iter().enumerate() {
        let inner = &points[points.len() / 8..points.len() - points.len() / 8];
        let Some(p) = inner.iter().max_by(|a, b| value(a).total_cmp(&value(b))) else {
            continue;
        };
        let (low, high) = (y.at(stacked(p, i)), y.at(stacked(p, i + 1)));
        if low - high >= 16.0 {
            let at = x.at(p.minutes).clamp(LEFT + 50.0, WIDTH - RIGHT - 62.0);
            let class = if *name == "dead" { "t inverse" } else { "t" };
            svg.text(class, (at, 0.5 * (low + high) + 4.0), "middle", &l.word(&format!("page.{name}")));
        }
    }
    if let Some(e) = events {
        ticks(&mut svg, w, e, &x, (first.minutes, last.minutes));
    }
    // over the line of an event at the start
    axes(&mut svg, w, &x, &y);
    Some(svg.finish())
}

/// The course up to a little after the last change: hours in which nobody moves hide the minutes that matter.
fn eventful(points: &[TimelinePoint]) -> &[TimelinePoint] {
    let state =
        |p: &TimelinePoint| [p.aboard_mean, p.in_water_mean, p.rescued_mean, p.ashore_mean, p.dead_mean, p.dead_q95];
    let Some(last) = points.last().map(state) else { return points };
    let differs = |p: &TimelinePoint| state(p).iter().zip(&last).any(|(a, b)| (a - b).abs() > 0.5);
    let moved = points.iter().rposition(differs).unwrap_or(0) + 1;
    &points[..(moved + moved / 4 + 2).min(points.len())]
}

fn axes(svg: &mut Svg, w: Writer, x: &Scale, y: &Scale) {
    let l = w.language;
    let base = HEIGHT - BOTTOM;
    svg.line("axis", (LEFT, base), (WIDTH - RIGHT, base));
    for v in x.ticks(6) {
        svg.line("axis", (x.at(v), base), (x.at(v), base + 4.0));
        svg.text("s", (x.at(v), base + 16.0), "middle", &w.two(v));
    }
    svg.text("s", (WIDTH - RIGHT, base + 31.0), "end", &l.word("page.minutes"));
    for v in y.ticks(3) {
        svg.line("axis", (LEFT - 4.0, y.at(v)), (LEFT, y.at(v)));
        svg.text("s", (LEFT - 7.0, y.at(v) + 4.0), "end", &w.two(v));
    }
    svg.text("s halo", (2.0, TOP - 6.0), "start", &l.word("page.people"));
}

fn ticks(svg: &mut Svg, w: Writer, e: &Events, x: &Scale, range: (f64, f64)) {
    let marks = [("alarm", e.alarm_min), ("first_lift", e.first_lift_min), ("last_lift", e.last_lift_min)];
    // Words of events that stand close together are set one above the other.
    let mut free = [f64::NEG_INFINITY; 2];
    for (name, at) in marks {
        let Some(at) = at.filter(|t| (range.0..=range.1).contains(t)) else {
            continue;
        };
        let word = w.language.word(&format!("page.{name}"));
        let px = x.at(at);
        let level = usize::from(px < free[0]);
        let text_y = if level == 0 { 11.0 } else { 24.0 };
        svg.line("event", (px, text_y + 2.0), (px, HEIGHT - BOTTOM));
        let wide = 6.2 * f64::from(u32::try_from(word.chars().count()).unwrap_or(0));
        let (anchor, from) = if px + wide > WIDTH - RIGHT { ("end", px - 3.0) } else { ("start", px + 3.0) };
        svg.text("s halo", (from, text_y), anchor, &word);
        free[level] = px + wide + 8.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use plimsoll_case::answer::sample;

    #[test]
    fn what_is_stacked_adds_up_to_the_people_aboard() {
        for o in sample::assess().options.iter().filter(|o| !o.timeline.is_empty()) {
            for p in o.timeline.iter().chain(&o.timeline_given_loss) {
                let sum = p.aboard_mean + p.in_water_mean + p.rescued_mean + p.ashore_mean + p.dead_mean;
                assert!((sum - 62.0).abs() < 1e-9, "{sum}");
            }
        }
    }

    #[test]
    fn nothing_is_drawn_of_a_course_that_was_not_kept() {
        let w = Writer::page(Language::En);
        let a = sample::assess();
        let o = &a.options[0];
        let text = timeline("t", w, "x", &o.timeline_given_loss, o.events.as_ref()).unwrap();
        assert!(text.contains("fan-dead") && text.contains("first lift"));
        assert!(timeline("t", w, "x", &[], None).is_none());
        assert!(timeline("t", w, "x", &o.timeline[..1], None).is_none());
    }
}
