//! What the fields and the regression do not tell: wind, current and leeway differ from them, and the difference lasts a while.
//!
//! An Ornstein-Uhlenbeck process with standard deviation `s` and decorrelation time `T`. Over a step the new value and the
//! *mean over the step* are drawn together from their exact joint distribution, so that neither spread nor displacement depends on the
//! step (Gillespie 1996, Phys. Rev. E 54:2084, eqs 3.5 to 3.8). The reference model draws a new independent value each step, and its
//! clouds grow with the root of the step.

use crate::state::{LANES, Lane};
use plimsoll_core::maths::exp;
use plimsoll_core::maths::lanes::normal_pair;
use plimsoll_core::random::{Purpose, Stream, unit_f32};

/// Outer draws of what is not known: as many as the ensemble has.
pub(crate) const OUTER: usize = 256;

/// One step of a process of unit variance, for a group of lanes: `v' = a v + s z1`, mean over the step `p v + q z1 + r z2`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joint {
    a: Lane,
    s: Lane,
    p: Lane,
    q: Lane,
    r: Lane,
}

/// The numbers of [`Joint`] for one decorrelation time.
fn joint(step_s: f64, decorrelation_s: f64) -> [f64; 5] {
    let h = step_s / decorrelation_s;
    let a = exp(-h);
    let s = (1.0 - a * a).max(0.0).sqrt();
    let p = (1.0 - a) / h;
    let q = if s > 0.0 { (1.0 - a) * (1.0 - a) / (h * s) } else { 0.0 };
    let mean = (2.0 * h - 3.0 + 4.0 * a - a * a) / (h * h);
    [a, s, p, q, (mean - q * q).max(0.0).sqrt()]
}

/// A step of a process for every outer draw: lanes of a group are consecutive particles, so that sixteen tables serve all.
pub(crate) fn table(step_s: f64, decorrelation_s: &[f64; OUTER]) -> Vec<Joint> {
    let zero = [0.0; LANES];
    let mut out = vec![Joint { a: zero, s: zero, p: zero, q: zero, r: zero }; OUTER / LANES];
    for (k, t) in decorrelation_s.iter().enumerate() {
        let (j, l) = (&mut out[k / LANES], k % LANES);
        [j.a[l], j.s[l], j.p[l], j.q[l], j.r[l]] = joint(step_s, *t).map(|v| v as f32);
    }
    out
}

/// Four independent standard normal numbers for each lane.
#[inline(always)]
pub(crate) fn normals(stream: &Stream, first: u64, step: u32, purpose: Purpose) -> [Lane; 4] {
    let mut id = [0_u64; LANES];
    for l in 0..LANES {
        id[l] = first + l as u64;
    }
    let bits = stream.block_lanes(&id, &[step; LANES], purpose, 0);
    let mut u = [[0.0; LANES]; 4];
    for w in 0..4 {
        for l in 0..LANES {
            u[w][l] = unit_f32(bits[w][l]);
        }
    }
    let (a, b) = normal_pair(&u[0], &u[1]);
    let (c, d) = normal_pair(&u[2], &u[3]);
    [a, b, c, d]
}

/// Two components of a process, with the four normal numbers of each lane: their state of unit variance advances, and their means
/// over the step are told.
#[inline(always)]
pub(crate) fn advance(joint: &Joint, z: &[Lane; 4], state: &mut [Lane], mean: &mut [Lane]) {
    for k in 0..2 {
        for l in 0..LANES {
            let (v, z1, z2) = (state[k][l], z[2 * k][l], z[2 * k + 1][l]);
            state[k][l] = joint.a[l] * v + joint.s[l] * z1;
            mean[k][l] = joint.p[l] * v + joint.q[l] * z1 + joint.r[l] * z2;
        }
    }
}

/// The first value of a process of two components, with unit variance.
pub(crate) fn fresh(stream: &Stream, first: u64, step: u32, purpose: Purpose) -> [Lane; 2] {
    let [a, _, b, _] = normals(stream, first, step, purpose);
    [a, b]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The variance of a displacement over 24 h in steps of any length is the closed form `2 T^2 (t/T - 1 + e^(-t/T))`
    /// (Taylor 1921), by recursion of the covariances, without sampling.
    #[test]
    fn displacement_does_not_depend_on_the_step() {
        let total = 86_400.0;
        for decorrelation in [1800.0, 3600.0, 36_000.0] {
            let h = total / decorrelation;
            let exact = 2.0 * decorrelation * decorrelation * (h - 1.0 + exp(-h));
            for step in [300.0, 600.0, 1800.0, 3600.0] {
                let [a, s, p, q, r] = joint(step, decorrelation);
                // variance of v, of x, and their covariance, starting from a stationary v at x = 0
                let (vv, mut vx, mut xx) = (1.0, 0.0, 0.0);
                for _ in 0..(total / step) as u32 {
                    xx += 2.0 * step * p * vx + step * step * (p * p * vv + q * q + r * r);
                    vx = a * vx + step * (a * p * vv + s * q);
                }
                assert!((xx / exact - 1.0).abs() < 1e-9, "{decorrelation} {step}: {xx} {exact}");
            }
        }
    }
}
