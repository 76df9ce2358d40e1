//! For tests: where reference material and oracles are, and what to do without them.
//!
//! Absent, a test says "skipped: ..." aloud and passes; where `CI=true`, absence is a failure.
#![allow(clippy::print_stderr, reason = "a skipped test must say so aloud")]

use std::path::PathBuf;
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn present(path: PathBuf, what: &str) -> Option<PathBuf> {
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{what} is absent: {}", path.display());
    eprintln!("skipped: {what} is absent ({})", path.display());
    None
}

/// A file of the reference material: below `PLIMSOLL_SHARED`, by default `../shared` beside the project.
#[must_use]
pub fn shared(path: &str) -> Option<PathBuf> {
    let base = std::env::var_os("PLIMSOLL_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    present(base.join(path), "reference material")
}

/// A Python interpreter with NumPy: `PLIMSOLL_PYTHON`, by default `target/oracles/bin/python`.
#[must_use]
pub fn python() -> Option<PathBuf> {
    let path =
        std::env::var_os("PLIMSOLL_PYTHON").map_or_else(|| root().join("target/oracles/bin/python"), PathBuf::from);
    present(path, "the Python oracle")
}

/// Runs a Python program from its text in the reference folder `science/reference`, with `input` as its standard input,
/// and gives what it prints. `None` where the oracle is absent.
///
/// # Panics
/// If the program fails: an oracle that does not run has proved nothing.
#[must_use]
pub fn run_python(program: &str, input: &str) -> Option<String> {
    use std::io::Write as _;
    let (python, folder) = (python()?, shared("science/reference")?);
    let mut child = Command::new(python)
        .args(["-c", program])
        .env("PYTHONPATH", folder)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the Python oracle starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let out = child.wait_with_output().expect("the Python oracle ends");
    writer.join().expect("a writer").expect("the Python oracle reads");
    assert!(out.status.success(), "the Python oracle failed");
    Some(String::from_utf8(out.stdout).expect("UTF-8"))
}
