//! What to ask next: the unknowns of the case in the order of the deaths that their answers would avoid.

use crate::outcome::OptionTally;
use crate::question::Question;
use crate::waves::Roots;
use plimsoll_case::answer::assess::AskNext;
use plimsoll_case::encounter::{BoundFor, Encounter, Given};
use plimsoll_core::belief::Belief;
use plimsoll_core::evppi::{self, worth_asking};
use plimsoll_core::ledger::Knowledge;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Deaths avoided below which a question is not worth asking: one in a hundred thousand boats.
const NOT_WORTH: f64 = 1e-5;

static SECONDS: LazyLock<BTreeMap<String, f64>> = LazyLock::new(|| {
    toml::from_str(include_str!("../options/questions.toml")).unwrap_or_else(|e| panic!("questions: {e}"))
});

/// A question's beliefs: what an answer would settle together.
fn beliefs(e: &Encounter, key: &str) -> Vec<(String, Belief)> {
    let one = |id: &str, g: &Given<Belief>| vec![(id.to_owned(), g.value.clone())];
    let (boat, aboard) = (&e.boat, &e.aboard);
    match key {
        "aboard.people" => one(key, &aboard.people),
        "aboard.children" => one(key, &aboard.children),
        "aboard.lifejackets" => one(key, &aboard.lifejackets),
        "aboard.jackets_float" => one(key, &aboard.jackets_float),
        "aboard.swimmers" => one(key, &aboard.swimmers),
        "boat.class" => one("boat.length", &boat.length_m),
        "boat.tubes" => {
            let mut b = one("boat.tubes.port", &boat.share_port);
            b.extend(one("boat.tubes.starboard", &boat.share_starboard));
            b
        }
        "boat.water_aboard" => one(key, &boat.water_m3),
        "sea.hs" => one(key, &e.sea.hs_m),
        "sea.water" => one(key, &e.sea.water_c),
        "place.bound_for" => match &e.place.bound_for {
            Some(BoundFor::Hours(h)) => one(key, h),
            Some(BoundFor::DistanceM(d)) => one(key, d),
            None => {
                vec![("crossing.hours_left".to_owned(), crate::ledger::constant("crossing.hours_left").value.clone())]
            }
        },
        "help.coming" => e
            .help
            .coming
            .iter()
            .enumerate()
            .map(|(i, c)| (format!("help.coming.{i}.minutes"), c.minutes.value.clone()))
            .collect(),
        _ => vec![],
    }
}

/// Every input that a question settles: id of its draws, unit, belief.
#[must_use]
pub fn inputs(e: &Encounter) -> Vec<(String, &'static str, Belief)> {
    let unit = |id: &str| match id {
        "boat.length" => "m",
        "boat.water_aboard" => "m3",
        "sea.hs" => "m",
        "sea.water" => "degC",
        "place.bound_for" if matches!(e.place.bound_for, Some(BoundFor::DistanceM(_))) => "m",
        "place.bound_for" => "h",
        _ if id.starts_with("help.") => "min",
        _ => "1",
    };
    let all = SECONDS.keys().flat_map(|key| beliefs(e, key)).filter(|(id, _)| id != "crossing.hours_left");
    all.map(|(id, b)| (id.clone(), unit(&id), b)).collect()
}

/// The questions worth asking, first what is surely worth most. `decidable` are the tallies of options that may be recommended.
#[must_use]
pub fn next(question: &Question, decidable: &[&OptionTally]) -> Vec<AskNext> {
    let draws: Vec<usize> = (0..decidable.iter().map(|t| t.outer.len()).min().unwrap_or(0))
        .filter(|k| decidable.iter().all(|t| t.outer[*k].deaths.mean().is_some()))
        .collect();
    let means: Vec<Vec<f64>> =
        decidable.iter().map(|t| draws.iter().filter_map(|k| t.outer[*k].deaths.mean()).collect()).collect();
    let knowledge: Vec<Knowledge> =
        draws.iter().filter_map(|k| question.outer(*k as u64).ok().map(|o| o.knowledge)).collect();
    let (keys, x): (Vec<(&String, f64)>, Vec<Vec<f64>>) = SECONDS
        .iter()
        .filter_map(|(key, seconds)| {
            let unknown: Vec<_> =
                beliefs(&question.encounter, key).into_iter().filter(|(_, b)| !b.is_exact()).collect();
            if unknown.is_empty() {
                return None;
            }
            let roots = Roots::of(&question.encounter).filter(|_| key == "sea.hs");
            let x: Vec<f64> = match roots {
                // a sea that is grown was drawn by its roots
                Some(roots) => knowledge.iter().map(|k| roots.draw(k).0).collect(),
                None => knowledge.iter().map(|k| unknown.iter().map(|(id, b)| k.of(id, b)).sum::<f64>()).collect(),
            };
            Some(((key, *seconds), x))
        })
        .unzip();
    let family: Vec<evppi::Question<'_>> = x.iter().map(|x| evppi::Question { x, means: &means }).collect();
    let worth = keys.into_iter().zip(worth_asking(&family)).filter_map(|(key, worth)| Some((key, worth?)));
    let mut all: Vec<_> = worth.filter(|(_, worth)| worth.value > NOT_WORTH).collect();
    let sure = |w: &evppi::Worth| (w.at_least(), w.value);
    all.sort_by(|(_, a), (_, b)| {
        let (a, b) = (sure(a), sure(b));
        b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1))
    });
    let ranked = all.into_iter().zip(1..);
    ranked
        .map(|(((key, seconds), worth), rank)| AskNext {
            key: key.clone(),
            expected_deaths_avoided: worth.value,
            error: worth.error,
            seconds_to_ask: seconds,
            rank,
        })
        .collect()
}
