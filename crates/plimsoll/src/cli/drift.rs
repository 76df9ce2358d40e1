//! What can be typed after `plimsoll drift`.

use super::{Answering, Drawing, Paged};
use clap::Args;
use std::path::PathBuf;

/// Where things drift.
#[derive(Debug, Args)]
pub struct Drift {
    /// Case file (TOML); `-` is standard input. Files that it names are looked for beside it
    #[arg(value_name = "CASE", required_unless_present = "example", conflicts_with = "example")]
    pub case: Option<PathBuf>,
    /// Use an example that the program carries; it needs no files
    #[arg(long, value_name = "NAME", value_parser = crate::known::drift_example_names())]
    pub example: Option<String>,
    /// Write the tracks of all particles as NetCDF (CF trajectories)
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Write the tracks as a table in Parquet, for data frames (needs a build with the feature `parquet`)
    #[arg(long, value_name = "PATH")]
    pub parquet: Option<PathBuf>,
    /// Write release, mean track, areas and stranding as GeoJSON, for maps
    #[arg(long, value_name = "PATH")]
    pub geojson: Option<PathBuf>,
    /// Write the same as KML, for globes with a time slider
    #[arg(long, value_name = "PATH")]
    pub kml: Option<PathBuf>,
    /// Write mean track and waypoints as GPX, for plotters (which know no areas)
    #[arg(long, value_name = "PATH")]
    pub gpx: Option<PathBuf>,
    /// Write the summary of every output time as JSON (the same as --json)
    #[arg(long, value_name = "PATH", conflicts_with = "json")]
    pub summary: Option<PathBuf>,
    /// Keep in this file how far the run has come, at times and on Control-C; it is removed once the answer is there
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// Go on from what the --checkpoint holds (from the beginning where it is not there yet), to the same answer to the bit
    #[arg(long, requires = "checkpoint")]
    pub resume: bool,
    /// Seconds from one checkpoint to the next, at least
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "checkpoint")]
    pub checkpoint_every: u32,
    /// Do everything as OpenDrift up to 1.14.12 does it, defects included
    #[arg(long)]
    pub opendrift_compatible: bool,
    /// How it is answered
    #[command(flatten)]
    pub answering: Answering,
    /// The page
    #[command(flatten)]
    pub paged: Paged,
    /// How it is drawn
    #[command(flatten)]
    pub drawing: Drawing,
}
