//! A sample of a drift. EVERY FIGURE IS INVENTED.

use super::VERSION;
use crate::answer::assess::InputLine;
use crate::answer::drift::{
    CoastLine, Containment, DriftAnswer, DriftHour, DriftObject, DriftRelease, DriftSource, Place, Stranding,
    StrandingPlace,
};
use crate::answer::{Answer as _, State, digest};
use plimsoll_core::maths::{cos, sin, sin_cos};
use plimsoll_core::time::Utc;
use std::collections::BTreeMap;
use std::f64::consts::TAU;

const LON: f64 = 1.55;
const LAT: f64 = 51.03;
const M_PER_DEG: f64 = 111_200.0;
const M_PER_DEG_LON: f64 = 70_000.0;

/// A drift of twelve hours in the strait: a tide that turns, a wind from the west, a shore in the east.
#[must_use]
pub fn drift() -> DriftAnswer {
    let hours = 12;
    let places = [(1.86, 50.975, 0.055), (1.91, 50.985, 0.034), (1.805, 50.958, 0.021), (1.98, 50.998, 0.01)];
    let mut answer = DriftAnswer {
        schema: DriftAnswer::tag(),
        version: VERSION.into(),
        seed: 1,
        digest: String::new(),
        inputs: vec![InputLine { key: "run.hours".into(), text: "12 h".into(), basis: None, given: true }],
        state: State::Assessed,
        reasons: vec![],
        object: DriftObject {
            id: "1".into(),
            name: "person in the water, state unknown".into(),
            name_fr: Some("personne à l'eau, état inconnu".into()),
            leeway_percent: Some([0.96; 3]),
        },
        beside: vec![],
        changes: vec![],
        release: DriftRelease { lon: LON, lat: LAT, spread_m: 500.0, from: at(0), to: at(0), outline: vec![] },
        particles: 5000,
        step_s: 600.0,
        scheme: "rk2".into(),
        opendrift_compatible: false,
        sources: vec![
            DriftSource { quantity: "current".into(), name: "invented.nc: u, v".into(), digest: Some("0".repeat(64)) },
            DriftSource { quantity: "wind".into(), name: "12 kn from 270".into(), digest: None },
        ],
        percentiles: vec![1.0, 5.0, 25.0, 50.0, 75.0, 95.0, 99.0],
        hourly: (0..=hours).map(hour).collect(),
        stranding: Some(Stranding {
            share: 0.12,
            places: places
                .map(|(lon, lat, share)| StrandingPlace { lon, lat, share, first_hour: 7.0, median_hour: 9.5 })
                .into(),
        }),
        coast: coast(),
        credibility: Some(crate::credibility::lowest()),
        rests_on: None,
    };
    answer.digest = digest::of(&answer).unwrap_or_default();
    answer
}

fn at(hour: i64) -> Utc {
    // 14 September 2026, 04:20 UTC; always a time.
    Utc::from_millis(1_789_359_600_000 + 3_600_000 * hour).unwrap_or_else(|| panic!("a time"))
}

fn hour(k: i32) -> DriftHour {
    let t = f64::from(k);
    let phase = TAU * t / 12.42;
    let (east, north) = (700.0 * t + 4500.0 * sin(phase), 250.0 * t + 7000.0 * (1.0 - cos(phase)));
    let (sigma_along, sigma_across) = (500.0 + 260.0 * t, 450.0 + 110.0 * t);
    let stranded = (0.02 * (t - 6.0)).max(0.0);
    let ring = |share: f64| {
        let reach = (-2.0 * plimsoll_core::maths::ln(1.0 - share)).sqrt();
        (0..48)
            .map(|i| {
                let (s, c) = sin_cos(TAU * f64::from(i) / 48.0);
                let wobble = 1.0 + 0.06 * sin(f64::from(5 * i) / 48.0 * TAU + t);
                let (along, across) = (reach * sigma_along * c * wobble, reach * sigma_across * s * wobble);
                place(east + 0.5 * along - 0.87 * across, north + 0.87 * along + 0.5 * across)
            })
            .collect::<Vec<Place>>()
    };
    let held = |share: f64| Containment {
        share,
        area_km2: -TAU * plimsoll_core::maths::ln(1.0 - share) * sigma_along * sigma_across / 1e6,
        polygons: vec![vec![ring(share)]],
    };
    let [mean_lon, mean_lat] = place(east, north);
    let quantiles = |m: f64, s: f64| [-2.33, -1.64, -0.67, 0.0, 0.67, 1.64, 2.33].map(|z| m + z * s).to_vec();
    DriftHour {
        hour: t,
        time: at(i64::from(k)),
        n: 5000,
        mean_lon,
        mean_lat,
        mean_east_m: east,
        mean_north_m: north,
        cov_ee_m2: sigma_across * sigma_across,
        cov_en_m2: 0.0,
        cov_nn_m2: sigma_along * sigma_along,
        pct_east_m: quantiles(east, sigma_across),
        pct_north_m: quantiles(north, sigma_along),
        pct_dist_m: quantiles((east * east + north * north).sqrt(), sigma_along),
        fraction: BTreeMap::from([("active".to_owned(), 1.0 - stranded), ("stranded".to_owned(), stranded)]),
        parts: vec![],
        fraction_orientation_right: Some(0.5),
        mean_x_wind: Some(6.2),
        mean_y_wind: Some(0.0),
        mean_x_sea_water_velocity: None,
        mean_y_sea_water_velocity: None,
        containment: [0.95, 0.9, 0.5].map(held).into(),
        some: ring(0.3).into_iter().chain(ring(0.7)).step_by(3).collect(),
    }
}

fn place(east_m: f64, north_m: f64) -> Place {
    [LON + east_m / M_PER_DEG_LON, LAT + north_m / M_PER_DEG]
}

/// A shore that exists nowhere: two blocks of land.
fn coast() -> Vec<CoastLine> {
    vec![
        CoastLine { closed: true, points: vec![[0.9, 51.4], [1.4, 51.36], [1.4, 51.15], [1.1, 51.05], [0.9, 50.9]] },
        CoastLine {
            closed: true,
            points: vec![[1.55, 50.5], [1.58, 50.87], [1.8, 50.955], [2.2, 51.03], [2.6, 51.1], [2.6, 50.5]],
        },
        CoastLine { closed: false, points: vec![[2.2, 51.12], [2.3, 51.14]] },
    ]
}
