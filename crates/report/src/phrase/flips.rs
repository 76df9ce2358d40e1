//! What would flip a verdict, by the names of constants and inputs.

use super::option_name;
use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::assess::{AssessAnswer, FlipTogether};

/// The short name of a constant or input, or its id where it has none here.
#[must_use]
pub fn constant_name(l: Language, id: &str) -> String {
    l.find(&format!("constant.{id}")).map_or_else(|| id.to_owned(), str::to_owned)
}

/// The same with its id, where one can look it up.
#[must_use]
pub fn constant_with_id(l: Language, id: &str) -> String {
    let name = constant_name(l, id);
    if name == id { name } else { format!("{name} ({id})") }
}

/// What would flip each verdict, a sentence for each: everything that does it alone, and the nearest combination that does it.
#[must_use]
pub fn flips(w: Writer, a: &AssessAnswer) -> Vec<String> {
    let l = w.language;
    let with_unit = |v: f64, unit: &str| if unit == "1" { w.two(v) } else { format!("{}\u{a0}{unit}", w.two(v)) };
    let sentence = |f: &FlipTogether| {
        let (better, worse) = f.option_pair;
        let pair = l.fill("text.flip_pair", &[("better", &option_name(l, better)), ("worse", &option_name(l, worse))]);
        let mut said: Vec<String> = a
            .would_flip
            .iter()
            .filter(|r| r.option_pair == f.option_pair)
            .filter_map(|r| {
                let (low, high) = (w.two(r.range.0), w.two(r.range.1));
                let (name, at) = (constant_name(l, &r.constant), with_unit(r.flips_at?, &r.unit));
                let values = [("constant", name.as_str()), ("value", &at), ("low", &low), ("high", &high)];
                Some(l.fill("text.flip_at", &values))
            })
            .collect();
        if said.is_empty() {
            said.push(l.word("text.flip_alone_nothing"));
        }
        let together: Vec<String> = (f.constants.iter())
            .map(|c| format!("{} = {}", constant_name(l, &c.constant), with_unit(c.value, &c.unit)))
            .collect();
        said.push(match f.deviations {
            Some(d) => l.fill("text.flip_together", &[("all", &together.join(", ")), ("d", &w.two(d))]),
            None => l.word("text.flip_nothing"),
        });
        format!("{pair}{}{}.", l.word("text.colon"), said.join(&l.word("text.semicolon")))
    };
    a.would_flip_together.iter().map(sentence).collect()
}
