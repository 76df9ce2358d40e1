//! Known answers about motion and flooding: V7, V8, V10, V17 of the plan ([`cases`]) and the agreement of the two tiers, V16
//! ([`two_tiers`], which takes a minute). V9, V11 and V12 are with the sea.

use crate::crowd::{Crowd, CrowdConstants};
use crate::flooding::{FloodingConstants, filled_m3};
use crate::hull::{Class, Hull, HullSpec};
use crate::kernel::{Outcome, STEP_S, State, Window, run};
use crate::motion::{Dynamics, MotionConstants, slope_factor};
use crate::simd::Path;
use crate::slow::{Asked, Candidates, SlowTier};
use crate::table::{HEEL_CELLS, StabilityTable, WATER_CELLS};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::random::Stream;
use plimsoll_core::validation::Case;
use plimsoll_sea::waves::{SeaState, WaveField};
use std::f64::consts::TAU;
use std::sync::atomic::{AtomicUsize, Ordering};

const G: f64 = plimsoll_sea::GRAVITY_M_S2;

/// A boat whose figures are as simple as a closed form needs them.
struct Bench {
    table: StabilityTable,
    dynamics: Dynamics,
    sea: WaveField,
    crowd: Crowd,
}

impl Bench {
    /// The medium boat with 47 aboard in a sea.
    fn new(hs_m: f64, tp_s: f64) -> Self {
        let knowledge = Knowledge::central();
        let hull = Hull::new(HullSpec::reference(Class::Medium)).expect("a reference hull");
        let table = StabilityTable::build(&hull, hull.hull_mass_kg + 72.0 * 47.0).expect("it floats");
        let crowd = Crowd::still(47.0, 72.0, 0.65, 1.05);
        let dynamics = Dynamics::new(
            &MotionConstants::draw(&knowledge),
            &FloodingConstants::draw(&knowledge),
            &hull,
            &table,
            &crowd,
        );
        let sea = WaveField::new(&SeaState::new(hs_m, tp_s, 100.0).expect("in range"), hull.beam_m);
        Self { table, dynamics, sea, crowd }
    }

    /// Gives it a linear righting lever of metacentric height `gm_m`, a radius of gyration of 0.38 beams, `zeta` of critical
    /// damping and nothing quadratic.
    fn linear(mut self, gm_m: f64, zeta: f64) -> Self {
        let mass = f64::from(self.table.dry_mass_kg);
        // All weight in the keel: the table alone rights.
        self.dynamics.hull_moment_kg_m = 0.0;
        (self.crowd.seated_centre_m, self.crowd.standing_centre_m) = (0.0, 0.0);
        for (i, cell) in self.table.cells.iter_mut().enumerate() {
            let heel = (i / WATER_CELLS) as f64 - (HEEL_CELLS / 2) as f64;
            let step = mass * gm_m * f64::from(self.table.heel_step_rad);
            *cell = [(step * heel) as f32, step as f32, 0.0, 0.0];
        }
        let radius = 0.38 * f64::from(self.dynamics.beam_m);
        let inertia = mass * radius * radius;
        self.dynamics.roll_inertia_kg_m2 = inertia as f32;
        self.dynamics.roll_damping_n_m_s = (2.0 * zeta * (inertia * G * mass * gm_m).sqrt()) as f32;
        self.dynamics.roll_damping_quadratic_n_m_s2 = 0.0;
        self
    }

    fn window(&self, realisation: u64) -> Window<'_> {
        Window::new(&self.table, &self.dynamics, &self.sea, realisation, 0, self.crowd)
    }
}

/// Every quick case.
///
/// # Panics
/// Never: the boats and seas are fixed and in range.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut out = vec![];
    free_roll(&mut out);
    irregular_roll(&mut out);
    inflow(&mut out);
    packing(&mut out);
    out
}

/// Heel after 0, 1, 2, ... steps of a free roll from 0.05 rad in a sea of one millimetre.
fn rolled(bench: &Bench, steps: u32) -> Vec<f64> {
    let window = Window { state: State { heel_rad: 0.05, ..State::default() }, ..bench.window(0) };
    (0..steps)
        .map(|n| {
            let mut out = [Outcome::default()];
            run(Path::Scalar, &Stream::new(7), &[window], n, &mut out);
            f64::from(out[0].state.heel_rad)
        })
        .collect()
}

fn free_roll(out: &mut Vec<Case>) {
    let origin = "T = 2 pi k / sqrt(g GM), k = 0.38 x 2.2 m, worked independently";
    for (gm, period) in [(0.13, 4.65), (0.5, 2.37), (1.25, 1.50), (2.4, 1.08)] {
        let bench = Bench::new(0.001, 20.0).linear(gm, 0.02);
        let heel = rolled(&bench, 120);
        // Falling zero crossings lie whole periods apart; damping of 2 % lengthens them by 2e-4.
        let falls: Vec<f64> = (1..heel.len())
            .filter(|i| heel[i - 1] > 0.0 && heel[*i] <= 0.0)
            .map(|i| (i - 1) as f64 + heel[i - 1] / (heel[i - 1] - heel[i]))
            .collect();
        let computed = (falls[falls.len() - 1] - falls[0]) / (falls.len() - 1) as f64 * f64::from(STEP_S);
        let name = format!("free roll, GM {gm} m");
        out.push(Case::new("V7", &name, origin, "period", "s").value(period, 0.01 * period, computed));
    }
    let bench = Bench::new(0.001, 20.0).linear(0.5, 0.1);
    let heel = rolled(&bench, 80);
    let peaks: Vec<f64> = (1..heel.len() - 1)
        .filter(|i| heel[*i] > heel[i - 1] && heel[*i] >= heel[i + 1] && heel[*i] > 0.0)
        .map(|i| {
            // Vertex of the parabola through three points.
            let (a, b, c) = (heel[i - 1], heel[i], heel[i + 1]);
            b - 0.125 * (a - c) * (a - c) / (a - 2.0 * b + c)
        })
        .collect();
    out.push(
        Case::new("V7", "decay of free roll, zeta 0.1", "exp(-2 pi zeta / sqrt(1 - zeta^2))", "ratio of peaks", "1")
            .value(0.5318, 0.005, peaks[1] / peaks[0]),
    );
}

/// Variance of heel against the water in irregular waves, over 10,000 realisations, against the integral of the response.
fn irregular_roll(out: &mut Vec<Case>) {
    for (gm, tp) in [(0.5, 3.0), (1.25, 4.0)] {
        let zeta = 0.15;
        let bench = Bench::new(0.05, tp).linear(gm, zeta);
        let radius = 0.38 * f64::from(bench.dynamics.beam_m);
        let natural = (G * gm).sqrt() / radius;
        let (beam, short) = (bench.dynamics.beam_m, bench.dynamics.slope_factor_short);
        let expected: f64 = bench
            .sea
            .spectrum()
            .map(|(omega, k, variance)| {
                let factor = f64::from(slope_factor((TAU / k / f64::from(beam)) as f32, short));
                let slope = k * factor;
                let (w2, n2) = (omega * omega, natural * natural);
                let damping = 2.0 * zeta * natural * omega;
                variance * slope * slope * w2 * w2 / ((n2 - w2) * (n2 - w2) + damping * damping)
            })
            .sum();
        let windows: Vec<_> = (0..10_000).map(|r| bench.window(r)).collect();
        let mut outcomes = vec![Outcome::default(); windows.len()];
        run(Path::detect(), &Stream::new(8), &windows, 300, &mut outcomes);
        let sum: f64 = outcomes.iter().map(|o| f64::from(o.state.heel_rad * o.state.heel_rad)).sum();
        let computed = sum / outcomes.len() as f64;
        let name = format!("linear roll in irregular waves, GM {gm} m, Tp {tp} s");
        out.push(Case::new("V8", &name, "integral of |H|^2 S", "variance of heel against the water", "rad2").value(
            expected,
            0.03 * expected,
            computed,
        ));
    }
}

fn inflow(out: &mut Vec<Case>) {
    let still = |margin: f32, sink: f32| {
        // Stiff, so that the water aboard does not heel it.
        let mut bench = Bench::new(0.001, 20.0).linear(2.0, 0.2);
        bench.table.freeboard_port_m = margin;
        bench.table.freeboard_starboard_m = margin;
        bench.table.sink_m_per_m3 = sink;
        bench.table.critical_water_m3 = 1e3;
        bench
    };
    let after = |bench: &Bench, tear_m2: f32, seconds: f64| {
        let window = Window { tear_m2, tear_start_s: -1.0, ..bench.window(0) };
        let mut outcomes = [Outcome::default()];
        let steps = (seconds / f64::from(STEP_S) + 0.5) as u32;
        run(Path::Scalar, &Stream::new(10), &[window], steps, &mut outcomes);
        f64::from(outcomes[0].state.water_m3)
    };
    for (head, per_m) in [(0.02, 0.005_01), (0.05, 0.019_81), (0.1, 0.056_03)] {
        let bench = still(-head as f32, 0.0);
        let expected = 2.0 * per_m * 8.5 * 10.0;
        let name = format!("two sides under {head} m, 10 s");
        out.push(Case::new("V10", &name, "Poleni's weir, worked independently", "water aboard", "m3").value(
            expected,
            0.01 * expected,
            after(&bench, 0.0, 10.0),
        ));
    }
    let lag =
        "Euler's method at 0.1 s lags a runaway filling by about 0.05 s: near its end a few per cent of the water";
    for (sink, seconds, missed) in [(0.01, 4.0, None), (0.02, 8.0, Some(lag))] {
        let bench = still(-0.05, sink as f32);
        let expected = filled_m3(f64::from(bench.dynamics.weir_m05_s), 17.0, 0.05, sink, seconds);
        let case = Case::new(
            "V10",
            &format!("filling that sinks the boat by {sink} m/m3, {seconds} s"),
            "closed form of dV/dt = c L (h + kV)^1.5",
            "water aboard",
            "m3",
        )
        .value(expected, 0.01 * expected, after(&bench, 0.0, seconds));
        out.push(match missed {
            Some(why) => case.missed(why),
            None => case,
        });
    }
    let mut bench = still(1.0, 0.0);
    bench.table.floor_m = 0.0;
    bench.table.draught_m = 0.2;
    bench.table.well_area_m2 = 1e9;
    let expected = 0.6 * 0.01 * (2.0 * G * 0.2_f64).sqrt() * 10.0;
    out.push(
        Case::new("V10", "tear of 0.01 m2 under 0.2 m, 10 s", "Torricelli's orifice", "water aboard", "m3").value(
            expected,
            0.01 * expected,
            after(&bench, 0.01, 10.0),
        ),
    );
}

/// Realisations in another order and other lanes, on every path: how many outcomes differ in a bit.
fn packing(out: &mut Vec<Case>) {
    let bench = Bench::new(0.7, 3.2);
    let n = 96;
    let follow = |path: Path, order: &dyn Fn(usize) -> usize| {
        let windows: Vec<_> = (0..n).map(|i| bench.window(order(i) as u64)).collect();
        let mut outcomes = vec![Outcome::default(); n];
        run(path, &Stream::new(17), &windows, 2_500, &mut outcomes);
        let mut back = vec![Outcome::default(); n];
        for (i, o) in outcomes.into_iter().enumerate() {
            back[order(i)] = o;
        }
        back
    };
    let reference = follow(Path::Scalar, &|i| i);
    for (name, path, stride) in [
        ("scalar path, lanes permuted", Path::Scalar, 35),
        ("best path, lanes in order", Path::detect(), 1),
        ("best path, lanes permuted", Path::detect(), 59),
    ] {
        let other = follow(path, &|i| i * stride % n);
        let differ = reference.iter().zip(&other).filter(|(a, b)| a != b).count();
        out.push(
            Case::new("V17", name, "the scalar path with lanes in order", "outcomes that differ in a bit", "1").value(
                0.0,
                0.0,
                differ as f64,
            ),
        );
    }
}

/// Boats and seas on which the tiers are compared: class, people, Hs, Tp, beam factor, outer draw.
const PAIRS: [(Class, f64, f64, f64, f32, u32); 20] = [
    (Class::Small, 33.0, 0.6, 3.2, 1.0, 3),
    (Class::Small, 40.0, 0.5, 3.0, 0.8, 15),
    (Class::Small, 47.0, 0.4, 2.8, 1.0, 27),
    (Class::Small, 47.0, 0.5, 4.0, 0.5, 39),
    (Class::Small, 54.0, 0.3, 2.6, 0.9, 51),
    (Class::Small, 54.0, 0.3, 3.5, 1.0, 63),
    (Class::Medium, 47.0, 0.7, 3.4, 1.0, 75),
    (Class::Medium, 47.0, 0.8, 4.0, 0.7, 87),
    (Class::Medium, 60.0, 0.5, 3.0, 1.0, 99),
    (Class::Medium, 60.0, 0.6, 3.6, 0.9, 111),
    (Class::Medium, 60.0, 1.2, 5.0, 0.6, 123),
    (Class::Medium, 70.0, 0.5, 3.5, 0.8, 135),
    (Class::Medium, 70.0, 0.5, 4.5, 1.0, 147),
    (Class::Medium, 80.0, 0.3, 2.8, 1.0, 159),
    (Class::Medium, 80.0, 0.4, 4.0, 0.7, 171),
    (Class::Large, 60.0, 1.7, 4.4, 1.0, 183),
    (Class::Large, 80.0, 0.9, 4.0, 0.9, 195),
    (Class::Large, 80.0, 1.4, 4.6, 1.0, 207),
    (Class::Large, 106.0, 0.6, 3.4, 1.0, 219),
    (Class::Large, 106.0, 0.8, 5.0, 0.8, 231),
];

/// Slow tiers that a figure is the mean of, each with stretches of its own: as many as an assessment has outer draws.
const TIERS: u64 = 256;
/// Half hours that they walk.
const WALKS: u64 = 65_536;

/// Realisations of a pair for which the known misses of [`two_tiers`] are stated.
pub const REALISATIONS: u64 = 8_192;

/// Rows that miss with [`REALISATIONS`], as (pair, row), and why.
const MISSES: [(usize, usize, &str); 1] = [(15, 1, RARE)];
const RARE: &str = "one event in two hours and fourteen litres in a boat that takes several cubic metres: neither tier has met enough \
    of them; the fast one gave 18, 13 and 14 litres in 1,024, 4,096 and 8,192 realisations";

/// V16: both tiers on twenty boats and seas, `realisations` of half an hour each. Two rows for each pair: events of
/// overtopping per hour while the boat is kept dry, and water aboard after half an hour without bailing, lost boats counted as
/// full to the crown. The fast tier's figure is the one expected; the tolerance is 10 % of it. Known misses are marked as they are
/// with [`REALISATIONS`]. In eleven pairs nearly every boat fills: there the second row says that both tiers lose it, no more.
///
/// # Panics
/// Never: the boats and seas are fixed and in range.
#[must_use]
pub fn two_tiers(path: Path, realisations: u64) -> Vec<Case> {
    let mut rows: [Option<[Case; 2]>; PAIRS.len()] = Default::default();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || -> Vec<(usize, [Case; 2])> {
        let mine = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed)).take_while(|i| *i < PAIRS.len());
        mine.map(|i| (i, both(path, &Stream::new(16), &PAIRS[i], realisations))).collect()
    };
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for (i, pair) in all.into_iter().flat_map(|t| t.join().expect("boats and seas in range")) {
            rows[i] = Some(pair);
        }
    });
    let stated = |(i, j, case): (usize, usize, Case)| match MISSES.iter().find(|m| (m.0, m.1) == (i, j)) {
        Some(why) => case.missed(why.2),
        None => case,
    };
    let rows = rows.into_iter().flatten().enumerate();
    rows.flat_map(|(i, pair)| (0..).zip(pair).map(move |(j, case)| (i, j, case))).map(stated).collect()
}

fn both(path: Path, stream: &Stream, pair: &(Class, f64, f64, f64, f32, u32), realisations: u64) -> [Case; 2] {
    let (class, people, hs, tp, beam_factor, outer) = *pair;
    let knowledge = Knowledge::outer(16, outer);
    let hull = Hull::new(HullSpec::reference(class)).expect("a reference hull");
    let table = StabilityTable::build(&hull, hull.hull_mass_kg + 72.0 * people).expect("it floats");
    let c = CrowdConstants::draw(&knowledge);
    let crowd = Crowd {
        delay_s: 0.0,
        lean_gain_m_per_rad: -c.lean_uphill_m_per_rad as f32,
        tau_s: c.tau_s as f32,
        limit_m: c.limit_dense_m as f32,
        ..Crowd::still(people as f32, 72.0, 0.65, 1.05)
    };
    let flooding = FloodingConstants::draw(&knowledge);
    let dynamics = Dynamics::new(&MotionConstants::draw(&knowledge), &flooding, &hull, &table, &crowd);
    let sea = WaveField::new(&SeaState::new(hs, tp, 30.0).expect("in range"), hull.beam_m);
    let window = Window { beam_factor, ..Window::new(&table, &dynamics, &sea, 0, 0, crowd) };
    let asked = Asked { path, stream, window };
    let tiers: Vec<_> = (0..TIERS)
        .map(|i| SlowTier::derive(&asked, &Candidates::draw(path, stream, (1 << 40) + (i << 16), 0)))
        .collect();
    let mut outcomes = vec![Outcome::default(); realisations as usize];
    let mut follow = |bail_m3_s: f32, steps: u32| {
        let windows: Vec<_> =
            (0..realisations).map(|realisation| Window { realisation, bail_m3_s, ..window }).collect();
        run(path, stream, &windows, steps, &mut outcomes);
        outcomes.clone()
    };
    // So much bailing that the boat is dry again after every step.
    let dry = follow(1e4, 6_000);
    let hours = realisations as f64 / 6.0;
    let events = dry.iter().map(|o| f64::from(o.overtoppings)).sum::<f64>() / hours;
    let full = tiers[0].critical_m3();
    let n = realisations as f64;
    let water = follow(0.0, 18_000)
        .iter()
        .map(|o| if o.loss.is_some() { full } else { f64::from(o.state.water_m3) })
        .sum::<f64>()
        / n;
    let walked = (0..WALKS)
        .map(|r| {
            let tier = &tiers[(r % TIERS) as usize];
            let s = tier.advance(&asked, stream, r, 0, 1_800.0, 0.0, 0.0);
            if s.loss.is_some() { full } else { s.water_m3 }
        })
        .sum::<f64>()
        / WALKS as f64;
    let slow_events = tiers.iter().map(|tier| tier.events_per_s(&asked)).sum::<f64>() / TIERS as f64;
    let name = format!("{class:?}, {people} aboard, Hs {hs} m, Tp {tp} s, across by {beam_factor}");
    let case = |quantity: &str, unit: &str, fast: f64, slow: f64| {
        Case::new("V16", &name, "the fast tier", quantity, unit).value(fast, 0.1 * fast, slow)
    };
    [
        case("overtopping, kept dry", "1/h", events, slow_events * 3600.0),
        case("water aboard after 30 min", "m3", water, walked),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_stated() {
        plimsoll_core::validation::assert_as_stated(&cases());
    }

    #[test]
    fn the_tiers_agree_as_stated() {
        plimsoll_core::validation::assert_as_stated(&two_tiers(Path::detect(), REALISATIONS));
    }
}
