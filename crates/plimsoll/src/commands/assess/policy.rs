//! The policy file of an authority.

use crate::diagnosis::Diagnosis;
use crate::failure::Failure;
use crate::input::Source;
use plimsoll_assess::policy::{MAX_BYTES, Policy};
use std::path::Path;

/// The text of the file and the name it was read under; none where none was named.
pub fn read(path: Option<&Path>) -> Result<Option<(String, String)>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let source = Source::read(path, MAX_BYTES as u64)?;
    let text = String::from_utf8(source.bytes)
        .map_err(|_| Failure::input(format!("{} is not text", source.name), "a policy file is TOML in UTF-8"))?;
    Ok(Some((source.name, text)))
}

/// The policy that it states, or every fault drawn at its place; the default where there is none.
pub fn of(file: Option<&(String, String)>) -> Result<Policy, Failure> {
    let Some((name, text)) = file else { return Ok(Policy::default()) };
    Policy::parse(text).map_err(|faults| {
        Failure::Input(
            faults.into_iter().map(|f| Diagnosis::plain(f.what, f.help).at(name, text, f.span, "here")).collect(),
        )
    })
}
