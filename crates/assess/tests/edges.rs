//! Outside every edge of what can be assessed, and at random beyond them, no number appears: not in the JSON, the text or the page.

use plimsoll_assess::answer::{self, Deeper};
use plimsoll_assess::applicability::EDGES;
use plimsoll_assess::question::Question;
use plimsoll_boat::simd::Path;
use plimsoll_case::answer::State;
use plimsoll_case::answer::assess::{AssessAnswer, Verdict};
use plimsoll_case::encounter::Encounter;
use plimsoll_core::belief::Belief;
use plimsoll_core::draws::Constants;
use plimsoll_core::random::{Purpose, Stream};
use std::sync::atomic::AtomicBool;

fn encounter() -> Encounter {
    let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
    let text = include_str!("../../../examples/dover-strait.toml");
    plimsoll_case::scenario::parse(text.as_bytes(), &ids).unwrap().encounter
}

/// The answer, or `None` where the case is refused before anything is run: a boat that does not float has no number either.
fn answer(e: Encounter) -> Option<AssessAnswer> {
    let q = Question::new(e, Constants::Judged, 1).ok()?;
    let part = q.run(&[0..32], 1, Path::detect(), &|_| (), &AtomicBool::new(false)).ok()??;
    answer::answer(&q, &part, false, Deeper::default()).ok()
}

/// No member of an option holds a number, save the reasons, which tell what was met.
fn without_number(a: &AssessAnswer, what: &str) {
    for o in &a.options {
        assert_eq!((o.state, o.verdict), (State::NotAssessable, Some(Verdict::NotAssessable)), "{what}");
        assert!(!o.reasons.is_empty(), "{what}");
        let json = serde_json::to_value(o).unwrap();
        for (key, v) in json.as_object().unwrap() {
            let kept = ["id", "modifiers", "state", "verdict", "reasons"].contains(&key.as_str());
            assert!(kept || v.is_null() || v.as_array().is_some_and(Vec::is_empty), "{what}: {key} is {v}");
        }
    }
    assert!(a.dominance.is_empty() && a.reversals.is_empty() && a.ask_next.is_empty(), "{what}");
    assert!(a.would_flip.is_empty() && a.sensitivity.is_empty(), "{what}");
}

#[test]
fn outside_every_edge_there_is_no_number() {
    let stream = Stream::new(7);
    let mut answered = 0;
    for (i, (key, [low, high], set)) in EDGES.iter().enumerate() {
        for k in 0..8 {
            let u = stream.uniform(i as u64, k, Purpose::Test, 0);
            // from just beyond the edge to as far again as the range is wide; below, no less than can be written
            let wide = high - low;
            let (from, to) = if k % 2 == 0 { (*high, high + wide) } else { ((low - wide).max(0.01), *low) };
            if from >= to {
                continue;
            }
            let x = if k < 2 { [high + 1e-3 * wide, low - 1e-3 * wide][k as usize] } else { from + u * (to - from) };
            if x <= 0.0 && *key != "sea.water" {
                continue;
            }
            let inner = 0.5 * (low + high);
            let reaches = Belief::Uniform { low: x.min(inner), high: x.max(inner) };
            let mut e = encounter();
            set(&mut e).value = if k < 4 { Belief::Exact(x) } else { reaches };
            if let Some(a) = answer(e) {
                answered += 1;
                without_number(&a, &format!("{key} = {x}"));
            }
        }
    }
    assert!(answered > 25, "{answered}");
}

/// Outside the waters of the record every option that has a number is marked, none is called better, and credibility says so.
#[test]
fn outside_the_waters_of_the_record_is_marked() {
    let mut e = encounter();
    e.place.position = Some(plimsoll_core::earth::LonLat::new(1.5, 41.03).unwrap());
    let a = answer(e).unwrap();
    let numbered: Vec<_> = a.options.iter().filter(|o| o.p_any_death.is_some()).collect();
    assert!(!numbered.is_empty());
    for o in numbered {
        assert!(o.state == State::Extrapolated && o.verdict != Some(Verdict::Better));
        assert!(o.reasons.iter().any(|r| r.code == "outside_waters"), "{:?}", o.reasons);
    }
    let validation = a.credibility.factors.iter().find(|f| f.id == "validation").unwrap();
    assert!(validation.level == 0 && validation.why.contains("outside the waters"));
    assert_eq!(a.scene.area, None);
}

/// What is in range one by one and together like no event is marked, with the reason, on every option that has a number.
#[test]
fn far_from_every_event_is_marked() {
    let mut e = encounter();
    e.aboard.people.value = Belief::Exact(75.0);
    e.sea.water_c.value = Belief::Exact(4.0);
    e.sea.hs_m.value = Belief::Exact(1.4);
    let a = answer(e).unwrap();
    let numbered: Vec<_> = a.options.iter().filter(|o| o.p_any_death.is_some()).collect();
    assert!(!numbered.is_empty());
    for o in numbered {
        assert_eq!(o.state, State::Extrapolated);
        assert!(o.reasons.iter().any(|r| r.code == "far_from_events"), "{:?}", o.reasons);
    }
    let near = answer(encounter()).unwrap();
    assert!(near.options.iter().all(|o| o.reasons.iter().all(|r| r.code != "far_from_events")));
}
