//! What the ensemble says about a mean or a difference, with knowledge and chance kept apart.
//!
//! Realisation r uses outer draw r mod 256 (knowledge); within an outer draw only chance differs. The spread of the outer
//! draws' means holds both; the variance of the inner noise is known from within the draws and taken out (one-way random
//! effects, Searle, Casella and McCulloch 1992, section 3.6).

use plimsoll_core::tally::{Merge, Sum};
use serde::{Deserialize, Serialize};

/// Sums over the realisations of one outer draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inner {
    n: u64,
    sum: Sum,
    squares: Sum,
}

impl Inner {
    /// Adds one realisation's value.
    pub fn add(&mut self, x: f64) {
        self.n += 1;
        self.sum.add(x);
        self.squares.add(x * x);
    }

    /// How many realisations.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.n
    }

    /// Their mean; `None` where there is none.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum.value() / self.n as f64)
    }

    /// The squared standard error of that mean; `None` below two realisations.
    fn error2(&self) -> Option<f64> {
        let (n, m) = (self.n as f64, self.mean()?);
        (self.n > 1).then(|| ((self.squares.value() - n * m * m) / (n - 1.0)).max(0.0) / n)
    }
}

impl Merge for Inner {
    fn merge(&mut self, other: Self) {
        self.n += other.n;
        self.sum.merge(other.sum);
        self.squares.merge(other.squares);
    }
}

/// A mean with its two kinds of uncertainty.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// Mean over knowledge and chance.
    pub mean: f64,
    /// Monte Carlo standard error of the mean, given these outer draws.
    pub mc_se: f64,
    /// Central 95 % of the conditional mean over the outer draws (knowledge), inner noise removed.
    pub knowledge95: [f64; 2],
    /// Central 50 % likewise.
    pub knowledge50: [f64; 2],
    /// 95 % quantile likewise.
    pub knowledge_q95: f64,
    /// Share of the outer spread that is knowledge, 0 where it cannot be told from noise.
    pub knowledge_share: f64,
}

/// Estimates the mean from the outer draws; `None` where fewer than two of them have two realisations or more, for then
/// knowledge cannot be told from chance.
#[must_use]
pub fn estimate<'a>(outer: impl Iterator<Item = &'a Inner>) -> Option<Estimate> {
    let (mut means, mut errors2) = (Vec::new(), Vec::new());
    for o in outer {
        if let (Some(m), Some(e)) = (o.mean(), o.error2()) {
            means.push(m);
            errors2.push(e);
        }
    }
    let k = means.len() as f64;
    if means.len() < 2 {
        return None;
    }
    let mean = means.iter().sum::<f64>() / k;
    let total = means.iter().map(|m| (m - mean) * (m - mean)).sum::<f64>() / (k - 1.0);
    let noise = errors2.iter().sum::<f64>() / k;
    let share = if total > 0.0 { (1.0 - noise / total).max(0.0) } else { 0.0 };
    let shrink = share.sqrt();
    means.sort_by(f64::total_cmp);
    let at = |q: f64| mean + shrink * (sorted_quantile(&means, q) - mean);
    Some(Estimate {
        mean,
        mc_se: (noise / k).sqrt(),
        knowledge95: [at(0.025), at(0.975)],
        knowledge50: [at(0.25), at(0.75)],
        knowledge_q95: at(0.95),
        knowledge_share: share,
    })
}

/// The quantile of sorted values, linear between them (Hyndman and Fan 1996, type 7).
#[must_use]
pub fn sorted_quantile(sorted: &[f64], q: f64) -> f64 {
    let place = q * (sorted.len() - 1) as f64;
    let i = (place as usize).min(sorted.len().saturating_sub(2));
    let t = place - i as f64;
    let next = sorted.get(i + 1).copied().unwrap_or(sorted[i]);
    sorted[i] + t * (next - sorted[i])
}

/// What the paired difference to standing off allows to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Fewer deaths.
    Better,
    /// More deaths.
    Worse,
    /// Neither can be said.
    NoClearDifference,
}

/// The finding: the 95 % knowledge interval excludes zero, the difference exceeds the practical margin of the policy, and Monte Carlo
/// error alone could not have made it. An option never observed with people aboard is never found better.
#[must_use]
pub fn finding(difference: Option<&Estimate>, margin: f64, extrapolated: bool) -> Finding {
    let Some(d) = difference else {
        return Finding::NoClearDifference;
    };
    let [lo, hi] = d.knowledge95;
    let clear = d.mean.abs() > margin && d.mean.abs() > 1.96 * d.mc_se;
    if clear && lo > 0.0 {
        Finding::Worse
    } else if clear && hi < 0.0 && !extrapolated {
        Finding::Better
    } else {
        Finding::NoClearDifference
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_core::random::{Purpose, Stream};

    /// Bernoulli toy: each outer draw has its own difference of two probabilities, inner draws share their uniform number.
    fn toy(stream: &Stream, replication: u64, inner: u64) -> (Vec<Inner>, Vec<f64>) {
        let mut outer = vec![Inner::default(); 256];
        let mut truth = Vec::new();
        for (k, o) in outer.iter_mut().enumerate() {
            let z = stream.normal(replication, k as u32, Purpose::Test, 0);
            let (p, q) = (0.3, (0.3 + 0.05 * z).clamp(0.0, 1.0));
            truth.push(q - p);
            for i in 0..inner {
                let u = stream.uniform(replication, k as u32, Purpose::Test, 1 + i as u32);
                o.add(f64::from(u8::from(u < q)) - f64::from(u8::from(u < p)));
            }
        }
        (outer, truth)
    }

    /// V15: the Monte Carlo interval covers the mean of these outer draws in 95 +- 1 % of replications, and the knowledge
    /// interval covers 95 +- 1 % of the outer draws' true differences.
    #[test]
    fn v15_coverage_on_a_bernoulli_toy() {
        let stream = Stream::new(15);
        let n = 10_000;
        let (mut mc, mut knowledge) = (0.0, 0.0);
        for r in 0..n {
            let (outer, truth) = toy(&stream, r, 40);
            let e = estimate(outer.iter()).unwrap();
            let mean = truth.iter().sum::<f64>() / 256.0;
            mc += f64::from(u8::from((e.mean - mean).abs() <= 1.96 * e.mc_se));
            let [lo, hi] = e.knowledge95;
            knowledge += truth.iter().filter(|t| (lo..=hi).contains(*t)).count() as f64 / 256.0;
        }
        let n = n as f64;
        assert!((mc / n - 0.95).abs() < 0.01, "Monte Carlo coverage {}", mc / n);
        assert!((knowledge / n - 0.95).abs() < 0.01, "knowledge coverage {}", knowledge / n);
    }

    #[test]
    fn an_option_against_itself_is_exactly_zero() {
        let mut outer = vec![Inner::default(); 256];
        outer.iter_mut().for_each(|o| (0..4).for_each(|_| o.add(0.0)));
        let e = estimate(outer.iter()).unwrap();
        assert_eq!((e.mean, e.mc_se, e.knowledge95), (0.0, 0.0, [0.0, 0.0]));
        assert_eq!(finding(Some(&e), 0.005, false), Finding::NoClearDifference);
    }

    #[test]
    fn findings_need_interval_margin_and_observation() {
        let e = |lo: f64, hi: f64| Estimate {
            mean: 0.5 * (lo + hi),
            mc_se: 1e-3,
            knowledge95: [lo, hi],
            knowledge50: [lo, hi],
            knowledge_q95: hi,
            knowledge_share: 1.0,
        };
        assert_eq!(finding(Some(&e(0.1, 0.3)), 0.05, false), Finding::Worse);
        assert_eq!(finding(Some(&e(-0.3, -0.1)), 0.05, false), Finding::Better);
        assert_eq!(finding(Some(&e(-0.3, -0.1)), 0.05, true), Finding::NoClearDifference);
        assert_eq!(finding(Some(&e(0.1, 0.3)), 0.5, false), Finding::NoClearDifference);
        assert_eq!(finding(Some(&e(-0.1, 0.3)), 0.05, false), Finding::NoClearDifference);
        assert_eq!(finding(None, 0.05, false), Finding::NoClearDifference);
    }

    #[test]
    fn one_realisation_an_outer_draw_tells_nothing() {
        let mut outer = vec![Inner::default(); 256];
        outer.iter_mut().for_each(|o| o.add(1.0));
        assert!(estimate(outer.iter()).is_none());
    }
}
