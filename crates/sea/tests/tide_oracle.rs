//! Arguments and node factors against UTide (Codiga 2011), which has Foreman's (1977) satellites in place of Schureman's
//! closed forms and other polynomials for the sky: an independent road to every V, f and u, over all years that are
//! predicted.
//!
//! Foreman's factors hold satellites of the third degree and of the perigee that Schureman's leave out: they show where
//! a small constituent has large ones (OO1, 2N2, EP2, RHO1, J1), and hardly at M2, S2, N2, K1, O1, K2. The tolerances say
//! how much. UTide gives the long-period constituents no factors; what M1, MA2 and MB2 are it sees otherwise: not compared.
#![allow(clippy::print_stderr, reason = "what was measured is worth seeing")]

use plimsoll_core::random::{Purpose, Stream};
use plimsoll_core::testkit;
use plimsoll_core::time::Utc;
use plimsoll_sea::tide::atlas::YEARS;
use plimsoll_sea::tide::{Constituent, Instant};
use std::fmt::Write as _;

/// Our name, UTide's, largest difference of f (relative) and of u (degrees).
const COMPARED: [(&str, &str, f64, f64); 36] = [
    ("SSA", "SSA", 0.0, 0.0),
    ("MM", "MM", f64::INFINITY, f64::INFINITY),
    ("MF", "MF", f64::INFINITY, f64::INFINITY),
    ("MSF", "MSF", f64::INFINITY, f64::INFINITY),
    ("2Q1", "2Q1", 0.1, 5.0),
    ("SGM", "SIG1", 0.03, 1.5),
    ("Q1", "Q1", 0.05, 3.0),
    ("RHO1", "RHO1", 0.15, 7.0),
    ("O1", "O1", 0.02, 0.8),
    ("P1", "P1", 0.02, 1.0),
    ("K1", "K1", 0.003, 0.2),
    ("J1", "J1", 0.15, 7.0),
    ("OO1", "OO1", 0.5, 20.0),
    ("EP2", "EPS2", 0.15, 7.0),
    ("2N2", "2N2", 0.25, 12.0),
    ("MU2", "MU2", 0.05, 2.0),
    ("N2", "N2", 0.01, 0.5),
    ("NU2", "NU2", 0.02, 1.0),
    ("M2", "M2", 0.003, 0.3),
    ("MKS2", "MKS2", 0.01, 0.8),
    ("LAMBDA2", "LDA2", 0.01, 0.8),
    ("L2", "L2", 0.02, 0.8),
    ("T2", "T2", 0.0, 0.0),
    ("S2", "S2", 0.003, 0.2),
    ("K2", "K2", 0.01, 0.5),
    ("2SM2", "2SM2", 0.01, 0.5),
    ("M3", "M3", 0.003, 0.2),
    ("MK3", "MK3", 0.003, 0.3),
    ("MN4", "MN4", 0.01, 0.8),
    ("M4", "M4", 0.005, 0.5),
    ("MS4", "MS4", 0.005, 0.5),
    ("2MK5", "2MK5", 0.005, 0.5),
    ("2MO5", "2MO5", 0.01, 0.8),
    ("M6", "M6", 0.01, 0.8),
    ("2MS6", "2MS6", 0.01, 0.8),
    ("M8", "M8", 0.01, 1.0),
];

const TIMES: u64 = 400;

fn turned(degrees: f64) -> f64 {
    degrees - 360.0 * (degrees / 360.0).round()
}

#[test]
fn arguments_and_factors_agree_with_utide() {
    let year_ms = |year: i32| format!("{year}-01-01T00:00:00Z").parse::<Utc>().unwrap().millis();
    let (first, last) = (year_ms(YEARS[0]), year_ms(YEARS[1] + 1));
    let stream = Stream::new(41);
    let times: Vec<Utc> = (0..TIMES)
        .map(|i| first + (stream.uniform(i, 0, Purpose::Test, 0) * (last - first) as f64) as i64)
        .map(|ms| Utc::from_millis(ms).unwrap())
        .collect();
    let mut input = COMPARED.map(|c| c.1).join(" ") + "\n";
    for t in &times {
        // Python's calendar counts days from 1 January of the year 1, which is day 1.
        writeln!(input, "{:?}", t.millis() as f64 / 86_400_000.0 + 719_163.0).unwrap();
    }
    let Some(output) = testkit::run_python(include_str!("tide_oracle.py"), &input) else { return };
    if output.starts_with("absent") {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{output}");
        eprintln!("skipped: UTide is {output}");
        return;
    }
    assert_eq!(output.lines().count(), times.len());
    let mut worst = COMPARED.map(|c| (c.0, 0.0_f64, 0.0_f64, 0.0_f64));
    for (time, line) in times.iter().zip(output.lines()) {
        let theirs: Vec<f64> = line.split(' ').map(|x| x.parse().unwrap()).collect();
        let instant = Instant::at(*time);
        for (k, (name, ..)) in COMPARED.into_iter().enumerate() {
            let ours = instant.argument(Constituent::named(name).unwrap());
            let n = COMPARED.len();
            let w = &mut worst[k];
            w.1 = w.1.max(turned(ours.v_rad.to_degrees() - 360.0 * theirs[k]).abs());
            w.2 = w.2.max((ours.f / theirs[n + k] - 1.0).abs());
            w.3 = w.3.max(turned(ours.u_rad.to_degrees() - 360.0 * theirs[2 * n + k]).abs());
        }
    }
    for (name, v, f, u) in worst {
        eprintln!("{name}: V {v:.4} deg, f {f:.4}, u {u:.3} deg");
    }
    for ((name, v, f, u), (.., most_f, most_u)) in worst.into_iter().zip(COMPARED) {
        assert!(v < 0.01 && f <= most_f && u <= most_u, "{name}: V {v} deg, f {f}, u {u} deg");
    }
}
