//! What is said of a drift wherever it is said.

use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::DriftAnswer;
use plimsoll_case::answer::drift::{DriftHour, DriftObject};

const DASH: &str = "\u{2013}";
/// Square kilometres in a square nautical mile.
const KM2_PER_NM2: f64 = 1.852 * 1.852;

/// How it stands at an output time, in a sentence.
pub(crate) fn end(w: Writer, h: &DriftHour) -> String {
    let l = w.language;
    let t = w.duration_s(h.hour * 3600.0);
    let values = [("t", t), ("afloat", hundred(w, share(h, "active"))), ("stranded", hundred(w, share(h, "stranded")))];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let state = l.fill("drift.state_end", &values);
    let held = h.containment.iter().find(|c| (c.share - 0.9).abs() < 1e-6);
    let within = match held {
        Some(c) => {
            let (km2, nm2) = (w.significant(c.area_km2, 2), w.significant(c.area_km2 / KM2_PER_NM2, 2));
            l.fill("drift.area_end", &[("km2", &km2), ("nm2", &nm2)])
        }
        None => l.word("drift.nobody_afloat"),
    };
    let semicolon = l.word("text.semicolon");
    let lost = share(h, "missing_data");
    let lost = if lost > 0.0 {
        format!("{semicolon}{}", l.fill("drift.missing_end", &[("missing", &hundred(w, lost))]))
    } else {
        String::new()
    };
    format!("{state}{lost}{semicolon}{within}.")
}

/// What it is in each part of its life at an output time, in a sentence; `None` where there is one part alone.
pub(crate) fn parts_end(w: Writer, a: &DriftAnswer, h: &DriftHour) -> Option<String> {
    let l = w.language;
    if objects(a).count() < 2 || h.parts.is_empty() {
        return None;
    }
    let some = objects(a).zip(&h.parts).filter(|(_, p)| **p > 0.0);
    let named: Vec<String> = some.map(|(o, p)| format!("{} {}", lower(name(l, o)), hundred(w, *p))).collect();
    Some(l.fill("drift.parts_end", &[("parts", &named.join(&l.word("text.semicolon")))]))
}

/// What it is: what enters the water, then part by part of its life.
pub(crate) fn objects(a: &DriftAnswer) -> impl Iterator<Item = &DriftObject> {
    std::iter::once(&a.object).chain(&a.beside).chain(a.changes.iter().map(|c| &c.object))
}

/// What enters the water: one thing, or several beside each other.
pub(crate) fn what(l: Language, a: &DriftAnswer) -> String {
    let all: Vec<&str> = std::iter::once(&a.object).chain(&a.beside).map(|o| name(l, o)).collect();
    all.join(" / ")
}

/// Its name in the reader's language, English where there is no other.
pub(crate) fn name(l: Language, o: &DriftObject) -> &str {
    match l {
        Language::Fr => o.name_fr.as_deref().unwrap_or(&o.name),
        Language::En => &o.name,
    }
}

/// A name within a sentence; abbreviations stay as they are.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(a), Some(b)) if b.is_lowercase() => a.to_lowercase().chain(name.chars().skip(1)).collect(),
        _ => name.to_owned(),
    }
}

/// A share as so many of a hundred.
pub(crate) fn hundred(w: Writer, share: f64) -> String {
    w.significant(100.0 * share, 3)
}

/// Share of the particles with a status.
pub(crate) fn share(h: &DriftHour, status: &str) -> f64 {
    h.fraction.get(status).copied().unwrap_or(0.0)
}

/// The area that holds a share of what is afloat, km2.
pub(crate) fn area(w: Writer, h: &DriftHour, of: f64) -> String {
    let held = h.containment.iter().find(|c| (c.share - of).abs() < 1e-6);
    held.map_or_else(|| DASH.to_owned(), |c| w.significant(c.area_km2, 2))
}
