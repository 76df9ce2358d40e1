//! Shapes of wave spectra.

use crate::ledger::exact;
use plimsoll_core::maths::{exp, pow, sinh, tanh};
use std::sync::LazyLock;

struct Jonswap {
    gamma: f64,
    sigma: [f64; 2],
}

static JONSWAP: LazyLock<Jonswap> = LazyLock::new(|| Jonswap {
    gamma: exact("spectrum.peak_enhancement"),
    sigma: ["spectrum.width_below_peak", "spectrum.width_above_peak"].map(exact),
});

/// JONSWAP shape (Hasselmann et al. 1973), without its scale, at `ratio` = frequency over peak frequency:
/// `r^-5 exp(-1.25 r^-4) gamma^exp(-(r-1)^2 / 2 sigma^2)`.
#[must_use]
pub fn jonswap(ratio: f64) -> f64 {
    if ratio <= 0.05 {
        return 0.0;
    }
    let r2 = ratio * ratio;
    let r4 = r2 * r2;
    let sigma = JONSWAP.sigma[usize::from(ratio > 1.0)];
    let z = (ratio - 1.0) / sigma;
    exp(-1.25 / r4) / (r4 * ratio) * pow(JONSWAP.gamma, exp(-0.5 * z * z))
}

/// What finite depth does to the shape (Bouws et al. 1985, TMA; Kitaigorodskii's factor):
/// `tanh^2(kd) / (1 + 2kd / sinh 2kd)` at relative depth `kd`.
#[must_use]
pub fn tma_factor(kd: f64) -> f64 {
    if kd > 20.0 {
        return 1.0;
    }
    let t = tanh(kd);
    t * t / (1.0 + 2.0 * kd / sinh(2.0 * kd))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peak_is_at_one() {
        let top = jonswap(1.0);
        assert!(top > jonswap(0.98) && top > jonswap(1.02));
        assert!((top - 3.3 * exp(-1.25)).abs() < 1e-12);
        assert_eq!(jonswap(0.01), 0.0);
    }

    #[test]
    fn depth_factor_limits() {
        assert!((tma_factor(19.9) - 1.0).abs() < 1e-12);
        // Shallow: kd^2 / 2.
        assert!((tma_factor(0.01) / 5e-5 - 1.0).abs() < 1e-3);
    }
}
