//! Which options can be assessed in this case, which only with a mark, and why.

use crate::calibration::facts;
use crate::options::{self, Needs, OptionSpec};
use crate::policy::Policy;
use crate::question::Asked;
use plimsoll_case::answer::{Modifier, OptionId};
use plimsoll_case::encounter::{Encounter, Given};
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::units::KNOT_M_S;
use plimsoll_core::validity::{Reason, Validity};

/// A quantity of the case with the range that the model has been checked over: outside `assessed` it is extrapolated, outside
/// `possible` no number is given.
struct Range {
    key: &'static str,
    unit: &'static str,
    assessed: [f64; 2],
    possible: [f64; 2],
}

/// Where in a case a quantity stands.
type Get = fn(&Encounter) -> &Given<Belief>;

/// Ranges of the inputs. Assessed: what the fatal events of 2019-26 and the reference tables span. Possible: what the equations hold for.
const RANGES: [(Range, Get); 6] = [
    (Range { key: "aboard.people", unit: "", assessed: [8.0, 112.0], possible: [1.0, 150.0] }, |e| &e.aboard.people),
    (Range { key: "sea.hs", unit: " m", assessed: [0.0, 1.5], possible: [0.0, 2.5] }, |e| &e.sea.hs_m),
    (Range { key: "sea.water", unit: " degC", assessed: [3.0, 22.0], possible: [0.0, 25.0] }, |e| &e.sea.water_c),
    (Range { key: "sea.wind", unit: " m/s", assessed: [0.0, 12.0], possible: [0.0, 17.0] }, |e| &e.sea.wind_m_s),
    (Range { key: "boat.beam", unit: " m", assessed: [1.6, 2.8], possible: [1.2, 4.0] }, |e| &e.boat.beam_m),
    (Range { key: "boat.effective_length", unit: " m", assessed: [5.0, 12.0], possible: [3.0, 18.0] }, |e| {
        &e.boat.effective_length_m
    }),
];

/// The waters of the record: west, south, east, north, degrees. The fatal events of 2019-26 at sea lie within 1.26 to 2.13 E and
/// 50.48 to 51.18 N (off Kent to off Dunkirk, off Berck to north of Sandettie); a quarter of a degree is added on each side, since
/// their positions are good to some 5 km and neighbouring waters are alike.
const WATERS: [f64; 4] = [1.0, 50.2, 2.4, 51.45];

/// Where in a case a quantity is set.
pub type Set = fn(&mut Encounter) -> &mut Given<Belief>;

/// Every edge beyond which no number is given: key, range, and where the quantity stands, so that tests can go beyond each.
pub const EDGES: [(&str, [f64; 2], Set); 6] = [
    (RANGES[0].0.key, RANGES[0].0.possible, |e| &mut e.aboard.people),
    (RANGES[1].0.key, RANGES[1].0.possible, |e| &mut e.sea.hs_m),
    (RANGES[2].0.key, RANGES[2].0.possible, |e| &mut e.sea.water_c),
    (RANGES[3].0.key, RANGES[3].0.possible, |e| &mut e.sea.wind_m_s),
    (RANGES[4].0.key, RANGES[4].0.possible, |e| &mut e.boat.beam_m),
    (RANGES[5].0.key, RANGES[5].0.possible, |e| &mut e.boat.effective_length_m),
];

fn span([low, high]: [f64; 2], unit: &str) -> String {
    if low == high { format!("{}{unit}", trim(low)) } else { format!("{} to {}{unit}", trim(low), trim(high)) }
}

fn trim(x: f64) -> String {
    let text = format!("{x:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn reason(code: &str, key: &str, value: String, allowed: String, text: String) -> Reason {
    Reason { code: code.to_owned(), key: key.to_owned(), value, allowed, text }
}

/// What the inputs allow, whatever the option.
#[must_use]
pub fn of_inputs(e: &Encounter) -> Validity {
    let mut all = Validity::Assessed;
    for (range, get) in &RANGES {
        let (low, high) = get(e).value.range();
        let outside = |[a, b]: [f64; 2]| low < a || high > b;
        let told = |at: [f64; 2]| match range.unit {
            " m/s" => format!("{} ({})", span(at.map(|v| v / KNOT_M_S), " kn"), span(at, range.unit)),
            unit => span(at, unit),
        };
        let value = told([low, high]);
        if outside(range.possible) {
            let allowed = told(range.possible);
            let text = format!("{} is {value}; the model holds for {allowed}.", range.key);
            all = all.and(Validity::NotAssessable(vec![reason("outside_range", range.key, value, allowed, text)]));
        } else if outside(range.assessed) {
            let allowed = told(range.assessed);
            let text = format!("{} is {value}, beyond the {allowed} that events and tables span.", range.key);
            all = all.and(Validity::Extrapolated(vec![reason("beyond_events", range.key, value, allowed, text)]));
        }
    }
    all
}

/// Two numbers with as many decimals, one at least, as it takes to see that they differ.
fn told_apart(a: f64, b: f64) -> [String; 2] {
    let written = |decimals: usize| [a, b].map(|v| format!("{v:.decimals$}"));
    (1..9).map(written).find(|[a, b]| a != b).unwrap_or_else(|| written(9))
}

/// Whether people, water and waves together are like the events that the constants are calibrated on.
fn of_events(e: &Encounter) -> Validity {
    let cloud = facts::cloud();
    let (distance, farthest) = (cloud.of_case(e), cloud.farthest);
    if distance <= farthest {
        return Validity::Assessed;
    }
    let [value, farthest] = told_apart(distance, farthest);
    let text = format!(
        "People, water and waves together lie {value} standard deviations from the events that the constants are calibrated on, \
         beyond the farthest of them ({farthest})."
    );
    let allowed = format!("0 to {farthest}");
    Validity::Extrapolated(vec![reason("far_from_events", "", value, allowed, text)])
}

/// Whether the place lies outside the waters of the record.
#[must_use]
pub fn outside_waters(e: &Encounter) -> bool {
    let [west, south, east, north] = WATERS;
    let within = |p: LonLat| (west..=east).contains(&p.lon_deg()) && (south..=north).contains(&p.lat_deg());
    e.place.position.is_some_and(|p| !within(p))
}

/// Elsewhere boats, seas, rescue and who crosses may all be others.
fn of_place(e: &Encounter) -> Validity {
    let Some(place) = e.place.position.filter(|_| outside_waters(e)) else { return Validity::Assessed };
    let [west, south, east, north] = WATERS;
    let allowed = format!("{south} to {north} N, {west} to {east} E");
    let text = format!(
        "The place lies outside the waters of the record ({allowed}): boats, seas and rescue there were compared with nothing that \
         happened."
    );
    Validity::Extrapolated(vec![reason("outside_waters", "place.position", place.dm(1), allowed, text)])
}

/// People who are in the water already are not followed: the figures are of those aboard.
fn of_water(e: &Encounter) -> Validity {
    let text = "People are in the water already: the figures are of those aboard alone (`plimsoll survive` is about the others).";
    if e.aboard.people_in_water {
        Validity::Extrapolated(vec![in_water("people_in_water", text)])
    } else {
        Validity::Assessed
    }
}

fn in_water(code: &str, text: &str) -> Reason {
    reason(code, "aboard.in_water", "some".to_owned(), "nobody".to_owned(), text.to_owned())
}

fn of_option(e: &Encounter, spec: &OptionSpec) -> Validity {
    let depth = e.place.depth_m.as_ref().map(|d| d.value.range());
    let shore = e.place.distance_to_shore_m.as_ref().map(|d| d.value.range());
    let not = |code: &str, key: &str, value: String, allowed: &str, text: &str| {
        Validity::NotAssessable(vec![reason(code, key, value, allowed.to_owned(), text.to_owned())])
    };
    let needed = match spec.needs {
        Needs::Afloat => Validity::Assessed,
        Needs::ShallowLoaded => match depth {
            None => not("depth_missing", "place.depth", String::new(), "0.3 to 3 m", "The depth is not given."),
            Some((low, high)) if low < 0.3 || high > 3.0 => not(
                "not_shallow",
                "place.depth",
                span([low, high], " m"),
                "0.3 to 3 m",
                "The boat is not in the shallows (0.3 to 3 m deep).",
            ),
            Some(_) if e.sea.surf_m.is_none() => {
                not("surf_missing", "sea.surf", String::new(), "0 to 1.5 m", "The height of the surf is not given.")
            }
            Some(_) => Validity::Assessed,
        },
        Needs::NotBoarded => match (shore, depth) {
            (Some((_, far)), Some((_, deep))) if far <= 100.0 && deep <= 0.5 && !e.boat.engine_running => {
                if e.sea.surf_m.is_some() {
                    Validity::Assessed
                } else {
                    not("surf_missing", "sea.surf", String::new(), "0 to 1.5 m", "The height of the surf is not given.")
                }
            }
            _ => not(
                "already_afloat",
                "place.distance_to_shore",
                shore.map_or_else(String::new, |(a, b)| span([a, b], " m")),
                "engine stopped, at most 100 m from the shore in at most 0.5 m of water",
                "The people are afloat: this can only be done before they are.",
            ),
        },
    };
    match &spec.unobserved {
        Some(why) => needed.and(Validity::Extrapolated(vec![reason(
            "no_observed_case",
            "",
            String::new(),
            String::new(),
            format!("Never observed with people aboard: {why}."),
        )])),
        None => needed,
    }
}

/// Every option of a case with its validity under a policy. Standing off is always among them, for the others are compared with it.
#[must_use]
pub fn asked(e: &Encounter, policy: &Policy) -> Vec<Asked> {
    let mut ids: Vec<OptionId> = e.options.only.clone().unwrap_or_else(|| OptionId::ALL.to_vec());
    if !ids.contains(&OptionId::StandOff) {
        ids.insert(0, OptionId::StandOff);
    }
    let inputs = of_inputs(e).and(of_events(e)).and(of_place(e)).and(of_water(e));
    let mut out: Vec<Asked> = Vec::new();
    for id in ids {
        let spec = options::get(id);
        let mut validity = inputs.clone().and(of_option(e, spec));
        if policy.withholds(id, e.aboard.people_in_water) {
            validity = validity.and(Validity::NotAssessable(vec![in_water(
                "in_water_rescue_only",
                "People are in the water: only standing by and taking people off are compared.",
            )]));
        }
        out.push(Asked { spec, floats_first: false, validity: validity.clone() });
        // nobody is there to hand out floats when nothing is done; on the beach nobody needs them
        let watched = spec.phases.iter().any(|p| p.help != options::Help::Nobody) && id != OptionId::DoNothing;
        if e.options.with.contains(&Modifier::FloatsFirst) && watched && spec.needs != Needs::NotBoarded {
            out.push(Asked { spec, floats_first: true, validity });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_differ_read_as_such() {
        assert_eq!(told_apart(2.31, 2.2), ["2.3", "2.2"]);
        assert_eq!(told_apart(2.2049, 2.2041), ["2.205", "2.204"]);
    }

    #[test]
    fn the_waters_are_those_of_the_record() {
        let mut e = plimsoll_case::scenario::parse(
            include_bytes!("../../../examples/dover-strait.toml"),
            &["patrol-32m", "lifeboat-dover"],
        )
        .unwrap()
        .encounter;
        let mut place = |lon, lat| {
            e.place.position = Some(LonLat::new(lon, lat).unwrap());
            outside_waters(&e)
        };
        // the corners of the record: a woman lost overboard on the way to Kent, off Dunkirk, off Berck, off Gravelines
        for (lon, lat) in [(1.263, 50.986), (2.093, 51.175), (1.427, 50.479), (2.129, 51.023)] {
            assert!(!place(lon, lat), "{lon} {lat}");
        }
        // the middle of the Pacific, the western Mediterranean, off the Scillies, off Calais upside down
        for (lon, lat) in [(-150.0, 10.0), (1.5, 41.03), (-6.0, 49.9), (51.0, 1.5)] {
            assert!(place(lon, lat), "{lon} {lat}");
        }
        e.place.position = None;
        assert_eq!(of_place(&e), Validity::Assessed);
    }
}
