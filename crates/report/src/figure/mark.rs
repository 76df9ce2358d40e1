//! Plimsoll's mark: a circle cut by a line, which is the present load, and short bars for the limits. What the load has
//! passed stands below the line (the water has risen above it), what it has not passed above, from the bottom up in the
//! order of the answer. That is an order and no scale: no permissible number of people can be read from it.

use super::svg::Svg;
use crate::number::Writer;
use crate::phrase;
use plimsoll_case::answer::LoadlineAnswer;
use plimsoll_case::answer::loadline::Limit;

const WIDTH: f64 = 460.0;
const ROW: f64 = 36.0;
const MARK_X: f64 = 62.0;
const RADIUS: f64 = 30.0;

/// The mark with its limits.
#[must_use]
pub fn mark(id: &str, w: Writer, a: &LoadlineAnswer) -> String {
    let l = w.language;
    let above: Vec<&Limit> = a.limits.iter().filter(|x| !x.passed).collect();
    let below: Vec<&Limit> = a.limits.iter().filter(|x| x.passed).collect();
    let line = (f64::from(u32::try_from(above.len()).unwrap_or(0)) * ROW + 12.0).max(RADIUS + 12.0);
    let height = (line + f64::from(u32::try_from(below.len()).unwrap_or(0)) * ROW + 26.0).max(line + RADIUS + 12.0);
    let mut svg = Svg::new(id, WIDTH, height, &l.word("page.mark"), &l.word("page.loadline_desc"));
    svg.rect("water", 0.0, line, WIDTH, height - line);
    svg.circle("mark-ring", (MARK_X, line), RADIUS);
    svg.rect("mark-bar", MARK_X - RADIUS - 16.0, line - 3.0, 2.0 * RADIUS + 32.0, 6.0);
    svg.line("mark-line", (MARK_X + RADIUS + 16.0, line), (WIDTH - 6.0, line));
    svg.text("s", (WIDTH - 8.0, line + 13.0), "end", &l.word("limit.present"));
    let post = MARK_X + RADIUS + 34.0;
    let mut draw = |limit: &Limit, y: f64| {
        svg.rect(if limit.passed { "limit passed" } else { "limit" }, post, y - 4.0, 24.0, 8.0);
        svg.text("t", (post + 34.0, y - 2.0), "start", &phrase::limit_name(l, limit));
        svg.text("s strong", (post + 34.0, y + 13.0), "start", &said(w, limit));
    };
    for (i, limit) in (0u32..).zip(&above) {
        draw(limit, line - 24.0 - ROW * f64::from(i));
    }
    for (i, limit) in (0u32..).zip(below.iter().rev()) {
        draw(limit, line + 32.0 + ROW * f64::from(i));
    }
    svg.line("post", (post, 4.0), (post, height - 6.0));
    svg.finish()
}

/// How sure it is that a limit is passed, or, where it is sure, by how much. The table behind the figure has both.
fn said(w: Writer, limit: &Limit) -> String {
    phrase::how_sure_short(w, limit).unwrap_or_else(|| phrase::limit_margin(w, limit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use plimsoll_case::answer::sample;

    #[test]
    fn the_present_load_is_the_only_filled_mark() {
        let text = mark("m", Writer::page(Language::En), &sample::loadline());
        assert_eq!(text.matches("class=\"mark-bar\"").count(), 1);
        assert_eq!(text.matches("class=\"limit passed\"").count(), 2);
        assert_eq!(text.matches("class=\"limit\"").count(), 2);
    }
}
