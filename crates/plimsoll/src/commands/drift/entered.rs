//! A release of the people whom an assessment puts into the water: each at its own time and place, with a jacket or without.

use super::Asked;
use crate::failure::Failure;
use crate::input::Source as Input;
use plimsoll_case::answer::digest;
use plimsoll_case::answer::drift::DriftSource;
use plimsoll_case::drift::entered::{Entered, parse};
use plimsoll_drift::release::{Place, Release, Scatter, When};

/// Larger files are none.
const LARGEST: u64 = 1 << 30;
/// The golden ratio less one: its multiples fill (0, 1) evenly, any run of them and any stride, so that every entry meets every
/// state of knowledge about what drifts.
const GOLDEN: f64 = 0.618_033_988_749_894_8;

/// A release, and as what each particle enters the water: 0 with a jacket, 1 without.
pub struct Released {
    pub release: Release,
    pub enters_as: Vec<u16>,
    pub source: Option<DriftSource>,
    /// Share of the people who have no place and are left out.
    pub left_out: f64,
}

/// The people of one option, spread over its realisations as they enter the water: each entry weighs as many as its people, times the
/// share of the realisation that ends so.
pub fn release(asked: &Asked<'_>, name: &str, option: &str) -> Result<Released, Failure> {
    let case = asked.case;
    let input = Input::read(&asked.beside(name), LARGEST)?;
    let all = parse(&input.bytes)
        .map_err(|e| Failure::input(format!("{}: {e}", input.name), "see `release.option` in the guide to drift"))?;
    let found = Some(digest::of_bytes(&input.bytes));
    let mut options: Vec<&str> = all.iter().map(|e| e.option.as_str()).collect();
    options.sort_unstable();
    options.dedup();
    if !options.contains(&option) {
        let help = format!("it has {}", if options.is_empty() { "nobody at all".into() } else { options.join(", ") });
        return Err(asked.refuse("release.option", "the file has nobody who enters the water under this option", help));
    }
    let weight = |e: &Entered| e.weight * e.people;
    let theirs: Vec<&Entered> = all.iter().filter(|e| e.option == option && weight(e) > 0.0).collect();
    let placed: Vec<&Entered> = theirs.iter().copied().filter(|e| e.place.is_some()).collect();
    let whole: f64 = theirs.iter().map(|e| weight(e)).sum();
    let mut upto = Vec::with_capacity(placed.len());
    let mut sum = 0.0;
    for e in &placed {
        sum += weight(e);
        upto.push(sum);
    }
    if placed.is_empty() {
        return Err(asked.refuse(
            "release.option",
            "nobody who enters the water under this option has a place: their boats had been under way",
            "give `plimsoll assess` the course with --course, or choose an option under which the boat is stopped",
        ));
    }
    let (mut places, mut times, mut enters_as) = (vec![], vec![], vec![]);
    for i in 0..case.number {
        let u = (i as f64 + 0.5) * GOLDEN;
        let at = (u - u.floor()) * sum;
        let k = upto.partition_point(|v| *v <= at).min(placed.len() - 1);
        let e = placed[k];
        // how far among the people of the entry: those with a jacket first
        let within = (at - (upto[k] - weight(e))) / weight(e);
        places.extend(e.place);
        times.push(e.time);
        enters_as.push(u16::from(within * e.people >= e.jackets));
    }
    let m = case.radius_m[0];
    let scatter = if case.disc { Scatter::Disc(m) } else { Scatter::Gaussian(m) };
    let release = Release { number: case.number, place: Place::Each(places, scatter), when: When::Each(times) };
    release.check().map_err(|e| asked.refuse("release.number", e.to_string(), ""))?;
    let source = DriftSource {
        quantity: "release".into(),
        name: format!("{name}: {option}, {} entries", placed.len()),
        digest: found,
    };
    Ok(Released { release, enters_as, source: Some(source), left_out: 1.0 - sum / whole })
}
