//! Samples of the shorter answers. EVERY FIGURE IS INVENTED.

use super::VERSION;
use crate::answer::Answer as _;
use crate::answer::bench::BenchAnswer;
use crate::answer::selftest::SelftestAnswer;
use plimsoll_core::validation::Case;

/// A self-test with a pass, a known miss and a failure, all invented.
#[must_use]
pub fn selftest() -> SelftestAnswer {
    let case = |id: &str, name: &str, quantity: &str, unit: &str| Case::new(id, name, "invented", quantity, unit);
    SelftestAnswer::of(
        VERSION,
        &[
            (
                "boat",
                vec![
                    case("V1", "box barge", "GM", "m").value(0.6333, 1e-4, 0.633_31),
                    case("V4", "a laden inflatable of 8.5 m, 60 aboard", "freeboard", "m").value(0.221, 0.005, 0.2213),
                ],
            ),
            (
                "rescue",
                vec![
                    case("W4", "24 November 2021, after 4.2 h", "share alive", "1")
                        .band(0.24, 0.45, 0.215)
                        .missed("tail still too thin"),
                    case("W9", "12 May 2025", "deaths", "1").band(0.0, 6.0, 7.0),
                ],
            ),
        ],
    )
}

/// A benchmark, every figure invented.
#[must_use]
pub fn bench() -> BenchAnswer {
    BenchAnswer {
        schema: BenchAnswer::tag(),
        version: VERSION.into(),
        seed: 1,
        kernel: "roll".into(),
        realisations: 10_000,
        steps_executed: 180_000_000,
        seconds: 0.71,
        threads: 2,
        steps_per_second_core: 1.27e8,
        path: "avx2".into(),
    }
}
