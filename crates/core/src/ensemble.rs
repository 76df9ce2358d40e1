//! Running realisations: any set of ranges, on any number of threads, in any order, with the same result to the bit.
//!
//! Realisation r takes outer draw r mod 256 (knowledge) and is itself the inner draw (chance), so that every prefix is
//! balanced over what is not known. Results are integers that merge exactly ([`crate::tally`]).

use crate::tally::Merge;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use thiserror::Error;

/// Number of outer draws.
pub const OUTER: u64 = 256;

/// A set of realisations as ascending ranges that do not touch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeSet(Vec<Range<u64>>);

/// Two partial results that share realisations.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("realisations {}..{} are in both parts", .0.start, .0.end)]
pub struct Overlap(pub Range<u64>);

impl RangeSet {
    /// The set of one range.
    #[must_use]
    pub fn one(range: Range<u64>) -> Self {
        Self(if range.is_empty() { vec![] } else { vec![range] })
    }

    /// The ranges.
    #[must_use]
    pub fn ranges(&self) -> &[Range<u64>] {
        &self.0
    }

    /// How many realisations.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.iter().map(|r| r.end - r.start).sum()
    }

    /// Joins two sets that share nothing.
    ///
    /// # Errors
    /// [`Overlap`] with the first shared range.
    pub fn join(&self, other: &Self) -> Result<Self, Overlap> {
        let mut all: Vec<_> = self.0.iter().chain(&other.0).cloned().collect();
        all.sort_by_key(|r| r.start);
        let mut out: Vec<Range<u64>> = Vec::with_capacity(all.len());
        for r in all {
            match out.last_mut() {
                Some(last) if r.start < last.end => return Err(Overlap(r.start..r.end.min(last.end))),
                Some(last) if r.start == last.end => last.end = r.end,
                _ => out.push(r),
            }
        }
        Ok(Self(out))
    }

    /// The parts of `whole` that are not in this set.
    #[must_use]
    pub fn missing_from(&self, whole: Range<u64>) -> Vec<Range<u64>> {
        let mut out = Vec::new();
        let mut at = whole.start;
        // a range that begins beyond `whole` leaves what is before it missing up to the end of `whole`
        for r in self.0.iter().chain(std::iter::once(&(whole.end..whole.end))) {
            let gap = at..r.start.min(whole.end);
            if !gap.is_empty() {
                out.push(gap);
            }
            at = at.max(r.end);
        }
        out
    }
}

/// Runs `work` over `ranges` cut into pieces of `chunk`, on `threads` threads, and merges what comes back.
///
/// `progress` is told how many realisations have just been finished. Returns `None` when `cancel` was set before the end:
/// a part of a result is no result.
pub fn run<P, W>(
    ranges: &[Range<u64>],
    chunk: u64,
    threads: usize,
    progress: &(dyn Fn(u64) + Sync),
    cancel: &AtomicBool,
    work: W,
) -> Option<P>
where
    P: Merge + Default + Send,
    W: Fn(Range<u64>) -> P + Sync,
{
    let mut pieces = Vec::new();
    for r in ranges {
        let mut at = r.start;
        while at < r.end {
            let end = (at + chunk.max(1)).min(r.end);
            pieces.push(at..end);
            at = end;
        }
    }
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut sum = P::default();
        while !cancel.load(Ordering::Relaxed) {
            let Some(piece) = pieces.get(next.fetch_add(1, Ordering::Relaxed)) else {
                break;
            };
            let count = piece.end - piece.start;
            sum.merge(work(piece.clone()));
            progress(count);
        }
        sum
    };
    let mut total = P::default();
    let threads = threads.clamp(1, pieces.len().max(1));
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(worker)).collect();
        total.merge(worker());
        for other in others {
            match other.join() {
                Ok(part) => total.merge(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    (!cancel.load(Ordering::Relaxed)).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Stream};
    use crate::tally::Sum;

    fn part(range: Range<u64>) -> Sum {
        let s = Stream::new(1);
        let mut sum = Sum::default();
        for r in range {
            sum.add(s.normal(r, 0, Purpose::Test, 0));
        }
        sum
    }

    #[test]
    fn threads_chunks_and_shards_agree() {
        let quiet = |_| ();
        let go = AtomicBool::new(false);
        let whole: Sum = run(&[0..1000], 1000, 1, &quiet, &go, part).unwrap();
        for threads in [1, 2, 3, 16] {
            for chunk in [1, 7, 64, 2000] {
                assert_eq!(whole, run(&[0..1000], chunk, threads, &quiet, &go, part).unwrap());
            }
        }
        for shards in [1, 7, 64] {
            let ranges: Vec<_> = (0..shards).map(|i| 1000 * i / shards..1000 * (i + 1) / shards).collect();
            assert_eq!(whole, run(&ranges, 64, 2, &quiet, &go, part).unwrap());
        }
    }

    #[test]
    fn cancelled_is_no_result() {
        assert!(run::<Sum, _>(&[0..10], 1, 2, &|_| (), &AtomicBool::new(true), part).is_none());
    }

    #[test]
    fn range_sets_join_and_refuse() {
        let (a, b) = (RangeSet::one(0..10), RangeSet::one(20..30));
        let ab = a.join(&b).unwrap();
        assert_eq!((ab.count(), ab.missing_from(0..40)), (20, vec![10..20, 30..40]));
        assert_eq!(ab.join(&RangeSet::one(10..20)).unwrap().ranges(), [0..30]);
        assert_eq!(ab.join(&RangeSet::one(9..11)), Err(Overlap(9..10)));
        assert_eq!(a.missing_from(0..10), vec![]);
        assert_eq!(ab.missing_from(0..15), vec![10..15]);
        assert_eq!(ab.missing_from(0..5), vec![]);
    }
}
