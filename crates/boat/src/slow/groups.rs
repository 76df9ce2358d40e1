//! How the energy that moves the boat varies from one stretch of sea to the next.
//!
//! A stretch has sixteen components of random energy. Their sum in the boat's motion against the water is nearly gamma distributed
//! about its mean, with a variance `v` that follows from the balanced probe of a nearly linear boat: there every stretch has the
//! mean energy, and the excess kurtosis is `-c`; for the whole to be Gaussian, `(1 + v) (3 - c) = 3`.

use crate::lanes::probe::Probe;
use plimsoll_core::maths::{exp, normal_quantile};

/// Distribution of a stretch's energy over its mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Groups {
    variance: f64,
}

impl Groups {
    /// From a balanced probe in a sea so low that the boat is linear.
    pub(super) fn of(linear: &Probe) -> Self {
        let c = -linear.edges[1].central().2;
        // Sixteen equal components give 0.06, two equal ones 1: anything outside is the noise of a boat that hardly moves.
        let variance = (c / (3.0 - c)).clamp(0.03, 1.0);
        Self { variance }
    }

    /// Two energies with weights that have the gamma distribution's first three moments.
    pub(super) fn nodes(&self) -> [(f64, f64); 2] {
        let v = self.variance;
        let (deviation, half_skew) = (v.sqrt(), v.sqrt());
        let root = (1.0 + half_skew * half_skew).sqrt();
        [-1.0, 1.0].map(|side| {
            let weight = 0.5 * (1.0 - side * half_skew / root);
            (weight, 1.0 + deviation * (half_skew + side * root))
        })
    }

    /// Shape of a gamma distribution with the variance that the rate of crossings of `z` has from stretch to stretch: with energy
    /// `f`, the rate is in proportion to `exp(-z^2 / 2 f)`.
    pub(super) fn rate_shape(&self, z: f64) -> f64 {
        const N: u32 = 48;
        let (mut first, mut second) = (0.0, 0.0);
        for i in 0..N {
            let q = normal_quantile((f64::from(i) + 0.5) / f64::from(N));
            // Wilson and Hilferty (1931).
            let root = 1.0 - self.variance / 9.0 + q * (self.variance / 9.0).sqrt();
            let f = (root * root * root).max(1e-3);
            let rate = exp(0.5 * z * z * (1.0 - 1.0 / f));
            first += rate;
            second += rate * rate;
        }
        let spread = second * f64::from(N) / (first * first) - 1.0;
        (1.0 / spread.max(1e-3)).max(1e-3)
    }
}
