//! The tiles that the program carries against `roaring-landmask`, which OpenDrift uses and which holds the same polygons from another
//! file (shapefiles, corners in full precision), and against the two polygon sets of `data/coastline-dover`.
//!
//! Only test 3 of the evidence is asserted: away from the shore by 200 m, at most one point in ten thousand may differ. The other counts
//! are printed: they say how far apart polygon sets are, not which is right.
#![allow(clippy::print_stdout, reason = "the counts are what these tests are for")]

use plimsoll_core::earth::LonLat;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_core::testkit;
use plimsoll_sea::coast::{Nearness, embedded};
use std::fmt::Write as _;

/// Distance from the shore beyond which sets must agree, m.
const AWAY_M: f64 = 200.0;

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

fn land(p: LonLat) -> bool {
    embedded().is_land(p).expect("within the tiles")
}

fn is_away(p: LonLat) -> bool {
    !matches!(embedded().nearest(p, AWAY_M), Nearness::At { .. })
}

/// Points within west, south, east and north: half anywhere, half near the shore, where sets can differ.
fn points(n: u64, [w, s, e, n_deg]: [f64; 4], seed: u64) -> Vec<LonLat> {
    let stream = Stream::new(seed);
    let u = |i, k| stream.uniform(i, k, Purpose::Test, 0);
    let shore: Vec<LonLat> = embedded().outlines([w, s, e, n_deg], 0.0).into_iter().flatten().collect();
    (0..n)
        .map(|i| {
            let (x, y) = (u(i, 0), u(i, 1));
            if i % 2 == 0 {
                return at(w + x * (e - w), s + y * (n_deg - s));
            }
            let corner = shore[(u(i, 2) * shore.len() as f64) as usize];
            let near = |deg: f64, share: f64| deg + 0.02 * (share - 0.5);
            at(near(corner.lon_deg(), x).clamp(w, e - 1e-9), near(corner.lat_deg(), y).clamp(s, n_deg - 1e-9))
        })
        .collect()
}

/// Counts of points asked, and of disagreements: all, and away from the shore.
fn compare(name: &str, points: &[LonLat], theirs: &[bool]) -> (usize, usize, usize) {
    assert_eq!(points.len(), theirs.len());
    let differ: Vec<LonLat> =
        points.iter().zip(theirs).filter(|&(p, &other)| land(*p) != other).map(|(p, _)| *p).collect();
    let away = points.iter().filter(|p| is_away(**p)).count();
    let differ_away: Vec<LonLat> = differ.iter().copied().filter(|p| is_away(*p)).collect();
    println!(
        "{name}: {} of {} points differ ({:.4} %); away from the shore by {AWAY_M} m {} of {away}",
        differ.len(),
        points.len(),
        100.0 * differ.len() as f64 / points.len() as f64,
        differ_away.len()
    );
    for p in differ_away.iter().take(10) {
        println!("  {} {}", p.decimal(), if land(*p) { "land here" } else { "land there" });
    }
    (differ.len(), differ_away.len(), away)
}

#[test]
fn agrees_with_roaring_landmask_away_from_the_shore() {
    let points = points(400_000, [-9.0, 47.0, 9.0, 58.0], 31);
    let mut input = String::new();
    for p in &points {
        writeln!(input, "{:?} {:?}", p.lon_deg(), p.lat_deg()).unwrap();
    }
    let Some(output) = testkit::run_python(include_str!("coast_oracle.py"), &input) else { return };
    let theirs: Vec<bool> = output.trim().bytes().map(|b| b == b'1').collect();
    let (differ, differ_away, away) = compare("roaring-landmask, GSHHG", &points, &theirs);
    assert!(away > 200_000, "{away}");
    assert!(differ_away * 10_000 <= away, "{differ_away} of {away}");
    // The sets are the same: what differs lies within their rounding of the shore.
    assert!(differ * 200 <= points.len(), "{differ}");
}

/// The six places of `data/coastline-dover/README.md`.
#[test]
fn places_whose_state_everybody_knows() {
    for (name, lat, lon, expected) in [
        ("Dover castle", 51.1296, 1.3215, true),
        ("Calais", 50.948, 1.853, true),
        ("Dungeness", 50.919, 0.965, true),
        ("mid-strait", 51.0, 1.5, false),
        ("Sandettie", 51.15, 1.8, false),
        ("Goodwin Sands", 51.26, 1.52, false),
    ] {
        assert_eq!(land(at(lon, lat)), expected, "{name}");
    }
}

/// Information: how far two polygon sets are from ours and so from each other.
#[test]
fn the_polygons_of_the_strait_differ_little() {
    let window = [-0.2, 50.1, 3.3, 51.9];
    let points = points(20_000, window, 32);
    for (name, limit) in [("gshhg", 0.001), ("osm", 0.2)] {
        let Some(file) = testkit::shared(&format!("data/coastline-dover/land_{name}_dover_strait.geojson")) else {
            return;
        };
        let rings = rings(&std::fs::read_to_string(file).unwrap());
        assert!(rings.len() > 20, "{}", rings.len());
        let theirs: Vec<bool> = points.iter().map(|p| rings.iter().filter(|r| r.holds(*p)).count() % 2 == 1).collect();
        let (differ, ..) = compare(&format!("coastline-dover, {name}"), &points, &theirs);
        assert!(differ as f64 <= limit * points.len() as f64);
        // Every other point lies anywhere: the share by which the README of the polygons says that they differ.
        let pick = |all: &[bool]| all.iter().copied().step_by(2).collect::<Vec<_>>();
        let anywhere: Vec<LonLat> = points.iter().copied().step_by(2).collect();
        compare(&format!("coastline-dover, {name}, points anywhere"), &anywhere, &pick(&theirs));
    }
}

/// A ring of corners and the rectangle around it.
struct Ring {
    corners: Vec<[f64; 2]>,
    low: [f64; 2],
    high: [f64; 2],
}

impl Ring {
    fn holds(&self, p: LonLat) -> bool {
        let (x, y) = (p.lon_deg(), p.lat_deg());
        let beside = x < self.low[0] || x > self.high[0] || y < self.low[1] || y > self.high[1];
        !beside
            && self
                .corners
                .windows(2)
                .filter(|w| {
                    let ([ax, ay], [bx, by]) = (w[0], w[1]);
                    (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)
                })
                .count()
                % 2
                == 1
    }
}

/// The rings of a GeoJSON file of polygons: every innermost list of positions, whose holes count as rings, too.
fn rings(text: &str) -> Vec<Ring> {
    text.split("[[")
        .skip(1)
        .filter_map(|part| {
            let list = part.trim_start_matches('[').split("]]").next()?;
            let corners: Vec<[f64; 2]> = list
                .split(']')
                .filter_map(|pair| {
                    let mut numbers = pair.trim_matches(|c: char| "[, \n".contains(c)).split(',').map(str::trim);
                    Some([numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?])
                })
                .collect();
            let fold = |axis: usize, f: fn(f64, f64) -> f64, start: f64| corners.iter().map(|c| c[axis]).fold(start, f);
            let (inf, low, high) = (f64::INFINITY, f64::min as fn(f64, f64) -> f64, f64::max as fn(f64, f64) -> f64);
            (corners.len() > 3).then(|| Ring {
                low: [fold(0, low, inf), fold(1, low, inf)],
                high: [fold(0, high, -inf), fold(1, high, -inf)],
                corners: corners.clone(),
            })
        })
        .collect()
}
