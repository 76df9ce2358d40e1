//! Which unknown is worth asking about: the expected value of partial perfect information.
//!
//! EVPPI(x) = min over options of E\[deaths\] minus E over x of min over options of E\[deaths given x\]: the deaths avoided on
//! average by knowing x before choosing. E\[deaths given x\] is a cubic regression of the outer draws' means on x
//! (Strong, Oakley and Brennan 2014, with a polynomial for the spline).

/// One question: `x[k]` is its value in draw k, `means[o][k]` the mean deaths of option o in that draw.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// What is asked about.
    pub x: &'a [f64],
    /// What hangs on it.
    pub means: &'a [Vec<f64>],
}

/// What an answer is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Worth {
    /// [`evppi`] less what the same regression makes of an unknown that has nothing to do with the deaths.
    pub value: f64,
    /// One standard error of it, by the draws (jackknife).
    pub error: f64,
}

impl Worth {
    /// What it is worth at least, with 95 % confidence.
    #[must_use]
    pub fn at_least(&self) -> f64 {
        (self.value - 1.645 * self.error).max(0.0)
    }
}

/// Chance that any of the questions asked together is found worth asking where none is.
const FAMILY: f64 = 0.05;
/// Shifts of the draws against each other, the one that is no shift among them.
const SHIFTS: usize = 256;
/// Parts of the draws of which the jackknife leaves out one at a time.
const PARTS: usize = 16;

/// What each of these questions is worth; `None` where that cannot be told from noise, over all questions together.
///
/// A regression on noise always finds something, and the best of a dozen finds more. So the deaths are shifted against what is
/// asked about by every part of the draws: what each question makes of that is noise. A question is found worth asking where its
/// value, by the mean and spread of its own noise, exceeds the largest of all questions' values in all but 5 % of the shifts (Westfall
/// and Young 1993, single-step maxT).
#[must_use]
pub fn worth_asking(questions: &[Question<'_>]) -> Vec<Option<Worth>> {
    let shifts = questions.iter().map(|q| q.x.len()).min().unwrap_or(0).min(SHIFTS);
    let noise: Vec<Vec<f64>> = questions.iter().map(|q| shifted(q, shifts)).collect();
    let scores: Vec<Vec<f64>> = noise.iter().map(|v| standardised(v)).collect();
    let most = |shift: usize| scores.iter().filter_map(|s| s.get(shift)).copied().fold(f64::NEG_INFINITY, f64::max);
    let most: Vec<f64> = (0..shifts).map(most).collect();
    let one = |(q, (noise, scores)): (&Question<'_>, (&Vec<f64>, &Vec<f64>))| {
        let score = *scores.first()?;
        let as_much = most.iter().filter(|m| **m >= score).count();
        let value = noise[0] - noise[1..].iter().sum::<f64>() / (shifts - 1) as f64;
        (as_much as f64 <= FAMILY * shifts as f64 && value > 0.0).then(|| Worth { value, error: jackknife(q) })
    };
    questions.iter().zip(noise.iter().zip(&scores)).map(one).collect()
}

/// EVPPI with the deaths shifted by every part of the draws; first by none.
fn shifted(q: &Question<'_>, shifts: usize) -> Vec<f64> {
    let basis = orthonormal_cubic(q.x);
    let step = q.x.len() / shifts.max(1);
    let mut means = q.means.to_vec();
    let mut out = Vec::with_capacity(shifts);
    for _ in 0..shifts {
        out.push(on(&basis, &means));
        means.iter_mut().for_each(|m| m.rotate_left(step));
    }
    out
}

/// Each value less their mean, in their standard deviations; empty where they do not differ.
fn standardised(values: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt();
    if sd > 0.0 { values.iter().map(|v| (v - mean) / sd).collect() } else { vec![] }
}

fn jackknife(q: &Question<'_>) -> f64 {
    let n = q.x.len();
    let without = |part: usize| {
        let left = |v: &[f64]| -> Vec<f64> {
            let out = part * n / PARTS..(part + 1) * n / PARTS;
            v.iter().enumerate().filter(|(k, _)| !out.contains(k)).map(|(_, x)| *x).collect()
        };
        evppi(&left(q.x), &q.means.iter().map(|m| left(m)).collect::<Vec<_>>())
    };
    let values: Vec<f64> = (0..PARTS).map(without).collect();
    let parts = PARTS as f64;
    let mean = values.iter().sum::<f64>() / parts;
    ((parts - 1.0) / parts * values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>()).sqrt()
}

/// EVPPI of one unknown: `x[k]` is its value in outer draw k, `means[o][k]` the mean deaths of option o in that draw.
/// Never negative; 0 where x does not vary or fewer than two options can be chosen.
#[must_use]
pub fn evppi(x: &[f64], means: &[Vec<f64>]) -> f64 {
    on(&orthonormal_cubic(x), means)
}

fn on(basis: &[Vec<f64>], means: &[Vec<f64>]) -> f64 {
    let draws = basis.first().map_or(0, Vec::len);
    if means.len() < 2 || draws < 8 {
        return 0.0;
    }
    let n = draws as f64;
    let mut informed = vec![f64::INFINITY; draws];
    let mut uninformed = f64::INFINITY;
    for m in means {
        uninformed = uninformed.min(m.iter().sum::<f64>() / n);
        let weights: Vec<f64> = basis.iter().map(|b| dot(b, m)).collect();
        for (k, best) in informed.iter_mut().enumerate() {
            let fit: f64 = basis.iter().zip(&weights).map(|(b, w)| b[k] * w).sum();
            *best = best.min(fit);
        }
    }
    (uninformed - informed.iter().sum::<f64>() / n).max(0.0)
}

/// Orthonormal polynomials in x up to degree 3 on these points (Gram-Schmidt); fewer where x takes few values.
fn orthonormal_cubic(x: &[f64]) -> Vec<Vec<f64>> {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let sd = (x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt();
    let scale = if sd > 0.0 { 1.0 / sd } else { 0.0 };
    let mut basis: Vec<Vec<f64>> = Vec::with_capacity(4);
    let mut power = vec![1.0; x.len()];
    for _ in 0..4 {
        let mut b = power.clone();
        // twice, for rounding
        for _ in 0..2 {
            for known in &basis {
                let w = dot(known, &b);
                b.iter_mut().zip(known).for_each(|(b, k)| *b -= w * k);
            }
        }
        let norm = dot(&b, &b).sqrt();
        if norm > 1e-6 * n.sqrt() {
            b.iter_mut().for_each(|b| *b /= norm);
            basis.push(b);
        }
        power.iter_mut().zip(x).for_each(|(p, x)| *p *= (x - mean) * scale);
    }
    basis
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::normal_quantile;
    use crate::random::{Purpose, Stream};

    /// Options 0 and N(0,1), fully learnable: EVPI 0.39894 (science of decisions, closed form).
    #[test]
    fn learnable_standard_normal() {
        let n = 256;
        let z: Vec<f64> = (0..n).map(|i| normal_quantile((f64::from(i) + 0.5) / f64::from(n))).collect();
        let v = evppi(&z, &[vec![0.0; z.len()], z.clone()]);
        assert!((v - 0.398_94).abs() < 0.01, "{v}");
    }

    fn normal(stream: &Stream, replication: u64, index: u32) -> Vec<f64> {
        (0..256).map(|r| stream.normal(replication * 256 + r, 0, Purpose::Test, index)).collect()
    }

    /// Two options, of which the second has 0.1 deaths more on the mean and `share` of its variance from `x`.
    fn options(x: &[f64], y: &[f64], share: f64) -> [Vec<f64>; 2] {
        let second = y.iter().zip(x).map(|(y, x)| 0.1 + (1.0 - share).sqrt() * y + share.sqrt() * x);
        [vec![0.0; x.len()], second.collect()]
    }

    #[test]
    fn noise_is_taken_off_and_signal_is_left() {
        let s = Stream::new(2);
        let (mut sum, mut squares, mut error2) = (0.0, 0.0, 0.0);
        for r in 0..40 {
            let (x, y, z) = (normal(&s, r, 0), normal(&s, r, 1), normal(&s, r, 2));
            let means = options(&x, &y, 0.5);
            let found = worth_asking(&[Question { x: &x, means: &means }, Question { x: &z, means: &means }]);
            let worth = found[0].expect("half of the variance is found");
            sum += worth.value / 40.0;
            squares += worth.value * worth.value / 40.0;
            error2 += worth.error * worth.error / 40.0;
        }
        // learning x of N(0.1, 1 / 2): E max(0, .) - 0.1 is 0.2349; five standard errors of 40 times 256 draws
        assert!((sum - 0.2349).abs() < 0.03, "{sum}");
        let sd = (squares - sum * sum).sqrt();
        assert!((error2.sqrt() / sd - 1.0).abs() < 0.5, "stated {} measured {sd}", error2.sqrt());
    }

    /// Twelve questions that have nothing to do with the deaths: any is found worth asking in 5 % of cases, not in half of them.
    #[test]
    fn a_dozen_questions_about_nothing_are_not_asked() {
        let s = Stream::new(3);
        let n = 300;
        let asked = (0..n).filter(|r| {
            // deaths are few and come many at a time
            let deaths: Vec<f64> = normal(&s, *r, 20).iter().map(|z| crate::maths::exp(2.0 * z)).collect();
            let means = [deaths.clone(), normal(&s, *r, 21).iter().zip(deaths).map(|(z, d)| d + z).collect()];
            let x: Vec<Vec<f64>> = (0..12).map(|i| normal(&s, *r, i)).collect();
            let all: Vec<Question<'_>> = x.iter().map(|x| Question { x, means: &means }).collect();
            worth_asking(&all).iter().any(Option::is_some)
        });
        let share = asked.count() as f64 / n as f64;
        // 5 % and three standard errors of 300
        assert!(share < 0.09, "{share}");
    }

    #[test]
    fn nothing_to_learn_is_worth_nothing() {
        let flat = vec![1.0; 256];
        let x: Vec<f64> = (0..256).map(f64::from).collect();
        assert!(evppi(&x, &[flat.clone(), vec![2.0; 256]]) < 1e-12);
        assert!(evppi(&flat, &[x.clone(), flat.clone()]) < 1e-9);
        assert_eq!(evppi(&x, std::slice::from_ref(&x)), 0.0);
    }
}
