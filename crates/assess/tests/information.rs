//! What is worth knowing, on the whole model: holding a belief, EVPPI against nested Monte Carlo.

use plimsoll_assess::outcome::Partial;
use plimsoll_assess::question::{Hold, Question};
use plimsoll_boat::simd::Path;
use plimsoll_case::answer::OptionId;
use plimsoll_case::encounter::Encounter;
use plimsoll_core::draws::Constants;
use plimsoll_core::evppi::evppi;
use plimsoll_core::ledger::Held;
use std::sync::atomic::AtomicBool;

const README: &str = include_str!("../../../examples/dover-strait.toml");
const N: u64 = 2_560;

fn encounter(only: &[OptionId]) -> Encounter {
    let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
    let mut e = plimsoll_case::scenario::parse(README.as_bytes(), &ids).unwrap().encounter;
    e.options.only = Some(only.to_vec());
    e
}

fn run(q: &Question, n: u64) -> Partial {
    q.run(&[0..n], 2, Path::detect(), &|_| (), &AtomicBool::new(false)).unwrap().unwrap()
}

fn holding(only: &[OptionId], held: Held, n: u64) -> Partial {
    run(&Question::holding(encounter(only), Constants::Judged, 1, Hold::At(held)).unwrap(), n)
}

/// Deaths of the first option at each outer draw.
fn means(p: &Partial) -> Vec<f64> {
    p.tallies.0[0].outer.iter().filter_map(|o| o.deaths.mean()).collect()
}

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

#[test]
fn what_does_not_enter_changes_nothing_when_it_is_held() {
    let free = holding(&[OptionId::StandOff], Held::default(), 512);
    // nobody is at a beach here
    let held = holding(&[OptionId::StandOff], Held::default().with("boarding.per_person", 0.9), 512);
    assert_eq!(free.tallies, held.tallies);
    let more = holding(&[OptionId::StandOff], Held::default().with("aboard.people", 0.95), 512);
    assert!(mean(&means(&more)) > mean(&means(&free)));
}

/// The regression on one ensemble against nested Monte Carlo: standing off against something that always costs as much as
/// standing off does on average, so that the choice hangs on what is learnt. The number of people is learnt.
#[test]
fn evppi_agrees_with_nested_monte_carlo() {
    let id = "aboard.people";
    // one ensemble's regression is out by a third: deaths are few and come many at a time
    let each: Vec<f64> = (1..=6)
        .map(|seed| {
            let q = Question::new(encounter(&[OptionId::StandOff]), Constants::Judged, seed).unwrap();
            let free = means(&run(&q, N));
            let belief = q.encounter.aboard.people.value.clone();
            let x: Vec<f64> = (0..256).map(|k| q.outer(k).unwrap().knowledge.of(id, &belief)).collect();
            let level = mean(&free);
            evppi(&x, &[free, vec![level; 256]])
        })
        .collect();
    let places = 8_u32;
    let nested_of = |seed| {
        let known: Vec<f64> = (0..places)
            .map(|i| {
                let held = Held::default().with(id, (f64::from(i) + 0.5) / f64::from(places));
                let q = Question::holding(encounter(&[OptionId::StandOff]), Constants::Judged, seed, Hold::At(held));
                mean(&means(&run(&q.unwrap(), N)))
            })
            .collect();
        let level = mean(&known);
        known.iter().map(|m| level - m.min(level)).sum::<f64>() / f64::from(places)
    };
    let nested: Vec<f64> = (1..=3).map(nested_of).collect();
    // both are means of a few, of few deaths that come many at a time
    let [(regression, e), (nested, f)] = [&each, &nested].map(|v| (mean(v), error_of_mean(v)));
    let error = (e * e + f * f).sqrt();
    assert!(error < 0.3 * nested, "{each:?}");
    assert!((regression - nested).abs() < 3.0 * error + 0.05 * nested, "{each:?} {nested} {f}");
}

fn error_of_mean(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    (x.iter().map(|v| (v - mean(x)) * (v - mean(x))).sum::<f64>() / (n * (n - 1.0))).sqrt()
}
