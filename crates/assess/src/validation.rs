//! What the calibrated constants say together, beside the record: events (W4 to W10, W18), years and transfers (W14, W16), the mix
//! of mechanisms (W12); and closed forms of the measures of risk.

use crate::account::{Memory, Settle};
use crate::calibration::conditional::{pooled, question};
use crate::calibration::record::Mechanism;
use crate::calibration::years::Fleets;
use crate::calibration::{SEED, calibrated, sizes, years};
use crate::course::Kind;
use crate::information::evppi::evppi;
use crate::ledger::value;
use crate::rates::Rates;
use crate::walk::Walker;
use plimsoll_boat::kernel::{self, Outcome};
use plimsoll_boat::simd::Path;
use plimsoll_core::draws::Constants;
use plimsoll_core::ensemble::OUTER;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::normal_quantile;
use plimsoll_core::random::Stream;
use plimsoll_core::tally::Histogram;
use plimsoll_core::validation::Case;
use std::sync::atomic::AtomicBool;

/// Fatal losses per crossing under escort and per transfer, for the boats of 2021-25, walked as an assessment walks them.
#[must_use]
pub fn fatal_losses(constants: Constants) -> [f64; 2] {
    let shares = Fleets::default().by_node();
    let stream = Stream::new(1);
    let mut sums = [0.0; 2];
    let mut memory = Memory::default();
    for (node, share) in shares.into_iter().enumerate() {
        for light in ["day", "night"] {
            let question = question(node, light);
            for r in 0..OUTER {
                let Ok(outer) = question.drawn(constants, r) else { continue };
                let mut walker = Walker::new(&outer, 0, r, &stream, Vec::new());
                let mut out = [Outcome::default()];
                while let Some(window) = walker.next(&stream) {
                    kernel::run(Path::detect(), &stream, &[window], walker.ticks, &mut out);
                    walker.absorb(&stream, &out[0]);
                }
                let fleet = &question.fleet;
                let settle =
                    Settle { outer: &outer, fleet, stream: &stream, r, floats_first: false, horizon_min: 720.0 };
                for end in walker.ends.iter().flatten() {
                    let Some(loss) = &end.loss else { continue };
                    if settle.path(&walker.legs, end, &mut memory).deaths > 0 {
                        let transfer = usize::from(walker.legs[loss.leg].kind == Kind::Transfer);
                        sums[transfer] += 0.5 * share * end.weight / OUTER as f64;
                    }
                }
            }
        }
    }
    sums
}

/// The worst tenth of a standard normal, from the histogram that sums deaths.
fn cvar_normal() -> f64 {
    let mut h = Histogram::default();
    for z in normals(100_000) {
        h.add(((z + 6.0) * 1000.0).round() as usize, 1);
    }
    h.worst_mean(0.1) / 1000.0 - 6.0
}

/// What learning a standard normal is worth where the alternative is worth nothing.
fn evppi_normal() -> f64 {
    let z: Vec<f64> = normals(256).collect();
    evppi(&z, &[vec![0.0; z.len()], z.clone()])
}

fn normals(n: u32) -> impl Iterator<Item = f64> {
    (0..n).map(move |i| normal_quantile((f64::from(i) + 0.5) / f64::from(n)))
}

/// The rows of the validation table.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::new("V15", "worst tenth of a standard normal", "closed form", "CVaR 10", "1").value(
            1.754_98,
            1e-3,
            cvar_normal(),
        ),
        Case::new("V15", "one of two options, N(0,1) and learnable", "closed form", "EVPPI", "1").value(
            0.398_94,
            0.01,
            evppi_normal(),
        ),
    ];
    // without constants that go with this program nothing can be said of the record: the rows fail
    match calibrated() {
        Ok(constants) => cases.extend(of_the_record(constants)),
        Err(why) => cases
            .push(Case::new("W14", "the calibrated constants", &why.to_string(), "usable", "1").value(1.0, 0.0, 0.0)),
    }
    cases
}

fn of_the_record(constants: Constants) -> Vec<Case> {
    let mut cases = plimsoll_rescue::validation::events::cases(constants);
    let [crossing, transfer] = fatal_losses(constants);
    let fleets = Fleets::default();
    let cancel = AtomicBool::new(false);
    let Constants::Drawn(draws) = constants else { return cases };
    let Ok(Some(conditional)) = pooled(draws, 1, &|_| (), &cancel) else { return cases };
    let knowledge = |row| Knowledge::outer(SEED, row).with(Constants::Row(draws, row));
    let mut by_year = vec![[0.0; 5]; fleets.years()];
    let mut transfers = 0.0;
    for row in 0..draws.rows() {
        let k = knowledge(row);
        let share = 1.0 / f64::from(draws.rows());
        transfers += share * years::transfers(&k, &Rates::draw(&k), &conditional, &fleets);
        let by_people = years::all_by_people(&k, &conditional);
        for (y, sum) in by_year.iter_mut().enumerate() {
            sum.iter_mut().zip(fleets.of_year(y, &by_people)).for_each(|(s, x)| *s += share * x);
        }
    }
    let another: f64 = (0..draws.rows()).map(|row| value("crush.another", &knowledge(row))).sum::<f64>();
    let crushed = sizes::deaths(another / f64::from(draws.rows()));
    let most = crushed.iter().scan(0.0, |sum, p| Some(*sum + p).inspect(|s| *sum = *s)).position(|s| s >= 0.95);
    cases.push(
        Case::new(
            "W11",
            "23 Apr 2024, crush beside a sandbank",
            "prefect; 5 deaths of 112",
            "deaths, 95 % quantile",
            "1",
        )
        .band(1.0, 8.0, most.map_or(f64::NAN, |n| n as f64)),
    );
    let years_of_w14 = ["2021", "2022", "2023", "2024"];
    for (name, rates) in years_of_w14.into_iter().zip(&by_year) {
        let at_sea = rates.iter().sum::<f64>() - rates[Mechanism::Boarding as usize];
        cases.push(
            Case::new("W14", name, "IOM rows over Home Office boats", "fatal events at sea per boat", "1")
                .band(0.002, 0.025, at_sea),
        );
    }
    cases.push(
        Case::new("W14", "the boats of 2021-25", "IOM rows over Home Office boats", "fatal losses per crossing", "1")
            .band(0.0, 0.025, crossing),
    );
    let record_of_transfers = "1-2 of 4,113 boats of 2021-25";
    for (how, rate) in [("walked", transfer), ("by rates", transfers)] {
        let name = format!("the boats of 2021-25, {how}");
        cases.push(
            Case::new("W16", &name, record_of_transfers, "fatal losses per transfer", "1").band(6e-5, 1.8e-3, rate),
        );
    }
    let mix = fleets.mix(&by_year);
    let together = mix[Mechanism::Crush as usize] + mix[Mechanism::Boarding as usize];
    cases.push(
        Case::new("W12", "mix of mechanisms, 2021-25", "table of fatal events", "crush and boarding, share", "1")
            .band(0.25, 0.6, together),
    );
    let capsizes = mix[Mechanism::Flooding as usize];
    let largest = mix.iter().copied().fold(0.0, f64::max);
    cases.push(
        Case::new(
            "W12",
            "mix of mechanisms, 2021-25",
            "table of fatal events",
            "capsize and swamping less the largest",
            "1",
        )
        .band(-1.0, -1e-9, capsizes - largest),
    );
    cases
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_stated() {
        plimsoll_core::validation::assert_as_stated(&super::cases());
    }
}
