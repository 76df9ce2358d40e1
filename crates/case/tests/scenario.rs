//! Scenarios as people write them: what is understood, what is refused, and how it is said.

use plimsoll_case::encounter::{BoatClass, BoundFor, Light};
use plimsoll_case::scenario::{self, Code, Problem};
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::ledger::Grade;
use plimsoll_core::time::Utc;

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
    let e = scenario::parse(DOVER.as_bytes(), &["patrol-32m", "lifeboat-dover"]).unwrap().encounter;
    assert_eq!(e.boat.class, Some(BoatClass::Medium));
    assert!(e.boat.soft && e.boat.engine_running);
    assert_eq!(e.aboard.people.value, Belief::Triangular { low: 50.0, likely: 62.0, high: 75.0 });
    assert_eq!(e.aboard.people.basis.as_deref(), Some("aircraft"));
    assert_eq!(e.place.position.unwrap().to_string(), "51 02.0N 001 30.0E");
    assert_eq!(e.place.time.unwrap().to_string(), "2026-09-14T04:20:00Z");
    assert!((e.sea.wind_m_s.value.mean() - 4.63).abs() < 1e-9 && e.sea.wind_from_deg == Some(230.0));
    assert_eq!((e.sea.current_toward_deg, e.sea.light), (Some(41.0), Light::Night));
    assert_eq!(e.help.on_scene, ["patrol-32m"]);
    assert_eq!(e.help.coming[0].minutes.value, Belief::Uniform { low: 20.0, high: 35.0 });
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

#[test]
fn the_least_that_is_asked_for() {
    let all = problems("");
    let asked: Vec<_> = all.iter().map(|p| (p.key.as_str(), p.code)).collect();
    assert_eq!(
        asked,
        [
            ("aboard.people", Code::Missing),
            ("sea.hs", Code::Missing),
            ("sea.water", Code::Missing),
            ("sea.light", Code::Missing)
        ]
    );
    assert!(all.iter().all(|p| p.help.as_ref().is_some_and(|h| h.contains("add `"))));
    let e = scenario::parse(b"[aboard]\npeople = 40\n[sea]\nhs = \"0 m\"\n[place]\ntime = 2024-02-15T12:00:00Z\n", &[])
        .unwrap()
        .encounter;
    assert_eq!(e.sea.light, Light::Day);
    assert!((e.sea.water_c.value.mean() - 7.4).abs() < 0.05);
    assert!(e.defaulted.iter().any(|d| d.key == "sea.water" && d.source.contains("Dover Strait assumed")));
    // Far from the strait the temperature is asked for, not invented.
    let p = only("[aboard]\npeople=40\n[sea]\nhs=\"1 m\"\n[place]\nposition=\"36N 12E\"\ntime=2024-02-15T12:00:00Z\n");
    assert_eq!((p.key.as_str(), p.code), ("sea.water", Code::Missing));
}

#[test]
fn a_boat_of_unknown_size_takes_a_class_that_can_float_its_people() {
    let class = |people: u32, boat: &str| {
        let text = format!(
            "[boat]\n{boat}\n[aboard]\npeople = {people}\n[sea]\nhs=\"0 m\"\nwater=\"9 degC\"\nlight=\"day\"\n"
        );
        let e = scenario::parse(text.as_bytes(), &[]).unwrap().encounter;
        let listed = e.defaulted.iter().find(|d| d.key == "boat.class").map(|d| d.value.clone());
        (e.boat.class, listed, e.boat.tube_m.value.median())
    };
    let (c, listed, tube) = class(60, "");
    assert_eq!((c, listed.as_deref()), (Some(BoatClass::Medium), Some("inflatable-medium")));
    assert!((tube - 0.5).abs() < 0.02);
    assert_eq!(class(112, "").0, Some(BoatClass::Large));
    // A length speaks for itself; its class lends the rest and is listed.
    let (c, listed, tube) = class(112, "length = \"6.9 m\"");
    assert_eq!((c, listed.as_deref()), (None, Some("inflatable-small")));
    assert!((tube - 0.45).abs() < 0.02);
}

#[test]
fn the_five_forms_of_belief() {
    for (value, belief) in [
        ("62", Belief::Exact(62.0)),
        ("{ value = 62, basis = \"count\" }", Belief::Exact(62.0)),
        ("{ low = 50, high = 75 }", Belief::Uniform { low: 50.0, high: 75.0 }),
        ("{ low = 50, likely = 62, high = 75 }", Belief::Triangular { low: 50.0, likely: 62.0, high: 75.0 }),
        ("{ mean = 62, sd = 8 }", Belief::Normal { mean: 62.0, sd: 8.0, low: Some(1.0), high: Some(400.0) }),
        (
            "{ mean = 62, sd = 8, low = 40, high = 90 }",
            Belief::Normal { mean: 62.0, sd: 8.0, low: Some(40.0), high: Some(90.0) },
        ),
        (
            "{ values = [60, 40], weights = [3, 1] }",
            Belief::Discrete { values: vec![40.0, 60.0], weights: vec![1.0, 3.0] },
        ),
    ] {
        let text = format!(
            "[aboard]\npeople = {value}\nchildren = 0\n[sea]\nhs = \"0.3 m\"\nwater = \"15 degC\"\nlight = \"day\"\n"
        );
        let e = scenario::parse(text.as_bytes(), &[]).unwrap_or_else(|e| panic!("{value}: {e}")).encounter;
        assert_eq!(e.aboard.people.value, belief, "{value}");
    }
}

#[test]
fn beliefs_of_quantities_directions_and_crossings() {
    let read = |old: &str, new: &str| scenario::parse(dover(old, new).as_bytes(), &[]).map(|s| s.encounter);
    let e = read("hs = \"0.4 m\"", "hs = { mean = \"40 cm\", sd = \"10 cm\" }").unwrap();
    assert_eq!(e.sea.hs_m.value, Belief::Normal { mean: 0.4, sd: 0.1, low: Some(0.0), high: Some(15.0) });
    let e = read("water = \"17.6 degC\"", "water = { mean = \"290.75 K\", sd = \"9 degF\" }").unwrap();
    let Belief::Normal { mean, sd, .. } = e.sea.water_c.value else { panic!() };
    assert!((mean - 17.6).abs() < 1e-9 && (sd - 5.0).abs() < 1e-9);
    for wind in [
        "{ low = \"5 kn\", high = \"12 kn\", from = 230, basis = \"forecast\" }",
        "{ low = \"5 kn from 230\", high = \"12 kn from SW\", from = 225 }",
        "{ low = \"5 kn from 230\", high = \"12 kn\" }",
    ] {
        let e = read("wind = \"9 kn from 230\"", &format!("wind = {wind}"));
        match wind.contains("SW") {
            true => assert_eq!(e.unwrap_err().problems[0].code, Code::Belief),
            false => assert_eq!(e.unwrap().sea.wind_from_deg, Some(230.0)),
        }
    }
    let e = read("[sea]", "bound_for = { low = \"2 h\", high = \"240 min\" }\n[sea]").unwrap();
    let Some(BoundFor::Hours(h)) = e.place.bound_for else { panic!() };
    assert_eq!(h.value, Belief::Uniform { low: 2.0, high: 4.0 });
    let e = read("[sea]", "bound_for = { values = [\"10 km\", \"6 nm\"], weights = [1, 1] }\n[sea]").unwrap();
    assert!(matches!(e.place.bound_for, Some(BoundFor::DistanceM(_))));
    let p = only(&dover("[sea]", "bound_for = { low = \"2 h\", high = \"9 km\" }\n[sea]"));
    assert_eq!((p.code, p.value.as_str()), (Code::Unit, "\"9 km\""));
    let e = read("minutes = { low = 20, high = 35 }", "minutes = \"0.5 h\"").unwrap();
    assert_eq!(e.help.coming[0].minutes.value, Belief::Exact(30.0));
    let e = read("tubes = \"soft\"", "tubes = { port = 1.0, starboard = { low = 0.5, high = 0.8 } }").unwrap();
    assert_eq!(e.boat.share_starboard.value, Belief::Uniform { low: 0.5, high: 0.8 });
    assert!(!e.boat.soft);
}

#[test]
fn a_problem_has_key_value_unit_range_and_place() {
    let p = only(&dover("hs = \"0.4 m\"", "hs = \"0.4 kn\""));
    assert_eq!((p.key.as_str(), p.code, p.value.as_str()), ("sea.hs", Code::Unit, "\"0.4 kn\""));
    assert_eq!((p.unit.as_str(), p.allowed.as_str()), ("m", "0 to 15 m"));
    let line = DOVER.lines().position(|l| l.starts_with("hs =")).unwrap() + 1;
    assert_eq!((p.line, p.column), (line, 6));
    let text = dover("hs = \"0.4 m\"", "hs = \"0.4 kn\"");
    assert_eq!(&text[p.span.unwrap()], "\"0.4 kn\"");
}

#[test]
fn all_problems_come_at_once_in_the_order_of_the_file() {
    let all = problems(
        "[boat]\nclas = \"inflatable-medium\"\ntube = \"5 m\"\n[aboard]\npeople = \"many\"\nhs = 3\n[weather]\nwind = 9\n\
         [sea]\nhs = 0.4\nwater = nan\nlight = \"dusk\"\n[help]\ncoming = [{ asset = \"x\", minuts = 3 }]\n",
    );
    let found: Vec<_> = all.iter().map(|p| (p.key.as_str(), p.code)).collect();
    assert_eq!(
        found,
        [
            ("boat.clas", Code::UnknownKey),
            ("boat.tube", Code::OutOfRange),
            ("aboard.people", Code::WrongType),
            ("aboard.hs", Code::UnknownKey),
            ("weather", Code::UnknownKey),
            ("sea.hs", Code::Unit),
            ("sea.water", Code::NotFinite),
            ("sea.light", Code::UnknownWord),
            ("help.coming.minutes", Code::Missing),
            ("help.coming.minuts", Code::UnknownKey),
        ]
    );
    let help = |i: usize| all[i].help.clone().unwrap_or_default();
    assert_eq!(help(0), "did you mean `class`?");
    assert_eq!(help(3), "`hs` belongs in [sea]");
    assert!(help(5).contains("\"0.4 m\""));
}

#[test]
fn what_cannot_hold_together_is_refused() {
    for (old, new, key) in [
        ("class = \"inflatable-medium\"", "beam = \"1 m\"\ntube = \"0.5 m\"", "boat.tube"),
        ("class = \"inflatable-medium\"", "class = \"inflatable-medium\"\nbeam = \"1 m\"", "boat.beam"),
        ("engine = \"running\"", "tube = \"0.3 m\"\nfloor_height = \"0.3 m\"", "boat.floor_height"),
        ("engine = \"running\"", "length = \"8 m\"\neffective_length = \"9 m\"", "boat.effective_length"),
        ("engine = \"running\"", "length = \"2.1 m\"\nbeam=\"2.2 m\"", "boat.beam"),
        ("children = { low = 4, high = 12 }", "children = 80", "aboard.children"),
        ("hs = \"0.4 m\"", "hs = \"3 m\"\ntp = \"2 s\"", "sea.tp"),
        ("[sea]", "depth = \"0.2 m\"\n[sea]", "sea.hs"),
        ("posture = \"sitting\"", "posture = \"sitting\"\n[options]\nonly = []", "options.only"),
        (
            "posture = \"sitting\"",
            "posture = \"sitting\"\n[options]\nonly = [\"take_off\", \"take_off\"]",
            "options.only",
        ),
    ] {
        let p = only(&dover(old, new));
        assert_eq!((p.key.as_str(), p.code), (key, Code::Impossible), "{new}: {p}");
    }
    let p = only(&dover("lifejackets = { low = 0.3, high = 0.7 }", "lifejackets = 1.2"));
    assert_eq!((p.key.as_str(), p.code), ("aboard.lifejackets", Code::OutOfRange));
    let p = only(&dover("lifejackets = { low = 0.3, high = 0.7 }", "lifejackets = \"30 %\""));
    assert_eq!(p.help.as_deref(), Some("write 0.3 for 30 %"));
}

#[test]
fn ids_are_checked_against_the_table() {
    let e = scenario::parse(DOVER.as_bytes(), &["patrol-32m", "lifeboat-dover-2"]).unwrap_err();
    assert_eq!(e.problems.len(), 1);
    assert_eq!(e.problems[0].help.as_deref(), Some("did you mean \"lifeboat-dover-2\"?"));
    let e = scenario::parse(dover("engine = \"running\"", "engine = \"runing\"").as_bytes(), &[]).unwrap_err();
    assert_eq!(e.problems[0].help.as_deref(), Some("did you mean \"running\"?"));
}

#[test]
fn unclear_places_and_times_are_refused() {
    for (old, new, key) in [
        ("51 02.0N 001 30.0E", "51.02.30N 001.30.00E", "place.position"),
        ("51 02.0N 001 30.0E", "51.03, 1.50", "place.position"),
        ("2026-09-14T04:20:00Z", "2026-09-14T04:20:00", "place.time"),
        ("2026-09-14T04:20:00Z", "2026-09-14", "place.time"),
    ] {
        let p = only(&dover(old, new));
        assert_eq!((p.key.as_str(), p.code), (key, Code::Unclear), "{new}: {p}");
    }
    let p = only(&dover("2026-09-14T04:20:00Z", "1826-09-14T04:20:00Z"));
    assert_eq!(p.code, Code::OutOfRange);
}

#[test]
fn odd_but_possible_is_said_not_refused() {
    let e = scenario::parse(dover("light = \"night\"", "light = \"day\"").as_bytes(), &[]).unwrap().encounter;
    assert_eq!(e.warnings[0].key, "sea.light");
}

#[test]
fn without_a_reader_of_fields_they_are_refused() {
    for from in ["\"builtin\"", "\"sea.nc\"", "[\"a.nc\", \"b.nc\"]"] {
        let p = only(&dover("[sea]", &format!("[sea]\nfrom = {from}")));
        assert_eq!((p.key.as_str(), p.code), ("sea.from", Code::NotYet), "{from}");
    }
}

/// A sea for tests: it tells a current and a wind, and raises half a metre.
struct Sea;

impl scenario::Waters for Sea {
    fn ask(
        &self,
        named: &[scenario::Named],
        wanted: &[&'static str],
        at: LonLat,
        _: Utc,
    ) -> Result<scenario::Said, Vec<scenario::Silent>> {
        if at.lat_deg() > 52.0 {
            let (message, help) = ("too far north".into(), "go south".into());
            return Err(vec![scenario::Silent { source: named.len() - 1, message, help }]);
        }
        let belief = Belief::Normal { mean: 1.2, sd: 0.2, low: Some(0.0), high: Some(1.8) };
        let told = |direction_deg| scenario::Told {
            belief: belief.clone(),
            direction_deg,
            source: "the atlas".into(),
            grade: Grade::C,
        };
        let mut said = scenario::Said::default();
        for key in wanted.iter().filter(|k| ["sea.current", "sea.wind"].contains(k)) {
            said.told.push((key, told(Some(42.0))));
            said.taken.push(scenario::Taken { name: "the atlas".into(), sha256: "0".repeat(64), key: (*key).into() });
        }
        Ok(said)
    }

    fn raise(&self, roots: &scenario::Roots<'_>) -> Result<scenario::Raised, scenario::Silent> {
        if roots.fetch_m.is_none() && roots.wind_from_deg.is_none() {
            return Err(scenario::Silent { message: "no direction".into(), ..Default::default() });
        }
        let told = |v: f64| scenario::Told {
            belief: Belief::Exact(v),
            direction_deg: None,
            source: "grown".into(),
            grade: Grade::C,
        };
        Ok(scenario::Raised { fetch: told(2e4), angle_deg: Belief::Exact(180.0), hs_m: told(0.5), tp_s: told(3.0) })
    }
}

fn with_sea(text: &str) -> Result<scenario::Scenario, scenario::ScenarioError> {
    scenario::parse_with(text.as_bytes(), &[], &Sea)
}

/// Sources supply what is not given, and nothing else.
#[test]
fn sources_supply_what_is_missing() {
    let current = DOVER.lines().find(|l| l.starts_with("current")).expect("a current");
    let text = dover(current, "from = \"builtin\"");
    let e = with_sea(&text).unwrap().encounter;
    assert_eq!((e.sea.current_toward_deg, e.sea.current_m_s.given), (Some(42.0), false));
    assert_eq!(e.sea.wind_from_deg, Some(230.0), "by hand goes before");
    assert_eq!(e.taken.iter().map(|t| t.key.as_str()).collect::<Vec<_>>(), ["sea.current"]);
    let from = e.defaulted.iter().find(|d| d.key == "sea.current").unwrap();
    assert_eq!((from.source.as_str(), from.grade), ("the atlas", Grade::C));
    // asked for, never invented
    let position = DOVER.lines().find(|l| l.starts_with("position")).expect("a position");
    let missing = with_sea(&text.replacen(position, "", 1)).unwrap_err().problems;
    assert!(missing.iter().any(|p| p.key == "place.position" && p.code == Code::Missing), "{missing:?}");
    // refused with its reason, at its place
    let north = with_sea(&text.replacen("51 02.0N", "53 02.0N", 1)).unwrap_err().problems;
    let p = north.iter().find(|p| p.key == "sea.from").expect("a problem");
    assert!(
        p.message == "too far north" && p.help.as_ref().unwrap().starts_with("go south; or give the current"),
        "{p:?}"
    );
    assert_eq!(&text[p.span.clone().unwrap()], "\"builtin\"");
}

#[test]
fn a_list_of_sources_points_at_the_one_that_is_silent() {
    let text = dover("[sea]", "[sea]\nfrom = [\"builtin\", \"wind.nc\"]").replacen("51 02.0N", "53 02.0N", 1);
    let problems = with_sea(&text).unwrap_err().problems;
    let p = problems.iter().find(|p| p.key == "sea.from").unwrap();
    assert_eq!(&text[p.span.clone().unwrap()], "\"wind.nc\"");
    for from in ["[]", "[\"a.nc\", \"a.nc\"]", "\"\"", "3", "[3]"] {
        let problems = with_sea(&dover("[sea]", &format!("[sea]\nfrom = {from}"))).unwrap_err().problems;
        assert!(problems.iter().any(|p| p.key == "sea.from"), "{from}: {problems:?}");
    }
}

#[test]
fn waves_that_nobody_gives_are_grown_or_asked_for() {
    let e = with_sea(&dover("hs = \"0.4 m\"", "")).unwrap().encounter;
    let grown = e.sea.grown.as_ref().unwrap();
    assert_eq!((e.sea.hs_m.value.mean(), grown.fetch_m.value.mean(), e.sea.hs_m.given), (0.5, 2e4, false));
    assert!(e.defaulted.iter().any(|d| d.key == "sea.fetch"));
    let e = with_sea(&dover("hs = \"0.4 m\"", "fetch = \"30 km\"\ntp = \"4 s\"")).unwrap().encounter;
    assert_eq!(e.sea.grown.unwrap().fetch_m.value, Belief::Exact(3e4));
    assert_eq!((e.sea.tp_s.value, e.sea.tp_s.given), (Belief::Exact(4.0), true));
    // without a wind there is nothing to grow from
    let wind = DOVER.lines().find(|l| l.starts_with("wind")).expect("a wind");
    let problems = with_sea(&dover("hs = \"0.4 m\"", "").replacen(wind, "", 1)).unwrap_err().problems;
    assert_eq!((problems[0].key.as_str(), problems[0].code), ("sea.hs", Code::Missing));
    // nor without a direction, and that is said
    let problems = with_sea(&dover("hs = \"0.4 m\"", "").replacen(wind, "wind = \"9 kn\"", 1)).unwrap_err().problems;
    assert!(problems[0].key == "sea.hs" && problems[0].message.contains("no direction"), "{problems:?}");
    // a height by hand is taken as it is
    let e = with_sea(&dover("[sea]", "[sea]\nfetch = \"30 km\"")).unwrap().encounter;
    assert!(e.sea.grown.is_none() && e.warnings.iter().any(|w| w.key == "sea.fetch"));
}

#[test]
fn other_encodings_and_line_ends() {
    assert!(scenario::parse(DOVER.replace('\n', "\r\n").as_bytes(), &[]).is_ok());
    assert!(scenario::parse(format!("\u{feff}{DOVER}").as_bytes(), &[]).is_ok());
    let text = format!("\u{feff}{}", dover("hs = \"0.4 m\"", "hs = \"0.4 kn\""));
    let p = only(&text);
    assert_eq!((&text[p.span.clone().unwrap()], p.column), ("\"0.4 kn\"", 6));
    let e = scenario::parse(b"[boat]\nclass = \"\xff\"\n", &[]).unwrap_err();
    assert_eq!(e.problems[0].code, Code::NotText);
    let e = scenario::parse(b"[boat\nclass = 3", &[]).unwrap_err();
    assert_eq!((e.problems[0].code, e.problems[0].line), (Code::Syntax, 1));
    // Marks of seconds end a TOML text; the help says what to do.
    let e = scenario::parse("[place]\nposition = \"51°02'00\"N 1°30'00\"E\"\n".as_bytes(), &[]).unwrap_err();
    assert!(e.problems[0].code == Code::Syntax && e.problems[0].help.as_ref().unwrap().contains("'''"));
    let text = dover("\"51 02.0N 001 30.0E\"", "'''51°02'00\"N 1°30'00\"E'''");
    let place = scenario::parse(text.as_bytes(), &[]).unwrap().encounter.place.position.unwrap();
    assert_eq!(place.to_string(), "51 02.0N 001 30.0E");
    // A key twice is the parser's to refuse.
    let e = scenario::parse(b"[boat]\ntube=\"1 m\"\ntube=\"1 m\"", &[]).unwrap_err();
    assert_eq!((e.problems[0].code, e.problems[0].line), (Code::Syntax, 3));
}
