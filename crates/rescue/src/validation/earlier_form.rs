//! V13: the model switched to its earlier form against the reference Monte Carlo `survival_ref.py`.

use crate::person::{LANES, Population, Shares, draw_lanes};
use crate::survival::{Conditions, Light, Rates, RescueConstants};
use plimsoll_core::random::Stream;
use plimsoll_core::validation::Case;

/// Minutes at which the reference prints survival.
pub const MINUTES: [f32; 7] = [5.0, 15.0, 30.0, 60.0, 120.0, 240.0, 570.0];

/// Printed by the reference with 400,000 people: water temperature and survival at [`MINUTES`], each with collapse at a
/// rescue at that minute.
pub const PRINTED: [(f64, [f64; 7]); 5] = [
    (5.0, [0.930, 0.879, 0.846, 0.766, 0.428, 0.065, 0.000]),
    (10.0, [0.930, 0.879, 0.848, 0.809, 0.608, 0.176, 0.003]),
    (13.0, [0.937, 0.890, 0.860, 0.833, 0.719, 0.320, 0.014]),
    (17.0, [0.945, 0.900, 0.876, 0.849, 0.820, 0.631, 0.114]),
    (20.0, [0.952, 0.908, 0.885, 0.862, 0.844, 0.817, 0.510]),
];

/// Survival of `people` by the earlier form if everyone is lifted at each of [`MINUTES`].
#[must_use]
pub fn survival(water_c: f64, people: u32, seed: u64) -> [f64; 7] {
    let constants = RescueConstants::earlier_form();
    let population = Population { swimmers: 0.45, children: 0.0, jackets_worn: 1.0, jackets_float: 0.10 };
    let conditions = Conditions { water_c, hs_m: 0.0, light: Light::Day };
    let shares = Shares::new(&constants.population, &population);
    let rates = Rates::new(&constants, &conditions);
    let held = constants.support.p_hold as f32;
    let mut alive = [0_u32; 7];
    for first in (0..people).step_by(LANES) {
        for p in draw_lanes(&Stream::new(seed), 0, first, &shares, &rates) {
            let course = p.course(&rates, p.state(held, &rates), false);
            for (count, t) in alive.iter_mut().zip(MINUTES) {
                *count += u32::from(p.survives_lift(&course, &rates, t, false));
            }
        }
    }
    alive.map(|n| f64::from(n) / f64::from(people))
}

/// Three standard errors of the difference of two shares of `n` and 400,000 people, and half the printed digit.
#[must_use]
pub fn tolerance(share: f64, n: u32) -> f64 {
    let p = share.clamp(0.001, 0.999);
    3.0 * (p * (1.0 - p) * (1.0 / f64::from(n) + 1.0 / 400_000.0)).sqrt() + 0.0005
}

pub(crate) fn cases() -> Vec<Case> {
    const PEOPLE: u32 = 100_000;
    let mut cases = Vec::new();
    for (water_c, printed) in PRINTED {
        for ((minutes, expected), ours) in MINUTES.iter().zip(printed).zip(survival(water_c, PEOPLE, 1)) {
            cases.push(
                Case::new(
                    "V13",
                    "survival, earlier form",
                    "survival_ref.py, 400,000 people",
                    &format!("share alive, water {water_c} degC, lifted at {minutes} min"),
                    "1",
                )
                .value(expected, tolerance(expected, PEOPLE), ours),
            );
        }
    }
    cases
}
