//! The calibrated constants as a file that the program carries: who made it from what, and the rows.

use super::fit::{Fit, ROWS, together};
use super::{SEED, record};
use crate::basis;
use plimsoll_case::answer::assess::DataUsed;
use plimsoll_case::answer::digest;
use plimsoll_core::draws::{Constants, Draws};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;
use thiserror::Error;

/// First line of the file.
const TITLE: &str = "plimsoll calibration 1";
static BYTES: &[u8] = include_bytes!("../../../../assets/calibration/channel.txt");
static CARRIED: LazyLock<Result<Draws, Stale>> = LazyLock::new(|| parse(BYTES));

/// Why the calibration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Stale {
    /// The constants have changed since.
    #[error("the calibration was made for other constants than these")]
    Constants,
    /// The table of events has changed since.
    #[error("the calibration was made from another record of events than this")]
    Record,
    /// Not a calibration.
    #[error("line {0} of the calibration is none of its lines")]
    Form(usize),
}

/// The calibrated constants that the program carries.
///
/// # Errors
/// [`Stale`] where they do not go with this program's constants: `plimsoll calibrate` makes them anew.
pub fn calibrated() -> Result<Constants, Stale> {
    CARRIED.as_ref().map(Constants::Drawn).map_err(Clone::clone)
}

/// What an answer with these constants names among the data that it rests on.
#[must_use]
pub fn named(constants: Constants) -> Option<DataUsed> {
    let Constants::Drawn(_) = constants else { return None };
    Some(DataUsed {
        name: "calibration of the judged constants".into(),
        sha256: digest::of_bytes(BYTES),
        quantity: None,
    })
}

/// The digest of every constant with its unit and belief: words about them may change, they may not.
fn of_ledgers() -> String {
    let all: Vec<_> = (basis::ledgers().iter())
        .flat_map(|l| l.constants().map(|c| serde_json::json!([l.name, c.id, c.unit, c.value])))
        .collect();
    digest::of_value(&all.into()).unwrap_or_default()
}

/// The record of events, as an answer names it.
#[must_use]
pub fn record_used() -> DataUsed {
    DataUsed { name: "fatal events of small boats in the Channel, 2019-26".into(), sha256: of_record(), quantity: None }
}

fn of_record() -> String {
    digest::of_bytes(include_bytes!("../../calibration/events.toml"))
}

/// The file of a fit.
#[must_use]
pub fn to_text(fit: &Fit) -> String {
    let mut out = format!("{TITLE}\nversion {}\nseed {SEED}\nrows {ROWS}\n", env!("CARGO_PKG_VERSION"));
    let _ = writeln!(out, "constants {}\nrecord {}", of_ledgers(), of_record());
    for g in &fit.groups {
        let (name, effective) = (g.group.name(), g.weights.effective());
        let _ = writeln!(out, "group {name} draws {} effective {effective:.1}", g.draws.rows());
    }
    let _ = writeln!(out, "question Channel, {} fatal events, {} years", record::record().events.len(), 5);
    for (id, places) in together(&fit.groups).columns() {
        let _ = write!(out, "{id} ");
        for p in places {
            let _ = write!(out, "{p:04x}");
        }
        out.push('\n');
    }
    out
}

/// Reads such a file.
fn parse(bytes: &[u8]) -> Result<Draws, Stale> {
    let text = std::str::from_utf8(bytes).map_err(|_| Stale::Form(1))?;
    let mut columns = BTreeMap::new();
    let (mut constants, mut record) = ("", "");
    for (i, line) in text.lines().enumerate() {
        let bad = Stale::Form(i + 1);
        let (key, rest) = line.split_once(' ').ok_or(bad.clone())?;
        match key {
            "plimsoll" if i == 0 && line == TITLE => {}
            _ if i == 0 => return Err(bad),
            "version" | "seed" | "rows" | "group" | "question" => {}
            "constants" => constants = rest,
            "record" => record = rest,
            id => {
                let place = |p: &[u8]| std::str::from_utf8(p).ok().and_then(|p| u16::from_str_radix(p, 16).ok());
                let places: Option<Vec<u16>> = rest.as_bytes().chunks(4).map(place).collect();
                columns.insert(id.to_owned(), places.filter(|p| p.len() == ROWS as usize).ok_or(bad)?);
            }
        }
    }
    if constants != of_ledgers() {
        return Err(Stale::Constants);
    }
    if record != of_record() {
        return Err(Stale::Record);
    }
    Draws::new(columns).map_err(|_| Stale::Form(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::groups::Group;

    #[test]
    fn the_calibration_that_is_carried_goes_with_the_constants() {
        let draws = CARRIED.as_ref().expect("run `plimsoll calibrate --out assets/calibration/channel.txt`");
        for (_, c) in Group::ALL.iter().flat_map(|g| g.constants()) {
            assert!(draws.columns().contains_key(&c.id), "{}", c.id);
        }
    }

    #[test]
    fn another_ledger_another_record_and_other_text_are_refused() {
        let text = String::from_utf8(BYTES.to_vec()).unwrap();
        let with = |from: &str, to: &str| parse(text.replace(from, to).as_bytes());
        assert_eq!(with(&of_ledgers(), "0"), Err(Stale::Constants));
        assert_eq!(with(&of_record(), "0"), Err(Stale::Record));
        assert_eq!(parse(b"something else"), Err(Stale::Form(1)));
        assert_eq!(
            with("support.no_hold ", "support.no_hold zz"),
            Err(Stale::Form(1 + line_of(&text, "support.no_hold ")))
        );
    }

    fn line_of(text: &str, start: &str) -> usize {
        text.lines().position(|l| l.starts_with(start)).unwrap()
    }
}
