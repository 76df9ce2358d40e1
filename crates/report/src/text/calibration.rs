//! The record of events: what it moved, and what it says of the predictions.

use super::layout::{Row, both_edges, paragraph, table};
use crate::language::Language;
use crate::number::Writer;
use crate::phrase::calibration as say;
use plimsoll_case::answer::{BacktestAnswer, CalibrateAnswer, digest};

/// What moved, group by group, and what did not.
#[must_use]
pub fn calibrate(a: &CalibrateAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    both_edges(&mut out, &l.word("calibration.title"), &format!("plimsoll {}", a.version));
    out.push('\n');
    for g in &a.groups {
        paragraph(&mut out, &say::group(w, g));
    }
    out.push('\n');
    let (head, rows) = say::constants(w, a);
    let mut all = vec![Row::Head(head.to_vec())];
    all.extend(rows.into_iter().map(|r| Row::Cells(r.to_vec())));
    table(&mut out, &[false, false, true, true, true], &all);
    out.push('\n');
    for line in say::unmoved(w, a) {
        paragraph(&mut out, &line);
    }
    paragraph(&mut out, &l.word("calibration.limits"));
    paragraph(&mut out, &format!("{} {}", l.word("page.digest"), digest::shown(&a.digest)));
    out
}

/// Predicted and observed, event by event and year by year.
#[must_use]
pub fn backtest(a: &BacktestAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    both_edges(&mut out, &l.word("backtest.title"), &format!("plimsoll {}", a.version));
    paragraph(&mut out, &l.word("backtest.how"));
    out.push('\n');
    let put = |out: &mut String, (head, rows): say::Table, right: &[bool]| {
        let mut all = vec![Row::Head(head)];
        all.extend(rows.into_iter().map(Row::Cells));
        table(out, right, &all);
        out.push('\n');
    };
    put(&mut out, say::events(w, a), &[false, false, true, true, true, true, true]);
    put(&mut out, say::years(w, a), &[false, true, true, true]);
    put(&mut out, say::mechanisms(w, a), &[false, true, true]);
    for line in say::findings(w, a) {
        paragraph(&mut out, &line);
    }
    paragraph(&mut out, &say::unused(l, a));
    paragraph(&mut out, &format!("{} {}", l.word("page.digest"), digest::shown(&a.digest)));
    out
}
