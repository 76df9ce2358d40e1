//! The same invented wind as a Zarr store.

use super::{Spec, Values, formula};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// How a store is kept.
#[derive(Clone, Copy)]
pub struct Style {
    pub edition: u8,
    pub consolidated: bool,
    pub big_endian: bool,
    /// Chunks of 7 rows and 10 columns, both times in one, rather than whole arrays.
    pub cut: bool,
    pub packing: Packing,
    /// The first dimension runs fastest in a chunk.
    pub turned: bool,
    /// Chunks lie in folders (`0/1/2`), not side by side (`0.1.2`).
    pub folders: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Packing {
    None,
    Zlib,
    Gzip,
}

pub const PLAIN: Style = Style {
    edition: 2,
    consolidated: true,
    big_endian: false,
    cut: true,
    packing: Packing::None,
    turned: false,
    folders: false,
};

/// A quoted word, or a number as it is.
type Attribute = (&'static str, String);

fn word(name: &'static str, value: &str) -> Attribute {
    (name, format!("\"{value}\""))
}

struct Array {
    name: &'static str,
    dims: Vec<(&'static str, usize)>,
    /// As in edition 2: `i2`, `f4`, `f8`.
    dtype: &'static str,
    fill: Option<f64>,
    attributes: Vec<Attribute>,
    values: Vec<f64>,
}

fn arrays(s: &Spec) -> Vec<Array> {
    const KNOT: f64 = 1852.0 / 3600.0;
    let (y, x) = if s.two_dimensional { ("y", "x") } else { ("lat", "lon") };
    let array = |name, dims: &[(&'static str, usize)], attributes, values| Array {
        name,
        dims: dims.to_vec(),
        dtype: "f8",
        fill: None,
        attributes,
        values,
    };
    let mut time = vec![word("standard_name", "time"), word("units", s.time_units)];
    time.extend(s.calendar.map(|c| word("calendar", c)));
    let mut out = vec![array("time", &[("time", 2)], time, s.times.to_vec())];
    let lats: Vec<f64> =
        (0..17).map(|j| if s.nan_latitude && j > 9 { f64::NAN } else { 52.0 - 0.25 * f64::from(j) }).collect();
    let lons: Vec<f64> =
        (0..24).map(|i| -2.0 + 0.25 * f64::from(i) + if s.from_greenwich { 360.0 } else { 0.0 }).collect();
    let (north, east) = (vec![word("units", "degrees_north")], vec![word("units", "degrees_east")]);
    if s.two_dimensional {
        let both = [(y, 17), (x, 24)];
        out.push(array("lat", &both, north, (0..408).map(|n| lats[n / 24]).collect()));
        out.push(array("lon", &both, east, (0..408).map(|n| lons[n % 24]).collect()));
    } else {
        out.push(array("lat", &[(y, 17)], north, lats));
        out.push(array("lon", &[(x, 24)], east, lons));
    }
    if let Some(height) = s.height {
        out.push(array("height", &[], vec![word("standard_name", "height"), word("units", "m")], vec![height]));
    }
    for k in 0..if s.second { 2 } else { 1 } {
        let dims = if s.columns_first { [("time", 2), (x, 24), (y, 17)] } else { [("time", 2), (y, 17), (x, 24)] };
        let at = |n: usize| {
            let (t, n) = (n / 408, n % 408);
            if s.columns_first { formula(n / 17, n % 17, k, t) } else { formula(n % 24, n / 24, k, t) }
        };
        let mut attributes = Vec::new();
        if s.standard_names {
            let names = ["eastward_wind", "northward_wind"];
            attributes.push(word("standard_name", if s.gust { "wind_speed_of_gust" } else { names[k] }));
        }
        let unit = if s.values == Values::Knots { s.units.map(|_| "kn") } else { s.units };
        attributes.extend(unit.map(|u| word("units", u)));
        attributes.push(word("coordinates", if s.two_dimensional { "lat lon height" } else { "height" }));
        let packed = matches!(s.values, Values::Packed | Values::ScaleOfNought);
        let values: Vec<f64> = if packed {
            let scale = if s.values == Values::Packed { 0.001 } else { 0.0 };
            attributes.extend([("scale_factor", scale.to_string()), ("add_offset", "1.0".to_owned())]);
            (0..816).map(|n| at(n).map_or(-32_000.0, |v| ((v - 1.0) / 0.001).round())).collect()
        } else {
            let scale = if s.values == Values::Knots { KNOT } else { 1.0 };
            (0..816).map(|n| at(n).map_or(-999.0, |v| v / scale)).collect()
        };
        let fill = if packed { -32_000.0 } else { -999.0 };
        out.push(Array {
            name: ["u10", "v10"][k],
            dims: dims.to_vec(),
            dtype: if packed { "i2" } else { "f4" },
            fill: (s.values != Values::UndeclaredFill).then_some(fill),
            attributes,
            values,
        });
    }
    out
}

/// Writes a store.
pub fn write(path: &Path, s: &Spec, style: Style) {
    std::fs::create_dir_all(path).unwrap();
    let mut all = BTreeMap::new();
    for a in arrays(s) {
        let folder = path.join(a.name);
        std::fs::create_dir_all(&folder).unwrap();
        let cut = |n: usize| {
            if !style.cut || n < 3 {
                n
            } else if n == 17 {
                7
            } else {
                10
            }
        };
        let chunk: Vec<usize> = a.dims.iter().map(|d| cut(d.1)).collect();
        for (name, text) in described(&a, &chunk, style) {
            if !style.consolidated {
                std::fs::write(folder.join(name), &text).unwrap();
            }
            let key = if style.edition == 2 { format!("{}/{name}", a.name) } else { a.name.to_owned() };
            all.insert(key, text);
        }
        chunks(&folder, &a, &chunk, style);
    }
    let list: Vec<String> = all.iter().map(|(k, v)| format!("\"{k}\": {v}")).collect();
    let (name, root) = match (style.edition, style.consolidated) {
        (2, true) => (".zmetadata", format!("{{\"metadata\": {{{}}}}}", list.join(", "))),
        (2, false) => (".zgroup", "{\"zarr_format\": 2}".to_owned()),
        (_, consolidated) => {
            let all =
                format!(", \"consolidated_metadata\": {{\"kind\": \"inline\", \"metadata\": {{{}}}}}", list.join(", "));
            let all = if consolidated { all } else { String::new() };
            ("zarr.json", format!("{{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {{}}{all}}}"))
        }
    };
    std::fs::write(path.join(name), root).unwrap();
}

fn described(a: &Array, chunk: &[usize], style: Style) -> Vec<(&'static str, String)> {
    let names = || a.dims.iter().map(|d| format!("\"{}\"", d.0)).collect::<Vec<_>>().join(", ");
    let shape: Vec<usize> = a.dims.iter().map(|d| d.1).collect();
    let mut own = String::new();
    a.attributes.iter().for_each(|(k, v)| write!(own, "\"{k}\": {v}, ").unwrap());
    let packing = match style.packing {
        Packing::None => "",
        Packing::Zlib => "zlib",
        Packing::Gzip => "gzip",
    };
    if style.edition == 2 {
        let compressor =
            if packing.is_empty() { "null".into() } else { format!("{{\"id\": \"{packing}\", \"level\": 1}}") };
        let (end, order) = (if style.big_endian { '>' } else { '<' }, if style.turned { 'F' } else { 'C' });
        let fill = a.fill.map_or_else(|| "null".to_owned(), |f| f.to_string());
        let dtype = a.dtype;
        let separator = if style.folders { '/' } else { '.' };
        let array = format!(
            "{{\"zarr_format\": 2, \"shape\": {shape:?}, \"chunks\": {chunk:?}, \"dtype\": \"{end}{dtype}\", \"filters\": null, \
             \"compressor\": {compressor}, \"fill_value\": {fill}, \"order\": \"{order}\", \"dimension_separator\": \"{separator}\"}}"
        );
        // Python writes what JSON has no word for.
        let own = format!("{{{own}\"_ARRAY_DIMENSIONS\": [{}], \"history\": NaN}}", names());
        return vec![(".zarray", array), (".zattrs", own)];
    }
    if let Some(fill) = a.fill {
        write!(own, "\"_FillValue\": {fill}, ").unwrap();
    }
    let mut codecs = Vec::new();
    if style.turned {
        let order: Vec<usize> = (0..a.dims.len()).rev().collect();
        codecs.push(format!("{{\"name\": \"transpose\", \"configuration\": {{\"order\": {order:?}}}}}"));
    }
    let end = if style.big_endian { "big" } else { "little" };
    codecs.push(format!("{{\"name\": \"bytes\", \"configuration\": {{\"endian\": \"{end}\"}}}}"));
    if !packing.is_empty() {
        let name = if packing == "zlib" { "numcodecs.zlib" } else { packing };
        codecs.push(format!("{{\"name\": \"{name}\", \"configuration\": {{\"level\": 1}}}}"));
    }
    let kind = match a.dtype {
        "i2" => "int16",
        "f4" => "float32",
        _ => "float64",
    };
    let encoding = if style.folders {
        "{\"name\": \"default\", \"configuration\": {\"separator\": \"/\"}}"
    } else {
        "{\"name\": \"default\", \"configuration\": {\"separator\": \".\"}}"
    };
    let own = own.trim_end_matches(", ");
    let array = format!(
        "{{\"zarr_format\": 3, \"node_type\": \"array\", \"shape\": {shape:?}, \"data_type\": \"{kind}\", \"chunk_grid\": \
         {{\"name\": \"regular\", \"configuration\": {{\"chunk_shape\": {chunk:?}}}}}, \"chunk_key_encoding\": {encoding}, \
         \"fill_value\": 0, \"codecs\": [{}], \"dimension_names\": [{}], \"attributes\": {{{own}}}, \"storage_transformers\": []}}",
        codecs.join(", "),
        names()
    );
    vec![("zarr.json", array)]
}

fn chunks(folder: &Path, a: &Array, chunk: &[usize], style: Style) {
    let shape: Vec<usize> = a.dims.iter().map(|d| d.1).collect();
    let counts: Vec<usize> = shape.iter().zip(chunk).map(|(s, c)| s.div_ceil(*c)).collect();
    for number in 0..counts.iter().product() {
        let at = unravelled(number, &counts);
        let mut bytes = Vec::new();
        for k in 0..chunk.iter().product() {
            let within = if style.turned {
                let back: Vec<usize> = chunk.iter().rev().copied().collect();
                unravelled(k, &back).into_iter().rev().collect()
            } else {
                unravelled(k, chunk)
            };
            let node: Vec<usize> = (0..shape.len()).map(|d| at[d] * chunk[d] + within[d]).collect();
            let inside = node.iter().zip(&shape).all(|(n, s)| n < s);
            let flat = node.iter().zip(&shape).fold(0, |f, (n, s)| f * s + n);
            let value = if inside { a.values[flat] } else { 7.0 };
            let mut number = match a.dtype {
                "i2" => (value as i16).to_le_bytes().to_vec(),
                "f4" => (value as f32).to_le_bytes().to_vec(),
                _ => value.to_le_bytes().to_vec(),
            };
            if style.big_endian {
                number.reverse();
            }
            bytes.extend(number);
        }
        let bytes = match style.packing {
            Packing::None => bytes,
            Packing::Zlib => {
                let mut e = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
                e.write_all(&bytes).unwrap();
                e.finish().unwrap()
            }
            Packing::Gzip => {
                let mut e = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                e.write_all(&bytes).unwrap();
                e.finish().unwrap()
            }
        };
        let mut parts: Vec<String> = at.iter().map(usize::to_string).collect();
        if style.edition == 3 {
            parts.insert(0, "c".to_owned());
        } else if parts.is_empty() {
            parts.push("0".to_owned());
        }
        let file = folder.join(parts.join(if style.folders { "/" } else { "." }));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

fn unravelled(mut number: usize, shape: &[usize]) -> Vec<usize> {
    let mut out = vec![0; shape.len()];
    for (slot, length) in out.iter_mut().zip(shape).rev() {
        *slot = number % length;
        number /= length;
    }
    out
}
