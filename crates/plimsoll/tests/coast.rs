//! The coast on the command line: asked, described, made, and refused.

mod common;

use common::{Home, code, json, project, stdout};
use std::path::{Path, PathBuf};

/// The shorelines that the tiles are made from: where Debian's package puts them, or `PLIMSOLL_GSHHG`.
fn gshhg() -> Option<PathBuf> {
    let path = std::env::var_os("PLIMSOLL_GSHHG").map_or_else(|| "/usr/share/gmt-gshhg".into(), PathBuf::from);
    let there = path.exists();
    if !there {
        #[expect(clippy::print_stderr, reason = "a skipped test must say so aloud")]
        {
            eprintln!("skipped: the Debian package gmt-gshhg-full is absent ({})", path.display());
        }
    }
    there.then_some(path)
}

#[test]
fn a_place_is_land_sea_or_unknown() {
    let home = Home::new();
    for (name, arguments) in [
        ("coast_at_sea", &["coast", "at", "51 02.0N 001 30.0E"][..]),
        ("coast_on_land", &["coast", "at", "51.1296N 1.3215E", "--lang", "fr"]),
        ("coast_unknown", &["coast", "at", "51N 20E"]),
        ("coast_info", &["coast", "info"]),
        ("help_coast", &["coast", "--help"]),
        ("help_coast_build", &["coast", "build", "--help"]),
    ] {
        let output = home.run(arguments);
        assert_eq!(code(&output), 0, "{}", home.shown(arguments, &output));
        assert!(stdout(&output).lines().all(|l| l.chars().count() <= 100));
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(name, home.shown(arguments, &output));
        });
    }
    let answer = json(&home.run(&["coast", "at", "51 02.0N 001 30.0E", "--json", "-"]));
    assert_eq!(answer["place"]["land"], false);
    let distance = answer["place"]["shore_distance_m"].as_f64().unwrap();
    assert!(distance > 10_000.0 && distance < 20_000.0, "{distance}");
    let answer = json(&home.run(&["coast", "at", "51N 20E", "--json", "-"]));
    assert!(answer["place"]["land"].is_null() && answer["place"]["shore_distance_m"].is_null());
}

#[test]
fn what_is_wrong_is_said() {
    let home = Home::new();
    let carried = std::fs::read(project("assets/coast/channel-north-sea.coast")).unwrap();
    let mut damaged = carried.clone();
    damaged[1_000_000] ^= 4;
    home.write("damaged.coast", &damaged);
    home.write("cut.coast", &carried[..carried.len() / 2]);
    home.write("other.coast", "Not tiles at all, but long enough to be looked at as if it were some.");
    home.write("binned_GSHHS_f.nc", "no NetCDF");
    home.write("kept.coast", "kept");
    for (name, exit, arguments) in [
        ("damaged", 3, &["coast", "info", "damaged.coast"][..]),
        ("cut", 3, &["coast", "at", "51N 1E", "--tiles", "cut.coast"]),
        ("other_file", 3, &["coast", "info", "other.coast"]),
        ("missing", 3, &["coast", "info", "nowhere.coast"]),
        ("position", 2, &["coast", "at", "51 1"]),
        ("no_source", 3, &["coast", "build", "--from", "nowhere", "--region", "0,50,2,52", "--out", "kept.coast"]),
        ("no_netcdf", 3, &["coast", "build", "--from", ".", "--region", "0,50,2,52", "--out", "kept.coast"]),
        ("region", 2, &["coast", "build", "--from", ".", "--region", "0,52,2,50", "--out", "kept.coast"]),
        ("out_folder", 4, &["coast", "build", "--from", ".", "--region", "0,50,2,52", "--out", "no/such.coast"]),
        ("stdout", 2, &["coast", "build", "--from", ".", "--region", "0,50,2,52", "--out", "-"]),
    ] {
        let output = home.run(arguments);
        let shown = home.shown(arguments, &output);
        assert_eq!(code(&output), exit, "{shown}");
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("coast_refused_{name}"), shown);
        });
    }
    assert_eq!(home.read("kept.coast"), "kept");
    assert_eq!(home.names().len(), 5);
}

/// The tiles that the program carries are what the command makes.
#[test]
fn the_tiles_are_made_again_byte_for_byte() {
    let Some(from) = gshhg() else { return };
    let from = from.to_str().unwrap();
    let home = Home::new();
    let output = home.run(&["coast", "build", "--from", from, "--region=-9,47,9,58", "--out", "again.coast"]);
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    let made = std::fs::read(home.path("again.coast")).unwrap();
    assert!(made == std::fs::read(project("assets/coast/channel-north-sea.coast")).unwrap());

    // Any other region, which need not be whole.
    let output =
        home.run(&["coast", "build", "--from", from, "--region=139.2,34.5,140.8,35.9", "--out", "tokyo.coast"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("widened to whole degrees: 139E to 141E, 34N to 36N"));
    let answer = json(&home.run(&["coast", "at", "35.4N 139.8E", "--tiles", "tokyo.coast", "--json", "-"]));
    assert_eq!(answer["place"]["land"], false);
    let ice = home.run(&["coast", "build", "--from", from, "--region=0,-70,2,-60", "--out", "ice.coast"]);
    assert!(code(&ice) == 3 && !Path::new(&home.path("ice.coast")).exists());
}

#[test]
fn the_benchmark_answers() {
    let answer = json(&Home::new().run(&["bench", "coast", "--queries", "1000", "--json", "-"]));
    let rows = answer["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().all(|r| r["ns_per_query"].as_f64().unwrap() > 0.0));
}
