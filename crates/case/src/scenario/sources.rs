//! Sources of the sea that a scenario names, and what they say at its place and time. This crate reads and checks, and
//! computes no sea: whoever can is asked through [`Waters`].

use super::keys;
use super::problem::{Code, Problem};
use super::read::Reader;
use crate::encounter::Place;
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::ledger::Grade;
use plimsoll_core::time::Utc;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use toml::de::DeValue;

/// More files than this are a mistake.
const MOST: usize = 32;

/// The keys that a source can stand in for.
pub const TOLD: [&str; 6] = ["sea.wind", "sea.hs", "sea.tp", "sea.current", "sea.water", "sea.air"];

/// A source that `[sea] from` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The tide that the program carries.
    BuiltIn,
    /// A file, as written: relative to the scenario's folder.
    File(String),
}

/// What a source says of one quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Its figure with its spread, in the unit of the key; of a vector the speed.
    pub belief: Belief,
    /// Where a wind comes from or a current sets, degrees true; `None`: not known.
    pub direction_deg: Option<f64>,
    /// Where it comes from, in words that a reader can follow to the source.
    pub source: String,
    /// How well it is known.
    pub grade: Grade,
}

/// A file or table from which something was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// File and variables.
    pub name: String,
    /// SHA-256 of the whole file, hexadecimal.
    pub sha256: String,
    /// The key for which it was taken.
    pub key: String,
}

/// What the sources say at a place and an instant: one entry at most for each key of [`TOLD`].
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// By key.
    pub told: Vec<(&'static str, Told)>,
    /// From what.
    pub taken: Vec<Taken>,
    /// Sources from which nothing was taken though nothing is wrong with them: positions in the list, and why.
    pub idle: Vec<(usize, String)>,
}

impl Said {
    pub(crate) fn take(&mut self, key: &str) -> Option<Told> {
        let at = self.told.iter().position(|(k, _)| *k == key)?;
        Some(self.told.swap_remove(at).1)
    }
}

/// Why a source has nothing to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Silent {
    /// Which one of the list.
    pub source: usize,
    /// What, where, why.
    pub message: String,
    /// What would mend it; may be empty.
    pub help: String,
}

/// What a local sea grows from.
#[derive(Clone, Copy, Debug)]
pub struct Roots<'a> {
    /// Where.
    pub position: Option<LonLat>,
    /// Wind, m/s.
    pub wind_m_s: &'a Belief,
    /// Where it comes from.
    pub wind_from_deg: Option<f64>,
    /// Open water against it, m, where given.
    pub fetch_m: Option<&'a Belief>,
    /// Depth, m, where given.
    pub depth_m: Option<&'a Belief>,
    /// Stream, m/s.
    pub current_m_s: &'a Belief,
    /// Where it sets.
    pub current_toward_deg: Option<f64>,
}

/// A sea that was grown.
#[derive(Clone, Debug, PartialEq)]
pub struct Raised {
    /// Fetch, m, with its source.
    pub fetch: Told,
    /// Angle between where the waves run and where the stream sets, degrees.
    pub angle_deg: Belief,
    /// Significant height, m.
    pub hs_m: Told,
    /// Peak period, s.
    pub tp_s: Told,
}

/// Whoever knows the built-in tide, reads files of fields and grows seas.
pub trait Waters {
    /// Asks the sources, first to last, for the keys in `wanted`; the first that has a value there and then wins.
    ///
    /// # Errors
    /// Each source that was to tell something and has nothing to say there and then.
    fn ask(&self, named: &[Named], wanted: &[&'static str], at: LonLat, time: Utc) -> Result<Said, Vec<Silent>>;

    /// The sea that a wind raises.
    ///
    /// # Errors
    /// Why it cannot be told.
    fn raise(&self, roots: &Roots<'_>) -> Result<Raised, Silent>;
}

/// What was named, with each one's place.
fn named(r: &mut Reader<'_>) -> Option<Vec<(Named, Range<usize>)>> {
    let node = r.node("sea.from")?;
    let key = keys::find("sea.from");
    let list = match node.get_ref() {
        DeValue::String(text) => vec![(text.to_string(), node.span())],
        _ => r.list("sea.from")?,
    };
    let refuse = |r: &mut Reader<'_>, message: &str, span| r.refuse(key, Code::Impossible, message, span);
    if list.is_empty() {
        refuse(r, "no source is named: leave the key out", node.span());
        return None;
    }
    if list.len() > MOST {
        refuse(r, "these are more files than anybody means", node.span());
        return None;
    }
    let mut out: Vec<(Named, Range<usize>)> = Vec::with_capacity(list.len());
    for (text, span) in list {
        if text.is_empty() || text.chars().any(char::is_control) {
            refuse(r, "this names no file", span);
            return None;
        }
        let source = if text == "builtin" { Named::BuiltIn } else { Named::File(text) };
        if out.iter().any(|(s, _)| *s == source) {
            refuse(r, "this source stands here twice", span);
            return None;
        }
        out.push((source, span));
    }
    Some(out)
}

/// What the named sources say of what is not given by hand; `None` where they were refused. Position and time are asked for,
/// never invented.
pub(crate) fn said(
    r: &mut Reader<'_>,
    place: &Place,
    waters: Option<&dyn Waters>,
    warn: &mut Vec<String>,
) -> Option<Said> {
    let Some(whole) = r.span("sea.from") else { return Some(Said::default()) };
    let key = keys::find("sea.from");
    let named = named(r)?;
    let Some(waters) = waters else {
        let help = "give wind, hs and water by hand";
        r.refuse_with(key, Code::NotYet, "fields are not read here", Some(help.into()), whole);
        return None;
    };
    for (path, missing) in [("place.position", place.position.is_none()), ("place.time", place.time.is_none())] {
        // What could not be read has been refused already.
        if missing && !r.has(path) {
            let why = if named.iter().all(|(n, _)| *n == Named::BuiltIn) {
                "the built-in tide needs a position and a time"
            } else {
                "fields are read at a position and a time"
            };
            super::build::ask(r, path, why);
        }
    }
    let wanted: Vec<&'static str> = TOLD.into_iter().filter(|k| !r.has(k)).collect();
    let list: Vec<Named> = named.iter().map(|(n, _)| n.clone()).collect();
    match waters.ask(&list, &wanted, place.position?, place.time?) {
        Ok(said) => {
            warn.extend(said.idle.iter().map(|(_, why)| why.clone()));
            Some(said)
        }
        Err(silent) => {
            for s in silent {
                let (source, span) = &named[s.source.min(named.len() - 1)];
                let (allowed, by_hand) = match source {
                    Named::BuiltIn => (
                        "a place and a time that the built-in tide covers",
                        format!("give the current by hand, such as {}", keys::find("sea.current").example),
                    ),
                    Named::File(_) => {
                        ("files with wind, current, waves or temperature there and then", "give it by hand".into())
                    }
                };
                let mut problem = Problem::new(Code::Impossible, key.path, s.message).allowed(allowed);
                problem.help = Some(if s.help.is_empty() { by_hand } else { format!("{}; or {by_hand}", s.help) });
                r.problems.push(problem.at(r.document.text, span.clone(), true));
            }
            None
        }
    }
}
