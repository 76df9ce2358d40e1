//! Wind, waves, current, the water's temperature and the light.

use super::build::ask;
use super::defaults::{self, Defaults};
use super::read::Reader;
use super::sources::{self, Roots, Said, Taken, Told, Waters};
use super::{climate, sun};
use crate::encounter::{Given, Grown, Light, Place, Sea};
use crate::ledger::LEDGER;
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::ledger::Grade;

/// Where the sun is asked about when a time is given without a position: the middle of the Dover Strait.
const STRAIT: (f64, f64) = (1.5, 51.0);

/// The sea, and from what it was taken; `idle` gathers what was named in vain.
pub(crate) fn sea(
    r: &mut Reader<'_>,
    d: &mut Defaults,
    place: &Place,
    waters: Option<&dyn Waters>,
    idle: &mut Vec<String>,
) -> Option<(Sea, Vec<Taken>)> {
    let said = sources::said(r, place, waters, idle);
    // A source that was refused might have told the rest: that is not asked for yet.
    let refused = said.is_none();
    let mut said = said.unwrap_or_default();
    let wind = r.vector("sea.wind");
    let current = r.vector("sea.current");
    let told_wind = said.take("sea.wind");
    let wind_known = wind.is_some() || told_wind.is_some();
    let (wind_m_s, wind_from_deg) = flow(d, "sea.wind", wind, told_wind);
    let (current_m_s, current_toward_deg) = flow(d, "sea.current", current, said.take("sea.current"));
    let roots = Roots {
        position: place.position,
        wind_m_s: &wind_m_s.value,
        wind_from_deg,
        fetch_m: None,
        depth_m: place.depth_m.as_ref().map(|g| &g.value),
        current_m_s: &current_m_s.value,
        current_toward_deg,
    };
    let waters = waters.filter(|_| wind_known);
    let waves = waves(r, d, &mut said, waters, roots, refused);
    let water = water(r, d, place, said.take("sea.water"), refused);
    let told_air = said.take("sea.air");
    let air = match (&water, r.belief("sea.air"), told_air) {
        (_, Some(air), _) => air,
        (_, None, Some(told)) => take(d, "sea.air", told),
        (Some(water), None, None) => {
            let c = LEDGER.get("sea.air_less_water");
            d.belief("sea.air", defaults::sum(&water.value, &c.value), &c.source, c.grade)
        }
        (None, None, None) => Given::default(Belief::Exact(10.0)),
    };
    let light = light(r, d, place);
    let visibility = r.belief("sea.visibility");
    let visibility_m = d.constant("sea.visibility", visibility, "sea.visibility");
    let surf_m = r.belief("sea.surf");
    let waves = waves?;
    let sea = Sea {
        wind_m_s,
        wind_from_deg,
        hs_m: waves.hs_m,
        tp_s: waves.tp_s,
        steepness: waves.steepness,
        grown: waves.grown,
        current_m_s,
        current_toward_deg,
        water_c: water?,
        air_c: air,
        light: light?,
        visibility_m,
        surf_m,
    };
    Some((sea, said.taken))
}

/// What a source tells, taken and listed.
fn take(d: &mut Defaults, path: &str, told: Told) -> Given<Belief> {
    d.belief(path, told.belief, &told.source, told.grade)
}

/// A speed with its direction: given, told, or believed.
fn flow(
    d: &mut Defaults,
    path: &str,
    given: Option<(Given<Belief>, Option<f64>)>,
    told: Option<Told>,
) -> (Given<Belief>, Option<f64>) {
    match (given, told) {
        (Some((given, direction)), _) => (given, direction),
        (None, Some(told)) => {
            let direction = told.direction_deg;
            (take(d, path, told), direction)
        }
        (None, None) => (d.constant(path, None, path), None),
    }
}

struct Waves {
    hs_m: Given<Belief>,
    tp_s: Given<Belief>,
    steepness: Option<Belief>,
    grown: Option<Grown>,
}

/// Height and period: given, told, grown by the wind, or asked for.
fn waves(
    r: &mut Reader<'_>,
    d: &mut Defaults,
    said: &mut Said,
    waters: Option<&dyn Waters>,
    roots: Roots<'_>,
    refused: bool,
) -> Option<Waves> {
    let (tp, fetch) = (r.belief("sea.tp"), r.belief("sea.fetch"));
    let hs = r.belief("sea.hs");
    let (told_hs, told_tp) = (said.take("sea.hs"), said.take("sea.tp"));
    if r.has("sea.hs") || told_hs.is_some() {
        // a period belongs to its height: with a height by hand a file's period would be another sea's
        let told_tp = told_tp.filter(|_| !r.has("sea.hs"));
        let hs_m = match (hs, told_hs) {
            (Some(hs), _) => hs,
            (None, Some(told)) if !r.has("sea.hs") => take(d, "sea.hs", told),
            _ => return None, // refused
        };
        let (tp_s, steepness) = match (tp, told_tp) {
            (Some(tp), _) => (tp, None),
            (None, Some(told)) => (take(d, "sea.tp", told), None),
            (None, None) => {
                let c = LEDGER.get("sea.steepness");
                let tp = defaults::period(&hs_m.value, &c.value);
                (d.belief("sea.tp", tp, &c.source, c.grade), Some(c.value.clone()))
            }
        };
        return Some(Waves { hs_m, tp_s, steepness, grown: None });
    }
    if refused || r.has("sea.fetch") && fetch.is_none() {
        return None;
    }
    let roots = Roots { fetch_m: fetch.as_ref().map(|g| &g.value), ..roots };
    let Some(waters) = waters else {
        ask(r, "sea.hs", "how high are the waves? Calm is \"0 m\"; an estimate is a belief");
        return None;
    };
    match waters.raise(&roots) {
        Ok(raised) => {
            let fetch_m = fetch.unwrap_or_else(|| take(d, "sea.fetch", raised.fetch));
            let hs_m = take(d, "sea.hs", raised.hs_m);
            let tp_s = tp.unwrap_or_else(|| take(d, "sea.tp", raised.tp_s));
            let grown = Some(Grown { fetch_m, angle_deg: raised.angle_deg });
            Some(Waves { hs_m, tp_s, steepness: None, grown })
        }
        Err(silent) => {
            let why = format!("how high are the waves? They cannot be grown from the wind: {}", silent.message);
            ask(r, "sea.hs", &why);
            None
        }
    }
}

/// The water temperature: given, or by time of year where the climatology reaches, or asked for.
fn water(
    r: &mut Reader<'_>,
    d: &mut Defaults,
    place: &Place,
    told: Option<Told>,
    refused: bool,
) -> Option<Given<Belief>> {
    if r.has("sea.water") {
        return r.belief("sea.water");
    }
    if let Some(told) = told {
        return Some(take(d, "sea.water", told));
    }
    if refused {
        return None;
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
