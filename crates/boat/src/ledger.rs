//! The constants of this crate, each with its source and grade.

use plimsoll_core::ledger::Ledger;
use std::sync::LazyLock;

/// What `constants.toml` holds.
pub static LEDGER: LazyLock<Ledger> =
    LazyLock::new(|| Ledger::parse("plimsoll-boat", include_str!("../constants.toml")).expect("a ledger that parses"));
