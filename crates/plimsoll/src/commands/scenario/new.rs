//! `plimsoll scenario new`: the few questions that matter, each answer checked as it is given.

use crate::cli::Lang;
use crate::failure::Failure;
use crate::known;
use crate::output::{self, Outputs};
use plimsoll_case::scenario::keys::{self, Key, Kind};
use plimsoll_case::scenario::{self, Problem, QUESTIONS, render_template};
use std::io::{BufRead, Write};
use std::path::Path;

/// Asks on standard error, reads standard input, and writes the scenario to `out` or standard output.
pub fn run(out: Option<&Path>, lang: Lang) -> Result<(), Failure> {
    output::check(out.as_slice(), &[])?;
    let text = ask(&mut std::io::stdin().lock(), &mut std::io::stderr().lock(), lang == Lang::Fr)
        .map_err(|e| Failure::world("cannot ask", e))??;
    let mut outputs = Outputs::default();
    outputs.file(out.unwrap_or(Path::new("-")), text);
    outputs.write()
}

/// The scenario that the answers make. Where the answers end before an essential one: refused.
fn ask(input: &mut impl BufRead, prompt: &mut impl Write, french: bool) -> std::io::Result<Result<String, Failure>> {
    let (head, such_as) = if french {
        (
            "Entrée pour ce qui n'est pas connu. Fourchette : `50 to 75`, ou `50, 62, 75`, le plus probable au milieu.",
            "par exemple",
        )
    } else {
        (
            "Press Enter for what is not known. Ranges: `50 to 75`, or `50, 62, 75` with the likeliest between.",
            "such as",
        )
    };
    writeln!(prompt, "{head}\n")?;
    let mut given: Vec<(&str, String)> = Vec::new();
    for path in QUESTIONS {
        let key = keys::find(path);
        let doc = if french { key.doc_fr } else { key.doc_en };
        loop {
            write!(prompt, "{doc}{}\n  ({such_as} {}) ", words(key), key.example)?;
            prompt.flush()?;
            let mut line = String::new();
            let ended = input.read_line(&mut line)? == 0;
            let answer = line.trim();
            let value = (!answer.is_empty()).then(|| toml_value(key, answer));
            let faults = faults(key, &given, value.as_deref());
            if faults.is_empty() {
                given.extend(value.map(|v| (key.path, v)));
                break;
            }
            for fault in &faults {
                let allowed =
                    if fault.allowed.is_empty() { String::new() } else { format!(" (allowed: {})", fault.allowed) };
                writeln!(prompt, "  {}{allowed}", fault.message)?;
            }
            if ended {
                let title = format!("{path}: the answers ended before an essential one");
                return Ok(Err(Failure::input(title, "")));
            }
        }
    }
    Ok(Ok(render(&given, french)))
}

fn render(given: &[(&str, String)], french: bool) -> String {
    let given: Vec<(&str, &str)> = given.iter().map(|(key, value)| (*key, value.as_str())).collect();
    render_template(&given, french)
}

/// The words that may be answered.
fn words(key: &Key) -> String {
    match key.kind {
        Kind::Choice(words) => format!(" ({})", words.join(", ")),
        Kind::Tubes => " (firm, soft)".into(),
        Kind::Assets => {
            let ids = crate::known::asset_ids();
            format!(" ({})", ids.join(", "))
        }
        _ => String::new(),
    }
}

/// What is wrong with this answer beside those before it. Only what is about this key counts: later ones are still to come.
fn faults(key: &Key, given: &[(&str, String)], value: Option<&str>) -> Vec<Problem> {
    let mut all: Vec<(&str, String)> = given.to_vec();
    all.extend(value.map(|v| (key.path, v.to_owned())));
    match scenario::parse(render(&all, false).as_bytes(), &known::asset_ids()) {
        Ok(_) => Vec::new(),
        Err(e) => e.problems.into_iter().filter(|p| p.key.is_empty() || p.key.starts_with(key.path)).collect(),
    }
}

/// The TOML for what was typed.
fn toml_value(key: &Key, answer: &str) -> String {
    match key.kind {
        Kind::Time => answer.replacen(' ', "T", 1),
        Kind::Assets => {
            let ids: Vec<String> = answer.split(',').map(quoted).collect();
            format!("[{}]", ids.join(", "))
        }
        Kind::Count | Kind::Share | Kind::Number => belief_of(answer, false),
        Kind::Quantity(_) | Kind::DurationOrLength => belief_of(answer, true),
        _ => quoted(answer),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.trim().to_owned()).to_string()
}

/// The TOML for one value, `low to high`, or `low, likely, high`; with quotes where the values carry units.
pub fn belief_of(answer: &str, with_units: bool) -> String {
    // What is no number keeps its quotes, so that the reader can say what it is.
    let bare = |s: &str| {
        if s.trim().parse::<f64>().is_ok() { s.trim().to_owned() } else { quoted(s) }
    };
    let value = |s: &str| if with_units { quoted(s) } else { bare(s) };
    belief(answer, &value)
}

/// One value, `low to high`, or `low, likely, high`.
fn belief(answer: &str, value: &dyn Fn(&str) -> String) -> String {
    if let Some((low, high)) = answer.split_once(" to ") {
        return format!("{{ low = {}, high = {} }}", value(low), value(high));
    }
    match answer.split(',').collect::<Vec<_>>()[..] {
        [low, likely, high] => {
            format!("{{ low = {}, likely = {}, high = {} }}", value(low), value(likely), value(high))
        }
        _ => value(answer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers to all questions.
    const ANSWERS: &str = "50 to 75\n51 02.0N 001 30.0E\n2026-09-14 04:20Z\n0.3 m to 0.6 m\n9 kn from 230\n17.6 degC\n\
                           inflatable-medium\nsoft\n\nsitting\n";

    fn answer(answers: &str) -> (Result<String, Failure>, String) {
        let mut shown = Vec::new();
        let text = ask(&mut answers.as_bytes(), &mut shown, false).unwrap();
        (text, String::from_utf8(shown).unwrap())
    }

    #[test]
    fn answers_become_a_scenario() {
        assert_eq!(ANSWERS.lines().count(), QUESTIONS.len());
        let text = answer(ANSWERS).0.unwrap();
        assert!(text.contains("\npeople = { low = 50, high = 75 }"), "{text}");
        assert!(text.contains("\nhs = { low = \"0.3 m\", high = \"0.6 m\" }"), "{text}");
        assert!(scenario::parse(text.as_bytes(), &known::asset_ids()).is_ok(), "{text}");
    }

    #[test]
    fn a_wrong_answer_is_asked_again() {
        let (text, shown) = answer(&ANSWERS.replacen("50 to 75\n", "many\n50 to 75\n", 1));
        assert_eq!(text.unwrap(), answer(ANSWERS).0.unwrap());
        assert_eq!(shown.matches("How many people").count(), 2, "{shown}");
    }

    #[test]
    fn what_is_essential_must_be_given() {
        assert_eq!(answer("\n\n").0.unwrap_err().code(), 3);
    }
}
