//! Time series at a point: a buoy, a gauge, a forecast for a place, as CSV with declared columns and units.
//!
//! ```text
//! # position: 53.32N 1.32E
//! # within: 20 nm
//! time [UTC], wind_speed [m/s], wind_from [deg], hs [m]
//! 2021-01-01 00:00:00, 7.87, 301.8, 0.9
//! ```
//!
//! A series holds for a place and says nothing of how far from it: `within` must be stated by whoever vouches for it. Columns that
//! are read: `wind_speed` with `wind_from` or `wind_towards`, `current_speed` with `current_from` or `current_towards`, `hs`,
//! `tp`, `wave_from`, `water`, `air`, `sea_level`. An empty cell is missing.

use crate::error::{Fault, ReadError};
use crate::layer::{Contents, Layer, Reader, Refusal};
use crate::quantity::{measure, range};
use crate::units::{Conversion, Measure};
use plimsoll_core::earth::LonLat;
use plimsoll_core::maths::{cos, sin_cos};
use plimsoll_core::time::Utc;
use plimsoll_core::units::{self, Dimension};
use plimsoll_sea::field::{Basis, Quantity};
use plimsoll_sea::grid::{Grid, Window};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A longer file is no series at a point: ten years of minutes have 200 MB.
const MOST_BYTES: u64 = 256 << 20;
/// The farthest that a series may be said to hold, m.
const FARTHEST_M: f64 = 200_000.0;

/// A series that was understood.
pub struct Series {
    path: PathBuf,
    contents: Contents,
    /// For each layer and time the components.
    values: Vec<Vec<[f32; 2]>>,
}

/// Magnitude, direction and what the direction means, or a column that stands for itself.
enum Column {
    Speed(Quantity),
    Direction(Quantity, bool),
    Plain(Quantity),
}

const NAMES: [(&str, Column); 12] = [
    ("wind_speed", Column::Speed(Quantity::Wind)),
    ("wind_from", Column::Direction(Quantity::Wind, true)),
    ("wind_towards", Column::Direction(Quantity::Wind, false)),
    ("current_speed", Column::Speed(Quantity::Current)),
    ("current_from", Column::Direction(Quantity::Current, true)),
    ("current_towards", Column::Direction(Quantity::Current, false)),
    ("hs", Column::Plain(Quantity::WaveHeight)),
    ("tp", Column::Plain(Quantity::PeakPeriod)),
    ("wave_from", Column::Direction(Quantity::WaveDirection, true)),
    ("water", Column::Plain(Quantity::WaterTemperature)),
    ("air", Column::Plain(Quantity::AirTemperature)),
    ("sea_level", Column::Plain(Quantity::SeaLevel)),
];

impl Series {
    /// Opens a series and reads it whole.
    ///
    /// # Errors
    /// [`ReadError`] with the line of what is wrong.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let io = |why| ReadError::Io { file: path.to_owned(), why };
        let size = std::fs::metadata(path).map_err(io)?.len();
        if size > MOST_BYTES {
            let what = format!("{size} bytes are more than a series at a point has (at most {MOST_BYTES})");
            return Err(ReadError::Unsupported { file: path.to_owned(), what });
        }
        let bytes = std::fs::read(path).map_err(io)?;
        let text = String::from_utf8(bytes).map_err(|_| ReadError::damaged(path, &"it is not text in UTF-8"))?;
        Self::parse(path, &text)
    }

    /// Understands the text of a series.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn parse(path: &Path, text: &str) -> Result<Self, ReadError> {
        let wrong = |line: usize, what: String| ReadError::Unsupported {
            file: path.to_owned(),
            what: format!("line {line}: {what}"),
        };
        let mut lines = text.lines().zip(1..).filter(|(l, _)| !l.trim().is_empty());
        let (mut position, mut within) = (None, None);
        let (head, head_line) = loop {
            let Some((line, n)) = lines.next() else {
                return Err(wrong(text.lines().count(), "there is no line that names the columns".into()));
            };
            let Some(comment) = line.trim().strip_prefix('#') else { break (line, n) };
            if let Some((key, value)) = comment.split_once(':') {
                match key.trim() {
                    "position" => {
                        position = Some(value.trim().parse::<LonLat>().map_err(|e| wrong(n, e.to_string()))?);
                    }
                    "within" => {
                        let q = units::parse(value, Dimension::Length).map_err(|e| wrong(n, e.to_string()))?;
                        if !(100.0..=FARTHEST_M).contains(&q.base) {
                            return Err(wrong(
                                n,
                                format!("within is {q}; allowed: 100 m to {} km", FARTHEST_M / 1000.0),
                            ));
                        }
                        within = Some(q.base);
                    }
                    _ => {}
                }
            }
        };
        let missing = |what: &str, example: &str| {
            wrong(head_line, format!("{what} is not stated: add the line \"# {example}\" above"))
        };
        let position = position.ok_or_else(|| missing("where the series holds", "position: 51 02.0N 001 30.0E"))?;
        let within = within.ok_or_else(|| missing("how far from its position the series holds", "within: 10 nm"))?;
        let columns: Vec<(String, Option<String>)> = head.split(',').map(column).collect();
        let utc = match columns.first().map(|(n, u)| (n.as_str(), u.as_deref())) {
            Some(("time", Some("UTC"))) => true,
            Some(("time", None)) => false,
            _ => {
                return Err(wrong(
                    head_line,
                    "the first column must be \"time [UTC]\", or \"time\" with an offset in every line".into(),
                ));
            }
        };
        let mut series = Self {
            path: path.to_owned(),
            contents: Contents { format: "time series", ..Contents::default() },
            values: Vec::new(),
        };
        let (times, cells) = body(lines, columns.len(), utc).map_err(|(n, what)| wrong(n, what))?;
        if times.is_empty() {
            return Err(wrong(head_line, "no line follows the names of the columns".into()));
        }
        series.layers(&columns, &Arc::new(disc(position, within)), &times, &cells);
        if series.contents.layers.is_empty() && series.contents.refused.is_empty() {
            return Err(ReadError::Nothing { file: path.to_owned(), variables: series.contents.others });
        }
        Ok(series)
    }

    fn layers(&mut self, columns: &[(String, Option<String>)], grid: &Arc<Grid>, times: &[Utc], cells: &[Vec<f64>]) {
        let find = |name: &str| columns.iter().position(|(n, _)| n == name);
        let meant = |i: usize| NAMES.iter().find(|(n, _)| *n == columns[i].0).map(|(_, c)| c);
        for i in 1..columns.len() {
            let (name, unit) = &columns[i];
            let unit = unit.clone().unwrap_or_default();
            let built = match meant(i) {
                None => {
                    if name.to_lowercase().contains("gust") {
                        self.contents.gusts.push(name.clone());
                    }
                    self.contents.others.push(name.clone());
                    continue;
                }
                // Told with its speed.
                Some(Column::Direction(q, _)) if *q != Quantity::WaveDirection => continue,
                Some(Column::Plain(q)) => (*q, vec![name.clone()], plain(*q, &unit, i, cells)),
                Some(Column::Direction(q, from)) => {
                    (*q, vec![name.clone()], directed(*q, None, (i, &unit, *from), cells))
                }
                Some(Column::Speed(q)) => {
                    let stem = name.trim_end_matches("_speed");
                    let direction = [(true, "_from"), (false, "_towards")]
                        .into_iter()
                        .find_map(|(from, end)| Some((find(&format!("{stem}{end}"))?, from)));
                    let values = match direction {
                        None => Err(Fault::Partner { wanted: format!("a column {stem}_from or {stem}_towards") }),
                        Some((d, from)) => {
                            let degrees = columns[d].1.clone().unwrap_or_default();
                            directed(*q, Some((i, &unit)), (d, &degrees, from), cells)
                        }
                    };
                    let mut names = vec![name.clone()];
                    names.extend(direction.map(|(d, _)| columns[d].0.clone()));
                    (*q, names, values)
                }
            };
            let (quantity, variables, values) = built;
            match values.and_then(|v| known(quantity, v, times)) {
                Ok(values) => {
                    self.values.push(values);
                    self.contents.layers.push(Layer {
                        quantity,
                        variables,
                        basis: Basis::EastNorth,
                        grid: Arc::clone(grid),
                        times: times.to_vec(),
                        level: None,
                        unit,
                        by_name: false,
                    });
                }
                Err(fault) => self.contents.refused.push(Refusal { variable: name.clone(), quantity, fault }),
            }
        }
    }
}

/// "wind_speed [m/s]": name and unit.
fn column(cell: &str) -> (String, Option<String>) {
    let cell = cell.trim();
    match cell.split_once('[').and_then(|(name, rest)| Some((name, rest.strip_suffix(']')?))) {
        Some((name, unit)) => (name.trim().to_owned(), Some(unit.trim().to_owned())),
        None => (cell.to_owned(), None),
    }
}

type Body = (Vec<Utc>, Vec<Vec<f64>>);

/// Times and cells of the lines; an error with its line.
fn body<'a>(lines: impl Iterator<Item = (&'a str, usize)>, columns: usize, utc: bool) -> Result<Body, (usize, String)> {
    let (mut times, mut cells): Body = (Vec::new(), Vec::new());
    for (line, n) in lines {
        let parts: Vec<&str> = line.split(',').map(str::trim).collect();
        if parts.len() != columns {
            return Err((n, format!("{} cells where there are {columns} columns", parts.len())));
        }
        let mut written = parts[0].to_owned();
        if utc && !written.ends_with(['Z', 'z']) {
            written.push('Z');
        }
        let time: Utc = written.parse().map_err(|e: plimsoll_core::time::TimeError| (n, e.to_string()))?;
        if let Some(before) = times.last().filter(|b| **b >= time) {
            return Err((n, format!("{time} is not after the time of the line before ({before})")));
        }
        times.push(time);
        let number = |p: &&str| match p.parse::<f64>() {
            _ if p.is_empty() => Ok(f64::NAN),
            Ok(v) if v.is_finite() => Ok(v),
            _ => Err((
                n,
                format!(
                    "\"{}\" is no number; leave a cell empty where a value is missing",
                    p.chars().take(40).collect::<String>()
                ),
            )),
        };
        cells.push(parts[1..].iter().map(number).collect::<Result<_, _>>()?);
    }
    Ok((times, cells))
}

/// Four nodes around a place: the same value at each.
fn disc(p: LonLat, radius_m: f64) -> Grid {
    let high = radius_m / 111_200.0;
    let wide = high / cos(p.lat_deg().to_radians()).max(0.01);
    Grid::lon_lat([p.lon_deg() - wide, p.lat_deg() - high], [2.0 * wide, 2.0 * high], [2, 2])
}

fn plain(q: Quantity, unit: &str, column: usize, cells: &[Vec<f64>]) -> Result<Vec<[f64; 2]>, Fault> {
    let Conversion { scale, offset } = measure(q).conversion(unit)?;
    Ok(cells.iter().map(|row| [row[column - 1] * scale + offset, 0.0]).collect())
}

/// A speed (or, without one, a unit vector) towards a direction.
fn directed(
    q: Quantity,
    speed: Option<(usize, &str)>,
    (column, unit, from): (usize, &str, bool),
    cells: &[Vec<f64>],
) -> Result<Vec<[f64; 2]>, Fault> {
    let angle = Measure::Angle.conversion(unit)?;
    let speed = speed.map(|(i, unit)| Ok::<_, Fault>((i, measure(q).conversion(unit)?))).transpose()?;
    let sign = if from { -1.0 } else { 1.0 };
    let of = |row: &Vec<f64>| {
        let size = speed.map_or(1.0, |(i, c)| row[i - 1] * c.scale);
        let (s, c) = sin_cos((row[column - 1] * angle.scale).to_radians());
        [sign * size * s, sign * size * c]
    };
    if let Some((i, _)) = speed
        && let Some(row) = cells.iter().find(|row| row[i - 1] < 0.0)
    {
        let (low, high) = (0.0, range(q).1);
        let unit = measure(q).unit();
        return Err(Fault::Value { value: row[i - 1], unit, at: "a speed".into(), low, high });
    }
    Ok(cells.iter().map(of).collect())
}

/// Values that nature knows, in our form.
fn known(q: Quantity, values: Vec<[f64; 2]>, times: &[Utc]) -> Result<Vec<[f32; 2]>, Fault> {
    let (low, high) = if q == Quantity::WaveDirection { (-1.0, 1.0) } else { range(q) };
    for (v, t) in values.iter().zip(times) {
        for value in v.iter().take(q.components()) {
            if *value < low - 1e-9 || *value > high + 1e-9 {
                let unit = measure(q).unit();
                return Err(Fault::Value { value: *value, unit, at: t.to_string(), low, high });
            }
        }
    }
    Ok(values.into_iter().map(|v| v.map(|x| x as f32)).collect())
}

impl Reader for Series {
    fn file(&self) -> &Path {
        &self.path
    }

    fn contents(&self) -> &Contents {
        &self.contents
    }

    fn frame(&self, layer: usize, frame: usize, window: &Window, out: &mut [f32]) -> Result<(), ReadError> {
        let components = self.contents.layers[layer].quantity.components();
        assert_eq!(out.len(), window.count() * components);
        for node in out.chunks_exact_mut(components) {
            node.copy_from_slice(&self.values[layer][frame][..components]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer_of;

    const GOOD: &str = "# position: 53.32N 1.32E\n# within: 20 nm\ntime [UTC], wind_speed [kn], wind_from [deg], hs [m], \
                        gust [kn], wave_from [deg]\n2021-01-01 00:00:00, 10, 270, 0.9, 15, 270\n2021-01-01 01:00:00, 12, \
                        280, , 16, 280\n";

    fn read(text: &str) -> Result<Series, ReadError> {
        Series::parse(Path::new("buoy.csv"), text)
    }

    #[test]
    fn a_series_holds_around_its_place() {
        let s = read(GOOD).unwrap();
        assert_eq!((&s.contents.others, &s.contents.gusts), (&vec!["gust".to_owned()], &vec!["gust".to_owned()]));
        let layer = layer_of(&s, Quantity::Wind).unwrap().unwrap();
        let grid = &s.contents.layers[layer].grid;
        assert!(grid.locate(1.32, 53.6).is_some() && grid.locate(1.32, 53.7).is_none());
        let mut out = [0.0; 8];
        s.frame(layer, 0, &grid.whole(), &mut out).unwrap();
        assert!((out[6] - 5.1444).abs() < 1e-3 && out[7].abs() < 1e-3, "a west wind blows east: {out:?}");
        let hs = layer_of(&s, Quantity::WaveHeight).unwrap().unwrap();
        let mut out = [0.0; 4];
        s.frame(hs, 1, &grid.whole(), &mut out).unwrap();
        assert!(out[0].is_nan());
        let waves = layer_of(&s, Quantity::WaveDirection).unwrap().unwrap();
        let mut out = [0.0; 8];
        s.frame(waves, 0, &grid.whole(), &mut out).unwrap();
        assert!((out[0] - 1.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let spoilt =
            |from: &str, to: &str| read(&GOOD.replacen(from, to, 1)).err().map_or(String::new(), |e| e.to_string());
        for (from, to, words) in [
            ("# position: 53.32N 1.32E\n", "", "position: 51 02.0N"),
            ("# within: 20 nm\n", "", "within: 10 nm"),
            ("20 nm", "900 km", "within is 900 km"),
            ("53.32N 1.32E", "53.32 1.32", "line 1"),
            ("time [UTC]", "time", "line 4"),
            ("time [UTC]", "date", "first column"),
            (" 12, 280,", " 12,", "line 5: 5 cells where there are 6"),
            ("280, , 16", "abc, , 16", "\"abc\" is no number"),
            ("2021-01-01 01:00:00", "2020-12-31 01:00:00", "not after"),
        ] {
            let e = spoilt(from, to);
            assert!(e.contains("buoy.csv") && e.contains(words), "{from} -> {to}: {e}");
        }
        let refused =
            |from: &str, to: &str, q| layer_of(&read(&GOOD.replacen(from, to, 1)).unwrap(), q).unwrap_err().to_string();
        assert!(refused("[kn]", "[Pa]", Quantity::Wind).contains("\"Pa\""));
        assert!(refused("wind_from [deg]", "heading [deg]", Quantity::Wind).contains("wind_from or wind_towards"));
        assert!(refused("10, 270", "999, 270", Quantity::Wind).contains("beyond"));
        assert!(refused("10, 270", "-10, 270", Quantity::Wind).contains("-10"));
        assert!(refused("0.9, 15", "90, 15", Quantity::WaveHeight).contains("90 m"));
    }
}
