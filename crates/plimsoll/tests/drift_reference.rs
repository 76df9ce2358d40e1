//! The reference model's published results on real currents and winds and on constants, case by case, within the tolerances of
//! their README: mean within 4 standard errors of the difference, standard deviation within 8 %, percentiles 5 to 95 within
//! 0.15 sigma, share of right-drifting ones within 0.02, at the worst hour.

use plimsoll_core::earth::LonLat;
use plimsoll_core::simd::Path;
use plimsoll_core::testkit::shared;
use plimsoll_core::time::Utc;
use plimsoll_drift::category::category;
use plimsoll_drift::life::Object;
use plimsoll_drift::release::{Place, Release, Scatter, When};
use plimsoll_drift::run::{Control, Setup, run};
use plimsoll_drift::step::Scheme;
use plimsoll_drift::stranding::NoLand;
use plimsoll_drift::summary::{Hour, Summary};
use plimsoll_read::LayerSource;
use plimsoll_sea::field::Quantity;
use plimsoll_sea::known::Known;
use plimsoll_sea::set::{Set, Source};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

fn number(v: &Value, key: &str) -> f64 {
    v[key].as_f64().unwrap_or_else(|| panic!("no {key}"))
}

fn time(v: &Value) -> Utc {
    format!("{}Z", v.as_str().unwrap()).parse().unwrap()
}

fn sea(case: &Value) -> Set<LayerSource> {
    let mut set = Set::default();
    for file in case["files"].as_array().into_iter().flatten() {
        let path = shared(&format!("data/norkyst-arome-2015/{}", file.as_str().unwrap())).unwrap();
        let reader = plimsoll_read::open(&path).unwrap();
        for k in 0..reader.contents().layers.len() {
            set.push(Source::Frames(LayerSource::new(Arc::clone(&reader), k)));
        }
    }
    let config = &case["config"];
    let constant = |x: &str, y: &str| {
        let get = |k: &str| config[format!("environment:constant:{k}")].as_f64();
        Some([get(x)?, get(y)?])
    };
    if let Some(v) = constant("x_wind", "y_wind") {
        set.push(Source::Known(Quantity::Wind, Known::Constant(v)));
    }
    if let Some(v) = constant("x_sea_water_velocity", "y_sea_water_velocity") {
        set.push(Source::Known(Quantity::Current, Known::Constant(v)));
    }
    set
}

fn setup(case: &Value) -> Setup {
    let radius = number(case, "radius_m");
    let scatter = if case["radius_type"] == "uniform" { Scatter::Disc(radius) } else { Scatter::Gaussian(radius) };
    let when = match &case["time"] {
        Value::Array(t) => When::Span(time(&t[0]), time(&t[1])),
        t => When::At(time(t)),
    };
    let centre = LonLat::new(number(case, "lon"), number(case, "lat")).unwrap();
    let config = |k: &str| case["config"][k].as_f64().unwrap_or(0.0);
    let class = category(case["object_type"].as_u64().unwrap() as u32).unwrap();
    Setup {
        // ten times as many as theirs: our own chance hardly counts, theirs does
        release: Release { number: 50_000, place: Place::Point(centre, scatter), when },
        object: Object::Known(class.leeway),
        changes: vec![],
        enters_as: vec![],
        duration_s: number(case, "hours") * 3600.0,
        step_s: number(case, "time_step_s"),
        output_s: 3600.0,
        backward: false,
        scheme: Scheme::Euler,
        jibe_per_hour: case["jibe_probability"].as_f64().unwrap_or(0.04),
        wind_sd_m_s: config("drift:wind_uncertainty"),
        current_sd_m_s: config("drift:current_uncertainty"),
        stokes: false,
        reference: true,
        seed: 1,
    }
}

/// The worst of each measure, each as a share of its tolerance.
fn worst(ours: &[Hour], theirs: &[Value]) -> [f64; 4] {
    let mut worst = [0.0_f64; 4];
    for t in theirs {
        let hour = number(t, "hour");
        let o = ours.iter().find(|o| (o.hour - hour).abs() < 1e-6).unwrap_or_else(|| panic!("no hour {hour}"));
        let n = number(t, "n");
        assert!((o.n as f64 / 10.0 - n).abs() <= 1.0, "hour {hour}: {} released for {n}", o.n);
        if n < 50.0 {
            continue;
        }
        for (k, key) in ["east", "north"].into_iter().enumerate() {
            let variance = number(t, if k == 0 { "cov_ee_m2" } else { "cov_nn_m2" });
            let sigma = variance.sqrt();
            let mean = o.mean_east_north_m[k] - number(t, &format!("mean_{key}_m"));
            let ratio = (o.covariance_m2[2 * k] / variance).sqrt() - 1.0;
            let percentiles = if k == 0 { &o.east_m } else { &o.north_m };
            worst[0] = worst[0].max(mean.abs() / (4.0 * (2.0 / n).sqrt() * sigma));
            // with few released the standard deviation itself is uncertain
            worst[1] = worst[1].max(ratio.abs() / 0.08_f64.max(4.0 / n.sqrt()));
            for p in 1..6 {
                let difference = percentiles[p] - t[format!("pct_{key}_m")][p].as_f64().unwrap();
                worst[2] = worst[2].max(difference.abs() / (sigma * 0.15_f64.max(10.6 / n.sqrt())));
            }
        }
        // theirs is a share of all 5000, those not yet released included
        let right = o.right * n / 5000.0;
        worst[3] = worst[3].max((right - number(t, "fraction_orientation_right")).abs() / 0.02);
    }
    worst
}

#[test]
fn every_land_free_case_of_the_reference_model() {
    let Some(path) = shared("data/norkyst-arome-2015/opendrift_reference.json") else { return };
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut count, mut missed) = (0, vec![]);
    for entry in all["cases"].as_array().unwrap() {
        let case = &entry["case"];
        let name = case["name"].as_str().unwrap();
        if name.contains("landmask") {
            continue;
        }
        count += 1;
        let (mut summary, cancel) = (Summary::default(), AtomicBool::new(false));
        let control = Control { threads: 2, path: Path::detect(), progress: &|_, _| (), cancel: &cancel };
        run(&setup(case), &mut sea(case), &NoLand, &mut summary, &control).unwrap();
        let w = worst(&summary.hours, entry["runs"][0]["hourly"].as_array().unwrap());
        if w.iter().any(|v| *v > 1.0) {
            missed.push(format!("{name}: mean, sd, percentiles, right as shares of their tolerances {w:.2?}"));
        }
        // the references discriminate: with the corrected signs an asymmetric class must miss
        if name.contains("life-raft-deep-ballast-jibe0.04") || name.contains("skiff-v-hull") {
            let mut s = setup(case);
            s.reference = false;
            let mut corrected = Summary::default();
            run(&s, &mut sea(case), &NoLand, &mut corrected, &control).unwrap();
            let w = worst(&corrected.hours, entry["runs"][0]["hourly"].as_array().unwrap());
            assert!(w[0] > 1.0, "{name}: corrected physics is not told from the reference's: {w:?}");
        }
    }
    assert_eq!(count, 19);
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
