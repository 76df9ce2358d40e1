//! Known answers about the drift: D1 to D7, which need no data but the table of classes. Five of them are defects that were
//! shown of the reference model; here is what this engine does.

use super::small::{CALM, CENTRE, DAY_S, Last, class, go, hours, instant, place, sea, setup, spread_m};
use crate::ledger::LEDGER;
use crate::life::Object;
use crate::release::{Place, Scatter, When};
use crate::state::Status;
use crate::step::Scheme;
use crate::stranding::{Bank, NoLand};
use plimsoll_core::earth::distance_m;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::{exp, hypot, ln};
use plimsoll_core::validation::Case;
use plimsoll_sea::grid::projection::metres_per_degree;
use plimsoll_sea::known::Known;

/// Standard deviation of an uncertain current, m/s.
const UNCERTAIN_M_S: f64 = 0.1;

/// Every case.
pub(super) fn cases() -> Vec<Case> {
    let mut out = vec![];
    crosswind(&mut out);
    order(&mut out);
    spread(&mut out);
    oscillation(&mut out);
    stranding(&mut out);
    backwards(&mut out);
    out
}

/// D1: what the table calls right of downwind drifts to the right of downwind.
fn crosswind(out: &mut Vec<Case>) {
    let mut s = setup(5000, class(57));
    s.duration_s = 6.0 * 3600.0;
    let mut last = Last::default();
    go(&s, &mut sea(CALM, Known::Constant([0.0, 10.0])), &NoLand, &mut last);
    let origin = "Allen (2005), table of leeway: slope times 10 m/s times 6 h";
    for (right, name, km) in [(true, "right", 10.69), (false, "left", -6.09)] {
        let east: Vec<f64> = last.0.iter().filter(|p| p.right == right).map(|p| f64::from(p.east_north_m[0])).collect();
        let mean = east.iter().sum::<f64>() / east.len() as f64 / 1000.0;
        let name = format!("class 57, those {name} of a wind to the north");
        out.push(Case::new("D1", &name, origin, "mean east", "km").value(km, 0.5, mean));
    }
}

/// D2: the order of convergence on an eddy that turns like a wheel under a stream that pulses with the tide.
fn order(out: &mut Vec<Case>) {
    let zero = setup(1, Object::Water).start().millis() as f64 - 5e6;
    let current = Known::Rotation {
        centre: CENTRE,
        turn_s: 43_200.0,
        stream_m_s: [0.8, 0.3],
        stream_period_s: 44_714.0,
        zero_ms: zero,
    };
    let end = |scheme, step_s: f64| {
        let mut s = setup(1, Object::Water);
        s.release.place = Place::Each(vec![place(1.5, 50.93)], Scatter::Gaussian(0.0));
        (s.scheme, s.step_s, s.output_s) = (scheme, step_s, DAY_S);
        let mut last = Last::default();
        go(&s, &mut sea(current, CALM), &NoLand, &mut last);
        last.only()
    };
    let exact = end(Scheme::Rk4, 225.0);
    let error = |scheme, step_s| distance_m(end(scheme, step_s), exact);
    for (scheme, name, step, order) in [
        (Scheme::Rk2, "rk2, 3600 and 1800 s", 3600.0, 2.0),
        (Scheme::Rk4, "rk4, 7200 and 3600 s", 7200.0, 4.0),
        (Scheme::Euler, "euler, 120 and 60 s", 120.0, 1.0),
    ] {
        let measured = ln(error(scheme, step) / error(scheme, 0.5 * step)) / std::f64::consts::LN_2;
        let origin = "order of the scheme; against rk4 at 225 s";
        out.push(Case::new("D2", name, origin, "order of convergence", "1").value(order, 0.35, measured));
    }
}

/// D3 and D4: the spread by an uncertain current is that of the process, at any step.
fn spread(out: &mut Vec<Case>) {
    let sigma = |step_s| {
        let mut s = setup(10_000, Object::Water);
        (s.step_s, s.current_sd_m_s) = (step_s, UNCERTAIN_M_S);
        let all = hours(&s, CALM, CALM);
        spread_m(all.last().expect("hours"))
    };
    let steps = [300.0, 600.0, 1800.0, 3600.0];
    let ours = steps.map(sigma);
    let mean = ours.iter().sum::<f64>() / 4.0;
    for (step, sigma) in steps.into_iter().zip(ours) {
        let name = format!("current uncertain by 0.1 m/s, 24 h, step {step} s");
        let origin = "the mean of four steps: a spread must not depend on the step";
        out.push(Case::new("D3", &name, origin, "standard deviation over the mean", "1").value(
            1.0,
            0.03,
            sigma / mean,
        ));
    }
    // the decorrelation time is not known: the variance is the mean over what is believed of it
    let variance = |k: u32| {
        let t = 3600.0 * LEDGER.value("noise.current_decorrelation", &Knowledge::outer(1, k));
        2.0 * UNCERTAIN_M_S * UNCERTAIN_M_S * t * (DAY_S - t * (1.0 - exp(-DAY_S / t)))
    };
    let expected = ((0..Knowledge::STRATA).map(variance).sum::<f64>() / f64::from(Knowledge::STRATA)).sqrt();
    let origin = "Taylor (1921), Ornstein-Uhlenbeck: 2 s2 T (t - T (1 - exp(-t/T))), over what is believed of T";
    let name = "current uncertain by 0.1 m/s, 24 h, step 600 s";
    out.push(Case::new("D4", name, origin, "standard deviation", "m").value(expected, 0.03 * expected, ours[1]));
}

/// D5: the cloud does not fall back to a point when an oscillating wind has come round.
fn oscillation(out: &mut Vec<Case>) {
    let s = setup(10_000, class(1));
    let zero_ms = s.start().millis() as f64;
    let h = hours(&s, CALM, Known::Oscillating { amplitude: [0.0, 10.0], period_s: 43_200.0, zero_ms });
    let sigma = |k: usize| h[k].covariance_m2[2].sqrt();
    for (later, before) in [(6, 3), (12, 9)] {
        let name = format!("class 1 in a wind of 12 h period, {later} h over {before} h");
        let origin = "no less than four tenths; the reference model has 0.03 to 0.07";
        let case = Case::new("D5", &name, origin, "ratio of standard deviations", "1");
        out.push(case.band(0.4, 1.5, sigma(later) / sigma(before)));
    }
}

/// D6: what strands lies on its track and on the shore, however long the step.
fn stranding(out: &mut Vec<Case>) {
    let spit = Bank { from: [1.5, 50.0], to: [1.62, 52.0], depth_deg: 0.004 };
    let mut s = setup(400, Object::Water);
    s.release.place = Place::Point(place(CENTRE[0], CENTRE[1]), Scatter::Disc(4000.0));
    (s.step_s, s.duration_s) = (3600.0, 21_600.0);
    let mut still = s.clone();
    still.duration_s = 3600.0;
    let (mut first, mut last) = (Last::default(), Last::default());
    go(&still, &mut sea(CALM, CALM), &NoLand, &mut first);
    let stream = [0.9, 0.35];
    go(&s, &mut sea(Known::Constant(stream), CALM), &spit, &mut last);
    let (mut track, mut shore) = (0.0_f64, 0.0_f64);
    for (a, b) in first.0.iter().zip(&last.0) {
        // a constant course is no geodesic: east and north with the degrees half-way
        let [east, north] = metres_per_degree(0.5 * (a.lon_lat[1] + b.lon_lat[1]));
        let (e, n) = ((b.lon_lat[0] - a.lon_lat[0]) * east, (b.lon_lat[1] - a.lon_lat[1]) * north);
        track = track.max(((e * stream[1] - n * stream[0]) / hypot(stream[0], stream[1])).abs());
        let slope = (spit.to[0] - spit.from[0]) / (spit.to[1] - spit.from[1]);
        shore = shore.max((b.lon_lat[0] - spit.from[0] - slope * (b.lon_lat[1] - spit.from[1])).abs() * east);
    }
    let jumped = last.0.iter().filter(|p| p.status != Status::Stranded).count();
    let name = "400 particles and a spit of 280 m, step 1 h";
    let origin = "a constant stream is a straight way";
    let case = |quantity, unit| Case::new("D6", name, origin, quantity, unit);
    out.push(case("farthest from the track", "m").band(0.0, 1.0, track));
    out.push(case("farthest from the shore", "m").band(0.0, 1.0, shore));
    out.push(case("particles that jump it", "1").value(0.0, 0.0, jumped as f64));
}

/// D7: without noise, back again is where it began.
fn backwards(out: &mut Vec<Case>) {
    let mut s = setup(1, Object::Water);
    let zero_ms = s.start().millis() as f64 - 3e6;
    let current = Known::Oscillating { amplitude: [1.0, 0.6], period_s: 44_714.0, zero_ms };
    (s.scheme, s.duration_s) = (Scheme::Rk4, 10_800.0);
    let mut last = Last::default();
    go(&s, &mut sea(current, CALM), &NoLand, &mut last);
    s.release.place = Place::Each(vec![last.only()], Scatter::Gaussian(0.0));
    s.release.when = When::At(instant("2015-11-16T03:00:00Z"));
    s.backward = true;
    let mut back = Last::default();
    go(&s, &mut sea(current, CALM), &NoLand, &mut back);
    let off = distance_m(back.only(), place(CENTRE[0], CENTRE[1]));
    let origin = "the same way backwards";
    out.push(
        Case::new("D7", "3 h of a tidal stream and back, rk4", origin, "distance from the release", "m")
            .band(0.0, 1.0, off),
    );
}
