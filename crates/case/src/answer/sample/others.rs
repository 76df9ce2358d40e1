//! Samples of the shorter answers. EVERY FIGURE IS INVENTED.

use super::VERSION;
use crate::answer::Answer as _;
use crate::answer::assess::{DataUsed, RestsOn};
use crate::answer::bench::{BenchAnswer, DriftBenchAnswer, DriftBenchRow};
use crate::answer::coast::{CoastAnswer, CoastBenchAnswer, CoastBenchRow, Place, Point, Tiles};
use crate::answer::fields::{FieldGrid, FieldLayer, FieldMap, FieldRefused, FieldTimes, FieldsAnswer};
use crate::answer::selftest::SelftestAnswer;
use crate::answer::tide::{ConstituentHere, Stream, TideAnswer, TideError, TidePoint, Water};
use crate::answer::{Quantiles, State};
use plimsoll_core::earth::LonLat;
use plimsoll_core::maths;
use plimsoll_core::time::Utc;
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

/// A tide of one day, every figure invented: a height of one cosine and a stream of another.
#[must_use]
pub fn tide() -> TideAnswer {
    let at = |minutes: i64| Utc::from_millis(1_795_478_400_000 + minutes * 60_000).expect("an instant");
    let point = |minutes: i64| {
        let angle = minutes as f64 / 745.0 * std::f64::consts::TAU;
        let (east, north) = (1.1 * maths::sin(angle), 0.9 * maths::sin(angle) + 0.05 * maths::cos(angle));
        TidePoint {
            time: at(minutes),
            height_m: 2.4 * maths::cos(angle),
            east_m_s: east,
            north_m_s: north,
            rate_kn: maths::hypot(east, north) * 3600.0 / 1852.0,
            toward_deg: maths::atan2(east, north).to_degrees().rem_euclid(360.0),
        }
    };
    let stream = |minutes: i64, slack: bool| {
        let p = point(minutes);
        let time_error_min = slack.then_some(Quantiles { q05: 12.0, q50: 22.0, q95: 33.0 });
        Stream { time: p.time, slack, rate_kn: p.rate_kn, toward_deg: p.toward_deg, time_error_min }
    };
    let water = |minutes: i64, high: bool| Water { time: at(minutes), high, height_m: point(minutes).height_m };
    TideAnswer {
        schema: TideAnswer::tag(),
        version: VERSION.into(),
        digest: "1d".repeat(32),
        position: LonLat::new(1.5, 51.02).expect("a place"),
        from: at(0),
        to: at(1440),
        every_min: 60,
        state: State::Assessed,
        reasons: vec![],
        land_m: Some(16_400.0),
        inshore: false,
        error: TideError {
            stream_m_s: Quantiles { q05: 0.16, q50: 0.3, q95: 0.43 },
            height_m: Quantiles { q05: 0.31, q50: 0.38, q95: 0.46 },
            water_time_min: Quantiles { q05: 21.0, q50: 31.0, q95: 42.0 },
        },
        axis_deg: 50.7,
        waters: vec![water(0, true), water(372, false), water(745, true), water(1117, false)],
        streams: vec![
            stream(0, true),
            stream(186, false),
            stream(372, true),
            stream(559, false),
            stream(745, true),
            stream(931, false),
            stream(1117, true),
            stream(1304, false),
        ],
        series: (0..=24).map(|h| point(60 * h)).collect(),
        curve: (0..=144).map(|k| point(10 * k)).collect(),
        constituents: vec![ConstituentHere {
            name: "M2".into(),
            height_m: 2.4,
            height_lag_deg: 330.0,
            east_m_s: 1.1,
            east_lag_deg: 60.0,
            north_m_s: 0.9,
            north_lag_deg: 63.0,
        }],
        credibility: Some(crate::credibility::lowest()),
        rests_on: RestsOn::of(
            vec![],
            vec![DataUsed { name: "an invented atlas".into(), sha256: "ab".repeat(32), quantity: None }],
        ),
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

/// A benchmark of the drift, every figure invented.
#[must_use]
pub fn bench_drift() -> DriftBenchAnswer {
    let row = |kind: &str, particles, threads, seconds, cpu_seconds| DriftBenchRow {
        kind: kind.into(),
        particles,
        threads,
        rounds: 3,
        particle_steps: 144 * particles,
        seconds,
        cpu_seconds,
    };
    DriftBenchAnswer {
        schema: DriftBenchAnswer::tag(),
        version: VERSION.into(),
        seed: 1,
        sources: vec!["currents.nc: u, v".into(), "winds.nc: x_wind, y_wind".into()],
        in_memory: false,
        coast: true,
        hours: 24.0,
        step_s: 600.0,
        bytes_per_particle: 64,
        path: "avx2".into(),
        rows: vec![
            row("compatible", 100_000, 1, 0.25, Some(0.24)),
            row("default", 100_000, 1, 1.0, None),
            row("default", 100_000, 2, 0.6, Some(1.1)),
        ],
    }
}

/// A file of currents with a gap and a wind that is refused, all invented.
#[must_use]
pub fn fields() -> FieldsAnswer {
    let hour = |h: i64| Utc::from_millis(1_789_344_000_000 + 3_600_000 * h).unwrap_or_else(|| panic!("a time"));
    let row = |r: u32| (0..64).map(|c| (c > 8 + r).then_some(f64::from((c * 7 + r * 3) % 20) / 10.0)).collect();
    FieldsAnswer {
        schema: FieldsAnswer::tag(),
        version: VERSION.into(),
        digest: "0".repeat(64),
        file: "invented.nc".into(),
        bytes: 7_100_000,
        format: "NetCDF 4".into(),
        layers: vec![FieldLayer {
            quantity: "current".into(),
            variables: vec!["u".into(), "v".into()],
            by_name: true,
            basis: Some("grid_axes".into()),
            unit: "cm s-1".into(),
            unit_used: "m/s".into(),
            level: Some("0.5 m".into()),
            grid: FieldGrid {
                kind: "projected".into(),
                projection: "polar_stereographic".into(),
                columns: 301,
                rows: 201,
                column_m: 800.0,
                row_m: 800.0,
                west_deg: -2.5,
                east_deg: 7.0,
                south_deg: 48.5,
                north_deg: 52.25,
            },
            times: Some(FieldTimes {
                count: 66,
                first: hour(0),
                last: hour(66),
                step_s: Some(3600.0),
                gaps: vec![[hour(10), hour(12)]],
            }),
            frames_read: 3,
            missing: 0.334,
            low: Some(0.0),
            high: Some(1.94),
            map: FieldMap { time: Some(hour(33)), rows: (0..16).map(row).collect() },
        }],
        refused: vec![FieldRefused {
            variable: "x_wind".into(),
            quantity: "wind".into(),
            code: "unit".into(),
            why: "its unit is \"Pa\"; allowed: m s-1, cm s-1, kn".into(),
        }],
        others: vec!["salinity".into()],
    }
}
