//! How a frame is read: which part of which variable, and how what is stored becomes a value.

use super::axes::Role;
use super::fields::unit_of;
use super::variable::{Kind, Store, Variable};
use crate::error::{Fault, ReadError};
use crate::layer::Layer;
use crate::quantity::{measure, range};
use plimsoll_core::maths::sin_cos;
use plimsoll_sea::field::Quantity;
use plimsoll_sea::grid::Window;
use std::ops::Range;

/// How a layer is read.
#[derive(Default)]
pub struct Plan {
    /// One for each component that the file holds.
    pub parts: Vec<Unpacking>,
    /// What each dimension counts.
    pub roles: Vec<Role>,
    /// Index of the level.
    pub level: u64,
}

/// Where unpacked values go: the `i`-th of the `j`-th run to `start + i * steps[0] + j * steps[1]`.
pub struct Target<'a> {
    pub out: &'a mut [f32],
    pub start: usize,
    /// Values in a run.
    pub inner: usize,
    pub steps: [usize; 2],
}

impl Target<'_> {
    /// Unpacks one run.
    pub fn run(&mut self, run: usize, stored: impl Iterator<Item = f64>, unpacking: &Unpacking) {
        let from = self.start + run * self.steps[1];
        let Some(rest) = self.out.get_mut(from..) else { return };
        // with steps that are known and no branches several go at once
        match self.steps[0] {
            2 if unpacking.is_plain() => {
                rest.chunks_mut(2).zip(stored).for_each(|(slot, v)| slot[0] = unpacking.plain(v) as f32);
            }
            1 if unpacking.is_plain() => {
                rest.iter_mut().zip(stored).for_each(|(slot, v)| *slot = unpacking.plain(v) as f32)
            }
            step => rest.iter_mut().step_by(step).zip(stored).for_each(|(slot, v)| *slot = unpacking.number(v) as f32),
        }
    }
}

/// How a stored number becomes a value: `scale * stored + offset`, unless it is masked.
#[derive(Clone, Debug)]
pub struct Unpacking {
    scale: f64,
    offset: f64,
    sign: Option<Sign>,
    /// The first two of the stored numbers that mean "no value"; not a number where there are fewer.
    missing: [f64; 2],
    /// The others; hardly any file has them.
    more_missing: Vec<f64>,
    /// Least and greatest stored number that is meant.
    valid: (f64, f64),
}

/// Integers kept in the type of the other signedness (attribute `_Unsigned`).
#[derive(Clone, Copy, Debug)]
struct Sign {
    modulus: f64,
    to_unsigned: bool,
}

impl Sign {
    fn of(variable: &Variable) -> Option<Self> {
        let word = variable.attributes.text("_Unsigned")?;
        let unsigned = word.eq_ignore_ascii_case("true");
        if !unsigned && !word.eq_ignore_ascii_case("false") {
            return None;
        }
        let (bytes, stored_unsigned) = match variable.kind {
            Kind::Signed(n) => (n, false),
            Kind::Unsigned(n) => (n, true),
            _ => return None,
        };
        let modulus = (0..bytes).fold(1.0, |m, _| m * 256.0);
        (unsigned != stored_unsigned).then_some(Self { modulus, to_unsigned: unsigned })
    }

    fn meant(self, stored: f64) -> f64 {
        if self.to_unsigned && stored < 0.0 {
            stored + self.modulus
        } else if !self.to_unsigned && stored >= 0.5 * self.modulus {
            stored - self.modulus
        } else {
            stored
        }
    }
}

impl Unpacking {
    /// As the attributes of `variable` say, in its own unit.
    pub fn of(variable: &Variable) -> Result<Self, Fault> {
        let a = &variable.attributes;
        let (scale, offset) = (a.number("scale_factor").unwrap_or(1.0), a.number("add_offset").unwrap_or(0.0));
        if !scale.is_finite() || scale == 0.0 || !offset.is_finite() {
            let what = format!("scale_factor is {scale} and add_offset {offset}: no values can be had from that");
            return Err(Fault::Packing { what });
        }
        let sign = Sign::of(variable);
        // What is compared with what is stored is first brought to how that is stored.
        let stored = |v: f64| {
            let v = if variable.kind == Kind::F32 { f64::from(v as f32) } else { v };
            sign.map_or(v, |s| s.meant(v))
        };
        let mut missing: Vec<f64> = a.number("_FillValue").or(variable.unwritten).map(stored).into_iter().collect();
        missing.extend(a.numbers("missing_value").unwrap_or_default().iter().map(|v| stored(*v)));
        let mut valid = match a.numbers("valid_range") {
            Some([low, high, ..]) => (stored(*low), stored(*high)),
            Some(_) => (f64::NEG_INFINITY, f64::INFINITY),
            None => (
                a.number("valid_min").map_or(f64::NEG_INFINITY, stored),
                a.number("valid_max").map_or(f64::INFINITY, stored),
            ),
        };
        // A range of floats about packed integers is meant for what they unpack to (CF 1.11, 2.5.1).
        let packed = !variable.kind.is_real() && (scale, offset) != (1.0, 0.0);
        if packed && a.any_real(&["valid_range", "valid_min", "valid_max"]) {
            let (low, high) = ((valid.0 - offset) / scale, (valid.1 - offset) / scale);
            valid = (low.min(high), low.max(high));
        }
        let more_missing = missing.split_off(missing.len().min(2));
        let missing = [0, 1].map(|i| missing.get(i).copied().unwrap_or(f64::NAN));
        Ok(Self { scale, offset, sign, missing, more_missing, valid })
    }

    /// The value of a stored number; `NaN` where it means that there is none.
    pub fn number(&self, stored: f64) -> f64 {
        let stored = match &self.sign {
            None => stored,
            Some(s) => s.meant(stored),
        };
        if self.more_missing.contains(&stored) { f64::NAN } else { self.plain(stored) }
    }

    /// Whether [`Self::plain`] says it all.
    fn is_plain(&self) -> bool {
        self.sign.is_none() && self.more_missing.is_empty()
    }

    #[inline]
    fn plain(&self, stored: f64) -> f64 {
        let gap = (stored == self.missing[0])
            | (stored == self.missing[1])
            | (stored < self.valid.0)
            | (stored > self.valid.1);
        if gap { f64::NAN } else { stored * self.scale + self.offset }
    }
}

impl Plan {
    /// How the values of `variable` become those of `quantity`, and its unit as written.
    pub fn part(variable: &Variable, quantity: Quantity) -> Result<(Unpacking, String), Fault> {
        let (conversion, unit) = unit_of(variable, quantity)?;
        let own = Unpacking::of(variable)?;
        let (scale, offset) = (own.scale * conversion.scale, own.offset * conversion.scale + conversion.offset);
        Ok((Unpacking { scale, offset, ..own }, unit))
    }

    /// Reads a frame of `layer`.
    pub fn read(
        &self,
        file: &dyn Store,
        layer: &Layer,
        frame: usize,
        window: &Window,
        out: &mut [f32],
    ) -> Result<(), ReadError> {
        let components = layer.quantity.components();
        let [columns, _] = layer.grid.shape();
        // On a grid that goes round the earth the window may run over the last column to the first.
        let first = window.columns.min(columns - window.column);
        let pieces = [(window.column, 0, first), (0, first, window.columns - first)];
        for (k, unpacking) in self.parts.iter().enumerate() {
            let name = &layer.variables[k];
            let variable = file.variable(name).ok_or_else(|| ReadError::damaged(file.path(), name))?;
            for (column, at, count) in pieces.into_iter().filter(|p| p.2 > 0) {
                let selection = self.selection(frame, [column, window.row], [count, window.rows]);
                // Along a row nodes follow each other, along a column rows do.
                let (node, row) = (components, window.columns * components);
                let steps = if self.columns_before_rows() { [row, node] } else { [node, row] };
                let inner = if self.columns_before_rows() { window.rows } else { count };
                let mut target = Target { out, start: at * components + k, inner, steps };
                let read = file.slab(variable, &selection, unpacking, &mut target)?;
                if read != count * window.rows {
                    return Err(ReadError::damaged(file.path(), &format_args!("{name} is shorter than it says")));
                }
            }
        }
        check(file, layer, frame, window, out)?;
        if layer.quantity == Quantity::WaveDirection {
            towards(out);
        }
        Ok(())
    }

    fn columns_before_rows(&self) -> bool {
        let at = |role| self.roles.iter().position(|r| *r == role);
        at(Role::X) < at(Role::Y)
    }

    fn selection(&self, frame: usize, [column, row]: [usize; 2], [columns, rows]: [usize; 2]) -> Vec<Range<u64>> {
        let slice = |from: usize, count: usize| from as u64..(from + count) as u64;
        let one = |i: u64| i..i + 1;
        let of = |role: &Role| match role {
            Role::X => slice(column, columns),
            Role::Y => slice(row, rows),
            Role::T => one(frame as u64),
            Role::Z => one(self.level),
            Role::Other => one(0),
        };
        self.roles.iter().map(of).collect()
    }
}

/// Every value that is there is one that nature knows.
fn check(file: &dyn Store, layer: &Layer, frame: usize, window: &Window, out: &[f32]) -> Result<(), ReadError> {
    let (low, high) = range(layer.quantity);
    let components = layer.quantity.components();
    let stored = layer.variables.len();
    let beyond = |v: &f32| (f64::from(*v) < low) | (f64::from(*v) > high);
    if stored == components && !out.iter().fold(false, |any, v| any | beyond(v)) {
        return Ok(());
    }
    for (i, node) in out.chunks_exact(components).enumerate() {
        for k in 0..stored {
            let value = f64::from(node[k]);
            if beyond(&node[k]) {
                let (c, r) = (window.column + i % window.columns, window.row + i / window.columns);
                let when = layer.times.get(frame).map_or_else(String::new, |t| format!(", {t}"));
                let at = format!("column {c}, row {r}{when}");
                let unit = measure(layer.quantity).unit();
                return Err(ReadError::variable(
                    file.path(),
                    &layer.variables[k],
                    Fault::Value { value, unit, at, low, high },
                ));
            }
        }
    }
    Ok(())
}

/// Degrees from which waves come, in the first of each two slots, become a unit vector towards which they run.
fn towards(out: &mut [f32]) {
    for node in out.chunks_exact_mut(2) {
        let (s, c) = sin_cos(f64::from(node[0]).to_radians());
        node.copy_from_slice(&[-s as f32, -c as f32]);
    }
}
