//! Validation cases V1 to V6 of this crate: our figures beside closed forms and reference results.

use crate::hull::{Class, Hull, HullSpec};
use crate::hydrostatics::{Condition, Well};
use crate::load::Load;
use crate::problems::{BoxBarge, Cylinder, TwinCylinders};
use plimsoll_core::validation::Case;

const CLOSED: &str = "closed form";
const REFERENCE: &str = "reference table of an independent polygon program";

/// All cases of the static boat, cheap enough for a self-test.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    box_barge(&mut cases);
    cylinder(&mut cases);
    twin_cylinders(&mut cases);
    reference_table(&mut cases);
    lost_tube(&mut cases);
    invariants(&mut cases);
    cases
}

/// A figure of a condition, NaN (and so a miss) where the condition does not float.
fn figure<E>(condition: &Result<Condition, E>, f: impl Fn(&Condition) -> f64) -> f64 {
    condition.as_ref().map_or(f64::NAN, f)
}

fn box_barge(cases: &mut Vec<Case>) {
    let afloat = BoxBarge::V1.afloat();
    let case = |quantity: &str| Case::new("V1", "box barge B 4, T 1, L 10, D 2, KG 1.2", CLOSED, quantity, "m");
    cases.push(case("GM").value(0.6333, 1e-4, figure(&afloat, Condition::gm_m)));
    for (degrees, expected) in [(5.0, 0.05564), (10.0, 0.11358), (20.0, 0.24682)] {
        let gz = figure(&afloat, |c| c.gz(f64::to_radians(degrees)).gz_m);
        cases.push(case(&format!("GZ({degrees} deg)")).value(expected, 1e-4, gz));
    }
}

fn cylinder(cases: &mut Vec<Case>) {
    for (kg_m, expected) in [(0.15, 0.034_202), (0.25, 0.0), (0.35, -0.034_202)] {
        let afloat = Cylinder { radius_m: 0.25, kg_m, immersed: 0.5 }.afloat();
        let name = format!("cylinder r 0.25, KG {kg_m}");
        let gz = figure(&afloat, |c| c.gz(f64::to_radians(20.0)).gz_m);
        cases.push(Case::new("V2", &name, CLOSED, "GZ(20 deg)", "m").value(expected, 1e-5, gz));
    }
}

fn twin_cylinders(cases: &mut Vec<Case>) {
    let gm = figure(&TwinCylinders::V3.afloat(), Condition::gm_m);
    let case = Case::new("V3", "two half-immersed cylinders, well open", CLOSED, "GM", "m");
    cases.push(case.value(3.2797, 0.002, gm));
}

/// One row of table 2.4: class, people, freeboard, GM (floor, mixed, standing), largest GZ mixed, flooding angle, shifts.
struct Row(Class, f64, f64, [f64; 3], f64, f64, [f64; 3]);

const TABLE: [Row; 11] = [
    Row(Class::Small, 33.0, 0.227, [1.66, 1.38, 1.02], 0.308, 16.5, [0.42, 0.34, 0.23]),
    Row(Class::Small, 47.0, 0.158, [1.13, 0.85, 0.48], 0.143, 11.5, [0.21, 0.15, 0.08]),
    Row(Class::Small, 60.0, 0.093, [0.79, 0.51, 0.13], 0.050, 6.5, [0.08, 0.05, 0.01]),
    Row(Class::Small, 65.0, 0.068, [0.68, 0.40, 0.02], 0.029, 5.0, [0.05, 0.03, 0.00]),
    Row(Class::Medium, 47.0, 0.268, [1.96, 1.68, 1.31], 0.379, 18.5, [0.50, 0.41, 0.29]),
    Row(Class::Medium, 60.0, 0.221, [1.54, 1.25, 0.88], 0.258, 14.5, [0.35, 0.27, 0.18]),
    Row(Class::Medium, 80.0, 0.147, [1.09, 0.80, 0.42], 0.114, 9.5, [0.17, 0.12, 0.06]),
    Row(Class::Medium, 106.0, 0.047, [0.64, 0.36, -0.03], 0.017, 3.5, [0.03, 0.02, 0.00]),
    Row(Class::Large, 60.0, 0.369, [2.37, 2.09, 1.72], 0.475, 28.0, [0.62, 0.51, 0.38]),
    Row(Class::Large, 80.0, 0.312, [1.82, 1.54, 1.16], 0.386, 20.0, [0.51, 0.41, 0.28]),
    Row(Class::Large, 106.0, 0.238, [1.36, 1.07, 0.69], 0.223, 14.5, [0.30, 0.23, 0.14]),
];

/// Mass of a person in the reference results, kg.
const PERSON_KG: f64 = 70.0;
/// Common centres of the reference results: on the floor, mixed, standing.
const CENTRES: [(&str, f64); 3] = [("floor", 0.35), ("mixed", 0.65), ("standing", 1.05)];

fn reference(class: Class, people: f64, centre: f64, shares: [f64; 2], well: Well) -> Option<Condition> {
    let hull =
        Hull::new(HullSpec { share_port: shares[0], share_starboard: shares[1], ..HullSpec::reference(class) }).ok()?;
    let load = Load { people, person_mass_kg: PERSON_KG, people_centre_m: centre, shift_m: 0.0, water_m3: 0.0 };
    Condition::new(&hull, &load, well).ok()
}

/// Largest lever on the reference's grid of half degrees before the crown is under, so that like is compared with like.
fn largest_lever_on_half_degrees(c: &Condition) -> f64 {
    (0..=120)
        .map(|i| c.gz(f64::from(i).to_radians() / 2.0))
        .take_while(|gz| gz.margin_m > 0.0)
        .fold(0.0, |most, gz| most.max(gz.gz_m))
}

fn reference_table(cases: &mut Vec<Case>) {
    for Row(class, people, freeboard, gm, gz_max, flooding, shift) in TABLE {
        let name = format!("{class:?} boat, {people} people");
        let case = |quantity: &str, unit: &str| Case::new("V4", &name, REFERENCE, quantity, unit);
        for (i, (posture, centre)) in CENTRES.into_iter().enumerate() {
            let afloat = reference(class, people, centre, [1.0, 1.0], Well::Dry).ok_or(());
            if i == 1 {
                cases.push(case("freeboard", "m").value(freeboard, 0.005, figure(&afloat, Condition::freeboard_m)));
                let lever = figure(&afloat, largest_lever_on_half_degrees);
                // Half a unit in the last place of the table, and the reference's polygons (0.02 % of area).
                cases.push(case("largest GZ, mixed", "m").value(gz_max, 0.0015, lever));
                let floods = figure(&afloat, |c| c.flooding_heel_rad(1.0).map_or(f64::NAN, f64::to_degrees));
                cases.push(case("flooding heel", "deg").value(flooding, 0.5, floods));
            }
            cases.push(case(&format!("GM, {posture}"), "m").value(gm[i], 0.03, figure(&afloat, Condition::gm_m)));
            let moved =
                figure(&afloat, |c| largest_lever_on_half_degrees(c) * c.displacement_kg() / (people * PERSON_KG));
            cases.push(case(&format!("shift, {posture}"), "m").value(shift[i], 0.007, moved));
        }
    }
    let crowded = reference(Class::Small, 65.0, 0.65, [1.0, 1.0], Well::Dry).ok_or(());
    let case =
        |quantity: &str| Case::new("W7", "3 Sep 2024, 65 people on 7 m", "boats under 7 m, press", quantity, "m");
    cases.push(case("freeboard, less than 0.1").band(0.0, 0.1, figure(&crowded, Condition::freeboard_m)));
    let shift = figure(&crowded, |c| largest_lever_on_half_degrees(c) * c.displacement_kg() / (65.0 * PERSON_KG));
    cases.push(case("mean shift that floods it, at most 0.06").band(0.0, 0.06, shift));
    let first_to_sink =
        (1..200).map(f64::from).find(|n| reference(Class::Small, *n, 0.65, [1.0, 1.0], Well::Dry).is_none());
    cases.push(Case::new("V4", "Small boat", REFERENCE, "people with whom it sinks at rest", "people").band(
        77.0,
        80.0,
        first_to_sink.unwrap_or(f64::NAN),
    ));
    for (class, expected) in [(Class::Small, 2282.0), (Class::Medium, 3421.0), (Class::Large, 5795.0)] {
        let capacity = reference(class, 1.0, 0.65, [1.0, 1.0], Well::Open).map_or(f64::NAN, |c| c.body().capacity_kg());
        // The reference's 180-cornered circles are 2.03e-4 smaller than circles, and it rounds to the kilogram.
        cases.push(Case::new("V4", &format!("{class:?} boat"), REFERENCE, "capacity of the tubes alone", "kg").value(
            expected,
            0.5 + 2.1e-4 * expected,
            capacity,
        ));
    }
}

fn lost_tube(cases: &mut Vec<Case>) {
    for (share, list, margin) in [(0.75, 2.0, 0.226), (0.50, 5.25, 0.157), (0.25, 11.25, 0.029)] {
        let rest = reference(Class::Medium, 47.0, 0.65, [1.0, share], Well::Dry).and_then(|c| c.equilibrium());
        let name = format!("starboard tube at {} %, rigid crown", 100.0 * share);
        let case = |quantity: &str, unit: &str| Case::new("V5", &name, REFERENCE, quantity, unit);
        let heel = rest.map_or(f64::NAN, |e| e.heel_rad.to_degrees());
        cases.push(case("list", "deg").value(list, 0.5, heel));
        // The reference takes the margin on its grid, up to 0.25 degrees beyond the list: b times that is 3.7 mm.
        cases.push(case("margin", "m").value(margin, 0.005, rest.map_or(f64::NAN, |e| e.margin_m)));
    }
}

fn invariants(cases: &mut Vec<Case>) {
    let Some(c) = reference(Class::Medium, 60.0, 0.65, [1.0, 1.0], Well::Dry) else {
        return;
    };
    let case = |quantity: &str, unit: &str| Case::new("V6", "Medium boat, 60 people", "identity", quantity, unit);
    let worst = |f: &dyn Fn(f64) -> f64| (1..=60).map(|d| f(f64::from(d).to_radians()).abs()).fold(0.0, f64::max);
    let symmetry = worst(&|phi| c.gz(phi).gz_m + c.gz(-phi).gz_m);
    cases.push(case("largest GZ(phi) + GZ(-phi)", "m").value(0.0, 1e-12, symmetry));
    let slope = (c.gz(1e-4).gz_m - c.gz(-1e-4).gz_m) / 2e-4;
    cases.push(case("GM less the slope of GZ at rest", "m").value(0.0, 1e-6, c.gm_m() - slope));
    let energy = |phi: f64| c.gz(phi).gravity_over_buoyancy_m;
    let work = worst(&|phi| energy(phi) - energy(0.0) - c.area_under_gz_m_rad(phi));
    cases.push(case("largest work less area under GZ", "m rad").value(0.0, 1e-6, work));
    let rising = (1..400).all(|i| {
        let at = |i: i32| {
            let heel = crate::section::Heel::new(0.2);
            let body = c.body();
            body.displaced(&body.section.cut(heel, -0.5 + 0.005 * f64::from(i))).area_m2
        };
        at(i + 1) >= at(i)
    });
    cases.push(case("levels at which buoyancy falls with draught", "1").value(0.0, 0.0, f64::from(!rising)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_cases_are_as_stated() {
        let cases = cases();
        assert_eq!(cases.len(), 4 + 3 + 1 + 11 * 9 + 2 + 1 + 3 + 6 + 4);
        plimsoll_core::validation::assert_as_stated(&cases);
    }
}
