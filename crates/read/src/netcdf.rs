//! NetCDF, the classic formats and the one built on HDF5: the library behind a border. What it panics at is a damaged
//! file, and no read asks for more than a frame needs.

mod filters;

use crate::attributes::{Attributes, Value};
use crate::cf::plan::{Target, Unpacking};
use crate::cf::variable::{Dimension, Kind, LARGEST_BYTES, Store, Variable, coordinate_fits};
use crate::error::ReadError;
use netcdf_reader::{
    FileStorage, NcAttrValue, NcAttribute, NcFile, NcOpenOptions, NcSliceInfo, NcSliceInfoElem, NcType, NcVariable,
};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Unpacked chunks that are kept: two frames of a regional model.
const CACHE_BYTES: usize = 32 << 20;

/// An open NetCDF file.
pub struct File {
    path: PathBuf,
    inner: NcFile,
    variables: Vec<Variable>,
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
        let (inner, variables) = guard(path, || {
            let storage = FileStorage::open(path)?;
            let file = NcFile::from_storage_with_options(Arc::new(storage), options)?;
            // Read now, so that damage shows here.
            let variables = file.variables()?.iter().map(described).collect();
            Ok((file, variables))
        })?;
        Ok(Self { path: path.to_owned(), inner, variables })
    }

    fn guard<T>(&self, read: impl FnOnce() -> netcdf_reader::Result<T>) -> Result<T, ReadError> {
        guard(&self.path, read)
    }
}

impl Store for File {
    fn path(&self) -> &Path {
        &self.path
    }

    fn format(&self) -> &'static str {
        use netcdf_reader::NcFormat;
        match self.inner.format() {
            NcFormat::Classic | NcFormat::Offset64 | NcFormat::Cdf5 => "NetCDF 3",
            NcFormat::Nc4 | NcFormat::Nc4Classic => "NetCDF 4",
        }
    }

    fn variables(&self) -> &[Variable] {
        &self.variables
    }

    fn numbers(&self, variable: &Variable) -> Result<Vec<f64>, ReadError> {
        coordinate_fits(self, variable)?;
        let values = self.guard(|| self.inner.read_variable_unpacked_masked(variable.name()))?;
        // What netCDF writes where nothing was written, also without an attribute that says so.
        Ok(values.iter().map(|v| if variable.unwritten == Some(*v) { f64::NAN } else { *v }).collect())
    }

    fn number_at(&self, variable: &Variable, index: &[u64]) -> Result<f64, ReadError> {
        let selection = NcSliceInfo { selections: index.iter().map(|i| NcSliceInfoElem::Index(*i)).collect() };
        let value = self.guard(|| self.inner.read_variable_slice_unpacked_masked(variable.name(), &selection))?;
        Ok(value.iter().next().copied().unwrap_or(f64::NAN))
    }

    fn slab(
        &self,
        variable: &Variable,
        selection: &[Range<u64>],
        unpacking: &Unpacking,
        target: &mut Target<'_>,
    ) -> Result<usize, ReadError> {
        let name = variable.name();
        let inner = target.inner.max(1);
        let part = |r: &Range<u64>| NcSliceInfoElem::Slice { start: r.start, end: r.end, step: 1 };
        let selection = &NcSliceInfo { selections: selection.iter().map(part).collect() };
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
        Ok(match variable.kind {
            Kind::Signed(2) => read!(i16),
            Kind::F32 => read!(f32),
            Kind::F64 => read!(f64),
            Kind::Signed(1) => read!(i8),
            Kind::Unsigned(1) => read!(u8),
            Kind::Unsigned(2) => read!(u16),
            Kind::Signed(4) => read!(i32),
            Kind::Unsigned(4) => read!(u32),
            _ => {
                let values = self.guard(|| self.inner.read_variable_slice_as_f64(name, selection))?;
                let all: Vec<f64> = values.iter().copied().collect();
                all.chunks(inner).enumerate().for_each(|(j, run)| target.run(j, run.iter().copied(), unpacking));
                all.len()
            }
        })
    }
}

fn described(v: &NcVariable) -> Variable {
    let kind = match v.dtype {
        NcType::Byte => Kind::Signed(1),
        NcType::Short => Kind::Signed(2),
        NcType::Int => Kind::Signed(4),
        NcType::Int64 => Kind::Signed(8),
        NcType::UByte => Kind::Unsigned(1),
        NcType::UShort => Kind::Unsigned(2),
        NcType::UInt => Kind::Unsigned(4),
        NcType::UInt64 => Kind::Unsigned(8),
        NcType::Float => Kind::F32,
        NcType::Double => Kind::F64,
        _ => Kind::Other,
    };
    let dimension = |d: &netcdf_reader::NcDimension| Dimension { name: d.name.clone(), size: d.size };
    Variable {
        name: v.name().to_owned(),
        dimensions: v.dimensions().iter().map(dimension).collect(),
        kind,
        attributes: attributes(v.attributes()),
        unwritten: netcdf_fill(&v.dtype),
    }
}

/// What netCDF fills unwritten values of a type with; `None` for types in which every value may be meant.
const fn netcdf_fill(dtype: &NcType) -> Option<f64> {
    match dtype {
        NcType::Short => Some(-32_767.0),
        NcType::Int => Some(-2_147_483_647.0),
        NcType::UShort => Some(65_535.0),
        NcType::UInt => Some(4_294_967_295.0),
        NcType::Float | NcType::Double => Some(9.969_209_968_386_869e36),
        _ => None,
    }
}

fn attributes(list: &[NcAttribute]) -> Attributes {
    let value = |v: &NcAttrValue| match v.as_string() {
        Some(text) => Some(Value::Text(text)),
        None if matches!(v, NcAttrValue::Floats(_) | NcAttrValue::Doubles(_)) => v.as_f64_vec().map(Value::Numbers),
        None => v.as_f64_vec().map(Value::Integers),
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
