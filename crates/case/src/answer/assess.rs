//! The answer of `plimsoll assess`: every option followed to its end and compared with standing off.

mod basis;
mod policy;
mod verdict;

pub use basis::{
    AskNext, Computed, ConstantAt, ConstantUsed, Credibility, CredibilityFactor, DataUsed, DistressCount,
    DistressIndicator, FlipTogether, RestsOn, Sensitivity, Timings, WouldFlip,
};
pub use policy::{Dominance, OptionRef, PolicyChange, PolicyInForce, PolicyValue, Reversal, RuleApplied};
pub use verdict::{NoVerdict, Verdict};

use super::common::{Quantiles, Reason, SchemaTag, Span, State};
use super::drift::CoastLine;
use super::law::LawLine;
use super::loadline::LoadlineAnswer;
use super::option::{Modifier, OptionId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AssessAnswer {
    /// `plimsoll.assess` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// Seed of the random numbers.
    pub seed: u64,
    /// 64 hexadecimal digits, see [`super::digest`].
    pub digest: String,
    /// Realisations that were run.
    pub realisations: u64,
    /// Outer draws (of what is not known) that they were spread over.
    pub outer_draws: u32,
    /// How long each realisation was followed.
    pub horizon_h: f64,
    /// A first, rough answer: it carries no verdict.
    pub coarse: bool,
    /// Name of the scenario, or empty.
    pub title: String,
    /// Where, what and when.
    pub scene: Scene,
    /// The inputs as they were understood.
    pub inputs: Inputs,
    /// The load line.
    pub loadline: LoadlineAnswer,
    /// The options, best supported first. Those that are not assessable stand among them.
    pub options: Vec<OptionAnswer>,
    /// The rules by which they were ordered and verdicts given.
    #[serde(default)]
    pub policy: PolicyInForce,
    /// Pairs of which one is not worse in any respect, nearly whatever is true.
    #[serde(default)]
    pub dominance: Vec<Dominance>,
    /// Pairs that means order one way and worst tenths the other.
    #[serde(default)]
    pub reversals: Vec<Reversal>,
    /// What to ask next, best first.
    pub ask_next: Vec<AskNext>,
    /// What would have to be otherwise for a verdict to change: for each option that a verdict separates from standing off the
    /// constants and inputs that move the difference, the strongest first.
    pub would_flip: Vec<WouldFlip>,
    /// The same for several of them together: one entry for each option that a verdict separates from standing off.
    #[serde(default)]
    pub would_flip_together: Vec<FlipTogether>,
    /// Whether `would_flip` was computed.
    pub would_flip_state: Computed,
    /// What the expected deaths of standing off hang on, the strongest first; empty where that was not worked out.
    #[serde(default)]
    pub sensitivity: Vec<Sensitivity>,
    /// Distress indicators, met or not. They stand first: a low number never downgrades a distress phase.
    pub distress_indicators: Vec<DistressIndicator>,
    /// How many of them are met, and how many only presumed.
    #[serde(default)]
    pub distress_count: DistressCount,
    /// The law that applies: duties, not advice.
    pub law: Vec<LawLine>,
    /// How far this may be believed.
    pub credibility: Credibility,
    /// What it rests on.
    pub rests_on: RestsOn,
    /// How long it took. Not in the digest.
    #[serde(default)]
    pub timings: Option<Timings>,
}

impl super::Answer for AssessAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.assess", 1);
}

/// Where, what and when, as figures, so that each language can say it in its own words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scene {
    /// Name of the sea area, such as "Dover Strait", or null.
    pub area: Option<String>,
    /// Longitude, degrees east.
    pub lon_deg: Option<f64>,
    /// Latitude, degrees north.
    pub lat_deg: Option<f64>,
    /// Time, UTC, as `2026-09-14T04:20:00Z`.
    pub time_utc: Option<String>,
    /// People aboard.
    pub people: Option<Span>,
    /// Who says so.
    pub people_basis: Option<String>,
    /// Children among them.
    pub children: Option<Span>,
    /// Class of boat, such as `inflatable-medium`, or null where its measures were given.
    pub boat_class: Option<String>,
    /// Overall length.
    pub length_m: Option<Span>,
    /// `firm`, `soft` or `uneven`.
    pub tubes: Option<String>,
    /// Whether the engine runs.
    pub engine_running: Option<bool>,
    /// Wind speed.
    pub wind_m_s: Option<Span>,
    /// Where the wind comes from, degrees true.
    pub wind_from_deg: Option<f64>,
    /// Significant wave height.
    pub hs_m: Option<Span>,
    /// Speed of the stream.
    pub current_m_s: Option<Span>,
    /// Where the stream sets, degrees true.
    pub current_toward_deg: Option<f64>,
    /// Temperature of the water.
    pub water_c: Option<Span>,
    /// `day`, `twilight` or `night`.
    pub light: Option<String>,
    /// Depth of water.
    pub depth_m: Option<Span>,
    /// Distance to the nearest shore.
    pub distance_to_shore_m: Option<Span>,
    /// Land around the place, for the chart; null where no coast is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coast: Option<Vec<CoastLine>>,
}

/// The inputs as they were understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Inputs {
    /// Every input, in the order of the scenario.
    pub scenario: Vec<InputLine>,
    /// What was missing and took a default.
    pub defaulted: Vec<DefaultedInput>,
}

/// One input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InputLine {
    /// Its key, such as `aboard.people`.
    pub key: String,
    /// As understood, with unit.
    pub text: String,
    /// Who says so.
    pub basis: Option<String>,
    /// Whether the scenario gave it.
    pub given: bool,
}

/// One input that was missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DefaultedInput {
    /// Its key.
    pub key: String,
    /// What was taken instead, with unit.
    pub value: String,
    /// Where that comes from.
    pub source: String,
    /// `A` measured, `B` published, `C` judged.
    pub grade: String,
}

/// One option. Where it is not assessable every figure is null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OptionAnswer {
    /// Which.
    pub id: OptionId,
    /// What was added to it.
    pub modifiers: Vec<Modifier>,
    /// Whether numbers may be given.
    pub state: State,
    /// Why not, or why marked.
    pub reasons: Vec<Reason>,
    /// Deaths in one encounter.
    pub deaths: Option<Deaths>,
    /// Probability that somebody dies.
    pub p_any_death: Option<f64>,
    /// 2.5 % of knowledge about `p_any_death`.
    #[serde(default)]
    pub p_any_death_lo95: Option<f64>,
    /// 97.5 % of knowledge about `p_any_death`.
    #[serde(default)]
    pub p_any_death_hi95: Option<f64>,
    /// Probability that ten or more die.
    pub p_ten_or_more: Option<f64>,
    /// Mean deaths of the worst tenth.
    pub cvar10: Option<f64>,
    /// Probability that the boat is lost.
    pub p_loss: Option<f64>,
    /// Mean deaths where the boat is lost.
    pub deaths_given_loss: Option<f64>,
    /// Shares of the expected deaths by hazard.
    pub by_hazard: Option<ByHazard<f64>>,
    /// The same with what is known of them.
    pub by_hazard_interval: Option<ByHazard<Share>>,
    /// Shares of the expected deaths by what people die of.
    pub by_phase: Option<ByPhase>,
    /// From its trigger to the loss of the boat, given loss.
    pub time_to_loss_s: Option<Quantiles>,
    /// When people are lifted.
    pub lifts: Option<Lifts>,
    /// Risk to rescuers and officers.
    pub crew: Option<Crew>,
    /// Deaths less those of standing off, on the same draws. Null for standing off itself.
    pub difference_to_stand_off: Option<Difference>,
    /// What the difference shows. Null in a coarse answer.
    pub verdict: Option<Verdict>,
    /// Why there is none, where the interval alone would let one be given.
    #[serde(default)]
    pub no_verdict_because: Option<NoVerdict>,
    /// Share of outer draws in which this option has the fewest expected deaths.
    pub p_best: Option<f64>,
    /// `[deaths, probability]`, ascending, non-zero bins.
    #[serde(default)]
    pub histogram: Vec<(u32, f64)>,
    /// Everybody's place in time, over all boats.
    #[serde(default)]
    pub timeline: Vec<TimelinePoint>,
    /// The same over those boats that are lost, in minutes since the loss. May be empty.
    #[serde(default)]
    pub timeline_given_loss: Vec<TimelinePoint>,
    /// Marks on the timeline.
    pub events: Option<Events>,
    /// Whether the verdict survives that people turned away try again.
    pub reattempt: Option<Reattempt>,
    /// Where everybody is at the end, expected numbers.
    pub accounted: Option<Accounted>,
}

/// Deaths in one encounter: chance and knowledge apart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Deaths {
    /// Expected.
    pub mean: f64,
    /// 5 % quantile of what may happen.
    pub q05: f64,
    /// Median of what may happen.
    pub q50: f64,
    /// 95 % quantile of what may happen.
    pub q95: f64,
    /// One standard error of the mean: by the states of knowledge that were drawn and by chance within them. About what the mean
    /// varies by between seeds.
    pub mc_se: f64,
    /// 2.5 % of knowledge about the mean.
    pub knowledge_lo95: f64,
    /// 97.5 % of knowledge about the mean.
    pub knowledge_hi95: f64,
    /// Whether the noise of the realisations could be taken out of these intervals (of the deaths and of the chance of any); where not,
    /// they are bounds, wider than what is known.
    #[serde(default = "yes")]
    pub told_from_noise: bool,
}

/// One value for each of the six hazards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ByHazard<T> {
    /// The boat rolls over.
    pub capsize: T,
    /// It fills.
    pub swamping: T,
    /// Tube, floor or transom fails.
    pub structure: T,
    /// People are crushed aboard.
    pub crush: T,
    /// Boarding and wading.
    pub boarding: T,
    /// A person goes overboard.
    pub overboard: T,
}

impl<T: Copy> ByHazard<T> {
    /// Names and values in the order of the declaration.
    #[must_use]
    pub fn named(&self) -> [(&'static str, T); 6] {
        [
            ("capsize", self.capsize),
            ("swamping", self.swamping),
            ("structure", self.structure),
            ("crush", self.crush),
            ("boarding", self.boarding),
            ("overboard", self.overboard),
        ]
    }
}

/// A share with what is known of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// Share of the expected deaths.
    pub share: f64,
    /// 2.5 % of knowledge.
    pub lo95: f64,
    /// 97.5 % of knowledge.
    pub hi95: f64,
}

/// Shares of the expected deaths by what people die of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ByPhase {
    /// The first minutes in the water.
    pub first_minutes: f64,
    /// Afloat with nothing to hold.
    pub unsupported: f64,
    /// Cooling.
    pub cooling: f64,
    /// Collapse around the rescue.
    pub collapse: f64,
    /// Trapped under or in the boat.
    pub trapped: f64,
    /// Aboard, never in the water.
    pub aboard: f64,
}

impl ByPhase {
    /// Names and values in the order of the declaration.
    #[must_use]
    pub fn named(&self) -> [(&'static str, f64); 6] {
        [
            ("first_minutes", self.first_minutes),
            ("unsupported", self.unsupported),
            ("cooling", self.cooling),
            ("collapse", self.collapse),
            ("trapped", self.trapped),
            ("aboard", self.aboard),
        ]
    }
}

/// Medians of the first and the last lift, where people are lifted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Lifts {
    /// Minutes until the first person is lifted.
    pub first_min: Option<f64>,
    /// Minutes until the last person is lifted.
    pub last_min: Option<f64>,
}

/// Risk to rescuers and officers, where assessed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Crew {
    /// Whether a number may be given.
    pub state: State,
    /// Why not, or why marked.
    pub reasons: Vec<Reason>,
    /// Expected deaths among rescuers and officers.
    pub deaths_mean: Option<f64>,
    /// 2.5 % of knowledge.
    pub lo95: Option<f64>,
    /// 97.5 % of knowledge.
    pub hi95: Option<f64>,
}

/// A paired difference of expected deaths per encounter. Intervals are of knowledge; the error of the mean stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// Mean.
    pub mean: f64,
    /// 2.5 % of knowledge.
    pub lo95: f64,
    /// 97.5 % of knowledge.
    pub hi95: f64,
    /// 25 % of knowledge.
    #[serde(default)]
    pub lo50: Option<f64>,
    /// 75 % of knowledge.
    #[serde(default)]
    pub hi50: Option<f64>,
    /// One standard error of the mean, as that of the deaths.
    pub mc_se: f64,
    /// Whether the noise of the realisations could be taken out of the interval; where not, it is a bound, wider than what is known.
    #[serde(default = "yes")]
    pub told_from_noise: bool,
}

/// Older answers do not say.
fn yes() -> bool {
    true
}

/// Where everybody is, so many minutes from the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimelinePoint {
    /// Minutes.
    pub minutes: f64,
    /// In the boat, median.
    pub aboard_q50: f64,
    /// In the water, median.
    pub in_water_q50: f64,
    /// On rescue craft, median.
    pub rescued_q50: f64,
    /// Ashore, median.
    pub ashore_q50: f64,
    /// In the boat, mean. The five means add up to the people aboard; the medians need not.
    #[serde(default)]
    pub aboard_mean: f64,
    /// In the water, mean.
    #[serde(default)]
    pub in_water_mean: f64,
    /// On rescue craft, mean.
    #[serde(default)]
    pub rescued_mean: f64,
    /// Ashore, mean.
    #[serde(default)]
    pub ashore_mean: f64,
    /// Dead, mean.
    #[serde(default)]
    pub dead_mean: f64,
    /// Dead, 5 % quantile.
    pub dead_q05: f64,
    /// Dead, median.
    pub dead_q50: f64,
    /// Dead, 95 % quantile.
    pub dead_q95: f64,
}

/// Marks on the timeline, medians.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Events {
    /// Minutes until the alarm.
    pub alarm_min: Option<f64>,
    /// Minutes until the first lift.
    pub first_lift_min: Option<f64>,
    /// Minutes until the last lift.
    pub last_lift_min: Option<f64>,
}

/// Whether a verdict survives that people turned away try again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reattempt {
    /// Probability of trying again that was assumed.
    pub probability_assumed: f64,
    /// Deaths that this adds to 1,000 encounters, 2.5 %.
    pub extra_deaths_per_1000_lo95: f64,
    /// The same, 97.5 %.
    pub extra_deaths_per_1000_hi95: f64,
    /// Whether the verdict stays the same.
    pub verdict_survives: bool,
}

/// Where everybody is at the end. The numbers are expected values and sum to the people aboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Accounted {
    /// Ashore.
    pub ashore: f64,
    /// Aboard a rescue vessel.
    pub aboard_rescue: f64,
    /// Still in the boat.
    pub in_boat: f64,
    /// Still in the water at the end of the horizon.
    #[serde(default)]
    pub in_water: f64,
    /// Dead.
    pub dead: f64,
}
