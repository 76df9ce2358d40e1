//! Any hull that passes its check gets finite answers or a typed refusal: at the ends of the ranges, and far from any boat seen.

use plimsoll_boat::hull::{Hull, HullSpec};
use plimsoll_boat::hydrostatics::{Condition, Well};
use plimsoll_boat::load::Load;
use plimsoll_boat::load_line::{LoadLineConstants, evaluate};
use plimsoll_boat::section::Heel;
use plimsoll_boat::strips::Bow;
use plimsoll_boat::table::StabilityTable;
use plimsoll_boat::trim::{Disturbance, attitude};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::random::{Purpose, Stream};

/// A draw from a range that takes its ends as often as its middle.
fn draw(i: u64, index: &mut u32, low: f64, high: f64) -> f64 {
    *index += 1;
    let u = Stream::new(99).uniform(i, 0, Purpose::Test, *index);
    low + (high - low) * (1.5 * u - 0.25).clamp(0.0, 1.0)
}

fn any_hull(i: u64) -> Option<Hull> {
    let k = &mut 0;
    let tube_m = draw(i, k, 0.15, 1.5);
    let length_m = draw(i, k, 2.0, 25.0);
    Hull::new(HullSpec {
        length_m,
        effective_length_m: draw(i, k, 1.0, length_m),
        beam_m: draw(i, k, 2.0 * tube_m, 6.0),
        tube_m,
        floor_height_m: draw(i, k, 0.0, 0.9 * tube_m),
        floor_sag_m: draw(i, k, 0.0, 0.3),
        hull_mass_kg: draw(i, k, 10.0, 3_000.0),
        hull_centre_m: draw(i, k, 0.0, 2.0),
        transom_height_m: draw(i, k, 0.0, 1.5),
        chambers: draw(i, k, 1.0, 16.99) as u32,
        share_port: draw(i, k, 0.0, 1.0),
        share_starboard: draw(i, k, 0.0, 1.0),
        limpness: draw(i, k, 0.0, 1.0),
        trim_m: draw(i, k, -2.0, 2.0),
    })
    .ok()
}

fn any_load(i: u64, hull: &Hull) -> Load {
    let k = &mut 100;
    Load {
        people: draw(i, k, 0.0, 1.2) * hull.body(Well::Dry).capacity_kg() / 70.0,
        person_mass_kg: 70.0,
        people_centre_m: draw(i, k, -0.3, 2.0),
        shift_m: draw(i, k, -1.0, 1.0),
        water_m3: draw(i, k, -0.5, 0.5).max(0.0) * hull.body(Well::Dry).well_m3(),
    }
}

#[test]
fn any_hull_has_finite_answers() {
    let (mut afloat, mut rested) = (0, 0);
    for i in 0..1_500 {
        let Some(hull) = any_hull(i) else { continue };
        let load = any_load(i, &hull);
        for well in [Well::Dry, Well::Open] {
            let Ok(c) = Condition::new(&hull, &load, well) else {
                continue;
            };
            afloat += 1;
            for degrees in [0.0, 1e-7, 0.3, -25.0, 60.0, 89.0] {
                let gz = c.gz(f64::to_radians(degrees));
                let all = [gz.gz_m, gz.margin_m, gz.level_m, gz.gravity_over_buoyancy_m];
                assert!(all.iter().all(|x| x.is_finite()), "{i} {degrees}: {gz:?} {hull:?} {load:?}");
                let body = c.body();
                let cut = body.section.cut(Heel::new(f64::to_radians(degrees)), gz.level_m);
                let found = 1025.0 * body.length_m * body.displaced(&cut).area_m2;
                assert!((found / c.displacement_kg() - 1.0).abs() < 1e-9, "{i} {degrees}: {found}");
            }
            assert!(c.gm_m().is_finite(), "{i}");
            rested += usize::from(c.equilibrium().is_some());
        }
        if let Ok(table) = StabilityTable::build(&hull, load.dry_mass_kg(&hull)) {
            assert!(table.cells.iter().flatten().all(|x| x.is_finite()), "{i}");
            let figures = [
                table.water_step_m3,
                table.critical_water_m3,
                table.freeboard_port_m,
                table.freeboard_starboard_m,
                table.freeboard_transom_m,
                table.sink_m_per_m3,
                table.well_area_m2,
                table.water_plane_m2,
                table.km_m,
            ];
            assert!(figures.iter().all(|x| x.is_finite()), "{i}: {figures:?}");
            assert!(table.water_step_m3 > 0.0 && table.sink_m_per_m3 >= 0.0, "{i}");
        }
    }
    assert!(afloat > 900 && rested > 300, "{afloat} {rested}");
}

#[test]
fn any_hull_has_a_load_line() {
    let constants = LoadLineConstants::draw(&Knowledge::outer(3, 17));
    let mut lines = 0;
    for i in 0..400 {
        let Some(hull) = any_hull(i) else { continue };
        let Ok(line) = evaluate(&hull, &any_load(i, &hull), &constants) else {
            continue;
        };
        lines += 1;
        let mut figures = vec![
            line.displacement_kg,
            line.swamped.capacity_kg,
            line.swamped.held_clear,
            line.offset_load.shift_m,
            line.bending.still_water_n_m,
        ];
        figures.extend(line.limits.iter().filter_map(|l| l.margin));
        if let Some(rest) = line.at_rest {
            figures.extend([rest.freeboard_m, rest.gm_m, rest.gz_max_m, rest.gz_max_heel_deg]);
            figures.extend(rest.gz.iter().flat_map(|p| [p.gz_m, p.margin_m]));
        }
        assert!(figures.iter().all(|x| x.is_finite()), "{i}: {figures:?}");
    }
    assert!(lines > 200, "{lines}");
}

#[test]
fn any_hull_that_loses_a_chamber_comes_to_rest_or_to_none() {
    let mut at_rest = 0;
    for i in 0..60 {
        let Some(hull) = any_hull(i) else { continue };
        let d = Disturbance { people_forward_m: 0.1, lost_chamber: Some(i as u32 % hull.chambers), limpness: 1.0 };
        let load = Load { shift_m: 0.0, ..any_load(i, &hull) };
        if let Some(a) = attitude(&hull, Bow::Round, &load, &d) {
            at_rest += 1;
            let all = [a.heel_rad, a.trim_rad, a.margin_m, a.margin_limp_m];
            assert!(all.iter().all(|x| x.is_finite()), "{i}: {a:?}");
            assert!(a.margin_limp_m <= a.margin_m);
        }
    }
    assert!(at_rest > 10, "{at_rest}");
}
