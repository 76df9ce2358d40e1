//! The CF conventions as far as they are needed: names, axes, times. Independent of the format that keeps them.

pub mod axes;
pub mod names;
pub mod time;
