//! What must hold for any input: everyone is accounted for, and nothing that helps a person harms the same person.

use plimsoll_core::ledger::Knowledge;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_rescue::assets::{self, Asset};
use plimsoll_rescue::event::{self, AssetArrival, EventInput, MOMENTS, RescueOutcome, RescueSetup, Scratch};
use plimsoll_rescue::person::{PersonDraw, Population, Shares};
use plimsoll_rescue::survival::support::{Lost, WreckPlaces};
use plimsoll_rescue::survival::{Conditions, Light, Rates, RescueConstants, State};
use std::sync::LazyLock;

const STREAM: Stream = Stream::new(11);

/// The 256 states of knowledge.
static CONSTANTS: LazyLock<Vec<RescueConstants>> =
    LazyLock::new(|| (0..256).map(|k| RescueConstants::draw(&Knowledge::outer(1, k))).collect());

fn constants_of(i: u64) -> RescueConstants {
    CONSTANTS[(i % 256) as usize]
}

/// A uniform number for test input `i`, item `j`.
fn u(i: u64, j: u32) -> f64 {
    STREAM.uniform(i, j, Purpose::Test, 0)
}

fn between(i: u64, j: u32, low: f64, high: f64) -> f64 {
    low + (high - low) * u(i, j)
}

struct Input {
    population: Population,
    conditions: Conditions,
    fleet: Vec<&'static Asset>,
    arrivals: Vec<AssetArrival>,
    in_water: u32,
    held_clear: u32,
    wreck: WreckPlaces,
    lost: Lost,
    floats_first: bool,
    horizon_min: f32,
}

fn random_input(i: u64) -> Input {
    let table = assets::all();
    let n = (u(i, 0) * 6.0) as u32;
    let fleet: Vec<_> = (0..n).map(|a| &table[(u(i, 100 + a) * table.len() as f64) as usize]).collect();
    let arrivals = (0..n)
        .map(|a| AssetArrival {
            asset: a as u16,
            minutes: if u(i, 200 + a) < 0.1 { f32::INFINITY } else { between(i, 300 + a, 0.0, 240.0) as f32 },
        })
        .collect();
    Input {
        population: Population { swimmers: u(i, 1), children: u(i, 2), jackets_worn: u(i, 3), jackets_float: u(i, 4) },
        conditions: Conditions {
            water_c: between(i, 5, 0.0, 25.0),
            hs_m: between(i, 6, 0.0, 4.0),
            light: [Light::Day, Light::Twilight, Light::Night][(u(i, 7) * 3.0) as usize],
        },
        fleet,
        arrivals,
        in_water: (u(i, 8) * 131.0) as u32,
        held_clear: if u(i, 9) < 0.5 { 0 } else { (u(i, 10) * 60.0) as u32 },
        wreck: match (u(i, 11) * 3.0) as u32 {
            0 => WreckPlaces::NONE,
            1 => WreckPlaces::UNLIMITED,
            _ => WreckPlaces { torso: (u(i, 12) * 50.0) as u32, grip: (u(i, 13) * 50.0) as u32 },
        },
        lost: [Lost::Swamped, Lost::ThrownOff, Lost::InvertedOrFolded][(u(i, 14) * 3.0) as usize],
        floats_first: u(i, 15) < 0.5,
        horizon_min: between(i, 16, 10.0, 1440.0) as f32,
    }
}

fn run(input: &Input, constants: &RescueConstants, realisation: u64, scratch: &mut Scratch) -> RescueOutcome {
    let setup = RescueSetup::new(constants, &input.population, &input.conditions, &input.fleet);
    event::run(
        &setup,
        &EventInput {
            stream: STREAM,
            realisation,
            first_person: 0,
            in_water: input.in_water,
            held_clear: input.held_clear,
            lost: input.lost,
            wreck: input.wreck,
            arrivals: &input.arrivals,
            floats_first: input.floats_first,
            horizon_min: input.horizon_min,
        },
        scratch,
    )
}

#[test]
fn everyone_is_accounted_for() {
    let mut scratch = Scratch::default();
    for i in 0..20_000 {
        let input = random_input(i);
        let constants = constants_of(i);
        let out = run(&input, &constants, i, &mut scratch);
        let everyone = input.in_water + input.held_clear;
        assert_eq!(out.deaths + out.lifted + out.unrecovered, everyone, "{i}");
        assert_eq!(out.deaths, out.deaths_by_phase.iter().sum::<u32>(), "{i}");
        assert_eq!(out.lifted, out.lifted_by.iter().sum::<u32>(), "{i}");
        assert_eq!(out.first_lift_min.is_finite(), out.lifted > 0, "{i}");
        if out.lifted > 0 {
            let soonest = input.arrivals.iter().map(|a| a.minutes).fold(f32::INFINITY, f32::min);
            assert!(soonest < out.first_lift_min, "{i}");
            assert!(out.first_lift_min <= out.last_lift_min && out.last_lift_min <= input.horizon_min, "{i}");
        }
        for (slot, a) in input.arrivals.iter().enumerate() {
            assert!(out.lifted_by[slot] <= input.fleet[usize::from(a.asset)].capacity, "{i}");
        }
        let mut last = out.timeline[0];
        assert_eq!(u32::from(last.in_water) + u32::from(last.held_clear), everyone, "{i}");
        for m in out.timeline {
            let sum = u32::from(m.in_water) + u32::from(m.held_clear) + u32::from(m.rescued) + u32::from(m.dead);
            assert_eq!(sum, everyone, "{i}");
            assert!(m.dead >= last.dead && m.rescued >= last.rescued, "{i}");
            last = m;
        }
        if input.horizon_min <= 600.0 {
            assert_eq!(u32::from(out.timeline[MOMENTS - 1].dead), out.deaths, "{i}");
        }
        if input.lost != Lost::InvertedOrFolded {
            assert_eq!(out.deaths_by_phase[1], 0, "{i}");
        }
    }
}

#[test]
fn a_call_leaves_nothing_behind_in_the_scratch() {
    let mut used = Scratch::default();
    for i in 0..2000 {
        let input = random_input(i);
        let constants = constants_of(i);
        assert_eq!(run(&input, &constants, i, &mut used), run(&input, &constants, i, &mut Scratch::default()), "{i}");
    }
}

/// One person under `population` and `conditions`, and the person's course from `state`.
fn person(
    i: u64,
    constants: &RescueConstants,
    population: &Population,
    conditions: &Conditions,
) -> (PersonDraw, Rates) {
    let rates = Rates::new(constants, conditions);
    let shares = Shares::new(&constants.population, population);
    (PersonDraw::new(&STREAM, i, 0, &shares, &rates), rates)
}

const STATES: [State; 4] = [State::Clear, State::Torso, State::Grip, State::Unsupported];

#[test]
fn warmer_water_never_kills_the_same_person_sooner() {
    for i in 0..40_000 {
        let input = random_input(i);
        let constants = constants_of(i);
        let warmer = Conditions {
            water_c: (input.conditions.water_c + between(i, 50, 0.0, 10.0)).min(25.0),
            ..input.conditions
        };
        let (p, cold) = person(i, &constants, &input.population, &input.conditions);
        let (q, warm) = person(i, &constants, &input.population, &warmer);
        for state in STATES {
            let trapped = input.lost == Lost::InvertedOrFolded;
            let (a, b) = (p.course(&cold, state, trapped), q.course(&warm, state, trapped));
            assert!(b.death_min >= a.death_min * 0.999_99, "{i} {state:?} {a:?} {b:?}");
        }
    }
}

#[test]
fn a_jacket_that_floats_never_kills_the_same_person_sooner() {
    for i in 0..40_000 {
        let input = random_input(i);
        let constants = constants_of(i);
        let better = Population {
            jackets_float: input.population.jackets_float + (1.0 - input.population.jackets_float) * u(i, 50),
            ..input.population
        };
        let (p, rates) = person(i, &constants, &input.population, &input.conditions);
        let (q, _) = person(i, &constants, &better, &input.conditions);
        assert!(q.flotation >= p.flotation);
        for state in STATES {
            let trapped = input.lost == Lost::InvertedOrFolded;
            let (a, b) = (p.course(&rates, state, trapped), q.course(&rates, state, trapped));
            assert!(b.death_min >= a.death_min * 0.999_99, "{i} {state:?} {a:?} {b:?}");
        }
    }
}

#[test]
fn a_later_lift_never_saves_the_same_person() {
    for i in 0..40_000 {
        let input = random_input(i);
        let constants = constants_of(i);
        let (p, rates) = person(i, &constants, &input.population, &input.conditions);
        let sooner = between(i, 50, 0.0, 600.0) as f32;
        let later = sooner + between(i, 51, 0.0, 300.0) as f32;
        for state in STATES {
            let course = p.course(&rates, state, input.lost == Lost::InvertedOrFolded);
            assert!(course.dose(later) >= course.dose(sooner));
            for vertical in [false, true] {
                let lives = |t| p.survives_lift(&course, &rates, t, vertical);
                assert!(lives(sooner) || !lives(later), "{i} {state:?}");
            }
        }
    }
}

/// Mean deaths over realisations of one input in all states of knowledge.
fn mean_deaths(change: impl Fn(&mut Input)) -> f64 {
    let mut scratch = Scratch::default();
    let mut sum = 0;
    for r in 0..256 * 16 {
        let mut input = Input {
            population: Population { swimmers: 0.45, children: 0.13, jackets_worn: 0.5, jackets_float: 0.3 },
            conditions: Conditions { water_c: 14.0, hs_m: 0.5, light: Light::Day },
            fleet: ["patrol-32m", "lifeboat-dover", "helicopter-lydd"].map(|id| assets::find(id).unwrap()).to_vec(),
            arrivals: vec![AssetArrival { asset: 0, minutes: 6.0 }, AssetArrival { asset: 1, minutes: 25.0 }],
            in_water: 60,
            held_clear: 0,
            wreck: WreckPlaces { torso: 30, grip: 25 },
            lost: Lost::InvertedOrFolded,
            floats_first: false,
            horizon_min: 600.0,
        };
        change(&mut input);
        let constants = constants_of(r);
        sum += run(&input, &constants, r, &mut scratch).deaths;
    }
    f64::from(sum) / (256.0 * 16.0)
}

/// On the mean, not for each realisation: one more server changes who is reached when, and may by that reach a person a
/// moment too late who was just in time before. Each person's own course is monotone, as tested above.
#[test]
fn help_helps_on_the_mean() {
    let base = mean_deaths(|_| {});
    let more = mean_deaths(|i| i.arrivals.push(AssetArrival { asset: 2, minutes: 20.0 }));
    let sooner = mean_deaths(|i| i.arrivals[0].minutes = 2.0);
    let later = mean_deaths(|i| i.arrivals.iter_mut().for_each(|a| a.minutes += 30.0));
    let nobody = mean_deaths(|i| i.arrivals.clear());
    let floats = mean_deaths(|i| i.floats_first = true);
    let warm = mean_deaths(|i| i.conditions.water_c = 20.0);
    let cold = mean_deaths(|i| i.conditions.water_c = 6.0);
    let jackets = mean_deaths(|i| i.population.jackets_float = 1.0);
    let thrown_off = mean_deaths(|i| i.lost = Lost::ThrownOff);
    let upright = mean_deaths(|i| i.lost = Lost::Swamped);
    let sunk = mean_deaths(|i| i.wreck = WreckPlaces::NONE);
    let night = mean_deaths(|i| i.conditions.light = Light::Night);
    for (name, better, worse) in [
        ("more assets", more, base),
        ("sooner", sooner, base),
        ("not later", base, later),
        ("somebody", later, nobody),
        ("floats first", floats, base),
        ("warmer", warm, base),
        ("not colder", base, cold),
        ("jackets that float", jackets, base),
        ("nobody under the boat", thrown_off, base),
        ("at its tubes", upright, thrown_off),
        ("a wreck", base, sunk),
        ("day", base, night),
    ] {
        assert!(better < worse, "{name}: {better} against {worse}");
    }
}

/// People of one event share their luck: the mean stays, the worst tenth grows.
#[test]
fn shared_luck_makes_the_worst_tenth_worse() {
    let setup = |latent: f64| {
        let mut c = RescueConstants::draw(&Knowledge::central());
        c.support.latent_correlation = latent;
        let population = Population { swimmers: 0.45, children: 0.1, jackets_worn: 0.5, jackets_float: 0.2 };
        let conditions = Conditions { water_c: 15.0, hs_m: 0.4, light: Light::Day };
        RescueSetup::new(&c, &population, &conditions, &[assets::find("patrol-32m").unwrap()])
    };
    let tail = |latent: f64| {
        let setup = setup(latent);
        let mut scratch = Scratch::default();
        let mut deaths: Vec<u32> = (0..4000)
            .map(|realisation| {
                event::run(
                    &setup,
                    &EventInput {
                        stream: STREAM,
                        realisation,
                        first_person: 0,
                        in_water: 62,
                        held_clear: 0,
                        lost: Lost::Swamped,
                        wreck: WreckPlaces::UNLIMITED,
                        arrivals: &[AssetArrival { asset: 0, minutes: 5.0 }],
                        floats_first: false,
                        horizon_min: 600.0,
                    },
                    &mut scratch,
                )
                .deaths
            })
            .collect();
        deaths.sort_unstable();
        f64::from(deaths[3600..].iter().sum::<u32>()) / 400.0
    };
    let (own, shared) = (tail(0.0), tail(0.5));
    assert!(shared > 1.3 * own, "{own} {shared}");
}

#[test]
fn people_are_the_same_under_every_option() {
    let population = random_input(1).population;
    let constants = RescueConstants::draw(&Knowledge::central());
    let conditions = |hs_m| Conditions { water_c: 12.0, hs_m, light: Light::Day };
    for i in 0..500 {
        let (a, _) = person(i, &constants, &population, &conditions(0.2));
        let (b, _) = person(i, &constants, &population, &conditions(1.5));
        assert_eq!((a.child, a.swimmer, a.flotation), (b.child, b.swimmer, b.flotation));
    }
}
