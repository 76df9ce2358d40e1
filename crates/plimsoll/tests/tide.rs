//! The tide: what a person types and sees, and what is refused.

mod common;

use common::{Home, code, json, stdout};

const FAIRWAY: [&str; 5] = ["tide", "--at", "51.02N 1.50E", "--day", "2026-11-24"];

#[test]
fn a_day_in_the_fairway() {
    let home = Home::new();
    insta::assert_snapshot!("tide_day", home.show(&FAIRWAY));
    let french =
        ["tide", "--at", "50 33.0N 000 48.0E", "--from", "2026-11-24T05:30Z", "--hours", "30", "--every", "2 h"];
    insta::assert_snapshot!("tide_french", home.show(&[&french[..], &["--lang", "fr"]].concat()));
    assert!(home.names().is_empty());
}

#[test]
fn the_page_stands_alone_in_both_languages() {
    let home = Home::new();
    for lang in ["en", "fr"] {
        let output =
            home.run(&[&FAIRWAY[..], &["--lang", lang, "--html", "page.html", "--json", "tide.json"]].concat());
        assert!(stdout(&output).lines().all(|l| l.chars().count() <= 80), "{}", stdout(&output));
        let page = home.read("page.html");
        assert!(page.contains(&format!("lang=\"{lang}\"")) && page.matches("<svg role").count() == 2);
        for outside in ["http://", "https://", "src=", "<script"] {
            assert!(!page.contains(outside), "{outside}");
        }
    }
}

#[test]
fn what_is_refused_says_why_and_where_to_ask_instead() {
    let home = Home::new();
    let day = ["--day", "2026-11-24"];
    for (name, arguments) in [
        ("harbour", &["--at", "50.97N 1.85E", day[0], day[1]][..]),
        ("inland", &["--at", "50.5N 2.5E", day[0], day[1]]),
        ("goodwin", &["--at", "51.2N 1.5E", day[0], day[1]]),
        ("outside", &["--at", "48N 5W", day[0], day[1]]),
        ("antipodes", &["--at", "50S 179W", day[0], day[1]]),
        ("year", &["--at", "51.02N 1.50E", "--day", "2051-01-01"]),
        ("no_date", &["--at", "51.02N 1.50E", "--day", "24.11.2026"]),
        ("no_such_day", &["--at", "51.02N 1.50E", "--day", "2026-02-30"]),
        ("no_clock", &["--at", "51.02N 1.50E", "--from", "2026-11-24 06:00"]),
        ("no_position", &["--at", "51.02 1.50", day[0], day[1]]),
        ("no_step", &["--at", "51.02N 1.50E", day[0], day[1], "--every", "7 s"]),
        ("no_duration", &["--at", "51.02N 1.50E", day[0], day[1], "--every", "60"]),
    ] {
        let arguments = [&["tide"], arguments].concat();
        let output = home.run(&arguments);
        assert_eq!(code(&output), 3, "{arguments:?}");
        insta::assert_snapshot!(format!("refused_{name}"), home.shown(&arguments, &output));
    }
}

/// Every valid day and no other: the ends of the years.
#[test]
fn the_last_day_of_the_years_is_one_of_them() {
    let home = Home::new();
    for day in ["1950-01-01", "2050-12-31"] {
        assert_eq!(code(&home.run(&["tide", "--at", "51.02N 1.50E", "--day", day, "--quiet"])), 0, "{day}");
    }
    assert_eq!(code(&home.run(&["tide", "--at", "51.02N 1.50E", "--day", "1949-12-31"])), 3);
}

/// Heights, streams and their extremes agree among themselves.
#[test]
fn extremes_are_those_of_the_curve() {
    let answer = json(&Home::new().run(&[&FAIRWAY[..], &["--json", "-"]].concat()));
    let number = |v: &serde_json::Value| v.as_f64().unwrap();
    let heights: Vec<f64> = answer["curve"].as_array().unwrap().iter().map(|p| number(&p["height_m"])).collect();
    let highest = heights.iter().copied().fold(f64::MIN, f64::max);
    let waters = answer["waters"].as_array().unwrap();
    let high = waters.iter().map(|x| number(&x["height_m"])).fold(f64::MIN, f64::max);
    assert!(high >= highest && high < highest + 0.02, "{high} {highest}");
    for s in answer["streams"].as_array().unwrap() {
        assert_eq!(s["slack"].as_bool().unwrap(), s["time_error_min"].is_object(), "{s}");
    }
}

/// The README's encounter with its current taken from the built-in tide.
fn from_the_tide(position: &str) -> String {
    let text = std::fs::read_to_string(common::project("examples/dover-strait.toml")).unwrap();
    let current = text.lines().find(|l| l.starts_with("current")).unwrap();
    assert!(text.contains("51 02.0N 001 30.0E"));
    text.replacen(current, "from = \"builtin\"", 1).replacen("51 02.0N 001 30.0E", position, 1)
}

#[test]
fn a_scenario_takes_its_current_from_the_tide() {
    let home = Home::new();
    home.write("case.toml", from_the_tide("51 02.0N 001 30.0E"));
    let answer = json(&home.run(&["assess", "case.toml", "--realisations", "256", "--json", "-", "--quiet"]));
    let scene = &answer["scene"];
    let (speed, toward) = (&scene["current_m_s"], scene["current_toward_deg"].as_f64().unwrap());
    let tide = json(&home.run(&[
        "tide",
        "--at",
        "51 02.0N 001 30.0E",
        "--from",
        "2026-09-14T04:20:00Z",
        "--hours",
        "1",
        "--json",
        "-",
    ]));
    let now = &tide["series"][0];
    assert!((toward - now["toward_deg"].as_f64().unwrap()).abs() <= 0.5, "{toward} {now}");
    let rate = now["rate_kn"].as_f64().unwrap() * 1852.0 / 3600.0;
    let (low, high) = (speed["low"].as_f64().unwrap(), speed["high"].as_f64().unwrap());
    assert!(low < rate && rate < high, "{speed} {rate}");
    let defaulted = answer["inputs"]["defaulted"].to_string();
    assert!(defaulted.contains("built-in tide atlas"), "{defaulted}");
}

#[test]
fn a_scenario_outside_the_tide_is_refused_at_its_place() {
    let home = Home::new();
    for (name, text) in [
        ("outside", from_the_tide("36 20.0N 012 30.0E")),
        ("harbour", from_the_tide("50 58.2N 001 51.0E")),
        ("nowhere", from_the_tide("51 02.0N 001 30.0E").replacen("position = ", "# position = ", 1)),
    ] {
        home.write("case.toml", text);
        let arguments = ["assess", "case.toml"];
        let output = home.run(&arguments);
        assert_eq!(code(&output), 3);
        insta::assert_snapshot!(format!("builtin_{name}"), home.shown(&arguments, &output));
    }
}
