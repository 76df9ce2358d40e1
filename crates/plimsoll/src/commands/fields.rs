//! `plimsoll fields inspect`: what was understood of a file before anything drifts with it.

use crate::answer::Delivery;
use crate::cli::{Fields, FieldsInspect};
use crate::failure::Failure;
use crate::held;
use plimsoll_case::answer::fields::{FieldGrid, FieldLayer, FieldMap, FieldRefused, FieldTimes};
use plimsoll_case::answer::{Answer as _, FieldsAnswer, digest};
use plimsoll_read::{LayerSource, ReadError, Reader, quantity, summary};
use plimsoll_report::text;
use plimsoll_sea::field::{Basis, FrameSource as _};
use std::path::Path;
use std::sync::Arc;

/// Carries out `plimsoll fields`.
pub fn run(command: &Fields) -> Result<(), Failure> {
    let Fields::Inspect(args) = command;
    inspect(args)
}

fn inspect(args: &FieldsInspect) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, None, std::slice::from_ref(&args.file))?;
    let answer = answer(&args.file)?;
    delivery.write(&answer, text::fields, None)
}

/// A file that cannot be read is an input refused, unless the system failed.
pub fn refused(e: &ReadError) -> Failure {
    match e {
        ReadError::Io { why, .. } if !matches!(why.kind(), std::io::ErrorKind::NotFound) => {
            Failure::World(e.to_string())
        }
        ReadError::Io { file, .. } => Failure::input(
            format!("{}: there is no such file", file.display()),
            "a file that a case names is looked for beside the case",
        ),
        _ => Failure::input(e.to_string(), ""),
    }
}

fn answer(path: &Path) -> Result<FieldsAnswer, Failure> {
    let reader = plimsoll_read::open(path).map_err(|e| refused(&e))?;
    let bytes = held::bytes(path).map_err(|e| Failure::file("read", path, e))?;
    let contents = reader.contents();
    let layers = (0..contents.layers.len())
        .map(|i| layer(&reader, i))
        .collect::<Result<Vec<_>, ReadError>>()
        .map_err(|e| refused(&e))?;
    let mut answer = FieldsAnswer {
        schema: FieldsAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").into(),
        digest: String::new(),
        file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        bytes,
        format: contents.format.into(),
        layers,
        refused: contents
            .refused
            .iter()
            .map(|r| FieldRefused {
                variable: r.variable.clone(),
                quantity: quantity::id(r.quantity).into(),
                code: r.fault.id().into(),
                why: r.fault.to_string(),
            })
            .collect(),
        others: contents.others.clone(),
    };
    answer.digest = digest::of(&answer)
        .map_err(|e| Failure::World(format!("this is a fault of plimsoll, please report it: {e}")))?;
    Ok(answer)
}

fn layer(reader: &Arc<dyn Reader>, index: usize) -> Result<FieldLayer, ReadError> {
    let mut source = LayerSource::new(Arc::clone(reader), index);
    let look = summary::look(&mut source)?;
    let (layer, grid) = (source.layer(), &source.header().grid);
    let (kind, projection) = summary::kind(grid);
    let [columns, rows] = grid.shape();
    let [column_m, row_m] = summary::spacing_m(grid);
    let [west_deg, east_deg, south_deg, north_deg] = look.map_extent;
    let (step, gaps) = summary::gaps(&layer.times);
    let basis = match layer.basis {
        Basis::EastNorth => "east_north",
        Basis::GridAxes => "grid_axes",
    };
    Ok(FieldLayer {
        quantity: quantity::id(layer.quantity).into(),
        variables: layer.variables.clone(),
        by_name: layer.by_name,
        basis: quantity::is_vector(layer.quantity).then(|| basis.into()),
        unit: layer.unit.clone(),
        unit_used: quantity::measure(layer.quantity).unit().into(),
        level: layer.level.clone(),
        grid: FieldGrid {
            kind: kind.into(),
            projection: projection.into(),
            columns: columns as u64,
            rows: rows as u64,
            column_m,
            row_m,
            west_deg,
            east_deg,
            south_deg,
            north_deg,
        },
        times: layer.times.first().zip(layer.times.last()).map(|(first, last)| FieldTimes {
            count: layer.times.len() as u64,
            first: *first,
            last: *last,
            step_s: step.map(|ms| ms as f64 / 1000.0),
            gaps,
        }),
        frames_read: look.frames_read as u64,
        missing: look.missing,
        low: look.range.map(|r| r[0]),
        high: look.range.map(|r| r[1]),
        map: FieldMap { time: layer.times.get(look.map_frame).copied(), rows: look.map },
    })
}
