//! What a search needs of a cloud, on the fly: counts, means, covariance, percentiles and shares at every output time. A
//! million particles need no trajectory file.

pub use crate::percentiles::PERCENTILES;
use crate::percentiles::percentiles;
use crate::pieces::{self, PIECE};
use crate::run::Observer;
use crate::snapshot::Snapshot;
use crate::state::{LANES, Status};

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

/// What is added up over some particles.
#[derive(Clone, Copy)]
struct Sums {
    n: usize,
    /// Drifting, stranded, without data.
    status: [usize; 3],
    right: usize,
    /// Degrees east and north, metres east and north of the first particle, and their products: east-east, east-north, north-north.
    place: [f64; 7],
    /// Particles that meet a current and a wind, and the sums of these.
    met: usize,
    forcing: [f64; 4],
    /// Least and greatest of each column.
    low: [f32; 3],
    high: [f32; 3],
}

impl Sums {
    const NONE: Self = Self {
        n: 0,
        status: [0; 3],
        right: 0,
        place: [0.0; 7],
        met: 0,
        forcing: [0.0; 4],
        low: [f32::MAX; 3],
        high: [f32::MIN; 3],
    };

    fn join(mut self, other: &Self) -> Self {
        self.n += other.n;
        self.right += other.right;
        self.met += other.met;
        for k in 0..3 {
            self.status[k] += other.status[k];
            self.low[k] = self.low[k].min(other.low[k]);
            self.high[k] = self.high[k].max(other.high[k]);
        }
        for k in 0..7 {
            self.place[k] += other.place[k];
        }
        for k in 0..4 {
            self.forcing[k] += other.forcing[k];
        }
        self
    }

    /// Adds particle `i`; `from` is what products are taken about.
    #[inline]
    fn add(&mut self, now: &Snapshot<'_>, i: usize, from: [f32; 2]) -> [f32; 3] {
        let Some(p) = now.particle(i) else { return [f32::NAN; 3] };
        let [e, n] = p.east_north_m;
        let column = [e, n, (e * e + n * n).sqrt()];
        self.n += 1;
        for k in 0..3 {
            self.low[k] = self.low[k].min(column[k]);
            self.high[k] = self.high[k].max(column[k]);
        }
        let [x, y] = [f64::from(e - from[0]), f64::from(n - from[1])];
        let [lon, lat] = p.lon_lat_deg.map(f64::from);
        for (sum, v) in self.place.iter_mut().zip([lon, lat, x, y, x * x, x * y, y * y]) {
            *sum += v;
        }
        self.right += usize::from(p.right);
        self.status[match p.status {
            Status::Active | Status::Waiting => 0,
            Status::Stranded => 1,
            Status::Missing => 2,
        }] += 1;
        if p.status == Status::Active {
            let f = now.forcing(i);
            if f.iter().all(|v| v.is_finite()) {
                self.met += 1;
                for k in 0..4 {
                    self.forcing[k] += f64::from(f[k]);
                }
            }
        }
        column
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
            for i in 0..east.len() {
                [east[i], north[i], distance[i]] = sums.add(now, piece * length + i, from);
            }
            sums
        });
        let sums = parts.iter().fold(Sums::NONE, Sums::join);
        let count = sums.n as f64;
        let [lon, lat, x, y, xx, xy, yy] = sums.place.map(|s| s / count);
        let unbiased = count / (count - 1.0).max(1.0);
        let reference = now.reference();
        let percentiles = |k: usize| percentiles(&self.columns[k], sums.n, [sums.low[k], sums.high[k]], now.threads());
        let hour = Hour {
            hour: now.elapsed_s / 3600.0,
            time_ms: now.time_ms,
            n: sums.n,
            mean_lon_lat_deg: [reference.lon_deg() + lon, reference.lat_deg() + lat],
            mean_east_north_m: [f64::from(from[0]) + x, f64::from(from[1]) + y],
            covariance_m2: [xx - x * x, xy - x * y, yy - y * y].map(|v| v * unbiased),
            east_m: percentiles(0),
            north_m: percentiles(1),
            distance_m: percentiles(2),
            share: sums.status.map(|s| s as f64 / count),
            right: sums.right as f64 / count,
            mean_forcing_m_s: sums.forcing.map(|s| s / sums.met as f64),
        };
        self.hours.push(hour);
    }
}
