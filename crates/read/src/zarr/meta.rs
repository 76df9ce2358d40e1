//! What a store says of its arrays: editions 2 and 3 of Zarr, with or without consolidated metadata.

use super::codec::Codec;
use crate::attributes::{Attributes, Value};
use crate::cf::variable::{Dimension, Kind, Variable};
use serde_json::{Map, Value as Json};

/// An array of the store.
#[derive(Clone, Debug)]
pub struct Array {
    pub variable: Variable,
    /// Bytes of a number.
    pub size: usize,
    pub big_endian: bool,
    /// What stands where no chunk was written.
    pub fill: f64,
    /// How its chunks are cut, named and packed; else why they cannot be read.
    pub chunks: Result<Chunks, String>,
}

/// How an array is cut into chunks.
#[derive(Clone, Debug, PartialEq)]
pub struct Chunks {
    /// Entries along each dimension.
    pub shape: Vec<u64>,
    /// Which dimension each step through a chunk as stored counts, the slowest first.
    pub order: Vec<usize>,
    pub codecs: Vec<Codec>,
    /// What a chunk's name begins with, and what stands between its numbers.
    pub prefix: &'static str,
    pub separator: String,
    pub shard: Option<Shard>,
}

/// Chunks that lie together in one file, with a list of where.
#[derive(Clone, Debug, PartialEq)]
pub struct Shard {
    /// Chunks along each dimension in one file.
    pub chunks: Vec<u64>,
    pub list_at_end: bool,
    pub list_checked: bool,
}

/// An array of edition 2 from its `.zarray` and `.zattrs`.
///
/// # Errors
/// What does not fit, as a sentence.
pub fn v2(name: &str, array: &Json, own: Option<&Json>) -> Result<Array, String> {
    let shape = numbers(array.get("shape")).ok_or("its shape is missing")?;
    let empty = Map::new();
    let own = own.and_then(Json::as_object).unwrap_or(&empty);
    let dtype = array.get("dtype").and_then(Json::as_str).unwrap_or_default();
    let (kind, size) = kind_v2(dtype);
    let fill = array.get("fill_value").and_then(|f| number(f, size));
    // As xarray takes it: what stands where nothing was written also means that there is no value.
    let unwritten = if own.contains_key("_FillValue") { None } else { fill };
    let names = own.get("_ARRAY_DIMENSIONS").and_then(Json::as_array);
    let variable = variable(name, &shape, names, kind, own, unwritten);
    let chunks = || -> Result<Chunks, String> {
        let mut codecs = Vec::new();
        let filters = array.get("filters").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        for codec in filters.iter().chain(array.get("compressor").filter(|c| !c.is_null())) {
            let id = codec.get("id").and_then(Json::as_str).unwrap_or("(no id)");
            codecs.extend(Codec::named(id, codec)?);
        }
        let order: Vec<usize> = match array.get("order").and_then(Json::as_str) {
            Some("F") => (0..shape.len()).rev().collect(),
            _ => (0..shape.len()).collect(),
        };
        let separator = array.get("dimension_separator").and_then(Json::as_str).unwrap_or(".").to_owned();
        let cut = numbers(array.get("chunks")).ok_or("its chunks are missing")?;
        Ok(Chunks { shape: cut, order, codecs, prefix: "", separator, shard: None })
    };
    let chunks = chunks().and_then(|c| sound(c, &shape, size));
    Ok(Array { variable, size, big_endian: dtype.starts_with('>'), fill: fill.unwrap_or(f64::NAN), chunks })
}

/// An array of edition 3 from its `zarr.json`.
///
/// # Errors
/// What does not fit, as a sentence.
pub fn v3(name: &str, array: &Json) -> Result<Array, String> {
    let shape = numbers(array.get("shape")).ok_or("its shape is missing")?;
    let empty = Map::new();
    let own = array.get("attributes").and_then(Json::as_object).unwrap_or(&empty);
    let (kind, size) = kind_v3(array.get("data_type").and_then(Json::as_str).unwrap_or_default());
    let fill = array.get("fill_value").and_then(|f| number(f, size)).unwrap_or(f64::NAN);
    let names = array.get("dimension_names").and_then(Json::as_array);
    let variable = variable(name, &shape, names, kind, own, None);
    let mut big_endian = false;
    let chunks = chunks_v3(array, shape.len(), &mut big_endian).and_then(|c| sound(c, &shape, size));
    Ok(Array { variable, size, big_endian, fill, chunks })
}

fn chunks_v3(array: &Json, dimensions: usize, big_endian: &mut bool) -> Result<Chunks, String> {
    let named = |v: &Json| v.get("name").or(Some(v)).and_then(Json::as_str).unwrap_or("(no name)").to_owned();
    let nothing = Json::Null;
    let part = |v: &Json, key: &str| v.pointer(&format!("/configuration/{key}")).cloned();
    let grid = array.get("chunk_grid").unwrap_or(&nothing);
    if named(grid) != "regular" {
        return Err(format!("its chunks are cut by \"{}\"; regular ones are read", named(grid)));
    }
    if array.get("storage_transformers").and_then(Json::as_array).is_some_and(|t| !t.is_empty()) {
        return Err("its storage transformers are not read".into());
    }
    let encoding = array.get("chunk_key_encoding").unwrap_or(&nothing);
    let (prefix, usual) = match named(encoding).as_str() {
        "v2" => ("", "."),
        "default" => ("c", "/"),
        other => return Err(format!("the names of its chunks (\"{other}\") are not known; default and v2 are")),
    };
    let separator = part(encoding, "separator").and_then(|s| s.as_str().map(str::to_owned));
    let mut chunks = Chunks {
        shape: numbers(part(grid, "chunk_shape").as_ref()).ok_or("its chunk_shape is missing")?,
        order: (0..dimensions).collect(),
        codecs: Vec::new(),
        prefix,
        separator: separator.unwrap_or_else(|| usual.to_owned()),
        shard: None,
    };
    let codecs = array.get("codecs").and_then(Json::as_array).ok_or("its codecs are missing")?;
    let [sharding] = codecs.as_slice() else {
        pipeline(codecs, &mut chunks, big_endian)?;
        return Ok(chunks);
    };
    if named(sharding) != "sharding_indexed" {
        pipeline(codecs, &mut chunks, big_endian)?;
        return Ok(chunks);
    }
    let inner = numbers(part(sharding, "chunk_shape").as_ref()).ok_or("the chunk_shape of its shards is missing")?;
    let fits = inner.len() == chunks.shape.len()
        && inner.iter().zip(&chunks.shape).all(|(i, s)| *i > 0 && s.is_multiple_of(*i));
    if !fits {
        return Err("its shards are no whole number of chunks".into());
    }
    let list: Vec<String> = part(sharding, "index_codecs")
        .and_then(|l| Some(l.as_array()?.iter().map(named).collect()))
        .unwrap_or_default();
    let list_checked = match list.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["bytes"] => false,
        ["bytes", "crc32c"] => true,
        _ => return Err(format!("the list of its shards is packed with {}, which is not read", list.join(", "))),
    };
    let list_at_end = part(sharding, "index_location").is_none_or(|l| l != "start");
    let per_file = chunks.shape.iter().zip(&inner).map(|(s, i)| s / i).collect();
    chunks.shard = Some(Shard { chunks: per_file, list_at_end, list_checked });
    chunks.shape = inner;
    let codecs =
        part(sharding, "codecs").and_then(|c| c.as_array().cloned()).ok_or("the codecs of its shards are missing")?;
    pipeline(&codecs, &mut chunks, big_endian)?;
    Ok(chunks)
}

/// From numbers in the order of their dimensions to bytes.
fn pipeline(codecs: &[Json], chunks: &mut Chunks, big_endian: &mut bool) -> Result<(), String> {
    for codec in codecs {
        let name = codec.get("name").or(Some(codec)).and_then(Json::as_str).unwrap_or("(no name)");
        let configuration = codec.get("configuration").unwrap_or(&Json::Null);
        match name {
            "bytes" => *big_endian = configuration.get("endian").and_then(Json::as_str) == Some("big"),
            "transpose" => {
                let order = numbers(configuration.get("order")).ok_or("the order of its transpose codec is missing")?;
                let valid = order.len() == chunks.order.len() && (0..order.len() as u64).all(|i| order.contains(&i));
                if !valid {
                    return Err("the order of its transpose codec names no dimensions".into());
                }
                chunks.order = order.iter().map(|i| chunks.order[*i as usize]).collect();
            }
            "sharding_indexed" => return Err("its shards lie within other codecs, which is not read".into()),
            other => chunks.codecs.extend(Codec::named(other, configuration)?),
        }
    }
    Ok(())
}

/// Chunks that fit their array and are small enough to be unpacked.
fn sound(chunks: Chunks, shape: &[u64], size: usize) -> Result<Chunks, String> {
    if chunks.shape.len() != shape.len() || chunks.shape.contains(&0) {
        return Err("its chunks have other dimensions than it has".into());
    }
    let bytes = chunks.shape.iter().try_fold(size as u64, |n, c| n.checked_mul(*c)).unwrap_or(u64::MAX);
    if bytes > crate::cf::variable::LARGEST_BYTES as u64 {
        return Err(format!(
            "its chunks are too large to be read in parts ({bytes} bytes); rewrite it in smaller ones"
        ));
    }
    Ok(chunks)
}

fn variable(
    name: &str,
    shape: &[u64],
    names: Option<&Vec<Json>>,
    kind: Kind,
    own: &Map<String, Json>,
    unwritten: Option<f64>,
) -> Variable {
    let dimension = |(k, size): (usize, &u64)| {
        let said = names.and_then(|n| n.get(k)).and_then(Json::as_str);
        Dimension { name: said.map_or_else(|| format!("{k} of {name} (without a name)"), str::to_owned), size: *size }
    };
    let dimensions = shape.iter().enumerate().map(dimension).collect();
    let attribute = |(name, value): (&String, &Json)| Some((name.clone(), attribute(name, value, kind)?));
    let attributes = Attributes(own.iter().filter_map(attribute).collect());
    Variable { name: name.to_owned(), dimensions, kind, attributes, unwritten }
}

fn attribute(name: &str, value: &Json, kind: Kind) -> Option<Value> {
    let list = |all: Vec<f64>, whole: bool| if whole { Value::Integers(all) } else { Value::Numbers(all) };
    match value {
        // xarray keeps the fill value of a float in edition 3 as the base 64 of its eight bytes.
        Json::String(text) if name == "_FillValue" && kind.is_real() => {
            Some(float_of_base64(text).map_or_else(|| Value::Text(text.clone()), |v| Value::Numbers(vec![v])))
        }
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Bool(b) => Some(Value::Text(b.to_string())),
        Json::Number(n) => Some(list(vec![n.as_f64()?], !n.is_f64())),
        Json::Array(all) => {
            let numbers: Option<Vec<f64>> = all.iter().map(|v| number(v, 0)).collect();
            Some(list(numbers?, all.iter().all(|v| !v.is_f64())))
        }
        _ => None,
    }
}

fn numbers(list: Option<&Json>) -> Option<Vec<u64>> {
    list?.as_array()?.iter().map(Json::as_u64).collect()
}

/// A number of `size` bytes as metadata write it: a number, a word, or its bits in hexadecimal.
fn number(value: &Json, size: usize) -> Option<f64> {
    match value {
        Json::Number(n) => n.as_f64(),
        Json::Bool(b) => Some(f64::from(u8::from(*b))),
        Json::String(text) => match text.strip_prefix("0x") {
            None => text.parse().ok(),
            Some(bits) if size == 4 => u32::from_str_radix(bits, 16).ok().map(|b| f64::from(f32::from_bits(b))),
            Some(bits) => u64::from_str_radix(bits, 16).ok().map(f64::from_bits),
        },
        _ => None,
    }
}

fn float_of_base64(text: &str) -> Option<f64> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.trim_end_matches('=').bytes();
    let mut bits = 0_u128;
    let mut count = 0;
    for digit in digits {
        bits = (bits << 6) | DIGITS.iter().position(|d| *d == digit)? as u128;
        count += 1;
    }
    // Eleven digits hold 66 bits: the last two are none of the number's.
    (count == 11).then(|| f64::from_bits(((bits >> 2) as u64).swap_bytes()))
}

fn kind_v2(dtype: &str) -> (Kind, usize) {
    let mut chars = dtype.chars();
    let (_, kind) = (chars.next(), chars.next().unwrap_or(' '));
    sized(kind, chars.as_str().parse().unwrap_or(0))
}

fn kind_v3(name: &str) -> (Kind, usize) {
    let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let bits: u8 = digits.parse().unwrap_or(0);
    let kind = match &name[..name.len() - digits.len()] {
        "int" => 'i',
        "uint" => 'u',
        "float" => 'f',
        _ => ' ',
    };
    sized(kind, bits / 8)
}

fn sized(kind: char, bytes: u8) -> (Kind, usize) {
    let kind = match (kind, bytes) {
        ('i', 1 | 2 | 4 | 8) => Kind::Signed(bytes),
        ('u', 1 | 2 | 4 | 8) => Kind::Unsigned(bytes),
        ('f', 4) => Kind::F32,
        ('f', 8) => Kind::F64,
        _ => return (Kind::Other, 1),
    };
    (kind, usize::from(bytes))
}

/// JSON as Python writes it: also with `NaN` and `Infinity`, which become words.
pub fn json(bytes: &[u8]) -> Result<Json, String> {
    serde_json::from_slice(bytes).or_else(|e| {
        let text = String::from_utf8_lossy(bytes);
        let mut out = String::new();
        // Every second piece is the inside of a string; an escaped quotation mark ends none.
        let mut inside = false;
        let mut rest = text.as_ref();
        while let Some(at) = rest.find('"') {
            let (piece, after) = rest.split_at(at);
            let escaped = inside && (piece.len() - piece.trim_end_matches('\\').len()) % 2 == 1;
            if inside {
                out.push_str(piece)
            } else {
                out.push_str(&quoted(piece))
            }
            out.push('"');
            inside ^= !escaped;
            rest = &after[1..];
        }
        out.push_str(&quoted(rest));
        serde_json::from_str(&out).map_err(|_| e.to_string())
    })
}

fn quoted(piece: &str) -> String {
    piece.replace("-Infinity", "\"-inf\"").replace("Infinity", "\"inf\"").replace("NaN", "\"NaN\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fill_values_as_they_are_written() {
        let n = |text: &str, size| number(&serde_json::from_str(text).unwrap(), size).unwrap();
        assert_eq!(n("-32767", 2), -32_767.0);
        assert!(n("\"NaN\"", 4).is_nan() && n("\"0x7fc00000\"", 4).is_nan() && n("\"0x7ff8000000000000\"", 8).is_nan());
        assert_eq!(n("\"-Infinity\"", 8), f64::NEG_INFINITY);
        // As `base64.b64encode(struct.pack("<d", v))` gives them.
        assert!(float_of_base64("AAAAAAAA+H8=").unwrap().is_nan());
        assert_eq!(float_of_base64("AAAAAAA4j8A="), Some(-999.0));
        assert_eq!((float_of_base64("-999"), float_of_base64("")), (None, None));
    }

    #[test]
    fn json_of_python() {
        let v = json(br#"{"a": NaN, "b": [-Infinity, 1], "c": "NaN \"Infinity\""}"#).unwrap();
        assert_eq!(v.to_string(), r#"{"a":"NaN","b":["-inf",1],"c":"NaN \"Infinity\""}"#);
        assert!(json(b"{\"a\": }").is_err());
    }

    #[test]
    fn what_is_not_read_says_so() {
        let array = |more: &str| {
            let text = format!(
                r#"{{"shape": [4], "data_type": "float32", "chunk_grid": {{"name": "regular", "configuration": {{"chunk_shape": [2]}}}},
                "chunk_key_encoding": {{"name": "default"}}, "fill_value": 0, {more}}}"#
            );
            v3("u", &serde_json::from_str(&text).unwrap()).unwrap().chunks
        };
        assert!(array(r#""codecs": [{"name": "bytes"}]"#).is_ok());
        let e = array(r#""codecs": [{"name": "bytes"}, {"name": "zfp"}]"#).unwrap_err();
        assert!(e.contains("\"zfp\", which is not read; blosc, zstd, gzip"), "{e}");
        let e = array(r#""codecs": [{"name": "bytes"}], "storage_transformers": [{"name": "x"}]"#).unwrap_err();
        assert!(e.contains("storage transformers"), "{e}");
        let e =
            array(r#""codecs": [{"name": "sharding_indexed", "configuration": {"chunk_shape": [3]}}]"#).unwrap_err();
        assert!(e.contains("no whole number of chunks"), "{e}");
        let v2 = |compressor: &str| {
            let text = format!(
                r#"{{"shape": [4], "chunks": [2], "dtype": "<f4", "compressor": {compressor}, "fill_value": null}}"#
            );
            v2("u", &serde_json::from_str(&text).unwrap(), None).unwrap().chunks
        };
        assert!(v2(r#"{"id": "bz2"}"#).unwrap_err().contains("\"bz2\", which is not read"));
        assert!(v2("null").is_ok());
    }
}
