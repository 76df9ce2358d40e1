//! What is to drift, from where and when: from a case to a run.

use super::Asked;
use super::entered::{self, Released};
use crate::failure::Failure;
use crate::input::Source as Input;
use plimsoll_case::answer::digest;
use plimsoll_case::answer::drift::DriftSource;
use plimsoll_case::drift::places::{self, Places};
use plimsoll_case::drift::{Category, Current, When as Time, Where};
use plimsoll_core::earth::LonLat;
use plimsoll_core::random::Stream;
use plimsoll_core::time::Utc;
use plimsoll_drift::category::category;
use plimsoll_drift::inflatable::{Afloat, Inflatable, person};
use plimsoll_drift::life::{After, Change, Object};
use plimsoll_drift::release::{Place, Release, Scatter, When};
use plimsoll_drift::run::Setup;
use plimsoll_drift::step::Scheme;
use plimsoll_sea::coast::Nearness;
use plimsoll_sea::tide::Atlas;

/// Larger files of places are none.
const LARGEST: u64 = 64 << 20;
/// Particles of an area that are looked at before it is said to lie on land.
const LOOK: usize = 256;

/// A run with what is to be told of it.
pub struct Made {
    pub setup: Setup,
    /// Where its places came from if a file holds them.
    pub source: Option<DriftSource>,
    /// Share of the people of an assessment who have no place and are left out.
    pub left_out: f64,
}

/// The run of a case.
pub fn setup(asked: &Asked<'_>) -> Result<Made, Failure> {
    let (case, args) = (asked.case, asked.args);
    let seed = args.drawing.seed;
    let Released { release, enters_as, source, left_out } = match (&case.option, &case.place) {
        (Some(option), Where::File(name, _)) => entered::release(asked, name, option)?,
        _ => {
            let (release, source) = release(asked)?;
            Released { release, enters_as: vec![], source, left_out: 0.0 }
        }
    };
    let anchors = anchors(asked, &release);
    if case.land {
        at_sea(asked, &release, &anchors)?;
    }
    let mut current_sd_m_s = case.current_sd_m_s;
    if case.current == Some(Current::BuiltIn) {
        current_sd_m_s = Some(current_sd_m_s.unwrap_or(tide_sd_m_s(asked, &anchors)?));
    }
    if !case.leeway && !case.changes.is_empty() {
        return Err(asked.refuse(
            "run.leeway",
            "without leeway everything goes with the water, whatever it becomes",
            "leave out [[changes]], or `leeway = false`",
        ));
    }
    let mut later = vec![];
    for (k, change) in case.changes.iter().enumerate() {
        let hours = change.after_s.linear(1.0 / 3600.0, 0.0);
        let object = object(asked, &change.category, &format!("changes[{k}]"))?;
        later.push(Change { after: After::Hours(hours), object });
    }
    for beside in case.beside.iter().filter(|_| case.leeway) {
        later.push(Change { after: After::Never, object: object(asked, beside, "object")? });
    }
    let setup = Setup {
        release,
        object: if case.leeway { object(asked, &case.category, "object")? } else { Object::Water },
        changes: later,
        enters_as: if case.leeway { enters_as } else { vec![] },
        duration_s: case.hours * 3600.0,
        step_s: case.step_s,
        output_s: case.output_s,
        backward: case.backward,
        scheme: match case.scheme {
            _ if args.opendrift_compatible => Scheme::Euler,
            Some("euler") => Scheme::Euler,
            Some("rk4") => Scheme::Rk4,
            _ => Scheme::Rk2,
        },
        jibe_per_hour: case.jibe_per_hour,
        wind_sd_m_s: case.wind_sd_m_s,
        current_sd_m_s: current_sd_m_s.unwrap_or(0.0),
        stokes: case.stokes,
        reference: args.opendrift_compatible,
        seed,
    };
    Ok(Made { setup, source, left_out })
}

fn object(asked: &Asked<'_>, what: &Category, section: &str) -> Result<Object, Failure> {
    let seed = asked.args.drawing.seed;
    match what {
        Category::Number(n) => Ok(category(*n).map_or(Object::Water, |c| Object::Known(c.leeway))),
        Category::Person { jacket } => Ok(person(*jacket, seed)),
        Category::Inflatable(boat) => {
            let afloat = boat.freeboard_m.clone().map_or(Afloat::Swamped, Afloat::Whole);
            let boat = Inflatable { length_m: boat.length_m.clone(), people: boat.people.clone(), afloat };
            boat.leeways(seed, asked.case.stokes).map(Object::Believed).map_err(|e| {
                let help = "look again at length, people and freeboard; one full of water is \"inflatable-swamped\"";
                asked.refuse(&format!("{section}.freeboard"), e.to_string(), help)
            })
        }
    }
}

fn release(asked: &Asked<'_>) -> Result<(Release, Option<DriftSource>), Failure> {
    let case = asked.case;
    let scatter = |m| if case.disc { Scatter::Disc(m) } else { Scatter::Gaussian(m) };
    let [first_m, second_m] = case.radius_m;
    let mut when = case.time.clone().map(|t| match t {
        Time::Span(a, b) if a == b => When::At(a),
        Time::Span(a, b) => When::Span(a, b),
        Time::Believed(t, after) => When::Believed(t, after),
    });
    let mut source = None;
    let place = match &case.place {
        Where::About(p) => Place::Point(*p, scatter(first_m)),
        Where::Line([a, b]) => Place::Line { from: (*a, scatter(first_m)), to: (*b, second_m) },
        Where::Polygon(corners) => Place::Polygon(corners.clone()),
        Where::File(name, _) => {
            let input = Input::read(&asked.beside(name), LARGEST)?;
            let found = places::parse(&input.bytes).map_err(|e| {
                Failure::input(format!("{}: {e}", input.name), "see `release.file` in the guide to drift")
            })?;
            let digest = Some(digest::of_bytes(&input.bytes));
            source = Some(DriftSource { quantity: "release".into(), name: name.clone(), digest });
            match found {
                Places::Polygon(_) if first_m > 0.0 => {
                    let message = "the file holds an area, which is filled evenly and has no radius";
                    return Err(asked.refuse("release.radius", message, "leave it out"));
                }
                Places::Polygon(corners) => Place::Polygon(corners),
                Places::List(all) => {
                    let times: Vec<Utc> = all.iter().filter_map(|l| l.time).collect();
                    when = Some(times_of(asked, when, times, all.len())?);
                    Place::Each(all.iter().map(|l| l.place).collect(), scatter(first_m))
                }
            }
        }
    };
    let when =
        when.ok_or_else(|| asked.refuse("release.file", "neither the file nor the case says when", "give `time`"))?;
    let release = Release { number: case.number, place, when };
    release.check().map_err(|e| asked.refuse("release.number", e.to_string(), ""))?;
    Ok((release, source))
}

/// When the places of a list are left: the file says it of all of them, or the case does.
fn times_of(asked: &Asked<'_>, case: Option<When>, file: Vec<Utc>, places: usize) -> Result<When, Failure> {
    match case {
        Some(_) if !file.is_empty() => {
            Err(asked.refuse("release.time", "the file says when already", "keep the one or the other"))
        }
        Some(when) => Ok(when),
        None if file.len() == places => Ok(When::Each(file)),
        None if file.is_empty() => {
            Err(asked.refuse("release.file", "neither the file nor the case says when", "give `time`"))
        }
        None => {
            let message = format!("{} of its {places} places have a time", file.len());
            Err(asked.refuse("release.file", message, "give all of them one, or none and `time` in the case"))
        }
    }
}

/// Places that must lie at sea and where the tide must be known: what was given, or for an area some of its particles.
fn anchors(asked: &Asked<'_>, release: &Release) -> Vec<LonLat> {
    match &release.place {
        Place::Point(p, _) => vec![*p],
        Place::Line { from, to } => vec![from.0, to.0],
        Place::Each(all, _) if many(asked) => all.iter().step_by(all.len().div_ceil(LOOK)).copied().collect(),
        Place::Each(all, _) => all.clone(),
        Place::Polygon(_) => {
            let stream = Stream::new(asked.args.drawing.seed);
            (0..release.number.min(LOOK)).map(|i| release.place(&stream, i)).collect()
        }
    }
}

/// Whether places are so many that some may lie ashore or where no tide is known: what becomes of those is told.
fn many(asked: &Asked<'_>) -> bool {
    asked.case.option.is_some()
}

/// The key that says where.
fn key(asked: &Asked<'_>) -> &'static str {
    match &asked.case.place {
        Where::About(_) => "release.position",
        Where::Line(_) => "release.line",
        Where::Polygon(_) => "release.polygon",
        Where::File(..) => "release.file",
    }
}

/// Standard deviation of each component of the built-in stream where it is released: its vector error over the square root of 2.
/// Refused where the atlas is not valid.
fn tide_sd_m_s(asked: &Asked<'_>, anchors: &[LonLat]) -> Result<f64, Failure> {
    let atlas = Atlas::dover_strait();
    let mut worst = 0.0_f64;
    for place in anchors {
        let local = match atlas.at(*place) {
            Err(_) if many(asked) && anchors.iter().any(|p| atlas.at(*p).is_ok()) => continue,
            found => found,
        };
        let local = local.map_err(|why| {
            let help = crate::builtin::help(&why);
            let more = "give the current otherwise: a file under `from`, or a constant";
            let help = if help.is_empty() { more.to_owned() } else { format!("{help}; {more}") };
            asked.refuse(key(asked), format!("no built-in current here: {why}"), help)
        })?;
        worst = worst.max(local.error().stream_m_s.median());
    }
    Ok(worst * std::f64::consts::FRAC_1_SQRT_2)
}

/// Refuses a release on land, or where the embedded coast does not reach. Of an area or of an assessment one particle at sea is
/// enough.
fn at_sea(asked: &Asked<'_>, release: &Release, anchors: &[LonLat]) -> Result<(), Failure> {
    let coast = plimsoll_sea::coast::embedded();
    let area = many(asked) || matches!(release.place, Place::Polygon(_));
    if area && anchors.iter().any(|p| coast.is_land(*p) == Some(false)) {
        return Ok(());
    }
    for position in anchors {
        let place = position.dm(1);
        match coast.is_land(*position) {
            Some(false) => {}
            Some(true) => {
                let shore = match coast.nearest(*position, 100_000.0) {
                    Nearness::At { distance_m, place } => {
                        format!("the nearest shore is {:.1} km away, at {}", distance_m / 1000.0, place.dm(1))
                    }
                    _ => "no shore is within 100 km".into(),
                };
                return Err(asked.refuse(
                    key(asked),
                    format!("{place} lies on land; {shore}"),
                    "give a place at sea, or `land = false` under [run] to drift as if there were no land",
                ));
            }
            None => {
                return Err(asked.refuse(
                    key(asked),
                    format!("{place} lies outside the coast that the program carries"),
                    "`land = false` under [run] drifts as if there were no land",
                ));
            }
        }
    }
    Ok(())
}
