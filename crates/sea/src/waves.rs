//! The surface that a small boat feels: a Gaussian sea of sixteen components that rotate.
//!
//! One [`WaveField`] describes the sea of one outer draw; it holds no record. A realisation draws sixteen complex Gaussian
//! amplitudes and a frequency within each component's band ([`Phasors::draw`]), then every step turns each component by its
//! own angle ([`Phasors::turn`]): four products and two sums, no table, any peak period, the wavenumbers of the real depth.
//! Given the frequencies the surface is exactly Gaussian, and over the frequencies its spectrum is the one asked for, so that
//! ensemble means of anything are those of the sea; `docs/decisions/0003-waves-by-rotation.md` has the measurements.
//!
//! A set of components is used for [`RENEWAL_TICKS`] at most and then replaced by a fresh one during [`FADE_TICKS`]. The two
//! overlap with weights `cos` and `sin`, which keeps the surface Gaussian, continuous and of constant variance, so that half
//! an hour holds as many independent stretches of sea as it should. It bounds the drift of the rotations, too: in f32 each
//! turn changes a component's amplitude by at most 1.2e-7 of it and its angle by as much: at most 1.3e-4 over the 1,088 turns
//! of its life, a tenth of a millimetre in a sea of one metre.

use crate::breaking;
use crate::current::{self, Blocked};
use crate::dispersion::wavenumber_rad_m;
use crate::ledger::LEDGER;
use crate::spectrum::{jonswap, tma_factor};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::lanes::{ln, normal_pair};
use plimsoll_core::maths::{cos, sin};
use plimsoll_core::random::{Purpose, Stream, unit_f32};
use std::f64::consts::{FRAC_PI_2, TAU};
use thiserror::Error;

/// Components of a surface.
pub const COMPONENTS: usize = 16;
/// Frequencies that a component may take; each stands for the same energy.
pub const SLICES: usize = 16;
/// Length of a tick, s.
pub const TICK_S: f32 = 0.1;
/// Ticks after which a surface is drawn afresh.
pub const RENEWAL_TICKS: u32 = 1024;
/// Ticks during which the old surface gives way to the fresh one.
pub const FADE_TICKS: u32 = 64;

/// Lanes that fit a register of the widest path.
const REGISTER: usize = 8;

/// Samples of the spectrum on which the bands are found.
const GRID: usize = 384;

/// A sea state: significant height, peak period, depth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeaState {
    hs_m: f64,
    tp_s: f64,
    depth_m: f64,
}

/// What is wrong with a sea state.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{field} of the sea is {value}; it must lie between {low} and {high}")]
pub struct SeaError {
    /// Which figure.
    pub field: &'static str,
    /// What it was.
    pub value: f64,
    /// Smallest value accepted.
    pub low: f64,
    /// Largest value accepted.
    pub high: f64,
}

impl SeaState {
    /// A sea of significant height `hs_m` (0.001 to 20 m) and peak period `tp_s` (1 to 25 s) over a depth of `depth_m` (0.2 to
    /// 12,000 m).
    ///
    /// # Errors
    /// [`SeaError`] with the first figure outside its range.
    pub fn new(hs_m: f64, tp_s: f64, depth_m: f64) -> Result<Self, SeaError> {
        for (field, value, low, high) in
            [("height", hs_m, 1e-3, 20.0), ("period", tp_s, 1.0, 25.0), ("depth", depth_m, 0.2, 12_000.0)]
        {
            if !(value >= low && value <= high) {
                return Err(SeaError { field, value, low, high });
            }
        }
        Ok(Self { hs_m, tp_s, depth_m })
    }

    /// Significant height, m.
    #[must_use]
    pub fn hs_m(&self) -> f64 {
        self.hs_m
    }

    /// Peak period, s.
    #[must_use]
    pub fn tp_s(&self) -> f64 {
        self.tp_s
    }

    /// Depth, m.
    #[must_use]
    pub fn depth_m(&self) -> f64 {
        self.depth_m
    }

    /// Significant height over the length of the peak wave at this depth.
    #[must_use]
    pub fn steepness(&self) -> f64 {
        self.hs_m * wavenumber_rad_m(TAU / self.tp_s, self.depth_m) / TAU
    }

    /// This sea with its height cut to what its period and depth carry: the steepness cap `growth.steepness_cap` of this state
    /// of knowledge and the bed ([`breaking::limit_m`]).
    #[must_use]
    pub fn limited(self, knowledge: &Knowledge) -> Self {
        let cap = LEDGER.value("growth.steepness_cap", knowledge);
        let steep = cap * self.hs_m / self.steepness();
        let bed = breaking::limit_m(self.tp_s, self.depth_m);
        Self { hs_m: self.hs_m.min(steep).min(bed), ..self }
    }

    /// This sea as a boat drifting with a stream feels it, after the stream's change `change_m_s` along the waves' path
    /// (positive with them): higher and shorter against it. Deep-water theory; not limited by breaking ([`Self::limited`]).
    ///
    /// # Errors
    /// [`Blocked`] where the stream stops the waves.
    pub fn on_current(self, change_m_s: f64) -> Result<Self, Blocked> {
        let t = current::meet(self.tp_s, change_m_s)?;
        Ok(Self { hs_m: self.hs_m * t.height_ratio, tp_s: t.intrinsic_period_s, ..self })
    }
}

/// One frequency that a component may take.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Slice {
    /// Cosine and sine of its angle per tick.
    turn: [f32; 2],
    /// Wavenumber, rad/m.
    wavenumber_rad_m: f32,
}

/// The sea of one outer draw, cut into components.
#[derive(Clone, Debug, PartialEq)]
pub struct WaveField {
    state: SeaState,
    deviation_m: [f32; COMPONENTS],
    slices: Vec<Slice>,
}

impl WaveField {
    /// Cuts a JONSWAP spectrum of TMA shape, scaled to the significant height, into components for a boat of beam `beam_m`.
    ///
    /// The band edges share out evenly the mean of two measures: the energy, and the energy of the height difference between
    /// two points 0.78 beams apart, which is what puts water over a side. Within a band the sixteen frequencies stand for equal
    /// energies. Waves shorter than the beam (but never those below twice the peak frequency) are left out and their energy,
    /// 1 to 2 %, is given to the others.
    #[must_use]
    pub fn new(state: &SeaState, beam_m: f64) -> Self {
        let peak = TAU / state.tp_s;
        let shortest = (TAU * crate::GRAVITY_M_S2 / beam_m).sqrt();
        let (low, high) = (0.55 * peak, shortest.clamp(2.0 * peak, 5.0 * peak));
        let step = (high - low) / (GRID - 1) as f64;
        let mut k = [0.0; GRID];
        let (mut energy, mut mixed) = ([0.0; GRID], [0.0; GRID]);
        let half = 0.39 * beam_m;
        for i in 0..GRID {
            let omega = low + step * i as f64;
            k[i] = wavenumber_rad_m(omega, state.depth_m);
            energy[i] = jonswap(omega / peak) * tma_factor(k[i] * state.depth_m);
            let difference = sin((k[i] * half).min(FRAC_PI_2));
            mixed[i] = energy[i] * difference * difference;
        }
        accumulate(&mut energy);
        accumulate(&mut mixed);
        for i in 0..GRID {
            mixed[i] = 0.5 * (mixed[i] + energy[i]);
        }
        let edges: [f64; COMPONENTS + 1] =
            std::array::from_fn(|j| place(&mixed, j as f64 / COMPONENTS as f64).clamp(0.0, (GRID - 1) as f64));
        let variance = state.hs_m * state.hs_m / 16.0;
        let mut deviation_m = [0.0; COMPONENTS];
        let mut slices = Vec::with_capacity(COMPONENTS * SLICES);
        for j in 0..COMPONENTS {
            let (a, b) = (at(&energy, edges[j]), at(&energy, edges[j + 1]));
            deviation_m[j] = (variance * (b - a)).sqrt() as f32;
            for i in 0..SLICES {
                let x = place(&energy, a + (b - a) * (i as f64 + 0.5) / SLICES as f64);
                let angle = (low + step * x) * f64::from(TICK_S);
                slices.push(Slice { turn: [cos(angle) as f32, sin(angle) as f32], wavenumber_rad_m: at(&k, x) as f32 });
            }
        }
        Self { state: *state, deviation_m, slices }
    }

    /// The sea state.
    #[must_use]
    pub fn state(&self) -> &SeaState {
        &self.state
    }

    /// Every frequency with its variance, as (rad/s, rad/m, m2): the spectrum that realisations have on average.
    pub fn spectrum(&self) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        self.slices.iter().enumerate().map(|(i, s)| {
            let deviation = f64::from(self.deviation_m[i / SLICES]);
            let [c, s_] = s.turn.map(f64::from);
            let omega = plimsoll_core::maths::atan2(s_, c) / f64::from(TICK_S);
            (omega, f64::from(s.wavenumber_rad_m), deviation * deviation / SLICES as f64)
        })
    }
}

/// Cumulative trapezoids, scaled to end at 1.
fn accumulate(density: &mut [f64; GRID]) {
    let mut sum = 0.0;
    let mut last = density[0];
    density[0] = 0.0;
    for d in &mut density[1..] {
        sum += 0.5 * (last + *d);
        last = *d;
        *d = sum;
    }
    for d in density {
        *d /= sum;
    }
}

/// Where on the grid an ascending column takes `value`.
fn place(column: &[f64; GRID], value: f64) -> f64 {
    let i = column.partition_point(|c| *c <= value).clamp(1, GRID - 1);
    let (a, b) = (column[i - 1], column[i]);
    let part = if b > a { (value - a) / (b - a) } else { 0.0 };
    (i - 1) as f64 + part.clamp(0.0, 1.0)
}

/// The column's value at a place on the grid.
fn at(column: &[f64; GRID], place: f64) -> f64 {
    let i = (place as usize).min(GRID - 2);
    column[i] + (column[i + 1] - column[i]) * (place - i as f64)
}

// Columns start on cache lines: a vector load across two lines takes twice as long, and every step makes six for each component.
/// Components of `L` realisations as pairs that rotate: a component's elevation `x` and the same a quarter period on, `y`, in
/// units of the component's share in one of the sums that a boat makes of them ([`Weights`]).
///
/// For waves that travel towards positive distance, the surface falls in that direction by `k y` per component.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Phasors<const L: usize> {
    x: [[f32; L]; COMPONENTS],
    y: [[f32; L]; COMPONENTS],
    cos: [[f32; L]; COMPONENTS],
    sin: [[f32; L]; COMPONENTS],
}

/// What a boat makes of the components: three sums, over `x` or over `y`, of which the crown's has weights of 1.
///
/// The weights of the crown sum are multiplied into the components once ([`Phasors::weigh`]), which spares every step a product
/// and a load for each component.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Weights<const L: usize> {
    /// Weight of `x` in the elevation.
    pub elevation: [[f32; L]; COMPONENTS],
    /// Weight of `y` in the effective slope.
    pub slope: [[f32; L]; COMPONENTS],
}

/// The surface at one tick.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Surface<const L: usize> {
    /// Elevation, m.
    pub elevation: [f32; L],
    /// Slope between the crowns, positive where the surface falls to starboard.
    pub crown: [f32; L],
    /// Effective slope, likewise.
    pub slope: [f32; L],
}

impl<const L: usize> Surface<L> {
    /// Calm water.
    pub const CALM: Self = Self { elevation: [0.0; L], crown: [0.0; L], slope: [0.0; L] };
}

impl<const L: usize> Phasors<L> {
    /// Draws the components of `L` realisations at an absolute tick each, and their wavenumbers (rad/m).
    #[must_use]
    #[inline(always)]
    pub fn draw(
        stream: &Stream,
        fields: &[&WaveField; L],
        realisation: &[u64; L],
        tick: &[u32; L],
    ) -> (Self, [[f32; L]; COMPONENTS]) {
        let zero = [[0.0; L]; COMPONENTS];
        let mut p = Self { x: zero, y: zero, cos: zero, sin: zero };
        let mut k = zero;
        for j in 0..COMPONENTS {
            let bits = stream.block_lanes(realisation, tick, Purpose::WavePhase, j as u32);
            let (mut u, mut v) = ([0.0; L], [0.0; L]);
            for l in 0..L {
                u[l] = unit_f32(bits[0][l]);
                v[l] = unit_f32(bits[1][l]);
            }
            let (a, b) = normal_pair(&u, &v);
            for l in 0..L {
                let deviation = fields[l].deviation_m[j];
                let slice = &fields[l].slices[j * SLICES + (bits[2][l] >> 28) as usize];
                p.x[j][l] = deviation * a[l];
                p.y[j][l] = deviation * b[l];
                p.cos[j][l] = slice.turn[0];
                p.sin[j][l] = slice.turn[1];
                k[j][l] = slice.wavenumber_rad_m;
            }
        }
        (p, k)
    }

    /// The components of one sea, each alone in a lane of its own: component `l` in lane `l` at its standard deviation and the
    /// middle frequency of its band, nothing else. What a boat makes of each, lane by lane, is its response; lanes beyond the
    /// components are calm.
    #[must_use]
    pub fn separate(field: &WaveField) -> (Self, [[f32; L]; COMPONENTS]) {
        let zero = [[0.0; L]; COMPONENTS];
        let mut p = Self { x: zero, y: zero, cos: zero, sin: zero };
        let mut k = zero;
        for j in 0..COMPONENTS {
            let slice = &field.slices[j * SLICES + SLICES / 2];
            p.cos[j] = [slice.turn[0]; L];
            p.sin[j] = [slice.turn[1]; L];
            k[j] = [slice.wavenumber_rad_m; L];
            if j < L {
                p.x[j][j] = std::f32::consts::SQRT_2 * field.deviation_m[j];
            }
        }
        (p, k)
    }

    /// Measures every component in units of its weight in the crown sum (rad/m, not zero) and gives the weights that the other
    /// sums then have.
    #[must_use]
    #[inline(always)]
    pub fn weigh(
        &mut self,
        elevation: &[[f32; L]; COMPONENTS],
        crown: &[[f32; L]; COMPONENTS],
        slope: &[[f32; L]; COMPONENTS],
    ) -> Weights<L> {
        let mut weights = Weights { elevation: *elevation, slope: *slope };
        for j in 0..COMPONENTS {
            for l in 0..L {
                let unit = crown[j][l];
                self.x[j][l] *= unit;
                self.y[j][l] *= unit;
                weights.elevation[j][l] /= unit;
                weights.slope[j][l] /= unit;
            }
        }
        weights
    }

    /// The weighted sums as they stand.
    #[must_use]
    #[inline(always)]
    pub fn surface(&self, weights: &Weights<L>) -> Surface<L> {
        let mut s = Surface::CALM;
        for j in 0..COMPONENTS {
            for l in 0..L {
                s.elevation[l] += weights.elevation[j][l] * self.x[j][l];
                s.crown[l] += self.y[j][l];
                s.slope[l] += weights.slope[j][l] * self.y[j][l];
            }
        }
        s
    }

    /// Turns every component by one tick and gives the weighted sums.
    #[inline(always)]
    pub fn turn(&mut self, weights: &Weights<L>) -> Surface<L> {
        let [s] = self.turns(weights);
        s
    }

    /// Turns every component by `T` ticks and gives the weighted sums at each.
    ///
    /// Sums and turns are those of `T` single ticks, in the same order. A component stays in registers meanwhile: its turn costs a
    /// load and a store for each `T` ticks.
    #[inline(always)]
    pub fn turns<const T: usize>(&mut self, weights: &Weights<L>) -> [Surface<L>; T] {
        let mut s = [Surface::CALM; T];
        for from in (0..L).step_by(REGISTER) {
            let mut elevation = [[0.0; REGISTER]; T];
            let mut crown = [[0.0; REGISTER]; T];
            let mut slope = [[0.0; REGISTER]; T];
            for j in 0..COMPONENTS {
                let of = |column: &[f32; L]| -> [f32; REGISTER] { std::array::from_fn(|l| column[from + l]) };
                let (c, n) = (of(&self.cos[j]), of(&self.sin[j]));
                let (e, d) = (of(&weights.elevation[j]), of(&weights.slope[j]));
                let (mut x, mut y) = (of(&self.x[j]), of(&self.y[j]));
                for t in 0..T {
                    for l in 0..REGISTER {
                        let turned = x[l] * c[l] - y[l] * n[l];
                        y[l] = x[l] * n[l] + y[l] * c[l];
                        x[l] = turned;
                        elevation[t][l] += e[l] * x[l];
                        crown[t][l] += y[l];
                        slope[t][l] += d[l] * y[l];
                    }
                }
                self.x[j][from..from + REGISTER].copy_from_slice(&x);
                self.y[j][from..from + REGISTER].copy_from_slice(&y);
            }
            for t in 0..T {
                s[t].elevation[from..from + REGISTER].copy_from_slice(&elevation[t]);
                s[t].crown[from..from + REGISTER].copy_from_slice(&crown[t]);
                s[t].slope[from..from + REGISTER].copy_from_slice(&slope[t]);
            }
        }
        s
    }

    /// Energy of a lane's components as drawn, `sum (x^2 + y^2) / 2`, m2.
    #[must_use]
    pub fn energy_m2(&self, lane: usize) -> f64 {
        (0..COMPONENTS)
            .map(|j| {
                let (x, y) = (f64::from(self.x[j][lane]), f64::from(self.y[j][lane]));
                0.5 * (x * x + y * y)
            })
            .sum()
    }
}

/// Energy over its mean, `(x^2 + y^2) / 2` of unit components, of each component that [`Phasors::draw`] would draw for these
/// realisations and ticks.
#[must_use]
#[inline(always)]
pub fn relative_energies<const L: usize>(
    stream: &Stream,
    realisation: &[u64; L],
    tick: &[u32; L],
) -> [[f32; L]; COMPONENTS] {
    std::array::from_fn(|j| {
        let bits = stream.block_lanes(realisation, tick, Purpose::WavePhase, j as u32);
        ln(&bits[0].map(unit_f32)).map(|x| -x)
    })
}
