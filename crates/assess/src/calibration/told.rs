//! The fit and the back-test as answers.

use super::backtest::{Backtest, Foretold, binomial_band, kolmogorov};
use super::fit::{Fit, ROWS, Weighed};
use super::record::{Mechanism, record};
use super::{SEED, asset, groups};
use crate::basis;
use plimsoll_case::answer::assess::{ConstantUsed, RestsOn};
use plimsoll_case::answer::calibration::{
    BacktestAnswer, BacktestEvent, BacktestYear, Brier, CalibrateAnswer, CalibratedConstant, CalibratedGroup,
    CountForetold, Coverage, Evenness, MechanismShare, UnusedEvent,
};
use plimsoll_case::answer::{Answer, Quantiles, digest};
use plimsoll_core::draws::Draws;
use plimsoll_core::ledger::Constant;

/// Standard deviation of a place that is spread evenly over 0 to 1: one over the root of 12.
const EVEN: f64 = 0.288_675_134_594_812_9;

fn groups(fit: &Fit) -> Vec<CalibratedGroup> {
    let of = |g: &Weighed| CalibratedGroup {
        name: g.group.name().into(),
        draws: g.draws.rows(),
        effective: g.weights.effective(),
        observations: g.observations.iter().map(|o| in_the_record(&o.name)).collect(),
    };
    fit.groups.iter().map(of).collect()
}

/// The number in the table of events of what a replay is named by.
fn in_the_record(name: &str) -> String {
    let replayed = record().events.iter().find(|e| e.replay.as_deref() == Some(name));
    replayed.map_or_else(|| name.to_owned(), |e| e.id.clone())
}

/// The answer of a fit.
#[must_use]
pub fn calibrate(fit: &Fit) -> CalibrateAnswer {
    let constants = fit.groups.iter().flat_map(|g| {
        let rows = g.resampled();
        g.group.constants().map(move |(ledger, c)| moved(g, &rows, ledger, c))
    });
    let mut answer = CalibrateAnswer {
        schema: CalibrateAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").into(),
        digest: String::new(),
        seed: SEED,
        groups: groups(fit),
        constants: constants.chain(groups::untouched().map(|(ledger, c)| untouched(ledger, c))).collect(),
        rests_on: rests_on(),
    };
    answer.digest = digest::of(&answer).unwrap_or_default();
    answer
}

fn rests_on() -> RestsOn {
    let constants: Vec<ConstantUsed> = basis::constants();
    RestsOn::of(constants, vec![asset::record_used()])
}

fn moved(weighed: &Weighed, rows: &Draws, ledger: &str, c: &Constant) -> CalibratedConstant {
    let places =
        |w: &dyn Fn(f64) -> f64| weighed.weights.mean(|i| w(weighed.draws.place(&c.id, i as u32).unwrap_or(0.5)));
    let mean = places(&|u| u);
    let variance = places(&|u| (u - mean) * (u - mean));
    let mut sorted: Vec<f64> = (0..ROWS).filter_map(|r| rows.place(&c.id, r)).collect();
    sorted.sort_by(f64::total_cmp);
    let at = |q: f64| c.value.quantile(sorted[((q * sorted.len() as f64) as usize).min(sorted.len() - 1)]);
    let (shift, spread_left) = ((mean - 0.5) / EVEN, variance.sqrt() / EVEN);
    // the mean of so many draws scatters by one over the root of their number, the spread by 0.45 of that (kurtosis 1.8)
    let noise = 1.0 / weighed.weights.effective().sqrt();
    CalibratedConstant {
        ledger: ledger.into(),
        id: c.id.clone(),
        unit: c.unit.clone(),
        group: weighed.group.name().into(),
        before: before(c),
        after: Quantiles { q05: at(0.05), q50: at(0.5), q95: at(0.95) },
        spread_left,
        shift,
        // of the 70 or so that are weighed, less than one passes 3.5 standard errors of either by chance
        moved: shift.abs() > 3.5 * noise || (spread_left - 1.0).abs() > 3.5 * 0.45 * noise,
    }
}

fn before(c: &Constant) -> Quantiles {
    Quantiles { q05: c.value.quantile(0.05), q50: c.value.quantile(0.5), q95: c.value.quantile(0.95) }
}

/// A constant on which no observation bears.
fn untouched(ledger: &str, c: &Constant) -> CalibratedConstant {
    CalibratedConstant {
        ledger: ledger.into(),
        id: c.id.clone(),
        unit: c.unit.clone(),
        group: String::new(),
        before: before(c),
        after: before(c),
        spread_left: 1.0,
        shift: 0.0,
        moved: false,
    }
}

fn count(f: &Foretold) -> CountForetold {
    CountForetold {
        observed: f.observed,
        q05: f.quantile(0.05),
        q25: f.quantile(0.25),
        q50: f.quantile(0.5),
        q75: f.quantile(0.75),
        q95: f.quantile(0.95),
        place: f.pit,
    }
}

/// The answer of a back-test.
#[must_use]
pub fn backtest(fit: &Fit, b: &Backtest) -> BacktestAnswer {
    let (distance, limit) = kolmogorov(b.events.iter().map(|e| e.deaths.pit).collect());
    let events = b.events.len() as u32;
    let coverage = |share: f64| {
        let within = b.events.iter().filter(|e| (e.deaths.pit - 0.5).abs() <= 0.5 * share).count() as u32;
        let (least, most) = binomial_band(events, share);
        Coverage {
            events,
            within,
            in_interval: b.events.iter().filter(|e| e.deaths.within(share)).count() as u32,
            least,
            most,
            passes: (least..=most).contains(&within),
        }
    };
    let [score, reference] = b.brier();
    let mut answer = BacktestAnswer {
        schema: BacktestAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").into(),
        digest: String::new(),
        seed: SEED,
        groups: groups(fit),
        events: (b.events.iter())
            .map(|e| BacktestEvent {
                id: e.event.id.clone(),
                date: e.event.date.clone(),
                place: e.event.place.clone(),
                aboard: e.event.aboard.unwrap_or_default(),
                mechanism: e.event.mechanism.map_or("", Mechanism::name).into(),
                deaths: count(&e.deaths),
                mechanism_share: e.mechanism_share,
            })
            .collect(),
        unused: (record().events.iter())
            .filter_map(|e| {
                let (id, date, place) = (e.id.clone(), e.date.clone(), e.place.clone());
                e.unused.clone().map(|why| UnusedEvent { id, date, place, why })
            })
            .collect(),
        places: Evenness { events, distance, limit, rejected: distance > limit },
        half: coverage(0.5),
        ninety: coverage(0.9),
        years: (b.years.iter())
            .map(|y| BacktestYear {
                year: y.year,
                boats: y.boats as u32,
                events: count(&y.events),
                per_boat: y.per_boat,
            })
            .collect(),
        brier: Brier { boats: b.years.iter().map(|y| y.boats as u32).sum(), score, reference },
        mechanisms: (Mechanism::ALL.iter().zip(b.mix))
            .map(|(m, (observed, foretold))| MechanismShare { name: m.name().into(), observed, foretold })
            .collect(),
        rests_on: rests_on(),
    };
    answer.digest = digest::of(&answer).unwrap_or_default();
    answer
}
