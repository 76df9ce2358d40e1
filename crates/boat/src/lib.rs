//! What load, people, chambers and sea do to a small inflatable boat.
//!
//! Axes: `x` forward, `y` to starboard, `z` up from the lowest point of the tubes; heel positive with starboard down.

pub mod bench;
pub mod chambers;
pub mod crowd;
pub mod flooding;
pub mod hull;
pub mod hydrostatics;
pub mod kernel;
mod lanes;
pub mod ledger;
pub mod load;
pub mod load_line;
pub mod motion;
pub mod problems;
pub mod section;
pub mod simd;
pub mod slow;
pub mod strength;
pub mod strips;
pub mod table;
pub mod trim;
pub mod validation;
pub mod validation_dynamics;
