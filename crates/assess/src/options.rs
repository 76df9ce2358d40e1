//! The options as data: what each does to the boat over time, from files in `options/`. The code knows phases and disturbances,
//! not options. No file says how anything is done, only what happens to the people aboard.

use crate::ledger::value;
use plimsoll_case::answer::OptionId;
use plimsoll_core::ledger::Knowledge;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One option.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionSpec {
    /// Which.
    pub id: OptionId,
    /// What must hold for it to be assessed at all.
    pub needs: Needs,
    /// Force or contact: carries the burden of proof.
    #[serde(default)]
    pub force: bool,
    /// Rescue: carries none.
    #[serde(default)]
    pub rescue: bool,
    /// Why it counts as extrapolated, where it was never observed with people aboard.
    #[serde(default)]
    pub unobserved: Option<String>,
    /// Ids of the law that applies.
    pub law: Vec<String>,
    /// What happens, in order.
    #[serde(rename = "phase")]
    pub phases: Vec<Phase>,
}

/// What an option needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needs {
    /// A boat afloat with people aboard.
    Afloat,
    /// The same, in depths where people could stand or nearly so.
    ShallowLoaded,
    /// People who have not boarded yet.
    NotBoarded,
}

/// A stretch of the future.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Its name.
    pub name: String,
    /// How long: `crossing`, `transfer`, `landing`, or the id of a constant in minutes.
    pub lasts: String,
    /// Id of a factor on that, for `crossing`.
    #[serde(default)]
    pub share: Option<String>,
    /// How the boat lies to the sea.
    pub motion: Motion,
    /// Who is near.
    #[serde(default)]
    pub help: Help,
    /// Disturbances at their own rates.
    #[serde(default)]
    pub recurring: Vec<String>,
    /// Disturbances at the start, in this order.
    #[serde(default)]
    pub once: Vec<String>,
    /// Disturbances spread over the phase, with the id of their number.
    #[serde(default)]
    pub spread: Vec<(String, String)>,
}

/// How a boat lies to the sea.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// On a course, at any angle to the sea.
    UnderWay,
    /// Engine off, near beam-on.
    Adrift,
    /// Held or stopped while something is done; near beam-on as adrift.
    Stopped,
}

/// Who is near enough to lift people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Help {
    /// Nobody.
    #[default]
    Nobody,
    /// The vessels on scene, at a distance.
    StandingBy,
    /// A vessel alongside.
    Alongside,
}

/// Something that happens to a boat from outside. Every number is the id of a constant.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disturbance {
    /// How often, per hour, where it recurs.
    #[serde(default)]
    pub rate: Option<String>,
    /// Height and period of a wash.
    #[serde(default)]
    pub wash: Option<(String, String)>,
    /// Heeling lever of a pulse.
    #[serde(default)]
    pub lever: Option<String>,
    /// Whether the boat turns sharply.
    #[serde(default)]
    pub turn: bool,
    /// Chance that the crowd reacts.
    #[serde(default)]
    pub trigger: Option<String>,
    /// Added chance of a structural failure.
    #[serde(default)]
    pub failure: Option<String>,
    /// Risk to rescuers and officers.
    #[serde(default)]
    pub crew: Option<String>,
}

const FILES: [&str; 8] = [
    include_str!("../options/do_nothing.toml"),
    include_str!("../options/stand_off.toml"),
    include_str!("../options/beach_stop.toml"),
    include_str!("../options/shallow_stop_empty.toml"),
    include_str!("../options/shallow_stop_loaded.toml"),
    include_str!("../options/turn_back.toml"),
    include_str!("../options/engine_disabled.toml"),
    include_str!("../options/take_off.toml"),
];

static OPTIONS: LazyLock<Vec<OptionSpec>> = LazyLock::new(|| {
    FILES.iter().map(|text| toml::from_str(text).unwrap_or_else(|e| panic!("options: {e}"))).collect()
});

static DISTURBANCES: LazyLock<BTreeMap<String, Disturbance>> = LazyLock::new(|| {
    toml::from_str(include_str!("../options/disturbances.toml")).unwrap_or_else(|e| panic!("disturbances: {e}"))
});

/// Every option.
#[must_use]
pub fn all() -> &'static [OptionSpec] {
    &OPTIONS
}

/// The option of that id.
///
/// # Panics
/// If a file is missing: a mistake in the source, which the tests catch.
#[must_use]
pub fn get(id: OptionId) -> &'static OptionSpec {
    OPTIONS.iter().find(|o| o.id == id).unwrap_or_else(|| panic!("no option {id:?}"))
}

/// The disturbance of that name.
///
/// # Panics
/// If there is none: a mistake in the source, which the tests catch.
#[must_use]
pub fn disturbance(name: &str) -> &'static Disturbance {
    DISTURBANCES.get(name).unwrap_or_else(|| panic!("no disturbance {name}"))
}

/// A disturbance with its numbers drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Drawn {
    /// How often, per hour; 0 where it does not recur.
    pub rate_per_h: f64,
    /// Height of the wash, m; 0 for none.
    pub wash_height_m: f64,
    /// Its period, s.
    pub wash_period_s: f64,
    /// Heeling lever of the pulse, m; 0 for none.
    pub lever_m: f64,
    /// Whether the boat turns sharply.
    pub turn: bool,
    /// Chance that the crowd reacts, before factors.
    pub trigger: f64,
    /// Added chance of a structural failure.
    pub failure: f64,
    /// Deaths of rescuers and officers.
    pub crew: f64,
}

impl Disturbance {
    /// This disturbance in one state of knowledge.
    #[must_use]
    pub fn draw(&self, k: &Knowledge) -> Drawn {
        let of = |id: &Option<String>| id.as_ref().map_or(0.0, |id| value(id, k));
        Drawn {
            rate_per_h: of(&self.rate),
            wash_height_m: self.wash.as_ref().map_or(0.0, |w| value(&w.0, k)),
            wash_period_s: self.wash.as_ref().map_or(0.0, |w| value(&w.1, k)),
            lever_m: of(&self.lever),
            turn: self.turn,
            trigger: of(&self.trigger),
            failure: of(&self.failure),
            crew: of(&self.crew),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::constant;

    #[test]
    fn every_option_has_a_file_whose_names_and_constants_exist() {
        let k = Knowledge::central();
        for id in OptionId::ALL {
            let o = get(id);
            assert_eq!(o.force, id.bears_burden_of_proof());
            assert!(!o.phases.is_empty());
            assert!(!o.force || !o.rescue);
            for law in &o.law {
                assert!(plimsoll_case::answer::law::all().iter().any(|l| &l.id == law), "{law}");
            }
            for p in &o.phases {
                if !["crossing", "transfer", "landing"].contains(&p.lasts.as_str()) {
                    assert_eq!(constant(&p.lasts).unit, "min");
                }
                for name in p.recurring.iter().chain(&p.once).chain(p.spread.iter().map(|s| &s.0)) {
                    let d = disturbance(name).draw(&k);
                    assert!(d.trigger < 1.0);
                }
                for name in &p.recurring {
                    assert!(disturbance(name).draw(&k).rate_per_h > 0.0, "{name}");
                }
                for (_, number) in &p.spread {
                    assert_eq!(constant(number).unit, "1");
                }
            }
        }
    }
}
