//! Phase 2: support. Who gets hold of something, how long hands hold, how long people swim, and how many the wreck can take.

use super::cold_shock::strength;
use super::lifejacket::Flotation;
use crate::LEDGER;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths;
use std::sync::LazyLock;

/// Constants of support in one state of knowledge.
#[derive(Clone, Copy, Debug)]
pub struct SupportConstants {
    /// Mean share of those thrown off who get hold of the wreck, places permitting.
    pub p_hold: f64,
    /// The same of a boat that swamped upright. Never below `p_hold`.
    pub p_hold_upright: f64,
    /// Latent correlation between two people of an event (of the normal variables, not of their holding).
    pub latent_correlation: f64,
    /// Of those who hold, the share with the chest on the wreck.
    pub torso_share: f64,
    /// Median grip time at 10 degC, minutes.
    pub grip_median_min: f64,
    /// Spread of grip time, of the logarithm.
    pub grip_spread: f64,
    /// Holds on each metre of tube.
    pub places_per_m: f64,
    /// Of these, places for a chest on each metre of tube.
    pub torso_per_m: f64,
    /// Places for a chest on each square metre of floor.
    pub torso_per_m2: f64,
    /// Median swim time of a clothed swimmer at 10 degC, minutes.
    pub swimmer_min: f64,
    /// Median swim time of the fit volunteers in swimwear at 10 degC, minutes.
    pub fit_min: f64,
    /// Median time of a non-swimmer, minutes.
    pub non_swimmer_min: f64,
    /// Median time with partial lift, at least, minutes.
    pub partial_min: f64,
    /// Spread of swim time, of the logarithm.
    pub swim_spread: f64,
}

impl SupportConstants {
    /// The constants as `k` has them.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        // the belief reaches beyond 1 in three draws of a thousand
        let no_hold = LEDGER.value("support.no_hold", k).min(0.95);
        let p_hold = 1.0 - no_hold;
        let fit_min = LEDGER.value("support.swim_fit", k);
        let places_per_m = LEDGER.value("support.places_per_m", k);
        let non_swimmer_min = LEDGER.value("support.non_swimmer", k);
        Self {
            p_hold,
            p_hold_upright: 1.0 - no_hold * LEDGER.value("support.no_hold_upright", k),
            latent_correlation: latent_correlation(p_hold, LEDGER.value("support.hold_correlation", k)),
            torso_share: LEDGER.value("support.torso_share", k),
            grip_median_min: LEDGER.value("support.grip_median", k),
            grip_spread: LEDGER.value("support.grip_spread", k),
            places_per_m,
            torso_per_m: LEDGER.value("support.torso_per_m", k).min(places_per_m),
            torso_per_m2: LEDGER.value("support.torso_per_m2", k),
            swimmer_min: fit_min * LEDGER.value("support.swim_derating", k),
            fit_min,
            non_swimmer_min,
            partial_min: LEDGER.value("support.partial_float", k).max(non_swimmer_min),
            swim_spread: LEDGER.value("support.swim_spread", k),
        }
    }

    pub(crate) fn earlier_form() -> Self {
        Self {
            p_hold: 0.85,
            p_hold_upright: 0.85,
            latent_correlation: 0.0,
            torso_share: 1.0,
            grip_median_min: 30.0,
            grip_spread: 0.8,
            places_per_m: 100.0,
            torso_per_m: 100.0,
            torso_per_m2: 0.0,
            swimmer_min: 25.0,
            fit_min: 25.0,
            non_swimmer_min: 4.0,
            partial_min: 15.0,
            swim_spread: 0.9,
        }
    }

    /// Median time to swimming failure without support, minutes; infinite with a real lifejacket.
    ///
    /// Swimmers last `1 + 1.5 (1 - c(T))` times as long as at 10 degC; partial lift gives at least its own median.
    #[must_use]
    pub fn swim_median(&self, swimmer: bool, flotation: Flotation, water_c: f64) -> f64 {
        let bare = if swimmer { self.swimmer_min * warm_factor(water_c) } else { self.non_swimmer_min };
        match flotation {
            Flotation::None => bare,
            Flotation::Partial => bare.max(self.partial_min),
            Flotation::Real => f64::INFINITY,
        }
    }

    /// Median time to the end of a hand grip, minutes: `t_g 2.5^((T - 10)/15)`, the swimmers' gain from 10 to 25 degC
    /// carried on below 10 degC, where hands fail first.
    #[must_use]
    pub fn grip_median(&self, water_c: f64) -> f64 {
        self.grip_median_min * maths::pow(2.5, (water_c - 10.0) / 15.0)
    }

    /// Places on a wreck with `tube_m` metres of tube afloat (both sides together) and `deck_m2` of floor that still
    /// carries people: the well of a boat swamped upright, the bottom of one that inverted; 0 where the floor is gone.
    #[must_use]
    pub fn places(&self, tube_m: f64, deck_m2: f64) -> WreckPlaces {
        let (tube_m, deck_m2) = (tube_m.max(0.0), deck_m2.max(0.0));
        let along = (self.torso_per_m * tube_m) as u32;
        WreckPlaces {
            torso: along + (self.torso_per_m2 * deck_m2) as u32,
            grip: ((self.places_per_m * tube_m) as u32).saturating_sub(along),
        }
    }

    /// The share of an event that gets hold, from its luck `z` (standard normal). Its mean over events is `p_hold`, or
    /// `p_hold_upright`.
    #[must_use]
    pub fn event_share(&self, lost: Lost, z: f64) -> f64 {
        let mean = if lost == Lost::Swamped { self.p_hold_upright } else { self.p_hold };
        share(mean, self.latent_correlation, z)
    }
}

/// How a boat was lost, as far as it concerns the people in the water.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It swamped upright: people are at its tubes when it happens.
    Swamped,
    /// It heeled until they slid off, and came back upright without their weight.
    ThrownOff,
    /// It inverted or folded: they are thrown off, and some may be under or inside it.
    InvertedOrFolded,
}

/// How many people a wreck can support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WreckPlaces {
    /// Places with the chest out of the water.
    pub torso: u32,
    /// Further places by hand.
    pub grip: u32,
}

impl WreckPlaces {
    /// Nothing afloat to hold on to.
    pub const NONE: Self = Self { torso: 0, grip: 0 };
    /// Room for everyone in every way.
    pub const UNLIMITED: Self = Self { torso: u32::MAX, grip: u32::MAX };
}

/// How much longer swimmers last than at 10 degC: `1 + 1.5 (1 - c(T))`.
#[must_use]
pub fn warm_factor(water_c: f64) -> f64 {
    1.0 + 1.5 * (1.0 - strength(water_c))
}

/// One-factor normal model: `Phi((Phi^-1(p) + sqrt(r) z)/sqrt(1 - r))`, whose mean over z is p (Vasicek, 1987).
fn share(p: f64, r: f64, z: f64) -> f64 {
    if r <= 0.0 {
        return p;
    }
    maths::normal_cdf((maths::normal_quantile(p) + r.sqrt() * z) / (1.0 - r).sqrt())
}

/// Midpoints of equal shares of the standard normal distribution, over which event luck is averaged.
static LUCK: LazyLock<[f64; 64]> =
    LazyLock::new(|| std::array::from_fn(|i| maths::normal_quantile((i as f64 + 0.5) / 64.0)));

/// The latent correlation for which two people's holding has correlation `rho`, within 1e-3 of `rho`: regula falsi with
/// the Illinois rule, a dozen evaluations at most.
fn latent_correlation(p: f64, rho: f64) -> f64 {
    let threshold = maths::normal_quantile(p);
    let excess = |r: f64| {
        let (loading, scale) = (r.sqrt(), 1.0 / (1.0 - r).sqrt());
        let mean_square = LUCK
            .iter()
            .map(|z| {
                let s = maths::normal_cdf((threshold + loading * z) * scale);
                s * s
            })
            .sum::<f64>()
            / LUCK.len() as f64;
        (mean_square - p * p) / (p * (1.0 - p)) - rho
    };
    let (mut low, mut high) = ((0.0, -rho), (0.98, excess(0.98)));
    let mut middle = high.0;
    for _ in 0..12 {
        middle = low.0 + (high.0 - low.0) * -low.1 / (high.1 - low.1);
        let e = excess(middle);
        if e.abs() < 1e-3 {
            break;
        }
        if e < 0.0 {
            low = (middle, e);
            high.1 *= 0.5;
        } else {
            high = (middle, e);
            low.1 *= 0.5;
        }
    }
    middle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_luck_keeps_the_mean_and_gives_the_correlation() {
        for (p, rho) in [(0.5, 0.3), (0.85, 0.3), (0.95, 0.1)] {
            let r = latent_correlation(p, rho);
            let n = 20_000;
            let (mut mean, mut square) = (0.0, 0.0);
            for i in 0..n {
                let s = share(p, r, maths::normal_quantile((f64::from(i) + 0.5) / f64::from(n)));
                mean += s;
                square += s * s;
            }
            mean /= f64::from(n);
            square /= f64::from(n);
            assert!((mean - p).abs() < 1e-3, "{mean}");
            assert!(((square - mean * mean) / (p * (1.0 - p)) - rho).abs() < 0.01);
        }
    }

    #[test]
    fn a_longer_wreck_never_has_fewer_places() {
        let c = SupportConstants::draw(&Knowledge::central());
        let mut last = 0;
        for cm in 0..3000 {
            let p = c.places(f64::from(cm) * 0.01, 0.0);
            assert!(p.torso + p.grip >= last);
            last = p.torso + p.grip;
            let q = c.places(f64::from(cm) * 0.01, 5.0);
            assert!(q.torso > p.torso && q.grip == p.grip);
        }
        assert_eq!(c.places(-1.0, -1.0), WreckPlaces::NONE);
    }
}
