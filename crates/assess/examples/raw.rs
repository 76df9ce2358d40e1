//! Raw sums of a case, for a look while developing: `cargo run --release --example raw -- examples/dover-strait.toml 10000`.
#![allow(clippy::print_stdout, reason = "an example")]
use plimsoll_assess::{comparison::estimate, question::Question};
use plimsoll_boat::simd::Path;
use std::sync::atomic::AtomicBool;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let text = std::fs::read(&args[1]).expect("a file");
    let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
    let s = plimsoll_case::scenario::parse(&text, &ids).expect("a scenario");
    let n: u64 = args[2].parse().expect("a number");
    let q = Question::new(s.encounter, plimsoll_core::draws::Constants::Judged, 1).expect("a boat that floats");
    let part =
        q.run(&[0..n], 2, Path::detect(), &|_| (), &AtomicBool::new(false)).expect("runs").expect("not cancelled");
    for (i, t) in q.running.iter().zip(&part.tallies.0) {
        let e = estimate(t.outer.iter().map(|o| &o.deaths)).expect("estimate");
        let d = estimate(t.outer.iter().map(|o| &o.difference)).expect("estimate");
        let h: Vec<String> = (0..6)
            .map(|h| format!("{:.4}", t.outer.iter().map(|o| o.hazards[h].value()).sum::<f64>() / n as f64))
            .collect();
        println!(
            "{:20} deaths {:.4} se {:.4} [{:.4} {:.4}] any {:.4} p_loss {:.4} d|loss {:.2} diff {:.4} [{:.4} {:.4}] hazards {:?} t50 {:?} lifts {:?} {:?}",
            q.asked[*i].spec.id.as_str(),
            e.mean,
            e.mc_se,
            e.knowledge95[0],
            e.knowledge95[1],
            t.deaths.at_least(1),
            t.losses.value() / n as f64,
            t.deaths_in_losses.value() / t.losses.value(),
            d.mean,
            d.knowledge95[0],
            d.knowledge95[1],
            h,
            t.time_to_loss.quantile(0.5),
            t.first_lift.quantile(0.5),
            t.last_lift.quantile(0.5)
        );
    }
    for a in q.asked.iter().filter(|a| !a.validity.is_assessable()) {
        println!("{} {:?}", a.spec.id.as_str(), a.validity.reasons()[0].text);
    }
}
