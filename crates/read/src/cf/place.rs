//! Where the values of a variable stand: its dimensions, its grid, its times, its level.

use super::variable::{Store, Variable};
use crate::attributes::Attributes;
use crate::cf::axes::{self, Kind, Role};
use crate::cf::time::TimeUnit;
use crate::error::{Fault, ReadError};
use crate::mapping;
use plimsoll_core::earth::{LonLat, distance_m};
use plimsoll_core::time::Utc;
use plimsoll_sea::field::Quantity;
use plimsoll_sea::grid::{Axis, Curvilinear, Grid, Projection};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Why a variable has no place: a fault of it, or of the whole file.
pub enum Trouble {
    Fault(Fault),
    File(ReadError),
}

impl From<Fault> for Trouble {
    fn from(f: Fault) -> Self {
        Self::Fault(f)
    }
}

impl From<ReadError> for Trouble {
    fn from(e: ReadError) -> Self {
        Self::File(e)
    }
}

/// Where a variable's values stand.
#[derive(Clone)]
pub struct Place {
    /// What each of its dimensions counts.
    pub roles: Vec<Role>,
    pub grid: Arc<Grid>,
    pub times: Vec<Utc>,
    /// Index of the level that was chosen.
    pub level: u64,
    /// The level in words.
    pub level_said: Option<String>,
}

/// Coordinates that are read once, though many variables lean on them.
#[derive(Default)]
pub struct Known {
    grids: BTreeMap<(String, String, String), Arc<Grid>>,
    times: BTreeMap<String, Vec<Utc>>,
}

fn grid_fault(what: impl Into<String>) -> Trouble {
    Trouble::Fault(Fault::Grid { what: what.into() })
}

impl Known {
    /// Where `variable`, which holds `quantity`, stands.
    pub fn place(&mut self, file: &dyn Store, variable: &Variable, quantity: Quantity) -> Result<Place, Trouble> {
        let own = &variable.attributes;
        let mut roles: Vec<Role> = variable
            .dimensions()
            .iter()
            .map(|d| axes::role(&d.name, file.variable(&d.name).map(|c| &c.attributes)))
            .collect();
        let listed: Vec<&str> = own.text("coordinates").unwrap_or_default().split_whitespace().collect();
        let spread = spread_places(file, variable, &listed);
        if let Some((lon, _)) = spread {
            // Rows and columns by the order of the two-dimensional coordinates.
            for (dimension, role) in lon.dimensions().iter().zip([Role::Y, Role::X]) {
                if let Some(i) = variable.dimensions().iter().position(|d| d.name == dimension.name) {
                    roles[i] = role;
                }
            }
        }
        let find = |role: Role| -> Result<Option<usize>, Trouble> {
            let mut hits = (0..roles.len()).filter(|i| roles[*i] == role);
            match (hits.next(), hits.next()) {
                (Some(a), Some(b)) => {
                    let name = |i: usize| variable.dimensions()[i].name.clone();
                    Err(grid_fault(format!("its dimensions {} and {} seem to count the same", name(a), name(b))))
                }
                (hit, _) => Ok(hit),
            }
        };
        let (x, y, z, t) = (find(Role::X)?, find(Role::Y)?, find(Role::Z)?, find(Role::T)?);
        let (Some(x), Some(y)) = (x, y) else {
            let names: Vec<&str> = variable.dimensions().iter().map(|d| d.name.as_str()).collect();
            let names = names.join(", ");
            return Err(grid_fault(format!(
                "it does not lie on a grid: among its dimensions ({names}) none is known as columns and rows. Series at a \
                 point are read from CSV"
            )));
        };
        for (i, d) in variable.dimensions().iter().enumerate() {
            if roles[i] == Role::Other && d.size != 1 {
                return Err(grid_fault(format!(
                    "its dimension {} has {} entries and is neither place, level nor time; pick one first (`ncks -d {},0`)",
                    d.name, d.size, d.name
                )));
            }
        }
        let (x, y) = (&variable.dimensions()[x].name, &variable.dimensions()[y].name);
        let grid = self.grid(file, variable, own, [x, y], spread)?;
        let times = match t {
            Some(t) => {
                let name = time_variable(file, &variable.dimensions()[t].name, &listed);
                self.times(file, name, &variable.dimensions()[t].name)?
            }
            None => {
                let scalar = listed
                    .iter()
                    .copied()
                    .chain(["time"])
                    .find_map(|n| file.variable(n).filter(|v| v.count() == Some(1) && is_time(v)));
                match scalar {
                    Some(v) => self.times(file, Some(v), v.name())?,
                    None if crate::quantity::needs_time(quantity) => {
                        let what = "it has no dimension of time, and no coordinate says when it holds".into();
                        return Err(Fault::Time { name: "time".into(), what }.into());
                    }
                    None => Vec::new(),
                }
            }
        };
        let (level, level_said) = super::level::choose(file, variable, z, &listed, quantity)?;
        Ok(Place { roles, grid, times, level, level_said })
    }

    fn grid(
        &mut self,
        file: &dyn Store,
        variable: &Variable,
        own: &Attributes,
        [x, y]: [&str; 2],
        spread: Option<(&Variable, &Variable)>,
    ) -> Result<Arc<Grid>, Trouble> {
        // "crs: x y" names the mapping first.
        let mapping = own.text("grid_mapping").map(|m| m.split([':', ' ']).next().unwrap_or(m).to_owned());
        let key = (x.to_owned(), y.to_owned(), mapping.clone().unwrap_or_default());
        if let Some(known) = self.grids.get(&key) {
            return Ok(Arc::clone(known));
        }
        let projection = match &mapping {
            None => None,
            Some(name) => {
                let of = match file.variable(name) {
                    Some(v) => mapping::of_attributes(&v.attributes),
                    None => Err("the file has no variable of that name".to_owned()),
                };
                Some(of.map_err(|what| Fault::Mapping { name: name.clone(), what }))
            }
        };
        let line = |name: &str| {
            let v = file.variable(name).filter(|v| v.ndim() == 1)?;
            Some((v, axes::kind(name, &v.attributes)))
        };
        let straight = match (line(x), line(y)) {
            (Some((vx, kx)), Some((vy, ky))) => {
                let (projection, unit) = match (kx, ky, projection) {
                    (Kind::Geographic, Kind::Geographic, None | Some(Ok(Projection::LonLat) | Err(_))) => {
                        (Ok(Projection::LonLat), 1.0)
                    }
                    (Kind::Rotated, Kind::Rotated, Some(p @ (Ok(Projection::RotatedPole(_)) | Err(_)))) => (p, 1.0),
                    (Kind::Projected(a), Kind::Projected(b), Some(p)) if a == b => match p {
                        Ok(p) if p.is_angular() => (Err(mismatch(mapping.as_deref())), 1.0),
                        p => (p, a),
                    },
                    (_, _, Some(Err(fault))) => (Err(fault), 1.0),
                    (_, _, Some(Ok(_))) => (Err(mismatch(mapping.as_deref())), 1.0),
                    (_, _, None) => (Err(unmapped(x, y)), 1.0),
                };
                Some((vx, vy, projection, unit))
            }
            _ => None,
        };
        let grid = match (straight, spread) {
            (Some((vx, vy, Ok(projection), unit)), spread) => {
                let axis = |v: &Variable| -> Result<Axis, Trouble> {
                    let values: Vec<f64> = file.numbers(v)?.iter().map(|c| c * unit).collect();
                    Axis::new(&values).map_err(|e| grid_fault(format!("{}: {e}", v.name())))
                };
                let (ax, ay) = (axis(vx)?, axis(vy)?);
                if projection == Projection::LonLat {
                    within(vx.name(), &ax, 540.0)?;
                    within(vy.name(), &ay, 90.0)?;
                }
                let grid = Grid::axes(projection, ax, ay);
                if let Some((lon, lat)) = spread {
                    agree(file, &grid, lon, lat, mapping.as_deref().unwrap_or(x))?;
                }
                grid
            }
            // The places of the nodes say all that a mapping could.
            (_, Some((lon, lat))) => {
                let [columns, rows] = [1, 0].map(|k| lon.dimensions().get(k).map_or(0, |d| d.size) as usize);
                let (lon, lat) = (file.numbers(lon)?, file.numbers(lat)?);
                Grid::Curvilinear(Curvilinear::new(columns, rows, &lon, &lat).map_err(|e| grid_fault(e.to_string()))?)
            }
            (Some((.., Err(fault), _)), None) => return Err(fault.into()),
            (None, None) => {
                return Err(grid_fault(format!(
                    "its dimensions {x} and {y} have no coordinates, and no longitude and latitude lie on them (of {})",
                    variable.name()
                )));
            }
        };
        let grid = Arc::new(grid);
        self.grids.insert(key, Arc::clone(&grid));
        Ok(grid)
    }

    fn times(&mut self, file: &dyn Store, variable: Option<&Variable>, dimension: &str) -> Result<Vec<Utc>, Trouble> {
        let fault = |name: &str, what: String| Trouble::Fault(Fault::Time { name: name.to_owned(), what });
        let Some(v) = variable else {
            return Err(fault(dimension, "the dimension has no coordinate that says when its frames hold".into()));
        };
        if let Some(known) = self.times.get(v.name()) {
            return Ok(known.clone());
        }
        let a = &v.attributes;
        let unit = TimeUnit::parse(a.text("units").unwrap_or_default(), a.text("calendar"))
            .map_err(|what| fault(v.name(), what))?;
        let mut times: Vec<Utc> = Vec::new();
        for (i, value) in file.numbers(v)?.into_iter().enumerate() {
            let time = unit.at(value).ok_or_else(|| {
                fault(v.name(), format!("entry {i} is missing or no time ({value}); every frame needs its time"))
            })?;
            if let Some(before) = times.last().filter(|b| **b >= time) {
                return Err(fault(v.name(), format!("entry {i} ({time}) is not after the one before it ({before})")));
            }
            times.push(time);
        }
        if times.is_empty() {
            return Err(fault(v.name(), "there are none: the file was written without a frame".into()));
        }
        self.times.insert(v.name().to_owned(), times.clone());
        Ok(times)
    }
}

fn mismatch(mapping: Option<&str>) -> Fault {
    let what = "it does not go with the units of the grid's coordinates (degrees or metres)".to_owned();
    Fault::Mapping { name: mapping.unwrap_or_default().to_owned(), what }
}

fn unmapped(x: &str, y: &str) -> Fault {
    Fault::Grid {
        what: format!(
            "its coordinates {x} and {y} are neither longitude and latitude (units degrees_east, degrees_north) nor does a \
             grid_mapping say how they become that"
        ),
    }
}

fn within(name: &str, axis: &Axis, limit: f64) -> Result<(), Trouble> {
    for at in [0.0, (axis.count() - 1) as f64] {
        let value = axis.coordinate(at);
        if value.abs() > limit + 1e-6 {
            return Err(grid_fault(format!("{name} is {value}; allowed: -{limit} to {limit} degrees")));
        }
    }
    Ok(())
}

/// Longitudes and latitudes given node by node for the grid of `variable`: those that it lists, else any.
fn spread_places<'a>(
    file: &'a dyn Store,
    variable: &Variable,
    listed: &[&str],
) -> Option<(&'a Variable, &'a Variable)> {
    let on_grid = |v: &Variable| {
        v.ndim() == 2 && v.dimensions().iter().all(|d| variable.dimensions().iter().any(|w| w.name == d.name))
    };
    let all = file.variables().iter().filter(|v| on_grid(v));
    let find = |role: Role| {
        let mut hits = all.clone().filter(|v| axes::place(v.name(), &v.attributes) == Some(role));
        let first = hits.clone().next();
        hits.find(|v| listed.contains(&v.name())).or(first)
    };
    let (lon, lat) = (find(Role::X)?, find(Role::Y)?);
    let same = lon.dimensions().iter().map(|d| &d.name).eq(lat.dimensions().iter().map(|d| &d.name));
    same.then_some((lon, lat))
}

/// The mapping against the longitudes and latitudes of the file, at its corners and middle. A grid that lies beside its own
/// places would put every drift beside the sea.
fn agree(file: &dyn Store, grid: &Grid, lon: &Variable, lat: &Variable, mapping: &str) -> Result<(), Trouble> {
    let [columns, rows] = grid.shape();
    if lon.dimensions().iter().map(|d| d.size).ne([rows as u64, columns as u64]) {
        return Ok(());
    }
    let (i, j) = (columns - 1, rows - 1);
    for [i, j] in [[0, 0], [i, 0], [0, j], [i, j], [i / 2, j / 2]] {
        let at = [j as u64, i as u64];
        let (x, y) = (file.number_at(lon, &at)?, file.number_at(lat, &at)?);
        let here = grid.place([i as f64, j as f64]);
        let step = grid.metric([i as f64, j as f64]).column_m;
        let cell = (step[0] * step[0] + step[1] * step[1]).sqrt();
        let wrapped = |lon: f64| lon - 360.0 * (lon / 360.0).round();
        let (Ok(said), Ok(mapped)) = (LonLat::new(wrapped(x), y), LonLat::new(wrapped(here[0]), here[1])) else {
            continue;
        };
        let apart = distance_m(said, mapped);
        // Files keep places as f32, and some round them to a thousandth of a degree.
        if apart > 200.0 && apart > 0.1 * cell {
            let what = format!(
                "column {i}, row {j} lies at {mapped} by it, but at {said} by {} and {} ({:.1} km apart)",
                lon.name(),
                lat.name(),
                apart / 1000.0
            );
            return Err(Fault::Mapping { name: mapping.to_owned(), what }.into());
        }
    }
    Ok(())
}

fn is_time(v: &Variable) -> bool {
    axes::role(v.name(), Some(&v.attributes)) == Role::T
}

/// The variable that says when the entries of a dimension hold: of its name, listed, or any on it that counts "since".
fn time_variable<'a>(file: &'a dyn Store, dimension: &str, listed: &[&str]) -> Option<&'a Variable> {
    let on = |v: &&Variable| v.ndim() == 1 && v.dimensions().iter().all(|d| d.name == dimension);
    file.variable(dimension).filter(on).or_else(|| {
        let mut hits = file.variables().iter().filter(on).filter(|v| is_time(v));
        let first = hits.clone().next();
        hits.find(|v| listed.contains(&v.name())).or(first)
    })
}
