//! The constants of this crate, each with its source and grade.

use plimsoll_core::ledger::{Knowledge, Ledger};
use std::sync::LazyLock;

/// What `constants.toml` holds.
pub static LEDGER: LazyLock<Ledger> =
    LazyLock::new(|| Ledger::parse("plimsoll-drift", include_str!("../constants.toml")).expect("a ledger that parses"));

/// A constant at every outer draw of a seed.
pub(crate) fn outer<const N: usize>(id: &str, seed: u64) -> [f64; N] {
    std::array::from_fn(|k| LEDGER.value(id, &Knowledge::outer(seed, k as u32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_constant_is_drawn_near_its_range() {
        for constant in LEDGER.constants() {
            let (low, high) = constant.value.range();
            // an unbounded belief exceeds its 0.1 % and 99.9 % quantiles in its outermost strata
            let (low, high) = (low / 2.0, high * 2.0);
            for v in outer::<256>(&constant.id, 1) {
                assert!(v >= low && v <= high, "{} = {v}", constant.id);
            }
        }
    }
}
