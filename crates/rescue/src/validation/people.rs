//! W2 and W3: one person at a time against published experiments and cohorts.

use crate::person::{LANES, Population, Shares, draw_lanes};
use crate::survival::lifejacket::Flotation;
use crate::survival::support::{Lost, warm_factor};
use crate::survival::{Conditions, Light, Rates, RescueConstants};
use plimsoll_core::ensemble::OUTER;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_core::validation::Case;

pub(crate) fn cases() -> Vec<Case> {
    vec![swimmers(), lifejackets()]
}

/// Share of fit swimmers in swimwear that fail within 90 min at 10 degC. The median is taken from this very experiment,
/// so this checks how the pieces go together, not the model's power to predict.
fn swimmers() -> Case {
    let failed = (0..OUTER)
        .map(|k| {
            let c = RescueConstants::draw(&Knowledge::outer(1, k as u32)).support;
            maths::normal_cdf(maths::ln(90.0 / (c.fit_min * warm_factor(10.0))) / c.swim_spread)
        })
        .sum::<f64>()
        / OUTER as f64;
    Case::new(
        "W2",
        "fit swimmers in swimwear (calibrated on it)",
        "Tipton and others, Lancet 354 (1999) 626",
        "share failed or withdrawn by 90 min, 10 degC",
        "1",
    )
    .band(0.3, 0.7, failed)
}

/// Deaths within 60 min with a real lifejacket relative to none, same people, same boat, same sea, nobody coming.
pub(crate) fn relative_risk(
    constants: &RescueConstants,
    conditions: &Conditions,
    swimmers: f64,
    groups: std::ops::Range<u64>,
) -> [u32; 2] {
    const PEOPLE: u32 = 8;
    let rates = Rates::new(constants, conditions);
    let stream = Stream::new(1);
    [0.0, 1.0].map(|worn| {
        let population = Population { swimmers, children: 0.0, jackets_worn: worn, jackets_float: 1.0 };
        let shares = Shares::new(&constants.population, &population);
        let mut dead = 0;
        for r in groups.clone() {
            let luck = stream.normal(r, 1, Purpose::Support, 0);
            let held = constants.support.event_share(Lost::ThrownOff, luck) as f32;
            for first in (0..PEOPLE).step_by(LANES) {
                for mut p in draw_lanes(&stream, r, first, &shares, &rates) {
                    if worn == 0.0 {
                        p.flotation = Flotation::None;
                    }
                    let course = p.course(&rates, p.state(held, &rates), false);
                    dead += u32::from(course.death_min <= 60.0);
                }
            }
        }
        dead
    })
}

fn lifejackets() -> Case {
    let (mut with, mut without) = (0, 0);
    for k in 0..OUTER {
        let c = RescueConstants::draw(&Knowledge::outer(1, k as u32));
        let conditions = Conditions { water_c: 15.0, hs_m: 0.5, light: Light::Day };
        let [bare, worn] = relative_risk(&c, &conditions, 0.7, 8 * k..8 * k + 8);
        with += worn;
        without += bare;
    }
    Case::new(
        "W3",
        "lifejackets worn, same boat (splash rate leans on it)",
        "Cummings, Mueller and Quan, Injury Prevention 17 (2011) 156",
        "risk to drown within 60 min relative to none, 15 degC, Hs 0.5 m",
        "1",
    )
    .band(0.35, 0.74, f64::from(with) / f64::from(without))
}
