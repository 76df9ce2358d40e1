//! The constants of this crate: what is believed of a boat, its people and the sea where a scenario says nothing.

use plimsoll_core::ledger::Ledger;
use std::sync::LazyLock;

/// The ledger. A test reads and draws all of it, so that it cannot fail here.
pub static LEDGER: LazyLock<Ledger> =
    LazyLock::new(|| Ledger::parse("plimsoll-case", include_str!("../constants.toml")).expect("a sound ledger"));

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_core::ledger::Knowledge;

    #[test]
    fn every_constant_draws() {
        assert!(LEDGER.constants().count() > 35);
        for c in LEDGER.constants() {
            for k in 0..8 {
                assert!(LEDGER.value(&c.id, &Knowledge::outer(1, k)).is_finite(), "{}", c.id);
            }
        }
    }
}
