//! Outlines of land, for maps.

use super::format::Coast;
use super::lattice::{At, UNIT, UNITS};
use plimsoll_core::earth::{LocalPlane, LonLat};
use std::collections::BTreeMap;

/// A corner in units from Greenwich and the equator.
type Corner = [i64; 2];

impl Coast {
    /// Land within a window of west, south, east and north in degrees, as rings of corners; the last corner of each joins the first.
    ///
    /// Drawn with the even-odd rule the rings are the land. They reach to the whole degrees around the window, as far as there are tiles:
    /// whoever draws them cuts them at the window. No line is moved by more than `tolerance_m`, measured on the plane at
    /// the middle of the window; islands of less than that vanish. For drawing only: rings may touch where land is thinner.
    #[must_use]
    pub fn outlines(&self, window_deg: [f64; 4], tolerance_m: f64) -> Vec<Vec<LonLat>> {
        let [west, south, east, north] = self.region().bounds_deg();
        let clamp = |deg: f64, low: i16, high: i16| (deg.clamp(f64::from(low), f64::from(high))) as i16;
        let (w, e) = (clamp(window_deg[0].floor(), west, east), clamp(window_deg[2].ceil(), west, east));
        let (s, n) = (clamp(window_deg[1].floor(), south, north), clamp(window_deg[3].ceil(), south, north));
        if w >= e || s >= n {
            return vec![];
        }
        let middle = LonLat::new(f64::from(w + e) / 2.0, f64::from(s + n) / 2.0);
        let Some(to_m) = middle.ok().map(unit_m) else { return vec![] };
        let mut pieces = self.pieces([w, s, e, n]);
        let mut rings: Vec<Vec<Corner>> = Vec::new();
        pieces.retain_mut(|p| {
            let closed = p.first() == p.last();
            if closed {
                rings.push(std::mem::take(p));
            }
            !closed
        });
        rings.extend(joined(pieces));
        let place = |v: Corner| {
            let [x, y] = v.map(|u| u as f64 / UNITS as f64);
            LonLat::new(x, y).ok()
        };
        rings
            .iter()
            .map(|ring| simplified(ring, to_m, tolerance_m))
            .filter(|ring| ring.len() > 2)
            .map(|ring| ring.into_iter().filter_map(place).collect())
            .collect()
    }

    /// Chains of the bins of a rectangle, and the stretches of its border that are land.
    fn pieces(&self, [w, s, e, n]: [i16; 4]) -> Vec<Vec<Corner>> {
        let [west, south, ..] = self.region().bounds_deg();
        let wide = self.region().bins()[0];
        let [left, bottom, right, top] = [w, s, e, n].map(|deg| i64::from(deg) * UNITS);
        let mut pieces: Vec<Vec<Corner>> = Vec::new();
        // Places along the border, counted from its south-west corner against the clock.
        let (width, height) = (right - left, top - bottom);
        let along = |[x, y]: Corner| {
            if y == bottom {
                Some(x - left)
            } else if x == right {
                Some(width + y - bottom)
            } else if y == top {
                Some(width + height + right - x)
            } else if x == left {
                Some(2 * width + height + top - y)
            } else {
                None
            }
        };
        let mut flips: Vec<(i64, Corner)> = Vec::new();
        for lat in s..n {
            for lon in w..e {
                let bin = (lat - south) as usize * wide + (lon - west) as usize;
                let origin = [lon, lat].map(|deg| i64::from(deg) * UNITS);
                for chain in self.chains(bin) {
                    let corners: Vec<Corner> =
                        chain.units().map(|[x, y]| [origin[0] + i64::from(x), origin[1] + i64::from(y)]).collect();
                    if corners.first() != corners.last() {
                        let ends = [corners[0], corners[corners.len() - 1]];
                        flips.extend(ends.into_iter().filter_map(|v| along(v).map(|at| (at, v))));
                    }
                    pieces.push(corners);
                }
            }
        }
        // No shore passes through a corner of a bin, so the place next to it is as it is.
        let mut land = self.is_land_at(At { x: left * UNIT + 1, y: bottom * UNIT + 1 }).unwrap_or_default();
        flips.sort_unstable();
        let corners = [[right, bottom], [right, top], [left, top], [left, bottom]];
        let turns = corners
            .map(|v| if v == [left, bottom] { (2 * (width + height), v) } else { (along(v).unwrap_or_default(), v) });
        let mut stops: Vec<(i64, bool, Corner)> = flips.into_iter().map(|(at, v)| (at, true, v)).collect();
        stops.extend(turns.map(|(at, v)| (at, false, v)));
        stops.sort_unstable();
        let mut run = vec![[left, bottom]];
        for (_, flip, v) in stops {
            if land {
                run.push(v);
                if flip {
                    pieces.push(std::mem::take(&mut run));
                }
            }
            if flip {
                land = !land;
                run = vec![v];
            } else if !land {
                run = vec![v];
            }
        }
        if land {
            pieces.push(run);
        }
        pieces
    }
}

/// Metres of a unit, east and north.
fn unit_m(middle: LonLat) -> [f64; 2] {
    let off = |deg: f64| if deg > 0.0 { deg - 1.0 } else { deg + 1.0 };
    let other = LonLat::new(off(middle.lon_deg()), off(middle.lat_deg())).unwrap_or(middle);
    LocalPlane::at(middle).east_north_m(other).map(|m| m.abs() / UNITS as f64)
}

/// Joins pieces at their ends into rings. A piece that finds no other is left as it is.
fn joined(mut pieces: Vec<Vec<Corner>>) -> Vec<Vec<Corner>> {
    let mut ends: BTreeMap<Corner, Vec<usize>> = BTreeMap::new();
    for (i, piece) in pieces.iter().enumerate() {
        for v in [piece.first(), piece.last()].into_iter().flatten() {
            ends.entry(*v).or_default().push(i);
        }
    }
    let mut rings = Vec::new();
    for i in 0..pieces.len() {
        let mut ring = std::mem::take(&mut pieces[i]);
        if ring.is_empty() {
            continue;
        }
        while ring.first() != ring.last() {
            let Some(&end) = ring.last() else { break };
            let next = ends.get(&end).into_iter().flatten().copied().find(|&k| !pieces[k].is_empty());
            let Some(next) = next else { break };
            let mut piece = std::mem::take(&mut pieces[next]);
            if piece.first() != Some(&end) {
                piece.reverse();
            }
            ring.extend(piece.into_iter().skip(1));
        }
        rings.push(ring);
    }
    rings
}

/// A closed ring with fewer corners (Douglas and Peucker 1973, Cartographica 10(2):112-122), without the repeated last corner.
fn simplified(ring: &[Corner], to_m: [f64; 2], tolerance_m: f64) -> Vec<Corner> {
    let at = |i: usize| [(ring[i][0] - ring[0][0]) as f64 * to_m[0], (ring[i][1] - ring[0][1]) as f64 * to_m[1]];
    let last = ring.len() - 1;
    let far2 = |[x, y]: [f64; 2]| x * x + y * y;
    // A ring is two lines: to the corner farthest from its first, and back.
    let Some(opposite) = (0..last).max_by(|&a, &b| far2(at(a)).total_cmp(&far2(at(b)))) else { return vec![] };
    if far2(at(opposite)) <= tolerance_m * tolerance_m {
        return vec![];
    }
    let mut kept = vec![false; ring.len()];
    (kept[0], kept[opposite]) = (true, true);
    let mut open = vec![(0, opposite), (opposite, last)];
    while let Some((a, b)) = open.pop() {
        let (p, q) = (at(a), at(b));
        let d = [q[0] - p[0], q[1] - p[1]];
        let off2 = |i: usize| {
            let g = [at(i)[0] - p[0], at(i)[1] - p[1]];
            let t = if far2(d) > 0.0 { ((g[0] * d[0] + g[1] * d[1]) / far2(d)).clamp(0.0, 1.0) } else { 0.0 };
            far2([g[0] - t * d[0], g[1] - t * d[1]])
        };
        let Some(worst) = (a + 1..b).max_by(|&i, &j| off2(i).total_cmp(&off2(j))) else { continue };
        if off2(worst) > tolerance_m * tolerance_m {
            kept[worst] = true;
            open.extend([(a, worst), (worst, b)]);
        }
    }
    (0..last).filter(|&i| kept[i]).map(|i| ring[i]).collect()
}
