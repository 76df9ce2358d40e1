//! Sentences that the terminal and the page share, built from an answer in the words of a language.

mod aloud;
pub(crate) mod calibration;
mod chance;
mod distress;
pub(crate) mod drift;
mod flips;
mod limits;
mod policy;
mod sure;
pub mod tide;

pub use aloud::aloud;
pub use chance::{any_death, chances, middle, word};
pub use distress::{distress_name, distress_names, distress_why};
pub use flips::{constant_name, constant_with_id, flips};
pub use limits::{how_sure, how_sure_short, limit_margin, limits_passed};
pub use policy::{dominance, policy, policy_line};
pub use sure::{brackets, sureness};

use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::assess::{AssessAnswer, Credibility, CredibilityFactor, OptionAnswer, Scene, Verdict};
use plimsoll_case::answer::loadline::{Limit, LoadlineAnswer};
use plimsoll_case::answer::survive::Unknown;
use plimsoll_case::answer::{Figure, OptionId, Reason, Span, State};
use plimsoll_core::earth::LonLat;
use plimsoll_core::units::KNOT_M_S;

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
    let value = localised(l, &r.value).unwrap_or_default();
    let needs = || l.find(&format!("needs.{}", r.code)).map(str::to_owned);
    let allowed = localised(l, &r.allowed).or_else(needs).unwrap_or_default();
    let known =
        l.find(&format!("reason.{}", r.code)).map(|t| t.replace("{value}", &value).replace("{allowed}", &allowed));
    let mut text = match (l, known) {
        (Language::En, _) if !r.text.is_empty() => r.text.trim_end_matches('.').to_owned(),
        (_, Some(text)) => text,
        (_, None) => r.text.trim_end_matches('.').to_owned(),
    };
    if !r.key.is_empty() && !text.contains(&r.key) {
        let mut detail = r.key.clone();
        if !value.is_empty() && !text.contains(&value) {
            detail = format!("{detail} = {value}");
        }
        if !allowed.is_empty() && !text.contains(&allowed) {
            detail = format!("{detail}, {}", l.fill("text.needs", &[("allowed", &allowed)]));
        }
        text.push_str(&format!(" ({detail})"));
    }
    text
}

/// A value or range of a reason in the reader's language: figures, units and positions. `None` where there is none, or for an English
/// phrase on a French page.
fn localised(l: Language, text: &str) -> Option<String> {
    let phrase =
        |word: &str| word.len() > 2 && !["degC", "deg"].contains(&word) && word.chars().all(char::is_alphabetic);
    match l {
        _ if text.is_empty() => None,
        Language::En => Some(text.to_owned()),
        Language::Fr if text.split(' ').any(phrase) => None,
        // positions are written alike everywhere
        Language::Fr if text.parse::<LonLat>().is_ok() => Some(text.to_owned()),
        Language::Fr => Some(text.replace(" to ", " à ").replace('.', ",").replace("degC", "°C")),
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
    parts.extend(s.distance_to_shore_m.map(|v| match v.high < 1000.0 {
        true => l.fill("scene.shore_m", &[("d", &span(w, v, 1.0, 2))]),
        false => l.fill("scene.shore", &[("d", &span(w, v, 1.0 / 1852.0, 2))]),
    }));
    parts.extend(s.light.as_deref().and_then(|light| l.find(&format!("scene.{light}"))).map(str::to_owned));
    parts.join(", ")
}

fn span(w: Writer, v: Span, scale: f64, figures: i32) -> String {
    let text = |x: f64| w.significant(x * scale, figures);
    if v.is_exact() { text(v.likely) } else { w.range(&text(v.low), &text(v.high)) }
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

/// Shares of people in hundredths: the middle and its range. After the start nothing is ever said to be nobody or all: what a few
/// thousand courses did not show may happen.
#[must_use]
pub fn in_hundred(w: Writer, minutes: f64, [middle, low, high]: [f64; 3]) -> String {
    let said = |v: f64| match 100.0 * v {
        n if minutes > 0.0 && n < 1.0 => w.language.word("survive.fewer"),
        n if minutes > 0.0 && n > 99.0 => w.language.word("survive.more"),
        n => w.two(n.max(0.0)),
    };
    let [middle, low, high] = [middle, low, high].map(said);
    if middle == low && low == high { middle } else { w.with_interval(&middle, &low, &high) }
}

/// "If the boat is lost, half of the losses come within ...": of standing off, or of the first option that knows.
#[must_use]
pub fn loss(w: Writer, answer: &AssessAnswer) -> Option<String> {
    let known = |o: &&OptionAnswer| o.time_to_loss_s.is_some();
    let stand_off = answer.options.iter().filter(known).find(|o| o.id == OptionId::StandOff);
    let t = stand_off.or_else(|| answer.options.iter().find(known))?.time_to_loss_s?;
    Some(w.language.fill("text.loss", &[("t", &w.duration_s(t.q50))]))
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
        let beach = Scene { distance_to_shore_m: Some(Span::exact(50.0)), ..s.clone() };
        assert!(
            sea(en, &beach).contains("50\u{a0}m off the shore") && sea(fr, &beach).contains("à 50\u{a0}m de la côte")
        );
        assert!(place(en, &s).contains("2026-09-14 04:20 UTC"));
        assert!(place(en, &Scene::default()).contains("not given"));
    }

    #[test]
    fn french_reasons_keep_what_is_needed_and_the_figures() {
        let r = |code: &str, key: &str, value: &str, allowed: &str| {
            let text = "An English sentence.".into();
            Reason { code: code.into(), key: key.into(), value: value.into(), allowed: allowed.into(), text }
        };
        let afloat = r(
            "already_afloat",
            "place.distance_to_shore",
            "20 to 40 m",
            "engine stopped, at most 100 m from the shore",
        );
        let said = reason(Language::Fr, &afloat);
        assert!(said.contains("= 20 à 40 m, il faut moteur arrêté, à 100 m au plus"), "{said}");
        let far = reason(Language::Fr, &r("far_from_events", "", "2.31", "0 to 2.2"));
        assert!(far.contains("2,31") && far.contains("0 à 2,2"), "{far}");
        assert!(
            reason(Language::Fr, &r("depth_missing", "place.depth", "", "0.3 to 3 m")).contains("il faut 0,3 à 3 m")
        );
    }

    #[test]
    fn nobody_and_all_are_never_said_of_people_in_the_water() {
        let en = Writer::terminal(Language::En);
        assert_eq!(in_hundred(en, 1080.0, [0.0, 0.0, 0.0]), "fewer than 1");
        assert_eq!(in_hundred(en, 1080.0, [1.0, 1.0, 1.0]), "more than 99");
        assert_eq!(in_hundred(en, 60.0, [0.03, 0.0, 0.08]), "3\u{a0}(fewer than 1\u{a0}to\u{a0}8)");
        assert_eq!(in_hundred(en, 0.0, [1.0, 1.0, 1.0]), "100");
        assert_eq!(in_hundred(Writer::terminal(Language::Fr), 60.0, [0.0; 3]), "moins de 1");
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
