//! What became of one realisation under one option, and the sums over all of them.
//!
//! A realisation is split into at most two paths, one without and one with a trigger (see [`crate::walk`]), each with its
//! weight. Rare deaths that leave the boat as it is (crush, overboard, wading) are not drawn but convolved in. All sums are
//! integers, so that any split of the work gives the same bits.

use crate::cluster::{Clusters, Deaths, convolve};
use crate::comparison::Inner;
use plimsoll_core::ensemble::{Overlap, RangeSet};
use plimsoll_core::tally::{Histogram, Merge, Sum};
use plimsoll_rescue::event::MOMENTS;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The ways to die.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hazard {
    /// The boat rolls over.
    Capsize,
    /// It fills.
    Swamping,
    /// Tube, floor or transom fails.
    Structure,
    /// People are crushed aboard.
    Crush,
    /// Boarding and wading.
    Boarding,
    /// A person goes overboard.
    Overboard,
}

/// Number of hazards.
pub const HAZARDS: usize = 6;
/// What people die of: first minutes, unsupported, cooling, collapse, trapped, aboard.
pub const PHASES: usize = 6;
/// Minutes from the start at which everybody's place is noted.
pub const MARKS_MIN: [u32; 17] = [0, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 360, 480, 720];
/// Number of those.
pub const MARKS: usize = MARKS_MIN.len();
/// Bins of the time to loss: seconds up to ten minutes, then minutes.
const SECONDS: usize = 600;

/// Where everybody is at one time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// In the boat.
    pub aboard: u16,
    /// Alive in the water.
    pub in_water: u16,
    /// On rescue craft.
    pub rescued: u16,
    /// Ashore.
    pub ashore: u16,
    /// Dead.
    pub dead: u16,
}

impl Place {
    /// Everybody.
    #[must_use]
    pub fn total(&self) -> u16 {
        self.aboard + self.in_water + self.rescued + self.ashore + self.dead
    }
}

/// The loss of the boat on a path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LossEvent {
    /// From its trigger to the loss, s; `None` for a boat that filled little by little.
    pub after_trigger_s: Option<f64>,
    /// The alarm, minutes after the loss.
    pub alarm_min: f64,
    /// First lift, minutes after the loss.
    pub first_lift_min: Option<f64>,
    /// Last lift, minutes after the loss.
    pub last_lift_min: Option<f64>,
    /// People in the water at the loss.
    pub in_water: u16,
    /// Deaths by what people died of.
    pub phases: [u16; PHASES],
    /// Everybody at the rescue model's moments after the loss.
    pub since_loss: [Place; MOMENTS],
}

/// One path of a realisation.
#[derive(Clone, Debug)]
pub struct PathEnd {
    /// Its share of the realisation.
    pub weight: f64,
    /// Deaths that follow from the loss of the boat.
    pub deaths: u16,
    /// What the loss is counted under.
    pub hazard: Hazard,
    /// The loss, if there was one.
    pub loss: Option<LossEvent>,
    /// Expected number of people lost overboard while the boat was whole.
    pub overboard: f64,
    /// Expected number of people lost wading.
    pub boarding: f64,
    /// Probability that people are crushed.
    pub crush: f64,
    /// How many die together of these.
    pub clusters: Clusters,
    /// Everybody at [`MARKS_MIN`].
    pub marks: [Place; MARKS],
    /// Deaths of rescuers and officers, expected.
    pub crew: f64,
}

impl PathEnd {
    /// A path on which nothing has happened to `people` people.
    #[must_use]
    pub fn quiet(people: u16) -> Self {
        let everybody = Place { aboard: people, ..Place::default() };
        Self {
            weight: 1.0,
            deaths: 0,
            hazard: Hazard::Capsize,
            loss: None,
            overboard: 0.0,
            boarding: 0.0,
            crush: 0.0,
            clusters: Clusters::default(),
            marks: [everybody; MARKS],
            crew: 0.0,
        }
    }

    /// Expected extra deaths by crush.
    fn crush_mean(&self) -> f64 {
        self.crush * self.clusters.crush.mean()
    }

    /// Distribution of the extra deaths: crush, overboard and wading together.
    fn extra(&self) -> Deaths {
        let c = &self.clusters;
        let aboard = convolve(&c.crush.once(self.crush), &c.overboard.any_number(self.overboard));
        if self.boarding > 0.0 { convolve(&aboard, &c.boarding.any_number(self.boarding)) } else { aboard }
    }
}

/// Everybody's place at one mark, over realisations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkTally {
    /// In the boat.
    pub aboard: Histogram,
    /// Alive in the water.
    pub in_water: Histogram,
    /// On rescue craft.
    pub rescued: Histogram,
    /// Ashore.
    pub ashore: Histogram,
    /// Dead.
    pub dead: Histogram,
}

impl MarkTally {
    fn add(&mut self, p: &Place, weight: u64) {
        self.aboard.add(p.aboard.into(), weight);
        self.in_water.add(p.in_water.into(), weight);
        self.rescued.add(p.rescued.into(), weight);
        self.ashore.add(p.ashore.into(), weight);
        self.dead.add(p.dead.into(), weight);
    }
}

impl Merge for MarkTally {
    fn merge(&mut self, o: Self) {
        self.aboard.merge(o.aboard);
        self.in_water.merge(o.in_water);
        self.rescued.merge(o.rescued);
        self.ashore.merge(o.ashore);
        self.dead.merge(o.dead);
    }
}

/// Sums of one outer draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OuterTally {
    /// Deaths.
    pub deaths: Inner,
    /// Deaths less those of standing off.
    pub difference: Inner,
    /// Probability that anybody dies.
    pub any: Inner,
    /// Deaths by hazard.
    pub hazards: [Sum; HAZARDS],
    /// Deaths of rescuers and officers.
    pub crew: Sum,
    /// Distribution of the deaths.
    pub spread: Histogram,
}

impl Merge for OuterTally {
    fn merge(&mut self, o: Self) {
        self.deaths.merge(o.deaths);
        self.difference.merge(o.difference);
        self.any.merge(o.any);
        self.crew.merge(o.crew);
        self.spread.merge(o.spread);
        self.hazards.iter_mut().zip(o.hazards).for_each(|(a, b)| a.merge(b));
    }
}

/// Sums of one option.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionTally {
    /// Deaths.
    pub deaths: Histogram,
    /// By outer draw; grown as needed.
    pub outer: Vec<OuterTally>,
    /// Deaths that follow from losses, by what people died of.
    pub phases: [Sum; PHASES],
    /// Losses of the boat.
    pub losses: Sum,
    /// Deaths in them.
    pub deaths_in_losses: Sum,
    /// Time from trigger to loss: a bin a second up to 600, then a bin a minute.
    pub time_to_loss: Histogram,
    /// Minutes from the loss to the alarm.
    pub alarm: Histogram,
    /// Minutes from the loss to the first lift.
    pub first_lift: Histogram,
    /// Minutes from the loss to the last lift.
    pub last_lift: Histogram,
    /// At [`MARKS_MIN`].
    pub marks: Vec<MarkTally>,
    /// At the rescue model's moments after a loss.
    pub since_loss: Vec<MarkTally>,
    /// At the end: ashore, on rescue craft, in the boat, in the water, dead.
    pub accounted: [Sum; 5],
}

impl OptionTally {
    /// Adds a realisation of outer draw `outer`: its paths, whose weights sum to 1. Gives its expected deaths.
    pub fn add(&mut self, outer: usize, paths: &[PathEnd]) -> f64 {
        if self.outer.len() <= outer {
            self.outer.resize_with(outer + 1, OuterTally::default);
        }
        if self.marks.is_empty() {
            self.marks.resize_with(MARKS, MarkTally::default);
            self.since_loss.resize_with(MOMENTS, MarkTally::default);
        }
        let mut mean = 0.0;
        let mut left = Histogram::ONE;
        for (i, path) in paths.iter().enumerate() {
            let whole = if i + 1 == paths.len() { left } else { Histogram::share(path.weight).min(left) };
            left -= whole;
            mean += self.add_path(outer, path, whole);
        }
        let any: f64 = paths.iter().map(|p| p.weight * if p.deaths > 0 { 1.0 } else { 1.0 - p.extra()[0] }).sum();
        self.outer[outer].deaths.add(mean);
        self.outer[outer].any.add(any);
        mean
    }

    fn add_path(&mut self, outer: usize, path: &PathEnd, whole: u64) -> f64 {
        let w = whole as f64 / Histogram::ONE as f64;
        let extra = path.extra();
        let o = &mut self.outer[outer];
        let mut left = whole;
        for (k, p) in extra.iter().enumerate().skip(1) {
            let weight = ((w * p * Histogram::ONE as f64).round_ties_even() as u64).min(left);
            self.deaths.add(usize::from(path.deaths) + k, weight);
            o.spread.add(usize::from(path.deaths) + k, weight);
            left -= weight;
        }
        self.deaths.add(path.deaths.into(), left);
        o.spread.add(path.deaths.into(), left);
        o.crew.add(w * path.crew);
        o.hazards[path.hazard as usize].add(w * f64::from(path.deaths));
        o.hazards[Hazard::Crush as usize].add(w * path.crush_mean());
        o.hazards[Hazard::Boarding as usize].add(w * path.boarding);
        o.hazards[Hazard::Overboard as usize].add(w * path.overboard);
        let aboard_deaths = path.crush_mean();
        self.phases[PHASES - 1].add(w * aboard_deaths);
        // a person lost overboard or wading dies unsupported
        self.phases[1].add(w * (path.overboard + path.boarding));

        if let Some(loss) = &path.loss {
            self.losses.add(w);
            self.deaths_in_losses.add(w * f64::from(path.deaths));
            self.phases.iter_mut().zip(loss.phases).for_each(|(s, n)| s.add(w * f64::from(n)));
            if let Some(s) = loss.after_trigger_s {
                self.time_to_loss.add(time_bin(s), whole);
            }
            self.alarm.add(loss.alarm_min.round() as usize, whole);
            if let (Some(first), Some(last)) = (loss.first_lift_min, loss.last_lift_min) {
                self.first_lift.add(first.round() as usize, whole);
                self.last_lift.add(last.round() as usize, whole);
            }
            self.since_loss.iter_mut().zip(&loss.since_loss).for_each(|(t, p)| t.add(p, whole));
        }
        self.marks.iter_mut().zip(&path.marks).for_each(|(t, p)| t.add(p, whole));
        let end = path.marks[MARKS - 1];
        let more = aboard_deaths + path.overboard + path.boarding;
        let survivors = f64::from(end.total() - end.dead);
        let kept = if survivors > 0.0 { 1.0 - (more / survivors).min(1.0) } else { 1.0 };
        let dead = f64::from(end.total()) - survivors * kept;
        for (s, n) in self.accounted.iter_mut().zip([
            f64::from(end.ashore) * kept,
            f64::from(end.rescued) * kept,
            f64::from(end.aboard) * kept,
            f64::from(end.in_water) * kept,
            dead,
        ]) {
            s.add(w * n);
        }
        w * (f64::from(path.deaths) + more)
    }
}

fn time_bin(seconds: f64) -> usize {
    let s = seconds.max(0.0).round() as usize;
    if s < SECONDS { s } else { SECONDS + (s - SECONDS) / 60 }
}

/// The time of a bin of [`OptionTally::time_to_loss`], s.
#[must_use]
pub fn bin_seconds(bin: usize) -> f64 {
    if bin < SECONDS { bin as f64 } else { (SECONDS + (bin - SECONDS) * 60) as f64 + 30.0 }
}

impl Merge for OptionTally {
    fn merge(&mut self, o: Self) {
        self.deaths.merge(o.deaths);
        self.time_to_loss.merge(o.time_to_loss);
        self.alarm.merge(o.alarm);
        self.first_lift.merge(o.first_lift);
        self.last_lift.merge(o.last_lift);
        self.losses.merge(o.losses);
        self.deaths_in_losses.merge(o.deaths_in_losses);
        self.phases.iter_mut().zip(o.phases).for_each(|(a, b)| a.merge(b));
        self.accounted.iter_mut().zip(o.accounted).for_each(|(a, b)| a.merge(b));
        merge_lists(&mut self.outer, o.outer);
        merge_lists(&mut self.marks, o.marks);
        merge_lists(&mut self.since_loss, o.since_loss);
    }
}

fn merge_lists<T: Merge + Default>(a: &mut Vec<T>, b: Vec<T>) {
    if a.len() < b.len() {
        a.resize_with(b.len(), T::default);
    }
    a.iter_mut().zip(b).for_each(|(a, b)| a.merge(b));
}

/// Sums of all options, in the order of the question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tallies(pub Vec<OptionTally>);

impl Merge for Tallies {
    fn merge(&mut self, other: Self) {
        merge_lists(&mut self.0, other.0);
    }
}

/// The result of some of a question's realisations: it knows which, and of which question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partial {
    /// Digest of the question.
    pub question: String,
    /// Which realisations.
    pub ranges: RangeSet,
    /// Their sums.
    pub tallies: Tallies,
}

/// Why two partial results do not go together.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MergeError {
    /// They answer different questions.
    #[error("the parts answer different questions: {0} and {1}")]
    Question(String, String),
    /// They share realisations.
    #[error(transparent)]
    Overlap(#[from] Overlap),
}

impl Partial {
    /// Joins two parts.
    ///
    /// # Errors
    /// [`MergeError`] where they are of different questions or share realisations.
    pub fn merge(mut self, other: Self) -> Result<Self, MergeError> {
        if self.question != other.question {
            return Err(MergeError::Question(self.question, other.question));
        }
        self.ranges = self.ranges.join(&other.ranges)?;
        self.tallies.merge(other.tallies);
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(weight: f64, deaths: u16) -> PathEnd {
        let mut p = PathEnd::quiet(60);
        p.weight = weight;
        p.deaths = deaths;
        p.marks[MARKS - 1] = Place { rescued: 60 - deaths, dead: deaths, ..Place::default() };
        p
    }

    #[test]
    fn a_realisation_weighs_one_and_everybody_is_accounted_for() {
        let mut t = OptionTally::default();
        let mut with = path(0.3, 7);
        with.overboard = 0.01;
        with.crush = 0.03;
        with.clusters.crush = crate::cluster::Cluster::new(0.25);
        with.boarding = 0.2;
        let mean = t.add(3, &[path(0.7, 0), with]);
        assert_eq!(t.deaths.total(), Histogram::ONE);
        assert!((mean - 0.3 * (7.0 + 0.01 + 0.04 + 0.2)).abs() < 1e-9);
        assert!((t.deaths.mean() - mean).abs() < 1e-6);
        let all: f64 = t.accounted.iter().map(|s| s.value()).sum();
        assert!((all - 60.0).abs() < 1e-9);
        assert!((t.accounted[4].value() - mean).abs() < 1e-6);
        let by_hazard: f64 = t.outer[3].hazards.iter().map(|s| s.value()).sum();
        assert!((by_hazard - mean).abs() < 1e-6);
    }

    #[test]
    fn parts_merge_in_any_order_and_refuse_what_is_not_theirs() {
        let part = |r: std::ops::Range<u64>| {
            let mut t = OptionTally::default();
            for i in r.clone() {
                let p = f64::from(i as u32 % 7) / 10.0;
                t.add((i % 256) as usize, &[path(1.0 - p, 0), path(p, (i % 5) as u16)]);
            }
            Partial { question: "q".into(), ranges: RangeSet::one(r), tallies: Tallies(vec![t]) }
        };
        let whole = part(0..300);
        let joined = part(200..300).merge(part(0..7)).unwrap().merge(part(7..200)).unwrap();
        assert_eq!(whole, joined);
        assert!(matches!(part(0..5).merge(part(4..6)), Err(MergeError::Overlap(_))));
        let mut other = part(300..301);
        other.question = "p".into();
        assert!(matches!(part(0..5).merge(other), Err(MergeError::Question(..))));
        let json = serde_json::to_string(&whole).unwrap();
        assert_eq!(serde_json::from_str::<Partial>(&json).unwrap(), whole);
    }

    #[test]
    fn time_bins_round_trip() {
        for s in [0.0, 42.0, 599.0] {
            assert_eq!(bin_seconds(time_bin(s)), s);
        }
        assert!((bin_seconds(time_bin(5000.0)) - 5000.0).abs() <= 30.0);
    }
}
