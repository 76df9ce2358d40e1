//! The one clock. It times what is shown on standard error and what `bench` measures; no answer depends on it.

use std::time::{Duration, Instant};

/// A stopwatch that runs from its making.
#[derive(Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one clock, for messages and measurements only"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one clock, for messages and measurements only"
    )]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
