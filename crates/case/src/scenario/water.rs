//! People who are in the water already: the file of `plimsoll survive`, one section `[water]`.

use super::defaults::{self, Defaults};
use super::document::{Document, MAX_BYTES};
use super::keys::{self, Key, Kind, key};
use super::problem::{Code, Problem, ScenarioError};
use super::read::Reader;
use super::words::describe;
use crate::answer::assess::InputLine;
use crate::encounter::{Defaulted, Given, Light};
use crate::ledger::LEDGER;
use plimsoll_core::belief::Belief;
use plimsoll_core::ledger::Grade;
use plimsoll_core::time::Utc;
use plimsoll_core::units::{Dimension, nearest};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

const ANY: [f64; 2] = [0.0, 0.0];

/// What the people hold on to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The wreck.
    Wreck,
    /// Aboard a raft or a flooded hull that holds them clear.
    Raft,
    /// Nothing.
    Nothing,
    /// Not known.
    Unknown,
}

const HOLDS: [(&str, Hold); 4] =
    [("wreck", Hold::Wreck), ("raft", Hold::Raft), ("nothing", Hold::Nothing), ("unknown", Hold::Unknown)];

/// Every key of the section, in the order of a file.
pub static KEYS: &[Key] = &[
    key("water.people", Kind::Count, [1.0, 400.0], "", "60")
        .says("How many people are in the water, children included.", "Nombre de personnes à l'eau, enfants compris."),
    key("water.children", Kind::Count, [0.0, 400.0], "a share of the people", "{ low = 4, high = 12 }")
        .says("How many of them are children.", "Nombre d'enfants parmi elles."),
    key("water.since", Kind::Time, [1950.0, 2100.0], "none", "2026-09-14T03:40:00Z").says(
        "Instant at which they came into the water, with Z or an offset; or give minutes.",
        "Instant de l'entrée dans l'eau, avec Z ou un décalage horaire ; ou donner minutes.",
    ),
    key("water.minutes", Kind::Minutes, [0.0, 2880.0], "0", "40")
        .says("Minutes that they have been in it.", "Minutes passées dans l'eau."),
    key("water.temperature", Kind::Quantity(Dimension::Temperature), [-2.0, 35.0], "", "\"13 degC\"")
        .says("Water temperature.", "Température de l'eau."),
    key("water.jackets", Kind::Share, [0.0, 1.0], "belief", "{ low = 0.3, high = 0.7 }").says(
        "Share that wears something called a lifejacket.",
        "Part des personnes portant ce qu'on appelle un gilet de sauvetage.",
    ),
    key("water.jackets_float", Kind::Share, [0.0, 1.0], "belief", "{ low = 0.1, likely = 0.3, high = 0.7 }")
        .says("Share of these that do float a person.", "Part de ces gilets qui font réellement flotter une personne."),
    key("water.swimmers", Kind::Share, [0.0, 1.0], "belief", "{ low = 0.2, likely = 0.45, high = 0.7 }")
        .says("Share of the people who can swim.", "Part des personnes sachant nager."),
    key("water.hold", Kind::Choice(&["wreck", "raft", "nothing", "unknown"]), ANY, "unknown", "\"wreck\"")
        .says("What they hold on to.", "À quoi ils se tiennent."),
    key("water.hs", Kind::Quantity(Dimension::Length), [0.0, 15.0], "belief", "\"0.5 m\"")
        .says("Significant wave height.", "Hauteur significative des vagues."),
    key("water.light", Kind::Choice(&["day", "twilight", "night"]), ANY, "night", "\"night\"")
        .says("How much light there is.", "Jour (day), crépuscule (twilight) ou nuit (night)."),
];

/// People in the water, as understood.
#[derive(Clone, Debug)]
pub struct Water {
    /// How many.
    pub people: Given<Belief>,
    /// Children among them.
    pub children: Given<Belief>,
    /// Minutes that they have been in it.
    pub minutes: Given<f64>,
    /// Water temperature, degC.
    pub temperature_c: Given<Belief>,
    /// Share that wears a jacket.
    pub jackets: Given<Belief>,
    /// Share of these that floats.
    pub jackets_float: Given<Belief>,
    /// Share that swims.
    pub swimmers: Given<Belief>,
    /// What they hold on to.
    pub hold: Given<Hold>,
    /// Significant wave height, m.
    pub hs_m: Given<Belief>,
    /// Light.
    pub light: Given<Light>,
    /// What was not given.
    pub defaulted: Vec<Defaulted>,
}

/// Reads the file. `now` is what `since` is counted to.
///
/// # Errors
/// [`ScenarioError`] with every problem found, in the order of the file.
pub fn parse(bytes: &[u8], now: Utc) -> Result<Water, ScenarioError> {
    let mut problems = Vec::new();
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let document = document(bytes, &mut problems).map_err(|problem| ScenarioError::new(text, vec![problem]))?;
    let mut reader = Reader { document, problems };
    let water = build(&mut reader, now);
    match water {
        Some(water) if reader.problems.is_empty() => Ok(water),
        _ => Err(ScenarioError::new(text, reader.problems)),
    }
}

#[allow(clippy::result_large_err, reason = "once for a whole file")]
fn document<'a>(bytes: &'a [u8], problems: &mut Vec<Problem>) -> Result<Document<'a>, Problem> {
    if bytes.len() > MAX_BYTES {
        let message = format!("the file has {} bytes or more: this is no case", bytes.len());
        return Err(Problem::new(Code::TooLarge, "", message).allowed(format!("up to {MAX_BYTES} bytes")));
    }
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let message = format!("byte {} is not UTF-8: this is no text file", e.valid_up_to());
        Problem::new(Code::NotText, "", message)
    })?;
    let table = DeTable::parse(text).map_err(|e| {
        let first = e.message().lines().next().unwrap_or("").to_owned();
        let problem = Problem::new(Code::Syntax, "", format!("not TOML: {first}"));
        match e.span() {
            Some(span) => problem.at(text, span, true),
            None => problem,
        }
    })?;
    let mut document = Document { text, values: BTreeMap::new(), sections: BTreeMap::new() };
    let names: Vec<&str> = KEYS.iter().map(Key::name).collect();
    let mut unknown = |section: &str, word: &str, known: &[&str], at| {
        let shown: String = word.chars().take(60).collect();
        let path = if section.is_empty() { shown } else { format!("{section}.{shown}") };
        let mut problem = Problem::new(Code::UnknownKey, &path, "there is no such key").allowed(known.join(", "));
        problem.help = nearest(word, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        problems.push(problem.at(text, at, false));
    };
    for (word, node) in table.into_inner() {
        let at = word.span();
        if word.get_ref() != "water" {
            unknown("", word.get_ref(), &["[water]"], at);
            continue;
        }
        let DeValue::Table(inner) = node.into_inner() else {
            unknown("", word.get_ref(), &["[water]"], at);
            continue;
        };
        document.sections.insert("water", at);
        for (word, node) in inner {
            match KEYS.iter().find(|k| k.name() == word.get_ref()) {
                Some(key) => {
                    document.values.insert(key.path, node);
                }
                None => unknown("water", word.get_ref(), &names, word.span()),
            }
        }
    }
    Ok(document)
}

fn build(r: &mut Reader<'_>, now: Utc) -> Option<Water> {
    for path in ["water.people", "water.temperature"] {
        if !r.has(path) {
            let key = keys::find(path);
            let problem = Problem::new(Code::Missing, path, "missing: without it nothing can be said")
                .allowed(key.allowed())
                .help(format!("add `{} = {}` to [water]", key.name(), key.example));
            let place = r.document.sections.get("water").cloned();
            let problem = match place {
                Some(span) => problem.at(r.document.text, span, false),
                None => problem,
            };
            r.problems.push(problem);
        }
    }
    let mut d = Defaults::default();
    let belief = |r: &mut Reader<'_>, d: &mut Defaults, path: &'static str, id: &str| {
        let given = r.belief(path);
        if given.is_none() && r.has(path) {
            return None; // refused
        }
        Some(d.constant(path, given, id))
    };
    let minutes = minutes(r, now);
    let people = r.belief("water.people");
    let temperature_c = r.belief("water.temperature");
    let jackets = belief(r, &mut d, "water.jackets", "aboard.lifejackets");
    let jackets_float = belief(r, &mut d, "water.jackets_float", "aboard.jackets_float");
    let swimmers = belief(r, &mut d, "water.swimmers", "aboard.swimmers");
    let hs_m = belief(r, &mut d, "water.hs", "water.hs");
    let hold = r.choice("water.hold").and_then(|word| HOLDS.iter().find(|h| h.0 == word)).map(|h| h.1);
    let light = r.choice("water.light").map(|word| match word {
        "day" => Light::Day,
        "twilight" => Light::Twilight,
        _ => Light::Night,
    });
    let children = r.belief("water.children");
    let people = people?;
    let children = children.unwrap_or_else(|| {
        let c = LEDGER.get("aboard.children_share");
        d.belief("water.children", defaults::product(&people.value, &c.value), &c.source, c.grade)
    });
    if children.given && children.value.range().0 > people.value.range().1 {
        let span = r.span("water.children").unwrap_or_default();
        r.refuse(keys::find("water.children"), Code::Impossible, "more children than people", span);
    }
    if hold.is_none() {
        d.word("water.hold", "unknown", "not reported", Grade::C);
    }
    if light.is_none() {
        d.word("water.light", "night", "the darker of what may be; it changes lifting, not survival", Grade::C);
    }
    Some(Water {
        people,
        children,
        minutes: minutes?,
        temperature_c: temperature_c?,
        jackets: jackets?,
        jackets_float: jackets_float?,
        swimmers: swimmers?,
        hold: hold.map_or_else(|| Given::default(Hold::Unknown), |h| Given::stated(h, None)),
        hs_m: hs_m?,
        light: light.map_or_else(|| Given::default(Light::Night), |l| Given::stated(l, None)),
        defaulted: d.list,
    })
}

/// Minutes in the water, as given or since an instant.
fn minutes(r: &mut Reader<'_>, now: Utc) -> Option<Given<f64>> {
    let (key, since_key) = (keys::find("water.minutes"), keys::find("water.since"));
    let since = r.time("water.since");
    match (r.belief("water.minutes"), since) {
        (Some(_), Some(_)) => {
            let span = r.span("water.since").unwrap_or_default();
            r.refuse(since_key, Code::Impossible, "since and minutes say the same: give one of them", span);
            None
        }
        (Some(given), None) => {
            let Belief::Exact(minutes) = given.value else {
                let span = r.span("water.minutes").unwrap_or_default();
                r.refuse(key, Code::Belief, "one number is wanted, not a range", span);
                return None;
            };
            Some(Given::stated(minutes, given.basis))
        }
        (None, Some(since)) => {
            let minutes = (now.seconds_since(since) / 60.0).floor();
            if !(key.low..=key.high).contains(&minutes) {
                let span = r.span("water.since").unwrap_or_default();
                let message = format!("{minutes:.0} minutes ago is out of range");
                r.refuse(since_key, Code::OutOfRange, message, span);
                return None;
            }
            Some(Given::stated(minutes, None))
        }
        (None, None) => (!r.has("water.minutes") && !r.has("water.since")).then(|| Given::default(0.0)),
    }
}

impl Water {
    /// Every input as understood, in the order of the table of keys.
    #[must_use]
    pub fn inputs(&self) -> Vec<InputLine> {
        let belief = |path: &str, g: &Given<Belief>| InputLine {
            key: path.into(),
            text: describe(&g.value, keys::find(path).unit()),
            basis: g.basis.clone(),
            given: g.given,
        };
        let word = |path: &str, text: String, given: bool| InputLine { key: path.into(), text, basis: None, given };
        let hold = HOLDS.iter().find(|h| h.1 == self.hold.value).map_or("", |h| h.0);
        vec![
            belief("water.people", &self.people),
            belief("water.children", &self.children),
            word("water.minutes", format!("{} min", self.minutes.value), self.minutes.given),
            belief("water.temperature", &self.temperature_c),
            belief("water.jackets", &self.jackets),
            belief("water.jackets_float", &self.jackets_float),
            belief("water.swimmers", &self.swimmers),
            word("water.hold", hold.into(), self.hold.given),
            belief("water.hs", &self.hs_m),
            word("water.light", self.light.value.id().into(), self.light.given),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Water, ScenarioError> {
        parse(text.as_bytes(), "2026-09-14T04:20:00Z".parse().unwrap())
    }

    #[test]
    fn reads_and_lists_what_it_took() {
        let w = read("[water]\npeople = { low = 50, high = 60 }\ntemperature = \"13 degC\"\nhold = \"wreck\"\nminutes = \"40 min\"\n").unwrap();
        assert_eq!((w.minutes.value, w.hold.value), (40.0, Hold::Wreck));
        let keys: Vec<&str> = w.defaulted.iter().map(|d| d.key.as_str()).collect();
        assert_eq!(
            keys,
            ["water.jackets", "water.jackets_float", "water.swimmers", "water.hs", "water.children", "water.light"]
        );
        assert_eq!(w.inputs().len(), KEYS.len() - 1);
    }

    #[test]
    fn since_is_counted_to_now() {
        let since = |s: &str| read(&format!("[water]\npeople = 3\ntemperature = \"13 degC\"\nsince = {s}\n"));
        assert_eq!(since("2026-09-14T03:40:30Z").unwrap().minutes.value, 39.0);
        assert_eq!(since("2026-09-14T05:40:30Z").unwrap_err().problems[0].code, Code::OutOfRange);
    }

    #[test]
    fn mistakes_have_their_place() {
        for (text, code) in [
            ("", Code::Missing),
            ("[water]\npeople = 3\ntemperature = \"13 m\"", Code::Unit),
            ("[water]\npeople = 3\ntemperature = \"13 degC\"\nhold = \"hull\"", Code::UnknownWord),
            ("[water]\npeople = 3\ntemperature = \"13 degC\"\njacket = 0.2", Code::UnknownKey),
            ("[water]\npeople = 3\ntemperature = \"13 degC\"\njackets = 1.2", Code::OutOfRange),
            ("[water]\npeople = 3\ntemperature = \"13 degC\"\nchildren = 9", Code::Impossible),
            ("[water]\npeople = 3\ntemperature = \"13 degC\"\nminutes = { low = 1, high = 2 }", Code::Belief),
            ("[sea]\npeople = 3", Code::UnknownKey),
            ("water = 3", Code::UnknownKey),
        ] {
            let problems = read(text).unwrap_err().problems;
            assert_eq!(problems[0].code, code, "{text}: {problems:?}");
        }
    }

    #[test]
    fn every_example_reads() {
        for key in KEYS.iter().filter(|k| !["water.people", "water.temperature"].contains(&k.path)) {
            let text = format!("[water]\npeople = 60\ntemperature = \"13 degC\"\n{} = {}\n", key.name(), key.example);
            read(&text).unwrap_or_else(|e| panic!("{text}\n{e}"));
        }
    }
}
