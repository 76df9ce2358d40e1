//! Known answers about the sea: V9, V11 and V12 of the plan; T1 to T6 of the tide; C1 and C2 of the coast.

mod tide;

use crate::growth::{deep, finite_depth, stress_speed_m_s};
use crate::waves::{COMPONENTS, Phasors, SeaState, TICK_S, WaveField};
use crate::{breaking, current, dispersion};
use plimsoll_core::random::Stream;
use plimsoll_core::validation::Case;

const SPM: &str = "CERC Shore Protection Manual (1984), worked independently";

/// Every case.
///
/// # Panics
/// If a current of the list blocks its waves or a sea of the list is out of range, which a test would show.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut out = vec![];
    dispersion_and_breaking(&mut out);
    currents(&mut out);
    growth(&mut out);
    beaufort(&mut out);
    synthesis(&mut out);
    crossings(&mut out);
    tide::cases(&mut out);
    out.extend(crate::coast::validation::cases());
    out
}

fn dispersion_and_breaking(out: &mut Vec<Case>) {
    let rows = [
        (3.0, 2.0, 11.306, 1.292),
        (3.0, 30.0, 14.052, 1.995),
        (5.0, 2.0, 20.954, 1.597),
        (5.0, 5.0, 30.309, 3.342),
        (5.0, 30.0, 39.028, 5.541),
        (7.0, 5.0, 45.655, 3.869),
        (7.0, 30.0, 75.475, 10.573),
    ];
    for (t, d, length, miche) in rows {
        let name = format!("wave of {t} s over {d} m");
        let origin = "Airy's dispersion relation, solved independently in Python";
        out.push(Case::new("V9", &name, origin, "length", "m").value(
            length,
            1e-3 * length,
            dispersion::wavelength_m(t, d),
        ));
        let origin = "Miche (1944), worked independently";
        out.push(Case::new("V9", &name, origin, "breaking height", "m").value(
            miche,
            1e-3 * miche,
            breaking::miche_limit_m(t, d),
        ));
    }
}

fn currents(out: &mut Vec<Case>) {
    let origin = "Longuet-Higgins and Stewart (1961), worked independently";
    for (t, u, c, h, steep) in [
        (5.0, -1.0, 6.629, 1.4093, 1.9545),
        (5.0, -1.5, 5.781, 1.9470, 3.5504),
        (5.0, 1.0, 8.703, 0.8088, 0.6507),
        (6.0, -1.5, 7.492, 1.6147, 2.5243),
    ] {
        let met = current::meet(t, u).expect("not blocked");
        let name = format!("wave of {t} s on a change of current of {u} m/s");
        for (quantity, unit, expected, computed) in [
            ("phase speed", "m/s", c, met.celerity_m_s),
            ("height ratio", "1", h, met.height_ratio),
            ("steepness ratio", "1", steep, met.steepness_ratio),
        ] {
            out.push(Case::new("V9", &name, origin, quantity, unit).value(expected, 1e-3 * expected, computed));
        }
    }
    let t = current::meet(5.0, -1.0).expect("not blocked").intrinsic_period_s;
    out.push(Case::new("V9", "period felt adrift, 5 s wave, -1 m/s", origin, "period", "s").value(4.25, 5e-3, t));
    let block = current::blocking_current_m_s(5.0);
    out.push(Case::new("V9", "blocking of a 5 s wave", origin, "current", "m/s").value(-1.952, 2e-3, block));
}

fn growth(out: &mut Vec<Case>) {
    // Figures are printed to three digits: the tolerance is 1e-3 or half the last digit, whichever is larger.
    let mut push = |name: &str, quantity: &str, unit: &str, expected: f64, computed: f64| {
        out.push(Case::new("V12", name, SPM, quantity, unit).value(expected, (1e-3 * expected).max(0.005_1), computed));
    };
    push("wind-stress factor, 8 m/s", "U_A", "m/s", 9.16, stress_speed_m_s(8.0));
    for (u, f, hs, tp) in [(5.0, 10e3, 0.263, 2.32), (8.0, 40e3, 0.936, 4.46), (10.0, 10e3, 0.616, 3.08)] {
        let (h, t) = deep(u, f);
        let name = format!("deep water, {u} m/s over {} km", f / 1e3);
        push(&name, "Hs", "m", hs, h);
        push(&name, "Tp", "s", tp, t);
    }
    for (u, f, hs, tp) in [(5.0, 40e3, 0.453, 2.82), (8.0, 40e3, 0.863, 3.74), (10.0, 40e3, 1.136, 4.19)] {
        let (h, t) = finite_depth(u, f, 20.0);
        let name = format!("20 m deep, {u} m/s over {} km", f / 1e3);
        push(&name, "Hs", "m", hs, h);
        push(&name, "Tp", "s", tp, t);
    }
}

/// W13: the wind of a force in the middle of its range.
fn beaufort(out: &mut Vec<Case>) {
    let origin = "expected of the strait: waves of Beaufort 3 to 4 over 20 to 40 km";
    for (force, wind, fetch_km) in [(3, 4.4, 20.0), (3, 4.4, 40.0), (4, 6.7, 20.0), (4, 6.7, 40.0)] {
        let name = format!("Beaufort {force} ({wind} m/s) over {fetch_km} km");
        let (hs, _) = deep(wind, 1000.0 * fetch_km);
        let case = Case::new("W13", &name, origin, "significant height", "m").band(0.4, 1.1, hs);
        out.push(if (force, fetch_km) == (3, 20.0) {
            case.missed("the curve gives less than the band at its weakest wind and shortest fetch")
        } else {
            case
        });
    }
    let (hs, _) = deep(6.7, 15_000.0);
    let name = "Beaufort 4 over 15 km: less than the open sea's 1 m";
    out.push(Case::new("W13", name, origin, "significant height", "m").band(0.3, 0.9, hs));
}

/// Significant height of the synthesised surface from its own variance, over realisations and time.
fn synthesis(out: &mut Vec<Case>) {
    for (hs, tp, depth) in [(0.5, 3.0, 30.0), (1.0, 5.0, 5.0)] {
        let field = WaveField::new(&SeaState::new(hs, tp, depth).expect("in range"), 2.2);
        let computed = 4.0 * surface_variance(&field, 320, 200).sqrt();
        let name = format!("synthesised sea, Hs {hs} m, Tp {tp} s, depth {depth} m");
        out.push(Case::new("V12", &name, "zeroth moment of the spectrum", "Hs", "m").value(hs, 0.02 * hs, computed));
    }
}

fn surface_variance(field: &WaveField, groups: u64, ticks: u32) -> f64 {
    const L: usize = 16;
    let one = [[1.0; L]; COMPONENTS];
    let stream = Stream::new(12);
    let (mut sum, mut n) = (0.0, 0.0);
    for g in 0..groups {
        let realisation = std::array::from_fn(|l| g * L as u64 + l as u64);
        let (mut p, _) = Phasors::draw(&stream, &[field; L], &realisation, &[0; L]);
        let weights = p.weigh(&one, &one, &one);
        for t in 0..ticks {
            let s = p.turn(&weights);
            // A few instants of each realisation: neighbours in time add cost, hardly knowledge.
            if t % (2.0 / TICK_S) as u32 == 0 {
                sum += s.elevation.iter().map(|e| f64::from(e * e)).sum::<f64>();
                n += L as f64;
            }
        }
    }
    sum / n
}

/// Up-crossings of two deviations per second, simulated, against Rice's formula on the moments of the field's own spectrum.
fn crossings(out: &mut Vec<Case>) {
    const L: usize = 16;
    for (hs, tp) in [(0.5, 3.0), (1.0, 5.0)] {
        let field = WaveField::new(&SeaState::new(hs, tp, 30.0).expect("in range"), 2.2);
        let (mut m0, mut m2) = (0.0, 0.0);
        for (omega, _, variance) in field.spectrum() {
            m0 += variance;
            m2 += variance * omega * omega;
        }
        let expected = (m2 / m0).sqrt() / std::f64::consts::TAU * plimsoll_core::maths::exp(-2.0);
        let level = (2.0 * m0.sqrt()) as f32;
        let one = [[1.0; L]; COMPONENTS];
        let stream = Stream::new(11);
        let (groups, ticks) = (200_u64, 600_u32);
        let mut count = 0_u32;
        for g in 0..groups {
            let realisation = std::array::from_fn(|l| g * L as u64 + l as u64);
            let (mut p, _) = Phasors::draw(&stream, &[&field; L], &realisation, &[0; L]);
            let weights = p.weigh(&one, &one, &one);
            let mut last = p.surface(&weights).elevation;
            for _ in 0..ticks {
                let now = p.turn(&weights).elevation;
                for l in 0..L {
                    count += u32::from(last[l] < level && now[l] >= level);
                }
                last = now;
            }
        }
        let seconds = groups as f64 * L as f64 * f64::from(ticks) * f64::from(TICK_S);
        let name = format!("surface, Hs {hs} m, Tp {tp} s, level 2 sigma");
        out.push(Case::new("V11", &name, "Rice (1944) on the spectrum's moments", "up-crossings", "1/s").value(
            expected,
            0.05 * expected,
            f64::from(count) / seconds,
        ));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_stated() {
        plimsoll_core::validation::assert_as_stated(&super::cases());
    }
}
