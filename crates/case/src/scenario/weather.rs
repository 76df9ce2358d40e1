//! Wind, waves, current, the water's temperature and the light.

use super::build::ask;
use super::defaults::{self, Defaults};
use super::keys;
use super::problem::{Code, Problem};
use super::read::Reader;
use super::{BuiltIn, Tide, climate, sun};
use crate::encounter::{Given, Light, Place, Sea};
use crate::ledger::LEDGER;
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::ledger::Grade;

/// Where the sun is asked about when a time is given without a position: the middle of the Dover Strait.
const STRAIT: (f64, f64) = (1.5, 51.0);

pub(crate) fn sea(r: &mut Reader<'_>, d: &mut Defaults, place: &Place, tide: Option<Tide<'_>>) -> Option<Sea> {
    let built_in = built_in(r, place, tide);
    if !r.has("sea.hs") {
        ask(r, "sea.hs", "how high are the waves? Calm is \"0 m\"; an estimate is a belief");
    }
    let hs = r.belief("sea.hs");
    let tp = r.belief("sea.tp");
    let wind = r.vector("sea.wind");
    let current = r.vector("sea.current");
    let (wind, wind_from_deg) = wind.map_or((None, None), |(g, deg)| (Some(g), deg));
    let (current_m_s, current_toward_deg) = match (current, built_in) {
        (Some((given, toward_deg)), _) => (d.constant("sea.current", Some(given), "sea.current"), toward_deg),
        (None, Some(b)) => (d.belief("sea.current", b.speed_m_s, &b.source, b.grade), b.toward_deg),
        (None, None) => (d.constant("sea.current", None, "sea.current"), None),
    };
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

/// What the built-in tide says, where it is asked for. Position and time are asked for, never invented.
fn built_in(r: &mut Reader<'_>, place: &Place, tide: Option<Tide<'_>>) -> Option<BuiltIn> {
    let span = r.span("sea.from")?;
    let key = keys::find("sea.from");
    let text = r.node("sea.from").and_then(|n| n.get_ref().as_str().map(str::to_owned));
    let Some(tide) = tide.filter(|_| text.as_deref() == Some("builtin")) else {
        let help = "the one source is \"builtin\", the tide of the Dover Strait; give wind, hs and water by hand";
        r.refuse_with(key, Code::NotYet, "this version reads no files of fields", Some(help.into()), span);
        return None;
    };
    for (path, missing) in [("place.position", place.position.is_none()), ("place.time", place.time.is_none())] {
        // What could not be read has been refused already.
        if missing && !r.has(path) {
            ask(r, path, "the built-in tide needs a position and a time");
        }
    }
    match tide(place.position?, place.time?) {
        Ok(current) => Some(current),
        Err(silent) => {
            let by_hand = format!("give the current by hand, such as {}", keys::find("sea.current").example);
            let mut problem = Problem::new(Code::Impossible, key.path, silent.message)
                .allowed("a place and a time that the built-in tide covers");
            problem.help =
                Some(if silent.help.is_empty() { by_hand } else { format!("{}; or {by_hand}", silent.help) });
            r.problems.push(problem.at(r.document.text, span, true));
            None
        }
    }
}

/// The water temperature: given, or by time of year where the climatology reaches, or asked for.
fn water(r: &mut Reader<'_>, d: &mut Defaults, place: &Place) -> Option<Given<Belief>> {
    if r.has("sea.water") {
        return r.belief("sea.water");
    }
    match (place.time, place.position) {
        (Some(_), Some(p)) if !climate::covers(p) => {
            ask(r, "sea.water", "how warm is the water? The built-in climatology does not reach this position");
            None
        }
        (Some(time), position) => {
            let c = LEDGER.get(&format!("water.month_{:02}", time.civil().month));
            let at = if position.is_some() { "" } else { "position not given, Dover Strait assumed; " };
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
        let assumed = if assumed { "; position not given, Dover Strait assumed" } else { "" };
        d.word("sea.light", light.id(), &format!("altitude of the sun at this time{assumed}"), Grade::A);
        return Some(light);
    }
    if !r.has("place.time") {
        ask(r, "sea.light", "is it day or night? Give it, or a [place] time");
    }
    None
}

/// Instant and place for the sun, and whether the place is assumed.
pub(crate) fn when_and_where(place: &Place) -> Option<(plimsoll_core::time::Utc, LonLat, bool)> {
    let strait = LonLat::new(STRAIT.0, STRAIT.1).ok()?;
    Some((place.time?, place.position.unwrap_or(strait), place.position.is_none()))
}
