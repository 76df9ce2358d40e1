//! The page of a back-test.

use super::{PageError, render, table};
use crate::figure::backtest as figure;
use crate::language::Language;
use crate::number::Writer;
use crate::phrase::calibration as say;
use plimsoll_case::answer::{BacktestAnswer, digest};
use serde_json::json;

/// Every event and year, foretold and observed, with the tests.
///
/// # Errors
/// [`PageError`] for a fault of the template.
pub fn backtest(a: &BacktestAnswer, language: Language) -> Result<String, PageError> {
    let (l, w) = (language, Writer::page(language));
    let tabled = |(head, rows): say::Table| table(&head, rows);
    let context = json!({
        "version": a.version,
        "digest": a.digest,
        "digest_shown": digest::shown(&a.digest),
        "page_title": l.word("backtest.title"),
        "how": l.word("backtest.how"),
        "findings": say::findings(w, a),
        "deaths_title": l.word("backtest.deaths"),
        "deaths": figure::events("deaths", l, a),
        "events": tabled(say::events(w, a)),
        "places_title": l.word("backtest.places_title"),
        "places": figure::places("places", l, a),
        "years_title": l.word("backtest.fatal_events"),
        "years_figure": figure::years("years", l, a),
        "years": tabled(say::years(w, a)),
        "mechanisms_title": l.word("backtest.mechanisms"),
        "mechanisms": tabled(say::mechanisms(w, a)),
        "unused": say::unused(l, a),
        "groups": a.groups.iter().map(|g| say::group(w, g)).collect::<Vec<_>>(),
        "provenance": [
            [l.word("page.version"), format!("plimsoll {}", a.version)],
            [l.word("page.seed"), a.seed.to_string()],
            [l.word("page.digest"), a.digest.clone()],
        ],
    });
    render("backtest.html", language, context)
}
