//! Sentences that the terminal and the page share, built from an answer in the words of a language.

mod aloud;
pub(crate) mod calibration;
mod chance;
pub(crate) mod drift;
mod policy;
mod sure;
pub mod tide;

pub use aloud::aloud;
pub use chance::{any_death, chances, middle};
pub use policy::{dominance, policy, policy_line};
pub use sure::{brackets, sureness};

use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::assess::{
    AssessAnswer, Credibility, CredibilityFactor, DistressIndicator, FlipTogether, OptionAnswer, Scene, Verdict,
};
use plimsoll_case::answer::loadline::{Limit, LoadlineAnswer};
use plimsoll_case::answer::survive::Unknown;
use plimsoll_case::answer::{Figure, OptionId, Reason, Span, State};
use plimsoll_core::earth::LonLat;

/// Metres per second in a knot.
const KNOT_M_S: f64 = 1852.0 / 3600.0;

/// The lowest level of the evidence, the first factor that has it, and where all stand.
#[must_use]
pub fn credibility(l: Language, c: &Credibility) -> String {
    let lowest = c.factors.iter().find(|f| f.level == c.lowest_level);
    let why = lowest.map_or_else(String::new, |f| why(l, f).to_owned());
    l.fill("text.credibility_line", &[("level", &c.lowest_level.to_string()), ("why", &why)])
}

/// The same with its word before it, for the answers that carry it in a line of their own; nothing of older answers that do not.
#[must_use]
pub fn credibility_sentence(l: Language, c: Option<&Credibility>) -> Option<String> {
    Some(format!("{} {}", l.word("text.credibility"), credibility(l, c?)))
}

/// Why a factor of credibility has its level; in English where an older answer has no French.
#[must_use]
pub fn why(l: Language, f: &CredibilityFactor) -> &str {
    match l {
        Language::Fr if !f.why_fr.is_empty() => &f.why_fr,
        _ => &f.why,
    }
}

/// "take people off", with what was added to it.
#[must_use]
pub fn option(l: Language, o: &OptionAnswer) -> String {
    let mut text = option_name(l, o.id);
    for m in &o.modifiers {
        text.push_str(", ");
        text.push_str(&l.word(&format!("modifier.{}", m.as_str())));
    }
    text
}

/// "take people off".
#[must_use]
pub fn option_name(l: Language, id: OptionId) -> String {
    l.word(&format!("option.{}", id.as_str()))
}

/// The word of a verdict.
#[must_use]
pub fn verdict(l: Language, v: Verdict) -> String {
    l.word(match v {
        Verdict::Reference => "verdict.reference",
        Verdict::Better => "verdict.better",
        Verdict::NoClearDifference => "verdict.no_clear_difference",
        Verdict::Worse => "verdict.worse",
        Verdict::NotAssessable => "verdict.not_assessable",
    })
}

/// The reason in the reader's language where its code is known there, else the English sentence.
#[must_use]
pub fn reason(l: Language, r: &Reason) -> String {
    let known = l.find(&format!("reason.{}", r.code)).map(str::to_owned);
    let mut text = match (l, known) {
        (Language::En, _) if !r.text.is_empty() => r.text.trim_end_matches('.').to_owned(),
        (_, Some(text)) => text,
        (_, None) => r.text.trim_end_matches('.').to_owned(),
    };
    if !r.key.is_empty() && !text.contains(&r.key) {
        let mut detail = r.key.clone();
        if let Some(value) = localised(l, &r.value).filter(|v| !text.contains(v)) {
            detail = format!("{detail} = {value}");
        }
        if let Some(allowed) = localised(l, &r.allowed).filter(|v| !text.contains(v)) {
            detail = format!("{detail}, {}", l.fill("text.needs", &[("allowed", &allowed)]));
        }
        text.push_str(&format!(" ({detail})"));
    }
    text
}

/// A value or range of a reason in the reader's language; `None` where there is none, or where it is an English phrase that
/// a French page would rather leave out.
fn localised(l: Language, text: &str) -> Option<String> {
    let phrase = |word: &str| word.len() > 4 && word.chars().all(char::is_alphabetic);
    match l {
        _ if text.is_empty() => None,
        Language::En => Some(text.to_owned()),
        Language::Fr if text.split(' ').any(phrase) => None,
        Language::Fr => Some(text.replace(" to ", " à ").replace('.', ",")),
    }
}

/// All reasons in one line.
#[must_use]
pub fn reasons(l: Language, all: &[Reason]) -> String {
    all.iter().map(|r| reason(l, r)).collect::<Vec<_>>().join(&l.word("text.semicolon"))
}

/// Options by force or contact that are not shown to be safer. Rescue is never among them, and a coarse answer, which has
/// no verdicts, names none.
#[must_use]
pub fn not_shown_safer(answer: &AssessAnswer) -> Vec<&OptionAnswer> {
    let unproven = |o: &&OptionAnswer| o.id.bears_burden_of_proof() && o.verdict != Some(Verdict::Better);
    if answer.coarse { Vec::new() } else { answer.options.iter().filter(unproven).collect() }
}

/// Whether a verdict may be shown.
#[must_use]
pub fn shown_verdict(answer: &AssessAnswer, o: &OptionAnswer) -> Option<Verdict> {
    match o.state {
        State::NotAssessable => Some(Verdict::NotAssessable),
        _ if answer.coarse => None,
        _ => o.verdict,
    }
}

/// Where and when: area, position in degrees and minutes, time.
#[must_use]
pub fn place(w: Writer, s: &Scene) -> String {
    let mut parts = Vec::new();
    parts.extend(s.area.clone());
    parts.extend(position(s).map(|p| p.dm(1)));
    parts.extend(s.time_utc.as_deref().map(time));
    if parts.is_empty() { w.language.word("scene.place_unknown") } else { parts.join("  ") }
}

/// The position, if there is a valid one.
#[must_use]
pub fn position(s: &Scene) -> Option<LonLat> {
    LonLat::new(s.lon_deg?, s.lat_deg?).ok()
}

/// "2026-09-14 04:20 UTC".
fn time(iso: &str) -> String {
    match (iso.get(..10), iso.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => iso.to_owned(),
    }
}

/// How many, in what boat.
#[must_use]
pub fn people(w: Writer, s: &Scene) -> String {
    let l = w.language;
    let whole = |v: f64| w.significant(v.round(), 3);
    let mut text = match (&s.people, &s.people_basis) {
        (None, _) => l.word("scene.people_unknown"),
        (Some(p), _) if p.is_exact() => l.fill("scene.people_exact", &[("n", &whole(p.likely))]),
        (Some(p), basis) => {
            let (n, low, high) = (whole(p.likely), whole(p.low), whole(p.high));
            let values = [("n", n.as_str()), ("low", &low), ("high", &high), ("basis", basis.as_deref().unwrap_or(""))];
            l.fill(if basis.is_some() { "scene.people_basis" } else { "scene.people" }, &values)
        }
    };
    let mut boat = l.word(match s.tubes.as_deref() {
        Some("soft") => "scene.boat_soft",
        Some("firm") => "scene.boat_firm",
        Some("uneven") => "scene.boat_uneven",
        _ => "scene.boat",
    });
    if let Some(length) = s.length_m {
        boat = format!("{boat} {}", l.fill("scene.of_length", &[("length", &w.significant(length.likely, 2))]));
    }
    text = match s.people {
        Some(_) => format!("{text} {}", l.fill("scene.in_boat", &[("boat", &boat)])),
        None => format!("{text}; {boat}"),
    };
    if let Some(running) = s.engine_running {
        let key = if running { "scene.under_way" } else { "scene.stopped" };
        text = format!("{text}, {}", l.word(key));
    }
    text
}

/// Wind, waves, stream, water, light.
#[must_use]
pub fn sea(w: Writer, s: &Scene) -> String {
    let l = w.language;
    let mut parts = Vec::new();
    let directed = |key: &str, speed: Option<Span>, way: &str, deg: Option<f64>| {
        speed.map(|v| {
            let mut text = l.fill(key, &[("speed", &span(w, v, 1.0 / KNOT_M_S, 2))]);
            if let Some(deg) = deg {
                text = format!("{text} {}", l.fill(way, &[("deg", &w.direction(deg))]));
            }
            text
        })
    };
    parts.extend(directed("scene.wind", s.wind_m_s, "scene.from", s.wind_from_deg));
    parts.extend(s.hs_m.map(|v| l.fill("scene.hs", &[("hs", &span(w, v, 1.0, 2))])));
    parts.extend(directed("scene.stream", s.current_m_s, "scene.toward", s.current_toward_deg));
    parts.extend(s.water_c.map(|v| l.fill("scene.water", &[("t", &span(w, v, 1.0, 3))])));
    parts.extend(s.depth_m.map(|v| l.fill("scene.depth", &[("d", &span(w, v, 1.0, 2))])));
    parts.extend(s.distance_to_shore_m.map(|v| l.fill("scene.shore", &[("d", &span(w, v, 1.0 / 1852.0, 2))])));
    parts.extend(s.light.as_deref().and_then(|light| l.find(&format!("scene.{light}"))).map(str::to_owned));
    parts.join(", ")
}

fn span(w: Writer, v: Span, scale: f64, figures: i32) -> String {
    let text = |x: f64| w.significant(x * scale, figures);
    if v.is_exact() { text(v.likely) } else { w.range(&text(v.low), &text(v.high)) }
}

/// Why a distress indicator is met or not, or not known, in the reader's language.
#[must_use]
pub fn distress_why(w: Writer, a: &AssessAnswer, d: &DistressIndicator) -> String {
    let l = w.language;
    let key = format!("distress_why.{}", d.id);
    if l == Language::En || l.find(&key).is_none() {
        return d.why.clone();
    }
    let shown = |v: Option<Span>| v.map_or_else(|| "?".to_owned(), |v| span(w, v, 1.0, 2));
    let passed = a.loadline.limits.iter().filter(|x| x.passed).count();
    let s = &a.scene;
    let numbers = [
        ("people", shown(s.people)),
        ("length", shown(s.length_m)),
        ("children", shown(s.children)),
        ("wind", s.wind_m_s.map_or_else(|| "?".to_owned(), |v| w.significant(v.high, 2))),
        ("hs", s.hs_m.map_or_else(|| "?".to_owned(), |v| w.significant(v.high, 2))),
        ("limits", passed.to_string()),
    ];
    let holes: Vec<(&str, &str)> = numbers.iter().map(|(k, v)| (*k, v.as_str())).collect();
    l.fill(&key, &holes)
}

/// How many distress indicators are met, of how many.
#[must_use]
pub fn distress_count(answer: &AssessAnswer) -> (usize, usize) {
    let met = answer.distress_indicators.iter().filter(|d| d.met == Some(true)).count();
    (met, answer.distress_indicators.len())
}

/// A figure with its spread, in metres shown as centimetres where small.
#[must_use]
pub fn figure(w: Writer, f: Figure, unit: &str) -> String {
    let (low, high) = f.ends();
    let largest = low.abs().max(high.abs()).max(f.middle().abs());
    let (scale, unit) = if unit == "m" && largest < 1.0 { (100.0, "cm") } else { (1.0, unit) };
    let text = |v: f64| {
        if unit == "people" { w.two((v * scale).round()) } else { w.two(v * scale) }
    };
    let unit = w.language.word(&format!("unit.{unit}"));
    match f {
        Figure::Exact(v) => format!("{} {unit}", text(v)),
        Figure::Spread(q) => format!("{} {unit} ({})", text(q.q50), w.range(&text(q.q05), &text(q.q95))),
    }
}

/// The name of a limit, which an old page may not know.
#[must_use]
pub fn limit_name(l: Language, limit: &Limit) -> String {
    l.find(&format!("limit.{}", limit.id)).map_or_else(|| limit.id.replace('_', " "), str::to_owned)
}

/// "passed, by 11 cm (1 to 22)": a passed limit's margin is told as what is beyond it.
#[must_use]
pub fn limit_margin(w: Writer, limit: &Limit) -> String {
    let l = w.language;
    match (limit.passed, limit.margin) {
        (true, Some(m)) => l.fill("limit.passed", &[("margin", &figure(w, reversed(m), &limit.margin_unit))]),
        (false, Some(m)) => l.fill("limit.not_passed", &[("margin", &figure(w, m, &limit.margin_unit))]),
        (true, None) => l.word("limit.passed_plain"),
        (false, None) => l.word("limit.not_passed_plain"),
    }
}

/// The same figure counted the other way.
fn reversed(f: Figure) -> Figure {
    match f {
        Figure::Exact(v) => Figure::Exact(0.0 - v),
        Figure::Spread(q) => {
            Figure::Spread(plimsoll_case::answer::Quantiles { q05: 0.0 - q.q95, q50: 0.0 - q.q50, q95: 0.0 - q.q05 })
        }
    }
}

/// The first line of the load line: freeboard and the lean that floods it.
#[must_use]
pub fn load_line(w: Writer, a: &LoadlineAnswer) -> String {
    let l = w.language;
    if a.state == State::NotAssessable {
        return format!("{}{}{}", l.word("state.not_assessable"), l.word("text.colon"), reasons(l, &a.reasons));
    }
    let mut parts = Vec::new();
    parts.extend(a.freeboard_m.map(|f| l.fill("text.freeboard", &[("f", &figure(w, f, "m"))])));
    parts.extend(a.shift_to_capsize_m.map(|s| {
        if s.middle() > 0.0 { l.fill("text.shift", &[("s", &figure(w, s, "m"))]) } else { l.word("text.shift_none") }
    }));
    if parts.is_empty() { l.word("text.dash") } else { parts.join(&l.word("text.semicolon")) }
}

/// A sentence with a capital letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + letters.as_str())
}

/// The question that settles an input, as a call-taker would ask it.
#[must_use]
pub fn question(l: Language, key: &str) -> String {
    l.find(&format!("ask.{key}")).map_or_else(|| format!("{key}?"), str::to_owned)
}

/// A question to a caller from the water, with the lives that its answer may save where that can be told.
#[must_use]
pub fn call_question(w: Writer, q: &Unknown) -> String {
    let l = w.language;
    let text = question(l, &q.key);
    if q.lives_saved > 0.0 {
        let values = [("v", w.two(q.lives_saved)), ("e", w.two(q.lives_error))];
        format!("{text} {}", l.fill("survive.worth", &values.each_ref().map(|(k, v)| (*k, v.as_str()))))
    } else {
        text
    }
}

/// "If the boat is lost, half of the losses come within ...": of standing off, or of the first option that knows.
#[must_use]
pub fn loss(w: Writer, answer: &AssessAnswer) -> Option<String> {
    let known = |o: &&OptionAnswer| o.time_to_loss_s.is_some();
    let stand_off = answer.options.iter().filter(known).find(|o| o.id == OptionId::StandOff);
    let t = stand_off.or_else(|| answer.options.iter().find(known))?.time_to_loss_s?;
    Some(w.language.fill("text.loss", &[("t", &w.duration_s(t.q50))]))
}

/// What would flip each verdict, a sentence for each: what does it alone, or else what does it together, or that nothing does.
#[must_use]
pub fn flips(w: Writer, a: &AssessAnswer) -> Vec<String> {
    let l = w.language;
    let with_unit = |v: f64, unit: &str| if unit == "1" { w.two(v) } else { format!("{}\u{a0}{unit}", w.two(v)) };
    let sentence = |f: &FlipTogether| {
        let (better, worse) = f.option_pair;
        let pair = l.fill("text.flip_pair", &[("better", &option_name(l, better)), ("worse", &option_name(l, worse))]);
        let alone: Vec<String> = a
            .would_flip
            .iter()
            .filter(|r| r.option_pair == f.option_pair)
            .filter_map(|r| {
                let (low, high) = (w.two(r.range.0), w.two(r.range.1));
                let at = with_unit(r.flips_at?, &r.unit);
                let values = [("constant", r.constant.as_str()), ("value", &at), ("low", &low), ("high", &high)];
                Some(l.fill("text.flip_at", &values))
            })
            .take(3)
            .collect();
        let together: Vec<String> =
            f.constants.iter().map(|c| format!("{} {}", c.constant, with_unit(c.value, &c.unit))).collect();
        let said = match f.deviations {
            _ if !alone.is_empty() => alone.join(&l.word("text.semicolon")),
            Some(d) => l.fill("text.flip_together", &[("all", &together.join(", ")), ("d", &w.two(d))]),
            None => l.word("text.flip_nothing"),
        };
        format!("{pair}{}{said}.", l.word("text.colon"))
    };
    a.would_flip_together.iter().map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_case::answer::sample;

    #[test]
    fn the_scene_in_both_languages() {
        let s = sample::assess().scene;
        let en = Writer::terminal(Language::En);
        assert_eq!(people(en, &s), "About 62 people (50 to 75, aircraft) in a soft inflatable of 8.5 m, under way");
        assert_eq!(sea(en, &s), "Wind 9 kn from 230, Hs 0.4 m, stream 1.3 kn toward 041, water 17.6 degC, night");
        let fr = Writer::terminal(Language::Fr);
        assert_eq!(sea(fr, &s), "Vent 9 nd du 230, Hs 0,4 m, courant 1,3 nd portant au 041, eau 17,6 °C, nuit");
        assert!(place(en, &s).contains("2026-09-14 04:20 UTC"));
        assert!(place(en, &Scene::default()).contains("not given"));
    }

    #[test]
    fn the_burden_of_proof_never_falls_on_rescue() {
        for seed in 0..200 {
            let mut a = sample::varied(seed);
            a.options.iter_mut().for_each(|o| o.verdict = Some(Verdict::NoClearDifference));
            let named = not_shown_safer(&a);
            assert!(named.iter().all(|o| o.id.bears_burden_of_proof()));
            assert_eq!(named.is_empty(), a.coarse);
        }
    }

    #[test]
    fn a_coarse_answer_shows_no_verdict() {
        let mut a = sample::assess();
        a.coarse = true;
        assert!(a.options.iter().filter(|o| o.state != State::NotAssessable).all(|o| shown_verdict(&a, o).is_none()));
    }
}
