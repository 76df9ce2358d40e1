//! What would flip the order: for each constant or input the 90 % range that is believed, and the value that flips it.

use super::scale::Scale;
use super::svg::{Svg, outline};
use crate::number::Writer;
use crate::phrase;
use plimsoll_case::answer::assess::WouldFlip;

const WIDTH: f64 = 720.0;
const LABEL: f64 = 330.0;
const ROW: f64 = 40.0;

/// One row for each; each row has its own scale, on which the believed range takes the middle.
#[must_use]
pub fn flip(id: &str, w: Writer, rows: &[WouldFlip]) -> String {
    let l = w.language;
    let height = ROW * f64::from(u32::try_from(rows.len()).unwrap_or(0)) + 4.0;
    let mut svg = Svg::new(id, WIDTH, height, &l.word("page.flip"), &l.word("page.flip_note"));
    for (i, f) in (0u32..).zip(rows) {
        let y = ROW * f64::from(i) + 20.0;
        let (a, b) = f.option_pair;
        let pair = format!("{} / {}", phrase::option_name(l, a), phrase::option_name(l, b));
        svg.text("t", (LABEL - 12.0, y - 1.0), "end", &f.constant);
        svg.text("s", (LABEL - 12.0, y + 13.0), "end", &pair);
        let (low, high) = (f.range.0.min(f.range.1), f.range.0.max(f.range.1));
        let reach = (high - low).max(1e-12);
        // Beyond twice the range the mark stands at the edge, with its value beside it.
        let x = Scale::linear(low - 0.9 * reach, high + 0.9 * reach, LABEL, WIDTH - 40.0);
        svg.line("whisker", (x.at(low), y), (x.at(high), y));
        for end in [low, high] {
            svg.line("whisker", (x.at(end), y - 4.0), (x.at(end), y + 4.0));
            svg.text("s", (x.at(end), y + 16.0), "middle", &w.two(end));
        }
        match f.flips_at {
            Some(v) => {
                let at = x.at(v);
                let diamond = outline(&[(at, y - 6.0), (at + 6.0, y), (at, y + 6.0), (at - 6.0, y)]);
                svg.path("dot flips", &format!("{diamond}Z"));
                let unit = if f.unit == "1" { String::new() } else { format!(" {}", f.unit) };
                svg.text("t strong", (at, y - 9.0), "middle", &format!("{}{unit}", w.two(v)));
            }
            None => svg.text("s", (WIDTH, y + 4.0), "end", &l.word("page.flip_none_within")),
        }
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use plimsoll_case::answer::sample;

    #[test]
    fn only_a_value_that_flips_has_a_mark() {
        let a = sample::assess();
        let text = flip("f", Writer::page(Language::En), &a.would_flip);
        let known = a.would_flip.iter().filter(|f| f.flips_at.is_some()).count();
        assert_eq!(text.matches("dot flips").count(), known);
    }
}
