//! The plane on which particles move: columns and rows of a grid, with what a metre is there, and the forcing on its nodes.
//!
//! Fields are brought onto the nodes of one grid, the current's own where it has one, so that a particle looks up one cell and finds
//! current, wind and metric side by side. Nodes are worked out as the particles come near them: a few particles in a large sea
//! need few. Positions are whole numbers of a 2^-n of a cell: steps add up exactly, and the cell
//! and the place in it are a shift and a mask away.

use crate::state::{LANES, Lane};
use plimsoll_core::earth::{LonLat, course};
use plimsoll_core::maths::sin_cos;
use plimsoll_sea::grid::projection::metres_per_degree;
use plimsoll_sea::grid::{Grid, Metric, Window};

/// Columns east, columns north, rows east, rows north: per metre.
pub(crate) type Inverse = [f32; 4];

/// Nodes around what is asked for that are worked out along with it: an eighth of its longer side, within these.
const MARGIN: [usize; 2] = [4, 16];

/// Where the nodes of a cell are found among those that were worked out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    bits: u32,
    /// First and last cell that may be looked at: column and row.
    pub low: [i32; 2],
    pub high: [i32; 2],
    /// Column and row of the first node, and nodes from row to row.
    origin: [i32; 2],
    pub stride: usize,
}

/// First nodes of the cells of sixteen particles, and their places in them.
pub(crate) struct Cells {
    pub node: [u32; LANES],
    pub a: Lane,
    pub b: Lane,
}

/// A position: fractional column and row times [`Plane::unit`].
pub(crate) type Fixed = [i32; 2];

/// Largest number of bits for the part within a cell: a mantissa must hold it.
const MOST_BITS: u32 = 22;

/// The plane of a run.
#[derive(Clone, Debug)]
pub struct Plane {
    grid: Grid,
    columns: usize,
    rows: usize,
    bits: u32,
    /// What has been worked out, and for each of its nodes:
    part: Window,
    metric: Vec<Inverse>,
    places: Vec<[f64; 2]>,
    /// Metres east and north of the reference point along the geodesic, and degrees east and north of it; `NaN` as yet.
    seen: Vec<[f32; 4]>,
    reference: LonLat,
}

/// A grid that is too large for one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the fields span {columns} x {rows} nodes: more than 8192 in one direction or 2^26 in all; cut them to the region"
)]
pub struct TooLarge {
    /// Columns of the part within reach.
    pub columns: usize,
    /// Rows of it.
    pub rows: usize,
}

impl Plane {
    /// The plane of a grid, seen from a reference point.
    ///
    /// # Errors
    /// [`TooLarge`] where positions could not be told within a hand's breadth.
    pub fn new(grid: Grid, reference: LonLat) -> Result<Self, TooLarge> {
        let [columns, rows] = grid.shape();
        if columns.max(rows) > 8192 || columns * rows > 1 << 26 {
            return Err(TooLarge { columns, rows });
        }
        let bits = (30 - (columns.max(rows) as u32).ilog2()).min(MOST_BITS);
        let part = Window::default();
        Ok(Self { grid, columns, rows, bits, part, metric: vec![], places: vec![], seen: vec![], reference })
    }

    /// Works out the nodes of a window, with some around it, and forgets those that lie beyond.
    pub(crate) fn cover(&mut self, window: &Window) {
        let (whole, [least, most]) = (self.whole(), MARGIN);
        let part = window.widened((window.columns.max(window.rows) / 8).clamp(least, most), &whole);
        // the metric of a node needs its neighbours, at the border two to one side
        let wide = part.widened(2, &whole);
        let places = wide.taking(&self.part, &self.places, |k| {
            let [c, r] = [wide.column + k % wide.columns, wide.row + k / wide.columns];
            self.grid.place([c as f64, r as f64])
        });
        let inner: Vec<usize> = wide.lines(&part).flatten().collect();
        let shape = [self.columns, self.rows];
        self.metric = part.taking(&self.part, &self.metric, |k| node(&places, &wide, inner[k], shape));
        self.seen = part.taking(&self.part, &self.seen, |_| [f32::NAN; 4]);
        self.places = inner.into_iter().map(|k| places[k]).collect();
        self.part = part;
    }

    /// What has been worked out.
    pub(crate) fn part(&self) -> &Window {
        &self.part
    }

    /// All of it.
    pub(crate) fn whole(&self) -> Window {
        Window { column: 0, row: 0, columns: self.columns, rows: self.rows }
    }

    /// The nodes around cells from `low` to `high` (column and row), and `margin` cells more on each side.
    pub(crate) fn around(&self, low: [i32; 2], high: [i32; 2], margin: i32) -> Window {
        let side = |k: usize, count: usize| {
            let last = count as i32 - 2;
            let from = low[k].saturating_sub(margin).clamp(0, last);
            (from as usize, (high[k].saturating_add(margin).clamp(from, last) - from) as usize + 2)
        };
        let ((column, columns), (row, rows)) = (side(0, self.columns), side(1, self.rows));
        Window { column, row, columns, rows }
    }

    /// Looks at a window alone, which has been worked out and has two nodes at least each way.
    pub(crate) fn view(&self, window: &Window) -> View {
        let first = |w: &Window| [w.column as i32, w.row as i32];
        let [c, r] = first(window);
        View {
            bits: self.bits,
            low: [c, r],
            high: [c + window.columns as i32 - 2, r + window.rows as i32 - 2],
            origin: first(&self.part),
            stride: self.part.columns,
        }
    }

    /// Its grid.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// Longitude and latitude of the nodes that have been worked out, row by row.
    pub(crate) fn places(&self) -> &[[f64; 2]] {
        &self.places
    }

    /// The point from which distances are told.
    #[must_use]
    pub fn reference(&self) -> LonLat {
        self.reference
    }

    pub(crate) fn bits(&self) -> u32 {
        self.bits
    }

    pub(crate) fn metric(&self) -> &[Inverse] {
        &self.metric
    }

    fn unit(&self) -> f64 {
        f64::from(1_u32 << self.bits)
    }

    /// The position of a place; `None` outside the plane.
    pub(crate) fn position(&self, lon_deg: f64, lat_deg: f64) -> Option<Fixed> {
        let at = self.grid.locate(lon_deg, lat_deg)?;
        Some(at.map(|v| (v * self.unit()).round() as i32))
    }

    /// The place at a position, longitude and latitude in degrees, exact.
    pub(crate) fn place(&self, [x, y]: Fixed) -> [f64; 2] {
        self.grid.place([f64::from(x) / self.unit(), f64::from(y) / self.unit()])
    }

    /// Whether a position lies on the plane.
    pub(crate) fn contains(&self, [x, y]: Fixed) -> bool {
        let within = |v: i32, count: usize| v >= 0 && v <= ((count as i32 - 1) << self.bits);
        within(x, self.columns) && within(y, self.rows)
    }

    /// Works out where the nodes of a window lie as seen from the reference point. Must be called before [`Self::seen`] there.
    pub(crate) fn look(&mut self, window: &Window) {
        let (lon, lat) = (self.reference.lon_deg(), self.reference.lat_deg());
        for k in self.part.lines(window).flatten() {
            if !self.seen[k][0].is_nan() {
                continue;
            }
            let [x, y] = self.places[k];
            let Ok(place) = LonLat::new(wrap(x), y.clamp(-90.0, 90.0)) else { continue };
            let way = course(self.reference, place);
            let (s, c) = sin_cos(way.bearing_deg.to_radians());
            self.seen[k] = [way.distance_m * s, way.distance_m * c, wrap(x - lon), y - lat].map(|v| v as f32);
        }
    }

    /// Metres east and north of the reference point along the geodesic, and degrees east and north of it, for the nodes that have
    /// been worked out; bilinear between nodes (a centimetre on a grid of 800 m, a metre on one of 9 km).
    pub(crate) fn seen(&self) -> &[[f32; 4]] {
        &self.seen
    }
}

impl View {
    /// [`Self::cell`] for all lanes.
    #[inline(always)]
    pub(crate) fn cells(&self, x: &[i32; LANES], y: &[i32; LANES]) -> Cells {
        let scale = 1.0 / (1_u32 << self.bits) as f32;
        let mut out = Cells { node: [0; LANES], a: [0.0; LANES], b: [0.0; LANES] };
        for l in 0..LANES {
            let c = (x[l] >> self.bits).clamp(self.low[0], self.high[0]);
            let r = (y[l] >> self.bits).clamp(self.low[1], self.high[1]);
            out.a[l] = x[l].wrapping_sub(c << self.bits) as f32 * scale;
            out.b[l] = y[l].wrapping_sub(r << self.bits) as f32 * scale;
            out.node[l] = ((r - self.origin[1]) * self.stride as i32 + c - self.origin[0]) as u32;
        }
        out
    }

    /// First node of the cell and the place in it; positions outside take the outermost cell.
    #[inline(always)]
    pub(crate) fn cell(&self, [x, y]: Fixed) -> (usize, f32, f32) {
        let scale = 1.0 / (1_u32 << self.bits) as f32;
        let c = (x >> self.bits).clamp(self.low[0], self.high[0]);
        let r = (y >> self.bits).clamp(self.low[1], self.high[1]);
        let (a, b) = (x.wrapping_sub(c << self.bits) as f32 * scale, y.wrapping_sub(r << self.bits) as f32 * scale);
        (((r - self.origin[1]) * self.stride as i32 + c - self.origin[0]) as usize, a, b)
    }
}

fn wrap(deg: f64) -> f64 {
    deg - 360.0 * (deg / 360.0).round()
}

/// The inverse metric at node `k` of a window of a grid of that shape, from the places of its neighbours: central differences, at the
/// border of the grid one-sided ones of the same order.
fn node(places: &[[f64; 2]], window: &Window, k: usize, shape: [usize; 2]) -> Inverse {
    let [lon, lat] = places[k];
    let [east, north] = metres_per_degree(lat);
    let difference = |at: usize, count: usize, stride: usize| {
        let step = |n: isize| {
            let p = places[k.wrapping_add_signed(n * stride as isize)];
            [wrap(p[0] - lon), p[1] - lat]
        };
        let [x, y] = if count < 3 {
            if at == 0 { step(1) } else { step(-1).map(|v| -v) }
        } else if at == 0 {
            let (a, b) = (step(1), step(2));
            [0, 1].map(|n| 2.0 * a[n] - 0.5 * b[n])
        } else if at + 1 == count {
            let (a, b) = (step(-1), step(-2));
            [0, 1].map(|n| 0.5 * b[n] - 2.0 * a[n])
        } else {
            let (a, b) = (step(1), step(-1));
            [0, 1].map(|n| 0.5 * (a[n] - b[n]))
        };
        [x * east, y * north]
    };
    let [c, r] = [window.column + k % window.columns, window.row + k / window.columns];
    let metric = Metric { column_m: difference(c, shape[0], 1), row_m: difference(r, shape[1], window.columns) };
    let [[ce, cn], [re, rn]] = metric.inverse();
    [ce, cn, re, rn].map(|v| v as f32)
}

/// Bilinear, several numbers at once.
#[inline(always)]
pub(crate) fn blend<const N: usize>(nodes: &[[f32; N]], node: usize, stride: usize, a: f32, b: f32) -> [f32; N] {
    let (low, high) = (&nodes[node..node + 2], &nodes[node + stride..node + stride + 2]);
    let mut out = [0.0; N];
    let (na, nb) = (1.0 - a, 1.0 - b);
    for n in 0..N {
        out[n] = nb * (na * low[0][n] + a * low[1][n]) + b * (na * high[0][n] + a * high[1][n]);
    }
    out
}

/// All numbers of the nodes for every lane, each number's lanes together.
#[inline(always)]
pub(crate) fn sample<const N: usize>(nodes: &[[f32; N]], at: &Cells, stride: usize) -> [Lane; N] {
    let mut f = [[0.0_f32; N]; LANES];
    for l in 0..LANES {
        f[l] = blend(nodes, at.node[l] as usize, stride, at.a[l], at.b[l]);
    }
    let mut out = [[0.0; LANES]; N];
    for k in 0..N {
        for l in 0..LANES {
            out[k][l] = f[l][k];
        }
    }
    out
}
