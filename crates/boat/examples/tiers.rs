//! The two tiers side by side on twenty boats and seas, after the quick known answers:
//! `cargo run --release -p plimsoll-boat --example tiers [realisations]`.
#![allow(clippy::print_stdout, reason = "an example says what it found")]

use plimsoll_boat::simd::Path;
use plimsoll_boat::validation_dynamics::{REALISATIONS, cases, two_tiers};

fn main() {
    let realisations = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(REALISATIONS);
    for c in cases().iter().chain(&two_tiers(Path::detect(), realisations)) {
        println!(
            "{} {:4} {:52} {:28} expected {:10.5} computed {:10.5} {:4} ratio {:.3}",
            if c.passes() { "ok  " } else { "MISS" },
            c.id,
            c.name,
            c.quantity,
            c.expected,
            c.computed,
            c.unit,
            c.computed / c.expected
        );
    }
}
