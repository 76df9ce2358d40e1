//! Who enters the water: from the same walks as the answer, at times and places that follow from what an assessment holds.

use plimsoll_assess::entries::{Entry, NoWay, Way};
use plimsoll_assess::outcome::Partial;
use plimsoll_assess::question::Question;
use plimsoll_boat::simd::Path;
use plimsoll_case::answer::OptionId;
use plimsoll_core::earth::course;
use std::ops::Range;
use std::sync::atomic::AtomicBool;

const README: &str = include_str!("../../../examples/dover-strait.toml");
const N: u64 = 1024;

fn question(text: &str) -> Question {
    let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
    let s = plimsoll_case::scenario::parse(text.as_bytes(), &ids).unwrap();
    Question::new(s.encounter, plimsoll_core::draws::Constants::Judged, 1).unwrap()
}

fn told(q: &Question, range: Range<u64>, threads: usize, course_deg: Option<f64>) -> (Partial, Vec<Entry>) {
    let way = Way::new(&q.encounter, course_deg).unwrap();
    q.run_telling(&[range], threads, Path::detect(), &|_| (), &AtomicBool::new(false), Some(&way)).unwrap().unwrap()
}

fn option(q: &Question, e: &Entry) -> OptionId {
    q.asked[q.running[e.option]].spec.id
}

#[test]
fn telling_changes_nothing_and_any_threads_and_slices_tell_the_same() {
    let q = question(README);
    let (partial, all) = told(&q, 0..N, 1, None);
    let path = Path::detect();
    assert_eq!(partial, q.run(&[0..N], 2, path, &|_| (), &AtomicBool::new(false)).unwrap().unwrap());
    assert_eq!(all, told(&q, 0..N, 3, None).1);
    let slices: Vec<Entry> = [0..300, 300..301, 301..N].into_iter().flat_map(|r| told(&q, r, 2, None).1).collect();
    assert_eq!(all, slices);
    assert!(all.is_sorted_by_key(|e| (e.realisation, e.option)), "in the order that is promised");
}

#[test]
fn their_weights_are_those_of_the_losses_and_their_people_those_aboard() {
    let q = question(README);
    let (partial, all) = told(&q, 0..N, 2, None);
    for (o, tally) in partial.tallies.0.iter().enumerate() {
        let of: Vec<&Entry> = all.iter().filter(|e| e.option == o).collect();
        let sum: f64 = of.iter().map(|e| e.weight).sum();
        let losses = tally.losses.value();
        // a flooded boat may hold all of them clear: then nobody enters the water
        assert!(sum <= losses * (1.0 + 1e-6) && sum > 0.3 * losses, "option {o}: {sum} of {losses}");
        let people: f64 = of.iter().map(|e| e.weight * f64::from(e.people)).sum();
        assert!(people >= tally.deaths_in_losses.value() - 1e-6, "nobody dies in the water who did not enter it");
        assert!(of.iter().all(|e| e.people > 0 && e.people <= 75 && e.jackets <= e.people && e.weight <= 1.0));
    }
    // 0.3 to 0.7 of them wear something; what share of that floats is believed, not nothing and not all
    let [people, jackets] = [|e: &Entry| e.people, |e: &Entry| e.jackets]
        .map(|n| all.iter().map(|e| e.weight * f64::from(n(e))).sum::<f64>());
    assert!((0.02..0.6).contains(&(jackets / people)), "{}", jackets / people);
}

#[test]
fn places_follow_from_stream_and_course() {
    let q = question(README);
    let (from, time) = (q.encounter.place.position.unwrap(), q.encounter.place.time.unwrap());
    let seconds = |e: &Entry| (e.time.millis() - time.millis()) as f64 / 1000.0;
    let knot = 1852.0 / 3600.0;
    let adrift = |e: &Entry| matches!(option(&q, e), OptionId::EngineDisabled | OptionId::TakeOff);
    let (_, without) = told(&q, 0..N, 2, None);
    assert!(without.iter().any(&adrift));
    for e in without.iter().filter(|e| adrift(e)) {
        // 1.3 kn toward 041 and nothing else
        let way = course(from, e.place.unwrap());
        assert!((way.distance_m - 1.3 * knot * seconds(e)).abs() < 0.1, "{e:?}");
        assert!(way.distance_m < 1.0 || (way.bearing_deg - 41.0).abs() < 0.2, "{e:?}");
    }
    let under_way = |e: &Entry| option(&q, e) == OptionId::StandOff && seconds(e) > 60.0;
    assert!(without.iter().filter(|e| under_way(e)).count() > 10);
    assert!(without.iter().filter(|e| under_way(e)).all(|e| e.place.is_none()));
    // on the stream's own course both speeds add up: 3 to 6 kn beside 1.3 kn, as long as the engine runs
    let (_, with) = told(&q, 0..N, 2, Some(41.0));
    for e in with.iter().filter(|e| under_way(e)) {
        let speed = course(from, e.place.unwrap()).distance_m / seconds(e) / knot;
        assert!((1.29..7.31).contains(&speed), "{e:?}: {speed}");
    }
    let turned = |e: &&Entry| option(&q, e) == OptionId::TurnBack && seconds(e) > 60.0;
    assert!(with.iter().any(|e| turned(&e)) && with.iter().filter(turned).all(|e| e.place.is_none()));
}

#[test]
fn without_position_time_or_direction_there_is_no_way() {
    let why = |from: &str, to: &str| {
        assert!(README.contains(from));
        Way::new(&question(&README.replace(from, to)).encounter, None).unwrap_err()
    };
    assert_eq!(why("position = \"51 02.0N 001 30.0E\"", ""), NoWay::Position);
    assert_eq!(why("time = 2026-09-14T04:20:00Z", ""), NoWay::Time);
    assert_eq!(why("current = \"1.3 kn toward 041\"", ""), NoWay::Stream);
}
