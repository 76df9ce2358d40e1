//! `plimsoll scenario new`: the few questions that matter, each answer checked as it is given.

use crate::failure::Failure;
use crate::output::{self, Outputs};
use plimsoll_case::scenario::keys::{self, Key, Kind};
use plimsoll_case::scenario::{self, Problem};
use std::io::{BufRead, Write};
use std::path::Path;

/// What is asked, in the order of a file. What else a scenario may hold is in its schema.
const QUESTIONS: [&str; 17] = [
    "name",
    "boat.class",
    "boat.tubes",
    "boat.engine",
    "aboard.people",
    "aboard.children",
    "aboard.posture",
    "aboard.lifejackets",
    "place.position",
    "place.time",
    "place.distance_to_shore",
    "sea.wind",
    "sea.hs",
    "sea.current",
    "sea.water",
    "sea.light",
    "help.on_scene",
];

/// Asks on standard error, reads standard input, and writes the scenario to `out` or standard output.
pub fn run(out: Option<&Path>) -> Result<(), Failure> {
    output::check(out.as_slice(), &[])?;
    let text = ask(&mut std::io::stdin().lock(), &mut std::io::stderr().lock())
        .map_err(|e| Failure::world("cannot ask", e))??;
    let mut outputs = Outputs::default();
    outputs.file(out.unwrap_or(Path::new("-")), text);
    outputs.write()
}

/// The scenario that the answers make. Where the answers end before an essential one: refused.
fn ask(input: &mut impl BufRead, prompt: &mut impl Write) -> std::io::Result<Result<String, Failure>> {
    writeln!(
        prompt,
        "Press Enter for what you do not know. Ranges: `50 to 75`, or `50, 62, 75` with the likeliest between.\n"
    )?;
    let mut given: Vec<(&Key, String)> = Vec::new();
    for path in QUESTIONS {
        let key = keys::find(path);
        loop {
            write!(prompt, "{}{}\n  such as {}: ", key.doc_en, words(key), key.example)?;
            prompt.flush()?;
            let mut line = String::new();
            let ended = input.read_line(&mut line)? == 0;
            let answer = line.trim();
            let value = (!answer.is_empty()).then(|| toml_value(key, answer));
            let faults = faults(key, &given, value.as_deref());
            if faults.is_empty() {
                given.extend(value.map(|v| (key, v)));
                break;
            }
            for fault in &faults {
                let allowed = if fault.allowed.is_empty() {
                    String::new()
                } else {
                    format!(" (allowed: {})", fault.allowed)
                };
                writeln!(prompt, "  {}{allowed}", fault.message)?;
            }
            if ended {
                return Ok(Err(Failure::input(
                    format!("{path}: the answers ended before an essential one"),
                    "",
                )));
            }
        }
    }
    Ok(Ok(file(&given)))
}

/// The words that may be answered.
fn words(key: &Key) -> String {
    match key.kind {
        Kind::Choice(words) => format!(" ({})", words.join(", ")),
        Kind::Tubes => " (firm, soft)".into(),
        Kind::Assets => {
            let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
            format!(" ({})", ids.join(", "))
        }
        _ => String::new(),
    }
}

/// What is wrong with this answer beside those before it. Only what is about this key counts: later ones are still to come.
fn faults(key: &Key, given: &[(&Key, String)], value: Option<&str>) -> Vec<Problem> {
    let mut all: Vec<(&Key, String)> = given.to_vec();
    all.extend(value.map(|v| (key, v.to_owned())));
    let assets: Vec<&str> = plimsoll_rescue::assets::ids().collect();
    match scenario::parse(file(&all).as_bytes(), &assets) {
        Ok(_) => Vec::new(),
        Err(e) => e
            .problems
            .into_iter()
            .filter(|p| p.key.is_empty() || p.key.starts_with(key.path))
            .collect(),
    }
}

/// The file, section by section.
fn file(given: &[(&Key, String)]) -> String {
    let mut text = String::from("# All keys: plimsoll scenario schema\n");
    let mut section = "";
    for (key, value) in given {
        if key.section() != section {
            section = key.section();
            text.push_str(&format!("\n[{section}]\n"));
        }
        text.push_str(&format!("{} = {value}\n", key.name()));
    }
    text
}

/// The TOML for what was typed.
fn toml_value(key: &Key, answer: &str) -> String {
    let quoted = |s: &str| toml::Value::String(s.trim().to_owned()).to_string();
    match key.kind {
        Kind::Time => answer.replacen(' ', "T", 1),
        Kind::Assets => {
            let ids: Vec<String> = answer.split(',').map(quoted).collect();
            format!("[{}]", ids.join(", "))
        }
        Kind::Count | Kind::Share | Kind::Number => belief(answer, &|s| s.trim().to_owned()),
        Kind::Quantity(_) | Kind::DurationOrLength => belief(answer, &quoted),
        _ => quoted(answer),
    }
}

/// One value, `low to high`, or `low, likely, high`.
fn belief(answer: &str, value: &dyn Fn(&str) -> String) -> String {
    if let Some((low, high)) = answer.split_once(" to ") {
        return format!("{{ low = {}, high = {} }}", value(low), value(high));
    }
    match answer.split(',').collect::<Vec<_>>()[..] {
        [low, likely, high] => {
            format!(
                "{{ low = {}, likely = {}, high = {} }}",
                value(low),
                value(likely),
                value(high)
            )
        }
        _ => value(answer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers to all seventeen questions.
    const ANSWERS: &str = "Off Dunkirk\ninflatable-medium\nsoft\n\n50 to 75\n\nsitting\n\n51 02.0N 001 30.0E\n2026-09-14 04:20Z\n\n\
                           9 kn from 230\n0.3 m to 0.6 m\n\n17.6 degC\nnight\npatrol-32m\n";

    #[test]
    fn answers_become_a_scenario() {
        let text = ask(&mut ANSWERS.as_bytes(), &mut Vec::new()).unwrap().unwrap();
        assert!(text.contains("people = { low = 50, high = 75 }"), "{text}");
        assert!(text.contains("hs = { low = \"0.3 m\", high = \"0.6 m\" }"), "{text}");
        let assets: Vec<&str> = plimsoll_rescue::assets::ids().collect();
        assert!(scenario::parse(text.as_bytes(), &assets).is_ok(), "{text}");
    }

    #[test]
    fn a_wrong_answer_is_asked_again() {
        let wrong = ANSWERS.replacen("50 to 75\n", "many\n50 to 75\n", 1);
        let mut shown = Vec::new();
        let text = ask(&mut wrong.as_bytes(), &mut shown).unwrap().unwrap();
        assert_eq!(text, ask(&mut ANSWERS.as_bytes(), &mut Vec::new()).unwrap().unwrap());
        assert_eq!(String::from_utf8(shown).unwrap().matches("How many people").count(), 2);
    }

    #[test]
    fn what_is_essential_must_be_given() {
        let short = "\n\n\n\n";
        assert_eq!(
            ask(&mut short.as_bytes(), &mut Vec::new()).unwrap().unwrap_err().code(),
            3
        );
    }
}
