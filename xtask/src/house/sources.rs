//! What may stand in a source file: its length, and what kernels and libraries must not do.

use crate::Faults;
use std::path::{Path, PathBuf};

/// Longer files say more than one thing.
const LINES: usize = 500;

/// The one place where `unsafe` may stand: the choice of code path by what the processor can do.
const UNSAFE: &[&str] = &["crates/boat/src/simd.rs", "crates/drift/src/simd.rs"];

/// Crates that compute and do nothing else.
const PURE: [&str; 6] = ["core", "sea", "boat", "drift", "rescue", "assess"];

/// Crates whose loops must know at compile time what they call.
const STATIC: [&str; 4] = ["sea", "boat", "drift", "rescue"];

/// Files of pure crates that touch the world, with the reason in their header: for tests alone.
const WORLDLY: [&str; 1] = ["crates/core/src/testkit.rs"];

/// Input, output and logging.
const IO: [&str; 8] = ["std::fs", "std::io", "std::net", "std::env", "std::process", "tracing::", "log::", "println!"];

pub fn faults(root: &Path) -> Faults {
    let mut files = Vec::new();
    for folder in ["crates", "xtask"] {
        collect(&root.join(folder), &mut files)?;
    }
    files.sort();
    let mut out = Vec::new();
    for file in files {
        let name = file.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        out.extend(file_faults(&name, &std::fs::read_to_string(&file)?));
    }
    Ok(out)
}

/// Every Rust file below `folder`.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

fn file_faults(name: &str, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let length = text.lines().count();
    if length > LINES {
        out.push(format!("{name}: {length} lines; {LINES} are enough to say one thing"));
    }
    let in_source_of = |crates: &[&str]| crates.iter().any(|c| name.starts_with(&format!("crates/{c}/src/")));
    let worldly = WORLDLY.contains(&name);
    let mut testing = false;
    for (number, line) in text.lines().enumerate() {
        let at = format!("{name}:{}", number + 1);
        // Good enough for our own sources: no string of ours holds two slashes before code.
        let code = line.split("//").next().unwrap_or_default();
        testing |= code.contains("#[cfg(test)]");
        if code.contains(concat!("unsafe", "_code")) && !UNSAFE.contains(&name) {
            out.push(format!("{at}: unsafe code is allowed in {} alone", UNSAFE.join(", ")));
        }
        if testing {
            continue;
        }
        if in_source_of(&PURE)
            && !worldly
            && let Some(what) = IO.iter().find(|w| code.contains(**w))
        {
            out.push(format!("{at}: {what} in a crate that computes and does nothing else"));
        }
        // A local closure that takes `&dyn Fn` is compiled away, and who is told of progress is told once a step for all; anything
        // else that is called through a table is neither.
        if in_source_of(&STATIC) && code.replace("&dyn Fn", "").replace("&'a (dyn Fn", "").contains("dyn ") {
            out.push(format!("{at}: a trait object in a kernel crate"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_can_be_broken() {
        let say = |name, text: &str| file_faults(name, text);
        assert!(say("crates/sea/src/waves.rs", "fn f() {}\n").is_empty());
        assert!(say("crates/sea/src/waves.rs", &"\n".repeat(LINES + 1))[0].contains("501 lines"));
        assert!(
            say("crates/sea/src/waves.rs", concat!("#![allow(unsafe", "_code)]"))[0].contains("waves.rs:1: unsafe")
        );
        assert!(say(UNSAFE[0], concat!("#![allow(unsafe", "_code)]")).is_empty());
        assert!(say("crates/boat/src/a.rs", "use std::fs;")[0].contains("std::fs"));
        assert!(say("crates/boat/src/a.rs", "fn f(g: Box<dyn Fn()>) {}")[0].contains("trait object"));
        assert!(say("crates/report/src/a.rs", "use std::fs;").is_empty());
        assert!(say("crates/boat/src/a.rs", "// std::fs\n#[cfg(test)]\nmod t { use std::fs; }").is_empty());
        assert!(say("crates/boat/tests/a.rs", "use std::fs;").is_empty());
    }
}
