//! The answer of `plimsoll loadline`: the present load against the limits that it has passed or not.
//!
//! Prismatic and free of trim unless trim was given; heel positive to starboard. No permissible number of people is here,
//! for there is none.

use super::assess::Credibility;
use super::common::{Figure, Reason, SchemaTag, State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The whole answer. Figures are null where the state is `not_assessable` (the boat does not float upright at rest).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoadlineAnswer {
    /// `plimsoll.loadline` and its version.
    pub schema: SchemaTag,
    /// Version of the program.
    pub version: String,
    /// Seed of the draws of beliefs.
    pub seed: u64,
    /// 64 hexadecimal digits; empty where this answer is part of another.
    pub digest: String,
    /// Whether numbers may be given.
    pub state: State,
    /// Why not, or why marked.
    pub reasons: Vec<Reason>,
    /// The boat and its people at the median of all beliefs: what a drawing needs.
    pub section: Section,
    /// Mass of boat, people and what is aboard.
    pub displacement_kg: Option<Figure>,
    /// Crown of the lower tube above the still water, at rest.
    pub freeboard_m: Option<Figure>,
    /// Metacentric height.
    pub gm_m: Option<Figure>,
    /// Righting lever by heel, in steps of 0.25 degrees until the crown is under.
    pub gz: Vec<GzPoint>,
    /// Largest righting lever.
    pub gz_max_m: Option<Figure>,
    /// Heel at which it is reached.
    pub gz_max_heel_deg: Option<Figure>,
    /// Heel at which water comes over the crown; null if never below 60 degrees.
    pub flooding_heel_deg: Option<Figure>,
    /// How far everybody must lean or move to one side, on the mean, to use up the largest righting lever.
    pub shift_to_capsize_m: Option<Figure>,
    /// Top of the transom above the still water.
    pub transom_margin_m: Option<Figure>,
    /// The boat full of water.
    pub swamped: Option<Swamped>,
    /// With the buoyant shares that were given; null where both are 1.
    pub soft_chamber: Option<SoftChamber>,
    /// Limits, passed or not.
    pub limits: Vec<Limit>,
    /// The lowest level of evidence and the factors that have it; they hold of every answer.
    #[serde(default)]
    pub credibility: Option<Credibility>,
}

impl super::Answer for LoadlineAnswer {
    const TAG: (&'static str, u32) = ("plimsoll.loadline", 1);
}

/// The cross-section as it can be drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Overall length.
    pub length_m: f64,
    /// Overall beam.
    pub beam_m: f64,
    /// Diameter of a tube.
    pub tube_m: f64,
    /// Floor above the lowest point of the tubes, with its sag.
    pub floor_height_m: f64,
    /// Draught from the lowest point of the tubes; null where the boat does not float.
    pub draught_m: Option<f64>,
    /// List at rest, positive to starboard.
    #[serde(default)]
    pub list_deg: f64,
    /// Buoyant share of the port tube.
    pub share_port: f64,
    /// Buoyant share of the starboard tube.
    pub share_starboard: f64,
    /// People aboard.
    pub people: f64,
    /// Height of their common centre above the lowest point of the tubes.
    pub people_centre_m: f64,
    /// `floor`, `sitting`, `standing` or `mixed`.
    pub posture: String,
}

/// Righting lever at one heel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GzPoint {
    /// Heel.
    pub heel_deg: f64,
    /// Righting lever.
    pub gz_m: Figure,
    /// Lowest crown above the water.
    pub margin_m: Figure,
}

/// The boat full of water.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Swamped {
    /// Mass that the tubes alone carry.
    pub capacity_kg: Figure,
    /// People whom it holds clear of the water: crown 5 cm out and metacentric height above 0.3 m.
    pub held_clear: Figure,
}

/// The boat with a limp chamber.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SoftChamber {
    /// List.
    pub list_deg: Figure,
    /// Lowest crown above the water if the limp tube kept its shape.
    pub margin_m: Figure,
    /// Lowest crown above the water with the tube as limp as it is.
    pub margin_limp_m: Figure,
}

/// A limit, passed or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Limit {
    /// `standing_awash`, `lost_chamber_swamps`, `swamped_not_clear`, `floats_no_more`, or another stable name.
    pub id: String,
    /// Whether the present load has passed it (at the median of all beliefs).
    pub passed: bool,
    /// Probability that it is passed, where beliefs leave it open.
    #[serde(default)]
    pub p_passed: Option<f64>,
    /// How much is left, negative where passed; null where it cannot be told.
    pub margin: Option<Figure>,
    /// Unit of `margin`: `m`, `kg`, `deg` or `people`.
    pub margin_unit: String,
}
