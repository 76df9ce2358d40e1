//! From file to field: what a file of currents, winds or waves holds, as the sea in memory.
//!
//! A file is opened with [`open`], which tells what it understood ([`Contents`]) and reads no values. A [`LayerSource`] then
//! yields frames as the sea asks for them, so that a file of any size needs the memory of two frames.
//!
//! Nothing is guessed: what could be meant in two ways is refused with both readings, what nature does not know is refused
//! with its place, and what is not there is missing.

pub mod attributes;
pub mod cf;
pub mod error;
pub mod grib;
mod layer;
pub mod mapping;
mod netcdf;
pub mod quantity;
pub mod series;
pub mod summary;
pub mod units;
mod unpack;
mod zarr;

pub use error::{Fault, ReadError};
pub use layer::{Contents, Layer, LayerSource, Reader, Refusal, layer_of};

use cf::fields::Fields;
use std::path::Path;
use std::sync::Arc;

/// Opens a file of any format that is read, or the folder of a Zarr store; the first bytes tell which.
///
/// # Errors
/// [`ReadError`]: not there, damaged, of no known format, or without anything of use.
pub fn open(path: &Path) -> Result<Arc<dyn Reader>, ReadError> {
    use std::io::Read as _;
    let io = |why| ReadError::Io { file: path.to_owned(), why };
    if path.is_dir() {
        if zarr::is_store(path) {
            return Ok(Arc::new(Fields::of(zarr::Zarr::open(path)?)?));
        }
        let found = "a folder, and no Zarr store (without zarr.json, .zmetadata or .zgroup)";
        return Err(ReadError::Format { file: path.to_owned(), found });
    }
    let mut head = Vec::new();
    std::fs::File::open(path).map_err(io)?.take(8).read_to_end(&mut head).map_err(io)?;
    let format = |found| ReadError::Format { file: path.to_owned(), found };
    match head.as_slice() {
        [] => Err(format("an empty file")),
        [b'C', b'D', b'F', ..] | [0x89, b'H', b'D', b'F', ..] => Ok(Arc::new(Fields::of(netcdf::File::open(path)?)?)),
        [b'G', b'R', b'I', b'B', ..] => Ok(Arc::new(grib::GribFile::open(path)?)),
        _ if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv")) => {
            Ok(Arc::new(series::Series::open(path)?))
        }
        [b'<', ..] => Err(format("a web page (a download that went wrong?)")),
        [0x1f, 0x8b, ..] => Err(format("packed by gzip: unpack it first")),
        [b'P', b'K', ..] => Err(format("a zip archive: unpack it first")),
        _ => Err(format("of no known format")),
    }
}
