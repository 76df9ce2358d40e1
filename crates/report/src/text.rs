//! An answer for a terminal of 80 columns. No colour: all meaning is in words, so that it survives a pipe, a log and a
//! telephone.

mod assess;
mod bench;
mod calibration;
mod coast;
mod drift;
mod fields;
mod layout;
mod others;
mod tide;

pub use assess::assess;
pub use bench::{bench, bench_drift};
pub use calibration::{backtest, calibrate};
pub use coast::{bench_coast, coast};
pub use drift::drift;
pub use fields::fields;
pub use others::{loadline, selftest, survive};
pub(crate) use others::{loadline_figures, thinned};
pub use tide::tide;

/// Columns of a terminal.
pub const WIDTH: usize = 80;
