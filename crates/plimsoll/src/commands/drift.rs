//! `plimsoll drift`: where things go.

mod checkpoint;
mod collect;
mod entered;
mod sea;
mod setup;
mod told;

use crate::answer::Delivery;
use crate::cancel;
use crate::cli::drift::Drift;
use crate::failure::Failure;
use crate::input::Source as Input;
use crate::known;
use crate::progress::Progress;
use checkpoint::{Checkpoint, Keeping};
use collect::Collect;
use plimsoll_case::drift::{DriftCase, Where, parse};
use plimsoll_core::simd::Path as Simd;
use plimsoll_drift::run::{Control, RunError, resume};
use plimsoll_drift::stranding::NoLand;
use plimsoll_read::ReadError;
#[cfg(feature = "parquet")]
use plimsoll_report::export::parquet;
use plimsoll_report::export::{places, trajectory};
use plimsoll_report::{page, text};
use setup::Made;
use std::path::{Path, PathBuf};

/// Larger cases are none.
const LARGEST: u64 = 256 * 1024;

/// A case with the file that it came from.
struct Asked<'a> {
    case: &'a DriftCase,
    input: &'a Input,
    args: &'a Drift,
}

impl Asked<'_> {
    /// A file that the case names: beside it.
    fn beside(&self, file: &str) -> PathBuf {
        self.input.path.as_deref().and_then(Path::parent).map(Path::to_owned).unwrap_or_default().join(file)
    }

    /// Every file that is read.
    fn files(&self) -> Vec<PathBuf> {
        let places = if let Where::File(file, _) = &self.case.place { Some(file) } else { None };
        let named = self.case.files.iter().map(|(f, _)| f).chain(places);
        named.map(|f| self.beside(f)).chain(self.input.path.clone()).collect()
    }

    /// Whether every particle is kept at every output time.
    fn tracks(&self) -> bool {
        self.args.out.is_some() || self.args.parquet.is_some()
    }

    /// Refuses a key of the case, at its place.
    fn refuse(&self, key: &str, message: impl Into<String>, help: impl Into<String>) -> Failure {
        let help = Some(help.into()).filter(|h| !h.is_empty());
        self.input.refuse(&[self.case.problem(key, message, help)])
    }
}

/// Follows a case.
pub fn run(args: &Drift) -> Result<(), Failure> {
    #[cfg(not(feature = "parquet"))]
    if args.parquet.is_some() {
        return Err(Failure::input(
            "--parquet: this plimsoll was built without it",
            "build it with `cargo install --path crates/plimsoll --features parquet`, or take `--out` (NetCDF)",
        ));
    }
    let input = match (&args.case, &args.example) {
        (Some(path), _) => Input::read(path, LARGEST)?,
        (None, name) => Input::example(name.as_deref().unwrap_or_default(), known::DRIFT_EXAMPLES)?,
    };
    let case = parse(&input.bytes).map_err(|e| input.refuse_all(&e))?;
    let asked = Asked { case: &case, input: &input, args };
    let mut answering = args.answering.clone();
    answering.json = answering.json.or_else(|| args.summary.clone());
    let files = asked.files();
    let delivery = Delivery::new(&answering, Some(&args.paged), &files)?;
    let exports = [&args.out, &args.parquet, &args.geojson, &args.kml, &args.gpx, &args.checkpoint];
    let written = exports.into_iter().chain([&answering.json, &args.paged.html]).flatten();
    crate::output::check(&written.map(PathBuf::as_path).collect::<Vec<_>>(), &files)?;
    let Made { setup, source, left_out } = setup::setup(&asked)?;
    let (mut set, mut sources) = sea::sea(&asked, &setup)?;
    sources.extend(source);
    let (checkpoint, found) = Checkpoint::of(&asked, &sources)?;
    let mut collect = Collect::new(&setup, asked.tracks());
    let from = found.map(|(told, kept)| {
        collect.told = told;
        kept
    });
    let mut keeping = Keeping { collect, checkpoint };
    let bar = Progress::new((case.hours * 3600.0 / case.step_s).round() as u64, "steps", args.answering.quiet);
    bar.add(from.as_ref().map_or(0, |f| u64::from(f.step())));
    let progress = |_: u32, _: u32| bar.add(1);
    let control =
        Control { threads: args.drawing.threads(), path: path(), progress: &progress, cancel: cancel::flag() };
    let done = if case.land {
        resume(&setup, &mut set, plimsoll_sea::coast::embedded(), &mut keeping, &control, from.as_ref())
    } else {
        resume(&setup, &mut set, &NoLand, &mut keeping, &control, from.as_ref())
    };
    drop(bar);
    let Keeping { collect, checkpoint } = keeping;
    match (done, checkpoint) {
        (Err(RunError::Cancelled), Some(checkpoint)) => return Err(checkpoint.stopped()),
        (done, _) => done.map_err(refused)?,
    };
    let answer = told::answer(&asked, &setup, sources, &collect, left_out)?;
    let mut outputs = delivery.outputs(&answer, text::drift, Some(page::drift))?;
    if let Some(out) = &args.out {
        outputs.file(out, told::tracks(&answer, &setup, &collect, trajectory::write)?);
    }
    #[cfg(feature = "parquet")]
    if let Some(out) = &args.parquet {
        outputs.file(out, told::tracks(&answer, &setup, &collect, parquet::write)?);
    }
    for (path, export) in
        [(&args.geojson, places::geojson as fn(&_) -> String), (&args.kml, places::kml), (&args.gpx, places::gpx)]
    {
        if let Some(path) = path {
            outputs.file(path, export(&answer));
        }
    }
    outputs.write()?;
    args.checkpoint.as_deref().map_or(Ok(()), checkpoint::remove)
}

/// What went wrong, as whoever asked can mend it.
fn refused(e: RunError<ReadError>) -> Failure {
    match e {
        RunError::Cancelled => Failure::Interrupted,
        RunError::Field(e) => super::fields::refused(&e),
        e @ RunError::NoField(_) => Failure::input(
            format!("[sea]: {e}"),
            "give it in a file (`from`) or as a constant; the current of the Dover Strait is `current = \"builtin\"`",
        ),
        e => Failure::input(e.to_string(), ""),
    }
}

/// The code path of this machine.
pub(super) fn path() -> Simd {
    Simd::detect()
}
