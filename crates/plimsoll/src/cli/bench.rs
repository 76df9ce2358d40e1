//! What can be typed after `plimsoll bench drift`.

use super::{Answering, Drawing};
use clap::Args;
use plimsoll_core::earth::LonLat;
use plimsoll_core::time::Utc;
use std::path::PathBuf;

/// `plimsoll bench drift`
#[derive(Debug, Args)]
pub struct BenchDrift {
    /// Particles of each run, one run after the other
    #[arg(
        long,
        value_name = "N,...",
        value_delimiter = ',',
        default_values_t = [1_000, 10_000, 100_000, 1_000_000],
        value_parser = clap::value_parser!(u64).range(1..=20_000_000),
    )]
    pub particles: Vec<u64>,
    /// Drift in the currents and winds of these files rather than in a sea that the program makes itself
    #[arg(long, value_name = "FILE,...", value_delimiter = ',', requires = "position")]
    pub fields: Vec<PathBuf>,
    /// Where the particles begin, such as "59 36.0N 004 12.0E", within 500 m (one standard deviation)
    #[arg(long, value_name = "POSITION", requires = "fields")]
    pub position: Option<LonLat>,
    /// When they begin [default: the first instant of the first currents]
    #[arg(long, value_name = "TIME", requires = "fields")]
    pub time: Option<Utc>,
    /// Read the files before the clock runs, so that the steps alone are timed
    #[arg(long, requires = "fields")]
    pub in_memory: bool,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
    /// How it is run.
    #[command(flatten)]
    pub drawing: Drawing,
}
