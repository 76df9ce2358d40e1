//! Where things drift, hour by hour.

use super::layout::{Row, both_edges, hanging, paragraph, table};
use crate::language::Language;
use crate::number::Writer;
use crate::phrase::drift::{area, end, hundred, parts_end, share, what};
use crate::phrase::{credibility_sentence, reasons};
use plimsoll_case::answer::{DriftAnswer, digest};
use plimsoll_core::earth::LonLat;

/// How it ends in a sentence; the mean position and what is afloat, stranded or lost at every output time; sources and digest.
#[must_use]
pub fn drift(a: &DriftAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    both_edges(&mut out, &l.fill("drift.title", &[("what", &what(l, a))]), &format!("plimsoll {}", a.version));
    if a.opendrift_compatible {
        paragraph(&mut out, &l.word("drift.compatible"));
    }
    if let Some(last) = a.hourly.last() {
        paragraph(&mut out, &end(w, last));
        if let Some(parts) = parts_end(w, a, last) {
            paragraph(&mut out, &parts);
        }
    }
    if !a.reasons.is_empty() {
        paragraph(
            &mut out,
            &format!("{}{}{}.", l.word("state.extrapolated"), l.word("text.colon"), reasons(l, &a.reasons)),
        );
    }
    out.push('\n');
    let head = ["hour", "mean", "area90", "active", "stranded", "missing"].map(|k| l.word(&format!("drift.{k}")));
    let mut rows = vec![Row::Head(head.to_vec())];
    rows.extend(a.hourly.iter().map(|h| {
        // a place stays on one line
        let place =
            LonLat::new(h.mean_lon, h.mean_lat).map(|p| p.to_string().replace(' ', "\u{a0}")).unwrap_or_default();
        let shares = ["active", "stranded", "missing_data"].map(|k| hundred(w, share(h, k)));
        let hour = format!("+{}", w.significant(h.hour, 4));
        Row::Cells([hour, place, area(w, h, 0.9)].into_iter().chain(shares).collect())
    }));
    table(&mut out, &[true, false, true, true, true, true], &rows);
    out.push('\n');
    for s in &a.sources {
        let quantity = l.find(&format!("quantity.{}", s.quantity)).unwrap_or(&s.quantity);
        hanging(&mut out, &format!("{quantity}{}", l.word("text.colon").trim_end()), 15, &s.name);
    }
    paragraph(&mut out, &l.word("drift.note"));
    if let Some(line) = credibility_sentence(l, a.credibility.as_ref()) {
        paragraph(&mut out, &line);
    }
    paragraph(&mut out, &format!("{} {}", l.word("page.digest"), digest::shown(&a.digest)));
    out
}
