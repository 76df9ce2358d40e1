//! Values that cannot hold together: geometry, counts, waves.

use super::keys;
use super::problem::Code;
use super::read::Reader;
use super::words::describe;
use crate::encounter::{Encounter, Given};
use plimsoll_core::belief::Belief;

/// Steepness Hs/L that no sea reaches: half of Miche's limit for a single wave, 0.142.
const STEEPEST: f64 = 0.1;

/// Checks what lies across keys and reports each contradiction at the key that the file has.
pub(crate) fn together(r: &mut Reader<'_>, e: &Encounter) {
    let b = &e.boat;
    let (low, high) = (|g: &Given<Belief>| g.value.range().0, |g: &Given<Belief>| g.value.range().1);
    // Over the whole of the beliefs: a hull that only some draws can build is no hull.
    if 2.0 * high(&b.tube_m) >= low(&b.beam_m) {
        let message = format!(
            "two tubes of {} do not fit into a beam of {}: each must be narrower than half of it",
            describe(&b.tube_m.value, "m"),
            describe(&b.beam_m.value, "m")
        );
        refuse(r, &["boat.tube", "boat.beam", "boat.class"], &message);
    }
    if high(&b.floor_height_m) >= low(&b.tube_m) {
        let message = format!(
            "a floor at {} is not below the top of tubes of {}",
            describe(&b.floor_height_m.value, "m"),
            describe(&b.tube_m.value, "m")
        );
        refuse(r, &["boat.floor_height", "boat.tube"], &message);
    }
    if b.effective_length_m.given && b.length_m.given && low(&b.effective_length_m) > high(&b.length_m) {
        let message = format!(
            "an effective length of {} is longer than the boat, {}",
            describe(&b.effective_length_m.value, "m"),
            describe(&b.length_m.value, "m")
        );
        refuse(r, &["boat.effective_length", "boat.length"], &message);
    }
    if high(&b.beam_m) > low(&b.length_m) {
        let message = format!(
            "a beam of {} is wider than the boat is long, {}",
            describe(&b.beam_m.value, "m"),
            describe(&b.length_m.value, "m")
        );
        refuse(r, &["boat.beam", "boat.length", "boat.effective_length"], &message);
    }
    if high(&e.aboard.children) > high(&e.aboard.people) {
        let message = format!(
            "{} children among {} people",
            describe(&e.aboard.children.value, ""),
            describe(&e.aboard.people.value, "")
        );
        refuse(r, &["aboard.children", "aboard.people"], &message);
    }
    let s = &e.sea;
    if s.tp_s.given {
        let longest = 9.806_65 * high(&s.tp_s) * high(&s.tp_s) / (2.0 * std::f64::consts::PI);
        if low(&s.hs_m) > STEEPEST * longest {
            let message = format!(
                "waves of {} with a period of {} would be steeper than any sea",
                describe(&s.hs_m.value, "m"),
                describe(&s.tp_s.value, "s")
            );
            refuse(r, &["sea.tp", "sea.hs"], &message);
        }
    }
    if let Some(depth) = &e.place.depth_m
        && low(&s.hs_m) > high(depth)
    {
        let message = format!(
            "waves of {} in a depth of {}: they would have broken further out",
            describe(&s.hs_m.value, "m"),
            describe(&depth.value, "m")
        );
        refuse(r, &["sea.hs", "place.depth"], &message);
    }
}

fn refuse(r: &mut Reader<'_>, paths: &[&'static str], message: &str) {
    let Some((path, span)) = paths.iter().find_map(|p| r.span(p).map(|s| (*p, s))) else {
        // Defaults fit each other (tested); without a given value there is nothing to refuse.
        return;
    };
    r.refuse(keys::find(path), Code::Impossible, message, span);
}
