//! The page of a tide.

use super::{PageError, render, table};
use crate::figure::tide as figure;
use crate::language::Language;
use crate::number::Writer;
use crate::phrase::credibility_sentence;
use crate::phrase::tide as say;
use plimsoll_case::answer::{TideAnswer, digest};
use serde_json::json;

/// Height and stream at one place: in time, round the compass, as tables, with what is not in them.
///
/// # Errors
/// [`PageError`] for a fault of the template.
pub fn tide(a: &TideAnswer, language: Language) -> Result<String, PageError> {
    let (l, w) = (language, Writer::page(language));
    let events: Vec<_> =
        say::events(w, a).into_iter().map(|(key, list)| json!({ "name": l.word(key), "list": list })).collect();
    let rows = a.series.iter().map(|p| {
        vec![
            format!("{} {}", &p.time.to_string()[..10], say::clock(p.time)),
            say::height(w, p.height_m),
            w.decimals(p.rate_kn, 1),
            w.direction(p.toward_deg),
        ]
    });
    let constituents = a.constituents.iter().map(|c| {
        let cell = |size: f64, lag: f64, unit: &str| {
            format!("{}\u{a0}{unit}, {}\u{b0}", w.decimals(size, 2), w.decimals(lag, 0))
        };
        vec![
            c.name.clone(),
            cell(c.height_m, c.height_lag_deg, "m"),
            cell(c.east_m_s, c.east_lag_deg, "m/s"),
            cell(c.north_m_s, c.north_lag_deg, "m/s"),
        ]
    });
    let heads = |keys: [&str; 4]| keys.map(|k| l.word(k));
    let context = json!({
        "version": a.version,
        "digest": a.digest,
        "digest_shown": digest::shown(&a.digest),
        "page_title": l.fill("tide.title", &[("place", &a.position.to_string())]),
        "head": format!("{}. {}", say::span(l, a), say::land(w, a)),
        "datum": l.word("tide.datum"),
        "figure": figure::tide("tide", w, a),
        "events": events,
        "events_title": l.word("tide.events"),
        "errors": say::errors(w, a),
        "errors_title": l.word("tide.errors"),
        "limits_title": l.word("tide.limits_title"),
        "limits": l.word("tide.limits"),
        "compass": figure::compass("compass", w, a),
        "compass_title": l.word("tide.compass"),
        "series": table(&heads(["tide.time", "tide.height_m", "tide.rate_kn", "tide.toward_true"]), rows.collect()),
        "constituents_title": l.word("tide.constituents"),
        "constituents": table(&heads(["tide.constituent", "tide.height", "tide.east", "tide.north"]), constituents.collect()),
        "origin": l.word("tide.origin"),
        "credibility": credibility_sentence(l, a.credibility.as_ref()),
        "footnote": l.word("tide.not_navigation"),
        "provenance": [
            [l.word("page.version"), format!("plimsoll {}", a.version)],
            [l.word("tide.atlas"), a.rests_on.data.iter().map(|d| format!("{}, SHA-256 {}", d.name, digest::shown(&d.sha256))).collect::<Vec<_>>().join("; ")],
            [l.word("page.digest"), a.digest.clone()],
        ],
    });
    render("tide.html", language, context)
}
