//! GRIB 2 as ecCodes 2 writes it (`data/make_grib.py`): every packing gives the same field, every grid lies where ecCodes
//! says it lies.

use plimsoll_read::{Fault, LayerSource, ReadError, layer_of, open};
use plimsoll_sea::field::{Basis, FrameSource, Quantity};
use std::path::PathBuf;

fn data(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")).join(name)
}

fn source(name: &str, quantity: Quantity) -> LayerSource {
    let reader = open(&data(name)).unwrap();
    let layer = layer_of(&*reader, quantity).unwrap().unwrap();
    LayerSource::new(reader, layer)
}

/// The formula of `make_grib.py`; `k` is 0 for u, 1 for v.
fn formula(i: usize, j: usize, k: usize, t: usize) -> f64 {
    use plimsoll_core::maths::sin;
    5.0 * sin(0.3 * i as f64 + 0.2 * j as f64) + if k == 0 { 3.0 } else { -2.0 } + 0.5 * t as f64
}

#[test]
fn every_packing_gives_the_same_field() {
    for packing in ["simple", "complex", "complex_spatial_differencing", "jpeg", "png", "ccsds"] {
        let mut s = source(&format!("grid_{packing}.grib2"), Quantity::Wind);
        let layer = s.layer().clone();
        assert_eq!(layer.times.len(), 2, "{packing}");
        assert_eq!(
            layer.times.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["2026-10-10T06:00:00Z", "2026-10-10T09:00:00Z"]
        );
        assert_eq!((layer.basis, layer.level.as_deref()), (Basis::EastNorth, Some("10 m")));
        let grid = s.header().grid.clone();
        assert_eq!(grid.shape(), [24, 17]);
        let [lon, lat] = grid.place([0.0, 0.0]);
        assert!((lon + 2.0).abs() < 1e-9 && (lat - 52.0).abs() < 1e-9, "{lon} {lat}");
        let [i, j] = grid.locate(1.5, 50.0).unwrap();
        assert!((i - 14.0).abs() < 1e-6 && (j - 8.0).abs() < 1e-6, "{i} {j}");
        let mut out = vec![0.0; 2 * 24 * 17];
        for t in 0..2 {
            s.load(t, &grid.whole(), &mut out).unwrap();
            for (n, node) in out.chunks(2).enumerate() {
                let (i, j) = (n % 24, n / 24);
                for k in 0..2 {
                    if (i, j) == (4, 3) && packing != "complex_spatial_differencing" {
                        assert!(node[k].is_nan(), "{packing}: the missing node");
                    } else {
                        // 16 bits over some 10 m/s.
                        assert!(
                            (f64::from(node[k]) - formula(i, j, k, t)).abs() < 3e-4,
                            "{packing} {i} {j} {k} {t}: {node:?}"
                        );
                    }
                }
            }
        }
    }
}

const STERE: [[f64; 2]; 5] =
    [[1.0, 50.0], [2.206997, 50.114386], [0.86547, 50.538818], [2.090015, 50.6553], [1.205017, 50.261987]];

#[test]
fn grids_lie_where_eccodes_says() {
    // Corners and one node inside, as `make_grib.py` prints them.
    let cases: [(&str, [[f64; 2]; 5]); 4] = [
        (
            "lambert",
            [[1.0, 50.0], [1.802839, 50.010444], [0.985758, 50.35884], [1.794311, 50.369355], [1.168836, 50.159736]],
        ),
        ("stere", STERE),
        (
            "rotated",
            [
                [2.742601, 48.717832],
                [4.456552, 48.93932],
                [2.49154, 49.500768],
                [4.232099, 49.725836],
                [3.007503, 49.111124],
            ],
        ),
        ("mercator", [[1.0, 50.0], [2.608903, 50.0], [1.0, 50.714057], [2.608903, 50.714057], [1.349761, 50.313722]]),
    ];
    for (name, places) in cases {
        let mut s = source(&format!("{name}.grib2"), Quantity::Current);
        // Nothing says that the components on the Mercator grid run along it.
        let basis = if name == "mercator" { Basis::EastNorth } else { Basis::GridAxes };
        assert_eq!(s.header().basis, basis, "{name}");
        let grid = s.header().grid.clone();
        let nodes = [[0.0, 0.0], [23.0, 0.0], [0.0, 16.0], [23.0, 16.0], [5.0, 7.0]];
        for (node, place) in nodes.into_iter().zip(places) {
            let got = grid.place(node);
            assert!(
                (got[0] - place[0]).abs() < 2e-6 && (got[1] - place[1]).abs() < 2e-6,
                "{name} {node:?}: {got:?} {place:?}"
            );
        }
        let mut out = vec![0.0; 2 * 24 * 17];
        s.load(0, &grid.whole(), &mut out).unwrap();
        assert!((f64::from(out[2 * (7 * 24 + 5)]) - formula(5, 7, 0, 0)).abs() < 3e-4, "{name}");
    }
}

#[test]
fn a_gust_and_a_wind_at_100_m_are_no_wind() {
    let reader = open(&data("gust_and_100m.grib2")).unwrap();
    assert!(reader.contents().others.contains(&"0.2.22".to_owned()));
    assert_eq!(reader.contents().gusts, ["0.2.22"]);
    let e = layer_of(&*reader, Quantity::Wind).unwrap_err();
    assert!(matches!(&e, ReadError::Variable { fault: Fault::Level { .. }, .. }), "{e}");
    assert!(e.to_string().contains("surface type 103, 100") && e.to_string().contains("10 m"), "{e}");
}

#[test]
fn kelvin_directions_and_values_beyond_nature() {
    let mut t = source("temp.grib2", Quantity::WaterTemperature);
    let mut out = vec![0.0; 24 * 17];
    let whole = t.header().grid.whole();
    t.load(0, &whole, &mut out).unwrap();
    assert!((f64::from(out[0]) - (formula(0, 0, 0, 0) + 285.0 - 273.15)).abs() < 1e-3);
    // 288 degrees from: towards 108.
    let mut d = source("temp.grib2", Quantity::WaveDirection);
    let mut out = vec![0.0; 2 * 24 * 17];
    d.load(0, &whole, &mut out).unwrap();
    assert!((out[0] - 0.951).abs() < 1e-3 && (out[1] + 0.309).abs() < 1e-3, "{:?}", &out[..2]);
    // The invented wave heights go below nought.
    let mut h = source("temp.grib2", Quantity::WaveHeight);
    let e = h.load(0, &whole, &mut vec![0.0; 24 * 17]).unwrap_err();
    assert!(matches!(&e, ReadError::Variable { fault: Fault::Value { .. }, .. }), "{e}");
}

#[test]
fn damage_is_told_and_never_panics() {
    let bytes = std::fs::read(data("grid_simple.grib2")).unwrap();
    let path = std::env::temp_dir().join(format!("plimsoll-grib-{}.grib2", std::process::id()));
    for cut in [10, 100, 500, bytes.len() - 3] {
        std::fs::write(&path, &bytes[..cut]).unwrap();
        let e = open(&path).err().unwrap().to_string();
        assert!(e.contains("damaged") && e.contains("grib2"), "{e}");
    }
    let mut old = bytes.clone();
    old[7] = 1;
    std::fs::write(&path, &old).unwrap();
    assert!(open(&path).err().unwrap().to_string().contains("edition 1"));
    std::fs::remove_file(&path).unwrap();
}
