//! What the calibrated constants say together, beside the record: events (W4 to W10, W18, W19), years and transfers (W14, W16), the
//! mix of mechanisms (W12), deaths for each thousand people (W17); and closed forms of the measures of risk.

mod hangs;
mod losses;

pub use hangs::first_five;

use crate::calibration::conditional::pooled;
use crate::calibration::record::{Mechanism, record};
use crate::calibration::years::Fleets;
use crate::calibration::{SEED, calibrated, sizes, years};
use crate::cluster::Cluster;
use crate::ledger::value;
use losses::{Estimate, losses};
use plimsoll_core::draws::Constants;
use plimsoll_core::evppi::{Question, evppi, worth_asking};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::normal_quantile;
use plimsoll_core::tally::Histogram;
use plimsoll_core::validation::Case;
use plimsoll_rescue::survive::between_two_calls;
use std::sync::atomic::AtomicBool;

/// Where the rows of W14 come from: years that the constants are weighed by, so that they check the fit, not a forecast.
const WEIGHED_BY_YEARS: &str = "IOM rows over Home Office boats, which weigh the constants";

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

/// One vessel and two calls: knowing a standard normal number of losses here.
fn evppi_of_two_calls() -> f64 {
    let z: Vec<f64> = normals(4096).collect();
    // out of order, as draws are
    let lost: Vec<f64> = (0..4096).map(|i| z[(i * i + i) / 2 % 4096]).collect();
    let found = worth_asking(&[Question { x: &lost, means: &between_two_calls(&lost) }]);
    found[0].map_or(0.0, |w| w.value)
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
        Case::new("V15", "one vessel, two calls, losses N(0,1) and learnable", "closed form", "EVPPI, lives", "1")
            .value(0.398_94, 0.02, evppi_of_two_calls()),
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
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let losses = losses(constants, threads);
    cases.extend(fatality_of_losses(losses.fatality));
    let fleets = Fleets::default();
    let cancel = AtomicBool::new(false);
    let Constants::Drawn(draws) = constants else { return cases };
    let Ok(Some(conditional)) = pooled(draws, threads, &|_| (), &cancel) else { return cases };
    let knowledge = |row| Knowledge::outer(SEED, row).with(Constants::Row(draws, row));
    let mut by_year = vec![[0.0; 5]; fleets.years()];
    let mut transfers = 0.0;
    let mut without_loss = 0.0;
    for row in 0..draws.rows() {
        let k = knowledge(row);
        let share = 1.0 / f64::from(draws.rows());
        transfers += share * years::transfers(&k, &conditional, &fleets);
        let by_people = years::all_by_people(&k, &conditional);
        for (y, sum) in by_year.iter_mut().enumerate() {
            let rates = fleets.of_year(y, &by_people);
            without_loss += share * record().years[y].boats * deaths_without_loss(&rates, &k);
            sum.iter_mut().zip(rates).for_each(|(s, x)| *s += share * x);
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
            Case::new("W14", name, WEIGHED_BY_YEARS, "fatal events at sea per boat", "1").band(0.002, 0.025, at_sea),
        );
    }
    let lost = |rates: &[f64; 5]| rates[Mechanism::Flooding as usize] + rates[Mechanism::Structure as usize];
    let boats: f64 = record().years.iter().map(|y| y.boats).sum();
    let by_rates: f64 = record().years.iter().zip(&by_year).map(|(y, rates)| y.boats / boats * lost(rates)).sum();
    cases.extend(walked_and_by_rates([losses.per_boat, losses.per_transfer], [by_rates, transfers]));
    let mix = fleets.mix(&by_year);
    let together = mix[Mechanism::Crush as usize] + mix[Mechanism::Boarding as usize];
    cases.push(
        Case::new("W12", "mix of mechanisms, 2021-25", "table of fatal events", "crush and boarding, share", "1")
            .band(0.25, 0.6, together),
    );
    cases.push(capsizes_are_not_the_most(&mix));
    cases.extend(deaths_per_thousand(losses.deaths_per_boat, without_loss));
    cases
}

/// On record other mechanisms come before capsizes and swampings.
fn capsizes_are_not_the_most(mix: &[f64; 5]) -> Case {
    let case = Case::new(
        "W12",
        "mix of mechanisms, 2021-25",
        "table of fatal events",
        "capsize and swamping less the largest",
        "1",
    );
    let largest = mix.iter().copied().fold(0.0, f64::max);
    let case = case.band(-1.0, -1e-9, mix[Mechanism::Flooding as usize] - largest);
    if case.passes() {
        return case;
    }
    case.missed("swampings and capsizes come out several times as often as on record, for the reasons of W17")
}

/// Fatal losses as walked, and by the rates that the calibration weighs by: these must come out as walks do.
fn walked_and_by_rates(walked: [Estimate; 2], by_rates: [f64; 2]) -> [Case; 6] {
    let boats = "the boats of 2021-25";
    let case = |row: &str, name: &str, quantity: &str| {
        let origin = if row == "W14" { WEIGHED_BY_YEARS } else { "1-2 of 4,113 boats of 2021-25" };
        Case::new(row, &format!("{boats}, {name}"), origin, quantity, "1")
    };
    let both = |row: &str, quantity: &str, band: [f64; 2], walked: Estimate, rate: f64| {
        [
            case(row, "walked", quantity).band(band[0], band[1], walked.mean),
            case(row, "by rates", quantity).band(band[0], band[1], rate),
            // three standard errors of the walks
            Case::new(row, &format!("{boats}, by rates less walked"), "the same model twice", quantity, "1").value(
                0.0,
                3.0 * walked.error,
                rate - walked.mean,
            ),
        ]
    };
    let [a, b, c] = both("W14", "fatal losses per boat", [2e-3, 0.025], walked[0], by_rates[0]);
    let [d, e, f] = both("W16", "fatal losses per transfer", [6e-5, 1.8e-3], walked[1], by_rates[1]);
    [a, b, c, d, e, f]
}

/// Deaths per boat that are no loss of the boat, from the rates of [`Mechanism`].
fn deaths_without_loss(rates: &[f64; 5], k: &Knowledge) -> f64 {
    let of = |m: Mechanism| sizes::of(m).map(|(_, id)| rates[m as usize] * Cluster::new(value(id, k)).mean());
    Mechanism::ALL.into_iter().filter_map(of).sum()
}

/// Case fatality over all losses with a vessel near, whether or not somebody dies. It is of these that the band speaks: the eight
/// fatal events behind it were corrected for the immersions that are on no list because everyone lived.
fn fatality_of_losses(mut fatality: Vec<f64>) -> [Case; 3] {
    fatality.sort_by(f64::total_cmp);
    let at = |u: f64| fatality.get((u * fatality.len() as f64) as usize).copied().unwrap_or(f64::NAN);
    let case = |quantity: &str| {
        Case::new(
            "W10",
            "losses of the boats of 2021-25, a vessel near",
            "eight events, zero-truncated beta-binomial",
            quantity,
            "1",
        )
    };
    [
        case("case fatality, fatal or not, median over knowledge").band(0.02, 0.10, at(0.5)),
        case("case fatality, fatal or not, lower end of 95 %").band(0.0, 0.14, at(0.025)),
        case("case fatality, fatal or not, upper end of 95 %").band(0.006, 1.0, at(0.975)),
    ]
}

/// Deaths for each thousand people who left, of boats in `losses` per boat and of others over all boats. The band is the record with
/// its own scatter (95 %): deaths come in events, so that their number has the variance of the sum of squares of the events' deaths.
fn deaths_per_thousand(losses: f64, others: f64) -> [Case; 2] {
    let years = &record().years;
    let boats: f64 = years.iter().map(|y| y.boats).sum();
    let thousands = years.iter().map(|y| y.boats * y.mean_people).sum::<f64>() / 1000.0;
    let in_years =
        |e: &&crate::calibration::record::Event| years.iter().any(|y| e.date.starts_with(&y.year.to_string()));
    let deaths = || record().events.iter().filter(in_years).map(|e| f64::from(e.deaths));
    let (sum, squares): (f64, f64) = (deaths().sum(), deaths().map(|d| d * d).sum());
    let scatter = 1.96 * squares.sqrt() / thousands;
    let case = |name: &str, origin: &str| Case::new("W17", name, origin, "deaths per 1,000 people", "1");
    [
        case("Channel, 2021-25", "events on record over arrivals (Home Office), with the record's own scatter")
            .value(sum / thousands, scatter, (losses * boats + others) / thousands),
        case("Aegean, 2015 (a second sea)", "IOM: 706 of 801,919").value(0.88, 0.0, f64::NAN).missed(
            "not run: how many were aboard, how long they were at sea, which boats were of wood and who stood by is in no data at hand, and \
             the rates are fitted to Channel crossings of 5 to 9 h",
        ),
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_stated() {
        plimsoll_core::validation::assert_as_stated(&super::cases());
    }
}
