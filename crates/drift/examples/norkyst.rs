#![allow(clippy::print_stdout, clippy::disallowed_methods, missing_docs)]
use plimsoll_core::earth::LonLat;
use plimsoll_core::simd::Path;
use plimsoll_drift::category::category;
use plimsoll_drift::life::Object;
use plimsoll_drift::release::*;
use plimsoll_drift::run::*;
use plimsoll_drift::step::Scheme;
use plimsoll_drift::stranding::NoLand;
use plimsoll_drift::summary::Summary;
use plimsoll_sea::field::*;
use plimsoll_sea::grid::*;
use plimsoll_sea::set::*;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

fn field(name: &str, quantity: Quantity, projection: Projection) -> Field {
    let axes: Vec<f64> = std::fs::read(format!("/tmp/drift/{name}.axes"))
        .unwrap()
        .chunks_exact(8)
        .map(|c| f64::from_le_bytes(c.try_into().unwrap()))
        .collect();
    let data: Vec<f32> = std::fs::read(format!("/tmp/drift/{name}.bin"))
        .unwrap()
        .chunks_exact(4)
        .map(|c| f32::from_le_bytes(c.try_into().unwrap()))
        .collect();
    let x = Axis::Regular { first: axes[2], step: axes[3], count: axes[0] as usize };
    let y = Axis::Regular { first: axes[4], step: axes[5], count: axes[1] as usize };
    let n = (axes[0] * axes[1]) as usize * 2;
    let header = Header {
        quantity,
        grid: Arc::new(Grid::axes(projection, x, y)),
        basis: Basis::GridAxes,
        times_ms: (0..67).map(|k| 1_447_632_000_000 + k * 3_600_000).collect(),
        name: name.into(),
    };
    Field::new(header, data.chunks_exact(n).map(<[f32]>::to_vec).collect()).unwrap()
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number: usize = args[1].parse().unwrap();
    let mode = args[2].as_str();
    let threads: usize = args[3].parse().unwrap();
    let s = Figure::sphere(6_371_000.0);
    let mut set = Set::default();
    set.push(Source::Frames(field(
        "norkyst",
        Quantity::Current,
        Projection::polar_stereographic(s, true, 70.0, 60.0, [0.0; 2]).unwrap(),
    )));
    set.push(Source::Frames(field(
        "arome",
        Quantity::Wind,
        Projection::lambert_conformal(s, 15.0, 63.0, [63.0, 63.0], [0.0; 2]).unwrap(),
    )));
    let release = Release {
        number,
        place: Place::Point(LonLat::new(4.2, 59.6).unwrap(), Scatter::Gaussian(500.0)),
        when: When::At("2015-11-16T00:00:00Z".parse().unwrap()),
    };
    let reference = mode == "compat";
    let setup = Setup {
        release,
        object: if mode == "rk4" { Object::Water } else { Object::Known(category(1).unwrap().leeway) },
        changes: vec![],
        duration_s: 86400.0,
        step_s: 600.0,
        output_s: 3600.0,
        backward: false,
        scheme: match mode {
            "compat" => Scheme::Euler,
            "rk4" => Scheme::Rk4,
            _ => Scheme::Rk2,
        },
        jibe_per_hour: 0.04,
        wind_sd_m_s: if mode == "full" { 2.0 } else { 0.0 },
        current_sd_m_s: if mode == "full" { 0.1 } else { 0.0 },
        stokes: false,
        reference,
        seed: 1,
    };
    for _ in 0..3 {
        let mut summary = Summary::default();
        struct Quiet;
        impl Observer for Quiet {
            fn see(&mut self, _: &plimsoll_drift::snapshot::Snapshot<'_>) {}
        }
        let control = Control {
            threads,
            path: if args.len() > 4 { Path::Scalar } else { Path::detect() },
            progress: &|_, _| (),
            cancel: &AtomicBool::new(false),
        };
        let t = cpu();
        let work = run(&setup, &mut set, &NoLand, &mut Quiet, &control).unwrap();
        let dt = (cpu() - t);
        let t = cpu();
        run(&setup, &mut set, &NoLand, &mut summary, &control).unwrap();
        let dt2 = (cpu() - t);
        println!(
            "{mode} {number}: {:.3} s, {:.1} M particle-steps/s; with summary {dt2:.3} s",
            dt,
            work.particle_steps as f64 / dt * 1e-6
        );
        let last = summary.hours.last().unwrap();
        println!("{last:?}");
    }
}

fn cpu() -> f64 {
    let t = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    t.split(' ').next().unwrap().parse::<f64>().unwrap() * 1e-9
}
