//! What a quantity, a place, a time, a belief, a random draw, a sourced constant, an ensemble and a validity are.
//!
//! Everything else in plimsoll rests on this crate, and it rests on next to nothing. It does no input or output.

pub mod belief;
pub mod draws;
pub mod earth;
pub mod ensemble;
pub mod evppi;
pub mod ledger;
pub mod maths;
pub mod random;
pub mod simd;
pub mod tally;
#[cfg(feature = "testkit")]
pub mod testkit;
pub mod time;
pub mod units;
pub mod validation;
pub mod validity;
