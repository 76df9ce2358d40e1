//! From a value to a place on an axis, with few and round ticks.

/// An axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    stretched: bool,
}

impl Scale {
    /// A linear axis from `low` at pixel `from` to `high` at pixel `to`. An empty range is widened.
    #[must_use]
    pub fn linear(low: f64, high: f64, from: f64, to: f64) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        Self { low, high, from, to, stretched: false }
    }

    /// An axis that is stretched near zero: the place goes with the signed square root of the value.
    #[must_use]
    pub fn stretched(low: f64, high: f64, from: f64, to: f64) -> Self {
        Self { stretched: true, ..Self::linear(low, high, from, to) }
    }

    /// Whether the axis is stretched near zero, which the figure then says.
    #[must_use]
    pub fn is_stretched(&self) -> bool {
        self.stretched
    }

    fn measure(&self, v: f64) -> f64 {
        if self.stretched { v.signum() * v.abs().sqrt() } else { v }
    }

    /// The pixel of a value, held inside the axis.
    #[must_use]
    pub fn at(&self, v: f64) -> f64 {
        let (low, high) = (self.measure(self.low), self.measure(self.high));
        let share = ((self.measure(v) - low) / (high - low)).clamp(0.0, 1.0);
        self.from + share * (self.to - self.from)
    }

    /// Round values on the axis, `about` so many on a linear one.
    #[must_use]
    pub fn ticks(&self, about: u32) -> Vec<f64> {
        if self.stretched {
            return self.stretched_ticks();
        }
        let step = round_step((self.high - self.low) / f64::from(about.max(1)));
        let first = (self.low / step - 1e-9).ceil();
        (0..=40).map(|i| (first + f64::from(i)) * step).take_while(|v| *v <= self.high + 1e-9 * step).collect()
    }

    /// Those of the ticks, in order, whose labels do not touch, zero and what is nearest to it first; `label` writes one.
    #[must_use]
    pub fn apart(&self, ticks: &[f64], label: impl Fn(f64) -> String) -> Vec<f64> {
        /// Of a digit at the size of tick labels, and the gap between two labels, pixels.
        const DIGIT: f64 = 6.8;
        const GAP: f64 = 8.0;
        let half = |v: f64| 0.5 * DIGIT * f64::from(u32::try_from(label(v).chars().count()).unwrap_or(0));
        let mut order = ticks.to_vec();
        order.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
        let mut kept: Vec<f64> = vec![];
        for v in order {
            if kept.iter().all(|k| (self.at(v) - self.at(*k)).abs() >= half(v) + half(*k) + GAP) {
                kept.push(v);
            }
        }
        kept.sort_by(f64::total_cmp);
        kept
    }

    /// 0 and decades of each side, those that stand at least 34 pixels from the last one taken.
    fn stretched_ticks(&self) -> Vec<f64> {
        let mut ticks = vec![0.0];
        for sign in [-1.0, 1.0] {
            let end = if sign < 0.0 { -self.low } else { self.high };
            let mut last = self.at(0.0);
            let mut step = 1e-3;
            while step <= end {
                for v in [step, 2.0 * step, 5.0 * step].into_iter().filter(|v| *v <= end) {
                    if (self.at(sign * v) - last).abs() >= 34.0 {
                        ticks.push(sign * v);
                        last = self.at(sign * v);
                    }
                }
                step *= 10.0;
            }
        }
        ticks.sort_by(f64::total_cmp);
        ticks
    }
}

/// The smallest of 1, 2, 5 times a power of ten that is at least `step`.
fn round_step(step: f64) -> f64 {
    let mut power = 1e-9;
    while power * 10.0 <= step {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0].map(|k| k * power).into_iter().find(|s| *s >= step * (1.0 - 1e-9)).unwrap_or(power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_and_round() {
        let s = Scale::linear(0.0, 62.0, 0.0, 100.0);
        assert_eq!(s.ticks(4), [0.0, 20.0, 40.0, 60.0]);
        assert_eq!(Scale::linear(0.0, 0.9, 0.0, 1.0).ticks(3).len(), 2);
        let t = Scale::stretched(-41.0, 420.0, 0.0, 380.0).ticks(5);
        assert!(t.contains(&0.0) && t.len() >= 4 && t.len() <= 10, "{t:?}");
    }

    #[test]
    fn labels_never_touch() {
        let s = Scale::linear(-1_000.0, 10_000.0, 14.0, 286.0);
        let all = s.ticks(20);
        let label = |v: f64| format!("{v:+}");
        let kept = s.apart(&all, label);
        assert!(kept.contains(&0.0) && kept.len() < all.len(), "{kept:?} of {all:?}");
        for pair in kept.windows(2) {
            let wide = 3.4 * (label(pair[0]).len() + label(pair[1]).len()) as f64;
            assert!(s.at(pair[1]) - s.at(pair[0]) >= wide, "{pair:?}");
        }
    }

    #[test]
    fn places_are_in_order_and_inside() {
        for s in [Scale::linear(-50.0, 420.0, 10.0, 400.0), Scale::stretched(-50.0, 420.0, 10.0, 400.0)] {
            let mut last = 0.0;
            for k in -60..500 {
                let x = s.at(f64::from(k));
                assert!(x >= last && (10.0..=400.0).contains(&x));
                last = x;
            }
        }
        assert!(Scale::linear(3.0, 3.0, 0.0, 1.0).at(3.0).is_finite());
    }
}
