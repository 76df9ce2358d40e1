//! How the bytes of a chunk were packed, and unpacked.

use super::blosc;
use crate::unpack::{crc32c, gzip, lz4, unshuffle, zlib, zstd};
use serde_json::Value as Json;

/// One step from bytes to bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Codec {
    Blosc,
    Zstd,
    Gzip,
    Zlib,
    /// The length, four bytes, then a block.
    Lz4,
    /// Sorted by the place of the byte within numbers of so many bytes.
    Shuffle(usize),
    /// A check of four bytes at the end.
    Crc32c,
}

impl Codec {
    /// The codec of that name; `None` where unpacking changes nothing.
    ///
    /// # Errors
    /// What is not read, and what to do instead.
    pub fn named(name: &str, configuration: &Json) -> Result<Option<Self>, String> {
        Ok(Some(match name.strip_prefix("numcodecs.").unwrap_or(name) {
            "blosc" => Self::Blosc,
            "zstd" => Self::Zstd,
            "gzip" => Self::Gzip,
            "zlib" => Self::Zlib,
            "lz4" => Self::Lz4,
            "crc32c" => Self::Crc32c,
            "shuffle" => {
                let size = configuration.get("elementsize").and_then(Json::as_u64).unwrap_or(4);
                Self::Shuffle(usize::try_from(size).unwrap_or(1).clamp(1, 64))
            }
            // They only make numbers easier to pack.
            "bitround" => return Ok(None),
            other => {
                let other: String = other.chars().take(40).collect();
                return Err(format!(
                    "it is packed with \"{other}\", which is not read; blosc, zstd, gzip, zlib and lz4 are: rewrite the \
                     store with one of them"
                ));
            }
        }))
    }

    /// Undoes it; the result has at most `most` bytes.
    pub fn decode(&self, data: Vec<u8>, most: usize) -> Result<Vec<u8>, String> {
        match self {
            Self::Blosc => blosc::decode(&data, most),
            Self::Zstd => zstd(&data, most),
            Self::Gzip => gzip(&data, most),
            Self::Zlib => zlib(&data, most),
            Self::Lz4 => {
                let (size, block) = data.split_first_chunk::<4>().ok_or("lz4: it is cut short")?;
                let size = u32::from_le_bytes(*size) as usize;
                if size > most { Err(format!("lz4: it claims {size} bytes")) } else { lz4(block, size) }
            }
            Self::Shuffle(size) => Ok(unshuffle(&data, *size)),
            Self::Crc32c => {
                let (rest, check) = data.split_last_chunk::<4>().ok_or("crc32c: it is cut short")?;
                if crc32c(rest) != u32::from_le_bytes(*check) {
                    return Err("its check (CRC-32C) does not fit".into());
                }
                Ok(rest.to_vec())
            }
        }
    }
}

/// Undoes all, the last first.
pub fn decode(codecs: &[Codec], data: Vec<u8>, most: usize) -> Result<Vec<u8>, String> {
    // Between two steps there may be some bytes more than at the end: checks, headers.
    codecs.iter().rev().try_fold(data, |data, codec| codec.decode(data, most + (1 << 16)))
}
