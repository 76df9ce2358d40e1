//! Steps per second of the fast tier on one core: `cargo run --release -p plimsoll-boat --example roll [realisations]`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement reads the clock and says what it found"
)]

use plimsoll_boat::bench::Roll;
use plimsoll_boat::simd::Path;
use std::time::Instant;

fn main() {
    let realisations = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(1_024);
    let roll = Roll::prepare(1);
    for path in [Path::Scalar, Path::Avx2] {
        if !path.is_available() {
            continue;
        }
        let start = Instant::now();
        let work = roll.run(path, 0..realisations);
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{:6} {} steps, {} lost, {seconds:.3} s, {:.3e} steps per second and core",
            path.name(),
            work.steps,
            work.lost,
            work.steps as f64 / seconds
        );
    }
}
