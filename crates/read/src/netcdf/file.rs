//! The NetCDF library behind a border: what it panics at is a damaged file, and no read asks for more than a frame needs.

use super::filters;
use super::plan::{Target, Unpacking};
use crate::attributes::{Attributes, Value};
use crate::error::ReadError;
use netcdf_reader::{
    FileStorage, NcAttrValue, NcAttribute, NcFile, NcOpenOptions, NcSliceInfo, NcSliceInfoElem, NcType, NcVariable,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Unpacked chunks that are kept: two frames of a regional model.
const CACHE_BYTES: usize = 32 << 20;
/// The largest chunk or selection that is unpacked: a frame of a global model at a twelfth of a degree has 70 MB.
pub const LARGEST_BYTES: usize = 256 << 20;

/// An open NetCDF file.
pub struct File {
    path: PathBuf,
    inner: NcFile,
}

impl File {
    /// Opens and reads what describes the data.
    ///
    /// # Errors
    /// [`ReadError`]: not there, damaged, or of a kind that is not read.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let options = NcOpenOptions {
            chunk_cache_bytes: CACHE_BYTES,
            max_chunk_bytes: LARGEST_BYTES,
            max_read_bytes: LARGEST_BYTES,
            filter_registry: Some(filters::registry()),
            ..NcOpenOptions::default()
        };
        let inner = guard(path, || {
            let storage = FileStorage::open(path)?;
            let file = NcFile::from_storage_with_options(Arc::new(storage), options)?;
            // Read now, so that damage shows here.
            file.variables()?;
            Ok(file)
        })?;
        Ok(Self { path: path.to_owned(), inner })
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its format, for people.
    pub fn format(&self) -> &'static str {
        use netcdf_reader::NcFormat;
        match self.inner.format() {
            NcFormat::Classic | NcFormat::Offset64 | NcFormat::Cdf5 => "NetCDF 3",
            NcFormat::Nc4 | NcFormat::Nc4Classic => "NetCDF 4",
        }
    }

    /// The variables of the root group.
    pub fn variables(&self) -> &[NcVariable] {
        // Checked when the file was opened.
        self.inner.variables().unwrap_or_default()
    }

    /// The variable of that name.
    pub fn variable(&self, name: &str) -> Option<&NcVariable> {
        self.variables().iter().find(|v| v.name() == name)
    }

    /// All values of a coordinate, unpacked, `NaN` where missing.
    pub fn numbers(&self, variable: &NcVariable) -> Result<Vec<f64>, ReadError> {
        let bytes = variable.num_elements().unwrap_or(u64::MAX).saturating_mul(8);
        // No axis has more than two million entries.
        let most = if variable.ndim() < 2 { LARGEST_BYTES / 16 } else { LARGEST_BYTES };
        if bytes > most as u64 {
            return Err(ReadError::damaged(&self.path, &format_args!("{} claims {bytes} bytes", variable.name())));
        }
        let values = self.guard(|| self.inner.read_variable_unpacked_masked(variable.name()))?;
        // What netCDF writes where nothing was written, also without an attribute that says so.
        let fill = |v: f64| v == netcdf_fill(&variable.dtype);
        Ok(values.iter().map(|v| if fill(*v) { f64::NAN } else { *v }).collect())
    }

    /// One value of a variable, unpacked.
    pub fn number_at(&self, variable: &NcVariable, index: &[u64]) -> Result<f64, ReadError> {
        let selection = NcSliceInfo { selections: index.iter().map(|i| NcSliceInfoElem::Index(*i)).collect() };
        let value = self.guard(|| self.inner.read_variable_slice_unpacked_masked(variable.name(), &selection))?;
        Ok(value.iter().next().copied().unwrap_or(f64::NAN))
    }

    /// Unpacks a part of a variable into `target`, in the order of the selection; how many values there were.
    pub fn slab(
        &self,
        variable: &NcVariable,
        selection: &NcSliceInfo,
        unpacking: &Unpacking,
        target: &mut Target<'_>,
    ) -> Result<usize, ReadError> {
        let name = variable.name();
        let inner = target.inner.max(1);
        macro_rules! read {
            ($t:ty) => {{
                let values = self.guard(|| self.inner.read_variable_slice::<$t>(name, selection))?;
                match values.as_slice() {
                    Some(s) => s
                        .chunks(inner)
                        .enumerate()
                        .for_each(|(j, run)| target.run(j, run.iter().map(|v| f64::from(*v)), unpacking)),
                    None => return Err(ReadError::damaged(&self.path, &format_args!("{name} is in no order"))),
                }
                values.len()
            }};
        }
        Ok(match variable.dtype {
            NcType::Short => read!(i16),
            NcType::Float => read!(f32),
            NcType::Double => read!(f64),
            NcType::Byte => read!(i8),
            NcType::UByte => read!(u8),
            NcType::UShort => read!(u16),
            NcType::Int => read!(i32),
            NcType::UInt => read!(u32),
            _ => {
                let values = self.guard(|| self.inner.read_variable_slice_as_f64(name, selection))?;
                let all: Vec<f64> = values.iter().copied().collect();
                all.chunks(inner).enumerate().for_each(|(j, run)| target.run(j, run.iter().copied(), unpacking));
                all.len()
            }
        })
    }

    fn guard<T>(&self, read: impl FnOnce() -> netcdf_reader::Result<T>) -> Result<T, ReadError> {
        guard(&self.path, read)
    }
}

/// What netCDF fills unwritten values of a type with; `NaN` for types in which every value may be meant.
pub fn netcdf_fill(dtype: &NcType) -> f64 {
    match dtype {
        NcType::Short => -32_767.0,
        NcType::Int => -2_147_483_647.0,
        NcType::UShort => 65_535.0,
        NcType::UInt => 4_294_967_295.0,
        NcType::Float | NcType::Double => 9.969_209_968_386_869e36,
        _ => f64::NAN,
    }
}

/// The attributes of a variable.
pub fn attributes(list: &[NcAttribute]) -> Attributes {
    let value = |v: &NcAttrValue| match v.as_string() {
        Some(text) => Some(Value::Text(text)),
        None => v.as_f64_vec().map(Value::Numbers),
    };
    Attributes(list.iter().filter_map(|a| Some((a.name.clone(), value(&a.value)?))).collect())
}

fn guard<T>(path: &Path, read: impl FnOnce() -> netcdf_reader::Result<T>) -> Result<T, ReadError> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(e)) => Err(said(path, e)),
        Err(_) => Err(ReadError::damaged(path, &"its structure makes no sense")),
    }
}

fn said(path: &Path, error: netcdf_reader::Error) -> ReadError {
    use hdf5_reader::error::Error as Hdf5;
    use netcdf_reader::Error as Nc;
    let unsupported = |what: String| ReadError::Unsupported { file: path.to_owned(), what };
    match error {
        Nc::Io(why) | Nc::Hdf5(Hdf5::Io(why)) if why.kind() != std::io::ErrorKind::UnexpectedEof => {
            ReadError::Io { file: path.to_owned(), why }
        }
        Nc::UnsupportedFeature(what) => unsupported(format!("{what} is not read; convert with `nccopy`")),
        Nc::Hdf5(e) => match innermost(e) {
            Hdf5::UnsupportedFilter(what) => {
                unsupported(format!("it is packed with {what}, which is not read; repack with `nccopy -d 4`"))
            }
            Hdf5::ResourceLimit(what) => unsupported(format!(
                "its blocks are too large to be read in parts ({what}); rewrite it in smaller chunks with `nccopy -c`"
            )),
            e => ReadError::damaged(path, &e),
        },
        e => ReadError::damaged(path, &e),
    }
}

fn innermost(e: hdf5_reader::error::Error) -> hdf5_reader::error::Error {
    match e {
        hdf5_reader::error::Error::Context { source, .. } => innermost(*source),
        e => e,
    }
}
