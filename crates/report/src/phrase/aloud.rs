//! The answer as one officer reads it to another over the radio, within a minute: numbers of boats in a thousand and
//! nothing else that would have to be explained.

use super::{option, question, shown_verdict};
use crate::number::Writer;
use plimsoll_case::answer::assess::{AssessAnswer, OptionAnswer, Verdict};
use plimsoll_case::answer::{OptionId, State};

/// Boats in a thousand, as a whole number; what is not nought is never told as nought.
fn boats(w: Writer, p: f64) -> String {
    let n = (1000.0 * p).round();
    if p > 0.0 && n < 1.0 { w.language.word("aloud.fewer") } else { w.two(n) }
}

/// The number of boats with a death and the ends of what is known of it, filled into the form of `key` that says no more than is to
/// be said: with both ends, with the upper one alone where the lower is no other number, with none where neither is.
fn told(w: Writer, key: &str, o: &OptionAnswer) -> Option<String> {
    let n = boats(w, o.p_any_death?);
    let ends = o.p_any_death_lo95.zip(o.p_any_death_hi95).map(|(low, high)| (boats(w, low), boats(w, high)));
    let (form, low, high) = match ends {
        None => ("unknown", String::new(), String::new()),
        Some((low, high)) if low == n && high == n => ("alone", low, high),
        Some((low, high)) if low == n => ("up_to", low, high),
        Some((low, high)) => ("between", low, high),
    };
    let name = option(w.language, o);
    let values = [("option", name.as_str()), ("n", &n), ("low", &low), ("high", &high)];
    Some(w.language.fill(&format!("aloud.{key}_{form}"), &values))
}

/// "take people off, 12 (2 to 74)".
fn one(w: Writer, o: &OptionAnswer) -> String {
    told(w, "one", o).unwrap_or_else(|| option(w.language, o))
}

/// The whole of it, a sentence each: standing off, then the other options by what is said of them, what cannot be assessed, and
/// the first question. Without verdicts (a coarse answer) the other options stand together.
#[must_use]
pub fn aloud(w: Writer, a: &AssessAnswer) -> Vec<String> {
    let l = w.language;
    let assessed = |o: &&OptionAnswer| o.state != State::NotAssessable;
    let stand_off = a.options.iter().filter(assessed).find(|o| o.id == OptionId::StandOff && o.modifiers.is_empty());
    let first = stand_off.and_then(|o| told(w, "stand_off", o));
    let mut said = Vec::new();
    if let Some(first) = &first {
        said.push(first.clone());
    } else if a.options.iter().any(|o| assessed(&o)) {
        said.push(l.word("aloud.without"));
    }
    let listed = |key: &str, of: &dyn Fn(&OptionAnswer) -> bool, name: &dyn Fn(&OptionAnswer) -> String| {
        let all: Vec<String> = a.options.iter().filter(|o| of(o)).map(name).collect();
        (!all.is_empty()).then(|| l.fill(key, &[("all", &all.join(&l.word("text.semicolon")))]))
    };
    let other = |o: &OptionAnswer| assessed(&o) && !(first.is_some() && stand_off.is_some_and(|s| std::ptr::eq(s, o)));
    for (key, verdict) in [
        ("aloud.better", Some(Verdict::Better)),
        ("aloud.no_clear_difference", Some(Verdict::NoClearDifference)),
        ("aloud.worse", Some(Verdict::Worse)),
        ("aloud.other", None),
    ] {
        let of = |o: &OptionAnswer| other(o) && shown_verdict(a, o) == verdict;
        said.extend(listed(key, &of, &|o| one(w, o)));
    }
    said.extend(listed("aloud.not_assessable", &|o| o.state == State::NotAssessable, &|o| option(l, o)));
    said.extend(a.ask_next.first().map(|q| l.fill("aloud.ask", &[("question", &question(l, &q.key))])));
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use plimsoll_case::answer::sample;

    /// Words as spoken: a number counts as one for each two of its digits.
    fn spoken(text: &str) -> usize {
        text.split_whitespace().map(|word| word.chars().filter(char::is_ascii_digit).count().div_ceil(2).max(1)).sum()
    }

    #[test]
    fn it_is_read_within_a_minute() {
        // 150 words a minute, as people speak
        for seed in 0..300 {
            let a = sample::varied(seed);
            for l in Language::ALL {
                let text = aloud(Writer::terminal(l), &a).join(" ");
                assert!(spoken(&text) <= 150, "{} words, seed {seed}: {text}", spoken(&text));
                assert!(!text.contains("[[") && !text.contains('{'), "{text}");
            }
        }
    }

    #[test]
    fn every_option_is_named_once() {
        for seed in 0..100 {
            let a = sample::varied(seed);
            let text = aloud(Writer::terminal(Language::En), &a).join(" ");
            for o in a.options.iter().filter(|o| o.id != OptionId::StandOff && o.modifiers.is_empty()) {
                let name = option(Language::En, o);
                let alone = a.options.iter().filter(|x| option(Language::En, x).starts_with(&name)).count() == 1;
                assert!(!alone || text.matches(&name).count() == 1, "{name}: {text}");
            }
        }
    }

    #[test]
    fn numbers_are_whole_boats() {
        let w = Writer::terminal(Language::En);
        assert_eq!(boats(w, 0.0), "0");
        assert_eq!(boats(w, 0.0002), "fewer than 1");
        assert_eq!(boats(w, 0.0036), "4");
        assert_eq!(boats(w, 0.774), "770");
    }

    #[test]
    fn no_number_is_said_twice_and_none_is_left_out() {
        let w = Writer::terminal(Language::En);
        let mut a = sample::assess();
        let mut said = |p: f64, ends: Option<(f64, f64)>| {
            for o in &mut a.options {
                (o.p_any_death, o.p_any_death_lo95, o.p_any_death_hi95) =
                    (Some(p), ends.map(|e| e.0), ends.map(|e| e.1));
            }
            [told(w, "one", &a.options[0]).unwrap(), aloud(w, &a).remove(0)]
        };
        let [one, stand_off] = said(1e-4, Some((1e-5, 2e-4)));
        assert!(one.ends_with(", fewer than 1") && stand_off.contains("no more"), "{one} {stand_off}");
        let [one, stand_off] = said(1e-4, Some((1e-5, 3e-3)));
        assert!(one.ends_with(", fewer than 1 (up to 3)") && stand_off.contains("allows up to 3"), "{one} {stand_off}");
        let [one, stand_off] = said(0.012, None);
        assert!(one.ends_with(", 12") && stand_off.contains("in 12 if"), "{one} {stand_off}");
    }
}
