//! How thick a cloud lies, on cells, and the smallest areas that hold given shares of it.

mod outline;

use plimsoll_core::maths::{exp, ln};
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
    /// Its polygons, longitude and latitude in degrees: the outer ring of each anticlockwise, then its holes clockwise; the first
    /// place is not repeated.
    pub polygons: Vec<Vec<Vec<[f64; 2]>>>,
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

    /// The smallest area that holds each of the shares of the particles: cells in the order of the density around them, until
    /// so many particles are within.
    #[must_use]
    pub fn holding<const N: usize>(&self, shares: [f64; N]) -> [Area; N] {
        let smooth = self.smooth();
        let mut order: Vec<usize> = (0..self.counts.len()).filter(|k| smooth[*k] > 0).collect();
        order.sort_unstable_by_key(|k| (std::cmp::Reverse(smooth[*k]), *k));
        shares.map(|share| self.first_of(&order, share))
    }

    /// The cells that come first, as many as hold the share.
    fn first_of(&self, order: &[usize], share: f64) -> Area {
        let total: u64 = self.counts.iter().map(|c| u64::from(*c)).sum();
        let (mut held, mut inside, mut area) = (0_u64, vec![false; self.counts.len()], 0.0);
        for &k in order {
            if held as f64 >= share * total as f64 {
                break;
            }
            held += u64::from(self.counts[k]);
            inside[k] = true;
            let lat = self.corner[1] + ((k / self.shape[0]) as f64 + 0.5) * self.size[1];
            let [east, north] = metres_per_degree(lat);
            area += self.size[0] * east * self.size[1] * north * 1e-6;
        }
        let place = |c: &[usize; 2]| [0, 1].map(|k| self.corner[k] + c[k] as f64 * self.size[k]);
        let rings = |of: &Vec<Vec<[usize; 2]>>| of.iter().map(|ring| ring.iter().map(place).collect()).collect();
        let polygons = outline::polygons(&inside, self.shape[0]);
        Area { share, area_km2: area, polygons: polygons.iter().map(rings).collect() }
    }

    /// Counts spread over their surroundings as far as their number asks for: bandwidth `sigma n^(-1/6)` in each direction (Scott,
    /// Multivariate Density Estimation, 1992, eq. 6.42), as three passes of a moving sum, which come close to a Gaussian. Without it
    /// the border of a few thousand particles is the noise of its cells.
    fn smooth(&self) -> Vec<u64> {
        let [columns, rows] = self.shape;
        let n: f64 = self.counts.iter().map(|c| f64::from(*c)).sum();
        let radius = |of: &dyn Fn(usize) -> usize| {
            let mean = |f: &dyn Fn(f64) -> f64| {
                let all = self.counts.iter().enumerate();
                all.map(|(k, c)| f64::from(*c) * f(of(k) as f64)).sum::<f64>() / n.max(1.0)
            };
            let centre = mean(&|x| x);
            let sigma = mean(&|x| (x - centre) * (x - centre)).sqrt();
            // a moving sum of radius r, three times, has the variance r (r + 1)
            (sigma * exp(-ln(n.max(1.0)) / 6.0) - 0.5).round().max(0.0) as usize
        };
        let radii = [radius(&|k| k % columns), radius(&|k| k / columns)];
        let mut out: Vec<u64> = self.counts.iter().map(|c| u64::from(*c)).collect();
        for _ in 0..3 {
            for r in 0..rows {
                moving_sum(&mut out, r * columns, 1, columns, radii[0]);
            }
            for c in 0..columns {
                moving_sum(&mut out, c, columns, rows, radii[1]);
            }
        }
        out
    }
}

/// Replaces `count` values from `first` on, `step` apart, by their sums within `radius` of each.
fn moving_sum(values: &mut [u64], first: usize, step: usize, count: usize, radius: usize) {
    let line: Vec<u64> = (0..count).map(|i| values[first + i * step]).collect();
    let mut sum: u64 = line.iter().take(radius).sum();
    for i in 0..count {
        sum += line.get(i + radius).unwrap_or(&0);
        values[first + i * step] = sum;
        sum -= if i >= radius { line[i - radius] } else { 0 };
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
        for got in density.holding([0.5, 0.9, 0.95]) {
            let share = got.share;
            let exact = -std::f64::consts::TAU * 9.0 * plimsoll_core::maths::log1p(-share);
            assert!((got.area_km2 / exact - 1.0).abs() < 0.03, "{share}: {} {exact}", got.area_km2);
            assert!(!got.polygons.is_empty());
        }
        assert!(Density::of(&[], 500.0).is_none());
        // a few thousand on fine cells: one piece for the half, about as large as it should be
        let few = Density::of(&places[..5_000], 200.0).unwrap();
        let ([half], exact) = (few.holding([0.5]), std::f64::consts::TAU * 9.0 * std::f64::consts::LN_2);
        assert_eq!(half.polygons.len(), 1);
        assert!((half.area_km2 / exact - 1.0).abs() < 0.1, "{} {exact}", half.area_km2);
    }
}
