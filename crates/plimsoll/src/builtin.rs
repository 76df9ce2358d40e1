//! What is built in and what it does not reach: the tide of the Dover Strait for scenarios and for `plimsoll tide`.

use plimsoll_case::scenario::{Silent, Told};
use plimsoll_core::earth::LonLat;
use plimsoll_core::ledger::Grade;
use plimsoll_core::time::Utc;
use plimsoll_sea::tide::{Atlas, Refused};

/// A valid place farther off than this helps nobody.
const FAR_M: f64 = 200_000.0;

/// What the atlas is called where its digest stands.
pub const ATLAS: &str = "tide atlas of the Dover Strait, 2026-11";

/// The current of `[sea] from = "builtin"`.
pub fn current(place: LonLat, time: Utc) -> Result<Told, Silent> {
    let local = Atlas::check_time(time).and_then(|()| Atlas::dover_strait().at(place));
    let local = local.map_err(|why| Silent { source: 0, message: why.to_string(), help: help(&why) })?;
    let believed = local.believed(time);
    Ok(Told {
        belief: believed.speed_m_s,
        direction_deg: believed.toward_deg,
        source: "built-in tide atlas of the Dover Strait (M2, S2, N2) with its error; no wind, no surge".into(),
        grade: Grade::C,
    })
}

/// Where the nearest answer would be.
pub fn help(why: &Refused) -> String {
    let place = match why {
        Refused::Outside { place, .. }
        | Refused::OnLand { place }
        | Refused::NearLand { place, .. }
        | Refused::Shallow { place, .. }
        | Refused::Unresolved { place, .. } => *place,
        Refused::Year { .. } => return "the arguments of the tide are checked for those years alone".into(),
    };
    let nearest = Atlas::dover_strait().nearest_valid(place).filter(|(_, distance_m)| *distance_m < FAR_M);
    nearest.map_or_else(String::new, |(valid, distance_m)| {
        format!("the nearest place with a valid tide is {}, {:.1} km away", valid.dm(1), distance_m / 1000.0)
    })
}
