//! The answer of `plimsoll assess`: distress first, the load line, the options, what to ask, what it rests on.

use super::layout::{Row, both_edges, hanging, paragraph, table, width};
use crate::language::Language;
use crate::number::Writer;
use crate::phrase;
use plimsoll_case::answer::assess::{AskNext, AssessAnswer, Computed, OptionAnswer, Sensitivity};
use plimsoll_case::answer::{State, digest};

/// The whole answer, lines of at most 80 columns, with a final newline.
#[must_use]
pub fn assess(a: &AssessAnswer, language: Language) -> String {
    let w = Writer::terminal(language);
    let l = language;
    let mut out = String::new();
    let margin = margin(l);
    both_edges(&mut out, &phrase::place(w, &a.scene), &format!("plimsoll {}", a.version));
    paragraph(&mut out, &phrase::people(w, &a.scene));
    let sea = phrase::sea(w, &a.scene);
    if !sea.is_empty() {
        paragraph(&mut out, &sea);
    }
    paragraph(&mut out, &distress(l, a));
    if a.coarse {
        paragraph(&mut out, &l.fill("text.coarse", &[("n", &w.count(a.realisations))]));
    }
    out.push('\n');
    load_line(&mut out, w, a, margin);
    out.push('\n');
    hanging(&mut out, &l.word("aloud.title"), margin, &phrase::aloud(w, a).join(" "));
    out.push('\n');
    options(&mut out, w, a);
    out.push('\n');
    let dominance = phrase::dominance(w, a);
    if !dominance.is_empty() {
        paragraph(&mut out, &dominance.join(" "));
    }
    if let Some(loss) = phrase::loss(w, a) {
        paragraph(&mut out, &loss);
    }
    hanging(&mut out, &l.word("text.crew"), margin, &crew(w, a));
    hanging(&mut out, &l.word("text.ask"), margin, &ask(w, a));
    hanging(&mut out, &l.word("text.flip"), margin, &flip(w, a));
    if !a.sensitivity.is_empty() {
        hanging(&mut out, &l.word("text.hangs"), margin, &hangs(w, a));
    }
    hanging(&mut out, &l.word("policy.title"), margin, &phrase::policy_line(w, a));
    hanging(&mut out, &l.word("text.rests"), margin, &rests(l, a));
    hanging(&mut out, &l.word("text.credibility"), margin, &phrase::credibility(l, &a.credibility));
    let provenance = l.fill(
        "text.provenance",
        &[("n", &w.count(a.realisations)), ("seed", &a.seed.to_string()), ("digest", digest::shown(&a.digest))],
    );
    both_edges(&mut out, &provenance, &l.word("text.html"));
    out
}

/// Where the text beside a word in the margin begins: after the longest of these words.
fn margin(l: Language) -> usize {
    let words = ["load_line", "crew", "ask", "flip", "hangs", "rests", "credibility"];
    let others = ["policy.title", "aloud.title"].map(|k| width(&l.word(k)));
    words.iter().map(|k| width(&l.word(&format!("text.{k}")))).chain(others).max().unwrap_or(0) + 2
}

fn distress(l: Language, a: &AssessAnswer) -> String {
    let (met, all) = phrase::distress_count(a);
    if all == 0 {
        return l.word("distress.none");
    }
    let head = l.fill("distress.head", &[("met", &met.to_string()), ("all", &all.to_string())]);
    let names: Vec<String> = a
        .distress_indicators
        .iter()
        .filter(|d| d.met == Some(true))
        .map(|d| l.find(&format!("distress.{}", d.id)).map_or_else(|| d.id.clone(), str::to_owned))
        .collect();
    if names.is_empty() { head } else { format!("{head} ({})", names.join(", ")) }
}

fn load_line(out: &mut String, w: Writer, a: &AssessAnswer, margin: usize) {
    let l = w.language;
    hanging(out, &l.word("text.load_line"), margin, &phrase::load_line(w, &a.loadline));
    if a.loadline.state == State::NotAssessable {
        return;
    }
    let passed: Vec<String> = a.loadline.limits.iter().filter(|x| x.passed).map(|x| phrase::limit_name(l, x)).collect();
    let text = if passed.is_empty() {
        l.word("text.passed_none")
    } else {
        format!("{}{}{}", l.word("text.passed"), l.word("text.colon"), passed.join(&l.word("text.semicolon")))
    };
    hanging(out, "", margin, &text);
}

fn options(out: &mut String, w: Writer, a: &AssessAnswer) {
    let l = w.language;
    let mut head = vec![String::new(), l.word("text.of_boats"), l.word("text.deaths"), l.word("text.difference")];
    let verdicts = !a.coarse;
    let mut right = vec![false, true, true, true];
    if verdicts {
        head.push(String::new());
        right.push(false);
    }
    let mut rows: Vec<Row> = vec![Row::Head(head)];
    for o in &a.options {
        rows.push(row(w, a, o, verdicts));
    }
    table(out, &right, &rows);
    paragraph(out, &phrase::brackets(w, a));
    phrase::sureness(w, a).iter().for_each(|s| paragraph(out, s));
    if let Some(chances) = phrase::chances(w, a) {
        paragraph(out, &chances);
    }
    let mut said: Vec<String> = Vec::new();
    for o in a.options.iter().filter(|o| o.state == State::Extrapolated) {
        let mut why = phrase::reasons(l, &o.reasons);
        if why.is_empty() {
            why = l.word("text.extrapolated_default");
        }
        if !said.contains(&why) {
            paragraph(out, &l.fill("text.extrapolated", &[("reason", &why)]));
            said.push(why);
        }
    }
    let unproven = phrase::not_shown_safer(a);
    if !unproven.is_empty() {
        let names: Vec<String> = unproven.iter().map(|o| phrase::option(l, o)).collect();
        paragraph(out, &l.fill("text.burden", &[("options", &names.join(&l.word("text.semicolon")))]));
    }
}

fn row(w: Writer, a: &AssessAnswer, o: &OptionAnswer, verdicts: bool) -> Row {
    let l = w.language;
    let mut name = phrase::option(l, o);
    let dash = l.word("text.dash");
    if o.state == State::NotAssessable {
        let why = phrase::reasons(l, &o.reasons);
        let text = l.word("state.not_assessable");
        return Row::Across(name, if why.is_empty() { text } else { format!("{text}{}{why}", l.word("text.colon")) });
    }
    if o.state == State::Extrapolated {
        name.push('*');
    }
    // A cell may break before its bracket, never inside it.
    let cell = |middle: String, low: String, high: String| format!("{middle} ({})", w.range(&low, &high));
    let thousand = |v: f64| w.two(v * 1000.0);
    let any = match (o.p_any_death, o.p_any_death_lo95, o.p_any_death_hi95) {
        (Some(p), Some(lo), Some(hi)) => cell(thousand(p), thousand(lo), thousand(hi)),
        (Some(p), ..) => thousand(p),
        (None, ..) => dash.clone(),
    };
    let deaths = o.deaths.map_or_else(
        || dash.clone(),
        |d| cell(thousand(d.mean), thousand(d.knowledge_lo95), thousand(d.knowledge_hi95)),
    );
    let signed = |v: f64| w.signed(v * 1000.0);
    let difference =
        o.difference_to_stand_off.map_or(dash.clone(), |d| cell(signed(d.mean), signed(d.lo95), signed(d.hi95)));
    let mut cells = vec![name, any, deaths, difference];
    if verdicts {
        cells.push(phrase::shown_verdict(a, o).map_or(dash, |v| phrase::verdict(l, v)));
    }
    Row::Cells(cells)
}

fn crew(w: Writer, a: &AssessAnswer) -> String {
    let l = w.language;
    let crews = || a.options.iter().filter_map(|o| o.crew.as_ref().map(|c| (o, c)));
    let known: Vec<String> = crews()
        .filter_map(|(o, c)| {
            let (mean, lo, hi) = (c.deaths_mean?, c.lo95?, c.hi95?);
            let text = |v: f64| w.two(v * 1000.0);
            Some(format!("{} {}", phrase::option(l, o), w.with_interval(&text(mean), &text(lo), &text(hi))))
        })
        .collect();
    if !known.is_empty() {
        return l.fill("text.crew_line", &[("list", &known.join(", "))]);
    }
    let why = crews().map(|(_, c)| phrase::reasons(l, &c.reasons)).find(|t| !t.is_empty());
    l.fill("text.crew_not", &[("why", &why.unwrap_or_else(|| l.word("text.dash")))])
}

fn ask(w: Writer, a: &AssessAnswer) -> String {
    let l = w.language;
    if a.ask_next.is_empty() {
        return l.word("text.ask_none");
    }
    let one = |q: &AskNext| {
        let (v, e) = (w.two(q.expected_deaths_avoided * 1000.0), w.two(q.error * 1000.0));
        let question = phrase::question(l, &q.key);
        l.fill("text.ask_one", &[("rank", &q.rank.to_string()), ("question", &question), ("v", &v), ("e", &e)])
    };
    a.ask_next.iter().take(3).map(one).collect::<Vec<_>>().join("  ")
}

fn flip(w: Writer, a: &AssessAnswer) -> String {
    let l = w.language;
    if a.would_flip_state == Computed::NotComputed {
        return l.word("text.flip_not_computed");
    }
    if a.would_flip_together.is_empty() {
        return l.word("text.flip_no_pair");
    }
    phrase::flips(w, a).join(" ")
}

fn hangs(w: Writer, a: &AssessAnswer) -> String {
    let hundred = |v: f64, error: f64| format!("{} \u{b1} {}", w.two(100.0 * v.clamp(0.0, 1.0)), w.two(196.0 * error));
    let one = |s: &Sensitivity| format!("{} {}", s.constant, hundred(s.total, s.total_error));
    let all: Vec<String> = a.sensitivity.iter().take(5).map(one).collect();
    w.language.fill("text.hangs_line", &[("all", &all.join(", "))])
}

fn rests(l: Language, a: &AssessAnswer) -> String {
    let r = &a.rests_on;
    l.fill(
        "text.rests_line",
        &[
            ("a", &r.measured.to_string()),
            ("b", &r.published.to_string()),
            ("c", &r.judged.to_string()),
            ("d", &a.inputs.defaulted.len().to_string()),
        ],
    )
}
