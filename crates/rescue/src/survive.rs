//! The survival curve of a group.
