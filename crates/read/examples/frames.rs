//! Reads frames of a file within a window and says how much memory and time that took.
//!
//! `cargo run --release -p plimsoll-read --example frames -- FILE [COLUMNS ROWS [FRAMES]]`
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement for whoever runs it")]

use plimsoll_read::{LayerSource, open};
use plimsoll_sea::field::FrameSource as _;
use plimsoll_sea::grid::Window;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |i: usize, other: usize| arguments.get(i).map_or(Ok(other), |a| a.parse());
    let start = std::time::Instant::now();
    let reader = open(arguments.first().ok_or("which file?")?.as_ref())?;
    println!("opened in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    for layer in 0..reader.contents().layers.len() {
        let mut s = LayerSource::new(reader.clone(), layer);
        let [columns, rows] = s.header().grid.shape();
        let (nx, ny) = (number(1, columns)?.min(columns), number(2, rows)?.min(rows));
        let window = Window { column: (columns - nx) / 2, row: (rows - ny) / 2, columns: nx, rows: ny };
        let mut out = vec![0.0; window.count() * s.header().quantity.components()];
        let frames = number(3, usize::MAX)?.min(s.header().times_ms.len());
        let start = std::time::Instant::now();
        for frame in 0..frames {
            s.load(frame, &window, &mut out)?;
        }
        let ms = start.elapsed().as_secs_f64() * 1e3;
        println!("{}: {frames} frames of {nx} x {ny} of {columns} x {rows} in {ms:.1} ms", s.header().name);
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("peak memory not known"));
    Ok(())
}
