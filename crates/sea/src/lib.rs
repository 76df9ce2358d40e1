//! plimsoll-sea
