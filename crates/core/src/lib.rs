//! What a quantity, a place, a time, a belief, a random draw, a sourced constant, an ensemble and a validity are.
pub mod earth;
pub mod time;
pub mod units;
