//! A field: what a quantity is at the nodes of a grid at some times.
//!
//! A frame is one time: row by row, columns running fastest, the components of a vector side by side (u, v, u, v ...), `NaN`
//! where there is no value (land, or missing). Values are in the quantity's unit, unpacked.

use crate::grid::{Grid, Window};
use std::convert::Infallible;
use std::sync::Arc;
use thiserror::Error;

/// What a field tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// Velocity of the water at the surface, m/s, towards.
    Current,
    /// Wind 10 m above the sea, mean over some ten minutes, m/s, towards (not gusts).
    Wind,
    /// Stokes drift at the surface, m/s, towards.
    Stokes,
    /// Significant wave height, m.
    WaveHeight,
    /// Peak period of the waves, s.
    PeakPeriod,
    /// Mean period of the waves, s.
    MeanPeriod,
    /// Unit vector of the direction towards which the waves run: an angle in degrees cannot be interpolated across north.
    WaveDirection,
    /// Temperature of the water at the surface, degrees Celsius.
    WaterTemperature,
    /// Temperature of the air 2 m above the sea, degrees Celsius.
    AirTemperature,
    /// Height of the sea surface above the datum, m.
    SeaLevel,
    /// Depth of the sea bed below the datum, m.
    Depth,
}

impl Quantity {
    /// Every quantity.
    pub const ALL: [Self; 11] = [
        Self::Current,
        Self::Wind,
        Self::Stokes,
        Self::WaveHeight,
        Self::PeakPeriod,
        Self::MeanPeriod,
        Self::WaveDirection,
        Self::WaterTemperature,
        Self::AirTemperature,
        Self::SeaLevel,
        Self::Depth,
    ];

    /// 2 for a vector, 1 for a number.
    #[must_use]
    pub fn components(self) -> usize {
        match self {
            Self::Current | Self::Wind | Self::Stokes | Self::WaveDirection => 2,
            _ => 1,
        }
    }

    /// Its unit, "1" where there is none.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Current | Self::Wind | Self::Stokes => "m/s",
            Self::WaveHeight | Self::SeaLevel | Self::Depth => "m",
            Self::PeakPeriod | Self::MeanPeriod => "s",
            Self::WaveDirection => "1",
            Self::WaterTemperature | Self::AirTemperature => "degC",
        }
    }

    /// Its name in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Wind => "wind",
            Self::Stokes => "stokes drift",
            Self::WaveHeight => "significant wave height",
            Self::PeakPeriod => "peak wave period",
            Self::MeanPeriod => "mean wave period",
            Self::WaveDirection => "wave direction",
            Self::WaterTemperature => "water temperature",
            Self::AirTemperature => "air temperature",
            Self::SeaLevel => "sea level",
            Self::Depth => "depth",
        }
    }
}

/// Along what the components of a vector lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// True east and north.
    EastNorth,
    /// The grid's x and y axis, in the directions in which x and y grow.
    GridAxes,
}

/// All of a field but its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// What it tells.
    pub quantity: Quantity,
    /// Where its nodes stand.
    pub grid: Arc<Grid>,
    /// Along what its vectors lie; without meaning for numbers.
    pub basis: Basis,
    /// Its times, milliseconds since 1970-01-01T00:00:00Z, strictly ascending. Between two of them the field is linear;
    /// before the first and after the last it is missing.
    pub times_ms: Vec<i64>,
    /// What it is called in messages: a file and a variable.
    pub name: String,
}

impl Header {
    /// The two frames around an instant and the weight of the second; `None` outside the field's times.
    #[must_use]
    pub fn bracket(&self, time_ms: f64) -> Option<(usize, usize, f64)> {
        let t = &self.times_ms;
        let after = t.partition_point(|v| (*v as f64) <= time_ms);
        if after == 0 {
            return None;
        }
        let before = after - 1;
        let (from, exact) = (t[before] as f64, t[before] as f64 == time_ms);
        if exact {
            return Some((before, before, 0.0));
        }
        let to = *t.get(after)? as f64;
        Some((before, after, (time_ms - from) / (to - from)))
    }
}

/// Something that yields the frames of a field as they are asked for: a file, or a [`Field`] in memory.
pub trait FrameSource {
    /// What can go wrong.
    type Error;

    /// All but the values.
    fn header(&self) -> &Header;

    /// Fills `out` with a window of frame `frame`: `window.count()` nodes times the components of the quantity.
    ///
    /// # Errors
    /// Whatever keeps the frame from being read.
    fn load(&mut self, frame: usize, window: &Window, out: &mut [f32]) -> Result<(), Self::Error>;
}

/// A field in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    header: Header,
    frames: Vec<Vec<f32>>,
}

/// Values that make no field.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FieldError {
    /// No frame, or not one frame for each time.
    #[error("{name}: {times} times but {frames} frames")]
    Times {
        /// The field.
        name: String,
        /// How many times.
        times: usize,
        /// How many frames.
        frames: usize,
    },
    /// Times that do not ascend.
    #[error("{name}: time {index} is not after the one before it")]
    TimeOrder {
        /// The field.
        name: String,
        /// Index of the later one.
        index: usize,
    },
    /// A frame of the wrong length.
    #[error("{name}: frame {index} has {given} values where the grid has {wanted}")]
    Length {
        /// The field.
        name: String,
        /// Which frame.
        index: usize,
        /// Its values.
        given: usize,
        /// What the grid asks for.
        wanted: usize,
    },
}

impl Field {
    /// A field from its frames.
    ///
    /// # Errors
    /// [`FieldError`] unless there is one frame of the grid's size for each of the ascending times, and at least one.
    pub fn new(header: Header, frames: Vec<Vec<f32>>) -> Result<Self, FieldError> {
        let name = || header.name.clone();
        let times = header.times_ms.len();
        if times != frames.len() || times == 0 {
            return Err(FieldError::Times { name: name(), times, frames: frames.len() });
        }
        if let Some(k) = header.times_ms.windows(2).position(|w| w[0] >= w[1]) {
            return Err(FieldError::TimeOrder { name: name(), index: k + 1 });
        }
        let wanted = header.grid.whole().count() * header.quantity.components();
        if let Some((index, f)) = frames.iter().enumerate().find(|(_, f)| f.len() != wanted) {
            return Err(FieldError::Length { name: name(), index, given: f.len(), wanted });
        }
        Ok(Self { header, frames })
    }

    /// Frame `index`, whole.
    #[must_use]
    pub fn frame(&self, index: usize) -> &[f32] {
        &self.frames[index]
    }
}

impl FrameSource for Field {
    type Error = Infallible;

    fn header(&self) -> &Header {
        &self.header
    }

    fn load(&mut self, frame: usize, window: &Window, out: &mut [f32]) -> Result<(), Infallible> {
        copy_window(&self.frames[frame], &self.header, window, out);
        Ok(())
    }
}

/// Copies a window out of a whole frame; on a cyclic grid columns run on past the last.
///
/// # Panics
/// If the window or `out` does not fit.
pub fn copy_window(frame: &[f32], header: &Header, window: &Window, out: &mut [f32]) {
    let n = header.quantity.components();
    let [columns, _] = header.grid.shape();
    for r in 0..window.rows {
        let row = &frame[(window.row + r) * columns * n..][..columns * n];
        let line = &mut out[r * window.columns * n..][..window.columns * n];
        let first = window.column.min(columns);
        let straight = (columns - first).min(window.columns);
        line[..straight * n].copy_from_slice(&row[first * n..(first + straight) * n]);
        for (k, cell) in line[straight * n..].chunks_exact_mut(n).enumerate() {
            let c = (first + straight + k) % columns;
            cell.copy_from_slice(&row[c * n..][..n]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(times_ms: Vec<i64>) -> Header {
        Header {
            quantity: Quantity::WaveHeight,
            grid: Arc::new(Grid::lon_lat([0.0, 50.0], [90.0, 1.0], [4, 2])),
            basis: Basis::EastNorth,
            times_ms,
            name: "test".into(),
        }
    }

    #[test]
    fn outside_its_times_a_field_is_missing() {
        let h = header(vec![1000, 2000, 5000]);
        assert_eq!(h.bracket(999.0), None);
        assert_eq!(h.bracket(5000.5), None);
        assert_eq!(h.bracket(1000.0), Some((0, 0, 0.0)));
        assert_eq!(h.bracket(5000.0), Some((2, 2, 0.0)));
        assert_eq!(h.bracket(2750.0), Some((1, 2, 0.25)));
    }

    #[test]
    fn windows_run_round_the_earth() {
        let mut f = Field::new(header(vec![0]), vec![(0..8).map(|v| v as f32).collect()]).unwrap();
        let mut out = [0.0; 6];
        f.load(0, &Window { column: 3, row: 0, columns: 3, rows: 2 }, &mut out).unwrap();
        assert_eq!(out, [3.0, 0.0, 1.0, 7.0, 4.0, 5.0]);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert!(matches!(Field::new(header(vec![0, 0]), vec![vec![0.0; 8]; 2]), Err(FieldError::TimeOrder { .. })));
        assert!(matches!(Field::new(header(vec![0]), vec![vec![0.0; 7]]), Err(FieldError::Length { .. })));
        assert!(matches!(Field::new(header(vec![]), vec![]), Err(FieldError::Times { .. })));
    }
}
