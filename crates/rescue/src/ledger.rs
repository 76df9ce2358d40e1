//! The ledger of this crate's constants.

use plimsoll_core::ledger::Ledger;
use std::sync::LazyLock;

/// Every constant of the rescue model, with source and grade.
pub static LEDGER: LazyLock<Ledger> = LazyLock::new(|| {
    Ledger::parse("plimsoll-rescue", include_str!("../constants.toml")).expect("the embedded ledger is checked by test")
});

#[cfg(test)]
mod tests {
    use crate::survival::RescueConstants;
    use plimsoll_core::belief::Belief;
    use plimsoll_core::ledger::Knowledge;

    #[test]
    fn every_constant_is_drawn_within_its_belief() {
        for k in 0..Knowledge::STRATA {
            let k = Knowledge::outer(1, k);
            let _ = RescueConstants::draw(&k);
            for c in super::LEDGER.constants() {
                let (low, high) = c.value.range();
                // an unbounded belief exceeds its 0.1 % and 99.9 % quantiles in its outermost strata
                let slack = if matches!(c.value, Belief::LogNormal { .. }) { 2.0 } else { 1.0 };
                let x = super::LEDGER.value(&c.id, &k);
                assert!(x >= low / slack - 1e-12 && x <= high * slack + 1e-12, "{} {x}", c.id);
            }
        }
    }
}
