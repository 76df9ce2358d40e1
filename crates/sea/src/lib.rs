//! The sea in memory: fields on grids and between their nodes; how waves grow, travel, meet a current, break, and what surface a
//! small boat feels; the tide and the coast.

pub mod believe;
pub mod breaking;
pub mod coast;
pub mod current;
pub mod dispersion;
pub mod fetch;
pub mod field;
pub mod grid;
pub mod grown;
pub mod growth;
pub mod known;
pub mod ledger;
pub mod sampler;
pub mod set;
pub mod spectrum;
pub mod tide;
pub mod validation;
pub mod waves;

/// Acceleration of gravity, m/s2: the value that the reference results use.
pub const GRAVITY_M_S2: f64 = 9.81;
