//! Answers as files for other tools.

pub mod csv;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod places;
pub mod trajectory;
