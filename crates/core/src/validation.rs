//! Known answers: what a case is, wherever it comes from. Crates list theirs; the self-test prints them, tests assert them,
//! the validation page shows them.

/// One computed figure beside the figure that it should have.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Number in the validation plan, such as "V1".
    pub id: String,
    /// What is tested.
    pub name: String,
    /// Where the expected figure comes from.
    pub origin: String,
    /// Which quantity.
    pub quantity: String,
    /// Its unit, "1" where there is none.
    pub unit: String,
    /// The expected figure; for a band, its middle.
    pub expected: f64,
    /// The largest difference that passes; for a band, half its width.
    pub tolerance: f64,
    /// Our figure.
    pub computed: f64,
    /// Why this case is known to be missed, if it is. It stays visible as a miss.
    pub known_miss: Option<String>,
}

impl Case {
    /// A case with a value and a tolerance.
    #[must_use]
    pub fn new(id: &str, name: &str, origin: &str, quantity: &str, unit: &str) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            origin: origin.into(),
            quantity: quantity.into(),
            unit: unit.into(),
            expected: f64::NAN,
            tolerance: 0.0,
            computed: f64::NAN,
            known_miss: None,
        }
    }

    /// Expects `expected` within `tolerance`, given `computed`.
    #[must_use]
    pub fn value(mut self, expected: f64, tolerance: f64, computed: f64) -> Self {
        (self.expected, self.tolerance, self.computed) = (expected, tolerance, computed);
        self
    }

    /// Expects a figure between `low` and `high`, given `computed`.
    #[must_use]
    pub fn band(self, low: f64, high: f64, computed: f64) -> Self {
        self.value(0.5 * (low + high), 0.5 * (high - low), computed)
    }

    /// Marks the case as a known miss, with its reason.
    #[must_use]
    pub fn missed(mut self, why: &str) -> Self {
        self.known_miss = Some(why.into());
        self
    }

    /// Whether there is a figure of ours at all. A case that was not run is a known miss without one.
    #[must_use]
    pub fn was_run(&self) -> bool {
        self.computed.is_finite()
    }

    /// Whether our figure lies within the tolerance. Rounding of the band's ends is forgiven (1 part in 1e12).
    #[must_use]
    pub fn passes(&self) -> bool {
        (self.computed - self.expected).abs() <= self.tolerance + 1e-12 * self.expected.abs()
    }
}

/// Asserts that every case passes, but for the known misses, which must still be missed: a mended case loses its mark.
///
/// # Panics
/// On the first case that is not as stated.
pub fn assert_as_stated(cases: &[Case]) {
    assert!(!cases.is_empty(), "no cases");
    for c in cases {
        assert_eq!(
            c.passes(),
            c.known_miss.is_none(),
            "{} {} ({}): expected {} +- {}, computed {}; known miss: {:?}",
            c.id,
            c.name,
            c.quantity,
            c.expected,
            c.tolerance,
            c.computed,
            c.known_miss
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_and_misses() {
        let c = Case::new("T1", "", "", "", "1").band(1.0, 3.0, 3.0);
        assert!(c.passes());
        assert_as_stated(&[c.clone(), c.clone().band(1.0, 2.0, 3.0).missed("because")]);
        assert!(!Case::new("T2", "", "", "", "1").passes());
    }
}
