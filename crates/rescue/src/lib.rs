//! How long people live in the water, how they are found, lifted and accounted for.
//!
//! One call of [`event::run`] follows everyone who enters the water in one realisation to the end: lifted (by whom),
//! dead (in which phase), or not recovered within the horizon. [`survive::curve`] gives the survival curve of a group
//! without a queue of rescuers. All times are minutes since the loss. Nothing here reads, writes, logs or, once its
//! [`event::Scratch`] has grown, allocates.

pub mod arrival;
pub mod assets;
pub mod event;
pub mod ledger;
pub mod lifts;
pub mod person;
pub mod survival;
pub mod survive;
pub mod transfer;
pub mod validation;

pub use ledger::LEDGER;
