//! Every answer fits its published schema, and the schema refuses what is no answer.

use crate::answer::{
    Answer, AssessAnswer, BacktestAnswer, BenchAnswer, CalibrateAnswer, CoastAnswer, CoastBenchAnswer, DriftAnswer,
    DriftBenchAnswer, FieldsAnswer, LoadlineAnswer, SelftestAnswer, SurviveAnswer, TideAnswer, sample,
};
use boon::{Compiler, Draft, Schemas};
use serde_json::Value;

fn fits<T: Answer>(answer: &Value) -> Result<(), String> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.set_default_draft(Draft::V2020_12);
    compiler.add_resource("answer.json", <T as Answer>::json_schema()).unwrap();
    let id = compiler.compile("answer.json", &mut schemas).unwrap();
    schemas.validate(answer, id).map_err(|e| e.to_string())
}

fn value<T: Answer>(answer: &T) -> Value {
    serde_json::from_str(&answer.to_json().unwrap()).unwrap()
}

#[test]
fn every_sample_fits_its_schema() {
    fits::<AssessAnswer>(&value(&sample::assess())).unwrap();
    fits::<LoadlineAnswer>(&value(&sample::loadline())).unwrap();
    fits::<SurviveAnswer>(&value(&sample::survive())).unwrap();
    fits::<SelftestAnswer>(&value(&sample::selftest())).unwrap();
    fits::<BenchAnswer>(&value(&sample::bench())).unwrap();
    fits::<CalibrateAnswer>(&value(&sample::calibrate())).unwrap();
    fits::<BacktestAnswer>(&value(&sample::backtest())).unwrap();
    fits::<TideAnswer>(&value(&sample::tide())).unwrap();
    fits::<DriftAnswer>(&value(&sample::drift())).unwrap();
    fits::<FieldsAnswer>(&value(&sample::fields())).unwrap();
    fits::<CoastAnswer>(&value(&sample::coast())).unwrap();
    fits::<CoastBenchAnswer>(&value(&sample::bench_coast())).unwrap();
    fits::<DriftBenchAnswer>(&value(&sample::bench_drift())).unwrap();
    for seed in 0..20 {
        fits::<AssessAnswer>(&value(&sample::varied(seed))).unwrap();
    }
}

#[test]
fn what_is_no_answer_is_refused() {
    let good = value(&sample::assess());
    let spoilt = |at: &str, by: Value| {
        let mut v = good.clone();
        *v.pointer_mut(at).unwrap() = by;
        v
    };
    for (at, by) in [
        ("/options/0/id", "net".into()),
        ("/options/0/state", "fine".into()),
        ("/options/0/deaths/mean", "none".into()),
        ("/options/0/deaths/mean", Value::Null),
        ("/seed", (-1).into()),
        ("/loadline/limits/0/passed", "yes".into()),
    ] {
        assert!(fits::<AssessAnswer>(&spoilt(at, by)).is_err(), "{at}");
    }
    // An addition is no fault: an older reader must still read a newer answer.
    let mut newer = good.clone();
    newer.as_object_mut().unwrap().insert("later_addition".into(), 1.into());
    fits::<AssessAnswer>(&newer).unwrap();
    assert!(serde_json::from_value::<AssessAnswer>(newer).is_ok());
}

#[test]
fn names_of_the_contract_are_there() {
    let v = value(&sample::assess());
    for at in [
        "/schema/name",
        "/schema/version",
        "/version",
        "/seed",
        "/digest",
        "/realisations",
        "/coarse",
        "/inputs/defaulted",
        "/loadline/freeboard_m/q50",
        "/loadline/gz/0/heel_deg",
        "/loadline/gz/0/margin_m",
        "/loadline/gm_m",
        "/loadline/swamped/held_clear",
        "/loadline/soft_chamber/margin_limp_m",
        "/loadline/limits/0/margin",
        "/options/0/deaths/knowledge_lo95",
        "/options/0/p_any_death",
        "/options/0/p_ten_or_more",
        "/options/0/cvar10",
        "/options/0/p_loss",
        "/options/0/deaths_given_loss",
        "/options/0/by_hazard/capsize",
        "/options/0/time_to_loss_s/q50",
        "/options/0/lifts/first_min",
        "/options/0/crew",
        "/options/0/difference_to_stand_off/mc_se",
        "/options/0/verdict",
        "/options/0/p_best",
        "/options/0/histogram/0/1",
        "/options/0/timeline/0/in_water_q50",
        "/options/0/events/alarm_min",
        "/options/0/by_phase/first_minutes",
        "/options/0/by_hazard_interval/crush/hi95",
        "/options/0/accounted/aboard_rescue",
        "/options/3/reattempt/verdict_survives",
        "/ask_next/0/expected_deaths_avoided",
        "/would_flip/0/option_pair/0",
        "/would_flip_state",
        "/distress_indicators/0/met",
        "/law/0/text_fr",
        "/credibility/lowest_level",
        "/rests_on/constants/0/id",
    ] {
        assert!(v.pointer(at).is_some(), "{at}");
    }
    // Standing off differs from itself by nothing: null, not zero.
    let stand_off = v["options"].as_array().unwrap().iter().find(|o| o["id"] == "stand_off").unwrap();
    assert!(stand_off["difference_to_stand_off"].is_null());
    assert_eq!(stand_off["verdict"], "reference");
}
