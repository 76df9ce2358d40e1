//! Samples of a calibration and a back-test. EVERY FIGURE IS INVENTED.

use super::VERSION;
use crate::answer::assess::RestsOn;
use crate::answer::calibration::{
    BacktestAnswer, BacktestEvent, BacktestYear, Brier, CalibrateAnswer, CalibratedConstant, CalibratedGroup,
    CountForetold, Coverage, Evenness, MechanismShare, UnusedEvent,
};
use crate::answer::{Answer as _, Quantiles};

const MECHANISMS: [&str; 5] = ["flooding", "structure", "crush", "overboard", "boarding"];

fn groups() -> Vec<CalibratedGroup> {
    vec![CalibratedGroup {
        name: "water".into(),
        draws: 1000,
        effective: 123.4,
        observations: vec!["C901".into(), "C902".into()],
    }]
}

/// A fit with one constant of each kind, invented.
#[must_use]
pub fn calibrate() -> CalibrateAnswer {
    let constant = |id: &str, group: &str, moved: bool| CalibratedConstant {
        ledger: "plimsoll-rescue".into(),
        id: id.into(),
        unit: "min".into(),
        group: group.into(),
        before: Quantiles { q05: 1.0, q50: 2.0, q95: 4.0 },
        after: if moved {
            Quantiles { q05: 1.5, q50: 2.5, q95: 3.5 }
        } else {
            Quantiles { q05: 1.0, q50: 2.0, q95: 4.0 }
        },
        spread_left: if moved { 0.62 } else { 1.0 },
        shift: if moved { 0.8 } else { 0.0 },
        moved,
    };
    CalibrateAnswer {
        schema: CalibrateAnswer::tag(),
        version: VERSION.into(),
        digest: "0".repeat(64),
        seed: 7,
        groups: groups(),
        constants: vec![
            constant("support.invented", "water", true),
            constant("cooling.invented", "water", false),
            constant("wind.invented", "", false),
        ],
        rests_on: RestsOn::of(vec![], vec![]),
    }
}

/// A back-test with an event of each mechanism, a hit and a miss, invented.
#[must_use]
pub fn backtest() -> BacktestAnswer {
    let count = |observed, place| CountForetold { observed, q05: 1, q25: 2, q50: 4, q75: 7, q95: 15, place };
    let event = |(i, mechanism): (usize, &str)| BacktestEvent {
        id: format!("C90{i}"),
        date: format!("2030-01-0{}", i + 1),
        place: "an invented place".into(),
        aboard: 60,
        mechanism: mechanism.into(),
        deaths: count(3 + 4 * i as u32, 0.2 + 0.19 * i as f64),
        mechanism_share: 0.2,
    };
    let coverage = |within, least, most, passes| Coverage { events: 5, within, in_interval: 4, least, most, passes };
    BacktestAnswer {
        schema: BacktestAnswer::tag(),
        version: VERSION.into(),
        digest: "0".repeat(64),
        seed: 7,
        groups: groups(),
        events: MECHANISMS.into_iter().enumerate().map(event).collect(),
        unused: vec![UnusedEvent {
            id: "C909".into(),
            date: "2030-02-01".into(),
            place: "another invented place".into(),
            why: "cause not recorded".into(),
        }],
        places: Evenness { events: 5, distance: 0.21, limit: 0.563, rejected: false },
        half: coverage(0, 1, 4, false),
        ninety: coverage(4, 3, 5, true),
        years: vec![BacktestYear { year: 2030, boats: 500, events: count(16, 0.96), per_boat: 0.009 }],
        brier: Brier { boats: 500, score: 0.0123, reference: 0.0125 },
        mechanisms: MECHANISMS.map(|m| MechanismShare { name: m.into(), observed: 0.2, foretold: 0.2 }).into(),
        rests_on: RestsOn::of(vec![], vec![]),
    }
}
