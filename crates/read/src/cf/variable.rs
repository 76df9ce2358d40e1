//! What a file of variables tells to those who understand them. One implementation for each format.

use super::plan::{Target, Unpacking};
use crate::attributes::Attributes;
use crate::error::ReadError;
use std::ops::Range;
use std::path::Path;

/// The largest chunk or selection that is unpacked: a frame of a global model at a twelfth of a degree has 70 MB.
pub const LARGEST_BYTES: usize = 256 << 20;

/// One dimension of a variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    pub name: String,
    pub size: u64,
}

/// How the numbers of a variable are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers of so many bytes.
    Signed(u8),
    /// Whole numbers from nought on, of so many bytes.
    Unsigned(u8),
    /// Floating point of 4 bytes.
    F32,
    /// Floating point of 8 bytes.
    F64,
    /// Text, times of a library's own, structures: nothing that is read.
    Other,
}

impl Kind {
    pub fn is_real(self) -> bool {
        matches!(self, Self::F32 | Self::F64)
    }
}

/// A variable as the file describes it.
#[derive(Clone, Debug)]
pub struct Variable {
    pub name: String,
    pub dimensions: Vec<Dimension>,
    pub kind: Kind,
    pub attributes: Attributes,
    /// The stored number that stands where nothing was written, if no attribute names one.
    pub unwritten: Option<f64>,
}

impl Variable {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    pub fn ndim(&self) -> usize {
        self.dimensions.len()
    }

    /// Number of values; `None` if it is beyond counting.
    pub fn count(&self) -> Option<u64> {
        self.dimensions.iter().try_fold(1_u64, |n, d| n.checked_mul(d.size))
    }
}

/// An open file of variables.
pub trait Store: Send + Sync {
    /// Its path.
    fn path(&self) -> &Path;

    /// Its format, for people.
    fn format(&self) -> &'static str;

    /// The variables of its root.
    fn variables(&self) -> &[Variable];

    /// The variable of that name.
    fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables().iter().find(|v| v.name == name)
    }

    /// All values of a coordinate, unpacked, `NaN` where missing.
    fn numbers(&self, variable: &Variable) -> Result<Vec<f64>, ReadError>;

    /// One value of a variable, unpacked.
    fn number_at(&self, variable: &Variable, index: &[u64]) -> Result<f64, ReadError>;

    /// Unpacks a part of a variable into `target`, in the order of the selection; how many values there were.
    fn slab(
        &self,
        variable: &Variable,
        selection: &[Range<u64>],
        unpacking: &Unpacking,
        target: &mut Target<'_>,
    ) -> Result<usize, ReadError>;
}

/// No axis has more than two million entries, no field of places more bytes than a frame.
pub fn coordinate_fits(store: &dyn Store, variable: &Variable) -> Result<(), ReadError> {
    let bytes = variable.count().unwrap_or(u64::MAX).saturating_mul(8);
    let most = if variable.ndim() < 2 { LARGEST_BYTES / 16 } else { LARGEST_BYTES };
    if bytes > most as u64 {
        return Err(ReadError::damaged(store.path(), &format_args!("{} claims {bytes} bytes", variable.name())));
    }
    Ok(())
}
