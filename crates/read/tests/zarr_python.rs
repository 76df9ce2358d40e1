//! Stores that zarr-python writes of a real file against the NetCDF reader: the same layers, grids, times and values.

mod common;

use plimsoll_core::testkit::{run_python, shared};
use plimsoll_read::{LayerSource, Reader, open};
use plimsoll_sea::field::FrameSource;
use plimsoll_sea::grid::Window;
use std::sync::Arc;

/// Each frame in windows of uneven size, so that chunks are met whole and in part.
fn values(reader: &Arc<dyn Reader>, layer: usize, frames: usize) -> Vec<Vec<u32>> {
    let mut source = LayerSource::new(Arc::clone(reader), layer);
    let [columns, rows] = source.header().grid.shape();
    let components = source.header().quantity.components();
    let windows = [
        source.header().grid.whole(),
        Window { column: 11, row: 29, columns: 53, rows: 17 },
        Window { column: columns - 1, row: rows - 1, columns: 1, rows: 1 },
    ];
    let mut out = vec![];
    for frame in 0..frames.min(source.header().times_ms.len()) {
        for window in &windows {
            let mut part = vec![0.0_f32; window.count() * components];
            source.load(frame, window, &mut part).unwrap();
            out.push(part.into_iter().map(f32::to_bits).collect());
        }
    }
    out
}

#[test]
fn what_zarr_python_writes() {
    let Some(source) = shared("data/norkyst-arome-2015/norkyst800_subset_16Nov2015.nc") else { return };
    let folder = common::folder("zarr-python");
    let input = format!("{}\n{}\n", folder.display(), source.display());
    let Some(names) = run_python(include_str!("zarr_python.py"), &input) else { return };
    let netcdf = open(&source).unwrap();
    let wanted: Vec<_> = (0..netcdf.contents().layers.len()).map(|k| values(&netcdf, k, 8)).collect();
    assert!(names.lines().count() > 25, "{names}");
    for name in names.lines() {
        let store = open(&folder.join(name)).unwrap();
        assert!(store.contents().refused.is_empty(), "{name}: {:?}", store.contents().refused);
        assert!(store.contents().format == if name.ends_with("_2.zarr") { "Zarr 2" } else { "Zarr 3" });
        assert_eq!(store.contents().layers.len(), netcdf.contents().layers.len(), "{name}");
        for (k, layer) in netcdf.contents().layers.iter().enumerate() {
            let here = store.contents().layers.iter().position(|l| l.variables == layer.variables).unwrap();
            let l = &store.contents().layers[here];
            assert_eq!(
                (l.quantity, l.basis, &l.grid, &l.level, &l.unit),
                (layer.quantity, layer.basis, &layer.grid, &layer.level, &layer.unit)
            );
            assert_eq!(l.times, layer.times[..8], "{name}");
            let got = values(&store, here, 8);
            // xarray unpacks in single precision.
            let tolerance = if name.starts_with("floats") { 1e-6 } else { 0.0 };
            let same = |a: &u32, b: &u32| {
                let (x, y) = (f32::from_bits(*a), f32::from_bits(*b));
                (x.is_nan() && y.is_nan()) || (x - y).abs() <= tolerance
            };
            assert_eq!(got.len(), wanted[k].len(), "{name}");
            for (a, b) in got.iter().flatten().zip(wanted[k].iter().flatten()) {
                assert!(same(a, b), "{name}: {:?}", layer.variables);
            }
        }
    }
    std::fs::remove_dir_all(folder).unwrap();
}
