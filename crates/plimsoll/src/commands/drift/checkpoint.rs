//! How far a run has come, in a file: written whole beside its place and then put there, so that whatever ends the program leaves the
//! one before or the next. Tracks that have been asked for are in it too, for their file cannot be written piece by piece.

use super::Asked;
use super::collect::{Collect, Told};
use crate::clock::Stopwatch;
use crate::failure::Failure;
use crate::input::Source;
use crate::output::Outputs;
use crate::progress::note;
use plimsoll_case::answer::digest;
use plimsoll_case::answer::drift::DriftSource;
use plimsoll_drift::kept::{Kept, State};
use plimsoll_drift::run::Observer;
use plimsoll_drift::snapshot::Snapshot;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What such a file begins with; its form is numbered.
const MAGIC: &[u8] = b"plimsoll drift checkpoint 1\n";
/// Hexadecimal digits of the digest at its end.
const DIGEST: usize = 64;
/// No checkpoint is longer: 20 million particles, and tracks of some.
const LIMIT: u64 = 1 << 34;

/// What stands between the two.
#[derive(Serialize, Deserialize)]
struct Content<T> {
    /// Only the version that kept a run can go on with it: its laws may have moved.
    version: String,
    /// Digest of all that the run rests on.
    case: String,
    told: T,
    state: Vec<u8>,
}

/// What a checkpoint holds: what the answer will tell so far, and where the particles are.
type Found = (Told, Kept);

/// Where a run is kept, and when next.
pub struct Checkpoint {
    path: PathBuf,
    case: String,
    every: Duration,
    since: Stopwatch,
    failure: Option<Failure>,
}

impl Checkpoint {
    /// What the command asks for: the file to keep the run in, and what it holds where the run is to go on.
    pub fn of(asked: &Asked<'_>, sources: &[DriftSource]) -> Result<(Option<Self>, Option<Found>), Failure> {
        let args = asked.args;
        let Some(path) = &args.checkpoint else { return Ok((None, None)) };
        let every = Duration::from_secs(args.checkpoint_every.into());
        let case = rests_on(asked, sources)?;
        let new = Self { path: path.clone(), case, every, since: Stopwatch::start(), failure: None };
        let there = path.try_exists().map_err(|e| Failure::file("read", path, e))?;
        if there && !args.resume {
            return Err(Failure::Usage(format!(
                "{} is there already: --resume goes on from it; remove it to begin anew",
                path.display()
            )));
        }
        if !there && args.resume {
            note(args.answering.quiet, format_args!("{} is not there yet: from the beginning", path.display()));
        }
        let found = there.then(|| new.read()).transpose()?;
        Ok((Some(new), found))
    }

    fn read(&self) -> Result<Found, Failure> {
        let source = Source::read(&self.path, LIMIT)?;
        let name = &source.name;
        let refuse = |why: &str| Failure::input(format!("{name} {why}"), "remove it to begin anew");
        let whole = &source.bytes;
        if !whole.starts_with(MAGIC) {
            return Err(refuse("is no checkpoint of a drift of this form"));
        }
        let end = whole.len().saturating_sub(DIGEST);
        if digest::of_bytes(&whole[..end]).as_bytes() != &whole[end..] {
            return Err(refuse("is damaged: it does not have the digest that it says"));
        }
        let damaged = || refuse("is damaged");
        let content: Content<Told> = postcard::from_bytes(&whole[MAGIC.len()..end]).map_err(|_| damaged())?;
        let this = env!("CARGO_PKG_VERSION");
        if content.version != this {
            let why = format!("was kept by plimsoll {}, and this is {this}: only the same can go on", content.version);
            return Err(refuse(&why));
        }
        if content.case != self.case {
            return Err(refuse("is of another run: case, files, seed, constants or what is to be written differ"));
        }
        let kept = Kept::of(&content.state).ok_or_else(damaged)?;
        Ok((content.told, kept))
    }

    fn write(&self, told: &Told, state: &State<'_>) -> Result<(), Failure> {
        let fault = |e| Failure::World(format!("the checkpoint cannot be written: {e}"));
        let version = env!("CARGO_PKG_VERSION").into();
        let content = Content { version, case: self.case.clone(), told, state: state.to_bytes() };
        let mut whole = postcard::to_extend(&content, MAGIC.to_vec()).map_err(fault)?;
        whole.extend(digest::of_bytes(&whole).into_bytes());
        let mut outputs = Outputs::default();
        outputs.file(&self.path, whole);
        outputs.write()
    }

    /// Why a run has stopped that keeps itself.
    pub fn stopped(self) -> Failure {
        self.failure.unwrap_or(Failure::Kept(self.path))
    }
}

/// Takes away the checkpoint of a run whose answer has been written.
pub fn remove(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        // a short run has never been kept
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done.map_err(|e| Failure::file("remove", path, e)),
    }
}

/// Digest of all that the bits of a run rest on, and of whether tracks are kept.
fn rests_on(asked: &Asked<'_>, sources: &[DriftSource]) -> Result<String, Failure> {
    let form = serde_json::json!({
        "case": digest::of_bytes(&asked.input.bytes),
        "seed": asked.args.drawing.seed,
        "opendrift_compatible": asked.args.opendrift_compatible,
        "tracks": asked.tracks(),
        "sources": sources,
        "constants": super::told::constants(),
    });
    digest::of_value(&form).map_err(|e| Failure::World(format!("this is a fault of plimsoll, please report it: {e}")))
}

/// Collects a run and keeps it, where that is asked for.
pub struct Keeping {
    pub collect: Collect,
    pub checkpoint: Option<Checkpoint>,
}

impl Observer for Keeping {
    fn see(&mut self, now: &Snapshot<'_>) {
        self.collect.see(now);
    }

    fn keep(&mut self, now: &State<'_>, last: bool) -> bool {
        let Some(c) = &mut self.checkpoint else { return true };
        if !last && c.since.elapsed() < c.every {
            return true;
        }
        c.failure = c.write(&self.collect.told, now).err();
        c.since = Stopwatch::start();
        c.failure.is_none()
    }
}
