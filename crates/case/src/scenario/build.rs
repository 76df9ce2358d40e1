//! From what the file says to an encounter: every key is looked at even after the first mistake, so that all are shown.

use super::defaults::{self, Defaults};
use super::keys::{self, TUBES};
use super::problem::{Code, Problem};
use super::read::Reader;
use super::{check, climate, sun};
use crate::encounter::{
    Aboard, Boat, BoatClass, Coming, Encounter, Given, Help, Light, Modifier, OptionId, Place, Posture, Run, Sea,
    Selection, Warning,
};
use crate::ledger::LEDGER;
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::ledger::Grade;
use plimsoll_core::units::nearest;
use std::ops::Range;
use toml::de::DeValue;

/// Where the sun is asked about when a time is given without a position: the middle of the Dover Strait.
const STRAIT: (f64, f64) = (1.5, 51.0);

/// Builds the encounter; `None` where something essential could not be read. Problems gather in the reader.
pub(crate) fn encounter(r: &mut Reader<'_>, assets: &[&str]) -> Option<Encounter> {
    let mut d = Defaults::default();
    let name = r.text("name");
    let boat = boat(r, &mut d);
    let aboard = aboard(r, &mut d);
    let place = place(r);
    let sea = sea(r, &mut d, &place);
    let help = help(r, assets);
    let options = selection(r);
    let run = run(r);
    let mut encounter = Encounter {
        name,
        boat,
        aboard: aboard?,
        place,
        sea: sea?,
        help,
        options,
        run,
        defaulted: d.list,
        warnings: Vec::new(),
    };
    check::together(r, &encounter);
    warn(&mut encounter, r);
    Some(encounter)
}

/// An essential key is missing: it is asked for, never invented.
fn ask(r: &mut Reader<'_>, path: &str, why: &str) {
    let key = keys::find(path);
    let mut problem = Problem::new(Code::Missing, path, why)
        .allowed(key.allowed())
        .help(format!("add `{} = {}` to [{}]", key.name(), key.example, key.section()));
    problem.unit = key.unit().to_owned();
    let problem = match r.document.sections.get(key.section()) {
        Some(span) => problem.at(r.document.text, span.clone(), false),
        None => problem,
    };
    r.problems.push(problem);
}

fn boat(r: &mut Reader<'_>, d: &mut Defaults) -> Boat {
    let named = r.choice("boat.class").map(|word| match word {
        "inflatable-small" => BoatClass::Small,
        "inflatable-large" => BoatClass::Large,
        _ => BoatClass::Medium,
    });
    let (length, effective) = (r.belief("boat.length"), r.belief("boat.effective_length"));
    let share = &LEDGER.get("inflatable.prism_share");
    let overall = length.as_ref().map(|l| l.value.median());
    let overall = overall.or_else(|| effective.as_ref().map(|e| e.value.median() / share.value.median()));
    let class = named.unwrap_or_else(|| overall.map_or(BoatClass::Medium, defaults::class_of_length));
    if named.is_none() && !r.has("boat.class") {
        let (source, word) = match overall {
            Some(_) => ("the class nearest to the length given", class.id()),
            None => ("the middle class; neither class nor length was given", class.id()),
        };
        d.word("boat.class", word, source, Grade::C);
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
            (
                length,
                d.constant("boat.effective_length", None, &of("effective_length")),
            )
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
        d.word(
            "boat.engine",
            "running",
            "a boat that makes way is the usual case",
            Grade::C,
        );
    }
    let water = r.belief("boat.water_aboard");
    let water_m3 = d.constant("boat.water_aboard", water, "inflatable.water_aboard");
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
                let share = Given {
                    value: LEDGER.get("inflatable.share_soft").value.clone(),
                    basis: None,
                    given: true,
                };
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
            (
                side("port", "boat.tubes.port"),
                side("starboard", "boat.tubes.starboard"),
                false,
            )
        }
        _ => {
            r.refuse_type(key, &node);
            (full(), full(), false)
        }
    }
}

fn unknown_member(r: &mut Reader<'_>, path: &str, word: &str, known: &[&str], span: Range<usize>) {
    let shown: String = word.chars().take(60).collect();
    let mut problem =
        Problem::new(Code::UnknownKey, &format!("{path}.{shown}"), "there is no such key").allowed(known.join(", "));
    problem.help = nearest(word, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
    r.problems.push(problem.at(r.document.text, span, false));
}

fn aboard(r: &mut Reader<'_>, d: &mut Defaults) -> Option<Aboard> {
    if !r.has("aboard.people") {
        ask(
            r,
            "aboard.people",
            "how many people are aboard? Without that nothing can be said",
        );
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
    let posture = match r.choice("aboard.posture") {
        Some("floor") => Posture::Floor,
        Some("standing") => Posture::Standing,
        Some("mixed") => Posture::Mixed,
        _ => Posture::Sitting,
    };
    if !r.has("aboard.posture") {
        d.word(
            "aboard.posture",
            posture.id(),
            "people under way sit on tubes and floor (seen by crews)",
            Grade::C,
        );
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
    })
}

fn place(r: &mut Reader<'_>) -> Place {
    Place {
        position: r.position("place.position"),
        time: r.time("place.time"),
        depth_m: r.belief("place.depth"),
        distance_to_shore_m: r.belief("place.distance_to_shore"),
        bound_for: r.bound_for("place.bound_for"),
    }
}

fn sea(r: &mut Reader<'_>, d: &mut Defaults, place: &Place) -> Option<Sea> {
    if let Some(span) = r.span("sea.from") {
        let help = "give wind, hs, current and water by hand";
        r.refuse_with(
            keys::find("sea.from"),
            Code::NotYet,
            "this version reads no fields",
            Some(help.into()),
            span,
        );
    }
    if !r.has("sea.hs") {
        ask(
            r,
            "sea.hs",
            "how high are the waves? Calm is \"0 m\"; an estimate is a belief",
        );
    }
    let hs = r.belief("sea.hs");
    let tp = r.belief("sea.tp");
    let wind = r.vector("sea.wind");
    let current = r.vector("sea.current");
    let (wind, wind_from_deg) = wind.map_or((None, None), |(g, deg)| (Some(g), deg));
    let (current, current_toward_deg) = current.map_or((None, None), |(g, deg)| (Some(g), deg));
    let wind_m_s = d.constant("sea.wind", wind, "sea.wind");
    let (tp_s, steepness) = match (tp, &hs) {
        (Some(tp), _) => (tp, None),
        (None, Some(hs)) => {
            let c = LEDGER.get("sea.steepness");
            let tp = defaults::period(&hs.value, &c.value);
            (d.belief("sea.tp", tp, &c.source, c.grade), Some(c.value.clone()))
        }
        (None, None) => (Given::default(Belief::Exact(1.0)), None),
    };
    let current_m_s = d.constant("sea.current", current, "sea.current");
    let water = water(r, d, place);
    let air = r.belief("sea.air");
    let air = match (&water, air) {
        (_, Some(air)) => air,
        (Some(water), None) => {
            let c = LEDGER.get("sea.air_less_water");
            d.belief("sea.air", defaults::sum(&water.value, &c.value), &c.source, c.grade)
        }
        (None, None) => Given::default(Belief::Exact(10.0)),
    };
    let light = light(r, d, place);
    let visibility = r.belief("sea.visibility");
    let visibility_m = d.constant("sea.visibility", visibility, "sea.visibility");
    let surf_m = r.belief("sea.surf");
    Some(Sea {
        wind_m_s,
        wind_from_deg,
        hs_m: hs?,
        tp_s,
        steepness,
        current_m_s,
        current_toward_deg,
        water_c: water?,
        air_c: air,
        light: light?,
        visibility_m,
        surf_m,
    })
}

/// The water temperature: given, or by time of year where the climatology reaches, or asked for.
fn water(r: &mut Reader<'_>, d: &mut Defaults, place: &Place) -> Option<Given<Belief>> {
    if r.has("sea.water") {
        return r.belief("sea.water");
    }
    match (place.time, place.position) {
        (Some(_), Some(p)) if !climate::covers(p) => {
            ask(
                r,
                "sea.water",
                "how warm is the water? The built-in climatology does not reach this position",
            );
            None
        }
        (Some(time), position) => {
            let c = LEDGER.get(&format!("water.month_{:02}", time.civil().month));
            let at = if position.is_some() {
                ""
            } else {
                "position not given, Dover Strait assumed; "
            };
            Some(d.belief("sea.water", climate::water(time), &format!("{at}{}", c.source), c.grade))
        }
        (None, _) => {
            // A time that could not be read has been refused already.
            if !r.has("place.time") {
                ask(
                    r,
                    "sea.water",
                    "how warm is the water? Give it, or a [place] time for the climatology of the Dover Strait",
                );
            }
            None
        }
    }
}

/// The light: given, or by the sun, or asked for.
fn light(r: &mut Reader<'_>, d: &mut Defaults, place: &Place) -> Option<Light> {
    if r.has("sea.light") {
        return r.choice("sea.light").map(|word| match word {
            "day" => Light::Day,
            "twilight" => Light::Twilight,
            _ => Light::Night,
        });
    }
    if let Some((time, at, assumed)) = when_and_where(place) {
        let light = sun::light(at, time);
        let assumed = if assumed {
            "; position not given, Dover Strait assumed"
        } else {
            ""
        };
        d.word(
            "sea.light",
            light.id(),
            &format!("altitude of the sun at this time{assumed}"),
            Grade::A,
        );
        return Some(light);
    }
    if !r.has("place.time") {
        ask(r, "sea.light", "is it day or night? Give it, or a [place] time");
    }
    None
}

fn when_and_where(place: &Place) -> Option<(plimsoll_core::time::Utc, LonLat, bool)> {
    let strait = LonLat::new(STRAIT.0, STRAIT.1).ok()?;
    Some((place.time?, place.position.unwrap_or(strait), place.position.is_none()))
}

fn help(r: &mut Reader<'_>, assets: &[&str]) -> Help {
    let key = keys::find("help.on_scene");
    let mut on_scene = Vec::new();
    for (id, span) in r.list("help.on_scene").unwrap_or_default() {
        if let Some(id) = asset(r, key, &id, assets, span) {
            on_scene.push(id);
        }
    }
    Help {
        on_scene,
        coming: coming(r, assets),
    }
}

fn asset(r: &mut Reader<'_>, key: &'static keys::Key, id: &str, assets: &[&str], span: Range<usize>) -> Option<String> {
    if !assets.is_empty() {
        return r.word(key, id, assets, span).map(str::to_owned);
    }
    // Without the table only the form can be checked.
    let slug = !id.is_empty()
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if slug && id.len() <= 60 {
        return Some(id.to_owned());
    }
    r.refuse(
        key,
        Code::UnknownWord,
        "an asset id has lower-case letters, digits and hyphens",
        span,
    );
    None
}

fn coming(r: &mut Reader<'_>, assets: &[&str]) -> Vec<Coming> {
    let key = keys::find("help.coming");
    let Some(node) = r.node("help.coming") else {
        return Vec::new();
    };
    let DeValue::Array(items) = node.get_ref() else {
        r.refuse_type(key, &node);
        return Vec::new();
    };
    let mut out = Vec::new();
    for item in items.iter() {
        let DeValue::Table(table) = item.get_ref() else {
            r.refuse_type(key, item);
            continue;
        };
        for (word, _) in table {
            if !["asset", "minutes"].contains(&word.get_ref().as_ref()) {
                unknown_member(r, "help.coming", word.get_ref(), &["asset", "minutes"], word.span());
            }
        }
        let asset_key = keys::find("help.coming.asset");
        let id = match table.get("asset").map(|n| (n.get_ref(), n.span())) {
            Some((DeValue::String(id), span)) => asset(r, asset_key, id, assets, span),
            Some((_, span)) => {
                r.refuse(asset_key, Code::WrongType, "the id of an asset is wanted", span);
                None
            }
            None => {
                r.refuse(asset_key, Code::Missing, "which craft is coming?", item.span());
                None
            }
        };
        let minutes_key = keys::find("help.coming.minutes");
        let minutes = match table.get("minutes") {
            Some(node) => r.belief_of(minutes_key, node),
            None => {
                r.refuse(minutes_key, Code::Missing, "in how many minutes?", item.span());
                None
            }
        };
        if let (Some(asset), Some(minutes)) = (id, minutes) {
            out.push(Coming { asset, minutes });
        }
    }
    out
}

fn selection(r: &mut Reader<'_>) -> Selection {
    let ids = OptionId::ALL.map(OptionId::as_str);
    let only = r.words("options.only", &ids);
    if let (Some(only), Some(span)) = (&only, r.span("options.only"))
        && only.is_empty()
        && r.problems.iter().all(|p| p.key != "options.only")
    {
        r.refuse(
            keys::find("options.only"),
            Code::Impossible,
            "no option at all: leave the key out for all of them",
            span,
        );
    }
    let with = r
        .words("options.with", &[Modifier::FloatsFirst.as_str()])
        .unwrap_or_default();
    Selection {
        only: only.map(|words| words.into_iter().filter_map(OptionId::from_name).collect()),
        with: with.into_iter().map(|_| Modifier::FloatsFirst).collect(),
    }
}

fn run(r: &mut Reader<'_>) -> Run {
    Run {
        realisations: r.whole("run.realisations").unwrap_or(10_000),
        horizon_h: r.hours("run.horizon").unwrap_or(24.0),
    }
}

/// What is possible but odd.
fn warn(e: &mut Encounter, r: &Reader<'_>) {
    if let Some((time, at, false)) = when_and_where(&e.place)
        && r.has("sea.light")
        && sun::light(at, time) != e.sea.light
    {
        let text = format!(
            "\"{}\" is given, but the sun stands at {:.1} degrees there and then",
            e.sea.light.id(),
            sun::altitude_deg(at, time)
        );
        e.warnings.push(Warning {
            key: "sea.light".into(),
            text,
        });
    }
    if e.aboard.children.value.range().1 > e.aboard.people.value.range().0 {
        let text = "some draws could have more children than people: they are capped".to_owned();
        e.warnings.push(Warning {
            key: "aboard.children".into(),
            text,
        });
    }
}
