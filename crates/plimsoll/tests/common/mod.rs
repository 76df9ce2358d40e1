//! Runs the real program in a folder of its own and shows all that a person would see.
#![allow(dead_code, reason = "each test file uses what it needs")]

pub mod fields;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// An empty folder in which the program runs.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Names of everything in it.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.0.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// The program, to be run here.
    pub fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plimsoll"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        for name in ["PLIMSOLL_SIMD", "GLIBC_TUNABLES", "NO_COLOR"] {
            command.env_remove(name);
        }
        command.env("COLUMNS", "100");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.program(arguments).output().unwrap()
    }

    /// Runs with `input` on standard input.
    pub fn feed(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = self
            .program(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let writer = std::thread::spawn(move || {
            // The program may refuse before it has read all.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        output
    }

    /// What a person sees of a run: command, exit code, both streams; paths of this folder taken out.
    pub fn show(&self, arguments: &[&str]) -> String {
        self.shown(arguments, &self.run(arguments))
    }

    pub fn shown(&self, arguments: &[&str], output: &Output) -> String {
        let mut text = format!("$ plimsoll {}\nexit code {}\n", arguments.join(" "), code(output));
        for (name, bytes) in [("standard output", &output.stdout), ("standard error", &output.stderr)] {
            if !bytes.is_empty() {
                text.push_str(&format!("--- {name}\n{}", String::from_utf8_lossy(bytes)));
            }
        }
        text.replace(&self.0.path().display().to_string(), "[HOME]")
    }
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("ended by itself")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The JSON of a run that must have succeeded.
pub fn json(output: &Output) -> serde_json::Value {
    assert_eq!(code(output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A file of the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A test may look at the clock.
#[expect(clippy::disallowed_methods, reason = "times what a person waits for")]
pub fn now() -> std::time::Instant {
    std::time::Instant::now()
}

#[expect(clippy::disallowed_methods, reason = "times what a person waits for")]
pub fn since(start: std::time::Instant) -> std::time::Duration {
    start.elapsed()
}
