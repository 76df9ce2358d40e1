//! A boat on land is no boat at sea: such a position is refused, with the nearest shore.

use crate::failure::Failure;
use crate::input::Source;
use plimsoll_case::scenario::Scenario;
use plimsoll_sea::coast::{Nearness, embedded};

/// How far inland of the carried shoreline a boat may be said to lie, m: on a beach, in a harbour or the mouth of a canal. A position
/// in tenths of a minute is good to 185 m; the shoreline closes the channel of the Aa some 800 m short of Gravelines.
const BEACH_M: f64 = 1_000.0;
/// How far the shore is looked for, m.
const LOOK_M: f64 = 100_000.0;

/// Refuses a position farther inland than a boat can be. What lies beyond the carried coast passes: the answer marks it.
pub fn refuse(source: &Source, scenario: &Scenario) -> Result<(), Failure> {
    let Some(position) = scenario.encounter.place.position else { return Ok(()) };
    let coast = embedded();
    if coast.is_land(position) != Some(true) {
        return Ok(());
    }
    let shore = match coast.nearest(position, LOOK_M) {
        Nearness::At { distance_m, .. } if distance_m <= BEACH_M => return Ok(()),
        Nearness::At { distance_m, place } => {
            format!("the nearest shore is {:.1} km away, at {}", distance_m / 1000.0, place.dm(1))
        }
        Nearness::Beyond | Nearness::Unknown => "no shore is within 100 km".into(),
    };
    let message = format!("{} lies on land; {shore}", position.dm(1));
    let allowed = "a place at sea, on the beach or in a harbour, at most 1 km inland; without a position give light and water temperature";
    Err(source.refuse(&[scenario.problem("place.position", &message, allowed)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(position: &str) -> Result<(), Failure> {
        let text = include_str!("../../../examples/dover-strait.toml").replace("51 02.0N 001 30.0E", position);
        let source = Source { name: "case".into(), bytes: text.into_bytes(), path: None };
        let scenario = source.scenario()?;
        refuse(&source, &scenario)
    }

    #[test]
    fn at_sea_on_the_beach_and_in_the_mouth_of_a_canal_but_not_inland() {
        // mid-strait, the beach of Wimereux, Petit-Fort-Philippe on the Aa, beyond the carried coast
        for p in ["51 02.0N 001 30.0E", "50 46.2N 001 36.6E", "51 00.3N 002 06.5E", "41 02.0N 001 30.0E"] {
            assert!(at(p).is_ok(), "{p}");
        }
        // Kent; the Aa canal at Watten, 20 km inland
        for p in ["51 10.0N 001 00.0E", "50 49.9N 002 12.5E"] {
            let said = at(p).unwrap_err().message();
            assert!(said.contains("lies on land; the nearest shore is") && said.contains("1 km inland"), "{said}");
        }
    }
}
