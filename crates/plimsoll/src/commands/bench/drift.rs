//! `plimsoll bench drift`: particles in a sea that the program makes itself or that files hold.

use crate::answer::Delivery;
use crate::cancel;
use crate::cli::bench::BenchDrift;
use crate::clock::{Stopwatch, processor_s};
use crate::commands::fields::refused;
use crate::failure::Failure;
use crate::simd;
use plimsoll_case::answer::bench::DriftBenchRow;
use plimsoll_case::answer::{Answer as _, DriftBenchAnswer};
use plimsoll_core::earth::LonLat;
use plimsoll_core::time::Utc;
use plimsoll_drift::category::category;
use plimsoll_drift::life::Object;
use plimsoll_drift::release::{Place, Release, Scatter, When};
use plimsoll_drift::run::{Control, RunError, Setup, run as follow};
use plimsoll_drift::state;
use plimsoll_drift::step::Scheme;
use plimsoll_drift::stranding::NoLand;
use plimsoll_drift::summary::Summary;
use plimsoll_read::{LayerSource, ReadError};
use plimsoll_report::text;
use plimsoll_sea::coast;
use plimsoll_sea::field::{Basis, Field, FrameSource, Header, Quantity};
use plimsoll_sea::grid::{Grid, Window};
use plimsoll_sea::known::Known;
use plimsoll_sea::set::{Set, Source};
use std::path::PathBuf;
use std::sync::Arc;

/// How long a run lasts, h, and its step, s.
const HOURS: f64 = 24.0;
const STEP_S: f64 = 600.0;
/// Where and when the sea that the program makes itself is drifted in.
const PLACE: [f64; 2] = [1.4, 50.9];
const TIME: &str = "2024-01-01T00:00:00Z";
/// Rounds of a run of few particles; one of many takes long enough by itself.
const ROUNDS: u64 = 3;
const MANY: u64 = 300_000;

/// A field from a file, or in memory.
#[derive(Clone)]
enum Layer {
    File(LayerSource),
    Held(Field),
}

impl FrameSource for Layer {
    type Error = ReadError;

    fn header(&self) -> &Header {
        match self {
            Self::File(f) => f.header(),
            Self::Held(f) => f.header(),
        }
    }

    fn load(&mut self, frame: usize, window: &Window, out: &mut [f32]) -> Result<(), ReadError> {
        match self {
            Self::File(f) => f.load(frame, window, out),
            Self::Held(f) => f.load(frame, window, out).map_err(|never| match never {}),
        }
    }
}

/// What is drifted in, and where and when.
struct Sea {
    files: Vec<PathBuf>,
    /// Fields in memory; empty where files are read anew for each round.
    held: Vec<Layer>,
    place: LonLat,
    time: Utc,
}

/// Times every kind of run.
pub fn run(args: &BenchDrift) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, None, &args.fields)?;
    let path = simd::path()?;
    let sea = sea(args)?;
    let coast = coast::embedded().is_land(sea.place) == Some(false);
    let sources =
        if sea.files.is_empty() { vec![] } else { sea.layers()?.iter().map(|l| l.header().name.clone()).collect() };
    let most = args.particles.iter().copied().max().unwrap_or(1);
    let mut rows = vec![];
    for kind in ["compatible", "default", "current_rk4"] {
        for particles in &args.particles {
            let setup = setup(kind, *particles, args.drawing.seed, &sea);
            let mut threads = vec![1];
            // what more threads gain is told by the largest
            threads.extend((*particles == most && args.drawing.threads() > 1).then(|| args.drawing.threads()));
            for threads in threads {
                let rounds = (MANY / particles).clamp(1, ROUNDS);
                let mut all = vec![];
                for _ in 0..rounds {
                    all.push(round(&setup, sea.set()?, coast && kind == "default", path, threads)?);
                }
                all.sort_by(|a, b| a.1.total_cmp(&b.1));
                let (particle_steps, seconds, cpu_seconds) = all[all.len() / 2];
                rows.push(DriftBenchRow {
                    kind: kind.into(),
                    particles: *particles,
                    threads: u32::try_from(threads).unwrap_or(u32::MAX),
                    rounds: rounds as u32,
                    particle_steps,
                    seconds,
                    cpu_seconds,
                });
            }
        }
    }
    let answer = DriftBenchAnswer {
        schema: DriftBenchAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").into(),
        seed: args.drawing.seed,
        sources,
        in_memory: args.in_memory || sea.files.is_empty(),
        coast,
        hours: HOURS,
        step_s: STEP_S,
        bytes_per_particle: state::BYTES as u64,
        path: path.name().into(),
        rows,
    };
    delivery.write(&answer, text::bench_drift, None)
}

/// One run: its steps, seconds, and seconds of processor time.
fn round(
    setup: &Setup,
    mut set: Set<Layer>,
    coast: bool,
    path: plimsoll_core::simd::Path,
    threads: usize,
) -> Result<(u64, f64, Option<f64>), Failure> {
    let mut summary = Summary::default();
    let control = Control { threads, path, progress: &|_: u32, _: u32| (), cancel: cancel::flag() };
    let (watch, before) = (Stopwatch::start(), processor_s());
    let done = if coast {
        follow(setup, &mut set, coast::embedded(), &mut summary, &control)
    } else {
        follow(setup, &mut set, &NoLand, &mut summary, &control)
    };
    let (seconds, after) = (watch.elapsed().as_secs_f64(), processor_s());
    let work = done.map_err(|e| match e {
        RunError::Cancelled => Failure::Interrupted,
        RunError::Field(e) => refused(&e),
        e => Failure::input(e.to_string(), ""),
    })?;
    Ok((work.particle_steps, seconds, before.zip(after).map(|(before, after)| after - before)))
}

fn setup(kind: &str, particles: u64, seed: u64, sea: &Sea) -> Setup {
    let drifts = kind != "current_rk4";
    let noise = f64::from(u8::from(kind == "default"));
    Setup {
        release: Release {
            number: particles as usize,
            place: Place::Point(sea.place, Scatter::Gaussian(500.0)),
            when: When::At(sea.time),
        },
        object: category(1).filter(|_| drifts).map_or(Object::Water, |c| Object::Known(c.leeway)),
        changes: vec![],
        enters_as: vec![],
        duration_s: HOURS * 3600.0,
        step_s: STEP_S,
        output_s: 3600.0,
        backward: false,
        scheme: match kind {
            "compatible" => Scheme::Euler,
            "default" => Scheme::Rk2,
            _ => Scheme::Rk4,
        },
        jibe_per_hour: if drifts { 0.04 } else { 0.0 },
        wind_sd_m_s: 1.5 * noise,
        current_sd_m_s: 0.1 * noise,
        stokes: false,
        reference: kind == "compatible",
        seed,
    }
}

impl Sea {
    fn layers(&self) -> Result<Vec<Layer>, Failure> {
        if self.held.is_empty() { open(&self.files) } else { Ok(self.held.clone()) }
    }

    fn set(&self) -> Result<Set<Layer>, Failure> {
        let mut set = Set::default();
        self.layers()?.into_iter().for_each(|l| set.push(Source::Frames(l)));
        Ok(set)
    }
}

/// The currents and winds of files.
fn open(files: &[PathBuf]) -> Result<Vec<Layer>, Failure> {
    let mut layers = vec![];
    for file in files {
        let reader = plimsoll_read::open(file).map_err(|e| refused(&e))?;
        let all = (0..reader.contents().layers.len()).map(|k| LayerSource::new(Arc::clone(&reader), k));
        let wanted = |s: &LayerSource| matches!(s.header().quantity, Quantity::Current | Quantity::Wind);
        layers.extend(all.filter(wanted).map(Layer::File));
    }
    Ok(layers)
}

fn sea(args: &BenchDrift) -> Result<Sea, Failure> {
    let fault = |what: &str| Failure::World(format!("this is a fault of plimsoll, please report it: {what}"));
    let Some(place) = args.position else {
        let place = LonLat::new(PLACE[0], PLACE[1]).map_err(|_| fault("no place"))?;
        let time: Utc = TIME.parse().map_err(|_| fault("no time"))?;
        return Ok(Sea { files: vec![], held: own(time).ok_or_else(|| fault("no fields"))?, place, time });
    };
    let mut layers = open(&args.fields)?;
    for quantity in [Quantity::Current, Quantity::Wind] {
        if !layers.iter().any(|l| l.header().quantity == quantity) {
            let name = quantity.name();
            return Err(Failure::input(format!("no file holds a {name}"), "name one that does with --fields"));
        }
    }
    let current = layers.iter().find(|l| l.header().quantity == Quantity::Current);
    let first = current.and_then(|l| Utc::from_millis(*l.header().times_ms.first()?));
    let time = args.time.or(first);
    let time = time.ok_or_else(|| Failure::input("the currents have no time", "say one with --time"))?;
    if !args.in_memory {
        return Ok(Sea { files: args.fields.clone(), held: vec![], place, time });
    }
    for layer in &mut layers {
        let header = layer.header().clone();
        let window = header.grid.whole();
        let mut frames = vec![vec![0.0; window.count() * header.quantity.components()]; header.times_ms.len()];
        for (k, frame) in frames.iter_mut().enumerate() {
            layer.load(k, &window, frame).map_err(|e| refused(&e))?;
        }
        *layer = Layer::Held(Field::new(header, frames).map_err(|e| Failure::input(e.to_string(), ""))?);
    }
    Ok(Sea { files: args.fields.clone(), held: layers, place, time })
}

/// A tidal stream upon an eddy, and a wind that turns, each hour on the nodes of a grid as a model would give them.
fn own(time: Utc) -> Option<Vec<Layer>> {
    let zero_ms = time.millis() as f64;
    let stream = Known::Rotation {
        centre: PLACE,
        turn_s: 4.0 * 86_400.0,
        stream_m_s: [0.6, 0.5],
        stream_period_s: 44_714.0,
        zero_ms,
    };
    let wind = Known::Rotation {
        centre: [0.0, 52.0],
        turn_s: 40.0 * 86_400.0,
        stream_m_s: [6.0, 4.0],
        stream_period_s: 4.0 * 86_400.0,
        zero_ms,
    };
    let field = |quantity: Quantity, known: Known, step: f64, shape: [usize; 2]| {
        let first = [0, 1].map(|k| PLACE[k] - 0.5 * step * shape[k] as f64);
        let grid = Grid::lon_lat(first, [step; 2], shape);
        let times_ms: Vec<i64> = (0..=HOURS as i64 + 1).map(|h| time.millis() + 3_600_000 * h).collect();
        let frame = |t: &i64| {
            let node = |k: usize| {
                let [lon, lat] = grid.place([(k % shape[0]) as f64, (k / shape[0]) as f64]);
                known.value(lon, lat, *t as f64).map(|v| v as f32)
            };
            (0..shape[0] * shape[1]).flat_map(node).collect()
        };
        let frames = times_ms.iter().map(frame).collect();
        let (basis, name) = (Basis::EastNorth, quantity.name().into());
        Field::new(Header { quantity, grid: Arc::new(grid.clone()), basis, times_ms, name }, frames).ok()
    };
    let current = field(Quantity::Current, stream, 0.02, [200, 150])?;
    let wind = field(Quantity::Wind, wind, 0.1, [60, 40])?;
    Some(vec![Layer::Held(current), Layer::Held(wind)])
}
