//! Where, what and when, as figures for the head of the page.

use plimsoll_case::answer::Span;
use plimsoll_case::answer::assess::Scene;
use plimsoll_case::encounter::{Encounter, Given};
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;

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
    }
}

fn in_strait(p: &LonLat) -> bool {
    (50.4..51.5).contains(&p.lat_deg()) && (0.8..2.6).contains(&p.lon_deg())
}
