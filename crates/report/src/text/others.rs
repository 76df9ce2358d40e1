//! The shorter answers: load line, survival in the water, self-test, benchmark.

use super::layout::{Row, both_edges, hanging, paragraph, table};
use crate::language::Language;
use crate::number::Writer;
use crate::phrase;
use plimsoll_case::answer::survive::SurvivalPoint;
use plimsoll_case::answer::{Figure, LoadlineAnswer, SelftestAnswer, State, SurviveAnswer, digest};

/// The load line: the figures and the limits, passed or not.
#[must_use]
pub fn loadline(a: &LoadlineAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    let (length, people) = (w.two(a.section.length_m), w.significant(a.section.people, 3));
    let title = l.fill("loadline.title", &[("length", &length), ("people", &people)]);
    both_edges(&mut out, &title, &format!("plimsoll {}", a.version));
    out.push('\n');
    if a.state != State::Assessed {
        let word = if a.state == State::Extrapolated { "state.extrapolated" } else { "state.not_assessable" };
        paragraph(&mut out, &format!("{}{}{}", l.word(word), l.word("text.colon"), phrase::reasons(l, &a.reasons)));
        if a.state == State::NotAssessable {
            return out;
        }
    }
    let rows: Vec<Row> = loadline_figures(a, l)
        .into_iter()
        .map(|(name, figure, unit)| {
            let text = figure.map_or_else(|| l.word("text.dash"), |f| phrase::figure(w, f, unit));
            Row::Cells(vec![name, text])
        })
        .collect();
    table(&mut out, &[false, false], &rows);
    out.push('\n');
    let mut rows = vec![Row::Head(vec![l.word("loadline.limits"), String::new()])];
    rows.extend(a.limits.iter().map(|x| Row::Cells(vec![phrase::limit_name(l, x), phrase::limit_margin(w, x)])));
    table(&mut out, &[false, false], &rows);
    out.push('\n');
    paragraph(&mut out, &l.word("loadline.range"));
    paragraph(&mut out, &l.word("loadline.note"));
    if let Some(line) = phrase::credibility_sentence(l, a.credibility.as_ref()) {
        paragraph(&mut out, &line);
    }
    if !a.digest.is_empty() {
        paragraph(&mut out, &format!("{} {}", l.word("page.digest"), digest::shown(&a.digest)));
    }
    out
}

/// Name, figure and unit of everything that a load line says, in reading order.
pub(crate) fn loadline_figures(a: &LoadlineAnswer, l: Language) -> Vec<(String, Option<Figure>, &'static str)> {
    let mut rows = vec![
        ("displacement", a.displacement_kg, "kg"),
        ("freeboard", a.freeboard_m, "m"),
        ("gm", a.gm_m, "m"),
        ("gz_max", a.gz_max_m, "m"),
        ("gz_max_heel", a.gz_max_heel_deg, "deg"),
        ("flooding", a.flooding_heel_deg, "deg"),
        ("shift", a.shift_to_capsize_m, "m"),
        ("transom", a.transom_margin_m, "m"),
        ("capacity", a.swamped.map(|s| s.capacity_kg), "kg"),
        ("held_clear", a.swamped.map(|s| s.held_clear), "people"),
    ];
    if let Some(s) = a.soft_chamber {
        rows.push(("list", Some(s.list_deg), "deg"));
        rows.push(("margin", Some(s.margin_m), "m"));
        rows.push(("margin_limp", Some(s.margin_limp_m), "m"));
    }
    rows.into_iter().map(|(key, f, unit)| (l.word(&format!("loadline.{key}")), f, unit)).collect()
}

/// Survival in the water: a table in time, survival and death both, who first, what to ask.
#[must_use]
pub fn survive(a: &SurviveAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    both_edges(&mut out, &l.word("survive.title"), &format!("plimsoll {}", a.version));
    let mut head = Vec::new();
    head.extend(a.people.map(|p| l.fill("survive.people", &[("n", &plain(w, p, 1.0))])));
    head.extend(a.minutes_now.map(|m| l.fill("survive.now", &[("t", &w.duration_s(m.middle() * 60.0))])));
    if !head.is_empty() {
        paragraph(&mut out, &head.join(", "));
    }
    out.push('\n');
    if a.state != State::Assessed {
        let word = if a.state == State::Extrapolated { "state.extrapolated" } else { "state.not_assessable" };
        paragraph(&mut out, &format!("{}{}{}", l.word(word), l.word("text.colon"), phrase::reasons(l, &a.reasons)));
    }
    if a.state != State::NotAssessable {
        let mut rows =
            vec![Row::Head(vec![l.word("survive.minutes"), l.word("survive.alive"), l.word("survive.dead")])];
        for p in thinned(&a.curve) {
            let hundred = |v: f64| w.two((v * 100.0).max(0.0));
            let alive = w.with_interval(&hundred(p.alive_mean), &hundred(p.alive_q05), &hundred(p.alive_q95));
            let dead =
                w.with_interval(&hundred(1.0 - p.alive_mean), &hundred(1.0 - p.alive_q95), &hundred(1.0 - p.alive_q05));
            rows.push(Row::Cells(vec![w.significant(p.minutes, 3), alive, dead]));
        }
        table(&mut out, &[true, true, true], &rows);
        paragraph(&mut out, &l.word("survive.q"));
        out.push('\n');
    }
    for p in &a.priority {
        let margin = if p.rank == 1 { l.word("survive.priority") } else { String::new() };
        let group = l.find(&format!("group.{}", p.group)).map_or_else(|| p.group.clone(), str::to_owned);
        let risk = p.p_death_next_10_min.map(|v| l.fill("survive.within", &[("p", &w.two(v * 100.0))]));
        let text =
            format!("{} {group}{}", p.rank, risk.map_or_else(String::new, |r| format!("{}{r}", l.word("text.colon"))));
        hanging(&mut out, &margin, 13, &text);
    }
    if !a.ask_next.is_empty() {
        let questions: Vec<String> =
            a.ask_next.iter().take(3).map(|q| format!("{} {}", q.rank, phrase::call_question(w, q))).collect();
        hanging(&mut out, &l.word("text.ask"), 13, &questions.join("  "));
        if a.ask_next.iter().any(|q| q.lives_saved > 0.0) {
            hanging(&mut out, "", 13, &l.word("survive.worth_note"));
        }
    } else if a.state != State::NotAssessable {
        hanging(&mut out, &l.word("text.ask"), 13, &l.word("text.ask_none"));
    }
    paragraph(&mut out, &l.word("survive.never"));
    if let Some(line) = phrase::credibility_sentence(l, a.credibility.as_ref()) {
        paragraph(&mut out, &line);
    }
    paragraph(
        &mut out,
        &l.fill(
            "text.provenance",
            &[("n", &w.count(a.realisations)), ("seed", &a.seed.to_string()), ("digest", digest::shown(&a.digest))],
        ),
    );
    out
}

fn plain(w: Writer, f: Figure, scale: f64) -> String {
    let text = |v: f64| w.significant(v * scale, 3);
    match f {
        Figure::Exact(v) => text(v),
        Figure::Spread(q) => w.with_interval(&text(q.q50), &text(q.q05), &text(q.q95)),
    }
}

/// At most some fifteen points of a curve, the first and the last among them.
pub(crate) fn thinned(curve: &[SurvivalPoint]) -> Vec<SurvivalPoint> {
    let every = curve.len().div_ceil(14).max(1);
    let last = curve.len().saturating_sub(1);
    curve.iter().enumerate().filter(|(i, _)| i % every == 0 || *i == last).map(|(_, p)| *p).collect()
}

/// Known answers beside ours.
#[must_use]
pub fn selftest(a: &SelftestAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    both_edges(&mut out, &l.word("selftest.title"), &format!("plimsoll {}", a.version));
    out.push('\n');
    let mut notes: Vec<String> = Vec::new();
    let head = ["id", "case", "quantity", "expected", "computed", "result"];
    let mut rows = vec![Row::Head(head.iter().map(|k| l.word(&format!("selftest.{k}"))).collect())];
    for c in &a.cases {
        let unit = if c.unit == "1" { String::new() } else { format!(" {}", c.unit) };
        let result = match (c.passed, &c.known_miss) {
            (true, _) => l.word("selftest.pass"),
            (false, Some(why)) => {
                // the reason stands below the table: a column of two words a line is no reading
                let note = notes.iter().position(|n| n == why).unwrap_or_else(|| {
                    notes.push(why.clone());
                    notes.len() - 1
                });
                format!("{} ({})", l.word("selftest.known_miss"), note + 1)
            }
            (false, None) => l.word("selftest.fail"),
        };
        rows.push(Row::Cells(vec![
            c.id.clone(),
            c.name.clone(),
            format!("{}{unit}", c.quantity),
            format!("{} ±{}", w.significant(c.expected, 5), w.two(c.tolerance)),
            c.computed.map_or_else(|| l.word("text.dash"), |v| w.significant(v, 5)),
            result,
        ]));
    }
    table(&mut out, &[false, false, false, true, true, false], &rows);
    for (i, note) in notes.iter().enumerate() {
        paragraph(&mut out, &format!("({}) {note}", i + 1));
    }
    out.push('\n');
    let values = [a.passed, a.known_misses, a.failed].map(|n| n.to_string());
    paragraph(
        &mut out,
        &l.fill("selftest.summary", &[("pass", &values[0]), ("miss", &values[1]), ("fail", &values[2])]),
    );
    out
}
