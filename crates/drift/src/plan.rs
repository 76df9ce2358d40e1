//! What a run needs before its first step: where everybody is, the plane on which they move, and their columns.

use crate::life::Life;
use crate::plane::Plane;
use crate::run::{RunError, Setup};
use crate::state::{LANES, Pack, Status};
use plimsoll_core::earth::LonLat;
use plimsoll_core::random::Stream;
use plimsoll_sea::field::{FrameSource, Quantity};
use plimsoll_sea::grid::projection::metres_per_degree;
use plimsoll_sea::grid::{Axis, Grid, Window};
use plimsoll_sea::set::{Set, Source};

/// What no drifting thing outruns, m/s: 3 m/s of stream and 3 m/s of leeway.
const FASTEST_M_S: f64 = 6.0;

/// Spacing of a plane for fields without a grid, degrees.
const SPACING_DEG: f64 = 0.05;

/// Where each particle enters the water.
pub(crate) fn places(setup: &Setup, stream: &Stream, threads: usize) -> Vec<[f64; 2]> {
    let number = setup.release.number;
    let mut out = vec![[0.0; 2]; number];
    let piece = number.div_ceil(threads.max(1)).max(1024);
    std::thread::scope(|scope| {
        for (k, part) in out.chunks_mut(piece).enumerate() {
            let mut work = move || {
                for (i, p) in part.iter_mut().enumerate() {
                    let place = setup.release.place(stream, k * piece + i);
                    *p = [place.lon_deg(), place.lat_deg()];
                }
            };
            if number <= piece { work() } else { drop(scope.spawn(work)) }
        }
    });
    out
}

/// The box around all places: longitude about the first, so that it may span the date line.
fn bounds(places: &[[f64; 2]]) -> [[f64; 2]; 2] {
    let origin = places[0][0];
    let mut out = [[f64::MAX; 2], [f64::MIN; 2]];
    for p in places {
        let d = p[0] - origin;
        let v = [origin + d - 360.0 * (d / 360.0).round(), p[1]];
        for k in 0..2 {
            out[0][k] = out[0][k].min(v[k]);
            out[1][k] = out[1][k].max(v[k]);
        }
    }
    out
}

/// The plane: the grid of the current where one alone tells it, else that of the wind, else a lattice in longitude and latitude as
/// fine as the finest source; cut to what can be reached.
pub(crate) fn plane<S: FrameSource>(
    setup: &Setup,
    set: &Set<S>,
    places: &[[f64; 2]],
) -> Result<Plane, RunError<S::Error>> {
    let [mut low, mut high] = bounds(places);
    let reach = (FASTEST_M_S * setup.duration_s).max(20_000.0);
    let widest = low[1].abs().max(high[1].abs()).min(85.0);
    let [east, north] = metres_per_degree(widest);
    for (k, metres) in [east, north].into_iter().enumerate() {
        low[k] -= reach / metres;
        high[k] += reach / metres;
    }
    (low[1], high[1]) = (low[1].max(-89.5), high[1].min(89.5));
    let centre = setup.release.centre();
    let of = |q: Quantity| set.sources().iter().filter(move |s| s.quantity() == q).collect::<Vec<_>>();
    let alone = |q: Quantity| match of(q)[..] {
        [Source::Frames(f)] => Some(&*f.header().grid),
        _ => None,
    };
    let grids = |q: Quantity| {
        of(q).into_iter().filter_map(|s| if let Source::Frames(f) = s { Some(&f.header().grid) } else { None })
    };
    let framed = |q: Quantity| grids(q).next().is_some();
    let native = match (framed(Quantity::Current), framed(Quantity::Wind)) {
        (true, _) => alone(Quantity::Current),
        (false, true) => alone(Quantity::Wind),
        (false, false) => None,
    };
    let grid = if let Some(grid) = native {
        within(grid, low, high, places).ok_or(RunError::Outside { lon_deg: places[0][0], lat_deg: places[0][1] })?
    } else {
        let all = grids(Quantity::Current).chain(grids(Quantity::Wind));
        let finest = all.map(|g| spacing_deg(g, centre)).fold(SPACING_DEG, f64::min);
        let count = |k: usize| ((high[k] - low[k]) / finest).ceil() as usize + 1;
        Grid::lon_lat(low, [finest; 2], [count(0), count(1)])
    };
    Ok(Plane::new(grid, centre)?)
}

/// Degrees of latitude from node to node, about.
fn spacing_deg(grid: &Grid, near: LonLat) -> f64 {
    let at = grid.locate(near.lon_deg(), near.lat_deg()).unwrap_or([0.5, 0.5]);
    let m = grid.metric(at);
    let length = |v: [f64; 2]| (v[0] * v[0] + v[1] * v[1]).sqrt();
    length(m.column_m).min(length(m.row_m)) / metres_per_degree(near.lat_deg())[1]
}

/// The part of a grid that holds a box; `None` if it holds none of the places.
fn within(grid: &Grid, low: [f64; 2], high: [f64; 2], places: &[[f64; 2]]) -> Option<Grid> {
    const LOOKS: usize = 32;
    let [columns, rows] = grid.shape();
    let anchor = places.iter().find_map(|p| grid.locate(p[0], p[1]))?;
    let turn = columns as f64;
    // columns as seen from a place of release: on a cyclic grid the part may span the seam
    let seen = |i: f64| {
        let d = i - anchor[0];
        if grid.is_cyclic() { d - turn * (d / turn).round() } else { d }
    };
    let (mut from, mut to) = ([0.0_f64, anchor[1]], [0.0_f64, anchor[1]]);
    let lattice = (0..=LOOKS * LOOKS + 2 * LOOKS).map(|k| {
        let share = |k: usize| k as f64 / LOOKS as f64;
        let (a, b) = (share(k % (LOOKS + 1)), share(k / (LOOKS + 1)));
        [low[0] + a * (high[0] - low[0]), low[1] + b * (high[1] - low[1])]
    });
    for p in lattice {
        if let Some([i, j]) = grid.locate(p[0], p[1]) {
            let i = seen(i);
            (from, to) = ([from[0].min(i), from[1].min(j)], [to[0].max(i), to[1].max(j)]);
        }
    }
    let pad = |k: usize| (to[k] - from[k]) / LOOKS as f64 + 3.0;
    let (i0, i1) = (anchor[0] + from[0] - pad(0), anchor[0] + to[0] + pad(0));
    let (j0, j1) = ((from[1] - pad(1)).max(0.0) as usize, ((to[1] + pad(1)) as usize).min(rows - 1));
    let (column, count) = if grid.is_cyclic() {
        let count = ((i1 - i0) as usize + 2).min(columns);
        ((i0.floor().rem_euclid(turn)) as usize, count)
    } else {
        let a = i0.max(0.0) as usize;
        (a, (i1 as usize).min(columns - 1) - a + 1)
    };
    if count < 2 || j1 <= j0 {
        return None;
    }
    // an uneven axis cannot be continued beyond its end
    if let Grid::Axes { x: Axis::Uneven(_), .. } = grid
        && column + count > columns
    {
        return Some(grid.clone());
    }
    grid.part(&Window { column, row: j0, columns: count, rows: j1 - j0 + 1 })
}

/// The columns of all particles before the first step.
pub(crate) fn packs(setup: &Setup, life: &Life<'_>, plane: &Plane, places: &[[f64; 2]], threads: usize) -> Vec<Pack> {
    let mut out = vec![Pack::EMPTY; places.len().div_ceil(LANES)];
    let piece = out.len().div_ceil(threads.max(1)).max(64);
    let whole = out.len() <= piece;
    // a list of times is gone through once
    let start_ms = setup.start().millis() as f64;
    std::thread::scope(|scope| {
        for (k, part) in out.chunks_mut(piece).enumerate() {
            let mut work = move || {
                for (n, pack) in part.iter_mut().enumerate() {
                    one(setup, life, plane, places, start_ms, pack, (k * piece + n) * LANES);
                }
            };
            if whole { work() } else { drop(scope.spawn(work)) }
        }
    });
    out
}

fn one(
    setup: &Setup,
    life: &Life<'_>,
    plane: &Plane,
    places: &[[f64; 2]],
    start_ms: f64,
    pack: &mut Pack,
    first: usize,
) {
    let sign = if setup.backward { -1.0 } else { 1.0 };
    for l in 0..LANES.min(places.len() - first) {
        let (i, id) = (first + l, (first + l) as u64);
        let mut release = sign * (setup.release.time_ms(i) - start_ms) / 1000.0;
        if setup.reference {
            // entered at the beginning of the step in which it falls
            release = (release / setup.step_s).floor() * setup.step_s;
        }
        pack.release[l] = release as f32;
        pack.side[l] = life.side(id);
        pack.jibe[l] = pack.release[l] + life.wait_s(id, 0);
        pack.class[l] = setup.enters_as.get(i).copied().unwrap_or(0);
        pack.change[l] = life.change_s(id, usize::from(pack.class[l]), pack.release[l], pack.release[l]);
        pack.status[l] = Status::Waiting as u8;
        match plane.position(places[i][0], places[i][1]) {
            Some([x, y]) => (pack.x[l], pack.y[l]) = (x, y),
            None => pack.status[l] = Status::Missing as u8,
        }
        life.dress(pack, l, id);
    }
}
