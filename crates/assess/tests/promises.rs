//! What an assessment promises, whatever the case: everybody accounted for, the same bits however it is run, pairs that pair.

use plimsoll_assess::answer::{self, Deeper};
use plimsoll_assess::comparison::estimate;
use plimsoll_assess::outcome::{Partial, Tallies};
use plimsoll_assess::question::Question;
use plimsoll_boat::simd::Path;
use plimsoll_case::answer::assess::Verdict;
use plimsoll_case::answer::{AssessAnswer, OptionId};
use plimsoll_core::ensemble::RangeSet;
use plimsoll_core::tally::Histogram;
use std::ops::Range;
use std::sync::atomic::AtomicBool;

const README: &str = include_str!("../../../examples/dover-strait.toml");

fn question(text: &str) -> Question {
    let ids: Vec<&str> = plimsoll_rescue::assets::ids().collect();
    let s = plimsoll_case::scenario::parse(text.as_bytes(), &ids).unwrap();
    Question::new(s.encounter, plimsoll_core::draws::Constants::Judged, 1).unwrap()
}

fn run(q: &Question, ranges: &[Range<u64>], threads: usize, path: Path) -> Partial {
    q.run(ranges, threads, path, &|_| (), &AtomicBool::new(false)).unwrap().unwrap()
}

fn answer(text: &str, n: u64) -> AssessAnswer {
    let q = question(text);
    let part = run(&q, &[0..n], 2, Path::detect());
    answer::answer(&q, &part, false, Deeper::default()).unwrap()
}

#[test]
fn the_same_bits_on_any_number_of_threads_in_any_shards_on_either_path() {
    let q = question(README);
    let n = 700;
    let whole = run(&q, &[0..n], 1, Path::detect());
    for threads in [2, 3, 16] {
        assert_eq!(whole, run(&q, &[0..n], threads, Path::detect()), "{threads} threads");
    }
    assert_eq!(whole, run(&q, &[0..n], 2, Path::Scalar), "scalar");
    for shards in [7, 64] {
        let mut parts = (0..shards).map(|i| run(&q, &[n * i / shards..n * (i + 1) / shards], 1, Path::detect())).rev();
        let mut sum = parts.next().unwrap();
        for p in parts {
            sum = sum.merge(p).unwrap();
        }
        assert_eq!(whole, sum, "{shards} shards");
    }
    // another process draws everything anew
    let again = question(README);
    assert_eq!(whole.tallies, run(&again, &[0..n], 2, Path::detect()).tallies);
}

#[test]
fn mean_numbers_in_time_add_up_to_the_people_aboard() {
    let a = answer(README, 512);
    for o in &a.options {
        for points in [&o.timeline, &o.timeline_given_loss] {
            let sums: Vec<f64> = (points.iter())
                .map(|p| p.aboard_mean + p.in_water_mean + p.rescued_mean + p.ashore_mean + p.dead_mean)
                .collect();
            assert!(sums.iter().all(|s| *s > 40.0 && (s - sums[0]).abs() < 1e-6), "{:?}: {sums:?}", o.id);
        }
    }
}

#[test]
fn everybody_is_accounted_for_in_every_realisation() {
    let q = question(README);
    let n = 512;
    let part = run(&q, &[0..n], 2, Path::detect());
    for t in &part.tallies.0 {
        assert_eq!(t.deaths.total(), n * Histogram::ONE);
        for m in t.marks.iter() {
            assert_eq!(m.dead.total(), n * Histogram::ONE);
        }
        let people: f64 = (0..n).map(|r| f64::from(q.outer(r % 256).unwrap().situation.people)).sum();
        let all: f64 = t.accounted.iter().map(|s| s.value()).sum();
        assert!((all - people).abs() < 1e-6 * people, "{all} of {people}");
        let by_hazard: f64 = t.outer.iter().flat_map(|o| o.hazards).map(|s| s.value()).sum();
        assert!((by_hazard - t.deaths.mean() * n as f64).abs() < 1e-3 * (1.0 + by_hazard));
    }
}

#[test]
fn deaths_are_never_more_than_people() {
    let q = question(README);
    let part = run(&q, &[0..256], 2, Path::detect());
    let most = (0..256).map(|k| q.outer(k).unwrap().situation.people).max().unwrap();
    for t in &part.tallies.0 {
        // rare deaths beside those of a loss may add up to twelve in the tail of a Poisson distribution; none do by weight
        assert!(t.deaths.at_least(usize::from(most) + 1) < 1e-6);
    }
}

#[test]
fn an_option_against_itself_is_exactly_zero() {
    let q = question(README);
    let part = run(&q, &[0..512], 2, Path::detect());
    assert_eq!(q.asked[q.running[0]].spec.id, OptionId::StandOff);
    let d = estimate(part.tallies.0[0].outer.iter().map(|o| &o.difference)).unwrap();
    assert_eq!((d.mean, d.mc_se, d.knowledge95), (0.0, 0.0, [0.0; 2]));
}

#[test]
fn a_coarse_answer_carries_no_verdict() {
    let q = question(README);
    let part = run(&q, &[0..32, 256..288], 2, Path::detect());
    assert_eq!(part.ranges.count(), 64);
    let a = answer::answer(&q, &part, true, Deeper::default()).unwrap();
    assert!(a.options.iter().all(|o| matches!(o.verdict, None | Some(Verdict::NotAssessable))));
    assert_eq!(a.outer_draws, 32);
}

#[test]
fn options_never_observed_are_never_better() {
    let a = answer(README, 1024);
    let turned = a.options.iter().find(|o| o.id == OptionId::TurnBack).unwrap();
    assert_ne!(turned.verdict, Some(Verdict::Better));
}

#[test]
fn parts_of_different_questions_do_not_merge() {
    let (q, p) = (question(README), question(&README.replace("\"0.4 m\"", "\"0.5 m\"")));
    let (a, b) = (run(&q, &[0..2], 1, Path::Scalar), run(&p, &[2..4], 1, Path::Scalar));
    assert!(a.merge(b).is_err());
    let empty = Partial { question: q.digest(), ranges: RangeSet::default(), tallies: Tallies::default() };
    assert_eq!(empty.ranges.count(), 0);
}
