//! Where things go: release, leeway, stranding, density.
//!
//! [`run::run`] takes a [`run::Setup`], a [`plimsoll_sea::set::Set`] of fields and a [`stranding::Land`], and shows the particles to a
//! [`run::Observer`] at every output time; [`summary::Summary`] is one that keeps what a search needs.

pub mod category;
pub mod density;
mod forcing;
pub mod inflatable;
pub mod kept;
pub mod ledger;
pub mod leeway;
pub mod life;
mod noise;
mod percentiles;
mod pieces;
mod plan;
pub mod plane;
pub mod release;
pub mod run;
pub mod simd;
pub mod snapshot;
pub mod state;
pub mod step;
pub mod stranding;
pub mod summary;
pub mod validation;

pub use ledger::LEDGER;
