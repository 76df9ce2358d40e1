//! Where the nodes of a field stand: from longitude and latitude to fractional column and row, and back.
//!
//! Node (0, 0) is the first of a frame; columns run fastest. A place outside the outermost nodes is outside.

pub mod axis;
pub mod curvilinear;
pub mod projection;

pub use axis::Axis;
pub use curvilinear::Curvilinear;
pub use projection::{Figure, Projection};

use projection::{metres_per_degree, wrap};

/// A grid of nodes.
#[derive(Clone, Debug, PartialEq)]
pub enum Grid {
    /// Columns and rows along the axes of a projection; with [`Projection::LonLat`] a regular or rectilinear grid.
    Axes {
        /// What x and y mean.
        projection: Projection,
        /// Where the columns stand.
        x: Axis,
        /// Where the rows stand.
        y: Axis,
        /// The columns go once round the earth, and the last is followed by the first.
        cyclic: bool,
    },
    /// Longitude and latitude given node by node.
    Curvilinear(Curvilinear),
}

/// A rectangle of nodes of a grid. On a cyclic grid columns may run on past the last one to the first again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// First column.
    pub column: usize,
    /// First row.
    pub row: usize,
    /// Number of columns.
    pub columns: usize,
    /// Number of rows.
    pub rows: usize,
}

impl Window {
    /// Number of nodes.
    #[must_use]
    pub fn count(&self) -> usize {
        self.columns * self.rows
    }

    /// Whether all of another lies in it, as columns are counted (on a cyclic grid not every way round).
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        let within = |a: usize, count: usize, b: usize, inner: usize| b >= a && b + inner <= a + count;
        within(self.column, self.columns, other.column, other.columns)
            && within(self.row, self.rows, other.row, other.rows)
    }

    /// The smallest that holds both; one without nodes counts for nothing.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        if self.count() == 0 || other.count() == 0 {
            return if self.count() == 0 { *other } else { *self };
        }
        let [column, row] = [self.column.min(other.column), self.row.min(other.row)];
        let columns = (self.column + self.columns).max(other.column + other.columns) - column;
        let rows = (self.row + self.rows).max(other.row + other.rows) - row;
        Self { column, row, columns, rows }
    }

    /// It with so many more nodes on each side as the whole grid has.
    #[must_use]
    pub fn widened(&self, nodes: usize, whole: &Self) -> Self {
        let side = |at: usize, count: usize, from: usize, all: usize| {
            let low = at.saturating_sub(nodes).max(from);
            (low, (at + count + nodes).min(from + all) - low)
        };
        let (column, columns) = side(self.column, self.columns, whole.column, whole.columns);
        let (row, rows) = side(self.row, self.rows, whole.row, whole.rows);
        Self { column, row, columns, rows }
    }

    /// Values of all its nodes: those of `part` where both have a node, elsewhere what `fresh` makes of the node's index.
    ///
    /// # Panics
    /// If there are not as many values as the part has nodes.
    #[must_use]
    pub fn taking<T: Clone>(&self, part: &Self, values: &[T], mut fresh: impl FnMut(usize) -> T) -> Vec<T> {
        assert_eq!(values.len(), part.count(), "one value for each node");
        let end = self.column + self.columns;
        let from = part.column.clamp(self.column, end);
        let shared = (part.column + part.columns).clamp(from, end) - from;
        let mut out = Vec::with_capacity(self.count());
        for row in self.row..self.row + self.rows {
            if shared > 0 && (part.row..part.row + part.rows).contains(&row) {
                (self.column..from).for_each(|_| out.push(fresh(out.len())));
                let at = (row - part.row) * part.columns + from - part.column;
                out.extend_from_slice(&values[at..at + shared]);
                (from + shared..end).for_each(|_| out.push(fresh(out.len())));
            } else {
                (self.column..end).for_each(|_| out.push(fresh(out.len())));
            }
        }
        out
    }

    /// For each row of `part`, which it holds, the indices of its nodes among all.
    pub fn lines(&self, part: &Self) -> impl Iterator<Item = std::ops::Range<usize>> + use<> {
        let (all, first, columns) = (self.columns, part.column.wrapping_sub(self.column), part.columns);
        let rows = part.row.wrapping_sub(self.row);
        (rows..rows + part.rows).map(move |r| r * all + first..r * all + first + columns)
    }
}

/// How a grid lies on the earth at one place: metres east and north for one column and for one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metric {
    /// Metres east and north to the next column.
    pub column_m: [f64; 2],
    /// Metres east and north to the next row.
    pub row_m: [f64; 2],
}

impl Metric {
    /// Columns per metre east and per metre north, then rows per metre east and per metre north.
    #[must_use]
    pub fn inverse(&self) -> [[f64; 2]; 2] {
        let ([a, c], [b, d]) = (self.column_m, self.row_m);
        let det = a * d - b * c;
        [[d / det, -b / det], [-c / det, a / det]]
    }
}

impl Grid {
    /// A grid along the axes of a projection.
    #[must_use]
    pub fn axes(projection: Projection, x: Axis, y: Axis) -> Self {
        let cyclic = match x {
            Axis::Regular { step, count, .. } if projection.is_angular() => {
                (step.abs() * count as f64 - 360.0).abs() < 0.01 * step.abs()
            }
            _ => false,
        };
        Self::Axes { projection, x, y, cyclic }
    }

    /// A regular grid in longitude and latitude: first node, steps (degrees, either sign) and numbers of nodes.
    #[must_use]
    pub fn lon_lat(first: [f64; 2], step: [f64; 2], [columns, rows]: [usize; 2]) -> Self {
        let axis = |k: usize, count| Axis::Regular { first: first[k], step: step[k], count };
        Self::axes(Projection::LonLat, axis(0, columns), axis(1, rows))
    }

    /// Columns and rows of nodes.
    #[must_use]
    pub fn shape(&self) -> [usize; 2] {
        match self {
            Self::Axes { x, y, .. } => [x.count(), y.count()],
            Self::Curvilinear(c) => c.shape(),
        }
    }

    /// Whether the last column is followed by the first.
    #[must_use]
    pub fn is_cyclic(&self) -> bool {
        matches!(self, Self::Axes { cyclic: true, .. })
    }

    /// All of it.
    #[must_use]
    pub fn whole(&self) -> Window {
        let [columns, rows] = self.shape();
        Window { column: 0, row: 0, columns, rows }
    }

    /// Longitude and latitude, degrees, at fractional column and row; beyond the outermost nodes the spacing goes on.
    #[must_use]
    pub fn place(&self, [i, j]: [f64; 2]) -> [f64; 2] {
        match self {
            Self::Axes { projection, x, y, .. } => projection.inverse(x.coordinate(i), y.coordinate(j)),
            Self::Curvilinear(c) => c.place(i, j),
        }
    }

    /// Fractional column and row of a place in degrees; `None` outside. On a cyclic grid the column may lie between the last
    /// node and one more, which is the first again.
    #[must_use]
    pub fn locate(&self, lon_deg: f64, lat_deg: f64) -> Option<[f64; 2]> {
        // Rounding must not lose a place that is the outermost node itself.
        const EDGE: f64 = 1e-7;
        match self {
            Self::Axes { projection, x, y, cyclic } => {
                let [px, py] = projection.forward(lon_deg, lat_deg);
                let (last_i, last_j) = ((x.count() - 1) as f64, (y.count() - 1) as f64);
                let j = y.index(py);
                let mut i = if projection.is_angular() {
                    let middle = 0.5 * (x.coordinate(0.0) + x.coordinate(last_i));
                    x.index(middle + wrap(px - middle))
                } else {
                    x.index(px)
                };
                if *cyclic {
                    let n = last_i + 1.0;
                    i -= n * (i / n).floor();
                    // subtraction may round up to n itself
                    i = if i >= n { 0.0 } else { i };
                } else if i >= -EDGE && i <= last_i + EDGE {
                    i = i.clamp(0.0, last_i);
                } else {
                    return None;
                }
                (j >= -EDGE && j <= last_j + EDGE).then(|| [i, j.clamp(0.0, last_j)])
            }
            Self::Curvilinear(c) => c.locate(lon_deg, lat_deg),
        }
    }

    /// How the grid lies on the earth (WGS84) at fractional column and row.
    ///
    /// Central differences over a quarter of a cell, or over a whole one on a curvilinear grid (one-sided at its border).
    #[must_use]
    pub fn metric(&self, [i, j]: [f64; 2]) -> Metric {
        let half = if matches!(self, Self::Curvilinear(_)) { 0.5 } else { 0.125 };
        let ([i0, i1], [j0, j1]) = ([i - half, i + half], [j - half, j + half]);
        let [_, lat] = self.place([i, j]);
        let [east, north] = metres_per_degree(lat);
        let step =
            |a: [f64; 2], b: [f64; 2], width: f64| [wrap(b[0] - a[0]) * east / width, (b[1] - a[1]) * north / width];
        Metric {
            column_m: step(self.place([i0, j]), self.place([i1, j]), i1 - i0),
            row_m: step(self.place([i, j0]), self.place([i, j1]), j1 - j0),
        }
    }

    /// Sine and cosine of the azimuth of the grid's y axis, in the direction in which y (or, on a curvilinear grid, the
    /// row) grows: a vector (u, v) along the grid's axes is `u cos + v sin` east and `v cos - u sin` north.
    #[must_use]
    pub fn y_axis(&self, at: [f64; 2]) -> [f64; 2] {
        self.y_axis_near(at, self.place(at))
    }

    /// [`Self::y_axis`] where the place, longitude and latitude in degrees, is known already.
    pub(crate) fn y_axis_near(&self, at: [f64; 2], [lon, lat]: [f64; 2]) -> [f64; 2] {
        let up = match self {
            Self::Axes { projection, y, .. } => {
                if let Some(axis) = projection.y_axis(lon, lat) {
                    return axis;
                }
                y.ascends()
            }
            Self::Curvilinear(_) => true,
        };
        let Metric { row_m: [east, north], .. } = self.metric(at);
        let length = (east * east + north * north).sqrt() * if up { 1.0 } else { -1.0 };
        [east / length, north / length]
    }

    /// The grid of a window of this one; `None` if a curvilinear window has no whole cell.
    ///
    /// # Panics
    /// If the window reaches beyond the grid (rows; columns where it is not cyclic).
    #[must_use]
    pub fn part(&self, window: &Window) -> Option<Self> {
        match self {
            Self::Axes { projection, x, y, .. } => {
                Some(Self::axes(*projection, x.part(window.column, window.columns), y.part(window.row, window.rows)))
            }
            Self::Curvilinear(c) => {
                Some(Self::Curvilinear(c.part([window.column, window.row], [window.columns, window.rows])?))
            }
        }
    }
}

#[cfg(test)]
mod tests;
