//! One question, one digest: on any number of threads, in any shards, on either code path, whatever variants of the
//! mathematical functions the platform picks. Replays and courts rest on it, and no review can see it.

mod common;

use common::{Home, code, json};

/// Enough for every outer draw, and no multiple of the sixteen lanes or of the shards.
const REALISATIONS: &str = "325";

const QUESTION: [&str; 5] = ["assess", "--example", "dover-strait", "--realisations", REALISATIONS];

fn digest(home: &Home, more: &[&str], environment: &[(&str, &str)]) -> String {
    let arguments: Vec<&str> = QUESTION.iter().chain(more).chain(&["--json", "-", "--quiet"]).copied().collect();
    let output = home.program(&arguments).envs(environment.iter().copied()).output().unwrap();
    let digest = json(&output)["digest"].as_str().unwrap().to_owned();
    assert_eq!(digest.len(), 64);
    digest
}

#[test]
fn threads_and_code_paths() {
    let home = Home::new();
    let one = digest(&home, &["--threads", "1"], &[]);
    for threads in ["2", "3", "16"] {
        assert_eq!(one, digest(&home, &["--threads", threads], &[]), "{threads} threads");
    }
    assert_eq!(one, digest(&home, &[], &[("PLIMSOLL_SIMD", "scalar")]), "scalar");
    for mask in ["-AVX2", "-AVX2,-FMA", "-AVX2,-FMA,-FMA4,-AVX,-SSE4_2"] {
        let tunables = format!("glibc.cpu.hwcaps={mask}");
        assert_eq!(one, digest(&home, &[], &[("GLIBC_TUNABLES", &tunables)]), "{mask}");
    }
    assert_ne!(one, digest(&home, &["--seed", "2"], &[]), "another seed is another question");
}

#[test]
fn shards_merged_in_any_order() {
    let home = Home::new();
    let whole = digest(&home, &[], &[]);
    for shards in [1, 7, 64] {
        let mut names: Vec<String> = (1..=shards).map(|i| format!("{shards}-{i}.partial")).collect();
        for (i, name) in names.iter().enumerate() {
            let shard = format!("{}/{shards}", i + 1);
            let more = ["--shard", &shard, "--partial", name, "--quiet"];
            let output = home.run(&QUESTION.iter().chain(&more).copied().collect::<Vec<_>>());
            assert_eq!(code(&output), 0, "{}", home.shown(&more, &output));
        }
        // neither first to last nor last to first
        names.rotate_left(shards / 3);
        names.reverse();
        let merge: Vec<&str> =
            ["merge"].into_iter().chain(names.iter().map(String::as_str)).chain(["--json", "-", "--quiet"]).collect();
        let merged = json(&home.run(&merge));
        assert_eq!(merged["digest"], whole.as_str(), "{shards} shards");
    }

    // what does not go together is refused
    for (files, words) in [
        (&["7-1.partial", "7-2.partial"][..], "are in no part"),
        (&["7-1.partial", "7-1.partial"], "in both parts"),
        (&["1-1.partial", "7-3.partial"], "in both parts"),
    ] {
        let arguments: Vec<&str> = ["merge"].iter().chain(files).chain(&["--json", "out.json"]).copied().collect();
        let output = home.run(&arguments);
        let shown = home.shown(&arguments, &output);
        assert!(code(&output) == 3 && shown.contains(words), "{shown}");
    }
    let other = [
        "assess",
        "--example",
        "dover-strait",
        "--realisations",
        "326",
        "--shard",
        "7/7",
        "--partial",
        "other.partial",
    ];
    assert_eq!(code(&home.run(&other)), 0);
    let arguments = ["merge", "7-1.partial", "other.partial", "--json", "out.json"];
    let output = home.run(&arguments);
    assert!(code(&output) == 3 && home.shown(&arguments, &output).contains("different questions"));
    assert!(!home.path("out.json").exists());
}
