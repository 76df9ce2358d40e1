//! The load line as an answer: every figure over what is believed of the boat and its load.

use crate::applicability;
use crate::situation::{Situation, SituationError};
use plimsoll_boat::load_line::{self, LoadLine, LoadLineConstants};
use plimsoll_case::answer::common::state_of;
use plimsoll_case::answer::loadline::{GzPoint, Limit, LoadlineAnswer, Section, SoftChamber, Swamped};
use plimsoll_case::answer::{Answer, Figure, Quantiles, digest};
use plimsoll_case::credibility::lowest;
use plimsoll_case::encounter::Encounter;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::validity::{Reason, Validity};

/// Draws of what is believed. Enough for 5 % and 95 % quantiles of what is shown to two figures.
const DRAWS: u32 = 64;

/// The load line of a case, with constants as judged: no record speaks of hydrostatics.
///
/// # Errors
/// [`SituationError`] where the measures of the boat do not make a boat.
pub fn answer(encounter: &Encounter, seed: u64) -> Result<LoadlineAnswer, SituationError> {
    let central = Situation::draw(encounter, &Knowledge::central())?;
    let at_median = evaluate(&central)?;
    // Not conditioned on floating: that a load sinks the boat is an answer here.
    let draws: Vec<LoadLine> = (0..DRAWS)
        .map(|k| Situation::draw(encounter, &Knowledge::outer(seed, k * 256 / DRAWS)).and_then(|s| evaluate(&s)))
        .collect::<Result<_, _>>()?;
    let figure = |get: &dyn Fn(&LoadLine) -> Option<f64>| figure(&at_median, &draws, get);
    let rest =
        |get: &dyn Fn(&load_line::AtRest) -> Option<f64>| figure(&|l: &LoadLine| l.at_rest.as_ref().and_then(get));
    let soft = |get: &dyn Fn(&load_line::SoftChamber) -> f64| figure(&|l: &LoadLine| l.soft_chamber.as_ref().map(get));
    let floats = at_median.at_rest.is_some();
    let validity = if floats { geometry(encounter) } else { Validity::NotAssessable(vec![sinks(&central)]) };
    let (state, reasons) = state_of(&validity);
    let given = validity.is_assessable();
    let keep = |f: Option<Figure>| f.filter(|_| given);
    let swamped = figure(&|l| Some(l.swamped.capacity_kg)).zip(figure(&|l| Some(l.swamped.held_clear)));
    let soft_chamber = soft(&|s| s.list_deg).zip(soft(&|s| s.margin_m)).zip(soft(&|s| s.margin_limp_m));
    let mut answer = LoadlineAnswer {
        schema: LoadlineAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed,
        digest: String::new(),
        state,
        reasons,
        section: section(encounter, &central, &at_median),
        displacement_kg: keep(figure(&|l| Some(l.displacement_kg))),
        freeboard_m: keep(rest(&|r| Some(r.freeboard_m))),
        gm_m: keep(rest(&|r| Some(r.gm_m))),
        gz: if given { curve(&at_median, &draws) } else { vec![] },
        gz_max_m: keep(rest(&|r| Some(r.gz_max_m))),
        gz_max_heel_deg: keep(rest(&|r| Some(r.gz_max_heel_deg))),
        flooding_heel_deg: keep(rest(&|r| r.flooding_heel_deg)),
        shift_to_capsize_m: keep(rest(&|r| r.shift_to_capsize_m)),
        transom_margin_m: keep(rest(&|r| Some(r.transom_margin_m))),
        swamped: swamped.filter(|_| given).map(|(capacity_kg, held_clear)| Swamped { capacity_kg, held_clear }),
        soft_chamber: soft_chamber.filter(|_| given).map(|((list_deg, margin_m), margin_limp_m)| SoftChamber {
            list_deg,
            margin_m,
            margin_limp_m,
        }),
        limits: limits(&at_median, &draws),
        credibility: Some(lowest()),
    };
    answer.digest = digest::of(&answer).unwrap_or_default();
    Ok(answer)
}

fn evaluate(s: &Situation) -> Result<LoadLine, SituationError> {
    Ok(load_line::evaluate(&s.hull, &s.load, &LoadLineConstants::draw(&s.knowledge))?)
}

/// The ranges that concern a boat at rest: the sea does not.
fn geometry(encounter: &Encounter) -> Validity {
    let of_boat = |r: &Reason| r.key.starts_with("boat.") || r.key == "aboard.people";
    let keep = |reasons: Vec<Reason>| reasons.into_iter().filter(of_boat).collect::<Vec<_>>();
    match applicability::of_inputs(encounter) {
        Validity::NotAssessable(r) if r.iter().any(of_boat) => Validity::NotAssessable(keep(r)),
        Validity::Extrapolated(r) if r.iter().any(of_boat) => Validity::Extrapolated(keep(r)),
        _ => Validity::Assessed,
    }
}

fn sinks(s: &Situation) -> Reason {
    let capacity = s.hull.body(plimsoll_boat::hydrostatics::Well::Dry).capacity_kg();
    let mass = s.load.dry_mass_kg(&s.hull);
    Reason {
        code: "sinks_at_rest".to_owned(),
        key: "aboard.people".to_owned(),
        value: format!("{mass:.0} kg"),
        allowed: format!("{capacity:.0} kg"),
        text: format!(
            "The boat does not float at rest: {mass:.0} kg with its people, and it floats with {capacity:.0} kg."
        ),
    }
}

fn section(e: &Encounter, s: &Situation, l: &LoadLine) -> Section {
    Section {
        length_m: s.hull.length_m,
        beam_m: s.hull.beam_m,
        tube_m: s.hull.tube_m,
        floor_height_m: s.hull.floor_height_m - s.hull.floor_sag_m,
        draught_m: l.at_rest.as_ref().map(|r| r.draught_m),
        list_deg: l.at_rest.as_ref().and_then(|r| r.list_deg).unwrap_or(0.0),
        share_port: s.hull.share_port,
        share_starboard: s.hull.share_starboard,
        people: s.load.people,
        people_centre_m: s.load.people_centre_m,
        posture: e.aboard.posture.id().to_owned(),
    }
}

/// One figure: exact where all draws agree, else its quantiles; `None` where the median case has none.
fn figure(at_median: &LoadLine, draws: &[LoadLine], get: &dyn Fn(&LoadLine) -> Option<f64>) -> Option<Figure> {
    let middle = get(at_median)?;
    let mut values: Vec<f64> = draws.iter().filter_map(get).collect();
    values.sort_by(f64::total_cmp);
    Some(spread(middle, &values))
}

fn spread(middle: f64, sorted: &[f64]) -> Figure {
    let same = |v: &f64| (v - middle).abs() <= 1e-9 * middle.abs().max(1e-3);
    if sorted.iter().all(same) {
        return Figure::Exact(middle);
    }
    let at = |q| crate::comparison::sorted_quantile(sorted, q);
    Figure::Spread(Quantiles { q05: at(0.05), q50: at(0.5), q95: at(0.95) })
}

fn curve(at_median: &LoadLine, draws: &[LoadLine]) -> Vec<GzPoint> {
    let Some(rest) = &at_median.at_rest else { return vec![] };
    let points = |i: usize| draws.iter().filter_map(move |d| d.at_rest.as_ref().and_then(|r| r.gz.get(i)));
    rest.gz
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let mut gz: Vec<f64> = points(i).map(|p| p.gz_m).collect();
            let mut margin: Vec<f64> = points(i).map(|p| p.margin_m).collect();
            gz.sort_by(f64::total_cmp);
            margin.sort_by(f64::total_cmp);
            let or = |middle: f64, sorted: &[f64]| {
                if sorted.is_empty() { Figure::Exact(middle) } else { spread(middle, sorted) }
            };
            GzPoint { heel_deg: p.heel_deg, gz_m: or(p.gz_m, &gz), margin_m: or(p.margin_m, &margin) }
        })
        .collect()
}

fn limits(at_median: &LoadLine, draws: &[LoadLine]) -> Vec<Limit> {
    at_median
        .limits
        .iter()
        .enumerate()
        .map(|(i, limit)| {
            let passed = draws.iter().filter(|d| d.limits[i].passed).count() as f64 / draws.len() as f64;
            Limit {
                id: limit.id.as_str().to_owned(),
                // as most draws have it, so that the word agrees with the margin beside it
                passed: if passed > 0.0 && passed < 1.0 { passed > 0.5 } else { limit.passed },
                p_passed: (passed > 0.0 && passed < 1.0).then_some(passed),
                margin: figure(at_median, draws, &|l| l.limits[i].margin),
                margin_unit: limit.id.margin_unit().to_owned(),
            }
        })
        .collect()
}
