//! `plimsoll merge`: the parts of an assessment joined to the answer that one run would have given.

use super::assess::{self, Asked};
use crate::answer::Delivery;
use crate::cli::Merge;
use crate::failure::Failure;
use plimsoll_report::{page, text};

/// Joins the parts and answers. Another question, a gap or an overlap is refused.
pub fn run(args: &Merge) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, Some(&args.paged), &args.files)?;
    let mut files = args.files.iter();
    let Some(first) = files.next() else {
        return Err(Failure::Usage("no part was named".into()));
    };
    let first_part = assess::read_part(first)?;
    let asked = Asked::new(
        first_part.source(),
        first_part.seed,
        Some(first_part.realisations),
        first_part.judged,
        first_part.policy.clone(),
    )?;
    let total = first_part.realisations;
    let own = asked.question.digest();
    let mut sum = first_part.partial;
    if sum.question != own {
        return Err(Failure::input(
            format!("{}: the constants of this build are not those that the part was run with", first.display()),
            "run all parts with the same build",
        ));
    }
    for file in files {
        let part = assess::read_part(file)?;
        sum = sum.merge(part.partial).map_err(|e| Failure::input(format!("{}: {e}", file.display()), ""))?;
    }
    let missing = sum.ranges.missing_from(0..total);
    if let Some(gap) = missing.first() {
        return Err(Failure::input(
            format!("realisations {} to {} are in no part", gap.start, gap.end - 1),
            "run the missing shards and merge again",
        ));
    }
    if sum.ranges.count() > total {
        return Err(Failure::input(format!("the parts hold more than the {total} realisations of the question"), ""));
    }
    delivery.write(&asked.answer(&sum, false)?, text::assess, Some(page::assess))
}
