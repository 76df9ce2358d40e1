//! What would be worth measuring: for one case, the constants whose knowledge would avoid most deaths (EVPPI), and those that explain
//! most of the spread of deaths under each option: `cargo run --release --example measure -- examples/dover-strait.toml 10000 1 16`,
//! so many realisations for each seed from the first to the last. What leads by seeds 1 to 16 and by 17 to 32 is no noise.
#![allow(clippy::print_stdout, reason = "an example")]
use plimsoll_assess::{basis, calibration, question::Question};
use plimsoll_boat::simd::Path;
use plimsoll_core::ensemble::OUTER;
use plimsoll_core::evppi::{Question as Asked, worth_asking};
use std::sync::atomic::AtomicBool;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let text = std::fs::read(&args[1]).expect("a file");
    let [n, from, to] = [2, 3, 4].map(|i| args[i].parse::<u64>().expect("a number"));
    let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
    let s = plimsoll_case::scenario::parse(&text, &ids).expect("a scenario");
    let constants = calibration::calibrated().expect("a calibration that goes with the constants");
    // the calibrated rows are the same for every seed; all else, chance included, is drawn anew
    let mut knowledge = Vec::new();
    let mut decidable: Vec<Vec<f64>> = Vec::new();
    let mut names = Vec::new();
    for seed in from..=to {
        let q = Question::new(s.encounter.clone(), constants, seed).expect("a boat that floats");
        let part =
            q.run(&[0..n], 2, Path::detect(), &|_| (), &AtomicBool::new(false)).expect("runs").expect("not cancelled");
        knowledge.extend((0..OUTER).map(|k| q.outer(k).expect("drawn").knowledge));
        let running = q.running.iter().zip(&part.tallies.0).filter(|(i, _)| q.asked[**i].validity.reasons().is_empty());
        for (o, (i, t)) in running.enumerate() {
            if o == decidable.len() {
                decidable.push(Vec::new());
                names.push(q.asked[*i].spec.id.as_str());
            }
            decidable[o].extend(t.outer.iter().map(|o| o.deaths.mean().unwrap_or(0.0)));
        }
    }
    let constants = || basis::ledgers().into_iter().flat_map(|l| l.constants().filter(|c| !c.value.is_exact()));
    let places: Vec<Vec<f64>> = constants().map(|c| knowledge.iter().map(|k| k.place(&c.id)).collect()).collect();
    let asked: Vec<Asked<'_>> = places.iter().map(|x| Asked { x, means: &decidable }).collect();
    let worth = worth_asking(&asked);
    // rank correlation squared, with standing off and with the best alternative's difference to it
    let difference: Vec<f64> = decidable[0].iter().zip(&decidable[decidable.len() - 1]).map(|(a, b)| b - a).collect();
    let mut found: Vec<(f64, [f64; 2], &str)> = (constants().zip(&places).zip(&worth))
        .map(|((c, x), w)| {
            (w.map_or(0.0, |w| w.value), [ranked(x, &decidable[0]), ranked(x, &difference)], c.id.as_str())
        })
        .collect();
    println!("options {names:?}, {} states of knowledge", knowledge.len());
    for by in 0..3 {
        let key = |f: &(f64, [f64; 2], &str)| [f.0, f.1[0], f.1[1]][by];
        found.sort_by(|a, b| key(b).total_cmp(&key(a)));
        println!(
            "by {}",
            ["EVPPI, deaths avoided", "rank correlation squared, standing off", "the same, difference"][by]
        );
        for f in &found[..8] {
            println!("  {:32} {:.6} {:.3} {:.3}", f.2, f.0, f.1[0], f.1[1]);
        }
    }
}

fn ranked(x: &[f64], y: &[f64]) -> f64 {
    let ranks = |v: &[f64]| -> Vec<f64> {
        let mut order: Vec<usize> = (0..v.len()).collect();
        order.sort_by(|a, b| v[*a].total_cmp(&v[*b]));
        let mut r = vec![0.0; v.len()];
        order.iter().zip((0..).map(f64::from)).for_each(|(i, rank)| r[*i] = rank);
        r
    };
    let (a, b) = (ranks(x), ranks(y));
    let n = a.len() as f64;
    let mean = 0.5 * (n - 1.0);
    let dot = |u: &[f64], v: &[f64]| u.iter().zip(v).map(|(u, v)| (u - mean) * (v - mean)).sum::<f64>();
    dot(&a, &b) * dot(&a, &b) / (dot(&a, &a) * dot(&b, &b))
}
