//! The distress indicators: their names, and why each is met, presumed or not known.

use super::span;
use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::Span;
use plimsoll_case::answer::assess::{AssessAnswer, DistressIndicator};

/// Why a distress indicator is met or not, or not known, in the reader's language.
#[must_use]
pub fn distress_why(w: Writer, a: &AssessAnswer, d: &DistressIndicator) -> String {
    let l = w.language;
    let form = match d.met {
        None if d.presumed => "_presumed",
        None => "_unknown",
        Some(_) => "",
    };
    let keys = [format!("distress_why.{}{form}", d.id), format!("distress_why.{}", d.id)];
    let Some(key) = keys.iter().find(|k| l == Language::Fr && l.find(k).is_some()) else {
        return d.why.clone();
    };
    let shown = |v: Option<Span>| v.map_or_else(|| "?".to_owned(), |v| span(w, v, 1.0, 2));
    let passed = a.loadline.limits.iter().filter(|x| x.passed && x.p_passed.is_none_or(|p| p >= 0.95)).count();
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
    l.fill(key, &holes)
}

/// The names of the distress indicators of which `which` is true.
#[must_use]
pub fn distress_names(l: Language, a: &AssessAnswer, which: fn(&DistressIndicator) -> bool) -> Vec<String> {
    a.distress_indicators.iter().filter(|d| which(d)).map(|d| distress_name(l, &d.id)).collect()
}

/// The name of a distress indicator, which an old page may not know.
#[must_use]
pub fn distress_name(l: Language, id: &str) -> String {
    l.find(&format!("distress.{id}")).map_or_else(|| id.replace('_', " "), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_case::answer::sample;

    #[test]
    fn what_is_presumed_is_told_apart_from_what_is_met() {
        let mut a = sample::assess();
        let children = a.distress_indicators.iter().position(|d| d.id == "vulnerable").unwrap();
        for l in Language::ALL {
            let w = Writer::terminal(l);
            let name = distress_name(l, "vulnerable");
            assert!(!distress_names(l, &a, |d| d.met == Some(true)).contains(&name));
            assert_eq!(distress_names(l, &a, |d| d.presumed), [name]);
            let presumed = distress_why(w, &a, &a.distress_indicators[children]);
            a.distress_indicators[children].presumed = false;
            let unknown = distress_why(w, &a, &a.distress_indicators[children]);
            assert!(l == Language::En || presumed != unknown, "{presumed}");
            a.distress_indicators[children].presumed = true;
        }
    }
}
