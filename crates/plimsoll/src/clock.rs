//! The one clock. It times what is shown on standard error and what `bench` measures, and says how long ago `since` was;
//! no other answer depends on it.

use plimsoll_core::time::Utc;
use std::time::{Duration, Instant, SystemTime};

/// A stopwatch that runs from its making.
#[derive(Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "the one clock, for messages and measurements only")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    #[expect(clippy::disallowed_methods, reason = "the one clock, for messages and measurements only")]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// This instant; the start of 1970 where the system's clock stands before it.
#[expect(clippy::disallowed_methods, reason = "the one clock: how long ago was `since`")]
pub fn now() -> Utc {
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let ms = i64::try_from(since_1970.as_millis()).unwrap_or(0);
    Utc::from_millis(ms).unwrap_or_else(|| unreachable!("the clock is past the year 9999"))
}

/// Processor time that the program has used so far, all threads together, s; `None` where the system does not tell it.
pub fn processor_s() -> Option<f64> {
    #[cfg(unix)]
    {
        let t = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Some(t.tv_sec as f64 + t.tv_nsec as f64 * 1e-9)
    }
    #[cfg(not(unix))]
    None
}
