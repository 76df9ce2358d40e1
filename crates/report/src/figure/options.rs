//! The options: 1,000 boats as a field of dots, and the paired difference on one common axis.

use super::scale::Scale;
use super::svg::Svg;
use crate::language::Language;
use crate::number::Writer;
use crate::phrase;
use plimsoll_case::answer::assess::{AssessAnswer, Difference, OptionAnswer, Verdict};

/// Boats in a row and rows of an icon array.
const ACROSS: u32 = 100;
const PITCH: f64 = 2.4;
/// Natural size of the difference plots.
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 40.0;
const MARGIN: f64 = 14.0;

/// 1,000 boats like this one: filled where somebody dies, lighter up to the upper end of what is known. Dots are repeated
/// by pattern, so that an array weighs a few hundred bytes.
#[must_use]
pub fn icons(id: &str, l: Language, o: &OptionAnswer) -> Option<String> {
    let p = o.p_any_death?;
    let w = Writer::page(l);
    let boats = |p: f64| (p * 1000.0).round().clamp(0.0, 1000.0) as u32;
    let dead = boats(p);
    let up_to = o.p_any_death_hi95.map_or(dead, boats).max(dead);
    let title = format!("{}: {} {}", phrase::option(l, o), w.two(p * 1000.0), l.word("page.of_thousand"));
    let nobody = l.fill("page.nobody", &[("n", &w.count(u64::from(1000 - dead)))]);
    let (width, height) = (PITCH * f64::from(ACROSS), PITCH * f64::from(1000 / ACROSS));
    let mut svg = Svg::new(id, width, height, &title, &nobody);
    svg.path("i-none", &cells(up_to, 1000));
    svg.path("i-maybe", &cells(dead, up_to));
    svg.path("i-dead", &cells(0, dead));
    Some(svg.finish())
}

/// The outline of the cells `from..to`, row by row: at most three rectangles. Fill patterns make dots of them.
fn cells(from: u32, to: u32) -> String {
    let mut d = String::new();
    let mut at = from;
    while at < to {
        let (row, column) = (at / ACROSS, at % ACROSS);
        let (wide, rows) = if column > 0 || to - at < ACROSS {
            ((ACROSS - column).min(to - at), 1)
        } else {
            (ACROSS, (to - at) / ACROSS)
        };
        let (x, y) = (f64::from(column) * PITCH, f64::from(row) * PITCH);
        let (dx, dy) = (f64::from(wide) * PITCH, f64::from(rows) * PITCH);
        d.push_str(&format!("M{x:.1} {y:.1}h{dx:.1}v{dy:.1}h-{dx:.1}z"));
        at += wide * rows;
    }
    d
}

/// Textures of the places of people in time: level lines for water, rising ones for rescue, dots for the shore.
const TEXTURES: &str = "<pattern id=\"in-water\" width=\"8\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
    <line class=\"p-texture\" x1=\"0\" y1=\"3\" x2=\"5\" y2=\"3\"/></pattern>\
    <pattern id=\"on-craft\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
    <line class=\"p-texture\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"7\"/></pattern>\
    <pattern id=\"on-shore\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
    <circle class=\"p-grain\" cx=\"3\" cy=\"3\" r=\"0.9\"/></pattern>";

/// The patterns that icon arrays and hatches are filled with; once on a page.
#[must_use]
pub fn patterns() -> String {
    let dot = |id: &str, shape: &str| {
        format!(
            "<pattern id=\"{id}\" width=\"{PITCH}\" height=\"{PITCH}\" patternUnits=\"userSpaceOnUse\">{shape}</pattern>"
        )
    };
    format!(
        "<svg width=\"0\" height=\"0\" aria-hidden=\"true\" class=\"defs\"><defs>{}{}{}{}{TEXTURES}</defs></svg>",
        dot("dot-none", "<circle class=\"p-none\" cx=\"1.2\" cy=\"1.2\" r=\"0.5\"/>"),
        dot("dot-maybe", "<rect class=\"p-maybe\" x=\"0.3\" y=\"0.3\" width=\"1.9\" height=\"1.9\"/>"),
        dot("dot-dead", "<rect class=\"p-dead\" x=\"0.15\" y=\"0.15\" width=\"2.1\" height=\"2.1\"/>"),
        "<pattern id=\"hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><line class=\"p-hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"7\"/></pattern>",
    )
}

/// The common axis of all differences, per 1,000 encounters. It is stretched near zero only where a linear one would hide
/// the smallest interval.
#[must_use]
pub fn axis(a: &AssessAnswer) -> Scale {
    let differences = || a.options.iter().filter_map(|o| o.difference_to_stand_off);
    let low = differences().map(|d| d.lo95.min(d.mean)).fold(0.0, f64::min) * 1000.0;
    let high = differences().map(|d| d.hi95.max(d.mean)).fold(0.0, f64::max) * 1000.0;
    let reach = (high - low).max(1e-6);
    let pad = 0.04 * reach;
    let smallest = differences()
        .map(|d| d.mean.abs().max(0.5 * (d.hi95 - d.lo95)) * 1000.0)
        .filter(|v| *v > 0.0)
        .fold(f64::INFINITY, f64::min);
    let make = if smallest < 0.06 * reach { Scale::stretched } else { Scale::linear };
    make(low.min(-0.08 * reach) - pad, high.max(0.08 * reach) + pad, MARGIN, WIDTH - MARGIN)
}

/// The row of standing off itself: the zero line with its name.
#[must_use]
pub fn reference(id: &str, w: Writer, scale: &Scale) -> String {
    let l = w.language;
    let mut svg = Svg::new(id, WIDTH, HEIGHT, &l.word("page.axis_zero"), &l.word("page.options_axis"));
    let zero = scale.at(0.0);
    svg.line("zero", (zero, 0.0), (zero, HEIGHT));
    svg.text("s", (zero + 8.0, HEIGHT / 2.0 + 4.0), "start", &l.word("page.axis_zero"));
    svg.finish()
}

/// One paired difference: a dot, a thick bar for 50 %, a thin one for 95 %.
#[must_use]
pub fn difference(id: &str, w: Writer, o: &OptionAnswer, scale: &Scale) -> Option<String> {
    let d = o.difference_to_stand_off?;
    let l = w.language;
    let title = format!("{}: {}", phrase::option(l, o), said(w, &d));
    let mut svg = Svg::new(id, WIDTH, HEIGHT, &title, &l.word("page.options_axis"));
    let class = match o.verdict {
        Some(Verdict::Better) => "better",
        Some(Verdict::Worse) => "worse",
        _ => "plain",
    };
    let y = HEIGHT / 2.0;
    let x = |v: f64| scale.at(v * 1000.0);
    // The zero line is part of each plot: whatever a browser does to the table, a bar stands on its true side of it.
    svg.line("zero", (scale.at(0.0), 0.0), (scale.at(0.0), HEIGHT));
    svg.line(&format!("ci95 {class}"), (x(d.lo95), y), (x(d.hi95), y));
    for end in [d.lo95, d.hi95] {
        svg.line(&format!("ci95 {class}"), (x(end), y - 4.0), (x(end), y + 4.0));
    }
    if let (Some(lo), Some(hi)) = (d.lo50, d.hi50) {
        svg.rect(&format!("ci50 {class}"), x(lo), y - 4.0, x(hi) - x(lo), 8.0);
    }
    // The shape says again what the colour says: down for fewer deaths, up for more.
    let m = x(d.mean);
    match o.verdict {
        Some(Verdict::Better) => svg.path("dot better", &triangle(m, y, 1.0)),
        Some(Verdict::Worse) => svg.path("dot worse", &triangle(m, y, -1.0)),
        _ => svg.circle("dot plain", (m, y), 5.0),
    }
    Some(svg.finish())
}

fn triangle(x: f64, y: f64, down: f64) -> String {
    let tip = super::svg::outline(&[(x, y + 6.5 * down), (x - 6.5, y - 5.0 * down), (x + 6.5, y - 5.0 * down)]);
    format!("{tip}Z")
}

/// "-17 (-41 to -2)", per 1,000 encounters.
#[must_use]
pub fn said(w: Writer, d: &Difference) -> String {
    let text = |v: f64| w.signed(v * 1000.0);
    w.with_interval(&text(d.mean), &text(d.lo95), &text(d.hi95))
}

/// The axis itself, under the last row.
#[must_use]
pub fn axis_figure(id: &str, w: Writer, scale: &Scale) -> String {
    let l = w.language;
    let mut svg = Svg::new(id, WIDTH, 46.0, &l.word("page.against"), &l.word("page.options_axis"));
    svg.line("axis", (MARGIN, 6.0), (WIDTH - MARGIN, 6.0));
    for v in scale.apart(&scale.ticks(5), |v| w.signed(v)) {
        let x = scale.at(v);
        svg.line("axis", (x, 6.0), (x, if v == 0.0 { 12.0 } else { 10.0 }));
        if v == 0.0 {
            svg.text("t strong", (x, 25.0), "middle", "0");
        } else {
            svg.text("t", (x, 25.0), "middle", &w.signed(v));
        }
    }
    let zero = scale.at(0.0);
    svg.text("s", (zero.max(40.0), 41.0), "middle", &l.word("page.axis_zero"));
    svg.text("s", (WIDTH - 2.0, 41.0), "end", &format!("{} \u{2192}", l.word("page.more")));
    if zero > 150.0 {
        svg.text("s", (2.0, 41.0), "start", &format!("\u{2190} {}", l.word("page.fewer")));
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_case::answer::sample;

    /// The area of a path of axis-parallel rectangles, in cells.
    fn area(d: &str) -> f64 {
        d.split('M')
            .skip(1)
            .map(|r| {
                let after = |c: char| r.split(c).nth(1).unwrap().split(['v', 'h', 'z']).next().unwrap();
                after('h').parse::<f64>().unwrap() * after('v').parse::<f64>().unwrap()
            })
            .sum::<f64>()
            / (PITCH * PITCH)
    }

    #[test]
    fn as_many_cells_as_boats() {
        for (from, to) in [(0, 0), (0, 7), (0, 50), (0, 51), (7, 17), (31, 70), (49, 1000), (0, 1000), (999, 1000)] {
            let drawn = area(&cells(from, to));
            assert!((drawn - f64::from(to - from)).abs() < 0.6, "{from}..{to}: {drawn}");
        }
    }

    #[test]
    fn small_and_large_differences_share_an_axis() {
        let a = sample::assess();
        let s = axis(&a);
        assert!(s.is_stretched());
        assert!((0.05..0.5).contains(&(s.at(0.0) / WIDTH)));
        for seed in 0..100 {
            let a = sample::varied(seed);
            let s = axis(&a);
            for (i, o) in a.options.iter().enumerate() {
                let drawn = difference(&format!("d{i}"), Writer::page(Language::En), o, &s);
                assert_eq!(drawn.is_some(), o.difference_to_stand_off.is_some());
                assert!(!drawn.unwrap_or_default().contains("NaN"));
            }
        }
    }
}
