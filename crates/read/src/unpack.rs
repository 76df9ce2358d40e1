//! Packed bytes to bytes, never more of them than a frame can need, whatever a damaged header says.

use std::io::Read;

/// Reads to the end, or says that there is more than `most`.
fn bounded(from: impl Read, most: usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    from.take(most as u64 + 1).read_to_end(&mut out).map_err(|e| e.to_string())?;
    if out.len() > most { Err(format!("it unpacks to more than {most} bytes")) } else { Ok(out) }
}

pub fn zstd(data: &[u8], most: usize) -> Result<Vec<u8>, String> {
    let decoder = ruzstd::decoding::StreamingDecoder::new(data).map_err(|e| format!("zstd: {e}"))?;
    bounded(decoder, most).map_err(|e| format!("zstd: {e}"))
}

pub fn gzip(data: &[u8], most: usize) -> Result<Vec<u8>, String> {
    bounded(flate2::read::MultiGzDecoder::new(data), most).map_err(|e| format!("gzip: {e}"))
}

pub fn zlib(data: &[u8], most: usize) -> Result<Vec<u8>, String> {
    bounded(flate2::read::ZlibDecoder::new(data), most).map_err(|e| format!("zlib: {e}"))
}

/// A block of LZ4 that unpacks to `size` bytes.
pub fn lz4(data: &[u8], size: usize) -> Result<Vec<u8>, String> {
    let mut out = vec![0; size];
    let n = lz4_flex::block::decompress_into(data, &mut out).map_err(|e| format!("lz4: {e}"))?;
    out.truncate(n);
    Ok(out)
}

/// Bytes that were sorted by their place within their number, put back: numbers of `size` bytes. What is left of a number is where it
/// was. Numbers of two and four bytes, which fields have, go several at once.
pub fn unshuffle(data: &[u8], size: usize) -> Vec<u8> {
    let count = data.len() / size.max(1);
    let plane = |k: usize| &data[k * count..(k + 1) * count];
    let mut out = data.to_vec();
    match size {
        2 => {
            let planes = plane(0).iter().zip(plane(1));
            for (o, (a, b)) in out.as_chunks_mut().0.iter_mut().zip(planes) {
                *o = [*a, *b];
            }
        }
        4 => {
            let [p, q, r, s] = [0, 1, 2, 3].map(plane);
            let planes = p.iter().zip(q).zip(r.iter().zip(s));
            for (o, ((a, b), (c, d))) in out.as_chunks_mut().0.iter_mut().zip(planes) {
                *o = [*a, *b, *c, *d];
            }
        }
        _ => {
            for (j, plane) in data.chunks_exact(count.max(1)).take(size).enumerate() {
                for (i, byte) in plane.iter().enumerate() {
                    out[i * size + j] = *byte;
                }
            }
        }
    }
    out
}

/// Castagnoli's cyclic redundancy check (RFC 3720, appendix B.4).
pub fn crc32c(data: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut i = 0;
        while i < 256 {
            let mut crc = i as u32;
            let mut bit = 0;
            while bit < 8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ 0x82f6_3b78 } else { crc >> 1 };
                bit += 1;
            }
            table[i] = crc;
            i += 1;
        }
        table
    };
    !data.iter().fold(!0, |crc: u32, byte| (crc >> 8) ^ TABLE[((crc ^ u32::from(*byte)) & 0xff) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_values() {
        // The check value of the catalogue of CRCs, and 32 bytes of nought (RFC 3720, B.4).
        assert_eq!(crc32c(b"123456789"), 0xe306_9283);
        assert_eq!(crc32c(&[0; 32]), 0x8a91_36aa);
    }

    #[test]
    fn bytes_come_back_to_their_numbers() {
        // Two numbers of three bytes and one byte over.
        assert_eq!(unshuffle(&[1, 4, 2, 5, 3, 6, 7], 3), [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(unshuffle(&[1, 2], 1), [1, 2]);
        assert_eq!(unshuffle(&[1, 2], 4), [1, 2]);
        assert!(unshuffle(&[], 4).is_empty());
    }

    #[test]
    fn nothing_unpacks_without_end() {
        use flate2::{Compression, write::ZlibEncoder};
        use std::io::Write as _;
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&[0; 1 << 16]).unwrap();
        let packed = packed.finish().unwrap();
        assert_eq!(zlib(&packed, 1 << 16).unwrap().len(), 1 << 16);
        assert!(zlib(&packed, 1000).unwrap_err().contains("more than 1000 bytes"));
    }
}
