//! Samples of the shorter answers. EVERY FIGURE IS INVENTED.

use super::VERSION;
use crate::answer::Answer as _;
use crate::answer::assess::{DataUsed, RestsOn};
use crate::answer::bench::BenchAnswer;
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
        rests_on: RestsOn::of(vec![], vec![DataUsed { name: "an invented atlas".into(), sha256: "ab".repeat(32) }]),
    }
}
