//! How sure the figures are, in sentences: brackets and errors, which brackets are bounds, what the order does not show, and why
//! there is no verdict where one might be expected.

use super::{option, shown_verdict};
use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::assess::{AssessAnswer, NoVerdict, OptionAnswer, Verdict};

/// What the brackets are, and one standard error of the means.
#[must_use]
pub fn brackets(w: Writer, a: &AssessAnswer) -> String {
    let l = w.language;
    let errors = a.options.iter().filter_map(|o| o.difference_to_stand_off).map(|d| d.mc_se * 1000.0);
    let error = errors.reduce(f64::max).map_or_else(String::new, |se| l.fill("text.mc", &[("se", &w.two(se))]));
    format!("{} {error}", l.word("text.intervals")).trim_end().to_owned()
}

/// Which brackets are bounds, what the order does not show, why there is no verdict.
#[must_use]
pub fn sureness(w: Writer, a: &AssessAnswer) -> Vec<String> {
    let l = w.language;
    [bounds(l, a), order(l, a), no_verdict(l, a)].into_iter().flatten().collect()
}

fn listed(l: Language, key: &str, all: &[String]) -> Option<String> {
    (!all.is_empty()).then(|| l.fill(key, &[("all", &all.join(&l.word("text.semicolon")))]))
}

fn bounds(l: Language, a: &AssessAnswer) -> Option<String> {
    let one = |o: &OptionAnswer| {
        let name = option(l, o);
        if o.deaths.is_some_and(|d| !d.told_from_noise) {
            Some(name)
        } else {
            o.difference_to_stand_off
                .filter(|d| !d.told_from_noise)
                .map(|_| l.fill("text.bound_difference", &[("option", &name)]))
        }
    };
    listed(l, "text.bounds", &a.options.iter().filter_map(one).collect::<Vec<_>>())
}

/// The option that stands first beside those that it is not shown to be safer than.
fn order(l: Language, a: &AssessAnswer) -> Option<String> {
    let mut numbered = a.options.iter().filter(|o| o.deaths.is_some());
    let first = numbered.next()?;
    let beside: Vec<String> = numbered.filter(|o| !told_apart(a, first, o)).map(|o| option(l, o)).collect();
    let all = beside.join(&l.word("text.semicolon"));
    (!beside.is_empty()).then(|| l.fill("text.order", &[("first", &option(l, first)), ("all", &all)]))
}

/// Whether verdicts say that the first is safer, or what is known of the two does not overlap.
fn told_apart(a: &AssessAnswer, first: &OptionAnswer, other: &OptionAnswer) -> bool {
    // the place of a verdict in relation to standing off
    let place = |o| match shown_verdict(a, o) {
        Some(Verdict::Better) => Some(0),
        Some(Verdict::Reference) => Some(1),
        Some(Verdict::Worse) => Some(2),
        _ => None,
    };
    let apart = first.deaths.zip(other.deaths).is_some_and(|(f, o)| f.knowledge_hi95 < o.knowledge_lo95);
    apart || place(first).zip(place(other)).is_some_and(|(f, o): (i32, i32)| f < o)
}

fn no_verdict(l: Language, a: &AssessAnswer) -> Option<String> {
    let mut why: Vec<NoVerdict> = a.options.iter().filter_map(|o| o.no_verdict_because).collect();
    why.sort_unstable();
    why.dedup();
    let one = |reason: &NoVerdict| {
        let of = a.options.iter().filter(|o| o.no_verdict_because == Some(*reason)).map(|o| option(l, o));
        let why = l.word(&format!("text.why_{}", reason.as_str()));
        l.fill("text.no_verdict_one", &[("options", &of.collect::<Vec<_>>().join(", ")), ("why", &why)])
    };
    listed(l, "text.no_verdict", &why.iter().map(one).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_case::answer::OptionId;
    use plimsoll_case::answer::sample;

    #[test]
    fn the_first_is_never_first_without_saying_what_it_overlaps() {
        for seed in 0..200 {
            let a = sample::varied(seed);
            let w = Writer::terminal(Language::En);
            let numbered: Vec<_> = a.options.iter().filter(|o| o.deaths.is_some()).collect();
            let [first, next, ..] = numbered[..] else { continue };
            let said = sureness(w, &a).iter().any(|s| s.contains("does not show"));
            assert!(said || told_apart(&a, first, next), "seed {seed}");
        }
    }

    #[test]
    fn every_reason_has_its_words_in_both_languages() {
        for l in Language::ALL {
            for why in [
                NoVerdict::Extrapolated,
                NoVerdict::End,
                NoVerdict::Error,
                NoVerdict::Margin,
                NoVerdict::FewRealisations,
                NoVerdict::WorstTenth,
            ] {
                let mut a = sample::assess();
                a.options.iter_mut().for_each(|o| o.no_verdict_because = None);
                let turned = a.options.iter_mut().find(|o| o.id == OptionId::TurnBack).unwrap();
                turned.no_verdict_because = Some(why);
                let text = sureness(Writer::terminal(l), &a).join(" ");
                assert!(
                    text.contains(&l.word(&format!("text.why_{}", why.as_str()))) && !text.contains("[["),
                    "{text}"
                );
            }
        }
    }
}
