//! What was understood of a file: layers on grids at times, independent of the format.

use crate::error::{Fault, ReadError};
use plimsoll_core::time::Utc;
use plimsoll_sea::field::{Basis, FrameSource, Header, Quantity};
use plimsoll_sea::grid::{Grid, Window};
use std::path::Path;
use std::sync::Arc;

/// One quantity on one grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// What it is.
    pub quantity: Quantity,
    /// The variables that hold it: one, or the two components.
    pub variables: Vec<String>,
    /// How its components run; `EastNorth` for what has none.
    pub basis: Basis,
    /// Where its values stand.
    pub grid: Arc<Grid>,
    /// When its frames hold, strictly ascending; empty for what does not change.
    pub times: Vec<Utc>,
    /// The level that was chosen, in words, where the file has levels.
    pub level: Option<String>,
    /// The unit as the file writes it.
    pub unit: String,
    /// It has no standard name and was recognised by its usual one.
    pub by_name: bool,
}

/// A variable that is not used, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Which variable.
    pub variable: String,
    /// What it would be.
    pub quantity: Quantity,
    /// Why it is not used.
    pub fault: Fault,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// Name of the format.
    pub format: &'static str,
    /// The layers, in the file's order.
    pub layers: Vec<Layer>,
    /// What would have been a layer but for a fault.
    pub refused: Vec<Refusal>,
    /// Variables that are none of ours.
    pub others: Vec<String>,
    /// Those among them that are gusts: never taken for a wind, and who looks for a wind is told why.
    pub gusts: Vec<String>,
}

/// A file that can be asked for frames. One reader for each format, one test kit for all.
pub trait Reader: Send + Sync {
    /// Its file.
    fn file(&self) -> &Path;

    /// What it holds.
    fn contents(&self) -> &Contents;

    /// Fills `out` with a window of frame `frame` of layer `layer`: node by node, row by row, the components of a vector side
    /// by side, in the quantity's unit, `NaN` where the file has no value. Reads no more of the file than that needs.
    ///
    /// # Errors
    /// [`ReadError`]: damage, or a value beyond what nature knows.
    ///
    /// # Panics
    /// If there is no such layer or frame, the window is not within the grid, or `out` is not as long as the window asks.
    fn frame(&self, layer: usize, frame: usize, window: &Window, out: &mut [f32]) -> Result<(), ReadError>;
}

/// The first layer of that quantity.
///
/// # Errors
/// [`ReadError::Variable`] if the file has one that cannot be used, and none that can: what was meant to be read must not be
/// passed over in silence.
pub fn layer_of(reader: &dyn Reader, quantity: Quantity) -> Result<Option<usize>, ReadError> {
    let contents = reader.contents();
    if let Some(i) = contents.layers.iter().position(|l| l.quantity == quantity) {
        return Ok(Some(i));
    }
    match contents.refused.iter().find(|r| r.quantity == quantity) {
        Some(r) => Err(ReadError::variable(reader.file(), &r.variable, r.fault.clone())),
        None => Ok(None),
    }
}

/// One layer of a file as the sea takes it.
#[derive(Clone)]
pub struct LayerSource {
    reader: Arc<dyn Reader>,
    layer: usize,
    header: Header,
}

/// Times between which what never changes holds: some 12,000 years either way.
const ALWAYS_MS: i64 = 400_000_000_000_000;

impl LayerSource {
    /// The `layer`-th layer of `reader`.
    ///
    /// # Panics
    /// If there is no such layer.
    #[must_use]
    pub fn new(reader: Arc<dyn Reader>, layer: usize) -> Self {
        let l = &reader.contents().layers[layer];
        let file = reader.file().file_name().unwrap_or_default().to_string_lossy();
        let times_ms =
            if l.times.is_empty() { vec![-ALWAYS_MS, ALWAYS_MS] } else { l.times.iter().map(|t| t.millis()).collect() };
        let header = Header {
            quantity: l.quantity,
            grid: Arc::clone(&l.grid),
            basis: l.basis,
            times_ms,
            name: format!("{file}: {}", l.variables.join(", ")),
        };
        Self { reader, layer, header }
    }

    /// What was understood of it.
    #[must_use]
    pub fn layer(&self) -> &Layer {
        &self.reader.contents().layers[self.layer]
    }
}

impl FrameSource for LayerSource {
    type Error = ReadError;

    fn header(&self) -> &Header {
        &self.header
    }

    fn load(&mut self, frame: usize, window: &Window, out: &mut [f32]) -> Result<(), ReadError> {
        let frame = if self.layer().times.is_empty() { 0 } else { frame };
        self.reader.frame(self.layer, frame, window, out)
    }
}
