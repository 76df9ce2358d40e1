//! Distress indicators: the list of Regulation (EU) 656/2014, article 9(2)(f), as a checklist. It binds nobody here; an overloaded
//! inflatable meets several at all times, and the count is shown as it is.

use plimsoll_case::answer::assess::DistressIndicator;
use plimsoll_case::answer::loadline::LoadlineAnswer;
use plimsoll_case::encounter::Encounter;
use plimsoll_case::scenario::describe;

/// Wind or sea from which the weather itself is an indicator: Beaufort 5, or the upper limit of ISO 12217 design category D.
const WIND_M_S: f64 = 8.0;
const HS_M: f64 = 0.5;

/// The indicators of a case: met, not met, or not known.
#[must_use]
pub fn indicators(e: &Encounter, line: &LoadlineAnswer) -> Vec<DistressIndicator> {
    let passed: Vec<&str> = line.limits.iter().filter(|l| l.passed).map(|l| l.id.as_str()).collect();
    let people = describe(&e.aboard.people.value, "");
    let length = describe(&e.boat.length_m.value, "m");
    let children = e.aboard.children.value.range();
    let worn = e.aboard.lifejackets.value.range();
    let (_, wind) = e.sea.wind_m_s.value.range();
    let (_, hs) = e.sea.hs_m.value.range();
    let listed = |id: &str, met: Option<bool>, why: String| DistressIndicator { id: id.to_owned(), met, why };
    vec![
        listed("request", None, "not known whether help was asked for".to_owned()),
        listed(
            "seaworthiness",
            if e.boat.soft || !passed.is_empty() { Some(true) } else { None },
            if e.boat.soft {
                "tubes reported soft or not known to be firm".to_owned()
            } else {
                limits_in_words(&passed)
            },
        ),
        listed(
            "overloaded",
            if passed.is_empty() { None } else { Some(true) },
            format!("{people} people in an inflatable of {length}; {}", limits_in_words(&passed)),
        ),
        listed("supplies", None, "fuel, water and food not known".to_owned()),
        listed("crew", None, "not known who steers, nor with what training".to_owned()),
        listed(
            "equipment",
            if worn.1 < 1.0 { Some(true) } else { None },
            format!("lifejackets worn by {} of the people", describe(&e.aboard.lifejackets.value, "")),
        ),
        listed("medical", None, "not known".to_owned()),
        listed("deceased", None, "not known".to_owned()),
        listed(
            "vulnerable",
            if children.0 > 0.0 {
                Some(true)
            } else if children.1 <= 0.0 {
                Some(false)
            } else {
                None
            },
            format!("{} children aboard", describe(&e.aboard.children.value, "")),
        ),
        listed(
            "weather",
            Some(wind >= WIND_M_S || hs > HS_M),
            format!("wind up to {wind:.1} m/s, waves up to {hs:.1} m"),
        ),
    ]
}

fn limits_in_words(passed: &[&str]) -> String {
    match passed.len() {
        0 => "no limit of the load line passed at rest".to_owned(),
        1 => "one limit of the load line passed at rest".to_owned(),
        n => format!("{n} limits of the load line passed at rest"),
    }
}
