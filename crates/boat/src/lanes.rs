//! Sixteen windows abreast: packing, the loop over steps, unpacking.
//!
//! A lane that is lost is latched by a step of length zero, so nothing in it moves again and no lane asks about another.
//! Everything is `inline(always)` and plain f32 arithmetic with selects: [`crate::simd`] compiles it once for each instruction set,
//! with the same bits. What is rare (wash, pulse, tear, open transom) is compiled out of the loop where no lane has it; its
//! sums stay, with zeros, so that the other lanes get the same bits in either loop.

mod pack;
mod step;

use crate::kernel::{LANES, Loss, LossCause, Outcome, STEP_S, State, Window};
use pack::{Event, Fixed, Moving};
use plimsoll_core::maths::lanes::sin_cos_turns;
use plimsoll_core::random::Stream;
use plimsoll_sea::waves::{COMPONENTS, FADE_TICKS, Phasors, RENEWAL_TICKS, Surface, WaveField, Weights};
use std::array::from_fn;

/// One number for each lane.
pub(crate) type Lane = [f32; LANES];

/// Steps between looks at whether any lane still moves. Stopping early changes no result: lost lanes are latched.
const LOOK: u32 = 64;

/// Follows up to [`LANES`] windows for `steps` steps.
#[inline(always)]
pub(crate) fn group(stream: &Stream, windows: &[Window<'_>], steps: u32, out: &mut [Outcome]) {
    let Some(last) = windows.last() else { return };
    // Empty lanes repeat the last window; nobody reads them.
    let lanes: [&Window<'_>; LANES] = from_fn(|l| windows.get(l).unwrap_or(last));
    if lanes.iter().any(|w| pack::has_event(w)) {
        follow::<true>(stream, &lanes, steps, out);
    } else {
        follow::<false>(stream, &lanes, steps, out);
    }
}

/// The sea of the lanes: components now, and those that give way to them.
struct Sea<'a> {
    stream: &'a Stream,
    fields: [&'a WaveField; LANES],
    realisation: [u64; LANES],
    tick: [u32; LANES],
    now: (Phasors<LANES>, Weights<LANES>),
    /// Sets drawn so far.
    drawn: u32,
}

impl<'a> Sea<'a> {
    #[inline(always)]
    fn new(stream: &'a Stream, lanes: &[&Window<'a>; LANES], fixed: &Fixed<'_>) -> Self {
        let fields = from_fn(|l| lanes[l].sea);
        let realisation = from_fn(|l| lanes[l].realisation);
        let tick = from_fn(|l| lanes[l].start_tick);
        Self {
            stream,
            fields,
            realisation,
            tick,
            now: draw(stream, &fields, &realisation, &tick, fixed),
            drawn: 1,
        }
    }

    /// Draws the next set of components, and gives the one before.
    #[inline(always)]
    fn renew(&mut self, fixed: &Fixed<'_>) -> (Phasors<LANES>, Weights<LANES>) {
        for t in &mut self.tick {
            *t = t.wrapping_add(RENEWAL_TICKS);
        }
        self.drawn += 1;
        let fresh = draw(self.stream, &self.fields, &self.realisation, &self.tick, fixed);
        std::mem::replace(&mut self.now, fresh)
    }
}

#[inline(always)]
fn draw(
    stream: &Stream,
    fields: &[&WaveField; LANES],
    realisation: &[u64; LANES],
    tick: &[u32; LANES],
    fixed: &Fixed<'_>,
) -> (Phasors<LANES>, Weights<LANES>) {
    let (phasors, k) = Phasors::draw(stream, fields, realisation, tick);
    let zero = [[0.0; LANES]; COMPONENTS];
    let mut weights = Weights {
        elevation: zero,
        crown: zero,
        slope: zero,
    };
    for j in 0..COMPONENTS {
        let w = pack::weigh(&k[j], &fixed.beam_factor, fixed);
        (weights.elevation[j], weights.crown[j], weights.slope[j]) = w;
    }
    (phasors, weights)
}

#[inline(always)]
fn follow<const EVENTS: bool>(stream: &Stream, lanes: &[&Window<'_>; LANES], steps: u32, out: &mut [Outcome]) {
    let fixed = Fixed::pack(lanes);
    let mut event = Event::pack(lanes, &fixed);
    let mut sea = Sea::new(stream, lanes, &fixed);
    let start = sea.now.0.surface(&sea.now.1);
    let start = event.with_wash::<EVENTS>(start, 0.0);
    // The first step's slope on, for the rate at which the boat already follows the water.
    let next = sea.now.0.clone().turn(&sea.now.1);
    let next = event.clone().turn::<EVENTS>(next, STEP_S);
    let mut moving = Moving::pack(lanes, &start, &next);

    let mut done = 0;
    while done < steps && moving.any_afloat() {
        if done > 0 {
            let mut old = sea.renew(&fixed);
            for tick in 1..=FADE_TICKS.min(steps - done) {
                done += 1;
                let (a, b) = (old.0.turn(&old.1), sea.now.0.turn(&sea.now.1));
                one::<EVENTS>(&mut moving, &fixed, &mut event, mix(&a, &b, tick), done);
            }
        }
        let end = steps.min(sea.drawn * RENEWAL_TICKS);
        while done < end && moving.any_afloat() {
            for _ in 0..LOOK.min(end - done) {
                done += 1;
                let surface = sea.now.0.turn(&sea.now.1);
                one::<EVENTS>(&mut moving, &fixed, &mut event, surface, done);
            }
        }
    }
    for (l, o) in out.iter_mut().enumerate() {
        *o = moving.outcome(l);
    }
}

#[inline(always)]
fn one<const EVENTS: bool>(
    moving: &mut Moving,
    fixed: &Fixed<'_>,
    event: &mut Event,
    surface: Surface<LANES>,
    done: u32,
) {
    let end_s = done as f32 * STEP_S;
    let surface = event.turn::<EVENTS>(surface, end_s);
    step::step::<EVENTS>(moving, fixed, event, &surface, end_s);
}

/// Old and fresh surface with weights of constant power.
#[inline(always)]
fn mix(old: &Surface<LANES>, fresh: &Surface<LANES>, tick: u32) -> Surface<LANES> {
    let (s, c) = sin_cos_turns(&[tick as f32 * (0.25 / FADE_TICKS as f32)]);
    let (s, c) = (s[0], c[0]);
    let mut out = Surface::CALM;
    for l in 0..LANES {
        out.elevation[l] = c * old.elevation[l] + s * fresh.elevation[l];
        out.crown[l] = c * old.crown[l] + s * fresh.crown[l];
        out.slope[l] = c * old.slope[l] + s * fresh.slope[l];
    }
    out
}

impl Moving {
    /// What became of a lane.
    fn outcome(&self, l: usize) -> Outcome {
        let cause = if self.capsized[l] > 0.0 {
            LossCause::Capsize
        } else {
            LossCause::Swamping
        };
        Outcome {
            loss: (self.step_s[l] == 0.0).then_some(Loss {
                cause,
                after_s: self.lost_s[l],
            }),
            state: State {
                heel_rad: self.heel[l] - self.slope[l],
                roll_rate_rad_s: self.roll[l] - self.slope_rate[l],
                heave_m: self.heave[l] - self.elevation[l],
                heave_rate_m_s: self.heave_rate[l] - self.elevation_rate[l],
                water_m3: self.water[l],
                shift_m: self.shift[l],
                stand_share: self.stand[l],
            },
            max_heel_rad: self.max_heel[l],
            overtopped_m3: self.overtopped[l],
            overtoppings: self.overtoppings[l] as u32,
        }
    }
}
