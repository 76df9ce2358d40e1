//! The shorter pages: load line, survival in the water.

use super::{PageError, render, table};
use crate::figure::{curve, mark, section};
use crate::language::Language;
use crate::number::Writer;
use crate::phrase;
use crate::text::{loadline_figures, thinned};
use plimsoll_case::answer::{LoadlineAnswer, Reason, State, SurviveAnswer, digest};
use serde_json::json;

fn state(l: Language, state: State, reasons: &[Reason]) -> Option<String> {
    let word = match state {
        State::Assessed => return None,
        State::Extrapolated => "state.extrapolated",
        State::NotAssessable => "state.not_assessable",
    };
    Some(format!("{}{}{}", l.word(word), l.word("text.colon"), phrase::reasons(l, reasons)))
}

/// The page of a load line: cross-section, mark, figures, righting levers.
///
/// # Errors
/// [`PageError`] for a fault of the template.
pub fn loadline(a: &LoadlineAnswer, language: Language) -> Result<String, PageError> {
    let (l, w) = (language, Writer::page(language));
    let (length, people) = (w.two(a.section.length_m), w.significant(a.section.people, 3));
    let rows = loadline_figures(a, l)
        .into_iter()
        .map(|(name, f, unit)| vec![name, f.map_or_else(|| "\u{2013}".to_owned(), |f| phrase::figure(w, f, unit))]);
    let points: Vec<curve::Point> =
        a.gz.iter()
            .map(|p| {
                let (low, high) = p.gz_m.ends();
                curve::Point { x: p.heel_deg, low, middle: p.gz_m.middle(), high }
            })
            .collect();
    let titles = ["page.gz", "page.gz_x", "page.gz_y", "page.fan"].map(|k| l.word(k));
    let labels = curve::Labels { title: &titles[0], x: &titles[1], y: &titles[2], fan: &titles[3] };
    let gz_rows =
        a.gz.iter().step_by(a.gz.len().div_ceil(16).max(1)).map(|p| {
            vec![w.decimals(p.heel_deg, 2), phrase::figure(w, p.gz_m, "m"), phrase::figure(w, p.margin_m, "m")]
        });
    let context = json!({
        "version": a.version,
        "digest": a.digest,
        "digest_shown": digest::shown(&a.digest),
        "page_title": l.fill("loadline.title", &[("length", &length), ("people", &people)]),
        "state": state(l, a.state, &a.reasons),
        "line": if a.state == State::NotAssessable { String::new() } else { phrase::capital(&phrase::load_line(w, a)) },
        "section": section::section("section", w, a),
        "mark": mark::mark("mark", w, a),
        "note": l.word("loadline.note"),
        "credibility": phrase::credibility_sentence(l, a.credibility.as_ref()),
        "range": l.word("loadline.range"),
        "figures": table(&[l.word("page.figure"), l.word("page.value")], rows.collect()),
        "curve": curve::curve("gz", w, labels, &points, None),
        "gz": table(
            &[l.word("page.heel"), l.word("page.gz"), l.word("loadline.freeboard")],
            gz_rows.collect()
        ),
    });
    render("loadline.html", language, context)
}

/// The page of survival in the water: the curve with its fan, who first, what to ask.
///
/// # Errors
/// [`PageError`] for a fault of the template.
pub fn survive(a: &SurviveAnswer, language: Language) -> Result<String, PageError> {
    let (l, w) = (language, Writer::page(language));
    let mut head = Vec::new();
    head.extend(a.people.map(|p| l.fill("survive.people", &[("n", &w.significant(p.middle(), 3))])));
    head.extend(a.minutes_now.map(|m| l.fill("survive.now", &[("t", &w.duration_s(m.middle() * 60.0))])));
    // Beyond ten hours minutes are hard to read: hours then.
    let longest = a.curve.last().map_or(0.0, |p| p.minutes);
    let (scale, unit) = if longest > 180.0 { (60.0, "h") } else { (1.0, "min") };
    let points: Vec<curve::Point> = a
        .curve
        .iter()
        .map(|p| curve::Point {
            x: p.minutes / scale,
            low: p.alive_q05 * 100.0,
            middle: p.alive_mean * 100.0,
            high: p.alive_q95 * 100.0,
        })
        .collect();
    let titles = ["survive.title", "survive.x", "survive.y", "page.fan"].map(|k| l.word(k));
    let x = format!("{}, {unit}", titles[1]);
    let labels = curve::Labels { title: &titles[0], x: &x, y: &titles[2], fan: &titles[3] };
    let rows = thinned(&a.curve).into_iter().map(|p| {
        let alive = phrase::in_hundred(w, p.minutes, [p.alive_mean, p.alive_q05, p.alive_q95]);
        let dead = phrase::in_hundred(w, p.minutes, [1.0 - p.alive_mean, 1.0 - p.alive_q95, 1.0 - p.alive_q05]);
        vec![w.significant(p.minutes, 3), alive, dead]
    });
    let groups = a.priority.iter().map(|p| {
        let name = l.find(&format!("group.{}", p.group)).map_or_else(|| p.group.clone(), str::to_owned);
        let risk = p.p_death_next_10_min.map(|v| l.fill("survive.within", &[("p", &w.two(v * 100.0))]));
        vec![p.rank.to_string(), name, risk.unwrap_or_default(), p.why.clone()]
    });
    let context = json!({
        "version": a.version,
        "digest": a.digest,
        "digest_shown": digest::shown(&a.digest),
        "page_title": l.word("survive.title"),
        "head": head.join(", "),
        "state": state(l, a.state, &a.reasons),
        "curve": if a.state == State::NotAssessable { None } else { curve::curve("survival", w, labels, &points, Some(100.0)) },
        "range": l.word("survive.q"),
        "points": table(&["survive.minutes", "survive.alive", "survive.dead"].map(|k| l.word(k)), rows.collect()),
        "never": l.word("survive.never"),
        "priority_title": l.word("survive.priority"),
        "priority": table(&[String::new(), String::new(), String::new(), l.word("page.why")], groups.collect()),
        "ask": a
            .ask_next
            .iter()
            .take(3)
            .map(|q| json!({ "rank": q.rank, "question": phrase::call_question(w, q) }))
            .collect::<Vec<_>>(),
        "ask_note": a.ask_next.iter().any(|q| q.lives_saved > 0.0).then(|| l.word("survive.worth_note")),
        "credibility": phrase::credibility_sentence(l, a.credibility.as_ref()),
        "provenance": [
            [l.word("page.version"), format!("plimsoll {}", a.version)],
            [l.word("page.realisations"), w.count(a.realisations)],
            [l.word("page.seed"), a.seed.to_string()],
            [l.word("page.digest"), a.digest.clone()],
        ],
    });
    render("survive.html", language, context)
}
