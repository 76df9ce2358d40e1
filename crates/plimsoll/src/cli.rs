//! What can be typed.

pub mod bench;
pub mod calibration;
pub mod coast;
pub mod drift;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Risk to life for overloaded small boats.
///
/// plimsoll follows everyone aboard an overloaded boat to the end under each thing that could be done, and compares.
/// It holds no method of stopping a boat, gives no advice on crossing, and identifies nobody.
#[derive(Debug, Parser)]
#[command(name = "plimsoll", version, max_term_width = 100, propagate_version = true)]
#[command(
    after_help = "Exit codes: 0 an answer was given, 2 usage, 3 input refused, 4 the world failed, 130 interrupted."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// What happens to the people aboard under each option, here and now
    Assess(Assess),
    /// The present load against the limits that it has passed or not
    Loadline(Loadline),
    /// How long people in the water live
    Survive(Survive),
    /// Height and stream of the tide in the Dover Strait
    Tide(Tide),
    /// Where a boat, a raft or a person drifts
    Drift(drift::Drift),
    /// What is in a file of currents, winds or waves
    #[command(subcommand)]
    Fields(Fields),
    /// Ask for, check and describe scenario files
    #[command(subcommand)]
    Scenario(Scenario),
    /// Land or sea: tiles of the shoreline, made, described and asked
    #[command(subcommand)]
    Coast(coast::Coast),
    /// Fit the judged constants to the record of events, and say what it moved
    Calibrate(calibration::Calibrate),
    /// Every fatal event on record foretold from all others, beside what happened
    Backtest(calibration::Backtest),
    /// Known answers beside ours, part by part
    Selftest(Selftest),
    /// Speed of this build on this machine
    #[command(subcommand)]
    Bench(Bench),
    /// Join the parts that `assess --shard` wrote
    Merge(Merge),
    /// Every constant with its value, unit, grade and source
    Constants(Constants),
    /// Feed mutated inputs to every parser
    #[command(hide = true)]
    Fuzz(Fuzz),
    /// A completion script for a shell
    Completions(Completions),
    /// The manual page, as roff
    Man,
}

/// Where an answer goes and how it is said.
#[derive(Clone, Debug, Args)]
pub struct Answering {
    /// Write the answer as JSON; with `-` standard output holds the JSON alone
    #[arg(long, value_name = "PATH")]
    pub json: Option<PathBuf>,
    /// Language of text and page
    #[arg(long, value_enum, value_name = "LANG", default_value = "en")]
    pub lang: Lang,
    /// No progress and no messages
    #[arg(long)]
    pub quiet: bool,
}

/// The page of an answer that has one.
#[derive(Clone, Debug, Args)]
pub struct Paged {
    /// Write one self-contained HTML page; with `-` to standard output
    #[arg(long, value_name = "PATH")]
    pub html: Option<PathBuf>,
}

/// How realisations are drawn and run.
#[derive(Clone, Debug, Args)]
pub struct Drawing {
    /// Seed of all random numbers
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads; the answer does not depend on it [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

impl Drawing {
    /// Threads to use.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}

/// Language of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// French
    Fr,
}

impl From<Lang> for plimsoll_report::Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Fr => Self::Fr,
        }
    }
}

/// Where a scenario comes from.
#[derive(Clone, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct ScenarioSource {
    /// Scenario file (TOML); `-` is standard input
    #[arg(value_name = "SCENARIO")]
    pub scenario: Option<PathBuf>,
    /// Use an example that the program carries
    #[arg(long, value_name = "NAME", value_parser = crate::known::example_names())]
    pub example: Option<String>,
}

/// `plimsoll assess`
#[derive(Debug, Args)]
pub struct Assess {
    /// Where the scenario comes from.
    #[command(flatten)]
    pub source: ScenarioSource,
    /// How it is run.
    #[command(flatten)]
    pub drawing: Drawing,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
    /// Its page.
    #[command(flatten)]
    pub paged: Paged,
    /// Realisations [default: the scenario's, else 10000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(256..=10_000_000))]
    pub realisations: Option<u64>,
    /// Work out what would flip each verdict: some hundreds of runs more, a few minutes
    #[arg(long)]
    pub flips: bool,
    /// Work out what the expected deaths hang on (Sobol indices): some hundreds of runs more, a few minutes
    #[arg(long)]
    pub sensitivity: bool,
    /// Constants as judged, each by itself, not as calibrated on the record of events
    #[arg(long)]
    pub judged: bool,
    /// Other rules of ordering and verdicts than the default; whatever differs is listed in the answer
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Write who enters the water where and when in each realisation as CSV, for `plimsoll drift`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["shard", "partial"])]
    pub into_water: Option<PathBuf>,
    /// Course of the boat under way, degrees true, for the places in --into-water: no scenario says it
    #[arg(long, value_name = "DEGREES", requires = "into_water", value_parser = clap::value_parser!(u16).range(0..=360))]
    pub course: Option<u16>,
    /// Run part I of N only (1/7, 2/7, ... 7/7) and write it to --partial
    #[arg(long, value_name = "I/N", requires = "partial", conflicts_with_all = ["json", "html", "flips", "sensitivity"])]
    pub shard: Option<Shard>,
    /// Where the part goes, for `plimsoll merge`
    #[arg(long, value_name = "FILE", requires = "shard")]
    pub partial: Option<PathBuf>,
}

/// One part of a number of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    pub part: u64,
    /// Of how many.
    pub of: u64,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match parsed {
            Some((part, of)) if part >= 1 && part <= of => Ok(Self { part, of }),
            _ => Err(format!("`{text}` is no part: write I/N with 1 <= I <= N, such as 2/7")),
        }
    }
}

impl Shard {
    /// Its realisations, of `total`. The parts need not be equal and leave nothing out.
    #[must_use]
    pub fn range(self, total: u64) -> std::ops::Range<u64> {
        let edge = |i: u64| (u128::from(total) * u128::from(i) / u128::from(self.of)) as u64;
        edge(self.part - 1)..edge(self.part)
    }
}

/// `plimsoll loadline`
#[derive(Debug, Args)]
pub struct Loadline {
    /// Where the scenario comes from.
    #[command(flatten)]
    pub source: ScenarioSource,
    /// How it is run.
    #[command(flatten)]
    pub drawing: Drawing,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
    /// Its page.
    #[command(flatten)]
    pub paged: Paged,
}

/// `plimsoll survive`
#[derive(Debug, Args)]
pub struct Survive {
    /// Case file with a section `[water]` (TOML); `-` is standard input
    #[arg(value_name = "CASE", conflicts_with_all = ["people", "children", "minutes", "water", "jackets", "hold", "hs", "light"])]
    pub case: Option<PathBuf>,
    /// People in the water
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub people: Option<String>,
    /// Children among them
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub children: Option<String>,
    /// Minutes that they have been in it
    #[arg(long, value_name = "MINUTES", allow_hyphen_values = true)]
    pub minutes: Option<String>,
    /// Temperature of the water, such as "13 degC"
    #[arg(long, value_name = "TEMPERATURE", allow_hyphen_values = true)]
    pub water: Option<String>,
    /// Share with a lifejacket that is worn
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true)]
    pub jackets: Option<String>,
    /// What they hold: wreck, raft, nothing, unknown
    #[arg(long, value_name = "WHAT")]
    pub hold: Option<String>,
    /// Significant wave height, such as "0.6 m"
    #[arg(long, value_name = "HEIGHT", allow_hyphen_values = true)]
    pub hs: Option<String>,
    /// day, night, twilight
    #[arg(long, value_name = "LIGHT")]
    pub light: Option<String>,
    /// How it is run.
    #[command(flatten)]
    pub drawing: Drawing,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
    /// Its page.
    #[command(flatten)]
    pub paged: Paged,
}

/// `plimsoll tide`
#[derive(Debug, Args)]
pub struct Tide {
    /// Where, such as "51 01.2N 001 30.0E"
    #[arg(long, value_name = "POSITION")]
    pub at: String,
    /// A whole day in UTC, such as 2026-11-24
    #[arg(long, value_name = "DATE", required_unless_present = "from")]
    pub day: Option<String>,
    /// First instant instead of a day, such as 2026-11-24T06:00:00Z
    #[arg(long, value_name = "TIME", conflicts_with = "day")]
    pub from: Option<String>,
    /// Hours from there [default: 24]
    #[arg(long, value_name = "N", requires = "from", value_parser = clap::value_parser!(u16).range(1..=168))]
    pub hours: Option<u16>,
    /// Step of the table, such as "30 min"
    #[arg(long, value_name = "DURATION", default_value = "1 h")]
    pub every: String,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
    /// Its page.
    #[command(flatten)]
    pub paged: Paged,
}

/// `plimsoll fields`
#[derive(Debug, Subcommand)]
pub enum Fields {
    /// Say what was understood: variables, grid, times, units, gaps, and a small map
    Inspect(FieldsInspect),
}

/// `plimsoll fields inspect`
#[derive(Debug, Args)]
pub struct FieldsInspect {
    /// NetCDF, GRIB2, time series (.csv) or the folder of a Zarr store
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
}

/// `plimsoll scenario`
#[derive(Debug, Subcommand)]
pub enum Scenario {
    /// Ask the few questions that matter and write a scenario
    New {
        /// Where it goes [default: standard output]
        #[arg(long, value_name = "PATH")]
        out: Option<PathBuf>,
        /// Language of the questions
        #[arg(long, value_enum, value_name = "LANG", default_value = "en")]
        lang: Lang,
    },
    /// Say what is wrong with a scenario, where, and what is allowed
    Check {
        /// Where the scenario comes from.
        #[command(flatten)]
        source: ScenarioSource,
    },
    /// The JSON Schema of scenario files, for editors
    Schema,
}

/// `plimsoll selftest`
#[derive(Debug, Args)]
pub struct Selftest {
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
}

/// `plimsoll bench`
#[derive(Debug, Subcommand)]
pub enum Bench {
    /// The roll, heave and flooding kernel: steps executed per second and core
    Roll(BenchRoll),
    /// Points and steps against the coast: nanoseconds of one query
    Coast(coast::BenchCoast),
    /// The drift: particle-steps per second of processor time, in three kinds of physics
    Drift(bench::BenchDrift),
}

/// `plimsoll bench roll`
#[derive(Debug, Args)]
pub struct BenchRoll {
    /// Realisations of 30 minutes
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(16..=1_000_000))]
    pub realisations: u64,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
    /// How it is run.
    #[command(flatten)]
    pub drawing: Drawing,
}

/// `plimsoll merge`
#[derive(Debug, Args)]
pub struct Merge {
    /// Files written by `assess --shard I/N --partial FILE`
    #[arg(value_name = "FILES", required = true)]
    pub files: Vec<PathBuf>,
    /// Where the answer goes.
    #[command(flatten)]
    pub answering: Answering,
    /// Its page.
    #[command(flatten)]
    pub paged: Paged,
    /// Threads; the answer does not depend on it [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// `plimsoll constants`
#[derive(Debug, Args)]
pub struct Constants {
    /// Only those whose id contains this
    #[arg(value_name = "WORD")]
    pub word: Option<String>,
}

/// `plimsoll fuzz`
#[derive(Debug, Args)]
pub struct Fuzz {
    /// Inputs for each parser
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub inputs: u64,
    /// Seed of the mutations
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

/// `plimsoll completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// Which shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn parts_leave_nothing_out() {
        for of in [1, 7, 64] {
            let mut at = 0;
            for part in 1..=of {
                let range = Shard { part, of }.range(10_000);
                assert_eq!(range.start, at);
                at = range.end;
            }
            assert_eq!(at, 10_000);
        }
        assert!("0/3".parse::<Shard>().is_err() && "4/3".parse::<Shard>().is_err() && "1".parse::<Shard>().is_err());
    }
}
