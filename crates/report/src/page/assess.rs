//! The page of an assessment, in the order in which a duty officer needs it.

use super::{PageError, render, table};
use crate::figure::{bars, chart, flip, mark, options, section, timeline};
use crate::language::Language;
use crate::number::Writer;
use crate::phrase;
use crate::text::loadline_figures;
use plimsoll_case::answer::assess::{AssessAnswer, Computed, OptionAnswer, TimelinePoint, Verdict};
use plimsoll_case::answer::{OptionId, State, digest};
use serde_json::{Value, json};

/// The page, with the best supported option in time.
///
/// # Errors
/// [`PageError`] for a fault of the template.
pub fn assess(a: &AssessAnswer, language: Language) -> Result<String, PageError> {
    assess_for(a, language, None)
}

/// The page, with that option in time and why people die under it. Without one, or where it is not assessable, the first
/// that is assessed.
///
/// # Errors
/// [`PageError`] for a fault of the template.
pub fn assess_for(a: &AssessAnswer, language: Language, chosen: Option<OptionId>) -> Result<String, PageError> {
    let w = Writer::page(language);
    let l = language;
    let assessed: Vec<&OptionAnswer> = a.options.iter().filter(|o| o.state != State::NotAssessable).collect();
    let chosen = assessed.iter().find(|o| Some(o.id) == chosen).or_else(|| assessed.first()).copied();
    let others: Vec<Value> = assessed
        .iter()
        .filter(|o| chosen.is_none_or(|c| !std::ptr::eq(c, **o)))
        .zip(1u32..)
        .map(|(o, i)| deep(&format!("o{i}"), w, o))
        .collect();
    let axis = options::axis(a);
    let context = json!({
        "version": a.version,
        "digest": a.digest,
        "digest_shown": digest::shown(&a.digest),
        "page_title": format!("{}: {}", l.word("page.title"), phrase::people(w, &a.scene)),
        "place": phrase::place(w, &a.scene),
        "people": phrase::people(w, &a.scene),
        "sea": phrase::sea(w, &a.scene),
        "coarse": a.coarse,
        "realisations": w.count(a.realisations),
        "distress": distress(w, a),
        "chart": chart::chart("chart", w, &a.scene),
        "chart_note": l.word(if a.scene.coast.is_some() { "page.chart_note" } else { "page.chart_no_coast" }),
        "loadline": loadline(w, a),
        "options": a.options.iter().zip(0u32..).map(|(o, i)| row(i, w, a, o, &axis)).collect::<Vec<_>>(),
        "stretched": axis.is_stretched(),
        "intervals": phrase::brackets(w, a),
        "sure": phrase::sureness(w, a),
        "chance_note": l.word("chance.note"),
        "axis": options::axis_figure("axis", w, &axis),
        "loss": phrase::loss(w, a),
        "ask": ask(w, a),
        "ask_none": l.word("text.ask_none"),
        "chosen": chosen.map(|o| deep("chosen", w, o)),
        "others": others,
        "figures": figures(w, &assessed),
        "flip": flips(w, a),
        "hangs": hangs(w, a),
        "aloud": phrase::aloud(w, a).join(" "),
        "dominance": phrase::dominance(w, a),
        "policy": policy(w, a),
        "rests": rests(w, a),
        "law": a.law.iter().map(|x| if l == Language::Fr { &x.text_fr } else { &x.text_en }).collect::<Vec<_>>(),
        "provenance": provenance(w, a),
    });
    render("assess.html", language, context)
}

fn distress(w: Writer, a: &AssessAnswer) -> Value {
    let l = w.language;
    let (met, all) = phrase::distress_count(a);
    let name = |id: &str| l.find(&format!("distress.{id}")).map_or_else(|| id.replace('_', " "), str::to_owned);
    let names: Vec<String> =
        a.distress_indicators.iter().filter(|d| d.met == Some(true)).map(|d| name(&d.id)).collect();
    let rows = a.distress_indicators.iter().map(|d| {
        let word = match d.met {
            Some(true) => "distress.met",
            Some(false) => "distress.not_met",
            None => "distress.unknown",
        };
        vec![name(&d.id), l.word(word), phrase::distress_why(w, a, d)]
    });
    let title = if all == 0 {
        l.word("distress.none")
    } else {
        l.fill("distress.title", &[("met", &met.to_string()), ("all", &all.to_string())])
    };
    json!({
        "title": title,
        "met": names.join(", "),
        "note": l.word("distress.note"),
        "table": table(&[l.word("page.indicator"), String::new(), l.word("page.why")], rows.collect()),
    })
}

fn loadline(w: Writer, a: &AssessAnswer) -> Value {
    let l = w.language;
    let x = &a.loadline;
    let none = (x.state == State::NotAssessable).then(|| phrase::reasons(l, &x.reasons));
    let mut rows: Vec<Vec<String>> = loadline_figures(x, l)
        .into_iter()
        .map(|(name, f, unit)| vec![name, f.map_or_else(|| "\u{2013}".to_owned(), |f| phrase::figure(w, f, unit))])
        .collect();
    rows.extend(x.limits.iter().map(|m| vec![phrase::limit_name(l, m), phrase::limit_margin(w, m)]));
    json!({
        "none": none,
        "line": phrase::capital(&phrase::load_line(w, x)),
        "section": section::section("section", w, x),
        "mark": mark::mark("mark", w, x),
        "table": table(&[l.word("page.figure"), l.word("page.value")], rows),
    })
}

/// The class of a verdict in the style, and the shape that says it again.
fn looks(v: Option<Verdict>) -> (&'static str, &'static str) {
    match v {
        Some(Verdict::Reference) => ("reference", "\u{25cf}"),
        Some(Verdict::Better) => ("better", "\u{25bc}"),
        Some(Verdict::NoClearDifference) => ("no_clear_difference", "\u{25cb}"),
        Some(Verdict::Worse) => ("worse", "\u{25b2}"),
        Some(Verdict::NotAssessable) => ("not_assessable", "\u{25a8}"),
        None => ("none", ""),
    }
}

fn row(i: u32, w: Writer, a: &AssessAnswer, o: &OptionAnswer, axis: &crate::figure::scale::Scale) -> Value {
    let l = w.language;
    let verdict = phrase::shown_verdict(a, o);
    let (class, glyph) = looks(verdict);
    let none = (o.state == State::NotAssessable).then(|| phrase::reasons(l, &o.reasons));
    let thousand = |v: f64| w.two(v * 1000.0);
    let between = |lo: String, hi: String| format!("({})", w.range(&lo, &hi));
    let dash = "\u{2013}";
    let any_ci = o.p_any_death_lo95.zip(o.p_any_death_hi95).map(|(lo, hi)| between(thousand(lo), thousand(hi)));
    let mark = (o.state == State::Extrapolated).then(|| {
        let why = phrase::reasons(l, &o.reasons);
        phrase::capital(&if why.is_empty() { l.word("state.extrapolated") } else { why })
    });
    // A verdict that may not be shown must not be told by the colour of the plot either.
    let plain = OptionAnswer { verdict, ..o.clone() };
    json!({
        "class": class,
        "glyph": glyph,
        "name": phrase::option(l, o),
        "verdict": verdict.map(|v| phrase::verdict(l, v)),
        "mark": mark,
        "none": none,
        "burden": phrase::not_shown_safer(a).iter().any(|x| std::ptr::eq(*x, o)),
        "icons": options::icons(&format!("i{i}"), l, o),
        "any": o.p_any_death.map_or_else(|| dash.to_owned(), thousand),
        "any_ci": any_ci.unwrap_or_default(),
        "any_word": phrase::middle(l, o),
        "deaths": o.deaths.map_or_else(|| dash.to_owned(), |d| thousand(d.mean)),
        "deaths_ci": o.deaths.map(|d| between(thousand(d.knowledge_lo95), thousand(d.knowledge_hi95))).unwrap_or_default(),
        "plot": if o.id == OptionId::StandOff && o.difference_to_stand_off.is_none() {
            Some(options::reference(&format!("d{i}"), w, axis))
        } else {
            options::difference(&format!("d{i}"), w, &plain, axis)
        },
        "difference": o.difference_to_stand_off.map_or_else(|| dash.to_owned(), |d| w.signed(d.mean * 1000.0)),
        "difference_ci": o
            .difference_to_stand_off
            .map(|d| between(w.signed(d.lo95 * 1000.0), w.signed(d.hi95 * 1000.0)))
            .unwrap_or_default(),
    })
}

fn ask(w: Writer, a: &AssessAnswer) -> Vec<Value> {
    let l = w.language;
    a.ask_next
        .iter()
        .take(3)
        .map(|q| {
            let saves = l.fill(
                "page.ask_saves",
                &[
                    ("v", &w.two(q.expected_deaths_avoided * 1000.0)),
                    ("e", &w.two(q.error * 1000.0)),
                    ("s", &w.duration_s(q.seconds_to_ask)),
                ],
            );
            json!({ "rank": q.rank, "question": phrase::question(l, &q.key), "saves": saves })
        })
        .collect()
}

/// An option in time and why people die under it.
fn deep(id: &str, w: Writer, o: &OptionAnswer) -> Value {
    let l = w.language;
    let name = phrase::option(l, o);
    let draw = |part: &str, points: &[TimelinePoint], events| {
        timeline::timeline(&format!("{id}-{part}"), w, &format!("{}: {name}", l.word("page.time")), points, events)
    };
    let hazards = o.by_hazard.map(|shares| {
        let intervals = o.by_hazard_interval.map(|i| i.named());
        let all = shares.named().into_iter().enumerate().map(|(k, (key, share))| bars::Bar {
            label: l.word(&format!("hazard.{key}")),
            share,
            interval: intervals.map(|i| (i[k].1.lo95, i[k].1.hi95)),
        });
        all.collect::<Vec<_>>()
    });
    let phases = o.by_phase.map(|shares| {
        let all = shares.named().into_iter().map(|(key, share)| bars::Bar {
            label: l.word(&format!("phase.{key}")),
            share,
            interval: None,
        });
        all.collect::<Vec<_>>()
    });
    let rows = hazards.iter().chain(&phases).flatten().map(|b| {
        let text = |v: f64| bars::in_hundred(w, v);
        let interval = b.interval.map_or_else(String::new, |(lo, hi)| w.range(&text(lo), &text(hi)));
        vec![b.label.clone(), text(b.share), interval]
    });
    let head = [l.word("page.causes"), l.word("page.share"), l.word("page.interval")];
    let causes_table = table(&head, rows.collect());
    let draw_bars = |part: &str, bars: Option<Vec<bars::Bar>>| {
        bars.map(|b| bars::bars(&format!("{id}-{part}"), w, &format!("{}: {name}", l.word("page.causes")), b))
    };
    let events = o.events.as_ref();
    json!({
        "name": name,
        "all": draw("all", &o.timeline, events.filter(|_| !o.timeline.is_empty())),
        "lost": draw("lost", &o.timeline_given_loss, None),
        "time_table": time_table(w, if o.timeline_given_loss.is_empty() { &o.timeline } else { &o.timeline_given_loss }),
        "hazards": draw_bars("hazards", hazards),
        "phases": draw_bars("phases", phases),
        "causes_table": causes_table,
    })
}

fn time_table(w: Writer, points: &[TimelinePoint]) -> Value {
    let l = w.language;
    let keys = ["minutes", "aboard", "in_water", "rescued", "ashore", "dead"];
    let every = points.len().div_ceil(12).max(1);
    let rows = points.iter().step_by(every).map(|p| {
        let dead = w.with_interval(&w.two(p.dead_q50), &w.two(p.dead_q05), &w.two(p.dead_q95));
        let [a, b, c, d] = [p.aboard_q50, p.in_water_q50, p.rescued_q50, p.ashore_q50].map(|v| w.two(v));
        vec![w.significant(p.minutes, 3), a, b, c, d, dead]
    });
    table(&keys.map(|k| l.word(&format!("page.{k}"))), rows.collect())
}

/// Every other figure of the options, one column each: for who wants to check.
fn figures(w: Writer, assessed: &[&OptionAnswer]) -> Value {
    let l = w.language;
    let dash = || "\u{2013}".to_owned();
    let thousand = |v: Option<f64>| v.map_or_else(dash, |v| w.two(v * 1000.0));
    let plain = |v: Option<f64>| v.map_or_else(dash, |v| w.two(v));
    type Cell<'a> = Box<dyn Fn(&OptionAnswer) -> String + 'a>;
    let rows: Vec<(String, Cell<'_>)> = vec![
        (
            l.word("page.expected"),
            Box::new(|o| {
                o.deaths.map_or_else(dash, |d| {
                    w.with_interval(&w.two(d.mean), &w.two(d.knowledge_lo95), &w.two(d.knowledge_hi95))
                })
            }),
        ),
        (
            l.word("page.predictive"),
            Box::new(|o| o.deaths.map_or_else(dash, |d| [d.q05, d.q50, d.q95].map(|v| w.two(v)).join(" · "))),
        ),
        (l.word("page.in_words"), Box::new(|o| phrase::any_death(l, o).unwrap_or_else(dash))),
        (l.word("page.p_ten"), Box::new(|o| thousand(o.p_ten_or_more))),
        (l.word("page.cvar"), Box::new(|o| plain(o.cvar10))),
        (l.word("page.p_loss"), Box::new(|o| thousand(o.p_loss))),
        (l.word("page.given_loss"), Box::new(|o| plain(o.deaths_given_loss))),
        (
            l.word("page.time_to_loss"),
            Box::new(|o| {
                o.time_to_loss_s.map_or_else(dash, |t| [t.q05, t.q50, t.q95].map(|v| w.duration_s(v)).join(" · "))
            }),
        ),
        (
            l.word("page.lifts"),
            Box::new(|o| {
                let minutes = |v: Option<f64>| v.map_or_else(dash, |v| w.duration_s(v * 60.0));
                o.lifts.map_or_else(dash, |x| format!("{} · {}", minutes(x.first_min), minutes(x.last_min)))
            }),
        ),
        (l.word("page.p_best"), Box::new(|o| o.p_best.map_or_else(dash, |p| w.two(p * 100.0)))),
        (
            l.word("page.mc_se"),
            Box::new(|o| thousand(o.difference_to_stand_off.map(|d| d.mc_se).or(o.deaths.map(|d| d.mc_se)))),
        ),
        (
            l.word("page.crew"),
            Box::new(|o| match &o.crew {
                None => dash(),
                Some(c) => match (c.deaths_mean, c.lo95, c.hi95) {
                    (Some(m), Some(lo), Some(hi)) => w.with_interval(&w.two(m), &w.two(lo), &w.two(hi)),
                    _ => format!("{}: {}", l.word("state.not_assessable"), phrase::reasons(l, &c.reasons)),
                },
            }),
        ),
        (
            l.word("page.accounted"),
            Box::new(|o| {
                o.accounted.map_or_else(dash, |x| {
                    let part = |key: &str, v: f64| format!("{} {}", l.word(&format!("page.{key}")), w.two(v));
                    let parts = [
                        part("acc_rescue", x.aboard_rescue),
                        part("acc_ashore", x.ashore),
                        part("acc_boat", x.in_boat),
                        part("acc_water", x.in_water),
                        part("acc_dead", x.dead),
                    ];
                    parts.join("; ")
                })
            }),
        ),
        (
            l.fill("page.reattempt", &[("p", &reattempt_share(w, assessed))]),
            Box::new(|o| {
                o.reattempt.map_or_else(dash, |r| {
                    let yes = l.word(if r.verdict_survives { "page.yes" } else { "page.no" });
                    let (lo, hi) = (w.two(r.extra_deaths_per_1000_lo95), w.two(r.extra_deaths_per_1000_hi95));
                    l.fill("page.reattempt_line", &[("lo", &lo), ("hi", &hi), ("survives", &yes)])
                })
            }),
        ),
    ];
    let mut head = vec![String::new()];
    head.extend(assessed.iter().map(|o| phrase::option(l, o)));
    let rows = rows.iter().map(|(name, cell)| {
        let mut cells = vec![name.clone()];
        cells.extend(assessed.iter().map(|o| cell(o)));
        cells
    });
    table(&head, rows.collect())
}

fn reattempt_share(w: Writer, assessed: &[&OptionAnswer]) -> String {
    let first = assessed.iter().find_map(|o| o.reattempt);
    first.map_or_else(|| "\u{2013}".to_owned(), |r| w.two(r.probability_assumed * 100.0))
}

fn flips(w: Writer, a: &AssessAnswer) -> Value {
    let l = w.language;
    if a.would_flip_state == Computed::NotComputed {
        return json!({ "figure": null, "none": l.word("page.flip_not_computed") });
    }
    if a.would_flip_together.is_empty() {
        return json!({ "figure": null, "none": l.word("page.flip_no_pair") });
    }
    let said = phrase::flips(w, a);
    if a.would_flip.is_empty() {
        return json!({ "figure": null, "none": said.join(" ") });
    }
    let per_thousand = |v: f64| w.significant(1000.0 * v, 2);
    let rows = a.would_flip.iter().map(|f| {
        let at = f.flips_at.map_or_else(|| l.word("page.flip_none_within"), |v| w.two(v));
        let (low, high) = f.difference_at;
        let moved = w.range(&per_thousand(low), &per_thousand(high));
        vec![f.constant.clone(), at, w.range(&w.two(f.range.0), &w.two(f.range.1)), f.unit.clone(), moved]
    });
    let head = ["constant", "value", "interval", "unit", "flip_axis"].map(|k| l.word(&format!("page.{k}")));
    let figure = flip::flip("flips", w, &a.would_flip);
    json!({ "figure": figure, "none": "", "said": said, "table": table(&head, rows.collect()) })
}

fn hangs(w: Writer, a: &AssessAnswer) -> Value {
    let hundred = |v: f64, error: f64| format!("{} \u{b1} {}", w.two(100.0 * v.clamp(0.0, 1.0)), w.two(196.0 * error));
    let rows = a
        .sensitivity
        .iter()
        .map(|s| vec![s.constant.clone(), hundred(s.first, s.first_error), hundred(s.total, s.total_error)]);
    table(&["constant", "hangs_first", "hangs_total"].map(|k| w.language.word(&format!("page.{k}"))), rows.collect())
}

fn policy(w: Writer, a: &AssessAnswer) -> Value {
    let [changed, applied] = phrase::policy(w, a);
    let sentences: Vec<String> = changed.into_iter().chain(applied.iter().map(|s| phrase::capital(s))).collect();
    json!({ "title": w.language.word("policy.title"), "default": phrase::capital(&w.language.word("policy.default")), "said": sentences })
}

fn rests(w: Writer, a: &AssessAnswer) -> Value {
    let l = w.language;
    let words = |keys: &[&str]| keys.iter().map(|k| l.word(&format!("page.{k}"))).collect::<Vec<_>>();
    let r = &a.rests_on;
    let counts = [r.measured, r.published, r.judged].map(|n| n.to_string());
    let line = l.fill(
        "text.rests_line",
        &[("a", &counts[0]), ("b", &counts[1]), ("c", &counts[2]), ("d", &a.inputs.defaulted.len().to_string())],
    );
    let factors = a.credibility.factors.iter().map(|f| {
        let name = l.find(&format!("factor.{}", f.id)).map_or_else(|| f.id.replace('_', " "), str::to_owned);
        vec![name, f.level.to_string(), phrase::why(l, f).to_owned(), f.evidence.join(", ")]
    });
    let defaulted =
        a.inputs.defaulted.iter().map(|d| vec![d.key.clone(), d.value.clone(), d.grade.clone(), d.source.clone()]);
    let inputs = a.inputs.scenario.iter().map(|i| {
        let given = l.word(if i.given { "page.given" } else { "page.default" });
        vec![i.key.clone(), i.text.clone(), given, i.basis.clone().unwrap_or_default()]
    });
    let constants = r.constants.iter().map(|c| {
        let value = serde_json::to_value(&c.value).map(|v| belief(w, &v)).unwrap_or_default();
        let unit = if c.unit == "1" { String::new() } else { c.unit.clone() };
        vec![c.id.clone(), value, unit, c.grade.clone(), c.source.clone()]
    });
    json!({
        "line": line,
        "credibility": l.fill("page.credibility", &[("level", &a.credibility.lowest_level.to_string())]),
        "factors": table(&words(&["factor", "level", "why", "evidence"]), factors.collect()),
        "defaulted": table(&words(&["key", "value", "grade", "source"]), defaulted.collect()),
        "inputs": table(&words(&["key", "value", "given", "basis"]), inputs.collect()),
        "constants": table(&words(&["constant", "value", "unit", "grade", "source"]), constants.collect()),
    })
}

/// A belief as it stands in the ledger, its numbers as they are read.
fn belief(w: Writer, v: &Value) -> String {
    match v {
        Value::Number(n) => w.significant(n.as_f64().unwrap_or(0.0), 4),
        Value::Array(items) => items.iter().map(|x| belief(w, x)).collect::<Vec<_>>().join(" "),
        Value::Object(fields) => {
            fields.iter().map(|(k, x)| format!("{k} {}", belief(w, x))).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}

fn provenance(w: Writer, a: &AssessAnswer) -> Vec<[String; 2]> {
    let l = w.language;
    let word = |k: &str| l.word(&format!("page.{k}"));
    let mut rows = vec![
        [word("version"), format!("plimsoll {}", a.version)],
        [word("schema"), format!("{} {}", a.schema.name, a.schema.version)],
        [word("realisations"), w.count(a.realisations)],
        [word("outer"), w.count(u64::from(a.outer_draws))],
        [word("horizon"), w.duration_s(a.horizon_h * 3600.0)],
        [word("seed"), a.seed.to_string()],
        [word("digest"), a.digest.clone()],
    ];
    rows.extend(a.rests_on.data.iter().map(|d| {
        let quantity = d.quantity.as_ref().and_then(|q| l.find(&format!("quantity.{q}")));
        let of = quantity.map_or_else(String::new, |q| format!("{}{}", phrase::capital(q), l.word("text.colon")));
        [format!("{of}{}", d.name), d.sha256.clone()]
    }));
    rows
}
