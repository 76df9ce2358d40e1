//! 10^5 damaged inputs through every parser (`PLIMSOLL_FUZZ=n` for another count), and 10 MB of noise.
#![allow(clippy::disallowed_methods, reason = "the limit on the noise is one of time")]

use plimsoll_case::fuzz::{self, Parser};
use plimsoll_case::scenario::{self, Code, MAX_BYTES};
use plimsoll_core::random::{Purpose, Stream};
use std::time::{Duration, Instant};

fn fuzz(parser: Parser) {
    let n = std::env::var("PLIMSOLL_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let tally = fuzz::run(parser, 1, 0, n);
    assert_eq!(tally.failures, vec![], "{}", parser.name());
    assert_eq!(tally.inputs, n);
    // The damage must leave some inputs whole, or nothing but the first error was ever reached.
    assert!(tally.understood * 200 > n && tally.understood < n, "{tally:?}");
}

#[test]
fn scenarios() {
    fuzz(Parser::Scenario);
}

#[test]
fn people_in_the_water() {
    fuzz(Parser::Water);
}

#[test]
fn drift_cases() {
    fuzz(Parser::Drift);
}

#[test]
fn places_of_release() {
    fuzz(Parser::Places);
}

#[test]
fn who_enters_the_water() {
    fuzz(Parser::Entered);
}

#[test]
fn quantities() {
    fuzz(Parser::Quantity);
}

#[test]
fn directed_speeds() {
    fuzz(Parser::Directed);
}

#[test]
fn positions() {
    fuzz(Parser::Position);
}

#[test]
fn times() {
    fuzz(Parser::Time);
}

/// Noise of `n` bytes, printable or not.
fn noise(n: usize, printable: bool) -> Vec<u8> {
    let stream = Stream::new(3);
    let words = (0..n.div_ceil(16) as u64).flat_map(|i| stream.block(i, 0, Purpose::Test, 9));
    let bytes = words.flat_map(u32::to_le_bytes).take(n);
    if printable {
        bytes.map(|b| b"\n =[]{}\",.#abehlmnps0123456789"[b as usize % 30]).collect()
    } else {
        bytes.collect()
    }
}

#[test]
fn noise_gives_one_diagnostic_at_once() {
    let brackets = b"[".repeat(MAX_BYTES);
    let tables = b"a={".repeat(MAX_BYTES / 3);
    for (bytes, code) in [
        (noise(10_000_000, false), Code::TooLarge),
        (noise(10_000_000, true), Code::TooLarge),
        (noise(MAX_BYTES, false), Code::NotText),
        (noise(MAX_BYTES, true), Code::Syntax),
        (brackets, Code::Syntax),
        (tables, Code::Syntax),
    ] {
        let start = Instant::now();
        let e = scenario::parse(&bytes, &[]).unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(1), "{code:?}: {:?}", start.elapsed());
        assert_eq!(e.problems.len(), 1);
        assert_eq!(e.problems[0].code, code);
        assert!(e.to_string().len() < 1000);
    }
}

/// Sound TOML that is all wrong: many problems, still at once.
#[test]
fn a_file_of_unknown_keys_is_still_quick() {
    let list = format!("[options]\nonly = [{}]\n", "1,".repeat(100_000));
    let start = Instant::now();
    let e = scenario::parse(list.as_bytes(), &[]).unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert_eq!(e.problems.len(), 50);
    let text: String = (0..12_000).map(|i| format!("peopl{i} = {i}\n")).collect();
    let start = Instant::now();
    let e = scenario::parse(text.as_bytes(), &[]).unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert_eq!((e.problems.len(), e.more), (50, 11_954));
}

/// Seeds are good inputs, or the damage starts from ruins.
#[test]
fn most_seeds_are_understood() {
    for parser in Parser::ALL {
        let good = parser.seeds().iter().filter(|s| fuzz::understood(parser, s.as_bytes())).count();
        // Commas for points and such are seeds too.
        assert!(3 * good >= 2 * parser.seeds().len(), "{}: {good}", parser.name());
    }
}
