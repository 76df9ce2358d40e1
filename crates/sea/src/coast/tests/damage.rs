//! Bytes that are no tiles, or were.

use super::super::format::{HEAD, SUM, checksum};
use super::*;

/// Damaged files are refused by their checksum; with the checksum made to fit, whatever is still read answers without a panic.
#[test]
fn damaged_tiles_never_panic() {
    let region = Region::new(0, 50, 2, 51).unwrap();
    let ring = |x: f64| vec![[x, 50.2], [x + 0.4, 50.3], [x + 0.3, 50.5], [x + 0.1, 50.4]];
    let good = Islands::of(region, &[ring(0.7), ring(0.2), ring(0.25)]).coast.bytes().to_vec();
    assert!(Coast::parse(good.clone()).is_ok());
    let mut draw = Draw::new(4);
    // Beyond the classes most of the file is numbers that point somewhere.
    let numbers = HEAD + origin().to_text().len() + 2 * 4096;
    let mut read = 0;
    for i in 0..100_000 {
        let mut bytes = good.clone();
        for _ in 0..=draw.below(3) {
            let at = match draw.below(4) {
                0 => draw.below(HEAD),
                1 => draw.below(bytes.len()),
                _ => numbers + draw.below(bytes.len() - numbers),
            };
            bytes[at] = [draw.below(256) as u8, bytes[at] ^ (1 << draw.below(8)), 0, 255][draw.below(4)];
        }
        if i % 16 == 0 {
            bytes.truncate(draw.below(bytes.len()));
        }
        let changed = bytes != good;
        if i % 2 == 0 {
            assert!(Coast::parse(bytes).is_err() == changed);
            continue;
        }
        if bytes.len() >= HEAD {
            let sum = checksum([&bytes[..SUM], &bytes[HEAD..]]);
            bytes[SUM..HEAD].copy_from_slice(&sum.to_le_bytes());
        }
        let Ok(coast) = Coast::parse(bytes) else { continue };
        read += 1;
        for _ in 0..4 {
            let (p, q) = (
                at(draw.between(0.0, 2.0), draw.between(50.0, 51.0)),
                at(draw.between(0.0, 2.0), draw.between(50.0, 51.0)),
            );
            let _ = coast.is_land(p);
            let _ = coast.first_crossing(p, q);
            let _ = coast.nearest(p, 5_000.0);
            let _ = coast.clear_m(p);
        }
    }
    assert!(read > 5_000, "{read}");
}

#[test]
fn refusals_say_why() {
    assert_eq!(Coast::parse(&b"GSHHG"[..]).unwrap_err(), TileError::NotTiles);
    let region = Region::new(0, 0, 1, 1).unwrap();
    let good = build(region, &origin(), &[Bin::default()], || {}).unwrap();
    let with = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        Coast::parse(bytes).unwrap_err()
    };
    assert_eq!(with(8, 9), TileError::Version(9));
    assert_eq!(with(good.len() - 1, 9), TileError::Checksum);
    assert!(matches!(with(20, 9), TileError::Length { .. }));
    assert!(matches!(Coast::parse(good[..good.len() - 1].to_vec()).unwrap_err(), TileError::Length { .. }));
}
