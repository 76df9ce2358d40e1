//! `plimsoll coast` and `plimsoll bench coast`.

use super::Answering;
use clap::{Args, Subcommand};
use plimsoll_core::earth::LonLat;
use std::path::PathBuf;

/// `plimsoll coast`
#[derive(Debug, Subcommand)]
pub enum Coast {
    /// Land or sea at a place, and how far the shore is
    At(At),
    /// What a file of coast tiles holds
    Info(Info),
    /// Make the coast tiles of another region from GSHHG (Debian: apt-get install gmt-gshhg-full)
    Build(Build),
}

/// `plimsoll coast at`
#[derive(Debug, Args)]
pub struct At {
    /// Such as "51 02.0N 001 30.0E" or "51.0333N 1.5000E"
    #[arg(value_name = "POSITION")]
    pub position: LonLat,
    /// Tiles to ask [default: those that the program carries]
    #[arg(long, value_name = "FILE")]
    pub tiles: Option<PathBuf>,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
}

/// `plimsoll coast info`
#[derive(Debug, Args)]
pub struct Info {
    /// Tiles [default: those that the program carries]
    #[arg(value_name = "FILE")]
    pub tiles: Option<PathBuf>,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
}

/// `plimsoll coast build`
#[derive(Debug, Args)]
pub struct Build {
    /// The file binned_GSHHS_f.nc, or the folder that holds it
    #[arg(long, value_name = "PATH", default_value = "/usr/share/gmt-gshhg")]
    pub from: PathBuf,
    /// West, south, east and north in degrees, such as "-6,48,9,56"; widened to whole degrees
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    pub region: Window,
    /// Where the tiles go
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
}

/// `plimsoll bench coast`
#[derive(Debug, Args)]
pub struct BenchCoast {
    /// Queries of each kind
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1_000..=1_000_000_000))]
    pub queries: u64,
    /// Seed of all random numbers
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Tiles to ask [default: those that the program carries]
    #[arg(long, value_name = "FILE")]
    pub tiles: Option<PathBuf>,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
}

/// West, south, east and north, degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window(pub [f64; 4]);

impl std::str::FromStr for Window {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sides: Option<Vec<f64>> = text.split(',').map(|side| side.trim().parse().ok()).collect();
        let Some([w, s, e, n]) = sides.and_then(|sides| <[f64; 4]>::try_from(sides).ok()) else {
            return Err(format!("`{text}` is no region: write west,south,east,north in degrees, such as -6,48,9,56"));
        };
        let range = |what: &str, value: f64, limit: f64| {
            (value.abs() <= limit).then_some(()).ok_or(format!("{what} {value} is not within -{limit} to {limit}"))
        };
        range("west", w, 180.0)?;
        range("south", s, 90.0)?;
        range("east", e, 180.0)?;
        range("north", n, 90.0)?;
        if w >= e {
            return Err(format!("west {w} is not west of east {e}; a region across the date line takes two files"));
        }
        if s >= n {
            return Err(format!("south {s} is not south of north {n}: the order is west,south,east,north"));
        }
        Ok(Self([w, s, e, n]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_read_and_refused() {
        let read = |text: &str| text.parse::<Window>();
        assert_eq!(read("-6,48,9,56"), Ok(Window([-6.0, 48.0, 9.0, 56.0])));
        assert_eq!(read(" -0.5, 49.25, 1 ,51"), Ok(Window([-0.5, 49.25, 1.0, 51.0])));
        for (text, why) in [
            ("", "is no region"),
            ("1,2,3", "is no region"),
            ("1,2,3,4,5", "is no region"),
            ("a,2,3,4", "is no region"),
            ("nan,2,3,4", "west NaN is not within"),
            ("-181,2,3,4", "west -181 is not within"),
            ("1,2,3,91", "north 91 is not within"),
            ("170,2,-170,4", "date line"),
            ("1,4,3,2", "the order is"),
        ] {
            assert!(read(text).unwrap_err().contains(why), "{text}: {:?}", read(text));
        }
    }
}
