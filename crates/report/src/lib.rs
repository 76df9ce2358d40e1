//! plimsoll-report
