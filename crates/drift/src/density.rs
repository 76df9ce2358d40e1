//! How thick a cloud lies, on cells, and the smallest areas that hold given shares of it.

use plimsoll_sea::grid::projection::metres_per_degree;

/// Counts of particles on cells of a lattice in longitude and latitude.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    /// South-west corner of the first cell, degrees.
    pub corner: [f64; 2],
    /// Size of a cell, degrees.
    pub size: [f64; 2],
    /// Columns and rows.
    pub shape: [usize; 2],
    /// Particles in each cell, row by row.
    pub counts: Vec<u32>,
}

/// The smallest area, in whole cells, that holds a share of the particles.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The share asked for.
    pub share: f64,
    /// Its size, km2.
    pub area_km2: f64,
    /// Runs of cells along a row: first column, row, number of columns.
    pub runs: Vec<[usize; 3]>,
}

/// Cells of one direction, at most.
const MOST: f64 = 400.0;

impl Density {
    /// Counts places (degrees) on cells of about `cell_m`, or coarser where the cloud is more than 400 of them wide; `None`
    /// without any.
    #[must_use]
    pub fn of(places: &[[f64; 2]], cell_m: f64) -> Option<Self> {
        let first = places.first()?;
        let (mut low, mut high) = (*first, *first);
        for p in places {
            for k in 0..2 {
                low[k] = low[k].min(p[k]);
                high[k] = high[k].max(p[k]);
            }
        }
        let metres = metres_per_degree(0.5 * (low[1] + high[1]));
        let coarser = |k: usize| ((high[k] - low[k]) * metres[k] / (cell_m * MOST)).max(1.0);
        let cell_m = cell_m * coarser(0).max(coarser(1));
        let size = metres.map(|m| cell_m / m);
        let corner = [0, 1].map(|k| (low[k] / size[k]).floor() * size[k]);
        let cell = |p: &[f64; 2], k: usize| ((p[k] - corner[k]) / size[k]).max(0.0) as usize;
        let shape = [0, 1].map(|k| cell(&high, k) + 1);
        let mut counts = vec![0; shape[0] * shape[1]];
        for p in places {
            counts[cell(p, 1) * shape[0] + cell(p, 0)] += 1;
        }
        Some(Self { corner, size, shape, counts })
    }

    /// The smallest area that holds `share` of the particles: cells in the order of their counts, the first one of equal ones
    /// first.
    #[must_use]
    pub fn holding(&self, share: f64) -> Area {
        let total: u64 = self.counts.iter().map(|c| u64::from(*c)).sum();
        let mut order: Vec<usize> = (0..self.counts.len()).filter(|k| self.counts[*k] > 0).collect();
        order.sort_by_key(|k| (std::cmp::Reverse(self.counts[*k]), *k));
        let (mut held, mut inside, mut area) = (0_u64, vec![false; self.counts.len()], 0.0);
        for k in order {
            if held as f64 >= share * total as f64 {
                break;
            }
            held += u64::from(self.counts[k]);
            inside[k] = true;
            let lat = self.corner[1] + ((k / self.shape[0]) as f64 + 0.5) * self.size[1];
            let [east, north] = metres_per_degree(lat);
            area += self.size[0] * east * self.size[1] * north * 1e-6;
        }
        let mut runs: Vec<[usize; 3]> = vec![];
        for (k, _) in inside.iter().enumerate().filter(|(_, i)| **i) {
            let (c, r) = (k % self.shape[0], k / self.shape[0]);
            match runs.last_mut() {
                Some([first, row, count]) if *row == r && *first + *count == c => *count += 1,
                _ => runs.push([c, r, 1]),
            }
        }
        Area { share, area_km2: area, runs }
    }

    /// The corners of a run of cells, degrees, anticlockwise from the south-west.
    #[must_use]
    pub fn corners(&self, [column, row, count]: [usize; 3]) -> [[f64; 2]; 4] {
        let at =
            |c: usize, r: usize| [self.corner[0] + c as f64 * self.size[0], self.corner[1] + r as f64 * self.size[1]];
        [at(column, row), at(column + count, row), at(column + count, row + 1), at(column, row + 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_core::random::{Purpose, Stream};

    /// A circular normal cloud: the area that holds a share p is `-2 pi s^2 ln(1 - p)`.
    #[test]
    fn areas_of_a_normal_cloud() {
        let s = Stream::new(1);
        let [east, north] = metres_per_degree(50.0);
        let z = |i, k| 3000.0 * s.normal(i, 0, Purpose::Test, k);
        let places: Vec<_> = (0..400_000).map(|i| [1.0 + z(i, 0) / east, 50.0 + z(i, 1) / north]).collect();
        let density = Density::of(&places, 500.0).unwrap();
        for share in [0.5, 0.9, 0.95] {
            let exact = -std::f64::consts::TAU * 9.0 * plimsoll_core::maths::log1p(-share);
            let got = density.holding(share);
            assert!((got.area_km2 / exact - 1.0).abs() < 0.03, "{share}: {} {exact}", got.area_km2);
            let cells: usize = got.runs.iter().map(|r| r[2]).sum();
            assert!(cells > 0);
        }
        assert!(Density::of(&[], 500.0).is_none());
    }
}
