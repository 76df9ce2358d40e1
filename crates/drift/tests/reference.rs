//! The reference model's published results with constant wind and current, and its defects one by one: the compatible mode has
//! them, the default has not.

use plimsoll_core::belief::Belief;
use plimsoll_core::simd::Path;
use plimsoll_drift::life::{After, Change, Object};
use plimsoll_drift::release::{Place, Scatter, When};
use plimsoll_drift::run::{Control, run};
use plimsoll_drift::state::Status;
use plimsoll_drift::step::Scheme;
use plimsoll_drift::stranding::{Bank, NoLand};
use plimsoll_drift::summary::Summary;
use plimsoll_drift::validation::small::{
    CALM, CENTRE, DAY_S, Last, class, go, hours, instant, place, sea, setup, spread_m,
};
use plimsoll_sea::field::{Basis, Field, Header, Quantity};
use plimsoll_sea::grid::Grid;
use plimsoll_sea::grid::projection::metres_per_degree;
use plimsoll_sea::known::Known;
use plimsoll_sea::set::{Set, Source};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What is worked out grows with the particles: one that runs two hundred cells in a step, far beyond what is ready for it, goes where
/// the current says, and so does one that begins far from the others.
#[test]
fn nothing_outruns_what_is_worked_out() {
    let times_ms: Vec<i64> = (0..3).map(|k| setup(1, Object::Water).start().millis() + 43_200_000 * k).collect();
    let grid = Grid::lon_lat([1.0, 50.0], [0.001, 0.001], [900, 4000]);
    let frame = vec![[0.0_f32, 4.0]; 900 * 4000].concat();
    let header = Header {
        quantity: Quantity::Current,
        grid: Arc::new(grid),
        basis: Basis::EastNorth,
        times_ms,
        name: "test".into(),
    };
    let mut set = Set::default();
    set.push(Source::Frames(Field::new(header, vec![frame; 3]).unwrap()));
    let mut s = setup(2, Object::Water);
    let places = [[1.2, 50.2], [1.7, 50.9]];
    s.release.place = Place::Each(places.map(|p| place(p[0], p[1])).to_vec(), Scatter::Gaussian(0.0));
    (s.step_s, s.duration_s) = (3600.0, 6.0 * 3600.0);
    for scheme in [Scheme::Euler, Scheme::Rk2, Scheme::Rk4] {
        s.scheme = scheme;
        let mut last = Last::default();
        go(&s, &mut set, &NoLand, &mut last);
        for (from, end) in places.iter().zip(&last.0) {
            assert_eq!(end.status, Status::Active);
            let at = |p: [f64; 2]| place(p[0], p[1]);
            let gone = plimsoll_core::earth::distance_m(at(*from), at(end.lon_lat));
            let off_deg = (end.lon_lat[0] - from[0]).abs();
            assert!((gone - 4.0 * s.duration_s).abs() < 2.0 && off_deg < 1e-5, "{scheme:?}: {gone}");
        }
    }
}

/// Defect 2.3: what the reference model calls a fourth order is the first, and its leeway takes Euler's steps whatever is asked. Once round
/// a wheel of 11 km in 24 h these end 13.7 km from where they began at 3600 s, 2.5 km at 900 s (its "runge-kutta4": 388 m). Ours
/// closes the circle, at the order that is asked for (D2).
#[test]
fn defect_2_3_steps_are_of_the_first_order() {
    let off_m = |reference, scheme, step_s| {
        let mut s = setup(1, Object::Water);
        (s.reference, s.scheme, s.step_s, s.output_s) = (reference, scheme, step_s, DAY_S);
        let from = place(CENTRE[0] + 11_000.0 / metres_per_degree(CENTRE[1])[0], CENTRE[1]);
        s.release.place = Place::Each(vec![from], Scatter::Gaussian(0.0));
        let wheel = Known::Rotation {
            centre: CENTRE,
            turn_s: DAY_S,
            stream_m_s: [0.0; 2],
            stream_period_s: 44_714.0,
            zero_ms: s.start().millis() as f64,
        };
        let mut last = Last::default();
        go(&s, &mut sea(wheel, CALM), &NoLand, &mut last);
        plimsoll_core::earth::distance_m(last.only(), from)
    };
    for (step, published) in [(3600.0, 13_723.0), (1800.0, 5625.0), (900.0, 2538.0)] {
        let theirs = off_m(true, Scheme::Euler, step);
        assert!((theirs / published - 1.0).abs() < 0.05, "{step}: {theirs} {published}");
    }
    assert!(off_m(false, Scheme::Rk4, 900.0) < 2.0 && off_m(false, Scheme::Rk2, 900.0) < 60.0);
}

/// Defect 2.5: the reference model puts what strands on a lattice over the box of its last step, a seventh of the step beside its track in the
/// middle of 124 published ones (587 m of 4.3 km). Ours strands on its track (D6).
#[test]
fn defect_2_5_what_strands_is_beside_its_track() {
    let shore = Bank { from: [1.5, 50.0], to: [1.62, 52.0], depth_deg: 1.0 };
    let stream = [0.9, 0.35];
    let mut s = setup(400, Object::Water);
    s.release.place = Place::Point(place(1.4, 50.9), Scatter::Disc(4000.0));
    (s.step_s, s.output_s, s.duration_s) = (3600.0, 3600.0, 21_600.0);
    let mut still = s.clone();
    still.duration_s = 3600.0;
    let mut first = Last::default();
    go(&still, &mut sea(CALM, CALM), &NoLand, &mut first);
    let mut off_m = |reference, scheme| {
        (s.reference, s.scheme) = (reference, scheme);
        let mut last = Last::default();
        go(&s, &mut sea(Known::Constant(stream), CALM), &shore, &mut last);
        let off = first.0.iter().zip(&last.0).filter(|(_, b)| b.status == Status::Stranded).map(|(a, b)| {
            let [east, north] = metres_per_degree(0.5 * (a.lon_lat[1] + b.lon_lat[1]));
            let (e, n) = ((b.lon_lat[0] - a.lon_lat[0]) * east, (b.lon_lat[1] - a.lon_lat[1]) * north);
            ((e * stream[1] - n * stream[0]) / plimsoll_core::maths::hypot(stream[0], stream[1])).abs()
        });
        let mut off: Vec<f64> = off.collect();
        off.sort_by(f64::total_cmp);
        assert!(off.len() > 300, "{} strand", off.len());
        (off[off.len() / 2], off[off.len() - 1])
    };
    let (theirs, ours) = (off_m(true, Scheme::Euler), off_m(false, Scheme::Rk2));
    assert!(theirs.0 > 200.0, "{theirs:?}");
    assert!(ours.1 < 1.0, "{ours:?}");
}

/// Defect 2.4: the spread by an uncertain current grows with the root of the step in the reference model: 507 m at 300 s, 1756 m
/// at 3600 s. Ours does not (D3).
#[test]
fn defect_2_4_the_spread_depends_on_the_step() {
    for (step, published) in [(300.0, 507.0), (600.0, 722.0), (1800.0, 1241.0), (3600.0, 1756.0)] {
        let mut s = setup(20_000, Object::Water);
        (s.reference, s.scheme, s.step_s, s.current_sd_m_s) = (true, Scheme::Euler, step, 0.1);
        let theirs = spread_m(hours(&s, CALM, CALM).last().unwrap());
        assert!((theirs / published - 1.0).abs() < 0.03, "{step}: {theirs} {published}");
    }
}

/// Defect 2.7: in the reference model a particle jumps a spit that is shorter than its step. Ours strands there, on its track (D6).
#[test]
fn defect_2_7_a_spit_is_jumped() {
    let spit = Bank { from: [1.5, 50.0], to: [1.62, 52.0], depth_deg: 0.004 };
    let mut s = setup(400, Object::Water);
    s.release.place = Place::Point(place(1.4, 50.9), Scatter::Disc(4000.0));
    (s.step_s, s.output_s, s.duration_s) = (3600.0, 3600.0, 21_600.0);
    (s.reference, s.scheme) = (true, Scheme::Euler);
    let mut theirs = Last::default();
    go(&s, &mut sea(Known::Constant([0.9, 0.35]), CALM), &spit, &mut theirs);
    let jumped = theirs.0.iter().filter(|p| p.status == Status::Active).count();
    assert!(jumped > 300, "the reference model jumps a spit of 280 m: {jumped} of 400");
}

/// Defect 2.6: the cloud of the reference model falls back to a point whenever an oscillating wind has come round: 970 m at 3 h,
/// 32 m at 6 h. Ours does not (D5).
#[test]
fn defect_2_6_the_cloud_collapses_in_an_oscillating_wind() {
    let mut s = setup(10_000, class(1));
    (s.reference, s.scheme) = (true, Scheme::Euler);
    let zero_ms = s.start().millis() as f64;
    let h = hours(&s, CALM, Known::Oscillating { amplitude: [0.0, 10.0], period_s: 43_200.0, zero_ms });
    let theirs = [3, 6, 9, 12].map(|k| h[k].covariance_m2[2].sqrt());
    assert!(theirs[1] < 0.25 * theirs[0] && theirs[3] < 0.25 * theirs[2], "{theirs:?}");
}

/// The same bits on any number of threads, on any code path.
#[test]
fn the_same_bits_on_any_path_and_threads() {
    let mut s = setup(20_000, class(1));
    (s.wind_sd_m_s, s.current_sd_m_s, s.jibe_per_hour) = (2.0, 0.1, 0.04);
    s.release.place = Place::Point(place(1.4, 50.9), Scatter::Gaussian(500.0));
    let go = |threads, path| {
        let (mut summary, cancel) = (Summary::default(), AtomicBool::new(false));
        let control = Control { threads, path, progress: &|_, _| (), cancel: &cancel };
        let mut set = sea(Known::Constant([0.5, 0.2]), Known::Constant([6.0, 4.0]));
        run(&s, &mut set, &NoLand, &mut summary, &control).unwrap();
        format!("{:?}", summary.hours)
    };
    let one = go(1, Path::Scalar);
    for threads in [1, 2, 3, 16] {
        assert!(one == go(threads, Path::detect()), "{threads} threads differ");
    }
}

/// A particle that is released half-way through a step drifts half a step.
#[test]
fn release_is_exact_in_time() {
    let mut s = setup(2, Object::Water);
    s.release.when = When::Each(vec![s.start(), instant("2015-11-16T00:25:00Z")]);
    (s.duration_s, s.step_s) = (3600.0, 600.0);
    let mut last = Last::default();
    go(&s, &mut sea(Known::Constant([1.0, 0.0]), CALM), &NoLand, &mut last);
    assert!(
        (last.0[0].east_north_m[0] - 3600.0).abs() < 1.0 && (last.0[1].east_north_m[0] - 2100.0).abs() < 1.0,
        "{:?}",
        last.0
    );
    (s.reference, s.scheme) = (true, Scheme::Euler);
    go(&s, &mut sea(Known::Constant([1.0, 0.0]), CALM), &NoLand, &mut last);
    assert!((last.0[1].east_north_m[0] - 2400.0).abs() < 1.0, "{:?}", last.0);
}

/// What a release scatters onto land is ashore from the start, however far from the shore: it was once followed over land.
#[test]
fn what_is_released_on_land_does_not_drift_over_it() {
    // a bank a degree deep, right of a line through the centre: half of the particles lie on it, some far in
    let bank = Bank { from: [1.4, 50.0], to: [1.4, 52.0], depth_deg: 1.0 };
    let mut s = setup(400, Object::Water);
    s.release.place = Place::Point(place(1.4, 50.9), Scatter::Disc(20_000.0));
    let mut last = Last::default();
    // along the shore, so that nothing else strands
    go(&s, &mut sea(Known::Constant([0.0, 0.2]), CALM), &bank, &mut last);
    let ashore: Vec<_> = last.0.iter().filter(|p| p.status == Status::Stranded).collect();
    assert!((150..250).contains(&ashore.len()), "{} of 400", ashore.len());
    assert!(last.0.iter().all(|p| (p.lon_lat[0] >= 1.4) == (p.status == Status::Stranded)));
    assert!(ashore.iter().all(|p| (p.lon_lat[1] - 50.9).abs() < 0.19), "nothing on land has moved with the stream");
}

/// A life of three parts: 2 h as one class, then as another, then with the water. The hours of a change count from the one before.
#[test]
fn a_life_changes_its_leeway_when_it_is_due() {
    let mut s = setup(256, class(29));
    s.duration_s = 6.0 * 3600.0;
    let after = |hours: f64, object| Change { after: After::Hours(Belief::Exact(hours)), object };
    s.changes = vec![after(2.0, class(46)), after(1.0, Object::Water)];
    let seen = hours(&s, CALM, Known::Constant([0.0, 10.0]));
    let north = |h: usize| seen[h].mean_east_north_m[1];
    let (raft, swamped) = (0.0339 * 36_000.0, 0.0165 * 36_000.0);
    assert!((north(2) / (2.0 * raft) - 1.0).abs() < 0.02, "{} {}", north(2), 2.0 * raft);
    assert!(((north(3) - north(2)) / swamped - 1.0).abs() < 0.1, "{} {swamped}", north(3) - north(2));
    assert!((north(6) - north(3)).abs() < 0.01 * raft, "{}", north(6) - north(3));
}

/// What scatter puts ashore has not stranded before its own release: it was once counted from the first hour.
#[test]
fn nothing_is_ashore_before_it_is_released() {
    let bank = Bank { from: [1.4, 50.0], to: [1.4, 52.0], depth_deg: 1.0 };
    let mut s = setup(400, Object::Water);
    s.release.place = Place::Point(place(1.4, 50.9), Scatter::Disc(20_000.0));
    s.release.when = When::Span(s.start(), instant("2015-11-16T10:00:00Z"));
    s.duration_s = 12.0 * 3600.0;
    let mut summary = Summary::default();
    go(&s, &mut sea(Known::Constant([0.0, 0.2]), CALM), &bank, &mut summary);
    for (h, hour) in summary.hours.iter().enumerate() {
        let released = (399.0 * (h as f64 / 10.0).min(1.0)).floor() as usize + 1;
        assert!(hour.n.abs_diff(released) <= 1, "hour {h}: {} counted, {released} released", hour.n);
    }
}
