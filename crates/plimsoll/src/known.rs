//! What the program carries: examples, ledgers of constants and known answers.

use clap::builder::PossibleValuesParser;
use plimsoll_core::ledger::Ledger;
use plimsoll_core::validation::Case;

/// Scenarios of `examples/`, by name.
pub const EXAMPLES: &[(&str, &str)] = &[
    ("dover-strait", include_str!("../../../examples/dover-strait.toml")),
    ("2021-11-24-sandettie", include_str!("../../../examples/2021-11-24-sandettie.toml")),
    ("2024-04-23-wimereux", include_str!("../../../examples/2024-04-23-wimereux.toml")),
    ("2024-07-12-boulogne", include_str!("../../../examples/2024-07-12-boulogne.toml")),
    ("2024-09-03-gris-nez", include_str!("../../../examples/2024-09-03-gris-nez.toml")),
];

/// Parser of `--example`: one of the names of [`EXAMPLES`].
#[must_use]
pub fn example_names() -> PossibleValuesParser {
    EXAMPLES.iter().map(|(name, _)| *name).collect::<Vec<_>>().into()
}

/// Every ledger of constants, in the order of the layout.
#[must_use]
pub fn ledgers() -> Vec<&'static Ledger> {
    vec![
        &plimsoll_sea::ledger::LEDGER,
        &plimsoll_boat::ledger::LEDGER,
        &plimsoll_drift::LEDGER,
        &plimsoll_rescue::LEDGER,
        &plimsoll_case::ledger::LEDGER,
        &plimsoll_assess::ledger::LEDGER,
    ]
}

/// Known answers of every part of the program, with the name of the part.
#[must_use]
pub fn cases() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("sea", plimsoll_sea::validation::cases()),
        ("boat", plimsoll_boat::validation::cases()),
        ("boat in waves", plimsoll_boat::validation_dynamics::cases()),
        ("drift", plimsoll_drift::validation::cases()),
        ("rescue", plimsoll_rescue::validation::cases()),
        ("assess", plimsoll_assess::validation::cases()),
    ]
}

/// Ids of every rescue asset, as a scenario names them.
#[must_use]
pub fn asset_ids() -> Vec<&'static str> {
    plimsoll_rescue::assets::ids().collect()
}

/// Known answers that take a minute, for the validation page: the two tiers beside each other (V16).
#[must_use]
pub fn long_cases() -> Vec<(&'static str, Vec<Case>)> {
    // both paths give the same bits
    let path = plimsoll_boat::simd::Path::detect();
    vec![(
        "two tiers",
        plimsoll_boat::validation_dynamics::two_tiers(path, plimsoll_boat::validation_dynamics::REALISATIONS),
    )]
}
