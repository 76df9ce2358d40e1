//! Every key of the table, met with everything that can be wrong with its kind. The table drives the test, so that no key
//! can be forgotten.

use plimsoll_case::scenario::keys::{KEYS, Key, Kind};
use plimsoll_case::scenario::{self, Code, Problem};
use plimsoll_core::units::Dimension;
use std::collections::BTreeMap;

/// A whole scenario with `value` at `key`, under the name `name`.
fn with(key: &Key, name: &str, value: &str) -> String {
    let mut sections: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for (section, k, v) in [
        ("aboard", "people", "62"),
        ("sea", "hs", "\"0.4 m\""),
        ("sea", "water", "\"15 degC\""),
        ("sea", "light", "\"day\""),
    ] {
        sections.entry(section).or_default().insert(k.into(), v.into());
    }
    let (name, value) = match key.path {
        "boat.tubes.port" | "boat.tubes.starboard" => ("tubes".to_owned(), format!("{{ {name} = {value} }}")),
        "help.coming.asset" => ("coming".to_owned(), format!("[{{ {name} = {value}, minutes = 3 }}]")),
        "help.coming.minutes" => ("coming".to_owned(), format!("[{{ asset = \"helicopter\", {name} = {value} }}]")),
        _ => (name.to_owned(), value.to_owned()),
    };
    let section = sections.entry(key.section()).or_default();
    section.remove(last(key));
    section.insert(name, value);
    let mut text = String::new();
    for (section, keys) in &sections {
        if !section.is_empty() {
            text += &format!("[{section}]\n");
        }
        for (k, v) in keys {
            text += &format!("{k} = {v}\n");
        }
    }
    text
}

/// The last part of a path: the word that is written.
fn last(key: &Key) -> &'static str {
    key.path.rsplit('.').next().unwrap()
}

fn problems(text: &str) -> Vec<Problem> {
    scenario::parse(text.as_bytes(), &[]).err().map(|e| e.problems).unwrap_or_default()
}

/// Asserts that `value` is refused at `key` with `code`, at its place and with what is allowed.
fn refused(key: &Key, value: &str, code: Code) {
    let text = with(key, last(key), value);
    let all = problems(&text);
    let hit = all.iter().find(|p| p.key.starts_with(key.path) && p.code == code);
    let Some(p) = hit else {
        panic!("{} = {value}: expected {code:?}, got {all:#?}", key.path);
    };
    let span = p.span.clone().unwrap_or_else(|| panic!("{}: no place", key.path));
    assert!(p.line > 0 && p.column > 0 && span.end <= text.len());
    assert!(!p.allowed.is_empty() && !p.message.is_empty(), "{}: {p:?}", key.path);
    assert_eq!(p.unit, if p.code == Code::UnknownKey || p.code == Code::UnknownWord { "" } else { key.unit() });
}

/// A unit of another dimension.
fn foreign(d: Dimension) -> &'static str {
    if d == Dimension::Mass { "m" } else { "kg" }
}

#[test]
fn every_example_is_accepted() {
    for key in KEYS.iter().filter(|k| k.kind != Kind::Fields) {
        let text = with(key, last(key), key.example);
        let found = problems(&text);
        assert!(found.is_empty(), "{}: {found:#?}", key.path);
    }
}

#[test]
fn every_key_refuses_the_wrong_type() {
    for key in KEYS {
        for value in ["true", "{ value = false }", "[[]]"] {
            let text = with(key, last(key), value);
            assert!(!problems(&text).is_empty(), "{} = {value}", key.path);
        }
        refused(key, "true", Code::WrongType);
    }
}

#[test]
fn every_misspelt_key_is_found_and_the_near_one_named() {
    for key in KEYS {
        let mut name = last(key).to_owned();
        name.insert(1, name.chars().next().unwrap());
        let all = problems(&with(key, &name, key.example));
        let p = all.iter().find(|p| p.code == Code::UnknownKey).unwrap_or_else(|| panic!("{}: {all:#?}", key.path));
        let help = p.help.clone().unwrap_or_default();
        assert!(help.contains(&format!("`{}`", last(key))), "{}: {help}", key.path);
        assert!(p.span.is_some() && p.key.ends_with(&name));
    }
}

#[test]
fn every_number_refuses_what_is_not_finite_or_out_of_range() {
    let mut numbers = 0;
    for key in KEYS {
        let (low, high) = (key.low, key.high);
        let (above, below) = (high * 1.01 + 1.0, low - 0.01 * high.abs() - 1.0);
        let whole = |v: f64| v.round().to_string();
        let write: Box<dyn Fn(f64) -> String> = match key.kind {
            Kind::Quantity(_) | Kind::Vector(_) | Kind::Duration => {
                Box::new(|v: f64| format!("\"{v} {}\"", key.unit()))
            }
            Kind::DurationOrLength => Box::new(|v: f64| format!("\"{v} m\"")),
            Kind::Count | Kind::Whole => Box::new(whole),
            Kind::Number | Kind::Share | Kind::Minutes => Box::new(|v: f64| format!("{v:?}")),
            _ => continue,
        };
        numbers += 1;
        let believed = !matches!(key.kind, Kind::Duration | Kind::Whole);
        for v in [above, below] {
            refused(key, &write(v), Code::OutOfRange);
            if believed {
                refused(key, &format!("{{ low = {}, high = {} }}", write(low), write(above)), Code::OutOfRange);
                refused(
                    key,
                    &format!("{{ values = [{}, {}], weights = [1, 1] }}", write(low), write(v)),
                    Code::OutOfRange,
                );
            }
        }
        for v in ["nan", "-inf", "+inf"] {
            refused(key, v, Code::NotFinite);
        }
        if !believed {
            continue;
        }
        refused(key, &format!("{{ low = {}, high = {} }}", write(high), write(low)), Code::Belief);
        refused(key, &format!("{{ low = {}, high = {} }}", write(high), write(high)), Code::Belief);
        refused(key, &format!("{{ low = {} }}", write(low)), Code::Belief);
        refused(key, "{ }", Code::Belief);
        refused(key, "{ basis = \"x\" }", Code::Belief);
        refused(key, &format!("{{ mean = {}, sd = {} }}", write(high), write(0.0)), Code::OutOfRange);
        refused(key, &format!("{{ values = [{}], weights = [] }}", write(low)), Code::Belief);
        refused(key, &format!("{{ values = [{}], weights = [-1] }}", write(low)), Code::OutOfRange);
        refused(key, &format!("{{ low = {}, hihg = {} }}", write(low), write(high)), Code::UnknownKey);
        refused(key, &format!("{{ value = {}, basis = 3 }}", write(high)), Code::WrongType);
    }
    assert!(numbers > 30, "{numbers}");
}

#[test]
fn every_quantity_demands_its_unit() {
    for key in KEYS {
        let (dimension, quoted) = match key.kind {
            Kind::Quantity(d) => (d, true),
            Kind::Vector(_) => (Dimension::Speed, true),
            Kind::Duration | Kind::DurationOrLength => (Dimension::Duration, true),
            Kind::Minutes => (Dimension::Duration, false),
            _ => continue,
        };
        refused(key, &format!("\"{} {}\"", key.high, foreign(dimension)), Code::Unit);
        refused(key, "\"1 parsec\"", Code::Unit);
        refused(key, "\"1\"", Code::Unit);
        refused(key, "\"0,5 m\"", Code::Unit);
        refused(key, &format!("\"nan {}\"", dimension.base().symbol), Code::NotFinite);
        if quoted {
            refused(key, "1.0", Code::Unit);
        }
        if key.kind != Kind::Duration {
            refused(key, &format!("{{ low = \"1 {}\", high = \"2 parsec\" }}", dimension.base().symbol), Code::Unit);
        }
    }
}

#[test]
fn every_word_must_be_known() {
    for key in KEYS {
        match key.kind {
            Kind::Choice(_) | Kind::Tubes | Kind::Asset => refused(key, "\"No Such Word\"", Code::UnknownWord),
            Kind::Assets | Kind::Options | Kind::Modifiers => {
                refused(key, "[\"No Such Word\"]", Code::UnknownWord);
                refused(key, "[3]", Code::WrongType);
                refused(key, "\"stand_off\"", Code::WrongType);
            }
            Kind::Coming => {
                refused(key, "[3]", Code::WrongType);
                refused(key, "[{ }]", Code::Missing);
            }
            Kind::Count => {
                refused(key, "2.5", Code::WrongType);
                refused(key, "{ low = 2, high = 3.5 }", Code::WrongType);
                refused(key, "\"3\"", Code::WrongType);
            }
            Kind::Whole => refused(key, "1000.5", Code::WrongType),
            Kind::Share => refused(key, "\"30 %\"", Code::WrongType),
            Kind::Position => refused(key, "\"5102N 00130E\"", Code::Unclear),
            Kind::Time => refused(key, "2026-09-14T04:20:00", Code::Unclear),
            Kind::Text => refused(key, "\"a\\nb\"", Code::OutOfRange),
            _ => {}
        }
    }
}
