//! Files with some of their bytes changed: whatever happened to them, there is an answer or an error, never a panic.
//!
//! A panic of a library is caught at the border and counts as damage; how often that happens is printed.
#![allow(clippy::print_stdout, reason = "what was counted is worth seeing")]

mod common;

use common::zarr::{self, PLAIN, Packing, Style};
use common::{Spec, Values, bytes, folder};
use netcdf_writer::NcWriteFormat;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_read::{LayerSource, open};
use plimsoll_sea::field::FrameSource;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Panics of libraries that the border caught.
static CAUGHT: AtomicU64 = AtomicU64::new(0);

/// Opens a file and reads a frame of each layer; whether all of it went well.
fn read(path: &Path) -> bool {
    let Ok(reader) = open(path) else { return false };
    let mut well = reader.contents().refused.is_empty();
    for layer in 0..reader.contents().layers.len() {
        let mut s = LayerSource::new(reader.clone(), layer);
        let whole = s.header().grid.whole();
        if whole.count() < 1 << 16 {
            let mut out = vec![0.0; whole.count() * s.header().quantity.components()];
            well &= s.load(0, &whole, &mut out).is_ok();
        }
    }
    well
}

/// Some of the bytes changed, others with each number.
fn damage(good: &[u8], i: u64) -> Vec<u8> {
    let random = Stream::new(7);
    let mut draws = 0;
    let mut below = |n: usize| {
        draws += 1;
        (random.uniform(i, draws, Purpose::Test, 0) * n as f64) as usize % n.max(1)
    };
    let mut damaged = good.to_vec();
    for _ in 0..1 + below(6) {
        let at = below(damaged.len());
        match below(6) {
            0 => damaged[at] = 0xff,
            1 => damaged[at] = 0,
            2 => damaged[at] ^= 1 << below(8),
            3 => damaged.truncate(at.max(1)),
            4 => {
                let from = below(damaged.len());
                let n = below(32).min(damaged.len() - from.max(at));
                damaged.copy_within(from..from + n, at);
            }
            _ => damaged[at] = below(256) as u8,
        }
    }
    damaged
}

fn feed(name: &str, good: &[u8], inputs: u64) {
    let folder = folder(name);
    let path = folder.join("a");
    std::fs::write(&path, good).unwrap();
    assert!(read(&path), "{name}: the good file");
    let before = CAUGHT.load(Ordering::Relaxed);
    let mut well = 0;
    for i in 0..inputs {
        let damaged = damage(good, i);
        std::fs::write(&path, &damaged).unwrap();
        well += u64::from(read(&path));
    }
    let caught = CAUGHT.load(Ordering::Relaxed) - before;
    println!("{name}: {inputs} inputs, {well} read all the same, {caught} panics of a library caught");
    std::fs::remove_dir_all(folder).unwrap();
}

/// A store in which one file is changed at a time, and put back.
fn feed_store(name: &str, style: Style, inputs: u64) {
    let folder = folder(name);
    let store = folder.join("a.zarr");
    zarr::write(&store, &Spec { values: Values::Packed, ..Spec::default() }, style);
    assert!(read(&store), "{name}: the good store");
    let mut files = vec![];
    let mut folders = vec![store.clone()];
    while let Some(f) = folders.pop() {
        for entry in std::fs::read_dir(f).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let named = |p: &PathBuf, name: &str| p.file_name().is_some_and(|n| n == name);
    let describes = |p: &&PathBuf| [".zarray", ".zattrs", ".zmetadata", "zarr.json"].iter().any(|n| named(p, n));
    let described: Vec<PathBuf> = files.iter().filter(describes).cloned().collect();
    let before = CAUGHT.load(Ordering::Relaxed);
    let mut well = 0;
    for i in 0..inputs {
        // What describes is changed as often as what is described.
        let some = if i % 2 == 0 { &described } else { &files };
        let path = &some[i as usize / 2 % some.len()];
        let good = std::fs::read(path).unwrap();
        std::fs::write(path, damage(&good, i)).unwrap();
        well += u64::from(read(&store));
        std::fs::write(path, good).unwrap();
    }
    let caught = CAUGHT.load(Ordering::Relaxed) - before;
    println!("{name}: {inputs} inputs, {well} read all the same, {caught} panics of a library caught");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn damaged_files_are_refused_or_read() {
    // A panic that is caught needs no report on the terminal.
    std::panic::set_hook(Box::new(|_| {
        CAUGHT.fetch_add(1, Ordering::Relaxed);
    }));
    let classic = Spec::default();
    let packed = Spec { values: Values::Packed, two_dimensional: true, ..classic };
    let nc4 = Spec { format: NcWriteFormat::Nc4, deflate: true, ..packed };
    feed("fuzz-classic", &bytes(&classic), 30_000);
    feed("fuzz-packed", &bytes(&packed), 30_000);
    feed("fuzz-nc4", &bytes(&nc4), 10_000);
    for (name, good) in [
        ("fuzz-grib-simple", &include_bytes!("data/grid_simple.grib2")[..]),
        ("fuzz-grib-jpeg", include_bytes!("data/grid_jpeg.grib2")),
        ("fuzz-grib-png", include_bytes!("data/grid_png.grib2")),
        ("fuzz-grib-ccsds", include_bytes!("data/grid_ccsds.grib2")),
        ("fuzz-grib-complex", include_bytes!("data/grid_complex_spatial_differencing.grib2")),
        ("fuzz-grib-lambert", include_bytes!("data/lambert.grib2")),
    ] {
        feed(name, good, 5_000);
    }
    let packed = Style { packing: Packing::Gzip, ..PLAIN };
    feed_store("fuzz-zarr-2", packed, 1_500);
    feed_store("fuzz-zarr-3", Style { edition: 3, consolidated: false, turned: true, ..packed }, 1_500);
    let _ = std::panic::take_hook();
}
