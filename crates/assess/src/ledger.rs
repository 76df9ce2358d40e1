//! The constants of this crate.

use plimsoll_core::ledger::{Constant, Knowledge, Ledger};
use std::sync::LazyLock;

/// Constants of the options and of a boat's whole future.
pub static LEDGER: LazyLock<Ledger> = LazyLock::new(|| {
    Ledger::parse("plimsoll-assess", include_str!("../constants.toml")).unwrap_or_else(|e| panic!("{e}"))
});

/// The constant of an id as the data files write it: `boat:` and `rescue:` name those crates' ledgers, no prefix this one.
///
/// # Panics
/// As [`Ledger::get`].
#[must_use]
pub fn constant(id: &str) -> &'static Constant {
    let (ledger, id) = home(id);
    ledger.get(id)
}

/// Its value in one state of knowledge.
///
/// # Panics
/// As [`Ledger::get`].
#[must_use]
pub fn value(id: &str, k: &Knowledge) -> f64 {
    let (ledger, id) = home(id);
    ledger.value(id, k)
}

fn home(id: &str) -> (&'static Ledger, &str) {
    match id.split_once(':') {
        Some(("boat", id)) => (&plimsoll_boat::ledger::LEDGER, id),
        Some(("rescue", id)) => (&plimsoll_rescue::LEDGER, id),
        _ => (&LEDGER, id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
