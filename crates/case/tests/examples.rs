//! The examples are real encounters: each reads, names its sources, and rests on ids of the table of assets.

use plimsoll_case::answer::digest;
use plimsoll_case::encounter::{Encounter, Light};
use plimsoll_case::scenario;

const ASSETS: &str = include_str!("../../rescue/assets/dover-strait-assets.toml");

fn read(text: &str) -> Encounter {
    let ids: Vec<&str> =
        ASSETS.lines().filter_map(|l| l.strip_prefix("id = \"")).filter_map(|l| l.strip_suffix('"')).collect();
    assert!(ids.len() > 30);
    scenario::parse(text.as_bytes(), &ids).unwrap_or_else(|e| panic!("{e}")).encounter
}

const EVENTS: [&str; 4] = [
    include_str!("../../../examples/2021-11-24-sandettie.toml"),
    include_str!("../../../examples/2024-04-23-wimereux.toml"),
    include_str!("../../../examples/2024-07-12-boulogne.toml"),
    include_str!("../../../examples/2024-09-03-gris-nez.toml"),
];
const DOVER: &str = include_str!("../../../examples/dover-strait.toml");

#[test]
fn events_name_their_sources_and_what_is_not_recorded() {
    for text in EVENTS {
        let e = read(text);
        assert!(text.contains("# Sources") && text.contains("Not recorded in these sources"), "{:?}", e.name);
        assert!(e.name.is_some() && e.place.time.is_some() && e.place.position.is_some());
        assert!(e.warnings.iter().all(|w| w.key != "sea.light"), "{:?}", e.warnings);
        // Nothing about the sea or the people is given without a word on where it comes from.
        for given in
            [&e.aboard.people, &e.sea.hs_m, &e.sea.wind_m_s, &e.sea.current_m_s, &e.aboard.lifejackets, &e.sea.water_c]
        {
            assert!(!given.given || given.basis.is_some(), "{:?}", e.name);
        }
    }
    assert_eq!(read(EVENTS[0]).sea.light, Light::Night);
    assert_eq!(read(EVENTS[3]).sea.light, Light::Day);
    assert!((read(EVENTS[0]).sea.water_c.value.mean() - 12.2).abs() < 0.3);
}

#[test]
fn every_example_has_an_echo_and_one_canonical_form() {
    for text in EVENTS.into_iter().chain([DOVER]) {
        let e = read(text);
        let inputs = scenario::inputs(&e);
        assert!(inputs.scenario.iter().any(|l| l.key == "aboard.people" && l.given));
        let listed = inputs.defaulted.iter().all(|d| {
            inputs.scenario.iter().all(|l| l.key != d.key || !l.given) && !d.source.is_empty() && !d.value.is_empty()
        });
        assert!(listed);
        let value = serde_json::to_value(&e).unwrap();
        let digest = digest::of_value(&value).unwrap();
        // The same encounter in other words: comments, order and spelling leave the digest alone.
        let again = text.lines().filter(|l| !l.starts_with('#')).collect::<Vec<_>>().join("\r\n");
        assert_eq!(digest::of_value(&serde_json::to_value(read(&again)).unwrap()).unwrap(), digest);
        let back: Encounter = serde_json::from_value(value).unwrap();
        assert_eq!(Encounter { warnings: e.warnings.clone(), ..back }, e);
    }
    let spelt = DOVER.replace("51 02.0N 001 30.0E", "51°02′00″N 1°30′00″E").replace("\"0.4 m\"", "\"40 cm\"");
    let of = |text: &str| digest::of_value(&serde_json::to_value(read(text)).unwrap()).unwrap();
    assert_eq!(of(&spelt), of(DOVER));
    assert_ne!(of(&DOVER.replace("0.4 m", "0.5 m")), of(DOVER));
}
