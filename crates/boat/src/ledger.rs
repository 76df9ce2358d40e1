//! The constants of this crate, each with its source and grade.

use plimsoll_core::ledger::Ledger;
use std::sync::LazyLock;

/// What `constants.toml` holds.
pub static LEDGER: LazyLock<Ledger> =
    LazyLock::new(|| Ledger::parse("plimsoll-boat", include_str!("../constants.toml")).expect("a ledger that parses"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hull::RHO_KG_M3;
    use crate::load_line::{OFFSET_BASE_DEG, OFFSET_DIVISOR};
    use crate::strength::GRAVITY_M_S2;
    use plimsoll_core::ledger::Knowledge;

    /// What is fixed stands in the code as a constant, and in the ledger so that it is published: the two are one.
    #[test]
    fn fixed_figures_are_those_of_the_ledger() {
        for (id, value) in [
            ("hull.water_density", RHO_KG_M3),
            ("hull.gravity", GRAVITY_M_S2),
            ("load_line.offset_base", OFFSET_BASE_DEG),
            ("load_line.offset_divisor", OFFSET_DIVISOR),
        ] {
            assert_eq!(LEDGER.value(id, &Knowledge::central()), value, "{id}");
        }
    }
}
