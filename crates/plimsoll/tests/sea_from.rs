//! `[sea] from`: what files and the built-in tide tell at the place and time, and what is refused.

mod common;

use common::{Home, code, json};
use plimsoll_core::testkit::shared;

const SERIES: &str = "# position: 51.03N 1.50E
# within: 20 nm
time [UTC], wind_speed [m/s], wind_from [deg], hs [m], tp [s], wave_from [deg], water [degC]
2026-09-14 03:00:00, 5.0, 220, 0.4, 3.0, 220, 17.0
2026-09-14 06:00:00, 8.0, 220, 1.0, 4.5, 220, 17.6
2026-09-14 09:00:00, , , , , ,
";

fn case(sea: &str) -> String {
    format!(
        "[aboard]\npeople = 40\n[place]\nposition = \"51 02.0N 001 30.0E\"\ntime = 2026-09-14T04:30:00Z\n[sea]\n{sea}\n"
    )
}

fn home(sea: &str) -> Home {
    let home = Home::new();
    home.write("sea.csv", SERIES);
    home.write("case.toml", case(sea));
    home
}

/// What was understood of the sea alone: the rest is another test's.
fn understood(home: &Home) -> String {
    let shown = home.show(&["scenario", "check", "case.toml"]);
    let of_sea = |l: &&str| l.trim_start().starts_with("sea.") || l.starts_with("Note") || l.starts_with("exit");
    shown.lines().filter(of_sea).map(|l| format!("{}\n", l.trim_end())).collect()
}

#[test]
fn files_and_the_tide_tell_what_is_not_given() {
    insta::assert_snapshot!("from_files", understood(&home("from = [\"sea.csv\", \"builtin\"]")));
    insta::assert_snapshot!("from_builtin_grown", understood(&home("from = \"builtin\"\nwind = \"14 kn from 230\"")));
    insta::assert_snapshot!(
        "by_hand_wins",
        understood(&home("from = [\"sea.csv\", \"builtin\"]\nhs = \"0.3 m\"\ncurrent = \"1 kn toward 040\""))
    );
    insta::assert_snapshot!(
        "fetch_by_hand",
        understood(&home("wind = \"9 kn\"\nfetch = \"20 km\"\ncurrent = \"0 kn\""))
    );
}

/// Half way between two times of a linear file lies half way between its figures; and the page says from what.
#[test]
fn the_answer_says_from_what() {
    let home = home("from = [\"sea.csv\", \"builtin\"]");
    let arguments = ["assess", "case.toml", "--realisations", "256", "--quiet"];
    let answer = json(&home.run(&[&arguments[..], &["--json", "-"]].concat()));
    let hs = &answer["scene"]["hs_m"];
    assert!((hs["likely"].as_f64().unwrap() - 0.7).abs() < 0.03, "{hs}");
    assert_eq!(answer["scene"]["wind_from_deg"], 220.0);
    let data = answer["rests_on"]["data"].as_array().unwrap();
    let taken: Vec<_> = data.iter().filter_map(|d| d["quantity"].as_str()).collect();
    assert_eq!(taken, ["wind", "wave_height", "peak_period", "water_temperature", "current"]);
    assert!(data.iter().all(|d| d["sha256"].as_str().unwrap().len() == 64));
    assert!(data[1]["name"].as_str().unwrap().contains("sea.csv: hs"));
    for (lang, words) in [("en", "significant wave height"), ("fr", "hauteur significative")] {
        home.run(&[&arguments[..], &["--lang", lang, "--html", "page.html"]].concat());
        let page = home.read("page.html");
        assert!(page.contains("sea.csv: hs") && page.contains(data[1]["sha256"].as_str().unwrap()), "{lang}");
        assert!(page.to_lowercase().contains(words), "{lang}");
    }
}

/// The stream enters a sea that is grown: against the wind it is higher than with it.
#[test]
fn a_stream_against_the_wind_makes_a_higher_sea() {
    let median = |current: &str| {
        let home = home(&format!("wind = \"16 kn from 220\"\nfetch = \"40 km\"\n{current}"));
        let answer = json(&home.run(&["assess", "case.toml", "--realisations", "256", "--quiet", "--json", "-"]));
        answer["scene"]["hs_m"]["likely"].as_f64().unwrap()
    };
    let (against, with) = (median("current = \"3 kn toward 220\""), median("current = \"3 kn toward 040\""));
    assert!(against > 1.2 * with, "{against} {with}");
}

#[test]
fn what_cannot_be_told_is_refused_at_its_place() {
    let arguments = ["assess", "case.toml", "--quiet"];
    let from = "from = [\"sea.csv\"]";
    let refused = |name: &str, text: String, series: String| {
        let home = Home::new();
        home.write("sea.csv", series);
        home.write("case.toml", text);
        let output = home.run(&arguments);
        assert_eq!(code(&output), 3, "{name}");
        insta::assert_snapshot!(format!("refused_{name}"), home.shown(&arguments, &output));
    };
    let at = |old: &str, new: &str| case(from).replacen(old, new, 1);
    refused("time_outside", at("2026-09-14T04:30", "2026-09-15T04:30"), SERIES.into());
    refused("place_outside", at("51 02.0N", "52 02.0N"), SERIES.into());
    refused("missing_there", at("T04:30", "T09:00"), SERIES.into());
    refused("gust", case(from), SERIES.replacen("wind_speed", "wind_gust", 1));
    refused("wrong_unit", case(from), SERIES.replacen("hs [m]", "hs [kg]", 1));
    let level = "# position: 51.03N 1.50E\n# within: 20 nm\ntime [UTC], sea_level [m]\n2026-09-14 03:00:00, 1.0\n";
    refused("nothing_wanted", case(from), level.into());
    refused("absent", at("sea.csv", "none.csv"), SERIES.into());
    refused(
        "no_fetch",
        case("wind = \"9 kn from 230\"").replacen("51 02.0N 001 30.0E", "36 20.0N 012 30.0E", 1),
        SERIES.into(),
    );
}

/// Real fields: AROME wind and NorKyst current of 16 November 2015 off western Norway.
#[test]
fn real_fields_tell_wind_and_current() {
    let file = |name: &str| shared(&format!("data/norkyst-arome-2015/{name}"));
    let (Some(wind), Some(current)) = (file("arome_subset_16Nov2015.nc"), file("norkyst800_subset_16Nov2015.nc"))
    else {
        return;
    };
    let home = Home::new();
    home.write(
        "case.toml",
        format!(
            "[aboard]\npeople = 40\n[place]\nposition = \"60.5N 4.2E\"\ntime = 2015-11-17T06:30:00Z\n[sea]\nfrom = [{wind:?}, {current:?}]\n\
             fetch = \"60 km\"\nwater = \"9 degC\"\n[run]\nrealisations = 256\n"
        ),
    );
    let answer = json(&home.run(&["assess", "case.toml", "--quiet", "--json", "-"]));
    let likely = |key: &str| answer["scene"][key]["likely"].as_f64().unwrap();
    // the folder's README: wind 0.06 to 27.9 m/s; a coastal current
    assert!((2.0..28.0).contains(&likely("wind_m_s")) && answer["scene"]["wind_from_deg"].is_number());
    assert!((0.05..2.0).contains(&likely("current_m_s")), "{}", likely("current_m_s"));
    let data = &answer["rests_on"]["data"];
    assert_eq!(data[0]["sha256"], "3cc24e26be94934ad6e2220c683922d53e4ad629316b7aab42886eced3236ddb");
    assert_eq!(data[1]["sha256"], "d6ca1eb354c507fdb797c26d7f8667ed6d8a7884c1fb64057a38cd65ab479074");
    assert!(answer["inputs"]["defaulted"].to_string().contains("grown from wind"));
}
