//! Two options beside each other in every outer draw: whether one dominates, and whether means and worst tenths disagree.

use crate::comparison::{Estimate, FEWEST, Finding, estimate, finding, sorted_quantile};
use crate::outcome::OptionTally;
use crate::policy::Policy;
use plimsoll_case::answer::assess::NoVerdict;

/// Share of the worst that CVaR 10 is the mean of.
const TAIL: f64 = 0.1;
/// Differences below this are those of rounding to 2^-32.
const ROUNDING: f64 = 1e-8;

/// Mean, P(any death), CVaR 10 and 95 % quantile of each outer draw; `None` for a draw with few realisations.
#[must_use]
pub fn measures(t: &OptionTally) -> Vec<Option<[f64; 4]>> {
    let one = |o: &crate::outcome::OuterTally| {
        let q95 = o.spread.quantile(0.95)? as f64;
        (o.deaths.count() >= FEWEST).then_some(())?;
        Some([o.deaths.mean()?, o.any.mean()?, o.spread.worst_mean(TAIL), q95])
    };
    t.outer.iter().map(one).collect()
}

/// Share of the outer draws in which `a` is not worse than `b` in any of its measures; `None` where it is not better on the mean of
/// all draws, or nothing was run.
#[must_use]
pub fn dominance(a: &[Option<[f64; 4]>], b: &[Option<[f64; 4]>]) -> Option<f64> {
    let pairs: Vec<([f64; 4], [f64; 4])> = a.iter().zip(b).filter_map(|(a, b)| (*a).zip(*b)).collect();
    let n = pairs.len() as f64;
    let better: f64 = pairs.iter().map(|(a, b)| b[0] - a[0]).sum();
    let holds = |(a, b): &&([f64; 4], [f64; 4])| a.iter().zip(b).all(|(x, y)| *x <= y + ROUNDING);
    (better > n * ROUNDING).then(|| pairs.iter().filter(holds).count() as f64 / n)
}

/// Mean of the worst tenth for `a` less that for `b`, deaths, where its error does not hide which is larger.
///
/// The worst tenth is that of what may happen. Where in nine boats of ten nobody dies under either option, that is ten times the
/// mean and says nothing of its own; there it is the worst tenth of the states of knowledge, by their expected deaths.
#[must_use]
pub fn worst_tenth(a: &OptionTally, b: &OptionTally) -> Option<f64> {
    if binds(a) || binds(b) { worst_of_chance(a, b) } else { worst_of_knowledge(a, b) }
}

/// Whether the worst tenth of what may happen says more than the mean.
fn binds(t: &OptionTally) -> bool {
    t.deaths.at_least(1) > TAIL
}

/// Where all draws together and the draws one by one say which is larger.
fn worst_of_chance(a: &OptionTally, b: &OptionTally) -> Option<f64> {
    let whole = a.deaths.worst_mean(TAIL) - b.deaths.worst_mean(TAIL);
    let (a, b) = (measures(a), measures(b));
    let each: Vec<f64> = a.iter().zip(&b).filter_map(|(a, b)| Some((*a)?[2] - (*b)?[2])).collect();
    beyond_error(&each).filter(|mean| mean * whole > 0.0).map(|_| whole)
}

/// The mean of the worst tenth of the draws, option by option, each by its own worst (Rockafellar and Uryasev 2002: the quantile
/// and the mean excess over it).
fn worst_of_knowledge(a: &OptionTally, b: &OptionTally) -> Option<f64> {
    let both = a.outer.iter().zip(&b.outer).filter(|(a, b)| a.deaths.count().min(b.deaths.count()) >= FEWEST);
    let (a, b): (Vec<f64>, Vec<f64>) = both.filter_map(|(a, b)| a.deaths.mean().zip(b.deaths.mean())).unzip();
    if a.is_empty() {
        return None;
    }
    let worst = |means: &[f64]| -> Vec<f64> {
        let mut sorted = means.to_vec();
        sorted.sort_by(f64::total_cmp);
        let q = sorted_quantile(&sorted, 1.0 - TAIL);
        means.iter().map(|m| q + (m - q).max(0.0) / TAIL).collect()
    };
    let each: Vec<f64> = worst(&a).iter().zip(worst(&b)).map(|(a, b)| a - b).collect();
    beyond_error(&each)
}

/// The mean, where it is beyond 1.96 of its standard errors.
fn beyond_error(each: &[f64]) -> Option<f64> {
    let n = each.len() as f64;
    let mean = each.iter().sum::<f64>() / n;
    let error = (each.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0) / n).sqrt();
    (each.len() > 1 && mean.abs() > 1.96 * error).then_some(mean)
}

/// Whether the worst tenths of two options differ the other way than their means, and by more than the margin.
#[must_use]
pub fn reversed(a: &OptionTally, b: &OptionTally, margin: f64) -> bool {
    let mean = a.deaths.mean() - b.deaths.mean();
    worst_tenth(a, b).is_some_and(|tail| tail * mean < 0.0 && tail.abs() > margin)
}

/// The finding that a policy allows: withheld where the worst tenth says the opposite.
#[must_use]
pub fn found(
    policy: &Policy,
    t: &OptionTally,
    reference: &OptionTally,
    difference: Option<&Estimate>,
    extrapolated: bool,
) -> Finding {
    let level = estimate(reference.outer.iter().map(|o| &o.deaths));
    let margin = level.map_or(f64::INFINITY, |l| policy.margin(l.mean));
    let by_mean = finding(difference, margin, extrapolated);
    let given = matches!(by_mean, Finding::Better | Finding::Worse);
    if given && policy.heeds_worst_tenth() && reversed(t, reference, margin) {
        Finding::NoClearDifference(Some(NoVerdict::WorstTenth))
    } else {
        by_mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::PathEnd;

    /// Forty realisations in each of 64 draws: `n` tenths of them with `deaths`.
    fn tally(n: usize, deaths: u16) -> OptionTally {
        let mut t = OptionTally::default();
        for outer in 0..64 {
            for i in 0..40 {
                let mut p = PathEnd::quiet(60);
                p.deaths = if i < 4 * n { deaths } else { 0 };
                t.add(outer, &[p]);
            }
        }
        t
    }

    #[test]
    fn fewer_in_every_respect_dominates_and_never_itself() {
        let (a, b) = (measures(&tally(1, 3)), measures(&tally(2, 6)));
        assert_eq!(dominance(&a, &b), Some(1.0));
        assert_eq!(dominance(&b, &a), None);
        assert_eq!(dominance(&a, &a), None);
    }

    #[test]
    fn a_lower_mean_with_a_worse_tail_is_reversed_and_dominates_nothing() {
        // 1 of 10 boats with 20 deaths against 6 of 10 with 5: fewer on the mean, more in the worst tenth
        let (rare, often) = (tally(1, 20), tally(6, 5));
        assert!(rare.deaths.mean() < often.deaths.mean());
        assert_eq!(worst_tenth(&rare, &often), Some(15.0));
        assert!(reversed(&rare, &often, 0.5) && reversed(&often, &rare, 0.5));
        assert!(!reversed(&rare, &often, 15.5), "less than the margin says nothing");
        assert_eq!(dominance(&measures(&rare), &measures(&often)), Some(0.0));
    }

    /// Where somebody dies in one boat of forty the worst tenth of chance is ten times the mean; that of knowledge still tells an
    /// option that is fatal in a few states of knowledge from one that is a little worse in all.
    #[test]
    fn where_deaths_are_rare_the_worst_tenth_is_of_what_is_known() {
        let rare = |deaths: fn(usize) -> u16| {
            let mut t = OptionTally::default();
            for outer in 0..256 {
                for i in 0..40 {
                    let mut p = PathEnd::quiet(60);
                    p.deaths = if i == 0 { deaths(outer) } else { 0 };
                    t.add(outer, &[p]);
                }
            }
            t
        };
        let (uneven, even) = (rare(|outer| if outer % 16 == 0 { 40 } else { 0 }), rare(|_| 4));
        assert!(!binds(&even) && uneven.deaths.mean() < even.deaths.mean());
        assert!((even.deaths.worst_mean(TAIL) - 10.0 * even.deaths.mean()).abs() < 1e-6);
        // a sixteenth of the states with 1 death each, of a tenth: 0.625; against 0.1
        assert!((worst_tenth(&uneven, &even).unwrap() - 0.525).abs() < 1e-6);
        assert!(reversed(&uneven, &even, 0.05) && !reversed(&even, &even, 0.0));
        // fewer in every state: nothing is reversed
        let less = rare(|_| 3);
        assert!(worst_tenth(&less, &even).unwrap() < 0.0 && !reversed(&less, &even, 0.0));
    }

    #[test]
    fn a_verdict_on_the_mean_is_withheld_where_the_tail_says_the_opposite() {
        let (rare, often) = (tally(1, 20), tally(6, 5));
        let knowledge95 = [-2.0, -0.7];
        let difference =
            Estimate { mean: -1.0, mc_se: 0.1, knowledge95, sure95: Some(knowledge95), ..Estimate::default() };
        let found = |p: &Policy| found(p, &rare, &often, Some(&difference), false);
        assert_eq!(found(&Policy::default()), Finding::NoClearDifference(Some(NoVerdict::WorstTenth)));
        let otherwise = Policy::parse("[rules]\nworst_tenth = false").unwrap();
        assert_eq!(found(&otherwise), Finding::Better);
    }

    #[test]
    fn few_realisations_say_nothing_of_tails() {
        let mut t = OptionTally::default();
        for outer in 0..64 {
            t.add(outer, &[PathEnd::quiet(60)]);
        }
        assert!(measures(&t).iter().all(Option::is_none));
    }
}
