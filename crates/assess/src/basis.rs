//! What an answer rests on: every constant of every crate that it runs through.

use plimsoll_case::answer::assess::ConstantUsed;
use plimsoll_core::ledger::Ledger;

/// The ledgers that an assessment reads, in the order of the crates.
#[must_use]
pub fn ledgers() -> [&'static Ledger; 4] {
    [&plimsoll_sea::ledger::LEDGER, &plimsoll_boat::ledger::LEDGER, &plimsoll_rescue::LEDGER, &crate::ledger::LEDGER]
}

/// Every constant of theirs.
#[must_use]
pub fn constants() -> Vec<ConstantUsed> {
    ledgers().iter().flat_map(|l| l.constants().map(|c| ConstantUsed::new(&l.name, c))).collect()
}
