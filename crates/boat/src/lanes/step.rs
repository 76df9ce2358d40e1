//! One step of sixteen boats.

use super::Lane;
use super::pack::{Event, Fixed, Moving};
use crate::kernel::{LANES, STEP_S};
use crate::table::{HEEL_CELLS, WATER_CELLS};
use plimsoll_sea::waves::Surface;

/// Added to a number below 2^22 it leaves the nearest whole number in the low bits, and taken away again as a number: a
/// conversion that every instruction set has.
const ROUND: f32 = 12_582_912.0;

/// Just inside the last cell.
const HEEL_END: f32 = HEEL_CELLS as f32 - 0.01;
const WATER_END: f32 = WATER_CELLS as f32 - 0.01;

/// `sin x` for |x| up to 1.5, within 1.1e-4: Taylor to the seventh power.
#[inline(always)]
pub(super) fn sine(x: f32) -> f32 {
    let z = x * x;
    x * (1.0 + z * (-1.0 / 6.0 + z * (1.0 / 120.0 - z * (1.0 / 5040.0))))
}

/// `cos x` for |x| up to 1.5, within 7e-4: Taylor to the sixth power.
#[inline(always)]
fn cosine(x: f32) -> f32 {
    let z = x * x;
    1.0 + z * (-0.5 + z * (1.0 / 24.0 - z * (1.0 / 720.0)))
}

#[inline(always)]
fn clamp(x: f32, low: f32, high: f32) -> f32 {
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}

#[inline(always)]
fn flag(condition: bool) -> f32 {
    if condition { 1.0 } else { 0.0 }
}

/// `h^1.5` where the crown is `margin` above the water, zero where that is positive.
#[inline(always)]
fn overflow(margin: f32) -> f32 {
    let h = if margin < 0.0 { -margin } else { 0.0 };
    h * h.sqrt()
}

/// Righting moments `K` of all lanes, kg m.
#[inline(always)]
fn moments(fixed: &Fixed<'_>, theta: &Lane, water: &Lane) -> Lane {
    let (mut u, mut v) = ([0.0; LANES], [0.0; LANES]);
    let mut cell = [0_u32; LANES];
    for l in 0..LANES {
        let x = theta[l] * fixed.heel_scale[l] + (HEEL_CELLS / 2) as f32;
        let x = clamp(x, 0.0, HEEL_END);
        let y = clamp(water[l] * fixed.water_scale[l], 0.0, WATER_END);
        let (i, j) = ((x - 0.5) + ROUND, (y - 0.5) + ROUND);
        u[l] = x - (i - ROUND);
        v[l] = y - (j - ROUND);
        let (i, j) = (i.to_bits() & (HEEL_CELLS as u32 - 1), j.to_bits() & (WATER_CELLS as u32 - 1));
        cell[l] = i * WATER_CELLS as u32 + j;
    }
    let mut c = [[0.0; LANES]; 4];
    for l in 0..LANES {
        let k = &fixed.cells[l][cell[l] as usize];
        c[0][l] = k[0];
        c[1][l] = k[1];
        c[2][l] = k[2];
        c[3][l] = k[3];
    }
    let mut out = [0.0; LANES];
    for l in 0..LANES {
        out[l] = c[0][l] + c[1][l] * u[l] + v[l] * (c[2][l] + c[3][l] * u[l]);
    }
    out
}

/// Advances every lane by one step from `now_s` after the window's start.
///
/// All forces and flows are those of the state and the `surface` at `now_s`; rates are backward differences, of the boat and of
/// the surface alike, so that relative motion is exact: a boat that follows the water has none.
#[inline(always)]
pub(super) fn step<const EVENTS: bool>(
    m: &mut Moving,
    fixed: &Fixed<'_>,
    event: &Event,
    surface: &Surface<LANES>,
    now_s: f32,
) {
    const PER_STEP: f32 = 1.0 / STEP_S;
    let mut theta = [0.0; LANES];
    for l in 0..LANES {
        theta[l] = m.heel[l] - surface.slope[l];
    }
    let righting = moments(fixed, &theta, &m.water);
    let (mut leak, mut sunk, mut tilt) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
    // Sign bits of all margins.
    let mut below = 0_u32;
    for l in 0..LANES {
        let dt = m.step_s[l];
        let elevation = surface.elevation[l];
        let elevation_rate = (elevation - m.elevation[l]) * PER_STEP;
        let slope_rate = (surface.slope[l] - m.slope[l]) * PER_STEP;

        let mut pulse = 0.0;
        if EVENTS {
            let p = clamp((now_s - event.pulse_start[l]) * event.pulse_rate[l], 0.0, 1.0);
            pulse = event.pulse[l] * (p * (1.0 - p));
            let head = event.tear_head[l] + event.tear_fill[l] * m.water[l];
            let head = if head < 0.0 { 0.0 } else { head };
            let tear = if now_s > event.tear_start[l] { event.tear[l] } else { 0.0 };
            leak[l] = tear * head.sqrt();
        }

        // Roll.
        let weight = fixed.moment_seated[l] + fixed.moment_rise[l] * m.stand[l];
        let leaning = fixed.people_mass[l] * m.shift[l] * cosine(m.heel[l]);
        let heeling = leaning + weight * sine(theta[l]) - righting[l];
        // Damping is centred between steps, so the water's rate is taken half a step on.
        let relative = m.roll[l] - (slope_rate + 0.5 * (slope_rate - m.slope_rate[l]));
        let loss = (fixed.linear[l] + fixed.quadratic[l] * relative.abs()) * relative;
        let acceleration = heeling * fixed.gravity[l] + (fixed.steady[l] + pulse) * fixed.compliance[l] - loss;
        let roll = m.roll[l] + dt * acceleration;
        let heel = m.heel[l] + dt * roll;

        // Heave.
        let carried = elevation_rate + 0.5 * (elevation_rate - m.elevation_rate[l]);
        let lift = fixed.stiffness[l] * (elevation - m.heave[l]) - fixed.damping[l] * (m.heave_rate[l] - carried);
        let heave_rate = m.heave_rate[l] + dt * lift;
        let heave = m.heave[l] + dt * heave_rate;

        // How far the water stands above where the crowns ride upright, and how far the boat leans into it.
        let rise = elevation - m.heave[l];
        sunk[l] = fixed.sink[l] * m.water[l] + rise;
        tilt[l] = fixed.crown_offset[l] * sine(m.heel[l] - surface.crown[l]);
        let margin = [fixed.freeboard[0][l] - sunk[l] + tilt[l], fixed.freeboard[1][l] - sunk[l] - tilt[l]];
        below |= margin[0].to_bits() | margin[1].to_bits();

        m.roll[l] = roll;
        m.heel[l] = heel;
        m.heave_rate[l] = heave_rate;
        m.heave[l] = heave;
        m.elevation[l] = elevation;
        m.slope[l] = surface.slope[l];
        m.elevation_rate[l] = elevation_rate;
        m.slope_rate[l] = slope_rate;
    }

    // Over the sides. Most steps of most boats are dry: where all sixteen are, the roots of nothing are not taken.
    let mut over = [0.0; LANES];
    if below >> 31 == 1 {
        for l in 0..LANES {
            let port = overflow(fixed.freeboard[0][l] - sunk[l] + tilt[l]);
            let starboard = overflow(fixed.freeboard[1][l] - sunk[l] - tilt[l]);
            over[l] = fixed.side[l] * (port + starboard);
        }
    }
    if EVENTS {
        for l in 0..LANES {
            over[l] += event.transom[l] * overflow(event.transom_freeboard[l] - sunk[l]);
        }
    }

    for l in 0..LANES {
        let dt = m.step_s[l];
        let afloat = flag(dt > 0.0);
        let (over, leak) = (over[l], leak[l]);
        let water = m.water[l] + dt * (over + leak - fixed.bail[l]);
        let water = if water < 0.0 { 0.0 } else { water };
        let wet = flag(over > 0.0);

        // People.
        let gain = fixed.lean[l] + fixed.panic_rise[l] * flag(now_s > fixed.panic_after[l]);
        let aim = clamp(fixed.target[l] + gain * theta[l], -fixed.limit[l], fixed.limit[l]);
        let react = dt * flag(now_s > fixed.delay[l]);
        let shift = m.shift[l] + react * ((aim - m.shift[l]) * fixed.shift_rate[l]);
        let stand = m.stand[l] + react * ((fixed.stand_target[l] - m.stand[l]) * fixed.stand_rate[l]);

        m.water[l] = water;
        m.shift[l] = shift;
        m.stand[l] = stand;
        m.overtopped[l] += dt * over;
        m.overtoppings[l] += afloat * wet * (1.0 - m.wet[l]);
        m.wet[l] = wet;

        // Lost? Sums and products of flags: a conditional store would cost more than all the physics.
        let tilted = m.heel[l].abs();
        m.max_heel[l] = if tilted > m.max_heel[l] { tilted } else { m.max_heel[l] };
        let capsized = flag(tilted > fixed.capsize[l]);
        let swamped = flag(water > fixed.critical[l]);
        m.capsized[l] += afloat * capsized;
        m.lived[l] += afloat;
        m.step_s[l] = dt * ((1.0 - capsized) * (1.0 - swamped));
    }
}
