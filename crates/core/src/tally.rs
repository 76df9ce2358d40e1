//! Sums and histograms that merge to the same bits in any order: integers only.

use serde::{Deserialize, Serialize, de};

/// Something that absorbs another of its kind, in any order and grouping, with the same result to the bit.
pub trait Merge {
    /// Absorbs `other`.
    fn merge(&mut self, other: Self);
}

/// A sum in fixed point: multiples of 2^-40 in 128 bits. Terms up to 1e9 in number and 1e12 in size cannot overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum(i128);

impl Sum {
    const SCALE: f64 = 1_099_511_627_776.0;

    /// Adds a finite number, rounded to 2^-40.
    #[inline]
    pub fn add(&mut self, x: f64) {
        self.0 += (x * Self::SCALE).round_ties_even() as i128;
    }

    /// The sum.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0 as f64 / Self::SCALE
    }
}

impl Merge for Sum {
    fn merge(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Serialize for Sum {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Sum {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map(Self).map_err(de::Error::custom)
    }
}

/// A histogram over 0, 1, 2 ... of weighted outcomes. One realisation weighs 2^32 in all, however it is split.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    weights: Vec<u64>,
}

impl Histogram {
    /// The weight of one whole realisation.
    pub const ONE: u64 = 1 << 32;

    /// The weight of the share `p` (0 to 1) of a realisation.
    #[must_use]
    pub fn share(p: f64) -> u64 {
        (p.clamp(0.0, 1.0) * Self::ONE as f64).round_ties_even() as u64
    }

    /// Adds `weight` to bin `value`.
    pub fn add(&mut self, value: usize, weight: u64) {
        if weight == 0 {
            return;
        }
        if self.weights.len() <= value {
            self.weights.resize(value + 1, 0);
        }
        self.weights[value] += weight;
    }

    /// Total weight.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.weights.iter().sum()
    }

    /// Probabilities by bin; empty where nothing was added.
    #[must_use]
    pub fn probabilities(&self) -> Vec<f64> {
        let total = self.total() as f64;
        self.weights.iter().map(|w| *w as f64 / total).collect()
    }

    /// The smallest value whose cumulative probability reaches `q`; `None` where nothing was added.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<usize> {
        let total = self.total();
        if total == 0 {
            return None;
        }
        let mut sum = 0;
        for (value, w) in self.weights.iter().enumerate() {
            sum += w;
            if sum as f64 >= q * total as f64 && sum > 0 {
                return Some(value);
            }
        }
        Some(self.weights.len().saturating_sub(1))
    }

    /// The probability of `value` or more.
    #[must_use]
    pub fn at_least(&self, value: usize) -> f64 {
        let above: u64 = self.weights.iter().skip(value).sum();
        let total = self.total();
        if total == 0 { 0.0 } else { above as f64 / total as f64 }
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let total = self.total();
        if total == 0 {
            return 0.0;
        }
        let sum: u128 = self.weights.iter().enumerate().map(|(v, w)| v as u128 * u128::from(*w)).sum();
        sum as f64 / total as f64
    }

    /// The mean of the worst share `tail` of the weight: conditional value at risk, with the atom at the quantile split
    /// (Rockafellar and Uryasev 2002).
    #[must_use]
    pub fn worst_mean(&self, tail: f64) -> f64 {
        let wanted = tail * self.total() as f64;
        if wanted <= 0.0 {
            return 0.0;
        }
        let (mut left, mut sum) = (wanted, 0.0);
        for (value, w) in self.weights.iter().enumerate().rev() {
            let take = left.min(*w as f64);
            sum += take * value as f64;
            left -= take;
            if left <= 0.0 {
                break;
            }
        }
        sum / wanted
    }
}

impl Merge for Histogram {
    fn merge(&mut self, other: Self) {
        if self.weights.len() < other.weights.len() {
            self.weights.resize(other.weights.len(), 0);
        }
        for (a, b) in self.weights.iter_mut().zip(other.weights) {
            *a += b;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Stream};

    #[test]
    fn sums_do_not_depend_on_order() {
        let s = Stream::new(3);
        let xs: Vec<f64> = (0..1000).map(|r| s.normal(r, 0, Purpose::Test, 0) * 1e3).collect();
        let (mut a, mut b, mut c) = (Sum::default(), Sum::default(), Sum::default());
        xs.iter().for_each(|x| a.add(*x));
        xs[..300].iter().rev().for_each(|x| b.add(*x));
        xs[300..].iter().for_each(|x| c.add(*x));
        c.merge(b);
        assert_eq!(a, c);
        assert!((a.value() - xs.iter().sum::<f64>()).abs() < 1e-6);
    }

    #[test]
    fn cvar_of_a_standard_normal() {
        // decision table check: the worst tenth of N(0,1) averages 1.75498
        let mut h = Histogram::default();
        let n = 1_000_000;
        for i in 0..n {
            let z = crate::maths::normal_quantile((f64::from(i) + 0.5) / f64::from(n));
            h.add(((z + 6.0) * 1000.0).round() as usize, 1);
        }
        assert!((h.worst_mean(0.1) / 1000.0 - 6.0 - 1.754_98).abs() < 1e-3);
    }

    #[test]
    fn quantiles_and_tails() {
        let mut h = Histogram::default();
        h.add(0, Histogram::share(0.9));
        h.add(4, Histogram::share(0.1));
        assert_eq!((h.quantile(0.5), h.quantile(0.95)), (Some(0), Some(4)));
        assert!((h.at_least(1) - 0.1).abs() < 1e-9 && (h.mean() - 0.4).abs() < 1e-8);
        assert!((h.worst_mean(0.2) - 2.0).abs() < 1e-8);
    }
}
