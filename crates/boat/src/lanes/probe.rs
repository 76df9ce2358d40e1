//! The fast tier asked about one boat in one sea: how it answers each component, and what whole stretches of sea put aboard.

use super::{Event, Fixed, Lane, Moving, pack, step, weighed};
use crate::kernel::{LANES, STEP_S, Window};
use plimsoll_core::random::Stream;
use plimsoll_sea::waves::{COMPONENTS, FADE_TICKS, Phasors, RENEWAL_TICKS, Surface, Weights, relative_energies};

/// Pieces of a stretch.
pub(crate) const PIECES: usize = 4;
/// Steps of a piece.
pub(crate) const PIECE_STEPS: u32 = RENEWAL_TICKS / PIECES as u32;
/// Steps before water may come over, in which a start from rest on the surface fades. With them a set of components lives as
/// long as it does in the fast tier.
const SETTLE: u32 = FADE_TICKS;
/// Steps over which a response is measured, after it has settled.
const RESPONSE_STEPS: u32 = 200;

/// Mean square of the height of the water against the crowns that each component of this sea makes alone, m2.
#[inline(always)]
pub(crate) fn response(window: &Window<'_>) -> [f32; COMPONENTS] {
    let lanes = [window; LANES];
    let mut fixed = Fixed::pack(&lanes);
    close(&mut fixed);
    let (phasors, k) = Phasors::separate(window.sea);
    let mut asked = Asked::new(phasors, &k, &lanes, fixed);
    let mut squares = [0.0_f32; LANES];
    for done in 0..SETTLE + RESPONSE_STEPS {
        if done >= SETTLE {
            let [port, starboard] = asked.heights();
            for l in 0..LANES {
                squares[l] += 0.5 * (port[l] * port[l] + starboard[l] * starboard[l]);
            }
        }
        asked.step::<false>();
    }
    std::array::from_fn(|j| squares[j] / RESPONSE_STEPS as f32)
}

/// Energy over its mean of every component of so many stretches of sea, of the realisations from `first` on: a column of
/// [`LANES`] for each component, group by group.
#[inline(always)]
pub(crate) fn energies(stream: &Stream, first: u64, tick: u32, groups: usize) -> Vec<[Lane; COMPONENTS]> {
    (0..groups as u64)
        .map(|g| {
            let realisations = std::array::from_fn(|l| first + g * LANES as u64 + l as u64);
            relative_energies(stream, &realisations, &[tick; LANES])
        })
        .collect()
}

/// What [`LANES`] stretches of sea did, piece by piece and lane by lane. Every piece begins with the same water aboard.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Stretches {
    /// Water that came in, m3; of a piece that the boat did not outlast, as much as the whole of it would have brought at that rate.
    pub(crate) gain_m3: [Lane; PIECES],
    /// 1 where the boat capsized.
    pub(crate) capsized: [Lane; PIECES],
    /// Events of overtopping.
    pub(crate) overtoppings: [Lane; PIECES],
}

/// Runs the boat of `window` through one stretch of sea each of [`LANES`] realisations. A boat that is lost begins the next piece at
/// rest on the surface.
#[inline(always)]
pub(crate) fn stretches(stream: &Stream, window: &Window<'_>, realisations: &[u64; LANES]) -> Stretches {
    // Only an open transom can ask for the loop with everything in it.
    if pack::has_event(window) {
        follow::<true>(stream, window, realisations)
    } else {
        follow::<false>(stream, window, realisations)
    }
}

#[inline(always)]
fn follow<const EVENTS: bool>(stream: &Stream, window: &Window<'_>, realisations: &[u64; LANES]) -> Stretches {
    let lanes = [window; LANES];
    let open = Fixed::pack(&lanes);
    let (side, bail, transom) = (open.side, open.bail, Event::pack(&lanes, &open).transom);
    let fields = [window.sea; LANES];
    let (phasors, k) = Phasors::draw(stream, &fields, realisations, &[window.start_tick; LANES]);
    let mut fixed = open;
    close(&mut fixed);
    let mut asked = Asked::new(phasors, &k, &lanes, fixed);
    asked.event.transom = [0.0; LANES];
    for _ in 0..SETTLE {
        asked.step::<EVENTS>();
    }
    (asked.fixed.side, asked.fixed.bail) = (side, bail);
    asked.event.transom = transom;
    let mut out = Stretches::default();
    for piece in 0..PIECES {
        asked.refill(window.state.water_m3);
        let lived = asked.moving.lived;
        for _ in 0..PIECE_STEPS {
            asked.step::<EVENTS>();
        }
        let m = &asked.moving;
        for l in 0..LANES {
            out.gain_m3[piece][l] = m.overtopped[l] * (PIECE_STEPS as f32 / (m.lived[l] - lived[l]));
            out.capsized[piece][l] = m.capsized[l];
            out.overtoppings[piece][l] = m.overtoppings[l];
        }
    }
    out
}

/// Nothing comes in and nothing goes out.
fn close(fixed: &mut Fixed<'_>) {
    fixed.side = [0.0; LANES];
    fixed.bail = [0.0; LANES];
}

/// [`LANES`] boats in seas of one set of components.
struct Asked<'a> {
    fixed: Fixed<'a>,
    event: Event,
    phasors: Phasors<LANES>,
    weights: Weights<LANES>,
    surface: Surface<LANES>,
    moving: Moving,
    now: u32,
}

impl<'a> Asked<'a> {
    #[inline(always)]
    fn new(phasors: Phasors<LANES>, k: &[Lane; COMPONENTS], lanes: &[&Window<'a>; LANES], fixed: Fixed<'a>) -> Self {
        let event = Event::pack(lanes, &fixed);
        let (mut phasors, weights) = weighed(phasors, k, &fixed);
        let before = phasors.surface(&weights);
        let surface = phasors.turn(&weights);
        let moving = Moving::pack(lanes, &before, &surface);
        Self { fixed, event, phasors, weights, surface, moving, now: 0 }
    }

    #[inline(always)]
    fn step<const EVENTS: bool>(&mut self) {
        step::step::<EVENTS>(&mut self.moving, &self.fixed, &self.event, &self.surface, self.now as f32 * STEP_S);
        self.surface = self.phasors.turn(&self.weights);
        self.now += 1;
    }

    /// Height of the water against the crowns over that at rest, port and starboard, m.
    #[inline(always)]
    fn heights(&self) -> [Lane; 2] {
        let (m, s) = (&self.moving, &self.surface);
        let (mut port, mut starboard) = ([0.0; LANES], [0.0; LANES]);
        for l in 0..LANES {
            let rise = s.elevation[l] - m.heave[l];
            let tilt = self.fixed.crown_offset[l] * step::sine(m.heel[l] - s.crown[l]);
            (port[l], starboard[l]) = (rise - tilt, rise + tilt);
        }
        [port, starboard]
    }

    /// Every boat with so much water aboard and nothing counted; those that were lost at rest on the surface.
    #[inline(always)]
    fn refill(&mut self, water_m3: f32) {
        let m = &mut self.moving;
        for l in 0..LANES {
            if m.step_s[l] == 0.0 {
                m.step_s[l] = STEP_S;
                m.heel[l] = m.slope[l];
                m.roll[l] = m.slope_rate[l];
                m.heave[l] = m.elevation[l];
                m.heave_rate[l] = m.elevation_rate[l];
            }
        }
        m.water = [water_m3; LANES];
        m.wet = [0.0; LANES];
        m.overtopped = [0.0; LANES];
        m.overtoppings = [0.0; LANES];
        m.capsized = [0.0; LANES];
    }
}
