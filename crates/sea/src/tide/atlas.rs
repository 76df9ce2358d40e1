//! The atlas of the Dover Strait that the program carries: M2, S2 and N2 of level and stream on a grid.
//!
//! Origin, licence, method and limits: `assets/tide/README.md`. A model, not observations. What it cannot know it refuses
//! ([`Refused`]): land, the 5 km next to the coast, banks shallower than the model's least depth, years in which nobody
//! held the arguments against others. What is left carries an error that the gauges and published streams show ([`Error`]).

use super::arguments::{Constituent, Instant, Phasor};
use super::prediction::Amplitude;
use super::refused::Refused;
use crate::ledger::{LEDGER, exact};
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::{LocalPlane, LonLat, distance_m};
use plimsoll_core::maths::{atan2, hypot};
use plimsoll_core::time::Utc;
use std::sync::LazyLock;

static BYTES: &[u8] = include_bytes!("../../../../assets/tide/dover-strait.bin");
const MAGIC: &[u8; 8] = b"PLTIDE1\n";
/// Nearer than this to a cell of land is on it: what rounding leaves of nothing.
const ON_LAND_M: f64 = 1e-3;
/// One unit of the packed parts of level, u and v, m and m/s.
const UNITS: [f64; 3] = [2e-4, 1e-4, 1e-4];

/// Constituents of the atlas.
pub const NAMES: [&str; 3] = ["M2", "S2", "N2"];

/// First and last instant that is predicted: the node factors and arguments are held against an independent
/// implementation over these years.
pub const YEARS: [i32; 2] = [1950, 2050];

static DOVER_STRAIT: LazyLock<Atlas> = LazyLock::new(|| Atlas::unpack(BYTES).expect("an atlas that unpacks"));

/// Banks wider than a cell, and what lies behind them: name, then south, north, west and east in degrees.
///
/// Boxes around the lights and buoys that mark the sands, good to about a kilometre. Within this one the streams of the
/// Pilot are missed by up to 1.3 kn (case T5). Banks narrower than a cell (Varne, Colbart, Sandettie, the Flemish Banks)
/// are no areas of their own: the page of an answer says that they are not in the atlas.
const UNRESOLVED: [(&str, [f64; 4]); 1] = [("the Goodwin Sands and the Downs", [51.12, 51.35, 1.35, 1.63])];

/// How a cell of the grid came to its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    Land,
    Water,
    /// Water that the model deepened to its least depth.
    Raised,
}

/// Parts of one constituent of one quantity over the grid, row by row from the south-west; zero on land.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// In phase: `H cos g`.
    pub a: Vec<f32>,
    /// A quarter turn behind: `H sin g`.
    pub b: Vec<f32>,
}

/// A regular grid of cell centres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Rows, from the south.
    pub rows: usize,
    /// Columns, from the west.
    pub columns: usize,
    /// Latitude of the first row, degrees.
    pub south_deg: f64,
    /// Longitude of the first column, degrees.
    pub west_deg: f64,
    /// Degrees of latitude between rows.
    pub row_deg: f64,
    /// Degrees of longitude between columns.
    pub column_deg: f64,
}

/// The atlas.
#[derive(Clone, Debug)]
pub struct Atlas {
    grid: Grid,
    cells: Vec<Cell>,
    /// By constituent, then level, u, v.
    planes: [[Plane; 3]; 3],
    constituents: [&'static Constituent; 3],
}

/// What each constituent is worth at one instant: every value of the atlas at that instant is
/// `sum_k a_k cos_k + b_k sin_k` with these, so that a whole frame costs six multiplications a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights([Phasor; 3]);

impl Weights {
    /// At an instant, whatever its year: the caller has asked [`Atlas::check_time`].
    #[must_use]
    pub fn at(time: Utc) -> Self {
        let (instant, atlas) = (Instant::at(time), Atlas::dover_strait());
        Self(atlas.constituents.map(|c| instant.argument(c).phasor()))
    }

    /// `f cos(V + u)` and `f sin(V + u)` of M2, S2, N2.
    #[must_use]
    pub fn phasors(&self) -> [Phasor; 3] {
        self.0
    }
}

/// The tide at one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Local {
    /// By constituent, then level (m), u and v (m/s).
    amplitudes: [[Amplitude; 3]; 3],
    /// Distance to the nearest land of the atlas, m; [`Self::FAR_M`] where none is nearer.
    pub land_m: f64,
}

/// Level and stream at one place and instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tide {
    /// Above mean sea level, m.
    pub level_m: f64,
    /// Stream to the east and to the north, m/s.
    pub stream_m_s: [f64; 2],
}

impl Tide {
    /// Rate of the stream, m/s.
    #[must_use]
    pub fn speed_m_s(&self) -> f64 {
        hypot(self.stream_m_s[0], self.stream_m_s[1])
    }

    /// Where the stream goes, degrees true, 0 to below 360.
    #[must_use]
    pub fn toward_deg(&self) -> f64 {
        atan2(self.stream_m_s[0], self.stream_m_s[1]).to_degrees().rem_euclid(360.0)
    }
}

/// How far the atlas is off.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// Whether the place is counted as inshore.
    pub inshore: bool,
    /// Root mean square length of the vector between predicted and true stream, m/s.
    pub stream_m_s: Belief,
    /// Root mean square of predicted less true level, m, without storm surges.
    pub level_m: Belief,
    /// Root mean square error of the times of high and low water, min.
    pub water_time_min: Belief,
}

impl Local {
    /// Land farther off is not looked for, m.
    pub const FAR_M: f64 = 30_000.0;

    /// Level and stream at the instant of the weights.
    #[must_use]
    pub fn tide(&self, weights: &Weights) -> Tide {
        let sum = |q: usize| self.amplitudes.iter().zip(weights.0).map(|(k, p)| k[q].value(p)).sum::<f64>();
        Tide { level_m: sum(0), stream_m_s: [sum(1), sum(2)] }
    }

    /// Level, u and v of the constituent `NAMES[k]`.
    #[must_use]
    pub fn constituent(&self, k: usize) -> [Amplitude; 3] {
        self.amplitudes[k]
    }

    /// How far it is off here.
    #[must_use]
    pub fn error(&self) -> Error {
        let inshore = self.land_m < LEDGER.get("tide.inshore_distance").value.median();
        let belief = |id: &str| LEDGER.get(id).value.clone();
        Error {
            inshore,
            stream_m_s: belief(if inshore { "tide.stream_error_inshore" } else { "tide.stream_error_open" }),
            level_m: belief("tide.level_error"),
            water_time_min: belief("tide.water_time_error"),
        }
    }
}

impl Atlas {
    /// The one that the program carries.
    #[must_use]
    pub fn dover_strait() -> &'static Self {
        &DOVER_STRAIT
    }

    /// Reads the packed form; `None` where it is not of that form.
    fn unpack(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut take = |n: usize| {
            let (head, tail) = rest.split_at_checked(n)?;
            rest = tail;
            Some(head)
        };
        let mut axis = || {
            let n = u16::from_le_bytes(take(2)?.try_into().ok()?);
            let first = f64::from_le_bytes(take(8)?.try_into().ok()?);
            let step = f64::from_le_bytes(take(8)?.try_into().ok()?);
            Some((usize::from(n), first, step))
        };
        let ((rows, south_deg, row_deg), (columns, west_deg, column_deg)) = (axis()?, axis()?);
        let cell = |b: &u8| match b {
            0 => Some(Cell::Land),
            1 => Some(Cell::Water),
            2 => Some(Cell::Raised),
            _ => None,
        };
        let cells: Vec<Cell> = take(rows * columns)?.iter().map(cell).collect::<Option<_>>()?;
        let wet: Vec<usize> = (0..cells.len()).filter(|i| cells[*i] != Cell::Land).collect();
        let mut part = |unit: f64| {
            let packed = take(2 * wet.len())?;
            let mut out = vec![0.0_f32; cells.len()];
            for (i, pair) in wet.iter().zip(packed.as_chunks::<2>().0) {
                out[*i] = (f64::from(i16::from_le_bytes(*pair)) * unit) as f32;
            }
            Some(out)
        };
        let mut plane = |unit: f64| Some(Plane { a: part(unit)?, b: part(unit)? });
        let mut three = || Some([plane(UNITS[0])?, plane(UNITS[1])?, plane(UNITS[2])?]);
        let planes = [three()?, three()?, three()?];
        let [a, b, c] = NAMES.map(Constituent::named);
        let constituents = [a?, b?, c?];
        let grid = Grid { rows, columns, south_deg, west_deg, row_deg, column_deg };
        rest.is_empty().then_some(Self { grid, cells, planes, constituents })
    }

    /// The packed form, for its digest.
    #[must_use]
    pub fn bytes() -> &'static [u8] {
        BYTES
    }

    /// Its grid.
    #[must_use]
    pub fn grid(&self) -> Grid {
        self.grid
    }

    /// Parts of level (0), u (1) and v (2) of the constituent `NAMES[constituent]`.
    #[must_use]
    pub fn plane(&self, constituent: usize, quantity: usize) -> &Plane {
        &self.planes[constituent][quantity]
    }

    /// Whether each cell holds water, row by row.
    pub fn wet(&self) -> impl Iterator<Item = bool> {
        self.cells.iter().map(|c| *c != Cell::Land)
    }

    /// Fills a frame of the stream, m/s to the east and to the north, over the whole grid; zero on land. Some 12 us.
    ///
    /// # Panics
    /// If a slice is not of the grid's length.
    pub fn fill_stream(&self, weights: &Weights, u: &mut [f32], v: &mut [f32]) {
        for (q, out) in [(1, u), (2, v)] {
            assert_eq!(out.len(), self.cells.len(), "a frame of another grid");
            out.fill(0.0);
            for (planes, phasor) in self.planes.iter().zip(weights.0) {
                let (cos, sin) = (phasor.cos as f32, phasor.sin as f32);
                let Plane { a, b } = &planes[q];
                for ((x, a), b) in out.iter_mut().zip(a).zip(b) {
                    *x += a * cos + b * sin;
                }
            }
        }
    }

    /// Whether the tide of that instant can be predicted.
    ///
    /// # Errors
    /// [`Refused::Year`].
    pub fn check_time(time: Utc) -> Result<(), Refused> {
        let year = time.civil().year;
        if year >= YEARS[0] && year <= YEARS[1] { Ok(()) } else { Err(Refused::Year { time }) }
    }

    /// The tide at a place where the atlas is valid.
    ///
    /// # Errors
    /// [`Refused`]: outside, near land, in an area that is not resolved, over a bank.
    pub fn at(&self, place: LonLat) -> Result<Local, Refused> {
        let local = self.unchecked(place).ok_or_else(|| self.outside_or_land(place))?;
        let least_m = exact("tide.coast_margin");
        if local.land_m < ON_LAND_M {
            return Err(Refused::OnLand { place });
        }
        if local.land_m < least_m {
            return Err(Refused::NearLand { place, distance_m: local.land_m, least_m });
        }
        let within = |[south, north, west, east]: [f64; 4]| {
            (south..=north).contains(&place.lat_deg()) && (west..=east).contains(&place.lon_deg())
        };
        if let Some((name, _)) = UNRESOLVED.into_iter().find(|(_, area)| within(*area)) {
            return Err(Refused::Unresolved { place, name });
        }
        let (x, y) = self.cell_units(place);
        if self.cells[self.index(x.round() as usize, y.round() as usize)] == Cell::Raised {
            return Err(Refused::Shallow { place, least_m: exact("tide.least_depth") });
        }
        Ok(local)
    }

    /// What the model says at a place, valid or not: for comparisons with others alone. `None` where no cell around it
    /// holds water.
    ///
    /// Bilinear in the complex amplitudes of those of the four cells around it that hold water.
    #[must_use]
    pub fn unchecked(&self, place: LonLat) -> Option<Local> {
        let (x, y) = self.cell_units(place);
        let (last_x, last_y) = ((self.grid.columns - 1) as f64, (self.grid.rows - 1) as f64);
        if !(0.0..=last_x).contains(&x) || !(0.0..=last_y).contains(&y) {
            return None;
        }
        let (x0, y0) = (x.floor().min(last_x - 1.0), y.floor().min(last_y - 1.0));
        let (fx, fy) = (x - x0, y - y0);
        let (column, row) = (x0 as usize, y0 as usize);
        let corners = [
            (column, row, (1.0 - fx) * (1.0 - fy)),
            (column + 1, row, fx * (1.0 - fy)),
            (column, row + 1, (1.0 - fx) * fy),
            (column + 1, row + 1, fx * fy),
        ];
        let wet = corners.map(|(c, r, weight)| (self.index(c, r), weight));
        let wet = wet.into_iter().filter(|(i, weight)| self.cells[*i] != Cell::Land && *weight > 0.0);
        let total: f64 = wet.clone().map(|(_, weight)| weight).sum();
        if total <= 0.0 {
            return None;
        }
        let mut amplitudes = [[Amplitude::default(); 3]; 3];
        for (i, weight) in wet {
            for (out, planes) in amplitudes.iter_mut().zip(&self.planes) {
                for (out, plane) in out.iter_mut().zip(planes) {
                    out.a += weight / total * f64::from(plane.a[i]);
                    out.b += weight / total * f64::from(plane.b[i]);
                }
            }
        }
        Some(Local { amplitudes, land_m: self.land_m(place) })
    }

    /// The valid place nearest to `place`, to a tenth of a minute, and its distance in m.
    #[must_use]
    pub fn nearest_valid(&self, place: LonLat) -> Option<(LonLat, f64)> {
        let centres = (0..self.cells.len()).filter_map(|i| self.centre(i));
        let valid = centres.filter(|c| self.at(*c).is_ok()).map(|c| (c, distance_m(place, c)));
        let (mut good, _) = valid.min_by(|a, b| a.1.total_cmp(&b.1))?;
        // Towards the place as far as the atlas stays valid.
        let plane = LocalPlane::at(place);
        let mut bad = [0.0, 0.0];
        let mut end = plane.east_north_m(good);
        for _ in 0..12 {
            let middle = [0.5 * (bad[0] + end[0]), 0.5 * (bad[1] + end[1])];
            // What a person would type: valid as it is written.
            let there = tenth_of_a_minute(plane.place(middle[0], middle[1]));
            if self.at(there).is_ok() {
                (end, good) = (middle, there);
            } else {
                bad = middle;
            }
        }
        Some((good, distance_m(place, good)))
    }

    fn outside_or_land(&self, place: LonLat) -> Refused {
        let g = self.grid;
        let (x, y) = self.cell_units(place);
        if (0.0..=(g.columns - 1) as f64).contains(&x) && (0.0..=(g.rows - 1) as f64).contains(&y) {
            return Refused::OnLand { place };
        }
        let corner = |index| self.centre(index).unwrap_or(place);
        Refused::Outside { place, south_west: corner(0), north_east: corner(self.cells.len() - 1) }
    }

    /// Distance from a place to the nearest rectangle of land within 30 km, m; 30 km where there is none.
    fn land_m(&self, place: LonLat) -> f64 {
        let plane = LocalPlane::at(place);
        let (x, y) = self.cell_units(place);
        let near = |at: f64, reach: f64, n: usize| {
            (at - reach).max(0.0) as usize..=((at + reach).max(0.0) as usize).min(n - 1)
        };
        let mut least = Local::FAR_M;
        for row in near(y, 8.0, self.grid.rows) {
            for column in near(x, 7.0, self.grid.columns) {
                let i = self.index(column, row);
                if self.cells[i] != Cell::Land {
                    continue;
                }
                // The point of the cell that is nearest to the place: in the plane, cells are rectangles.
                let edge = |at: f64, centre: usize| at.clamp(centre as f64 - 0.5, centre as f64 + 0.5);
                let Ok(shore) = LonLat::new(
                    self.grid.west_deg + self.grid.column_deg * edge(x, column),
                    self.grid.south_deg + self.grid.row_deg * edge(y, row),
                ) else {
                    continue;
                };
                let [e, n] = plane.east_north_m(shore);
                least = (e * e + n * n).sqrt().min(least);
            }
        }
        least
    }

    /// Columns and rows from the first centre.
    fn cell_units(&self, place: LonLat) -> (f64, f64) {
        let g = self.grid;
        ((place.lon_deg() - g.west_deg) / g.column_deg, (place.lat_deg() - g.south_deg) / g.row_deg)
    }

    fn index(&self, column: usize, row: usize) -> usize {
        row * self.grid.columns + column
    }

    /// Centre of a cell, row by row.
    #[must_use]
    pub fn centre(&self, index: usize) -> Option<LonLat> {
        let (row, column) = (index / self.grid.columns, index % self.grid.columns);
        LonLat::new(
            self.grid.west_deg + self.grid.column_deg * column as f64,
            self.grid.south_deg + self.grid.row_deg * row as f64,
        )
        .ok()
    }
}

fn tenth_of_a_minute(place: LonLat) -> LonLat {
    let rounded = |deg: f64| (deg * 600.0).round() / 600.0;
    LonLat::new(rounded(place.lon_deg()), rounded(place.lat_deg())).unwrap_or(place)
}

#[cfg(test)]
mod tests;
