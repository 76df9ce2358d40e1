//! The tide against the reference material: the gauge at St Helier, the model's own series, gauges' constants and the
//! streams of another model. Skipped aloud where the material is absent; figures that need none of it are in
//! `plimsoll_sea::validation`.
#![allow(clippy::print_stderr, reason = "what was measured is worth seeing")]

use netcdf_reader::NcFile;
use plimsoll_core::earth::LonLat;
use plimsoll_core::testkit::shared;
use plimsoll_core::time::Utc;
use plimsoll_sea::ledger::LEDGER;
use plimsoll_sea::tide::{Atlas, Constants, Local, Weights};
use std::path::Path;

const HOUR_MS: f64 = 3_600_000.0;

fn read(file: &NcFile, name: &str) -> Vec<f64> {
    file.read_variable_as_f64(name).expect("a variable of numbers").into_iter().collect()
}

/// Rows of a table without quoted commas in the columns that are asked for, from the right where `columns` is negative.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).expect("a text");
    text.lines().skip(1).map(|l| l.split(',').map(str::to_owned).collect()).collect()
}

/// TICON-4's constants of one station; what is left out is stated in the module's documentation.
fn ticon(station: &str) -> Option<Constants> {
    let rows = rows(&shared("data/tide-constants-dover/harmonic_constants.csv")?);
    let mine: Vec<(&str, f64, f64)> = rows
        .iter()
        .filter(|r| r[0].starts_with(station))
        .map(|r| (r[1].as_str(), r[2].parse().unwrap(), r[3].parse().unwrap()))
        .collect();
    assert_eq!(mine.len(), 50, "{station}");
    let (constants, mut unknown) = Constants::new(mine);
    unknown.sort_unstable();
    assert_eq!(unknown, ["3L2", "3N2", "R3", "S3", "T3"]);
    Some(constants)
}

fn rms(values: &[f64]) -> f64 {
    (values.iter().map(|v| v * v).sum::<f64>() / values.len() as f64).sqrt()
}

fn without_mean(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|v| v - mean).collect()
}

/// Hourly heights of January 2022: instants and metres above chart datum, good values alone.
fn st_helier() -> Option<(Vec<f64>, Vec<f64>)> {
    let file = NcFile::open(shared("data/tide-gauge-2022-01/IR_TS_TG_StHelier_202201.nc")?).expect("a NetCDF file");
    // Days since 1950, rounded to the minute in which they were taken.
    let ms = read(&file, "TIME").into_iter().map(|d| ((d - 7305.0) * 1440.0).round() * 60_000.0);
    let level = read(&file, "SLEV").into_iter().map(|mm| mm * 1e-3);
    let quality = read(&file, "SLEV_QC");
    let good = ms.zip(level).zip(quality).filter(|(_, q)| *q == 1.0).map(|(x, _)| x);
    Some(good.unzip())
}

/// T3: evidence, section 6, test 1.
#[test]
fn st_helier_in_january_2022() {
    let (Some(constants), Some((ms, level))) = (ticon("st_helier"), st_helier()) else { return };
    assert!(ms.len() > 700, "{}", ms.len());
    let residual = |lag_min: f64| {
        let at = |ms: f64| Utc::from_millis((ms + lag_min * 60_000.0) as i64).unwrap();
        let rest: Vec<f64> = ms.iter().zip(&level).map(|(t, y)| y - constants.value(at(*t))).collect();
        rms(&without_mean(&rest))
    };
    let best = (-30..=30).map(f64::from).min_by(|a, b| residual(*a).total_cmp(&residual(*b))).unwrap();
    let at_once = residual(0.0);
    eprintln!("St Helier: RMS {at_once:.4} m, best lag {best} min ({:.4} m)", residual(best));
    assert!(at_once <= 0.19 && at_once > 0.1, "{at_once}");
    assert!(best.abs() <= 5.0, "{best}");
}

/// T4: the atlas is the model that it was packed from, at every wet cell and hour of both series.
#[test]
fn the_atlas_gives_the_series_of_its_model() {
    let atlas = Atlas::dover_strait();
    for name in ["currents_2026-10-09_12_springs_hourly.nc", "currents_2026-10-04_06_neaps_hourly.nc"] {
        let Some(path) = shared(&format!("data/tide-model-dover/{name}")) else { return };
        let file = NcFile::open(path).expect("a NetCDF file");
        let (u, v, zeta) = (read(&file, "u"), read(&file, "v"), read(&file, "zeta"));
        let cells = atlas.grid().rows * atlas.grid().columns;
        let (mut ours_u, mut ours_v) = (vec![0.0; cells], vec![0.0; cells]);
        let (mut worst, mut worst_level, mut count) = (0.0_f64, 0.0_f64, 0);
        for (hour, at) in read(&file, "time").into_iter().enumerate() {
            let weights = Weights::at(Utc::from_millis((at * HOUR_MS) as i64).unwrap());
            atlas.fill_stream(&weights, &mut ours_u, &mut ours_v);
            for (cell, wet) in atlas.wet().enumerate() {
                let k = hour * cells + cell;
                assert_eq!(wet, u[k] > -900.0, "cell {cell}");
                if !wet {
                    continue;
                }
                count += 1;
                worst = worst.max((f64::from(ours_u[cell]) - u[k]).abs()).max((f64::from(ours_v[cell]) - v[k]).abs());
                if hour % 6 == 0 {
                    let level = atlas.unchecked(atlas.centre(cell).unwrap()).unwrap().tide(&weights).level_m;
                    worst_level = worst_level.max((level - zeta[k]).abs());
                }
            }
        }
        eprintln!("{name}: {count} streams, worst component {worst:.4} m/s, worst level {worst_level:.4} m");
        assert!(count > 100_000 && worst < 0.01 && worst_level < 0.01, "{name}: {worst} {worst_level}");
    }
}

/// The packed parts are the model's to half a unit of 16 bits.
#[test]
fn packing_costs_half_a_unit() {
    let Some(path) = shared("data/tide-model-dover/tidal_harmonics_dover_model.nc") else { return };
    let (file, atlas) = (NcFile::open(path).expect("a NetCDF file"), Atlas::dover_strait());
    for (k, constituent) in ["M2", "S2", "N2"].into_iter().enumerate() {
        for (q, (quantity, unit)) in [("zeta", 2e-4), ("u", 1e-4), ("v", 1e-4)].into_iter().enumerate() {
            let amplitude = read(&file, &format!("{constituent}_{quantity}_amp"));
            let lag = read(&file, &format!("{constituent}_{quantity}_phase"));
            for (i, wet) in atlas.wet().enumerate().filter(|(_, wet)| *wet) {
                assert!(wet);
                let (sin, cos) = plimsoll_core::maths::sin_cos(lag[i].to_radians());
                let plane = atlas.plane(k, q);
                for (packed, exact) in [(plane.a[i], amplitude[i] * cos), (plane.b[i], amplitude[i] * sin)] {
                    assert!((f64::from(packed) - exact).abs() < 0.501 * unit, "{constituent} {quantity} {i}");
                }
            }
        }
    }
}

/// What `tide.level_error` rests on: the whole tide of each gauge less the atlas at the nearest water, over 2026.
#[test]
fn levels_against_the_whole_tide_of_the_gauges() {
    let atlas = Atlas::dover_strait();
    let (mut all, mut times) = (Vec::new(), Vec::new());
    for (station, lat, lon) in [
        ("dover", 51.114_389, 1.322_528),
        ("deal", 51.223_78, 1.409_23),
        ("hastings", 50.850_88, 0.572_83),
        ("newhaven", 50.781_778, 0.057_028),
        ("calais", 50.969_398, 1.867_72),
        ("boulogne", 50.727_38, 1.577_66),
        ("dunkerque", 51.048_091, 2.366_698),
        ("dieppe", 49.929_17, 1.084_49),
        ("le_havre", 49.481_892, 0.105_98),
    ] {
        let Some(constants) = ticon(station) else { return };
        let place = nearest_water(atlas, LonLat::new(lon, lat).unwrap());
        let local = atlas.unchecked(place).unwrap();
        let start: Utc = "2026-01-01T00:00:00Z".parse().unwrap();
        let rest: Vec<f64> = (0..8760)
            .map(|h| Utc::from_millis(start.millis() + i64::from(h) * 3_600_000).unwrap())
            .map(|t| local.tide(&Weights::at(t)).level_m - constants.value(t))
            .collect();
        let r = rms(&rest);
        let minutes = time_differences_min(&local, &constants, start);
        eprintln!("{station}: {place}, RMS {r:.3} m; times of high and low water: RMS {:.0} min", rms(&minutes));
        times.push(rms(&minutes));
        all.push(r);
    }
    all.sort_by(f64::total_cmp);
    let (low, high) = LEDGER.get("tide.level_error").value.range();
    assert!((all[0] - low).abs() < 0.01 && (all[8] - high).abs() < 0.01, "{all:.3?}");
    times.sort_by(f64::total_cmp);
    let (low, high) = LEDGER.get("tide.water_time_error").value.range();
    assert!((times[0] - low).abs() < 1.0 && (times[8] - high).abs() < 1.0, "{times:.1?}");
}

/// Minutes from each high and low water of a gauge to that of the atlas, over 60 days.
fn time_differences_min(local: &Local, constants: &Constants, start: Utc) -> Vec<f64> {
    let at = |minutes: i64| Utc::from_millis(start.millis() + minutes * 60_000).unwrap();
    let level: Vec<f64> = (0..60 * 1440).map(|m| constants.value(at(m))).collect();
    let mut out = Vec::new();
    for water in local.high_and_low_waters(at(720), at(59 * 1440)) {
        // Of the gauge: the extreme within four hours, for a double high water has two humps.
        let middle = (water.time.millis() - start.millis()) / 60_000;
        let window = (middle - 240..=middle + 240).map(|m| (m, level[m as usize]));
        let order = |a: &(i64, f64), b: &(i64, f64)| a.1.total_cmp(&b.1);
        let theirs = if water.greatest { window.max_by(order) } else { window.min_by(order) };
        out.push((middle - theirs.unwrap().0) as f64);
    }
    out
}

fn nearest_water(atlas: &Atlas, place: LonLat) -> LonLat {
    let wet = atlas.wet().enumerate().filter(|(_, wet)| *wet).filter_map(|(i, _)| atlas.centre(i));
    wet.min_by(|a, b| {
        let d = |p: LonLat| plimsoll_core::earth::distance_m(place, p);
        d(*a).total_cmp(&d(*b))
    })
    .unwrap()
}

/// T7: the streams of Meteo-France SMOC that `tide.stream_error_inshore` rests on, at the cells that stand for its points.
#[test]
fn streams_against_another_model() {
    let Some(path) = shared("data/currents-points-dover/calais_wimereux_hourly_2026-10.csv") else { return };
    let (atlas, rows) = (Atlas::dover_strait(), rows(&path));
    for (spot, lat, lon, low, high) in [("calais", 51.0, 1.75, 0.43, 0.46), ("wimereux", 50.791_667, 1.5, 0.34, 0.36)] {
        let local = atlas.unchecked(LonLat::new(lon, lat).unwrap()).unwrap();
        let vectors: Vec<f64> = rows
            .iter()
            .filter(|r| r[0] == spot)
            .map(|r| {
                let time: Utc = format!("{}:00+02:00", r[1]).parse().unwrap();
                let speed = r[2].parse::<f64>().unwrap() * 1852.0 / 3600.0;
                let (sin, cos) = plimsoll_core::maths::sin_cos(r[3].parse::<f64>().unwrap().to_radians());
                let [u, v] = local.tide(&Weights::at(time)).stream_m_s;
                plimsoll_core::maths::hypot(u - speed * sin, v - speed * cos)
            })
            .collect();
        let r = rms(&vectors);
        eprintln!("{spot}: {} hours, vector RMS {r:.3} m/s", vectors.len());
        assert!(r > low && r < high, "{spot}: {r}");
    }
}
