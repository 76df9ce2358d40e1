//! plimsoll-rescue
