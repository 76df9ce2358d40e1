//! `plimsoll loadline`: the present load against the limits that it has passed or not.

use super::assess::refuse;
use crate::answer::Delivery;
use crate::cli::Loadline;
use crate::failure::Failure;
use crate::input::Source;
use plimsoll_assess::loadline;
use plimsoll_report::{page, text};

/// Answers for the boat and the load of a scenario.
pub fn run(args: &Loadline) -> Result<(), Failure> {
    let source = Source::of(&args.source)?;
    let delivery = Delivery::new(&args.answering, Some(&args.paged), source.path.as_slice())?;
    let scenario = source.scenario()?;
    let answer =
        loadline::answer(&scenario.encounter, args.drawing.seed).map_err(|e| refuse(&source, &scenario, &e))?;
    delivery.write(&answer, text::loadline, Some(page::loadline))
}
