//! Files of one invented wind, good or with one fault.
#![allow(dead_code, reason = "each test takes what it needs")]

pub mod zarr;

use netcdf_writer::{NcAttrValue, NcFileBuilder, NcWriteFormat, NcWriteOptions, VariableId};
use plimsoll_core::maths::sin;
use std::path::{Path, PathBuf};

/// What a file is like.
#[derive(Clone, Copy)]
pub struct Spec {
    pub format: NcWriteFormat,
    pub deflate: bool,
    pub values: Values,
    pub standard_names: bool,
    pub units: Option<&'static str>,
    pub time_units: &'static str,
    pub calendar: Option<&'static str>,
    pub times: [f64; 2],
    /// Longitudes from 0 to 360.
    pub from_greenwich: bool,
    /// The file keeps columns of values, not rows.
    pub columns_first: bool,
    /// Longitude and latitude are given node by node.
    pub two_dimensional: bool,
    /// The component to the north is there.
    pub second: bool,
    pub height: Option<f64>,
    pub nan_latitude: bool,
    pub gust: bool,
}

/// How values are kept.
#[derive(Clone, Copy, PartialEq)]
pub enum Values {
    Plain,
    Packed,
    Knots,
    UndeclaredFill,
    ScaleOfNought,
}

impl Default for Spec {
    fn default() -> Self {
        Self {
            format: NcWriteFormat::Classic,
            deflate: false,
            values: Values::Plain,
            standard_names: true,
            units: Some("m s-1"),
            time_units: "hours since 2026-10-10 00:00:00",
            calendar: Some("standard"),
            times: [6.0, 9.0],
            from_greenwich: false,
            columns_first: false,
            two_dimensional: false,
            second: true,
            height: Some(10.0),
            nan_latitude: false,
            gust: false,
        }
    }
}

/// The wind at column `i`, row `j`: u (`k` = 0) or v, at time `t`; `None` at the missing node.
pub fn formula(i: usize, j: usize, k: usize, t: usize) -> Option<f64> {
    let v = 5.0 * sin(0.3 * i as f64 + 0.2 * j as f64) + if k == 0 { 3.0 } else { -2.0 } + 0.5 * t as f64;
    ((i, j) != (4, 3)).then_some(v)
}

/// A folder of the test's own.
pub fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("plimsoll-read-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn text(b: &mut NcFileBuilder, v: VariableId, name: &str, value: &str) {
    b.add_variable_attribute(v, name, NcAttrValue::Chars(value.to_owned())).unwrap();
}

/// Writes a file.
pub fn write(path: &Path, s: &Spec) {
    std::fs::write(path, bytes(s)).unwrap();
}

/// The bytes of a file.
pub fn bytes(s: &Spec) -> Vec<u8> {
    const KNOT: f64 = 1852.0 / 3600.0;
    let mut b = NcFileBuilder::new();
    let time = b.add_dimension("time", 2).unwrap();
    let (y, x) = if s.two_dimensional { ("y", "x") } else { ("lat", "lon") };
    let (lat, lon) = (b.add_dimension(y, 17).unwrap(), b.add_dimension(x, 24).unwrap());
    let v = b.add_variable::<f64>("time", &[time]).unwrap();
    text(&mut b, v, "standard_name", "time");
    text(&mut b, v, "units", s.time_units);
    s.calendar.iter().for_each(|c| text(&mut b, v, "calendar", c));
    b.write_variable(v, &s.times).unwrap();
    let lats: Vec<f64> =
        (0..17).map(|j| if s.nan_latitude && j > 9 { f64::NAN } else { 52.0 - 0.25 * f64::from(j) }).collect();
    let east = |i: u32| -2.0 + 0.25 * f64::from(i) + if s.from_greenwich { 360.0 } else { 0.0 };
    let lons: Vec<f64> = (0..24).map(east).collect();
    if s.two_dimensional {
        let (v, w) =
            (b.add_variable::<f64>("lat", &[lat, lon]).unwrap(), b.add_variable::<f64>("lon", &[lat, lon]).unwrap());
        text(&mut b, v, "units", "degrees_north");
        text(&mut b, w, "units", "degrees_east");
        b.write_variable(v, &(0..408).map(|n| lats[n / 24]).collect::<Vec<_>>()).unwrap();
        b.write_variable(w, &(0..408).map(|n| lons[n % 24]).collect::<Vec<_>>()).unwrap();
    } else {
        for (name, d, unit, values) in [("lat", lat, "degrees_north", &lats), ("lon", lon, "degrees_east", &lons)] {
            let v = b.add_variable::<f64>(name, &[d]).unwrap();
            text(&mut b, v, "units", unit);
            b.write_variable(v, values).unwrap();
        }
    }
    if let Some(height) = s.height {
        let v = b.add_variable::<f64>("height", &[]).unwrap();
        text(&mut b, v, "standard_name", "height");
        text(&mut b, v, "units", "m");
        b.write_variable(v, &[height]).unwrap();
    }
    for k in 0..if s.second { 2 } else { 1 } {
        let name = ["u10", "v10"][k];
        let dims = if s.columns_first { [time, lon, lat] } else { [time, lat, lon] };
        let at = |n: usize| {
            let (t, n) = (n / 408, n % 408);
            if s.columns_first { formula(n / 17, n % 17, k, t) } else { formula(n % 24, n / 24, k, t) }
        };
        let packed = matches!(s.values, Values::Packed | Values::ScaleOfNought);
        let v = if packed { b.add_variable::<i16>(name, &dims) } else { b.add_variable::<f32>(name, &dims) }.unwrap();
        if s.standard_names {
            let standard = if s.gust { "wind_speed_of_gust" } else { ["eastward_wind", "northward_wind"][k] };
            text(&mut b, v, "standard_name", standard);
        }
        let unit = if s.values == Values::Knots { s.units.map(|_| "kn") } else { s.units };
        unit.iter().for_each(|u| text(&mut b, v, "units", u));
        text(&mut b, v, "coordinates", if s.two_dimensional { "lat lon height" } else { "height" });
        if packed {
            let scale = if s.values == Values::Packed { 0.001 } else { 0.0 };
            b.add_variable_attribute(v, "scale_factor", NcAttrValue::Doubles(vec![scale])).unwrap();
            b.add_variable_attribute(v, "add_offset", NcAttrValue::Doubles(vec![1.0])).unwrap();
            b.set_variable_fill_value(v, -32_000_i16).unwrap();
            let stored = (0..816).map(|n| at(n).map_or(-32_000, |v| ((v - 1.0) / 0.001).round() as i16));
            b.write_variable(v, &stored.collect::<Vec<_>>()).unwrap();
        } else {
            let scale = if s.values == Values::Knots { KNOT } else { 1.0 };
            if s.values != Values::UndeclaredFill {
                b.set_variable_fill_value(v, -999.0_f32).unwrap();
            }
            b.write_variable(v, &(0..816).map(|n| at(n).map_or(-999.0, |v| (v / scale) as f32)).collect::<Vec<_>>())
                .unwrap();
        }
        if s.deflate {
            b.set_variable_chunking(v, [1, 17, 24]).unwrap();
            b.set_variable_deflate(v, Some(4), true).unwrap();
        }
    }
    b.to_vec(NcWriteOptions { format: s.format }).unwrap().1
}
