//! When help reaches the first person: alarm, tasking, launch, transit and approach. Minutes since the loss.

use crate::LEDGER;
use crate::assets::Asset;
use crate::survival::Light;
use plimsoll_core::belief::Belief;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths;
use plimsoll_core::random::{Purpose, Stream};

const M_PER_NM: f64 = 1852.0;

/// Chances of alarm and arrival. What the ledger believes of a delay is how it varies between events, so each delay is
/// drawn per realisation; only `p_call` and the passers-by are states of knowledge.
#[derive(Clone, Debug)]
pub struct Arrivals {
    on_scene: Belief,
    call: Belief,
    tasking: Belief,
    approach: Belief,
    search_night: f64,
    /// Chance that a call with a usable position gets through and is believed.
    pub p_call: f64,
    /// Mean minutes until somebody passes an unseen wreck.
    pub passer_by_min: f64,
}

impl Arrivals {
    /// Arrival as `k` has it.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        let belief = |id| LEDGER.get(id).value.clone();
        Self {
            on_scene: belief("arrival.on_scene"),
            call: belief("arrival.call"),
            tasking: belief("arrival.tasking"),
            approach: belief("arrival.approach"),
            search_night: LEDGER.value("arrival.search_night", k),
            p_call: LEDGER.value("arrival.p_call", k),
            passer_by_min: 60.0 * LEDGER.value("arrival.passer_by", k),
        }
    }

    /// Minutes until an asset that stands by within a mile reaches the first person. `asset`: its place in the fleet.
    #[must_use]
    pub fn on_scene_min(&self, stream: &Stream, realisation: u64, asset: u32) -> f64 {
        self.on_scene.quantile(stream.uniform(realisation, 0, Purpose::Asset, asset))
    }

    /// Minutes until the alarm, with nobody near: a call from aboard, or a passer-by hours later.
    #[must_use]
    pub fn alarm_min(&self, stream: &Stream, realisation: u64) -> f64 {
        let [called, u] = stream.uniforms(realisation, 0, Purpose::Alarm, 0);
        if called < self.p_call { self.call.quantile(u) } else { -self.passer_by_min * maths::ln(u) }
    }

    /// Minutes from the alarm until an asset `distance_m` away reaches the first person: tasking, launch, transit,
    /// approach. Launch is by day or at night as the asset's table has it; finding people takes longer at night.
    #[must_use]
    pub fn from_alarm_min(
        &self,
        stream: &Stream,
        realisation: u64,
        index: u32,
        asset: &Asset,
        distance_m: f64,
        light: Light,
    ) -> f64 {
        let [u_tasking, u_launch] = stream.uniforms(realisation, 1, Purpose::Asset, index);
        let [u_approach, _] = stream.uniforms(realisation, 2, Purpose::Asset, index);
        let [day, night] = asset.launch_min;
        let launch = day + (night - day) * if light == Light::Day { 0.5 * u_launch } else { 0.5 + 0.5 * u_launch };
        let transit = distance_m.max(0.0) / (asset.speed_kn * M_PER_NM / 60.0);
        let approach = self.approach.quantile(u_approach) * if light == Light::Night { self.search_night } else { 1.0 };
        self.tasking.quantile(u_tasking) + launch + transit + approach
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets;

    #[test]
    fn parts_add_up_within_their_ranges() {
        let a = Arrivals::draw(&Knowledge::central());
        let s = Stream::new(3);
        let lifeboat = assets::find("lifeboat-dover").unwrap();
        for r in 0..2000 {
            let t = a.on_scene_min(&s, r, 0);
            assert!((2.0..=10.0).contains(&t));
            assert!(a.alarm_min(&s, r) > 0.0);
            let t = a.from_alarm_min(&s, r, 0, lifeboat, 10.0 * M_PER_NM, Light::Day);
            // 24 min at 25 kn; 2-15 tasking, 10-15 launch, 1-5 approach
            assert!((24.0 + 13.0..24.0 + 35.0).contains(&t), "{t}");
        }
    }

    #[test]
    fn night_is_never_sooner_on_average() {
        let a = Arrivals::draw(&Knowledge::central());
        let s = Stream::new(3);
        let ctv = assets::find("ctv-defender").unwrap();
        for r in 0..500 {
            let t = |light| a.from_alarm_min(&s, r, 0, ctv, 5000.0, light);
            assert!(t(Light::Night) > t(Light::Day));
        }
    }
}
