//! What would flip a verdict: for each constant or input its name, and under it the 90 % range that is believed with the value that
//! flips it, and beside that how far the range moves the expected difference (a tornado). Narrow, so that a telephone shows it whole.

use super::scale::Scale;
use super::svg::{Svg, outline};
use crate::number::Writer;
use crate::phrase;
use plimsoll_case::answer::assess::WouldFlip;

const WIDTH: f64 = 380.0;
/// The range that is believed, with room for a number at each end.
const BELIEVED: [f64; 2] = [66.0, 136.0];
/// The differences.
const MOVED: [f64; 2] = [212.0, 368.0];
/// The name and, below it, what is drawn.
const ROW: f64 = 44.0;
const HEAD: f64 = 30.0;

/// One row for each, those of one pair of options together; the ranges each on a scale of their own, the differences on one.
#[must_use]
pub fn flip(id: &str, w: Writer, rows: &[WouldFlip]) -> String {
    let l = w.language;
    let pairs = rows.chunk_by(|a, b| a.option_pair == b.option_pair);
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(0));
    let height = pairs.clone().map(|p| HEAD + ROW * count(p.len())).sum::<f64>() + 40.0;
    let mut svg = Svg::new(id, WIDTH, height, &l.word("page.flip"), &l.word("page.flip_note"));
    let thousand = |f: &WouldFlip| [1000.0 * f.difference_at.0, 1000.0 * f.difference_at.1];
    let ends = rows.iter().flat_map(thousand);
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    let deaths = Scale::linear(1.05 * low, 1.05 * high, MOVED[0], MOVED[1]);
    let mut y = 0.0;
    for pair in pairs {
        let (better, worse) = pair[0].option_pair;
        let names = [("better", phrase::option_name(l, better)), ("worse", phrase::option_name(l, worse))];
        let names: Vec<(&str, &str)> = names.iter().map(|(k, v)| (*k, v.as_str())).collect();
        svg.text("t strong", (0.0, y + 18.0), "start", &l.fill("page.flip_pair", &names));
        y += HEAD;
        svg.line("axis", (deaths.at(0.0), y + 16.0), (deaths.at(0.0), y + ROW * count(pair.len())));
        for f in pair {
            svg.text("t", (0.0, y + 12.0), "start", &phrase::constant_name(l, &f.constant));
            believed(&mut svg, w, f, y + 27.0);
            let [a, b] = thousand(f).map(|v| deaths.at(v));
            svg.rect("bar", a.min(b), y + 20.0, (b - a).abs().max(1.0), 14.0);
            // which end belongs to the low end of the range
            svg.circle("dot plain", (a, y + 27.0), 3.0);
            y += ROW;
        }
    }
    let bottom = y + 2.0;
    svg.line("axis", (MOVED[0], bottom), (MOVED[1], bottom));
    let label = |t: f64| w.significant(t, 3);
    for t in deaths.apart(&deaths.ticks(4), label) {
        svg.line("axis", (deaths.at(t), bottom), (deaths.at(t), bottom + 4.0));
        svg.text("s", (deaths.at(t), bottom + 16.0), "middle", &label(t));
    }
    svg.text("s", (0.0, bottom + 16.0), "start", &l.word("page.flip_believed"));
    svg.text("s", (WIDTH, bottom + 32.0), "end", &l.word("page.flip_axis"));
    svg.finish()
}

/// The range that is believed and the value that flips. That value is written beside the name, where no other number stands.
fn believed(svg: &mut Svg, w: Writer, f: &WouldFlip, y: f64) {
    let (low, high) = (f.range.0.min(f.range.1), f.range.0.max(f.range.1));
    let x = Scale::linear(low, high, BELIEVED[0], BELIEVED[1]);
    svg.line("whisker", (x.at(low), y), (x.at(high), y));
    for (end, anchor, gap) in [(low, "end", -10.0), (high, "start", 10.0)] {
        svg.line("whisker", (x.at(end), y - 4.0), (x.at(end), y + 4.0));
        svg.text("s", (x.at(end) + gap, y + 4.0), anchor, &w.two(end));
    }
    if let Some(v) = f.flips_at {
        let at = x.at(v);
        let diamond = outline(&[(at, y - 6.0), (at + 6.0, y), (at, y + 6.0), (at - 6.0, y)]);
        svg.path("dot flips", &format!("{diamond}Z"));
        let unit = if f.unit == "1" { String::new() } else { format!(" {}", f.unit) };
        svg.text("t strong", (WIDTH, y - 15.0), "end", &format!("\u{25c6} {}{unit}", w.two(v)));
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
        assert_eq!(text.matches('\u{25c6}').count(), known);
    }

    #[test]
    fn names_stand_where_ids_stood() {
        let a = sample::assess();
        for l in Language::ALL {
            let text = flip("f", Writer::page(l), &a.would_flip);
            assert!(!text.contains("boat:crowd") && !text.contains("rescue:support"), "{text}");
        }
    }
}
