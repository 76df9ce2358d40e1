//! Which unknown is worth asking about: the expected value of partial perfect information.
//!
//! EVPPI(x) = min over options of E\[deaths\] minus E over x of min over options of E\[deaths given x\]: the deaths avoided on
//! average by knowing x before choosing. E\[deaths given x\] is a cubic regression of the outer draws' means on x
//! (Strong, Oakley and Brennan 2014, with a polynomial for the spline).

/// [`evppi`] less what the same regression makes of an unknown that has nothing to do with the deaths: the mean over shifts of x
/// against the draws. A regression on noise always finds something; what does not exceed every shift is taken for noise (a
/// permutation test at about 6 %) and is 0.
#[must_use]
pub fn evppi_above_noise(x: &[f64], means: &[Vec<f64>]) -> f64 {
    if means.len() < 2 || x.len() < 2 * SHIFTS {
        return 0.0;
    }
    let mut shifted = x.to_vec();
    let (mut noise, mut most) = (0.0, 0.0_f64);
    for _ in 0..SHIFTS {
        shifted.rotate_left((x.len() / (SHIFTS + 1)).max(1));
        let found = evppi(&shifted, means);
        noise += found / SHIFTS as f64;
        most = most.max(found);
    }
    let value = evppi(x, means);
    if value > most { value - noise } else { 0.0 }
}

/// Shifts that [`evppi_above_noise`] takes the mean over.
const SHIFTS: usize = 16;

/// EVPPI of one unknown: `x[k]` is its value in outer draw k, `means[o][k]` the mean deaths of option o in that draw.
/// Never negative; 0 where x does not vary or fewer than two options can be chosen.
#[must_use]
pub fn evppi(x: &[f64], means: &[Vec<f64>]) -> f64 {
    if means.len() < 2 || x.len() < 8 {
        return 0.0;
    }
    let basis = orthonormal_cubic(x);
    let n = x.len() as f64;
    let mut informed = vec![f64::INFINITY; x.len()];
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

    /// Options 0 and N(0,1), fully learnable: EVPI 0.39894 (science of decisions, closed form).
    #[test]
    fn learnable_standard_normal() {
        let n = 256;
        let z: Vec<f64> = (0..n).map(|i| normal_quantile((f64::from(i) + 0.5) / f64::from(n))).collect();
        let v = evppi(&z, &[vec![0.0; z.len()], z.clone()]);
        assert!((v - 0.398_94).abs() < 0.01, "{v}");
    }

    #[test]
    fn noise_is_taken_off_and_signal_is_left() {
        use crate::random::{Purpose, Stream};
        let s = Stream::new(2);
        let z = |index| -> Vec<f64> { (0..256).map(|r| s.normal(r, 0, Purpose::Test, index)).collect() };
        let (x, y) = (z(0), z(1));
        let options = [vec![0.0; 256], y.iter().zip(&x).map(|(y, x)| 0.1 + y + x).collect()];
        // learning x, half of the variance: E max(0, N(0.1, 1)) - 0.1 is 0.351; five standard errors of 256 draws
        assert!((evppi_above_noise(&x, &options) - 0.351).abs() < 0.15);
        assert!(evppi_above_noise(&z(2), &options) < 0.03);
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
