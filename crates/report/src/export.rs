//! Answers as files for other tools.

pub mod csv;
pub mod places;
pub mod trajectory;
