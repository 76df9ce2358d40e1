//! A run: particles are released, step through time together, and are shown to an observer at every output time.

mod setup;

use crate::forcing::Forcing;
use crate::kept::{Kept, State};
use crate::ledger;
use crate::life::{Life, Object};
use crate::noise::{self, Joint, OUTER};
use crate::pieces::{self, PIECE};
use crate::plane::{Fixed, Plane, TooLarge};
use crate::release::ReleaseError;
use crate::simd::{self, Path};
pub use crate::snapshot::Observer;
use crate::snapshot::Snapshot;
use crate::state::{LANES, Lane, Noise, Pack, Status};
use crate::step::{Done, Processes, Step};
use crate::stranding::Land;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_sea::field::{FrameSource, Quantity};
use plimsoll_sea::grid::Window;
use plimsoll_sea::set::Set;
pub use setup::Setup;
use std::sync::atomic::{AtomicBool, Ordering};
use thiserror::Error;

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
    /// A kept state that does not belong to this run.
    #[error("the state that was kept is of another run")]
    Kept,
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
    resume(setup, set, land, observer, control, None)
}

/// Carries out a run from a state that was kept, or from the beginning; either way it ends with the same bits.
///
/// # Errors
/// [`RunError`]
pub fn resume<S: FrameSource, L: Land, O: Observer, P: Fn(u32, u32)>(
    setup: &Setup,
    set: &mut Set<S>,
    land: &L,
    observer: &mut O,
    control: &Control<'_, P>,
    from: Option<&Kept>,
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
    let plane = crate::plan::plane(setup, set, &places)?;
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
    let threads = pieces::worth(control.threads, packs.len());
    let mut noise = Vec::new();
    if tables.any() {
        noise = vec![Noise([[0.0; LANES]; 6]); packs.len()];
        pieces::each(threads, noise.chunks_mut(PIECE).enumerate(), |(piece, part)| {
            for (k, one) in part.iter_mut().enumerate() {
                *one = first_noise(&stream, ((piece * PIECE + k) * LANES) as u64);
            }
        });
    }
    let first = from.map_or(Ok(0), |kept| kept.restore(&mut packs, &mut noise, steps, life.objects.len()))?;
    let fluctuation = life.fluctuation();
    let bare = !windy && !tables.any() && setup.current_sd_m_s == 0.0;
    let forcing = Forcing::new(setup, set, windy, bare);
    let mut sea = Sea { forcing, plane, clear: vec![], shown: Window::default() };
    let start_ms = setup.start().millis() as f64;
    let sign = if setup.backward { -1.0 } else { 1.0 };
    let step_ms = sign * setup.step_s * 1000.0;
    let every = (setup.output_s / setup.step_s).round() as u32;
    let last_release = packs.iter().flat_map(|p| p.release).filter(|r| r.is_finite()).fold(0.0, f32::max);
    let waiting = Extent::of(&packs, setup.release.number, threads, |status| status <= Status::Active as u8);
    let (mut busy, mut margin) = (waiting, 8);
    for number in first..=steps {
        let now_s = f64::from(number) * setup.step_s;
        let time_ms = start_ms + sign * now_s * 1000.0;
        let stop = control.cancel.load(Ordering::Relaxed);
        if !observer.keep(&State { number, packs: &packs, noise: &noise }, stop) || stop {
            return Err(RunError::Cancelled);
        }
        let mut ask = busy.window(&sea.plane, margin);
        if number % every == 0 || number == steps {
            let all = Extent::of(&packs, setup.release.number, threads, |_| true).window(&sea.plane, 0);
            sea.shown = all;
            let _ = sea.ready(set, land, time_ms, step_ms, &ask.joined(&all)).map_err(RunError::Field)?;
            sea.plane.look(&all);
            observer.see(&Snapshot {
                view: sea.plane.view(sea.plane.part()),
                plane: &sea.plane,
                packs: &packs,
                number: setup.release.number,
                nodes: sea.forcing.now(),
                threads,
                path: control.path,
                elapsed_s: now_s,
                time_ms,
            });
        }
        if number == steps {
            break;
        }
        let (mut done, mut redo) = (Done::NONE, None);
        loop {
            let filled = sea.ready(set, land, time_ms, step_ms, &ask).map_err(RunError::Field)?;
            let step = Step {
                plane: &sea.plane,
                stages: sea.forcing.stages(),
                flows: sea.forcing.flows(),
                view: sea.plane.view(&filled),
                scheme: setup.scheme,
                now_s: now_s as f32,
                step_s: setup.step_s as f32,
                sign: sign as f32,
                number,
                stream,
                processes: tables.processes(setup, &fluctuation),
                land,
                clear: &sea.clear,
                reference: setup.reference,
            };
            let escaped: Vec<usize> = match redo.take() {
                None => {
                    let (d, escaped) = advance(&step, &life, &mut packs, &mut noise, threads, control.path);
                    done.join(d);
                    escaped
                }
                Some(again) => Vec::into_iter(again)
                    .filter(|k: &usize| {
                        let first = (k * LANES) as u64;
                        let one = simd::pack(control.path, &step, &mut packs[*k], noise.get_mut(*k), first);
                        done.join(one);
                        one.escaped
                    })
                    .collect(),
            };
            if escaped.is_empty() {
                break;
            }
            margin *= 2;
            ask = busy.window(&sea.plane, margin);
            redo = Some(escaped);
        }
        let now = Extent { low: done.low, high: done.high };
        if now.low[0] <= now.high[0] {
            margin = 4 + 2 * now.further(&busy, &sea.plane).min(margin);
            busy = now;
        }
        if (now_s as f32) < last_release {
            busy = busy.joined(&waiting);
        }
        (control.progress)(number + 1, steps);
    }
    Ok(Work { particle_steps: u64::from(steps - first) * setup.release.number as u64 })
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

/// Where particles are: least and greatest position each way.
#[derive(Clone, Copy)]
struct Extent {
    low: Fixed,
    high: Fixed,
}

impl Extent {
    /// Of those of the `number` particles that have some status; at the first node where there are none.
    fn of(packs: &[Pack], number: usize, threads: usize, status: impl Fn(u8) -> bool + Sync) -> Self {
        const NONE: Extent = Extent { low: [i32::MAX; 2], high: [i32::MIN; 2] };
        let parts = pieces::each(threads, packs.chunks(PIECE).enumerate(), |(piece, packs)| {
            let mut all = NONE;
            for (k, p) in packs.iter().enumerate() {
                let filled = number - (piece * PIECE + k) * LANES;
                for (n, v) in [&p.x, &p.y].into_iter().enumerate() {
                    for l in 0..LANES {
                        let here = (l < filled) & status(p.status[l]);
                        all.low[n] = all.low[n].min(if here { v[l] } else { i32::MAX });
                        all.high[n] = all.high[n].max(if here { v[l] } else { i32::MIN });
                    }
                }
            }
            all
        });
        let all = parts.iter().fold(NONE, |all, part| all.joined(part));
        if all.low[0] > all.high[0] { Self { low: [0; 2], high: [0; 2] } } else { all }
    }

    fn joined(&self, other: &Self) -> Self {
        let both = |a: Fixed, b: Fixed, f: fn(i32, i32) -> i32| [f(a[0], b[0]), f(a[1], b[1])];
        Self { low: both(self.low, other.low, i32::min), high: both(self.high, other.high, i32::max) }
    }

    /// The nodes around it and `margin` cells beyond.
    fn window(&self, plane: &Plane, margin: i32) -> Window {
        plane.around(self.low.map(|v| v >> plane.bits()), self.high.map(|v| v >> plane.bits()), margin)
    }

    /// How many cells its sides lie away from those of another, at most.
    fn further(&self, other: &Self, plane: &Plane) -> i32 {
        let sides = |e: &Self| [e.low[0], e.low[1], e.high[0], e.high[1]].map(|v| v >> plane.bits());
        let (here, there) = (sides(self), sides(other));
        (0..4).map(|k| (here[k] - there[k]).abs()).max().unwrap_or(0)
    }
}

/// What of the sea has been worked out.
struct Sea {
    plane: Plane,
    forcing: Forcing,
    /// For each cell (by its first node) the distance, in cells, within which there is certainly no shore; `NaN` as yet. Empty where
    /// there is no land at all.
    clear: Vec<f32>,
    /// Where all particles were at the last output, those included that no longer move.
    shown: Window,
}

impl Sea {
    /// Sees that a window is worked out and filled for a step; what is filled.
    fn ready<S: FrameSource, L: Land>(
        &mut self,
        set: &mut Set<S>,
        land: &L,
        time_ms: f64,
        step_ms: f64,
        window: &Window,
    ) -> Result<Window, S::Error> {
        let before = *self.plane.part();
        if !before.holds(window) {
            self.plane.cover(&window.joined(&self.shown));
            self.forcing.cover(set, &self.plane);
            if land.exists() {
                self.clear = self.plane.part().taking(&before, &self.clear, |_| f32::NAN);
                self.look_for_land(land);
            }
        }
        self.forcing.fill(set, time_ms, step_ms, window)
    }

    fn look_for_land<L: Land>(&mut self, land: &L) {
        let (part, metric) = (self.plane.part(), self.plane.metric());
        for k in 0..self.clear.len() {
            let (c, r) = (k % part.columns, k / part.columns);
            if !self.clear[k].is_nan() || c + 1 == part.columns || r + 1 == part.rows {
                continue;
            }
            let corners = [k, k + 1, k + part.columns, k + part.columns + 1];
            // A cell's side is at most 1 over the least that a metre does to column or row.
            let size = corners.iter().map(|n| largest_side_m(&metric[*n])).fold(0.0, f64::max);
            let at = [part.column + c, part.row + r].map(|v| v as f64 + 0.5);
            let clear = land.clear_m(self.plane.grid().place(at));
            // half a diagonal from the centre to wherever in the cell a particle is, and both ways of a step
            self.clear[k] = (((clear - 0.75 * size) / (1.5 * size)).max(0.0)) as f32;
        }
    }
}

/// The longer side of a cell, m.
fn largest_side_m(node: &[f32; 4]) -> f64 {
    let [a, b, c, d] = node.map(f64::from);
    let det = a * d - b * c;
    let column = (d * d + c * c).sqrt() / det.abs();
    let row = (b * b + a * a).sqrt() / det.abs();
    column.max(row)
}
