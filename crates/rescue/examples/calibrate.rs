//! Weighs the judged constants by what happened: `cargo run --release -p plimsoll-rescue --example calibrate [draws]`.
//!
//! Priors are the ranges below. Each draw is weighed by how often it reproduces the deaths of five mass immersions with
//! help near (given that somebody died: events without a death are not on record) and the survivors of 24 November 2021.
//! The events of 12 July and 3 September 2024 are held back. Prints each constant's posterior beside its prior.
#![allow(clippy::print_stdout, reason = "an example prints")]

use plimsoll_core::belief::Belief;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths;
use plimsoll_rescue::survival::RescueConstants;
use plimsoll_rescue::validation::events;

const SIMULATIONS: u64 = 48;
/// Width of the kernel on the square root of a count, about one death more or less at four: errors of the record.
const KERNEL: f64 = 0.25;

fn tri(low: f64, likely: f64, high: f64) -> Belief {
    Belief::Triangular { low, likely, high }
}

fn wide(median: f64, gsd: f64) -> Belief {
    Belief::LogNormal { median, gsd }
}

fn kernel(computed: f64, observed: f64) -> f64 {
    let d = (computed.sqrt() - observed.sqrt()) / KERNEL;
    maths::exp(-0.5 * d * d)
}

fn main() {
    let draws: u32 = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(4000);
    type Place = fn(&mut RescueConstants) -> &mut f64;
    let priors: Vec<(&str, Belief, Place)> = vec![
        ("cold_shock.p_swimmer", wide(0.008, 1.8), |c| &mut c.cold_shock.p_swimmer),
        ("cold_shock.p_non_swimmer", wide(0.03, 1.8), |c| &mut c.cold_shock.p_non_swimmer),
        ("cold_shock.p_cold", wide(0.03, 1.8), |c| &mut c.cold_shock.p_cold),
        ("cold_shock.trapped", tri(0.02, 0.06, 0.15), |c| &mut c.cold_shock.trapped),
        ("support.p_hold", tri(0.5, 0.85, 0.95), |c| &mut c.support.p_hold),
        ("support.p_hold_upright", tri(0.5, 0.9, 0.95), |c| &mut c.support.p_hold_upright),
        ("support.torso_share", tri(0.4, 0.8, 0.98), |c| &mut c.support.torso_share),
        ("support.grip_median", wide(30.0, 1.7), |c| &mut c.support.grip_median_min),
        ("support.non_swimmer", tri(2.0, 4.0, 8.0), |c| &mut c.support.non_swimmer_min),
        ("support.partial_float", tri(8.0, 15.0, 30.0), |c| &mut c.support.partial_min),
        ("support.torso_per_m", tri(1.0, 2.0, 3.0), |c| &mut c.support.torso_per_m),
        ("support.places_per_m", tri(2.0, 4.0, 6.0), |c| &mut c.support.places_per_m),
        ("cooling.k_hyp", tri(0.8, 1.0, 1.4), |c| &mut c.cooling.k_hyp),
        ("cooling.torso", tri(1.2, 1.8, 3.0), |c| &mut c.cooling.torso),
        ("cooling.spread", tri(0.35, 0.45, 0.55), |c| &mut c.cooling.spread),
        ("lifts.anchor", tri(0.4, 0.6, 0.9), |c| &mut c.lifts.anchor),
        ("lifts.night", tri(0.35, 0.5, 0.9), |c| &mut c.lifts.night),
        ("support.hold_correlation (latent)", tri(0.15, 0.5, 0.75), |c| &mut c.support.latent_correlation),
        ("support.swimmer_min", tri(13.0, 25.0, 45.0), |c| &mut c.support.swimmer_min),
    ];
    let immersions: Vec<_> = events::observed().into_iter().filter(|e| e.id != "W6" && e.id != "W7").collect();
    let unattended = events::unattended();
    let mut weighed: Vec<(f64, Vec<f64>)> = Vec::new();
    for draw in 0..draws {
        let k = Knowledge::attempt(7, draw, 1);
        let mut c = RescueConstants::draw(&k);
        let mut values = Vec::new();
        for (id, belief, place) in &priors {
            let v = k.of(id, belief);
            *place(&mut c) = v;
            values.push(v);
        }
        let realisations = || (0..SIMULATIONS).map(|i| u64::from(draw) * SIMULATIONS + i);
        let (mut weight, mut fatality) = (1.0, 0.0);
        for e in &immersions {
            let all = e.replay_in(&c, &k, 7, realisations(), 720.0);
            fatality += all.iter().map(|o| f64::from(o.deaths)).sum::<f64>()
                / (SIMULATIONS as f64 * f64::from(e.people) * immersions.len() as f64);
            let fatal = all.iter().filter(|o| o.deaths > 0).count() as f64;
            let near: f64 =
                all.iter().filter(|o| o.deaths > 0).map(|o| kernel(f64::from(o.deaths), f64::from(e.deaths))).sum();
            weight *= if fatal > 0.0 { near / fatal } else { 0.0 };
        }
        for (horizon, alive) in [(252.0, 10.5), (570.0, 2.0)] {
            let all = unattended.replay_in(&c, &k, 7, realisations(), horizon);
            weight *= all.iter().map(|o| kernel(f64::from(o.unrecovered), alive)).sum::<f64>() / SIMULATIONS as f64;
        }
        values.push(fatality);
        weighed.push((weight, values));
    }
    let total: f64 = weighed.iter().map(|w| w.0).sum();
    let squares: f64 = weighed.iter().map(|w| w.0 * w.0).sum();
    println!("{draws} draws, effective number {:.0}", total * total / squares);
    println!("{:34} prior 5 %   50 %   95 %   posterior 5 %   50 %   95 %", "constant");
    let names = priors.iter().map(|(id, belief, _)| (*id, Some(belief))).chain([("case fatality, help near", None)]);
    for (i, (id, belief)) in names.enumerate() {
        let mut prior: Vec<f64> = weighed.iter().map(|(_, v)| v[i]).collect();
        prior.sort_by(f64::total_cmp);
        let prior_quantile =
            |u: f64| belief.map_or_else(|| prior[(u * prior.len() as f64) as usize], |b: &Belief| b.quantile(u));
        let mut values: Vec<(f64, f64)> = weighed.iter().map(|(w, v)| (v[i], w / total)).collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let quantile = |u: f64| {
            let mut sum = 0.0;
            values
                .iter()
                .find(|(_, w)| {
                    sum += w;
                    sum >= u
                })
                .map_or(f64::NAN, |v| v.0)
        };
        println!(
            "{id:34} {:9.3} {:6.3} {:6.3} {:15.3} {:6.3} {:6.3}",
            prior_quantile(0.05),
            prior_quantile(0.5),
            prior_quantile(0.95),
            quantile(0.05),
            quantile(0.5),
            quantile(0.95)
        );
    }
}
