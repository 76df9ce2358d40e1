//! Microseconds per mass immersion: `cargo run --release -p plimsoll-rescue --example event`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark prints and reads the clock")]

use plimsoll_core::ledger::Knowledge;
use plimsoll_core::random::Stream;
use plimsoll_rescue::assets;
use plimsoll_rescue::event::{self, AssetArrival, EventInput, RescueSetup, Scratch};
use plimsoll_rescue::person::Population;
use plimsoll_rescue::survival::support::Lost;
use plimsoll_rescue::survival::{Conditions, Light, RescueConstants};
use std::time::Instant;

fn main() {
    let fleet = ["patrol-32m", "lifeboat-dover"].map(|id| assets::find(id).expect("in the table"));
    let population = Population { swimmers: 0.45, children: 0.13, jackets_worn: 0.5, jackets_float: 0.2 };
    let conditions = Conditions { water_c: 17.6, hs_m: 0.4, light: Light::Night };
    let setups: Vec<RescueSetup> = (0..256)
        .map(|k| RescueSetup::new(&RescueConstants::draw(&Knowledge::outer(1, k)), &population, &conditions, &fleet))
        .collect();
    let arrivals = [AssetArrival { asset: 0, minutes: 5.0 }, AssetArrival { asset: 1, minutes: 25.0 }];
    let mut scratch = Scratch::default();
    for floats_first in [false, true] {
        let n = 50_000_u64;
        let (mut deaths, mut worst, begun) = (0_u64, 0, Instant::now());
        for r in 0..n {
            let setup = &setups[(r % 256) as usize];
            let out = event::run(
                setup,
                &EventInput {
                    stream: Stream::new(1),
                    realisation: r,
                    first_person: 0,
                    in_water: 62,
                    held_clear: 0,
                    lost: Lost::InvertedOrFolded,
                    wreck: setup.support.places(15.0, 0.0),
                    arrivals: &arrivals,
                    floats_first,
                    horizon_min: 600.0,
                },
                &mut scratch,
            );
            deaths += u64::from(out.deaths);
            worst = worst.max(out.deaths);
        }
        let micros = begun.elapsed().as_secs_f64() * 1e6 / n as f64;
        println!(
            "62 people, floats first {floats_first}: {micros:.2} us per event, {:.2} deaths (mean), {worst} (worst)",
            deaths as f64 / n as f64
        );
    }
}
