//! `plimsoll coast`: tiles of the shoreline, made, described and asked.

mod gshhg;

use crate::answer::Delivery;
use crate::cli::coast::{At, Build, Coast as Command, Info};
use crate::failure::Failure;
use crate::input::Source;
use crate::output;
use crate::progress::{Progress, note};
use gshhg::Gshhg;
use plimsoll_case::answer::coast::{Place, Tiles};
use plimsoll_case::answer::{Answer as _, CoastAnswer};
use plimsoll_report::text;
use plimsoll_sea::coast::{self, Coast, Nearness, Region};
use std::path::Path;

/// Larger files are no coast tiles: those of the whole world have less.
const LARGEST: u64 = 1 << 30;
/// How far `coast at` looks for a shore, m.
const LOOK_M: f64 = 200_000.0;

/// Makes, describes or asks.
pub fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::At(args) => at(args),
        Command::Info(args) => info(args),
        Command::Build(args) => build(args),
    }
}

/// The tiles of a file, or those that the program carries.
pub fn tiles(path: Option<&Path>) -> Result<Coast, Failure> {
    let Some(path) = path else { return Ok(coast::embedded().clone()) };
    let source = Source::read(path, LARGEST)?;
    Coast::parse(source.bytes).map_err(|e| {
        Failure::input(
            format!("{}: {e}", source.name),
            "make it with `plimsoll coast build --region W,S,E,N --out FILE`",
        )
    })
}

/// Tiles of a region, made of the shorelines in the folder `from`.
///
/// # Errors
/// What standard error would say.
pub fn coast_of_gshhg(from: &Path, region: Region) -> Result<Coast, String> {
    let source = Gshhg::read(from).map_err(|e| e.message())?;
    let bins = source.bins(region).map_err(|e| e.message())?;
    let bytes = coast::build(region, &source.origin(), &bins, || ()).map_err(|e| e.to_string())?;
    Coast::parse(bytes).map_err(|e| e.to_string())
}

fn at(args: &At) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, None, args.tiles.as_slice())?;
    let coast = tiles(args.tiles.as_deref())?;
    let nearest = match coast.nearest(args.position, LOOK_M) {
        Nearness::At { distance_m, place } => Some((distance_m, place)),
        Nearness::Beyond | Nearness::Unknown => None,
    };
    let place = Place {
        position: args.position.into(),
        land: coast.is_land(args.position),
        shore_distance_m: nearest.map(|(distance_m, _)| distance_m),
        shore: nearest.map(|(_, shore)| shore.into()),
        looked_m: LOOK_M,
    };
    delivery.write(&answer(&coast, Some(place)), text::coast, None)
}

fn info(args: &Info) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, None, args.tiles.as_slice())?;
    delivery.write(&answer(&tiles(args.tiles.as_deref())?, None), text::coast, None)
}

fn build(args: &Build) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, None, std::slice::from_ref(&args.from))?;
    if args.out == Path::new("-") {
        return Err(Failure::Usage("tiles are no text: give --out a file".into()));
    }
    let outputs: Vec<&Path> = std::iter::once(&*args.out).chain(args.answering.json.as_deref()).collect();
    output::check(&outputs, std::slice::from_ref(&args.from))?;
    let [w, s, e, n] = args.region.0;
    let whole = |deg: f64| deg as i16;
    let region = Region::new(whole(w.floor()), whole(s.floor()), whole(e.ceil()), whole(n.ceil()))
        .ok_or_else(|| Failure::Usage("the region is empty".into()))?;
    if region.bounds_deg().map(f64::from) != args.region.0 {
        note(args.answering.quiet, format_args!("widened to whole degrees: {region}"));
    }
    let source = Gshhg::read(&args.from)?;
    let bins = source.bins(region)?;
    let progress = Progress::new(bins.len() as u64, "bins of a degree", args.answering.quiet);
    let bytes = coast::build(region, &source.origin(), &bins, || progress.add(1))
        .map_err(|e| Failure::input(format!("{}: {e}", args.from.display()), ""))?;
    drop(progress);
    let built = Coast::parse(bytes)
        .map_err(|e| Failure::World(format!("this is a fault of plimsoll, please report it: {e}")))?;
    let mut outputs = delivery.outputs(&answer(&built, None), text::coast, None)?;
    outputs.file(&args.out, built.bytes());
    outputs.write()
}

/// What the tiles are, and what they say of a place.
fn answer(coast: &Coast, place: Option<Place>) -> CoastAnswer {
    let [west_deg, south_deg, east_deg, north_deg] = coast.region().bounds_deg();
    let [cells_sea, cells_land, cells_shore] = coast.cells().map(|n| n as u64);
    let origin = coast.origin();
    CoastAnswer {
        schema: CoastAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").into(),
        tiles: Tiles {
            west_deg,
            south_deg,
            east_deg,
            north_deg,
            source: origin.source.clone(),
            edition: origin.edition.clone(),
            licence: origin.licence.clone(),
            bytes: coast.bytes().len() as u64,
            cells_sea,
            cells_land,
            cells_shore,
            edges: coast.edges() as u64,
            rounding_m: coast::ROUNDING_M,
        },
        place,
    }
}
