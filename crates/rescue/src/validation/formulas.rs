//! Closed forms: cooling times, and the queue with nobody dying.

use crate::assets::{Asset, Kind};
use crate::event::{self, AssetArrival, EventInput, RescueSetup, Scratch};
use crate::person::{Phase, Population};
use crate::survival::cooling::{ceiling_min, hayward_min};
use crate::survival::support::{Lost, WreckPlaces};
use crate::survival::{Conditions, Light, RescueConstants};
use plimsoll_core::random::Stream;
use plimsoll_core::validation::Case;

/// Hayward, Eckerson and Collis (1975): water temperature and minutes.
const HAYWARD: [(f64, f64); 8] = [
    (0.0, 106.7),
    (5.0, 132.1),
    (7.5, 150.8),
    (10.0, 176.8),
    (12.5, 215.0),
    (15.0, 276.8),
    (17.5, 393.9),
    (20.0, 700.7),
];

/// Xu and Giesbrecht (2018): water temperature and hours.
const CEILING: [(f64, f64); 3] = [(10.0, 11.88), (15.0, 21.24), (20.0, 33.34)];

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (t, minutes) in HAYWARD {
        let q = format!("predicted survival time at {t} degC");
        cases.push(Case::new("W1", "cooling time", "Hayward, Eckerson and Collis (1975)", &q, "min").value(
            minutes,
            0.1,
            hayward_min(t),
        ));
    }
    for (t, hours) in CEILING {
        let q = format!("upper limit of survival at {t} degC");
        cases.push(Case::new("W1", "ceiling of cooling time", "Xu and Giesbrecht (2018)", &q, "h").value(
            hours,
            0.01,
            ceiling_min(t) / 60.0,
        ));
    }
    let least = (300..=2500)
        .map(|c| ceiling_min(f64::from(c) * 0.01) / hayward_min(f64::from(c) * 0.01))
        .fold(f64::INFINITY, f64::min);
    cases.push(
        Case::new("W1", "ceiling above Hayward", "both", "least ratio of the two, 3 to 25 degC", "1")
            .band(1.0, 10.0, least),
    );
    cases.extend(queue());
    cases
}

/// A queue whose answer is plain arithmetic: nobody dies, people stay together, one asset of one rate.
fn queue() -> Vec<Case> {
    const PEOPLE: u32 = 60;
    const PER_MIN: f64 = 0.5;
    let boat = Asset {
        id: "test".into(),
        name: "constant rate".into(),
        kind: Kind::PatrolShip,
        country: "any".into(),
        position: None,
        launch_min: [0.0, 0.0],
        speed_kn: 20.0,
        capacity: 1000,
        lift_per_min: [PER_MIN, PER_MIN, PER_MIN * (1.0 + 1e-12)],
        source: "none".into(),
        confidence: "none".into(),
    };
    let mut constants = RescueConstants::earlier_form();
    (constants.lifts.anchor, constants.lifts.cluster_m, constants.lifts.diffusivity_m2_s) = (1.0, 0.0, 0.0);
    let (mut safe, mut fatal) = (constants, constants);
    (safe.cold_shock.p_swimmer, safe.cold_shock.p_non_swimmer, safe.cold_shock.p_cold) = (0.0, 0.0, 0.0);
    safe.support.p_hold_upright = 1.0;
    fatal.support.p_hold_upright = 1.0;
    let population = Population { swimmers: 0.45, children: 0.0, jackets_worn: 0.0, jackets_float: 0.0 };
    let conditions = Conditions { water_c: 24.0, hs_m: 0.0, light: Light::Day };
    let mut scratch = Scratch::default();
    let mut run = |constants: &RescueConstants, arrivals: &[AssetArrival]| {
        let setup = RescueSetup::new(constants, &population, &conditions, &[&boat, &boat]);
        let input = EventInput {
            stream: Stream::new(1),
            realisation: 0,
            first_person: 0,
            in_water: PEOPLE,
            held_clear: 0,
            lost: Lost::Swamped,
            wreck: WreckPlaces::UNLIMITED,
            arrivals,
            floats_first: false,
            horizon_min: 600.0,
        };
        event::run(&setup, &input, &mut scratch)
    };
    let case = |name: &str, quantity: &str, unit: &str, expected: f64, computed: f64| {
        Case::new("V14", name, "arithmetic", quantity, unit).value(expected, 1e-3, computed)
    };
    let at = |asset, minutes| AssetArrival { asset, minutes };
    let one = run(&safe, &[at(0, 0.0)]);
    let two = run(&safe, &[at(0, 0.0), at(1, 0.0)]);
    let late = run(&safe, &[at(0, 10.0), at(1, 40.0)]);
    let mut instant = constants;
    instant.cold_shock = fatal.cold_shock;
    instant.support.p_hold_upright = 1.0;
    instant.lifts.anchor = 1e9;
    let after_first_minutes = run(&instant, &[at(0, 3.0)]);
    vec![
        case("queue, one asset", "last lift = people/rate", "min", 120.0, f64::from(one.last_lift_min)),
        case("queue, one asset", "first lift = 1/rate", "min", 2.0, f64::from(one.first_lift_min)),
        case("queue, one asset", "deaths", "1", 0.0, f64::from(one.deaths)),
        case("queue, two assets", "last lift = people/(2 rate)", "min", 60.0, f64::from(two.last_lift_min)),
        // 15 people by minute 40, the other 45 by two at once: the 23rd pair's first ends at 40 + 46
        case("queue, second asset later", "last lift", "min", 86.0, f64::from(late.last_lift_min)),
        case(
            "queue, boundless rate at the end of the first minutes",
            "deaths of other phases",
            "1",
            0.0,
            f64::from(after_first_minutes.deaths - after_first_minutes.deaths_by_phase[Phase::FirstMinutes as usize]),
        ),
        case(
            "queue, boundless rate at the end of the first minutes",
            "deaths and lifts",
            "1",
            f64::from(PEOPLE),
            f64::from(after_first_minutes.deaths + after_first_minutes.lifted),
        ),
    ]
}
