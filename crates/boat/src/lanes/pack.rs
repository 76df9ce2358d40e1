//! From windows to columns of sixteen, once a window.

use super::Lane;
use crate::kernel::{LANES, STEP_S, Window};
use crate::motion::{damping_per_step, slope_factor, upright_gm_m};
use crate::table::{HEEL_CELLS, WATER_CELLS};
use plimsoll_core::maths::{cos, exp, lanes, sin};
use plimsoll_sea::dispersion::wavenumber_rad_m;
use plimsoll_sea::waves::Surface;
use std::array::from_fn;
use std::f64::consts::{PI, TAU};

const G: f64 = plimsoll_sea::GRAVITY_M_S2;

/// Cells of a table.
pub(super) const CELLS: usize = HEEL_CELLS * WATER_CELLS;

/// Whether a window needs the loop with everything in it.
pub(super) fn has_event(w: &Window<'_>) -> bool {
    w.wash.height_m > 0.0 || w.moment.peak_n_m != 0.0 || w.tear_m2 > 0.0 || w.dynamics.transom_width_m > 0.0
}

// Columns start on cache lines, as in `plimsoll_sea::waves::Phasors`.
/// What stays the same for a window.
#[repr(align(64))]
pub(super) struct Fixed<'a> {
    pub(super) cells: [&'a [[f32; 4]; CELLS]; LANES],
    pub(super) heel_scale: Lane,
    pub(super) water_scale: Lane,
    /// Gravity over inertia: kg m to rad/s2.
    pub(super) gravity: Lane,
    /// One over inertia: N m to rad/s2.
    pub(super) compliance: Lane,
    pub(super) linear: Lane,
    pub(super) quadratic: Lane,
    pub(super) stiffness: Lane,
    pub(super) damping: Lane,
    pub(super) moment_seated: Lane,
    pub(super) moment_rise: Lane,
    pub(super) people_mass: Lane,
    pub(super) steady: Lane,
    pub(super) crown_offset: Lane,
    pub(super) freeboard: [Lane; 2],
    pub(super) sink: Lane,
    /// Weir coefficient times length of a side, m^1.5/s.
    pub(super) side: Lane,
    pub(super) bail: Lane,
    pub(super) critical: Lane,
    pub(super) capsize: Lane,
    pub(super) delay: Lane,
    pub(super) target: Lane,
    pub(super) shift_rate: Lane,
    pub(super) lean: Lane,
    pub(super) panic_after: Lane,
    /// Lean in panic less lean before, m/rad.
    pub(super) panic_rise: Lane,
    pub(super) limit: Lane,
    pub(super) stand_target: Lane,
    pub(super) stand_rate: Lane,
    pub(super) beam_factor: Lane,
    beam: Lane,
    slope_short: Lane,
}

impl<'a> Fixed<'a> {
    pub(super) fn pack(w: &[&Window<'a>; LANES]) -> Self {
        let each = |f: &dyn Fn(&Window<'a>) -> f32| -> Lane { from_fn(|l| f(w[l])) };
        let roll: [Roll; LANES] = from_fn(|l| Roll::of(w[l]));
        let heave: [[f32; 2]; LANES] = from_fn(|l| heave_per_step(w[l]));
        Self {
            cells: from_fn(|l| {
                // A table always has all its cells; of any other the lane would see none.
                w[l].table.cells.as_slice().try_into().unwrap_or(&[[0.0; 4]; CELLS])
            }),
            heel_scale: each(&|w| 1.0 / w.table.heel_step_rad),
            water_scale: each(&|w| 1.0 / w.table.water_step_m3),
            gravity: from_fn(|l| roll[l].gravity),
            compliance: from_fn(|l| roll[l].compliance),
            linear: from_fn(|l| roll[l].linear),
            quadratic: from_fn(|l| roll[l].quadratic),
            stiffness: from_fn(|l| heave[l][0]),
            damping: from_fn(|l| heave[l][1]),
            moment_seated: each(&seated_moment_kg_m),
            moment_rise: each(&|w| {
                let c = &w.crowd;
                c.people * c.person_mass_kg * (c.standing_centre_m - c.seated_centre_m)
            }),
            people_mass: each(&|w| w.crowd.people * w.crowd.person_mass_kg),
            steady: each(&|w| w.steady_moment_n_m),
            crown_offset: each(&|w| w.table.crown_offset_m),
            freeboard: [each(&|w| w.table.freeboard_port_m), each(&|w| w.table.freeboard_starboard_m)],
            sink: each(&|w| w.table.sink_m_per_m3),
            side: each(&|w| w.dynamics.weir_m05_s * w.table.side_length_m),
            bail: each(&|w| w.bail_m3_s),
            critical: each(&|w| w.table.critical_water_m3),
            capsize: each(&|w| w.dynamics.capsize_heel_rad),
            delay: each(&|w| w.crowd.delay_s),
            target: each(&|w| w.crowd.shift_target_m),
            shift_rate: each(&|w| 1.0 / w.crowd.tau_s),
            lean: each(&|w| w.crowd.lean_gain_m_per_rad),
            panic_after: each(&|w| w.crowd.panic_after_s),
            panic_rise: each(&|w| w.crowd.panic_gain_m_per_rad - w.crowd.lean_gain_m_per_rad),
            limit: each(&|w| w.crowd.limit_m),
            stand_target: each(&|w| w.crowd.stand_target),
            stand_rate: each(&|w| 1.0 / w.crowd.stand_tau_s),
            beam_factor: each(&|w| w.beam_factor),
            beam: each(&|w| w.dynamics.beam_m),
            slope_short: each(&|w| w.dynamics.slope_factor_short),
        }
    }
}

fn seated_moment_kg_m(w: &Window<'_>) -> f32 {
    w.dynamics.hull_moment_kg_m + w.crowd.people * w.crowd.person_mass_kg * w.crowd.seated_centre_m
}

/// Roll coefficients such that a small free roll of the seated, dry boat keeps its exact period and decay under semi-implicit
/// Euler: with `x = w dt`, its plain form runs `x^2 / 24` fast and damps `zeta x` too much.
struct Roll {
    gravity: f32,
    compliance: f32,
    linear: f32,
    quadratic: f32,
}

impl Roll {
    fn of(w: &Window<'_>) -> Self {
        let (d, mass) = (w.dynamics, f64::from(w.table.dry_mass_kg));
        let inertia = f64::from(d.roll_inertia_kg_m2);
        let kg = f64::from(seated_moment_kg_m(w)) / mass;
        let stiffness = G * mass * upright_gm_m(w.table, kg) / inertia;
        let rate = f64::from(d.roll_damping_n_m_s) / inertia;
        let (matched, linear) = per_step(stiffness, rate);
        let ratio = if stiffness > 0.0 { matched / stiffness } else { 1.0 };
        Self {
            gravity: (G * ratio / inertia) as f32,
            compliance: (ratio / inertia) as f32,
            linear: linear as f32,
            quadratic: (f64::from(d.roll_damping_quadratic_n_m_s2) / inertia) as f32,
        }
    }
}

/// Stiffness and damping of heave per step.
fn heave_per_step(w: &Window<'_>) -> [f32; 2] {
    let (omega, zeta) = (f64::from(w.dynamics.heave_rad_s), f64::from(w.dynamics.heave_damping));
    let (stiffness, damping) = per_step(omega * omega, 2.0 * zeta * omega);
    [stiffness as f32, damping as f32]
}

/// What semi-implicit Euler must use for `x'' = -stiffness x - rate x'` to follow it exactly from step to step: the
/// characteristic roots of the scheme are set to `exp((-rate/2 +- i w_d) dt)`. Overdamped and unstable ones keep their stiffness.
fn per_step(stiffness: f64, rate: f64) -> (f64, f64) {
    let dt = f64::from(STEP_S);
    let damping = damping_per_step(rate, dt);
    let turning = stiffness - 0.25 * rate * rate;
    if turning <= 0.0 {
        return (stiffness, damping);
    }
    let sum = 2.0 * exp(-0.5 * rate * dt) * cos(turning.sqrt() * dt);
    ((2.0 - damping * dt - sum) / (dt * dt), damping)
}

/// Weights of a component of wavenumber `k` (rad/m) in elevation, crown slope and effective slope.
///
/// The boat rides on its two tubes, at `+-b`: their mean elevation is `cos(k_y b)` of the component's, their difference over
/// `2 b` is `sin(k_y b) / b` of its quarter phase, with `k_y` the wavenumber across the boat. The crown weight is kept from zero
/// (head sea, or a wave as long as the tubes are apart) by 1e-5 rad/m, for the others are told in units of it.
#[inline(always)]
pub(super) fn weigh(k: &Lane, beam_factor: &Lane, fixed: &Fixed<'_>) -> (Lane, Lane, Lane) {
    let mut angle = [0.0; LANES];
    for l in 0..LANES {
        angle[l] = k[l] * beam_factor[l] * fixed.crown_offset[l];
    }
    let (s, c) = lanes::sin_cos(&angle);
    let (mut crown, mut slope) = ([0.0; LANES], [0.0; LANES]);
    for l in 0..LANES {
        let weight = s[l] / fixed.crown_offset[l];
        crown[l] = -if weight.abs() < 1e-5 { 1e-5 } else { weight };
        let across = k[l] * beam_factor[l];
        let per_beam = across.abs() * fixed.beam[l] * (1.0 / std::f32::consts::TAU);
        let per_beam = if per_beam < 1e-6 { 1e-6 } else { per_beam };
        slope[l] = -across * slope_factor(1.0 / per_beam, fixed.slope_short[l]);
    }
    (c, crown, slope)
}

/// What happens only in some windows: wash, a pulse of moment, a tear, an open transom.
#[repr(align(64))]
pub(super) struct Event {
    wash: [Lane; 2],
    wash_turn: [Lane; 2],
    wash_weights: (Lane, Lane, Lane),
    wash_start: Lane,
    wash_rate: Lane,
    pub(super) pulse: Lane,
    pub(super) pulse_start: Lane,
    pub(super) pulse_rate: Lane,
    /// `Cd A sqrt(2 g)`, m^2.5/s.
    pub(super) tear: Lane,
    pub(super) tear_start: Lane,
    pub(super) tear_head: Lane,
    pub(super) tear_fill: Lane,
    pub(super) transom: Lane,
    pub(super) transom_freeboard: Lane,
}

impl Event {
    pub(super) fn pack(w: &[&Window<'_>; LANES], fixed: &Fixed<'_>) -> Self {
        let each = |f: &dyn Fn(&Window<'_>) -> f32| -> Lane { from_fn(|l| f(w[l])) };
        let mut k = [0.0; LANES];
        let (mut wash, mut wash_turn) = ([[0.0; LANES]; 2], [[0.0; LANES]; 2]);
        let mut beam_factor = [0.0; LANES];
        for l in 0..LANES {
            let a = &w[l].wash;
            if a.height_m <= 0.0 || a.period_s <= 0.0 {
                continue;
            }
            let omega = TAU / f64::from(a.period_s);
            k[l] = wavenumber_rad_m(omega, w[l].sea.state().depth_m()) as f32;
            beam_factor[l] = a.beam_factor;
            // The highest crest is in the middle of the group.
            let phase = -omega * f64::from(a.arrival_s) - PI * f64::from(a.waves);
            let half = 0.5 * f64::from(a.height_m);
            (wash[0][l], wash[1][l]) = ((half * cos(phase)) as f32, (half * sin(phase)) as f32);
            let turn = omega * f64::from(STEP_S);
            (wash_turn[0][l], wash_turn[1][l]) = (cos(turn) as f32, sin(turn) as f32);
        }
        Self {
            wash,
            wash_turn,
            wash_weights: weigh(&k, &beam_factor, fixed),
            wash_start: each(&|w| w.wash.arrival_s),
            wash_rate: each(&|w| inverse(w.wash.waves * w.wash.period_s)),
            pulse: each(&|w| 4.0 * w.moment.peak_n_m),
            pulse_start: each(&|w| w.moment.start_s),
            pulse_rate: each(&|w| inverse(w.moment.duration_s)),
            tear: each(&|w| w.dynamics.tear_discharge * w.tear_m2 * (2.0 * G as f32).sqrt()),
            tear_start: each(&|w| w.tear_start_s),
            tear_head: each(&|w| w.table.draught_m - w.table.floor_m),
            // Sinking raises the sea outside, filling raises the water inside.
            tear_fill: each(&|w| w.table.sink_m_per_m3 - inverse(w.table.well_area_m2)),
            transom: each(&|w| w.dynamics.weir_m05_s * w.dynamics.transom_width_m),
            transom_freeboard: each(&|w| w.table.freeboard_transom_m),
        }
    }

    /// The surface with the wash as it stands, `now_s` after the window's start.
    #[inline(always)]
    pub(super) fn with_wash<const EVENTS: bool>(&self, surface: Surface<LANES>, now_s: f32) -> Surface<LANES> {
        let mut out = surface;
        for l in 0..LANES {
            if EVENTS {
                let p = (now_s - self.wash_start[l]) * self.wash_rate[l];
                let p = if p < 0.0 { 0.0 } else { p };
                let p = if p > 1.0 { 1.0 } else { p };
                let hump = 4.0 * p * (1.0 - p);
                let envelope = hump * hump;
                let (x, y) = (envelope * self.wash[0][l], envelope * self.wash[1][l]);
                out.elevation[l] = surface.elevation[l] + self.wash_weights.0[l] * x;
                out.crown[l] = surface.crown[l] + self.wash_weights.1[l] * y;
                out.slope[l] = surface.slope[l] + self.wash_weights.2[l] * y;
            } else {
                // What the other loop adds in a lane without wash.
                out.elevation[l] = surface.elevation[l] + 0.0;
                out.crown[l] = surface.crown[l] + 0.0;
                out.slope[l] = surface.slope[l] + 0.0;
            }
        }
        out
    }

    /// Turns the wash by one step and adds it.
    #[inline(always)]
    pub(super) fn turn<const EVENTS: bool>(&mut self, surface: Surface<LANES>, now_s: f32) -> Surface<LANES> {
        if EVENTS {
            for l in 0..LANES {
                let (x, y) = (self.wash[0][l], self.wash[1][l]);
                let (c, s) = (self.wash_turn[0][l], self.wash_turn[1][l]);
                self.wash[0][l] = x * c - y * s;
                self.wash[1][l] = x * s + y * c;
            }
        }
        self.with_wash::<EVENTS>(surface, now_s)
    }
}

fn inverse(x: f32) -> f32 {
    if x > 0.0 { 1.0 / x } else { 0.0 }
}

/// What moves.
#[repr(align(64))]
pub(super) struct Moving {
    /// Length of the lane's step, s: zero once the boat is lost.
    pub(super) step_s: Lane,
    pub(super) heel: Lane,
    pub(super) roll: Lane,
    pub(super) heave: Lane,
    pub(super) heave_rate: Lane,
    pub(super) water: Lane,
    pub(super) shift: Lane,
    pub(super) stand: Lane,
    /// Elevation and effective slope a step ago.
    pub(super) elevation: Lane,
    pub(super) slope: Lane,
    /// Their rates a step ago.
    pub(super) elevation_rate: Lane,
    pub(super) slope_rate: Lane,
    pub(super) wet: Lane,
    pub(super) overtopped: Lane,
    pub(super) overtoppings: Lane,
    pub(super) max_heel: Lane,
    /// 1 once the boat has capsized.
    pub(super) capsized: Lane,
    /// Steps until it was lost, or until now.
    pub(super) lived: Lane,
}

impl Moving {
    pub(super) fn pack(w: &[&Window<'_>; LANES], before: &Surface<LANES>, start: &Surface<LANES>) -> Self {
        let each = |f: &dyn Fn(&Window<'_>) -> f32| -> Lane { from_fn(|l| f(w[l])) };
        let rate = |from: f32, to: f32| (to - from) * (1.0 / STEP_S);
        let heel: Lane = from_fn(|l| w[l].state.heel_rad + start.slope[l]);
        Self {
            step_s: [STEP_S; LANES],
            heel,
            roll: from_fn(|l| w[l].state.roll_rate_rad_s + rate(before.slope[l], start.slope[l])),
            heave: from_fn(|l| w[l].state.heave_m + start.elevation[l]),
            heave_rate: from_fn(|l| w[l].state.heave_rate_m_s + rate(before.elevation[l], start.elevation[l])),
            water: each(&|w| w.state.water_m3),
            shift: each(&|w| w.state.shift_m),
            stand: each(&|w| w.state.stand_share),
            elevation: before.elevation,
            slope: before.slope,
            elevation_rate: from_fn(|l| rate(before.elevation[l], start.elevation[l])),
            slope_rate: from_fn(|l| rate(before.slope[l], start.slope[l])),
            wet: [0.0; LANES],
            overtopped: [0.0; LANES],
            overtoppings: [0.0; LANES],
            max_heel: from_fn(|l| heel[l].abs()),
            capsized: [0.0; LANES],
            lived: [0.0; LANES],
        }
    }

    #[inline(always)]
    pub(super) fn any_afloat(&self) -> bool {
        self.step_s.iter().any(|s| *s > 0.0)
    }
}
