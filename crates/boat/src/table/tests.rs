//! The table against the direct solution, over boats of every size, load and softness.

use super::*;
use crate::hull::{Class, HullSpec};
use plimsoll_core::random::{Purpose, Stream};

const KG_M: f64 = 0.6;

/// A boat of random size and shares that carries a part of its capacity.
fn random_boat(i: u64, [light, heavy]: [f64; 2]) -> (Hull, f64) {
    let stream = Stream::new(20);
    let mut index = 0;
    let mut between = |low: f64, high: f64| {
        index += 1;
        low + (high - low) * stream.uniform(i, 0, Purpose::Test, index)
    };
    let length = between(6.5, 10.5);
    let spec = HullSpec {
        effective_length_m: length,
        length_m: length / 0.9,
        beam_m: between(1.8, 2.6),
        tube_m: between(0.40, 0.65),
        floor_height_m: between(0.0, 0.10),
        floor_sag_m: between(0.0, 0.15),
        share_port: between(0.5, 1.0),
        share_starboard: between(0.5, 1.0),
        ..HullSpec::reference(Class::Medium)
    };
    let hull = Hull::new(spec).unwrap();
    let mass = between(light, heavy) * hull.body(Well::Dry).capacity_kg();
    (hull, mass)
}

/// Largest difference of the lever between table and direct solution at the given fractions of cells of heel and water.
fn worst(boats: [f64; 2], heel_fractions: &[f64], water_cells: &[f64]) -> f64 {
    let mut worst = 0.0_f64;
    for i in 0..40 {
        let (hull, mass) = random_boat(i, boats);
        let table = StabilityTable::build(&hull, mass).unwrap();
        for j in water_cells {
            let water = j * f64::from(table.water_step_m3);
            let Ok(direct) = Condition::of_body(hull.body(Well::Dry), mass, [0.0, KG_M], water) else {
                continue; // rounding to f32 may end the axis a hair beyond the well
            };
            for cell in -32..32 {
                for u in heel_fractions {
                    let phi = (f64::from(cell) + u) * HEEL_STEP_RAD;
                    let ours = table.gz_m(phi as f32, water as f32, KG_M as f32, 0.0);
                    worst = worst.max((f64::from(ours) - direct.gz(phi).gz_m).abs());
                }
            }
        }
    }
    worst
}

/// At its nodes the table differs by the thickness of the layers alone.
#[test]
fn nodes_are_met_within_1_5_mm_of_lever() {
    let e = worst([0.15, 0.9], &[0.0, 1.0], &[0.0, 1.0, 2.0, 5.0, 9.0, 15.0, 16.0]);
    assert!(e < 1.5e-3, "{e}");
}

/// Between nodes the straight line in heel counts. For laden boats (40 % of what floats, or more: some thirty people on the medium boat).
#[test]
fn laden_boats_without_water_are_met_within_4_mm_of_lever() {
    let e = worst([0.4, 0.9], &[0.25, 0.5, 0.75], &[0.0]);
    assert!(e < 4e-3, "{e}");
}

/// Shallow water on a flat floor runs to one side within the first two degrees, which a straight line cannot follow. The worst
/// lies below 4 degrees of heel with the first half cell of water.
#[test]
fn laden_boats_with_water_are_met_within_11_mm_of_lever() {
    let e = worst([0.4, 0.9], &[0.25, 0.5, 0.75], &[0.25, 0.5, 0.75, 1.5, 5.5, 9.5, 15.5]);
    assert!(e < 11e-3, "{e}");
}

/// A nearly empty boat lifts one tube out of the water within a few degrees: its levers are five times larger, and so is the error.
#[test]
fn nearly_empty_boats_are_met_within_3_cm_of_lever() {
    let e = worst([0.15, 0.4], &[0.25, 0.5, 0.75], &[0.0, 0.5, 1.5, 5.5, 15.5]);
    assert!(e < 3e-2, "{e}");
}

#[test]
fn the_mirrored_boat_has_the_mirrored_table() {
    let (hull, mass) = random_boat(1, [0.4, 0.6]);
    let mirrored = hull.with_shares(hull.share_starboard, hull.share_port).unwrap();
    let (a, b) = (StabilityTable::build(&hull, mass).unwrap(), StabilityTable::build(&mirrored, mass).unwrap());
    for step in -60..=60 {
        let phi = step as f32 / 60.0;
        for water in [0.0, 0.3, 1.1] {
            assert!((a.moment_kg_m(phi, water) + b.moment_kg_m(-phi, water)).abs() < 0.02);
        }
    }
    assert_eq!(a.freeboard_port_m, b.freeboard_starboard_m);
}

#[test]
fn critical_water_brings_the_sea_to_the_crown() {
    let hull = Hull::new(HullSpec::reference(Class::Medium)).unwrap();
    let table = StabilityTable::build(&hull, 4465.0).unwrap();
    let v = f64::from(table.critical_water_m3);
    let full = Condition::of_body(hull.body(Well::Dry), 4465.0, [0.0, KG_M], v - 1e-6).unwrap();
    assert!(full.freeboard_m().abs() < 1e-4, "{}", full.freeboard_m());
    assert!((table.freeboard_port_m - table.sink_m_per_m3 * table.critical_water_m3).abs() < 1e-5);
    assert!((table.freeboard_port_m - 0.221).abs() < 0.005);
    assert!((table.km_m - 0.629 - 1.25).abs() < 0.03);
}

#[test]
fn a_limp_crown_that_is_awash_leaves_no_water_to_take() {
    let spec = HullSpec { share_starboard: 0.75, limpness: 1.0, ..HullSpec::reference(Class::Medium) };
    let table = StabilityTable::build(&Hull::new(spec).unwrap(), 4465.0).unwrap();
    assert_eq!(table.critical_water_m3, 0.0);
    assert!(table.freeboard_starboard_m < 0.0 && table.freeboard_port_m > 0.15);
    assert!(table.water_step_m3 > 0.05 && table.cells.iter().flatten().all(|c| c.is_finite()));
}

#[test]
fn a_mass_that_does_not_float_is_refused() {
    let hull = Hull::new(HullSpec::reference(Class::Small)).unwrap();
    assert!(matches!(StabilityTable::build(&hull, 5850.0), Err(HydrostaticsError::Sinks { .. })));
    assert!(StabilityTable::build(&hull, f64::NAN).is_err());
    // Almost sunk: still a table of finite figures.
    let mass = hull.body(Well::Dry).capacity_kg() * (1.0 - 1e-9);
    let table = StabilityTable::build(&hull, mass).unwrap();
    assert!(table.cells.iter().flatten().all(|c| c.is_finite()));
}
