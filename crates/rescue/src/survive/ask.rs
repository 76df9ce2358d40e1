//! What to ask a caller from the water: the unknowns in the order of the lives that their answers surely save.

use super::{Ask, Group, Hold, Known, REALISATIONS};
use crate::survival::RescueConstants;
use plimsoll_core::belief::Belief;
use plimsoll_core::ensemble::OUTER;
use plimsoll_core::evppi::{Question, worth_asking};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::random::{Purpose, Stream};
use std::cmp::Ordering::Equal;

/// The choice between this call and another, as losses in each draw: `lost[k]` people are lost in draw k where the vessel comes here
/// second.
///
/// The other call stands for every other: of it nothing more can be learnt, and as many lives hang on coming there first as are
/// expected here. No other expectation makes an answer worth more: the choice is at balance. In closed form, where all of a normal
/// number of losses with standard deviation s can be learnt, 0.39894 s.
#[must_use]
pub fn between_two_calls(lost: &[f64]) -> [Vec<f64>; 2] {
    let mean = lost.iter().sum::<f64>() / lost.len().max(1) as f64;
    [lost.to_vec(), vec![mean; lost.len()]]
}

/// Standard errors by which the share alive must move to be told from noise.
const MOVED: f64 = 3.0;

/// The questions to a caller, first what surely saves most lives. `later`: share alive an hour from now, `lost`: people lost by coming
/// second, both by realisation.
pub(super) fn next(group: &Group, seed: u64, later: &[f64], lost: &[f64]) -> Vec<Ask> {
    let inputs: [(&'static str, &Belief); 7] = [
        ("people", &group.people),
        ("children", &group.children),
        ("swimmers", &group.swimmers),
        ("jackets", &group.jackets),
        ("jackets_float", &group.jackets_float),
        ("temperature", &group.temperature_c),
        ("hs", &group.hs_m),
    ];
    let place = |key: &str| -> Vec<f64> {
        let id = format!("water.{key}");
        (0..REALISATIONS).map(|r| Knowledge::outer(seed, r as u32).place(&id)).collect()
    };
    // key, what is asked about, how far it moves the share alive
    let mut asked: Vec<(&'static str, Vec<f64>, f64)> = inputs
        .into_iter()
        .filter(|(_, belief)| !belief.is_exact())
        .map(|(key, _)| {
            let places = place(key);
            let moved = swing(&places, later);
            (key, places, moved)
        })
        .collect();
    if group.hold == Hold::Unknown {
        // to know what they hold on to is to know how it went for this group: the luck that its people share
        let stream = Stream::new(seed);
        let luck: Vec<f64> = (0..REALISATIONS).map(|r| stream.normal(r, 1, Purpose::Support, 0)).collect();
        asked.push(("hold", luck, held_or_not(group, seed)));
    }
    let means = between_two_calls(lost);
    let family: Vec<Question<'_>> = asked.iter().map(|(_, x, _)| Question { x, means: &means }).collect();
    let worth = worth_asking(&family);
    let mut asks: Vec<Ask> = asked
        .iter()
        .zip(worth)
        .map(|((key, _, swing), lives)| Ask { key, lives: lives.unwrap_or_default(), swing: *swing })
        .filter(|a| a.lives.value > 0.0 || a.swing > 0.0)
        .collect();
    let order = |a: &Ask| [a.lives.at_least(), a.lives.value, a.swing];
    asks.sort_by(|a, b| {
        order(b).iter().zip(order(a)).map(|(b, a)| b.total_cmp(&a)).find(|o| o.is_ne()).unwrap_or(Equal)
    });
    asks
}

/// How far the share alive moves between the lower and the upper half of the places; 0 where within three standard errors.
fn swing(places: &[f64], later: &[f64]) -> f64 {
    let half = |upper: bool| {
        let of: Vec<f64> = places.iter().zip(later).filter(|(p, _)| (**p >= 0.5) == upper).map(|(_, x)| *x).collect();
        let n = of.len() as f64;
        let mean = of.iter().sum::<f64>() / n;
        (mean, of.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0) / n)
    };
    let ((low, low_error2), (high, high_error2)) = (half(false), half(true));
    let moved = (high - low).abs();
    if moved > MOVED * (low_error2 + high_error2).sqrt() { moved } else { 0.0 }
}

/// How far the share alive an hour from now moves between people who all hold on to the wreck and people who hold on to nothing.
fn held_or_not(group: &Group, seed: u64) -> f64 {
    let k = Knowledge::central();
    let share = |hold| {
        let known = Known::new(&Group { hold, ..group.clone() }, RescueConstants::draw(&k), &k);
        let mut alive = 0_u32;
        for realisation in 0..OUTER {
            known.each(&Stream::new(seed), realisation, |_, course| {
                alive += u32::from(course.death_min > group.minutes + 60.0);
            });
        }
        f64::from(alive) / (OUTER as f64 * f64::from(known.people))
    };
    (share(Hold::Wreck) - share(Hold::Nothing)).abs()
}

#[cfg(test)]
mod tests {
    use super::super::curve;
    use super::super::tests::group;
    use super::*;
    use plimsoll_core::draws::Constants;

    /// Losses of 3 + 2 N(0,1), fully learnable: 2 x 0.39894; what has nothing to do with them is worth nothing.
    #[test]
    fn knowing_is_worth_what_the_closed_form_says() {
        let stream = Stream::new(3);
        let z = |index| -> Vec<f64> { (0..4096).map(|r| stream.normal(r, 0, Purpose::Test, index)).collect() };
        let lost: Vec<f64> = z(0).iter().map(|z| 3.0 + 2.0 * z).collect();
        // four standard errors of 4096 draws
        let means = between_two_calls(&lost);
        let [x, other, flat] = [z(0), z(1), vec![0.5; 4096]];
        let found = worth_asking(&[&x, &other, &flat].map(|x| Question { x, means: &means }));
        let worth = found[0].expect("it is found").value;
        assert!((worth - 2.0 * 0.398_94).abs() < 0.08, "{worth}");
        assert_eq!(found[1..], [None, None]);
    }

    #[test]
    fn the_first_question_is_the_same_with_every_seed_and_its_worth_within_its_error() {
        let first: Vec<Ask> = (1..=6).map(|s| curve(&group(), Constants::Judged, s).ask_next.remove(0)).collect();
        let mean = first.iter().map(|a| a.lives.value).sum::<f64>() / 6.0;
        for a in &first {
            assert_eq!(a.key, first[0].key);
            assert!((a.lives.value - mean).abs() < 3.0 * a.lives.error, "{first:?}");
        }
    }

    #[test]
    fn a_question_is_worth_more_where_more_hangs_on_it() {
        let swimmers = |people| {
            let of = Group { people: Belief::Exact(people), ..group() };
            curve(&of, Constants::Judged, 1)
                .ask_next
                .iter()
                .find(|a| a.key == "swimmers")
                .map_or(0.0, |a| a.lives.value)
        };
        assert!(swimmers(60.0) > swimmers(20.0) && swimmers(20.0) > 0.0);
        let sure = Group { hold: Hold::Nothing, ..group() };
        assert!(curve(&sure, Constants::Judged, 1).ask_next.iter().all(|a| a.key != "hold"));
    }
}
