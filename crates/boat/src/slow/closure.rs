//! From the moments of a height to rates of events and inflow.

use crate::kernel::{STEP_S, Window};
use crate::lanes::probe::{Moments, Probe};
use plimsoll_core::maths::{exp, ln};
use std::f64::consts::TAU;

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
    /// Standard deviation, m; as probed, over the root of the energy.
    pub deviation_m: f64,
    /// Standard deviation of its rate, m/s; likewise.
    pub rate_m_s: f64,
    /// Excess kurtosis.
    pub kurtosis: f64,
    /// Weir coefficient times length, m^1.5/s.
    pub weir_m15_s: f64,
}

impl Edge {
    /// Linear between this and another.
    pub(super) fn between(&self, other: &Self, part: f64) -> Self {
        let mix = |a: f64, b: f64| a + (b - a) * part;
        Self {
            mean_m: mix(self.mean_m, other.mean_m),
            deviation_m: mix(self.deviation_m, other.deviation_m).max(0.0),
            rate_m_s: mix(self.rate_m_s, other.rate_m_s).max(0.0),
            kurtosis: mix(self.kurtosis, other.kurtosis),
            ..*self
        }
    }

    /// With water aboard, and its spread that of a stretch with `energy` over the mean.
    pub(super) fn standing(&self, water_m3: f64, energy: f64) -> Self {
        let root = energy.sqrt();
        Self { water_m3, deviation_m: self.deviation_m * root, rate_m_s: self.rate_m_s * root, ..*self }
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
        let shape = Shape::new(self.kurtosis);
        let u = self.standard_threshold();
        let z = shape.invert(u);
        let events = up_crossings_per_s(z, self.rate_m_s / self.deviation_m);
        let scale = self.weir_m15_s * self.deviation_m * self.deviation_m.sqrt();
        let inflow = scale * shape.excess_power(u, z);
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
        let h = if x >= 0.0 { ((1.0 + 1.5 * x).sqrt() - 1.0) / 18.0 } else { x / 24.0 };
        Self { k: 1.0 / (1.0 + 6.0 * h * h).sqrt(), h }
    }

    /// `g`; beyond where a softened shape would turn back, level.
    fn at(&self, z: f64) -> f64 {
        let turn = if self.h < 0.0 { (1.0 - 1.0 / (3.0 * self.h)).sqrt() } else { f64::INFINITY };
        let z = z.clamp(-turn, turn);
        self.k * (z + self.h * (z * z * z - 3.0 * z))
    }

    /// `z` where `g(z) = u`; far out where a softened shape never comes up to `u`.
    fn invert(&self, u: f64) -> f64 {
        if self.h < 0.0 && u > self.at(f64::MAX) {
            return 12.0;
        }
        let mut z = u.clamp(-8.0, 12.0);
        for _ in 0..20 {
            let slope = (self.k * (1.0 + 3.0 * self.h * (z * z - 1.0))).max(0.1);
            let step = (self.at(z) - u) / slope;
            z -= step.clamp(-1.0, 1.0);
            if step.abs() < 1e-9 {
                break;
            }
        }
        z.clamp(-8.0, 12.0)
    }

    /// `E[max(g(Z) - u, 0)^1.5]`, where `g(z) = u`, by the midpoint rule in the root of the distance from `z`.
    fn excess_power(&self, u: f64, z: f64) -> f64 {
        const N: u32 = 16;
        // By where the Gaussian density has fallen by ten powers of e.
        let reach = ((z * z + 20.0).sqrt() - z).sqrt();
        let ds = reach / f64::from(N);
        let sum: f64 = (0..N)
            .map(|i| {
                let s = (f64::from(i) + 0.5) * ds;
                let x = z + s * s;
                let over = (self.at(x) - u).max(0.0);
                over * over.sqrt() * s * exp(-0.5 * x * x)
            })
            .sum();
        2.0 * sum * ds / TAU.sqrt()
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

/// The edges of a window as a probe found them.
pub(super) fn edges(window: &Window<'_>, probe: &Probe, energy: f64, kurtosis_step: f64) -> [Edge; 3] {
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
            deviation_m: (variance / energy).sqrt(),
            rate_m_s: (m.rate / energy).sqrt(),
            kurtosis: kurtosis + kurtosis_step,
            weir_m15_s: f64::from(margins[e].1),
        }
    })
}

/// Rates over all edges.
pub(super) fn rates(edges: &[Edge; 3], capsizes_per_s: f64) -> super::Rates {
    let (mut events, mut inflow, mut threshold) = (0.0, 0.0, 40.0_f64);
    for (n, q, z) in edges.iter().filter_map(Edge::rates) {
        events += n;
        inflow += q;
        threshold = threshold.min(z);
    }
    super::Rates {
        ln_events: ln(events.max(1e-300)),
        ln_inflow: ln(inflow.max(1e-300)),
        threshold,
        mean_volume: super::walk::mean_relative_volume(threshold),
        capsizes_per_s,
    }
}
