//! How often the rarer things happen to a boat with so many aboard: reactions and surges of the crowd, failures of tube,
//! floor or transom, crush, people overboard, people lost while wading. All judged from counts; see the ledger.

use crate::ledger::value;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::{exp, ln, pow};

/// The constants of these rates in one state of knowledge.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    reference_h: f64,
    dark_or_children: f64,
    panic: f64,
    own_surges_per_h: f64,
    water_trigger: f64,
    felt_water_m3: f64,
    failure_per_crossing: f64,
    load_exponent: f64,
    soft_factor: f64,
    failure_per_surge: f64,
    crush: [f64; 3],
    crush_surge_factor: f64,
    overboard_per_h: f64,
    boarding: f64,
    cold_factor: f64,
    engine_failure_per_h: f64,
}

/// People aboard at which the three crush rates stand.
const CRUSH_AT: [f64; 3] = [50.0, 72.0, 95.0];
/// No single event makes a reaction certain.
const MOST: f64 = 0.95;

impl Rates {
    /// The constants at one outer draw.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        let v = |id| value(id, k);
        Self {
            reference_h: v("crossing.reference_hours"),
            dark_or_children: v("boat:crowd.trigger_dark_factor"),
            panic: v("boat:crowd.panic_given_trigger").min(MOST),
            own_surges_per_h: v("trigger.own_surges"),
            water_trigger: v("boat:crowd.trigger_water_over_feet"),
            felt_water_m3: v("trigger.felt_water"),
            failure_per_crossing: v("structure.per_crossing"),
            load_exponent: v("structure.load_exponent"),
            soft_factor: v("structure.soft_factor"),
            failure_per_surge: v("structure.per_surge"),
            crush: [v("crush.below_60"), v("crush.from_60"), v("crush.from_85")],
            crush_surge_factor: v("crush.per_surge"),
            overboard_per_h: v("overboard.rate"),
            boarding: v("boarding.per_person"),
            cold_factor: v("boarding.cold_factor"),
            engine_failure_per_h: v("crossing.engine_failure"),
        }
    }

    /// Hours over which the rates per crossing are spread.
    #[must_use]
    pub fn reference_h(&self) -> f64 {
        self.reference_h
    }

    /// Chance that a crowd reacts to an event whose plain chance is `trigger`; `wary` at night or with children aboard, `wet`
    /// with water over the feet.
    #[must_use]
    pub fn reaction(&self, trigger: f64, wary: bool, wet: bool) -> f64 {
        let plain = if wet { 1.0 - (1.0 - trigger) * (1.0 - self.water_trigger) } else { trigger };
        (plain * if wary { self.dark_or_children } else { 1.0 }).min(MOST)
    }

    /// Whether people feel so much water over the floor.
    #[must_use]
    pub fn felt(&self, water_m3: f64) -> bool {
        water_m3 > self.felt_water_m3
    }

    /// Chance that a reaction becomes a surge.
    #[must_use]
    pub fn panic(&self) -> f64 {
        self.panic
    }

    /// Surges of the crowd's own, per hour.
    #[must_use]
    pub fn own_surges_per_h(&self) -> f64 {
        self.own_surges_per_h
    }

    /// Failures of tube, floor or transom per hour under way: `p_f (N/50)^n / t_ref`, twofold or so where tubes are soft.
    #[must_use]
    pub fn failures_per_h(&self, people: f64, soft: bool) -> f64 {
        let load = pow(people / 50.0, self.load_exponent);
        let soft = if soft { self.soft_factor } else { 1.0 };
        self.failure_per_crossing * load * soft / self.reference_h
    }

    /// Chance of a structural failure in a surge.
    #[must_use]
    pub fn failure_per_surge(&self) -> f64 {
        self.failure_per_surge.min(MOST)
    }

    /// Crush events per crossing with so many aboard, interpolated in their logarithm between the three sizes of boat for which
    /// there are counts, and held beyond the largest.
    fn crush_per_crossing(&self, people: f64) -> f64 {
        let n = people.min(CRUSH_AT[2]);
        let i = usize::from(n > CRUSH_AT[1]);
        let t = (n - CRUSH_AT[i]) / (CRUSH_AT[i + 1] - CRUSH_AT[i]);
        exp(ln(self.crush[i]) + t * (ln(self.crush[i + 1]) - ln(self.crush[i])))
    }

    /// Crush events per hour under way.
    #[must_use]
    pub fn crush_per_h(&self, people: f64) -> f64 {
        self.crush_per_crossing(people) / self.reference_h
    }

    /// Chance that somebody is crushed in a surge.
    #[must_use]
    pub fn crush_per_surge(&self, people: f64) -> f64 {
        (self.crush_surge_factor * self.crush_per_crossing(people)).min(MOST)
    }

    /// People lost overboard, per hour.
    #[must_use]
    pub fn overboard_per_h(&self, people: f64) -> f64 {
        self.overboard_per_h * people
    }

    /// Chance of death of one person wading ashore or to a boat: `h_b (H_b / 0.5 m)^2`, more in cold water (full factor at
    /// 10 degC and below, none at 20 degC).
    #[must_use]
    pub fn boarding_per_person(&self, surf_m: f64, water_c: f64) -> f64 {
        let cold = ((20.0 - water_c) / 10.0).clamp(0.0, 1.0);
        let height = surf_m / 0.5;
        (self.boarding * height * height * (1.0 + cold * (self.cold_factor - 1.0))).min(MOST)
    }

    /// Engines that stop, per hour under way.
    #[must_use]
    pub fn engine_failures_per_h(&self) -> f64 {
        self.engine_failure_per_h
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crush_rates_pass_through_their_counts() {
        let r = Rates::draw(&Knowledge::central());
        for (n, p) in [(50.0, 0.002), (72.0, 0.005), (95.0, 0.03), (130.0, 0.03)] {
            assert!((r.crush_per_h(n) * r.reference_h / p - 1.0).abs() < 1e-6, "{n}");
        }
    }

    #[test]
    fn rates_grow_with_what_makes_them_worse() {
        for outer in 0..256 {
            let r = Rates::draw(&Knowledge::outer(3, outer));
            assert!(r.failures_per_h(80.0, true) > r.failures_per_h(80.0, false));
            assert!(r.failures_per_h(80.0, true) > r.failures_per_h(40.0, true));
            assert!(r.reaction(0.2, true, true) >= r.reaction(0.2, false, true));
            assert!(r.reaction(0.2, false, true) > r.reaction(0.2, false, false));
            assert!(r.boarding_per_person(1.0, 8.0) > r.boarding_per_person(0.5, 8.0));
            assert!(r.boarding_per_person(0.5, 8.0) >= r.boarding_per_person(0.5, 18.0));
            for n in 20..130 {
                let p = r.crush_per_surge(f64::from(n));
                assert!(p > 0.0 && p <= MOST);
            }
        }
    }
}
