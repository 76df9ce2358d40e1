//! Samples of the shorter answers. EVERY FIGURE IS INVENTED.

use super::VERSION;
use crate::answer::Answer as _;
use crate::answer::bench::BenchAnswer;
use crate::answer::coast::{CoastAnswer, CoastBenchAnswer, CoastBenchRow, Place, Point, Tiles};
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

/// Tiles and a place at sea, every figure invented.
#[must_use]
pub fn coast() -> CoastAnswer {
    CoastAnswer {
        schema: CoastAnswer::tag(),
        version: VERSION.into(),
        tiles: Tiles {
            west_deg: -6,
            south_deg: 48,
            east_deg: 9,
            north_deg: 56,
            source: "invented".into(),
            edition: "0".into(),
            licence: "none".into(),
            bytes: 1_234_567,
            cells_sea: 300_000,
            cells_land: 170_000,
            cells_shore: 21_520,
            edges: 77_777,
            rounding_m: 0.9,
        },
        place: Some(Place {
            position: Point { lat_deg: 51.0, lon_deg: 1.5 },
            land: Some(false),
            shore_distance_m: Some(12_345.6),
            shore: Some(Point { lat_deg: 51.1, lon_deg: 1.6 }),
            looked_m: 200_000.0,
        }),
    }
}

/// A benchmark of coast queries, every figure invented.
#[must_use]
pub fn bench_coast() -> CoastBenchAnswer {
    CoastBenchAnswer {
        schema: CoastBenchAnswer::tag(),
        version: VERSION.into(),
        seed: 1,
        queries: 1_000_000,
        tile_bytes: 1_234_567,
        rows: vec![
            CoastBenchRow { kind: "point_near_shore".into(), ns_per_query: 43.2, share_hit: 0.48 },
            CoastBenchRow { kind: "step_at_sea".into(), ns_per_query: 3.2, share_hit: 0.0 },
        ],
    }
}
