//! The part of the validation page that needs what not everybody has: forcing and results of the reference model, and shorelines. Where
//! they are absent it stays as it was generated last, and that is said.

use super::validation;
use plimsoll::opendrift::{with_land, without_land};
use plimsoll_core::validation::Case;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The parts: name, what it needs, and how to get that.
const PARTS: [(&str, &str); 2] = [
    ("drift beside OpenDrift", "the folder data/norkyst-arome-2015 of the reference material (`PLIMSOLL_SHARED`)"),
    (
        "drift beside OpenDrift, with a coast",
        "that folder and the shorelines of Debian's package gmt-gshhg-full (`PLIMSOLL_GSHHG`, by default /usr/share/gmt-gshhg)",
    ),
];

/// What these cases are.
const INTRO: &str = "\nCases O compare `plimsoll drift --opendrift-compatible` with what OpenDrift 1.14.12 made of the same case: \
    currents and winds off western Norway of November 2015 (NorKyst-800, AROME-MetCoOp; MET Norway), or constants. A tolerance \
    is what two of its own runs of 5000 particles may differ by: a mean by 4 standard errors of the difference, a standard deviation by 8 %, \
    percentiles 5 to 95 by 0.15 standard deviations, a right-hand share by 0.02. They need files that are no part of the program, so the \
    self-test leaves them out: `cargo test -p plimsoll --test drift_reference` runs them.\n";

/// A folder that the environment names, or the usual one, if it is there.
fn folder(variable: &str, usual: PathBuf) -> Option<PathBuf> {
    Some(std::env::var_os(variable).map_or(usual, PathBuf::from)).filter(|p| p.exists())
}

/// The parts anew, or as `before` (the page as it is) has them.
///
/// # Errors
/// What cannot be run.
pub fn parts(root: &Path, before: &str) -> Result<String, Box<dyn std::error::Error>> {
    let forcing = folder("PLIMSOLL_SHARED", root.join("../shared")).map(|f| f.join("data/norkyst-arome-2015"));
    let gshhg = folder("PLIMSOLL_GSHHG", "/usr/share/gmt-gshhg".into());
    let plain = forcing.as_deref().map(without_land).transpose()?;
    let coast = forcing.as_deref().zip(gshhg.as_deref()).map(|(f, g)| with_land(f, g)).transpose()?;
    let mut out = String::new();
    for ((name, needs), cases) in PARTS.into_iter().zip([plain, coast]) {
        let text = match cases {
            Some(cases) => made(name, &cases),
            None => {
                // nobody reads a closed standard error
                let _ = writeln!(std::io::stderr().lock(), "skipped: {name} stays as it is, for it needs {needs}");
                kept(before, name).unwrap_or_else(|| format!("\n## {name}\n\nNot run: it needs {needs}.\n"))
            }
        };
        out += &format!("\n{}{text}{}\n", mark(name, true), mark(name, false));
    }
    Ok(out)
}

fn made(name: &str, cases: &[Case]) -> String {
    let (title, table) = validation::part(name, cases);
    let intro = if name == PARTS[0].0 { INTRO } else { "" };
    format!("{title}{intro}{table}")
}

fn mark(name: &str, begins: bool) -> String {
    if begins { format!("<!-- {name}: generated where its files are -->\n") } else { format!("<!-- end of {name} -->") }
}

fn kept(before: &str, name: &str) -> Option<String> {
    let (_, rest) = before.split_once(&mark(name, true))?;
    Some(rest.split_once(&mark(name, false))?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_made_stays() {
        let case = Case::new("O1", "name", "origin", "q", "1").value(0.0, 1.0, 0.5);
        let (name, text) = (PARTS[0].0, made(PARTS[0].0, &[case]));
        let page = format!("# Page\n\n{}{text}{}\n", mark(name, true), mark(name, false));
        assert_eq!(kept(&page, name), Some(text));
        assert_eq!(kept(&page, PARTS[1].0), None);
    }
}
