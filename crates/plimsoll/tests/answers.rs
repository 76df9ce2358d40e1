//! Answers as they arrive: on standard output, as JSON that keeps its contract, as a page; and how fast the first line comes.

mod common;

use common::{Home, code, json, project, stdout};
use serde_json::Value;
use std::time::Duration;

const QUESTION: [&str; 7] = ["assess", "--example", "dover-strait", "--realisations", "512", "--threads", "2"];

fn ask(more: &[&'static str]) -> Vec<&'static str> {
    QUESTION.iter().chain(more).copied().collect()
}

/// Every scenario of the folder is in the program, and every one can be assessed.
#[test]
fn examples_are_carried_and_answer() {
    let mut files: Vec<String> = std::fs::read_dir(project("examples"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|path| path.is_file())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    files.sort();
    let mut carried: Vec<&str> = plimsoll::known::EXAMPLES.iter().map(|(name, _)| *name).collect();
    carried.sort_unstable();
    assert_eq!(files, carried);
    let home = Home::new();
    for name in carried {
        let answer = json(&home.run(&["assess", "--example", name, "--realisations", "256", "--json", "-", "--quiet"]));
        assert!(
            answer["options"]
                .as_array()
                .unwrap()
                .iter()
                .any(|o| o["id"] == "stand_off" && o["state"] != "not_assessable"),
            "{name}"
        );
    }
}

#[test]
fn json_alone_on_standard_output_and_files_replaced_whole() {
    let home = Home::new();
    home.write("page.html", "old");
    let output = home.run(&ask(&["--json", "-", "--html", "page.html"]));
    let answer = json(&output);
    assert_eq!(answer["schema"]["name"], "plimsoll.assess");
    let page = home.read("page.html");
    assert!(page.starts_with("<!doctype html>") || page.starts_with("<!DOCTYPE html>"));
    for outside in ["http://", "https://", "src=\"//"] {
        let links = page.matches(outside).count();
        let named = page.matches("xmlns=\"http://www.w3.org").count();
        assert!(outside != "http://" || links == named, "the page asks for something outside itself");
    }
    assert_eq!(home.names(), ["page.html"]);

    let text = home.run(&ask(&["--json", "answer.json"]));
    assert!(stdout(&text).lines().count() > 20 && stdout(&text).lines().all(|l| l.chars().count() <= 80));
    let mut kept: Value = serde_json::from_str(&home.read("answer.json")).unwrap();
    let mut sent = answer;
    for a in [&mut kept, &mut sent] {
        a["timings"] = Value::Null;
    }
    assert_eq!(kept, sent);
}

#[test]
fn standard_input_is_a_scenario_and_french_is_french() {
    let home = Home::new();
    let scenario = std::fs::read(project("examples/dover-strait.toml")).unwrap();
    let output = home.feed(&["assess", "-", "--realisations", "256", "--lang", "fr", "--quiet"], &scenario);
    assert_eq!(code(&output), 0);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(stdout(&output).contains("Franc-bord") || stdout(&output).contains("franc-bord"));
}

/// The contract's accounts: everybody is somewhere, deaths are never more than people, an option against itself is nothing.
#[test]
fn accounts_add_up() {
    let home = Home::new();
    let answer = json(&home.run(&ask(&["--json", "-", "--quiet"])));
    let number = |v: &Value| v.as_f64().unwrap();
    for option in answer["options"].as_array().unwrap() {
        if option["state"] == "not_assessable" {
            assert!(option["deaths"].is_null() && !option["reasons"].as_array().unwrap().is_empty(), "{option}");
            continue;
        }
        let account = &option["accounted"];
        let sum: f64 =
            ["ashore", "aboard_rescue", "in_boat", "in_water", "dead"].iter().map(|k| number(&account[*k])).sum();
        assert!(sum > 49.0 && sum < 76.0, "{}: {account}", option["id"]);
        let deaths = &option["deaths"];
        assert!(number(&deaths["mean"]) >= 0.0 && number(&deaths["q95"]) <= 75.0);
        assert!(
            (number(&account["dead"]) - number(&deaths["mean"])).abs() < 0.02 * sum,
            "{}: {account} {deaths}",
            option["id"]
        );
        if option["id"] == "stand_off" && option["modifiers"].as_array().unwrap().is_empty() {
            assert!(option["difference_to_stand_off"].is_null() && option["verdict"] == "reference");
        } else {
            assert!(option["verdict"] != "better" || option["state"] == "assessed");
        }
    }
}

/// The program starts, reads and says what it was asked before a person notices.
#[test]
fn the_first_line_comes_at_once() {
    use std::io::{BufRead as _, BufReader};
    let home = Home::new();
    let best = (0..5)
        .map(|_| {
            let before = common::now();
            let mut child = home
                .program(&ask(&[]))
                .stderr(std::process::Stdio::piped())
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap();
            let mut line = String::new();
            BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
            let took = common::since(before);
            assert!(line.contains("dover-strait"), "{line}");
            child.kill().unwrap();
            child.wait().unwrap();
            took
        })
        .min()
        .unwrap();
    assert!(best < Duration::from_millis(50), "{best:?}");
}

/// On a terminal a coarse answer comes first, marked and without a verdict, and the final one is that of a single run.
#[test]
fn a_terminal_sees_a_coarse_answer_first() {
    let home = Home::new();
    let arguments = ["assess", "--example", "dover-strait", "--realisations", "4200"];
    let typed = [&[env!("CARGO_BIN_EXE_plimsoll")], &arguments[..]].concat().join(" ");
    let terminal = std::process::Command::new("script")
        .args(["-qec", &format!("stty rows 40 cols 90; {typed}"), "/dev/null"])
        .current_dir(home.path("."))
        .output();
    let Ok(terminal) = terminal else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "`script` is absent");
        return;
    };
    let seen = String::from_utf8_lossy(&terminal.stdout).replace("\r\n", "\n");
    let coarse = seen.find("COARSE").expect("a coarse answer");
    let last = seen.rfind("Dover Strait").expect("a final answer");
    assert!(coarse < last, "{seen}");
    assert!(!seen[last..].contains("COARSE"));
    let single = stdout(&home.run(&[&arguments[..], &["--quiet"]].concat()));
    assert_eq!(seen[last..].trim_end(), single.trim_end());
}

/// Outside what the model holds for, neither text nor page has a figure of an option, in either language.
#[test]
fn no_figure_beyond_an_edge_in_text_or_page() {
    let text = std::fs::read_to_string(project("examples/dover-strait.toml")).unwrap();
    for (from, to) in
        [("hs = \"0.4 m\"", "hs = \"3 m\""), ("17.6 degC", "27 degC"), ("9 kn from 230", "40 kn from 230")]
    {
        assert!(text.contains(from));
        let home = Home::new();
        home.write("case.toml", text.replacen(from, to, 1));
        for (language, verdicts, state, words) in [
            ("en", ["better", "worse", "reference"], "not assessable", "yardstick"),
            ("fr", ["meilleur", "pire", "référence"], "non évaluable", "PHIA"),
        ] {
            let options = ["--lang", language, "--html", "page.html", "--realisations", "256", "--quiet"];
            let shown = stdout(&home.run(&[["assess", "case.toml"].as_slice(), &options].concat()));
            let table = shown.split("\n\n").find(|part| part.matches(state).count() > 1).expect("options are listed");
            assert!(!verdicts.iter().any(|v| table.contains(v)) && !shown.contains(words), "{shown}");
            assert!(table.matches(state).count() >= 8, "{shown}");
            let page = home.read("page.html");
            let section =
                page.split("<section id=\"options\"").nth(1).and_then(|s| s.split("</section>").next()).unwrap();
            assert_eq!(section.matches("data-label").count(), 0, "{to}");
            assert_eq!(section.matches("class=\"hatched\"").count(), 8, "{to}");
        }
    }
}
