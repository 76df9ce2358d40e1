//! The page of a drift: the map with its time slider, the figures of the time shown, where things strand, hour by hour.

use super::{PageError, render, table};
use crate::figure::drift_map;
use crate::language::Language;
use crate::number::Writer;
use crate::phrase;
use crate::phrase::drift::{area, end, hundred, name, objects, parts_end, share, what};
use plimsoll_case::answer::drift::{DriftHour, Stranding};
use plimsoll_case::answer::{DriftAnswer, State, digest};
use plimsoll_core::earth::{LonLat, course};
use plimsoll_core::time::Utc;
use serde_json::{Value, json};

const DASH: &str = "\u{2013}";
/// Facts that are shown large: the hour and the mean position.
const BIG: [usize; 2] = [0, 2];

/// The page of a drift.
///
/// # Errors
/// [`PageError`] for a fault of the template.
pub fn drift(a: &DriftAnswer, language: Language) -> Result<String, PageError> {
    let (l, w) = (language, Writer::page(language));
    let what = what(l, a);
    let place = position(a.release.lon, a.release.lat);
    let n = w.count(a.particles);
    let head = if a.release.from == a.release.to {
        l.fill("drift.head", &[("n", &n), ("place", &place), ("time", &clock(a.release.from))])
    } else {
        let (from, to) = (clock(a.release.from), clock(a.release.to));
        l.fill("drift.head_span", &[("n", &n), ("place", &place), ("from", &from), ("to", &to)])
    };
    let state = match a.state {
        State::Assessed => None,
        State::Extrapolated => Some("state.extrapolated"),
        State::NotAssessable => Some("state.not_assessable"),
    };
    let state = state.map(|s| format!("{}{}{}", l.word(s), l.word("text.colon"), phrase::reasons(l, &a.reasons)));
    let map = drift_map::map("drift", w, a, &l.word("drift.map"), &l.word("drift.map_desc"));
    let rows = a.hourly.iter().map(|h| cells(w, a, h).into_iter().map(|(_, v)| v).collect()).collect();
    let head_of = |h: &DriftHour| cells(w, a, h).into_iter().map(|(k, _)| k).collect::<Vec<_>>();
    let (strand_title, strand_note, strand) = stranding(w, a);
    let context = json!({
        "version": a.version,
        "digest": a.digest,
        "digest_shown": digest::shown(&a.digest),
        "page_title": l.fill("drift.title", &[("what", &what)]),
        "footnote": l.word("drift.note"),
        "credibility": phrase::credibility_sentence(l, a.credibility.as_ref()),
        "w": l.section("drift"),
        "head": head,
        "state": state,
        "end": a.hourly.last().map(|h| end(w, h)),
        "parts": a.hourly.last().and_then(|h| parts_end(w, a, h)),
        "life": life(w, a),
        "compatible": a.opendrift_compatible.then(|| l.word("drift.compatible")),
        "map": map,
        "last": a.hourly.len().saturating_sub(1),
        "facts": facts(w, a),
        "strand_title": strand_title,
        "strand_note": strand_note,
        "strand": strand,
        "hours": table(&a.hourly.first().map(head_of).unwrap_or_default(), rows),
        "sources": table(
            &[l.word("drift.quantity"), l.word("drift.source"), l.word("page.digest")],
            a.sources.iter().map(|s| vec![
                l.find(&format!("quantity.{}", s.quantity)).unwrap_or(&s.quantity).to_owned(),
                s.name.clone(),
                s.digest.as_deref().map_or(DASH, digest::shown).to_owned(),
            ]).collect(),
        ),
        "inputs": table(
            &[l.word("page.key"), l.word("page.value")],
            a.inputs.iter().map(|i| vec![i.key.clone(), i.text.clone()]).collect(),
        ),
        "provenance": [
            [l.word("page.version"), format!("plimsoll {}", a.version)],
            [l.word("drift.particles"), n],
            [l.word("drift.step"), w.duration_s(a.step_s)],
            [l.word("drift.scheme"), a.scheme.clone()],
            [l.word("page.seed"), a.seed.to_string()],
            [l.word("page.digest"), a.digest.clone()],
        ],
    });
    render("drift.html", language, context)
}

/// "51°02.0′N 001°30.0′E"; a dash for no position.
fn position(lon: f64, lat: f64) -> String {
    LonLat::new(lon - 360.0 * (lon / 360.0).round(), lat).map_or_else(
        |_| DASH.to_owned(),
        |p| {
            let text = p.dm(1);
            let parts: Vec<&str> = text.split(' ').collect();
            match parts.as_slice() {
                [a, b, c, d] => {
                    let minute = |m: &str| format!("{}′{}", &m[..m.len() - 1], &m[m.len() - 1..]);
                    format!("{a}°{} {c}°{}", minute(b), minute(d))
                }
                _ => text,
            }
        },
    )
}

/// "16 11 2015" is read in two ways: the international form is not.
fn clock(t: Utc) -> String {
    let c = t.civil();
    format!("{:04}-{:02}-{:02} {:02}:{:02} UTC", c.year, c.month, c.day, c.hour, c.minute)
}

/// Distance in nautical miles and true bearing from the release to the mean position.
fn moved(w: Writer, a: &DriftAnswer, h: &DriftHour) -> String {
    let wrapped = |lon: f64| lon - 360.0 * (lon / 360.0).round();
    let (Ok(from), Ok(to)) =
        (LonLat::new(wrapped(a.release.lon), a.release.lat), LonLat::new(wrapped(h.mean_lon), h.mean_lat))
    else {
        return DASH.to_owned();
    };
    let c = course(from, to);
    let nm = c.distance_m / 1852.0;
    if nm < 0.05 {
        return format!("0 {}", w.language.word("map.nm"));
    }
    let bearing = format!("{:03.0}°", c.bearing_deg.round() % 360.0);
    w.language.fill("drift.moved_value", &[("d", &w.two(nm)), ("b", &bearing)])
}

/// What it is, part by part, with its leeway.
fn life(w: Writer, a: &DriftAnswer) -> Value {
    let l = w.language;
    let from = |k: usize| match k.checked_sub(1 + a.beside.len()).and_then(|k| a.changes.get(k)) {
        Some(c) => l.fill("drift.life_after", &[("t", &duration(w, &c.after))]),
        None => l.word("drift.life_release"),
    };
    let leeway = |of: Option<[f64; 3]>| match of {
        None => l.word("drift.no_leeway"),
        Some([low, _, high]) if low == high => w.two(low),
        Some(of) => {
            let [low, middle, high] = of.map(|v| w.two(v));
            l.fill("drift.life_range", &[("middle", &middle), ("low", &low), ("high", &high)])
        }
    };
    let head = ["life_what", "life_from", "life_leeway"].map(|k| l.word(&format!("drift.{k}")));
    let rows = objects(a).enumerate().map(|(k, o)| vec![name(l, o).to_owned(), from(k), leeway(o.leeway_percent)]);
    table(&head, rows.collect())
}

/// A duration or a belief about one as the case has it, without its quotation marks.
fn duration(w: Writer, written: &str) -> String {
    let text = written.replace(['"', '{', '}'], "");
    let part =
        |word: &str| text.split(',').find_map(|p| p.trim().strip_prefix(word)?.trim().strip_prefix('=')).map(str::trim);
    match (part("low"), part("high")) {
        (Some(low), Some(high)) => w.language.fill("drift.life_between", &[("low", low), ("high", high)]),
        _ => text.trim().to_owned(),
    }
}

/// A row of the table of hours: the name of each column, and its cell.
fn cells(w: Writer, a: &DriftAnswer, h: &DriftHour) -> Vec<(String, String)> {
    let named = |key: &str, cell: String| (w.language.word(key), cell);
    let mut out = vec![
        named("drift.hour", format!("+{}", w.significant(h.hour, 4))),
        named("drift.utc", clock(h.time)),
        named("drift.mean", position(h.mean_lon, h.mean_lat)),
        named("drift.moved", moved(w, a, h)),
        named("drift.area50", area(w, h, 0.5)),
        named("drift.area90", area(w, h, 0.9)),
        named("drift.area95", area(w, h, 0.95)),
        named("drift.active", hundred(w, share(h, "active"))),
        named("drift.stranded", hundred(w, share(h, "stranded"))),
        named("drift.missing", hundred(w, share(h, "missing_data"))),
    ];
    let parts = objects(a).zip(&h.parts);
    out.extend(parts.map(|(o, p)| (w.language.fill("drift.part", &[("what", name(w.language, o))]), hundred(w, *p))));
    out
}

/// The same figures for the time shown, one under the other: every time's value, of which the style shows one.
fn facts(w: Writer, a: &DriftAnswer) -> Value {
    let rows: Vec<Vec<(String, String)>> = a.hourly.iter().map(|h| cells(w, a, h)).collect();
    let Some(first) = rows.first() else { return json!([]) };
    let facts = (0..first.len()).map(|k| {
        let values: Vec<String> =
            rows.iter().map(|r| if k == 0 { format!("{} h", r[k].1) } else { r[k].1.clone() }).collect();
        json!({ "name": first[k].0, "big": BIG.contains(&k), "values": values })
    });
    Value::Array(facts.collect())
}

fn stranding(w: Writer, a: &DriftAnswer) -> (String, String, Value) {
    let l = w.language;
    let t = w.duration_s(a.hourly.last().map_or(0.0, |h| h.hour * 3600.0));
    let empty = table(&[], vec![]);
    let title = l.word("drift.strand");
    match &a.stranding {
        None => (title, l.word("drift.land_left_out"), empty),
        Some(s) if s.places.is_empty() => (title, l.fill("drift.strand_none", &[("t", &t)]), empty),
        Some(s) => {
            let note = l.fill("drift.strand_note", &[("n", &hundred(w, s.share)), ("t", &t)]);
            (title, note, strand_table(w, s))
        }
    }
}

fn strand_table(w: Writer, s: &Stranding) -> Value {
    let l = w.language;
    let head = ["strand_place", "strand_share", "strand_first", "strand_half"].map(|k| l.word(&format!("drift.{k}")));
    let hours = |h: f64| w.duration_s(h * 3600.0);
    let row = |p: &plimsoll_case::answer::drift::StrandingPlace| {
        vec![position(p.lon, p.lat), w.two(100.0 * p.share), hours(p.first_hour), hours(p.median_hour)]
    };
    table(&head, s.places.iter().take(15).map(row).collect())
}
