//! The file of tiles: its layout, what is checked when it is read, and access to its parts.
//!
//! All numbers are little-endian. A head of 52 bytes (name, version, borders in degrees, counts of chains, cells with edges, sub-cells with
//! edges, runs, corners, bytes of text, checksum) and the text of the origin come first, then
//!
//! | part | of each | what |
//! | --- | --- | --- |
//! | classes | cell | 0 where edges pass; else 1 to 127 (sea) or 128 + that (land): that many cells lie between it and the nearest cell of another kind, counting that one, in rows, columns or askew |
//! | rows | row of a bin | `u32`: cells with edges before this row; `u64`: bit c is set where edges pass through cell c |
//! | bins | bin, and one more | `u32`: chains before this bin |
//! | chains | chain | `u32`: its first corner |
//! | shores | cell with edges | `u32`: sub-cells with edges before this cell; `u64`: through which of its 8 x 8 sub-cells edges pass; `u64`: in which the reference place, their middle, is land |
//! | records | sub-cell with edges | `u32`: bits 0 to 5 edges, bits 6 to 31 the first corner. No edges: bits 6 to 31 are a place in the runs |
//! | runs | | `u32`: a number of runs, then as many records |
//! | corners | | two `u16`: units east and north of the bin's south-west corner |
//!
//! Bins, cells and sub-cells go eastward, then northward. Chains that are closed hold their first corner twice.

use super::lattice::{At, BIN_CELLS, CELLS, Way, corner, odd_crossed};
use super::region::{Cell, Origin, Region, middle, sub_bit};
use plimsoll_core::earth::LonLat;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use thiserror::Error;

pub(super) const MAGIC: [u8; 8] = *b"PLMCOAST";
pub(super) const VERSION: u32 = 1;
/// Where in the head the checksum stands, at its end.
pub(super) const SUM: usize = 44;
/// Bytes of the head.
pub(super) const HEAD: usize = SUM + 8;
/// Bytes of a row.
pub(super) const ROW: usize = 12;
/// Bytes of a shore.
pub(super) const SHORE: usize = 20;
/// Class of the first land cell less one.
pub(super) const LAND: u8 = 128;
/// Largest distance of a class.
pub(super) const FAR: u8 = 127;
/// Largest number of edges in a record.
pub(super) const MOST_EDGES: u32 = 63;
/// Bits of a record for that.
pub(super) const EDGE_BITS: u32 = 6;
/// Corners and runs that a record can point to.
pub(super) const MOST_CORNERS: usize = 1 << (32 - EDGE_BITS);

/// Why bytes are no tiles.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TileError {
    /// Another kind of file.
    #[error("this is no file of coast tiles")]
    NotTiles,
    /// Of a later or an unknown form.
    #[error("coast tiles of version {0}; this program reads version {VERSION}")]
    Version(u32),
    /// Not as long as its head says.
    #[error("{found} bytes where its head promises {promised}: the file is cut or has grown")]
    Length {
        /// Bytes there are.
        found: usize,
        /// Bytes there should be.
        promised: u128,
    },
    /// Bytes have changed.
    #[error("its checksum does not fit: the file is damaged")]
    Checksum,
    /// A part contradicts another.
    #[error("its {part} contradict themselves at number {at}: the file is damaged")]
    Inconsistent {
        /// Which part.
        part: &'static str,
        /// Which number of it.
        at: usize,
    },
}

/// Where a part lies in the file.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    start: usize,
    count: usize,
}

/// Tiles of a region.
#[derive(Clone)]
pub struct Coast {
    bytes: Cow<'static, [u8]>,
    region: Region,
    origin: Origin,
    classes: Part,
    rows: Part,
    bins: Part,
    chains: Part,
    shores: Part,
    records: Part,
    runs: Part,
    corners: Part,
}

impl fmt::Debug for Coast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Coast").field("region", &self.region).field("origin", &self.origin).finish_non_exhaustive()
    }
}

#[inline]
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes[at..].first_chunk().map_or(0, |b| u32::from_le_bytes(*b))
}

#[inline]
fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes[at..].first_chunk().map_or(0, |b| u64::from_le_bytes(*b))
}

/// First corner, or place in the runs, and number of edges of a record.
#[inline]
fn unpacked(record: u32) -> (usize, usize) {
    ((record >> EDGE_BITS) as usize, (record & MOST_EDGES) as usize)
}

/// The sub-cells of a cell with edges, a bit for each ([`sub_bit`]).
#[derive(Clone, Copy, Debug)]
pub(super) struct Shore {
    /// Records before those of the cell.
    pub first: u32,
    /// Edges pass through it.
    pub edged: u64,
    /// Its middle is land; all of it, where no edges pass.
    pub land: u64,
}

impl Shore {
    /// The record of a sub-cell with edges.
    #[inline]
    pub fn record(self, bit: u32) -> u32 {
        self.first + (self.edged & !(u64::MAX << bit)).count_ones()
    }

    /// Every record.
    pub fn records(self) -> Range<u32> {
        self.first..self.first + self.edged.count_ones()
    }
}

/// A sum of all words of the file that any flipped bit or swapped pair of words changes.
pub(super) fn checksum(parts: [&[u8]; 2]) -> u64 {
    const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut lanes = [1_u64, 2, 3, 4];
    for part in parts {
        let mut chunks = part.chunks_exact(32);
        for chunk in &mut chunks {
            for (lane, word) in lanes.iter_mut().zip(chunk.chunks_exact(8)) {
                let word = word.first_chunk().map_or(0, |b| u64::from_le_bytes(*b));
                *lane = (*lane ^ word).wrapping_mul(PRIME).rotate_left(29);
            }
        }
        for &byte in chunks.remainder() {
            lanes[0] = (lanes[0] ^ u64::from(byte)).wrapping_mul(PRIME).rotate_left(29);
        }
    }
    lanes.into_iter().fold(0, |sum, lane| (sum ^ lane ^ (lane >> 31)).wrapping_mul(PRIME).rotate_left(31))
}

impl Coast {
    /// Reads tiles. Every number that points somewhere is checked here, once.
    ///
    /// # Errors
    /// [`TileError`]
    pub fn parse(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, TileError> {
        let bytes = bytes.into();
        if !bytes.starts_with(&MAGIC) || bytes.len() < HEAD {
            return Err(TileError::NotTiles);
        }
        let version = u32_at(&bytes, 8);
        if version != VERSION {
            return Err(TileError::Version(version));
        }
        let side = |k: usize| i16::from_le_bytes([bytes[12 + 2 * k], bytes[13 + 2 * k]]);
        let region = Region::new(side(0), side(1), side(2), side(3))
            .ok_or(TileError::Inconsistent { part: "borders", at: 0 })?;
        let [wide, high] = region.bins();
        let bins = wide * high;
        let count = |k: usize| u32_at(&bytes, 20 + 4 * k) as usize;
        let text = count(5);
        let sizes = [
            (bins * BIN_CELLS, 1),
            (bins * CELLS as usize, ROW),
            (bins + 1, 4),
            (count(0), 4),
            (count(1), SHORE),
            (count(2), 4),
            (count(3), 4),
            (count(4), 4),
        ];
        let promised =
            HEAD as u128 + text as u128 + sizes.iter().map(|&(n, size)| n as u128 * size as u128).sum::<u128>();
        if promised != bytes.len() as u128 {
            return Err(TileError::Length { found: bytes.len(), promised });
        }
        let sum = u64_at(&bytes, SUM);
        if sum != checksum([&bytes[..SUM], &bytes[HEAD..]]) {
            return Err(TileError::Checksum);
        }
        let origin = std::str::from_utf8(&bytes[HEAD..HEAD + text]).ok().and_then(Origin::of);
        let origin = origin.ok_or(TileError::Inconsistent { part: "words", at: 0 })?;
        let mut start = HEAD + text;
        let [classes, rows, bins, chains, shores, records, runs, corners] = sizes.map(|(count, size)| {
            let part = Part { start, count };
            start += count * size;
            part
        });
        let coast = Self { bytes, region, origin, classes, rows, bins, chains, shores, records, runs, corners };
        coast.check()?;
        Ok(coast)
    }

    /// Every number that points somewhere points to where something is.
    fn check(&self) -> Result<(), TileError> {
        let wrong = |part, at| Err(TileError::Inconsistent { part, at });
        let mut shores = 0;
        for row in 0..self.rows.count {
            let cells = &self.bytes[self.classes.start + row * CELLS as usize..][..CELLS as usize];
            let edged = cells.iter().enumerate().fold(0, |bits, (c, &class)| bits | u64::from(class == 0) << c);
            if self.row(row) != (shores, edged) {
                return wrong("rows", row);
            }
            shores += edged.count_ones();
        }
        if shores as usize != self.shores.count {
            return wrong("shores", self.shores.count);
        }
        if let Some(i) = self.bytes[self.classes.start..][..self.classes.count].iter().position(|&c| c == LAND) {
            return wrong("classes", i);
        }
        let mut records = 0;
        for i in 0..self.shores.count {
            let shore = self.shore_at(i);
            if shore.first != records || shore.edged == 0 {
                return wrong("shores", i);
            }
            records += shore.edged.count_ones();
        }
        if records as usize != self.records.count {
            return wrong("records", self.records.count);
        }
        let within = |record: u32| {
            let (first, edges) = unpacked(record);
            edges > 0 && first + edges < self.corners.count
        };
        for i in 0..self.records.count {
            let record = self.number(self.records, i);
            let (list, edges) = unpacked(record);
            if edges > 0 {
                if !within(record) {
                    return wrong("records", i);
                }
                continue;
            }
            let runs = if list < self.runs.count { self.number(self.runs, list) as usize } else { usize::MAX };
            if runs >= self.runs.count - list.min(self.runs.count) {
                return wrong("records", i);
            }
            if let Some(bad) = (list + 1..=list + runs).find(|&k| !within(self.number(self.runs, k))) {
                return wrong("runs", bad);
            }
        }
        let rising = |part: Part, first: u32, end: usize| {
            let mut before = first;
            (0..part.count).find(|&i| {
                let n = self.number(part, i);
                let bad = n < before || n as usize > end;
                before = n;
                bad
            })
        };
        if let Some(bad) = rising(self.bins, 0, self.chains.count) {
            return wrong("bins", bad);
        }
        if self.number(self.bins, self.bins.count - 1) as usize != self.chains.count {
            return wrong("bins", self.bins.count - 1);
        }
        rising(self.chains, 0, self.corners.count).map_or(Ok(()), |bad| wrong("chains", bad))
    }

    #[inline]
    fn number(&self, part: Part, i: usize) -> u32 {
        u32_at(&self.bytes, part.start + 4 * i)
    }

    /// The region that the tiles cover.
    #[must_use]
    pub const fn region(&self) -> Region {
        self.region
    }

    /// Where the polygons come from.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Edges of the shoreline.
    #[must_use]
    pub const fn edges(&self) -> usize {
        self.corners.count - self.chains.count
    }

    /// Cells that are all sea, all land, and crossed by edges.
    #[must_use]
    pub fn cells(&self) -> [usize; 3] {
        let classes = &self.bytes[self.classes.start..][..self.classes.count];
        let land = classes.iter().filter(|&&c| c > LAND).count();
        [classes.len() - land - self.shores.count, land, self.shores.count]
    }

    #[inline]
    pub(super) fn class(&self, cell: Cell) -> u8 {
        self.bytes[self.classes.start + (cell.bin * CELLS as usize + cell.row) * CELLS as usize + cell.column]
    }

    /// Cells with edges before a row of a bin, and which of its cells have edges.
    #[inline]
    fn row(&self, row: usize) -> (u32, u64) {
        let at = self.rows.start + ROW * row;
        (u32_at(&self.bytes, at), u64_at(&self.bytes, at + 4))
    }

    /// The sub-cells of a cell with edges.
    #[inline]
    pub(super) fn shore(&self, cell: Cell) -> Shore {
        let (before, edged) = self.row(cell.bin * CELLS as usize + cell.row);
        self.shore_at((before + (edged & !(u64::MAX << cell.column)).count_ones()) as usize)
    }

    #[inline]
    fn shore_at(&self, i: usize) -> Shore {
        let at = self.shores.start + SHORE * i;
        Shore { first: u32_at(&self.bytes, at), edged: u64_at(&self.bytes, at + 4), land: u64_at(&self.bytes, at + 12) }
    }

    /// Calls `f` with each run of edges of a record: corners from the south-west of the bin.
    #[inline]
    pub(super) fn each_run<'a>(&'a self, record: u32, mut f: impl FnMut(Corners<'a>)) {
        let record = self.number(self.records, record as usize);
        let (first, edges) = unpacked(record);
        if edges > 0 {
            f(self.corner_range(first..first + edges + 1));
        } else {
            for i in first + 1..=first + self.number(self.runs, first) as usize {
                let (first, edges) = unpacked(self.number(self.runs, i));
                f(self.corner_range(first..first + edges + 1));
            }
        }
    }

    #[inline]
    fn corner_range(&self, range: Range<usize>) -> Corners<'_> {
        Corners(&self.bytes[self.corners.start + 4 * range.start..self.corners.start + 4 * range.end])
    }

    /// Whether a place is land; `None` outside the tiles: unknown.
    ///
    /// Exact on the polygons, but for the rounding of the place by 3.3 mm at most either way.
    #[must_use]
    #[inline]
    pub fn is_land(&self, place: LonLat) -> Option<bool> {
        self.is_land_at(At::of(place))
    }

    #[inline]
    pub(super) fn is_land_at(&self, at: At) -> Option<bool> {
        let [column, row] = at.cell();
        let cell = self.region.cell(column, row)?;
        let class = self.class(cell);
        Some(if class == 0 { self.is_land_at_shore(cell, at.from(cell.origin)) } else { class > LAND })
    }

    /// As [`Self::is_land_at`], in a cell with edges: as in the middle of the sub-cell, or not, by the edges between.
    #[inline]
    fn is_land_at_shore(&self, cell: Cell, p: At) -> bool {
        let (shore, sub) = (self.shore(cell), p.sub());
        let bit = sub_bit(sub);
        let mut land = shore.land >> bit & 1 == 1;
        if shore.edged >> bit & 1 == 1 {
            let way = Way { p, q: middle(sub) };
            self.each_run(shore.record(bit), |run| land ^= odd_crossed(way, run.units()));
        }
        land
    }

    /// Chains of a bin.
    pub(super) fn chains(&self, bin: usize) -> impl Iterator<Item = Corners<'_>> {
        let chains = self.number(self.bins, bin) as usize..self.number(self.bins, bin + 1) as usize;
        chains.map(|i| {
            let end =
                if i + 1 < self.chains.count { self.number(self.chains, i + 1) as usize } else { self.corners.count };
            self.corner_range(self.number(self.chains, i) as usize..end)
        })
    }
}

/// Corners in a row, as they lie in the file.
#[derive(Clone, Copy)]
pub(super) struct Corners<'a>(&'a [u8]);

impl<'a> Corners<'a> {
    /// Units from the south-west corner of the bin.
    #[inline]
    pub fn units(self) -> impl Iterator<Item = [u16; 2]> + 'a {
        self.0.chunks_exact(4).map(|c| [u16::from_le_bytes([c[0], c[1]]), u16::from_le_bytes([c[2], c[3]])])
    }

    /// On the lattice, from the south-west corner of the bin.
    #[inline]
    pub fn lattice(self) -> impl Iterator<Item = At> + 'a {
        self.units().map(corner)
    }
}
