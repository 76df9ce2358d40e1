//! Quantities at the borders: read with their unit, kept in SI, written back in the unit they came in.
//!
//! Inside, numbers are bare `f64` whose name bears the unit (`speed_m_s`). Here, a unit is always demanded: knots taken for
//! metres a second is this field's classic way to be wrong by two.

mod direction;
mod nearest;
mod quantity;

pub use direction::{Directed, DirectionError, Sense, parse_bearing, parse_directed};
pub use nearest::nearest;
pub use quantity::{Dimension, KNOT_M_S, Quantity, QuantityError, Unit, parse};
