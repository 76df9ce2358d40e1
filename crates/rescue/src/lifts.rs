//! Lifting people as a queue: assets are servers with a rate and a capacity, people are served in order of danger.
//!
//! Order: the unsupported, longest unsupported first; those holding by hand; those on thrown floats; those with the chest
//! on the wreck; those held clear aboard the flooded hull. A vessel that finds somebody unsupported throws what it has at
//! hand before it lifts: a few lifebuoys, or, with floats first, floats and rafts for many.

use crate::LEDGER;
use crate::assets::Asset;
use crate::survival::{Conditions, Light};
use plimsoll_core::belief::Belief;
use plimsoll_core::ledger::Knowledge;

/// Constants of lifting in one state of knowledge.
#[derive(Clone, Copy, Debug)]
pub struct LiftConstants {
    /// Factor on the asset table's rates.
    pub anchor: f64,
    /// Factor on rates at night.
    pub night: f64,
    /// Factor on rates from Hs 1.5 m.
    pub rough: f64,
    /// Factor on the rate for the unconscious.
    pub unconscious: f64,
    /// Dose of cooling above which a person counts as unconscious.
    pub unconscious_dose: f64,
    /// Spread of people at the loss, m.
    pub cluster_m: f64,
    /// Eddy diffusivity, m2/s.
    pub diffusivity_m2_s: f64,
    /// Spread above which rates fall, m.
    pub reach_m: f64,
    /// People that get hold of thrown floats, per minute.
    pub floats_per_min: f64,
    /// People that the floats of one vessel hold.
    pub floats_carried: f64,
    /// Lifebuoys at hand on any vessel.
    pub lifebuoys: f64,
    /// People that get hold of a lifebuoy, per minute.
    pub lifebuoys_per_min: f64,
    /// People a minute from a flooded hull.
    pub clear_per_min: f64,
}

impl LiftConstants {
    /// The constants as `k` has them.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        let value = |id| LEDGER.value(id, k);
        Self {
            anchor: value("lifts.anchor"),
            night: value("lifts.night"),
            rough: value("lifts.rough"),
            unconscious: value("lifts.unconscious"),
            unconscious_dose: value("lifts.unconscious_dose"),
            cluster_m: value("lifts.cluster"),
            diffusivity_m2_s: value("lifts.diffusivity"),
            reach_m: value("lifts.reach"),
            floats_per_min: value("lifts.floats_per_min"),
            floats_carried: value("lifts.floats_carried"),
            lifebuoys: value("lifts.lifebuoys"),
            lifebuoys_per_min: value("lifts.lifebuoys_per_min"),
            clear_per_min: value("lifts.clear_factor") * value("transfer.walk_off_per_min"),
        }
    }

    /// Factor of light and sea on every rate: the lesser of the two, not their product.
    #[must_use]
    pub fn conditions_factor(&self, conditions: &Conditions) -> f64 {
        let light = match conditions.light {
            Light::Night => self.night,
            Light::Day | Light::Twilight => 1.0,
        };
        let sea = 1.0 - (1.0 - self.rough) * ((conditions.hs_m - 1.0) / 0.5).clamp(0.0, 1.0);
        if light < sea { light } else { sea }
    }
}

/// What lifting comes to in one sea, for every asset of a fleet.
#[derive(Clone, Debug)]
pub struct LiftRates {
    assets: Vec<AssetRates>,
    factor: f64,
    pub(crate) unconscious_time: f32,
    pub(crate) unconscious_dose: f32,
    cluster_m2: f32,
    growth_m2_min: f32,
    reach_m: f32,
    clear_min: f32,
    /// Number and minutes of a throw: lifebuoys alone, and with floats first.
    throws: [(u32, f32); 2],
}

#[derive(Clone, Debug)]
struct AssetRates {
    per_min: Belief,
    capacity: u32,
    vertical: bool,
    throws: bool,
}

impl LiftRates {
    /// The rates of `fleet` in one sea.
    #[must_use]
    pub fn new(constants: &LiftConstants, conditions: &Conditions, fleet: &[&Asset]) -> Self {
        let factor = constants.conditions_factor(conditions);
        Self {
            assets: fleet
                .iter()
                .map(|a| AssetRates {
                    per_min: Belief::Triangular {
                        low: a.lift_per_min[0],
                        likely: a.lift_per_min[1],
                        high: a.lift_per_min[2],
                    },
                    capacity: a.capacity,
                    vertical: a.kind.lifts_vertically(),
                    throws: a.kind.throws_floats(),
                })
                .collect(),
            factor: factor * constants.anchor,
            unconscious_time: (1.0 / constants.unconscious) as f32,
            unconscious_dose: constants.unconscious_dose as f32,
            cluster_m2: (constants.cluster_m * constants.cluster_m) as f32,
            growth_m2_min: (120.0 * constants.diffusivity_m2_s) as f32,
            reach_m: constants.reach_m as f32,
            clear_min: (1.0 / (constants.clear_per_min * factor)) as f32,
            throws: [
                (constants.lifebuoys as u32, (1.0 / constants.lifebuoys_per_min) as f32),
                (
                    (constants.lifebuoys + constants.floats_carried) as u32,
                    (1.0 / constants.floats_per_min.max(constants.lifebuoys_per_min)) as f32,
                ),
            ],
        }
    }

    /// Number of assets.
    #[must_use]
    pub fn assets(&self) -> usize {
        self.assets.len()
    }

    /// Minutes a person that asset `asset` takes for somebody in the water, at the place `u` in its belief.
    #[inline]
    fn water_min(&self, asset: usize, u: f64) -> f32 {
        (1.0 / (self.assets[asset].per_min.quantile(u) * self.factor)) as f32
    }

    /// How much longer the unsupported take, spread as they are at `at_min`: `max(1, sqrt(s0^2 + 2 K t)/reach)`.
    #[inline]
    pub(crate) fn spread_time(&self, at_min: f32) -> f32 {
        let sigma = (self.cluster_m2 + self.growth_m2_min * at_min).sqrt();
        if sigma > self.reach_m { sigma / self.reach_m } else { 1.0 }
    }
}

/// An asset at work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Server {
    /// When it can begin with the next person, minutes.
    pub ready_min: f32,
    /// Place among the arrivals.
    pub slot: usize,
    /// People it can still take.
    pub room: u32,
    /// Floats it can still throw.
    pub floats: u32,
    /// Minutes of a throw.
    pub float_min: f32,
    /// Minutes for somebody in the water.
    pub water_min: f32,
    /// Minutes for somebody aboard the flooded hull.
    pub clear_min: f32,
    /// Lifts upright.
    pub vertical: bool,
}

impl Server {
    pub(crate) fn new(
        rates: &LiftRates,
        asset: usize,
        slot: usize,
        ready_min: f32,
        u: f64,
        floats_first: bool,
    ) -> Self {
        let a = &rates.assets[asset];
        let water_min = rates.water_min(asset, u);
        let (floats, float_min) = rates.throws[usize::from(floats_first)];
        Self {
            ready_min,
            slot,
            room: a.capacity,
            floats: if a.throws { floats } else { 0 },
            float_min,
            water_min,
            // a hoist gains nothing from a deck to stand on, and no vessel is slower from a deck than from the water
            clear_min: if a.throws && rates.clear_min < water_min { rates.clear_min } else { water_min },
            vertical: a.vertical,
        }
    }
}
