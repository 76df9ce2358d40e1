//! The stream of the atlas as a field that drift can read: a frame every ten minutes, missing wherever the atlas is not valid.
//!
//! Linear between frames, which costs `(2 pi 10 min / 12.4 h)^2 / 8`, a thousandth of the stream.

use super::atlas::{Atlas, Weights};
use super::refused::Refused;
use crate::field::{Basis, FrameSource, Header, Quantity, copy_window};
use crate::grid::{Grid, Window};
use plimsoll_core::time::Utc;
use std::convert::Infallible;
use std::sync::Arc;

/// From one frame to the next, ms.
const STEP_MS: i64 = 600_000;

/// The stream of the built-in atlas between two instants.
#[derive(Clone, Debug)]
pub struct Stream {
    header: Header,
    valid: Vec<bool>,
    u: Vec<f32>,
    v: Vec<f32>,
    frame: Vec<f32>,
}

impl Stream {
    /// The stream from one instant to another, both included.
    ///
    /// # Errors
    /// [`Refused::Year`] where one of them cannot be predicted.
    pub fn new(from: Utc, to: Utc) -> Result<Self, Refused> {
        Atlas::check_time(from)?;
        Atlas::check_time(to)?;
        let atlas = Atlas::dover_strait();
        let g = atlas.grid();
        let (first, last) = (from.millis().div_euclid(STEP_MS), to.millis().div_euclid(STEP_MS) + 1);
        let grid = Grid::lon_lat([g.west_deg, g.south_deg], [g.column_deg, g.row_deg], [g.columns, g.rows]);
        let count = g.columns * g.rows;
        let valid = (0..count).map(|i| atlas.centre(i).is_some_and(|c| atlas.at(c).is_ok())).collect();
        let header = Header {
            quantity: Quantity::Current,
            grid: Arc::new(grid),
            basis: Basis::EastNorth,
            times_ms: (first..=last).map(|k| k * STEP_MS).collect(),
            name: "built-in tide atlas of the Dover Strait (M2, S2, N2)".into(),
        };
        Ok(Self { header, valid, u: vec![0.0; count], v: vec![0.0; count], frame: vec![0.0; 2 * count] })
    }
}

impl FrameSource for Stream {
    type Error = Infallible;

    fn header(&self) -> &Header {
        &self.header
    }

    fn load(&mut self, frame: usize, window: &Window, out: &mut [f32]) -> Result<(), Infallible> {
        let Some(time) = Utc::from_millis(self.header.times_ms[frame]) else {
            out.fill(f32::NAN);
            return Ok(());
        };
        Atlas::dover_strait().fill_stream(&Weights::at(time), &mut self.u, &mut self.v);
        for (i, pair) in self.frame.as_chunks_mut::<2>().0.iter_mut().enumerate() {
            *pair = if self.valid[i] { [self.u[i], self.v[i]] } else { [f32::NAN; 2] };
        }
        copy_window(&self.frame, &self.header, window, out);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::{Set, Source};
    use plimsoll_core::earth::LonLat;

    /// At sea, at any instant, the field is the atlas; on land and near it there is nothing.
    #[test]
    fn the_field_is_the_atlas() {
        let time = |t: &str| -> Utc { t.parse().unwrap() };
        let mut set = Set::default();
        set.push(Source::Frames(Stream::new(time("2026-11-24T04:00:00Z"), time("2026-11-25T04:00:00Z")).unwrap()));
        let mut at = |lon: f64, lat: f64, t: Utc| set.sample(Quantity::Current, [lon, lat], t.millis() as f64).unwrap();
        for t in ["2026-11-24T04:00:00Z", "2026-11-24T12:25:00Z", "2026-11-25T03:55:00Z"].map(time) {
            let tide = Atlas::dover_strait().at(LonLat::new(1.5, 51.02).unwrap()).unwrap().tide(&Weights::at(t));
            let [u, v] = at(1.5, 51.02, t).unwrap();
            assert!((u - tide.stream_m_s[0]).abs() < 3e-3 && (v - tide.stream_m_s[1]).abs() < 3e-3, "{u} {v} {tide:?}");
        }
        assert_eq!(at(1.2, 51.15, time("2026-11-24T12:00:00Z")), None, "Kent");
        assert_eq!(at(1.5, 51.02, time("2026-11-26T12:00:00Z")), None, "later than asked for");
        assert!(Stream::new(time("1900-01-01T00:00:00Z"), time("1900-01-02T00:00:00Z")).is_err());
    }
}
