//! How a frame is read: which part of which variable, and how what is stored becomes a value.

use super::file::{File, netcdf_fill};
use super::unit_of;
use crate::cf::axes::Role;
use crate::error::{Fault, ReadError};
use crate::layer::Layer;
use crate::quantity::{measure, range};
use netcdf_reader::masked::MaskParams;
use netcdf_reader::unpack::{SignParams, UnpackParams};
use netcdf_reader::{NcSliceInfo, NcSliceInfoElem, NcType, NcVariable};
use plimsoll_core::maths::sin_cos;
use plimsoll_sea::field::Quantity;
use plimsoll_sea::grid::Window;

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
                rest.chunks_mut(2).zip(stored).for_each(|(slot, v)| slot[0] = unpacking.plain(v));
            }
            1 if unpacking.is_plain() => rest.iter_mut().zip(stored).for_each(|(slot, v)| *slot = unpacking.plain(v)),
            step => rest.iter_mut().step_by(step).zip(stored).for_each(|(slot, v)| *slot = unpacking.value(v)),
        }
    }
}

/// How a stored number becomes a value: `scale * stored + offset`, unless it is masked.
#[derive(Clone, Debug)]
pub struct Unpacking {
    scale: f64,
    offset: f64,
    sign: Option<SignParams>,
    /// The first two of the stored numbers that mean "no value"; not a number where there are fewer.
    missing: [f64; 2],
    /// The others; hardly any file has them.
    more_missing: Vec<f64>,
    /// Least and greatest stored number that is meant.
    valid: (f64, f64),
}

impl Unpacking {
    fn value(&self, stored: f64) -> f32 {
        let stored = match &self.sign {
            None => stored,
            Some(s) => s.reinterpret(stored),
        };
        if self.more_missing.contains(&stored) { f32::NAN } else { self.plain(stored) }
    }

    /// Whether [`Self::plain`] says it all.
    fn is_plain(&self) -> bool {
        self.sign.is_none() && self.more_missing.is_empty()
    }

    #[inline]
    fn plain(&self, stored: f64) -> f32 {
        let gap = (stored == self.missing[0])
            | (stored == self.missing[1])
            | (stored < self.valid.0)
            | (stored > self.valid.1);
        if gap { f32::NAN } else { (stored * self.scale + self.offset) as f32 }
    }
}

impl Plan {
    /// How the values of `variable` become those of `quantity`, and its unit as written.
    pub fn part(variable: &NcVariable, quantity: Quantity) -> Result<(Unpacking, String), Fault> {
        let (conversion, unit) = unit_of(variable, quantity)?;
        let (scale, offset) =
            UnpackParams::from_variable(variable).map_or((1.0, 0.0), |p| (p.scale_factor, p.add_offset));
        if !scale.is_finite() || scale == 0.0 || !offset.is_finite() {
            let what = format!("scale_factor is {scale} and add_offset {offset}: no values can be had from that");
            return Err(Fault::Packing { what });
        }
        let mask = MaskParams::from_variable(variable);
        let mut missing = Vec::new();
        let mut valid = (f64::NEG_INFINITY, f64::INFINITY);
        if let Some(m) = &mask {
            missing.extend(m.fill_value);
            missing.extend(&m.missing_values);
            valid = (m.valid_min.unwrap_or(valid.0), m.valid_max.unwrap_or(valid.1));
        }
        // A range of floats about packed integers is meant for what they unpack to (CF 1.11, 2.5.1).
        let packed = !matches!(variable.dtype, NcType::Float | NcType::Double) && (scale, offset) != (1.0, 0.0);
        if packed && valid_is_real(variable) {
            let (a, b) = ((valid.0 - offset) / scale, (valid.1 - offset) / scale);
            valid = (a.min(b), a.max(b));
        }
        if mask.as_ref().is_none_or(|m| m.fill_value.is_none()) {
            let fill = netcdf_fill(&variable.dtype);
            missing.extend((!fill.is_nan()).then_some(fill));
        }
        let (scale, offset) = (scale * conversion.scale, offset * conversion.scale + conversion.offset);
        let sign = SignParams::from_variable(variable);
        let more_missing = missing.split_off(missing.len().min(2));
        let missing = [0, 1].map(|i| missing.get(i).copied().unwrap_or(f64::NAN));
        Ok((Unpacking { scale, offset, sign, missing, more_missing, valid }, unit))
    }

    /// Reads a frame of `layer`.
    pub fn read(
        &self,
        file: &File,
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

    fn selection(&self, frame: usize, [column, row]: [usize; 2], [columns, rows]: [usize; 2]) -> NcSliceInfo {
        let slice = |from: usize, count: usize| NcSliceInfoElem::Slice {
            start: from as u64,
            end: (from + count) as u64,
            step: 1,
        };
        let selections = self.roles.iter().map(|role| match role {
            Role::X => slice(column, columns),
            Role::Y => slice(row, rows),
            Role::T => NcSliceInfoElem::Index(frame as u64),
            Role::Z => NcSliceInfoElem::Index(self.level),
            Role::Other => NcSliceInfoElem::Index(0),
        });
        NcSliceInfo { selections: selections.collect() }
    }
}

fn valid_is_real(variable: &NcVariable) -> bool {
    use netcdf_reader::NcAttrValue::{Doubles, Floats};
    ["valid_range", "valid_min", "valid_max"]
        .iter()
        .filter_map(|n| variable.attribute(n))
        .any(|a| matches!(a.value, Floats(_) | Doubles(_)))
}

/// Every value that is there is one that nature knows.
fn check(file: &File, layer: &Layer, frame: usize, window: &Window, out: &[f32]) -> Result<(), ReadError> {
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
