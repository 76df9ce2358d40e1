//! Real files against what netCDF4-python 1.7, PROJ 9 (pyproj 3.7) and its geodesics make of them.

use plimsoll_core::testkit::shared;
use plimsoll_read::{LayerSource, layer_of, open};
use plimsoll_sea::field::{Basis, FrameSource, Quantity};
use plimsoll_sea::grid::Window;

/// Frame, column, row; longitude and latitude; u, v as stored; the same towards east and north.
type Sample = (usize, usize, usize, [f64; 2], [f64; 2], [f64; 2]);

const NORKYST: [Sample; 5] = [
    (0, 0, 0, [5.112846305551124, 59.321597684945075], [0.016, -0.105], [0.10188540840482237, -0.030006073630009365]),
    (0, 30, 20, [5.0365959955083754, 59.57740881462298], [0.135, 0.527], [-0.4205787310000809, 0.345061651061181]),
    (13, 60, 100, [4.175890977872608, 60.01289278016045], [-0.062, -0.335], [0.2803482585258787, -0.19358166201557478]),
    (
        40,
        80,
        150,
        [3.631874786534986, 60.29040466540104],
        [-0.094, -0.187],
        [0.13373522865437043, -0.16099655841016267],
    ),
    (66, 3, 75, [4.168287759744901, 59.565551887272356], [0.011, -0.138], [0.1304374294071141, -0.046379738975239844]),
];

const AROME: [Sample; 5] = [
    (
        0,
        0,
        0,
        [3.712529011023608, 58.85500838350081],
        [-7.0304670333862305, 14.680346488952637],
        [-9.490185587948513, 13.224084741468081],
    ),
    (
        0,
        30,
        20,
        [4.861126290799609, 59.409100938543084],
        [-7.4552717208862305, 10.019213676452637],
        [-8.938344880789815, 8.721909763275473],
    ),
    (
        13,
        60,
        100,
        [5.659481536835369, 61.28692459466236],
        [2.3302154541015625, 9.751055717468262],
        [0.8920435060738525, 9.985852494953832],
    ),
    (
        40,
        80,
        150,
        [6.26988066019031, 62.4627407601601],
        [-0.1240980327129364, 8.844477653503418],
        [-1.3217050326837023, 8.746043739407158],
    ),
    (
        66,
        3,
        75,
        [3.249480554821911, 60.52353770087216],
        [-1.9054450988769531, 0.133880615234375],
        [-1.8979868109723486, -0.2151536877321677],
    ),
];

fn compare(file: &str, quantity: Quantity, samples: &[Sample], missing: f64) {
    let Some(path) = shared(&format!("data/norkyst-arome-2015/{file}")) else { return };
    let reader = open(&path).unwrap();
    assert!(reader.contents().refused.is_empty(), "{:?}", reader.contents().refused);
    let layer = layer_of(&*reader, quantity).unwrap().unwrap();
    let mut source = LayerSource::new(reader, layer);
    assert_eq!((source.layer().times.len(), source.header().basis), (67, Basis::GridAxes));
    assert_eq!(source.layer().times[0].to_string(), "2015-11-16T00:00:00Z");
    assert_eq!(source.layer().times[66].to_string(), "2015-11-18T18:00:00Z");
    for (frame, column, row, place, uv, en) in samples {
        let mut out = [0.0; 2];
        source.load(*frame, &Window { column: *column, row: *row, columns: 1, rows: 1 }, &mut out).unwrap();
        let grid = &source.header().grid;
        let at = [*column as f64, *row as f64];
        let [s, c] = grid.y_axis(at);
        let [u, v] = out.map(f64::from);
        let (east, north) = (u * c + v * s, v * c - u * s);
        let got = grid.place(at);
        for k in 0..2 {
            // The coordinates of the wind are f32: nodes lie up to 6 cm beside an even spacing.
            assert!((got[k] - place[k]).abs() < 1e-6, "{got:?} {place:?}");
            // The stored scale factor is an f32.
            assert!((f64::from(out[k]) - uv[k]).abs() < 1e-7, "{out:?} {uv:?}");
        }
        // Rotated on the ellipsoid's metric here, by the azimuth of the geodesic over 10 m there.
        let speed = (u * u + v * v).sqrt();
        assert!((east - en[0]).abs() < 1e-5 * speed && (north - en[1]).abs() < 1e-5 * speed, "{east} {north} {en:?}");
    }
    let whole = source.header().grid.whole();
    let mut out = vec![0.0; 2 * whole.count()];
    let mut gaps = 0;
    for frame in 0..67 {
        source.load(frame, &whole, &mut out).unwrap();
        gaps += out.chunks(2).filter(|n| n[0].is_nan()).count();
    }
    assert!((gaps as f64 / (67 * whole.count()) as f64 - missing).abs() < 1e-12, "{gaps}");
}

#[test]
fn norkyst_current() {
    compare("norkyst800_subset_16Nov2015.nc", Quantity::Current, &NORKYST, 0.334_126_708_649_443_8);
}

#[test]
fn arome_wind() {
    compare("arome_subset_16Nov2015.nc", Quantity::Wind, &AROME, 0.0);
}

#[test]
fn tide_of_the_strait() {
    let Some(path) = shared("data/tide-model-dover/currents_2026-10-09_12_springs_hourly.nc") else { return };
    let reader = open(&path).unwrap();
    let at = |quantity| {
        let mut source = LayerSource::new(reader.clone(), layer_of(&*reader, quantity).unwrap().unwrap());
        let mut out = vec![0.0; quantity.components()];
        source.load(10, &Window { column: 35, row: 30, columns: 1, rows: 1 }, &mut out).unwrap();
        (out, source.header().clone())
    };
    let (uv, header) = at(Quantity::Current);
    assert_eq!(header.basis, Basis::EastNorth);
    let [lon, lat] = header.grid.place([35.0, 30.0]);
    assert!((lon - 1.333_333_333_333_333).abs() < 1e-9 && (lat - 50.5).abs() < 1e-9);
    assert_eq!(uv, [0.231_628_42, 0.652_221_7]);
    assert_eq!(at(Quantity::SeaLevel).0, [3.519_348_1]);
    assert_eq!(at(Quantity::Depth).0, [24.75]);
}
