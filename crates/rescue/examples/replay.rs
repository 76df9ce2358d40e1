//! Observed mass immersions replayed: `cargo run --release -p plimsoll-rescue --example replay`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use plimsoll_rescue::validation::{facts, held_back};

fn main() {
    println!(
        "event                                     people  observed   q05   q50   q95  mean  last lift q05 q50 q95   deaths by phase"
    );
    let mut all = facts::observed();
    all.extend([held_back::ethan_allen(), held_back::sea_watch()]);
    all.extend(held_back::everybody_lived());
    for e in all {
        let r = e.replay(plimsoll_core::draws::Constants::Judged, 1, 16);
        let d = |u| r.quantile(u, |o| f64::from(o.deaths));
        let last = |u| r.quantile(u, |o| f64::from(o.last_lift_min));
        let phases: Vec<String> =
            (0..5).map(|p| format!("{:.1}", r.mean(|o| f64::from(o.deaths_by_phase[p])))).collect();
        println!(
            "{:3} {:38} {:5} {:8} {:6} {:5} {:5} {:5.1}   {:6.0} {:4.0} {:4.0}   {}",
            e.id,
            e.name,
            e.people,
            e.deaths,
            d(0.05),
            d(0.5),
            d(0.95),
            r.mean(|o| f64::from(o.deaths)),
            last(0.05),
            last(0.5),
            last(0.95),
            phases.join(" ")
        );
    }
    println!();
    for c in plimsoll_rescue::validation::cases().iter().filter(|c| c.id.starts_with('W')) {
        let state = if c.passes() { "hit " } else { "MISS" };
        println!(
            "{state} {:4} {:44} {:60} {:8.3} +- {:7.3}  {:8.3}",
            c.id, c.name, c.quantity, c.expected, c.tolerance, c.computed
        );
    }
}
