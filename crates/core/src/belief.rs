//! What somebody believes about a number: exact, or a distribution. Every belief is drawn through its quantile, so that
//! one uniform number drives it and draws can be stratified.

use crate::maths;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A number as far as it is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Belief {
    /// Known exactly; never drawn.
    Exact(f64),
    /// Triangular between `low` and `high` with its mode at `likely`.
    Triangular {
        /// Smallest possible value.
        low: f64,
        /// Mode.
        likely: f64,
        /// Largest possible value.
        high: f64,
    },
    /// Uniform between `low` and `high`.
    Uniform {
        /// Smallest possible value.
        low: f64,
        /// Largest possible value.
        high: f64,
    },
    /// Normal, truncated to `low`..`high` where given.
    Normal {
        /// Mean before truncation.
        mean: f64,
        /// Standard deviation before truncation.
        sd: f64,
        /// Truncation from below.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        low: Option<f64>,
        /// Truncation from above.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high: Option<f64>,
    },
    /// Lognormal: the logarithm is normal about ln(`median`) with standard deviation ln(`gsd`).
    LogNormal {
        /// Median, positive.
        median: f64,
        /// Geometric standard deviation, above 1. 95 % lie within `median` times or divided by `gsd`^1.96.
        gsd: f64,
    },
    /// One of `values`, with probabilities in proportion to `weights`.
    Discrete {
        /// Possible values, ascending.
        values: Vec<f64>,
        /// Their weights.
        weights: Vec<f64>,
    },
}

/// Why a belief is not one.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum BeliefError {
    /// A value that is not a finite number.
    #[error("{0} is not a finite number")]
    NotFinite(f64),
    /// Bounds in the wrong order.
    #[error("low {low}, likely {likely}, high {high}: these must ascend, and low be less than high")]
    Order {
        /// Lower bound.
        low: f64,
        /// Mode (the upper bound where there is none).
        likely: f64,
        /// Upper bound.
        high: f64,
    },
    /// A spread that is not positive.
    #[error("a spread of {0} is not possible: sd must be above 0, gsd above 1")]
    Spread(f64),
    /// Lists that do not describe a distribution.
    #[error(
        "values and weights must be two lists of the same length, values ascending, weights not negative and not all 0"
    )]
    Lists,
}

impl Belief {
    /// Checks that this is a distribution.
    ///
    /// # Errors
    /// [`BeliefError`] with the values that prove it.
    pub fn check(&self) -> Result<(), BeliefError> {
        for v in self.numbers() {
            if !v.is_finite() {
                return Err(BeliefError::NotFinite(v));
            }
        }
        match self {
            Self::Exact(_) => Ok(()),
            Self::Uniform { low, high } if low < high => Ok(()),
            Self::Uniform { low, high } => Err(BeliefError::Order { low: *low, likely: *high, high: *high }),
            Self::Triangular { low, likely, high } if low <= likely && likely <= high && low < high => Ok(()),
            Self::Triangular { low, likely, high } => {
                Err(BeliefError::Order { low: *low, likely: *likely, high: *high })
            }
            Self::Normal { sd, low, high, .. } => {
                if *sd <= 0.0 {
                    return Err(BeliefError::Spread(*sd));
                }
                let (a, b) = (low.unwrap_or(f64::MIN), high.unwrap_or(f64::MAX));
                if a >= b {
                    return Err(BeliefError::Order { low: a, likely: b, high: b });
                }
                Ok(())
            }
            Self::LogNormal { median, gsd } => {
                if *median <= 0.0 || *gsd <= 1.0 {
                    return Err(BeliefError::Spread(if *median <= 0.0 { *median } else { *gsd }));
                }
                Ok(())
            }
            Self::Discrete { values, weights } => {
                let ascending = values.windows(2).all(|w| w[0] < w[1]);
                let total: f64 = weights.iter().sum();
                if values.is_empty()
                    || values.len() != weights.len()
                    || !ascending
                    || weights.iter().any(|w| *w < 0.0)
                    || total <= 0.0
                {
                    return Err(BeliefError::Lists);
                }
                Ok(())
            }
        }
    }

    fn numbers(&self) -> Vec<f64> {
        match self {
            Self::Exact(v) => vec![*v],
            Self::Uniform { low, high } => vec![*low, *high],
            Self::Triangular { low, likely, high } => vec![*low, *likely, *high],
            Self::Normal { mean, sd, low, high } => {
                [Some(*mean), Some(*sd), *low, *high].into_iter().flatten().collect()
            }
            Self::LogNormal { median, gsd } => vec![*median, *gsd],
            Self::Discrete { values, weights } => values.iter().chain(weights).copied().collect(),
        }
    }

    /// The value below which the share `u` of the belief lies, `u` in (0, 1).
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::Exact(v) => *v,
            Self::Uniform { low, high } => low + (high - low) * u,
            Self::Triangular { low, likely, high } => {
                let (width, left) = (high - low, likely - low);
                if u * width <= left {
                    low + (u * width * left).sqrt()
                } else {
                    high - ((1.0 - u) * width * (high - likely)).sqrt()
                }
            }
            Self::Normal { mean, sd, low, high } => {
                let cdf = |x: Option<f64>, open: f64| x.map_or(open, |x| maths::normal_cdf((x - mean) / sd));
                let (a, b) = (cdf(*low, 0.0), cdf(*high, 1.0));
                let z = maths::normal_quantile((a + (b - a) * u).clamp(1e-300, 1.0 - 1e-16));
                let x = mean + sd * z;
                x.clamp(low.unwrap_or(f64::MIN), high.unwrap_or(f64::MAX))
            }
            Self::LogNormal { median, gsd } => median * maths::exp(maths::ln(*gsd) * maths::normal_quantile(u)),
            Self::Discrete { values, weights } => {
                let total: f64 = weights.iter().sum();
                let mut sum = 0.0;
                for (v, w) in values.iter().zip(weights) {
                    sum += w;
                    if u * total < sum {
                        return *v;
                    }
                }
                values[values.len() - 1]
            }
        }
    }

    /// The mean, exact where closed and by 4,096-point midpoint quantiles for truncated normals.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Exact(v) => *v,
            Self::Uniform { low, high } => 0.5 * (low + high),
            Self::Triangular { low, likely, high } => (low + likely + high) / 3.0,
            Self::Normal { mean, low: None, high: None, .. } => *mean,
            Self::LogNormal { median, gsd } => {
                let s = maths::ln(*gsd);
                median * maths::exp(0.5 * s * s)
            }
            Self::Discrete { values, weights } => {
                let total: f64 = weights.iter().sum();
                values.iter().zip(weights).map(|(v, w)| v * w).sum::<f64>() / total
            }
            Self::Normal { .. } => {
                let n = 4096;
                (0..n).map(|i| self.quantile((f64::from(i) + 0.5) / f64::from(n))).sum::<f64>() / f64::from(n)
            }
        }
    }

    /// The median.
    #[must_use]
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The support; for unbounded sides the 0.1 % and 99.9 % quantiles.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        match self {
            Self::Exact(v) => (*v, *v),
            Self::Uniform { low, high } | Self::Triangular { low, high, .. } => (*low, *high),
            Self::Normal { low, high, .. } => {
                (low.unwrap_or_else(|| self.quantile(0.001)), high.unwrap_or_else(|| self.quantile(0.999)))
            }
            Self::LogNormal { .. } => (self.quantile(0.001), self.quantile(0.999)),
            Self::Discrete { values, .. } => (values[0], values[values.len() - 1]),
        }
    }

    /// Whether this is a point.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        matches!(self, Self::Exact(_))
    }

    /// The same belief with every value mapped through the increasing line `scale` x + `offset` (unit conversion).
    ///
    /// `scale` must be positive. A lognormal keeps its form only for `offset` 0.
    #[must_use]
    pub fn linear(&self, scale: f64, offset: f64) -> Self {
        let f = |x: f64| scale * x + offset;
        match self {
            Self::Exact(v) => Self::Exact(f(*v)),
            Self::Uniform { low, high } => Self::Uniform { low: f(*low), high: f(*high) },
            Self::Triangular { low, likely, high } => {
                Self::Triangular { low: f(*low), likely: f(*likely), high: f(*high) }
            }
            Self::Normal { mean, sd, low, high } => {
                Self::Normal { mean: f(*mean), sd: scale * sd, low: low.map(f), high: high.map(f) }
            }
            Self::LogNormal { median, gsd } => Self::LogNormal { median: f(*median), gsd: *gsd },
            Self::Discrete { values, weights } => {
                Self::Discrete { values: values.iter().copied().map(f).collect(), weights: weights.clone() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Belief> {
        vec![
            Belief::Exact(3.0),
            Belief::Uniform { low: 1.0, high: 4.0 },
            Belief::Triangular { low: 1.0, likely: 2.0, high: 4.0 },
            Belief::Normal { mean: 2.0, sd: 1.0, low: Some(0.5), high: Some(4.0) },
            Belief::LogNormal { median: 2.0, gsd: 1.5 },
            Belief::Discrete { values: vec![1.0, 2.0, 5.0], weights: vec![1.0, 2.0, 1.0] },
        ]
    }

    #[test]
    fn quantiles_ascend_and_average_to_the_mean() {
        for b in all() {
            b.check().unwrap();
            let n = 20_000;
            let mut last = f64::MIN;
            let mut sum = 0.0;
            for i in 0..n {
                let x = b.quantile((f64::from(i) + 0.5) / f64::from(n));
                assert!(x >= last, "{b:?}");
                last = x;
                sum += x;
            }
            assert!((sum / f64::from(n) - b.mean()).abs() < 2e-3, "{b:?}");
        }
    }

    #[test]
    fn reads_all_forms() {
        #[derive(Deserialize)]
        struct T {
            v: Vec<Belief>,
        }
        let t: T = toml::from_str(
            "v = [3.0, {low=1.0,high=4.0}, {low=1.0,likely=2.0,high=4.0}, {mean=2.0,sd=1.0,low=0.5,high=4.0}, \
             {median=2.0,gsd=1.5}, {values=[1.0,2.0,5.0],weights=[1.0,2.0,1.0]}]",
        )
        .unwrap();
        assert_eq!(t.v, all());
    }

    #[test]
    fn refuses_what_is_no_distribution() {
        for b in [
            Belief::Exact(f64::NAN),
            Belief::Uniform { low: 2.0, high: 2.0 },
            Belief::Triangular { low: 1.0, likely: 5.0, high: 4.0 },
            Belief::Normal { mean: 0.0, sd: 0.0, low: None, high: None },
            Belief::LogNormal { median: 1.0, gsd: 1.0 },
            Belief::Discrete { values: vec![2.0, 1.0], weights: vec![1.0, 1.0] },
        ] {
            assert!(b.check().is_err(), "{b:?}");
        }
    }
}
