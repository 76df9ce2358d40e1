//! Control-C: a flag that the ensemble looks at between pieces, so that an interrupted run leaves nothing half written.

use crate::failure::Failure;
use std::sync::atomic::{AtomicBool, Ordering};

static CANCELLED: AtomicBool = AtomicBool::new(false);

/// Sets the flag on Control-C or a request to terminate. The second time, the program ends where it stands.
pub fn watch() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        if CANCELLED.swap(true, Ordering::Relaxed) {
            #[expect(clippy::exit, reason = "asked twice, it must not wait for a computation")]
            std::process::exit(130);
        }
    })
    .map_err(|e| Failure::world("cannot watch for Control-C", std::io::Error::other(e)))
}

/// The flag, for [`plimsoll_core::ensemble::run`].
pub fn flag() -> &'static AtomicBool {
    &CANCELLED
}
