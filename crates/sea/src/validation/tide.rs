//! Known answers about the tide: T1 to T6. What needs the reference material itself (the St Helier gauge, the model's own
//! series, streams of another model hour by hour) is in `tests/tide_data.rs`.

use crate::tide::{Amplitude, Atlas, Constants, Constituent, Instant, Local, Weights};
use plimsoll_core::earth::LonLat;
use plimsoll_core::maths::sin_cos;
use plimsoll_core::time::Utc;
use plimsoll_core::validation::Case;

const TICON: &str = "TICON-4 (doi:10.17882/109129), gauge";
const PILOT: &str = "Admiralty Pilot, as cited at visitmyharbour.com/articles/3171";
const KN: f64 = 3600.0 / 1852.0;

pub(super) fn cases(out: &mut Vec<Case>) {
    arguments(out);
    factors(out);
    gauges(out);
    turns(out);
    pilot(out);
    ellipses(out);
}

fn at(time: &str) -> Utc {
    time.parse().expect("an instant")
}

fn place(lat: f64, lon: f64) -> LonLat {
    LonLat::new(lon, lat).expect("a place")
}

/// T1: equilibrium arguments.
fn arguments(out: &mut Vec<Case>) {
    let origin = "Egbert and Erofeeva (2002), OTPS: astronomical phases at its origin of time";
    let instant = Instant::at(at("1992-01-01T00:00:00Z"));
    for (name, rad) in [
        ("M2", 1.731_557_546_f64),
        ("N2", 6.050_721_243),
        ("K2", 3.487_600_001),
        ("2N2", 4.086_699_633),
        ("MU2", 3.463_115_091),
        ("NU2", 5.427_136_701),
        ("L2", 0.553_986_502),
        ("T2", 0.050_398_470),
        ("K1", 0.173_003_674),
        ("O1", 1.558_553_872),
        ("P1", 6.110_181_633),
        ("Q1", 5.877_717_569),
        ("J1", 2.137_025_284),
        ("OO1", 1.929_046_13),
        ("RHO1", 5.254_133_027),
        ("MF", 1.756_042_456),
        ("MM", 1.964_021_610),
        ("SSA", 3.487_600_001),
        ("M4", 3.463_115_091),
        ("MN4", 1.499_093_481),
        ("MK3", 1.904_561_22),
        ("2SM2", 4.551_627_762),
    ] {
        let ours = instant.argument(constituent(name)).v_rad.to_degrees();
        let theirs = rad.to_degrees();
        let ours = ours + 360.0 * ((theirs - ours) / 360.0).round();
        let case = Case::new("T1", &format!("argument of {name}, 1 January 1992"), origin, "V", "deg");
        out.push(case.value(theirs, 0.1, ours));
    }
}

fn constituent(name: &str) -> &'static Constituent {
    Constituent::named(name).expect("a constituent that is known")
}

/// T2: node factors where the moon's orbit leans most and least against the equator.
fn factors(out: &mut Vec<Case>) {
    let origin = "Doodson and Warburg (1941), series in the longitude of the node";
    for (when, time, rows) in [
        (
            "June 2006, node at 0",
            "2006-06-19T00:00:00Z",
            [("M2", 0.9633), ("O1", 1.1827), ("K1", 1.1128), ("K2", 1.3172), ("MF", 1.4524)],
        ),
        (
            "October 2015, node at 180",
            "2015-10-09T00:00:00Z",
            [("M2", 1.0379), ("O1", 0.8057), ("K1", 0.8816), ("K2", 0.7476), ("MF", 0.6254)],
        ),
    ] {
        let instant = Instant::at(at(time));
        for (name, f) in rows {
            let case = Case::new("T2", &format!("factor of {name}, {when}"), origin, "f", "1");
            out.push(case.value(f, 4e-3 * f, instant.argument(constituent(name)).f));
        }
    }
}

/// The water of the atlas nearest to a gauge.
fn by_gauge(lat: f64, lon: f64) -> Local {
    let (atlas, gauge) = (Atlas::dover_strait(), place(lat, lon));
    let wet = atlas.wet().enumerate().filter(|(_, wet)| *wet).filter_map(|(i, _)| atlas.centre(i));
    let far = |p: &LonLat| plimsoll_core::earth::distance_m(gauge, *p);
    let nearest = wet.min_by(|a, b| far(a).total_cmp(&far(b))).expect("an atlas with water");
    atlas.unchecked(nearest).expect("water")
}

/// T3: the atlas at the water nearest to each gauge. Within 5 % and 10 minutes of the tide (5 degrees).
fn gauges(out: &mut Vec<Case>) {
    let s2 = "S2 of the model is 3 to 14 % low and 4 to 10 degrees early: stated with it, not tuned away";
    let m2 = "the model's shore and depths are a cell wide there";
    for (name, lat, lon, rows) in [
        ("Dover", 51.114_4, 1.322_5, [(2.253, 331.9, ["", ""]), (0.708, 23.7, ["", s2])]),
        ("Calais", 50.969_4, 1.867_7, [(2.473, 342.0, ["", ""]), (0.773, 34.3, [s2, s2])]),
        ("Boulogne", 50.727_4, 1.577_7, [(2.950, 328.9, ["", ""]), (0.959, 20.3, ["", ""])]),
        ("Dunkerque", 51.048_1, 2.366_7, [(2.149, 352.3, [m2, ""]), (0.649, 45.0, [s2, s2])]),
        ("Dieppe", 49.929_2, 1.084_5, [(3.099, 311.1, ["", ""]), (1.018, 1.4, [s2, s2])]),
        ("Hastings", 50.850_9, 0.572_8, [(2.581, 324.2, [m2, ""]), (0.845, 15.0, ["", ""])]),
        ("Newhaven", 50.781_8, 0.057_0, [(2.245, 321.0, ["", ""]), (0.727, 10.7, ["", s2])]),
        ("Deal", 51.223_8, 1.409_2, [(2.051, 335.5, ["", ""]), (0.634, 28.1, [s2, s2])]),
        ("Le Havre", 49.481_9, 0.106_0, [(2.621, 285.6, ["", ""]), (0.879, 333.1, [s2, s2])]),
    ] {
        let local = by_gauge(lat, lon);
        for (k, (height, lag, why)) in rows.into_iter().enumerate() {
            let level = local.constituent(k)[0];
            let what = format!("{} at {name}", ["M2", "S2"][k]);
            let ours = level.lag_deg() + 360.0 * ((lag - level.lag_deg()) / 360.0).round();
            let height_case =
                Case::new("T3", &what, TICON, "amplitude", "m").value(height, 0.05 * height, level.size());
            let lag_case = Case::new("T3", &what, TICON, "phase lag", "deg").value(lag, 5.0, ours);
            out.extend([height_case, lag_case].into_iter().zip(why).map(|(c, why)| known(c, why)));
        }
    }
}

/// Marks a case as a known miss where a reason is given.
fn known(case: Case, why: &str) -> Case {
    if why.is_empty() { case } else { case.missed(why) }
}

/// The largest constituents of two gauges: metres, degrees after Greenwich (TICON-4).
const DOVER: [(&str, f64, f64); 16] = [
    ("M2", 2.253, 331.9),
    ("S2", 0.708, 23.7),
    ("N2", 0.411, 309.5),
    ("M4", 0.259, 221.3),
    ("K2", 0.205, 22.2),
    ("MS4", 0.168, 273.5),
    ("L2", 0.122, 339.6),
    ("NU2", 0.101, 301.8),
    ("MN4", 0.094, 197.9),
    ("MU2", 0.089, 50.7),
    ("M6", 0.067, 103.5),
    ("2MS6", 0.065, 150.1),
    ("LAMBDA2", 0.060, 329.0),
    ("O1", 0.057, 179.4),
    ("2N2", 0.051, 287.1),
    ("K1", 0.050, 41.5),
];
const CALAIS: [(&str, f64, f64); 16] = [
    ("M2", 2.473, 342.0),
    ("S2", 0.773, 34.3),
    ("N2", 0.443, 319.7),
    ("M4", 0.250, 242.5),
    ("K2", 0.225, 32.9),
    ("MS4", 0.154, 296.4),
    ("L2", 0.140, 351.3),
    ("NU2", 0.112, 311.0),
    ("MU2", 0.103, 64.3),
    ("MN4", 0.090, 218.2),
    ("LAMBDA2", 0.067, 341.8),
    ("M6", 0.059, 133.5),
    ("2MS6", 0.056, 183.1),
    ("2N2", 0.055, 298.8),
    ("O1", 0.049, 146.3),
    ("2SM2", 0.048, 238.9),
];

/// A month from springs to springs, in steps of ten minutes.
const STEPS: i64 = 4252;
const STEP_H: f64 = 1.0 / 6.0;

fn step(i: i64) -> Utc {
    Utc::from_millis(at("2026-10-01T00:00:00Z").millis() + i * 600_000).expect("an instant")
}

/// Hours of the month at which a series passes zero upwards.
fn rises(series: &[f64]) -> Vec<f64> {
    let pairs = series.windows(2).enumerate().filter(|(_, w)| w[0] < 0.0 && w[1] >= 0.0);
    pairs.map(|(i, w)| STEP_H * (i as f64 + w[0] / (w[0] - w[1]))).collect()
}

/// Hours at which a series is highest in its tide: its slope falls through zero above the mean.
fn highs(series: &[f64]) -> Vec<f64> {
    let falls: Vec<f64> = series.windows(2).map(|w| w[0] - w[1]).collect();
    rises(&falls).into_iter().map(|h| h + 0.5 * STEP_H).filter(|h| series[(h / STEP_H) as usize] > 0.0).collect()
}

/// Mean hours from the nearest of `tides` to each of `events`, counted near `about`.
fn mean_lag_h(events: &[f64], tides: &[f64], about: f64) -> f64 {
    let lag = |e: &f64| tides.iter().map(|t| e - t).min_by(|a, b| (a - about).abs().total_cmp(&(b - about).abs()));
    // The tides at either end of the month lack a neighbour.
    let lags: Vec<f64> = events.iter().filter_map(lag).filter(|l| (l - about).abs() < 6.3).collect();
    lags.iter().sum::<f64>() / lags.len() as f64
}

fn high_waters(gauge: &[(&'static str, f64, f64)]) -> Vec<f64> {
    let (constants, _) = Constants::new(gauge.iter().copied());
    highs(&(0..STEPS).map(|i| constants.value(step(i))).collect::<Vec<_>>())
}

/// Stream of the month along a direction, m/s.
fn along(local: &Local, toward_deg: f64) -> Vec<f64> {
    let (sin, cos) = sin_cos(toward_deg.to_radians());
    let stream = |i| local.tide(&Weights::at(step(i))).stream_m_s;
    (0..STEPS).map(stream).map(|[u, v]| u * sin + v * cos).collect()
}

fn opposite(series: &[f64]) -> Vec<f64> {
    series.iter().map(|v| -v).collect()
}

fn local(lat: f64, lon: f64) -> Local {
    Atlas::dover_strait().unchecked(place(lat, lon)).expect("water")
}

/// T4: when the stream turns, mean over a month; within half an hour.
fn turns(out: &mut Vec<Case>) {
    let mut push = |name: &str, origin: &str, quantity: &str, expected: f64, ours: f64, why: &str| {
        out.push(known(Case::new("T4", name, origin, quantity, "h").value(expected, 0.5, ours), why));
    };
    let dover = high_waters(&DOVER);
    let fairway = along(&local(51.02, 1.5), 43.0);
    let (name, origin) =
        ("fairway, 51 01.2N 001 30.0E", "Channel Swimming Association, pilots' rule; from high water at Dover");
    push(name, origin, "begins to run north-east", -1.5, mean_lag_h(&rises(&fairway), &dover, -1.5), "");
    push(name, origin, "ends to run north-east", 4.5, mean_lag_h(&rises(&opposite(&fairway)), &dover, 4.5), "");
    let quarter = "M4 and MS4, which the atlas lacks, make the water at Dover rise faster than it falls";
    let at_gauge = by_gauge(51.114_4, 1.322_5);
    let level: Vec<f64> = (0..STEPS).map(|i| at_gauge.tide(&Weights::at(step(i))).level_m).collect();
    let (name, origin) = ("Dover", "TICON-4, sixteen largest constituents of the gauge; from its high water");
    push(name, origin, "high water of the atlas", 0.0, mean_lag_h(&highs(&level), &dover, 0.0), quarter);
    let calais = high_waters(&CALAIS);
    let inshore = along(&local(51.0, 1.75), 65.0);
    let (name, origin) =
        ("off Calais, 51 00.0N 001 45.0E", "Meteo-France SMOC, October 2026; from high water at Calais");
    let late = "the atlas turns an hour or more late inshore: it refuses within 5 km of the coast, and its error there is 0.35 to 0.44 m/s";
    push(name, origin, "begins to run north-east", -3.0, mean_lag_h(&rises(&inshore), &calais, -3.0), late);
    push(name, origin, "strongest to the north-east", 0.0, mean_lag_h(&highs(&inshore), &calais, 0.0), late);
    push(name, origin, "ends to run north-east", 3.0, mean_lag_h(&rises(&opposite(&inshore)), &calais, 3.0), late);
}

/// T5: rates, directions and turns of the Pilot; within half a knot, 15 degrees and half an hour.
fn pilot(out: &mut Vec<Case>) {
    let sands = "the Goodwin Sands, which the atlas does not resolve: it refuses there";
    let dover = high_waters(&DOVER);
    for (name, lat, lon, rows) in [
        (
            "south-west of South Sand Head",
            51.153,
            1.514,
            [(35.0, 2.3, 1.3, -2.0, [1, 0, 0, 1]), (214.0, 2.2, 1.2, 4.0, [1, 0, 0, 1])],
        ),
        (
            "off Ramsgate",
            51.273,
            1.457,
            [(20.0, 3.2, 1.7, -1.583, [1, 1, 0, 0]), (197.0, 2.8, 1.5, 4.583, [1, 0, 0, 0])],
        ),
    ] {
        let here = local(lat, lon);
        for (toward, springs, neaps, begins, misses) in rows {
            let name = format!("{name}, stream toward {toward:03.0}");
            let m2 = here.component(0, toward);
            let s2 = here.component(1, toward);
            let axis = here.axis_deg();
            let axis = axis + 180.0 * ((toward - axis) / 180.0).round();
            let begun = mean_lag_h(&rises(&along(&here, toward)), &dover, begins);
            let figures = [
                ("rate at springs", "kn", springs, 0.5, KN * (m2 + s2)),
                ("rate at neaps", "kn", neaps, 0.5, KN * (m2 - s2)),
                ("direction", "deg", toward, 15.0, axis),
                ("begins, from high water at Dover", "h", begins, 0.5, begun),
            ];
            for ((quantity, unit, expected, tolerance, ours), missed) in figures.into_iter().zip(misses) {
                let case = Case::new("T5", &name, PILOT, quantity, unit).value(expected, tolerance, ours);
                out.push(known(case, if missed == 1 { sands } else { "" }));
            }
        }
    }
}

/// T6: ellipses of the stream in a published model of the shelf; within 15 % and 10 degrees.
fn ellipses(out: &mut Vec<Case>) {
    let origin = "COHERENS optos (RBINS-MUMM), regression results of its test cases";
    let s2 = "S2 of the model's stream is a quarter to a half low: stated as part of the error in the open";
    let banks = "among the Flemish Banks, which the atlas does not resolve";
    for (name, lat, lon, rows) in [
        ("central Channel", 50.25, 0.5, [(0.6985, 20.8, ""), (0.3232, 20.7, s2)]),
        ("Westhinder", 51.381_943, 2.458_333, [(0.7588, 42.3, banks), (0.3499, 40.9, s2)]),
        ("southern North Sea", 52.166_668, 2.833_333, [(0.7531, 66.7, ""), (0.3202, 65.0, s2)]),
    ] {
        let here = local(lat, lon);
        for (k, (major, inclination, why)) in rows.into_iter().enumerate() {
            let name = format!("{} of the stream, {name}", ["M2", "S2"][k]);
            let axis = (90.0 - here.axis_of(k)).rem_euclid(180.0);
            let size = here.component(k, here.axis_of(k));
            let case = Case::new("T6", &name, origin, "semi-major axis", "m/s").value(major, 0.15 * major, size);
            out.push(known(case, why));
            out.push(Case::new("T6", &name, origin, "inclination", "deg").value(inclination, 10.0, axis));
        }
    }
}

impl Local {
    /// Amplitude of the constituent `k` of the stream along a direction, m/s.
    fn component(&self, k: usize, toward_deg: f64) -> f64 {
        let (sin, cos) = sin_cos(toward_deg.to_radians());
        let [_, u, v] = self.constituent(k);
        Amplitude { a: u.a * sin + v.a * cos, b: u.b * sin + v.b * cos }.size()
    }
}
