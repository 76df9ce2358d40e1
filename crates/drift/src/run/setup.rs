//! What a run is of, and what of that cannot be.

use super::RunError;
use crate::life::{After, Change, Object};
use crate::release::{Release, ReleaseError};
use crate::step::Scheme;
use plimsoll_core::time::Utc;

/// What is to drift, from where, how long, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// Who enters the water where and when.
    pub release: Release,
    /// What drifts.
    pub object: Object,
    /// What becomes of it later, in the order of time.
    pub changes: Vec<Change>,
    /// As what each particle enters the water: 0 for `object`, k for what change k - 1 makes of it; empty where all enter as `object`.
    pub enters_as: Vec<u16>,
    /// How long the run lasts from the first release (backwards: from the last), s.
    pub duration_s: f64,
    /// Length of a step, s.
    pub step_s: f64,
    /// From one output to the next, s: a whole number of steps.
    pub output_s: f64,
    /// Whether time runs backwards: where did it come from?
    pub backward: bool,
    /// How steps are integrated.
    pub scheme: Scheme,
    /// Chance of a jibe in an hour, 0 to 1.
    pub jibe_per_hour: f64,
    /// Standard deviation of the wind about its field, each component, m/s.
    pub wind_sd_m_s: f64,
    /// Standard deviation of the current about its field, each component, m/s.
    pub current_sd_m_s: f64,
    /// Whether Stokes drift is added; the measured leeway holds it already.
    pub stokes: bool,
    /// Whether everything is done as the reference model (OpenDrift up to 1.14.12) does it, defects included.
    pub reference: bool,
    /// Seed of all draws.
    pub seed: u64,
}

impl Setup {
    pub(super) fn check<E>(&self) -> Result<u32, RunError<E>> {
        self.release.check()?;
        let bad = |what, value, allowed| Err(RunError::Setup { what, value, allowed });
        let within = |v: f64, low: f64, high: f64| v >= low && v <= high;
        if !within(self.step_s, 1.0, 21_600.0) {
            return bad("the step, s,", self.step_s, "1 s to 6 h");
        }
        if !within(self.duration_s, self.step_s, 60.0 * 86_400.0) {
            return bad("the duration, s,", self.duration_s, "one step to 60 days");
        }
        let whole = |v: f64| (v - v.round()).abs() < 1e-9 && v >= 0.5;
        if !whole(self.duration_s / self.step_s) {
            return bad("the duration, s,", self.duration_s, "a whole number of steps");
        }
        if !whole(self.output_s / self.step_s) {
            return bad("the time between outputs, s,", self.output_s, "a whole number of steps");
        }
        if !within(self.jibe_per_hour, 0.0, 1.0) {
            return bad("the chance of a jibe in an hour", self.jibe_per_hour, "0 to 1");
        }
        if !within(self.wind_sd_m_s, 0.0, 20.0) {
            return bad("the wind's standard deviation, m/s,", self.wind_sd_m_s, "0 to 20 m/s");
        }
        if !within(self.current_sd_m_s, 0.0, 5.0) {
            return bad("the current's standard deviation, m/s,", self.current_sd_m_s, "0 to 5 m/s");
        }
        for change in &self.changes {
            if let After::Each(all) = &change.after
                && all.len() != self.release.number
            {
                return Err(ReleaseError::List { given: all.len(), number: self.release.number }.into());
            }
        }
        if !self.enters_as.is_empty() && self.enters_as.len() != self.release.number {
            return Err(ReleaseError::List { given: self.enters_as.len(), number: self.release.number }.into());
        }
        if let Some(class) = self.enters_as.iter().find(|c| usize::from(**c) > self.changes.len()) {
            return bad("a part of a life in which something enters the water", f64::from(*class), "one that there is");
        }
        Ok((self.duration_s / self.step_s).round() as u32)
    }

    /// The instant at which the run begins.
    #[must_use]
    pub fn start(&self) -> Utc {
        let (first, last) = self.release.span();
        if self.backward { last } else { first }
    }
}
