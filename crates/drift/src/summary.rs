//! What a search needs of a cloud, on the fly: counts, means, covariance, percentiles and shares at every output time. A
//! million particles need no trajectory file.

use crate::run::Observer;
use crate::snapshot::Snapshot;
use crate::state::Status;
use plimsoll_core::tally::Sum;

/// Percentiles that are told.
pub const PERCENTILES: [f64; 7] = [1.0, 5.0, 25.0, 50.0, 75.0, 95.0, 99.0];

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

/// Collects an [`Hour`] at every output time. Holds three numbers a particle while it sorts.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// What was collected.
    pub hours: Vec<Hour>,
    east: Vec<i32>,
    north: Vec<i32>,
    distance: Vec<i32>,
}

impl Observer for Summary {
    fn see(&mut self, now: &Snapshot<'_>) {
        self.east.clear();
        self.north.clear();
        self.distance.clear();
        let mut sums = [Sum::default(); 2];
        let mut squares = [0_i128; 3];
        let mut first = [0_i64; 2];
        let (mut status, mut right) = ([0_usize; 3], 0_usize);
        let (mut forcing, mut met) = ([Sum::default(); 4], 0_usize);
        for i in 0..now.number() {
            let Some(p) = now.particle(i) else { continue };
            let [e, n] = p.east_north_m.map(|v| millimetres(f64::from(v)));
            let (fe, fn_) = (f64::from(p.east_north_m[0]), f64::from(p.east_north_m[1]));
            self.east.push(e);
            self.north.push(n);
            self.distance.push(millimetres((fe * fe + fn_ * fn_).sqrt()));
            let (e, n) = (i64::from(e), i64::from(n));
            first = [first[0] + e, first[1] + n];
            squares[0] += i128::from(e * e);
            squares[1] += i128::from(e * n);
            squares[2] += i128::from(n * n);
            for k in 0..2 {
                sums[k].add(f64::from(p.lon_lat_deg[k]));
            }
            right += usize::from(p.right);
            status[match p.status {
                Status::Active | Status::Waiting => 0,
                Status::Stranded => 1,
                Status::Missing => 2,
            }] += 1;
            if p.status == Status::Active {
                let f = now.forcing(i);
                if f.iter().all(|v| v.is_finite()) {
                    met += 1;
                    for k in 0..4 {
                        forcing[k].add(f64::from(f[k]));
                    }
                }
            }
        }
        let n = self.east.len();
        let count = n as f64;
        let mean = first.map(|v| v as f64 / count);
        let product = |k: usize, a: f64, b: f64| (squares[k] as f64 - count * a * b) / (count - 1.0).max(1.0) * 1e-6;
        let reference = now.reference();
        let [lon, lat] = sums.map(|s| s.value() / count);
        self.hours.push(Hour {
            hour: now.elapsed_s / 3600.0,
            time_ms: now.time_ms,
            n,
            mean_lon_lat_deg: [reference.lon_deg() + lon, reference.lat_deg() + lat],
            mean_east_north_m: mean.map(|v| v * 1e-3),
            covariance_m2: [product(0, mean[0], mean[0]), product(1, mean[0], mean[1]), product(2, mean[1], mean[1])],
            east_m: percentiles(&mut self.east),
            north_m: percentiles(&mut self.north),
            distance_m: percentiles(&mut self.distance),
            share: status.map(|s| s as f64 / count),
            right: right as f64 / count,
            mean_forcing_m_s: forcing.map(|s| s.value() / met as f64),
        });
    }
}

/// Whole millimetres, so that sums are exact.
fn millimetres(metres: f64) -> i32 {
    (metres * 1000.0).round() as i32
}

/// Percentiles in m of millimetres, linear between neighbours as NumPy's default has it. Reorders `values`.
fn percentiles(values: &mut [i32]) -> [f64; 7] {
    if values.is_empty() {
        return [f64::NAN; 7];
    }
    let last = (values.len() - 1) as f64;
    let mut from = 0;
    PERCENTILES.map(|p| {
        let at = p / 100.0 * last;
        let k = at.floor() as usize;
        // what is below is in place already
        let (_, low, above) = values[from..].select_nth_unstable(k - from);
        let low = f64::from(*low);
        let high = above.iter().min().map_or(low, |v| f64::from(*v));
        from = k;
        (low + (at - k as f64) * (high - low)) * 1e-3
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_as_numpy() {
        // numpy.percentile([7, 1, 3, 9, 4, 2], [1, 5, 25, 50, 75, 95, 99])
        let mut v = [7000, 1000, 3000, 9000, 4000, 2000];
        let want = [1.05, 1.25, 2.25, 3.5, 6.25, 8.5, 8.9];
        for (got, want) in percentiles(&mut v).iter().zip(want) {
            assert!((got - want).abs() < 1e-9, "{got} {want}");
        }
        assert_eq!(percentiles(&mut [5000]), [5.0; 7]);
        assert!(percentiles(&mut [])[0].is_nan());
    }
}
