//! The terminal's answers: what they look like, that they fit, and what they never say.

use plimsoll_case::answer::sample;
use plimsoll_report::{Language, text};
use std::path::Path;

/// Compares with `tests/expected/NAME`; with `PLIMSOLL_BLESS=1` writes it.
fn expect(name: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name);
    if std::env::var_os("PLIMSOLL_BLESS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(expected == text, "{name} is not as expected (PLIMSOLL_BLESS=1 accepts it):\n{text}");
}

#[test]
fn every_answer_reads_as_expected_in_both_languages() {
    for l in Language::ALL {
        let t = l.tag();
        expect(&format!("assess-{t}.txt"), &text::assess(&sample::assess(), l));
        expect(&format!("loadline-{t}.txt"), &text::loadline(&sample::loadline(), l));
        expect(&format!("survive-{t}.txt"), &text::survive(&sample::survive(), l));
        expect(&format!("selftest-{t}.txt"), &text::selftest(&sample::selftest(), l));
        expect(&format!("tide-{t}.txt"), &text::tide(&sample::tide(), l));
        expect(&format!("calibrate-{t}.txt"), &text::calibrate(&sample::calibrate(), l));
        expect(&format!("backtest-{t}.txt"), &text::backtest(&sample::backtest(), l));
        expect(&format!("drift-{t}.txt"), &text::drift(&sample::drift(), l));
        expect(&format!("bench-{t}.txt"), &text::bench(&sample::bench(), l));
        expect(&format!("fields-{t}.txt"), &text::fields(&sample::fields(), l));
        expect(&format!("coast-{t}.txt"), &text::coast(&sample::coast(), l));
        expect(&format!("bench-coast-{t}.txt"), &text::bench_coast(&sample::bench_coast(), l));
        expect(&format!("bench-drift-{t}.txt"), &text::bench_drift(&sample::bench_drift(), l));
    }
}

#[test]
fn a_coarse_answer_is_marked_and_carries_no_verdict() {
    let mut a = sample::assess();
    a.coarse = true;
    for l in Language::ALL {
        let said = text::assess(&a, l);
        expect(&format!("coarse-{}.txt", l.tag()), &said);
        let table = said.split("\n\n").nth(2).unwrap();
        for word in ["better", "worse", "meilleur", "pire", "no clear", "nette", "Not shown", "Non démontré"] {
            assert!(!table.contains(word), "{word}");
        }
    }
}

#[test]
fn no_line_exceeds_80_columns() {
    for seed in 0..500 {
        let a = sample::varied(seed);
        for l in Language::ALL {
            for line in text::assess(&a, l).lines().chain(text::loadline(&a.loadline, l).lines()) {
                assert!(line.chars().count() <= 80, "seed {seed}: {line}");
                assert!(!line.contains("[["), "seed {seed}: a word is missing: {line}");
                let nothing =
                    |word: &str| matches!(word.trim_matches(|c: char| !c.is_alphabetic()), "NaN" | "inf" | "null");
                assert!(!line.split(' ').any(nothing), "seed {seed}: {line}");
            }
        }
    }
}
