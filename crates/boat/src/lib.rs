//! plimsoll-boat
