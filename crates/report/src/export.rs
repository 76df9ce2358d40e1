//! Answers as files for other tools.

pub mod csv;
pub mod trajectory;
