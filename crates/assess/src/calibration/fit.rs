//! The fit: every group drawn, weighed and drawn again.

use super::conditional::{self, Conditional};
use super::groups::Group;
use super::immersions::{self, Replayed};
use super::record::record;
use super::weights::Weights;
use super::years::{self, Fleets};
use super::{SEED, ordered, sizes};
use crate::ledger::value;
use crate::situation::SituationError;
use plimsoll_core::draws::{Constants, Draws};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::random::{Purpose, Stream};
use std::sync::atomic::AtomicBool;

/// Rows of the calibrated constants: one for each outer draw.
pub const ROWS: u32 = Knowledge::STRATA;
/// Draws of a group that is weighed by replays, and of one that is weighed by rates alone, for the calibration as it is published.
pub const DRAWS: [u32; 2] = [32_768, 65_536];

/// One thing that is on record, and how well each draw of a group foretells it.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Its event, its year, or `transfers`.
    pub name: String,
    /// Logarithm of its likelihood, by draw.
    pub logs: Vec<f64>,
}

/// A group of constants, drawn and weighed.
#[derive(Debug)]
pub struct Weighed {
    /// The group.
    pub group: Group,
    /// Its draws from its own beliefs.
    pub draws: &'static Draws,
    /// What weighs them.
    pub observations: Vec<Observation>,
    /// Their weights.
    pub weights: Weights,
}

/// The whole fit.
#[derive(Debug)]
pub struct Fit {
    /// The groups, as [`Group::ALL`].
    pub groups: Vec<Weighed>,
    /// The immersions in each draw of [`Group::Water`].
    pub replayed: Vec<Vec<Replayed>>,
    /// What surges and failures come to.
    pub conditional: Conditional,
}

/// How a fit is run.
pub struct Run<'a> {
    /// Draws, as [`DRAWS`].
    pub draws: [u32; 2],
    /// Threads.
    pub threads: usize,
    /// Told how many pieces of work are done, of [`Run::pieces`].
    pub progress: &'a (dyn Fn(u64) + Sync),
    /// Set to stop.
    pub cancel: &'a AtomicBool,
}

impl Run<'_> {
    /// Pieces of work of a fit.
    #[must_use]
    pub fn pieces(&self) -> u64 {
        u64::from(self.draws[0]) + 8 * u64::from(self.draws[1]) / 2 + 2 * u64::from(ROWS)
    }
}

impl Weighed {
    fn new(group: Group, draws: &'static Draws, observations: Vec<Observation>) -> Self {
        let weights = Weights::from_logs(&sums(&observations, draws.rows(), ""));
        Self { group, draws, observations, weights }
    }

    /// Weights as they were without one observation.
    #[must_use]
    pub fn without(&self, name: &str) -> Weights {
        Weights::from_logs(&sums(&self.observations, self.draws.rows(), name))
    }

    /// The state of knowledge of one draw.
    #[must_use]
    pub fn knowledge(&self, row: u32) -> Knowledge {
        Knowledge::outer(SEED, Knowledge::STRATA + row).with(Constants::Row(self.draws, row))
    }

    /// [`ROWS`] draws in proportion to their weights. Their order is drawn too, so that groups are paired at random.
    #[must_use]
    pub fn resampled(&self) -> Draws {
        let stream = Stream::new(SEED);
        let rows = self.weights.resample(ROWS);
        let mut order: Vec<(f64, u32)> = (rows.iter().zip(0_u32..))
            .map(|(row, i)| (stream.uniform(u64::from(i), self.group as u32, Purpose::Order, 0), *row))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.draws.take(&order.iter().map(|o| o.1).collect::<Vec<_>>())
    }
}

fn sums(observations: &[Observation], rows: u32, left_out: &str) -> Vec<f64> {
    let mut out = vec![0.0; rows as usize];
    for o in observations.iter().filter(|o| o.name != left_out) {
        out.iter_mut().zip(&o.logs).for_each(|(s, l)| *s += l);
    }
    out
}

/// Draws of a group from its own beliefs. They stay for the life of the program: a state of knowledge is a plain value that points
/// to them.
fn drawn(group: Group, rows: u32) -> &'static Draws {
    let ids = group.constants().map(|(_, c)| c.id.as_str());
    keep(Draws::prior(ids, SEED, rows).unwrap_or_else(|e| unreachable!("every group has constants: {e}")))
}

fn keep(draws: Draws) -> &'static Draws {
    Box::leak(Box::new(draws))
}

/// The groups' calibrated rows side by side.
#[must_use]
pub fn together(groups: &[Weighed]) -> Draws {
    let mut all = groups.iter().map(Weighed::resampled);
    let first = all.next().unwrap_or_else(|| unreachable!("there are groups"));
    all.fold(first, |sum, d| sum.beside(d).unwrap_or_else(|e| unreachable!("all have as many rows: {e}")))
}

/// Weighs the group of the water: mass immersions, replayed.
#[must_use]
pub fn water(run: &Run<'_>) -> Option<(Weighed, Vec<Vec<Replayed>>)> {
    let draws = drawn(Group::Water, run.draws[0]);
    let replayed = immersions::replay(draws, run.threads, run.progress, run.cancel)?;
    let immersions = immersions::all();
    let observations = (immersions.iter().enumerate())
        .map(|(i, im)| Observation {
            name: im.event.id.to_owned(),
            logs: replayed.iter().map(|row| im.log_likelihood(&row[i])).collect(),
        })
        .collect();
    Some((Weighed::new(Group::Water, draws, observations), replayed))
}

/// Weighs a group by numbers of events and of deaths in them.
fn by_rates(group: Group, draws: &'static Draws, of: &Conditional, run: &Run<'_>) -> Option<Weighed> {
    let fleets = Fleets::default();
    let events = sizes::events(group);
    let another = events.first().and_then(|e| e.mechanism).and_then(sizes::of).map(|(_, id)| id);
    let rows = ordered::run(u64::from(draws.rows()), run.threads, run.progress, run.cancel, |row| {
        let k = Knowledge::outer(SEED, Knowledge::STRATA + row as u32).with(Constants::Row(draws, row as u32));
        let by_people = years::by_people(group, &k, of);
        let mut logs = years::log_likelihoods(group, &by_people, &fleets);
        if group == Group::Boat {
            let share = years::share_in_transfers(&k, of, &by_people, &fleets);
            logs.push(years::log_likelihood_of_transfers(share));
        }
        if let Some(id) = another {
            let chance = value(id, &k);
            logs.extend(events.iter().map(|e| sizes::log_likelihood(chance, e.deaths)));
        }
        logs
    })?;
    let mut names: Vec<String> = record().years.iter().map(|y| y.year.to_string()).collect();
    if group == Group::Boat {
        names.push("transfers".to_owned());
    }
    names.extend(events.iter().map(|e| e.id.clone()));
    let observations = (names.into_iter().enumerate())
        .map(|(i, name)| Observation { name, logs: rows.iter().map(|r| r[i]).collect() })
        .collect();
    Some(Weighed::new(group, draws, observations))
}

/// The whole fit. `None` when cancelled.
///
/// What surges and failures come to depends on the constants, and these on that: the groups that need it are weighed twice, first with
/// what it is in draws from the beliefs, then with what it is in the calibrated rows.
///
/// # Errors
/// [`SituationError`] where a boat of the record does not float.
pub fn fit(run: &Run<'_>) -> Result<Option<Fit>, SituationError> {
    let Some((water, replayed)) = water(run) else { return Ok(None) };
    let others: Vec<(Group, &'static Draws)> = Group::ALL[1..].iter().map(|g| (*g, drawn(*g, run.draws[1]))).collect();
    let mut rows = water.resampled();
    for (_, draws) in &others {
        let first: Vec<u32> = (0..ROWS).collect();
        rows = rows.beside(draws.take(&first)).unwrap_or_else(|e| unreachable!("all have as many rows: {e}"));
    }
    let mut groups = vec![water];
    let mut conditional = Conditional::default();
    for _ in 0..2 {
        let Some(of) = conditional::pooled(keep(rows), run.threads, run.progress, run.cancel)? else {
            return Ok(None);
        };
        conditional = of;
        groups.truncate(1);
        for (group, draws) in &others {
            let Some(weighed) = by_rates(*group, draws, &conditional, run) else { return Ok(None) };
            groups.push(weighed);
        }
        rows = together(&groups);
    }
    Ok(Some(Fit { groups, replayed, conditional }))
}
