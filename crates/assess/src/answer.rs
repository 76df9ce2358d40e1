//! From sums to the answer: every option in figures, its difference to standing off, and what may be said of it.

use crate::comparison::{Estimate, Finding, estimate, finding, sorted_quantile};
use crate::information::flip::Flips;
use crate::ledger::constant;
use crate::outcome::{HAZARDS, MARKS_MIN, MarkTally, OptionTally, Partial, bin_seconds};
use crate::paired::found;
use crate::policy::Policy;
use crate::question::{Asked, Question};
use crate::ranking::{Entry, rank};
use crate::{applicability, ask, basis, distress, loadline, scene};
use plimsoll_case::answer::assess::{
    Accounted, AssessAnswer, ByHazard, ByPhase, Computed, Crew, Deaths, Difference, DistressCount, Events, Lifts,
    OptionAnswer, Reattempt, RestsOn, Sensitivity, Share, TimelinePoint, Verdict,
};
use plimsoll_case::answer::common::state_of;
use plimsoll_case::answer::{Answer, Quantiles, State, digest, law};
use plimsoll_case::credibility::{credibility, credibility_elsewhere};
use plimsoll_core::tally::{Histogram, Sum};
use plimsoll_core::validity::Validity;
use plimsoll_rescue::event::MOMENT_MIN;

/// What is worked out when asked for alone, for it takes some hundreds of runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deeper {
    /// What would flip each verdict.
    pub flips: Option<Flips>,
    /// What the expected deaths of standing off hang on.
    pub sensitivity: Vec<Sensitivity>,
}

/// The answer that a partial result supports. `coarse`: a first look, without verdicts. `deeper`: what was worked out
/// besides.
///
/// # Errors
/// [`crate::situation::SituationError`] as [`loadline::answer`].
pub fn answer(
    q: &Question,
    partial: &Partial,
    coarse: bool,
    deeper: Deeper,
) -> Result<AssessAnswer, crate::situation::SituationError> {
    let tallies = &partial.tallies.0;
    let tally_of = |i: usize| q.running.iter().position(|r| *r == i).and_then(|o| tallies.get(o));
    let reference = q.running.first().and(tallies.first());
    let margin = reference
        .and_then(|t| estimate(t.outer.iter().map(|o| &o.deaths)))
        .map_or(f64::INFINITY, |e| q.policy.margin(e.mean));
    let best = shares_of_best(tallies);
    let entries = q
        .asked
        .iter()
        .enumerate()
        .map(|(i, asked)| match tally_of(i) {
            Some(t) => {
                let o = q.running.iter().position(|r| *r == i).unwrap_or(0);
                assessed(asked, t, reference.unwrap_or(t), &q.policy, coarse, best[o])
            }
            None => Entry { answer: not_assessable(asked), tally: None },
        })
        .collect();
    let ranking = rank(&q.policy, entries, reference, margin);
    let decidable: Vec<&OptionTally> = q
        .running
        .iter()
        .zip(tallies)
        .filter(|(i, _)| q.asked[**i].validity == Validity::Assessed)
        .map(|(_, t)| t)
        .collect();
    let line = loadline::answer(&q.encounter, q.seed)?;
    let distress_indicators = distress::indicators(&q.encounter, &line);
    let would_flip_state = if deeper.flips.is_some() { Computed::Computed } else { Computed::NotComputed };
    let flips = deeper.flips.unwrap_or_default();
    let mut answer = AssessAnswer {
        schema: AssessAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: q.seed,
        digest: String::new(),
        realisations: partial.ranges.count(),
        outer_draws: reference.map_or(0, |t| t.outer.iter().filter(|o| o.deaths.count() > 0).count() as u32),
        horizon_h: q.encounter.run.horizon_h,
        coarse,
        title: q.encounter.name.clone().unwrap_or_default(),
        scene: scene::of(&q.encounter),
        inputs: inputs(q),
        distress_count: DistressCount::of(&distress_indicators),
        distress_indicators,
        loadline: line,
        options: ranking.options,
        policy: ranking.policy,
        dominance: if coarse { vec![] } else { ranking.dominance },
        reversals: if coarse { vec![] } else { ranking.reversals },
        ask_next: ask::next(q, &decidable),
        would_flip: flips.alone,
        would_flip_together: flips.together,
        would_flip_state,
        sensitivity: deeper.sensitivity,
        law: law_of(q),
        credibility: if applicability::outside_waters(&q.encounter) { credibility_elsewhere() } else { credibility() },
        rests_on: RestsOn::of(basis::constants(), basis::data(&q.encounter, q.constants)),
        timings: None,
    };
    answer.digest = digest::of(&answer).unwrap_or_default();
    Ok(answer)
}

fn inputs(q: &Question) -> plimsoll_case::answer::assess::Inputs {
    let mut inputs = plimsoll_case::scenario::inputs(&q.encounter);
    let mut add = |key: &str, value: &str, source: &str| {
        inputs.defaulted.push(plimsoll_case::answer::assess::DefaultedInput {
            key: key.to_owned(),
            value: value.to_owned(),
            source: source.to_owned(),
            grade: "C".to_owned(),
        });
    };
    if q.fleet.assumed {
        add("help.on_scene", crate::fleet::ASSUMED_ESCORT, "standing off needs a vessel: one is assumed");
    }
    if q.encounter.place.bound_for.is_none() {
        let c = constant("crossing.hours_left");
        add("place.bound_for", &plimsoll_case::scenario::describe(&c.value, "h"), &c.source);
    }
    inputs
}

fn law_of(q: &Question) -> Vec<law::LawLine> {
    law::all().iter().filter(|l| q.asked.iter().any(|a| a.spec.law.contains(&l.id))).cloned().collect()
}

fn not_assessable(asked: &Asked) -> OptionAnswer {
    let (state, reasons) = state_of(&asked.validity);
    OptionAnswer {
        id: asked.spec.id,
        modifiers: asked.modifiers(),
        state,
        reasons,
        deaths: None,
        p_any_death: None,
        p_any_death_lo95: None,
        p_any_death_hi95: None,
        p_ten_or_more: None,
        cvar10: None,
        p_loss: None,
        deaths_given_loss: None,
        by_hazard: None,
        by_hazard_interval: None,
        by_phase: None,
        time_to_loss_s: None,
        lifts: None,
        crew: None,
        difference_to_stand_off: None,
        verdict: Some(Verdict::NotAssessable),
        no_verdict_because: None,
        p_best: None,
        histogram: vec![],
        timeline: vec![],
        timeline_given_loss: vec![],
        events: None,
        reattempt: None,
        accounted: None,
    }
}

fn assessed<'a>(
    asked: &Asked,
    t: &'a OptionTally,
    reference: &OptionTally,
    policy: &Policy,
    coarse: bool,
    best: f64,
) -> Entry<'a> {
    let n: f64 = t.outer.iter().map(|o| o.deaths.count() as f64).sum();
    let is_reference = std::ptr::eq(t, reference);
    let deaths = estimate(t.outer.iter().map(|o| &o.deaths));
    let any = estimate(t.outer.iter().map(|o| &o.any));
    let difference = estimate(t.outer.iter().map(|o| &o.difference));
    let (state, reasons) = state_of(&asked.validity);
    let (verdict, why) = match found(policy, t, reference, difference.as_ref(), state == State::Extrapolated) {
        _ if is_reference => (Verdict::Reference, None),
        Finding::Better => (Verdict::Better, None),
        Finding::Worse => (Verdict::Worse, None),
        Finding::NoClearDifference(why) => (Verdict::NoClearDifference, why),
    };
    let margin = estimate(reference.outer.iter().map(|o| &o.deaths)).map_or(f64::INFINITY, |e| policy.margin(e.mean));
    let count = |q: f64| t.deaths.quantile(q).map_or(0.0, |d| d as f64);
    let losses = t.losses.value();
    let mean = t.deaths.mean();
    let answer = OptionAnswer {
        deaths: deaths.map(|d| Deaths {
            mean: d.mean,
            q05: count(0.05),
            q50: count(0.5),
            q95: count(0.95),
            mc_se: d.mc_se,
            knowledge_lo95: d.knowledge95[0].max(0.0),
            knowledge_hi95: d.knowledge95[1],
            told_from_noise: d.told && any.is_some_and(|a| a.told),
        }),
        p_any_death: Some(t.deaths.at_least(1)),
        p_any_death_lo95: any.map(|a| a.knowledge95[0].clamp(0.0, 1.0)),
        p_any_death_hi95: any.map(|a| a.knowledge95[1].clamp(0.0, 1.0)),
        p_ten_or_more: Some(t.deaths.at_least(10)),
        cvar10: Some(t.deaths.worst_mean(0.1)),
        p_loss: Some(losses / n),
        deaths_given_loss: (losses > 0.0).then(|| t.deaths_in_losses.value() / losses),
        by_hazard: (mean > 0.0).then(|| by_hazard(&hazard_shares(t))),
        by_hazard_interval: hazard_intervals(t),
        by_phase: by_phase(t),
        time_to_loss_s: quantiles(&t.time_to_loss, bin_seconds),
        lifts: (losses > 0.0).then(|| lifts(t)),
        crew: Some(crew(t)),
        difference_to_stand_off: difference.filter(|_| !is_reference).map(|d| difference_of(&d)),
        verdict: (!coarse).then_some(verdict),
        no_verdict_because: why.filter(|_| !coarse),
        p_best: Some(best),
        histogram: histogram(&t.deaths),
        timeline: t.marks.iter().zip(MARKS_MIN).map(|(m, minute)| point(m, f64::from(minute))).collect(),
        timeline_given_loss: if losses > 0.0 {
            t.since_loss.iter().zip(MOMENT_MIN).map(|(m, minute)| point(m, f64::from(minute))).collect()
        } else {
            vec![]
        },
        events: (losses > 0.0).then(|| Events {
            alarm_min: t.alarm.quantile(0.5).map(|m| m as f64),
            first_lift_min: t.first_lift.quantile(0.5).map(|m| m as f64),
            last_lift_min: t.last_lift.quantile(0.5).map(|m| m as f64),
        }),
        reattempt: reattempt(asked, reference, difference.as_ref(), margin, verdict),
        accounted: Some(accounted(t, n)),
        state,
        reasons,
        ..not_assessable(asked)
    };
    Entry { answer, tally: Some(t) }
}

fn difference_of(d: &Estimate) -> Difference {
    Difference {
        mean: d.mean,
        lo95: d.knowledge95[0],
        hi95: d.knowledge95[1],
        lo50: Some(d.knowledge50[0]),
        hi50: Some(d.knowledge50[1]),
        mc_se: d.mc_se,
        told_from_noise: d.told,
    }
}

/// Share of the outer draws in which each option has the fewest deaths on the mean; ties are shared.
fn shares_of_best(tallies: &[OptionTally]) -> Vec<f64> {
    let draws = tallies.iter().map(|t| t.outer.len()).min().unwrap_or(0);
    let mut wins = vec![0.0; tallies.len()];
    let mut counted = 0.0;
    for k in 0..draws {
        let means: Vec<f64> = tallies.iter().filter_map(|t| t.outer[k].deaths.mean()).collect();
        if means.len() < tallies.len() || means.is_empty() {
            continue;
        }
        counted += 1.0;
        let least = means.iter().copied().fold(f64::INFINITY, f64::min);
        let winners = means.iter().filter(|m| **m <= least).count() as f64;
        wins.iter_mut().zip(&means).filter(|(_, m)| **m <= least).for_each(|(w, _)| *w += 1.0 / winners);
    }
    wins.iter().map(|w| if counted > 0.0 { w / counted } else { 0.0 }).collect()
}

fn hazard_shares(t: &OptionTally) -> [f64; HAZARDS] {
    let sums: [f64; HAZARDS] = std::array::from_fn(|h| t.outer.iter().map(|o| o.hazards[h].value()).sum());
    let total: f64 = sums.iter().sum();
    sums.map(|s| if total > 0.0 { s / total } else { 0.0 })
}

fn by_hazard<T: Copy>([capsize, swamping, structure, crush, boarding, overboard]: &[T; HAZARDS]) -> ByHazard<T> {
    ByHazard {
        capsize: *capsize,
        swamping: *swamping,
        structure: *structure,
        crush: *crush,
        boarding: *boarding,
        overboard: *overboard,
    }
}

/// Shares with the central 95 % over outer draws. Each draw's share holds the chance of its few dozen realisations too.
fn hazard_intervals(t: &OptionTally) -> Option<ByHazard<Share>> {
    let shares = hazard_shares(t);
    let mut draws: [Vec<f64>; HAZARDS] = Default::default();
    for o in &t.outer {
        let sums = o.hazards.map(Sum::value);
        let total: f64 = sums.iter().sum();
        if total > 0.0 {
            draws.iter_mut().zip(sums).for_each(|(d, s)| d.push(s / total));
        }
    }
    (draws[0].len() > 1).then(|| {
        by_hazard(&std::array::from_fn(|h| {
            draws[h].sort_by(f64::total_cmp);
            Share { share: shares[h], lo95: sorted_quantile(&draws[h], 0.025), hi95: sorted_quantile(&draws[h], 0.975) }
        }))
    })
}

fn by_phase(t: &OptionTally) -> Option<ByPhase> {
    let sums = t.phases.map(Sum::value);
    let total: f64 = sums.iter().sum();
    let [first_minutes, unsupported, cooling, collapse, trapped, aboard] = sums.map(|s| s / total);
    (total > 0.0).then_some(ByPhase { first_minutes, unsupported, cooling, collapse, trapped, aboard })
}

fn quantiles(h: &Histogram, scale: impl Fn(usize) -> f64) -> Option<Quantiles> {
    Some(Quantiles { q05: scale(h.quantile(0.05)?), q50: scale(h.quantile(0.5)?), q95: scale(h.quantile(0.95)?) })
}

fn lifts(t: &OptionTally) -> Lifts {
    Lifts {
        first_min: t.first_lift.quantile(0.5).map(|m| m as f64),
        last_min: t.last_lift.quantile(0.5).map(|m| m as f64),
    }
}

fn crew(t: &OptionTally) -> Crew {
    let mut means: Vec<f64> =
        t.outer.iter().filter(|o| o.deaths.count() > 0).map(|o| o.crew.value() / o.deaths.count() as f64).collect();
    means.sort_by(f64::total_cmp);
    let known = !means.is_empty();
    Crew {
        state: State::Assessed,
        reasons: vec![],
        deaths_mean: known.then(|| means.iter().sum::<f64>() / means.len() as f64),
        lo95: known.then(|| sorted_quantile(&means, 0.025)),
        hi95: known.then(|| sorted_quantile(&means, 0.975)),
    }
}

fn histogram(h: &Histogram) -> Vec<(u32, f64)> {
    h.probabilities().into_iter().enumerate().filter(|(_, p)| *p > 0.0).map(|(d, p)| (d as u32, p)).collect()
}

fn point(m: &MarkTally, minutes: f64) -> TimelinePoint {
    let q = |h: &Histogram, q: f64| h.quantile(q).map_or(0.0, |v| v as f64);
    TimelinePoint {
        minutes,
        aboard_q50: q(&m.aboard, 0.5),
        in_water_q50: q(&m.in_water, 0.5),
        rescued_q50: q(&m.rescued, 0.5),
        ashore_q50: q(&m.ashore, 0.5),
        aboard_mean: m.aboard.mean(),
        in_water_mean: m.in_water.mean(),
        rescued_mean: m.rescued.mean(),
        ashore_mean: m.ashore.mean(),
        dead_mean: m.dead.mean(),
        dead_q05: q(&m.dead, 0.05),
        dead_q50: q(&m.dead, 0.5),
        dead_q95: q(&m.dead, 0.95),
    }
}

fn accounted(t: &OptionTally, n: f64) -> Accounted {
    let [ashore, aboard_rescue, in_boat, in_water, dead] = t.accounted.map(|s| s.value() / n);
    Accounted { ashore, aboard_rescue, in_boat, in_water, dead }
}

/// For an option after which people are back where they started: what a new attempt adds later. A new attempt is taken to be as
/// deadly as standing off is from here on.
fn reattempt(
    asked: &Asked,
    reference: &OptionTally,
    difference: Option<&Estimate>,
    margin: f64,
    verdict: Verdict,
) -> Option<Reattempt> {
    if asked.spec.phases.last().is_none_or(|p| p.lasts != "landing") {
        return None;
    }
    let p = &constant("reattempt.probability").value;
    let again = estimate(reference.outer.iter().map(|o| &o.deaths))?;
    let d = difference?;
    let extra = p.median() * again.mean;
    let later = Estimate {
        mean: d.mean + extra,
        knowledge95: d.knowledge95.map(|x| x + extra),
        knowledge50: d.knowledge50.map(|x| x + extra),
        sure95: d.sure95.map(|ends| ends.map(|x| x + extra)),
        ..*d
    };
    let survives = match finding(Some(&later), margin, !asked.validity.reasons().is_empty()) {
        Finding::Better => verdict == Verdict::Better,
        Finding::Worse => verdict == Verdict::Worse,
        Finding::NoClearDifference(_) => verdict == Verdict::NoClearDifference,
    };
    let (low, high) = p.range();
    Some(Reattempt {
        probability_assumed: p.median(),
        extra_deaths_per_1000_lo95: 1000.0 * low * again.knowledge95[0].max(0.0),
        extra_deaths_per_1000_hi95: 1000.0 * high * again.knowledge95[1],
        verdict_survives: survives,
    })
}
