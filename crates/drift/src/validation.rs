//! Known answers about the drift, without data but the table of classes.

mod leeway;
mod motion;
pub mod small;

use plimsoll_core::validation::Case;

/// Every case.
///
/// # Panics
/// If a case of the list cannot be run, which a test would show.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut out = motion::cases();
    out.extend(leeway::cases());
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_stated() {
        plimsoll_core::validation::assert_as_stated(&super::cases());
    }
}
