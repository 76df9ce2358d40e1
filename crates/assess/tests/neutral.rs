//! The comparison is neutral: it finds for an intervention by force as readily as against one, whatever the sums say. And it is
//! monotone where it must be.

use plimsoll_assess::answer::{self, Deeper};
use plimsoll_assess::question::{Hold, Question};
use plimsoll_boat::simd::Path;
use plimsoll_case::answer::assess::OptionAnswer;
use plimsoll_case::answer::assess::Verdict;
use plimsoll_case::answer::{AssessAnswer, OptionId};
use plimsoll_core::ledger::Held;
use std::sync::atomic::AtomicBool;

fn answer(text: &str, n: u64) -> AssessAnswer {
    answer_holding(text, n, Hold::Nothing)
}

fn answer_holding(text: &str, n: u64, hold: Hold) -> AssessAnswer {
    let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
    let s = plimsoll_case::scenario::parse(text.as_bytes(), &ids).unwrap();
    let constants = plimsoll_assess::calibration::calibrated().unwrap();
    let q = Question::holding(s.encounter, constants, 1, hold).unwrap();
    let part = q.run(&[0..n], 2, Path::detect(), &|_| (), &AtomicBool::new(false)).unwrap().unwrap();
    answer::answer(&q, &part, false, Deeper::default()).unwrap()
}

fn option(a: &AssessAnswer, id: OptionId) -> &OptionAnswer {
    a.options.iter().find(|o| o.id == id).unwrap()
}

/// A huge load, a calm day, most of the crossing still to go, a large vessel beside it: ending it here costs fewer lives than
/// letting it go on, even by an intervention that carries the burden of proof.
const LONG: &str = r#"
[boat]
class = "inflatable-large"
tubes = "firm"
engine = "running"
[aboard]
people = 100
posture = "sitting"
[place]
bound_for = "16 h"
[sea]
wind = "4 kn from 230"
hs = "0.15 m"
tp = "4 s"
water = "12 degC"
light = "day"
[help]
on_scene = ["ctv-defender"]
[options]
only = ["stand_off", "engine_disabled", "take_off"]
"#;

#[test]
fn it_can_find_for_an_intervention() {
    // far beyond any crossing, with a boat that is known to bear contact and a crowd that keeps calm: what contact breaks and what a
    // stopped engine sets off are known so little that nothing less excludes zero
    let known = Held::default().with("structure.per_contact", 0.1).with("crowd.panic_given_trigger", 0.1);
    let a = answer_holding(
        &LONG.replace("16 h", "36 h").replace("firm", "soft").replace("0.15 m", "0.3 m"),
        51_200,
        Hold::At(known),
    );
    let stopped = option(&a, OptionId::EngineDisabled);
    assert_eq!(
        stopped.verdict,
        Some(Verdict::Better),
        "{:?} {:?}",
        stopped.difference_to_stand_off,
        stopped.no_verdict_because
    );
    assert_eq!(option(&a, OptionId::TakeOff).verdict, Some(Verdict::Better));
}

/// A modest load near the end of its crossing: blocking it is worse than letting it arrive.
#[test]
fn it_can_find_against_an_intervention() {
    let text =
        LONG.replace("people = 100", "people = 70").replace("16 h", "1 h").replace("\"take_off\"", "\"turn_back\"");
    let a = answer(&text, 51_200);
    let turned = option(&a, OptionId::TurnBack);
    assert_eq!(turned.verdict, Some(Verdict::Worse), "{:?}", turned.difference_to_stand_off);
}

#[test]
fn more_people_more_deaths() {
    let mut last = 0.0;
    for people in [40, 70, 100] {
        let text = LONG.replace("people = 100", &format!("people = {people}"));
        let mean = option(&answer(&text, 512), OptionId::StandOff).deaths.unwrap().mean;
        assert!(mean > last, "{people}: {mean} after {last}");
        last = mean;
    }
}

#[test]
fn floats_first_never_cost_lives() {
    let text = LONG.replace(
        "only = [\"stand_off\", \"engine_disabled\", \"take_off\"]",
        "only = [\"stand_off\"]\nwith = [\"floats_first\"]",
    );
    let a = answer(&text, 1024);
    let (with, without): (Vec<_>, Vec<_>) = a.options.iter().partition(|o| !o.modifiers.is_empty());
    assert!(with[0].deaths.unwrap().mean <= without[0].deaths.unwrap().mean);
}

/// Outside what the model holds for there is no number anywhere among the options.
#[test]
fn no_number_outside_the_range() {
    let mut looked_at = 0;
    for (from, to) in [
        ("0.15 m", "3.5 m"),
        ("12 degC", "27 degC"),
        ("4 kn from 230", "40 kn from 230"),
        ("people = 100", "people = 170"),
    ] {
        let text = LONG.replace(from, to);
        let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
        let Ok(s) = plimsoll_case::scenario::parse(text.as_bytes(), &ids) else { continue };
        let Ok(q) = Question::new(s.encounter, plimsoll_assess::calibration::calibrated().unwrap(), 1) else {
            continue;
        };
        let part = q.run(&[0..64], 2, Path::detect(), &|_| (), &AtomicBool::new(false)).unwrap().unwrap();
        for o in answer::answer(&q, &part, false, Deeper::default()).unwrap().options {
            looked_at += 1;
            assert_eq!(o.verdict, Some(Verdict::NotAssessable));
            assert!(o.deaths.is_none() && o.p_loss.is_none() && o.histogram.is_empty() && !o.reasons.is_empty());
        }
    }
    assert!(looked_at > 0, "every case was refused before it had an answer");
}
