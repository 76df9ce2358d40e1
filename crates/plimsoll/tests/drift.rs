//! `plimsoll drift` as a person meets it: the example in both languages, every kind of release, exports, and refusals.

mod common;

use common::{Home, code, json};

/// A small case; `object`, `release` and `rest` are written as they come.
fn case(object: &str, release: &str, rest: &str) -> String {
    format!("[object]\n{object}\n[release]\nnumber = 300\n{release}\n[run]\nhours = 2\n{rest}\n")
}

const PERSON: &str = "category = \"person-jacket\"";
const BOAT: &str = "category = \"inflatable\"\nlength = \"8.5 m\"\npeople = 50\nfreeboard = \"0.2 m\"";
const POINT: &str = "position = \"51 02.0N 001 30.0E\"\ntime = 2026-11-24T04:00:00Z";
const SEA: &str = "[sea]\nwind = \"12 kn from 230\"\ncurrent = \"builtin\"";

#[test]
fn the_example_in_both_languages() {
    let home = Home::new();
    insta::assert_snapshot!(home.show(&["drift", "--example", "dover-strait", "--quiet"]));
    insta::assert_snapshot!(home.show(&["drift", "--example", "dover-strait", "--lang", "fr", "--quiet"]));
    insta::assert_snapshot!(home.show(&["drift", "--help"]));
}

#[test]
fn areas_go_to_maps_globes_and_plotters() {
    let home = Home::new();
    let arguments =
        ["drift", "--example", "person", "--geojson", "a.json", "--kml", "a.kml", "--gpx", "a.gpx", "--out", "a.nc"];
    assert_eq!(code(&home.run(&arguments)), 0);
    assert_eq!(home.names(), ["a.gpx", "a.json", "a.kml", "a.nc"]);
    let v: serde_json::Value = serde_json::from_str(&home.read("a.json")).unwrap();
    let areas = v["features"].as_array().unwrap().iter().filter(|f| f["properties"]["kind"] == "containment");
    // seven output times, three shares
    assert_eq!(areas.count(), 21);
    assert!(home.read("a.kml").ends_with("</Document></kml>\n") && home.read("a.gpx").ends_with("</gpx>\n"));
    let twice = home.run(&["drift", "--example", "person", "--kml", "b", "--gpx", "b"]);
    assert_eq!(code(&twice), 2, "two outputs into one file");
}

/// With the feature a table is written; without it whoever asks is told how to have it, before anything is worked out.
#[test]
fn a_table_needs_its_feature() {
    let home = Home::new();
    let output = home.run(&["drift", "--example", "person", "--parquet", "a.parquet", "--quiet"]);
    if cfg!(feature = "parquet") {
        assert_eq!(code(&output), 0);
        let bytes = std::fs::read(home.path("a.parquet")).unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1") && bytes.len() > 10_000);
    } else {
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(code(&output) == 3 && message.contains("--features parquet"), "{message}");
        assert!(home.names().is_empty());
    }
}

/// Every kind of release runs, and begins where and when it should.
#[test]
fn releases_of_every_kind() {
    let home = Home::new();
    home.write("seen.csv", "lon,lat,time\n1.50,51.03,2026-11-24T04:00:00Z\n1.55,51.06,2026-11-24T05:00:00Z\n");
    home.write("area.geojson", r#"{"type":"Polygon","coordinates":[[[1.4,51.0],[1.6,51.0],[1.5,51.1],[1.4,51.0]]]}"#);
    let time = "time = { low = 2026-11-24T03:00:00Z, high = 2026-11-24T04:00:00Z }";
    let ends = "line = [\"51 00.0N 001 30.0E\", \"51 04.0N 001 34.0E\"]";
    for (name, release, lon, from) in [
        ("point", POINT.to_owned(), 1.5, "2026-11-24T04:00:00Z"),
        ("cone", format!("{ends}\nradius = [\"100 m\", \"1 km\"]\n{time}"), 1.533, "2026-11-24T03:00:00Z"),
        ("list", "file = \"seen.csv\"\nradius = \"200 m\"".into(), 1.525, "2026-11-24T04:00:00Z"),
        ("area", format!("file = \"area.geojson\"\n{time}"), 1.5, "2026-11-24T03:00:00Z"),
    ] {
        home.write("case.toml", case(PERSON, &release, SEA));
        let answer = json(&home.run(&["drift", "case.toml", "--json", "-"]));
        let middle = answer["release"]["lon"].as_f64().unwrap();
        assert!((middle - lon).abs() < 0.002, "{name}: {middle}");
        assert_eq!(answer["release"]["from"], from, "{name}");
        let last = answer["hourly"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(last["n"], 300, "{name}");
    }
}

/// A life is told hour by hour: whole at first, in the water at the end.
#[test]
fn a_life_is_told() {
    let home = Home::new();
    let life = "[[changes]]\nafter = \"30 min\"\ncategory = \"inflatable-swamped\"\n\
                [[changes]]\nafter = \"45 min\"\ncategory = \"person-no-jacket\"";
    home.write("case.toml", case(BOAT, POINT, &format!("{life}\n{SEA}")));
    let answer = json(&home.run(&["drift", "case.toml", "--json", "-"]));
    let parts: Vec<Vec<f64>> = answer["hourly"]
        .as_array()
        .unwrap()
        .iter()
        .map(|h| serde_json::from_value(h["parts"].clone()).unwrap())
        .collect();
    assert_eq!(parts, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);
    let middle = |v: &serde_json::Value| v["leeway_percent"][1].as_f64().unwrap();
    assert!(middle(&answer["object"]) > middle(&answer["changes"][0]["object"]));
}

/// Refused with a snapshot of what is shown; nothing is written.
#[track_caller]
fn refused(name: &str, text: String) {
    let home = Home::new();
    home.write("case.toml", text);
    home.write("bad.csv", "lon,lat,time\n1.5,51.0,2026-11-24T04:00:00Z\n1.5,north,2026-11-24T04:00:00Z\n");
    home.write("timed.csv", "lon,lat,time\n1.5,51.0,2026-11-24T04:00:00Z\n");
    home.write("timeless.csv", "lon,lat\n1.5,51.0\n");
    let arguments = ["drift", "case.toml", "--json", "out.json", "--quiet"];
    let output = home.run(&arguments);
    let shown = home.shown(&arguments, &output);
    assert_eq!(code(&output), 3, "{shown}");
    assert!(!home.names().contains(&"out.json".to_owned()));
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, shown) });
}

#[test]
fn boats_and_lives_that_cannot_be() {
    refused("drift_boat_asks", case("category = \"inflatable\"", POINT, SEA));
    refused("drift_boat_unfit", case(&BOAT.replace("people = 50", "people = 190"), POINT, SEA));
    refused("drift_no_boat", case(&format!("{PERSON}\nfreeboard = \"0.2 m\""), POINT, SEA));
    refused("drift_unknown_class", case("category = \"dinghy\"", POINT, SEA));
    let change = "[[changes]]\nafter = { low = \"5 h\", high = \"2 h\" }\ncategory = \"person-jacket\"";
    refused("drift_change_upside_down", case(BOAT, POINT, &format!("{change}\n{SEA}")));
    let change = "leeway = false\n[[changes]]\nafter = \"1 h\"\ncategory = \"person-jacket\"";
    refused("drift_change_without_leeway", case(PERSON, POINT, &format!("{change}\n{SEA}")));
}

#[test]
fn releases_that_cannot_be() {
    let time = "time = 2026-11-24T04:00:00Z";
    refused("drift_nowhere", case(PERSON, time, SEA));
    refused("drift_twice", case(PERSON, &format!("{POINT}\nfile = \"timed.csv\""), SEA));
    refused("drift_line_of_one", case(PERSON, &format!("line = [\"51 00.0N 001 30.0E\"]\n{time}"), SEA));
    refused("drift_csv_fault", case(PERSON, "file = \"bad.csv\"", SEA));
    refused("drift_timed_twice", case(PERSON, &format!("file = \"timed.csv\"\n{time}"), SEA));
    refused("drift_timeless", case(PERSON, "file = \"timeless.csv\"", SEA));
    refused("drift_no_places", case(PERSON, "file = \"gone.csv\"", SEA));
    let early = "position = \"51 02.0N 001 30.0E\"\ntime = { low = 2026-11-24T04:00:00Z }";
    refused("drift_time_of_one", case(PERSON, early, SEA));
}

#[test]
fn seas_that_cannot_be() {
    let harbour = "position = \"51 07.0N 001 21.0E\"\ntime = 2026-11-24T04:00:00Z";
    refused("drift_builtin_harbour", case(PERSON, harbour, SEA));
    refused("drift_builtin_far", case(PERSON, "position = \"54 00.0N 004 00.0E\"\ntime = 2026-11-24T04:00:00Z", SEA));
    refused("drift_stokes_of_nothing", case(PERSON, POINT, &format!("stokes = true\n{SEA}")));
    refused("drift_file_missing", case(PERSON, POINT, "[sea]\nfrom = \"gone.nc\""));
    refused("drift_builtin_as_file", case(PERSON, POINT, "[sea]\nfrom = \"builtin\"\nwind = \"12 kn from 230\""));
    refused("drift_no_current", case(PERSON, POINT, "[sea]\nwind = \"12 kn from 230\""));
}
