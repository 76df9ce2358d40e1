//! Observed events, each with its own facts: W2 to W10 and W18 as far as survival and rescue alone can answer.
//!
//! Facts are from public reports as listed in the incident table. What a report does not say (places on the wreck, who
//! stayed aboard it, arrivals between the first and the last vessel) is a stated assumption of the event, not a constant.

use crate::assets::{self, Asset};
use crate::event::{self, AssetArrival, EventInput, RescueOutcome, RescueSetup, Scratch};
use crate::person::Population;
use crate::survival::{Conditions, Light, RescueConstants};
use plimsoll_core::belief::Belief;
use plimsoll_core::ensemble::OUTER;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::random::Stream;

/// A mass immersion that happened.
#[derive(Clone, Debug)]
pub struct ObservedEvent {
    /// Number in the validation plan.
    pub id: &'static str,
    /// Date and place.
    pub name: &'static str,
    /// People in the water.
    pub in_water: u32,
    /// People who stayed aboard the flooded hull.
    pub held_clear: u32,
    /// Shares of the group.
    pub population: [Belief; 4],
    /// Water temperature, degC.
    pub water_c: Belief,
    /// Significant wave height, m.
    pub hs_m: Belief,
    /// Daylight.
    pub light: Light,
    /// Tube afloat, m, and floor that carries people, m2.
    pub wreck: [Belief; 2],
    /// Inverted or folded.
    pub inverted_or_folded: bool,
    /// Who came, and after how many minutes.
    pub help: Vec<(&'static str, Belief)>,
    /// Deaths, observed.
    pub deaths: u32,
}

/// Results of an event over states of knowledge and chance.
#[derive(Clone, Debug)]
pub struct Replay {
    /// One outcome for each realisation.
    pub outcomes: Vec<RescueOutcome>,
    /// People concerned.
    pub people: u32,
}

impl ObservedEvent {
    /// Replays the event `per_outer` times in each of 256 states of knowledge.
    ///
    /// # Panics
    /// If an asset is not in the table.
    #[must_use]
    pub fn replay(&self, seed: u64, per_outer: u64) -> Replay {
        let fleet: Vec<&Asset> = self
            .help
            .iter()
            .map(|(id, _)| assets::find(id).expect("an asset"))
            .collect();
        let mut scratch = Scratch::default();
        let mut outcomes = Vec::with_capacity((OUTER * per_outer) as usize);
        for outer in 0..OUTER {
            let k = Knowledge::outer(seed, outer as u32);
            let of = |key: &str, belief: &Belief| k.of(&format!("{}.{key}", self.id), belief);
            let [swimmers, children, worn, float] = &self.population;
            let population = Population {
                swimmers: of("swimmers", swimmers),
                children: of("children", children),
                jackets_worn: of("worn", worn),
                jackets_float: of("float", float),
            };
            let conditions = Conditions {
                water_c: of("water", &self.water_c),
                hs_m: of("hs", &self.hs_m),
                light: self.light,
            };
            let setup = RescueSetup::new(&RescueConstants::draw(&k), &population, &conditions, &fleet);
            let arrivals: Vec<AssetArrival> = (self.help.iter().enumerate())
                .map(|(i, (_, minutes))| AssetArrival {
                    asset: i as u16,
                    minutes: of(&format!("minutes{i}"), minutes) as f32,
                })
                .collect();
            let wreck = setup
                .support
                .places(of("tube", &self.wreck[0]), of("deck", &self.wreck[1]));
            for inner in 0..per_outer {
                outcomes.push(event::run(
                    &setup,
                    &EventInput {
                        stream: Stream::new(seed),
                        realisation: outer + OUTER * inner,
                        first_person: 0,
                        in_water: self.in_water,
                        held_clear: self.held_clear,
                        inverted_or_folded: self.inverted_or_folded,
                        wreck,
                        arrivals: &arrivals,
                        floats_first: false,
                        horizon_min: 720.0,
                    },
                    &mut scratch,
                ));
            }
        }
        Replay {
            outcomes,
            people: self.in_water + self.held_clear,
        }
    }
}

impl Replay {
    /// The quantile `u` of any figure of the outcomes.
    #[must_use]
    pub fn quantile(&self, u: f64, figure: impl Fn(&RescueOutcome) -> f64) -> f64 {
        let mut all: Vec<f64> = self.outcomes.iter().map(figure).collect();
        all.sort_by(f64::total_cmp);
        all[((u * all.len() as f64) as usize).min(all.len() - 1)]
    }

    /// The mean of any figure of the outcomes.
    #[must_use]
    pub fn mean(&self, figure: impl Fn(&RescueOutcome) -> f64) -> f64 {
        self.outcomes.iter().map(figure).sum::<f64>() / self.outcomes.len() as f64
    }
}

fn uniform(low: f64, high: f64) -> Belief {
    Belief::Uniform { low, high }
}

fn normal(mean: f64, sd: f64) -> Belief {
    Belief::Normal {
        mean,
        sd,
        low: Some(mean - 3.0 * sd),
        high: Some(mean + 3.0 * sd),
    }
}

/// The mass immersions with help within about an hour whose facts are known well enough.
#[must_use]
pub fn observed() -> Vec<ObservedEvent> {
    let swimmers = || uniform(0.2, 0.7);
    vec![
        ObservedEvent {
            id: "W5",
            name: "14 Dec 2022, beside a fishing vessel",
            in_water: 47,
            held_clear: 0,
            population: [swimmers(), uniform(0.0, 0.2), uniform(0.3, 0.8), uniform(0.1, 0.5)],
            water_c: normal(10.0, 0.7),
            hs_m: uniform(0.2, 0.6),
            light: Light::Night,
            wreck: [uniform(12.0, 17.0), uniform(0.0, 6.0)],
            inverted_or_folded: true,
            help: vec![
                ("fishing-vessel", uniform(1.0, 3.0)),
                ("lifeboat-dover", uniform(20.0, 45.0)),
                ("helicopter-lydd", uniform(20.0, 45.0)),
                ("patrol-20m", uniform(20.0, 60.0)),
            ],
            deaths: 8,
        },
        ObservedEvent {
            id: "W6",
            name: "12 Jul 2024, off Boulogne",
            in_water: 60,
            held_clear: 0,
            population: [swimmers(), uniform(0.0, 0.2), uniform(0.02, 0.1), uniform(0.3, 0.9)],
            water_c: normal(16.4, 0.9),
            hs_m: uniform(0.2, 0.6),
            light: Light::Twilight,
            wreck: [uniform(8.0, 16.0), uniform(3.0, 9.0)],
            inverted_or_folded: false,
            help: vec![
                ("esvagt-charlie", uniform(2.0, 12.0)),
                ("fishing-vessel", uniform(5.0, 20.0)),
            ],
            deaths: 4,
        },
        ObservedEvent {
            id: "W7",
            name: "3 Sep 2024, off Cap Gris-Nez",
            in_water: 65,
            held_clear: 0,
            population: [swimmers(), uniform(0.1, 0.25), uniform(0.1, 0.15), uniform(0.5, 1.0)],
            water_c: normal(19.0, 0.8),
            hs_m: uniform(0.2, 0.6),
            light: Light::Day,
            wreck: [uniform(9.0, 13.0), Belief::Exact(0.0)],
            inverted_or_folded: true,
            help: vec![
                ("minck", uniform(3.0, 12.0)),
                ("fishing-vessel", uniform(20.0, 45.0)),
                ("lifeboat-calais", uniform(30.0, 60.0)),
                ("helicopter-le-touquet", uniform(25.0, 50.0)),
                ("vcsm-aber-ildut", uniform(25.0, 60.0)),
            ],
            deaths: 13,
        },
        ObservedEvent {
            id: "W8",
            name: "22 Nov 2023, off Equihen",
            in_water: 61,
            held_clear: 0,
            population: [swimmers(), uniform(0.0, 0.2), uniform(0.3, 0.8), uniform(0.1, 0.5)],
            water_c: normal(12.9, 0.9),
            hs_m: uniform(0.2, 0.8),
            light: Light::Day,
            wreck: [uniform(12.0, 17.0), uniform(4.0, 9.0)],
            inverted_or_folded: false,
            help: vec![
                ("vcsm-aber-ildut", uniform(3.0, 7.0)),
                ("lifeboat-boulogne", uniform(25.0, 45.0)),
                ("helicopter-le-touquet", uniform(25.0, 45.0)),
                ("fishing-vessel", uniform(15.0, 45.0)),
            ],
            deaths: 3,
        },
        ObservedEvent {
            id: "W9",
            name: "12 May 2025, off Hardelot",
            in_water: 69,
            held_clear: 0,
            population: [swimmers(), uniform(0.0, 0.2), uniform(0.3, 0.8), uniform(0.1, 0.5)],
            water_c: normal(11.3, 0.9),
            hs_m: uniform(0.2, 0.6),
            light: Light::Day,
            wreck: [uniform(12.0, 17.0), uniform(4.0, 9.0)],
            inverted_or_folded: false,
            help: vec![
                ("patrol-20m", uniform(2.0, 4.0)),
                ("abeille-normandie", uniform(5.0, 20.0)),
            ],
            deaths: 1,
        },
    ]
}

pub(crate) fn cases() -> Vec<plimsoll_core::validation::Case> {
    Vec::new()
}
