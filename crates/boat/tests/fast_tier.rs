//! What must hold in the fast tier for every boat and sea.

use plimsoll_boat::crowd::Crowd;
use plimsoll_boat::flooding::FloodingConstants;
use plimsoll_boat::hull::{Class, Hull, HullSpec};
use plimsoll_boat::kernel::{Outcome, Pulse, State, Wash, Window, run};
use plimsoll_boat::motion::{Dynamics, MotionConstants};
use plimsoll_boat::simd::Path;
use plimsoll_boat::slow::{Asked, Candidates, SlowTier};
use plimsoll_boat::table::StabilityTable;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::random::Stream;
use plimsoll_sea::waves::{SeaState, WaveField};

struct Boat {
    table: StabilityTable,
    dynamics: Dynamics,
    sea: WaveField,
    crowd: Crowd,
}

impl Boat {
    fn new(people: f64, hs_m: f64, outer: u32) -> Self {
        let knowledge = Knowledge::outer(3, outer);
        let hull = Hull::new(HullSpec::reference(Class::Medium)).unwrap();
        let table = StabilityTable::build(&hull, hull.hull_mass_kg + 72.0 * people).unwrap();
        let crowd = Crowd {
            delay_s: 1.5,
            lean_gain_m_per_rad: -0.4,
            limit_m: 0.2,
            ..Crowd::still(people as f32, 72.0, 0.65, 1.05)
        };
        let (motion, flooding) = (MotionConstants::draw(&knowledge), FloodingConstants::draw(&knowledge));
        let dynamics = Dynamics::new(&motion, &flooding, &hull, &table, &crowd);
        let sea = WaveField::new(&SeaState::new(hs_m, 3.4, 30.0).unwrap(), hull.beam_m);
        Self { table, dynamics, sea, crowd }
    }

    fn window(&self, realisation: u64) -> Window<'_> {
        Window::new(&self.table, &self.dynamics, &self.sea, realisation, 40, self.crowd)
    }
}

fn follow(path: Path, windows: &[Window<'_>], steps: u32) -> Vec<Outcome> {
    let mut out = vec![Outcome::default(); windows.len()];
    run(path, &Stream::new(5), windows, steps, &mut out);
    out
}

/// Windows with everything in some lanes and nothing in others.
fn mixed(boats: &[Boat]) -> Vec<Window<'_>> {
    let mut windows = vec![];
    for (i, boat) in boats.iter().enumerate() {
        for r in 0..7_u64 {
            let mut w = boat.window(r + 10 * i as u64);
            match (r + i as u64) % 5 {
                0 => w.tear_m2 = 0.01,
                1 => w.wash = Wash { height_m: 0.4, period_s: 3.0, arrival_s: 20.0, waves: 6.0, beam_factor: 0.9 },
                2 => w.moment = Pulse { peak_n_m: 6_000.0, start_s: 10.0, duration_s: 2.0 },
                3 => w.crowd.stand_target = 0.8,
                _ => {}
            }
            windows.push(w);
        }
    }
    windows
}

#[test]
fn a_lane_knows_neither_neighbours_nor_instructions() {
    let boats: Vec<_> = (0..5).map(|i| Boat::new(40.0 + 10.0 * f64::from(i), 0.6, i)).collect();
    let windows = mixed(&boats);
    let together = follow(Path::Scalar, &windows, 2_400);
    assert!(together.iter().any(|o| o.loss.is_some()) && together.iter().any(|o| o.loss.is_none()));
    assert_eq!(together, follow(Path::detect(), &windows, 2_400));
    for (i, w) in windows.iter().enumerate() {
        assert_eq!(follow(Path::detect(), &[*w], 2_400)[0], together[i], "{i}");
    }
}

#[test]
fn a_mirrored_world_gives_the_mirror_image() {
    let boat = Boat::new(60.0, 0.5, 2);
    for r in 0..24 {
        let mut w = boat.window(r);
        w.crowd.shift_target_m = 0.05;
        w.moment = Pulse { peak_n_m: 3_000.0, start_s: 5.0, duration_s: 3.0 };
        let mut m = w;
        m.beam_factor = -w.beam_factor;
        m.crowd.shift_target_m = -0.05;
        m.moment.peak_n_m = -3_000.0;
        let o = follow(Path::detect(), &[w, m], 900);
        // The table's cells are mirrored but rounded each on its own.
        assert_eq!(o[0].loss.is_some(), o[1].loss.is_some());
        if o[0].loss.is_none() {
            assert!((o[0].state.heel_rad + o[1].state.heel_rad).abs() < 2e-3, "{r}: {:?}", o);
            assert!((o[0].state.water_m3 - o[1].state.water_m3).abs() < 1e-2 * o[0].state.water_m3 + 1e-3);
        }
    }
}

#[test]
fn energy_never_grows_unforced() {
    let boat = Boat::new(47.0, 0.001, 1);
    let energy = |o: &Outcome| {
        let s = &o.state;
        let kg = 0.62;
        let steps = 200;
        // Work against the righting lever from upright to this heel.
        let work: f64 = (0..steps)
            .map(|i| {
                let phi = s.heel_rad * (i as f32 + 0.5) / steps as f32;
                f64::from(boat.table.gz_m(phi, 0.0, kg, 0.0) * s.heel_rad) / f64::from(steps)
            })
            .sum::<f64>()
            * 9.81
            * f64::from(boat.table.dry_mass_kg);
        work + 0.5 * f64::from(boat.dynamics.roll_inertia_kg_m2 * s.roll_rate_rad_s * s.roll_rate_rad_s)
    };
    let kg = 0.62 * boat.table.dry_mass_kg;
    let mut w = boat.window(0);
    w.crowd = Crowd {
        seated_centre_m: (kg - boat.dynamics.hull_moment_kg_m) / (47.0 * 72.0),
        ..Crowd::still(47.0, 72.0, 0.65, 1.05)
    };
    w.state.heel_rad = 0.15;
    // Symplectic steps let the energy of a cycle breathe by some per cent; over whole periods it falls.
    let at: Vec<f64> = (0..12).map(|n| energy(&follow(Path::Scalar, &[w], 25 * n)[0])).collect();
    for pair in at.windows(2) {
        assert!(pair[1] < pair[0] * 1.02 + 0.05, "{at:?}");
    }
    assert!(at[11] < 0.05 * at[0], "{at:?}");
}

#[test]
fn less_freeboard_never_lets_in_less() {
    let boat = Boat::new(60.0, 0.6, 4);
    let mut last = [0.0; 16];
    for lower in [0.0, 0.02, 0.04, 0.06] {
        let mut table = boat.table.clone();
        table.freeboard_port_m -= lower;
        table.freeboard_starboard_m -= lower;
        // The first water to come over, before it changes the motion: bailed out at once, so that stability stays equal.
        let windows: Vec<_> = (0..16).map(|r| Window { table: &table, bail_m3_s: 1e4, ..boat.window(r) }).collect();
        for (l, o) in follow(Path::detect(), &windows, 1_200).iter().enumerate() {
            assert!(o.overtopped_m3 >= last[l]);
            last[l] = o.overtopped_m3;
        }
    }
    assert!(last.iter().all(|v| *v > 0.0));
}

#[test]
fn a_start_on_the_surface_has_no_jolt() {
    let boat = Boat::new(47.0, 0.4, 6);
    for o in follow(Path::detect(), &(0..32).map(|r| boat.window(r)).collect::<Vec<_>>(), 0) {
        assert_eq!(o.state, State::default());
    }
}

#[test]
fn the_slow_tier_skips_dry_hours_and_keeps_its_addresses() {
    let stream = Stream::new(1);
    let asked = |boat: &'static Boat| Asked { path: Path::detect(), stream: &stream, window: boat.window(0) };
    let boat = |people, hs_m| -> &'static Boat { Box::leak(Box::new(Boat::new(people, hs_m, 7))) };
    let sea = Candidates::draw(Path::detect(), &stream, 1 << 40, 0);
    let calm = asked(boat(33.0, 0.2));
    let dry = SlowTier::derive(&calm, &sea).advance(&calm, &stream, 3, 0, 18_000.0, 0.0, 0.0);
    assert_eq!((dry.water_m3, dry.loss), (0.0, None));
    let rough = asked(boat(60.0, 0.6));
    let tier = SlowTier::derive(&rough, &sea);
    let walk = |r| tier.advance(&rough, &stream, r, 100, 600.0, 0.0, 0.001);
    assert!(walk(3).water_m3 > 0.0 || walk(3).loss.is_some());
    assert_eq!(walk(3), walk(3));
    assert_ne!(walk(3), walk(4));
    let scalar = Asked { path: Path::Scalar, ..rough };
    assert_eq!(walk(3), SlowTier::derive(&scalar, &sea).advance(&scalar, &stream, 3, 100, 600.0, 0.0, 0.001));
}

#[test]
fn every_constant_is_drawn_within_its_range() {
    for constant in plimsoll_boat::ledger::LEDGER.constants() {
        let (low, high) = constant.value.range();
        // Lognormals have no ends; their stated range is 0.1 % to 99.9 %.
        let slack = if matches!(constant.value, plimsoll_core::belief::Belief::LogNormal { .. }) { 2.0 } else { 1.0 };
        for outer in 0..256 {
            let v = plimsoll_boat::ledger::LEDGER.value(&constant.id, &Knowledge::outer(1, outer));
            assert!(v >= low / slack && v <= high * slack, "{} = {v}", constant.id);
        }
    }
}
