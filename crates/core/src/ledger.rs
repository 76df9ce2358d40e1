//! The ledger of constants: every number of a model with its source, grade, unit and range, in a `constants.toml` beside
//! the equations that use it. One page of all of them is generated.

use crate::belief::{Belief, BeliefError};
use crate::draws::Constants;
use crate::random::{Purpose, Stream};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// How well a constant is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grade {
    /// Measured on the thing itself, or exact by definition.
    A,
    /// Published for a comparable case.
    B,
    /// Judged. Never a point: always a distribution.
    C,
}

/// One constant of a model.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// `module.name`, unique within its crate; part of the address of its draws, so never renamed lightly.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Symbol in the equation.
    pub symbol: String,
    /// Value or belief.
    pub value: Belief,
    /// Unit, "1" where there is none.
    pub unit: String,
    /// Grade.
    pub grade: Grade,
    /// Where it comes from, in words that a reader can follow to the source.
    pub source: String,
    /// Where it is used: module and equation.
    pub equation: String,
    /// Range over which the equation with this constant has been validated, if stated.
    #[serde(default)]
    pub valid: Option<[f64; 2]>,
}

/// All constants of one crate.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The crate.
    pub name: String,
    constants: BTreeMap<String, Constant>,
}

/// What is wrong with a `constants.toml`.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// Not TOML, or not of the ledger's form.
    #[error("{ledger}: {message}")]
    Form {
        /// Which ledger.
        ledger: String,
        /// The parser's words.
        message: String,
    },
    /// A value that is no distribution.
    #[error("{id}: {source}")]
    Value {
        /// Which constant.
        id: String,
        /// Why.
        source: BeliefError,
    },
    /// A judged constant given as a point.
    #[error("{id} is judged (grade C) and must be a distribution, not a point")]
    JudgedPoint {
        /// Which constant.
        id: String,
    },
    /// A constant without a source.
    #[error("{id} has no source")]
    NoSource {
        /// Which constant.
        id: String,
    },
}

impl Ledger {
    /// Reads a `constants.toml`: tables `[module.name]` with the fields of [`Constant`].
    ///
    /// # Errors
    /// [`LedgerError`] for bad TOML, an impossible distribution, a judged point or a missing source.
    pub fn parse(name: &str, text: &str) -> Result<Self, LedgerError> {
        let modules: BTreeMap<String, BTreeMap<String, Constant>> =
            toml::from_str(text).map_err(|e| LedgerError::Form { ledger: name.to_owned(), message: e.to_string() })?;
        let mut constants = BTreeMap::new();
        for (module, table) in modules {
            for (short, mut c) in table {
                let id = format!("{module}.{short}");
                c.value.check().map_err(|source| LedgerError::Value { id: id.clone(), source })?;
                if c.grade == Grade::C && c.value.is_exact() {
                    return Err(LedgerError::JudgedPoint { id });
                }
                if c.source.trim().is_empty() {
                    return Err(LedgerError::NoSource { id });
                }
                c.id.clone_from(&id);
                constants.insert(id, c);
            }
        }
        Ok(Self { name: name.to_owned(), constants })
    }

    /// Every constant, by id.
    pub fn constants(&self) -> impl Iterator<Item = &Constant> {
        self.constants.values()
    }

    /// The constant `id`.
    ///
    /// # Panics
    /// If the ledger has none of that name: a mistake in the code, which each crate's test of its constants catches.
    #[must_use]
    pub fn get(&self, id: &str) -> &Constant {
        self.constants.get(id).unwrap_or_else(|| panic!("{}: no constant {id}", self.name))
    }

    /// The value of constant `id` as `knowledge` has it.
    ///
    /// # Panics
    /// As [`Self::get`].
    #[must_use]
    pub fn value(&self, id: &str, knowledge: &Knowledge) -> f64 {
        knowledge.of(id, &self.get(id).value)
    }
}

/// One state of knowledge: every belief at one of its outer draws, or every belief at its median.
#[derive(Clone, Copy, Debug)]
pub struct Knowledge {
    at: At,
    constants: Constants,
    held: Held,
}

/// A few beliefs held at places of their own, while every other stays where it is: what knowing them would do, all else equal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Held {
    places: [(u32, f64); Self::MOST],
    count: usize,
}

impl Held {
    /// So many at most.
    pub const MOST: usize = 6;

    /// One more: the belief `id` at `place` of it, in (0, 1). What goes beyond [`Self::MOST`] is left out.
    #[must_use]
    pub fn with(mut self, id: &str, place: f64) -> Self {
        if self.count < Self::MOST {
            self.places[self.count] = (fnv1a(id), place);
            self.count += 1;
        }
        self
    }

    fn place(&self, name: u32) -> Option<f64> {
        self.places[..self.count].iter().find(|p| p.0 == name).map(|p| p.1)
    }
}

#[derive(Clone, Copy, Debug)]
enum At {
    Central,
    Outer { stream: Stream, outer: u32, attempt: u32 },
}

impl Knowledge {
    /// Strata of the outer loop: outer draws 0 to 255 take each 256th part of every belief exactly once.
    pub const STRATA: u32 = 256;

    /// Outer draw `outer` of `seed`.
    #[must_use]
    pub fn outer(seed: u64, outer: u32) -> Self {
        Self::attempt(seed, outer, 0)
    }

    /// Another try at outer draw `outer`, for draws conditioned on a fact (such as "still afloat") that the first missed.
    /// Tries after the first are not stratified.
    #[must_use]
    pub fn attempt(seed: u64, outer: u32, attempt: u32) -> Self {
        Self {
            at: At::Outer { stream: Stream::new(seed), outer, attempt },
            constants: Constants::Judged,
            held: Held::default(),
        }
    }

    /// The same state, with what `constants` says in place of each constant's own belief.
    #[must_use]
    pub fn with(self, constants: Constants) -> Self {
        Self { constants, ..self }
    }

    /// Every belief at its median.
    #[must_use]
    pub fn central() -> Self {
        Self { at: At::Central, constants: Constants::Judged, held: Held::default() }
    }

    /// The same state but for the beliefs that are held.
    #[must_use]
    pub fn holding(self, held: Held) -> Self {
        Self { held, ..self }
    }

    /// The belief `id` in this state. The same id gives the same place in its belief everywhere.
    #[must_use]
    pub fn of(&self, id: &str, belief: &Belief) -> f64 {
        if let Belief::Exact(v) = belief {
            return *v;
        }
        belief.quantile(self.place(id))
    }

    /// Where in its belief the quantity `id` stands, in (0, 1).
    #[must_use]
    pub fn place(&self, id: &str) -> f64 {
        if let Some(place) = (self.held.count > 0).then(|| self.held.place(fnv1a(id))).flatten() {
            return place;
        }
        match self.at {
            At::Central => 0.5,
            At::Outer { stream, outer, attempt } => {
                if let Some(place) = self.constants.place(id, || row(&stream, outer, attempt)) {
                    return place;
                }
                let name = fnv1a(id);
                let u = stream.uniform(u64::from(outer), attempt, Purpose::Knowledge, name);
                if attempt > 0 || outer >= Self::STRATA {
                    return u;
                }
                let keys = stream.block(0, 0, Purpose::Order, name);
                (f64::from(shuffle(outer as u8, keys)) + u) / f64::from(Self::STRATA)
            }
        }
    }
}

/// Which row of a table of draws a state of knowledge takes, in (0, 1): each 256th part once over the outer draws, as the beliefs.
fn row(stream: &Stream, outer: u32, attempt: u32) -> f64 {
    let name = fnv1a("row of draws");
    if attempt > 0 || outer >= Knowledge::STRATA {
        return stream.uniform(u64::from(outer), attempt, Purpose::Knowledge, name);
    }
    let keys = stream.block(0, 0, Purpose::Order, name);
    (f64::from(shuffle(outer as u8, keys)) + 0.5) / f64::from(Knowledge::STRATA)
}

/// A keyed permutation of 0..256: odd multiplications, additions and xor-shifts are each one to one.
fn shuffle(x: u8, keys: [u32; 4]) -> u8 {
    keys.iter().fold(x, |x, k| {
        let [a, b, c, d] = k.to_le_bytes();
        let x = x.wrapping_mul(a | 1).wrapping_add(b);
        let x = x ^ x >> 3;
        let x = x.wrapping_mul(c | 1).wrapping_add(d);
        (x ^ x >> 5).rotate_left(3)
    })
}

/// Fowler, Noll and Vo's hash: gives a name a stable place among the addresses.
fn fnv1a(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
        [hull.mass]
        symbol = "m"
        value = { low = 1.0, high = 2.0 }
        unit = "kg"
        grade = "C"
        source = "judged"
        equation = "none"
    "#;

    #[test]
    fn reads_and_draws() {
        let l = Ledger::parse("test", TEXT).unwrap();
        assert!((l.value("hull.mass", &Knowledge::central()) - 1.5).abs() < 1e-12);
        let x = l.value("hull.mass", &Knowledge::outer(1, 3));
        assert!(x > 1.0 && x < 2.0);
        assert_eq!(x, l.value("hull.mass", &Knowledge::outer(1, 3)));
    }

    #[test]
    fn outer_draws_take_every_stratum_once() {
        for id in ["a", "b.c", "hull.mass"] {
            let mut seen = [false; 256];
            for k in 0..256 {
                seen[(Knowledge::outer(5, k).place(id) * 256.0) as usize] = true;
            }
            assert!(seen.iter().all(|s| *s), "{id}");
        }
    }

    #[test]
    fn one_belief_is_held_and_the_others_stay() {
        let free = Knowledge::outer(5, 7);
        let held = free.holding(Held::default().with("a", 0.25).with("c", 0.75));
        assert_eq!((held.place("a"), held.place("c")), (0.25, 0.75));
        assert_eq!(held.place("b"), free.place("b"));
        assert_eq!(held.holding(Held::default()).place("a"), free.place("a"));
    }

    #[test]
    fn draws_of_different_constants_are_unrelated() {
        let (mut worst, n) = (0.0_f64, 256.0);
        for pair in [("a", "b"), ("x.y", "x.z"), ("p", "q"), ("m.k1", "m.k2")] {
            let r: f64 = (0..256)
                .map(|k| {
                    let k = Knowledge::outer(1, k);
                    (k.place(pair.0) - 0.5) * (k.place(pair.1) - 0.5)
                })
                .sum::<f64>()
                * 12.0
                / n;
            worst = worst.max(r.abs());
        }
        assert!(worst < 4.0 / n.sqrt(), "{worst}");
    }

    #[test]
    fn refuses_a_judged_point_and_a_missing_source() {
        let point = TEXT.replace("{ low = 1.0, high = 2.0 }", "1.0");
        assert!(matches!(Ledger::parse("t", &point), Err(LedgerError::JudgedPoint { .. })));
        let none = TEXT.replace("\"judged\"", "\" \"");
        assert!(matches!(Ledger::parse("t", &none), Err(LedgerError::NoSource { .. })));
        assert!(matches!(Ledger::parse("t", "[["), Err(LedgerError::Form { .. })));
    }
}
