//! What a surge, a failure or a long passage comes to: how often somebody dies of it, by the number aboard.
//!
//! The year's counts are foretold by rates times these. They come from whole crossings under escort with a transfer at their end, as
//! an assessment walks them, in rows of a table of draws; they are pooled over the rows, so that what they owe to single
//! constants (motion of the hull, lean of the crowd) is not weighed.

use super::{SEED, ordered};
use crate::account::{Memory, Settle};
use crate::course::Kind;
use crate::outcome::Hazard;
use crate::outer::Outer;
use crate::question::Question;
use crate::resolve::disturbance_names;
use crate::situation::SituationError;
use crate::walk::{Pass, Walker};
use plimsoll_boat::kernel::{self, Outcome};
use plimsoll_boat::simd::Path;
use plimsoll_core::draws::{Constants, Draws};
use plimsoll_core::maths::expm1;
use plimsoll_core::random::Stream;
use std::sync::atomic::AtomicBool;

/// People aboard and class of the boats that stand for all: such loads leave each class some 0.2 to 0.3 m of freeboard.
const BOATS: [(u16, &str); NODES] = [
    (20, "inflatable-small"),
    (35, "inflatable-small"),
    (50, "inflatable-medium"),
    (65, "inflatable-medium"),
    (80, "inflatable-large"),
    (100, "inflatable-large"),
];
/// Number of those.
pub const NODES: usize = 6;
/// Realisations of each boat in each row, by day and by night.
const INNER: u64 = 8;
/// As many again in which the crowd reacts to the vessel alongside as often as anything can make it react: losses in transfers are few.
const ALONGSIDE: u64 = 4;
/// Least chance of death that is told from none: of some thousand walks, one.
const LEAST: f64 = 1e-3;

/// What one boat's walks come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Boat {
    /// Crossings in which somebody dies because the boat fills little by little.
    pub filling: f64,
    /// Crossings in which somebody dies because a wash, or a crowd that reacts without panic, swamps or capsizes it on the way. That
    /// takes a minute or two: nobody sees it coming.
    pub sudden: f64,
    /// Chance that somebody dies where a crowd surges on the way.
    pub surge: f64,
    /// Share of these losses that are capsizes.
    pub capsize: f64,
    /// Chance that somebody dies where tube, floor or transom fails on the way.
    pub failure: f64,
    /// The same of a surge in a transfer.
    pub transfer_surge: f64,
    /// The same of a reaction without panic to the vessel alongside.
    pub transfer_reaction: f64,
    /// The same of a failure in a transfer.
    pub transfer_failure: f64,
    /// Reactions of the crowd: number on the way; and in a transfer, beyond those of a dry boat, because it feels water over the floor.
    pub reactions: [f64; 2],
    /// Hours on the way and in the transfer, for what comes by the hour.
    pub hours: [f64; 2],
}

/// By the boats of [`node_of`].
pub type Conditional = [Boat; NODES];

/// The boat that stands for one with so many aboard.
#[must_use]
pub fn node_of(people: f64) -> usize {
    let nearer = |i: &usize| people < 0.5 * f64::from(BOATS[*i].0 + BOATS[*i + 1].0);
    (0..NODES - 1).find(nearer).unwrap_or(NODES - 1)
}

/// Walks what these are computed from. `None` when cancelled.
///
/// # Errors
/// [`SituationError`] where a boat does not float.
pub fn pooled(
    draws: &'static Draws,
    threads: usize,
    progress: &(dyn Fn(u64) + Sync),
    cancel: &AtomicBool,
) -> Result<Option<Conditional>, SituationError> {
    let questions: Vec<Question> = (0..NODES).flat_map(|b| ["day", "night"].map(|l| question(b, l))).collect();
    let rows = u64::from(draws.rows());
    let walked = ordered::run(rows, threads, progress, cancel, |row| {
        let boat = |(i, q): (usize, &Question)| walk(q, draws, row as u32, 2 * row + i as u64 % 2);
        questions.iter().enumerate().map(boat).collect::<Result<Vec<_>, _>>()
    });
    let Some(walked) = walked else { return Ok(None) };
    let mut sums = [Sums::default(); NODES];
    for (i, one) in walked.into_iter().collect::<Result<Vec<_>, _>>()?.iter().flat_map(|r| r.iter().enumerate()) {
        sums[i / 2].add(one);
    }
    Ok(Some(sums.map(|s| s.shares(2.0 * rows as f64 * INNER as f64))))
}

/// A whole crossing of the boat `node`, in the seas in which people cross, with a vessel near all the way, which calls the stations of
/// the strait where the boat is lost.
///
/// # Panics
/// For a node that is not there.
#[must_use]
pub fn question(node: usize, light: &str) -> Question {
    let (people, class) = BOATS[node];
    let text = format!(
        "[boat]\nclass = \"{class}\"\nengine = \"running\"\n[aboard]\nposture = \"sitting\"\npeople = {people}\n\
         [place]\nposition = \"51 02.0N 001 30.0E\"\nbound_for = {{ low = \"5 h\", likely = \"6 h\", high = \"9 h\" }}\n\
         [sea]\nwind = \"8 kn from 230\"\nhs = {{ low = \"0.1 m\", high = \"0.5 m\" }}\n\
         water = {{ low = \"8 degC\", high = \"18 degC\" }}\nlight = \"{light}\"\n\
         [help]\non_scene = [\"ctv-defender\"]\n[options]\nonly = [\"stand_off\"]\n"
    );
    let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
    let scenario = plimsoll_case::scenario::parse(text.as_bytes(), &ids).unwrap_or_else(|e| panic!("{e:?}"));
    Question::new(scenario.encounter, Constants::Judged, SEED).unwrap_or_else(|e| panic!("{e}"))
}

/// Fatal losses by what began them, and the hazards that they are shares of: on the way, in the transfer.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    filling: f64,
    sudden: f64,
    capsizes: f64,
    surges: [f64; 2],
    failures: [f64; 2],
    hazards: [[f64; 2]; 2],
    alongside: f64,
    reactions_alongside: f64,
    reactions: [f64; 2],
    hours: [f64; 2],
}

impl Sums {
    fn add(&mut self, o: &Self) {
        self.filling += o.filling;
        self.sudden += o.sudden;
        self.capsizes += o.capsizes;
        for at in 0..2 {
            self.reactions[at] += o.reactions[at];
            self.hours[at] += o.hours[at];
        }
        self.add_losses(o, 0);
        self.add_transfers(o);
    }

    fn add_transfers(&mut self, o: &Self) {
        self.alongside += o.alongside;
        self.reactions_alongside += o.reactions_alongside;
        self.add_losses(o, 1);
    }

    fn add_losses(&mut self, o: &Self, at: usize) {
        self.surges[at] += o.surges[at];
        self.failures[at] += o.failures[at];
        (0..2).for_each(|of| self.hazards[at][of] += o.hazards[at][of]);
    }

    fn shares(self, walks: f64) -> Boat {
        let share = |fatal: f64, hazard: f64| if hazard > 0.0 { (fatal / hazard).clamp(LEAST, 1.0) } else { LEAST };
        Boat {
            filling: self.filling / walks,
            sudden: self.sudden / walks,
            surge: share(self.surges[0], self.hazards[0][0]),
            capsize: self.capsizes / self.surges[0].max(f64::MIN_POSITIVE),
            failure: share(self.failures[0], self.hazards[0][1]),
            transfer_surge: share(self.surges[1], self.hazards[1][0]),
            transfer_reaction: self.alongside / self.reactions_alongside.max(f64::MIN_POSITIVE),
            transfer_failure: share(self.failures[1], self.hazards[1][1]),
            reactions: self.reactions.map(|n| (n / walks).max(0.0)),
            hours: self.hours.map(|h| h / walks),
        }
    }
}

fn walk(question: &Question, draws: &'static Draws, row: u32, number: u64) -> Result<Sums, SituationError> {
    let mut outer = question.drawn(Constants::Row(draws, row), u64::from(row))?;
    // whether somebody sees it fill is a constant of its own
    outer.filling_seen = 0.0;
    let stream = Stream::new(SEED);
    let mut memory = Memory::default();
    let mut sums = Sums::default();
    for i in 0..INNER {
        let walker = walked(&outer, number * INNER + i, &stream);
        on_the_way(&walker, &mut sums);
        losses(question, &walker, &stream, &mut memory, &mut sums);
    }
    let alongside = disturbance_names().iter().position(|n| n == "alongside");
    let alongside = alongside.unwrap_or_else(|| unreachable!("every transfer has one"));
    outer.disturbances[alongside].trigger = 1.0;
    outer.prepared = 1.0;
    let mut provoked = Sums::default();
    for i in 0..ALONGSIDE {
        let walker = walked(&outer, number * INNER + i, &stream);
        losses(question, &walker, &stream, &mut memory, &mut provoked);
    }
    sums.add_transfers(&provoked);
    Ok(sums)
}

/// A realisation under the first option, walked to its end.
#[must_use]
pub fn walked<'a>(outer: &'a Outer, r: u64, stream: &Stream) -> Walker<'a> {
    let mut walker = Walker::new(outer, 0, r, stream, Vec::new());
    let mut out = [Outcome::default()];
    while let Some(window) = walker.next(stream) {
        kernel::run(Path::detect(), stream, &[window], walker.ticks, &mut out);
        walker.absorb(stream, &out[0]);
    }
    walker
}

/// Hours and reactions of the crowd.
fn on_the_way(walker: &Walker<'_>, sums: &mut Sums) {
    let outer = walker.outer;
    for (leg, at_event, surge, _) in walker.hazards() {
        let leg = &walker.legs[leg];
        let at = usize::from(leg.kind == Kind::Transfer);
        if !at_event {
            sums.hours[at] += surge / outer.rates.own_surges_per_h();
        } else if let Some(d) = leg.disturbance {
            let dry = match leg.kind {
                Kind::Transfer => {
                    outer.rates.reaction(outer.disturbances[d].trigger * outer.prepared, outer.wary, false)
                }
                Kind::Passage | Kind::Landing => 0.0,
            };
            sums.reactions[at] += -expm1(-surge) / outer.rates.panic() - dry;
        }
    }
}

/// Fatal losses and the hazards that they come of.
fn losses(question: &Question, walker: &Walker<'_>, stream: &Stream, memory: &mut Memory, sums: &mut Sums) {
    let outer = walker.outer;
    let at = |leg: usize| usize::from(walker.legs[leg].kind == Kind::Transfer);
    for (leg, at_event, surge, failure) in walker.hazards() {
        sums.hazards[at(leg)][0] += surge;
        sums.hazards[at(leg)][1] += failure;
        if at_event && at(leg) == 1 {
            let surge = -expm1(-surge);
            sums.reactions_alongside += (surge / outer.rates.panic() - surge) / (1.0 - surge);
        }
    }
    let settle = Settle { outer, fleet: &question.fleet, stream, r: walker.r, floats_first: false, horizon_min: 720.0 };
    for (pass, end) in [Pass::Quiet, Pass::Triggered].into_iter().zip(&walker.ends) {
        let Some(end) = end else { continue };
        let Some(loss) = &end.loss else { continue };
        if settle.path(&walker.legs, end, memory).deaths == 0 {
            continue;
        }
        let at = at(loss.leg);
        match (pass, loss.hazard) {
            (Pass::Quiet, _) if loss.after_trigger_s.is_none() => sums.filling += end.weight,
            (Pass::Quiet, _) if at == 0 => sums.sudden += end.weight,
            // on this path nobody has surged
            (Pass::Quiet, _) => sums.alongside += 1.0,
            (Pass::Triggered, Hazard::Structure) => sums.failures[at] += end.weight,
            (Pass::Triggered, hazard) => {
                sums.surges[at] += end.weight;
                if hazard == Hazard::Capsize && at == 0 {
                    sums.capsizes += end.weight;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boats_stand_for_the_numbers_about_them() {
        assert_eq!([5.0, 27.0, 28.0, 50.0, 75.0, 130.0].map(node_of), [0, 0, 1, 2, 4, 5]);
    }
}
