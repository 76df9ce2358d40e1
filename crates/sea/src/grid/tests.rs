use super::*;
use plimsoll_core::earth::{Course, LonLat, course, destination};

fn norkyst() -> Grid {
    let p = Projection::polar_stereographic(Figure::sphere(6_371_000.0), true, 70.0, 60.0, [0.0; 2]).unwrap();
    let axis = |first: f64, count| Axis::Regular { first, step: 800.0, count };
    Grid::axes(p, axis(-2_900_000.0, 301), axis(-1_250_000.0, 201))
}

#[test]
fn seam_in_the_channel() {
    // GFS: longitudes 0 to 359.75, rows from north to south.
    let g = Grid::lon_lat([0.0, 90.0], [0.25, -0.25], [1440, 721]);
    assert!(g.is_cyclic());
    let near = |lon: f64, column: f64| {
        let [i, j] = g.locate(lon, 51.0).unwrap();
        assert!((i - column).abs() < 1e-9 && (j - 156.0).abs() < 1e-9, "{lon}: {i} {j}");
    };
    near(-0.125, 1439.5);
    near(0.0, 0.0);
    near(1.5, 6.0);
    near(359.875, 1439.5);
    let w = g.part(&Window { column: 1436, row: 150, columns: 12, rows: 9 }).unwrap();
    assert!(!w.is_cyclic());
    let [i, _] = w.locate(0.1, 51.0).unwrap();
    assert!((i - 4.4).abs() < 1e-9);
    assert_eq!(w.locate(3.0, 51.0), None);
}

#[test]
fn outside_is_outside() {
    let g = Grid::lon_lat([1.0, 50.0], [0.1, 0.1], [11, 21]);
    assert!(g.locate(2.0, 52.0).is_some() && g.locate(1.0, 50.0).is_some());
    for (lon, lat) in [(0.999, 51.0), (2.001, 51.0), (1.5, 49.999), (1.5, 52.001), (-179.0, 51.0)] {
        assert_eq!(g.locate(lon, lat), None, "{lon} {lat}");
    }
}

#[test]
fn metric_and_axes_agree_with_the_geodesic() {
    let g = norkyst();
    for at in [[20.0, 30.0], [150.0, 100.0], [280.0, 150.0]] {
        let [lon, lat] = g.place(at);
        let here = LonLat::new(lon, lat).unwrap();
        let [s, c] = g.y_axis(at);
        let up = g.place([at[0], at[1] + 0.0125]);
        let to = course(here, LonLat::new(up[0], up[1]).unwrap());
        let azimuth = to.bearing_deg.to_radians();
        assert!((plimsoll_core::maths::sin(azimuth) - s).abs() < 1e-5, "{s} {c} {}", to.bearing_deg);
        let [to_i, to_j] = g.metric(at).inverse();
        let there = destination(here, Course { distance_m: 500.0, bearing_deg: 90.0 });
        let [i, j] = g.locate(there.lon_deg(), there.lat_deg()).unwrap();
        // half a kilometre on a plane grid: the metric's own change and the meridians' convergence show at 1e-4 of it
        assert!((i - at[0] - 500.0 * to_i[0]).abs() < 1e-4, "{i} {to_i:?}");
        assert!((j - at[1] - 500.0 * to_j[0]).abs() < 1e-4, "{j} {to_j:?}");
        let there = destination(here, Course { distance_m: 500.0, bearing_deg: 0.0 });
        let [i, j] = g.locate(there.lon_deg(), there.lat_deg()).unwrap();
        assert!((i - at[0] - 500.0 * to_i[1]).abs() < 1e-4 && (j - at[1] - 500.0 * to_j[1]).abs() < 1e-4);
    }
}

#[test]
fn descending_rows_keep_their_vectors() {
    // v is north whichever way the rows are stored
    for step in [0.1, -0.1] {
        let g = Grid::lon_lat([1.0, 51.0], [0.1, step], [5, 5]);
        let [s, c] = g.y_axis([2.0, 2.0]);
        assert!(s.abs() < 1e-12 && (c - 1.0).abs() < 1e-12);
    }
}

#[test]
fn curvilinear_agrees_with_its_projection() {
    let g = norkyst();
    let [columns, rows] = [31, 21];
    let nodes: Vec<_> = (0..columns * rows).map(|k| g.place([(k % columns) as f64, (k / columns) as f64])).collect();
    let lon: Vec<f64> = nodes.iter().map(|n| n[0]).collect();
    let lat: Vec<f64> = nodes.iter().map(|n| n[1]).collect();
    let c = Grid::Curvilinear(Curvilinear::new(columns, rows, &lon, &lat).unwrap());
    for at in [[3.3, 4.4], [17.9, 12.1], [0.0, 20.0]] {
        let [x, y] = g.place(at);
        let [i, j] = c.locate(x, y).unwrap();
        // chord against arc within one cell: centimetres of 800 m
        assert!((i - at[0]).abs() < 1e-4 && (j - at[1]).abs() < 1e-4, "{i} {j} {at:?}");
        let (a, b) = (g.y_axis(at), c.y_axis(at));
        // at the border half a cell to one side: 400 m of turning meridians are 1e-4
        assert!((a[0] - b[0]).abs() < 2e-4 && (a[1] - b[1]).abs() < 2e-4);
    }
}

#[test]
fn the_axes_of_every_projection_are_those_of_differences() {
    let sphere = Figure::sphere(6_371_000.0);
    let w = Figure::WGS84;
    let all = [
        Projection::polar_stereographic(sphere, true, 70.0, 60.0, [0.0; 2]),
        Projection::polar_stereographic(w, true, -45.0, 70.0, [0.0; 2]),
        Projection::polar_stereographic(w, false, 20.0, -71.0, [0.0; 2]),
        Projection::polar_stereographic(sphere, false, 20.0, -71.0, [0.0; 2]),
        Projection::lambert_conformal(sphere, 15.0, 63.0, [63.0, 63.0], [0.0; 2]),
        Projection::lambert_conformal(w, 3.0, 46.5, [44.0, 49.0], [0.0; 2]),
        Projection::lambert_conformal(w, 3.0, -46.5, [-44.0, -49.0], [0.0; 2]),
        Projection::mercator(w, 0.0, 50.0, [0.0; 2]),
    ];
    for p in all.map(Result::unwrap) {
        for (lon, lat) in [(1.5, 51.0), (-30.0, 62.0), (80.0, 40.0), (25.0, -60.0)] {
            let [x, y] = p.forward(lon, lat);
            let axis = |first: f64| Axis::Regular { first, step: 1000.0, count: 3 };
            let Metric { row_m: [east, north], .. } = Grid::axes(p, axis(x), axis(y)).metric([0.0, 0.0]);
            let length = (east * east + north * north).sqrt();
            let [s, c] = p.y_axis(lon, lat).unwrap();
            assert!(
                (s - east / length).abs() < 1e-6 && (c - north / length).abs() < 1e-6,
                "{p:?} {lon} {lat}: {s} {c}"
            );
        }
    }
}

#[test]
fn windows_hold_join_and_widen() {
    let part = |column, row, columns, rows| Window { column, row, columns, rows };
    let (a, b) = (part(2, 3, 4, 2), part(5, 1, 3, 3));
    assert_eq!(a.joined(&b), part(2, 1, 6, 4));
    assert_eq!((a.joined(&Window::default()), Window::default().joined(&a)), (a, a));
    assert!(a.joined(&b).holds(&a) && a.joined(&b).holds(&b) && !a.holds(&b) && a.holds(&a));
    let whole = part(0, 0, 9, 5);
    assert_eq!(a.widened(2, &whole), part(0, 1, 8, 4));
    assert_eq!(a.widened(100, &whole), whole);
    let inner: Vec<usize> = part(1, 1, 4, 3).lines(&part(2, 2, 2, 2)).flatten().collect();
    assert_eq!(inner, [5, 6, 9, 10]);
    let taken =
        |part: &Window, values: &[usize]| Window { column: 1, row: 1, columns: 3, rows: 2 }.taking(part, values, |k| k);
    assert_eq!(taken(&part(2, 2, 2, 1), &[70, 80]), [0, 1, 2, 3, 70, 80]);
    // what lies beyond is left, on any side
    assert_eq!(taken(&part(0, 0, 2, 2), &[50, 60, 70, 80]), [80, 1, 2, 3, 4, 5]);
    assert_eq!(taken(&part(3, 2, 2, 2), &[50, 60, 70, 80]), [0, 1, 2, 3, 4, 50]);
    for beside in [part(5, 1, 1, 1), part(0, 1, 1, 1), part(1, 3, 1, 1)] {
        assert_eq!(taken(&beside, &[50]), [0, 1, 2, 3, 4, 5]);
    }
    assert_eq!(taken(&Window::default(), &[]), [0, 1, 2, 3, 4, 5]);
}
