//! What is worth knowing: which answer would change the choice ([`evppi`]), and what would have to be otherwise for a verdict to
//! change ([`flip`]).

pub mod evppi;
pub mod flip;
