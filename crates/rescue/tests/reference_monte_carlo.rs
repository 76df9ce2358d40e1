//! V13: the reference Monte Carlo itself, run beside the model in its earlier form.

use plimsoll_core::testkit;
use plimsoll_rescue::validation::earlier_form::{MINUTES, PRINTED, survival, tolerance};

const PROGRAM: &str = "
import numpy as np, survival_ref as s
rng = np.random.default_rng(2)
for T in (5, 10, 13, 17, 20):
    print(' '.join('%.6f' % s.survival(400000, T, lambda k, t=t: np.full(k, float(t)), rng)[0].mean() for t in (5, 15, 30, 60, 120, 240, 570)))
";

#[test]
fn the_oracle_agrees_at_five_temperatures() {
    let Some(printed) = testkit::run_python(PROGRAM, "") else {
        return;
    };
    let rows: Vec<Vec<f64>> =
        printed.lines().map(|l| l.split_whitespace().map(|x| x.parse().expect("a share")).collect()).collect();
    assert_eq!(rows.len(), PRINTED.len());
    for ((water_c, _), row) in PRINTED.iter().zip(rows) {
        let ours = survival(*water_c, 400_000, 3);
        for i in 0..MINUTES.len() {
            let allowed = tolerance(row[i], 400_000);
            assert!((ours[i] - row[i]).abs() <= allowed, "{water_c} degC, {} min: {} {}", MINUTES[i], ours[i], row[i]);
        }
    }
}
