//! Work in pieces on several threads, with the results in the order of the pieces.

use std::sync::{Mutex, PoisonError};

/// Packs to a piece of work.
pub(crate) const PIECE: usize = 256;

/// How many of the threads so many packs are worth: to start one takes as long as some thousand particles take for a step.
pub(crate) fn worth(threads: usize, packs: usize) -> usize {
    threads.clamp(1, (packs / (4 * PIECE)).max(1))
}

/// Does `work` on every item, on as many threads as asked for; what came of each, in the order of the items.
pub(crate) fn each<T: Send, R: Send>(
    threads: usize,
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    if threads <= 1 {
        return items.map(work).collect();
    }
    let items = Mutex::new(items.enumerate());
    let worker = || {
        let mut out = Vec::new();
        loop {
            let next = items.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((k, item)) = next else { break };
            out.push((k, work(item)));
        }
        out
    };
    let mut all = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(worker)).collect();
        let mut all = worker();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_unstable_by_key(|(k, _)| *k);
    all.into_iter().map(|(_, r)| r).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_pieces() {
        let want: Vec<usize> = (0..100).map(|k| k * k).collect();
        for threads in [1, 2, 7] {
            assert_eq!(each(threads, 0..100_usize, |k| k * k), want);
        }
    }
}
