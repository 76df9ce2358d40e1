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
    let realisations = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(128);
    let roll = Roll::prepare(1);
    for path in [Path::Scalar, Path::Avx2] {
        if !path.is_available() {
            continue;
        }
        // The best of several: other work on the machine only ever adds time.
        let (mut seconds, mut work) = (f64::INFINITY, None);
        for _ in 0..15 {
            let (start, busy) = (Instant::now(), on_cpu_s());
            work = Some(roll.run(path, 0..realisations));
            let wall = start.elapsed().as_secs_f64();
            seconds = seconds.min(busy.zip(on_cpu_s()).map_or(wall, |(a, b)| b - a));
        }
        let Some(work) = work else { continue };
        println!(
            "{:6} {} steps, {} lost, {seconds:.3} s, {:.3e} steps per second and core",
            path.name(),
            work.steps,
            work.lost,
            work.steps as f64 / seconds
        );
    }
}

/// Time that this process has had a processor, s, where the system tells (Linux).
fn on_cpu_s() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    text.split(' ').next()?.parse::<f64>().ok().map(|ns| ns * 1e-9)
}
