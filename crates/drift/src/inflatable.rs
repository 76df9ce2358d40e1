//! The overcrowded inflatable: leeway from a balance of forces, because no trial of one has been published.
//!
//! Broadside to the wind, drag in air and drag in water are equal:
//! `rho_a C_a A_a (W(z) - U)^2 = rho_w C_w A_w U^2`, so `U = W(z) k / (1 + k)` with `k^2 = rho_a C_a A_a / (rho_w C_w A_w)`;
//! the drift of the waves, which measured leeway holds too, is added, and `e` stands for what the balance leaves out:
//! `slope = e (s + W(z)/W_10 k / (1 + k))`.
//! For each metre of length the wind meets the freeboard and the people above it, the water the draught, which follows from the load.
//! Every judged number is drawn for each of the 256 outer draws, so that the cloud holds what is not known of the boat.

use crate::category::{Leeway, Line};
use crate::ledger::LEDGER;
use crate::life::Object;
use crate::noise::OUTER;
use plimsoll_core::belief::Belief;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::{exp, ln};
use thiserror::Error;

/// Length to which the beam of the ledger belongs, m.
const REFERENCE_LENGTH_M: f64 = 8.5;

/// Draws of one state of knowledge before load, freeboard and tubes are said not to fit.
const TRIES: u32 = 64;

/// How the boat floats.
#[derive(Clone, Debug, PartialEq)]
pub enum Afloat {
    /// Whole, engine stopped, dry enough to stand on its lines: freeboard from the water to the crown of the tubes, m.
    Whole(Belief),
    /// Full of water, borne by its tubes alone.
    Swamped,
}

/// An inflatable as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Inflatable {
    /// Length overall, m.
    pub length_m: Belief,
    /// People aboard.
    pub people: Belief,
    /// How it floats.
    pub afloat: Afloat,
}

/// What the caller gave does not go together.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
#[error(
    "so many people and such a freeboard on such a length need tubes of {tube_m:.2} m; {low_m} to {high_m} m are known"
)]
pub struct Unfit {
    /// Draught and freeboard together at the middle of every belief, m.
    pub tube_m: f64,
    /// Smallest tube of the ledger.
    pub low_m: f64,
    /// Largest.
    pub high_m: f64,
}

/// A body between wind and water.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// Area in the wind over area in the water.
    pub areas: f64,
    /// Drag coefficient in air over that in water.
    pub drags: f64,
    /// Height of what is in the wind, m: the wind is taken at half of it.
    pub height_m: f64,
    /// Roughness of the sea, m.
    pub roughness_m: f64,
    /// Drift of the waves per wind speed.
    pub waves: f64,
}

impl Balance {
    /// Downwind leeway per wind speed at 10 m.
    #[must_use]
    pub fn slope(&self) -> f64 {
        let k = (LEDGER.get("inflatable.density_ratio").value.median() * self.drags * self.areas).sqrt();
        // never below the roughness, where there is no wind
        let z = (0.5 * self.height_m).max(2.0 * self.roughness_m);
        self.waves + ln(z / self.roughness_m) / ln(10.0 / self.roughness_m) * k / (1.0 + k)
    }
}

/// Everything of one state of knowledge.
struct State<'a> {
    boat: &'a Inflatable,
    knowledge: Knowledge,
}

impl State<'_> {
    fn of(&self, name: &str) -> f64 {
        LEDGER.value(&format!("inflatable.{name}"), &self.knowledge)
    }

    /// The load's draught, m.
    fn draught_m(&self, length_m: f64, people: f64) -> f64 {
        let beam_m = self.of("beam") * (length_m / REFERENCE_LENGTH_M).sqrt();
        let mass_kg = self.of("hull_mass") + people * self.of("person_mass");
        let area_m2 = self.of("fullness") * self.of("prism_share") * length_m * beam_m;
        mass_kg / (self.of("sea_density") * area_m2)
    }

    fn length_and_people(&self) -> (f64, f64) {
        let given = |name: &str, belief: &Belief| self.knowledge.of(&format!("drift.object.{name}"), belief);
        (given("length", &self.boat.length_m), given("people", &self.boat.people))
    }

    /// Freeboard and draught, m.
    fn lines_m(&self) -> (f64, f64) {
        let (length_m, people) = self.length_and_people();
        match &self.boat.afloat {
            Afloat::Whole(freeboard) => {
                (self.knowledge.of("drift.object.freeboard", freeboard), self.draught_m(length_m, people))
            }
            Afloat::Swamped => {
                let freeboard_m = self.of("freeboard_swamped");
                (freeboard_m, self.of("tube") - freeboard_m)
            }
        }
    }

    fn leeway(&self, stokes: bool) -> Leeway {
        let (length_m, people) = self.length_and_people();
        let (freeboard_m, draught_m) = self.lines_m();
        let covered = 1.0 - exp(-people * self.of("person_width") / length_m);
        let above_m = match self.boat.afloat {
            Afloat::Whole(_) => self.of("person_height"),
            Afloat::Swamped => self.of("person_height_swamped"),
        };
        let balance = Balance {
            areas: (freeboard_m + above_m * covered) / draught_m,
            drags: self.of("drag_air") / self.of("drag_water"),
            height_m: freeboard_m + above_m,
            roughness_m: self.of("roughness"),
            waves: if stokes { 0.0 } else { self.of("wave_share") },
        };
        let (slope, error_m_s) = (self.of("discrepancy") * balance.slope(), self.of("residual") / 100.0);
        let line = |slope: f64| Line { slope, offset_m_s: 0.0, error_m_s };
        let cross = slope * self.of("divergence");
        Leeway { downwind: line(slope), right: line(cross), left: line(-cross) }
    }
}

impl Inflatable {
    /// One regression for each outer draw of a seed. With `stokes` the drift of the waves is left to a field that tells it.
    ///
    /// A whole boat's draws are conditioned on tubes that exist: draught and freeboard together are a tube of the ledger.
    ///
    /// # Errors
    /// [`Unfit`] where no draw of some state of knowledge has such tubes.
    pub fn leeways(&self, seed: u64, stokes: bool) -> Result<Box<[Leeway; OUTER]>, Unfit> {
        let (low_m, high_m) = LEDGER.get("inflatable.tube").value.range();
        let mut all = Box::new([Leeway::default(); OUTER]);
        for (outer, leeway) in all.iter_mut().enumerate() {
            let state = |k| State { boat: self, knowledge: Knowledge::attempt(seed, outer as u32, k) };
            let fits = |s: &State<'_>| {
                let (freeboard_m, draught_m) = s.lines_m();
                (low_m..=high_m).contains(&(freeboard_m + draught_m))
            };
            let state = (0..TRIES).map(state).find(fits).ok_or_else(|| {
                let (freeboard_m, draught_m) = State { boat: self, knowledge: Knowledge::central() }.lines_m();
                Unfit { tube_m: freeboard_m + draught_m, low_m, high_m }
            })?;
            *leeway = state.leeway(stokes);
        }
        Ok(all)
    }
}

/// A person of whom only the lifejacket is known: the published class that each outer draw takes.
#[must_use]
pub fn person(jacket: bool, seed: u64) -> Object {
    let classes: [f64; OUTER] = crate::ledger::outer(if jacket { "person.jacket" } else { "person.no_jacket" }, seed);
    let leeway = |class: f64| crate::category::category(class as u32).map(|c| c.leeway).unwrap_or_default();
    Object::Believed(Box::new(classes.map(leeway)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boat(people: f64, freeboard: f64) -> Inflatable {
        Inflatable {
            length_m: Belief::Exact(8.5),
            people: Belief::Exact(people),
            afloat: Afloat::Whole(Belief::Exact(freeboard)),
        }
    }

    fn mean(all: &[Leeway; OUTER]) -> f64 {
        all.iter().map(|l| l.downwind.slope).sum::<f64>() / OUTER as f64
    }

    /// At the median: 270 + 47 x 68 kg on 7.65 x 2.2 m with a fullness of 0.83, worked by hand.
    #[test]
    fn the_draught_carries_the_load() {
        let b = boat(47.0, 0.25);
        let s = State { boat: &b, knowledge: Knowledge::central() };
        let mass = s.of("hull_mass") + 47.0 * s.of("person_mass");
        let area = s.of("fullness") * s.of("prism_share") * 8.5 * s.of("beam");
        assert!((s.draught_m(8.5, 47.0) * area * 1025.0 - mass).abs() < 1e-9);
        assert!((s.draught_m(8.5, 47.0) - 0.25).abs() < 0.02);
    }

    /// Areas as 1 to 1, equal drags, no waves: k = sqrt(0.0012) = 0.03464, at 10 m times 0.03348.
    #[test]
    fn equal_areas_have_a_closed_form() {
        let b = Balance { areas: 1.0, drags: 1.0, height_m: 20.0, roughness_m: 2e-4, waves: 0.0 };
        assert!((b.slope() - 0.033_48).abs() < 1e-5, "{}", b.slope());
    }

    #[test]
    fn load_sinks_it_and_slows_it_and_water_slows_it_more() {
        let slope = |b: &Inflatable| mean(&b.leeways(1, false).unwrap());
        let (light, heavy) = (slope(&boat(30.0, 0.28)), slope(&boat(70.0, 0.12)));
        let swamped = slope(&Inflatable { afloat: Afloat::Swamped, ..boat(50.0, 0.0) });
        assert!(light > heavy && heavy > swamped && swamped > 0.01, "{light} {heavy} {swamped}");
        let without = mean(&boat(30.0, 0.28).leeways(1, true).unwrap());
        // times a mean discrepancy of exp(ln(1.25)^2 / 2)
        assert!((light - without - 0.006).abs() < 6e-4, "the waves' share is left out once a field tells them");
    }

    #[test]
    fn what_no_tube_carries_is_refused() {
        let e = boat(190.0, 0.3).leeways(1, false).unwrap_err();
        assert!(e.tube_m > 0.65, "{e}");
        assert!(boat(5.0, 0.05).leeways(1, false).is_err());
    }

    #[test]
    fn a_person_is_a_mixture_in_the_ledgers_proportions() {
        let Object::Believed(all) = person(true, 1) else { panic!("believed") };
        let share = |id: u32| all.iter().filter(|l| **l == crate::category::category(id).unwrap().leeway).count();
        assert_eq!(share(1) + share(2) + share(3), OUTER);
        // strata: exact but for the two edges
        assert!((share(1) as f64 - 51.2).abs() < 1.5 && (share(2) as f64 - 102.4).abs() < 1.5);
    }
}
