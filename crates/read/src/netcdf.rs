//! NetCDF: the classic formats and the one built on HDF5, by the CF conventions.

mod file;
mod filters;
mod level;
mod place;
mod plan;

use crate::cf::names::{self, Part};
use crate::error::{Fault, ReadError};
use crate::layer::{Contents, Layer, Reader, Refusal};
use crate::quantity::{is_vector, measure};
use file::{File, attributes};
use netcdf_reader::{NcType, NcVariable};
use place::{Known, Place, Trouble};
use plan::Plan;
use plimsoll_sea::field::{Basis, Quantity};
use plimsoll_sea::grid::{Grid, Projection, Window};
use std::path::Path;

/// A NetCDF file whose variables were understood.
pub struct NetCdf {
    file: File,
    contents: Contents,
    /// How each layer is read.
    plans: Vec<Plan>,
}

impl NetCdf {
    /// Opens a file and understands what it holds. Values are read later, frame by frame.
    ///
    /// # Errors
    /// [`ReadError`]: not there, damaged, or without anything of use. A variable of use that has a fault is no error here: it
    /// is told in [`Contents::refused`] and by [`crate::layer_of`].
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let file = File::open(path)?;
        let mut found =
            Found { contents: Contents { format: file.format(), ..Contents::default() }, plans: Vec::new() };
        found.all(&file)?;
        let Found { contents, plans } = found;
        if contents.layers.is_empty() && contents.refused.is_empty() {
            return Err(ReadError::Nothing { file: path.to_owned(), variables: contents.others });
        }
        Ok(Self { file, contents, plans })
    }
}

impl Reader for NetCdf {
    fn file(&self) -> &Path {
        self.file.path()
    }

    fn contents(&self) -> &Contents {
        &self.contents
    }

    fn frame(&self, layer: usize, frame: usize, window: &Window, out: &mut [f32]) -> Result<(), ReadError> {
        let what = &self.contents.layers[layer];
        assert!(frame < what.times.len().max(1), "{} has no frame {frame}", what.variables.join(", "));
        assert_eq!(out.len(), window.count() * what.quantity.components());
        self.plans[layer].read(&self.file, what, frame, window, out)
    }
}

/// What was found so far.
struct Found {
    contents: Contents,
    plans: Vec<Plan>,
}

/// A variable with its meaning.
struct Meant<'a> {
    variable: &'a NcVariable,
    quantity: Quantity,
    part: Part,
    standard: bool,
}

impl Found {
    fn all(&mut self, file: &File) -> Result<(), ReadError> {
        let mut known = Known::default();
        let mut meant = Vec::new();
        for v in file.variables() {
            let a = attributes(v.attributes());
            let coordinate = v.ndim() < 2 || matches!(v.dtype, NcType::Char | NcType::String);
            match names::meaning(v.name(), a.text("standard_name"), a.text("long_name")) {
                Some((quantity, part, standard)) if !coordinate => {
                    meant.push(Meant { variable: v, quantity, part, standard });
                }
                _ if coordinate || crate::cf::axes::place(v.name(), &a).is_some() => {}
                _ => self.contents.others.push(v.name().to_owned()),
            }
        }
        for (i, m) in meant.iter().enumerate() {
            let done = match m.part.partner() {
                None => self.whole(file, &mut known, m),
                Some((other, first)) => match partner(&meant, i, other) {
                    Some(p) if first => self.pair(file, &mut known, m, p),
                    // Told with its first component.
                    Some(_) => Ok(()),
                    None => {
                        let wanted = format!("{:?}", other);
                        Err(Trouble::Fault(Fault::Partner { wanted: lonely(m, &wanted) }))
                    }
                },
            };
            match done {
                Ok(()) => {}
                Err(Trouble::Fault(fault)) => {
                    let variable = m.variable.name().to_owned();
                    self.contents.refused.push(Refusal { variable, quantity: m.quantity, fault });
                }
                Err(Trouble::File(e)) => return Err(e),
            }
        }
        Ok(())
    }

    fn whole(&mut self, file: &File, known: &mut Known, m: &Meant<'_>) -> Result<(), Trouble> {
        let (plan, unit) = Plan::part(m.variable, m.quantity)?;
        let place = known.place(file, m.variable, m.quantity)?;
        self.add(
            m,
            vec![m.variable.name().to_owned()],
            Basis::EastNorth,
            place,
            unit,
            Plan { parts: vec![plan], ..Plan::default() },
        );
        Ok(())
    }

    fn pair(&mut self, file: &File, known: &mut Known, m: &Meant<'_>, p: &Meant<'_>) -> Result<(), Trouble> {
        debug_assert!(is_vector(m.quantity));
        let (first, unit) = Plan::part(m.variable, m.quantity)?;
        let (second, _) = Plan::part(p.variable, p.quantity)?;
        let place = known.place(file, m.variable, m.quantity)?;
        let names = |v: &NcVariable| v.dimensions().iter().map(|d| d.name.clone()).collect::<Vec<_>>();
        if names(m.variable) != names(p.variable) {
            return Err(Fault::Mismatch { partner: p.variable.name().to_owned() }.into());
        }
        let aligned = matches!(&*place.grid, Grid::Axes { projection: Projection::LonLat, .. });
        let basis = match m.part {
            Part::East => Basis::EastNorth,
            // Along meridians and parallels both are the same.
            Part::GridX if aligned => Basis::EastNorth,
            Part::First if aligned => Basis::EastNorth,
            Part::GridX => Basis::GridAxes,
            _ => {
                let (grid, earth) = names::directions(m.quantity);
                return Err(Fault::Direction { grid, earth }.into());
            }
        };
        let variables = vec![m.variable.name().to_owned(), p.variable.name().to_owned()];
        self.add(m, variables, basis, place, unit, Plan { parts: vec![first, second], ..Plan::default() });
        Ok(())
    }

    fn add(&mut self, m: &Meant<'_>, variables: Vec<String>, basis: Basis, place: Place, unit: String, plan: Plan) {
        let Place { roles, grid, times, level, level_said } = place;
        self.contents.layers.push(Layer {
            quantity: m.quantity,
            variables,
            basis,
            grid,
            times,
            level: level_said,
            unit,
            by_name: !m.standard,
        });
        self.plans.push(Plan { roles, level, ..plan });
    }
}

/// The component that goes with the `i`-th: of the same quantity, on the same dimensions if there is one, and of the most
/// similar name.
fn partner<'a, 'b>(meant: &'b [Meant<'a>], i: usize, part: Part) -> Option<&'b Meant<'a>> {
    let m = &meant[i];
    let unlike = |p: &&Meant<'_>| {
        let other = m.variable.dimensions().iter().map(|d| &d.name).ne(p.variable.dimensions().iter().map(|d| &d.name));
        let (a, b) = (m.variable.name(), p.variable.name());
        let differing = a.chars().zip(b.chars()).filter(|(x, y)| x != y).count();
        (other, a.len().abs_diff(b.len()) + differing)
    };
    meant.iter().filter(|p| p.quantity == m.quantity && p.part == part && p.standard == m.standard).min_by_key(unlike)
}

fn lonely(m: &Meant<'_>, wanted: &str) -> String {
    let direction = match m.part {
        Part::East => "the component to the north",
        Part::North => "the component to the east",
        Part::GridX | Part::First => "the component along y",
        Part::GridY | Part::Second => "the component along x",
        Part::Whole => wanted,
    };
    format!("{direction} of the {}", m.quantity.name())
}

/// Whether values of that unit are read, and how the unit was written.
fn unit_of(variable: &NcVariable, quantity: Quantity) -> Result<(crate::units::Conversion, String), Fault> {
    let a = attributes(variable.attributes());
    let unit = a.text("units").unwrap_or_default();
    Ok((measure(quantity).conversion(unit)?, unit.to_owned()))
}
