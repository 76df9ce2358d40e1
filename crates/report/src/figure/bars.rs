//! Why people die: one bar each, the longest first, with what is known of it.

use super::scale::Scale;
use super::svg::Svg;
use crate::number::Writer;

const WIDTH: f64 = 560.0;
const LABEL: f64 = 232.0;
const VALUE: f64 = 96.0;
const ROW: f64 = 22.0;

/// One bar: a share of the deaths with its interval where it was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Share, 0 to 1.
    pub share: f64,
    /// 95 % interval of knowledge.
    pub interval: Option<(f64, f64)>,
}

/// Bars in descending order, in deaths of 100.
#[must_use]
pub fn bars(id: &str, w: Writer, title: &str, mut bars: Vec<Bar>) -> String {
    let l = w.language;
    bars.sort_by(|a, b| b.share.total_cmp(&a.share));
    let height = ROW * f64::from(u32::try_from(bars.len()).unwrap_or(0)) + 26.0;
    let mut svg = Svg::new(id, WIDTH, height, title, &l.word("page.causes_note"));
    let most = bars.iter().map(|b| b.interval.map_or(b.share, |i| i.1.max(b.share))).fold(0.1, f64::max);
    let x = Scale::linear(0.0, most * 100.0, LABEL, WIDTH - VALUE);
    for (i, b) in (0u32..).zip(&bars) {
        let y = ROW * f64::from(i) + 4.0;
        svg.text("t", (LABEL - 8.0, y + 12.0), "end", &b.label);
        svg.rect("bar", LABEL, y, x.at(b.share * 100.0) - LABEL, ROW - 7.0);
        let text = |v: f64| in_hundred(w, v);
        let said = match b.interval {
            Some((lo, hi)) => {
                let mid = y + 0.5 * (ROW - 7.0);
                svg.line("whisker", (x.at(lo * 100.0), mid), (x.at(hi * 100.0), mid));
                for end in [lo, hi] {
                    svg.line("whisker", (x.at(end * 100.0), mid - 3.0), (x.at(end * 100.0), mid + 3.0));
                }
                w.with_interval(&text(b.share), &text(lo), &text(hi))
            }
            None => text(b.share),
        };
        svg.text("t num", (WIDTH, y + 12.0), "end", &said);
    }
    let base = height - 20.0;
    svg.line("axis", (LABEL, base), (WIDTH - VALUE, base));
    svg.text("s", (LABEL, base + 14.0), "middle", "0");
    svg.text("s", (WIDTH, base + 14.0), "end", &l.word("page.share"));
    svg.finish()
}

/// A share in deaths of 100. Below a tenth only that is said: more digits would claim a precision that nobody needs.
#[must_use]
pub fn in_hundred(w: Writer, share: f64) -> String {
    if share > 0.0 && share < 0.001 {
        w.language.fill("text.below", &[("v", &w.two(0.1))])
    } else {
        w.two(share * 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn the_longest_bar_comes_first() {
        let bar = |label: &str, share| Bar { label: label.into(), share, interval: None };
        let text =
            bars("b", Writer::page(Language::En), "x", vec![bar("few", 0.1), bar("most", 0.8), bar("none", 0.0)]);
        assert!(text.find("most").unwrap() < text.find("few").unwrap());
        assert!(text.find("few").unwrap() < text.find("none").unwrap());
    }
}
