//! Fields with a formula: known problems for tests, benchmarks and examples, and the constant field.

use crate::grid::projection::{metres_per_degree, wrap};
use plimsoll_core::maths::sin_cos;
use std::f64::consts::TAU;

/// A field that a formula gives anywhere at any time. Vectors are east and north.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Known {
    /// The same everywhere and always (a number is the first component).
    Constant([f64; 2]),
    /// An eddy that turns like a rigid wheel, anticlockwise with a positive period, upon a stream that turns or pulses with the tide:
    /// on the plane that touches the earth at the centre, `(u, v) = w (-y, x) + stream cos(2 pi (t - t0) / T)`.
    Rotation {
        /// Longitude and latitude of the centre, degrees.
        centre: [f64; 2],
        /// Time of one turn, s.
        turn_s: f64,
        /// Amplitude of the stream, m/s east and north.
        stream_m_s: [f64; 2],
        /// Period of the stream, s.
        stream_period_s: f64,
        /// When the stream is at its greatest, milliseconds since 1970.
        zero_ms: f64,
    },
    /// A vector that swings to and fro: `amplitude cos(2 pi (t - t0) / T)`.
    Oscillating {
        /// Amplitude east and north.
        amplitude: [f64; 2],
        /// Period, s.
        period_s: f64,
        /// When it is at its greatest, milliseconds since 1970.
        zero_ms: f64,
    },
}

impl Known {
    /// The value at a place and an instant.
    #[must_use]
    pub fn value(&self, lon_deg: f64, lat_deg: f64, time_ms: f64) -> [f64; 2] {
        let swing = |period_s: f64, zero_ms: f64| sin_cos(TAU * ((time_ms - zero_ms) * 1e-3 / period_s)).1;
        match self {
            Self::Constant(v) => *v,
            Self::Oscillating { amplitude, period_s, zero_ms } => {
                let c = swing(*period_s, *zero_ms);
                amplitude.map(|a| a * c)
            }
            Self::Rotation { centre, turn_s, stream_m_s, stream_period_s, zero_ms } => {
                let [east, north] = metres_per_degree(centre[1]);
                let (x, y) = (wrap(lon_deg - centre[0]) * east, (lat_deg - centre[1]) * north);
                let (w, c) = (TAU / turn_s, swing(*stream_period_s, *zero_ms));
                [-w * y + stream_m_s[0] * c, w * x + stream_m_s[1] * c]
            }
        }
    }
}
