//! What the time at sea costs without any loss of the boat: people overboard, crush, risk to crews.

use crate::course::aboard_at;
use crate::course::{HOUR, Kind, Leg};
use crate::outer::Outer;

/// What a course exposes people to up to a tick, boat whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Exposure {
    /// Expected number of people lost overboard.
    pub overboard: f64,
    /// Expected number of crush events without a surge.
    pub crush: f64,
    /// Expected deaths of rescuers and officers.
    pub crew: f64,
}

/// The exposure along a course up to a tick.
#[must_use]
pub fn exposure(outer: &Outer, legs: &[Leg], until: f64) -> Exposure {
    let people = f64::from(outer.situation.people);
    let mut sum = Exposure::default();
    for leg in legs.iter().take_while(|l| f64::from(l.start) < until) {
        let end = f64::from(leg.start + leg.ticks).min(until);
        let hours = (end - f64::from(leg.start)) / HOUR;
        let aboard = people * 0.5 * (leg.aboard[0] + aboard_at(leg, end));
        if leg.kind != Kind::Landing {
            sum.overboard += outer.rates.overboard_per_h(aboard) * hours;
            sum.crush += outer.rates.crush_per_h(aboard) * hours;
        }
        if let Some(d) = leg.disturbance {
            sum.crew += outer.disturbances[d].crew;
        }
    }
    sum
}
