//! One step of sixteen particles.
//!
//! Everything is plain f32 arithmetic with selects and compiled once for each instruction set ([`crate::simd`]), with the same bits.
//! A lane that does not move (not yet released, stranded, without data) has a step of length zero and never touches its neighbours.

use crate::forcing::{Flow, Node};
use crate::noise::{self, Joint};
use crate::plane::{Cells, Fixed, Plane, View, blend, sample};
use crate::state::{LANES, Lane, Noise, Pack, Status};
use crate::stranding::{Land, Meeting, reference_snap};
use plimsoll_core::random::{Purpose, Stream};

/// How a step is integrated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// Euler's, first order.
    Euler,
    /// Midpoint, second order.
    #[default]
    Rk2,
    /// Classical Runge-Kutta, fourth order.
    Rk4,
}

impl Scheme {
    /// Its stages: at the start, the middle or the end of the step; how much of the step is gone with that velocity to the next one; and
    /// the weight in the whole.
    fn stages(self) -> &'static [(usize, f32, f32)] {
        const SIXTH: f32 = 1.0 / 6.0;
        match self {
            Self::Euler => &[(0, 0.0, 1.0)],
            Self::Rk2 => &[(0, 0.5, 0.0), (1, 0.0, 1.0)],
            Self::Rk4 => &[(0, 0.5, SIXTH), (1, 0.5, 2.0 * SIXTH), (1, 1.0, 2.0 * SIXTH), (2, 0.0, SIXTH)],
        }
    }
}

/// Standard deviations and tables of the processes; a table that is absent is switched off.
#[derive(Clone, Copy)]
pub(crate) struct Processes<'a> {
    pub wind_sd: f32,
    pub current_sd: f32,
    pub wind: Option<&'a [Joint]>,
    pub current: Option<&'a [Joint]>,
    pub leeway: Option<&'a [Joint]>,
    /// Fluctuating residuals, m/s, downwind, crosswind right, crosswind left: for each class, for each sixteenth of the outer draws.
    pub fluctuation: &'a [[Lane; 3]],
    /// As the reference model has it: wind and current drawn afresh each step.
    pub white: bool,
}

impl Processes<'_> {
    /// Whether anything is drawn.
    fn any(&self) -> bool {
        let white = self.white && (self.wind_sd > 0.0 || self.current_sd > 0.0);
        white || self.wind.is_some() || self.current.is_some() || self.leeway.is_some()
    }
}

/// What all packs of a step share.
pub(crate) struct Step<'a, L> {
    pub plane: &'a Plane,
    /// The nodes at the start, the middle and the end of the step.
    pub stages: [&'a [Node]; 3],
    /// The current on the plane at the same instants, where nothing else counts; else empty.
    pub flows: [&'a [Flow]; 3],
    /// What of the stages is filled.
    pub view: View,
    pub scheme: Scheme,
    /// Start of the step, s since the start of the run, and its length.
    pub now_s: f32,
    pub step_s: f32,
    /// 1 forwards, -1 backwards in time.
    pub sign: f32,
    pub number: u32,
    pub stream: Stream,
    pub processes: Processes<'a>,
    pub land: &'a L,
    /// For each cell the distance, in cells, within which there is no shore; empty where there is no land at all.
    pub clear: &'a [f32],
    /// The shore as the reference model asks for it: at the end of the step alone.
    pub reference: bool,
}

/// What a pack came to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done {
    /// It looked at nodes that are not filled and was left as it was.
    pub escaped: bool,
    /// Least and greatest position of what still moves.
    pub low: Fixed,
    pub high: Fixed,
}

impl Done {
    pub(crate) const NONE: Self = Self { escaped: false, low: [i32::MAX; 2], high: [i32::MIN; 2] };

    pub(crate) fn join(&mut self, other: Self) {
        self.escaped |= other.escaped;
        for k in 0..2 {
            self.low[k] = self.low[k].min(other.low[k]);
            self.high[k] = self.high[k].max(other.high[k]);
        }
    }
}

/// Means over the step of what differs: wind east, north; current east, north; leeway down, across (m/s at full size).
type Means = [Lane; 6];

/// A velocity on the plane, columns and rows a second; `NaN` where there is none.
struct Velocity {
    x: Lane,
    y: Lane,
    escaped: bool,
}

/// Advances a pack; `first` is the number of its first particle.
#[inline(always)]
pub(crate) fn step<L: Land>(s: &Step<'_, L>, pack: &mut Pack, noise: Option<&mut Noise>, first: u64) -> Done {
    let mut dt = [0.0; LANES];
    let end = s.now_s + s.step_s;
    for l in 0..LANES {
        let part = end - pack.release[l];
        let part = if part > s.step_s { s.step_s } else { part };
        let moves = pack.status[l] <= Status::Active as u8 && part > 0.0;
        dt[l] = if moves { part * s.sign } else { 0.0 };
    }
    if dt == [0.0; LANES] {
        return Done::NONE;
    }
    let mut next = Noise([[0.0; LANES]; 6]);
    if let Some(noise) = &noise {
        next = **noise;
    }
    let means = if s.processes.any() { draw(s, pack, &mut next, first) } else { [[0.0; LANES]; 6] };
    let bits = s.plane.bits();
    let (mut x, mut y) = (pack.x, pack.y);
    let mut total = Velocity { x: [0.0; LANES], y: [0.0; LANES], escaped: false };
    for (stage, share, weight) in s.scheme.stages() {
        let k = velocity(s, *stage, pack, &means, &dt, &x, &y);
        total.escaped |= k.escaped;
        for l in 0..LANES {
            // also with no weight: without a value here there is none for what is built upon it
            total.x[l] += k.x[l] * weight;
            total.y[l] += k.y[l] * weight;
        }
        if *share > 0.0 {
            for l in 0..LANES {
                x[l] = pack.x[l].wrapping_add(fixed(k.x[l] * (dt[l] * share), bits));
                y[l] = pack.y[l].wrapping_add(fixed(k.y[l] * (dt[l] * share), bits));
            }
        }
    }
    if total.escaped {
        return Done { escaped: true, ..Done::NONE };
    }
    if let Some(noise) = noise {
        *noise = next;
    }
    finish(s, pack, &dt, &total, bits)
}

/// Cells as a position has them: the nearest whole number of the 2^-`bits` of a cell; nothing for what is not a number.
///
/// By the rounding of additions, in two parts of 14 bits and the rest, since a conversion that saturates is done lane by lane.
#[inline(always)]
fn fixed(cells: f32, bits: u32) -> i32 {
    /// Adding it leaves the nearest whole number in the low bits of a number up to 2^22.
    const ROUND: f32 = 12_582_912.0;
    /// Further than any plane is wide.
    const FAR: f32 = 16_000.0;
    let v = if cells.is_nan() { 0.0 } else { cells };
    let v = if v > FAR { FAR } else { v };
    let v = if v < -FAR { -FAR } else { v };
    let coarse = v * 256.0 + ROUND;
    let rest = v - (coarse - ROUND) * (1.0 / 256.0);
    let fine = rest * (1_u32 << bits) as f32 + ROUND;
    let whole = |v: f32| (v.to_bits() as i32).wrapping_sub(ROUND.to_bits() as i32);
    (whole(coarse) << (bits - 8)).wrapping_add(whole(fine))
}

/// Moves the lanes, marks those without data, and looks for the shore where it may be near.
#[inline(always)]
fn finish<L: Land>(s: &Step<'_, L>, pack: &mut Pack, dt: &Lane, v: &Velocity, bits: u32) -> Done {
    let (mut x, mut y) = (pack.x, pack.y);
    let (mut length, mut lost) = ([0.0_f32; LANES], [0_u32; LANES]);
    let (mut low, mut high) = ([[i32::MAX; LANES]; 2], [[i32::MIN; LANES]; 2]);
    let from = s.view.cells(&x, &y);
    for l in 0..LANES {
        let (dx, dy) = (v.x[l] * dt[l], v.y[l] * dt[l]);
        let asked = dt[l] != 0.0;
        let moves = asked & !dx.is_nan() & !dy.is_nan();
        lost[l] = u32::from(asked & !moves);
        let (dx, dy) = (if moves { dx } else { 0.0 }, if moves { dy } else { 0.0 });
        x[l] = pack.x[l].wrapping_add(fixed(dx, bits));
        y[l] = pack.y[l].wrapping_add(fixed(dy, bits));
        let longer = if dx.abs() > dy.abs() { dx.abs() } else { dy.abs() };
        length[l] = if moves { longer } else { -1.0 };
        low[0][l] = if moves { x[l] } else { i32::MAX };
        low[1][l] = if moves { y[l] } else { i32::MAX };
        high[0][l] = if moves { x[l] } else { i32::MIN };
        high[1][l] = if moves { y[l] } else { i32::MIN };
    }
    let least = |v: &[i32; LANES]| v.iter().fold(i32::MAX, |m, v| if *v < m { *v } else { m });
    let most = |v: &[i32; LANES]| v.iter().fold(i32::MIN, |m, v| if *v > m { *v } else { m });
    let [low, high] = [[least(&low[0]), least(&low[1])], [most(&high[0]), most(&high[1])]];
    let done = Done { escaped: false, low, high };
    for l in 0..LANES {
        let status = if dt[l] != 0.0 { Status::Active as u8 } else { pack.status[l] };
        pack.status[l] = if lost[l] != 0 { Status::Missing as u8 } else { status };
    }
    let mut near = [false; LANES];
    if !s.clear.is_empty() {
        for l in 0..LANES {
            near[l] = length[l] >= s.clear[from.node[l] as usize];
        }
    }
    if near != [false; LANES] {
        ashore(s, pack, &near, &mut x, &mut y);
    }
    pack.x = x;
    pack.y = y;
    done
}

/// Looks along the step of each marked lane.
#[inline(never)]
fn ashore<L: Land>(s: &Step<'_, L>, pack: &mut Pack, near: &[bool; LANES], x: &mut [i32; LANES], y: &mut [i32; LANES]) {
    for l in (0..LANES).filter(|l| near[*l]) {
        let (from, to) = (s.plane.place([pack.x[l], pack.y[l]]), s.plane.place([x[l], y[l]]));
        let shore = if s.reference {
            (s.land.is_land(to) == Some(true)).then(|| reference_snap(s.land, from, to))
        } else {
            match s.land.first_crossing(from, to) {
                Meeting::Shore(at) => Some(at),
                Meeting::Clear => None,
                Meeting::Unknown => {
                    pack.status[l] = Status::Missing as u8;
                    None
                }
            }
        };
        if let Some([lon, lat]) = shore {
            pack.status[l] = Status::Stranded as u8;
            if let Some(at) = s.plane.position(lon, lat) {
                [x[l], y[l]] = at;
            }
        }
    }
}

/// New values of the processes, in place of the present ones, and their means over the step.
#[inline(always)]
fn draw<L: Land>(s: &Step<'_, L>, pack: &Pack, noise: &mut Noise, first: u64) -> Means {
    let p = &s.processes;
    let mut means = [[0.0; LANES]; 6];
    let table = first as usize / LANES % (noise::OUTER / LANES);
    let all = [
        (p.wind, Purpose::WindNoise, p.wind_sd),
        (p.current, Purpose::CurrentNoise, p.current_sd),
        (p.leeway, Purpose::LeewayNoise, if p.white { 0.0 } else { 1.0 }),
    ];
    // one after the other, so that the code of a process is there once
    for (k, (joint, purpose, sd)) in all.into_iter().enumerate() {
        if joint.is_none() && !(p.white && sd > 0.0) {
            continue;
        }
        let z = noise::normals(&s.stream, first, s.number, purpose);
        let (state, mean) = (&mut noise.0[2 * k..2 * k + 2], &mut means[2 * k..2 * k + 2]);
        match joint {
            Some(joint) => noise::advance(&joint[table], &z, state, mean),
            None => (mean[0], mean[1]) = (z[0], z[2]),
        }
        for l in 0..LANES {
            mean[0][l] *= sd;
            mean[1][l] *= sd;
        }
    }
    if p.leeway.is_some() {
        for l in 0..LANES {
            let f = &p.fluctuation[pack.class[l] as usize * (noise::OUTER / LANES) + table];
            means[4][l] *= f[0][l];
            means[5][l] *= if pack.side[l] & crate::state::IS_LEFT == 0 { f[1][l] } else { f[2][l] };
        }
    }
    means
}

/// The current on the plane for every lane.
#[inline(always)]
fn carried(flows: &[Flow], at: &Cells, stride: usize) -> [Lane; 2] {
    let mut f = [[0.0_f32; 4]; LANES];
    for l in 0..LANES {
        let (node, b) = (at.node[l] as usize, at.b[l]);
        let (low, high) =
            (flows[node..node + 2].as_flattened(), flows[node + stride..node + stride + 2].as_flattened());
        for k in 0..4 {
            f[l][k] = (1.0 - b) * low[k] + b * high[k];
        }
    }
    let mut out = [[0.0; LANES]; 2];
    for l in 0..LANES {
        out[0][l] = (1.0 - at.a[l]) * f[l][0] + at.a[l] * f[l][2];
        out[1][l] = (1.0 - at.a[l]) * f[l][1] + at.a[l] * f[l][3];
    }
    out
}

/// Current and leeway on the plane for every lane. Loops are split by what they do: each is a few instructions wide.
#[inline(always)]
fn drifting(nodes: &[Node], at: &Cells, stride: usize, pack: &Pack, means: &Means) -> [Lane; 2] {
    let [u, v, wind_x, wind_y, ce, cn, re, rn] = sample(nodes, at, stride);
    let mut out = [[0.0; LANES]; 2];
    for l in 0..LANES {
        let (wx, wy) = (wind_x[l] + means[0][l], wind_y[l] + means[1][l]);
        let speed = (wx * wx + wy * wy).sqrt();
        let inverse = if speed > 0.0 { 1.0 / speed } else { 0.0 };
        let down = pack.down_slope[l] + means[4][l] * 0.05 + (pack.down_offset[l] + means[4][l] * 0.5) * inverse;
        let cross = pack.cross_slope[l] + means[5][l] * 0.05 + (pack.cross_offset[l] + means[5][l] * 0.5) * inverse;
        let east = u[l] + means[2][l] + down * wx + cross * wy;
        let north = v[l] + means[3][l] + down * wy - cross * wx;
        out[0][l] = ce[l] * east + cn[l] * north;
        out[1][l] = re[l] * east + rn[l] * north;
    }
    out
}

/// The velocity at positions at one of the stages.
#[inline(always)]
fn velocity<L: Land>(
    s: &Step<'_, L>,
    stage: usize,
    pack: &Pack,
    means: &Means,
    dt: &Lane,
    x: &[i32; LANES],
    y: &[i32; LANES],
) -> Velocity {
    let at = s.view.cells(x, y);
    let (nodes, flows) = (s.stages[stage], s.flows[stage]);
    let stride = s.view.stride;
    let [vx, vy] =
        if flows.is_empty() { drifting(nodes, &at, stride, pack, means) } else { carried(flows, &at, stride) };
    let mut out = Velocity { x: vx, y: vy, escaped: false };
    let mut odd = [0_u32; LANES];
    for l in 0..LANES {
        // false also for what is not a number
        let value = (out.x[l] + out.y[l]).abs() < f32::INFINITY;
        let within = (at.a[l] >= 0.0) & (at.a[l] <= 1.0) & (at.b[l] >= 0.0) & (at.b[l] <= 1.0);
        odd[l] = u32::from((dt[l] != 0.0) & !(value & within));
    }
    if odd != [0; LANES] {
        unusual(s, nodes, pack, means, [x, y], &odd, &mut out);
    }
    out
}

/// Lanes that lie off the plane and have no value, or beyond what is filled, or near the shore.
#[inline(never)]
fn unusual<L: Land>(
    s: &Step<'_, L>,
    nodes: &[Node],
    pack: &Pack,
    means: &Means,
    [x, y]: [&[i32; LANES]; 2],
    odd: &[u32; LANES],
    out: &mut Velocity,
) {
    for l in (0..LANES).filter(|l| odd[*l] != 0) {
        let at = [x[l], y[l]];
        let (_, a, b) = s.view.cell(at);
        if !s.plane.contains(at) {
            (out.x[l], out.y[l]) = (f32::NAN, f32::NAN);
        } else if !((0.0..=1.0).contains(&a) && (0.0..=1.0).contains(&b)) {
            out.escaped = true;
        } else {
            along_the_shore(s, nodes, pack, means, at, l, out);
        }
    }
}

/// A lane with nodes without a current (land) around it: the weights of the others are scaled up. Where all four are dry, or the
/// wind is missing, there is no value.
fn along_the_shore<L: Land>(
    s: &Step<'_, L>,
    nodes: &[Node],
    pack: &Pack,
    means: &Means,
    at: Fixed,
    l: usize,
    out: &mut Velocity,
) {
    let stride = s.view.stride;
    let (node, a, b) = s.view.cell(at);
    let corners = [node, node + 1, node + stride, node + stride + 1];
    let weights = [(1.0 - a) * (1.0 - b), a * (1.0 - b), (1.0 - a) * b, a * b];
    let mix = |k: usize| {
        let (mut sum, mut total) = ([0.0_f32; 2], 0.0_f32);
        for (n, w) in corners.iter().zip(weights) {
            let v = nodes[*n];
            if w > 0.0 && !(v[k].is_nan() || v[k + 1].is_nan()) {
                total += w;
                sum = [sum[0] + w * v[k], sum[1] + w * v[k + 1]];
            }
        }
        (total > 0.0).then(|| sum.map(|v| v / total))
    };
    let (Some(current), Some(wind)) = (mix(0), mix(2)) else {
        (out.x[l], out.y[l]) = (f32::NAN, f32::NAN);
        return;
    };
    let (wx, wy) = (wind[0] + means[0][l], wind[1] + means[1][l]);
    let speed = (wx * wx + wy * wy).sqrt();
    let inverse = if speed > 0.0 { 1.0 / speed } else { 0.0 };
    let down = pack.down_slope[l] + means[4][l] * 0.05 + (pack.down_offset[l] + means[4][l] * 0.5) * inverse;
    let cross = pack.cross_slope[l] + means[5][l] * 0.05 + (pack.cross_offset[l] + means[5][l] * 0.5) * inverse;
    let east = current[0] + means[2][l] + down * wx + cross * wy;
    let north = current[1] + means[3][l] + down * wy - cross * wx;
    let [.., ce, cn, re, rn] = blend(nodes, node, stride, a, b);
    out.x[l] = ce * east + cn * north;
    out.y[l] = re * east + rn * north;
}
