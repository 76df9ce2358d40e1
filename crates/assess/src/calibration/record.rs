//! What is on record: the fatal events and the years, from `calibration/events.toml`.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// How people died, as far as the record tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mechanism {
    /// The boat capsized or swamped.
    Flooding,
    /// Tube, floor or transom failed, or it broke on the ground.
    Structure,
    /// People were crushed or suffocated aboard.
    Crush,
    /// People went overboard.
    Overboard,
    /// People drowned while boarding.
    Boarding,
}

impl Mechanism {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Flooding, Self::Structure, Self::Crush, Self::Overboard, Self::Boarding];

    /// Its name in files and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flooding => "flooding",
            Self::Structure => "structure",
            Self::Crush => "crush",
            Self::Overboard => "overboard",
            Self::Boarding => "boarding",
        }
    }
}

/// A fatal event.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Number in the table of incidents.
    pub id: String,
    /// Local date.
    pub date: String,
    /// Where.
    pub place: String,
    /// People aboard, or in the water where they drowned boarding.
    pub aboard: Option<u32>,
    /// Dead and missing.
    pub deaths: u32,
    /// How.
    pub mechanism: Option<Mechanism>,
    /// Id of its replay, for a mass immersion.
    pub replay: Option<String>,
    /// Why it is not used, if it is not.
    pub unused: Option<String>,
    /// Its cause is known, and is none that the model foretells: it counts in no year.
    #[serde(default)]
    pub of_another_kind: bool,
}

/// A year.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// Which.
    pub year: u32,
    /// Boats that arrived.
    pub boats: f64,
    /// Mean number of people in one.
    pub mean_people: f64,
    /// Fatal events on IOM's list.
    pub fatal_events: f64,
}

/// All of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The events in their order.
    #[serde(rename = "event")]
    pub events: Vec<Event>,
    /// The years in their order.
    #[serde(rename = "year")]
    pub years: Vec<Year>,
}

static RECORD: LazyLock<Record> = LazyLock::new(|| {
    toml::from_str(include_str!("../../calibration/events.toml")).unwrap_or_else(|e| panic!("events: {e}"))
});

/// The record.
#[must_use]
pub fn record() -> &'static Record {
    &RECORD
}

impl Record {
    /// The events that can be foretold: those with all facts that a prediction needs.
    pub fn usable(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|e| e.unused.is_none())
    }

    /// Events of a mechanism in a year, with so many aboard.
    #[must_use]
    pub fn count(&self, year: u32, mechanism: Mechanism, aboard: impl Fn(u32) -> bool) -> u32 {
        let counts = |e: &&Event| {
            e.date.starts_with(&year.to_string()) && e.mechanism == Some(mechanism) && e.aboard.is_none_or(&aboard)
        };
        self.events.iter().filter(counts).count() as u32
    }

    /// The share of the fatal events of a year, but for those of another kind, that stand in the table with a mechanism: only these can
    /// be counted.
    #[must_use]
    pub fn known_share(&self, year: &Year) -> f64 {
        let known: u32 = Mechanism::ALL.iter().map(|m| self.count(year.year, *m, |_| true)).sum();
        let another = self.events.iter().filter(|e| e.of_another_kind && e.date.starts_with(&year.year.to_string()));
        (f64::from(known) / (year.fatal_events - another.count() as f64)).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_is_whole() {
        let r = record();
        assert_eq!((r.events.len(), r.years.len()), (42, 5));
        for e in &r.events {
            assert!(e.unused.is_some() || (e.mechanism.is_some() && e.aboard.is_some()), "{}", e.id);
            let lost = matches!(e.mechanism, Some(Mechanism::Flooding | Mechanism::Structure));
            assert_eq!(lost && e.unused.is_none(), e.replay.is_some(), "{}", e.id);
            assert!(e.deaths > 0);
        }
        assert!((r.years.iter().map(|y| y.boats).sum::<f64>() - 4113.0).abs() < 0.5);
        assert!(r.years.iter().all(|y| r.known_share(y) > 0.3));
    }

    /// The table begins with that of the shared data, where that is at hand.
    #[test]
    fn the_record_is_that_of_the_shared_table() {
        let Some(path) = plimsoll_core::testkit::shared("data/incidents/channel-incidents.csv") else { return };
        let table = std::fs::read_to_string(path);
        let ids: Vec<String> = table.unwrap().lines().skip(1).map(|l| l.split(',').take(2).collect()).collect();
        let ours: Vec<String> = record().events.iter().map(|e| format!("{}{}", e.id, e.date)).collect();
        assert_eq!(ids, ours[..ids.len()]);
    }
}
