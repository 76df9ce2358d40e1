//! plimsoll-case
