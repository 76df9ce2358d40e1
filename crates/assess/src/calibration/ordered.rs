//! Many independent pieces of work on several threads, their results in order.

use plimsoll_core::ensemble;
use plimsoll_core::tally::Merge;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// Results by number: in whatever order they come, they are the same in the end.
struct Numbered<T>(BTreeMap<u64, T>);

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Merge for Numbered<T> {
    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// `work` for 0 to `count`, in order. `None` when cancelled.
pub fn run<T: Send>(
    count: u64,
    threads: usize,
    progress: &(dyn Fn(u64) + Sync),
    cancel: &AtomicBool,
    work: impl Fn(u64) -> T + Sync,
) -> Option<Vec<T>> {
    let whole = 0..count;
    let all = ensemble::run(std::slice::from_ref(&whole), 4, threads, progress, cancel, |range| {
        Numbered(range.map(|i| (i, work(i))).collect())
    })?;
    Some(all.0.into_values().collect())
}
