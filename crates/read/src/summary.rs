//! A layer at a glance: how far it reaches, how its times follow, how much is missing, what it looks like.

use crate::error::ReadError;
use crate::layer::LayerSource;
use plimsoll_core::time::Utc;
use plimsoll_sea::field::{FrameSource, Quantity};
use plimsoll_sea::grid::{Axis, Grid, Projection};

/// Kind of a grid: `regular`, `rectilinear`, `projected`, `rotated` or `curvilinear`, and its projection's name in CF.
#[must_use]
pub fn kind(grid: &Grid) -> (&'static str, &'static str) {
    match grid {
        Grid::Curvilinear(_) => ("curvilinear", "none"),
        Grid::Axes { projection, x, y, .. } => match projection {
            Projection::LonLat => {
                let even = matches!((x, y), (Axis::Regular { .. }, Axis::Regular { .. }));
                (if even { "regular" } else { "rectilinear" }, "latitude_longitude")
            }
            Projection::PolarStereographic(_) => ("projected", "polar_stereographic"),
            Projection::LambertConformal(_) => ("projected", "lambert_conformal_conic"),
            Projection::Mercator(_) => ("projected", "mercator"),
            Projection::RotatedPole(_) => ("rotated", "rotated_latitude_longitude"),
        },
    }
}

/// Mean spacing of columns and of rows at the middle of a grid, m on the earth.
#[must_use]
pub fn spacing_m(grid: &Grid) -> [f64; 2] {
    let [columns, rows] = grid.shape();
    let metric = grid.metric([0.5 * (columns - 1) as f64, 0.5 * (rows - 1) as f64]);
    [metric.column_m, metric.row_m].map(|[e, n]| (e * e + n * n).sqrt())
}

/// West, east, south and north of a grid's nodes, degrees; west and east lie within 360 of each other, west within -180 to 180.
#[must_use]
pub fn extent(grid: &Grid) -> [f64; 4] {
    let [columns, rows] = grid.shape();
    // A straight grid is widest at its border; on a curvilinear one any node may be, so that a sample of all is taken.
    let inside = matches!(grid, Grid::Curvilinear(_));
    let step = if inside { ((columns * rows) as f64 / 40_000.0).sqrt().ceil().max(1.0) as usize } else { 1 };
    let mut out = [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY];
    let mut reference = f64::NAN;
    let mut add = |i: usize, j: usize| {
        let [lon, lat] = grid.place([i as f64, j as f64]);
        if lon.is_nan() || lat.is_nan() {
            return;
        }
        if reference.is_nan() {
            reference = lon;
        }
        // A regular grid says its longitudes in order; others are brought together.
        let lon = match grid {
            Grid::Axes { projection: Projection::LonLat, .. } => lon,
            _ => reference + (lon - reference) - 360.0 * ((lon - reference) / 360.0).round(),
        };
        out = [out[0].min(lon), out[1].max(lon), out[2].min(lat), out[3].max(lat)];
    };
    for j in (0..rows).step_by(step).chain([rows - 1]) {
        let whole_row = inside || j == 0 || j == rows - 1;
        let columns_of_row: Vec<usize> =
            if whole_row { (0..columns).step_by(step).chain([columns - 1]).collect() } else { vec![0, columns - 1] };
        columns_of_row.into_iter().for_each(|i| add(i, j));
    }
    let turn = 360.0 * ((out[0] + 180.0) / 360.0).floor();
    [out[0] - turn, out[1] - turn, out[2], out[3]]
}

/// The usual step between times, ms, and the pairs of times between which some are missing (more than one and a half steps).
#[must_use]
pub fn gaps(times: &[Utc]) -> (Option<i64>, Vec<[Utc; 2]>) {
    let mut steps: Vec<i64> = times.windows(2).map(|w| w[1].millis() - w[0].millis()).collect();
    steps.sort_unstable();
    let Some(usual) = steps.get(steps.len() / 2).copied() else { return (None, Vec::new()) };
    let wide = |w: &&[Utc]| 2 * (w[1].millis() - w[0].millis()) > 3 * usual;
    (Some(usual), times.windows(2).filter(wide).map(|w| [w[0], w[1]]).collect())
}

/// What was seen in some frames.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Frames that were read.
    pub frames_read: usize,
    /// Share of the nodes without a value in them.
    pub missing: f64,
    /// Least and greatest value, of a vector its length; `None` where nothing has a value.
    pub range: Option<[f64; 2]>,
    /// Which frame the map shows.
    pub map_frame: usize,
    /// West, east, south and north of the map, degrees.
    pub map_extent: [f64; 4],
    /// Values at the middles of the map's cells, rows from the north, of a vector its length; `None` where there is none.
    pub map: Vec<Vec<Option<f64>>>,
}

/// Columns of a map, so that it stands within 80 of a terminal.
const MAP_COLUMNS: usize = 64;

/// Reads the first, the middle and the last frame.
///
/// # Errors
/// [`ReadError`] for what cannot be read.
pub fn look(source: &mut LayerSource) -> Result<Look, ReadError> {
    let grid = std::sync::Arc::clone(&source.header().grid);
    let quantity = source.header().quantity;
    let components = quantity.components();
    let count = source.layer().times.len().max(1);
    let window = grid.whole();
    let mut values = vec![0.0; window.count() * components];
    let size = |node: &[f32]| match (quantity, node) {
        // A direction is a unit vector: only its presence can be mapped.
        (Quantity::WaveDirection, [u, _]) => {
            if u.is_nan() {
                f64::NAN
            } else {
                1.0
            }
        }
        (_, [u, v]) => (f64::from(*u) * f64::from(*u) + f64::from(*v) * f64::from(*v)).sqrt(),
        (_, [v]) => f64::from(*v),
        _ => f64::NAN,
    };
    let middle = count / 2;
    let mut frames = vec![0, count - 1, middle];
    frames.sort_unstable();
    frames.dedup();
    let (mut gaps, mut range, mut map) = (0, [f64::INFINITY, f64::NEG_INFINITY], Vec::new());
    let extent = extent(&grid);
    for &frame in &frames {
        source.load(frame, &window, &mut values)?;
        for node in values.chunks_exact(components) {
            let v = size(node);
            if v.is_nan() {
                gaps += 1;
            } else {
                range = [range[0].min(v), range[1].max(v)];
            }
        }
        if frame == middle {
            map = drawn(&grid, extent, |node| size(&values[node * components..(node + 1) * components]));
        }
    }
    Ok(Look {
        frames_read: frames.len(),
        missing: gaps as f64 / (frames.len() * window.count()) as f64,
        range: (range[0] <= range[1]).then_some(range),
        map_frame: middle,
        map_extent: extent,
        map,
    })
}

fn drawn(grid: &Grid, [west, east, south, north]: [f64; 4], value: impl Fn(usize) -> f64) -> Vec<Vec<Option<f64>>> {
    let (wide, high) = (east - west, north - south);
    let parallel = plimsoll_core::maths::cos((0.5 * (south + north)).to_radians()).max(0.05);
    // A character is about twice as high as it is wide.
    let rows = (MAP_COLUMNS as f64 * high / (wide * parallel) * 0.5).clamp(5.0, 22.0);
    let rows = if rows.is_finite() { rows.round() as usize } else { 5 };
    let [columns, last] = [grid.shape()[0], grid.shape()[1] - 1];
    let cell = |r: usize, c: usize| {
        let lat = north - high * (r as f64 + 0.5) / rows as f64;
        let lon = west + wide * (c as f64 + 0.5) / MAP_COLUMNS as f64;
        let [i, j] = grid.locate(lon, lat)?;
        let node = (j.round() as usize).min(last) * columns + (i.round() as usize) % columns;
        let v = value(node);
        (!v.is_nan()).then_some(v)
    };
    (0..rows).map(|r| (0..MAP_COLUMNS).map(|c| cell(r, c)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_hour_is_a_gap() {
        let t = |h: i64| Utc::from_millis(h * 3_600_000).unwrap();
        let (step, gaps) = gaps(&[t(0), t(1), t(2), t(4), t(5)]);
        assert_eq!((step, gaps), (Some(3_600_000), vec![[t(2), t(4)]]));
        assert_eq!(super::gaps(&[t(0)]), (None, vec![]));
    }

    #[test]
    fn a_globe_that_starts_at_greenwich() {
        let g = Grid::lon_lat([0.0, 90.0], [0.5, -0.5], [720, 361]);
        let e = extent(&g);
        assert_eq!(e, [0.0, 359.5, -90.0, 90.0]);
        let g = Grid::lon_lat([355.0, 48.0], [0.25, 0.25], [40, 20]);
        assert_eq!(extent(&g), [-5.0, 4.75, 48.0, 52.75]);
    }
}
