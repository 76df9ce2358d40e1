//! Percentiles of many values without sorting them: counted into bins first, so that only the few bins in which one lies are looked
//! at more closely. The values are those that sorting would give.

use crate::pieces;

/// Percentiles that are told.
pub const PERCENTILES: [f64; 7] = [1.0, 5.0, 25.0, 50.0, 75.0, 95.0, 99.0];

/// Bins, at most: their counts fit the nearest cache.
const MOST: usize = 4096;

/// Percentiles, linear between neighbours as NumPy's default has it, of the `count` values that are not `NaN`; `low` and `high` are the
/// least and the greatest of them.
pub(crate) fn percentiles(values: &[f32], count: usize, [low, high]: [f32; 2], threads: usize) -> [f64; 7] {
    if count == 0 {
        return [f64::NAN; 7];
    }
    let bins = (count / 4).clamp(1, MOST);
    let scale = if high > low { bins as f32 / (high - low) } else { 0.0 };
    // Grows with the value. What is not a number falls into a bin of its own behind the others.
    let bin = |v: f32| if v.is_nan() { bins } else { (((v - low) * scale) as usize).min(bins - 1) };
    let parts = || values.chunks(values.len().div_ceil(threads.max(1)));
    let counts = pieces::each(threads, parts(), |part| {
        let mut counts = vec![0_usize; bins + 1];
        for v in part {
            counts[bin(*v)] += 1;
        }
        counts
    });
    let ranks = PERCENTILES.map(|p| p / 100.0 * (count - 1) as f64);
    // Which bins hold a value that is asked for, and how many values below each percentile lie in other bins.
    let (mut marked, mut passed) = (vec![false; bins + 1], [0; 7]);
    let (mut below, mut others) = (0, 0);
    for b in 0..bins {
        let n = counts.iter().map(|c| c[b]).sum::<usize>();
        for (k, at) in ranks.iter().enumerate() {
            let holds = |rank: f64| (below..below + n).contains(&(rank as usize));
            marked[b] |= holds(at.floor()) || holds(at.ceil());
            if holds(at.floor()) {
                passed[k] = others;
            }
        }
        below += n;
        others += if marked[b] { 0 } else { n };
    }
    let picked =
        pieces::each(threads, parts(), |part| part.iter().copied().filter(|v| marked[bin(*v)]).collect::<Vec<_>>());
    let mut picked = picked.concat();
    let (mut from, mut out) = (0, [0.0; 7]);
    for (k, at) in ranks.into_iter().enumerate() {
        let rank = at.floor() as usize - passed[k];
        // what is below is in place already
        let (_, value, above) = picked[from..].select_nth_unstable_by(rank - from, f32::total_cmp);
        let value = f64::from(*value);
        let next = above.iter().copied().reduce(f32::min).map_or(value, f64::from);
        from = rank;
        out[k] = value + (at - at.floor()) * (next - value);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_core::random::{Purpose, Stream};

    fn of(values: &[f32], threads: usize) -> [f64; 7] {
        let given = || values.iter().copied().filter(|v| !v.is_nan());
        let range = [given().fold(f32::MAX, f32::min), given().fold(f32::MIN, f32::max)];
        percentiles(values, given().count(), range, threads)
    }

    #[test]
    fn percentiles_as_numpy() {
        // numpy.percentile([7, 1, 3, 9, 4, 2], [1, 5, 25, 50, 75, 95, 99])
        let want = [1.05, 1.25, 2.25, 3.5, 6.25, 8.5, 8.9];
        for (got, want) in of(&[7.0, 1.0, f32::NAN, 3.0, 9.0, 4.0, 2.0], 1).iter().zip(want) {
            assert!((got - want).abs() < 1e-6, "{got} {want}");
        }
        assert_eq!(of(&[5.0], 1), [5.0; 7]);
        assert_eq!(of(&[5.0; 1000], 2), [5.0; 7]);
        assert!(percentiles(&[f32::NAN; 3], 0, [0.0; 2], 1)[0].is_nan());
    }

    /// What sorting gives, for values that fill the bins evenly, unevenly, and hardly at all, on any number of threads.
    #[test]
    fn percentiles_as_by_sorting() {
        let stream = Stream::new(3);
        for (n, outlier) in [(10_u64, 0.0), (999, 1e6), (50_000, 0.0), (50_000, 1e7)] {
            let one = |i| if i % 7 == 3 { f32::NAN } else { 100.0 * stream.normal(i, 0, Purpose::Test, 0) as f32 };
            let mut values: Vec<f32> = (0..n).map(one).collect();
            values[n as usize / 2] = outlier;
            let mut sorted: Vec<f32> = values.iter().copied().filter(|v| !v.is_nan()).collect();
            sorted.sort_by(f32::total_cmp);
            let want = PERCENTILES.map(|p| {
                let at = p / 100.0 * (sorted.len() - 1) as f64;
                let (a, b) = (f64::from(sorted[at.floor() as usize]), f64::from(sorted[at.ceil() as usize]));
                a + (at - at.floor()) * (b - a)
            });
            for threads in [1, 2, 3] {
                let got = of(&values, threads);
                assert!(got.iter().zip(want).all(|(g, w)| (g - w).abs() <= 1e-9 * w.abs()), "{n}: {got:?} {want:?}");
            }
        }
    }
}
