//! Survival in the water in four phases: the first minutes, support, cooling, and collapse around rescue.
//!
//! Each phase has a file with its equation. [`RescueConstants`] is one state of knowledge of all of them;
//! [`Rates`] is what they come to in one sea, computed once and used for every person.

pub mod cold_shock;
pub mod collapse;
pub mod cooling;
pub mod lifejacket;
pub mod support;

mod rates;

pub use rates::{Conditions, Light, Rates, STATES, State};

use crate::lifts::LiftConstants;
use crate::person::PopulationConstants;
use plimsoll_core::ledger::Knowledge;

/// Every constant of the rescue model in one state of knowledge.
#[derive(Clone, Copy, Debug)]
pub struct RescueConstants {
    /// Who is in the water.
    pub population: PopulationConstants,
    /// Phase 1.
    pub cold_shock: cold_shock::ColdShockConstants,
    /// What jackets do.
    pub lifejacket: lifejacket::LifejacketConstants,
    /// Phase 2.
    pub support: support::SupportConstants,
    /// Phase 3.
    pub cooling: cooling::CoolingConstants,
    /// Phase 4.
    pub collapse: collapse::CollapseConstants,
    /// Lifting.
    pub lifts: LiftConstants,
}

impl RescueConstants {
    /// The constants as `knowledge` has them.
    #[must_use]
    pub fn draw(knowledge: &Knowledge) -> Self {
        Self {
            population: PopulationConstants::draw(knowledge),
            cold_shock: cold_shock::ColdShockConstants::draw(knowledge),
            lifejacket: lifejacket::LifejacketConstants::draw(knowledge),
            support: support::SupportConstants::draw(knowledge),
            cooling: cooling::CoolingConstants::draw(knowledge),
            collapse: collapse::CollapseConstants::draw(knowledge),
            lifts: LiftConstants::draw(knowledge),
        }
    }

    /// The model's earlier form, for comparison with the reference Monte Carlo only: whoever holds, holds for ever; no
    /// ceiling on cooling time; nothing shared between the people of one event; no splash; points for beliefs.
    #[must_use]
    pub fn earlier_form() -> Self {
        Self {
            population: PopulationConstants::earlier_form(),
            cold_shock: cold_shock::ColdShockConstants::earlier_form(),
            lifejacket: lifejacket::LifejacketConstants::earlier_form(),
            support: support::SupportConstants::earlier_form(),
            cooling: cooling::CoolingConstants::earlier_form(),
            collapse: collapse::CollapseConstants::earlier_form(),
            lifts: LiftConstants::draw(&Knowledge::central()),
        }
    }
}
