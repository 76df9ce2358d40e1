//! The options of the sample assessment. EVERY FIGURE IS INVENTED.

use super::reason;
use crate::answer::assess::{
    Accounted, ByHazard, ByPhase, Crew, Deaths, Difference, Events, Lifts, OptionAnswer, Reattempt, Share,
    TimelinePoint, Verdict,
};
use crate::answer::common::{Quantiles, Reason, State};
use crate::answer::option::OptionId;

/// Mean deaths and 95 %, probability of any death and 95 %, difference and 95 %.
struct Row {
    id: OptionId,
    mean: [f64; 3],
    any: [f64; 3],
    difference: Option<[f64; 3]>,
    verdict: Verdict,
    p_best: f64,
}

pub(super) fn all() -> Vec<OptionAnswer> {
    use OptionId::{
        BeachStop, DoNothing, EngineDisabled, ShallowStopEmpty, ShallowStopLoaded, StandOff, TakeOff, TurnBack,
    };
    let row =
        |id, mean, any, difference, verdict, p_best| assessed(&Row { id, mean, any, difference, verdict, p_best });
    let no_case = || {
        reason(
            "no_observed_case",
            "",
            "",
            "",
            "No case with people aboard has been observed; the answer is extrapolated.",
        )
    };
    let mut turn_back =
        row(TurnBack, [0.11, 0.039, 0.31], [0.031, 0.012, 0.07], Some([0.074, 0.009, 0.24]), Verdict::Worse, 0.003);
    turn_back.state = State::Extrapolated;
    turn_back.reasons = vec![no_case()];
    turn_back.reattempt = Some(Reattempt {
        probability_assumed: 0.8,
        extra_deaths_per_1000_lo95: 11.0,
        extra_deaths_per_1000_hi95: 170.0,
        verdict_survives: true,
    });
    vec![
        row(
            TakeOff,
            [0.019, 0.006, 0.05],
            [0.007, 0.002, 0.017],
            Some([-0.017, -0.041, -0.002]),
            Verdict::Better,
            0.94,
        ),
        row(StandOff, [0.036, 0.012, 0.084], [0.012, 0.005, 0.026], None, Verdict::Reference, 0.05),
        row(
            DoNothing,
            [0.083, 0.024, 0.26],
            [0.013, 0.005, 0.03],
            Some([0.047, -0.004, 0.21]),
            Verdict::NoClearDifference,
            0.0,
        ),
        turn_back,
        row(EngineDisabled, [0.15, 0.049, 0.49], [0.04, 0.016, 0.09], Some([0.114, 0.02, 0.42]), Verdict::Worse, 0.0),
        not_assessable(
            ShallowStopLoaded,
            vec![
                reason("not_given", "place.depth", "", "0.5 to 3 m", "The depth is not given."),
                reason("not_given", "sea.surf", "", "0 to 1 m", "The surf is not given."),
            ],
        ),
        not_assessable(
            ShallowStopEmpty,
            vec![reason("already_afloat", "aboard.people", "50 to 75", "0", "People are already aboard.")],
        ),
        not_assessable(
            BeachStop,
            vec![reason("already_afloat", "aboard.people", "50 to 75", "0", "The boat has already left the beach.")],
        ),
    ]
}

fn not_assessable(id: OptionId, reasons: Vec<Reason>) -> OptionAnswer {
    OptionAnswer {
        id,
        modifiers: Vec::new(),
        state: State::NotAssessable,
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
        histogram: Vec::new(),
        timeline: Vec::new(),
        timeline_given_loss: Vec::new(),
        events: None,
        reattempt: None,
        accounted: None,
    }
}

fn assessed(r: &Row) -> OptionAnswer {
    let p_any = r.any[0];
    let given = r.mean[0] / p_any;
    let hazards =
        ByHazard { capsize: 0.12, swamping: 0.41, structure: 0.27, crush: 0.13, boarding: 0.03, overboard: 0.04 };
    let share = |s: f64| Share { share: s, lo95: 0.4 * s, hi95: (2.1 * s).min(1.0) };
    let rescued = 61.9;
    OptionAnswer {
        state: State::Assessed,
        deaths: Some(Deaths {
            mean: r.mean[0],
            q05: 0.0,
            q50: 0.0,
            q95: 0.0,
            mc_se: 0.04 * r.mean[0],
            knowledge_lo95: r.mean[1],
            knowledge_hi95: r.mean[2],
            told_from_noise: true,
        }),
        p_any_death: Some(p_any),
        p_any_death_lo95: Some(r.any[1]),
        p_any_death_hi95: Some(r.any[2]),
        p_ten_or_more: Some(0.04 * p_any),
        cvar10: Some(10.0 * r.mean[0]),
        p_loss: Some(0.6 * p_any),
        deaths_given_loss: Some(given),
        by_hazard: Some(hazards),
        by_hazard_interval: Some(ByHazard {
            capsize: share(0.12),
            swamping: share(0.41),
            structure: share(0.27),
            crush: share(0.13),
            boarding: share(0.03),
            overboard: share(0.04),
        }),
        by_phase: Some(ByPhase {
            first_minutes: 0.36,
            unsupported: 0.29,
            cooling: 0.05,
            collapse: 0.09,
            trapped: 0.04,
            aboard: 0.17,
        }),
        time_to_loss_s: Some(Quantiles { q05: 9.0, q50: 48.0, q95: 410.0 }),
        lifts: Some(Lifts { first_min: Some(6.0), last_min: Some(44.0) }),
        crew: Some(Crew {
            state: State::NotAssessable,
            reasons: vec![reason(
                "no_data",
                "",
                "",
                "",
                "No data on rescuers' and officers' accidents at such encounters.",
            )],
            deaths_mean: None,
            lo95: None,
            hi95: None,
        }),
        difference_to_stand_off: r.difference.map(|[mean, lo95, hi95]| Difference {
            mean,
            lo95,
            hi95,
            lo50: Some(mean + 0.35 * (lo95 - mean)),
            hi50: Some(mean + 0.35 * (hi95 - mean)),
            mc_se: 0.03 * mean.abs(),
            told_from_noise: true,
        }),
        verdict: Some(r.verdict),
        no_verdict_because: None,
        p_best: Some(r.p_best),
        histogram: vec![(0, 1.0 - p_any), (1, 0.5 * p_any), (2, 0.25 * p_any), (4, 0.2 * p_any), (12, 0.05 * p_any)],
        timeline: (0..=36).map(|i| timeline(f64::from(i) * 10.0, 60.0, 30.0, 0.0)).collect(),
        timeline_given_loss: (0..=45).map(|i| timeline(f64::from(i) * 2.0, 0.0, 45.0, given)).collect(),
        events: Some(Events { alarm_min: Some(1.0), first_lift_min: Some(6.0), last_lift_min: Some(44.0) }),
        accounted: Some(Accounted {
            ashore: 0.0,
            aboard_rescue: rescued - r.mean[0],
            in_boat: 0.1,
            in_water: 0.0,
            dead: r.mean[0],
        }),
        ..not_assessable(r.id, Vec::new())
    }
}

/// People leave boat or water from `start` on for `lasting` minutes; `dead` die early.
fn timeline(minutes: f64, start: f64, lasting: f64, dead: f64) -> TimelinePoint {
    let lifted = ((minutes - start) / lasting).clamp(0.0, 1.0);
    let died = (minutes / 30.0).clamp(0.0, 1.0) * dead;
    let left = (62.0 - died) * (1.0 - lifted);
    let swimming = dead > 0.0;
    TimelinePoint {
        minutes,
        aboard_q50: if swimming { 0.0 } else { left },
        in_water_q50: if swimming { left } else { 0.0 },
        rescued_q50: 62.0 - died - left,
        ashore_q50: 0.0,
        aboard_mean: if swimming { 0.0 } else { left },
        in_water_mean: if swimming { left } else { 0.0 },
        rescued_mean: 62.0 - died - left,
        ashore_mean: 0.0,
        dead_mean: died,
        dead_q05: 0.0,
        dead_q50: died,
        dead_q95: 4.0 * died,
    }
}

/// Multiplies figures by anything between a thousandth and a thousand.
pub(super) fn vary(options: &mut [OptionAnswer], draw: &dyn Fn(u32) -> f64) {
    for (i, o) in (0u32..).step_by(10).zip(options.iter_mut()) {
        let factor = |k: u32| {
            let steps = [0.0, 0.001, 0.03, 0.4, 1.0, 2.7, 35.0, 990.0];
            steps[(draw(i + k) * 8.0) as usize % 8]
        };
        let f = factor(0);
        if let Some(d) = o.deaths.as_mut() {
            for v in [&mut d.mean, &mut d.knowledge_lo95, &mut d.knowledge_hi95, &mut d.mc_se] {
                *v *= f;
            }
        }
        let p = factor(1);
        for v in [&mut o.p_any_death, &mut o.p_any_death_lo95, &mut o.p_any_death_hi95].into_iter().flatten() {
            *v = (*v * p).min(1.0);
        }
        if let Some(d) = o.difference_to_stand_off.as_mut() {
            for v in [&mut d.mean, &mut d.lo95, &mut d.hi95] {
                *v *= f;
            }
            d.lo50 = d.lo50.map(|v| v * f);
            d.hi50 = d.hi50.map(|v| v * f);
        }
        let s = factor(2);
        if let Some(t) = o.time_to_loss_s.as_mut() {
            for v in [&mut t.q05, &mut t.q50, &mut t.q95] {
                *v *= s;
            }
        }
        if draw(i + 3) < 0.2 {
            o.by_hazard = None;
            o.by_phase = None;
            o.timeline.clear();
            o.histogram.clear();
            o.events = None;
        }
    }
    let last = options.len();
    if draw(900) < 0.5 && last > 1 {
        options.swap(0, last - 1);
    }
}
