//! A grid given by the longitude and latitude of every node, with a search that finds the cell of a place.

use super::projection::wrap;
use thiserror::Error;

/// Nodes at any place, in rows; cells are quadrilaterals in longitude and latitude.
#[derive(Clone, Debug, PartialEq)]
pub struct Curvilinear {
    columns: usize,
    rows: usize,
    /// Longitude and latitude of every node, degrees; longitudes lie within 180 of `reference`.
    nodes: Vec<[f64; 2]>,
    reference: f64,
    buckets: Buckets,
}

/// Candidate cells for each box of a lattice over the grid.
#[derive(Clone, Debug, PartialEq)]
struct Buckets {
    corner: [f64; 2],
    size: [f64; 2],
    count: [usize; 2],
    start: Vec<u32>,
    cells: Vec<u32>,
}

/// Places that make no grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CurvilinearError {
    /// The lists do not fit the shape.
    #[error("{columns} x {rows} nodes need as many longitudes and latitudes, and at least 2 x 2; given are {given}")]
    Shape {
        /// Columns said.
        columns: usize,
        /// Rows said.
        rows: usize,
        /// Values given.
        given: usize,
    },
    /// No cell has four finite corners.
    #[error("no cell of the grid has four corners with a longitude and a latitude")]
    Empty,
}

impl Curvilinear {
    /// A grid from its nodes, row by row. Nodes without a place (NaN) make their cells holes.
    ///
    /// # Errors
    /// [`CurvilinearError`] for lists of another length or a grid without a whole cell.
    pub fn new(columns: usize, rows: usize, lon_deg: &[f64], lat_deg: &[f64]) -> Result<Self, CurvilinearError> {
        let given = lon_deg.len().min(lat_deg.len());
        if columns < 2 || rows < 2 || columns.checked_mul(rows) != Some(given) || lon_deg.len() != lat_deg.len() {
            return Err(CurvilinearError::Shape { columns, rows, given });
        }
        let reference = *lon_deg.iter().find(|v| v.is_finite()).ok_or(CurvilinearError::Empty)?;
        let nodes: Vec<[f64; 2]> =
            lon_deg.iter().zip(lat_deg).map(|(lon, lat)| [reference + wrap(lon - reference), *lat]).collect();
        let buckets = Buckets::of(columns, rows, &nodes).ok_or(CurvilinearError::Empty)?;
        Ok(Self { columns, rows, nodes, reference, buckets })
    }

    /// Columns and rows of nodes.
    #[must_use]
    pub fn shape(&self) -> [usize; 2] {
        [self.columns, self.rows]
    }

    /// The place at fractional column and row, bilinear within the cell; `NaN` at a hole.
    #[must_use]
    pub fn place(&self, i: f64, j: f64) -> [f64; 2] {
        let (c, r) = ((i.max(0.0) as usize).min(self.columns - 2), (j.max(0.0) as usize).min(self.rows - 2));
        let q = self.corners(c, r);
        blend(&q, i - c as f64, j - r as f64)
    }

    /// Fractional column and row of a place; `None` outside and in holes.
    #[must_use]
    pub fn locate(&self, lon_deg: f64, lat_deg: f64) -> Option<[f64; 2]> {
        let p = [self.reference + wrap(lon_deg - self.reference), lat_deg];
        for cell in self.buckets.candidates(p) {
            let (c, r) = (*cell as usize % self.columns, *cell as usize / self.columns);
            if let Some([a, b]) = invert(&self.corners(c, r), p) {
                return Some([c as f64 + a, r as f64 + b]);
            }
        }
        None
    }

    fn corners(&self, c: usize, r: usize) -> [[f64; 2]; 4] {
        corners(&self.nodes, self.columns, c, r)
    }

    /// The part from node (`i0`, `j0`) of `columns` by `rows` nodes; `None` if it has no whole cell.
    ///
    /// # Panics
    /// If it reaches beyond the grid.
    #[must_use]
    pub fn part(&self, [i0, j0]: [usize; 2], [columns, rows]: [usize; 2]) -> Option<Self> {
        let rows_of = |k: usize| -> Vec<f64> {
            let row = |j: usize| self.nodes[j * self.columns + i0..][..columns].iter().map(move |n| n[k]);
            (j0..j0 + rows).flat_map(row).collect()
        };
        Self::new(columns, rows, &rows_of(0), &rows_of(1)).ok()
    }
}

fn corners(nodes: &[[f64; 2]], columns: usize, c: usize, r: usize) -> [[f64; 2]; 4] {
    let k = r * columns + c;
    [nodes[k], nodes[k + 1], nodes[k + columns], nodes[k + columns + 1]]
}

fn blend(q: &[[f64; 2]; 4], a: f64, b: f64) -> [f64; 2] {
    let f = |k: usize| {
        let (low, high) = (q[0][k] + a * (q[1][k] - q[0][k]), q[2][k] + a * (q[3][k] - q[2][k]));
        low + b * (high - low)
    };
    [f(0), f(1)]
}

/// Newton's method on the bilinear map; `None` if the place is not in the quadrilateral.
fn invert(q: &[[f64; 2]; 4], p: [f64; 2]) -> Option<[f64; 2]> {
    const EDGE: f64 = 1e-9;
    let (mut a, mut b) = (0.5, 0.5);
    for _ in 0..20 {
        let at = blend(q, a, b);
        let (fx, fy) = (p[0] - at[0], p[1] - at[1]);
        let da = |k: usize| (1.0 - b) * (q[1][k] - q[0][k]) + b * (q[3][k] - q[2][k]);
        let db = |k: usize| (1.0 - a) * (q[2][k] - q[0][k]) + a * (q[3][k] - q[1][k]);
        let det = da(0) * db(1) - da(1) * db(0);
        if det == 0.0 || !det.is_finite() {
            return None;
        }
        let (sa, sb) = ((fx * db(1) - fy * db(0)) / det, (da(0) * fy - da(1) * fx) / det);
        a = (a + sa).clamp(-2.0, 3.0);
        b = (b + sb).clamp(-2.0, 3.0);
        if sa.abs() + sb.abs() < 1e-12 {
            break;
        }
    }
    let inside = |v: f64| (-EDGE..=1.0 + EDGE).contains(&v);
    (inside(a) && inside(b)).then(|| [a.clamp(0.0, 1.0), b.clamp(0.0, 1.0)])
}

impl Buckets {
    /// About one box for each cell.
    fn of(columns: usize, rows: usize, nodes: &[[f64; 2]]) -> Option<Self> {
        let finite = |n: &&[f64; 2]| n[0].is_finite() && n[1].is_finite();
        let fold = |k: usize, start: f64, pick: fn(f64, f64) -> f64| {
            nodes.iter().filter(finite).map(|n| n[k]).fold(start, pick)
        };
        let low = [fold(0, f64::INFINITY, f64::min), fold(1, f64::INFINITY, f64::min)];
        let high = [fold(0, f64::NEG_INFINITY, f64::max), fold(1, f64::NEG_INFINITY, f64::max)];
        if low[0] >= high[0] || low[1] >= high[1] {
            return None;
        }
        let count = [columns, rows];
        let size = [(high[0] - low[0]) / columns as f64, (high[1] - low[1]) / rows as f64];
        let mut boxes = Self { corner: low, size, count, start: vec![0; columns * rows + 1], cells: vec![] };
        let mut whole = Vec::with_capacity(columns * rows);
        for r in 0..rows - 1 {
            for c in 0..columns - 1 {
                let q = corners(nodes, columns, c, r);
                if q.iter().flatten().all(|v| v.is_finite()) {
                    whole.push(((r * columns + c) as u32, boxes.span(&q)));
                }
            }
        }
        if whole.is_empty() {
            return None;
        }
        // counted, summed, filled: one list for all boxes
        let each = |(_, s): &(u32, [[usize; 2]; 2])| {
            let (x, y) = (s[0], s[1]);
            (y[0]..=y[1]).flat_map(move |b| (x[0]..=x[1]).map(move |a| b * columns + a))
        };
        for w in &whole {
            each(w).for_each(|b| boxes.start[b + 1] += 1);
        }
        for b in 0..columns * rows {
            boxes.start[b + 1] += boxes.start[b];
        }
        let mut next = boxes.start.clone();
        boxes.cells = vec![0; boxes.start[columns * rows] as usize];
        for w in &whole {
            for b in each(w) {
                boxes.cells[next[b] as usize] = w.0;
                next[b] += 1;
            }
        }
        Some(boxes)
    }

    fn box_of(&self, k: usize, v: f64) -> usize {
        (((v - self.corner[k]) / self.size[k]).max(0.0) as usize).min(self.count[k] - 1)
    }

    fn span(&self, q: &[[f64; 2]; 4]) -> [[usize; 2]; 2] {
        [0, 1].map(|k| {
            let (low, high) = q.iter().map(|n| n[k]).fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
            [self.box_of(k, low), self.box_of(k, high)]
        })
    }

    fn candidates(&self, p: [f64; 2]) -> &[u32] {
        let slack = |k: usize| 1e-9 * self.size[k];
        let outside = |k: usize| {
            !(p[k] >= self.corner[k] - slack(k)
                && p[k] <= self.corner[k] + self.size[k] * self.count[k] as f64 + slack(k))
        };
        if outside(0) || outside(1) {
            return &[];
        }
        let b = self.box_of(1, p[1]) * self.count[0] + self.box_of(0, p[0]);
        &self.cells[self.start[b] as usize..self.start[b + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bent(columns: usize, rows: usize, lon: f64) -> Curvilinear {
        let node = |k: usize| {
            let (i, j) = ((k % columns) as f64, (k / columns) as f64);
            [lon + 0.05 * i - 0.02 * j + 0.0007 * i * j, 50.0 + 0.01 * i + 0.04 * j + 0.0004 * j * j]
        };
        let nodes: Vec<_> = (0..columns * rows).map(node).collect();
        let lon: Vec<f64> = nodes.iter().map(|n| n[0]).collect();
        let lat: Vec<f64> = nodes.iter().map(|n| n[1]).collect();
        Curvilinear::new(columns, rows, &lon, &lat).unwrap()
    }

    #[test]
    fn there_and_back_also_over_the_date_line() {
        for lon in [1.0, 179.5, -180.0] {
            let g = bent(23, 17, lon);
            for k in 0..2000 {
                let (i, j) = (22.0 * f64::from(k % 47) / 46.0, 16.0 * f64::from(k % 31) / 30.0);
                let [x, y] = g.place(i, j);
                let [a, b] = g.locate(wrap(x), y).unwrap_or_else(|| panic!("{i} {j} lost"));
                assert!((a - i).abs() < 1e-6 && (b - j).abs() < 1e-6, "{i} {j} became {a} {b}");
            }
            assert_eq!(g.locate(lon - 3.0, 50.0), None);
            assert_eq!(g.locate(lon, 60.0), None);
        }
    }

    #[test]
    fn a_hole_is_outside() {
        let (mut lon, mut lat) = (vec![], vec![]);
        for j in 0..4 {
            for i in 0..4 {
                let hole = i == 0 && j == 0;
                lon.push(if hole { f64::NAN } else { f64::from(i) });
                lat.push(if hole { f64::NAN } else { f64::from(j) });
            }
        }
        let g = Curvilinear::new(4, 4, &lon, &lat).unwrap();
        assert_eq!(g.locate(0.5, 0.5), None);
        assert_eq!(g.locate(1.5, 0.5), Some([1.5, 0.5]));
        assert!(Curvilinear::new(2, 2, &[f64::NAN; 4], &[0.0; 4]).is_err());
        assert!(Curvilinear::new(2, 2, &[0.0; 3], &[0.0; 3]).is_err());
    }
}
