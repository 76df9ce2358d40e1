//! In which order realisations are run while somebody looks. The order changes what is seen first and nothing else.

use plimsoll_core::ensemble::{OUTER, RangeSet};
use std::ops::Range;

/// Outer draws of the first answer.
const COARSE_OUTER: u64 = 32;
/// Realisations of each of these.
const COARSE_INNER: u64 = 10;
/// The second answer has all outer draws, this often.
const SECOND_INNER: u64 = 16;

/// The realisations 0 to `total`: all at once, or where somebody looks on in rounds that give ever better answers.
pub fn of(total: u64, live: bool) -> Vec<Vec<Range<u64>>> {
    let whole = vec![vec![0..total]];
    if !live || total <= SECOND_INNER * OUTER {
        return whole;
    }
    let first: Vec<Range<u64>> = (0..COARSE_INNER).map(|i| i * OUTER..i * OUTER + COARSE_OUTER).collect();
    let mut done = RangeSet::default();
    for range in &first {
        done = done.join(&RangeSet::one(range.clone())).unwrap_or(done);
    }
    let second = done.missing_from(0..SECOND_INNER * OUTER);
    let mut most = done.clone();
    for range in &second {
        most = most.join(&RangeSet::one(range.clone())).unwrap_or(most);
    }
    let rest = most.missing_from(0..total);
    vec![first, second, rest]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_all_realisations_once() {
        for (total, live) in [(256, true), (4_096, true), (4_097, true), (10_000, true), (10_000, false)] {
            let mut sum = RangeSet::default();
            for range in of(total, live).into_iter().flatten() {
                assert!(range.start < range.end, "{range:?}");
                sum = sum.join(&RangeSet::one(range)).unwrap();
            }
            assert_eq!(sum, RangeSet::one(0..total));
        }
        let coarse = &of(10_000, true)[0];
        assert!(coarse.iter().cloned().flatten().all(|r| r % OUTER < COARSE_OUTER));
    }
}
