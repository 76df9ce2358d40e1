//! Where things drift, hour by hour.

use super::layout::{both_edges, paragraph, push_line};
use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::{DriftAnswer, digest};
use plimsoll_core::earth::LonLat;

/// The mean position and what is afloat, stranded or lost at every output time; sources and digest.
#[must_use]
pub fn drift(a: &DriftAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    both_edges(&mut out, &l.fill("drift.title", &[("what", &a.object.name)]), &format!("plimsoll {}", a.version));
    if a.opendrift_compatible {
        paragraph(&mut out, &l.word("drift.compatible"));
    }
    out.push('\n');
    let head = ["hour", "mean", "area90", "active", "stranded", "missing"].map(|k| l.word(&format!("drift.{k}")));
    push_line(&mut out, &head.join(" | "));
    for h in &a.hourly {
        let place = LonLat::new(h.mean_lon, h.mean_lat).map(|p| p.to_string()).unwrap_or_default();
        let area = h.containment.iter().find(|c| c.share == 0.9).map_or_else(|| "-".to_owned(), |c| w.two(c.area_km2));
        let share = |k: &str| w.two(100.0 * h.fraction.get(k).copied().unwrap_or(0.0));
        let line = [share("active"), share("stranded"), share("missing_data")].join(" | ");
        push_line(&mut out, &format!("+{} | {place} | {area} | {line}", w.significant(h.hour, 4)));
    }
    out.push('\n');
    for s in &a.sources {
        push_line(&mut out, &format!("{}: {}", s.quantity, s.name));
    }
    for r in &a.reasons {
        paragraph(&mut out, &r.text);
    }
    paragraph(&mut out, &l.word("drift.note"));
    paragraph(&mut out, &format!("{} {}", l.word("page.digest"), digest::shown(&a.digest)));
    out
}
