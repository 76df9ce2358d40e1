//! The sea in memory: how waves grow, travel, meet a current, break, what surface a small boat feels, and the tide.

pub mod breaking;
pub mod current;
pub mod dispersion;
pub mod growth;
pub mod ledger;
pub mod spectrum;
pub mod tide;
pub mod validation;
pub mod waves;

/// Acceleration of gravity, m/s2: the value that the reference results use.
pub const GRAVITY_M_S2: f64 = 9.81;
