//! The tide: high and low waters, slacks, and a drawing of height and stream with time running down.

use super::layout::{both_edges, hanging, paragraph, push_line};
use crate::language::Language;
use crate::number::Writer;
use crate::phrase::credibility_sentence;
use crate::phrase::tide as say;
use plimsoll_case::answer::tide::TidePoint;
use plimsoll_case::answer::{TideAnswer, digest};
use plimsoll_core::maths;

/// Columns to each side of mean sea level, and to each side of slack.
const HEIGHT: usize = 11;
const RATE: usize = 13;
/// Knots that one sign of the drawing may stand for.
const SCALES_KN: [f64; 6] = [0.05, 0.1, 0.2, 0.25, 0.5, 1.0];

/// Height and stream at one place.
#[must_use]
pub fn tide(a: &TideAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    both_edges(
        &mut out,
        &l.fill("tide.title", &[("place", &a.position.to_string())]),
        &format!("plimsoll {}", a.version),
    );
    paragraph(&mut out, &format!("{}. {}", say::span(l, a), say::land(w, a)));
    paragraph(&mut out, &l.word("tide.datum"));
    out.push('\n');
    for (key, text) in say::events(w, a) {
        if !text.is_empty() {
            hanging(&mut out, &l.word(key), 14, &text.join(", "));
        }
    }
    out.push('\n');
    drawing(&mut out, w, a);
    out.push('\n');
    for line in say::errors(w, a) {
        paragraph(&mut out, &line);
    }
    paragraph(&mut out, &l.word("tide.limits"));
    paragraph(&mut out, &l.word("tide.origin"));
    if let Some(line) = credibility_sentence(l, a.credibility.as_ref()) {
        paragraph(&mut out, &line);
    }
    paragraph(&mut out, &format!("{} {}", l.word("page.digest"), digest::shown(&a.digest)));
    out
}

/// A row for each step.
fn drawing(out: &mut String, w: Writer, a: &TideAnswer) {
    let l = w.language;
    let greatest = |f: fn(&TidePoint) -> f64| a.series.iter().map(f).fold(0.0, f64::max);
    let height_m = greatest(|p| p.height_m.abs()).max(0.1);
    let rate_kn = greatest(|p| p.rate_kn);
    let scale = SCALES_KN.into_iter().find(|s| rate_kn / s <= RATE as f64).unwrap_or(1.0);
    let (back, ahead) = (w.direction(a.axis_deg + 180.0), w.direction(a.axis_deg));
    push_line(
        out,
        &format!(
            "{:5}  {:6}  {:^width$}  {:10}  {:>RATE$} {:<RATE$}",
            "UTC",
            l.word("tide.height_m"),
            l.word("tide.msl"),
            l.word("tide.stream"),
            format!("< {back}"),
            format!("{ahead} >"),
            width = 2 * HEIGHT + 1,
        ),
    );
    let knots = l.word("tide.knots");
    let mut day = None;
    for p in &a.series {
        let this = p.time.to_string()[..10].to_owned();
        let last = say::is_midnight(p.time) && p.time == a.to;
        // The day of the first row stands above already.
        if day.as_ref().is_some_and(|d| *d != this) && !last {
            push_line(out, &this);
        }
        day = Some(this);
        let time = if last { "24:00".to_owned() } else { say::clock(p.time) };
        let dot = (p.height_m / height_m * HEIGHT as f64).round() + HEIGHT as f64;
        let curve: String = (0..=2 * HEIGHT)
            .map(|i| {
                if i as f64 == dot {
                    '*'
                } else if i == HEIGHT {
                    '|'
                } else {
                    ' '
                }
            })
            .collect();
        let forward = p.rate_kn * maths::cos((p.toward_deg - a.axis_deg).to_radians());
        let signs = ((forward.abs() / scale).round() as usize).min(RATE);
        let (left, right) =
            if forward < 0.0 { ("<".repeat(signs), String::new()) } else { (String::new(), ">".repeat(signs)) };
        let stream = format!("{:>4} {knots} {}", w.decimals(p.rate_kn, 1), w.direction(p.toward_deg));
        push_line(
            out,
            &format!("{time:5}  {:>6}  {curve}  {stream}  {left:>RATE$}|{right}", say::height(w, p.height_m)),
        );
    }
    paragraph(out, &l.fill("tide.scale", &[("kn", &w.decimals(scale, if scale * 10.0 % 1.0 == 0.0 { 1 } else { 2 }))]));
}
