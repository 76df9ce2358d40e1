//! The fields of a case: files first, in their order, then the built-in tide and constants.

use super::Asked;
use crate::commands::fields;
use crate::failure::Failure;
use crate::held;
use plimsoll_case::answer::digest;
use plimsoll_case::answer::drift::DriftSource;
use plimsoll_case::drift::Current;
use plimsoll_core::time::Utc;
use plimsoll_drift::run::Setup;
use plimsoll_read::{LayerSource, ReadError, Refusal, quantity};
use plimsoll_sea::field::{FrameSource, Header, Quantity};
use plimsoll_sea::grid::Window;
use plimsoll_sea::known::Known;
use plimsoll_sea::set::{Set, Source};
use plimsoll_sea::tide::{Atlas, Stream};
use std::path::Path;
use std::sync::Arc;

/// Frames of a file, or of the tide that the program carries.
pub enum Frames {
    File(LayerSource),
    Tide(Stream),
}

impl FrameSource for Frames {
    type Error = ReadError;

    fn header(&self) -> &Header {
        match self {
            Self::File(f) => f.header(),
            Self::Tide(t) => t.header(),
        }
    }

    fn load(&mut self, frame: usize, window: &Window, out: &mut [f32]) -> Result<(), ReadError> {
        match self {
            Self::File(f) => f.load(frame, window, out),
            Self::Tide(t) => match t.load(frame, window, out) {
                Ok(()) => Ok(()),
                Err(never) => match never {},
            },
        }
    }
}

pub fn sea(asked: &Asked<'_>, setup: &Setup) -> Result<(Set<Frames>, Vec<DriftSource>), Failure> {
    let case = asked.case;
    let (mut set, mut told, mut unfit) = (Set::default(), vec![], vec![]);
    for (name, _) in &case.files {
        file(&asked.beside(name), case.stokes, &mut set, &mut told, &mut unfit)?;
    }
    if case.stokes
        && !set.has(Quantity::Stokes)
        && let Some((_, why)) = unfit.iter().find(|(q, _)| *q == Quantity::Stokes)
    {
        return Err(Failure::input(why, ""));
    }
    if case.stokes && !set.has(Quantity::Stokes) {
        return Err(asked.refuse(
            "run.stokes",
            "no file under `from` tells the Stokes drift",
            "name one that does, or leave `stokes` out: measured leeway holds it",
        ));
    }
    let id = |q| quantity::id(q).to_owned();
    match &case.current {
        Some(Current::Constant(value, written)) => {
            set.push(Source::Known(Quantity::Current, Known::Constant(*value)));
            told.push(DriftSource { quantity: id(Quantity::Current), name: written.clone(), digest: None });
        }
        Some(Current::BuiltIn) => {
            let tide = tide(asked, setup)?;
            let name = format!("{}; no wind-driven stream, no surge", tide.header().name);
            let digest = Some(digest::of_bytes(Atlas::bytes()));
            told.push(DriftSource { quantity: id(Quantity::Current), name, digest });
            set.push(Source::Frames(Frames::Tide(tide)));
        }
        None => {}
    }
    if let Some((value, written)) = &case.wind {
        set.push(Source::Known(Quantity::Wind, Known::Constant(*value)));
        told.push(DriftSource { quantity: id(Quantity::Wind), name: written.clone(), digest: None });
    }
    // what a file was named for must not be missed in silence
    let needed = [(Quantity::Current, true), (Quantity::Wind, case.leeway)];
    for (quantity, _) in needed.into_iter().filter(|(q, needed)| *needed && !set.has(*q)) {
        if let Some((_, why)) = unfit.iter().find(|(q, _)| *q == quantity) {
            return Err(Failure::input(why, ""));
        }
    }
    if case.land {
        let name = "builtin (GSHHG full resolution)".into();
        told.push(DriftSource { quantity: "coast".into(), name, digest: None });
    }
    Ok((set, told))
}

/// Adds what a file tells; `unfit` is what it would tell but for a fault, with the reason.
fn file(
    path: &Path,
    stokes: bool,
    set: &mut Set<Frames>,
    told: &mut Vec<DriftSource>,
    unfit: &mut Vec<(Quantity, String)>,
) -> Result<(), Failure> {
    let reader = plimsoll_read::open(path).map_err(|e| fields::refused(&e))?;
    let sum = held::sha256(path).map_err(|e| Failure::file("read", path, e))?;
    let fault = |r: &Refusal| (r.quantity, format!("{}: {}: {}", path.display(), r.variable, r.fault));
    unfit.extend(reader.contents().refused.iter().map(fault));
    let mut used = 0;
    for k in 0..reader.contents().layers.len() {
        let source = LayerSource::new(Arc::clone(&reader), k);
        let what = source.header().quantity;
        let wanted = matches!(what, Quantity::Current | Quantity::Wind) || stokes && what == Quantity::Stokes;
        if !wanted {
            continue;
        }
        used += 1;
        let name = source.header().name.clone();
        told.push(DriftSource { quantity: quantity::id(what).into(), name, digest: Some(sum.clone()) });
        set.push(Source::Frames(Frames::File(source)));
    }
    if used == 0 {
        let why = reader.contents().refused.iter().map(|r| format!("{}: {}", r.variable, r.fault));
        return Err(Failure::input(
            format!("{}: neither a current nor a wind was found in it", path.display()),
            why.collect::<Vec<_>>().join("; "),
        ));
    }
    Ok(())
}

/// The built-in tide over the whole run.
fn tide(asked: &Asked<'_>, setup: &Setup) -> Result<Stream, Failure> {
    let span_ms = (setup.duration_s * 1000.0) as i64 * if setup.backward { -1 } else { 1 };
    let start = setup.start();
    let end = Utc::from_millis(start.millis() + span_ms).unwrap_or(start);
    Stream::new(start.min(end), start.max(end))
        .map_err(|why| asked.refuse("release.time", why.to_string(), crate::builtin::help(&why)))
}
