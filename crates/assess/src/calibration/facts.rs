//! How far a case lies from the events that the constants are calibrated on: people, water and waves together.
//!
//! Each range by itself may hold while their combination is like no event. The distance is Mahalanobis's (1936) in people aboard, water
//! temperature and significant wave height, against every event with what it knows: all know the people, those that are replayed
//! the water and the waves as beliefs, whose own variance counts too. Few events know all three, so that their correlations are shrunk
//! toward none by the share d / (d + n) of d quantities and n events (a fixed share after Ledoit and Wolf 2004, J. Multivariate Anal.
//! 88:365). Wind and length of the boat are on record for too few events to stand in it.

use super::immersions;
use super::record::{Mechanism, record};
use plimsoll_case::encounter::Encounter;
use plimsoll_core::belief::Belief;
use std::sync::LazyLock;

/// People aboard, water temperature (degC), significant wave height (m).
const DIMS: usize = 3;

/// Facts of an event, as far as it knows them.
type Facts = [Option<f64>; DIMS];

/// The events as a cloud.
#[derive(Clone, Debug)]
pub struct Cloud {
    mean: [f64; DIMS],
    sd: [f64; DIMS],
    correlation: [[f64; DIMS]; DIMS],
    /// Distance of the farthest event.
    pub farthest: f64,
}

static CLOUD: LazyLock<Cloud> = LazyLock::new(|| {
    let (facts, within) = events();
    Cloud::of(&facts, within)
});

/// The cloud of the calibrated events.
#[must_use]
pub fn cloud() -> &'static Cloud {
    &CLOUD
}

/// What every event knows, and the mean variance of the beliefs in each quantity.
fn events() -> (Vec<Facts>, [f64; DIMS]) {
    let replayed = immersions::all();
    let ids: Vec<&str> = replayed.iter().map(|i| i.event.id).collect();
    let mut facts: Vec<Facts> = (replayed.iter())
        .map(|i| [Some(f64::from(i.event.people)), Some(i.event.water_c.median()), Some(i.event.hs_m.median())])
        .collect();
    // those who drowned boarding are counted in the water, not aboard
    let others = record().usable().filter(|e| e.mechanism != Some(Mechanism::Boarding));
    let others = others.filter(|e| e.replay.as_deref().is_none_or(|r| !ids.contains(&r)));
    facts.extend(others.map(|e| [e.aboard.map(f64::from), None, None]));
    let n = replayed.len() as f64;
    let mean = |of: &dyn Fn(&immersions::Immersion) -> f64| replayed.iter().map(of).sum::<f64>() / n;
    (facts, [0.0, mean(&|i| variance(&i.event.water_c)), mean(&|i| variance(&i.event.hs_m))])
}

/// Variance of a belief by 64 midpoint quantiles.
fn variance(b: &Belief) -> f64 {
    let at: Vec<f64> = (0..64).map(|i| b.quantile((f64::from(i) + 0.5) / 64.0)).collect();
    let mean = at.iter().sum::<f64>() / 64.0;
    at.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 64.0
}

impl Cloud {
    fn of(facts: &[Facts], within: [f64; DIMS]) -> Self {
        let known = |d: usize| facts.iter().filter_map(move |f| f[d]);
        let mean: [f64; DIMS] = std::array::from_fn(|d| known(d).sum::<f64>() / known(d).count() as f64);
        let sd: [f64; DIMS] = std::array::from_fn(|d| {
            let squares: f64 = known(d).map(|x| (x - mean[d]) * (x - mean[d])).sum();
            (squares / (known(d).count() as f64 - 1.0) + within[d]).sqrt()
        });
        let whole: Vec<[f64; DIMS]> = facts
            .iter()
            .filter_map(|f| Some([(f[0]? - mean[0]) / sd[0], (f[1]? - mean[1]) / sd[1], (f[2]? - mean[2]) / sd[2]]))
            .collect();
        let n = whole.len() as f64;
        let kept = 1.0 - DIMS as f64 / (DIMS as f64 + n);
        let correlation = std::array::from_fn(|i| {
            std::array::from_fn(|j| {
                let together = whole.iter().map(|z| z[i] * z[j]).sum::<f64>() / n;
                let own = |d: usize| whole.iter().map(|z| z[d] * z[d]).sum::<f64>() / n;
                if i == j { 1.0 } else { kept * together / (own(i) * own(j)).sqrt() }
            })
        });
        let mut cloud = Self { mean, sd, correlation, farthest: 0.0 };
        cloud.farthest = facts.iter().map(|f| cloud.distance(f)).fold(0.0, f64::max);
        cloud
    }

    /// Mahalanobis distance of what is known, standard deviations: what is not known adds nothing.
    #[must_use]
    pub fn distance(&self, facts: &Facts) -> f64 {
        let known: Vec<usize> = (0..DIMS).filter(|d| facts[*d].is_some()).collect();
        let z: Vec<f64> =
            known.iter().map(|d| (facts[*d].unwrap_or(self.mean[*d]) - self.mean[*d]) / self.sd[*d]).collect();
        let rows = known.iter().map(|i| known.iter().map(|j| self.correlation[*i][*j]).collect()).collect();
        let solved = solve(rows, z.clone());
        z.iter().zip(&solved).map(|(a, b)| a * b).sum::<f64>().max(0.0).sqrt()
    }

    /// Distance of a case, by the medians of what is believed of it.
    #[must_use]
    pub fn of_case(&self, e: &Encounter) -> f64 {
        let medians = [&e.aboard.people.value, &e.sea.water_c.value, &e.sea.hs_m.value].map(|b| Some(b.median()));
        self.distance(&medians)
    }
}

/// Solves a positive definite system by elimination; such a matrix needs no pivots.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for k in 0..n {
        for i in k + 1..n {
            let f = a[i][k] / a[k][k];
            for j in k..n {
                a[i][j] -= f * a[k][j];
            }
            b[i] -= f * b[k];
        }
    }
    for k in (0..n).rev() {
        let rest: f64 = (k + 1..n).map(|j| a[k][j] * b[j]).sum();
        b[k] = (b[k] - rest) / a[k][k];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_worked_by_hand() {
        let correlation = [[1.0, 0.6, 0.0], [0.6, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let c = Cloud { mean: [60.0, 14.0, 0.5], sd: [20.0, 4.0, 0.25], correlation, farthest: 3.0 };
        assert_eq!(c.distance(&[Some(60.0), Some(14.0), Some(0.5)]), 0.0);
        assert_eq!(c.distance(&[Some(100.0), None, None]), 2.0);
        // one deviation each, against the correlation: (1 + 1 + 2 x .6) / (1 - .36) = 5, and two of the waves: 4
        let d = c.distance(&[Some(80.0), Some(10.0), Some(1.0)]);
        assert!((d - 3.0).abs() < 1e-12, "{d}");
    }

    #[test]
    fn events_lie_within_their_own_reach_and_far_cases_do_not() {
        let (c, (facts, _)) = (cloud(), events());
        assert!(facts.len() > 20 && facts.iter().all(|f| c.distance(f) <= c.farthest));
        assert!((2.0..4.5).contains(&c.farthest), "{}", c.farthest);
        let far = |people, water, hs| c.distance(&[Some(people), Some(water), Some(hs)]) > c.farthest;
        assert!(!far(62.0, 17.6, 0.4), "the example of the README");
        assert!(!far(100.0, 12.0, 0.15));
        // each within its own range, together like no event
        assert!(far(110.0, 4.0, 1.4));
        assert!(far(62.0, 14.0, 1.5 + 1.0));
    }
}
