//! What can be typed of the calibration.

use super::{Answering, Paged};
use clap::Args;
use std::path::PathBuf;

/// How much is drawn for a fit.
#[derive(Clone, Debug, Args)]
pub struct Fitting {
    /// Draws of the constants of survival; twice as many of the others. 32768 is the calibration as it is carried
    #[arg(long, value_name = "N", default_value_t = 32_768, value_parser = clap::value_parser!(u32).range(256..=262_144))]
    pub draws: u32,
    /// Threads; the answer does not depend on it [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

impl Fitting {
    /// Threads to use.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}

/// `plimsoll calibrate`
#[derive(Debug, Args)]
pub struct Calibrate {
    /// How much is drawn.
    #[command(flatten)]
    pub fitting: Fitting,
    /// Write the calibrated constants, as the program carries them
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
}

/// `plimsoll backtest`
#[derive(Debug, Args)]
pub struct Backtest {
    /// How much is drawn.
    #[command(flatten)]
    pub fitting: Fitting,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
    /// Its page.
    #[command(flatten)]
    pub paged: Paged,
}
