//! What unpacks the chunks of HDF5: Zstandard, which the library has not, and faster forms of two that it has.

use crate::cf::variable::LARGEST_BYTES;
use crate::unpack;
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
    let fail = Error::DecompressionError;
    filters.register(ZSTD, Box::new(move |_, data, _| unpack::zstd(data, LARGEST_BYTES).map_err(fail)));
    filters.register(FILTER_SHUFFLE, Box::new(|_, data, size| Ok(unpack::unshuffle(data, size))));
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn unshuffled_as_by_the_library() {
        for (length, size) in [(0, 2), (1, 2), (12, 2), (13, 2), (40, 4), (43, 4), (3, 4), (24, 8), (5, 1), (7, 0)] {
            let data: Vec<u8> = (0..length).collect();
            let library = hdf5_reader::filters::shuffle::unshuffle(&data, size);
            assert_eq!(unpack::unshuffle(&data, size), library, "{length} {size}");
        }
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
