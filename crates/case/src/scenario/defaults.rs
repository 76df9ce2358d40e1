//! What is taken where the scenario says nothing, and the list of it.

use crate::encounter::{BoatClass, Defaulted, Given, Sea};
use crate::ledger::LEDGER;
use crate::scenario::keys;
use crate::scenario::words::describe;
use plimsoll_core::belief::Belief;
use plimsoll_core::ledger::Grade;

/// Gathers what was defaulted.
#[derive(Default)]
pub(crate) struct Defaults {
    pub list: Vec<Defaulted>,
}

impl Defaults {
    /// What is given, or the constant `id`.
    pub fn constant(&mut self, path: &str, given: Option<Given<Belief>>, id: &str) -> Given<Belief> {
        given.unwrap_or_else(|| {
            let c = LEDGER.get(id);
            self.belief(path, c.value.clone(), &c.source, c.grade)
        })
    }

    /// Takes and lists a default belief.
    pub fn belief(&mut self, path: &str, value: Belief, source: &str, grade: Grade) -> Given<Belief> {
        self.word(path, describe(&value, keys::find(path).unit()), source, grade);
        Given::default(value)
    }

    /// The list in the order of the table of keys.
    pub fn in_order(mut self) -> Vec<Defaulted> {
        self.list.sort_by_key(|d| keys::KEYS.iter().position(|k| k.path == d.key));
        self.list
    }

    /// Lists a default.
    pub fn word(&mut self, path: &str, value: impl Into<String>, source: &str, grade: Grade) {
        self.list.push(Defaulted { key: path.into(), value: value.into(), source: source.into(), grade });
    }
}

/// More people than this, and a boat of unknown size is taken for a large one: crowds of 100 and more were seen in boats of
/// about 10 m (106 aboard, August 2025), and a medium boat with soft tubes is awash with about as many.
pub(crate) const CROWD: f64 = 90.0;

/// The module of the ledger for a class.
pub(crate) const fn module(class: BoatClass) -> &'static str {
    match class {
        BoatClass::Small => "small",
        BoatClass::Medium => "medium",
        BoatClass::Large => "large",
    }
}

/// The class whose usual overall length is nearest.
pub(crate) fn class_of_length(overall_m: f64) -> BoatClass {
    let share = LEDGER.get("inflatable.prism_share").value.median();
    let mut best = (f64::MAX, BoatClass::Medium);
    for class in [BoatClass::Small, BoatClass::Medium, BoatClass::Large] {
        let usual = LEDGER.get(&format!("{}.effective_length", module(class))).value.median() / share;
        if (usual - overall_m).abs() < best.0 {
            best = ((usual - overall_m).abs(), class);
        }
    }
    best.1
}

/// The product of two independent positive beliefs, as a triangle over its extremes with its peak at the product of the
/// medians; exact where one of them is.
pub(crate) fn product(a: &Belief, b: &Belief) -> Belief {
    match (a, b) {
        (Belief::Exact(x), other) | (other, Belief::Exact(x)) if *x > 0.0 => other.linear(*x, 0.0),
        (Belief::Exact(_), _) | (_, Belief::Exact(_)) => Belief::Exact(0.0),
        _ => {
            let ((a0, a1), (b0, b1)) = (a.range(), b.range());
            Belief::Triangular { low: a0 * b0, likely: a.median() * b.median(), high: a1 * b1 }
        }
    }
}

/// A positive belief divided by an independent positive one, in the same way.
pub(crate) fn quotient(a: &Belief, b: &Belief) -> Belief {
    let ((a0, a1), (b0, b1)) = (a.range(), b.range());
    Belief::Triangular { low: a0 / b1, likely: a.median() / b.median(), high: a1 / b0 }
}

/// The sum of two independent beliefs: normal with the sum of means and of variances, within the sums of their ranges;
/// exactly shifted where one of them is exact.
pub(crate) fn sum(a: &Belief, b: &Belief) -> Belief {
    match (a, b) {
        (Belief::Exact(x), other) | (other, Belief::Exact(x)) => other.linear(1.0, *x),
        _ => {
            let spread = |b: &Belief| 0.5 * (b.quantile(0.841) - b.quantile(0.159));
            let ((a0, a1), (b0, b1)) = (a.range(), b.range());
            let (sa, sb) = (spread(a), spread(b));
            let sd = (sa * sa + sb * sb).sqrt();
            Belief::Normal { mean: a.mean() + b.mean(), sd, low: Some(a0 + b0), high: Some(a1 + b1) }
        }
    }
}

/// The belief about the peak period of a sea of height `hs` and steepness `s`, for display.
pub(crate) fn period(hs: &Belief, s: &Belief) -> Belief {
    let ((h0, h1), (s0, s1)) = (hs.range(), s.range());
    let tp = |h: f64, s: f64| Sea::tp_from_steepness(h, s).max(0.5);
    let (low, likely, high) = (tp(h0, s1), tp(hs.median(), s.median()), tp(h1, s0));
    if low < high { Belief::Triangular { low, likely, high } } else { Belief::Exact(low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_find_their_class() {
        assert_eq!(class_of_length(6.8), BoatClass::Small);
        assert_eq!(class_of_length(9.4), BoatClass::Medium);
        assert_eq!(class_of_length(12.0), BoatClass::Large);
    }

    #[test]
    fn derived_beliefs_hold_their_extremes() {
        let a = Belief::Uniform { low: 2.0, high: 4.0 };
        let b = Belief::Uniform { low: 0.5, high: 1.0 };
        assert_eq!(product(&a, &b).range(), (1.0, 4.0));
        assert_eq!(quotient(&a, &b).range(), (2.0, 8.0));
        assert_eq!(product(&Belief::Exact(2.0), &b), Belief::Uniform { low: 1.0, high: 2.0 });
        assert_eq!(product(&Belief::Exact(0.0), &b), Belief::Exact(0.0));
        assert!((sum(&a, &b).mean() - 3.75).abs() < 1e-6);
        assert_eq!(sum(&a, &Belief::Exact(1.0)).range(), (3.0, 5.0));
        let tp = period(&Belief::Exact(0.4), &LEDGER.get("sea.steepness").value);
        tp.check().unwrap();
        assert!((tp.median() - 2.9).abs() < 0.6, "{tp:?}");
        period(&Belief::Exact(0.0), &LEDGER.get("sea.steepness").value).check().unwrap();
    }
}
