//! The CF conventions as far as they are needed: names, axes, times, places, packing. Independent of the format that keeps
//! them.

pub mod axes;
pub(crate) mod fields;
mod level;
pub mod names;
mod place;
pub(crate) mod plan;
pub mod time;
pub(crate) mod variable;
