//! Options in the order that the policy gives them, with what dominates what, and where means and worst tenths disagree.

use crate::comparison::estimate;
use crate::outcome::OptionTally;
use crate::paired::{dominance, measures, reversed, worst_tenth};
use crate::policy::{Policy, Standing};
use plimsoll_case::answer::assess::{
    Dominance, NoVerdict, OptionAnswer, OptionRef, PolicyInForce, Reversal, RuleApplied,
};
use plimsoll_case::answer::{OptionId, State};

/// An option on its way into the answer.
pub struct Entry<'a> {
    /// Its figures.
    pub answer: OptionAnswer,
    /// Its sums, where a number may be given.
    pub tally: Option<&'a OptionTally>,
}

/// What is said of all options together.
pub struct Ranking {
    /// The options in their order.
    pub options: Vec<OptionAnswer>,
    /// The policy and what it did.
    pub policy: PolicyInForce,
    /// What dominates what.
    pub dominance: Vec<Dominance>,
    /// Where means and worst tenths disagree.
    pub reversals: Vec<Reversal>,
}

/// Orders the options. `margin`: what decides, deaths.
#[must_use]
pub fn rank(policy: &Policy, entries: Vec<Entry<'_>>, reference: Option<&OptionTally>, margin: f64) -> Ranking {
    let standings: Vec<Standing> = entries.iter().map(standing).collect();
    let (order, moved) = policy.order(&standings);
    let mut applied: Vec<RuleApplied> = moved
        .into_iter()
        .map(|(rule, i, figure)| RuleApplied { rule: rule.to_owned(), option: named(&entries[i].answer), figure })
        .collect();
    for e in &entries {
        let rule = |rule: &str, figure| RuleApplied { rule: rule.to_owned(), option: named(&e.answer), figure };
        if e.answer.no_verdict_because == Some(NoVerdict::WorstTenth) {
            applied.push(rule("worst_tenth", e.tally.zip(reference).and_then(|(t, r)| worst_tenth(t, r))));
        }
        if e.answer.reasons.iter().any(|r| r.code == "in_water_rescue_only") {
            applied.push(rule("in_water_rescue_only", None));
        }
    }
    let mut slots: Vec<Option<Entry<'_>>> = entries.into_iter().map(Some).collect();
    let ordered: Vec<Entry<'_>> = order.into_iter().filter_map(|i| slots[i].take()).collect();
    Ranking {
        dominance: dominances(policy, &ordered),
        reversals: reversals(&ordered, margin),
        policy: PolicyInForce { changed: policy.changed(), applied },
        options: ordered.into_iter().map(|e| e.answer).collect(),
    }
}

fn standing(e: &Entry<'_>) -> Standing {
    let difference = e.tally.and_then(|t| estimate(t.outer.iter().map(|o| &o.difference)));
    Standing {
        mean: e.answer.deaths.map(|d| d.mean),
        contact: e.answer.id.bears_burden_of_proof(),
        assessed: e.answer.state == State::Assessed,
        excess_q95: difference.map(|d| d.knowledge_q95),
    }
}

fn named(o: &OptionAnswer) -> OptionRef {
    OptionRef { id: o.id, modifiers: o.modifiers.clone() }
}

/// Every pair of which one dominates. An extrapolated option by force or contact dominates nothing, as it is never found better.
fn dominances(policy: &Policy, ordered: &[Entry<'_>]) -> Vec<Dominance> {
    let all: Vec<_> = ordered.iter().filter_map(|e| Some((&e.answer, measures(e.tally?)))).collect();
    let mut out = Vec::new();
    for (a, a_draws) in &all {
        if a.id.bears_burden_of_proof() && a.state != State::Assessed {
            continue;
        }
        for (b, b_draws) in all.iter().filter(|(b, _)| !std::ptr::eq(*a, *b)) {
            if let Some(share) = dominance(a_draws, b_draws).filter(|s| *s >= policy.dominance_share()) {
                out.push(Dominance { option: named(a), over: named(b), share });
            }
        }
    }
    out
}

/// Pairs with standing off, and with the option that stands first, whose worst tenths say the opposite of their means.
fn reversals(ordered: &[Entry<'_>], margin: f64) -> Vec<Reversal> {
    let all: Vec<_> = ordered.iter().filter_map(|e| Some((&e.answer, e.tally?))).collect();
    let mut out = Vec::new();
    for (i, (a, at)) in all.iter().enumerate() {
        for (b, bt) in &all[i + 1..] {
            let told = i == 0 || [a, b].iter().any(|o| o.id == OptionId::StandOff && o.modifiers.is_empty());
            if told && reversed(at, bt, margin) {
                let (mean, tail) = if at.deaths.mean() < bt.deaths.mean() { (a, b) } else { (b, a) };
                out.push(Reversal { fewer_on_mean: named(mean), fewer_in_worst_tenth: named(tail) });
            }
        }
    }
    out
}
