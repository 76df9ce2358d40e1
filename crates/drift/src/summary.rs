//! What a search needs of a cloud, on the fly: counts, means, covariance, percentiles and shares at every output time. A
//! million particles need no trajectory file.

pub use crate::percentiles::PERCENTILES;
use crate::percentiles::percentiles;
use crate::pieces::{self, PIECE};
use crate::run::Observer;
use crate::simd;
use crate::snapshot::Snapshot;
use crate::state::{LANES, Lane, Status};

/// The cloud at one output time. Distances are along the geodesic from the centre of the release; particles that are stranded or
/// without data count where they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Hour {
    /// Hours since the start of the run.
    pub hour: f64,
    /// The instant, milliseconds since 1970.
    pub time_ms: f64,
    /// Particles released so far.
    pub n: usize,
    /// Mean position, degrees; `NaN` where nothing has been released.
    pub mean_lon_lat_deg: [f64; 2],
    /// Mean east and north, m.
    pub mean_east_north_m: [f64; 2],
    /// Covariance, m2: east-east, east-north, north-north (divided by n - 1).
    pub covariance_m2: [f64; 3],
    /// Percentiles of east, m.
    pub east_m: [f64; 7],
    /// Percentiles of north, m.
    pub north_m: [f64; 7],
    /// Percentiles of the distance, m.
    pub distance_m: [f64; 7],
    /// Share of the released that drift, are stranded, and have no data.
    pub share: [f64; 3],
    /// Share of the released that drift right of downwind.
    pub right: f64,
    /// Mean current and wind, east and north, that the drifting ones meet, m/s; `NaN` where none drifts.
    pub mean_forcing_m_s: [f64; 4],
}

/// Collects an [`Hour`] at every output time. Holds three numbers a particle.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// What was collected.
    pub hours: Vec<Hour>,
    /// East, north and distance, m; `NaN` before release.
    columns: [Vec<f32>; 3],
}

/// What is added up over some particles, lane by lane.
#[derive(Clone)]
pub(crate) struct Sums {
    /// Released; drifting, stranded, without data; right of downwind; drifting where there is a current and a wind.
    counts: [[u32; LANES]; 6],
    /// Degrees east and north, metres east and north of the first particle, and their products: east-east, east-north, north-north;
    /// then current and wind.
    sums: [[f64; LANES]; 11],
    /// Least and greatest of each column.
    low: [Lane; 3],
    high: [Lane; 3],
}

impl Sums {
    const NONE: Self = Self {
        counts: [[0; LANES]; 6],
        sums: [[0.0; LANES]; 11],
        low: [[f32::MAX; LANES]; 3],
        high: [[f32::MIN; LANES]; 3],
    };

    fn join(mut self, other: &Self) -> Self {
        for l in 0..LANES {
            for k in 0..6 {
                self.counts[k][l] += other.counts[k][l];
            }
            for k in 0..11 {
                self.sums[k][l] += other.sums[k][l];
            }
            for k in 0..3 {
                self.low[k][l] = self.low[k][l].min(other.low[k][l]);
                self.high[k][l] = self.high[k][l].max(other.high[k][l]);
            }
        }
        self
    }

    /// Adds a pack and tells its columns, `NaN` before release; `from` is what products are taken about.
    #[inline(always)]
    pub(crate) fn add(&mut self, now: &Snapshot<'_>, pack: usize, from: [f32; 2]) -> [Lane; 3] {
        let (seen, forcing) = (now.pack(pack), now.pack_forcing(pack));
        // loops are split by what they do: each is a few instructions wide
        let (mut here, mut met) = ([0_u32; LANES], [0_u32; LANES]);
        for l in 0..LANES {
            here[l] = u32::from(seen.released[l]);
            let all = forcing[0][l] + forcing[1][l] + forcing[2][l] + forcing[3][l];
            met[l] = here[l] & u32::from(seen.status[l] == Status::Active as u32) & u32::from(all.is_finite());
        }
        for l in 0..LANES {
            let is = |status: Status| here[l] & u32::from(seen.status[l] == status as u32);
            self.counts[0][l] += here[l];
            self.counts[1][l] += is(Status::Active);
            self.counts[2][l] += is(Status::Stranded);
            self.counts[3][l] += is(Status::Missing);
            self.counts[4][l] += here[l] & u32::from(seen.right[l]);
            self.counts[5][l] += met[l];
        }
        let mut columns = [seen.east, seen.north, [0.0; LANES]];
        let (mut x, mut y, mut lon, mut lat) = ([0.0; LANES], [0.0; LANES], [0.0; LANES], [0.0; LANES]);
        for l in 0..LANES {
            let released = here[l] != 0;
            columns[2][l] = (seen.east[l] * seen.east[l] + seen.north[l] * seen.north[l]).sqrt();
            x[l] = if released { seen.east[l] - from[0] } else { 0.0 };
            y[l] = if released { seen.north[l] - from[1] } else { 0.0 };
            lon[l] = if released { seen.lon[l] } else { 0.0 };
            lat[l] = if released { seen.lat[l] } else { 0.0 };
        }
        for k in 0..3 {
            for l in 0..LANES {
                let v = if here[l] != 0 { columns[k][l] } else { f32::NAN };
                columns[k][l] = v;
                // false for what is not a number
                self.low[k][l] = if v < self.low[k][l] { v } else { self.low[k][l] };
                self.high[k][l] = if v > self.high[k][l] { v } else { self.high[k][l] };
            }
        }
        for (k, v) in [lon, lat, x, y].iter().enumerate() {
            for l in 0..LANES {
                self.sums[k][l] += f64::from(v[l]);
            }
        }
        for (k, (v, w)) in [(&x, &x), (&x, &y), (&y, &y)].into_iter().enumerate() {
            for l in 0..LANES {
                self.sums[4 + k][l] += f64::from(v[l]) * f64::from(w[l]);
            }
        }
        for (k, f) in forcing.iter().enumerate() {
            for l in 0..LANES {
                self.sums[7 + k][l] += f64::from(if met[l] != 0 { f[l] } else { 0.0 });
            }
        }
        columns
    }
}

impl Observer for Summary {
    fn see(&mut self, now: &Snapshot<'_>) {
        for column in &mut self.columns {
            column.resize(now.number(), f32::NAN);
        }
        let from = now.east_north_m(0);
        let length = PIECE * LANES;
        let [east, north, distance] = &mut self.columns;
        let columns = east.chunks_mut(length).zip(north.chunks_mut(length)).zip(distance.chunks_mut(length));
        // pieces of one length whatever the threads, joined in their order: the same bits
        let parts = pieces::each(now.threads(), columns.enumerate(), |(piece, ((east, north), distance))| {
            let mut sums = Sums::NONE;
            let packs = east.chunks_mut(LANES).zip(north.chunks_mut(LANES)).zip(distance.chunks_mut(LANES));
            for (k, ((east, north), distance)) in packs.enumerate() {
                let columns = simd::add(now.path(), &mut sums, now, piece * PIECE + k, from);
                for (to, column) in [east, north, distance].into_iter().zip(&columns) {
                    to.copy_from_slice(&column[..to.len()]);
                }
            }
            sums
        });
        let sums = parts.iter().fold(Sums::NONE, Sums::join);
        let [n, active, stranded, missing, right, met] =
            sums.counts.map(|c| c.iter().map(|c| *c as usize).sum::<usize>());
        let (low, high) = (
            sums.low.map(|v| v.into_iter().fold(f32::MAX, f32::min)),
            sums.high.map(|v| v.into_iter().fold(f32::MIN, f32::max)),
        );
        let [lon, lat, x, y, xx, xy, yy, forcing @ ..] = sums.sums.map(|s| s.iter().sum::<f64>());
        let count = n as f64;
        let [lon, lat, x, y, xx, xy, yy] = [lon, lat, x, y, xx, xy, yy].map(|s| s / count);
        let unbiased = count / (count - 1.0).max(1.0);
        let reference = now.reference();
        let percentiles = |k: usize| percentiles(&self.columns[k], n, [low[k], high[k]], now.threads());
        let hour = Hour {
            hour: now.elapsed_s / 3600.0,
            time_ms: now.time_ms,
            n,
            mean_lon_lat_deg: [reference.lon_deg() + lon, reference.lat_deg() + lat],
            mean_east_north_m: [f64::from(from[0]) + x, f64::from(from[1]) + y],
            covariance_m2: [xx - x * x, xy - x * y, yy - y * y].map(|v| v * unbiased),
            east_m: percentiles(0),
            north_m: percentiles(1),
            distance_m: percentiles(2),
            share: [active, stranded, missing].map(|s| s as f64 / count),
            right: right as f64 / count,
            mean_forcing_m_s: forcing.map(|s| s / met as f64),
        };
        self.hours.push(hour);
    }
}
