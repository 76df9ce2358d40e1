//! What the boat carries: people, and water that came in.

use crate::hull::Hull;
use crate::ledger::LEDGER;
use plimsoll_core::ledger::Knowledge;

/// The load beside the hull itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// Number of people. A fraction is a mean.
    pub people: f64,
    /// Mean mass of a person with wet clothes, kg.
    pub person_mass_kg: f64,
    /// Height of their common centre above the lowest point of the tubes, the floor as it hangs, m.
    pub people_centre_m: f64,
    /// Sideways position of their common centre, positive to starboard, m.
    pub shift_m: f64,
    /// Water aboard, free to run over the floor, m3.
    pub water_m3: f64,
}

impl Load {
    /// Mass of the people, kg.
    #[must_use]
    pub fn people_kg(&self) -> f64 {
        self.people * self.person_mass_kg
    }

    /// Mass of hull and people, kg: all but the water.
    #[must_use]
    pub fn dry_mass_kg(&self, hull: &Hull) -> f64 {
        hull.hull_mass_kg + self.people_kg()
    }

    /// Height of the common centre of hull and people, m.
    #[must_use]
    pub fn dry_centre_m(&self, hull: &Hull) -> f64 {
        (hull.hull_mass_kg * hull.hull_centre_m + self.people_kg() * self.people_centre_m) / self.dry_mass_kg(hull)
    }
}

/// How deep someone sits in the water of a swamped boat, and so how much of their weight the boat still bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Immersion {
    /// Clear of the water.
    Clear,
    /// To the waist.
    Waist,
    /// To the chest.
    Chest,
    /// To the neck.
    Neck,
}

/// Heights of people's centres and the share of their weight that they weigh in the water.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoadConstants {
    /// Common centre of people on the floor, m above the lowest point of the tubes.
    pub centre_floor_m: f64,
    /// Seated on the tubes and on the floor, m.
    pub centre_mixed_m: f64,
    /// Standing on the floor, m.
    pub centre_standing_m: f64,
    /// Load that someone immersed to the waist still is, as a share of their weight.
    pub immersed_waist: f64,
    /// To the chest.
    pub immersed_chest: f64,
    /// To the neck.
    pub immersed_neck: f64,
    /// Closest that people pack when all move to one side, 1/m2.
    pub packing_m2: f64,
}

impl LoadConstants {
    /// These constants in one state of knowledge.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        let v = |id| LEDGER.value(id, k);
        Self {
            centre_floor_m: v("load.centre_floor"),
            centre_mixed_m: v("load.centre_mixed"),
            centre_standing_m: v("load.centre_standing"),
            immersed_waist: v("load.immersed_waist"),
            immersed_chest: v("load.immersed_chest"),
            immersed_neck: v("load.immersed_neck"),
            packing_m2: v("load.packing"),
        }
    }

    /// Load factor `a` of a person: share of the weight that the boat bears.
    #[must_use]
    pub fn factor(&self, immersion: Immersion) -> f64 {
        match immersion {
            Immersion::Clear => 1.0,
            Immersion::Waist => self.immersed_waist,
            Immersion::Chest => self.immersed_chest,
            Immersion::Neck => self.immersed_neck,
        }
    }
}
