//! Fatal events without the loss of a boat: how many died, beside the chance that each death is followed by another.

use super::groups::Group;
use super::record::{Event, Mechanism, record};
use crate::cluster::{Cluster, Deaths};
use plimsoll_core::maths::ln;

/// The group whose constants say how many die, and the constant that says it; `None` where a boat is lost.
#[must_use]
pub const fn of(mechanism: Mechanism) -> Option<(Group, &'static str)> {
    match mechanism {
        Mechanism::Crush => Some((Group::Crush, "crush.another")),
        Mechanism::Overboard => Some((Group::Overboard, "overboard.another")),
        Mechanism::Boarding => Some((Group::Boarding, "boarding.another")),
        Mechanism::Flooding | Mechanism::Structure => None,
    }
}

/// The usable events of a group.
#[must_use]
pub fn events(group: Group) -> Vec<&'static Event> {
    record().usable().filter(|e| e.mechanism.and_then(of).is_some_and(|(g, _)| g == group)).collect()
}

/// Probabilities of the deaths of a fatal event.
#[must_use]
pub fn deaths(another: f64) -> Deaths {
    Cluster::new(another).once(1.0)
}

/// Logarithm of the likelihood of `n` deaths.
#[must_use]
pub fn log_likelihood(another: f64, n: u32) -> f64 {
    let d = deaths(another);
    ln(d[(n as usize).min(d.len() - 1)])
}
