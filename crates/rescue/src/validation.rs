//! Known answers of survival and rescue: closed forms, a reference Monte Carlo, a published experiment. Observed events ([`events`])
//! are listed by whoever has the constants that were fitted to them.
//!
//! What is missed stays in the list as a miss.

pub mod earlier_form;
pub mod events;
pub mod facts;
mod formulas;
pub mod held_back;
mod people;

use plimsoll_core::validation::Case;

/// Every known answer of this crate.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = formulas::cases();
    cases.extend(earlier_form::cases());
    cases.extend(people::cases());
    cases
}

#[cfg(test)]
mod tests {
    #[test]
    fn known_answers_are_as_stated() {
        plimsoll_core::validation::assert_as_stated(&super::cases());
    }
}
