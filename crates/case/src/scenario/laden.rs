//! The boat and the people aboard.

use super::build::{ask, unknown_member};
use super::defaults::{self, Defaults};
use super::keys::{self, TUBES};
use super::problem::Code;
use super::read::Reader;
use crate::encounter::{Aboard, Boat, BoatClass, Given, Posture};
use crate::ledger::LEDGER;
use plimsoll_core::belief::Belief;
use plimsoll_core::ledger::Grade;
use toml::de::DeValue;

pub(crate) fn boat(r: &mut Reader<'_>, d: &mut Defaults, aboard: Option<&Aboard>) -> Boat {
    let named = r.choice("boat.class").map(|word| match word {
        "inflatable-small" => BoatClass::Small,
        "inflatable-large" => BoatClass::Large,
        _ => BoatClass::Medium,
    });
    let (length, effective) = (r.belief("boat.length"), r.belief("boat.effective_length"));
    let share = &LEDGER.get("inflatable.prism_share");
    let overall = length.as_ref().map(|l| l.value.median());
    let overall = overall.or_else(|| effective.as_ref().map(|e| e.value.median() / share.value.median()));
    let crowd = aboard.is_some_and(|a| a.people.value.median() > defaults::CROWD);
    let (class, why) = match (named, overall) {
        (Some(class), _) => (class, ""),
        (None, Some(length)) => (defaults::class_of_length(length), "the class nearest to the length given"),
        (None, None) if crowd => {
            (BoatClass::Large, "neither class nor length was given; a smaller boat would hardly float")
        }
        (None, None) => (BoatClass::Medium, "neither class nor length was given; the middle class"),
    };
    if !r.has("boat.class") {
        d.word("boat.class", class.id(), why, Grade::C);
    }
    let of = |name: &str| format!("{}.{name}", defaults::module(class));
    // Length and prism follow from each other; where both are missing the class has the prism.
    let (length_m, effective_length_m) = match (length, effective) {
        (Some(l), Some(e)) => (l, e),
        (Some(l), None) => {
            let e = defaults::product(&l.value, &share.value);
            (l, d.belief("boat.effective_length", e, &share.source, share.grade))
        }
        (None, Some(e)) => {
            let l = defaults::quotient(&e.value, &share.value);
            (d.belief("boat.length", l, &share.source, share.grade), e)
        }
        (None, None) => {
            let c = LEDGER.get(&of("effective_length"));
            let l = c.value.linear(1.0 / share.value.median(), 0.0);
            let length = d.belief("boat.length", l, &c.source, c.grade);
            (length, d.constant("boat.effective_length", None, &of("effective_length")))
        }
    };
    let beam = r.belief("boat.beam");
    let beam_m = d.constant("boat.beam", beam, &of("beam"));
    let tube = r.belief("boat.tube");
    let tube_m = d.constant("boat.tube", tube, &of("tube"));
    let mut plain = |r: &mut Reader<'_>, path: &'static str, id: &str| {
        let given = r.belief(path);
        d.constant(path, given, id)
    };
    let floor_height_m = plain(r, "boat.floor_height", "inflatable.floor_height");
    let floor_sag_m = plain(r, "boat.floor_sag", "inflatable.floor_sag");
    let hull_mass_kg = plain(r, "boat.hull_mass", &of("hull_mass"));
    let hull_centre_m = plain(r, "boat.hull_centre", "inflatable.hull_centre");
    let transom_height_m = plain(r, "boat.transom_height", "inflatable.transom_height");
    let chambers = plain(r, "boat.chambers", "inflatable.chambers");
    let (share_port, share_starboard, soft) = tubes(r, d);
    let engine_running = r.choice("boat.engine").is_none_or(|word| word == "running");
    if !r.has("boat.engine") {
        d.word("boat.engine", "running", "a boat that makes way is the usual case", Grade::C);
    }
    let water = r.belief("boat.water_aboard");
    // What nobody reports is not assumed: free water takes a third of the stability, and the sea brings its own in an assessment.
    let water_m3 = water.unwrap_or_else(|| {
        d.belief(
            "boat.water_aboard",
            Belief::Exact(0.0),
            "none reported; in an assessment the sea brings its own",
            Grade::C,
        )
    });
    Boat {
        class: named.or((overall.is_none()).then_some(class)),
        length_m,
        effective_length_m,
        beam_m,
        tube_m,
        floor_height_m,
        floor_sag_m,
        hull_mass_kg,
        hull_centre_m,
        transom_height_m,
        chambers,
        share_port,
        share_starboard,
        soft,
        engine_running,
        water_m3,
        trim_m: r.belief("boat.trim"),
    }
}

/// Buoyant shares of port and starboard, and whether the tubes are soft.
fn tubes(r: &mut Reader<'_>, d: &mut Defaults) -> (Given<Belief>, Given<Belief>, bool) {
    let full = || Given::default(Belief::Exact(1.0));
    let key = keys::find("boat.tubes");
    let Some(node) = r.node("boat.tubes") else {
        let c = LEDGER.get("inflatable.share_unknown");
        let share = d.belief("boat.tubes", c.value.clone(), &c.source, c.grade);
        return (share.clone(), share, true);
    };
    match node.get_ref() {
        DeValue::String(word) => match r.word(key, word, TUBES, node.span()) {
            Some("soft") => {
                let share =
                    Given { value: LEDGER.get("inflatable.share_soft").value.clone(), basis: None, given: true };
                (share.clone(), share, true)
            }
            Some(_) => {
                let share = Given::stated(Belief::Exact(1.0), None);
                (share.clone(), share, false)
            }
            None => (full(), full(), false),
        },
        DeValue::Table(table) => {
            for (word, _) in table {
                if !["port", "starboard"].contains(&word.get_ref().as_ref()) {
                    unknown_member(r, "boat.tubes", word.get_ref(), &["port", "starboard"], word.span());
                }
            }
            if table.is_empty() {
                r.refuse(key, Code::Belief, "a table without a value", node.span());
            }
            let mut side = |name: &str, path: &'static str| {
                let given = table.get(name).and_then(|n| r.belief_of(keys::find(path), n));
                given.unwrap_or_else(full)
            };
            (side("port", "boat.tubes.port"), side("starboard", "boat.tubes.starboard"), false)
        }
        _ => {
            r.refuse_type(key, &node);
            (full(), full(), false)
        }
    }
}

pub(crate) fn aboard(r: &mut Reader<'_>, d: &mut Defaults) -> Option<Aboard> {
    if !r.has("aboard.people") {
        ask(r, "aboard.people", "how many people are aboard? Without that nothing can be said");
    }
    let people = r.belief("aboard.people");
    let children = r.belief("aboard.children");
    let children = match (&people, children) {
        (_, Some(children)) => children,
        (Some(people), None) => {
            let c = LEDGER.get("aboard.children_share");
            let children = defaults::product(&people.value, &c.value);
            d.belief("aboard.children", children, &c.source, c.grade)
        }
        (None, None) => Given::default(Belief::Exact(0.0)),
    };
    let mut plain = |r: &mut Reader<'_>, path: &'static str, id: &str| {
        let given = r.belief(path);
        d.constant(path, given, id)
    };
    let person_mass_kg = plain(r, "aboard.person_mass", "aboard.person_mass");
    let lifejackets = plain(r, "aboard.lifejackets", "aboard.lifejackets");
    let jackets_float = plain(r, "aboard.jackets_float", "aboard.jackets_float");
    let swimmers = plain(r, "aboard.swimmers", "aboard.swimmers");
    let people_in_water = r.choice("aboard.in_water").is_some_and(|word| word == "some");
    let posture = match r.choice("aboard.posture") {
        Some("floor") => Posture::Floor,
        Some("standing") => Posture::Standing,
        Some("mixed") => Posture::Mixed,
        _ => Posture::Sitting,
    };
    if !r.has("aboard.posture") {
        d.word("aboard.posture", posture.id(), "people under way sit on tubes and floor (seen by crews)", Grade::C);
    }
    let people_centre_m = r.belief("aboard.people_centre");
    Some(Aboard {
        people: people?,
        children,
        person_mass_kg,
        people_centre_m,
        posture,
        lifejackets,
        jackets_float,
        swimmers,
        people_in_water,
    })
}
