//! How the energy that moves the boat varies from one stretch of sea to the next.
//!
//! A stretch has sixteen components of random energy. As far as the boat's motion against the water goes they count like `N` equal ones,
//! and `N` follows from the balanced probe of a nearly linear boat: a sum of `N` equal sinusoids has the excess kurtosis `-1.5 / N`. The
//! energy of `N` exponential components is gamma distributed about its mean with variance `1 / N`. How it is shared out among them
//! does not depend on it (their shares are uniform on a simplex), so that every stretch, given its energy, has the excess kurtosis
//! `-3 / (N + 1)` on average; over all stretches `(1 + 1/N) (3 - 3/(N + 1)) = 3`, a Gaussian sea.
//!
//! It matters: in a high stretch events are both more and larger, and a boat that would bail out the mean is filled in minutes.

use crate::lanes::probe::Probe;
use plimsoll_core::maths::normal_quantile;

/// Classes of energy.
pub(super) const CLASSES: usize = 8;

/// Ends of the classes as shares of all stretches: finer where stretches are high.
const ENDS: [f64; CLASSES + 1] = [0.0, 0.25, 0.5, 0.7, 0.84, 0.92, 0.97, 0.992, 1.0];

/// Distribution of a stretch's energy over its mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Groups {
    variance: f64,
}

impl Groups {
    /// From a balanced probe in a sea so low that the boat is linear.
    pub(super) fn of(linear: &Probe) -> Self {
        let equal = -1.5 / linear.edges[1].central().2.min(-1e-6);
        // Outside of these lies only the noise of a boat that hardly moves.
        let variance = 1.0 / equal.clamp(2.0, 16.0);
        Self { variance }
    }

    /// Excess kurtosis of a stretch of given energy less that of a balanced one.
    pub(super) fn kurtosis_step(&self) -> f64 {
        let v = self.variance;
        1.5 * v - 3.0 * v / (1.0 + v)
    }

    /// Two energies that the fast tier is asked about: those of a two-point law with the gamma distribution's first three moments.
    pub(super) fn nodes(&self) -> [f64; 2] {
        let v = self.variance;
        let root = (1.0 + v).sqrt();
        [-1.0, 1.0].map(|side| 1.0 + v.sqrt() * (v.sqrt() + side * root))
    }

    /// Energy in the middle of a class: the gamma quantile of Wilson and Hilferty (1931), scaled so that the classes' mean is 1.
    pub(super) fn energies(&self) -> [f64; CLASSES] {
        let a = self.variance / 9.0;
        let raw: [f64; CLASSES] = std::array::from_fn(|i| {
            let root = 1.0 - a + normal_quantile(0.5 * (ENDS[i] + ENDS[i + 1])) * a.sqrt();
            (root * root * root).max(1e-3)
        });
        let mean: f64 = (0..CLASSES).map(|i| weight(i) * raw[i]).sum();
        raw.map(|f| f / mean)
    }
}

/// Share of stretches in a class.
pub(super) fn weight(class: usize) -> f64 {
    ENDS[class + 1] - ENDS[class]
}

/// The class of a stretch, for `u` uniform.
pub(super) fn class(u: f64) -> usize {
    ENDS[1..].iter().position(|end| u < *end).unwrap_or(CLASSES - 1)
}
