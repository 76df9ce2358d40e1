//! The container of Blosc 1, in which Zarr packs by default: blocks of shuffled numbers, each packed by another library.
//!
//! After c-blosc's `README_CHUNK_FORMAT.rst` and `README_HEADER.rst`; the library itself is C.

use crate::unpack::{lz4, unshuffle, zlib, zstd};

/// Blocks of fewer numbers than this are packed as one, not byte by byte of the number.
const SMALLEST_SPLIT: usize = 128;
/// Numbers of more bytes than this likewise.
const MOST_SPLITS: usize = 16;

/// The bytes in a container, at most `most` of them.
pub fn decode(data: &[u8], most: usize) -> Result<Vec<u8>, String> {
    let short = || "blosc: it is cut short".to_owned();
    let header: &[u8; 16] = data.first_chunk().ok_or_else(short)?;
    let word = |at: usize| -> Result<usize, String> {
        let bytes = data.get(at..at + 4).and_then(<[u8]>::first_chunk::<4>).ok_or_else(short)?;
        Ok(u32::from_le_bytes(*bytes) as usize)
    };
    let (flags, size) = (header[2], usize::from(header[3]).max(1));
    let (total, block) = (word(4)?, word(8)?);
    if total > most {
        return Err(format!("blosc: it claims {total} bytes"));
    }
    if flags & 2 != 0 {
        return Ok(data.get(16..16 + total).ok_or_else(short)?.to_vec());
    }
    if block == 0 && total > 0 {
        return Err("blosc: its blocks have no bytes".into());
    }
    let mut out = Vec::new();
    for (k, from) in (0..total).step_by(block.max(1)).enumerate() {
        let length = block.min(total - from);
        let whole = flags & 0x10 != 0 || size > MOST_SPLITS || length / size < SMALLEST_SPLIT || length < block;
        let parts = if whole { 1 } else { size };
        let part = length / parts;
        let mut at = word(16 + 4 * k)?;
        let mut packed = Vec::with_capacity(length);
        for _ in 0..parts {
            let bytes = word(at)?;
            let piece = data.get(at + 4..).and_then(|d| d.get(..bytes)).ok_or_else(short)?;
            at += 4 + bytes;
            let piece = if bytes == part { piece.to_vec() } else { inner(flags >> 5, piece, part)? };
            if piece.len() != part {
                return Err(format!("blosc: a block has {} bytes, not {part}", piece.len()));
            }
            packed.extend(piece);
        }
        out.extend(match flags & 5 {
            f if f & 1 != 0 => unshuffle(&packed, size),
            4 => unshuffle_bits(&packed, size),
            _ => packed,
        });
    }
    Ok(out)
}

fn inner(format: u8, data: &[u8], size: usize) -> Result<Vec<u8>, String> {
    match format {
        0 => blosclz(data, size),
        1 => lz4(data, size),
        3 => zlib(data, size),
        4 => zstd(data, size),
        2 => Err("blosc: snappy within it is not read; rewrite it with zstd".into()),
        other => Err(format!("blosc: format {other} within it is not known")),
    }
}

/// Bits that were sorted by their place within their number, put back. Only numbers in eights were sorted.
fn unshuffle_bits(data: &[u8], size: usize) -> Vec<u8> {
    let count = data.len() / size;
    let mut out = data.to_vec();
    if count == 0 || !count.is_multiple_of(8) {
        return out;
    }
    out[..count * size].fill(0);
    for (bit, plane) in data[..count * size].chunks_exact(count / 8).enumerate() {
        for (i, byte) in plane.iter().enumerate() {
            for e in 0..8 {
                out[(8 * i + e) * size + bit / 8] |= ((byte >> e) & 1) << (bit % 8);
            }
        }
    }
    out
}

/// Blosc's own packing, an offspring of FastLZ: runs of bytes as they are, and copies of what came before.
fn blosclz(data: &[u8], size: usize) -> Result<Vec<u8>, String> {
    const FAR: usize = 8191;
    let broken = || "blosclz: it makes no sense".to_owned();
    let mut bytes = data.iter().copied();
    let mut out: Vec<u8> = Vec::with_capacity(size);
    let mut next = bytes.next().map(|b| b & 31);
    while let Some(control) = next {
        let control = usize::from(control);
        if control < 32 {
            for _ in 0..=control {
                out.push(bytes.next().ok_or_else(broken)?);
            }
        } else {
            let mut byte = || bytes.next().map(usize::from).ok_or_else(broken);
            let (mut length, high) = ((control >> 5) - 1, (control & 31) << 8);
            if length == 6 {
                loop {
                    let more = byte()?;
                    length += more;
                    if more != 255 {
                        break;
                    }
                }
            }
            let low = byte()?;
            let mut back = high + low + 1;
            if low == 255 && high == 31 << 8 {
                back = (byte()? << 8) + byte()? + FAR + 1;
            }
            let length = length + 3;
            if back > out.len() || out.len() + length > size {
                return Err(broken());
            }
            for _ in 0..length {
                out.push(out[out.len() - back]);
            }
        }
        if out.len() > size {
            return Err(broken());
        }
        next = bytes.next();
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn container(name: &str) -> Vec<u8> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/blosc");
        std::fs::read(format!("{folder}/{name}.blosc")).unwrap()
    }

    #[test]
    fn every_library_and_order_gives_the_same_numbers() {
        let mut names = vec!["not_packed".to_owned()];
        for library in ["blosclz", "lz4", "lz4hc", "zlib", "zstd"] {
            names.extend(["none", "bytes", "bits"].map(|order| format!("{library}_{order}")));
        }
        for name in names {
            let out = decode(&container(&name), 1 << 20).unwrap();
            let count = match name.as_str() {
                "not_packed" => 700,
                "zstd_bits" => 5003,
                n if n.ends_with("_bits") => 5000,
                _ => 5003,
            };
            let numbers: Vec<u64> =
                out.chunks_exact(2).map(|b| u64::from(u16::from_le_bytes(*b.first_chunk().unwrap()))).collect();
            let wanted: Vec<u64> = (0..count).map(|i| i * i % 1000).collect();
            assert!(numbers == wanted, "{name}");
        }
    }

    #[test]
    fn damage_is_told() {
        let good = container("lz4_bytes");
        assert!(decode(&good[..12], 1 << 20).unwrap_err().contains("cut short"));
        assert!(decode(&good[..200], 1 << 20).unwrap_err().contains("cut short"));
        assert!(decode(&good, 1000).unwrap_err().contains("claims 10006 bytes"));
        let mut snappy = good.clone();
        snappy[2] = (snappy[2] & 31) | 2 << 5;
        assert!(decode(&snappy, 1 << 20).unwrap_err().contains("snappy"));
        let mut none = good;
        none[8..12].fill(0);
        assert!(decode(&none, 1 << 20).unwrap_err().contains("no bytes"));
    }

    #[test]
    fn changed_bytes_give_an_answer_or_an_error() {
        use plimsoll_core::random::{Purpose, Stream};
        let random = Stream::new(11);
        for name in ["blosclz_bytes", "lz4_bits", "zlib_none", "zstd_bits"] {
            let good = container(name);
            for i in 0..20_000 {
                let mut bytes = good.clone();
                for k in 0..3 {
                    let below = |n: usize, k| (random.uniform(i, k, Purpose::Test, 0) * n as f64) as usize;
                    let at = below(bytes.len(), 2 * k);
                    bytes[at] = below(256, 2 * k + 1) as u8;
                }
                let _ = decode(&bytes, 1 << 16);
            }
        }
    }
}
