//! The suite that every reader passes: the same invented field, whatever the format and however it is packed, gives the same
//! answers; the same fault gives the same kind of refusal, which names file, variable, what was found and what would do.

mod common;

use common::zarr::{self, PLAIN, Packing, Style};
use common::{Spec, Values, folder, write};
use netcdf_writer::NcWriteFormat;
use plimsoll_read::{Fault, LayerSource, ReadError, layer_of, open};
use plimsoll_sea::field::{Basis, FrameSource, Quantity};
use plimsoll_sea::grid::Window;
use std::path::Path;

/// The wind of `make_grib.py` and of [`Spec`]: 24 columns, 17 rows from the north, two times, one node missing.
fn the_field(path: &Path, tolerance: f64) {
    let reader = open(path).unwrap();
    assert!(reader.contents().refused.is_empty(), "{:?}", reader.contents().refused);
    let layer = layer_of(&*reader, Quantity::Wind).unwrap().expect("a wind");
    assert!(layer_of(&*reader, Quantity::Current).unwrap().is_none());
    let mut s = LayerSource::new(reader, layer);
    let times: Vec<String> = s.layer().times.iter().map(ToString::to_string).collect();
    assert_eq!(times, ["2026-10-10T06:00:00Z", "2026-10-10T09:00:00Z"]);
    assert_eq!((s.header().basis, s.layer().level.as_deref()), (Basis::EastNorth, Some("10 m")));
    let grid = s.header().grid.clone();
    for (place, node) in [([-2.0, 52.0], [0.0, 0.0]), ([1.5, 50.0], [14.0, 8.0]), ([3.75, 48.0], [23.0, 16.0])] {
        let at = grid.locate(place[0], place[1]).unwrap();
        assert!((at[0] - node[0]).abs() < 1e-5 && (at[1] - node[1]).abs() < 1e-5, "{at:?} {node:?}");
    }
    assert_eq!(grid.locate(4.0, 50.0), None);
    let mut whole = vec![0.0; 2 * 24 * 17];
    for t in 0..2 {
        s.load(t, &grid.whole(), &mut whole).unwrap();
        for (n, node) in whole.chunks(2).enumerate() {
            for k in 0..2 {
                match common::formula(n % 24, n / 24, k, t) {
                    None => assert!(node[k].is_nan()),
                    Some(v) => assert!((f64::from(node[k]) - v).abs() < tolerance, "{} {n} {k} {t}", path.display()),
                }
            }
        }
        // A window is the same part of the whole.
        let window = Window { column: 5, row: 2, columns: 3, rows: 4 };
        let mut part = vec![0.0; 24];
        s.load(t, &window, &mut part).unwrap();
        for (i, v) in part.iter().enumerate() {
            let (r, c) = (2 + i / 6, 5 + i / 2 % 3);
            let w = whole[2 * (r * 24 + c) + i % 2];
            assert!(*v == w || (v.is_nan() && w.is_nan()));
        }
    }
}

#[test]
fn the_same_field_in_every_format() {
    let folder = folder("kit");
    let nc = |name: &str, spec: &Spec, tolerance: f64| {
        let path = folder.join(name);
        write(&path, spec);
        the_field(&path, tolerance);
    };
    let classic = Spec::default();
    nc("classic.nc", &classic, 1e-6);
    nc("offset64.nc", &Spec { format: NcWriteFormat::Offset64, ..classic }, 1e-6);
    nc("nc4.nc", &Spec { format: NcWriteFormat::Nc4, ..classic }, 1e-6);
    nc("deflated.nc", &Spec { format: NcWriteFormat::Nc4, deflate: true, ..classic }, 1e-6);
    nc("packed.nc", &Spec { values: Values::Packed, ..classic }, 6e-4);
    nc("packed4.nc", &Spec { values: Values::Packed, format: NcWriteFormat::Nc4, deflate: true, ..classic }, 6e-4);
    nc("knots.nc", &Spec { values: Values::Knots, ..classic }, 1e-5);
    nc("by_name.nc", &Spec { standard_names: false, ..classic }, 1e-6);
    nc("greenwich.nc", &Spec { from_greenwich: true, ..classic }, 1e-6);
    nc("days.nc", &Spec { time_units: "days since 2026-10-10", times: [0.25, 0.375], ..classic }, 1e-6);
    nc("columns_first.nc", &Spec { columns_first: true, ..classic }, 1e-6);
    nc("two_dimensional.nc", &Spec { two_dimensional: true, ..classic }, 1e-6);
    let store = |name: &str, spec: &Spec, style: Style, tolerance: f64| {
        let path = folder.join(name);
        zarr::write(&path, spec, style);
        the_field(&path, tolerance);
    };
    let packed = Spec { values: Values::Packed, ..classic };
    for edition in [2, 3] {
        let plain = Style { edition, ..PLAIN };
        let z = |name: &str, spec: &Spec, style, tolerance| {
            store(&format!("{name}_{edition}.zarr"), spec, style, tolerance)
        };
        z("plain", &classic, plain, 1e-6);
        z("whole", &classic, Style { cut: false, ..plain }, 1e-6);
        z("listed", &classic, Style { consolidated: false, folders: true, ..plain }, 1e-6);
        z("big", &packed, Style { big_endian: true, packing: Packing::Zlib, ..plain }, 6e-4);
        z("turned", &classic, Style { turned: true, packing: Packing::Gzip, ..plain }, 1e-6);
        z("knots", &Spec { values: Values::Knots, ..classic }, plain, 1e-5);
        z("by_name", &Spec { standard_names: false, ..classic }, plain, 1e-6);
        z("greenwich", &Spec { from_greenwich: true, ..classic }, plain, 1e-6);
        z("columns_first", &Spec { columns_first: true, ..classic }, plain, 1e-6);
        z("two_dimensional", &Spec { two_dimensional: true, ..packed }, Style { turned: true, ..plain }, 6e-4);
    }
    // Written by netCDF4-python (`data/make_zstd.py`): our writer knows no Zstandard.
    the_field(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/zstd.nc"), 1e-6);
    for packing in ["simple", "complex", "jpeg", "png", "ccsds"] {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/grid_{packing}.grib2"));
        the_field(&data, 3e-4);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// What the readers say about a wind that cannot be used: each the same.
fn refusal(name: &str, spec: &Spec) -> (Fault, String) {
    let folder = folder(name);
    let path = folder.join("winds.nc");
    write(&path, spec);
    let (fault, text) = refused(&path, name);
    for edition in [2, 3] {
        let path = folder.join(format!("{edition}.zarr"));
        zarr::write(&path, spec, Style { edition, ..PLAIN });
        // `NaN` is not equal to itself, its words are.
        assert_eq!(format!("{:?}", refused(&path, name).0), format!("{fault:?}"));
    }
    std::fs::remove_dir_all(folder).unwrap();
    assert!(text.contains("winds.nc: u10: "), "{text}");
    (fault, text)
}

fn refused(path: &Path, name: &str) -> (Fault, String) {
    let reader = open(path).unwrap();
    let e = match layer_of(&*reader, Quantity::Wind) {
        Err(e) => e,
        Ok(Some(layer)) => {
            let mut s = LayerSource::new(reader, layer);
            let whole = s.header().grid.whole();
            s.load(0, &whole, &mut vec![0.0; 2 * whole.count()]).unwrap_err()
        }
        Ok(None) => panic!("{name}: passed over in silence"),
    };
    let text = e.to_string();
    let ReadError::Variable { fault, .. } = e else { panic!("{text}") };
    (fault, text)
}

#[test]
fn each_fault_is_named_with_what_would_do() {
    let good = Spec::default();
    let (f, text) = refusal("unit", &Spec { units: Some("Pa"), ..good });
    assert!(matches!(f, Fault::Unit { .. }) && text.contains("\"Pa\"") && text.contains("m s-1, cm s-1, kn"), "{text}");
    let (f, text) = refusal("no-unit", &Spec { units: None, ..good });
    assert!(matches!(f, Fault::NoUnit { .. }) && text.contains("allowed"), "{text}");
    let (f, text) = refusal("calendar", &Spec { calendar: Some("360_day"), ..good });
    assert!(matches!(f, Fault::Time { .. }) && text.contains("360_day") && text.contains("gregorian"), "{text}");
    let (f, text) = refusal("nan-time", &Spec { times: [6.0, f64::NAN], ..good });
    assert!(matches!(f, Fault::Time { .. }) && text.contains("entry 1") && text.contains("NaN"), "{text}");
    let (_, text) = refusal("back-in-time", &Spec { times: [9.0, 6.0], ..good });
    assert!(text.contains("2026-10-10T06:00:00Z") && text.contains("not after"), "{text}");
    let (_, text) = refusal("time-units", &Spec { time_units: "hours", ..good });
    assert!(text.contains("\"hours\"") && text.contains("hours since 1970"), "{text}");
    let (f, text) = refusal("half", &Spec { second: false, ..good });
    assert!(matches!(f, Fault::Partner { .. }) && text.contains("to the north"), "{text}");
    let (f, text) = refusal("high", &Spec { height: Some(100.0), ..good });
    assert!(matches!(f, Fault::Level { .. }) && text.contains("100 m") && text.contains("10 m"), "{text}");
    let (f, text) = refusal("undeclared-fill", &Spec { values: Values::UndeclaredFill, ..good });
    assert!(matches!(f, Fault::Value { .. }) && text.contains("-999") && text.contains("column 4, row 3"), "{text}");
    let (f, text) = refusal("nan-band", &Spec { nan_latitude: true, ..good });
    assert!(matches!(f, Fault::Grid { .. }) && text.contains("lat") && text.contains("NaN"), "{text}");
    let (f, text) = refusal("packing", &Spec { values: Values::ScaleOfNought, ..good });
    assert!(matches!(f, Fault::Packing { .. }) && text.contains("scale_factor is 0"), "{text}");
}

#[test]
fn a_gust_is_never_a_wind() {
    let folder = folder("gust");
    let path = folder.join("gust.nc");
    write(&path, &Spec { gust: true, ..Spec::default() });
    let e = open(&path).err().expect("nothing of use").to_string();
    assert!(e.contains("u10") && e.contains("no current, wind"), "{e}");
    let path = folder.join("gust.zarr");
    zarr::write(&path, &Spec { gust: true, ..Spec::default() }, PLAIN);
    let e = open(&path).err().expect("nothing of use").to_string();
    assert!(e.contains("u10") && e.contains("no current, wind"), "{e}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_no_field_says_what_it_is() {
    let folder = folder("formats");
    let path = folder.join("a");
    for (bytes, word) in [
        (&b""[..], "an empty file"),
        (b"<html>", "web page"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PK\x03\x04", "zip"),
        (b"\0\0\0\0\0\0\0\0\0", "no known format"),
        (b"CDF", "damaged"),
        (b"CDF\x01\0\0\0", "damaged"),
        (b"\x89HDF\r\n\x1a\n", "damaged"),
        (b"GRIB\0\0\0\x02", "damaged"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        let e = open(&path).err().expect("refused").to_string();
        assert!(e.contains(word), "{bytes:?}: {e}");
    }
    assert!(matches!(open(&folder.join("absent")), Err(ReadError::Io { .. })));
    let e = open(&folder).err().expect("refused").to_string();
    assert!(e.contains("a folder, and no Zarr store"), "{e}");
    std::fs::remove_dir_all(folder).unwrap();
}
