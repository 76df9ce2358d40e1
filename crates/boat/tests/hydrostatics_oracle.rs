//! The closed forms against the independent polygon code `science/reference/hydro_ref.py`, over random boats.
//!
//! The oracle's circles have 180 corners, 2.03e-4 smaller in area than circles, and the arcs of its well have 59 chords: it
//! is the less exact of the two. A level moves by the missing area over the waterline, some 2.03e-4 x 0.6 m2 / 0.6 m where soft tubes
//! alone float the boat; the lever moves by as much times the slope of the centroid, and GM with it. The tolerances
//! are that. What shows that nothing else hides below them is the second test: with eight times the corners the
//! polygons come 64 times closer.

use plimsoll_boat::hull::{Class, Hull, HullSpec, RHO_KG_M3};
use plimsoll_boat::hydrostatics::{Condition, HydrostaticsError, Well};
use plimsoll_boat::load::Load;
use plimsoll_core::maths;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_core::testkit;
use std::fmt::Write as _;

const BOATS: u64 = 330;
/// Step of the secant that stands for GM, rad: the oracle's quarter of a degree.
const SECANT_RAD: f64 = std::f64::consts::PI / 720.0;

struct Boat {
    hull: Hull,
    load: Load,
    well: Well,
    heels: [f64; 2],
}

impl Boat {
    /// A third dry, a third dry with water aboard, a third swamped; shares, sag and shift in most.
    fn random(i: u64) -> Self {
        let stream = Stream::new(360);
        let mut index = 0;
        let mut between = |low: f64, high: f64| {
            index += 1;
            low + (high - low) * stream.uniform(i, 0, Purpose::Test, index)
        };
        let length = between(6.0, 11.0);
        let soft = !i.is_multiple_of(4);
        let spec = HullSpec {
            length_m: length / 0.9,
            effective_length_m: length,
            beam_m: between(1.7, 2.7),
            tube_m: between(0.38, 0.65),
            floor_height_m: between(0.0, 0.12),
            floor_sag_m: if i.is_multiple_of(5) { between(0.0, 0.15) } else { 0.0 },
            share_port: if soft { between(0.2, 1.0) } else { 1.0 },
            share_starboard: if soft { between(0.2, 1.0) } else { 1.0 },
            hull_mass_kg: between(200.0, 450.0),
            ..HullSpec::reference(Class::Medium)
        };
        let hull = Hull::new(spec).expect("a hull within its ranges");
        let well = if i % 3 == 2 { Well::Open } else { Well::Dry };
        let person_mass_kg = between(60.0, 85.0);
        let body = hull.body(well);
        // Up to a tenth more than floats: that it sinks is an answer too.
        let spare = between(0.02, 1.1) * (body.capacity_kg() - spec.hull_mass_kg).max(0.0);
        let water_m3 = if i % 3 == 1 { between(0.0, 0.5) * (spare / RHO_KG_M3).min(body.well_m3()) } else { 0.0 };
        Self {
            hull,
            load: Load {
                people: (spare - RHO_KG_M3 * water_m3).max(0.0) / person_mass_kg,
                person_mass_kg,
                people_centre_m: between(0.3, 1.1),
                shift_m: between(-0.3, 0.3),
                water_m3,
            },
            well,
            heels: [between(-35.0, 35.0), between(-60.0, 60.0)].map(f64::to_radians),
        }
    }

    /// One line for the oracle.
    fn line(&self) -> String {
        let (h, l) = (&self.hull, &self.load);
        let mass = l.dry_mass_kg(h);
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {} {:?} {:?} {:?} {:?} {:?} {:?} {SECANT_RAD:?}",
            h.beam_m,
            h.tube_m,
            h.effective_length_m,
            h.floor_height_m - h.floor_sag_m,
            h.share_port,
            h.share_starboard,
            i32::from(self.well == Well::Dry),
            mass,
            l.dry_centre_m(h),
            l.shift_m * l.people_kg() / mass,
            l.water_m3,
            self.heels[0],
            self.heels[1],
        )
    }
}

/// Largest differences met in lever, margin, level (m) and the secant of the lever at rest (relative to 1 + GM), with the boat.
#[derive(Debug, Default)]
struct Worst {
    lever: (f64, u64),
    margin: (f64, u64),
    level: (f64, u64),
    secant: (f64, u64),
    sunk: usize,
}

fn note(worst: &mut (f64, u64), difference: f64, boat: u64) {
    // NaN must win.
    if difference.is_nan() || difference.abs() > worst.0 {
        *worst = (difference.abs(), boat);
    }
}

/// Compares every `every`-th boat with polygons of so many corners.
fn compare(every: usize, corners: u32) -> Option<Worst> {
    let boats: Vec<(u64, Boat)> = (0..BOATS).step_by(every).map(|i| (i, Boat::random(i))).collect();
    let mut input = String::new();
    for (_, boat) in &boats {
        writeln!(input, "{} {corners}", boat.line()).expect("a string");
    }
    let output = testkit::run_python(include_str!("hydrostatics_oracle.py"), &input)?;
    let lines: Vec<&str> = output.lines().collect();
    assert_eq!(lines.len(), boats.len());
    let mut worst = Worst::default();
    for ((i, boat), line) in boats.iter().zip(lines) {
        let ours = Condition::new(&boat.hull, &boat.load, boat.well);
        if let Some(capacity) = line.strip_prefix("sinks ") {
            worst.sunk += 1;
            let capacity: f64 = capacity.parse().expect("a number");
            let close = (boat.hull.body(boat.well).capacity_kg() / capacity - 1.0).abs();
            assert!(close < 2.1e-4, "boat {i}: capacities differ by {close}");
            assert!(
                matches!(ours, Err(HydrostaticsError::Sinks { .. })),
                "boat {i} sinks there and not here: {ours:?}"
            );
            continue;
        }
        let ours = ours.unwrap_or_else(|e| panic!("boat {i} floats there: {e}"));
        let theirs: Vec<f64> = line.split(' ').map(|x| x.parse().expect("a number")).collect();
        for (k, phi) in boat.heels.into_iter().enumerate() {
            let gz = ours.gz(phi);
            note(&mut worst.lever, gz.gz_m - theirs[2 * k], *i);
            note(&mut worst.margin, gz.margin_m - theirs[2 * k + 1], *i);
            if k == 0 {
                note(&mut worst.level, gz.level_m - theirs[4], *i);
            }
        }
        let secant = (ours.gz(SECANT_RAD).gz_m - ours.gz(-SECANT_RAD).gz_m) / (2.0 * maths::sin(SECANT_RAD));
        note(&mut worst.secant, (secant - theirs[5]) / (1.0 + theirs[5].abs()), *i);
    }
    Some(worst)
}

#[test]
fn levers_margins_levels_and_gm_agree_with_the_reference() {
    let Some(worst) = compare(1, 180) else { return };
    assert!(worst.lever.0 < 6e-4, "{worst:?}");
    assert!(worst.margin.0 < 7e-4 && worst.level.0 < 7e-4, "{worst:?}");
    assert!(worst.secant.0 < 8e-3, "{worst:?}");
    assert!(worst.sunk > 10, "{worst:?}");
}

#[test]
fn finer_polygons_come_as_much_closer_as_polygons_must() {
    let Some(worst) = compare(11, 1440) else { return };
    assert!(worst.lever.0 < 1e-5, "{worst:?}");
    assert!(worst.margin.0 < 1.1e-5 && worst.level.0 < 1.1e-5, "{worst:?}");
    assert!(worst.secant.0 < 5e-5, "{worst:?}");
}
