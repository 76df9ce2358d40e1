//! What load, people, chambers and sea do to a small inflatable boat.
//!
//! Axes: `x` forward, `y` to starboard, `z` up from the lowest point of the tubes; heel positive with starboard down.

pub mod chambers;
pub mod hull;
pub mod hydrostatics;
pub mod ledger;
pub mod load;
pub mod section;
pub mod table;
