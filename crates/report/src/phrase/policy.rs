//! The policy in words: what differs from the default, what its rules did, what dominates, where means and tails disagree.

use super::{capital, option_name};
use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::assess::{AssessAnswer, OptionRef, PolicyValue};

fn name(l: Language, o: &OptionRef) -> String {
    let mut text = option_name(l, o.id);
    for m in &o.modifiers {
        text.push_str(", ");
        text.push_str(&l.word(&format!("modifier.{}", m.as_str())));
    }
    text
}

/// A value of the policy.
fn value(w: Writer, v: PolicyValue) -> String {
    match v {
        PolicyValue::Number(x) => w.significant(x, 4),
        PolicyValue::Switch(true) => w.language.word("policy.on"),
        PolicyValue::Switch(false) => w.language.word("policy.off"),
    }
}

/// What differs from the default, a phrase for each value; then what the rules did, a phrase for each option touched.
#[must_use]
pub fn policy(w: Writer, a: &AssessAnswer) -> [Vec<String>; 2] {
    let l = w.language;
    let changed = a.policy.changed.iter().map(|c| {
        let (default, value) = (value(w, c.default), value(w, c.value));
        l.fill("policy.changed", &[("key", &c.key), ("value", &value), ("default", &default)])
    });
    let applied = a.policy.applied.iter().map(|r| {
        let figure = r.figure.map_or_else(String::new, |f| w.two(f * 1000.0));
        l.fill(&format!("policy.{}", r.rule), &[("option", &name(l, &r.option)), ("figure", &figure)])
    });
    [changed.collect(), applied.collect()]
}

/// The policy in one line.
#[must_use]
pub fn policy_line(w: Writer, a: &AssessAnswer) -> String {
    let l = w.language;
    let [changed, applied] = policy(w, a);
    let mut parts = Vec::new();
    for (key, all) in [("policy.differs", changed), ("policy.applied", applied)] {
        if !all.is_empty() {
            parts.push(l.fill(key, &[("all", &all.join(&l.word("text.semicolon")))]));
        }
    }
    if parts.is_empty() { l.word("policy.default") } else { parts.join(&l.word("text.semicolon")) }
}

/// What dominates what, in one sentence, and where means and worst tenths disagree. A coarse answer, which has
/// no verdicts, says neither.
#[must_use]
pub fn dominance(w: Writer, a: &AssessAnswer) -> Vec<String> {
    if a.coarse {
        return vec![];
    }
    let l = w.language;
    let mut better: Vec<&OptionRef> = a.dominance.iter().map(|d| &d.option).collect();
    better.dedup();
    let beside = |option: &OptionRef| {
        let over: Vec<String> = a.dominance.iter().filter(|d| d.option == *option).map(|d| name(l, &d.over)).collect();
        l.fill("policy.beside", &[("option", &name(l, option)), ("over", &over.join(&l.word("policy.slash")))])
    };
    let all: Vec<String> = better.into_iter().map(beside).collect();
    // rounded down: no more is claimed than was found
    let share = a.dominance.iter().map(|d| d.share).fold(1.0, f64::min);
    let values = [("all", all.join(&l.word("text.semicolon"))), ("share", w.count((100.0 * share) as u64))];
    let mut out = Vec::new();
    if !all.is_empty() {
        out.push(l.fill("policy.dominates", &values.each_ref().map(|(k, v)| (*k, v.as_str()))));
    }
    out.extend(a.reversals.iter().map(|r| {
        let (mean, tail) = (name(l, &r.fewer_on_mean), name(l, &r.fewer_in_worst_tenth));
        l.fill("policy.reversal", &[("mean", &mean), ("tail", &tail)])
    }));
    out.iter().map(|s| capital(s)).collect()
}
