//! What unpacks the chunks of HDF5: Zstandard, which the library has not, and faster forms of two that it has.

use super::file::LARGEST_BYTES;
use flate2::{Decompress, FlushDecompress, Status};
use hdf5_reader::FilterRegistry;
use hdf5_reader::error::Error;
use hdf5_reader::filters::{FILTER_DEFLATE, FILTER_SHUFFLE};
use std::sync::atomic::{AtomicUsize, Ordering};

/// HDF5's number of the Zstandard filter.
const ZSTD: u16 = 32015;

/// All filters that are known.
pub fn registry() -> FilterRegistry {
    let mut filters = FilterRegistry::new();
    filters.register(ZSTD, Box::new(|_, data, _| unzstd(data)));
    filters.register(FILTER_SHUFFLE, Box::new(|_, data, size| Ok(unshuffled(data, size))));
    // the chunks of a variable are all of one size
    let last = AtomicUsize::new(0);
    filters.register(
        FILTER_DEFLATE,
        Box::new(move |_, data, _| {
            let out = inflated(data, last.load(Ordering::Relaxed))?;
            last.store(out.len(), Ordering::Relaxed);
            Ok(out)
        }),
    );
    filters
}

fn unzstd(data: &[u8]) -> Result<Vec<u8>, hdf5_reader::error::Error> {
    use std::io::Read as _;
    let fail = |e: &dyn std::fmt::Display| hdf5_reader::error::Error::DecompressionError(format!("zstd: {e}"));
    let mut decoder = ruzstd::decoding::StreamingDecoder::new(data).map_err(|e| fail(&e))?;
    let mut out = Vec::new();
    // No chunk is larger, whatever a damaged header says.
    (&mut decoder).take(LARGEST_BYTES as u64 + 1).read_to_end(&mut out).map_err(|e| fail(&e))?;
    Ok(out)
}

/// What was deflated; `guess` is how many bytes it may be.
fn inflated(data: &[u8], guess: usize) -> Result<Vec<u8>, Error> {
    let fail = |e: &dyn std::fmt::Display| Error::DecompressionError(format!("deflate: {e}"));
    let mut decoder = Decompress::new(true);
    // nothing deflates better than 1032 to 1, whatever a damaged header says
    let most = data.len().saturating_mul(1032).saturating_add(64).min(LARGEST_BYTES + 1);
    // with room to spare: the end is only seen beyond the last byte
    let mut out = Vec::with_capacity(guess.max(2 * data.len()).saturating_add(64).min(most));
    loop {
        let rest = data.get(decoder.total_in() as usize..).unwrap_or_default();
        let status = decoder.decompress_vec(rest, &mut out, FlushDecompress::Finish).map_err(|e| fail(&e))?;
        match status {
            Status::StreamEnd => return Ok(out),
            _ if out.len() == out.capacity() && out.len() < most => out.reserve_exact(out.len().min(most - out.len())),
            _ => return Err(fail(&"it ends too early, or is too large")),
        }
    }
}

/// The bytes of each number side by side again: HDF5 keeps first bytes first, then second ones, which packs better.
fn unshuffled(data: &[u8], size: usize) -> Vec<u8> {
    let count = data.len() / size.max(1);
    let plane = |k: usize| &data[k * count..(k + 1) * count];
    let mut out = vec![0; data.len()];
    match size {
        2 => {
            let (low, high) = (plane(0), plane(1));
            for (o, (a, b)) in out.as_chunks_mut::<2>().0.iter_mut().zip(low.iter().zip(high)) {
                *o = [*a, *b];
            }
        }
        4 => {
            let [p, q, r, s] = [0, 1, 2, 3].map(plane);
            let planes = p.iter().zip(q).zip(r.iter().zip(s));
            for (o, ((a, b), (c, d))) in out.as_chunks_mut::<4>().0.iter_mut().zip(planes) {
                *o = [*a, *b, *c, *d];
            }
        }
        _ => return hdf5_reader::filters::shuffle::unshuffle(data, size),
    }
    // what is left of a number is where it was
    out[count * size..].copy_from_slice(&data[count * size..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn unshuffled_as_by_the_library() {
        for (length, size) in [(0, 2), (1, 2), (12, 2), (13, 2), (40, 4), (43, 4), (3, 4), (24, 8), (5, 1), (7, 0)] {
            let data: Vec<u8> = (0..length).collect();
            assert_eq!(
                unshuffled(&data, size),
                hdf5_reader::filters::shuffle::unshuffle(&data, size),
                "{length} {size}"
            );
        }
        assert_eq!(unshuffled(&[1, 3, 5, 2, 4, 6, 7], 2), [1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn inflated_whatever_the_guess() {
        let plain: Vec<u8> = (0..100_000_u32).map(|k| (k.wrapping_mul(k) >> 8) as u8).collect();
        let mut encoder = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::default());
        encoder.write_all(&plain).unwrap();
        let packed = encoder.finish().unwrap();
        for guess in [0, 1, 999, plain.len(), usize::MAX] {
            assert!(inflated(&packed, guess).unwrap() == plain, "{guess}");
        }
        assert!(inflated(&packed[..packed.len() / 2], 0).is_err());
        let mut damaged = packed.clone();
        *damaged.last_mut().unwrap() ^= 1;
        assert!(inflated(&damaged, 0).is_err(), "the checksum is looked at");
        assert!(inflated(&[], 0).is_err());
    }
}
