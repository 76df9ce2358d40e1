//! Between what was asked and the model of survival: the group that goes in, and the order of rescue that comes out.

use plimsoll_case::answer::survive::Priority;
use plimsoll_case::encounter;
use plimsoll_case::scenario::water::{self, Water};
use plimsoll_rescue::survival::{Light, State};
use plimsoll_rescue::survive::{self as model, Group};

/// The group of the model.
pub fn of(water: &Water) -> Group {
    Group {
        people: water.people.value.clone(),
        // The model takes a share; children are counted.
        children: water.children.value.linear(1.0 / water.people.value.median(), 0.0),
        swimmers: water.swimmers.value.clone(),
        jackets: water.jackets.value.clone(),
        jackets_float: water.jackets_float.value.clone(),
        temperature_c: water.temperature_c.value.clone(),
        hs_m: water.hs_m.value.clone(),
        light: match water.light.value {
            encounter::Light::Day => Light::Day,
            encounter::Light::Twilight => Light::Twilight,
            encounter::Light::Night => Light::Night,
        },
        hold: match water.hold.value {
            water::Hold::Wreck => model::Hold::Wreck,
            water::Hold::Raft => model::Hold::Raft,
            water::Hold::Nothing => model::Hold::Nothing,
            water::Hold::Unknown => model::Hold::Unknown,
        },
        minutes: water.minutes.value as f32,
    }
}

/// Name of a state in answers.
fn name(state: State) -> &'static str {
    match state {
        State::Clear => "raft",
        State::Torso => "on_wreck",
        State::Grip => "hand_grip",
        State::Float => "jacket",
        State::Unsupported => "unsupported",
    }
}

/// The model's kinds of people as groups that can be told apart from a boat, in the order of danger.
pub fn order(kinds: &[model::Priority]) -> Vec<Priority> {
    let states = [State::Clear, State::Torso, State::Grip, State::Float, State::Unsupported];
    let mut groups: Vec<(f64, Priority)> = states
        .into_iter()
        .filter_map(|state| {
            let of = |children: bool| {
                kinds.iter().filter(|k| k.state == state && k.child == children).fold((0.0, 0.0), |(n, d), k| {
                    (n + k.alive_now, d + k.alive_now * k.dies_within_10_min)
                })
            };
            let (adults, children) = (of(false), of(true));
            let alive = adults.0 + children.0;
            // Fewer than one in a hundred groups has anybody there.
            (alive >= 0.01).then(|| {
                let danger = (adults.1 + children.1) / alive;
                let share = |(n, d): (f64, f64)| if n > 0.0 { format!("{:.0} %", 100.0 * d / n) } else { "-".into() };
                let why = format!(
                    "about {alive:.1} alive, {:.1} of them children; within ten minutes die {} of the adults, {} of the children",
                    children.0,
                    share(adults),
                    share(children)
                );
                let group = name(state).to_owned();
                (danger, Priority { group, rank: 0, p_death_next_10_min: Some(danger), why })
            })
        })
        .collect();
    groups.sort_by(|a, b| b.0.total_cmp(&a.0));
    groups.into_iter().zip(1..).map(|((_, p), rank)| Priority { rank, ..p }).collect()
}
