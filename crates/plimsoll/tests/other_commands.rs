//! The load line, people in the water, and scenarios: what a person types and sees.

mod common;

use common::{Home, code, project, stdout};
use plimsoll_report::Language;

#[test]
fn load_line_and_survival_in_both_languages() {
    let home = Home::new();
    for lang in ["en", "fr"] {
        let answers: [&[&str]; 2] = [
            &["loadline", "--example", "dover-strait", "--lang", lang],
            &["survive", "--people", "60", "--water", "13 degC", "--hold", "wreck", "--minutes", "40", "--lang", lang],
        ];
        for arguments in answers {
            let output = home.run(&[arguments, &["--html", "page.html"]].concat());
            assert_eq!(code(&output), 0, "{}", home.shown(arguments, &output));
            assert!(stdout(&output).lines().all(|l| l.chars().count() <= 80), "{}", stdout(&output));
            assert!(home.read("page.html").contains(&format!("lang=\"{lang}\"")));
            std::fs::remove_file(home.path("page.html")).unwrap();
        }
    }
}

/// The load line never says how many people may go aboard.
#[test]
fn no_permissible_number_of_people() {
    let home = Home::new();
    let text = stdout(&home.run(&["loadline", "--example", "dover-strait", "--json", "-"]));
    for word in ["permissible", "max_people", "allowed_people", "capacity_people"] {
        assert!(!text.contains(word), "{word}");
    }
}

/// A key of a file is no question: whoever is asked has never seen the file.
#[test]
fn every_question_is_a_sentence_in_both_languages() {
    let home = Home::new();
    let asked = include_str!("../../assess/options/questions.toml");
    for (l, tag) in [(Language::En, "en"), (Language::Fr, "fr")] {
        for key in asked.lines().filter_map(|line| line.strip_prefix('"')?.split('"').next()) {
            assert!(l.find(&format!("ask.{key}")).is_some(), "{key} in {tag}");
        }
        for hold in ["unknown", "wreck", "nothing"] {
            let text =
                stdout(&home.run(&["survive", "--people", "20", "--water", "13 degC", "--hold", hold, "--lang", tag]));
            assert!(text.contains('?'), "{text}");
            assert!(!text.contains("water."), "{text}");
        }
    }
}

#[test]
fn survive_reads_a_file_or_its_options() {
    let home = Home::new();
    home.write("water.toml", "[water]\npeople = 60\ntemperature = \"13 degC\"\nhold = \"wreck\"\nminutes = 40\n");
    let file = home.run(&["survive", "water.toml"]);
    let typed = home.run(&["survive", "--people", "60", "--water", "13 degC", "--hold", "wreck", "--minutes", "40"]);
    assert_eq!((code(&file), stdout(&file)), (0, stdout(&typed)));
    let range = home.run(&["survive", "--people", "50 to 70", "--water", "12 degC, 13 degC, 15 degC"]);
    assert_eq!(code(&range), 0);

    home.write("kept.json", "kept");
    for arguments in [
        &["survive", "--people", "60", "--water", "13"][..],
        &["survive", "--people", "60", "--water", "13 degC", "--hold", "hull"],
        &["survive", "--people", "many", "--water", "13 degC"],
        &["survive", "--people", "60", "--water", "13 degC", "--jackets", "1.4"],
    ] {
        let arguments = [arguments, &["--json", "kept.json"]].concat();
        let output = home.run(&arguments);
        assert_eq!(code(&output), 3, "{}", home.shown(&arguments, &output));
        assert_eq!(home.read("kept.json"), "kept");
    }
    for arguments in [&["survive", "--people", "60"][..], &["survive"]] {
        let output = home.run(arguments);
        assert!(code(&output) == 2 && home.shown(arguments, &output).contains("--people 60 --water"));
    }
    // a minus is a value and no option: it is our reader that says what is wrong with it
    for (option, value) in [("--water", "-30 degC"), ("--people", "-3"), ("--hs", "-1 m"), ("--jackets", "-0.5")] {
        let mut arguments = vec!["survive", "--people", "60", "--water", "13 degC"];
        match arguments.iter().position(|a| *a == option) {
            Some(at) => arguments[at + 1] = value,
            None => arguments.extend([option, value]),
        }
        let output = home.run(&arguments);
        let shown = home.shown(&arguments, &output);
        assert!(code(&output) == 3 && shown.contains("allowed:") && !shown.contains("tip:"), "{shown}");
    }
    assert_eq!(code(&home.run(&["survive", "water.toml", "--people", "60"])), 2);
}

/// Beyond what the model was held against there is no number, and that is an answer too.
#[test]
fn outside_the_validated_range_there_is_no_number() {
    let home = Home::new();
    let output = home.run(&["survive", "--people", "3", "--water", "30 degC", "--json", "-"]);
    let answer = common::json(&output);
    assert_eq!(answer["state"], "not_assessable");
    assert!(answer["curve"].as_array().unwrap().is_empty() && !answer["reasons"].as_array().unwrap().is_empty());
}

#[test]
fn a_scenario_is_asked_for_checked_and_assessed() {
    let home = Home::new();
    let answers = b"50 to 75\n51 02.0N 001 30.0E\n2026-09-14 04:20Z\n0.4 m\n9 kn from 230\n17.6 degC\n\nsoft\n\n\n";
    let output = home.feed(&["scenario", "new", "--out", "mine.toml"], answers);
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty());
    let check = home.run(&["scenario", "check", "mine.toml"]);
    assert!(code(&check) == 0 && stdout(&check).contains("aboard.people"), "{}", stdout(&check));
    assert_eq!(code(&home.run(&["loadline", "mine.toml", "--quiet"])), 0);

    // interrupted questions write nothing
    let output = home.feed(&["scenario", "new", "--out", "other.toml"], b"");
    assert_eq!(code(&output), 3);
    assert_eq!(home.names(), ["mine.toml"]);
}

#[test]
fn every_example_checks() {
    let home = Home::new();
    for (name, _) in plimsoll::known::EXAMPLES {
        let path = project("examples").join(format!("{name}.toml"));
        assert_eq!(code(&home.run(&["scenario", "check", path.to_str().unwrap()])), 0, "{name}");
    }
}

/// Control-C leaves nothing behind.
#[test]
fn interrupted_leaves_nothing() {
    let home = Home::new();
    let arguments = ["assess", "--example", "dover-strait", "--realisations", "1000000", "--json", "out.json"];
    let mut child = home.program(&arguments).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut first = [0; 1];
    std::io::Read::read_exact(child.stderr.as_mut().unwrap(), &mut first).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(100));
    let asked = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(asked.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(home.names().is_empty());
}

/// A small campaign through every parser; ten million inputs are a command away.
#[test]
fn parsers_survive_damage() {
    let output = Home::new().run(&["fuzz", "--inputs", "2000"]);
    assert!(code(&output) == 0 && stdout(&output).contains("scenario: 2000 inputs"), "{}", stdout(&output));
}

/// A release on land was once followed over land: it is refused, with the nearest shore.
#[test]
fn a_drift_that_begins_on_land_is_refused() {
    let home = Home::new();
    let case = |position: &str| {
        format!(
            "[object]\ncategory = 1\n[release]\nnumber = 100\nposition = \"{position}\"\ntime = 2026-11-24T04:00:00Z\n\
             [run]\nhours = 1\n[sea]\nwind = \"15 kn from 240\"\ncurrent = \"1.2 kn toward 045\"\n"
        )
    };
    home.write("inland.toml", case("51 08.0N 001 10.0E"));
    home.write("beyond.toml", case("40 00.0N 020 00.0W"));
    insta::assert_snapshot!(home.show(&["drift", "inland.toml"]));
    insta::assert_snapshot!(home.show(&["drift", "beyond.toml"]));
}
