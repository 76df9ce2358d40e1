//! Which part of the earth tiles cover, in degrees and in cells, and where they come from.

use super::lattice::{At, CELLS, DEGREE, SUB, SUBS};
use plimsoll_core::earth::LonLat;
use std::fmt;

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

/// The bit of a sub-cell in the masks of its cell.
#[inline]
pub(super) fn sub_bit([column, row]: [i64; 2]) -> u32 {
    (row.rem_euclid(SUBS) * SUBS + column.rem_euclid(SUBS)) as u32
}

/// The reference place of a sub-cell: its middle, made odd.
#[inline]
pub(super) fn middle([column, row]: [i64; 2]) -> At {
    At { x: (column * SUB + SUB / 2) | 1, y: (row * SUB + SUB / 2) | 1 }
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

    pub(super) fn of(text: &str) -> Option<Self> {
        let [source, edition, licence] = text.split('\n').collect::<Vec<_>>().try_into().ok()?;
        Some(Self { source: source.into(), edition: edition.into(), licence: licence.into() })
    }
}
