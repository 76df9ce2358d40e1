//! Tiles of the shoreline, a place beside it, and how fast they answer.

use super::layout::{Row, both_edges, paragraph, table};
use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::coast::{Place, Point};
use plimsoll_case::answer::{CoastAnswer, CoastBenchAnswer};

/// What the tiles say of a place, or what they hold.
#[must_use]
pub fn coast(a: &CoastAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    let t = &a.tiles;
    both_edges(&mut out, &l.word("coast.title"), &format!("plimsoll {}", a.version));
    out.push('\n');
    if let Some(p) = &a.place {
        place(&mut out, w, p);
        out.push('\n');
    }
    let side = |deg: i16, letters: &str| {
        let letter = l.word(&format!("coast.{letters}")).chars().nth(usize::from(deg < 0)).unwrap_or(' ');
        format!("{} {letter}", deg.abs())
    };
    let sides = [
        ("west", side(t.west_deg, "east_west")),
        ("east", side(t.east_deg, "east_west")),
        ("south", side(t.south_deg, "north_south")),
        ("north", side(t.north_deg, "north_south")),
    ];
    let sides: Vec<(&str, &str)> = sides.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let [sea, land, shore] = [t.cells_sea, t.cells_land, t.cells_shore].map(|n| w.count(n));
    let rows = [
        ("region", l.fill("coast.sides", &sides)),
        ("source", t.source.clone()),
        ("edition", t.edition.clone()),
        ("licence", t.licence.clone()),
        ("size", l.fill("coast.bytes", &[("n", &w.count(t.bytes))])),
        ("cells", l.fill("coast.kinds", &[("sea", &sea), ("land", &land), ("shore", &shore)])),
        ("edges", w.count(t.edges)),
        ("rounding", l.fill("coast.at_most", &[("m", &w.two(t.rounding_m))])),
    ];
    let rows = rows.map(|(key, text)| Row::Cells(vec![l.word(&format!("coast.{key}")), text]));
    table(&mut out, &[false, false], &rows);
    out.push('\n');
    paragraph(&mut out, &l.word("coast.note"));
    out
}

fn place(out: &mut String, w: Writer, p: &Place) {
    let l = w.language;
    let state = match p.land {
        Some(true) => "coast.land",
        Some(false) => "coast.sea",
        None => "coast.unknown",
    };
    paragraph(out, &l.fill(state, &[("place", &shown(p.position))]));
    match (p.shore_distance_m, p.shore) {
        (Some(d), Some(shore)) => {
            paragraph(out, &l.fill("coast.shore", &[("distance", &distance(w, d)), ("place", &shown(shore))]));
        }
        _ if p.land.is_some() => paragraph(out, &l.fill("coast.none", &[("distance", &distance(w, p.looked_m))])),
        _ => {}
    }
}

/// Degrees and minutes to a thousandth of a minute: 2 m.
fn shown(p: Point) -> String {
    p.lon_lat().map_or_else(|| "-".into(), |p| p.dm(3))
}

fn distance(w: Writer, m: f64) -> String {
    if m < 1_000.0 {
        format!("{}\u{a0}m", w.significant(m, 2))
    } else {
        format!("{}\u{a0}km", w.significant(m / 1_000.0, 3))
    }
}

/// Nanoseconds of each kind of query.
#[must_use]
pub fn bench_coast(a: &CoastBenchAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    paragraph(&mut out, &l.fill("bench_coast.line", &[("n", &w.count(a.queries)), ("bytes", &w.count(a.tile_bytes))]));
    let mut rows = vec![Row::Head(["kind", "ns", "hit"].map(|k| l.word(&format!("bench_coast.{k}"))).to_vec())];
    rows.extend(a.rows.iter().map(|r| {
        let name = l.find(&format!("bench_coast.{}", r.kind)).map_or_else(|| r.kind.clone(), str::to_owned);
        Row::Cells(vec![name, w.decimals(r.ns_per_query, 1), w.decimals(100.0 * r.share_hit, 1)])
    }));
    table(&mut out, &[false, true, true], &rows);
    out
}
