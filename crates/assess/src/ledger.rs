//! The constants of this crate.

use plimsoll_core::ledger::Ledger;
use std::sync::LazyLock;

/// Constants of the options and of a boat's whole future.
pub static LEDGER: LazyLock<Ledger> = LazyLock::new(|| {
    Ledger::parse("plimsoll-assess", include_str!("../constants.toml")).unwrap_or_else(|e| panic!("{e}"))
});

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_core::ledger::Knowledge;

    #[test]
    fn every_constant_draws_within_its_range() {
        for c in LEDGER.constants() {
            let (low, high) = c.value.range();
            for k in 0..256 {
                let x = LEDGER.value(&c.id, &Knowledge::outer(1, k));
                assert!(
                    x.is_finite() && (c.value.is_exact() || x > low * 0.2 && x < high * 5.0 + 1e-9),
                    "{} {x}",
                    c.id
                );
            }
        }
    }
}
