//! Where, what and when, as figures for the head of the page.

use plimsoll_case::answer::Span;
use plimsoll_case::answer::assess::Scene;
use plimsoll_case::answer::drift::CoastLine;
use plimsoll_case::encounter::{Encounter, Given};
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::maths::cos;
use plimsoll_sea::coast::embedded;

/// The scene of a case.
#[must_use]
pub fn of(e: &Encounter) -> Scene {
    let span = |g: &Given<Belief>| Some(Span::from(&g.value));
    let (boat, sea, place) = (&e.boat, &e.sea, &e.place);
    let (port, starboard) = (boat.share_port.value.range(), boat.share_starboard.value.range());
    let tubes = match (port == starboard, boat.soft) {
        (false, _) => "uneven",
        (true, true) => "soft",
        (true, false) => "firm",
    };
    Scene {
        area: place.position.filter(in_strait).map(|_| "Dover Strait".to_owned()),
        lon_deg: place.position.map(LonLat::lon_deg),
        lat_deg: place.position.map(LonLat::lat_deg),
        time_utc: place.time.map(|t| t.to_string()),
        people: span(&e.aboard.people),
        people_basis: e.aboard.people.basis.clone(),
        children: span(&e.aboard.children),
        boat_class: boat.class.map(|c| c.id().to_owned()),
        length_m: span(&boat.length_m),
        tubes: boat.share_port.given.then(|| tubes.to_owned()),
        engine_running: Some(boat.engine_running),
        wind_m_s: span(&sea.wind_m_s),
        wind_from_deg: sea.wind_from_deg,
        hs_m: span(&sea.hs_m),
        current_m_s: span(&sea.current_m_s),
        current_toward_deg: sea.current_toward_deg,
        water_c: span(&sea.water_c),
        light: Some(sea.light.id().to_owned()),
        depth_m: place.depth_m.as_ref().and_then(span),
        distance_to_shore_m: place.distance_to_shore_m.as_ref().and_then(span),
        coast: place.position.and_then(coast),
    }
}

/// Degrees of latitude around the place that the chart shows, and of longitude at the equator.
const AROUND_DEG: f64 = 0.15;
/// Finer than a pixel of the chart, m.
const TOLERANCE_M: f64 = 60.0;

/// Land around a place; `None` where the coast is not known.
fn coast(place: LonLat) -> Option<Vec<CoastLine>> {
    let coast = embedded();
    coast.is_land(place)?;
    let (lon, lat) = (place.lon_deg(), place.lat_deg());
    let wide = AROUND_DEG / cos(lat.to_radians()).max(0.05);
    let window = [lon - wide, lat - AROUND_DEG, lon + wide, lat + AROUND_DEG];
    // rings reach to whole degrees around the window: those that stay outside are left out
    let meets = |ring: &Vec<LonLat>| {
        let (mut low, mut high) = ([f64::MAX; 2], [f64::MIN; 2]);
        for p in ring {
            for (k, v) in [p.lon_deg(), p.lat_deg()].into_iter().enumerate() {
                (low[k], high[k]) = (low[k].min(v), high[k].max(v));
            }
        }
        low[0] <= window[2] && high[0] >= window[0] && low[1] <= window[3] && high[1] >= window[1]
    };
    let rings = coast.outlines(window, TOLERANCE_M).into_iter().filter(meets);
    let line = |ring: Vec<LonLat>| ring.iter().map(|p| [p.lon_deg(), p.lat_deg()]).collect();
    Some(rings.map(|ring| CoastLine { closed: true, points: line(ring) }).collect())
}

fn in_strait(p: &LonLat) -> bool {
    (50.4..51.5).contains(&p.lat_deg()) && (0.8..2.6).contains(&p.lon_deg())
}
