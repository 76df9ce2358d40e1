//! Air chambers that go soft: how high a limp tube stands, and what the loss of one chamber leaves.

/// Height of the crown of a tube that keeps the share `share` of its volume, m.
///
/// A limp, loaded tube of constant perimeter stands `D (1 - sqrt(1 - f))` high; a stiff one keeps `D`. Where it lies between
/// the two nobody has measured: `limpness` runs from 0 (stiff) to 1 (limp).
#[must_use]
pub fn crown_height_m(tube_m: f64, share: f64, limpness: f64) -> f64 {
    tube_m * (1.0 - limpness * (1.0 - share).max(0.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limp_tube_at_three_quarters_stands_half_as_high() {
        assert!((crown_height_m(0.5, 0.75, 1.0) - 0.25).abs() < 1e-15);
        assert_eq!(crown_height_m(0.5, 0.75, 0.0), 0.5);
        assert_eq!(crown_height_m(0.5, 1.0, 1.0), 0.5);
        assert_eq!(crown_height_m(0.5, 0.0, 1.0), 0.0);
    }
}
