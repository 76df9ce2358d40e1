//! The file as a flat map from key to value, each with its place; what does not belong there is a problem.

use super::keys::{KEYS, SECTIONS};
use super::problem::{Code, Problem};
use plimsoll_core::units::nearest;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Bytes of the largest scenario that is read. The examples have about two thousand.
pub const MAX_BYTES: usize = 256 * 1024;

pub(crate) type Node<'a> = Spanned<DeValue<'a>>;

/// Sections and values by path, with the places where they stand.
pub(crate) struct Document<'a> {
    pub text: &'a str,
    pub values: BTreeMap<&'static str, Node<'a>>,
    pub sections: BTreeMap<&'static str, Range<usize>>,
}

/// Decodes and splits a file.
///
/// # Errors
/// One problem where the file is too large, no text, or no TOML: whatever else could be said would be noise.
#[allow(clippy::result_large_err, reason = "once for a whole file")]
pub(crate) fn read<'a>(bytes: &'a [u8], problems: &mut Vec<Problem>) -> Result<Document<'a>, Problem> {
    if bytes.len() > MAX_BYTES {
        return Err(Problem::new(
            Code::TooLarge,
            "",
            format!("the file has {} bytes: this is no scenario", bytes.len()),
        )
        .allowed(format!("up to {MAX_BYTES} bytes")));
    }
    let text = std::str::from_utf8(bytes).map_err(|e| {
        Problem::new(Code::NotText, "", format!("byte {} is not UTF-8: this is no text file", e.valid_up_to()))
    })?;
    let table = DeTable::parse(text).map_err(|e| {
        let first = e.message().lines().next().unwrap_or("").to_owned();
        let problem = Problem::new(Code::Syntax, "", format!("not TOML: {first}"));
        let Some(span) = e.span() else {
            return problem;
        };
        // The marks of seconds end a TOML text.
        let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |i| i + 1);
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let problem = if line.contains('°') {
            problem.help("put a position with marks between ''' and ''', or write 51 02 00N 001 30 00E")
        } else {
            problem
        };
        problem.at(text, span, true)
    })?;
    let mut document = Document { text, values: BTreeMap::new(), sections: BTreeMap::new() };
    for (word, node) in table.into_inner() {
        let at = word.span();
        let word = word.into_inner();
        if let Some(section) = SECTIONS.iter().find(|s| **s == word) {
            let place = node.span();
            if let DeValue::Table(inner) = node.into_inner() {
                document.sections.insert(section, at);
                document.section(section, inner, problems);
            } else {
                problems.push(
                    Problem::new(Code::WrongType, section, "this is a section, not a value")
                        .help(format!("write [{section}] on a line of its own"))
                        .at(text, place, true),
                );
            }
        } else if let Some(key) = KEYS.iter().find(|k| k.path == word) {
            document.values.insert(key.path, node);
        } else {
            problems.push(unknown(text, "", &word, at));
        }
    }
    Ok(document)
}

impl<'a> Document<'a> {
    fn section(&mut self, section: &'static str, table: DeTable<'a>, problems: &mut Vec<Problem>) {
        for (word, node) in table {
            let at = word.span();
            let word = word.into_inner();
            // Names with a second point are members of inline tables and never stand alone.
            match KEYS.iter().find(|k| k.section() == section && k.name() == word && !k.name().contains('.')) {
                Some(key) => {
                    self.values.insert(key.path, node);
                }
                None => problems.push(unknown(self.text, section, &word, at)),
            }
        }
    }
}

fn unknown(text: &str, section: &str, word: &str, at: Range<usize>) -> Problem {
    let shown: String = word.chars().take(60).collect();
    let path = if section.is_empty() { shown.clone() } else { format!("{section}.{shown}") };
    let what = if section.is_empty() { "there is no such section or key" } else { "there is no such key" };
    let problem = Problem::new(Code::UnknownKey, &path, what);
    let here = KEYS.iter().filter(|k| k.section() == section && !k.name().contains('.')).map(|k| k.name());
    let here: Vec<_> = if section.is_empty() { here.chain(SECTIONS.iter().copied()).collect() } else { here.collect() };
    let elsewhere = KEYS.iter().find(|k| k.name() == word && k.section() != section && !k.section().is_empty());
    let problem = if let Some(key) = elsewhere {
        problem.help(format!("`{}` belongs in [{}]", key.name(), key.section()))
    } else if let Some(near) = nearest(word, here.iter().copied()) {
        problem.help(format!("did you mean `{near}`?"))
    } else if let Some(near) = nearest(word, KEYS.iter().map(|k| k.name())) {
        let key = KEYS.iter().find(|k| k.name() == near);
        problem.help(format!("did you mean `{near}` in [{}]?", key.map_or("", |k| k.section())))
    } else {
        problem
    };
    problem.allowed(here.join(", ")).at(text, at, false)
}
