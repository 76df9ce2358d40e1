//! The sea in memory: how waves grow, travel, meet a current, break, and what surface a small boat feels.

pub mod breaking;
pub mod coast;
pub mod current;
pub mod dispersion;
pub mod growth;
pub mod ledger;
pub mod spectrum;
pub mod validation;
pub mod waves;

/// Acceleration of gravity, m/s2: the value that the reference results use.
pub const GRAVITY_M_S2: f64 = 9.81;
