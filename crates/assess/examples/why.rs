//! Where losses come from, for a look while developing.
#![allow(clippy::print_stdout, reason = "an example")]
use plimsoll_assess::{outer::disturbance_names, question::Question, walk::Walker};
use plimsoll_boat::{kernel, simd::Path};
use plimsoll_core::random::Stream;
use std::collections::BTreeMap;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let text = std::fs::read(&args[1]).expect("a file");
    let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
    let s = plimsoll_case::scenario::parse(&text, &ids).expect("a scenario");
    let q = Question::new(s.encounter, 1).expect("floats");
    let stream = Stream::new(1);
    let mut causes: BTreeMap<String, f64> = BTreeMap::new();
    let n = 512;
    for r in 0..n {
        let outer = q.outer(r % 256).expect("outer");
        let mut w = Walker::new(outer, 0, r, &stream, Vec::new());
        let mut out = [kernel::Outcome::default()];
        while let Some(win) = w.next(&stream) {
            kernel::run(Path::detect(), &stream, &[win], 1200, &mut out);
            w.absorb(&stream, &out[0]);
        }
        for (p, e) in w.ends.iter().enumerate() {
            if let Some(e) = e
                && let Some(l) = e.loss
            {
                let leg = w.legs[l.leg];
                let d = leg.disturbance.map_or("-", |d| disturbance_names()[d].as_str());
                let within = l.tick - f64::from(leg.start) < 1200.0;
                *causes
                    .entry(format!(
                        "pass {p} {:?} failed {:?} leg {d} in first window {within} kind {:?} trig {}",
                        l.hazard,
                        l.failed,
                        leg.kind,
                        l.after_trigger_s.is_some()
                    ))
                    .or_default() += e.weight / n as f64;
            }
        }
        if r < 40 {
            let b = outer.boat(1.0, Default::default()).expect("b");
            println!(
                "r {r} N {} F {:.3} {:.3} crit {:.2} km {:.2} gm {:.2} limit {:.2} shares {:.2} wash {:.2}/{:.1} hs {:.2} tp {:.1} weights {:.3} loss {:?} {:?}",
                outer.situation.people,
                b.table.freeboard_port_m,
                b.table.freeboard_starboard_m,
                b.table.critical_water_m3,
                b.table.km_m,
                plimsoll_boat::motion::upright_gm_m(&b.table, outer.situation.load.dry_centre_m(&outer.situation.hull)),
                outer.crowd_limit_m,
                outer.situation.hull.share_port,
                outer.disturbances.iter().map(|d| d.wash_height_m).fold(0.0, f64::max),
                0.0,
                outer.situation.hs_m,
                outer.situation.tp_s,
                w.ends[0].map_or(0.0, |e| e.weight),
                w.ends[0].and_then(|e| e.loss.map(|l| l.hazard)),
                w.ends[1].and_then(|e| e.loss.map(|l| l.hazard))
            );
        }
    }
    for (k, v) in causes {
        println!("{v:.4} {k}");
    }
}
