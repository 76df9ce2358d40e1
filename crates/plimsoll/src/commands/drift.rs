//! `plimsoll drift`: where things go.

mod collect;

use crate::answer::Delivery;
use crate::cancel;
use crate::cli::drift::Drift;
use crate::failure::Failure;
use crate::input::Source as Input;
use crate::progress::Progress;
use collect::Collect;
use plimsoll_case::answer::assess::{InputLine, RestsOn};
use plimsoll_case::answer::drift::{CoastLine, DriftHour, DriftObject, DriftRelease, DriftSource};
use plimsoll_case::answer::tracks::{TrackFrame, Tracks};
use plimsoll_case::answer::{Answer as _, DriftAnswer, Reason, State, assess::ConstantUsed, digest};
use plimsoll_case::drift::{Category, DriftCase, parse};
use plimsoll_core::earth::LonLat;
use plimsoll_core::simd::Path as Simd;
use plimsoll_drift::category::{self, category};
use plimsoll_drift::life::Object;
use plimsoll_drift::release::{Place, Release, Scatter, When};
use plimsoll_drift::run::{Control, RunError, Setup, run as follow};
use plimsoll_drift::step::Scheme;
use plimsoll_drift::stranding::NoLand;
use plimsoll_read::{LayerSource, ReadError};
use plimsoll_report::{export::trajectory, page, text};
use plimsoll_sea::coast::Nearness;
use plimsoll_sea::field::{FrameSource as _, Quantity};
use plimsoll_sea::known::Known;
use plimsoll_sea::set::{Set, Source};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Larger cases are none.
const LARGEST: u64 = 256 * 1024;

/// Follows a case.
pub fn run(args: &Drift) -> Result<(), Failure> {
    let input = Input::read(&args.case, LARGEST)?;
    let case = parse(&input.bytes).map_err(|e| input.refuse_all(&e))?;
    if case.land {
        at_sea(case.position)?;
    }
    let folder = input.path.as_deref().and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
    let files: Vec<PathBuf> = case.files.iter().map(|(f, _)| folder.join(f)).collect();
    let mut answering = args.answering.clone();
    answering.json = answering.json.or_else(|| args.summary.clone());
    let mut inputs = files.clone();
    inputs.extend(input.path.clone());
    let delivery = Delivery::new(&answering, Some(&args.paged), &inputs)?;
    if let Some(out) = &args.out {
        crate::output::check(&[out], &inputs)?;
    }
    let (mut set, sources) = sea(&case, &files)?;
    let setup = setup(&case, args);
    let mut collect = Collect::new(&setup, args.out.is_some());
    let bar = Progress::new((case.hours * 3600.0 / case.step_s).round() as u64, "steps", args.answering.quiet);
    let path = path();
    let progress = |_: u32, _: u32| bar.add(1);
    let control = Control { threads: args.drawing.threads(), path, progress: &progress, cancel: cancel::flag() };
    let done = if case.land {
        follow(&setup, &mut set, plimsoll_sea::coast::embedded(), &mut collect, &control)
    } else {
        follow(&setup, &mut set, &NoLand, &mut collect, &control)
    };
    drop(bar);
    done.map_err(refused)?;
    let answer = answer(&case, &setup, args, sources, &collect)?;
    let mut outputs = delivery.outputs(&answer, text::drift, Some(page::drift))?;
    if let Some(out) = &args.out {
        outputs.file(out, tracks(&answer, &setup, &collect)?);
    }
    outputs.write()
}

/// What went wrong, as whoever asked can mend it.
fn refused(e: RunError<ReadError>) -> Failure {
    match e {
        RunError::Cancelled => Failure::Interrupted,
        RunError::Field(e) => super::fields::refused(&e),
        e => Failure::input(e.to_string(), ""),
    }
}

/// The fields of the case: files first, in their order, then constants.
fn sea(case: &DriftCase, files: &[PathBuf]) -> Result<(Set<LayerSource>, Vec<DriftSource>), Failure> {
    let (mut set, mut told) = (Set::default(), vec![]);
    for file in files {
        let reader = plimsoll_read::open(file).map_err(|e| super::fields::refused(&e))?;
        let bytes = std::fs::read(file).map_err(|e| Failure::file("read", file, e))?;
        let sum = digest::of_bytes(&bytes);
        let mut used = 0;
        for k in 0..reader.contents().layers.len() {
            let source = LayerSource::new(Arc::clone(&reader), k);
            let quantity = source.header().quantity;
            if !matches!(quantity, Quantity::Current | Quantity::Wind) {
                continue;
            }
            used += 1;
            told.push(DriftSource {
                quantity: quantity.name().into(),
                name: source.header().name.clone(),
                digest: Some(sum.clone()),
            });
            set.push(Source::Frames(source));
        }
        if used == 0 {
            let why = reader.contents().refused.iter().map(|r| format!("{}: {}", r.variable, r.fault));
            return Err(Failure::input(
                format!("{}: neither a current nor a wind was found in it", file.display()),
                why.collect::<Vec<_>>().join("; "),
            ));
        }
    }
    for (quantity, constant) in [(Quantity::Current, &case.current), (Quantity::Wind, &case.wind)] {
        if let Some((value, written)) = constant {
            set.push(Source::Known(quantity, Known::Constant(*value)));
            told.push(DriftSource { quantity: quantity.name().into(), name: written.clone(), digest: None });
        }
    }
    if case.land {
        told.push(DriftSource {
            quantity: "coast".into(),
            name: "builtin (GSHHG full resolution)".into(),
            digest: None,
        });
    }
    Ok((set, told))
}

/// The number of a named class in the published list.
fn number(category: &Category) -> u32 {
    match category {
        Category::Number(n) => *n,
        // a person upright in a jacket, conscious or not; and one of whom nothing is known
        Category::Name("person-jacket") => 2,
        Category::Name(_) => 1,
    }
}

fn setup(case: &DriftCase, args: &Drift) -> Setup {
    let (from, to) = case.time;
    let scatter = if case.disc { Scatter::Disc(case.radius_m) } else { Scatter::Gaussian(case.radius_m) };
    let leeway = category(number(&case.category)).map(|c| c.leeway).filter(|_| case.leeway);
    let scheme = match case.scheme {
        _ if args.opendrift_compatible => Scheme::Euler,
        Some("euler") => Scheme::Euler,
        Some("rk4") => Scheme::Rk4,
        _ => Scheme::Rk2,
    };
    Setup {
        release: Release {
            number: case.number,
            place: Place::Point(case.position, scatter),
            when: if from == to { When::At(from) } else { When::Span(from, to) },
        },
        object: leeway.map_or(Object::Water, Object::Known),
        changes: vec![],
        duration_s: case.hours * 3600.0,
        step_s: case.step_s,
        output_s: case.output_s,
        backward: case.backward,
        scheme,
        jibe_per_hour: case.jibe_per_hour,
        wind_sd_m_s: case.wind_sd_m_s,
        current_sd_m_s: case.current_sd_m_s,
        stokes: false,
        reference: args.opendrift_compatible,
        seed: args.drawing.seed,
    }
}

fn answer(
    case: &DriftCase,
    setup: &Setup,
    args: &Drift,
    sources: Vec<DriftSource>,
    collect: &Collect,
) -> Result<DriftAnswer, Failure> {
    let class = category::category(number(&case.category));
    let spread = if case.disc { case.radius_m / 2.0_f64.sqrt() } else { case.radius_m * 2.0_f64.sqrt() };
    let missing = collect.hourly.last().and_then(|h| h.fraction.get("missing_data")).copied().unwrap_or(0.0);
    let mut reasons = vec![];
    if missing > 0.0 {
        let say = format!("{:.1} % of the particles left what the currents, winds and coast cover", 100.0 * missing);
        reasons.push(Reason {
            code: "left_the_data".into(),
            key: "sea.from".into(),
            value: String::new(),
            allowed: String::new(),
            text: say,
        });
    }
    let line = |key: &str, text: String, given: bool| InputLine { key: key.into(), text, basis: None, given };
    let scheme = match setup.scheme {
        Scheme::Euler => "euler",
        Scheme::Rk2 => "rk2",
        Scheme::Rk4 => "rk4",
    };
    let constants = plimsoll_drift::LEDGER.constants().map(|c| ConstantUsed::new(&plimsoll_drift::LEDGER.name, c));
    let mut answer = DriftAnswer {
        schema: DriftAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").into(),
        seed: setup.seed,
        digest: String::new(),
        inputs: vec![
            line("run.hours", format!("{} h", case.hours), true),
            line("run.jibe_per_hour", case.jibe_per_hour.to_string(), true),
            line("run.wind_sd", format!("{} m/s", case.wind_sd_m_s), true),
            line("run.current_sd", format!("{} m/s", case.current_sd_m_s), true),
            line("run.land", case.land.to_string(), true),
            line("run.leeway", case.leeway.to_string(), true),
            line("run.backward", case.backward.to_string(), true),
        ],
        state: if reasons.is_empty() { State::Assessed } else { State::Extrapolated },
        reasons,
        object: DriftObject {
            id: match &case.category {
                Category::Number(n) => n.to_string(),
                Category::Name(n) => (*n).to_owned(),
            },
            name: class.map(|c| c.description.clone()).unwrap_or_default(),
            name_fr: None,
        },
        release: DriftRelease {
            lon: case.position.lon_deg(),
            lat: case.position.lat_deg(),
            spread_m: spread,
            from: case.time.0,
            to: case.time.1,
        },
        particles: case.number as u64,
        step_s: setup.step_s,
        scheme: scheme.into(),
        opendrift_compatible: args.opendrift_compatible,
        sources,
        percentiles: plimsoll_drift::summary::PERCENTILES.to_vec(),
        hourly: collect.hourly.clone(),
        stranding: case.land.then(|| collect.stranding()),
        coast: around(&collect.hourly),
        rests_on: Some(RestsOn::of(constants.collect(), vec![])),
    };
    answer.digest = digest::of(&answer)
        .map_err(|e| Failure::World(format!("this is a fault of plimsoll, please report it: {e}")))?;
    Ok(answer)
}

/// Refuses a release whose centre lies on land, or where the embedded coast does not reach.
fn at_sea(position: LonLat) -> Result<(), Failure> {
    let coast = plimsoll_sea::coast::embedded();
    let place = position.dm(1);
    match coast.is_land(position) {
        Some(false) => Ok(()),
        Some(true) => {
            let shore = match coast.nearest(position, 100_000.0) {
                Nearness::At { distance_m, place } => {
                    format!("the nearest shore is {:.1} km away, at {}", distance_m / 1000.0, place.dm(1))
                }
                _ => "no shore is within 100 km".into(),
            };
            Err(Failure::input(
                format!("release.position: {place} lies on land; {shore}"),
                "give a place at sea, or `land = false` under [run] to drift as if there were no land",
            ))
        }
        None => Err(Failure::input(
            format!("release.position: {place} lies outside the coast that the program carries"),
            "`land = false` under [run] drifts as if there were no land",
        )),
    }
}

/// The embedded coast around everything that drifts, for the map.
fn around(hours: &[DriftHour]) -> Vec<CoastLine> {
    let mut window = [180.0_f64, 90.0, -180.0, -90.0];
    let areas = hours.iter().flat_map(|h| &h.containment).flat_map(|c| c.polygons.iter().flatten().flatten());
    for [lon, lat] in areas.chain(hours.iter().flat_map(|h| &h.some)) {
        window = [window[0].min(*lon), window[1].min(*lat), window[2].max(*lon), window[3].max(*lat)];
    }
    let margin = 0.2 * (window[2] - window[0]).max(window[3] - window[1]).max(0.05);
    let window = [window[0] - margin, window[1] - margin, window[2] + margin, window[3] + margin];
    let tolerance_m = (111_000.0 * margin / 200.0).max(20.0);
    let rings = plimsoll_sea::coast::embedded().outlines(window, tolerance_m).into_iter();
    let line = |ring: Vec<LonLat>| ring.iter().map(|p| [p.lon_deg(), p.lat_deg()]).collect();
    rings.map(|ring| CoastLine { closed: true, points: line(ring) }).collect()
}

/// The tracks as a file.
fn tracks(answer: &DriftAnswer, setup: &Setup, collect: &Collect) -> Result<Vec<u8>, Failure> {
    let frames: Vec<_> =
        collect.frames.iter().map(|f| TrackFrame { lon_deg: &f.lon, lat_deg: &f.lat, status: &f.status }).collect();
    let times: Vec<_> = answer.hourly.iter().map(|h| h.time).collect();
    let released: Vec<_> = (0..setup.release.number)
        .filter_map(|i| plimsoll_core::time::Utc::from_millis(setup.release.time_ms(i) as i64))
        .collect();
    let sources: Vec<_> = answer.sources.iter().map(|s| s.name.clone()).collect();
    let tracks = Tracks {
        version: &answer.version,
        seed: answer.seed,
        digest: &answer.digest,
        object: &answer.object.name,
        sources: &sources,
        times: &times,
        frames: &frames,
        released: &released,
    };
    let mut out = vec![];
    trajectory::write(&tracks, &mut out).map_err(|e| Failure::World(format!("the tracks cannot be written: {e}")))?;
    Ok(out)
}

/// The code path of this machine.
pub(super) fn path() -> Simd {
    Simd::detect()
}
