//! From the moments of a height to rates of events and inflow.

use super::groups::Groups;
use crate::kernel::{STEP_S, Window};
use crate::lanes::probe::{Moments, Probe};
use plimsoll_core::maths::{exp, ln};
use std::f64::consts::TAU;
use std::sync::LazyLock;

/// The height of the water against one edge of the boat.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Edge {
    /// Margin of the edge above the still water, without water aboard, m.
    pub margin_m: f64,
    /// Loss of margin per volume aboard, m per m3.
    pub sink_m_per_m3: f64,
    /// Water aboard that the margin below holds for, m3.
    pub water_m3: f64,
    /// Mean height of the water against the edge, m.
    pub mean_m: f64,
    /// Standard deviation, m.
    pub deviation_m: f64,
    /// Standard deviation of its rate, m/s.
    pub rate_m_s: f64,
    /// Excess kurtosis.
    pub kurtosis: f64,
    /// Weir coefficient times length, m^1.5/s.
    pub weir_m15_s: f64,
}

impl Edge {
    /// Linear between two levels of water; water and margin those of `water_m3`.
    pub(super) fn between(&self, other: &Self, part: f64, water_m3: f64) -> Self {
        let mix = |a: f64, b: f64| a + (b - a) * part;
        Self {
            water_m3,
            mean_m: mix(self.mean_m, other.mean_m),
            deviation_m: mix(self.deviation_m, other.deviation_m).max(0.0),
            rate_m_s: mix(self.rate_m_s, other.rate_m_s).max(0.0),
            kurtosis: mix(self.kurtosis, other.kurtosis),
            ..*self
        }
    }

    /// Height that an event must reach, in standard deviations above the mean, before the shape is taken into account.
    fn standard_threshold(&self) -> f64 {
        (self.margin_m - self.sink_m_per_m3 * self.water_m3 - self.mean_m) / self.deviation_m
    }

    /// Events per second, inflow (m3/s) and threshold of the Gaussian variable behind.
    pub(super) fn rates(&self) -> Option<(f64, f64, f64)> {
        if self.weir_m15_s <= 0.0 || self.deviation_m <= 1e-6 {
            return None;
        }
        let (z, slope) = Shape::new(self.kurtosis).invert(self.standard_threshold());
        let events = up_crossings_per_s(z, self.rate_m_s / self.deviation_m);
        let scale = self.deviation_m * slope;
        let inflow = self.weir_m15_s * scale * scale.sqrt() * excess_power(z);
        Some((events, inflow, z))
    }
}

/// Winterstein's cubic transformation `g(z) = k (z + h (z^3 - 3 z))` without skewness, `h` from the excess kurtosis.
struct Shape {
    k: f64,
    h: f64,
}

impl Shape {
    fn new(kurtosis: f64) -> Self {
        // Second-order form for hardening and softening alike; limited to where `g` rises.
        let x = kurtosis.clamp(-1.0, 6.0);
        let h = if x >= 0.0 {
            ((1.0 + 1.5 * x).sqrt() - 1.0) / 18.0
        } else {
            x / 24.0
        };
        Self {
            k: 1.0 / (1.0 + 6.0 * h * h).sqrt(),
            h,
        }
    }

    /// `z` and the slope of `g` where `g(z) = u`.
    fn invert(&self, u: f64) -> (f64, f64) {
        let mut z = u;
        for _ in 0..20 {
            let g = self.k * (z + self.h * (z * z * z - 3.0 * z));
            let slope = (self.k * (1.0 + 3.0 * self.h * (z * z - 1.0))).max(0.2);
            let step = (g - u) / slope;
            z -= step.clamp(-1.0, 1.0);
            if step.abs() < 1e-12 {
                break;
            }
        }
        (z, (self.k * (1.0 + 3.0 * self.h * (z * z - 1.0))).max(0.2))
    }
}

/// Up-crossings per second of `z` by a standard Gaussian series of the kernel's step whose rate has the standard deviation
/// `rate_per_s`: `2 T(z, a) / dt` with Owen's function `T`, `a^2 = (1 - rho) / (1 + rho)` and `rho` the correlation over a step.
/// For short steps this is Rice's `rate / (2 pi) exp(-z^2 / 2)`; at 0.1 s a tenth of the briefest excursions fall between steps.
fn up_crossings_per_s(z: f64, rate_per_s: f64) -> f64 {
    let dt = f64::from(STEP_S);
    let x = 0.25 * rate_per_s * rate_per_s * dt * dt;
    let a = (x / (1.0 - x).max(1e-6)).sqrt();
    // Simpson on Owen's integral, smooth over the short way from 0 to `a`.
    let f = |t: f64| exp(-0.5 * z * z * (1.0 + t * t)) / (1.0 + t * t);
    let sum = f(0.0) + 4.0 * f(0.25 * a) + 2.0 * f(0.5 * a) + 4.0 * f(0.75 * a) + f(a);
    2.0 * (a / 12.0 * sum) / TAU / dt
}

const FROM: f64 = -4.0;
const TO: f64 = 12.0;
const STEPS: usize = 640;

/// `ln E[max(Z - z, 0)^1.5]` on a grid.
static LN_EXCESS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    (0..=STEPS)
        .map(|i| {
            let z = FROM + (TO - FROM) * i as f64 / STEPS as f64;
            // Substituting x = s^2 makes the integrand smooth at its start; it is spent 9 deviations on.
            let (n, end) = (400, (9.0_f64 + (-z).max(0.0)).sqrt());
            let ds = end / f64::from(n);
            let sum: f64 = (0..n)
                .map(|j| {
                    let s = (f64::from(j) + 0.5) * ds;
                    let x = s * s;
                    2.0 * x * x * exp(-0.5 * x * x - z * x)
                })
                .sum();
            ln(sum * ds / TAU.sqrt()) - 0.5 * z * z
        })
        .collect()
});

/// `E[max(Z - z, 0)^1.5]` of a standard Gaussian variable.
pub(super) fn excess_power(z: f64) -> f64 {
    let x = ((z - FROM) / (TO - FROM)).clamp(0.0, 1.0) * STEPS as f64;
    let i = (x as usize).min(STEPS - 1);
    exp(LN_EXCESS[i] + (LN_EXCESS[i + 1] - LN_EXCESS[i]) * (x - i as f64))
}

/// The edges of a window as a probe found them.
pub(super) fn edges(window: &Window<'_>, probe: &Probe) -> [Edge; 3] {
    let (t, d) = (window.table, window.dynamics);
    let side = d.weir_m05_s * t.side_length_m;
    let margins = [
        (t.freeboard_port_m, side),
        (t.freeboard_starboard_m, side),
        (t.freeboard_transom_m, d.weir_m05_s * d.transom_width_m),
    ];
    std::array::from_fn(|e| {
        let m: &Moments = &probe.edges[e];
        let (mean_m, variance, kurtosis) = m.central();
        Edge {
            margin_m: f64::from(margins[e].0),
            sink_m_per_m3: f64::from(t.sink_m_per_m3),
            water_m3: 0.0,
            mean_m,
            deviation_m: variance.sqrt(),
            rate_m_s: m.rate.sqrt(),
            kurtosis,
            weir_m15_s: f64::from(margins[e].1),
        }
    })
}

/// Rates over all edges.
pub(super) fn node(edges: &[Edge; 3], groups: &Groups, capsizes_per_s: f64) -> super::Node {
    let (mut events, mut inflow, mut threshold) = (0.0, 0.0, f64::INFINITY);
    for (n, q, z) in edges.iter().filter_map(Edge::rates) {
        events += n;
        inflow += q;
        threshold = threshold.min(z);
    }
    let threshold = threshold.min(40.0);
    super::Node {
        ln_events: ln(events.max(1e-300)),
        ln_inflow: ln(inflow.max(1e-300)),
        threshold,
        shape: groups.rate_shape(threshold),
        mean_volume: super::walk::mean_relative_volume(threshold),
        capsizes_per_s,
    }
}
