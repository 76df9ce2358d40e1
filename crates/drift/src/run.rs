//! A run: particles are released, step through time together, and are shown to an observer at every output time.

use crate::forcing::Forcing;
use crate::ledger;
use crate::life::{Change, Life, Object};
use crate::noise::{self, Joint, OUTER};
use crate::pieces::{self, PIECE};
use crate::plane::{Plane, TooLarge};
use crate::release::{Release, ReleaseError};
use crate::simd::{self, Path};
use crate::snapshot::Snapshot;
use crate::state::{LANES, Lane, Noise, Pack, Status};
use crate::step::{Done, Processes, Scheme, Step};
use crate::stranding::Land;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_core::time::Utc;
use plimsoll_sea::field::{FrameSource, Quantity};
use plimsoll_sea::set::Set;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use thiserror::Error;

/// What is to drift, from where, how long, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// Who enters the water where and when.
    pub release: Release,
    /// What drifts.
    pub object: Object,
    /// What becomes of it later, in the order of time.
    pub changes: Vec<Change>,
    /// How long the run lasts from the first release (backwards: from the last), s.
    pub duration_s: f64,
    /// Length of a step, s.
    pub step_s: f64,
    /// From one output to the next, s: a whole number of steps.
    pub output_s: f64,
    /// Whether time runs backwards: where did it come from?
    pub backward: bool,
    /// How steps are integrated.
    pub scheme: Scheme,
    /// Chance of a jibe in an hour, 0 to 1.
    pub jibe_per_hour: f64,
    /// Standard deviation of the wind about its field, each component, m/s.
    pub wind_sd_m_s: f64,
    /// Standard deviation of the current about its field, each component, m/s.
    pub current_sd_m_s: f64,
    /// Whether Stokes drift is added; the measured leeway holds it already.
    pub stokes: bool,
    /// Whether everything is done as the reference model (OpenDrift up to 1.14.12) does it, defects included.
    pub reference: bool,
    /// Seed of all draws.
    pub seed: u64,
}

/// How a run is carried out; nothing here changes its result.
pub struct Control<'a, P> {
    /// Number of threads.
    pub threads: usize,
    /// Which instructions.
    pub path: Path,
    /// Told after each step how many are done and how many there are.
    pub progress: P,
    /// Set from outside to stop.
    pub cancel: &'a AtomicBool,
}

/// Somebody who is shown the particles at every output time.
pub trait Observer {
    /// The particles now.
    fn see(&mut self, now: &Snapshot<'_>);
}

/// Why there is no run.
#[derive(Debug, Error)]
pub enum RunError<E> {
    /// A release that is none.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// A number of the set-up that cannot be.
    #[error("{what} is {value}: {allowed}")]
    Setup {
        /// Which.
        what: &'static str,
        /// Its value.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
    /// No source tells the quantity.
    #[error("nothing tells the {0}")]
    NoField(&'static str),
    /// The fields do not hold the place of release.
    #[error("the fields hold no part of where the particles are released ({lon_deg:.4} E, {lat_deg:.4} N)")]
    Outside {
        /// A place of release.
        lon_deg: f64,
        /// Its latitude.
        lat_deg: f64,
    },
    /// Fields that are too large.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// A frame that could not be read.
    #[error("a field could not be read")]
    Field(#[source] E),
    /// Stopped from outside.
    #[error("stopped before the end")]
    Cancelled,
}

/// What a run did, to tell speeds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Steps of all particles together, those that did not move included.
    pub particle_steps: u64,
}

impl Setup {
    fn check<E>(&self) -> Result<u32, RunError<E>> {
        self.release.check()?;
        let bad = |what, value, allowed| Err(RunError::Setup { what, value, allowed });
        let within = |v: f64, low: f64, high: f64| v >= low && v <= high;
        if !within(self.step_s, 1.0, 21_600.0) {
            return bad("the step, s,", self.step_s, "1 s to 6 h");
        }
        if !within(self.duration_s, self.step_s, 60.0 * 86_400.0) {
            return bad("the duration, s,", self.duration_s, "one step to 60 days");
        }
        let whole = |v: f64| (v - v.round()).abs() < 1e-9 && v >= 0.5;
        if !whole(self.duration_s / self.step_s) {
            return bad("the duration, s,", self.duration_s, "a whole number of steps");
        }
        if !whole(self.output_s / self.step_s) {
            return bad("the time between outputs, s,", self.output_s, "a whole number of steps");
        }
        if !within(self.jibe_per_hour, 0.0, 1.0) {
            return bad("the chance of a jibe in an hour", self.jibe_per_hour, "0 to 1");
        }
        if !within(self.wind_sd_m_s, 0.0, 20.0) {
            return bad("the wind's standard deviation, m/s,", self.wind_sd_m_s, "0 to 20 m/s");
        }
        if !within(self.current_sd_m_s, 0.0, 5.0) {
            return bad("the current's standard deviation, m/s,", self.current_sd_m_s, "0 to 5 m/s");
        }
        for change in &self.changes {
            if let crate::life::After::Each(all) = &change.after
                && all.len() != self.release.number
            {
                return Err(ReleaseError::List { given: all.len(), number: self.release.number }.into());
            }
        }
        Ok((self.duration_s / self.step_s).round() as u32)
    }

    /// The instant at which the run begins.
    #[must_use]
    pub fn start(&self) -> Utc {
        let (first, last) = self.release.span();
        if self.backward { last } else { first }
    }
}

/// Tables of the processes that are on.
struct Tables {
    wind: Option<Vec<Joint>>,
    current: Option<Vec<Joint>>,
    leeway: Option<Vec<Joint>>,
}

impl Tables {
    fn new(setup: &Setup) -> Self {
        let table = |on: bool, id: &str| {
            let hours: [f64; OUTER] = ledger::outer(id, setup.seed);
            (on && !setup.reference).then(|| noise::table(setup.step_s, &hours.map(|h| h * 3600.0)))
        };
        Self {
            wind: table(setup.wind_sd_m_s > 0.0, "noise.wind_decorrelation"),
            current: table(setup.current_sd_m_s > 0.0, "noise.current_decorrelation"),
            leeway: table(drifts(setup), "noise.leeway_decorrelation"),
        }
    }

    fn processes<'a>(&'a self, setup: &Setup, fluctuation: &'a [[Lane; 3]]) -> Processes<'a> {
        Processes {
            wind_sd: setup.wind_sd_m_s as f32,
            current_sd: setup.current_sd_m_s as f32,
            wind: self.wind.as_deref(),
            current: self.current.as_deref(),
            leeway: self.leeway.as_deref(),
            fluctuation,
            white: setup.reference,
        }
    }

    fn any(&self) -> bool {
        self.wind.is_some() || self.current.is_some() || self.leeway.is_some()
    }
}

/// Whether anything ever feels the wind.
fn drifts(setup: &Setup) -> bool {
    setup.object != Object::Water || setup.changes.iter().any(|c| c.object != Object::Water)
}

/// Carries out a run.
///
/// # Errors
/// [`RunError`]
pub fn run<S: FrameSource, L: Land, O: Observer, P: Fn(u32, u32)>(
    setup: &Setup,
    set: &mut Set<S>,
    land: &L,
    observer: &mut O,
    control: &Control<'_, P>,
) -> Result<Work, RunError<S::Error>> {
    let steps = setup.check()?;
    let windy = drifts(setup);
    if !set.has(Quantity::Current) {
        return Err(RunError::NoField(Quantity::Current.name()));
    }
    if windy && !set.has(Quantity::Wind) {
        return Err(RunError::NoField(Quantity::Wind.name()));
    }
    if setup.stokes && !set.has(Quantity::Stokes) {
        return Err(RunError::NoField(Quantity::Stokes.name()));
    }
    let stream = Stream::new(setup.seed);
    let places = crate::plan::places(setup, &stream, control.threads);
    let mut plane = crate::plan::plane(setup, set, &places)?;
    let life = Life::new(&setup.object, &setup.changes, setup.jibe_per_hour, setup.reference, setup.seed);
    let tables = Tables::new(setup);
    let mut packs = crate::plan::packs(setup, &life, &plane, &places, control.threads);
    if !setup.reference {
        // what was scattered onto land is ashore from the start: it must not drift over it
        for (i, _) in places.iter().enumerate().filter(|(_, p)| land.is_land(**p) == Some(true)) {
            packs[i / LANES].status[i % LANES] = Status::Stranded as u8;
        }
    }
    drop(places);
    let mut noise = Vec::new();
    if tables.any() {
        noise = (0..packs.len()).map(|k| first_noise(&stream, (k * LANES) as u64)).collect();
    }
    let clear = clear_cells(&plane, land);
    let mut forcing = Forcing::new(setup, set, &plane, windy);
    let fluctuation = life.fluctuation();
    let start_ms = setup.start().millis() as f64;
    let sign = if setup.backward { -1.0 } else { 1.0 };
    let every = (setup.output_s / setup.step_s).round() as u32;
    let last_release = packs.iter().flat_map(|p| p.release).filter(|r| r.is_finite()).fold(0.0, f32::max);
    let waiting = rows(&packs, plane.bits());
    let (mut busy, mut margin) = (waiting, 8);
    for number in 0..=steps {
        let now_s = f64::from(number) * setup.step_s;
        let time_ms = start_ms + sign * now_s * 1000.0;
        if control.cancel.load(Ordering::Relaxed) {
            return Err(RunError::Cancelled);
        }
        let show = number % every == 0 || number == steps;
        let ask = [busy[0] - margin, busy[1] + margin + 2];
        let rows =
            forcing.fill(set, time_ms, sign * setup.step_s * 1000.0, setup.scheme, ask).map_err(RunError::Field)?;
        if show {
            let [columns, rows] = extent(&packs, &plane, setup.release.number);
            plane.look(columns, rows);
            let snapshot =
                Snapshot::new(&plane, &packs, setup.release.number, forcing.now(), control.threads, now_s, time_ms);
            observer.see(&snapshot);
        }
        if number == steps {
            break;
        }
        let step = Step {
            plane: &plane,
            stages: [&[]; 3],
            filled: [0, 0],
            scheme: setup.scheme,
            now_s: now_s as f32,
            step_s: setup.step_s as f32,
            sign: sign as f32,
            number,
            stream,
            processes: tables.processes(setup, &fluctuation),
            land,
            clear: &clear,
            reference: setup.reference,
        };
        let (mut done, escaped) =
            advance(&step.at(forcing.stages(), rows), &life, &mut packs, &mut noise, control.threads, control.path);
        if !escaped.is_empty() {
            let all = [0, plane.shape()[1] as i32];
            let reach = sign * setup.step_s * 1000.0;
            let filled = forcing.fill(set, time_ms, reach, setup.scheme, all).map_err(RunError::Field)?;
            let step = step.at(forcing.stages(), filled);
            for k in escaped {
                done.join(simd::pack(control.path, &step, &mut packs[k], noise.get_mut(k), (k * LANES) as u64));
            }
        }
        if done.rows[0] <= done.rows[1] {
            let moved = (done.rows[0] - busy[0]).abs().max((done.rows[1] - busy[1]).abs());
            margin = 4 + 2 * moved.min(margin);
            busy = done.rows;
        }
        if (now_s as f32) < last_release {
            busy = [busy[0].min(waiting[0]), busy[1].max(waiting[1])];
        }
        (control.progress)(number + 1, steps);
    }
    Ok(Work { particle_steps: u64::from(steps) * setup.release.number as u64 })
}

/// One step of everything, on as many threads as it is worth. Says which packs looked beyond what is filled.
fn advance<L: Land>(
    step: &Step<'_, L>,
    life: &Life<'_>,
    packs: &mut [Pack],
    noise: &mut [Noise],
    threads: usize,
    path: Path,
) -> (Done, Vec<usize>) {
    let threads = threads.clamp(1, packs.len().div_ceil(2 * PIECE));
    let mut noises = noise.chunks_mut(PIECE);
    let pieces = packs.chunks_mut(PIECE).enumerate().map(move |(k, p)| (k, p, noises.next().unwrap_or_default()));
    let parts = pieces::each(threads, pieces, |(piece, packs, noise)| {
        let first = (piece * PIECE * LANES) as u64;
        for (k, pack) in packs.iter_mut().enumerate() {
            life.turn(pack, first + (k * LANES) as u64, step.number, step.now_s, step.step_s);
        }
        let mut escaped = Vec::new();
        let done = simd::packs(path, step, packs, noise, first, &mut escaped);
        (done, escaped.into_iter().map(|k| piece * PIECE + k).collect::<Vec<_>>())
    });
    let (mut done, mut lost) = (Done::NONE, Vec::new());
    for (d, l) in parts {
        done.join(d);
        lost.extend(l);
    }
    (done, lost)
}

/// The processes of a pack as it begins: drawn from what they are in the long run.
fn first_noise(stream: &Stream, first: u64) -> Noise {
    let mut out = Noise([[0.0; LANES]; 6]);
    for (k, purpose) in [Purpose::WindNoise, Purpose::CurrentNoise, Purpose::LeewayNoise].into_iter().enumerate() {
        [out.0[2 * k], out.0[2 * k + 1]] = noise::fresh(stream, first, u32::MAX, purpose);
    }
    out
}

/// First and last row where there is anything.
fn rows(packs: &[Pack], bits: u32) -> [i32; 2] {
    let mut out = [i32::MAX, i32::MIN];
    for p in packs {
        for l in (0..LANES).filter(|l| p.status[*l] <= Status::Active as u8) {
            out = [out[0].min(p.y[l] >> bits), out[1].max(p.y[l] >> bits)];
        }
    }
    if out[0] > out[1] { [0, 0] } else { out }
}

/// Columns and rows of the nodes around all particles.
fn extent(packs: &[Pack], plane: &Plane, number: usize) -> [Range<usize>; 2] {
    let (mut low, mut high) = ([i32::MAX; 2], [0; 2]);
    let all = packs.iter().flat_map(|p| p.x.into_iter().zip(p.y)).take(number);
    for (x, y) in all {
        low = [low[0].min(x), low[1].min(y)];
        high = [high[0].max(x), high[1].max(y)];
    }
    let shape = plane.shape();
    [0, 1].map(|k| {
        let cell = |v: i32| ((v.max(0) >> plane.bits()) as usize).min(shape[k] - 2);
        cell(low[k])..cell(high[k]) + 2
    })
}

/// For each cell (by its first node) the distance, in cells, within which there is certainly no shore.
fn clear_cells<L: Land>(plane: &Plane, land: &L) -> Vec<f32> {
    if !land.exists() {
        return vec![];
    }
    let [columns, rows] = plane.shape();
    let mut out = vec![0.0; columns * rows];
    for r in 0..rows - 1 {
        for c in 0..columns - 1 {
            let k = r * columns + c;
            let corners = [k, k + 1, k + columns, k + columns + 1];
            // A cell's side is at most 1 over the least that a metre does to column or row.
            let size = corners.iter().map(|n| largest_side_m(&plane.metric()[*n])).fold(0.0, f64::max);
            let centre = plane.grid().place([c as f64 + 0.5, r as f64 + 0.5]);
            let clear = land.clear_m(centre);
            // half a diagonal from the centre to wherever in the cell a particle is, and both ways of a step
            out[k] = (((clear - 0.75 * size) / (1.5 * size)).max(0.0)) as f32;
        }
    }
    out
}

/// The longer side of a cell, m.
fn largest_side_m(node: &[f32; 4]) -> f64 {
    let [a, b, c, d] = node.map(f64::from);
    let det = a * d - b * c;
    let column = (d * d + c * c).sqrt() / det.abs();
    let row = (b * b + a * a).sqrt() / det.abs();
    column.max(row)
}
