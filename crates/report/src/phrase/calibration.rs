//! What the record of events says, in words and cells.

use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::calibration::{
    BacktestAnswer, CalibrateAnswer, CalibratedConstant, CalibratedGroup, CountForetold, Coverage,
};
use plimsoll_case::answer::common::Quantiles;

fn percent(w: Writer, share: f64) -> String {
    format!("{} %", w.decimals(100.0 * share, 0))
}

/// Head and rows.
pub(crate) type Table = (Vec<String>, Vec<Vec<String>>);

/// How a group was weighed.
pub(crate) fn group(w: Writer, g: &CalibratedGroup) -> String {
    let l = w.language;
    let name = l.word(&format!("calibration.group_{}", g.name));
    let values = [
        ("group", name),
        ("draws", w.count(u64::from(g.draws))),
        ("effective", w.significant(g.effective, 2)),
        ("what", g.observations.join(", ")),
    ];
    l.fill("calibration.group", &values.each_ref().map(|(k, v)| (*k, v.as_str())))
}

fn quantiles(w: Writer, q: Quantiles) -> String {
    w.with_interval(&w.significant(q.q50, 2), &w.significant(q.q05, 2), &w.significant(q.q95, 2))
}

/// The constants that moved.
pub(crate) fn constants(w: Writer, a: &CalibrateAnswer) -> ([String; 5], Vec<[String; 5]>) {
    let head = ["constant", "unit", "before", "after", "left"].map(|k| w.language.word(&format!("calibration.{k}")));
    let row = |c: &CalibratedConstant| {
        let unit = if c.unit == "1" { String::new() } else { c.unit.clone() };
        [c.id.clone(), unit, quantiles(w, c.before), quantiles(w, c.after), w.decimals(c.spread_left, 2)]
    };
    (head, a.constants.iter().filter(|c| c.moved).map(row).collect())
}

/// The constants that did not: weighed in vain, and not weighed.
pub(crate) fn unmoved(w: Writer, a: &CalibrateAnswer) -> [String; 2] {
    [("calibration.unmoved", false), ("calibration.untouched", true)].map(|(key, untouched)| {
        let which = |c: &&CalibratedConstant| !c.moved && c.group.is_empty() == untouched;
        let ids: Vec<&str> = a.constants.iter().filter(which).map(|c| c.id.as_str()).collect();
        w.language.fill(key, &[("n", &ids.len().to_string()), ("which", &ids.join(", "))])
    })
}

fn interval(w: Writer, c: &CountForetold) -> String {
    w.with_interval(&c.q50.to_string(), &c.q05.to_string(), &c.q95.to_string())
}

fn half(c: &CountForetold) -> String {
    format!("{}\u{a0}\u{2013}\u{a0}{}", c.q25, c.q75)
}

fn mechanism(l: Language, name: &str) -> String {
    l.word(&format!("backtest.mechanism_{name}"))
}

/// Events: predicted and observed.
pub(crate) fn events(w: Writer, a: &BacktestAnswer) -> Table {
    let l = w.language;
    let head = ["event", "how_died", "observed", "foretold", "half", "place", "share"];
    let rows = a.events.iter().map(|e| {
        vec![
            format!("{} {} ({})", e.date, e.place, e.aboard),
            mechanism(l, &e.mechanism),
            e.deaths.observed.to_string(),
            interval(w, &e.deaths),
            half(&e.deaths),
            w.decimals(e.deaths.place, 2),
            percent(w, e.mechanism_share),
        ]
    });
    (head.map(|k| l.word(&format!("backtest.{k}"))).into(), rows.collect())
}

/// Years: predicted and observed.
pub(crate) fn years(w: Writer, a: &BacktestAnswer) -> Table {
    let l = w.language;
    let rows = a.years.iter().map(|y| {
        vec![y.year.to_string(), y.events.observed.to_string(), interval(w, &y.events), w.decimals(y.events.place, 2)]
    });
    let head = ["year", "fatal_events", "foretold", "place"].map(|k| l.word(&format!("backtest.{k}")));
    (head.into(), rows.collect())
}

/// How people died.
pub(crate) fn mechanisms(w: Writer, a: &BacktestAnswer) -> Table {
    let l = w.language;
    let rows = a.mechanisms.iter().map(|m| vec![mechanism(l, &m.name), percent(w, m.observed), percent(w, m.foretold)]);
    let head = ["how_died", "observed", "foretold"].map(|k| l.word(&format!("backtest.{k}")));
    (head.into(), rows.collect())
}

/// What the tests say, hits and misses.
pub(crate) fn findings(w: Writer, a: &BacktestAnswer) -> Vec<String> {
    let l = w.language;
    let verdict = |passes: bool| l.word(if passes { "backtest.hit" } else { "backtest.miss" });
    let p = &a.places;
    let coverage = |share: &str, c: &Coverage| {
        let values = [c.within, c.events, c.least, c.most, c.in_interval].map(|n| n.to_string());
        let [within, events, least, most, interval] = values.each_ref().map(String::as_str);
        let filled = [
            ("share", share),
            ("within", within),
            ("n", events),
            ("least", least),
            ("most", most),
            ("interval", interval),
            ("verdict", &verdict(c.passes)),
        ];
        l.fill("backtest.coverage", &filled)
    };
    let places = [
        ("n", p.events.to_string()),
        ("distance", w.decimals(p.distance, 3)),
        ("limit", w.decimals(p.limit, 3)),
        ("verdict", verdict(!p.rejected)),
    ];
    let brier = [
        ("n", w.count(u64::from(a.brier.boats))),
        ("score", w.significant(a.brier.score, 3)),
        ("reference", w.significant(a.brier.reference, 3)),
    ];
    let missed: Vec<String> = (a.events.iter())
        .filter(|e| !(0.05..=0.95).contains(&e.deaths.place))
        .map(|e| format!("{} {}", e.date, e.place))
        .chain(a.years.iter().filter(|y| !(0.05..=0.95).contains(&y.events.place)).map(|y| y.year.to_string()))
        .collect();
    let none = l.word("backtest.none");
    let missed = if missed.is_empty() { none } else { missed.join("; ") };
    vec![
        l.fill("backtest.places", &places.each_ref().map(|(k, v)| (*k, v.as_str()))),
        coverage("90", &a.ninety),
        coverage("50", &a.half),
        l.fill("backtest.brier", &brier.each_ref().map(|(k, v)| (*k, v.as_str()))),
        l.fill("backtest.missed", &[("which", &missed)]),
        l.word("backtest.biases"),
    ]
}

/// The events that were left out, with reasons.
pub(crate) fn unused(l: Language, a: &BacktestAnswer) -> String {
    let all: Vec<String> = a.unused.iter().map(|e| format!("{} {} ({})", e.date, e.place, e.why)).collect();
    l.fill("backtest.unused", &[("which", &all.join("; "))])
}
