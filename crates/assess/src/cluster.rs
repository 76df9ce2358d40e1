//! How many die together where the boat itself is not lost: crushed, overboard, wading.
//!
//! Such deaths come together: of the fatal events of 2019-26 with people lost while boarding, half took four or five. One occurrence
//! takes one life, and each is followed by another with a chance of its own: a geometric number.

use plimsoll_core::maths::exp;

/// Most deaths that are told apart; more are counted as this many.
pub const MOST: usize = 12;

/// Probabilities of 0 to [`MOST`] deaths.
pub type Deaths = [f64; MOST + 1];

/// Deaths of one occurrence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    sizes: Deaths,
    mean: f64,
}

/// The three kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Clusters {
    /// People crushed or suffocated aboard.
    pub crush: Cluster,
    /// People overboard.
    pub overboard: Cluster,
    /// People who wade to a boat or ashore.
    pub boarding: Cluster,
}

impl Default for Cluster {
    /// Each death alone.
    fn default() -> Self {
        Self::new(0.0)
    }
}

impl Cluster {
    /// Occurrences in which each death is followed by another with this chance, 0 to 1.
    #[must_use]
    pub fn new(another: f64) -> Self {
        let mut sizes = [0.0; MOST + 1];
        let mut left = 1.0;
        for p in &mut sizes[1..MOST] {
            *p = left * (1.0 - another);
            left *= another;
        }
        sizes[MOST] = left;
        let mean = sizes.iter().zip(0..).map(|(p, n)| p * f64::from(n)).sum();
        Self { sizes, mean }
    }

    /// Mean number of deaths of one occurrence.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Deaths where it occurs once, with this probability.
    #[must_use]
    pub fn once(&self, probability: f64) -> Deaths {
        let mut out = self.sizes.map(|p| p * probability);
        out[0] = 1.0 - probability;
        out
    }

    /// Deaths where it occurs any number of times, `expected` deaths in all (compound Poisson, by Panjer's recursion).
    #[must_use]
    pub fn any_number(&self, expected: f64) -> Deaths {
        let rate = expected / self.mean;
        let mut out = [0.0; MOST + 1];
        out[0] = exp(-rate);
        for n in 1..MOST {
            let sum: f64 = (1..=n).map(|k| k as f64 * self.sizes[k] * out[n - k]).sum();
            out[n] = rate / n as f64 * sum;
        }
        out[MOST] = (1.0 - out.iter().sum::<f64>()).max(0.0);
        out
    }
}

/// Deaths of two kinds together.
#[must_use]
pub fn convolve(a: &Deaths, b: &Deaths) -> Deaths {
    let mut c = [0.0; MOST + 1];
    for (i, x) in a.iter().enumerate().filter(|(_, x)| **x > 0.0) {
        for (j, y) in b.iter().enumerate() {
            c[(i + j).min(MOST)] += x * y;
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(d: &Deaths) -> f64 {
        d.iter().zip(0..).map(|(p, n)| p * f64::from(n)).sum()
    }

    #[test]
    fn probabilities_sum_to_one_and_the_mean_is_what_was_asked() {
        for another in [0.0, 0.3, 0.6] {
            let c = Cluster::new(another);
            for d in [c.once(0.2), c.any_number(0.01), convolve(&c.once(0.2), &c.any_number(0.05))] {
                assert!((d.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            }
            assert!((mean(&c.once(0.2)) - 0.2 * c.mean()).abs() < 1e-12);
            assert!((mean(&c.any_number(0.01)) - 0.01).abs() < 1e-5);
        }
        // without a second death a compound Poisson number is a Poisson number
        let p = Cluster::default().any_number(0.5);
        assert!((p[2] - 0.125 * exp(-0.5)).abs() < 1e-12);
        assert!((Cluster::new(0.5).mean() - 2.0).abs() < 1e-3);
    }
}
