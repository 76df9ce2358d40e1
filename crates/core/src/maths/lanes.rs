//! Elementary functions on lanes of f32: straight-line arithmetic that vectorises, with no table, no branch and no fused
//! operation, so that every machine and every vector width gives the same bits.
//!
//! Worst errors against f64, measured over every input that the tests sweep, are stated at each function. Polynomials are
//! those of Moshier's Cephes library (single precision).

use std::f32::consts::{FRAC_1_SQRT_2, LOG2_E, TAU};

/// Natural logarithm of positive, normal numbers. Worst error 3e-7 relative to max(1, |ln x|).
#[must_use]
#[inline(always)]
pub fn ln<const L: usize>(x: &[f32; L]) -> [f32; L] {
    let mut out = [0.0; L];
    for l in 0..L {
        let bits = x[l].to_bits();
        let e = ((bits >> 23) as i32 - 126) as f32;
        let m = f32::from_bits((bits & 0x007f_ffff) | 0x3f00_0000);
        let small = m < FRAC_1_SQRT_2;
        let e = if small { e - 1.0 } else { e };
        let m = if small { m + m - 1.0 } else { m - 1.0 };
        let z = m * m;
        let mut p = 7.037_683_6e-2;
        p = p * m - 1.151_461e-1;
        p = p * m + 1.167_699_9e-1;
        p = p * m - 1.242_014_1e-1;
        p = p * m + 1.424_932_3e-1;
        p = p * m - 1.666_805_8e-1;
        p = p * m + 2.000_071_5e-1;
        p = p * m - 2.499_999_4e-1;
        p = p * m + 3.333_333e-1;
        let y = m * z * p - e * 2.121_944_4e-4 - 0.5 * z;
        out[l] = m + y + e * 0.693_359_4;
    }
    out
}

/// Exponential, argument clamped to -87..88. Worst relative error 2e-7.
#[must_use]
#[inline(always)]
pub fn exp<const L: usize>(x: &[f32; L]) -> [f32; L] {
    let mut out = [0.0; L];
    for l in 0..L {
        let a = if x[l] > 88.0 { 88.0 } else { x[l] };
        let a = if a < -87.0 { -87.0 } else { a };
        let n = nearest(a * LOG2_E);
        let r = a - n * 0.693_359_4 + n * 2.121_944_4e-4;
        let mut p = 1.987_569_2e-4;
        p = p * r + 1.398_2e-3;
        p = p * r + 8.333_452e-3;
        p = p * r + 4.166_579_6e-2;
        p = p * r + 1.666_666_5e-1;
        p = p * r + 0.5;
        let y = p * r * r + r + 1.0;
        out[l] = y * f32::from_bits(((n as i32 + 127) << 23) as u32);
    }
    out
}

/// Sine and cosine of `turns` full turns, for 0 <= turns <= 1. Worst absolute error 1.3e-7.
#[must_use]
#[inline(always)]
pub fn sin_cos_turns<const L: usize>(turns: &[f32; L]) -> ([f32; L], [f32; L]) {
    let (mut s, mut c) = ([0.0; L], [0.0; L]);
    for l in 0..L {
        let k = (turns[l] * 4.0 + 0.5) as i32;
        let r = (turns[l] - k as f32 * 0.25) * TAU;
        let z = r * r;
        let sine = ((-1.951_529_6e-4 * z + 8.332_161e-3) * z - 1.666_665_5e-1) * z * r + r;
        let cosine = ((2.443_315_7e-5 * z - 1.388_731_6e-3) * z + 4.166_664_6e-2) * z * z - 0.5 * z + 1.0;
        let (a, b) = if k & 1 == 0 { (sine, cosine) } else { (cosine, sine) };
        s[l] = if k & 2 == 0 { a } else { -a };
        c[l] = if (k + 1) & 2 == 0 { b } else { -b };
    }
    (s, c)
}

/// Sine and cosine of radians, |x| up to 1e3. Worst absolute error 5e-7 + 1.2e-7 |x| (the argument's own rounding).
#[must_use]
#[inline(always)]
pub fn sin_cos<const L: usize>(x: &[f32; L]) -> ([f32; L], [f32; L]) {
    let mut turns = [0.0; L];
    for l in 0..L {
        let t = x[l] * (1.0 / TAU);
        let t = t - nearest(t);
        turns[l] = if t < 0.0 { t + 1.0 } else { t };
    }
    sin_cos_turns(&turns)
}

/// Nearest whole number for |x| < 4e6, by the rounding of the addition itself: `floor` is a library call without SSE4.1.
#[inline(always)]
fn nearest(x: f32) -> f32 {
    (x + 12_582_912.0) - 12_582_912.0
}

/// Two independent standard normal numbers from two numbers in (0, 1): Box and Muller (1958).
/// Worst absolute error 2e-6 for arguments from [`crate::random::unit_f32`].
#[must_use]
#[inline(always)]
pub fn normal_pair<const L: usize>(u1: &[f32; L], u2: &[f32; L]) -> ([f32; L], [f32; L]) {
    let log = ln(u1);
    let (s, c) = sin_cos_turns(u2);
    let (mut a, mut b) = ([0.0; L], [0.0; L]);
    for l in 0..L {
        let r = (-2.0 * log[l]).sqrt();
        a[l] = r * c[l];
        b[l] = r * s[l];
    }
    (a, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths;
    use crate::random::{Purpose, Stream, unit_f32};

    #[test]
    fn ln_error() {
        let mut worst: f64 = 0.0;
        for i in 1..400_000_u32 {
            let x = f32::from_bits(0x0080_0000 + i * 5000);
            if !x.is_finite() {
                break;
            }
            let exact = maths::ln(f64::from(x));
            worst = worst.max((f64::from(ln(&[x])[0]) - exact).abs() / exact.abs().max(1.0));
        }
        assert!(worst < 3e-7, "{worst:e}");
    }

    #[test]
    fn exp_error() {
        let mut worst: f64 = 0.0;
        for i in 0..350_000 {
            let x = -87.0 + i as f32 * 5e-4;
            let exact = maths::exp(f64::from(x));
            worst = worst.max((f64::from(exp(&[x])[0]) / exact - 1.0).abs());
        }
        assert!(worst < 2e-7, "{worst:e}");
        assert!(exp(&[f32::MAX])[0].is_finite() && exp(&[-f32::MAX])[0] > 0.0);
    }

    #[test]
    fn sin_cos_errors() {
        let (mut turns, mut radians) = (0.0_f64, 0.0_f64);
        for i in 0..=1_000_000 {
            let t = i as f32 * 1e-6;
            let (s, c) = sin_cos_turns(&[t]);
            let a = f64::from(t) * std::f64::consts::TAU;
            turns = turns.max((f64::from(s[0]) - maths::sin(a)).abs()).max((f64::from(c[0]) - maths::cos(a)).abs());
            let x = (t - 0.5) * 2000.0;
            let (s, c) = sin_cos(&[x]);
            let bound = 5e-7 + 1.2e-7 * f64::from(x).abs();
            radians = radians
                .max((f64::from(s[0]) - maths::sin(f64::from(x))).abs() / bound)
                .max((f64::from(c[0]) - maths::cos(f64::from(x))).abs() / bound);
        }
        assert!(turns < 1.3e-7, "{turns:e}");
        assert!(radians < 1.0, "{radians}");
    }

    #[test]
    fn normal_pair_error() {
        let s = Stream::new(4);
        let mut worst: f64 = 0.0;
        for r in 0..200_000 {
            let b = s.block(r, 0, Purpose::Test, 0);
            let (u, v) = (unit_f32(b[0]), unit_f32(b[1]));
            let (x, y) = normal_pair(&[u], &[v]);
            let radius = (-2.0 * maths::ln(f64::from(u))).sqrt();
            let angle = f64::from(v) * std::f64::consts::TAU;
            worst = worst
                .max((f64::from(x[0]) - radius * maths::cos(angle)).abs())
                .max((f64::from(y[0]) - radius * maths::sin(angle)).abs());
        }
        assert!(worst < 2e-6, "{worst:e}");
    }
}
