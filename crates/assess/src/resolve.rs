//! From the phases of an option's file to phases with numbers, for one state of knowledge.

use crate::course::{HOUR, Kind, MINUTE, Phase};
use crate::ledger::value;
use crate::options::{self, Help, Motion};
use plimsoll_case::encounter::{BoundFor, Encounter};
use plimsoll_core::ledger::Knowledge;
use std::sync::OnceLock;

/// The disturbances in the order of [`crate::outer::Outer::disturbances`].
#[must_use]
pub fn disturbance_names() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: Vec<String> = Vec::new();
        for phase in options::all().iter().flat_map(|o| &o.phases) {
            for n in phase.recurring.iter().chain(&phase.once).chain(phase.spread.iter().map(|s| &s.0)) {
                if !names.contains(n) {
                    names.push(n.clone());
                }
            }
        }
        names.sort();
        names
    })
}

fn disturbance_index(name: &str) -> usize {
    disturbance_names().binary_search_by(|n| n.as_str().cmp(name)).unwrap_or_else(|_| panic!("no disturbance {name}"))
}

fn crossing_ticks(encounter: &Encounter, k: &Knowledge) -> u32 {
    let hours = match &encounter.place.bound_for {
        Some(BoundFor::Hours(h)) => k.of("place.bound_for", &h.value),
        Some(BoundFor::DistanceM(d)) => k.of("place.bound_for", &d.value) / (value("crossing.speed", k) * 1852.0),
        None => value("crossing.hours_left", k),
    };
    (hours * HOUR) as u32
}

/// Gives phases their numbers.
#[derive(Clone, Copy, Debug)]
pub struct Resolve<'a> {
    k: &'a Knowledge,
    crossing: u32,
    transfer: u32,
}

impl<'a> Resolve<'a> {
    /// For one state of knowledge; a transfer lasts `transfer` ticks.
    #[must_use]
    pub fn new(encounter: &Encounter, k: &'a Knowledge, transfer: u32) -> Self {
        Self { k, crossing: crossing_ticks(encounter, k), transfer }
    }

    /// A phase with its numbers.
    #[must_use]
    pub fn phase(&self, p: &options::Phase) -> Phase {
        let (kind, ticks) = match p.lasts.as_str() {
            "crossing" => (Kind::Passage, self.crossing),
            "transfer" => (Kind::Transfer, self.transfer),
            "landing" => (Kind::Landing, self.minutes("shallow.minutes")),
            id => (Kind::Passage, self.minutes(id)),
        };
        let share = p.share.as_ref().map_or(1.0, |id| value(id, self.k));
        Phase {
            kind,
            motion: p.motion,
            help: p.help,
            ticks: (f64::from(ticks) * share) as u32,
            recurring: p.recurring.iter().map(|n| disturbance_index(n)).collect(),
            once: p.once.iter().map(|n| disturbance_index(n)).collect(),
            spread: p.spread.iter().map(|(n, id)| (disturbance_index(n), value(id, self.k))).collect(),
        }
    }

    fn minutes(&self, id: &str) -> u32 {
        (value(id, self.k) * MINUTE) as u32
    }

    /// Adrift after the engine has stopped of itself: a wait, then a transfer by whoever is there or has come.
    #[must_use]
    pub fn breakdown(&self, minutes: f64, help: Help) -> Vec<Phase> {
        let passage = Phase {
            kind: Kind::Passage,
            motion: Motion::Adrift,
            help,
            ticks: (minutes * MINUTE) as u32,
            recurring: vec![disturbance_index("ship_wash")],
            once: vec![disturbance_index("engine_stop")],
            spread: vec![],
        };
        let transfer = Phase {
            kind: Kind::Transfer,
            motion: Motion::Adrift,
            help: Help::Alongside,
            ticks: self.transfer,
            recurring: vec![],
            once: vec![disturbance_index("alongside")],
            spread: vec![],
        };
        vec![passage, transfer]
    }
}
