//! From a disturbance to a window of the fast tier: what the crowd does, which wash and which moment reach the boat.

use crate::course::Leg;
use crate::options::Drawn;
use crate::outer::{Afloat, Outer};
use plimsoll_boat::kernel::{Pulse, State, Wash, Window};
use plimsoll_core::maths::sin;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_sea::GRAVITY_M_S2;
use std::f64::consts::TAU;

/// What the crowd does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crowd {
    /// Nothing.
    Still,
    /// It leans and some stand up.
    Reacts,
    /// It surges to one side.
    Surges,
}

/// The side to which a crowd goes at one tick: -1 or 1.
#[must_use]
pub fn side(stream: &Stream, r: u64, tick: u32) -> f32 {
    if stream.uniform(r, tick, Purpose::Crowd, 0) < 0.5 { -1.0 } else { 1.0 }
}

/// A window that begins at `tick` with `water_m3` aboard, disturbed as `disturbance` has it.
#[allow(clippy::too_many_arguments, reason = "each is one independent fact of the window")]
#[must_use]
pub fn window<'a>(
    outer: &'a Outer,
    boat: &'a Afloat,
    stream: &Stream,
    r: u64,
    tick: u32,
    water_m3: f64,
    leg: &Leg,
    disturbance: Option<&Drawn>,
    does: Crowd,
    tear_m2: f64,
) -> Window<'a> {
    let standing = outer.situation.standing as f32;
    let mut crowd = boat.crowd;
    if does != Crowd::Still {
        let how = usize::from(does == Crowd::Surges);
        let c = &outer.crowd;
        crowd.delay_s = c.delay_s as f32;
        crowd.tau_s = c.tau_s as f32;
        crowd.limit_m = outer.crowd_limit_m as f32;
        crowd.shift_target_m =
            boat.balance_m + side(stream, r, tick) * (outer.reaction.shift[how] * outer.crowd_limit_m) as f32;
        crowd.stand_target = standing.max(outer.reaction.stand[how] as f32);
        crowd.stand_tau_s = c.stand_tau_s as f32;
        crowd.lean_gain_m_per_rad = -c.lean_uphill_m_per_rad as f32;
        if does == Crowd::Surges {
            crowd.panic_after_s = c.delay_s as f32;
            crowd.panic_gain_m_per_rad = c.lean_panic_m_per_rad as f32;
        }
    }
    let weight = f64::from(boat.table.dry_mass_kg) * GRAVITY_M_S2;
    let [u_way, u_moment] = stream.uniforms(r, tick, Purpose::Contact, u32::MAX);
    let sign = if u_moment < 0.5 { -1.0 } else { 1.0 };
    let (mut wash, mut moment) = (Wash::default(), Pulse::default());
    if let Some(d) = disturbance {
        if d.wash_height_m > 0.0 {
            wash = Wash {
                height_m: d.wash_height_m as f32,
                period_s: d.wash_period_s as f32,
                arrival_s: ARRIVAL_S,
                waves: outer.wash_waves as f32,
                beam_factor: sin(TAU * u_way) as f32,
            };
        }
        let (lever, seconds) = if d.turn { (outer.turn_lever_m, outer.turn_s) } else { (d.lever_m, outer.contact_s) };
        if lever > 0.0 {
            moment = Pulse { peak_n_m: (sign * lever * weight) as f32, start_s: ARRIVAL_S, duration_s: seconds as f32 };
        }
    }
    let beam = outer.beam_factor(stream, r, leg);
    Window {
        table: &boat.table,
        dynamics: &boat.dynamics,
        sea: &outer.sea,
        realisation: r,
        start_tick: tick,
        state: State { water_m3: water_m3 as f32, stand_share: standing, shift_m: boat.balance_m, ..State::default() },
        beam_factor: beam,
        crowd,
        wash,
        moment,
        // waves and wind come from the same side
        steady_moment_n_m: beam * outer.wind_moment_n_m(boat),
        tear_m2: tear_m2 as f32,
        tear_start_s: 0.0,
        bail_m3_s: outer.bail_m3_s as f32,
    }
}

/// When a wash, a turn or a contact begins, after the window's start, s: the boat has settled into its sea.
const ARRIVAL_S: f32 = 5.0;
