//! GRIB, edition 2: winds at 10 m, currents, waves and temperatures on regular and projected grids, in every packing in use
//! (simple, complex with and without differences, JPEG 2000, PNG, CCSDS).
//!
//! A file is a row of messages. Opening it reads what describes them and steps over the values; a frame reads its one message.

mod grid;
mod index;
mod param;
mod sane;

use crate::error::{Fault, ReadError};
use crate::layer::{Contents, Layer, Reader, Refusal};
use crate::quantity::{measure, range};
use index::Entry;
use param::Part;
use plimsoll_core::maths::sin_cos;
use plimsoll_sea::field::{Basis, Quantity};
use plimsoll_sea::grid::{Grid, Projection, Window};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A GRIB file whose messages were understood.
pub struct GribFile {
    path: PathBuf,
    contents: Contents,
    /// For each layer and frame, the message of each component.
    frames: Vec<Vec<Vec<Entry>>>,
}

/// What belongs together: the same quantity and part on the same grid at the same level.
type Key = (Quantity, Part, Vec<u8>, u64);

impl GribFile {
    /// Opens a file and understands what it holds. Values are read later, frame by frame.
    ///
    /// # Errors
    /// [`ReadError`]: not there, damaged, edition 1, or without anything of use.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let index::Found { entries, others } = index::scan(path)?;
        let gusts = others.iter().filter(|o| param::is_gust(o)).cloned().collect();
        let mut file = Self {
            path: path.to_owned(),
            contents: Contents { format: "GRIB 2", others, gusts, ..Contents::default() },
            frames: Vec::new(),
        };
        let mut groups: BTreeMap<Key, Vec<Entry>> = BTreeMap::new();
        for e in entries {
            match param::level_fault(e.quantity, e.surface, e.height_m) {
                None => groups.entry((e.quantity, e.part, e.grid.clone(), e.member)).or_default().push(e),
                Some(fault) => file.refuse(&e.name, e.quantity, fault),
            }
        }
        // A level that does not serve is no fault where another does.
        let served: Vec<Quantity> = groups.keys().map(|k| k.0).collect();
        file.contents.refused.retain(|r| !served.contains(&r.quantity));
        file.layers(groups);
        if file.contents.layers.is_empty() && file.contents.refused.is_empty() {
            return Err(ReadError::Nothing { file: path.to_owned(), variables: file.contents.others });
        }
        Ok(file)
    }

    fn refuse(&mut self, variable: &str, quantity: Quantity, fault: Fault) {
        let refusal = Refusal { variable: variable.to_owned(), quantity, fault };
        if !self.contents.refused.contains(&refusal) {
            self.contents.refused.push(refusal);
        }
    }

    fn layers(&mut self, mut groups: BTreeMap<Key, Vec<Entry>>) {
        let members: BTreeMap<(Quantity, Vec<u8>), usize> = groups.keys().fold(BTreeMap::new(), |mut n, k| {
            *n.entry((k.0, k.2.clone())).or_default() += usize::from(matches!(k.1, Part::Whole | Part::First));
            n
        });
        let keys: Vec<Key> = groups.keys().filter(|k| matches!(k.1, Part::Whole | Part::First)).cloned().collect();
        for key in keys {
            let Some(first) = groups.remove(&key) else { continue };
            let name = first[0].name.clone();
            let second = if key.1 == Part::First {
                match groups.remove(&(key.0, Part::Second, key.2.clone(), key.3)) {
                    Some(s) => Some(s),
                    None => {
                        let wanted = format!("the second component of the {} on the same grid", key.0.name());
                        self.refuse(&name, key.0, Fault::Partner { wanted });
                        continue;
                    }
                }
            } else {
                None
            };
            if members.get(&(key.0, key.2.clone())).is_some_and(|n| *n > 1) {
                let what =
                    "the file holds several members of an ensemble; split it first (`grib_copy -w number=0`)".into();
                self.refuse(&name, key.0, Fault::Grid { what });
                continue;
            }
            if let Err(fault) = self.layer(&key, first, second) {
                self.refuse(&name, key.0, fault);
            }
        }
        for (key, rest) in groups {
            let wanted = format!("the first component of the {} on the same grid", key.0.name());
            self.refuse(&rest[0].name.clone(), key.0, Fault::Partner { wanted });
        }
    }

    fn layer(&mut self, key: &Key, first: Vec<Entry>, second: Option<Vec<Entry>>) -> Result<(), Fault> {
        let by_time = |entries: Vec<Entry>| -> Result<BTreeMap<i64, Entry>, Fault> {
            let mut out = BTreeMap::new();
            for e in entries {
                let (name, time) = (e.name.clone(), e.time);
                if out.insert(time.millis(), e).is_some() {
                    let what = format!("{time} stands in the file twice: from two model runs? Keep one of them");
                    return Err(Fault::Time { name, what });
                }
            }
            Ok(out)
        };
        let names: Vec<String> = std::iter::once(&first).chain(&second).map(|e| e[0].name.clone()).collect();
        let shape = first[0].shape.clone()?;
        let level = param::level(key.0, first[0].surface, first[0].height_m);
        let (first, second) = (by_time(first)?, second.map(by_time).transpose()?);
        let mut frames = Vec::new();
        let mut times = Vec::new();
        for (ms, a) in first {
            let pair = match &second {
                None => vec![a.clone()],
                Some(s) => match s.get(&ms) {
                    Some(b) => vec![a.clone(), b.clone()],
                    None => {
                        let what = format!("{} has only one of the two components", a.time);
                        return Err(Fault::Time { name: a.name.clone(), what });
                    }
                },
            };
            times.push(a.time);
            frames.push(pair);
        }
        let geographic = matches!(shape.grid, Grid::Axes { projection: Projection::LonLat, .. });
        let basis = if geographic || !shape.along_grid { Basis::EastNorth } else { Basis::GridAxes };
        self.contents.layers.push(Layer {
            quantity: key.0,
            variables: names,
            basis,
            grid: Arc::new(shape.grid),
            times,
            level,
            unit: param::unit(key.0).to_owned(),
            by_name: false,
        });
        self.frames.push(frames);
        Ok(())
    }
}

impl Reader for GribFile {
    fn file(&self) -> &Path {
        &self.path
    }

    fn contents(&self) -> &Contents {
        &self.contents
    }

    fn frame(&self, layer: usize, frame: usize, window: &Window, out: &mut [f32]) -> Result<(), ReadError> {
        let what = &self.contents.layers[layer];
        let components = what.quantity.components();
        assert_eq!(out.len(), window.count() * components);
        let [columns, rows] = what.grid.shape();
        let (low, high) = range(what.quantity);
        let offset = param::offset(what.quantity);
        for (k, entry) in self.frames[layer][frame].iter().enumerate() {
            let values = index::values(&self.path, entry, columns * rows)?;
            for r in 0..window.rows {
                for c in 0..window.columns {
                    let (column, row) = ((window.column + c) % columns, window.row + r);
                    let stored = values[entry.order.place(column, row, columns, rows)];
                    let value = (f64::from(stored) + offset) as f32;
                    if f64::from(value) < low || f64::from(value) > high {
                        let at = format!("column {column}, row {row}, {}", entry.time);
                        let unit = measure(what.quantity).unit();
                        let fault = Fault::Value { value: f64::from(value), unit, at, low, high };
                        return Err(ReadError::variable(&self.path, &entry.name, fault));
                    }
                    out[(r * window.columns + c) * components + k] = value;
                }
            }
        }
        if what.quantity == Quantity::WaveDirection {
            for node in out.chunks_exact_mut(2) {
                let (s, c) = sin_cos(f64::from(node[0]).to_radians());
                node.copy_from_slice(&[-s as f32, -c as f32]);
            }
        }
        Ok(())
    }
}
