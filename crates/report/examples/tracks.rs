//! How long it takes to write the tracks of 10,000 particles at 25 times.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement for whoever runs it")]

use plimsoll_case::answer::tracks::{TrackFrame, Tracks};
use plimsoll_core::time::Utc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (particles, hours) = (10_000, 25);
    let time = |k: i64| Utc::from_millis(1_447_632_000_000 + 3_600_000 * k).ok_or("no time");
    let times = (0..hours).map(time).collect::<Result<Vec<_>, _>>()?;
    let released = vec![times[0]; particles];
    let (lon, status, part) = (vec![1.5_f32; particles], vec![0_u8; particles], vec![0_u16; particles]);
    let frame = TrackFrame { lon_deg: &lon, lat_deg: &lon, status: &status, part: &part };
    let frames = vec![frame; times.len()];
    let tracks = Tracks {
        version: "0",
        seed: 1,
        digest: "",
        object: "anything",
        parts: &[],
        sources: &[],
        step_s: 600.0,
        times: &times,
        frames: &frames,
        released: &released,
    };
    for _ in 0..5 {
        let start = std::time::Instant::now();
        let mut out = Vec::with_capacity(1 << 22);
        plimsoll_report::export::trajectory::write(&tracks, &mut out)?;
        println!("{} bytes in {:.2} ms", out.len(), start.elapsed().as_secs_f64() * 1e3);
    }
    Ok(())
}
