//! What would flip a verdict: for each constant or input the 90 % range that is believed with the value that flips it, and
//! beside it how far that range moves the expected difference (a tornado).

use super::scale::Scale;
use super::svg::{Svg, outline};
use crate::number::Writer;
use crate::phrase;
use plimsoll_case::answer::assess::WouldFlip;

const WIDTH: f64 = 720.0;
const LABEL: f64 = 232.0;
/// Between the two halves of a row.
const MIDDLE: f64 = 470.0;
const ROW: f64 = 38.0;
const HEAD: f64 = 34.0;

/// One row for each, those of one pair of options together; the ranges each on a scale of their own, the differences on one.
#[must_use]
pub fn flip(id: &str, w: Writer, rows: &[WouldFlip]) -> String {
    let l = w.language;
    let pairs = rows.chunk_by(|a, b| a.option_pair == b.option_pair);
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(0));
    let height = pairs.clone().map(|p| HEAD + ROW * count(p.len())).sum::<f64>() + 30.0;
    let mut svg = Svg::new(id, WIDTH, height, &l.word("page.flip"), &l.word("page.flip_note"));
    let thousand = |f: &WouldFlip| [1000.0 * f.difference_at.0, 1000.0 * f.difference_at.1];
    let ends = rows.iter().flat_map(thousand);
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    let deaths = Scale::linear(1.05 * low, 1.05 * high, MIDDLE + 16.0, WIDTH - 16.0);
    let mut y = 0.0;
    for pair in pairs {
        let (better, worse) = pair[0].option_pair;
        let names = [("better", phrase::option_name(l, better)), ("worse", phrase::option_name(l, worse))];
        let names: Vec<(&str, &str)> = names.iter().map(|(k, v)| (*k, v.as_str())).collect();
        svg.text("t strong", (0.0, y + 16.0), "start", &l.fill("page.flip_pair", &names));
        y += HEAD;
        for f in pair {
            svg.text("t", (LABEL - 12.0, y + 4.0), "end", &f.constant);
            believed(&mut svg, w, f, y);
            let [a, b] = thousand(f).map(|v| deaths.at(v));
            svg.rect("bar", a.min(b), y - 7.0, (b - a).abs().max(1.0), 14.0);
            // which end belongs to the low end of the range
            svg.circle("dot plain", (a, y), 3.0);
            y += ROW;
        }
    }
    let bottom = y - 12.0;
    svg.line("axis", (deaths.at(0.0), HEAD - 14.0), (deaths.at(0.0), bottom));
    svg.line("axis", (MIDDLE + 16.0, bottom), (WIDTH - 16.0, bottom));
    for t in deaths.ticks(4) {
        svg.line("axis", (deaths.at(t), bottom), (deaths.at(t), bottom + 4.0));
        svg.text("s", (deaths.at(t), bottom + 16.0), "middle", &w.significant(t, 3));
    }
    svg.text("s", (WIDTH - 16.0, bottom + 30.0), "end", &l.word("page.flip_axis"));
    svg.finish()
}

/// The range that is believed and the value that flips.
fn believed(svg: &mut Svg, w: Writer, f: &WouldFlip, y: f64) {
    let (low, high) = (f.range.0.min(f.range.1), f.range.0.max(f.range.1));
    let x = Scale::linear(low, high, LABEL + 44.0, MIDDLE - 44.0);
    svg.line("whisker", (x.at(low), y), (x.at(high), y));
    for (end, anchor, gap) in [(low, "end", -6.0), (high, "start", 6.0)] {
        svg.line("whisker", (x.at(end), y - 4.0), (x.at(end), y + 4.0));
        svg.text("s", (x.at(end) + gap, y + 4.0), anchor, &w.two(end));
    }
    if let Some(v) = f.flips_at {
        let at = x.at(v);
        let diamond = outline(&[(at, y - 6.0), (at + 6.0, y), (at, y + 6.0), (at - 6.0, y)]);
        svg.path("dot flips", &format!("{diamond}Z"));
        let unit = if f.unit == "1" { String::new() } else { format!(" {}", f.unit) };
        svg.text("t strong", (at, y - 9.0), "middle", &format!("{}{unit}", w.two(v)));
    }
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
