//! `plimsoll selftest`: known answers beside ours, as the IMO asks of evacuation simulators.

use crate::answer::Delivery;
use crate::cli::Selftest;
use crate::failure::Failure;
use crate::known;
use plimsoll_case::answer::SelftestAnswer;
use plimsoll_report::text;

/// Computes every known answer and prints the table. A miss without a stated reason is a failure of this build on this
/// machine.
pub fn run(args: &Selftest) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, None, &[])?;
    let answer = SelftestAnswer::of(env!("CARGO_PKG_VERSION"), &known::cases());
    delivery.write(&answer, text::selftest, None)?;
    match answer.failed {
        0 => Ok(()),
        n => Err(Failure::World(format!("{n} known answers are missed: do not trust this build on this machine"))),
    }
}
