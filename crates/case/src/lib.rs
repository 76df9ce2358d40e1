//! What is asked (scenarios, with spans for errors) and what was answered (versioned results).

pub mod answer;
pub mod credibility;
pub mod drift;
pub mod encounter;
pub mod fuzz;
pub mod ledger;
pub mod scenario;
