//! Places on the earth: checked positions, how they are read and echoed, and distances on the WGS84 ellipsoid.

pub mod geodesic;
mod position;

pub use geodesic::{Course, LocalPlane, course, destination, distance_m};
pub use position::{LonLat, PositionError};
