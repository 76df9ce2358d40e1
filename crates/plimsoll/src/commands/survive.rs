//! `plimsoll survive`: how long people in the water live if nobody comes.

mod group;

use crate::answer::Delivery;
use crate::cli::Survive;
use crate::clock;
use crate::failure::Failure;
use crate::input::Source;
use plimsoll_assess::calibration;
use plimsoll_case::answer::assess::{ConstantUsed, RestsOn};
use plimsoll_case::answer::common::state_of;
use plimsoll_case::answer::survive::{SurvivalPoint, Unknown};
use plimsoll_case::answer::{Answer as _, Figure, Quantiles, SurviveAnswer, digest};
use plimsoll_case::credibility::lowest;
use plimsoll_case::scenario::MAX_BYTES;
use plimsoll_case::scenario::water::{self, Water};
use plimsoll_core::belief::Belief;
use plimsoll_report::{page, text};
use plimsoll_rescue::survive as model;
use std::fmt::Write as _;

/// Answers for a file, or for what the options say.
pub fn run(args: &Survive) -> Result<(), Failure> {
    let source = match &args.case {
        Some(path) => Source::read(path, MAX_BYTES as u64)?,
        None if args.people.is_none() || args.water.is_none() => {
            let message = "name a case file, or say how many are in how cold a water: --people 60 --water \"13 degC\"";
            return Err(Failure::Usage(message.into()));
        }
        None => Source { name: "options".into(), bytes: typed(args).into_bytes(), path: None },
    };
    let delivery = Delivery::new(&args.answering, Some(&args.paged), source.path.as_slice())?;
    let water = water::parse(&source.bytes, clock::now()).map_err(|e| source.refuse_all(&e))?;
    let answer = answer(&water, args.drawing.seed)?;
    delivery.write(&answer, text::survive, Some(page::survive))
}

/// What the options say, as the file that they stand for: one reader, one set of messages.
fn typed(args: &Survive) -> String {
    let mut text = String::from("[water]\n");
    let values = [
        ("people", &args.people, false),
        ("children", &args.children, false),
        ("minutes", &args.minutes, false),
        ("temperature", &args.water, true),
        ("jackets", &args.jackets, false),
        ("hold", &args.hold, true),
        ("hs", &args.hs, true),
        ("light", &args.light, true),
    ];
    for (key, value, quoted) in values {
        if let Some(value) = value {
            let _ = writeln!(text, "{key} = {}", super::scenario::belief_of(value, quoted));
        }
    }
    text
}

fn answer(water: &Water, seed: u64) -> Result<SurviveAnswer, Failure> {
    let drawn = super::assess::constants(false)?;
    let survival = model::curve(&group::of(water), drawn, seed);
    let (state, reasons) = state_of(&survival.validity);
    let constants = plimsoll_rescue::LEDGER.constants().map(|c| ConstantUsed::new(&plimsoll_rescue::LEDGER.name, c));
    let mut answer = SurviveAnswer {
        schema: SurviveAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").into(),
        seed,
        digest: String::new(),
        realisations: model::REALISATIONS,
        inputs: water.inputs(),
        state,
        reasons,
        people: Some(figure(&water.people.value)),
        minutes_now: Some(Figure::Exact(water.minutes.value)),
        curve: survival
            .curve
            .iter()
            .map(|p| SurvivalPoint {
                minutes: f64::from(p.minutes),
                alive_mean: p.alive_mean,
                alive_q05: p.alive_q05,
                alive_q95: p.alive_q95,
            })
            .collect(),
        ask_next: survival
            .ask_next
            .iter()
            .zip(1..)
            .map(|(a, rank)| Unknown {
                key: format!("water.{}", a.key),
                lives_saved: a.lives.value,
                lives_error: a.lives.error,
                alive_share_moved: a.swing,
                rank,
            })
            .collect(),
        priority: group::order(&survival.priority),
        credibility: Some(lowest()),
        rests_on: Some(RestsOn::of(constants.collect(), calibration::named(drawn).into_iter().collect())),
    };
    answer.digest = digest::of(&answer)
        .map_err(|e| Failure::World(format!("this is a fault of plimsoll, please report it: {e}")))?;
    Ok(answer)
}

fn figure(belief: &Belief) -> Figure {
    match belief {
        Belief::Exact(v) => Figure::Exact(*v),
        b => Figure::Spread(Quantiles { q05: b.quantile(0.05), q50: b.quantile(0.5), q95: b.quantile(0.95) }),
    }
}
