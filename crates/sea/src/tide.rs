//! The tide: equilibrium arguments, prediction from harmonic constants, and the atlas of the Dover Strait that the program
//! carries.

pub mod arguments;
mod astronomy;
pub mod atlas;
pub mod believe;
pub mod events;
pub mod prediction;
mod refused;
pub mod stream;

pub use arguments::{Argument, CONSTITUENTS, Constituent, Instant, Phasor};
pub use atlas::{Atlas, Local, Tide, Weights};
pub use prediction::{Amplitude, Constants};
pub use refused::Refused;
pub use stream::Stream;
