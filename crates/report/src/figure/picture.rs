//! One picture of an answer that stands alone, for a page that cannot hold the whole: the load line and the options.

use super::svg::Svg;
use super::{mark, options, section};
use crate::language::Language;
use crate::number::Writer;
use crate::page::STYLE;
use crate::phrase;
use plimsoll_case::answer::AssessAnswer;
use plimsoll_case::answer::assess::OptionAnswer;
use plimsoll_case::answer::{State, digest};

const WIDTH: f64 = 1160.0;
const MARGIN: f64 = 24.0;
const ROW: f64 = 46.0;
/// Left edges of the columns: icons, boats with a death, deaths, plot, difference.
const COLUMNS: [f64; 5] = [254.0, 504.0, 598.0, 720.0, 1020.0];

/// The picture as an SVG file: its colours follow the reader's scheme, it loads nothing.
#[must_use]
pub fn picture(a: &AssessAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::page(language));
    let rows = f64::from(u32::try_from(a.options.len()).unwrap_or(0));
    let top = 330.0;
    let height = top + rows * ROW + 118.0;
    let mut svg = Svg::new("picture", WIDTH, height, &l.word("page.title"), &phrase::people(w, &a.scene));
    svg.raw(&format!("<style>{STYLE}</style>"));
    svg.raw(
        &options::patterns()
            .replace("<svg width=\"0\" height=\"0\" aria-hidden=\"true\" class=\"defs\">", "")
            .replace("</svg>", ""),
    );
    svg.rect("ground", 0.0, 0.0, WIDTH, height);
    svg.text("s", (MARGIN, 28.0), "start", &phrase::place(w, &a.scene));
    svg.text("title", (MARGIN, 54.0), "start", &phrase::people(w, &a.scene));
    svg.text("t", (MARGIN, 76.0), "start", &phrase::sea(w, &a.scene));
    if let Some(figure) = section::section("picture-section", w, &a.loadline) {
        svg.inset((MARGIN, 92.0), &figure);
    }
    svg.inset((MARGIN + 460.0, 92.0), &mark::mark("picture-mark", w, &a.loadline));
    let head = [
        (COLUMNS[0], l.word("page.of_thousand")),
        (COLUMNS[2], l.word("page.deaths_per")),
        (COLUMNS[3] + 60.0, l.word("page.against")),
    ];
    for (i, (x, text)) in head.iter().enumerate() {
        svg.text("s", (if i == 1 { *x - 10.0 } else { *x }, top - 10.0), "start", text);
    }
    let axis = options::axis(a);
    for (i, o) in (0u32..).zip(&a.options) {
        row(&mut svg, w, a, o, (top + f64::from(i) * ROW, i), &axis);
    }
    svg.inset((COLUMNS[3], top + rows * ROW + 4.0), &options::axis_figure("picture-axis", w, &axis));
    let provenance = l.fill(
        "text.provenance",
        &[("n", &w.count(a.realisations)), ("seed", &a.seed.to_string()), ("digest", digest::shown(&a.digest))],
    );
    let unproven: Vec<String> = phrase::not_shown_safer(a).into_iter().map(|o| phrase::option(l, o)).collect();
    if !unproven.is_empty() {
        let text = l.fill("text.burden", &[("options", &unproven.join(&l.word("text.semicolon")))]);
        svg.text("t", (MARGIN, height - 50.0), "start", &text);
    }
    svg.text("s", (MARGIN, height - 30.0), "start", &l.word("text.intervals"));
    svg.text("s", (MARGIN, height - 14.0), "start", &format!("plimsoll {}. {provenance}", a.version));
    svg.finish().replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1)
}

fn row(svg: &mut Svg, w: Writer, a: &AssessAnswer, o: &OptionAnswer, (y, i): (f64, u32), axis: &super::scale::Scale) {
    let l = w.language;
    svg.line("grid", (MARGIN, y), (WIDTH - MARGIN, y));
    let middle = y + 0.5 * ROW;
    svg.text("name", (MARGIN, middle - 3.0), "start", &phrase::option(l, o));
    let verdict = phrase::shown_verdict(a, o);
    if let Some(v) = verdict {
        svg.text("t", (MARGIN, middle + 14.0), "start", &phrase::verdict(l, v));
    }
    if o.state == State::NotAssessable {
        let reasons = phrase::reasons(l, &o.reasons);
        // One line of the picture holds some 130 characters; the page holds the rest.
        let short: String = reasons.chars().take(130).collect();
        let more = if short.len() < reasons.len() { "\u{2026}" } else { "" };
        svg.text("t", (COLUMNS[0], middle + 4.0), "start", &format!("{short}{more}"));
        return;
    }
    if let Some(figure) = options::icons(&format!("picture-i{i}"), l, o) {
        svg.inset((COLUMNS[0], middle - 12.0), &figure);
    }
    let pair = |svg: &mut Svg, x: f64, number: String, interval: String| {
        svg.text("number", (x, middle), "start", &number);
        svg.text("s", (x, middle + 15.0), "start", &interval);
    };
    let between = |low: String, high: String| format!("({})", w.range(&low, &high));
    let thousand = |v: f64| w.two(v * 1000.0);
    if let Some(p) = o.p_any_death {
        let interval = o.p_any_death_lo95.zip(o.p_any_death_hi95).map(|(a, b)| between(thousand(a), thousand(b)));
        pair(svg, COLUMNS[1], thousand(p), interval.unwrap_or_default());
    }
    if let Some(d) = o.deaths {
        let interval = between(thousand(d.knowledge_lo95), thousand(d.knowledge_hi95));
        pair(svg, COLUMNS[2], thousand(d.mean), interval);
    }
    let plain = OptionAnswer { verdict, ..o.clone() };
    let plot = options::difference(&format!("picture-d{i}"), w, &plain, axis)
        .unwrap_or_else(|| options::reference(&format!("picture-d{i}"), w, axis));
    svg.inset((COLUMNS[3], middle - 20.0), &plot);
    if let Some(d) = o.difference_to_stand_off {
        let interval = between(w.signed(d.lo95 * 1000.0), w.signed(d.hi95 * 1000.0));
        pair(svg, COLUMNS[4], w.signed(d.mean * 1000.0), interval);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_case::answer::sample;

    #[test]
    fn the_picture_stands_alone() {
        for l in Language::ALL {
            let text = picture(&sample::assess(), l);
            assert!(text.starts_with("<svg xmlns="));
            assert_eq!(text.matches("<svg").count(), text.matches("</svg>").count());
            assert!(!text.contains("href") && !text.contains("[["));
        }
    }
}
