//! A new scenario from a few answers: what was answered stands as written, everything else as a comment that can be opened.

use super::keys::{KEYS, Key, SECTIONS};
use std::fmt::Write as _;

/// The keys that are worth asking for a new scenario, in the order in which a call-taker would ask.
pub const QUESTIONS: &[&str] = &[
    "aboard.people",
    "place.position",
    "place.time",
    "sea.hs",
    "sea.wind",
    "sea.water",
    "boat.class",
    "boat.tubes",
    "aboard.lifejackets",
    "aboard.posture",
];

/// Writes a scenario. `answers` are pairs of a key and its value as TOML (`"\"0.4 m\""`, `"62"`, `"{ low = 50, high = 75 }"`).
///
/// Nothing is checked here: read the result with [`super::parse`], which says what is wrong and where. Keys that do not exist
/// and repeated ones are left out.
#[must_use]
pub fn render_template(answers: &[(&str, &str)], french: bool) -> String {
    let answer = |key: &Key| answers.iter().rev().find(|(path, _)| *path == key.path).map(|(_, value)| value.trim());
    let head = if french {
        "# Scénario pour plimsoll. Les lignes commentées sont des exemples : retirer le # pour les utiliser.\n"
    } else {
        "# Scenario for plimsoll. Commented lines are examples: take the # away to use them.\n"
    };
    let mut text = String::from(head);
    let line = |text: &mut String, key: &Key| {
        let doc = if french { key.doc_fr } else { key.doc_en };
        let _ = match answer(key) {
            Some(value) => writeln!(text, "{} = {value}  # {doc}", key.name()),
            None => writeln!(text, "# {} = {}  # {doc}", key.name(), key.example),
        };
    };
    // An empty section first: keys of the top level.
    for section in std::iter::once(&"").chain(SECTIONS) {
        if !section.is_empty() {
            let _ = writeln!(text, "\n[{section}]");
        }
        for key in KEYS.iter().filter(|k| k.section() == *section && !k.name().contains('.')) {
            line(&mut text, key);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::parse;

    #[test]
    fn the_least_answers_make_a_scenario_that_reads() {
        let answers = [
            ("aboard.people", "{ low = 50, high = 75 }"),
            ("sea.hs", "\"0.4 m\""),
            ("place.time", "2026-09-14T04:20:00Z"),
        ];
        for french in [false, true] {
            let text = render_template(&answers, french);
            let e = parse(text.as_bytes(), &[]).unwrap_or_else(|e| panic!("{text}\n{e}")).encounter;
            assert!(e.aboard.people.given && !e.sea.water_c.given);
            // Every key but members of inline tables has its line.
            for key in KEYS.iter().filter(|k| !k.name().contains('.')) {
                assert!(text.contains(&format!("{} = ", key.name())), "{}", key.path);
            }
        }
    }

    #[test]
    fn every_commented_line_reads_when_opened() {
        let text = render_template(&[], false);
        let open: String = text
            .lines()
            .filter(|l| !l.starts_with("# from = "))
            .map(|l| l.strip_prefix("# ").filter(|l| l.contains(" = ")).unwrap_or(l).to_owned() + "\n")
            .collect();
        parse(open.as_bytes(), &[]).unwrap_or_else(|e| panic!("{open}\n{e}"));
    }

    #[test]
    fn questions_are_keys() {
        assert!(QUESTIONS.iter().all(|q| KEYS.iter().any(|k| k.path == *q)));
    }
}
