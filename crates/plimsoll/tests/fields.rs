//! `plimsoll fields inspect`: what is understood, what is refused, and with which exit code.

mod common;

use common::fields::{Frame, variable};
use common::{Home, json, project};
use serde_json::Value;

fn data(name: &str) -> String {
    project("crates/read/tests/data").join(name).display().to_string()
}

#[test]
fn a_wind_is_understood() {
    let answer: Value = json(&Home::new().run(&["fields", "inspect", &data("grid_simple.grib2"), "--json", "-"]));
    let layer = &answer["layers"][0];
    assert_eq!((&answer["format"], &layer["quantity"]), (&"GRIB 2".into(), &"wind".into()));
    assert_eq!(layer["times"]["count"], 2);
    assert_eq!(layer["times"]["step_s"], 10_800.0);
    assert_eq!(layer["grid"]["columns"], 24);
    // One node of 408 is missing.
    assert!((layer["missing"].as_f64().unwrap() - 1.0 / 408.0).abs() < 1e-9, "{}", layer["missing"]);
    assert_eq!(layer["map"]["rows"][0].as_array().unwrap().len(), 64);
    assert_eq!(answer["digest"].as_str().unwrap().len(), 64);
}

/// A folder: every file of it counts.
#[test]
fn a_store_is_understood() {
    let home = Home::new();
    let v =
        |name, standard| variable(name, &[("standard_name", standard), ("units", "m s-1")], |_, r, _| r as f32 * 0.1);
    let pair = [v("uo", "eastward_sea_water_velocity"), v("vo", "northward_sea_water_velocity")];
    Frame::strait("hours since 2026-10-10").zarr(&home.path("currents.zarr"), &pair);
    let answer: Value = json(&home.run(&["fields", "inspect", "currents.zarr", "--json", "-"]));
    assert_eq!((&answer["format"], &answer["layers"][0]["quantity"]), (&"Zarr 2".into(), &"current".into()));
    assert_eq!(answer["layers"][0]["times"]["count"], 5);
    // Two arrays of 5 x 31 x 41 floats, three coordinates, and what describes them.
    assert!(answer["bytes"].as_u64().unwrap() > 2 * 4 * 5 * 31 * 41);
    let out = home.run(&["fields", "inspect", "."]);
    let message = String::from_utf8(out.stderr).unwrap().replace('\n', " ");
    assert!(out.status.code() == Some(3) && message.contains("a folder, and no Zarr store"), "{message}");
}

#[test]
fn the_text_keeps_within_a_terminal() {
    for lang in ["en", "fr"] {
        for file in ["grid_simple.grib2", "lambert.grib2", "temp.grib2", "zstd.nc"] {
            let out = Home::new().run(&["fields", "inspect", &data(file), "--lang", lang]);
            let text = String::from_utf8(out.stdout).unwrap();
            // The invented wave heights of one file go below nought, and that is refused.
            if file == "temp.grib2" {
                assert_eq!(out.status.code(), Some(3));
                continue;
            }
            assert!(out.status.success() && text.lines().count() > 10, "{text}");
            assert!(text.lines().all(|l| l.chars().count() <= 80) && !text.contains("[["), "{text}");
        }
    }
}

#[test]
fn what_cannot_be_used_is_an_input_refused() {
    for (file, word) in [("make_grib.py", "no known format"), ("absent.nc", "absent.nc")] {
        let out = Home::new().run(&["fields", "inspect", &data(file)]);
        let message = String::from_utf8(out.stderr).unwrap();
        assert_eq!((out.status.code(), out.stdout.len()), (Some(3), 0), "{message}");
        assert!(message.contains(word), "{message}");
    }
}
