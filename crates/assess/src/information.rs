//! What is worth knowing: which answer would change the choice ([`plimsoll_core::evppi`]), what would have to be otherwise for a verdict to
//! change ([`flip`]), and what the expected deaths hang on ([`sobol`]).

mod again;
pub mod flip;
pub mod sobol;

use plimsoll_boat::simd::Path;
use std::sync::atomic::AtomicBool;

/// How many runs of one question are carried out.
pub struct Runs<'a> {
    /// Number of threads.
    pub threads: usize,
    /// Which instructions.
    pub path: Path,
    /// Told how many runs are done and how many there are, about.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
    /// Set from outside to stop.
    pub cancel: &'a AtomicBool,
}
