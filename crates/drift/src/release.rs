//! Where and when particles enter the water. Each is a pure function of its number, so that any part of an ensemble can be
//! run by itself.

use plimsoll_core::belief::Belief;
use plimsoll_core::earth::{Course, LonLat, course, destination};
use plimsoll_core::maths::{asin, sin, sin_cos};
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_core::time::Utc;
use plimsoll_sea::grid::projection::metres_per_degree;
use std::f64::consts::TAU;
use thiserror::Error;

/// How particles lie about a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scatter {
    /// Normal, with this standard deviation east and north, m.
    Gaussian(f64),
    /// Even over a disc of this radius, m.
    Disc(f64),
}

impl Scatter {
    /// The same kind, another size.
    fn sized(self, size_m: f64) -> Self {
        match self {
            Self::Gaussian(_) => Self::Gaussian(size_m),
            Self::Disc(_) => Self::Disc(size_m),
        }
    }

    fn size_m(self) -> f64 {
        match self {
            Self::Gaussian(s) | Self::Disc(s) => s,
        }
    }
}

/// Where particles enter the water.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// About a point; a size of 0 is the point itself.
    Point(LonLat, Scatter),
    /// Evenly along the geodesic from one place to another, in the order of their numbers, with a scatter that grows or shrinks
    /// evenly on the way: a line, or a cone of uncertainty.
    Line {
        /// First end and its scatter.
        from: (LonLat, Scatter),
        /// Second end and the size of its scatter, m.
        to: (LonLat, f64),
    },
    /// Even over an area, corner by corner, not across the date line.
    Polygon(Vec<LonLat>),
    /// About places of a list, which share the particles in the order of their numbers.
    Each(Vec<LonLat>, Scatter),
}

/// When particles enter the water.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// All at once.
    At(Utc),
    /// Evenly from the first instant to the second, in the order of their numbers.
    Span(Utc, Utc),
    /// At an instant that is not known: seconds after this one, each particle at its own quantile of the belief. Neighbours in
    /// number lie far apart in it, so that it goes with any place and any outer draw.
    Believed(Utc, Belief),
    /// At the times of a list, which share the particles in the order of their numbers.
    Each(Vec<Utc>),
}

/// A release.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// How many particles.
    pub number: usize,
    /// Where.
    pub place: Place,
    /// When.
    pub when: When,
}

/// A release that is none.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ReleaseError {
    /// Too few or too many particles.
    #[error("{0} particles: between 1 and 20,000,000 can be released")]
    Number(usize),
    /// A size that no scatter has.
    #[error("a radius of {0} m: between 0 and 500,000 m is possible")]
    Radius(f64),
    /// An area without an inside.
    #[error("an area needs at least 3 corners and an inside")]
    Polygon,
    /// A list without entries, or with more than there are particles.
    #[error("{given} places or times are listed for {number} particles")]
    List {
        /// Entries of the list.
        given: usize,
        /// Particles.
        number: usize,
    },
    /// A span that ends before it begins.
    #[error("the release ends ({to}) before it begins ({from})")]
    Span {
        /// Its beginning.
        from: Utc,
        /// Its end.
        to: Utc,
    },
}

impl Release {
    /// Checks that there is something to release.
    ///
    /// # Errors
    /// [`ReleaseError`]
    pub fn check(&self) -> Result<(), ReleaseError> {
        if !(1..=20_000_000).contains(&self.number) {
            return Err(ReleaseError::Number(self.number));
        }
        let size = |m: f64| if (0.0..=500_000.0).contains(&m) { Ok(()) } else { Err(ReleaseError::Radius(m)) };
        let list = |given: usize| {
            if (1..=self.number).contains(&given) {
                Ok(())
            } else {
                Err(ReleaseError::List { given, number: self.number })
            }
        };
        match &self.place {
            Place::Point(_, s) => size(s.size_m())?,
            Place::Line { from, to } => {
                size(from.1.size_m())?;
                size(to.1)?;
            }
            Place::Polygon(corners) => {
                if corners.len() < 3 || area(corners).abs() < 1e-12 {
                    return Err(ReleaseError::Polygon);
                }
            }
            Place::Each(places, scatter) => {
                size(scatter.size_m())?;
                list(places.len())?;
            }
        }
        match &self.when {
            When::At(_) => Ok(()),
            When::Span(from, to) if from > to => Err(ReleaseError::Span { from: *from, to: *to }),
            When::Span(..) | When::Believed(..) => Ok(()),
            When::Each(times) => list(times.len()),
        }
    }

    /// First and last instant of release.
    #[must_use]
    pub fn span(&self) -> (Utc, Utc) {
        match &self.when {
            When::At(t) => (*t, *t),
            When::Span(a, b) => (*a, *b),
            When::Believed(t, after) => {
                let (low, high) = after.range();
                (later(*t, low), later(*t, high))
            }
            When::Each(t) => {
                let (low, high) = (t.iter().min(), t.iter().max());
                (*low.unwrap_or(&t[0]), *high.unwrap_or(&t[0]))
            }
        }
    }

    /// A point about which the particles lie.
    #[must_use]
    pub fn centre(&self) -> LonLat {
        match &self.place {
            Place::Point(p, _) => *p,
            Place::Line { from, to } => along(from.0, to.0, 0.5),
            Place::Polygon(all) | Place::Each(all, _) => {
                let n = all.len() as f64;
                // about the first, so that a list across the date line has its centre there
                let lon = |p: &LonLat| turn(p.lon_deg() - all[0].lon_deg());
                let lon_deg = all[0].lon_deg() + all.iter().map(lon).sum::<f64>() / n;
                let lat_deg = all.iter().map(|p| p.lat_deg()).sum::<f64>() / n;
                LonLat::new(turn(lon_deg), lat_deg).unwrap_or(all[0])
            }
        }
    }

    /// When particle `i` enters the water, milliseconds since 1970.
    #[must_use]
    pub fn time_ms(&self, i: usize) -> f64 {
        match &self.when {
            When::At(t) => t.millis() as f64,
            When::Span(a, b) => {
                let share = if self.number > 1 { i as f64 / (self.number - 1) as f64 } else { 0.0 };
                a.millis() as f64 + share * (b.millis() - a.millis()) as f64
            }
            When::Believed(t, after) => {
                // multiples of the golden ratio fill (0, 1) evenly, any run of them and any stride
                let u = (i as f64 + 0.5) * GOLDEN;
                let (low, high) = after.range();
                t.millis() as f64 + 1000.0 * after.quantile(u - u.floor()).clamp(low, high)
            }
            When::Each(t) => t[self.entry(i, t.len())].millis() as f64,
        }
    }

    /// Which entry of a list of `count` particle `i` takes: blocks, so that each entry meets every outer draw.
    fn entry(&self, i: usize, count: usize) -> usize {
        (i as u128 * count as u128 / self.number as u128) as usize
    }

    /// Where particle `i` enters the water.
    #[must_use]
    pub fn place(&self, stream: &Stream, i: usize) -> LonLat {
        match &self.place {
            Place::Point(centre, scatter) => scattered(*centre, *scatter, stream, i),
            Place::Line { from, to } => {
                let share = (i + 1) as f64 / (self.number + 1) as f64;
                let size = from.1.size_m() + share * (to.1 - from.1.size_m());
                scattered(along(from.0, to.0, share), from.1.sized(size), stream, i)
            }
            Place::Polygon(corners) => within(corners, stream, i),
            Place::Each(places, scatter) => scattered(places[self.entry(i, places.len())], *scatter, stream, i),
        }
    }
}

/// The golden ratio less one.
const GOLDEN: f64 = 0.618_033_988_749_894_8;

fn later(time: Utc, seconds: f64) -> Utc {
    Utc::from_millis(time.millis() + (1000.0 * seconds).round() as i64).unwrap_or(time)
}

fn turn(deg: f64) -> f64 {
    deg - 360.0 * (deg / 360.0).round()
}

fn along(from: LonLat, to: LonLat, share: f64) -> LonLat {
    let way = course(from, to);
    destination(from, Course { distance_m: way.distance_m * share, bearing_deg: way.bearing_deg })
}

fn scattered(centre: LonLat, scatter: Scatter, stream: &Stream, i: usize) -> LonLat {
    if scatter.size_m() == 0.0 {
        return centre;
    }
    let [east, north] = match scatter {
        Scatter::Gaussian(sd) => [0, 1].map(|k| sd * stream.normal(i as u64, 0, Purpose::DriftPlace, k)),
        Scatter::Disc(radius) => {
            let [u, v] = stream.uniforms(i as u64, 0, Purpose::DriftPlace, 0);
            let (s, c) = sin_cos(TAU * v);
            [radius * u.sqrt() * s, radius * u.sqrt() * c]
        }
    };
    offset(centre, east, north)
}

/// The place `east` and `north` metres away: with the radii of curvature half-way, within a centimetre up to 20 km and beyond
/// that along the geodesic.
fn offset(from: LonLat, east: f64, north: f64) -> LonLat {
    let distance = (east * east + north * north).sqrt();
    if distance > 20_000.0 || from.lat_deg().abs() > 75.0 {
        let bearing_deg = plimsoll_core::maths::atan2(east, north).to_degrees();
        return destination(from, Course { distance_m: distance, bearing_deg });
    }
    let [_, m] = metres_per_degree(from.lat_deg());
    let [_, m] = metres_per_degree(from.lat_deg() + 0.5 * north / m);
    let lat = from.lat_deg() + north / m;
    let [e, _] = metres_per_degree(from.lat_deg() + 0.5 * north / m);
    LonLat::new(turn(from.lon_deg() + east / e), lat).unwrap_or(from)
}

/// Twice the signed area in degrees.
fn area(corners: &[LonLat]) -> f64 {
    let n = corners.len();
    let cross = |k: usize| {
        let (a, b) = (corners[k], corners[(k + 1) % n]);
        a.lon_deg() * b.lat_deg() - b.lon_deg() * a.lat_deg()
    };
    (0..n).map(cross).sum()
}

/// Even over the area: tried in the box around it, even in the sine of the latitude.
fn within(corners: &[LonLat], stream: &Stream, i: usize) -> LonLat {
    let fold = |f: fn(LonLat) -> f64| {
        corners.iter().map(|p| f(*p)).fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)))
    };
    let (lon, lat) = (fold(LonLat::lon_deg), fold(LonLat::lat_deg));
    let (low, high) = (sin(lat.0.to_radians()), sin(lat.1.to_radians()));
    for attempt in 0..100_000 {
        let [u, v] = stream.uniforms(i as u64, attempt, Purpose::DriftPlace, 0);
        let (x, y) = (lon.0 + u * (lon.1 - lon.0), asin(low + v * (high - low)).to_degrees());
        if contains(corners, x, y) {
            return LonLat::new(x, y).unwrap_or(corners[0]);
        }
    }
    corners[0]
}

/// Crossing rule.
fn contains(corners: &[LonLat], x: f64, y: f64) -> bool {
    let n = corners.len();
    let mut inside = false;
    for k in 0..n {
        let (a, b) = (corners[k], corners[(k + 1) % n]);
        if (a.lat_deg() > y) != (b.lat_deg() > y) {
            let share = (y - a.lat_deg()) / (b.lat_deg() - a.lat_deg());
            inside ^= x < a.lon_deg() + share * (b.lon_deg() - a.lon_deg());
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    fn time(text: &str) -> Utc {
        text.parse().unwrap()
    }

    fn release(place: Place) -> Release {
        Release { number: 20_000, place, when: When::At(time("2026-01-01T00:00:00Z")) }
    }

    #[test]
    fn moments_of_circles() {
        let centre = at(1.4, 50.9);
        for (scatter, sd) in [(Scatter::Gaussian(500.0), 500.0), (Scatter::Disc(5000.0), 2500.0)] {
            let r = release(Place::Point(centre, scatter));
            let s = Stream::new(1);
            let (mut ee, mut nn, mut en) = (0.0, 0.0, 0.0);
            for i in 0..r.number {
                let way = course(centre, r.place(&s, i));
                let (sb, cb) = sin_cos(way.bearing_deg.to_radians());
                let (e, n) = (way.distance_m * sb, way.distance_m * cb);
                (ee, nn, en) = (ee + e * e, nn + n * n, en + e * n);
            }
            let n = r.number as f64;
            assert!(((ee / n).sqrt() / sd - 1.0).abs() < 0.02 && ((nn / n).sqrt() / sd - 1.0).abs() < 0.02);
            assert!((en / n).abs() < 0.03 * sd * sd);
        }
    }

    #[test]
    fn offsets_are_geodesic() {
        for (e, n) in [(12_000.0, -9_000.0), (300.0, 400.0), (-19_000.0, 100.0), (30_000.0, 30_000.0)] {
            let from = at(4.2, 59.6);
            let way = course(from, offset(from, e, n));
            assert!((way.distance_m - (e * e + n * n).sqrt()).abs() < 0.05, "{e} {n}: {}", way.distance_m);
        }
    }

    #[test]
    fn lines_areas_and_times() {
        let (a, b) = (at(1.0, 50.0), at(2.0, 51.0));
        let r = release(Place::Line { from: (a, Scatter::Disc(0.0)), to: (b, 0.0) });
        let s = Stream::new(1);
        let whole = course(a, b).distance_m;
        for i in [0, 9_999, 19_999] {
            let d = course(a, r.place(&s, i)).distance_m;
            assert!((d / whole - (i + 1) as f64 / 20_001.0).abs() < 1e-6);
        }
        let corners = vec![at(1.0, 50.0), at(1.5, 50.0), at(1.25, 50.5)];
        let r = release(Place::Polygon(corners.clone()));
        let places: Vec<_> = (0..5000).map(|i| r.place(&s, i)).collect();
        assert!(places.iter().all(|p| contains(&corners, p.lon_deg(), p.lat_deg())));
        let mean = places.iter().map(|p| p.lat_deg()).sum::<f64>() / 5000.0;
        assert!((mean - 50.1667).abs() < 0.005, "{mean}");
        let (from, to) = (time("2026-01-01T00:00:00Z"), time("2026-01-01T06:00:00Z"));
        let r = Release { number: 3, place: Place::Point(a, Scatter::Disc(0.0)), when: When::Span(from, to) };
        assert_eq!(r.time_ms(1), 0.5 * (from.millis() + to.millis()) as f64);
    }

    #[test]
    fn a_list_shares_the_particles_and_a_believed_time_fills_its_belief() {
        let mut r = release(Place::Each(vec![at(1.0, 50.0), at(2.0, 51.0)], Scatter::Disc(0.0)));
        let (s, t0) = (Stream::new(1), time("2026-01-01T00:00:00Z"));
        assert!(r.place(&s, 9_999) == at(1.0, 50.0) && r.place(&s, 10_000) == at(2.0, 51.0));
        r.when = When::Believed(t0, Belief::Uniform { low: -600.0, high: 1200.0 });
        assert_eq!(r.span(), (time("2025-12-31T23:50:00Z"), time("2026-01-01T00:20:00Z")));
        let after = |i: usize| (r.time_ms(i) - t0.millis() as f64) / 1000.0;
        let mean = |step: usize| {
            let all: Vec<f64> = (0..r.number).step_by(step).map(after).collect();
            assert!(all.iter().all(|v| (-600.0..=1200.0).contains(v)));
            all.iter().sum::<f64>() / all.len() as f64
        };
        // as a whole, and within one outer draw
        assert!((mean(1) - 300.0).abs() < 1.0 && (mean(256) - 300.0).abs() < 30.0, "{} {}", mean(1), mean(256));
    }

    #[test]
    fn what_cannot_be_released_is_refused() {
        let mut r = release(Place::Point(at(1.0, 50.0), Scatter::Disc(-1.0)));
        assert!(matches!(r.check(), Err(ReleaseError::Radius(_))));
        r.place = Place::Polygon(vec![at(1.0, 50.0); 4]);
        assert_eq!(r.check(), Err(ReleaseError::Polygon));
        r.place = Place::Each(vec![], Scatter::Disc(0.0));
        assert!(matches!(r.check(), Err(ReleaseError::List { .. })));
        r.number = 0;
        assert!(matches!(r.check(), Err(ReleaseError::Number(0))));
    }
}
