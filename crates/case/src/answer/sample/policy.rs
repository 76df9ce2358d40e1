//! A policy that differs from the default, and what it did. EVERY FIGURE IS INVENTED.

use crate::answer::assess::{Dominance, OptionRef, PolicyChange, PolicyInForce, PolicyValue, Reversal, RuleApplied};
use crate::answer::option::OptionId;

fn named(id: OptionId) -> OptionRef {
    OptionRef { id, modifiers: vec![] }
}

pub(super) fn policy() -> PolicyInForce {
    let change = |key: &str, default: PolicyValue, value: PolicyValue| PolicyChange { key: key.into(), default, value };
    PolicyInForce {
        changed: vec![
            change("margin.deaths", PolicyValue::Number(0.005), PolicyValue::Number(0.01)),
            change("rules.in_water_rescue_only", PolicyValue::Switch(true), PolicyValue::Switch(false)),
        ],
        applied: vec![
            RuleApplied {
                rule: "contact_excess_q95".into(),
                option: named(OptionId::EngineDisabled),
                figure: Some(0.34),
            },
            RuleApplied { rule: "contact_only_assessed".into(), option: named(OptionId::TurnBack), figure: None },
        ],
    }
}

pub(super) fn dominance() -> Vec<Dominance> {
    let over = |id, share| Dominance { option: named(OptionId::TakeOff), over: named(id), share };
    vec![over(OptionId::EngineDisabled, 0.984), over(OptionId::TurnBack, 0.957)]
}

pub(super) fn reversal() -> Reversal {
    Reversal { fewer_on_mean: named(OptionId::StandOff), fewer_in_worst_tenth: named(OptionId::DoNothing) }
}
