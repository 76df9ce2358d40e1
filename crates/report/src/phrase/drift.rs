//! What is said of a drift wherever it is said.

use crate::number::Writer;
use plimsoll_case::answer::drift::DriftHour;

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
    format!("{state}{}{within}.", l.word("text.semicolon"))
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
