//! W14 and W16: what the model says of transfers and of whole crossings for the mix of boats of 2021-25, beside the record.
//! `cargo run --release -p plimsoll-assess --example transfers`
#![allow(clippy::print_stdout, reason = "an example")]

use plimsoll_assess::course::Kind;
use plimsoll_assess::outer::disturbance_names;
use plimsoll_assess::question::Question;
use plimsoll_assess::walk::Walker;
use plimsoll_boat::{kernel, simd::Path};
use plimsoll_core::random::Stream;
use std::collections::BTreeMap;

/// Class, mean and spread of the people, share of the boats: 182,006 people in 4,113 boats, 44 a boat.
const MIX: [(&str, f64, f64, f64); 3] = [
    ("inflatable-small", 30.0, 10.0, 0.4),
    ("inflatable-medium", 48.0, 12.0, 0.4),
    ("inflatable-large", 68.0, 14.0, 0.2),
];

fn main() {
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    let n = 768;
    for (class, mean, sd, share) in MIX {
        let (low, high) = (mean - 2.0 * sd, mean + 2.0 * sd);
        let text = format!(
            "[boat]\nclass = \"{class}\"\nengine = \"running\"\n[aboard]\npeople = {{ low = {low}, likely = {mean}, high = {high} }}\nposture = \"sitting\"\n\
             [sea]\nwind = \"8 kn from 230\"\nhs = {{ low = \"0.1 m\", high = \"0.5 m\" }}\nwater = \"14 degC\"\nlight = \"day\"\n\
             [help]\non_scene = [\"ctv-defender\"]\n[options]\nonly = [\"stand_off\"]\n"
        );
        let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
        let s = plimsoll_case::scenario::parse(text.as_bytes(), &ids).unwrap_or_else(|e| panic!("{e:?}"));
        let q = Question::new(s.encounter, 1).expect("floats");
        let stream = Stream::new(1);
        for r in 0..n {
            let outer = q.outer(r % 256).expect("outer");
            let mut w = Walker::new(outer, 0, r, &stream, Vec::new());
            let mut out = [kernel::Outcome::default()];
            while let Some(win) = w.next(&stream) {
                kernel::run(Path::detect(), &stream, &[win], 1200, &mut out);
                w.absorb(&stream, &out[0]);
            }
            for (p, e) in w.ends.iter().enumerate() {
                let Some(e) = e else { continue };
                let Some(l) = e.loss else { continue };
                let leg = w.legs[l.leg];
                let what = if leg.kind == Kind::Transfer { "transfer" } else { "crossing" };
                let how = leg.disturbance.map_or("-", |d| disturbance_names()[d].as_str());
                let slow = if l.after_trigger_s.is_some() { "fast" } else { "slow" };
                let weight = e.weight * share / n as f64;
                *sums.entry(format!("{what}")).or_default() += weight;
                *sums.entry(format!("{what} {slow} pass {p} {:?} {how}", l.hazard)).or_default() += weight;
                *sums.entry(format!("{class} {what}")).or_default() += weight / share;
            }
        }
    }
    for (k, v) in sums {
        println!("{v:.5} {k}");
    }
    println!("record: transfers 6e-5 to 1.8e-3 fatal (W16); fatal events a boat 0.002 to 0.025 (W14)");
}
