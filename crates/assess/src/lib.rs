//! plimsoll-assess
