//! The constants of this crate, each with its source and grade.

use plimsoll_core::ledger::{Knowledge, Ledger};
use std::sync::LazyLock;

/// What `constants.toml` holds.
pub static LEDGER: LazyLock<Ledger> =
    LazyLock::new(|| Ledger::parse("plimsoll-sea", include_str!("../constants.toml")).expect("a ledger that parses"));

/// A constant that is the same in every state of knowledge (grade A or B, exact).
pub(crate) fn exact(id: &str) -> f64 {
    LEDGER.value(id, &Knowledge::central())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_constant_is_drawn_within_its_range() {
        for constant in LEDGER.constants() {
            let (low, high) = constant.value.range();
            for outer in 0..256 {
                let v = LEDGER.value(&constant.id, &Knowledge::outer(1, outer));
                assert!(v >= low && v <= high, "{} = {v}", constant.id);
            }
        }
    }
}
