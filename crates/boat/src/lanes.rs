//! Sixteen windows abreast: packing, the loop over steps, unpacking.
//!
//! A lane that is lost is latched by a step of length zero, so nothing in it moves again and no lane asks about another.
//! Everything is `inline(always)` and plain f32 arithmetic with selects: [`crate::simd`] compiles it once for each instruction set,
//! with the same bits. What is rare (wash, pulse, tear, open transom) is compiled out of the loop where no lane has it; its
//! sums stay, with zeros, so that the other lanes get the same bits in either loop.

mod pack;
pub(crate) mod probe;
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

/// The sea of the lanes: its components, and those that give way to them.
struct Sea<'a> {
    stream: &'a Stream,
    fields: [&'a WaveField; LANES],
    realisation: [u64; LANES],
    start_tick: [u32; LANES],
    now: (Phasors<LANES>, Weights<LANES>),
    old: (Phasors<LANES>, Weights<LANES>),
    ahead: [Surface<LANES>; AHEAD],
}

/// Ticks that the sea is turned at a time. It divides the life of a set of components and the time in which one gives way.
const AHEAD: usize = 2;
const _: () = assert!(RENEWAL_TICKS.is_multiple_of(AHEAD as u32) && FADE_TICKS.is_multiple_of(AHEAD as u32));

impl<'a> Sea<'a> {
    /// The sea one tick before the window's start.
    #[inline(always)]
    fn new(stream: &'a Stream, lanes: &[&Window<'a>; LANES], fixed: &Fixed<'_>) -> Self {
        let fields = from_fn(|l| lanes[l].sea);
        let realisation = from_fn(|l| lanes[l].realisation);
        let start_tick = from_fn(|l| lanes[l].start_tick);
        let now = draw(stream, &fields, &realisation, &start_tick, fixed);
        Self { stream, fields, realisation, start_tick, now, old: now, ahead: [Surface::CALM; AHEAD] }
    }

    /// The surface at `tick` after the window's start; to be called for each in turn.
    #[inline(always)]
    fn turn(&mut self, fixed: &Fixed<'_>, tick: u32) -> &Surface<LANES> {
        let at = tick as usize % AHEAD;
        if at == 0 {
            self.go_on(fixed, tick);
        }
        &self.ahead[at]
    }

    /// The next [`AHEAD`] surfaces, from `tick` on.
    #[inline(always)]
    fn go_on(&mut self, fixed: &Fixed<'_>, tick: u32) {
        let age = tick % RENEWAL_TICKS;
        let fades = tick >= RENEWAL_TICKS && age < FADE_TICKS;
        if fades && age == 0 {
            let at = from_fn(|l| self.start_tick[l].wrapping_add(tick));
            self.old = self.now;
            self.now = draw(self.stream, &self.fields, &self.realisation, &at, fixed);
        }
        self.ahead = self.now.0.turns(&self.now.1);
        if fades {
            let old: [Surface<LANES>; AHEAD] = self.old.0.turns(&self.old.1);
            for (i, fresh) in self.ahead.iter_mut().enumerate() {
                *fresh = mix(&old[i], fresh, age + i as u32 + 1);
            }
        }
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
    weighed(phasors, &k, fixed)
}

/// Components in units of this boat, with the weights of its sums.
#[inline(always)]
fn weighed(mut phasors: Phasors<LANES>, k: &[Lane; COMPONENTS], fixed: &Fixed<'_>) -> (Phasors<LANES>, Weights<LANES>) {
    let zero = [[0.0; LANES]; COMPONENTS];
    let (mut elevation, mut crown, mut slope) = (zero, zero, zero);
    for j in 0..COMPONENTS {
        (elevation[j], crown[j], slope[j]) = pack::weigh(&k[j], &fixed.beam_factor, fixed);
    }
    let weights = phasors.weigh(&elevation, &crown, &slope);
    (phasors, weights)
}

#[inline(always)]
fn follow<const EVENTS: bool>(stream: &Stream, lanes: &[&Window<'_>; LANES], steps: u32, out: &mut [Outcome]) {
    let fixed = Fixed::pack(lanes);
    let mut event = Event::pack(lanes, &fixed);
    let mut sea = Sea::new(stream, lanes, &fixed);
    let before = event.with_wash::<EVENTS>(sea.now.0.surface(&sea.now.1), 0.0);
    let mut surface = event.turn::<EVENTS>(*sea.turn(&fixed, 0), 0.0);
    let mut moving = Moving::pack(lanes, &before, &surface);
    for done in 0..steps {
        if done % LOOK == 0 && !moving.any_afloat() {
            break;
        }
        step::step::<EVENTS>(&mut moving, &fixed, &event, &surface, done as f32 * STEP_S);
        let next = done + 1;
        surface = event.turn::<EVENTS>(*sea.turn(&fixed, next), next as f32 * STEP_S);
    }
    for (l, o) in out.iter_mut().enumerate() {
        *o = moving.outcome(l, &surface);
    }
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
    fn outcome(&self, l: usize, surface: &Surface<LANES>) -> Outcome {
        let lost = self.step_s[l] == 0.0;
        let cause = if self.capsized[l] > 0.0 { LossCause::Capsize } else { LossCause::Swamping };
        // The surface of a lost lane runs on as long as a neighbour floats, so its state is told from the horizontal.
        let from_surface = |value: f32, surface: f32| if lost { value } else { value - surface };
        let rate = |now: f32, before: f32| (now - before) * (1.0 / STEP_S);
        let (slope, elevation) = (surface.slope[l], surface.elevation[l]);
        Outcome {
            loss: lost.then_some(Loss { cause, after_s: self.lived[l] * STEP_S }),
            state: State {
                heel_rad: from_surface(self.heel[l], slope),
                roll_rate_rad_s: from_surface(self.roll[l], rate(slope, self.slope[l])),
                heave_m: from_surface(self.heave[l], elevation),
                heave_rate_m_s: from_surface(self.heave_rate[l], rate(elevation, self.elevation[l])),
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
