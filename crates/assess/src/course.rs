//! The course of one realisation under one option: its phases cut into legs, each beginning with a disturbance or none.
//!
//! Times are absolute ticks of 0.1 s from the moment of the decision, and every draw is addressed without the option, so that
//! two options that leave the boat at sea over the same hour meet the same ships.

use crate::options::{Drawn, Help, Motion};
use plimsoll_core::random::{Purpose, Stream};

/// Ticks in a minute and an hour.
pub const MINUTE: f64 = 600.0;
/// Ticks in an hour.
pub const HOUR: f64 = 36_000.0;
/// Length of a window of the fast tier, ticks. Disturbances keep this distance.
pub const WINDOW: u32 = 1200;
/// Length of a window in which the crowd keeps still: a wash or a push has passed in a minute, and what water it left the slow
/// tier takes over.
pub const PASSING: u32 = 600;

/// What a phase is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The boat goes on or waits.
    Passage,
    /// People are taken off, one after the other, until nobody is left.
    Transfer,
    /// People leave the boat in the shallows or on the beach.
    Landing,
}

/// A phase with its numbers.
#[derive(Clone, Debug)]
pub struct Phase {
    /// What it is for.
    pub kind: Kind,
    /// How the boat lies.
    pub motion: Motion,
    /// Who is near.
    pub help: Help,
    /// How long, ticks.
    pub ticks: u32,
    /// Disturbances at their own rate: indices into the table of disturbances.
    pub recurring: Vec<usize>,
    /// Disturbances at the start.
    pub once: Vec<usize>,
    /// Disturbances spread over the phase, with their mean number.
    pub spread: Vec<(usize, f64)>,
}

/// A stretch of a phase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leg {
    /// First tick.
    pub start: u32,
    /// Length, ticks.
    pub ticks: u32,
    /// What disturbs the boat at its first tick.
    pub disturbance: Option<usize>,
    /// What the phase is for.
    pub kind: Kind,
    /// How the boat lies.
    pub motion: Motion,
    /// Who is near.
    pub help: Help,
    /// Share of the people still aboard at its start and at its end.
    pub aboard: [f64; 2],
}

/// Writes the course of realisation `r` into `legs`.
///
/// `engine_rate_per_h` is the rate at which a running engine stops for good (infinite for one that has stopped already);
/// `breakdown` is what follows then. `disturbances` is the table that the phases' indices point into.
pub fn build(
    legs: &mut Vec<Leg>,
    stream: &Stream,
    r: u64,
    phases: &[Phase],
    breakdown: &[Phase],
    engine_rate_per_h: f64,
    disturbances: &[Drawn],
) {
    legs.clear();
    let engine_stops = stream.exponential(r, 0, Purpose::Horizon, 1) / engine_rate_per_h * HOUR;
    let mut at = 0;
    for (i, phase) in phases.iter().enumerate() {
        let ends = f64::from(at) + f64::from(phase.ticks);
        if phase.motion == Motion::UnderWay && engine_stops < ends {
            let ticks = (engine_stops.max(f64::from(at)) as u32) - at;
            at = add(legs, stream, r, i, phase, at, ticks, disturbances);
            for (j, phase) in breakdown.iter().enumerate() {
                at = add(legs, stream, r, 8 + j, phase, at, phase.ticks, disturbances);
            }
            return;
        }
        at = add(legs, stream, r, i, phase, at, phase.ticks, disturbances);
    }
}

/// Adds one phase from tick `at`, shortened to `ticks`; gives the tick at which it ends.
#[allow(clippy::too_many_arguments, reason = "one private step of `build`, whose state it shares")]
fn add(
    legs: &mut Vec<Leg>,
    stream: &Stream,
    r: u64,
    place: usize,
    phase: &Phase,
    at: u32,
    ticks: u32,
    disturbances: &[Drawn],
) -> u32 {
    let first = legs.len();
    let leg = |start: u32, disturbance| Leg {
        start,
        ticks: 0,
        disturbance,
        kind: phase.kind,
        motion: phase.motion,
        help: phase.help,
        aboard: [1.0; 2],
    };
    if phase.once.is_empty() {
        legs.push(leg(at, None));
    }
    for d in &phase.once {
        legs.push(leg(at, Some(*d)));
    }
    for &d in &phase.recurring {
        let mean_gap = HOUR / disturbances[d].rate_per_h;
        let mut t = 0.0;
        for i in 0.. {
            t += mean_gap * stream.exponential(r, 0, Purpose::Wash, 1000 * d as u32 + i);
            if t >= f64::from(at) + f64::from(ticks) {
                break;
            }
            if t >= f64::from(at) {
                legs.push(leg(t as u32, Some(d)));
            }
        }
    }
    for (i, &(d, number)) in phase.spread.iter().enumerate() {
        let index = (place * 16 + i) as u32;
        let n = (number + stream.uniform(r, 0, Purpose::Contact, index)) as u32;
        for j in 0..n {
            let u = stream.uniform(r, 1 + j, Purpose::Contact, index);
            let t = f64::from(at) + f64::from(ticks) * (f64::from(j) + u) / f64::from(n);
            legs.push(leg(t as u32, Some(d)));
        }
    }
    let new = &mut legs[first..];
    new.sort_by_key(|l| l.start);
    for i in 1..new.len() {
        new[i].start = new[i].start.max(new[i - 1].start + WINDOW);
    }
    let last = new.last().map_or(at, |l| l.start + if l.disturbance.is_some() { WINDOW } else { 0 });
    let end = last.max(at + ticks);
    for i in 0..new.len() {
        let next = new.get(i + 1).map_or(end, |l| l.start);
        new[i].ticks = next - new[i].start;
        if phase.kind == Kind::Transfer {
            let left = |t: u32| 1.0 - f64::from(t - at) / f64::from((end - at).max(1));
            new[i].aboard = [left(new[i].start), left(next)];
        }
    }
    end
}

/// Share of the people aboard at a tick of a leg.
#[must_use]
pub fn aboard_at(leg: &Leg, tick: f64) -> f64 {
    let x = ((tick - f64::from(leg.start)) / f64::from(leg.ticks.max(1))).clamp(0.0, 1.0);
    leg.aboard[0] + x * (leg.aboard[1] - leg.aboard[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phase(kind: Kind, motion: Motion, ticks: u32) -> Phase {
        Phase { kind, motion, help: Help::StandingBy, ticks, recurring: vec![], once: vec![], spread: vec![] }
    }

    fn table() -> Vec<Drawn> {
        let wash = Drawn { rate_per_h: 2.0, ..Drawn::default() };
        vec![wash, Drawn::default()]
    }

    #[test]
    fn legs_follow_each_other_without_gaps_and_windows_do_not_overlap() {
        let stream = Stream::new(1);
        let mut crossing = phase(Kind::Passage, Motion::UnderWay, 4 * 36_000);
        crossing.recurring = vec![0];
        crossing.spread = vec![(1, 5.5)];
        let mut transfer = phase(Kind::Transfer, Motion::Stopped, 6000);
        transfer.once = vec![1];
        let mut legs = Vec::new();
        let (mut washes, mut contacts, n) = (0, 0, 400);
        for r in 0..n {
            build(&mut legs, &stream, r, &[crossing.clone(), transfer.clone()], &[], 1e-9, &table());
            for w in legs.windows(2) {
                assert_eq!(w[0].start + w[0].ticks, w[1].start);
            }
            assert!(legs.iter().filter(|l| l.disturbance.is_some()).all(|l| l.ticks >= WINDOW));
            assert!((legs[legs.len() - 1].aboard[1]).abs() < 1e-12);
            washes += legs.iter().filter(|l| l.disturbance == Some(0)).count();
            contacts += legs.iter().filter(|l| l.disturbance == Some(1)).count();
        }
        // 8 washes and 5.5 contacts a crossing on the mean, one more disturbance at the transfer
        assert!((washes as f64 / n as f64 - 8.0).abs() < 5.0 * (8.0 / n as f64).sqrt());
        assert!((contacts as f64 / n as f64 - 6.5).abs() < 5.0 * (0.25 / n as f64).sqrt());
    }

    #[test]
    fn an_engine_that_stops_ends_the_passage() {
        let stream = Stream::new(1);
        let crossing = phase(Kind::Passage, Motion::UnderWay, 36_000);
        let adrift = phase(Kind::Transfer, Motion::Adrift, 6000);
        let mut legs = Vec::new();
        build(&mut legs, &stream, 0, std::slice::from_ref(&crossing), &[adrift], f64::INFINITY, &table());
        assert_eq!((legs[0].ticks, legs[1].motion, legs[1].start), (0, Motion::Adrift, 0));
    }

    #[test]
    fn the_same_hour_has_the_same_ships_whatever_the_option() {
        let stream = Stream::new(1);
        let mut long = phase(Kind::Passage, Motion::UnderWay, 4 * 36_000);
        long.recurring = vec![0];
        let mut short = long.clone();
        short.ticks = 36_000;
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for r in 0..50 {
            build(&mut a, &stream, r, std::slice::from_ref(&long), &[], 1e-9, &table());
            build(&mut b, &stream, r, std::slice::from_ref(&short), &[], 1e-9, &table());
            for (x, y) in a.iter().zip(&b) {
                assert_eq!((x.start, x.disturbance), (y.start, y.disturbance));
            }
        }
    }
}
