//! `plimsoll bench coast`: points and steps against the coast tiles, where it is easy and where it is hard.

use crate::answer::Delivery;
use crate::cancel;
use crate::cli::coast::BenchCoast;
use crate::clock::Stopwatch;
use crate::commands::coast::tiles;
use crate::failure::Failure;
use plimsoll_case::answer::coast::CoastBenchRow;
use plimsoll_case::answer::{Answer as _, CoastBenchAnswer};
use plimsoll_core::earth::{Course, LonLat, destination};
use plimsoll_core::ledger::Knowledge;
use plimsoll_report::text;
use plimsoll_sea::coast::Coast;
use std::hint::black_box;
use std::sync::atomic::Ordering;

/// Different places of each kind, asked in turn: more than the caches nearest to the processor hold tiles for.
const PLACES: usize = 1 << 16;
/// Length of a step, m: a minute in a stream of 1 m/s.
const STEP_M: f64 = 60.0;
/// How near is near, m, each way.
const NEAR_M: f64 = 200.0;

/// Draws one place of a kind, if the first try meets one.
type Place<'a> = &'a dyn Fn(&mut Draw) -> Option<LonLat>;

/// Draws by name and number.
struct Draw {
    seed: u64,
    next: u32,
}

impl Draw {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.next += 1;
        low + (high - low) * Knowledge::outer(self.seed, self.next).place("bench.coast")
    }
}

/// Times every kind of query.
pub fn run(args: &BenchCoast) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, None, args.tiles.as_slice())?;
    let coast = tiles(args.tiles.as_deref())?;
    let mut draw = Draw { seed: args.seed, next: 0 };
    let [w, s, e, n] = coast.region().bounds_deg().map(f64::from);
    let mut corners: Vec<LonLat> = coast.outlines([w, s, e, n], 0.0).into_iter().flatten().collect();
    corners.retain(|c| coast.is_land(*c).is_some());
    let anywhere = |draw: &mut Draw| LonLat::new(draw.between(w, e), draw.between(s, n)).ok();
    let moved = |from: LonLat, distance_m: f64, draw: &mut Draw| {
        Some(destination(from, Course { distance_m, bearing_deg: draw.between(0.0, 360.0) }))
            .filter(|to| coast.is_land(*to).is_some())
    };
    let near = |draw: &mut Draw| {
        let corner = corners.get(draw.between(0.0, corners.len() as f64) as usize)?;
        let distance_m = draw.between(0.0, NEAR_M);
        moved(*corner, distance_m, draw)
    };
    let at_sea =
        |draw: &mut Draw| anywhere(draw).filter(|p| coast.clear_m(*p) > 0.0 && coast.is_land(*p) == Some(false));
    let mut rows = Vec::new();
    let kinds: [(&str, &str, Place<'_>); 3] = [
        ("point_anywhere", "step_anywhere", &anywhere),
        ("point_at_sea", "step_at_sea", &at_sea),
        ("point_near_shore", "step_near_shore", &near),
    ];
    for (point, step, place) in kinds {
        let tracks: Vec<(LonLat, LonLat)> = std::iter::repeat_with(|| {
            let from = place(&mut draw)?;
            Some((from, moved(from, STEP_M, &mut draw)?))
        })
        // A region may hold no such place.
        .take(100 * PLACES)
        .flatten()
        .take(PLACES)
        .collect();
        if tracks.is_empty() {
            continue;
        }
        let points: Vec<LonLat> = tracks.iter().map(|t| t.0).collect();
        rows.push(timed(point, args.queries, &points, |p| coast.is_land(*p) == Some(true))?);
        rows.push(timed(step, args.queries, &tracks, |t| meets(&coast, *t))?);
    }
    let answer = CoastBenchAnswer {
        schema: CoastBenchAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").into(),
        seed: args.seed,
        queries: args.queries,
        tile_bytes: coast.bytes().len() as u64,
        rows,
    };
    delivery.write(&answer, text::bench_coast, None)
}

fn meets(coast: &Coast, (from, to): (LonLat, LonLat)) -> bool {
    coast.first_crossing(from, to).is_ok_and(|crossing| crossing.is_some())
}

/// Asks as many times as wanted, through all places in turn.
fn timed<T>(kind: &str, queries: u64, asked: &[T], hit: impl Fn(&T) -> bool) -> Result<CoastBenchRow, Failure> {
    if cancel::flag().load(Ordering::Relaxed) {
        return Err(Failure::Interrupted);
    }
    // Once unmeasured: the first time also wakes the memory.
    let all = |queries: usize| asked.iter().cycle().take(queries).filter(|q| hit(black_box(q))).count();
    black_box(all(asked.len()));
    let watch = Stopwatch::start();
    let hits = black_box(all(queries as usize));
    let seconds = watch.elapsed().as_secs_f64();
    Ok(CoastBenchRow {
        kind: kind.into(),
        ns_per_query: 1e9 * seconds / queries as f64,
        share_hit: hits as f64 / queries as f64,
    })
}
