//! Every option followed to its end, compared, explained.

pub mod comparison;
pub mod course;
pub mod information;
pub mod ledger;
pub mod options;
pub mod outcome;
pub mod rates;
