//! Linear dispersion: `omega^2 = g k tanh(k d)`.

use crate::GRAVITY_M_S2 as G;
use plimsoll_core::maths::{cosh, tanh};

/// Wavenumber, rad/m, of a wave of angular frequency `omega_rad_s` over water of depth `depth_m` (both positive).
///
/// Newton's method on Airy's dispersion relation, to full precision; deep water (`k0 d` > 30) is closed.
#[must_use]
pub fn wavenumber_rad_m(omega_rad_s: f64, depth_m: f64) -> f64 {
    let deep = omega_rad_s * omega_rad_s / G;
    if deep * depth_m > 30.0 {
        return deep;
    }
    // Eckart (1952) as a start lies within 5 %; from below the root Newton's first step cannot leave the positive side.
    let mut k = deep / tanh(deep * depth_m).sqrt();
    for _ in 0..12 {
        let t = tanh(k * depth_m);
        let c = cosh(k * depth_m);
        let step = (k * t - deep) / (t + k * depth_m / (c * c));
        k -= step;
        if step.abs() <= 1e-15 * k {
            break;
        }
    }
    k
}

/// Wavelength, m, of a wave of period `period_s` over water of depth `depth_m`.
#[must_use]
pub fn wavelength_m(period_s: f64, depth_m: f64) -> f64 {
    let tau = std::f64::consts::TAU;
    tau / wavenumber_rad_m(tau / period_s, depth_m)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_its_equation() {
        for i in 1..80 {
            for depth in [0.2, 0.7, 2.0, 8.0, 30.0, 200.0] {
                let omega = f64::from(i) * 0.1;
                let k = wavenumber_rad_m(omega, depth);
                let residual = G * k * tanh(k * depth) / (omega * omega) - 1.0;
                assert!(residual.abs() < 1e-12, "{omega} {depth} {residual:e}");
            }
        }
    }

    #[test]
    fn shallow_and_deep_limits() {
        let k = wavenumber_rad_m(0.01, 1.0);
        assert!((0.01 / k / G.sqrt() - 1.0).abs() < 1e-5);
        assert!((wavenumber_rad_m(5.0, 100.0) - 25.0 / G).abs() < 1e-15);
    }
}
