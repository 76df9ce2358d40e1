//! Input that is not what it should be: one sentence that says what, where and what is allowed; exit code 3; nothing written.

mod common;

use common::{Home, code, project};

/// The README's encounter with `from` replaced by `to`.
fn with(from: &str, to: &str) -> String {
    let text = std::fs::read_to_string(project("examples/dover-strait.toml")).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// Refused by `assess` with a snapshot of what is shown; no file is created or changed.
#[track_caller]
fn refused(name: &str, scenario: impl AsRef<[u8]>) {
    let home = Home::new();
    home.write("case.toml", scenario);
    home.write("kept.json", "kept");
    let arguments = ["assess", "case.toml", "--json", "kept.json", "--html", "page.html", "--quiet"];
    let output = home.run(&arguments);
    let shown = home.shown(&arguments, &output);
    assert_eq!(code(&output), 3, "{shown}");
    assert_eq!(home.names(), ["case.toml", "kept.json"]);
    assert_eq!(home.read("kept.json"), "kept");
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, shown) });
}

#[test]
fn wrong_units() {
    refused("unit_of_another_quantity", with("hs = \"0.4 m\"", "hs = \"0.4 kg\""));
    refused("unit_missing", with("hs = \"0.4 m\"", "hs = 0.4"));
    refused("direction_of_the_wrong_sense", with("9 kn from 230", "9 kn toward 230"));
}

#[test]
fn out_of_range_and_impossible() {
    refused("negative_height", with("hs = \"0.4 m\"", "hs = \"-0.4 m\""));
    refused("share_over_one", with("lifejackets = { low = 0.3, high = 0.7 }", "lifejackets = 1.5"));
    refused("belief_upside_down", with("low = 50, likely = 62, high = 75", "low = 75, likely = 62, high = 50"));
    refused("more_children_than_people", with("children = { low = 4, high = 12 }", "children = 200"));
    refused(
        "more_people_than_it_floats_with",
        with("people = { low = 50, likely = 62, high = 75, basis = \"aircraft\" }", "people = 390"),
    );
    refused("not_a_number", with("hs = \"0.4 m\"", "hs = nan"));
    refused("infinite", with("children = { low = 4, high = 12 }", "children = inf"));
}

#[test]
fn words_and_keys() {
    refused("unknown_key", with("lifejackets =", "lifejacket ="));
    refused("unknown_section", with("[aboard]", "[abord]"));
    refused("unknown_asset", with("patrol-32m", "patrol-32"));
    refused("position_on_land", with("51 02.0N 001 30.0E", "51 10.0N 001 00.0E"));
    refused("ambiguous_position", with("51 02.0N 001 30.0E", "51.02 1.30"));
    refused("impossible_time", with("2026-09-14T04:20:00Z", "2026-09-31T04:20:00Z"));
}

#[test]
fn no_toml_and_noise() {
    refused("syntax", "[boat\nclass = 1");
    refused("empty", "");
    refused("not_text", [0x5b, 0xff, 0xfe, 0x00]);
    let mut state = 1_u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    })
    .take(10 << 20)
    .collect();
    refused("ten_megabytes_of_noise", &noise);
    let printable: String = noise.iter().map(|b| char::from(b' ' + b % 95)).collect();
    refused("long_line", &printable[..100_000]);
}

#[test]
fn what_cannot_be_read() {
    let home = Home::new();
    let missing = home.run(&["assess", "nowhere.toml"]);
    assert_eq!(code(&missing), 3);
    insta::assert_snapshot!("missing_file", home.shown(&["assess", "nowhere.toml"], &missing));
    let folder = home.run(&["assess", "."]);
    assert_eq!(code(&folder), 3);
    insta::assert_snapshot!("folder", home.shown(&["assess", "."], &folder));
}

#[test]
fn what_cannot_be_written_is_found_before_anything_is_computed() {
    let home = Home::new();
    for (arguments, expected) in [
        (&["assess", "--example", "dover-strait", "--json", "no/such/folder.json"][..], 4),
        (&["assess", "--example", "dover-strait", "--json", "a", "--html", "a"], 2),
        (&["assess", "--example", "dover-strait", "--json", "-", "--html", "-"], 2),
    ] {
        let output = home.run(arguments);
        assert_eq!(code(&output), expected, "{}", home.shown(arguments, &output));
    }
    home.write("case.toml", with("[boat]", "[boat]"));
    assert_eq!(code(&home.run(&["assess", "case.toml", "--json", "case.toml"])), 2);
    assert_eq!(home.read("case.toml"), with("[boat]", "[boat]"));
}

#[test]
fn a_full_disk_is_the_world() {
    let home = Home::new();
    let output = home
        .program(&["constants"])
        .stdout(std::fs::File::options().write(true).open("/dev/full").unwrap())
        .output()
        .unwrap();
    assert_eq!(code(&output), 4);
}
