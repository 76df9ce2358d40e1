//! Importance weights: how many draws they are worth, draws in proportion to them, and quantiles under them.

use plimsoll_core::maths::exp;

/// Weights that sum to 1.
#[derive(Clone, Debug)]
pub struct Weights(pub Vec<f64>);

impl Weights {
    /// From the logarithms of likelihoods.
    ///
    /// # Panics
    /// Where no draw is possible at all.
    #[must_use]
    pub fn from_logs(logs: &[f64]) -> Self {
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        assert!(most.is_finite(), "no draw foretells what was observed");
        let raw: Vec<f64> = logs.iter().map(|l| exp(l - most)).collect();
        let total: f64 = raw.iter().sum();
        Self(raw.into_iter().map(|w| w / total).collect())
    }

    /// How many equally weighted draws they are worth (Kish).
    #[must_use]
    pub fn effective(&self) -> f64 {
        1.0 / self.0.iter().map(|w| w * w).sum::<f64>()
    }

    /// `count` draws in proportion to the weights, systematically: draw i as often as its weight says, rounded up or down.
    #[must_use]
    pub fn resample(&self, count: u32) -> Vec<u32> {
        let mut out = Vec::with_capacity(count as usize);
        let (mut sum, mut i) = (self.0[0], 0);
        for k in 0..count {
            let target = (f64::from(k) + 0.5) / f64::from(count);
            while sum < target && i + 1 < self.0.len() {
                i += 1;
                sum += self.0[i];
            }
            out.push(i as u32);
        }
        out
    }

    /// The mean of a figure.
    #[must_use]
    pub fn mean(&self, figure: impl Fn(usize) -> f64) -> f64 {
        self.0.iter().enumerate().filter(|(_, w)| **w > 0.0).map(|(i, w)| w * figure(i)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_taken_in_proportion() {
        let w = Weights::from_logs(&[0.0, f64::NEG_INFINITY, plimsoll_core::maths::ln(3.0)]);
        assert!((w.0[2] - 0.75).abs() < 1e-12);
        assert!((w.effective() - 1.6).abs() < 1e-12);
        let taken = w.resample(8);
        assert_eq!(taken, [0, 0, 2, 2, 2, 2, 2, 2]);
        assert!((w.mean(|i| i as f64) - 1.5).abs() < 1e-12);
    }

    /// A conjugate case: rate of a Poisson number with a gamma belief, drawn from the belief and weighed.
    #[test]
    fn weighing_gives_the_known_posterior() {
        use plimsoll_core::maths::ln;
        // exponential belief with mean 1, 3 events seen in 2 units of time: the rate has mean 4/3 and variance 4/9
        let rates: Vec<f64> = (0..20_000).map(|i| -ln((f64::from(i) + 0.5) / 20_000.0)).collect();
        let logs: Vec<f64> = rates.iter().map(|r| 3.0 * ln(2.0 * r) - 2.0 * r).collect();
        let w = Weights::from_logs(&logs);
        let mean = w.mean(|i| rates[i]);
        assert!((mean - 4.0 / 3.0).abs() < 1e-3, "{mean}");
        assert!((w.mean(|i| (rates[i] - mean) * (rates[i] - mean)) - 4.0 / 9.0).abs() < 2e-3);
    }
}
