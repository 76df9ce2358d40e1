//! The load line of the reference boats.

use super::*;
use crate::hull::{Class, HullSpec};

fn hull(class: Class) -> Hull {
    Hull::new(HullSpec::reference(class)).unwrap()
}

fn load(people: f64, people_centre_m: f64) -> Load {
    Load { people, person_mass_kg: 70.0, people_centre_m, shift_m: 0.0, water_m3: 0.0 }
}

fn central() -> LoadLineConstants {
    LoadLineConstants::draw(&Knowledge::central())
}

fn limit(line: &LoadLine, id: LimitId) -> Limit {
    *line.limits.iter().find(|l| l.id == id).unwrap()
}

/// Reference figure: N_swamp at full weight and at half of it, by buoyancy alone.
#[test]
fn swamp_limits_of_the_three_boats() {
    for (class, full, half) in [(Class::Small, 29.0, 58.0), (Class::Medium, 45.0, 90.0), (Class::Large, 78.0, 157.0)] {
        let h = hull(class);
        assert_eq!(swamp_limit(&h, 70.0, 1.0).floor(), full, "{class:?}");
        assert_eq!(swamp_limit(&h, 70.0, 0.5).floor(), half, "{class:?}");
    }
}

/// "Held clear of the water": about 42 on the medium boat, not 45, where the crown stands half a centimetre out.
#[test]
fn the_medium_boat_swamped_holds_some_42_clear() {
    let h = hull(Class::Medium);
    let line = evaluate(&h, &load(60.0, 0.65), &central()).unwrap();
    assert!((line.swamped.held_clear - 42.0).abs() <= 1.0, "{}", line.swamped.held_clear);
    let swamped = |n: f64| Condition::new(&h, &load(n, 0.65), Well::Open).unwrap();
    assert!(swamped(45.0).freeboard_m() < 0.01 && swamped(45.0).gm_m().abs() < 0.1);
    let last = swamped(line.swamped.held_clear);
    assert!(last.freeboard_m() >= 0.05 && last.gm_m() > 0.3);
    let next = swamped(line.swamped.held_clear + 1.0);
    assert!(next.freeboard_m() < 0.05 || next.gm_m() <= 0.3);
}

/// W7: a boat of 7 m with 65 people has under 10 cm of freeboard and no reserve if they stand.
#[test]
fn sixty_five_on_seven_metres() {
    let line = evaluate(&hull(Class::Small), &load(65.0, 0.65), &central()).unwrap();
    let rest = line.at_rest.as_ref().unwrap();
    assert!(rest.freeboard_m < 0.1 && rest.shift_to_capsize_m.unwrap() <= 0.06);
    for id in [LimitId::StandingAwash, LimitId::LostChamberSwamps, LimitId::SwampedNotClear] {
        assert!(limit(&line, id).passed, "{id:?}");
    }
    let floats = limit(&line, LimitId::FloatsNoMore);
    assert!(!floats.passed && floats.margin.unwrap() > 0.0);
}

/// The curve with people standing, had from the curve at rest by the height of the centre alone, is the one solved anew.
#[test]
fn standing_people_are_what_a_higher_centre_makes_of_the_curve() {
    let constants = central();
    for (port, starboard) in [(1.0, 1.0), (0.9, 0.75), (0.7, 0.95)] {
        let h = hull(Class::Medium).with_shares(port, starboard).unwrap();
        let seated = evaluate(&h, &load(47.0, 0.5), &constants).unwrap();
        let standing = evaluate(&h, &load(47.0, constants.load.centre_standing_m), &constants).unwrap();
        let anew = standing.at_rest.unwrap().shift_to_capsize_m.unwrap() - constants.standing_sway_m;
        let margin = limit(&seated, LimitId::StandingAwash).margin.unwrap();
        assert!((margin - anew).abs() < 1e-12, "{margin} {anew}");
    }
}

#[test]
fn a_boat_that_sinks_has_passed_its_last_limit() {
    let line = evaluate(&hull(Class::Small), &load(80.0, 0.65), &central()).unwrap();
    assert!(line.at_rest.is_none());
    assert!(line.limits.iter().all(|l| l.passed));
    assert!(limit(&line, LimitId::FloatsNoMore).margin.unwrap() < 0.0);
    assert!(line.limits[0].margin.is_none() && line.limits[1].margin.is_none());
}

#[test]
fn few_people_on_a_large_boat_pass_no_limit() {
    let constants = LoadLineConstants { standing_sway_m: 0.10, ..central() };
    let line = evaluate(&hull(Class::Large), &load(15.0, 0.35), &constants).unwrap();
    assert!(line.limits.iter().all(|l| !l.passed), "{:?}", line.limits);
    assert!(line.soft_chamber.is_none());
    let nobody = evaluate(&hull(Class::Large), &load(0.0, 0.35), &constants).unwrap();
    assert!(nobody.limits.iter().all(|l| !l.passed), "{:?}", nobody.limits);
    assert!(nobody.at_rest.unwrap().shift_to_capsize_m.is_none());
}

#[test]
fn the_curve_ends_where_the_crown_comes_to_the_water() {
    let line = evaluate(&hull(Class::Medium), &load(60.0, 0.65), &central()).unwrap();
    let rest = line.at_rest.unwrap();
    let last = rest.gz.last().unwrap();
    let flooding = rest.flooding_heel_deg.unwrap();
    assert!(last.heel_deg <= flooding && flooding - last.heel_deg < 0.25);
    assert!(last.margin_m >= 0.0 && last.margin_m < 0.005);
    for (i, pair) in rest.gz.windows(2).enumerate() {
        assert_eq!(pair[0].heel_deg, i as f64 * 0.25);
        assert!(pair[1].margin_m < pair[0].margin_m);
    }
    assert!((rest.gz[0].margin_m - rest.freeboard_m).abs() < 1e-12);
    assert_eq!(rest.list_deg, Some(0.0));
    // A light boat on its tubes never floods below 60 degrees: the curve then ends there.
    let light = evaluate(&hull(Class::Medium), &load(15.0, 0.65), &central()).unwrap();
    let rest = light.at_rest.unwrap();
    assert!(rest.flooding_heel_deg.is_none() && rest.gz.last().unwrap().heel_deg == 60.0);
}

#[test]
fn the_weaker_side_is_the_soft_one_and_mirrors() {
    let constants = central();
    let firm = hull(Class::Medium);
    let starboard = evaluate(&firm.with_shares(1.0, 0.8).unwrap(), &load(47.0, 0.65), &constants).unwrap();
    let port = evaluate(&firm.with_shares(0.8, 1.0).unwrap(), &load(47.0, 0.65), &constants).unwrap();
    let (s, p) = (starboard.at_rest.unwrap(), port.at_rest.unwrap());
    assert!(s.gz_max_heel_deg > 0.0 && s.list_deg.unwrap() > 1.0);
    assert!((s.gz_max_heel_deg + p.gz_max_heel_deg).abs() < 1e-9);
    assert!((s.gz_max_m - p.gz_max_m).abs() < 1e-12);
    assert!((s.list_deg.unwrap() + p.list_deg.unwrap()).abs() < 1e-9);
    let soft = starboard.soft_chamber.unwrap();
    assert!(soft.margin_limp_m < soft.margin_m - 0.15);
    assert!((soft.list_deg - s.list_deg.unwrap()).abs() < 1e-9);
}

#[test]
fn reported_trim_lowers_one_end() {
    let trimmed = Hull::new(HullSpec { trim_m: -0.16, ..HullSpec::reference(Class::Medium) }).unwrap();
    let level = evaluate(&hull(Class::Medium), &load(60.0, 0.65), &central()).unwrap();
    let by_the_stern = evaluate(&trimmed, &load(60.0, 0.65), &central()).unwrap();
    let (a, b) = (level.at_rest.unwrap(), by_the_stern.at_rest.unwrap());
    assert!((a.freeboard_m - b.freeboard_m - 0.08).abs() < 1e-12);
    assert!((a.transom_margin_m - b.transom_margin_m - 0.08).abs() < 1e-12);
}

/// Reference figure: a 15-inch transom leaves 0.10 m above water at N 60 and 0.03 m at N 80 (medium boat).
#[test]
fn the_transom_is_often_the_lowest_point() {
    for (people, expected) in [(60.0, 0.10), (80.0, 0.03)] {
        let line = evaluate(&hull(Class::Medium), &load(people, 0.65), &central()).unwrap();
        let margin = line.at_rest.unwrap().transom_margin_m;
        assert!((margin - expected).abs() < 0.006, "{people}: {margin}");
    }
}

#[test]
fn offset_load_of_the_standard() {
    assert!((offset_load_limit_deg(8.5) - 18.7).abs() < 0.05);
    let line = evaluate(&hull(Class::Medium), &load(20.0, 0.65), &central()).unwrap();
    assert!(line.offset_load.shift_m > 0.5);
    let heel = line.offset_load.heel_deg.unwrap();
    assert!(heel > 5.0 && heel < 40.0, "{heel}");
    // A full boat leaves nobody room to move.
    let full = evaluate(&hull(Class::Medium), &load(100.0, 0.35), &central()).unwrap();
    assert_eq!((full.offset_load.shift_m, full.offset_load.heel_deg), (0.0, Some(0.0)));
}

#[test]
fn a_load_that_is_none_is_refused() {
    let h = hull(Class::Medium);
    for bad in [f64::NAN, -1.0, f64::INFINITY] {
        assert!(matches!(
            evaluate(&h, &load(bad, 0.65), &central()),
            Err(HydrostaticsError::Load { field: "people", .. })
        ));
    }
    let drowned = Load { water_m3: 50.0, ..load(10.0, 0.65) };
    assert!(matches!(evaluate(&h, &drowned, &central()), Err(HydrostaticsError::WellOverfull { .. })));
}

#[test]
fn every_figure_is_finite_whatever_the_constants() {
    for outer in 0..64 {
        let constants = LoadLineConstants::draw(&Knowledge::outer(7, outer));
        let limpness = LEDGER.value("chambers.limpness", &Knowledge::outer(7, outer));
        let h = hull(Class::Medium).with_limpness(limpness);
        let h = h.with_shares(0.9, 0.7 + 0.004 * f64::from(outer)).unwrap();
        let l = Load { water_m3: 0.01 * f64::from(outer), ..load(30.0 + f64::from(outer), 0.65) };
        let line = evaluate(&h, &l, &constants).unwrap();
        let mut figures = vec![line.displacement_kg, line.swamped.capacity_kg, line.swamped.held_clear];
        if let Some(rest) = &line.at_rest {
            figures.extend([rest.freeboard_m, rest.gm_m, rest.gz_max_m, rest.transom_margin_m]);
            figures.extend(rest.gz.iter().flat_map(|p| [p.gz_m, p.margin_m]));
        }
        figures.extend(line.limits.iter().filter_map(|l| l.margin));
        assert!(figures.iter().all(|f| f.is_finite()), "{outer}: {figures:?}");
    }
}
