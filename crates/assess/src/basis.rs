//! What an answer rests on: every constant of every crate that it runs through.

use plimsoll_case::answer::assess::{ConstantUsed, DataUsed};
use plimsoll_case::encounter::Encounter;
use plimsoll_core::draws::Constants;
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

/// Files and tables from which the sea of a case was taken, and the calibrated constants where they were.
#[must_use]
pub fn data(e: &Encounter, constants: Constants) -> Vec<DataUsed> {
    let used = e.taken.iter().map(|t| DataUsed {
        name: t.name.clone(),
        sha256: t.sha256.clone(),
        quantity: quantity(&t.key).map(str::to_owned),
    });
    used.chain(crate::calibration::named(constants)).collect()
}

/// The quantity that stands behind a key of the scenario.
fn quantity(key: &str) -> Option<&'static str> {
    Some(match key {
        "sea.wind" => "wind",
        "sea.current" => "current",
        "sea.hs" => "wave_height",
        "sea.tp" => "peak_period",
        "sea.water" => "water_temperature",
        "sea.air" => "air_temperature",
        _ => return None,
    })
}
