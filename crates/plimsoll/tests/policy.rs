//! Another policy: every change is visible in the answer, and what cannot be is refused at its place.

mod common;

use common::{Home, code, json, stdout};

const QUESTION: [&str; 8] =
    ["assess", "--example", "dover-strait", "--realisations", "512", "--threads", "2", "--quiet"];

#[test]
fn every_change_is_in_the_answer_in_both_languages() {
    let home = Home::new();
    home.write("policy.toml", "[margin]\ndeaths = 5\n[rules]\nworst_tenth = false\n");
    let ask = |more: &[&'static str]| home.run(&[QUESTION.as_slice(), more].concat());
    let plain = json(&ask(&["--json", "-"]));
    assert_eq!(plain["policy"]["changed"], serde_json::json!([]));
    let changed = json(&ask(&["--policy", "policy.toml", "--json", "-"]));
    assert_eq!(
        changed["policy"]["changed"],
        serde_json::json!([
            { "key": "margin.deaths", "default": 0.005, "value": 5.0 },
            { "key": "rules.worst_tenth", "default": true, "value": false },
        ])
    );
    assert_ne!(plain["digest"], changed["digest"]);
    let verdicts = changed["options"].as_array().unwrap().iter().map(|o| o["verdict"].as_str().unwrap());
    assert!(verdicts.clone().all(|v| v != "worse" && v != "better"), "nothing exceeds a margin of five deaths");
    for (language, words) in [("en", "default 0.005"), ("fr", "par défaut 0,005")] {
        let output = ask(&["--policy", "policy.toml", "--lang", language, "--html", "page.html"]);
        let flat = stdout(&output).split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{a0}', " ");
        for text in [flat, home.read("page.html")] {
            assert!(text.contains("margin.deaths 5") && text.contains(words), "{text}");
            assert!(text.contains("rules.worst_tenth"), "{text}");
        }
    }
}

#[test]
fn parts_keep_their_policy() {
    let home = Home::new();
    home.write("policy.toml", "[margin]\nshare = 0.5\n");
    let part = |shard: &'static str, file: &'static str| {
        let more = ["--policy", "policy.toml", "--shard", shard, "--partial", file];
        assert_eq!(code(&home.run(&[QUESTION.as_slice(), more.as_slice()].concat())), 0);
    };
    part("1/2", "a.part");
    part("2/2", "b.part");
    let merged = json(&home.run(&["merge", "a.part", "b.part", "--json", "-", "--quiet"]));
    let whole = json(&home.run(&[QUESTION.as_slice(), &["--policy", "policy.toml", "--json", "-"]].concat()));
    assert_eq!(merged["digest"], whole["digest"]);
    assert_eq!(merged["policy"]["changed"][0]["key"], "margin.share");
}

#[test]
fn what_cannot_be_is_refused() {
    for (name, text) in [
        ("unknown_key", "[rules]\nnever_turn_back = true\n"),
        ("impossible_value", "[margin]\nshare = -0.2\n[rules]\nworst_tenth = 1\n"),
        ("no_toml", "[margin\n"),
    ] {
        let home = Home::new();
        home.write("policy.toml", text);
        let arguments = [QUESTION.as_slice(), &["--policy", "policy.toml", "--json", "answer.json"]].concat();
        let output = home.run(&arguments);
        let shown = home.shown(&arguments, &output);
        assert_eq!(code(&output), 3, "{shown}");
        assert_eq!(home.names(), ["policy.toml"]);
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, shown) });
    }
}
