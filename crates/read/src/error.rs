//! What can be wrong with a file: which file, which variable, which value, and what would do.

use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a file, or a part of it, cannot be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The system would not give it.
    #[error("{}: {why}", .file.display())]
    Io {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// No known format.
    #[error("{}: this is {found}; NetCDF (3 or 4), GRIB (edition 2), Zarr (2 or 3) and time series (.csv) are read", .file.display())]
    Format {
        /// Which file.
        file: PathBuf,
        /// What its first bytes look like.
        found: &'static str,
    },
    /// The bytes contradict themselves.
    #[error("{}: the file is damaged or was cut short: {what}. Fetch it again", .file.display())]
    Damaged {
        /// Which file.
        file: PathBuf,
        /// What did not fit.
        what: String,
    },
    /// Sound, but beyond this reader.
    #[error("{}: {what}", .file.display())]
    Unsupported {
        /// Which file.
        file: PathBuf,
        /// What is not supported and what to do instead.
        what: String,
    },
    /// One variable, or a pair of them, cannot be used.
    #[error("{}: {variable}: {fault}", .file.display())]
    Variable {
        /// Which file.
        file: PathBuf,
        /// Which variable.
        variable: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// Nothing in it is of use.
    #[error("{}: no current, wind, wave, temperature, level or depth was recognised{}", .file.display(), seen(.variables))]
    Nothing {
        /// Which file.
        file: PathBuf,
        /// The variables that are there.
        variables: Vec<String>,
    },
}

fn seen(variables: &[String]) -> String {
    if variables.is_empty() {
        return "; it holds no variable at all".to_owned();
    }
    format!(" among its variables ({}); give them the CF attribute standard_name", variables.join(", "))
}

/// What is wrong with a variable.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Fault {
    /// A unit of another kind, or an unknown one.
    #[error("its unit is \"{found}\"; allowed: {allowed}")]
    Unit {
        /// The attribute `units`.
        found: String,
        /// What would do.
        allowed: &'static str,
    },
    /// No unit at all.
    #[error("it states no units; allowed: {allowed}")]
    NoUnit {
        /// What would do.
        allowed: &'static str,
    },
    /// Half of a vector.
    #[error("its other component is missing; looked for {wanted}")]
    Partner {
        /// What was looked for.
        wanted: String,
    },
    /// The two halves of a vector do not match.
    #[error("{partner} lies on other dimensions or has another unit")]
    Mismatch {
        /// The other component.
        partner: String,
    },
    /// Components along which axes?
    #[error(
        "on this grid its components may run along the grid or to east and north; give it the standard_name {grid} or {earth}"
    )]
    Direction {
        /// Name of a component along the grid.
        grid: &'static str,
        /// Name of a component to the east.
        earth: &'static str,
    },
    /// Not on a grid of two dimensions in space.
    #[error("{what}")]
    Grid {
        /// What is missing or wrong.
        what: String,
    },
    /// A projection that is not supported.
    #[error("its grid mapping {name}: {what}")]
    Mapping {
        /// The name of the mapping.
        name: String,
        /// What is missing or wrong, and what is supported.
        what: String,
    },
    /// Times that cannot be read.
    #[error("its times ({name}): {what}")]
    Time {
        /// The variable of times.
        name: String,
        /// What is wrong, and what would do.
        what: String,
    },
    /// A level that is not at the surface.
    #[error("its levels ({name}) are {found}; wanted is {wanted}")]
    Level {
        /// The variable of levels.
        name: String,
        /// The levels.
        found: String,
        /// Which would do.
        wanted: &'static str,
    },
    /// A value that nature does not know.
    #[error("{value} {unit} at {at} is beyond {low} to {high} {unit}: a wrong unit, scale_factor or _FillValue?")]
    Value {
        /// The value.
        value: f64,
        /// Its unit.
        unit: &'static str,
        /// Where it stands.
        at: String,
        /// Least.
        low: f64,
        /// Greatest.
        high: f64,
    },
    /// Packing that gives no numbers.
    #[error("{what}")]
    Packing {
        /// What is wrong.
        what: String,
    },
}

impl Fault {
    /// Its stable name.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Unit { .. } => "unit",
            Self::NoUnit { .. } => "no_unit",
            Self::Partner { .. } => "partner",
            Self::Mismatch { .. } => "mismatch",
            Self::Direction { .. } => "direction",
            Self::Grid { .. } => "grid",
            Self::Mapping { .. } => "mapping",
            Self::Time { .. } => "time",
            Self::Level { .. } => "level",
            Self::Value { .. } => "value",
            Self::Packing { .. } => "packing",
        }
    }
}

impl ReadError {
    pub(crate) fn variable(file: &Path, variable: &str, fault: Fault) -> Self {
        Self::Variable { file: file.to_owned(), variable: variable.to_owned(), fault }
    }

    pub(crate) fn damaged(file: &Path, what: &dyn std::fmt::Display) -> Self {
        Self::Damaged { file: file.to_owned(), what: what.to_string() }
    }
}
