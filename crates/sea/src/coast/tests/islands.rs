//! Random polygons across borders of bins and cells, and answers from the polygons themselves.

use super::*;

/// Units of a degree, as in the files.
const UNITS: i64 = 65_535;

/// A corner in units from Greenwich and the equator.
type Corner = [i64; 2];

/// Polygons and the tiles made of them.
pub struct Islands {
    /// All edges, cut at borders of bins.
    edges: Vec<[Corner; 2]>,
    pub coast: Coast,
}

pub const REGION: [i16; 4] = [-2, 49, 2, 52];

impl Islands {
    /// `n` stars that may overlap; where an even number of them lies, there is a lake. Some corners lie on borders of cells and bins.
    pub fn random(seed: u64, n: usize) -> Self {
        let mut draw = Draw::new(seed);
        let stars: Vec<Vec<[f64; 2]>> = (0..n)
            .map(|_| {
                let centre = [draw.between(-1.7, 1.7), draw.between(49.3, 51.7)];
                let size = draw.between(-8.0, -1.5);
                let size = plimsoll_core::maths::exp(size);
                let corners = 3 + draw.below(60);
                let mut radius = size;
                (0..corners)
                    .map(|i| {
                        if draw.below(2) == 0 {
                            radius = size * draw.between(0.2, 1.0);
                        }
                        let angle = std::f64::consts::TAU * i as f64 / corners as f64;
                        let mut v = [centre[0] + radius * sin(angle), centre[1] + radius * cos(angle)];
                        if draw.below(8) == 0 {
                            // on a border of a cell
                            v[0] = (v[0] * 64.0).round() / 64.0;
                        }
                        v
                    })
                    .collect()
            })
            .collect();
        let region = Region::new(REGION[0], REGION[1], REGION[2], REGION[3]).unwrap();
        Self::of(region, &stars)
    }

    /// Rings of corners in degrees, the last joined to the first.
    pub fn of(region: Region, rings: &[Vec<[f64; 2]>]) -> Self {
        let mut edges: Vec<[Corner; 2]> = Vec::new();
        for ring in rings {
            let mut corners: Vec<Corner> = ring.iter().map(|v| v.map(|d| (d * UNITS as f64).round() as i64)).collect();
            for v in &mut corners {
                // none on a border of a bin: those are made below, for both sides alike
                for u in v.iter_mut() {
                    *u += i64::from(u.rem_euclid(UNITS) == 0);
                }
            }
            for i in 0..corners.len() {
                cut(corners[i], corners[(i + 1) % corners.len()], &mut edges);
            }
        }
        let bins: Vec<Bin> = region
            .corners_deg()
            .map(|[w, s]| {
                let [w, s] = [w, s].map(|d| i64::from(d) * UNITS);
                let inside = |v: Corner| v[0] >= w && v[0] <= w + UNITS && v[1] >= s && v[1] <= s + UNITS;
                let mut chains: Vec<Vec<[u16; 2]>> = Vec::new();
                for [a, b] in edges.iter().filter(|[a, b]| inside(*a) && inside(*b)) {
                    let [a, b] = [a, b].map(|v| [(v[0] - w) as u16, (v[1] - s) as u16]);
                    let on_border = |v: [u16; 2]| v.iter().any(|&u| u == 0 || u == u16::MAX);
                    match chains.last_mut() {
                        Some(chain) if chain.last() == Some(&a) && !on_border(a) && chain.first() != Some(&a) => {
                            chain.push(b)
                        }
                        _ => chains.push(vec![a, b]),
                    }
                }
                let corner_is_land = odd(&edges, At { x: w * 512 + 1, y: s * 512 + 1 });
                Bin { corner_is_land, chains: joined(chains) }
            })
            .collect();
        let bytes = build(region, &origin(), &bins, || {}).unwrap();
        Self { edges, coast: Coast::parse(bytes).unwrap() }
    }

    /// By the number of edges on the way to a place far outside.
    pub fn is_land(&self, place: LonLat) -> bool {
        odd(&self.edges, At::of(place))
    }

    /// How many edges the way crosses, in floating point: `None` where it passes a corner too closely for that.
    pub fn crossings(&self, from: LonLat, to: LonLat) -> Option<Vec<f64>> {
        let (p, q) = (At::of(from), At::of(to));
        let f = |v: Corner| [(v[0] * 512) as f64, (v[1] * 512) as f64];
        let (p, q) = ([p.x as f64, p.y as f64], [q.x as f64, q.y as f64]);
        let mut out = Vec::new();
        for [a, b] in &self.edges {
            let (a, b) = (f(*a), f(*b));
            let (d, e) = ([q[0] - p[0], q[1] - p[1]], [b[0] - a[0], b[1] - a[1]]);
            let cross = d[0] * e[1] - d[1] * e[0];
            let g = [a[0] - p[0], a[1] - p[1]];
            let (t, u) = ((g[0] * e[1] - g[1] * e[0]) / cross, (g[0] * d[1] - g[1] * d[0]) / cross);
            let close = |x: f64| x.abs() < 1e-9 || (x - 1.0).abs() < 1e-9;
            if cross == 0.0 || ((close(t) || close(u)) && (-0.1..1.1).contains(&t) && (-0.1..1.1).contains(&u)) {
                return None;
            }
            if (0.0..1.0).contains(&t) && (0.0..1.0).contains(&u) {
                out.push(t);
            }
        }
        out.sort_by(f64::total_cmp);
        Some(out)
    }
}

/// Whether a place lies within an odd number of rings: along its parallel, by whole numbers of another form than the tiles use.
fn odd(edges: &[[Corner; 2]], p: At) -> bool {
    let right = |[a, b]: &&[Corner; 2]| {
        let (a, b) = if a[1] < b[1] { (a, b) } else { (b, a) };
        let [ax, ay, bx, by] = [a[0] * 512, a[1] * 512, b[0] * 512, b[1] * 512];
        // The edge's longitude on that parallel against the place's; a place on it lies east.
        ay < p.y
            && p.y < by
            && i128::from(ax - p.x) * i128::from(by - ay) + i128::from(bx - ax) * i128::from(p.y - ay) > 0
    };
    edges.iter().filter(right).count() % 2 == 1
}

/// Cuts an edge at borders of bins; where it meets one it gets a corner in whole units.
fn cut(a: Corner, b: Corner, out: &mut Vec<[Corner; 2]>) {
    for axis in 0..2 {
        let (low, high) = (a[axis].min(b[axis]), a[axis].max(b[axis]));
        let border = (low.div_euclid(UNITS) + 1) * UNITS;
        if border < high && low < border {
            let share = (border - a[axis]) as f64 / (b[axis] - a[axis]) as f64;
            let mut v = [border; 2];
            let other = 1 - axis;
            v[other] = a[other] + ((b[other] - a[other]) as f64 * share).round() as i64;
            // never through the corner of a bin
            v[other] += i64::from(v[other].rem_euclid(UNITS) == 0);
            cut(a, v, out);
            cut(v, b, out);
            return;
        }
    }
    if a != b {
        out.push([a, b]);
    }
}

/// Joins pieces whose ends meet inside the bin into chains that close or end on borders.
fn joined(mut pieces: Vec<Vec<[u16; 2]>>) -> Vec<Vec<[u16; 2]>> {
    let on_border = |v: [u16; 2]| v.iter().any(|&u| u == 0 || u == u16::MAX);
    let mut out = Vec::new();
    while let Some(mut chain) = pieces.pop() {
        while chain.first() != chain.last() {
            let (first, last) = (chain[0], chain[chain.len() - 1]);
            if on_border(first) && on_border(last) {
                break;
            }
            let (end, at_start) = if on_border(last) { (first, true) } else { (last, false) };
            let i = pieces
                .iter()
                .position(|p| if at_start { p.last() == Some(&end) } else { p.first() == Some(&end) })
                .unwrap();
            let piece = pieces.swap_remove(i);
            if at_start {
                chain.splice(0..1, piece);
            } else {
                chain.extend(&piece[1..]);
            }
        }
        out.push(chain);
    }
    out
}

#[test]
fn points_agree_with_the_polygons() {
    let mut land = 0;
    for seed in 0..20 {
        let islands = Islands::random(seed, 40);
        let mut draw = Draw::new(1000 + seed);
        for _ in 0..2_000 {
            let p = at(draw.between(-2.0, 2.0), draw.between(49.0, 52.0));
            let expected = islands.is_land(p);
            assert_eq!(islands.coast.is_land(p), Some(expected), "seed {seed} {p:?}");
            land += u32::from(expected);
        }
        // Near corners and on them, where it is hard.
        for _ in 0..2_000 {
            let [a, _] = islands.edges[draw.below(islands.edges.len())];
            let [x, y] = a.map(|u| u as f64 / UNITS as f64);
            let reach = [0.0, 1e-8, 1e-6, 1e-4][draw.below(4)];
            let p = at(x + draw.between(-reach, reach), y + draw.between(-reach, reach));
            assert_eq!(islands.coast.is_land(p), Some(islands.is_land(p)), "seed {seed} {p:?}");
        }
    }
    assert!(land > 300, "{land}");
}

/// The promise: a million random tracks, of which none changes sides without a crossing or crosses without being told.
#[test]
fn a_million_tracks_never_end_on_the_wrong_side() {
    let (mut crossed, mut compared, mut changed) = (0_u32, 0_u32, 0_u32);
    for seed in 0..50 {
        let islands = Islands::random(100 + seed, 30);
        let coast = &islands.coast;
        let mut draw = Draw::new(2000 + seed);
        for i in 0..20_000 {
            // Half start near a corner, the others anywhere; from centimetres to tens of kilometres.
            let from = if i % 2 == 0 {
                let [a, _] = islands.edges[draw.below(islands.edges.len())];
                let near = 10.0 * plimsoll_core::maths::exp(draw.between(-20.0, -6.0));
                at(
                    a[0] as f64 / UNITS as f64 + draw.between(-near, near),
                    a[1] as f64 / UNITS as f64 + draw.between(-near, near),
                )
            } else {
                at(draw.between(-1.9, 1.9), draw.between(49.1, 51.9))
            };
            let length = plimsoll_core::maths::exp(draw.between(-16.0, -1.5));
            let angle = draw.between(0.0, std::f64::consts::TAU);
            let to = (from.lon_deg() + length * sin(angle), from.lat_deg() + length * cos(angle));
            let to = at(to.0.clamp(-1.99, 1.99), to.1.clamp(49.01, 51.99));
            let there = coast.first_crossing(from, to).unwrap();
            let home = coast.first_crossing(to, from).unwrap();
            let (from_land, to_land) = (coast.is_land(from).unwrap(), coast.is_land(to).unwrap());
            assert_eq!(there.is_some(), home.is_some(), "{from:?} {to:?}");
            assert!(from_land == to_land || there.is_some(), "seed {seed} track {i} {from:?} {to:?}");
            changed += u32::from(from_land != to_land);
            if let (Some(there), Some(home)) = (there, home) {
                crossed += 1;
                assert_eq!((there.from_land, there.to_land), (from_land, to_land));
                assert_eq!((home.from_land, home.to_land), (to_land, from_land));
                assert_eq!(coast.is_land(there.before), Some(from_land));
                assert!(there.fraction <= 1.0 - home.fraction + 1e-9, "{there:?} {home:?}");
                // Along the shore it may lie metres back, but never far from the shore.
                let near = coast.nearest(there.before, 1.0);
                assert!(matches!(near, Nearness::At { .. }), "{there:?} {near:?}");
            }
            if i % 20 != 0 {
                continue;
            }
            if let Some(all) = islands.crossings(from, to) {
                compared += 1;
                match (there, all.first()) {
                    (None, None) => {}
                    (Some(c), Some(first)) => assert!((c.fraction - first).abs() < 1e-7, "{c:?} {first}"),
                    (ours, theirs) => panic!("seed {seed} track {i} {from:?} {to:?}: {ours:?} {theirs:?}"),
                }
                assert_eq!(all.len() % 2 == 1, from_land != to_land);
            }
        }
    }
    assert!(crossed > 100_000 && changed > 50_000 && compared > 20_000, "{crossed} {changed} {compared}");
}

#[test]
fn distances_agree_with_the_polygons() {
    for seed in 0..5 {
        let islands = Islands::random(300 + seed, 8);
        let mut draw = Draw::new(3000 + seed);
        for _ in 0..300 {
            let p = at(draw.between(-2.0, 2.0), draw.between(49.0, 52.0));
            let plane = plimsoll_core::earth::LocalPlane::at(p);
            let least = islands
                .edges
                .iter()
                .map(|e| {
                    let [a, b] =
                        e.map(|v| plane.east_north_m(at(v[0] as f64 / UNITS as f64, v[1] as f64 / UNITS as f64)));
                    let d = [b[0] - a[0], b[1] - a[1]];
                    let t = (-(a[0] * d[0] + a[1] * d[1]) / (d[0] * d[0] + d[1] * d[1])).clamp(0.0, 1.0);
                    plimsoll_core::maths::hypot(a[0] + t * d[0], a[1] + t * d[1])
                })
                .fold(f64::INFINITY, f64::min);
            let border = [
                plane.east_north_m(at(-2.0, p.lat_deg()))[0].abs(),
                plane.east_north_m(at(2.0, p.lat_deg()))[0].abs(),
                plane.east_north_m(at(p.lon_deg(), 49.0))[1].abs(),
                plane.east_north_m(at(p.lon_deg(), 52.0))[1].abs(),
            ]
            .into_iter()
            .fold(f64::INFINITY, f64::min);
            for within in [200.0, 20_000.0, 500_000.0] {
                let expected = if least <= within && least <= border {
                    "at"
                } else if within <= border {
                    "beyond"
                } else {
                    "unknown"
                };
                match islands.coast.nearest(p, within) {
                    Nearness::At { distance_m: d, place } => {
                        assert!(expected == "at" && (d - least).abs() < 0.01, "{p:?} {d} {least}");
                        assert!((distance_m(p, place) / d - 1.0).abs() < 0.01 || d < 1.0);
                    }
                    Nearness::Beyond => assert_eq!(expected, "beyond", "{p:?} {least} {border}"),
                    Nearness::Unknown => assert_eq!(expected, "unknown", "{p:?} {least} {border}"),
                }
            }
            assert!(islands.coast.clear_m(p) <= least.min(border), "{p:?} {least} {border}");
        }
    }
}

/// Outlines without tolerance are the polygons; with it, they move no further than that.
#[test]
fn outlines_are_the_land() {
    let inside = |rings: &[Vec<LonLat>], p: LonLat| {
        let (x, y) = (p.lon_deg(), p.lat_deg());
        let odd = |ring: &Vec<LonLat>| {
            (0..ring.len())
                .filter(|&i| {
                    let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
                    (a.lat_deg() > y) != (b.lat_deg() > y)
                        && x < a.lon_deg()
                            + (y - a.lat_deg()) / (b.lat_deg() - a.lat_deg()) * (b.lon_deg() - a.lon_deg())
                })
                .count()
                % 2
                == 1
        };
        rings.iter().filter(|r| odd(r)).count() % 2 == 1
    };
    for seed in 0..10 {
        let islands = Islands::random(400 + seed, 40);
        let mut draw = Draw::new(4000 + seed);
        let window = [[-2.0, 49.0, 2.0, 52.0], [-0.5, 49.5, 0.5, 50.5], [-5.0, 51.0, 0.1, 60.0]][draw.below(3)];
        let (exact, rough) = (islands.coast.outlines(window, 0.0), islands.coast.outlines(window, 500.0));
        let corners = |rings: &[Vec<LonLat>]| rings.iter().map(Vec::len).sum::<usize>();
        assert!(corners(&rough) < corners(&exact));
        for _ in 0..2_000 {
            let [w, s, e, n] = window;
            let p = at(draw.between(w.max(-2.0), e.min(2.0)), draw.between(s, n.min(52.0)));
            let land = islands.is_land(p);
            assert_eq!(inside(&exact, p), land, "seed {seed} {window:?} {p:?}");
            if islands.coast.nearest(p, 510.0) == Nearness::Beyond {
                assert_eq!(inside(&rough, p), land, "seed {seed} {p:?}");
            }
        }
    }
    let land = [Bin { corner_is_land: true, chains: vec![] }];
    let coast = Coast::parse(build(Region::new(3, 50, 4, 51).unwrap(), &origin(), &land, || {}).unwrap()).unwrap();
    assert_eq!(
        coast.outlines([3.0, 50.0, 4.0, 51.0], 10.0),
        [[at(3.0, 50.0), at(4.0, 50.0), at(4.0, 51.0), at(3.0, 51.0)]]
    );
    assert!(coast.outlines([5.0, 50.0, 6.0, 51.0], 10.0).is_empty());
}
