//! The limits of the load line: passed or not, how surely and by how much.

use super::{figure, limit_name, word};
use crate::number::Writer;
use plimsoll_case::answer::Figure;
use plimsoll_case::answer::loadline::{Limit, LoadlineAnswer};

/// How sure it is that a limit is passed, where the states of knowledge do not agree: "in 53 of 100 states of knowledge, nearest to
/// likely". `None` where they do.
#[must_use]
pub fn how_sure(w: Writer, limit: &Limit) -> Option<String> {
    sure(w, limit, "limit.how_sure")
}

/// The same in fewer words, for a figure.
#[must_use]
pub fn how_sure_short(w: Writer, limit: &Limit) -> Option<String> {
    sure(w, limit, "limit.unsure_short")
}

fn sure(w: Writer, limit: &Limit, key: &str) -> Option<String> {
    let p = limit.p_passed?;
    Some(w.language.fill(key, &[("n", &w.two(100.0 * p)), ("word", &word(w.language, p)?)]))
}

/// "passed, by 11 cm (1 to 22)": a passed limit's margin is told as what is beyond it. Where states of knowledge do not agree the
/// share of them stands first, with the margin as it is: negative beyond the limit.
#[must_use]
pub fn limit_margin(w: Writer, limit: &Limit) -> String {
    let l = w.language;
    if let Some(sure) = how_sure(w, limit) {
        let sure = l.fill("limit.unsure", &[("sure", &sure)]);
        return match limit.margin {
            Some(m) => l.fill("limit.with_margin", &[("said", &sure), ("margin", &figure(w, m, &limit.margin_unit))]),
            None => sure,
        };
    }
    match (limit.passed, limit.margin) {
        (true, Some(m)) => l.fill("limit.passed", &[("margin", &figure(w, reversed(m), &limit.margin_unit))]),
        (false, Some(m)) => l.fill("limit.not_passed", &[("margin", &figure(w, m, &limit.margin_unit))]),
        (true, None) => l.word("limit.passed_plain"),
        (false, None) => l.word("limit.not_passed_plain"),
    }
}

/// The limits that are passed in some state of knowledge of twenty or more, each with how sure that is: those passed in most, then
/// the others.
#[must_use]
pub fn limits_passed(w: Writer, a: &LoadlineAnswer) -> [Vec<String>; 2] {
    let said = |x: &Limit| match how_sure(w, x) {
        Some(sure) => format!("{} ({sure})", limit_name(w.language, x)),
        None => limit_name(w.language, x),
    };
    let passed = a.limits.iter().filter(|x| x.passed).map(said).collect();
    let maybe = a.limits.iter().filter(|x| !x.passed && x.p_passed.is_some_and(|p| p >= 0.05)).map(said).collect();
    [passed, maybe]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use plimsoll_case::answer::sample;

    #[test]
    fn a_limit_is_passed_no_more_surely_than_it_is() {
        let mut a = sample::loadline();
        for limit in &mut a.limits {
            (limit.passed, limit.p_passed) = (true, None);
        }
        (a.limits[0].p_passed, a.limits[1].p_passed) = (Some(0.53), Some(0.47));
        a.limits[1].passed = false;
        let en = Writer::terminal(Language::En);
        let [passed, maybe] = limits_passed(en, &a);
        assert!(passed[0].ends_with("(in 53 of 100 states of knowledge, nearest to likely or probable)"), "{passed:?}");
        assert!(passed.len() == 3 && !passed[1].contains('('));
        assert!(maybe[0].ends_with("(in 47 of 100 states of knowledge, realistic possibility)"), "{maybe:?}");
        assert!(limit_margin(en, &a.limits[0]).starts_with("passed in 53 of 100"));
        let fr = Writer::terminal(Language::Fr);
        assert!(limit_margin(fr, &a.limits[0]).starts_with("franchie dans 53 états de connaissance sur 100"));
    }
}
