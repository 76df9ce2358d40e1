//! `plimsoll calibrate` and `plimsoll backtest`: the judged constants fitted to the record, and held against it.

use crate::answer::Delivery;
use crate::cancel;
use crate::cli::calibration::{Backtest, Calibrate, Fitting};
use crate::failure::Failure;
use crate::output;
use crate::progress::{Progress, note};
use plimsoll_assess::calibration::backtest::backtest as foretell;
use plimsoll_assess::calibration::fit::{self, Fit, Run};
use plimsoll_assess::calibration::{asset, told};
use plimsoll_case::answer::{BacktestAnswer, CalibrateAnswer};
use plimsoll_report::{page, text};

/// Draws of the other groups for each of the immersions'.
const OTHERS: u32 = fit::DRAWS[1] / fit::DRAWS[0];

fn fitted(how: &Fitting, quiet: bool) -> Result<Fit, Failure> {
    let draws = [how.draws, how.draws * OTHERS];
    let mut run = Run { draws, threads: how.threads(), progress: &|_| (), cancel: cancel::flag() };
    note(quiet, format_args!("{} draws of the constants of survival, {} of each other group", draws[0], draws[1]));
    let progress = Progress::new(run.pieces(), "pieces of work", quiet);
    let add = |n| progress.add(n);
    run.progress = &add;
    fit::fit(&run).map_err(|e| Failure::World(e.to_string()))?.ok_or(Failure::Interrupted)
}

/// Both answers from one fit as it is published, for the pages that show them.
///
/// # Errors
/// What standard error would say.
pub fn fitted_to_the_record() -> Result<(CalibrateAnswer, BacktestAnswer), String> {
    let how = Fitting { draws: fit::DRAWS[0], threads: None };
    let fit = fitted(&how, true).map_err(|e| e.message())?;
    Ok((told::calibrate(&fit), told::backtest(&fit, &foretell(&fit))))
}

/// Fits, says what moved, and writes the calibrated constants where asked.
pub fn run(args: &Calibrate) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, None, &[])?;
    if let Some(path) = &args.out {
        output::check(&[path], &[])?;
    }
    let fit = fitted(&args.fitting, args.answering.quiet)?;
    let mut outputs = delivery.outputs(&told::calibrate(&fit), text::calibrate, None)?;
    if let Some(path) = &args.out {
        outputs.file(path, asset::to_text(&fit));
    }
    outputs.write()
}

/// Fits without each event in turn, and says what that foretells of it.
pub fn backtest(args: &Backtest) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, Some(&args.paged), &[])?;
    let fit = fitted(&args.fitting, args.answering.quiet)?;
    delivery.write(&told::backtest(&fit, &foretell(&fit)), text::backtest, Some(page::backtest))
}
