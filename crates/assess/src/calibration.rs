//! Fitting the judged constants to what happened, and holding what they say against it.
//!
//! The constants fall into five groups that share no observation ([`groups`]). Each group is drawn many times from its own beliefs,
//! and each draw is weighed by how well it foretells the observations of the group: replays of single mass immersions
//! ([`immersions`]), numbers of deaths in the other fatal events ([`sizes`]), and numbers of events in a year ([`years`]). Draws
//! taken in proportion to their weights are the calibrated constants ([`asset`]), which an assessment uses unless told otherwise.

pub mod asset;
pub mod backtest;
pub mod conditional;
pub mod facts;
pub mod fit;
pub mod groups;
pub mod immersions;
pub mod ordered;
pub mod record;
pub mod sizes;
pub mod told;
pub mod weights;
pub mod years;

pub use asset::{calibrated, named};

/// Seed of every draw of the calibration.
pub const SEED: u64 = 20_261_126;
