//! From shorelines cut at whole degrees to tiles. Pure: corners in, bytes out.

use super::format::{EDGE_BITS, FAR, HEAD, LAND, MAGIC, MOST_CORNERS, MOST_EDGES, SUM, Shore, VERSION, checksum};
use super::lattice::{At, BIN_CELLS, CELLS, SUB, SUBS, Way, corner, odd_crossed};
use super::region::{Origin, Region, middle};
use std::ops::RangeInclusive;
use thiserror::Error;

/// The shoreline in one bin of a degree.
#[derive(Clone, Debug, Default)]
pub struct Bin {
    /// Whether its south-west corner is land.
    pub corner_is_land: bool,
    /// Lines that part land from sea, as corners in units of 1/65535 degree east and north of the south-west corner. Each begins and ends on
    /// a border of the bin, at a corner that the neighbour has, too, or is closed: its first corner is also its last.
    pub chains: Vec<Vec<[u16; 2]>>,
}

/// Why shorelines make no tiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BuildError {
    /// Not one bin for each degree.
    #[error("{found} bins for a region of {wanted}")]
    Bins {
        /// Bins given.
        found: usize,
        /// Bins of the region.
        wanted: usize,
    },
    /// A line that ends in the middle of nowhere.
    #[error("a shoreline in the bin at {0} east, {1} north neither closes nor ends on a border of the bin")]
    Open(i16, i16),
    /// A line through the corner of a bin, where four bins would have to agree.
    #[error("a shoreline passes through the corner of the bin at {0} east, {1} north")]
    Corner(i16, i16),
    /// Lines that do not go on next door, or land beside sea without a shore between.
    #[error("the shorelines on the border of the bin at {0} east, {1} north contradict each other")]
    Border(i16, i16),
    /// More than the tiles can number.
    #[error("more corners than one file of tiles can hold: build a smaller region")]
    TooMany,
}

/// Makes the tiles of a region from its bins, eastward, then northward. Calls `done` after each bin.
///
/// # Errors
/// [`BuildError`]; what is inconsistent is refused, not mended.
pub fn build(region: Region, origin: &Origin, bins: &[Bin], mut done: impl FnMut()) -> Result<Vec<u8>, BuildError> {
    let [wide, high] = region.bins();
    if bins.len() != wide * high {
        return Err(BuildError::Bins { found: bins.len(), wanted: wide * high });
    }
    check(region, bins)?;
    let mut file = File::default();
    for bin in bins {
        file.add(bin)?;
        done();
    }
    file.rows_and_distances(wide, high);
    file.bytes(region, origin)
}

/// Whether lines end where they may, and bins agree along their borders.
fn check(region: Region, bins: &[Bin]) -> Result<(), BuildError> {
    let wide = region.bins()[0];
    for (i, (bin, [w, s])) in bins.iter().zip(region.corners_deg()).enumerate() {
        for chain in &bin.chains {
            let on_border = |v: &[u16; 2]| v.iter().any(|&u| u == 0 || u == u16::MAX);
            let ends = [chain.first(), chain.last()];
            if chain.len() < 2 || (ends[0] != ends[1] && !ends.into_iter().flatten().all(on_border)) {
                return Err(BuildError::Open(w, s));
            }
            if chain.iter().any(|v| v.iter().all(|&u| u == 0 || u == u16::MAX)) {
                return Err(BuildError::Corner(w, s));
            }
        }
        let side = |bin: &Bin, axis: usize, at: u16| {
            let mut ends: Vec<u16> = bin
                .chains
                .iter()
                .flat_map(|c| [c.first(), c.last()])
                .flatten()
                .filter(|v| v[axis] == at)
                .map(|v| v[1 - axis])
                .collect();
            ends.sort_unstable();
            // Two that meet on the border, like an island that touches it, change nothing across it.
            ends.chunk_by(|a, b| a == b).filter(|same| same.len() % 2 == 1).map(|same| same[0]).collect::<Vec<u16>>()
        };
        let odd = |ends: &[u16]| ends.len() % 2 == 1;
        let east = (i % wide + 1 < wide).then(|| &bins[i + 1]);
        let north = bins.get(i + wide);
        let agree = east.is_none_or(|b| {
            side(bin, 0, u16::MAX) == side(b, 0, 0) && (bin.corner_is_land ^ b.corner_is_land) == odd(&side(bin, 1, 0))
        }) && north.is_none_or(|b| {
            side(bin, 1, u16::MAX) == side(b, 1, 0) && (bin.corner_is_land ^ b.corner_is_land) == odd(&side(bin, 0, 0))
        });
        if !agree {
            return Err(BuildError::Border(w, s));
        }
    }
    Ok(())
}

/// The parts of the file while it grows.
#[derive(Default)]
struct File {
    /// 0 with edges, 1 sea, [`LAND`] + 1 land; then with distances.
    classes: Vec<u8>,
    rows: Vec<(u32, u64)>,
    bins: Vec<u32>,
    chains: Vec<u32>,
    shores: Vec<Shore>,
    records: Vec<u32>,
    runs: Vec<u32>,
    corners: Vec<[u16; 2]>,
}

/// Sub-cells along a side of a bin.
const SIDE: usize = (CELLS * SUBS) as usize;

impl File {
    fn add(&mut self, bin: &Bin) -> Result<(), BuildError> {
        self.bins.push(self.chains.len() as u32);
        // Every edge by the sub-cells that it touches: sub-cell, first corner.
        let mut edges: Vec<(usize, usize)> = Vec::new();
        for chain in &bin.chains {
            let first = self.corners.len();
            self.chains.push(first as u32);
            self.corners.extend(chain);
            // A corner twice in a row is no edge.
            let mut kept = first;
            for i in first..self.corners.len() {
                if i == first || self.corners[i] != self.corners[kept - 1] {
                    self.corners[kept] = self.corners[i];
                    kept += 1;
                }
            }
            self.corners.truncate(kept);
            for a in first..kept - 1 {
                for_subs(self.corners[a], self.corners[a + 1], |sub| edges.push((sub, a)));
            }
        }
        edges.sort_unstable();
        let subs: Vec<&[(usize, usize)]> = edges.chunk_by(|a, b| a.0 == b.0).collect();
        let land = self.middles(bin.corner_is_land, &subs);
        let mut of_sub: Vec<Option<&[(usize, usize)]>> = vec![None; SIDE * SIDE];
        for edges in subs {
            of_sub[edges[0].0] = Some(edges);
        }
        for cell in 0..BIN_CELLS {
            let (column, row) = (cell % CELLS as usize, cell / CELLS as usize);
            let mut shore = Shore { first: self.records.len() as u32, edged: 0, land: 0 };
            for bit in 0..(SUBS * SUBS) as usize {
                let (c, r) = (bit % SUBS as usize, bit / SUBS as usize);
                let sub = (row * SUBS as usize + r) * SIDE + column * SUBS as usize + c;
                shore.land |= u64::from(land[sub]) << bit;
                if let Some(edges) = of_sub[sub] {
                    shore.edged |= 1 << bit;
                    self.record(edges);
                }
            }
            self.classes.push(match (shore.edged, land[row * SUBS as usize * SIDE + column * SUBS as usize]) {
                (0, false) => 1,
                (0, true) => LAND + 1,
                _ => 0,
            });
            if shore.edged != 0 {
                self.shores.push(shore);
            }
        }
        if self.corners.len().max(self.runs.len()) >= MOST_CORNERS {
            return Err(BuildError::TooMany);
        }
        Ok(())
    }

    /// The record of the edges of a sub-cell: stretches of chains.
    fn record(&mut self, edges: &[(usize, usize)]) {
        let runs: Vec<u32> = edges
            .chunk_by(|a, b| a.1 + 1 == b.1)
            .flat_map(|run| run.chunks(MOST_EDGES as usize))
            .map(|run| (run[0].1 as u32) << EDGE_BITS | run.len() as u32)
            .collect();
        if let [run] = runs[..] {
            self.records.push(run);
        } else {
            self.records.push((self.runs.len() as u32) << EDGE_BITS);
            self.runs.push(runs.len() as u32);
            self.runs.extend(runs);
        }
    }

    /// Whether the middles of the sub-cells of a bin are land: from its corner to the first, then from each to the next.
    fn middles(&self, corner_is_land: bool, subs: &[&[(usize, usize)]]) -> Vec<bool> {
        let mut land = vec![corner_is_land; SIDE * SIDE];
        if subs.is_empty() {
            return land;
        }
        let mut of_sub: Vec<&[(usize, usize)]> = vec![&[]; SIDE * SIDE];
        for edges in subs {
            of_sub[edges[0].0] = edges;
        }
        let place = |sub: usize| middle([(sub % SIDE) as i64, (sub / SIDE) as i64]);
        for sub in 0..SIDE * SIDE {
            let (from, before) = match sub {
                // No edge passes between the corner and the lattice place next to it: none has a corner there.
                0 => (At { x: 1, y: 1 }, None),
                c if c % SIDE == 0 => (place(c - SIDE), Some(c - SIDE)),
                c => (place(c - 1), Some(c - 1)),
            };
            let way = Way { p: from, q: place(sub) };
            let (here, there) = (of_sub[sub], before.map_or(&[][..], |b| of_sub[b]));
            let mut edges: Vec<usize> = here.iter().chain(there).map(|e| e.1).collect();
            edges.sort_unstable();
            edges.dedup();
            let crossed = |e: &&usize| odd_crossed(way, self.corners[**e..=**e + 1].iter().copied());
            let odd = edges.iter().filter(crossed).count() % 2 == 1;
            land[sub] = before.map_or(corner_is_land, |b| land[b]) ^ odd;
        }
        land
    }

    /// Counts cells with edges before each row, and writes distances into the classes.
    fn rows_and_distances(&mut self, wide: usize, high: usize) {
        let side = CELLS as usize;
        let mut shores = 0;
        for row in self.classes.chunks(side) {
            let edged = row.iter().enumerate().fold(0, |bits, (c, &class)| bits | u64::from(class == 0) << c);
            self.rows.push((shores, edged));
            shores += edged.count_ones();
        }
        self.bins.push(self.chains.len() as u32);
        // Distances in cells by a pass each way; what lies outside counts as shore.
        let (columns, rows) = (wide * side, high * side);
        let place = |c: usize, r: usize| ((r / side * wide + c / side) * side + r % side) * side + c % side;
        let near = |classes: &[u8], c: Option<usize>, r: Option<usize>| match (c, r) {
            (Some(c), Some(r)) if c < columns && r < rows => classes[place(c, r)] & !LAND,
            _ => 0,
        };
        for pass in 0..2 {
            for step in 0..rows * columns {
                let i = if pass == 0 { step } else { rows * columns - 1 - step };
                let (c, r) = (i % columns, i / columns);
                let at = place(c, r);
                if self.classes[at] == 0 {
                    continue;
                }
                let (back_c, on_c) = (c.checked_sub(1), Some(c + 1));
                let other_row = if pass == 0 { r.checked_sub(1) } else { Some(r + 1) };
                let beside = if pass == 0 { back_c } else { on_c };
                let least = [(beside, Some(r)), (back_c, other_row), (Some(c), other_row), (on_c, other_row)]
                    .into_iter()
                    .map(|(c, r)| near(&self.classes, c, r))
                    .min()
                    .unwrap_or_default();
                let mut distance = (least + 1).min(FAR);
                if pass == 1 {
                    distance = distance.min(self.classes[at] & !LAND);
                }
                self.classes[at] = self.classes[at] & LAND | distance;
            }
        }
    }

    fn bytes(self, region: Region, origin: &Origin) -> Result<Vec<u8>, BuildError> {
        let text = origin.to_text();
        let counts =
            [self.chains.len(), self.shores.len(), self.records.len(), self.runs.len(), self.corners.len(), text.len()];
        let mut out = Vec::with_capacity(HEAD + self.classes.len() + 4 * counts.iter().sum::<usize>());
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend(region.bounds_deg().into_iter().flat_map(i16::to_le_bytes));
        for count in counts {
            out.extend(u32::try_from(count).map_err(|_| BuildError::TooMany)?.to_le_bytes());
        }
        out.extend([0; 8]);
        out.extend(text.bytes());
        out.extend(&self.classes);
        for (before, edged) in self.rows {
            out.extend(before.to_le_bytes());
            out.extend(edged.to_le_bytes());
        }
        let numbers = |out: &mut Vec<u8>, part: &[u32]| out.extend(part.iter().flat_map(|n| n.to_le_bytes()));
        numbers(&mut out, &self.bins);
        numbers(&mut out, &self.chains);
        for shore in self.shores {
            out.extend(shore.first.to_le_bytes());
            out.extend(shore.edged.to_le_bytes());
            out.extend(shore.land.to_le_bytes());
        }
        numbers(&mut out, &self.records);
        numbers(&mut out, &self.runs);
        out.extend(self.corners.iter().flatten().flat_map(|u| u.to_le_bytes()));
        let sum = checksum([&out[..SUM], &out[HEAD..]]);
        out[SUM..HEAD].copy_from_slice(&sum.to_le_bytes());
        Ok(out)
    }
}

/// Calls `f` with every sub-cell of the bin that the edge from `a` to `b` touches, borders of sub-cells included.
fn for_subs(a: [u16; 2], b: [u16; 2], mut f: impl FnMut(usize)) {
    let (a, b) = (corner(a), corner(b));
    let (a, b) = if a.x <= b.x { (a, b) } else { (b, a) };
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    for column in touched(a.x, b.x, 1) {
        let (low, high) = ((column * SUB).max(a.x), ((column + 1) * SUB).min(b.x));
        // Heights where it enters and leaves the column, times `scale`.
        let scale = dx.max(1);
        let height = |x: i64| a.y * scale + dy * (x - a.x);
        let (one, two) = if dx == 0 { (a.y, b.y) } else { (height(low), height(high)) };
        for row in touched(one.min(two), one.max(two), scale) {
            f(row as usize * SIDE + column as usize);
        }
    }
}

/// Sub-cells that a stretch of scaled coordinates touches.
fn touched(low: i64, high: i64, scale: i64) -> RangeInclusive<i64> {
    let sub = SUB * scale;
    let first = (low + sub - 1).div_euclid(sub) - 1;
    first.max(0)..=high.div_euclid(sub).min(SIDE as i64 - 1)
}
