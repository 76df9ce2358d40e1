use super::*;
use crate::field::{Basis, Field, Header};
use crate::grid::{Figure, Grid, Projection, axis::Axis};
use std::sync::Arc;

fn field(grid: Grid, basis: Basis, value: impl Fn(f64, f64, f64) -> [f64; 2]) -> Field {
    let times = vec![0, 3_600_000, 7_200_000];
    let [columns, rows] = grid.shape();
    let frame = |t: &i64| {
        let node = |k: usize| {
            let [lon, lat] = grid.place([(k % columns) as f64, (k / columns) as f64]);
            value(lon, lat, *t as f64).map(|v| v as f32)
        };
        (0..columns * rows).flat_map(node).collect()
    };
    let frames = times.iter().map(frame).collect();
    let header = Header { quantity: Quantity::Wind, grid: Arc::new(grid), basis, times_ms: times, name: "test".into() };
    Field::new(header, frames).unwrap()
}

#[test]
fn linear_fields_come_back() {
    let value = |lon: f64, lat: f64, t: f64| [lon + t * 1e-6, 2.0 * lat - lon];
    let mut set = Set::default();
    set.push(Source::Frames(field(Grid::lon_lat([1.0, 52.0], [0.25, -0.25], [9, 9]), Basis::EastNorth, value)));
    for (lon, lat, t) in [(1.6, 51.1, 0.0), (2.9, 50.2, 1_234_567.0), (1.0, 52.0, 7_200_000.0)] {
        let got = set.sample(Quantity::Wind, [lon, lat], t).unwrap().unwrap();
        let want = value(lon, lat, t);
        assert!((got[0] - want[0]).abs() < 1e-4 && (got[1] - want[1]).abs() < 1e-4, "{got:?} {want:?}");
    }
    assert_eq!(set.sample(Quantity::Wind, [0.9, 51.0], 0.0), Ok(None));
    assert_eq!(set.sample(Quantity::Wind, [1.5, 51.0], -1.0), Ok(None));
    assert_eq!(set.sample(Quantity::Wind, [1.5, 51.0], 7_200_001.0), Ok(None));
    assert_eq!(set.sample(Quantity::Current, [1.5, 51.0], 0.0), Ok(None));
}

#[test]
fn one_wind_along_the_axes_of_two_grids_is_one_wind() {
    // a wind to the north-east written along the axes of a grid that leans
    let p = Projection::polar_stereographic(Figure::sphere(6_371_000.0), true, 70.0, 60.0, [0.0; 2]).unwrap();
    let axis = |first: f64, step: f64| Axis::Regular { first, step, count: 40 };
    for (fx, sx, fy, sy) in [(-2_960_000.0, 800.0, -1_250_000.0, 800.0), (-2_930_000.0, -800.0, -1_220_000.0, -800.0)] {
        let grid = Grid::axes(p, axis(fx, sx), axis(fy, sy));
        let inner = grid.clone();
        let along = move |lon: f64, lat: f64, _: f64| {
            let [s, c] = inner.y_axis(inner.locate(lon, lat).unwrap());
            let (e, n) = (5.0, 7.0);
            [e * c - n * s, e * s + n * c]
        };
        let place = grid.place([20.3, 11.8]);
        let mut set = Set::default();
        set.push(Source::Frames(field(grid, Basis::GridAxes, along)));
        let got = set.sample(Quantity::Wind, place, 1000.0).unwrap().unwrap();
        assert!((got[0] - 5.0).abs() < 1e-4 && (got[1] - 7.0).abs() < 1e-4, "{got:?}");
    }
}

#[test]
fn the_first_that_knows_wins() {
    let mut set = Set::default();
    let small = field(Grid::lon_lat([1.0, 50.0], [0.25, 0.25], [5, 5]), Basis::EastNorth, |_, _, _| [1.0, 0.0]);
    set.push(Source::Frames(small));
    set.push(Source::Known(Quantity::Wind, Known::Constant([2.0, 0.0])));
    let mut at = |lon: f64, t: f64| set.sample(Quantity::Wind, [lon, 50.5], t).unwrap().unwrap()[0];
    assert_eq!((at(1.5, 0.0), at(2.5, 0.0), at(1.5, 9e9)), (1.0, 2.0, 2.0));
}

#[test]
fn the_window_spans_the_seam_and_no_more() {
    let grid = Grid::lon_lat([0.0, 90.0], [0.25, -0.25], [1440, 721]);
    let f = field(grid, Basis::EastNorth, |lon, lat, _| [projection_wrap(lon), lat]);
    let stencils: Vec<_> = [[-0.6, 51.0], [1.4, 50.0]].iter().map(|p| Stencil::at(f.header(), p[0], p[1])).collect();
    let w = window_of(f.header(), stencils.iter().flatten(), 0).unwrap();
    assert_eq!(w, Window { column: 1437, row: 156, columns: 10, rows: 6 });
    let mut set = Set::default();
    set.push(Source::Frames(f));
    for lon in [-0.6, -0.1, 0.1, 1.4] {
        let got = set.sample(Quantity::Wind, [lon, 50.6], 0.0).unwrap().unwrap();
        assert!((got[0] - lon).abs() < 1e-4 && (got[1] - 50.6).abs() < 1e-4, "{lon}: {got:?}");
    }
}

fn projection_wrap(lon: f64) -> f64 {
    if lon > 180.0 { lon - 360.0 } else { lon }
}

/// Places that are added one window after the other have the values that they have when all are there from the start.
#[test]
fn growing_changes_nothing() {
    let value = |lon: f64, lat: f64, t: f64| {
        let land = (lon - 2.0) * (lon - 2.0) + (lat - 51.0) * (lat - 51.0) < 0.02;
        if land { [f64::NAN; 2] } else { [lon + t * 1e-6, lat * lon] }
    };
    let plane = Grid::lon_lat([0.5, 50.0], [0.013, 0.011], [160, 120]);
    let places = |w: &Window| -> Vec<[f64; 2]> {
        let one = |k: usize| plane.place([(w.column + k % w.columns) as f64, (w.row + k / w.columns) as f64]);
        (0..w.count()).map(one).collect()
    };
    let part = |column, row, columns, rows| Window { column, row, columns, rows };
    for fill in [Fill::Shore(Shore::AnyWet), Fill::Dilated] {
        let mut set = Set::default();
        let grid = Grid::lon_lat([0.4, 49.9], [0.03, 0.03], [80, 60]);
        set.push(Source::Frames(field(grid, Basis::EastNorth, value)));
        let (mut grown, mut whole) = (set.onto(Quantity::Wind, fill), set.onto(Quantity::Wind, fill));
        let all = part(0, 0, 160, 120);
        whole.cover(&set, all, &places(&all));
        let mut want = vec![[0.0; 3]; all.count()];
        whole.at(&mut set, 5_000_000.0, &all, &mut want, 1).unwrap();
        for window in [part(70, 60, 2, 2), part(60, 60, 30, 9), part(10, 20, 100, 80), all] {
            grown.cover(&set, window, &places(&window));
            let mut got = vec![[0.0; 3]; window.count()];
            grown.at(&mut set, 5_000_000.0, &window, &mut got, 1).unwrap();
            for (k, line) in all.lines(&window).enumerate() {
                for (got, want) in got[k * window.columns..].iter().zip(&want[line]) {
                    assert_eq!(got.map(f32::to_bits), want.map(f32::to_bits), "{fill:?} {window:?}");
                }
            }
        }
    }
}
