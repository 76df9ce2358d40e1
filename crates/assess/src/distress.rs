//! Distress indicators: the list of Regulation (EU) 656/2014, article 9(2)(f), as a checklist. It binds nobody here; an overloaded
//! inflatable meets several at all times, and the count is shown as it is.
//!
//! Met is what was reported, or what follows from the number aboard and the load line. What only a default says is presumed: it is
//! counted apart, so that nobody takes an assumption for a report.

use plimsoll_case::answer::assess::DistressIndicator;
use plimsoll_case::answer::loadline::LoadlineAnswer;
use plimsoll_case::encounter::{Encounter, Given};
use plimsoll_case::scenario::describe;
use plimsoll_core::belief::Belief;

/// Wind or sea from which the weather itself is an indicator: Beaufort 5, or the upper limit of ISO 12217 design category D.
const WIND_M_S: f64 = 8.0;
const HS_M: f64 = 0.5;
/// Share of the states of knowledge in which a limit must be passed before an indicator rests on it: that of every interval here.
const SURE: f64 = 0.95;

/// What is known of an indicator.
enum Told {
    /// Reported, or follows from what was.
    Met,
    /// Reported not to be so.
    NotMet,
    /// Nobody said so; what is taken by default would meet it.
    Presumed,
    /// Cannot be told.
    Unknown,
}

/// The indicators of a case: met, not met, presumed, or not known.
#[must_use]
pub fn indicators(e: &Encounter, line: &LoadlineAnswer) -> Vec<DistressIndicator> {
    let passed = line.limits.iter().filter(|l| l.passed && l.p_passed.is_none_or(|p| p >= SURE)).count();
    vec![
        listed("request", Told::Unknown, "not known whether help was asked for".to_owned()),
        seaworthiness(e, passed),
        overloaded(e, passed),
        listed("supplies", Told::Unknown, "fuel, water and food not known".to_owned()),
        listed("crew", Told::Unknown, "not known who steers, nor with what training".to_owned()),
        equipment(&e.aboard.lifejackets),
        listed("medical", Told::Unknown, "not known".to_owned()),
        listed("deceased", Told::Unknown, "not known".to_owned()),
        vulnerable(&e.aboard.children),
        weather(e),
    ]
}

fn listed(id: &str, told: Told, why: String) -> DistressIndicator {
    let met = match told {
        Told::Met => Some(true),
        Told::NotMet => Some(false),
        Told::Presumed | Told::Unknown => None,
    };
    DistressIndicator { id: id.to_owned(), met, presumed: matches!(told, Told::Presumed), why }
}

fn seaworthiness(e: &Encounter, passed: usize) -> DistressIndicator {
    let sides = [&e.boat.share_port, &e.boat.share_starboard];
    let reported = e.boat.share_port.given || e.boat.share_starboard.given;
    let soft = e.boat.soft || sides.iter().any(|s| s.given && s.value.range().1 < 1.0);
    let (told, why) = match (reported && soft, passed) {
        (true, _) => (Told::Met, "tubes reported soft".to_owned()),
        (false, 1..) => (Told::Met, limits_in_words(passed)),
        (false, 0) if !reported => (Told::Presumed, "nobody reports the tubes; they are not taken for firm".to_owned()),
        (false, 0) => (Told::Unknown, limits_in_words(0)),
    };
    listed("seaworthiness", told, why)
}

fn overloaded(e: &Encounter, passed: usize) -> DistressIndicator {
    let (people, length) = (describe(&e.aboard.people.value, ""), describe(&e.boat.length_m.value, "m"));
    let why = format!("{people} people in an inflatable of {length}; {}", limits_in_words(passed));
    listed("overloaded", if passed > 0 { Told::Met } else { Told::Unknown }, why)
}

fn equipment(worn: &Given<Belief>) -> DistressIndicator {
    let share = describe(&worn.value, "");
    let (told, why) = match (worn.given, worn.value.range().1 < 1.0) {
        (true, true) => (Told::Met, format!("lifejackets worn by {share} of the people")),
        (false, true) => {
            (Told::Presumed, format!("nobody reports lifejackets; {share} of the people are taken to wear one"))
        }
        (_, false) => (Told::Unknown, "lifejackets may be worn by all; lights and radio not known".to_owned()),
    };
    listed("equipment", told, why)
}

fn vulnerable(children: &Given<Belief>) -> DistressIndicator {
    let (least, most) = children.value.range();
    let count = describe(&children.value, "");
    // a belief in between is rounded to whole children by whoever draws it
    let (told, why) = match children.given {
        true if least >= 0.5 => (Told::Met, format!("{count} children aboard")),
        true if most < 0.5 => (Told::Unknown, "no children aboard; pregnant women not known".to_owned()),
        true => (Told::Unknown, format!("{count} children aboard: there may be none")),
        false if most >= 0.5 => (Told::Presumed, format!("nobody reports children; {count} are taken to be aboard")),
        false => (Told::Unknown, "nobody reports children".to_owned()),
    };
    listed("vulnerable", told, why)
}

fn weather(e: &Encounter) -> DistressIndicator {
    let taken = |key: &str| e.taken.iter().any(|t| t.key == key);
    let wind_told = e.sea.wind_m_s.given || taken("sea.wind");
    let hs_told = e.sea.hs_m.given || taken("sea.hs") || (e.sea.grown.is_some() && wind_told);
    let (_, wind) = e.sea.wind_m_s.value.range();
    let (_, hs) = e.sea.hs_m.value.range();
    let (strong, high) = (wind >= WIND_M_S, hs > HS_M);
    let told = match (strong && wind_told || high && hs_told, strong || high) {
        (true, _) => Told::Met,
        (false, true) => Told::Presumed,
        (false, false) if wind_told && hs_told => Told::NotMet,
        (false, false) => Told::Unknown,
    };
    listed("weather", told, format!("wind up to {wind:.1} m/s, waves up to {hs:.1} m"))
}

fn limits_in_words(passed: usize) -> String {
    match passed {
        0 => "no limit of the load line passed at rest in 95 of 100 states of knowledge".to_owned(),
        1 => "one limit of the load line passed at rest in 95 of 100 states of knowledge or more".to_owned(),
        n => format!("{n} limits of the load line passed at rest in 95 of 100 states of knowledge or more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_case::scenario::parse;

    /// Ids that are met, and those that are presumed.
    fn of(scenario: &str) -> [Vec<String>; 2] {
        let e = parse(scenario.as_bytes(), &["patrol-32m"]).unwrap().encounter;
        let all = indicators(&e, &crate::loadline::answer(&e, 1).unwrap());
        assert_eq!(all.len(), 10);
        let which = |f: &dyn Fn(&&DistressIndicator) -> bool| all.iter().filter(f).map(|d| d.id.clone()).collect();
        [which(&|d| d.met == Some(true)), which(&|d| d.presumed)]
    }

    const SEA: &str = "[place]\nposition = \"51 02.0N 001 30.0E\"\ntime = 2026-08-14T08:00:00Z\n[sea]\nhs = \"0.3 m\"\n\
                       wind = \"6 kn from 230\"\nwater = \"17 degC\"\n[help]\non_scene = [\"patrol-32m\"]\n";

    #[test]
    fn what_nobody_reports_is_presumed_and_never_met() {
        let [met, presumed] = of(&format!("[aboard]\npeople = 4\n{SEA}"));
        assert_eq!(met, [""; 0]);
        assert_eq!(presumed, ["seaworthiness", "equipment", "vulnerable"]);
        // the number aboard alone overloads the boat, whatever it is; that it is unfit for them follows
        let [met, presumed] = of(&format!("[aboard]\npeople = 62\n{SEA}"));
        assert_eq!(met, ["seaworthiness", "overloaded"]);
        assert_eq!(presumed, ["equipment", "vulnerable"]);
    }

    #[test]
    fn what_is_reported_is_met_or_not() {
        let aboard = "[boat]\ntubes = \"soft\"\n[aboard]\npeople = 8\nchildren = 2\nlifejackets = 0.5\n";
        let [met, presumed] = of(&format!("{aboard}{SEA}"));
        assert_eq!(met, ["seaworthiness", "equipment", "vulnerable"]);
        assert_eq!(presumed, [""; 0]);
        let firm = aboard.replace("soft", "firm").replace("children = 2", "children = 0");
        let [met, _] = of(&format!("{firm}{}", SEA.replace("6 kn", "18 kn")));
        assert_eq!(met, ["equipment", "weather"]);
        let one_side = aboard.replace("\"soft\"", "{ port = 1.0, starboard = 0.75 }");
        assert_eq!(of(&format!("{one_side}{SEA}"))[0][0], "seaworthiness");
    }
}
