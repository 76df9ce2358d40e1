//! The answer of a drift, and its tracks as a file.

use super::Asked;
use super::collect::{Collect, Frame};
use crate::failure::Failure;
use plimsoll_case::answer::assess::{InputLine, RestsOn};
use plimsoll_case::answer::drift::{CoastLine, DriftChange, DriftHour, DriftObject, DriftRelease, DriftSource};
use plimsoll_case::answer::tracks::{TrackFrame, Tracks};
use plimsoll_case::answer::{Answer as _, DriftAnswer, Reason, State, assess::ConstantUsed, digest};
use plimsoll_case::credibility::lowest;
use plimsoll_case::drift::{Category, Current};
use plimsoll_core::earth::{LonLat, distance_m};
use plimsoll_core::random::Stream;
use plimsoll_drift::category::category;
use plimsoll_drift::life::Object;
use plimsoll_drift::release::Place;
use plimsoll_drift::run::Setup;
use plimsoll_drift::step::Scheme;

/// Wind at which a leeway is told, m/s.
const TOLD_M_S: f64 = 10.0;
/// States of knowledge.
const OUTER: u64 = 256;
/// Particles whose distance from the middle tells the spread of a release.
const SPREAD: usize = 4096;

pub fn answer(
    asked: &Asked<'_>,
    setup: &Setup,
    sources: Vec<DriftSource>,
    collect: &Collect,
    left_out: f64,
) -> Result<DriftAnswer, Failure> {
    let case = asked.case;
    let reasons = reasons(asked, collect, left_out);
    let written = |key: &str| case.written.iter().find(|w| w.0 == key).map(|w| w.1.clone()).unwrap_or_default();
    let changes = case.changes.iter().zip(&setup.changes).enumerate().map(|(k, (change, run))| DriftChange {
        after: written(&format!("changes[{k}].after")),
        object: object(&change.category, &run.object),
    });
    let beside = case.beside.iter().map(|c| object(c, setup.changes.first().map_or(&setup.object, |c| &c.object)));
    let mut answer = DriftAnswer {
        schema: DriftAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").into(),
        seed: setup.seed,
        digest: String::new(),
        inputs: inputs(asked, setup),
        state: if reasons.is_empty() { State::Assessed } else { State::Extrapolated },
        reasons,
        object: object(&case.category, &setup.object),
        beside: beside.collect(),
        changes: changes.collect(),
        release: released(setup),
        particles: case.number as u64,
        step_s: setup.step_s,
        scheme: scheme(setup).into(),
        opendrift_compatible: setup.reference,
        sources,
        percentiles: plimsoll_drift::summary::PERCENTILES.to_vec(),
        hourly: collect.told.hourly.clone(),
        stranding: case.land.then(|| collect.stranding()),
        coast: around(&collect.told.hourly),
        credibility: Some(lowest()),
        rests_on: Some(RestsOn::of(constants(), vec![])),
    };
    answer.digest = digest::of(&answer)
        .map_err(|e| Failure::World(format!("this is a fault of plimsoll, please report it: {e}")))?;
    Ok(answer)
}

/// The constants of drifting.
pub fn constants() -> Vec<ConstantUsed> {
    plimsoll_drift::LEDGER.constants().map(|c| ConstantUsed::new(&plimsoll_drift::LEDGER.name, c)).collect()
}

fn scheme(setup: &Setup) -> &'static str {
    match setup.scheme {
        Scheme::Euler => "euler",
        Scheme::Rk2 => "rk2",
        Scheme::Rk4 => "rk4",
    }
}

fn reasons(asked: &Asked<'_>, collect: &Collect, left_out: f64) -> Vec<Reason> {
    let case = asked.case;
    let reason = |code: &str, key: &str, text: String| Reason {
        code: code.into(),
        key: key.into(),
        value: String::new(),
        allowed: String::new(),
        text,
    };
    let missing = collect.told.hourly.last().and_then(|h| h.fraction.get("missing_data")).copied().unwrap_or(0.0);
    let mut out = vec![];
    if left_out > 0.0 {
        let say = format!(
            "{:.0} % of the people who enter the water are left out: their boat had been under way on a course that is not known",
            100.0 * left_out
        );
        out.push(reason("without_place", "release.option", say));
    }
    if missing > 0.0 {
        let builtin = case.current == Some(Current::BuiltIn);
        let say = format!("{:.1} % of the particles left what the currents, winds and coast cover", 100.0 * missing);
        out.push(if builtin {
            let more =
                "; the built-in tide ends 5 km from the coast: what comes nearer is not followed, and may strand";
            reason("left_the_tide", "sea.current", say + more)
        } else {
            reason("left_the_data", "sea.from", say)
        });
    }
    let measured = |c: &Category| !matches!(c, Category::Inflatable(_));
    let mut parts = std::iter::once(&case.category).chain(case.changes.iter().map(|c| &c.category));
    if case.stokes && case.leeway && parts.any(measured) {
        let say = "measured leeway holds the drift of the waves already: with `stokes` it counts twice";
        out.push(reason("stokes_twice", "run.stokes", say.into()));
    }
    out
}

/// The keys of the case as they were written, and what was taken where it says nothing.
fn inputs(asked: &Asked<'_>, setup: &Setup) -> Vec<InputLine> {
    let case = asked.case;
    let line = |key: &str, text: String, given| InputLine { key: key.into(), text, basis: None, given };
    let mut out: Vec<_> = case.written.iter().map(|(k, text)| line(k, text.clone(), true)).collect();
    let from = if case.current == Some(Current::BuiltIn) { ", the error of the built-in tide" } else { "" };
    for (key, text) in [
        ("release.number", case.number.to_string()),
        ("run.hours", format!("{} h", case.hours)),
        ("run.jibe_per_hour", case.jibe_per_hour.to_string()),
        ("run.wind_sd", format!("{} m/s", case.wind_sd_m_s)),
        ("run.current_sd", format!("{:.2} m/s{from}", setup.current_sd_m_s)),
        ("run.land", case.land.to_string()),
        ("run.leeway", case.leeway.to_string()),
        ("run.stokes", case.stokes.to_string()),
        ("run.backward", case.backward.to_string()),
    ] {
        if !case.written.iter().any(|(k, _)| k == key) {
            out.push(line(key, text, false));
        }
    }
    out
}

/// What drifts, with its name in both languages where it is not of the list.
fn object(what: &Category, run: &Object) -> DriftObject {
    let (name, name_fr) = match what {
        Category::Number(n) => (category(*n).map(|c| c.description.clone()).unwrap_or_default(), None),
        Category::Person { jacket: true } => {
            ("Person in the water with a lifejacket".into(), Some("Personne à l'eau avec gilet de sauvetage"))
        }
        Category::Person { jacket: false } => {
            ("Person in the water without a lifejacket".into(), Some("Personne à l'eau sans gilet de sauvetage"))
        }
        Category::Inflatable(boat) if boat.freeboard_m.is_some() => {
            ("Overcrowded inflatable, engine stopped".into(), Some("Pneumatique surchargé, moteur arrêté"))
        }
        Category::Inflatable(_) => {
            ("Overcrowded inflatable, swamped".into(), Some("Pneumatique surchargé, rempli d'eau"))
        }
    };
    let leeway_percent = (*run != Object::Water).then(|| {
        let percent = |k| {
            let line = run.leeway(k).downwind;
            100.0 * (line.slope + line.offset_m_s / TOLD_M_S)
        };
        let mut all: Vec<f64> = (0..OUTER).map(percent).collect();
        all.sort_by(f64::total_cmp);
        [0.05, 0.5, 0.95].map(|q| (1000.0 * all[(q * OUTER as f64) as usize]).round() / 1000.0)
    });
    DriftObject { id: what.id(), name, name_fr: name_fr.map(str::to_owned), leeway_percent }
}

fn released(setup: &Setup) -> DriftRelease {
    let (release, centre) = (&setup.release, setup.release.centre());
    let stream = Stream::new(setup.seed);
    let places: Vec<LonLat> =
        (0..release.number).step_by(release.number.div_ceil(SPREAD)).map(|i| release.place(&stream, i)).collect();
    let square = places.iter().map(|p| distance_m(centre, *p)).map(|d| d * d).sum::<f64>() / places.len() as f64;
    let (from, to) = release.span();
    let outline = match &release.place {
        Place::Line { from, to } => vec![from.0, to.0],
        Place::Polygon(corners) => corners.clone(),
        Place::Point(..) | Place::Each(..) => vec![],
    };
    let outline = outline.iter().map(|p| [p.lon_deg(), p.lat_deg()]).collect();
    DriftRelease { lon: centre.lon_deg(), lat: centre.lat_deg(), spread_m: square.sqrt(), from, to, outline }
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

/// The tracks, as `write` writes them.
pub fn tracks<E: std::fmt::Display>(
    answer: &DriftAnswer,
    setup: &Setup,
    collect: &Collect,
    write: impl FnOnce(&Tracks<'_>, &mut Vec<u8>) -> Result<(), E>,
) -> Result<Vec<u8>, Failure> {
    let frames: Vec<_> = collect.told.frames.iter().map(lent).collect();
    let times: Vec<_> = answer.hourly.iter().map(|h| h.time).collect();
    let released: Vec<_> = (0..setup.release.number)
        .filter_map(|i| plimsoll_core::time::Utc::from_millis(setup.release.time_ms(i) as i64))
        .collect();
    let source = |s: &DriftSource| match &s.digest {
        Some(digest) => format!("{} (SHA-256 {digest})", s.name),
        None => s.name.clone(),
    };
    let sources: Vec<_> = answer.sources.iter().map(source).collect();
    let entering = || std::iter::once(&answer.object).chain(&answer.beside);
    let parts: Vec<_> = entering().chain(answer.changes.iter().map(|c| &c.object)).map(|o| o.id.clone()).collect();
    let tracks = Tracks {
        version: &answer.version,
        seed: answer.seed,
        digest: &answer.digest,
        object: &entering().map(|o| o.name.as_str()).collect::<Vec<_>>().join(" / "),
        parts: &parts,
        sources: &sources,
        step_s: setup.step_s,
        times: &times,
        frames: &frames,
        released: &released,
    };
    let mut out = vec![];
    write(&tracks, &mut out).map_err(|e| Failure::World(format!("the tracks cannot be written: {e}")))?;
    Ok(out)
}

fn lent(frame: &Frame) -> TrackFrame<'_> {
    let Frame { lon, lat, status, part } = frame;
    TrackFrame { lon_deg: lon, lat_deg: lat, status, part }
}
