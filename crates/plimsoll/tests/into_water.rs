//! From an assessment to where its people drift: `assess --into-water` writes who enters the water, `drift` follows them.

mod common;

use common::{Home, code, json};

const ASSESS: [&str; 6] = ["assess", "--example", "dover-strait", "--realisations", "512", "--quiet"];

fn case(option: &str, more: &str) -> String {
    format!(
        "[release]\nnumber = 20000\nfile = \"in.csv\"\noption = \"{option}\"\n{more}\n[run]\nhours = 3\n\
         [sea]\nwind = \"9 kn from 230\"\ncurrent = \"builtin\"\n"
    )
}

/// A home with the people of the README's boat in `in.csv`.
fn assessed(more: &[&str]) -> Home {
    let home = Home::new();
    let output = home.run(&[&ASSESS[..], &["--into-water", "in.csv"], more].concat());
    assert_eq!(code(&output), 0, "{}", home.shown(&ASSESS, &output));
    home
}

/// Rows by column name, remarks left out.
fn rows(home: &Home) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = home.read("in.csv");
    let mut lines = text.lines().filter(|l| !l.starts_with('#')).map(|l| l.split(',').map(str::to_owned));
    let head: Vec<String> = lines.next().unwrap().collect();
    lines.map(|l| head.iter().cloned().zip(l).collect()).collect()
}

#[test]
fn people_of_an_assessment_drift_from_where_and_when_they_enter_the_water() {
    let home = assessed(&[]);
    home.write("case.toml", case("engine_disabled", ""));
    let answer = json(&home.run(&["drift", "case.toml", "--html", "drift.html", "--json", "-"]));
    assert!(home.read("drift.html").contains("without a lifejacket"));
    // what an independent sum over the file says
    let of: Vec<_> = rows(&home).into_iter().filter(|r| r["option"] == "engine_disabled").collect();
    let number = |r: &std::collections::BTreeMap<String, String>, k: &str| r[k].parse::<f64>().unwrap();
    let mean = |what: &dyn Fn(&std::collections::BTreeMap<String, String>) -> f64| {
        let weight = |r: &_| number(r, "weight") * number(r, "people");
        of.iter().map(|r| weight(r) * what(r)).sum::<f64>() / of.iter().map(weight).sum::<f64>()
    };
    let (jackets, lat) = (mean(&|r| number(r, "jackets") / number(r, "people")), mean(&|r| number(r, "lat")));
    let last = answer["hourly"].as_array().unwrap().last().unwrap();
    let parts: Vec<f64> = serde_json::from_value(last["parts"].clone()).unwrap();
    // 20,000 are drawn: three standard errors and a half
    assert!((parts[0] - jackets).abs() < 0.01 && (parts[0] + parts[1] - 1.0).abs() < 1e-12, "{parts:?}, {jackets}");
    let begin = answer["release"]["lat"].as_f64().unwrap();
    assert!((begin - lat).abs() < 0.002, "{begin}, {lat}");
    let times: Vec<&str> = of.iter().map(|r| r["time"].as_str()).collect();
    assert!(*times.iter().min().unwrap() <= answer["release"]["from"].as_str().unwrap());
    assert!(*times.iter().max().unwrap() >= answer["release"]["to"].as_str().unwrap());
    assert_eq!(
        (answer["object"]["id"].as_str(), answer["beside"][0]["id"].as_str()),
        (Some("person-jacket"), Some("person-no-jacket"))
    );
    assert_eq!(answer["reasons"].as_array().unwrap().len(), 0, "a stopped boat has a place");
}

#[test]
fn the_same_file_on_any_threads_and_an_answer_that_does_not_move() {
    let (home, one) = (assessed(&["--threads", "3"]), assessed(&["--threads", "1"]));
    assert_eq!(home.read("in.csv"), one.read("in.csv"));
    let digest = |more: &[&str]| json(&home.run(&[&ASSESS[..], &["--json", "-"], more].concat()))["digest"].clone();
    assert_eq!(digest(&[]), digest(&["--into-water", "again.csv"]));
}

/// A boat under way has a place only where somebody says its course, and one that is turned back never.
#[test]
fn places_under_way_need_a_course() {
    let home = assessed(&[]);
    let placeless = |home: &Home, option: &str| {
        let of: Vec<_> = rows(home).into_iter().filter(|r| r["option"] == option).collect();
        of.iter().filter(|r| r["lat"].is_empty()).count() as f64 / of.len() as f64
    };
    assert!(placeless(&home, "stand_off") > 0.5 && placeless(&home, "engine_disabled") == 0.0);
    let home = assessed(&["--course", "320"]);
    assert!(placeless(&home, "stand_off") == 0.0 && placeless(&home, "turn_back") > 0.5);
}

/// People without a place are left out aloud; where nobody has one there is nothing to follow.
#[test]
fn people_without_a_place_are_left_out_aloud() {
    let home = Home::new();
    let head = "option,realisation,weight,time,lat,lon,people,jackets";
    let rows = "a,0,0.5,2026-09-14T04:30:00Z,51.03,1.5,30,30\na,1,0.25,2026-09-14T05:30:00Z,,,20,0\n\
                b,1,0.25,2026-09-14T05:30:00Z,,,20,0";
    home.write("in.csv", format!("{head}\n{rows}\n"));
    home.write("case.toml", case("a", ""));
    let answer = json(&home.run(&["drift", "case.toml", "--json", "-"]));
    assert_eq!(answer["reasons"][0]["code"], "without_place");
    // 5 of 20 people, as they weigh
    assert!(answer["reasons"][0]["text"].as_str().unwrap().starts_with("25 % of the people"), "{}", answer["reasons"]);
    assert_eq!(answer["hourly"][1]["parts"], serde_json::json!([1.0, 0.0]));
    home.write("case.toml", case("b", ""));
    insta::assert_snapshot!(home.show(&["drift", "case.toml", "--quiet"]));
}

#[test]
fn what_cannot_be_is_refused() {
    let home = assessed(&[]);
    home.write("places.csv", "lon,lat,time\n1.5,51.0,2026-11-24T04:00:00Z\n");
    let people = "[object]\ncategory = 1\n";
    let untold = case("x", "").replace("option = \"x\"\n", "");
    for (name, text) in [
        ("into_water_option", case("take_of", "")),
        ("into_water_object", people.to_owned() + &case("take_off", "")),
        ("into_water_no_option", people.to_owned() + &untold),
        ("into_water_places", case("take_off", "").replace("in.csv", "places.csv")),
    ] {
        home.write("case.toml", text);
        let shown = home.show(&["drift", "case.toml", "--quiet"]);
        assert!(shown.contains("exit code 3"), "{shown}");
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, shown) });
    }
    let scenario = std::fs::read_to_string(common::project("examples/dover-strait.toml")).unwrap();
    for (name, line) in [
        ("into_water_no_position", "position = \"51 02.0N 001 30.0E\"\n"),
        ("into_water_no_time", "time = 2026-09-14T04:20:00Z\n"),
    ] {
        assert!(scenario.contains(line));
        home.write("scenario.toml", scenario.replace(line, ""));
        let shown = home.show(&["assess", "scenario.toml", "--into-water", "out.csv", "--quiet"]);
        assert!(shown.contains("exit code 3") && !home.names().contains(&"out.csv".to_owned()), "{shown}");
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, shown) });
    }
}
