//! Deaths foretold and observed, an event to a row: the central 90 % as a line, the central half as a bar, what happened as a mark.

use super::scale::Scale;
use super::svg::Svg;
use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::BacktestAnswer;
use plimsoll_case::answer::calibration::CountForetold;

const WIDTH: f64 = 640.0;
const LEFT: f64 = 268.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 30.0;
const ROW: f64 = 19.0;

/// The figure of the events.
#[must_use]
pub fn events(id: &str, l: Language, a: &BacktestAnswer) -> String {
    let rows: Vec<(String, CountForetold)> = (a.events.iter())
        .map(|e| (format!("{} {}", e.date, l.word(&format!("backtest.mechanism_{}", e.mechanism))), e.deaths))
        .collect();
    rows_of(id, l, ["backtest.deaths", "backtest.deaths_axis"], &rows)
}

/// The figure of the years.
#[must_use]
pub fn years(id: &str, l: Language, a: &BacktestAnswer) -> String {
    let rows: Vec<(String, CountForetold)> = a.years.iter().map(|y| (y.year.to_string(), y.events)).collect();
    rows_of(id, l, ["backtest.fatal_events", "backtest.events_axis"], &rows)
}

/// A figure as a file of its own: it carries its colours.
#[must_use]
pub fn standalone(figure: &str) -> String {
    let style =
        format!("><style>{}</style><rect class=\"ground\" width=\"100%\" height=\"100%\"/>", crate::page::STYLE);
    figure.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1).replacen('>', &style, 1)
}

/// Rows under one axis of counts; `title` and the name of the axis by their keys.
fn rows_of(id: &str, l: Language, [title, axis]: [&str; 2], rows: &[(String, CountForetold)]) -> String {
    let height = TOP + ROW * rows.len() as f64 + 42.0;
    let title = l.word(title);
    let mut svg = Svg::new(id, WIDTH, height, &title, &l.word("backtest.key"));
    let most = rows.iter().map(|r| r.1.q95.max(r.1.observed)).max().unwrap_or(1);
    let x = Scale::linear(0.0, f64::from(most), LEFT, WIDTH - RIGHT);
    let bottom = height - 38.0;
    for v in x.ticks(6) {
        svg.line("grid", (x.at(v), TOP - 6.0), (x.at(v), bottom));
        svg.text("s", (x.at(v), bottom + 14.0), "middle", &format!("{v}"));
    }
    svg.text("s", (WIDTH - RIGHT, bottom + 30.0), "end", &l.word(axis));
    svg.text("s", (2.0, 14.0), "start", &l.word("backtest.key"));
    for (i, (name, c)) in rows.iter().enumerate() {
        let y = TOP + ROW * (i as f64 + 0.5);
        svg.text("s", (LEFT - 10.0, y + 4.0), "end", name);
        let at = |n: u32| x.at(f64::from(n));
        svg.line("axis", (at(c.q05), y), (at(c.q95), y));
        svg.rect("fan", at(c.q25) - 2.0, y - 5.0, at(c.q75) - at(c.q25) + 4.0, 10.0);
        svg.line("axis", (at(c.q50), y - 5.0), (at(c.q50), y + 5.0));
        svg.circle("mark-bar", (at(c.observed), y), 4.0);
    }
    svg.finish()
}

/// Places of what happened, in their order, beside evenly spread ones.
#[must_use]
pub fn places(id: &str, l: Language, a: &BacktestAnswer) -> String {
    const SIDE: f64 = 260.0;
    let mut places: Vec<f64> = a.events.iter().map(|e| e.deaths.place).collect();
    places.sort_by(f64::total_cmp);
    let (title, w) = (l.word("backtest.places_title"), Writer::page(l));
    let mut svg = Svg::new(id, SIDE + 240.0, SIDE + 84.0, &title, &l.word("backtest.places_key"));
    let x = Scale::linear(0.0, 1.0, 50.0, 50.0 + SIDE);
    let y = Scale::linear(0.0, 1.0, 26.0 + SIDE, 26.0);
    for v in x.ticks(5) {
        svg.line("grid", (x.at(v), y.at(0.0)), (x.at(v), y.at(1.0)));
        svg.line("grid", (x.at(0.0), y.at(v)), (x.at(1.0), y.at(v)));
        svg.text("s", (x.at(v), y.at(0.0) + 16.0), "middle", &w.decimals(v, 1));
        svg.text("s", (x.at(0.0) - 8.0, y.at(v) + 4.0), "end", &w.decimals(v, 1));
    }
    let clip = |v: f64| v.clamp(0.0, 1.0);
    let limit = a.places.limit;
    let band = |s: f64| [0.0, limit, 1.0 - limit, 1.0].map(|v| (x.at(v), y.at(clip(v + s * limit)))).to_vec();
    svg.area("fan", &band(1.0), &band(-1.0));
    let n = places.len().max(1) as f64;
    let mut steps = vec![(x.at(0.0), y.at(0.0))];
    for (i, p) in places.iter().enumerate() {
        steps.push((x.at(*p), y.at(i as f64 / n)));
        steps.push((x.at(*p), y.at((i + 1) as f64 / n)));
    }
    steps.push((x.at(1.0), y.at(1.0)));
    svg.polyline("curve", &steps);
    svg.text("s", (2.0, 14.0), "start", &l.word("backtest.share_axis"));
    svg.text("s", (x.at(1.0), SIDE + 58.0), "end", &l.word("backtest.place_axis"));
    svg.text("s", (2.0, SIDE + 78.0), "start", &l.word("backtest.places_key"));
    svg.finish()
}
