//! The file of tiles: its layout, what is checked when it is read, and access to its parts.
//!
//! All numbers are little-endian. A head of 48 bytes (name, version, borders in degrees, counts of chains, records, runs, corners and bytes of text, checksum) and the
//! text of the origin come first, then
//!
//! | part | of each | what |
//! | --- | --- | --- |
//! | classes | cell | 0 where edges pass; else 1 to 127 (sea) or 128 + that (land): that many cells lie between it and the nearest cell of another kind, counting that one, in rows, columns or askew |
//! | rows | row of a bin | `u32`: records before this row |
//! | bins | bin, and one more | `u32`: chains before this bin |
//! | chains | chain | `u32`: its first corner |
//! | records | cell with edges, row by row | `u32`: bit 0 the centre is land; bits 1 to 6 edges; bits 7 to 31 the first corner. No edges: bits 7 to 31 are a place in the runs |
//! | runs | | `u32`: a number of runs, then as many records without bit 0 |
//! | corners | | two `u16`: units east and north of the bin's south-west corner |
//!
//! Bins and cells go eastward, then northward. Chains that are closed hold their first corner twice.

use super::lattice::{At, BIN_CELLS, CELL, CELLS, CENTRE, DEGREE, Way, corner, crossed_odd};
use plimsoll_core::earth::LonLat;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use thiserror::Error;

pub(super) const MAGIC: [u8; 8] = *b"PLMCOAST";
pub(super) const VERSION: u32 = 1;
/// Bytes of the head.
pub(super) const HEAD: usize = 48;
/// Class of the first land cell less one.
pub(super) const LAND: u8 = 128;
/// Largest distance of a class.
pub(super) const FAR: u8 = 127;
/// Largest number of edges in a record.
pub(super) const MOST_EDGES: u32 = 63;
/// Corners and runs that a record can point to.
pub(super) const MOST_CORNERS: usize = 1 << 25;

/// A rectangle of whole degrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    west_deg: i16,
    south_deg: i16,
    east_deg: i16,
    north_deg: i16,
}

impl Region {
    /// The region between two meridians and two parallels, if it holds anything, does not cross the date line, and reaches no pole.
    #[must_use]
    pub fn new(west_deg: i16, south_deg: i16, east_deg: i16, north_deg: i16) -> Option<Self> {
        let sound = -180 <= west_deg
            && west_deg < east_deg
            && east_deg <= 180
            && -90 <= south_deg
            && south_deg < north_deg
            && north_deg <= 90;
        sound.then_some(Self { west_deg, south_deg, east_deg, north_deg })
    }

    /// West, south, east and north, degrees.
    #[must_use]
    pub const fn bounds_deg(self) -> [i16; 4] {
        [self.west_deg, self.south_deg, self.east_deg, self.north_deg]
    }

    /// Bins eastward and northward.
    #[must_use]
    pub fn bins(self) -> [usize; 2] {
        [(self.east_deg - self.west_deg) as usize, (self.north_deg - self.south_deg) as usize]
    }

    /// South-west corners of its bins, degrees, in the order of the file.
    pub fn corners_deg(self) -> impl Iterator<Item = [i16; 2]> {
        (self.south_deg..self.north_deg).flat_map(move |s| (self.west_deg..self.east_deg).map(move |w| [w, s]))
    }

    /// Whether a place lies within; its eastern and northern borders do not.
    #[must_use]
    pub fn contains(self, place: LonLat) -> bool {
        let [column, row] = At::of(place).cell();
        self.cell(column, row).is_some()
    }

    /// Bin and cell within it, if the region has the cell.
    #[inline]
    pub(super) fn cell(self, column: i64, row: i64) -> Option<Cell> {
        let (bx, by) = (column.div_euclid(CELLS), row.div_euclid(CELLS));
        let inside = bx >= i64::from(self.west_deg)
            && bx < i64::from(self.east_deg)
            && by >= i64::from(self.south_deg)
            && by < i64::from(self.north_deg);
        inside.then(|| {
            let width = i64::from(self.east_deg - self.west_deg);
            let bin = (by - i64::from(self.south_deg)) * width + bx - i64::from(self.west_deg);
            let (c, r) = (column.rem_euclid(CELLS), row.rem_euclid(CELLS));
            Cell {
                bin: bin as usize,
                column: c as usize,
                row: r as usize,
                origin: At { x: bx * DEGREE, y: by * DEGREE },
            }
        })
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |deg: i16, minus: char, plus: char| format!("{}{}", deg.abs(), if deg < 0 { minus } else { plus });
        write!(
            f,
            "{} to {}, {} to {}",
            side(self.west_deg, 'W', 'E'),
            side(self.east_deg, 'W', 'E'),
            side(self.south_deg, 'S', 'N'),
            side(self.north_deg, 'S', 'N')
        )
    }
}

/// One cell of the region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub bin: usize,
    pub column: usize,
    pub row: usize,
    /// South-west corner of the bin on the lattice.
    pub origin: At,
}

impl Cell {
    /// Its reference place, from the corner of the bin.
    #[inline]
    pub fn centre(self) -> At {
        At { x: self.column as i64 * CELL + CENTRE, y: self.row as i64 * CELL + CENTRE }
    }
}

/// Where the polygons come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Name of the polygon set.
    pub source: String,
    /// Its edition.
    pub edition: String,
    /// Licence under which it, and so the tiles, are given.
    pub licence: String,
}

impl Origin {
    pub(super) fn to_text(&self) -> String {
        let line = |s: &str| s.replace('\n', " ");
        [line(&self.source), line(&self.edition), line(&self.licence)].join("\n")
    }

    fn of(text: &str) -> Option<Self> {
        let [source, edition, licence] = text.split('\n').collect::<Vec<_>>().try_into().ok()?;
        Some(Self { source: source.into(), edition: edition.into(), licence: licence.into() })
    }
}

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
        let text = count(4);
        let sizes = [
            (bins * BIN_CELLS, 1),
            (bins * CELLS as usize, 4),
            (bins + 1, 4),
            (count(0), 4),
            (count(1), 4),
            (count(2), 4),
            (count(3), 4),
        ];
        let promised = HEAD as u128 + text as u128 + sizes.iter().map(|&(n, size)| n as u128 * size).sum::<u128>();
        if promised != bytes.len() as u128 {
            return Err(TileError::Length { found: bytes.len(), promised });
        }
        let sum = u64::from(u32_at(&bytes, 40)) | u64::from(u32_at(&bytes, 44)) << 32;
        if sum != checksum([&bytes[..40], &bytes[48..]]) {
            return Err(TileError::Checksum);
        }
        let origin = std::str::from_utf8(&bytes[HEAD..HEAD + text]).ok().and_then(Origin::of);
        let origin = origin.ok_or(TileError::Inconsistent { part: "words", at: 0 })?;
        let mut start = HEAD + text;
        let [classes, rows, bins, chains, records, runs, corners] = sizes.map(|(count, size)| {
            let part = Part { start, count };
            start += count * size as usize;
            part
        });
        let coast = Self { bytes, region, origin, classes, rows, bins, chains, records, runs, corners };
        coast.check()?;
        Ok(coast)
    }

    /// Every number that points somewhere points to where something is.
    fn check(&self) -> Result<(), TileError> {
        let wrong = |part, at| Err(TileError::Inconsistent { part, at });
        let mut records = 0;
        for row in 0..self.rows.count {
            if self.number(self.rows, row) != records {
                return wrong("rows", row);
            }
            let start = self.classes.start + row * CELLS as usize;
            let cells = &self.bytes[start..start + CELLS as usize];
            records += cells.iter().map(|&c| u32::from(c == 0)).sum::<u32>();
        }
        if records as usize != self.records.count {
            return wrong("records", self.records.count);
        }
        if let Some(i) = self.bytes[self.classes.start..][..self.classes.count].iter().position(|&c| c == LAND) {
            return wrong("classes", i);
        }
        let within = |record: u32| {
            let (first, edges) = (record >> 7, record >> 1 & MOST_EDGES);
            edges > 0 && first as usize + (edges as usize) < self.corners.count
        };
        for i in 0..self.records.count {
            let record = self.number(self.records, i);
            if record >> 1 & MOST_EDGES > 0 {
                if !within(record) {
                    return wrong("records", i);
                }
                continue;
            }
            let first = (record >> 7) as usize;
            let list = if first < self.runs.count { self.number(self.runs, first) as usize } else { usize::MAX };
            if list >= self.runs.count - first.min(self.runs.count) {
                return wrong("records", i);
            }
            if let Some(bad) = (first + 1..=first + list).find(|&k| !within(self.number(self.runs, k))) {
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
        [classes.len() - land - self.records.count, land, self.records.count]
    }

    #[inline]
    pub(super) fn class(&self, cell: Cell) -> u8 {
        self.bytes[self.classes.start + (cell.bin * CELLS as usize + cell.row) * CELLS as usize + cell.column]
    }

    /// The record of a cell with edges.
    #[inline]
    fn record(&self, cell: Cell) -> u32 {
        let row = cell.bin * CELLS as usize + cell.row;
        let start = self.classes.start + row * CELLS as usize;
        let before = self.bytes[start..start + cell.column].iter().map(|&c| u8::from(c == 0)).sum::<u8>();
        let record = self.number(self.rows, row) as usize + usize::from(before);
        self.number(self.records, record)
    }

    /// Calls `f` with each run of edges of a cell with edges: corners from the south-west of the bin. Gives whether its centre is land.
    #[inline]
    pub(super) fn each_run<'a>(&'a self, cell: Cell, mut f: impl FnMut(Corners<'a>)) -> bool {
        let record = self.record(cell);
        if record >> 1 & MOST_EDGES > 0 {
            f(self.run(record));
        } else {
            let list = (record >> 7) as usize;
            for i in 1..=self.number(self.runs, list) as usize {
                f(self.run(self.number(self.runs, list + i)));
            }
        }
        record & 1 == 1
    }

    #[inline]
    fn run(&self, record: u32) -> Corners<'_> {
        let first = (record >> 7) as usize;
        self.corner_range(first..first + (record >> 1 & MOST_EDGES) as usize + 1)
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
        Some(if class == 0 { self.is_land_among_edges(cell, at.from(cell.origin)) } else { class > LAND })
    }

    /// As [`Self::is_land_at`], where edges pass: as at the centre, or not, by the edges between.
    fn is_land_among_edges(&self, cell: Cell, p: At) -> bool {
        let way = Way { p, q: cell.centre() };
        let mut odd = false;
        let land = self.each_run(cell, |run| odd ^= crossed_odd(way, run.lattice()));
        land ^ odd
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
