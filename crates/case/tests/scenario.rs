//! Scenarios as people write them: what is understood, what is refused, and how it is said.

use plimsoll_case::encounter::{BoatClass, BoundFor, Light};
use plimsoll_case::scenario::{self, Code, Problem};
use plimsoll_core::belief::Belief;

const DOVER: &str = include_str!("../../../examples/dover-strait.toml");

fn problems(text: &str) -> Vec<Problem> {
    match scenario::parse(text.as_bytes(), &[]) {
        Ok(_) => Vec::new(),
        Err(e) => e.problems,
    }
}

fn only(text: &str) -> Problem {
    let mut all = problems(text);
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

/// The README's encounter with one line replaced or, where `old` is empty, added at the end.
fn dover(old: &str, new: &str) -> String {
    if old.is_empty() {
        return format!("{DOVER}\n{new}\n");
    }
    assert!(DOVER.contains(old), "{old}");
    DOVER.replacen(old, new, 1)
}

#[test]
fn the_encounter_of_the_readme() {
    let e = scenario::parse(DOVER.as_bytes(), &["patrol-32m", "lifeboat-dover"])
        .unwrap()
        .encounter;
    assert_eq!(e.boat.class, Some(BoatClass::Medium));
    assert!(e.boat.soft && e.boat.engine_running);
    assert_eq!(
        e.aboard.people.value,
        Belief::Triangular {
            low: 50.0,
            likely: 62.0,
            high: 75.0
        }
    );
    assert_eq!(e.aboard.people.basis.as_deref(), Some("aircraft"));
    assert_eq!(e.place.position.unwrap().to_string(), "51 02.0N 001 30.0E");
    assert_eq!(e.place.time.unwrap().to_string(), "2026-09-14T04:20:00Z");
    assert!((e.sea.wind_m_s.value.mean() - 4.63).abs() < 1e-9 && e.sea.wind_from_deg == Some(230.0));
    assert_eq!((e.sea.current_toward_deg, e.sea.light), (Some(41.0), Light::Night));
    assert_eq!(e.help.on_scene, ["patrol-32m"]);
    assert_eq!(
        e.help.coming[0].minutes.value,
        Belief::Uniform { low: 20.0, high: 35.0 }
    );
    assert_eq!((e.run.realisations, e.run.horizon_h), (10_000, 24.0));
    assert!(e.warnings.is_empty(), "{:?}", e.warnings);
    let defaulted: Vec<_> = e.defaulted.iter().map(|d| d.key.as_str()).collect();
    assert_eq!(
        defaulted,
        [
            "boat.length",
            "boat.effective_length",
            "boat.beam",
            "boat.tube",
            "boat.floor_height",
            "boat.floor_sag",
            "boat.hull_mass",
            "boat.hull_centre",
            "boat.transom_height",
            "boat.chambers",
            "boat.water_aboard",
            "aboard.person_mass",
            "aboard.jackets_float",
            "aboard.swimmers",
            "sea.tp",
            "sea.air",
            "sea.visibility"
        ]
    );
}
