//! What must hold for every boat: symmetry, slope, work, and that more load never lifts it.

use plimsoll_boat::hull::{Class, Hull, HullSpec};
use plimsoll_boat::hydrostatics::{Condition, Well, gm, gz};
use plimsoll_boat::load::Load;
use plimsoll_boat::section::Heel;
use plimsoll_core::random::{Purpose, Stream};

const BOATS: u64 = 120;

/// Uniform draws with addresses, one after the other.
struct Draws(u64, u32);

impl Draws {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.1 += 1;
        low + (high - low) * Stream::new(6).uniform(self.0, 0, Purpose::Test, self.1)
    }
}

/// A boat afloat with its load; every third carries water, every fourth is swamped.
fn random_boat(i: u64, even: bool) -> (Hull, Load, Well) {
    let mut draw = Draws(i, 0);
    let length = draw.between(6.0, 11.0);
    let share = draw.between(0.4, 1.0);
    let hull = Hull::new(HullSpec {
        length_m: length / 0.9,
        effective_length_m: length,
        beam_m: draw.between(1.7, 2.7),
        tube_m: draw.between(0.38, 0.65),
        floor_height_m: draw.between(0.0, 0.12),
        floor_sag_m: draw.between(0.0, 0.15),
        share_port: share,
        share_starboard: if even { share } else { draw.between(0.4, 1.0) },
        limpness: draw.between(0.0, 1.0),
        ..HullSpec::reference(Class::Medium)
    })
    .unwrap();
    let well = if i % 4 == 3 { Well::Open } else { Well::Dry };
    let body = hull.body(well);
    let spare = draw.between(0.05, 0.95) * (body.capacity_kg() - hull.hull_mass_kg);
    let water_m3 = if i % 3 == 1 && well == Well::Dry {
        (draw.between(0.02, 0.5) * spare / 1025.0).min(0.9 * body.well_m3())
    } else {
        0.0
    };
    let load = Load {
        people: (spare - 1025.0 * water_m3) / 72.0,
        person_mass_kg: 72.0,
        people_centre_m: draw.between(0.3, 1.1),
        shift_m: if even { 0.0 } else { draw.between(-0.2, 0.2) },
        water_m3,
    };
    (hull, load, well)
}

fn condition((hull, load, well): &(Hull, Load, Well)) -> Condition {
    Condition::new(hull, load, *well).unwrap()
}

#[test]
fn an_even_boat_rights_itself_alike_on_both_sides() {
    for i in 0..BOATS {
        let c = condition(&random_boat(i, true));
        for degrees in [0.1, 3.0, 11.0, 27.0, 48.0, 63.0] {
            let phi = f64::to_radians(degrees);
            let (a, b) = (c.gz(phi), c.gz(-phi));
            assert!((a.gz_m + b.gz_m).abs() < 1e-11, "{i} {degrees}");
            assert!((a.margin_m - b.margin_m).abs() < 1e-11);
        }
    }
}

#[test]
fn the_mirrored_boat_has_the_mirrored_curve() {
    for i in 0..BOATS {
        let (hull, load, well) = random_boat(i, false);
        let mirrored = (
            hull.with_shares(hull.share_starboard, hull.share_port).unwrap(),
            Load { shift_m: -load.shift_m, ..load },
            well,
        );
        let (a, b) = (condition(&(hull, load, well)), condition(&mirrored));
        for degrees in [-61.0, -20.0, -4.0, 0.0, 7.0, 33.0] {
            let phi = f64::to_radians(degrees);
            let (a, b) = (a.gz(phi), b.gz(-phi));
            assert!((a.gz_m + b.gz_m).abs() < 1e-11 && (a.margin_m - b.margin_m).abs() < 1e-11, "{i}");
        }
        assert!((a.gm_m() - b.gm_m()).abs() < 1e-10);
    }
}

/// The metacentric height is the slope of the lever at rest, also with soft tubes, a shifted load and water aboard. The secant's step
/// is small beside the depth of the water, and boats whose waterline lies on a corner of the section are left out: there the slope jumps.
#[test]
fn the_metacentric_height_is_the_slope_of_the_lever() {
    const STEP: f64 = 1e-5;
    let mut compared = 0;
    for i in 0..BOATS {
        let boat = random_boat(i, false);
        let c = condition(&boat);
        let near = |level: f64, edge: f64| (level - edge).abs() < 2.0 * STEP * boat.0.beam_m;
        let section = c.body().section;
        let sea = c.draught_m();
        if near(sea, section.floor_m) || near(sea, section.top_m) {
            continue;
        }
        compared += 1;
        let slope = (c.gz(STEP).gz_m - c.gz(-STEP).gz_m) / (2.0 * STEP);
        assert!((slope - c.gm_m()).abs() < 1e-6 * (1.0 + slope.abs()), "{i}: {slope} {}", c.gm_m());
    }
    assert!(compared > 100);
}

/// Conservation of energy joins the lever, an integral of `y`, to heights, moments of `z`: neither can be wrong alone.
#[test]
fn the_area_under_the_lever_is_the_work_done() {
    for i in 0..BOATS {
        let c = condition(&random_boat(i, false));
        let rest = c.gz(0.0).gravity_over_buoyancy_m;
        for degrees in [-58.0, -17.0, 9.0, 36.0, 60.0] {
            let phi = f64::to_radians(degrees);
            let work = c.gz(phi).gravity_over_buoyancy_m - rest;
            let area = c.area_under_gz_m_rad(phi);
            assert!((work - area).abs() < 2e-6, "{i} {degrees}: {work} {area}");
        }
    }
}

#[test]
fn buoyancy_grows_with_draught_and_the_level_inverts_it() {
    for i in 0..BOATS {
        let (hull, _, well) = random_boat(i, false);
        let body = hull.body(well);
        for degrees in [0.0, 2.0, 24.0, -61.0] {
            let heel = Heel::new(f64::to_radians(degrees));
            let [low, high] = body.section.span(heel);
            let area = |level: f64| body.displaced(&body.section.cut(heel, level)).area_m2;
            let mut before = 0.0;
            for step in 0..=200 {
                let level = low + (high - low) * f64::from(step) / 200.0;
                let here = area(level);
                assert!(here >= before - 1e-14, "{i} {degrees}");
                before = here;
            }
            for part in [0.0, 0.01, 0.37, 0.8, 0.999, 1.0] {
                let level = body.level(heel, part * before);
                let e = area(level) - part * before;
                assert!(e.abs() < 1e-11, "{i} {degrees} {part}: {e:e} {level} {high}");
            }
        }
    }
}

#[test]
fn more_people_leave_less_freeboard() {
    for i in 0..BOATS {
        let (hull, load, well) = random_boat(i, false);
        let with = |part: f64| {
            let load = Load { people: part * load.people, ..load };
            Condition::new(&hull, &load, well).unwrap().freeboard_m()
        };
        let freeboards: Vec<f64> = (1..=20).map(|k| with(f64::from(k) / 20.0)).collect();
        assert!(freeboards.windows(2).all(|f| f[1] < f[0]), "{i}: {freeboards:?}");
    }
}

#[test]
fn an_equilibrium_is_one() {
    let mut listed = 0;
    for i in 0..BOATS {
        let c = condition(&random_boat(i, false));
        let Some(rest) = c.equilibrium() else { continue };
        listed += usize::from(rest.heel_rad != 0.0);
        assert!(c.gz(rest.heel_rad).gz_m.abs() < 1e-9, "{i}");
        let around = [-1e-4, 1e-4].map(|d| c.gz(rest.heel_rad + d).gz_m);
        assert!(around[0] <= 0.0 && around[1] >= 0.0, "{i}: it would turn away");
        if let Some(floods) = c.flooding_heel_rad(rest.heel_rad.signum()).filter(|f| *f > 0.0) {
            assert_eq!(rest.heel_rad.abs() < floods, rest.margin_m > 0.0, "{i}");
        }
    }
    assert!(listed > 60, "{listed}");
}

/// A crowd too high, and nothing rights it: these boats do not loll, they go over.
#[test]
fn a_crowd_too_high_finds_no_rest() {
    let hull = Hull::new(HullSpec::reference(Class::Medium)).unwrap();
    let load = Load { people: 60.0, person_mass_kg: 70.0, people_centre_m: 2.2, shift_m: 0.0, water_m3: 0.0 };
    assert!(gm(&hull, &load).unwrap() < 0.0);
    assert!(gz(&hull, &load, 0.05).unwrap().gz_m < 0.0);
    let c = Condition::new(&hull, &load, Well::Dry).unwrap();
    assert_eq!(c.equilibrium(), None);
}
