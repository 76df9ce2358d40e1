//! `assets/tide/dover-strait.bin` from the model's NetCDF file: amplitudes and phases become complex parts in 16 bits.

use crate::Faults;
use netcdf_reader::NcFile;
use std::path::Path;

/// Where the asset lies from the root.
const ASSET: &str = "assets/tide/dover-strait.bin";
/// First bytes of the file, with the version of its form.
const MAGIC: &[u8; 8] = b"PLTIDE1\n";
const CONSTITUENTS: [&str; 3] = ["M2", "S2", "N2"];
/// Quantities and what one unit of 16 bits stands for: 0.2 mm of level, 0.1 mm/s of stream.
const QUANTITIES: [(&str, f64); 3] = [("zeta", 2e-4), ("u", 1e-4), ("v", 1e-4)];
/// The model raised shallower places to this depth.
const LEAST_DEPTH_M: f64 = 6.0;

/// Writes the asset below `root` from the model's harmonic constants.
pub fn pack(root: &Path, model: &Path) -> Faults {
    let bytes = packed(&NcFile::open(model)?)?;
    std::fs::write(root.join(ASSET), bytes)?;
    Ok(Vec::new())
}

fn packed(file: &NcFile) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let read = |name: &str| -> Result<Vec<f64>, Box<dyn std::error::Error>> {
        Ok(file.read_variable_as_f64(name)?.into_iter().collect())
    };
    let (lat, lon, depth) = (read("lat")?, read("lon")?, read("depth")?);
    if depth.len() != lat.len() * lon.len() {
        return Err("depth is not on the grid of lat and lon".into());
    }
    let mut out = MAGIC.to_vec();
    for axis in [&lat, &lon] {
        out.extend(u16::try_from(axis.len())?.to_le_bytes());
        out.extend(axis[0].to_le_bytes());
        out.extend(((axis[axis.len() - 1] - axis[0]) / (axis.len() - 1) as f64).to_le_bytes());
    }
    // 0 land, 1 water, 2 water whose depth the model raised.
    let wet: Vec<u8> = depth
        .iter()
        .map(|d| {
            if *d < 0.0 {
                0
            } else if *d <= LEAST_DEPTH_M {
                2
            } else {
                1
            }
        })
        .collect();
    out.extend(&wet);
    for constituent in CONSTITUENTS {
        for (quantity, unit) in QUANTITIES {
            let amplitude = read(&format!("{constituent}_{quantity}_amp"))?;
            let lag = read(&format!("{constituent}_{quantity}_phase"))?;
            let parts = |part: fn(f64) -> f64| {
                let values = amplitude.iter().zip(&lag).zip(&wet).filter(|(_, w)| **w > 0);
                values.map(move |((h, g), _)| (h * part(g.to_radians()) / unit).round()).collect::<Vec<_>>()
            };
            for value in parts(plimsoll_core::maths::cos).into_iter().chain(parts(plimsoll_core::maths::sin)) {
                if value.abs() > f64::from(i16::MAX) {
                    return Err(format!("{constituent} of {quantity} does not fit into 16 bits").into());
                }
                out.extend((value as i16).to_le_bytes());
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The asset in the repository is what this makes of the model's file.
    #[test]
    fn the_asset_is_the_packed_model() {
        let Some(model) = plimsoll_core::testkit::shared("data/tide-model-dover/tidal_harmonics_dover_model.nc") else {
            return;
        };
        let bytes = packed(&NcFile::open(model).unwrap()).unwrap();
        assert!(bytes == std::fs::read(crate::root().join(ASSET)).unwrap(), "run `cargo run -p xtask -- tide FILE.nc`");
    }
}
