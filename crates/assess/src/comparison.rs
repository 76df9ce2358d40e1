//! What the ensemble says about a mean or a difference, with knowledge and chance kept apart.
//!
//! Realisation r uses outer draw r mod 256 (a state of knowledge); within one only chance differs. The spread of the states' means
//! holds both. The variance of the inner noise is known from within the states and taken out on each side of the median (one-way
//! random effects, Searle, Casella and McCulloch 1992, section 3.6), but only where what is left of the spread exceeds what noise
//! alone would leave: its estimate has an error too. Elsewhere an end is a bound, with the noise in it.

use plimsoll_case::answer::assess::NoVerdict;
use plimsoll_core::maths::{exp, ln, normal_quantile};
use plimsoll_core::tally::{Merge, Sum};
use serde::{Deserialize, Serialize};

/// Sums over the realisations of one outer draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inner {
    n: u64,
    sum: Sum,
    squares: Sum,
}

impl Inner {
    /// Adds one realisation's value.
    pub fn add(&mut self, x: f64) {
        self.n += 1;
        self.sum.add(x);
        self.squares.add(x * x);
    }

    /// How many realisations.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.n
    }

    /// Their mean; `None` where there is none.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum.value() / self.n as f64)
    }

    /// The squared standard error of that mean; `None` below two realisations.
    fn error2(&self) -> Option<f64> {
        let (n, m) = (self.n as f64, self.mean()?);
        (self.n > 1).then(|| ((self.squares.value() - n * m * m) / (n - 1.0)).max(0.0) / n)
    }
}

impl Merge for Inner {
    fn merge(&mut self, other: Self) {
        self.n += other.n;
        self.sum.merge(other.sum);
        self.squares.merge(other.squares);
    }
}

/// A mean with its two kinds of uncertainty.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// Mean over knowledge and chance.
    pub mean: f64,
    /// One standard error of the mean: by the states of knowledge that happened to be drawn, and by chance within them. As if they
    /// were drawn plainly; that each belief is stratified over them makes it rather less.
    pub mc_se: f64,
    /// Central 95 % of the conditional mean over states of knowledge.
    pub knowledge95: [f64; 2],
    /// Central 50 % likewise.
    pub knowledge50: [f64; 2],
    /// 95 % quantile likewise.
    pub knowledge_q95: f64,
    /// Whether inner noise could be taken out at both ends; where not, an end is a bound that holds noise too.
    pub told: bool,
    /// What the ends of `knowledge95` are not within, each with 95 % confidence: no higher lower end, no lower upper end. `None`
    /// where states or realisations are too few to say.
    pub sure95: Option<[f64; 2]>,
}

/// How many standard errors the spread between states must exceed noise by before noise is taken out: those of a sum of squares of
/// normal noise, which rare deaths are not.
const TOLD: f64 = 4.0;
/// Realisations that a state of knowledge needs before a verdict leans on it: of fewer, rare deaths are hardly seen.
pub const FEWEST: u64 = 20;
/// States that the central 95 % needs: of fewer, not one lies beyond either end.
const FEWEST_STATES: usize = 20;

/// Estimates the mean from the outer draws; `None` where fewer than twenty of them have two realisations or more, for then
/// knowledge cannot be told from chance.
#[must_use]
pub fn estimate<'a>(outer: impl Iterator<Item = &'a Inner>) -> Option<Estimate> {
    let mut states: Vec<State> =
        outer.filter_map(|o| Some(State { mean: o.mean()?, error2: o.error2()?, count: o.count() })).collect();
    if states.len() < FEWEST_STATES {
        return None;
    }
    let k = states.len() as f64;
    let mean = states.iter().map(|s| s.mean).sum::<f64>() / k;
    let total = states.iter().map(|s| (s.mean - mean) * (s.mean - mean)).sum::<f64>() / (k - 1.0);
    states.sort_by(|a, b| a.mean.total_cmp(&b.mean));
    let means: Vec<f64> = states.iter().map(|s| s.mean).collect();
    let median = sorted_quantile(&means, 0.5);
    let shrink = [-1.0, 1.0].map(|side| shrink(&states, median, side));
    let enough = states.iter().all(|s| s.count >= FEWEST);
    let mc_se = (total / k).sqrt();
    // what hardly ever happens is not seen in most states: their quantile alone would be narrow for want of realisations. A bound
    // reaches as far as the mean may lie, and with few realisations as far as the whole spread does
    let reach = if enough { mc_se } else { total.sqrt() };
    let at = |q: f64| {
        let found = sorted_quantile(&means, q);
        let as_normal = mean + reach * normal_quantile(q);
        match shrink[usize::from(q > 0.5)] {
            Some(by) => median + by * (found - median),
            None if q > 0.5 => found.max(as_normal),
            None => found.min(as_normal),
        }
    };
    let beyond = certainly_beyond(states.len(), 0.025).filter(|_| enough);
    Some(Estimate {
        mean,
        mc_se,
        knowledge95: [at(0.025), at(0.975)],
        knowledge50: [at(0.25), at(0.75)],
        knowledge_q95: at(0.95),
        told: shrink.iter().all(Option::is_some),
        sure95: beyond.map(|i| [means[i], means[means.len() - 1 - i]]),
    })
}

/// A state of knowledge.
#[derive(Clone, Copy)]
struct State {
    mean: f64,
    error2: f64,
    count: u64,
}

/// What takes the noise out of the distance from the median on one side; `None` where the distances cannot be told from noise.
fn shrink(states: &[State], median: f64, side: f64) -> Option<f64> {
    let (mut total, mut noise, mut error2) = (0.0, 0.0, 0.0);
    for s in states.iter().filter(|s| (s.mean - median) * side > 0.0) {
        total += (s.mean - median) * (s.mean - median);
        noise += s.error2;
        // a square of normal noise has twice its variance squared, and the variance is itself from `count` realisations
        error2 += 2.0 * s.error2 * s.error2 * (1.0 + 1.0 / (s.count - 1) as f64);
    }
    (total > 0.0 && total - noise > TOLD * error2.sqrt()).then(|| (1.0 - noise / total).sqrt())
}

/// The place, from 0, among `n` sorted draws below which the quantile `p` does not lie, with 95 % confidence, whatever they are
/// distributed as (binomial; David and Nagaraja 2003, Order Statistics, section 7.1). `None` where even the smallest is not.
fn certainly_beyond(n: usize, p: f64) -> Option<usize> {
    // of n draws more than `place` lie below the quantile
    let (mut term, mut at_most) = (exp(n as f64 * ln(1.0 - p)), 0.0);
    let mut place = None;
    for i in 0..n {
        at_most += term;
        if at_most > 0.05 {
            break;
        }
        place = Some(i);
        term *= (n - i) as f64 / (i + 1) as f64 * p / (1.0 - p);
    }
    place
}

/// The quantile of sorted values, linear between them (Hyndman and Fan 1996, type 7).
#[must_use]
pub fn sorted_quantile(sorted: &[f64], q: f64) -> f64 {
    let place = q * (sorted.len() - 1) as f64;
    let i = (place as usize).min(sorted.len().saturating_sub(2));
    let t = place - i as f64;
    let next = sorted.get(i + 1).copied().unwrap_or(sorted[i]);
    sorted[i] + t * (next - sorted[i])
}

/// What the paired difference to standing off allows to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Fewer deaths.
    Better,
    /// More deaths.
    Worse,
    /// Neither can be said; with the reason where the shown interval alone would let it be said.
    NoClearDifference(Option<NoVerdict>),
}

/// The finding: the 95 % knowledge interval excludes zero, and its end does so with 95 % confidence; the difference exceeds the
/// practical margin of the policy, and its own standard error could not have made it. An option never observed with people aboard
/// is never found better.
#[must_use]
pub fn finding(difference: Option<&Estimate>, margin: f64, extrapolated: bool) -> Finding {
    let few = Finding::NoClearDifference(Some(NoVerdict::FewRealisations));
    let Some(d) = difference else { return few };
    // everything counted towards the finding
    let (found, side, sign) = match d.knowledge95 {
        [lo, _] if lo > 0.0 => (Finding::Worse, 0, 1.0),
        [_, hi] if hi < 0.0 => (Finding::Better, 1, -1.0),
        _ => return Finding::NoClearDifference(None),
    };
    let Some(sure) = d.sure95 else { return few };
    let why = if found == Finding::Better && extrapolated {
        NoVerdict::Extrapolated
    } else if sign * sure[side] <= 0.0 {
        NoVerdict::End
    } else if sign * d.mean <= 1.96 * d.mc_se {
        NoVerdict::Error
    } else if sign * d.mean <= margin {
        NoVerdict::Margin
    } else {
        return found;
    };
    Finding::NoClearDifference(Some(why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_core::random::{Purpose, Stream};

    /// Bernoulli toy: each outer draw has its own difference of two probabilities, `z` times `spread`; inner draws share their
    /// uniform number.
    fn toy(stream: &Stream, replication: u64, inner: u64, [level, spread]: [f64; 2]) -> (Vec<Inner>, Vec<f64>) {
        let mut outer = vec![Inner::default(); 256];
        let mut truth = Vec::new();
        for (k, o) in outer.iter_mut().enumerate() {
            let z = stream.normal(replication, k as u32, Purpose::Test, 0);
            let (p, q) = (0.3, (0.3 + level + spread * z).clamp(0.0, 1.0));
            truth.push(q - p);
            for i in 0..inner {
                let u = stream.uniform(replication, k as u32, Purpose::Test, 1 + i as u32);
                o.add(f64::from(u8::from(u < q)) - f64::from(u8::from(u < p)));
            }
        }
        (outer, truth)
    }

    /// Rare and deadly: a chance of about `median`, between states by a factor of e either way, that ten people die.
    fn rare(stream: &Stream, replication: u64, inner: u64, median: f64) -> (Vec<Inner>, Vec<f64>) {
        let mut outer = vec![Inner::default(); 256];
        let mut truth = Vec::new();
        for (k, o) in outer.iter_mut().enumerate() {
            let p = (median * exp(stream.normal(replication, k as u32, Purpose::Test, 0))).min(1.0);
            truth.push(10.0 * p);
            for i in 0..inner {
                let u = stream.uniform(replication, k as u32, Purpose::Test, 1 + i as u32);
                o.add(10.0 * f64::from(u8::from(u < p)));
            }
        }
        (outer, truth)
    }

    /// Over `n` replications: share in which the mean is within 1.96 standard errors of `level`; share of the states' true values
    /// within the interval; share of the intervals from which noise was taken; mean width.
    fn coverage(n: u64, level: f64, of: impl Fn(u64) -> (Vec<Inner>, Vec<f64>)) -> [f64; 4] {
        let mut sums = [0.0; 4];
        for r in 0..n {
            let (outer, truth) = of(r);
            let e = estimate(outer.iter()).unwrap();
            let [lo, hi] = e.knowledge95;
            // where not one realisation differed from the others it has none, and says that it is a bound
            let alike = outer.iter().all(|o| o.squares.value() == 0.0);
            assert!(hi > lo || alike && !e.told, "an interval of no width");
            let within = truth.iter().filter(|t| (lo..=hi).contains(*t)).count() as f64 / 256.0;
            let one = [(e.mean - level).abs() <= 1.96 * e.mc_se, e.told].map(|b| f64::from(u8::from(b)));
            sums.iter_mut().zip([one[0], within, one[1], hi - lo]).for_each(|(s, x)| *s += x / n as f64);
        }
        sums
    }

    /// V15: 1.96 standard errors cover the mean over all states of knowledge in 95 +- 1 % of replications, and the knowledge interval
    /// covers 95 +- 1 % of the states' true differences.
    #[test]
    fn v15_coverage_on_a_bernoulli_toy() {
        let stream = Stream::new(15);
        let [mean, knowledge, told, _] = coverage(10_000, 0.0, |r| toy(&stream, r, 40, [0.0, 0.05]));
        assert!((mean - 0.95).abs() < 0.01, "coverage of the mean {mean}");
        assert!((knowledge - 0.95).abs() < 0.01, "knowledge coverage {knowledge}");
        assert!(told > 0.99, "{told}");
    }

    /// V15 where chance drowns knowledge: rare outcomes, few realisations in a state, a small share of the spread. The interval is a
    /// bound there: it may hold more than 95 %, never less, and says that it is one.
    #[test]
    fn v15_where_knowledge_cannot_be_told_from_chance_the_interval_is_a_bound() {
        let stream = Stream::new(16);
        for inner in [40, 8, 3] {
            // the share of the spread that is knowledge is 0.3, 0.08 and 0.03
            let [mean, small, told, _] = coverage(500, 0.0, |r| toy(&stream, r, inner, [0.0, 0.01]));
            assert!(mean > 0.92 && small > 0.94 && told < 0.05, "{inner}: {mean} {small} {told}");
            let level = 10.0 * 0.02 * exp(0.5);
            let [mean, knowledge, ..] = coverage(500, level, |r| rare(&stream, r, inner, 0.02));
            assert!(mean > 0.90 && knowledge > 0.94, "{inner}: {mean} {knowledge}");
        }
        for inner in [40, 8] {
            // one realisation in three hundred has a death: most states see none. With three realisations it holds 91 %
            let [_, knowledge, told, _] = coverage(500, 0.0, |r| rare(&stream, r, inner, 0.002));
            assert!(knowledge > 0.94 && told < 0.05, "{inner}: {knowledge} {told}");
        }
    }

    #[test]
    fn fewer_realisations_never_look_surer() {
        let stream = Stream::new(17);
        for spread in [0.05, 0.01] {
            let width = |inner| coverage(200, 0.0, |r| toy(&stream, r, inner, [0.0, spread]))[3];
            let widths = [160, 40, 10, 5, 2].map(width);
            assert!(widths.is_sorted(), "{widths:?}");
        }
        let widths = [160, 40, 10, 5].map(|inner| coverage(200, 0.0, |r| rare(&stream, r, inner, 0.01))[3]);
        assert!(widths.is_sorted(), "{widths:?}");
    }

    /// Where the true end is exactly zero, a verdict is wrong: it may be given in 5 % of replications at most. Where it excludes zero
    /// by a spread it is given in nearly all.
    #[test]
    fn a_verdict_on_an_end_at_zero_is_rare() {
        let stream = Stream::new(18);
        let given = |level: f64, inner| {
            let of = |r| finding(estimate(toy(&stream, r, inner, [level, 0.02]).0.iter()).as_ref(), 0.0, false);
            (0..1000).filter(|r| of(*r) == Finding::Worse).count() as f64 / 1000.0
        };
        for inner in [40, 400] {
            assert!(given(0.02 * 1.96, inner) <= 0.05, "{inner}");
        }
        assert!(given(0.02 * 5.0, 400) > 0.95);
        assert_eq!(given(0.02 * 5.0, 8), 0.0, "too few realisations to say");
    }

    #[test]
    fn the_place_of_a_sure_end_is_as_tabled() {
        // 1 - 0.975^n reaches 95 % at 119 draws (Wilks 1941: 59 for 5 %)
        assert_eq!((certainly_beyond(118, 0.025), certainly_beyond(119, 0.025)), (None, Some(0)));
        assert_eq!((certainly_beyond(58, 0.05), certainly_beyond(59, 0.05)), (None, Some(0)));
        assert_eq!(certainly_beyond(256, 0.025), Some(2));
    }

    #[test]
    fn an_option_against_itself_is_exactly_zero() {
        let mut outer = vec![Inner::default(); 256];
        outer.iter_mut().for_each(|o| (0..4).for_each(|_| o.add(0.0)));
        let e = estimate(outer.iter()).unwrap();
        assert_eq!((e.mean, e.mc_se, e.knowledge95), (0.0, 0.0, [0.0, 0.0]));
        assert_eq!(finding(Some(&e), 0.005, false), Finding::NoClearDifference(None));
    }

    #[test]
    fn findings_need_interval_sure_end_margin_and_observation() {
        let e = |lo: f64, hi: f64| Estimate {
            mean: 0.5 * (lo + hi),
            mc_se: 1e-3,
            knowledge95: [lo, hi],
            sure95: Some([lo - 0.05, hi + 0.05]),
            ..Estimate::default()
        };
        let none = |why| Finding::NoClearDifference(Some(why));
        assert_eq!(finding(Some(&e(0.1, 0.3)), 0.05, false), Finding::Worse);
        assert_eq!(finding(Some(&e(-0.3, -0.1)), 0.05, false), Finding::Better);
        assert_eq!(finding(Some(&e(-0.3, -0.1)), 0.05, true), none(NoVerdict::Extrapolated));
        assert_eq!(finding(Some(&e(0.1, 0.3)), 0.5, true), none(NoVerdict::Margin));
        assert_eq!(finding(Some(&e(0.04, 0.3)), 0.05, false), none(NoVerdict::End));
        assert_eq!(finding(Some(&e(-0.3, -0.04)), 0.05, false), none(NoVerdict::End));
        let loose = Estimate { mc_se: 0.2, ..e(0.1, 0.3) };
        assert_eq!(finding(Some(&loose), 0.05, false), none(NoVerdict::Error));
        let few = Estimate { sure95: None, ..e(0.1, 0.3) };
        assert_eq!(finding(Some(&few), 0.05, false), none(NoVerdict::FewRealisations));
        assert_eq!(finding(Some(&e(-0.1, 0.3)), 0.05, false), Finding::NoClearDifference(None));
        assert_eq!(finding(None, 0.05, false), none(NoVerdict::FewRealisations));
    }

    #[test]
    fn one_realisation_an_outer_draw_tells_nothing_nor_do_few_draws() {
        let mut outer = vec![Inner::default(); 256];
        outer.iter_mut().for_each(|o| o.add(1.0));
        assert!(estimate(outer.iter()).is_none());
        outer[..19].iter_mut().for_each(|o| o.add(1.0));
        assert!(estimate(outer.iter()).is_none());
        outer[19].add(1.0);
        assert!(estimate(outer.iter()).is_some());
    }
}
