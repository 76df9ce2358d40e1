//! Which constants are weighed together: groups that share no observation.

use crate::basis;
use plimsoll_core::ledger::{Constant, Ledger};

/// A group of constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Survival in the water, holding the wreck, lifting: replays of mass immersions.
    Water,
    /// Boat, crowd and sea: losses of the boat in a year, transfers.
    Boat,
    /// Crush aboard.
    Crush,
    /// Overboard.
    Overboard,
    /// Boarding and wading.
    Boarding,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Water, Self::Boat, Self::Crush, Self::Overboard, Self::Boarding];

    /// Its name in answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Water => "water",
            Self::Boat => "boat",
            Self::Crush => "crush",
            Self::Overboard => "overboard",
            Self::Boarding => "boarding",
        }
    }

    /// The group that weighs a constant; `None` where no observation bears on it.
    fn of(ledger: &Ledger, id: &str) -> Option<Self> {
        match (ledger.name.as_str(), id.split('.').next()) {
            _ if READ_BY_RATES.contains(&id) => Some(Self::Boat),
            // alarms and vessels on their way are facts of an immersion; a transfer is part of none
            ("plimsoll-rescue", Some("transfer" | "arrival")) => None,
            ("plimsoll-rescue", _) => Some(Self::Water),
            ("plimsoll-assess", Some("overboard")) => Some(Self::Overboard),
            ("plimsoll-assess", Some("boarding")) => Some(Self::Boarding),
            ("plimsoll-assess", Some("crush")) if id != "crush.per_surge" => Some(Self::Crush),
            _ => None,
        }
    }

    /// Every constant of the group that is not known exactly, with its ledger.
    pub fn constants(self) -> impl Iterator<Item = (&'static str, &'static Constant)> {
        uncertain().filter(move |(l, c)| Self::of(l, &c.id) == Some(self)).map(|(l, c)| (l.name.as_str(), c))
    }
}

/// Constants of the boat, its crowd and its structure that the rates of a year and of transfers are computed from.
const READ_BY_RATES: [&str; 10] = [
    "aftermath.filling_seen",
    "crowd.panic_given_trigger",
    "crowd.trigger_alongside",
    "crowd.trigger_dark_factor",
    "structure.load_exponent",
    "structure.per_crossing",
    "structure.per_transfer",
    "structure.soft_factor",
    "transfer.prepared",
    "trigger.own_surges",
];

fn uncertain() -> impl Iterator<Item = (&'static Ledger, &'static Constant)> {
    basis::ledgers().into_iter().flat_map(|l| l.constants().filter(|c| !c.value.is_exact()).map(move |c| (l, c)))
}

/// The constants on which no observation bears, with their ledgers.
pub fn untouched() -> impl Iterator<Item = (&'static str, &'static Constant)> {
    uncertain().filter(|(l, c)| Group::of(l, &c.id).is_none()).map(|(l, c)| (l.name.as_str(), c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_uncertain_constant_has_one_place_and_an_id_of_its_own() {
        let weighed: Vec<&str> = Group::ALL.iter().flat_map(|g| g.constants()).map(|(_, c)| c.id.as_str()).collect();
        let all: Vec<&str> = weighed.iter().copied().chain(untouched().map(|(_, c)| c.id.as_str())).collect();
        let distinct: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), distinct.len(), "ids are the columns of the calibration, across ledgers");
        assert_eq!(all.len(), uncertain().count());
        assert!(READ_BY_RATES.iter().all(|id| weighed.contains(id)));
        for id in ["support.no_hold", "lifts.anchor", "crush.from_85", "overboard.rate", "boarding.another"] {
            assert!(weighed.contains(&id), "{id}");
        }
    }
}
