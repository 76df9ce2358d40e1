//! Runs that are interrupted and go on: the same answer to the bit, whatever ended them.

mod common;

use common::{Home, code, json};
use std::process::{Child, Stdio};

/// A life, jibes, every kind of noise, a shore, and people who enter the water one after the other.
const CASE: &str = "[object]\ncategory = \"inflatable\"\nlength = \"8.5 m\"\npeople = 50\nfreeboard = \"0.2 m\"\n\
    [[changes]]\nafter = { low = \"30 min\", high = \"2 h\" }\ncategory = \"person-no-jacket\"\n\
    [release]\nnumber = 20000\nposition = \"50 56.0N 001 28.0E\"\nradius = \"6 km\"\n\
    time = [2026-11-24T04:00:00Z, 2026-11-24T06:00:00Z]\n\
    [run]\nhours = 8\nstep = \"5 min\"\nwind_sd = \"2 m/s\"\n[sea]\nwind = \"12 kn from 320\"\ncurrent = \"builtin\"\n";

const RUN: [&str; 3] = ["drift", "case.toml", "--quiet"];

fn home() -> Home {
    let home = Home::new();
    home.write("case.toml", CASE);
    home
}

/// A run that keeps itself before every step, stopped by `stop` once it has been kept `times` times.
fn stopped(home: &Home, more: &[&str], times: usize, stop: fn(&mut Child)) -> std::process::Output {
    let keep = ["--checkpoint", "run.ck", "--checkpoint-every", "0"];
    let arguments = [&RUN[..], &keep, more].concat();
    let mut child = home.program(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut seen = std::collections::BTreeSet::new();
    let start = common::now();
    while seen.len() < times {
        assert!(
            common::since(start).as_secs() < 120 && child.try_wait().unwrap().is_none(),
            "kept {} times",
            seen.len()
        );
        seen.extend(std::fs::metadata(home.path("run.ck")).and_then(|m| m.modified()));
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    stop(&mut child);
    child.wait_with_output().unwrap()
}

fn kill(child: &mut Child) {
    child.kill().unwrap();
}

fn interrupt(child: &mut Child) {
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
}

fn resumed(home: &Home, more: &[&str]) -> Vec<u8> {
    let output = home.run(&[&RUN[..], &["--checkpoint", "run.ck", "--resume", "--json", "-"], more].concat());
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn an_interrupted_run_goes_on_to_the_same_bits() {
    let whole = home().run(&[&RUN[..], &["--json", "-"]].concat());
    let answer = json(&whole);
    let last = answer["hourly"].as_array().unwrap().last().unwrap();
    assert!(last["fraction"]["stranded"].as_f64().unwrap() > 0.01, "a shore takes part in it: {last}");
    // Control-C at a step between two outputs, then killed, then killed again
    let home = home();
    let output = stopped(&home, &["--threads", "1"], 4, interrupt);
    assert_eq!(code(&output), 130);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--resume"), "{output:?}");
    assert_eq!(stopped(&home, &["--resume"], 3, kill).status.code(), None);
    assert_eq!(stopped(&home, &["--resume", "--threads", "3"], 5, kill).status.code(), None);
    assert!(resumed(&home, &[]) == whole.stdout, "another answer");
    assert!(!home.names().contains(&"run.ck".to_owned()), "it has served its purpose");
}

#[test]
fn tracks_are_kept_with_the_run() {
    let (one, other) = (home(), home());
    assert_eq!(code(&one.run(&[&RUN[..], &["--out", "tracks.nc"]].concat())), 0);
    // past the first output
    stopped(&other, &["--out", "tracks.nc"], 6, kill);
    resumed(&other, &["--out", "tracks.nc"]);
    let tracks = [&one, &other].map(|h| std::fs::read(h.path("tracks.nc")).unwrap());
    assert!(tracks[0] == tracks[1], "other tracks");
}

#[test]
fn what_is_not_its_own_checkpoint_is_refused() {
    let home = home();
    stopped(&home, &[], 2, interrupt);
    let whole = std::fs::read(home.path("run.ck")).unwrap();
    let refused = |more: &[&str], exit: i32, say: &str| {
        let output = home.run(&[&RUN[..], &["--checkpoint", "run.ck"], more].concat());
        let shown = home.shown(&RUN, &output);
        assert!(code(&output) == exit && shown.contains(say), "{shown}");
    };
    refused(&[], 2, "is there already: --resume goes on from it");
    refused(&["--resume", "--seed", "2"], 3, "is of another run");
    refused(&["--resume", "--out", "tracks.nc"], 3, "is of another run");
    home.write("case.toml", CASE.replace("hours = 8", "hours = 9"));
    refused(&["--resume"], 3, "is of another run");
    home.write("case.toml", CASE);
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    for (bytes, say) in [
        (&damaged[..], "is damaged"),
        (&whole[..whole.len() - 1], "is damaged"),
        (&whole[..40], "is damaged"),
        (b"", "is no checkpoint"),
        (b"lon,lat\n1,2\n", "is no checkpoint"),
    ] {
        home.write("run.ck", bytes);
        refused(&["--resume"], 3, say);
    }
    assert_eq!(home.names(), ["case.toml", "run.ck"], "nothing is written and nothing taken away");
    home.write("run.ck", whole);
    resumed(&home, &[]);
}
