//! The messages of a file: where each stands, what it holds, and its values when they are asked for.

use super::grid::{self, Order, Shape};
use super::param::{self, Part};
use crate::error::{Fault, ReadError};
use grib::def::grib2::{ProductDefinitionTemplate as Product, Section4Payload};
use plimsoll_core::time::Utc;
use plimsoll_sea::field::Quantity;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// One field of one message.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: String,
    pub quantity: Quantity,
    pub part: Part,
    pub surface: u8,
    /// Height or depth of the surface, m; not a number where it has none.
    pub height_m: f64,
    pub time: Utc,
    /// Member of an ensemble, with its type; 0 for none.
    pub member: u64,
    /// The definition of the grid as it stands in the file: the same bytes, the same grid.
    pub grid: Vec<u8>,
    /// The grid understood, or why not.
    pub shape: Result<Shape, Fault>,
    /// How the values follow each other.
    pub order: Order,
    /// Where the message begins.
    offset: u64,
    /// Its length.
    length: u64,
    /// Which of the message's fields.
    field: usize,
}

/// What a scan found.
pub struct Found {
    pub entries: Vec<Entry>,
    /// Names of what is of no use.
    pub others: Vec<String>,
}

/// The longest message that is read: a global field at a twelfth of a degree, unpacked, has 70 MB.
const LONGEST: u64 = 512 << 20;
/// The longest section that describes something.
const LONGEST_SECTION: u64 = 1 << 20;

/// Reads what describes each message and steps over the values.
pub fn scan(path: &Path) -> Result<Found, ReadError> {
    let io = |why| ReadError::Io { file: path.to_owned(), why };
    let file = File::open(path).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    let mut input = BufReader::with_capacity(1 << 14, file);
    let mut found = Found { entries: Vec::new(), others: Vec::new() };
    let mut others = BTreeSet::new();
    let mut offset = 0;
    while offset < size {
        let (head, length) = head(path, &mut input, offset, size)?;
        let fields = guard(path, || describe(&head))?;
        for (field, d) in fields.into_iter().enumerate() {
            match d {
                Ok(d) => found.entries.push(Entry { offset, length, field, ..d }),
                Err(other) => {
                    others.insert(other);
                }
            }
        }
        offset += length;
    }
    found.others = others.into_iter().collect();
    Ok(found)
}

/// A message without its values and bit maps, of the length that it then has, and the length that it had.
fn head(path: &Path, input: &mut BufReader<File>, offset: u64, size: u64) -> Result<(Vec<u8>, u64), ReadError> {
    let io = |why| ReadError::Io { file: path.to_owned(), why };
    let cut = |what: &str| ReadError::damaged(path, &format_args!("{what} in the message at byte {offset}"));
    let take = |input: &mut BufReader<File>, n: u64| -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        input.take(n).read_to_end(&mut bytes).map_err(io)?;
        if bytes.len() as u64 == n { Ok(bytes) } else { Err(cut("the end comes too soon")) }
    };
    input.seek(SeekFrom::Start(offset)).map_err(io)?;
    let mut out = take(input, 16)?;
    if out[..4] != *b"GRIB" {
        return Err(cut("there is no GRIB where one should begin, nor"));
    }
    if out[7] != 2 {
        let what = format!("GRIB edition {} is not read; convert with `grib_set -s edition=2`", out[7]);
        return Err(ReadError::Unsupported { file: path.to_owned(), what });
    }
    let length = u64::from_be_bytes(out[8..16].try_into().unwrap_or_default());
    if length < 20 || length > size - offset {
        return Err(cut("a length beyond the end of the file"));
    }
    let mut at = 16;
    loop {
        let start = take(input, 4)?;
        if start == *b"7777" {
            out.extend(start);
            break;
        }
        let section = u64::from(u32::from_be_bytes(start.clone().try_into().unwrap_or_default()));
        let number = take(input, 1)?;
        at += section;
        if section < 5 || at + 4 > length {
            return Err(cut("a section of an impossible length"));
        }
        match number[0] {
            // No bit map, no values: not read here.
            6 => out.extend([0, 0, 0, 6, 6, 255]),
            7 => out.extend([0, 0, 0, 5, 7]),
            // Only local use has no place in what is understood.
            2 => {}
            _ if section > LONGEST_SECTION => return Err(cut("a section of an impossible length")),
            _ => {
                out.extend(start);
                out.extend(&number);
                out.extend(take(input, section - 5)?);
            }
        }
        if matches!(number[0], 2 | 6 | 7) {
            input.seek_relative(i64::try_from(section - 5).unwrap_or(0)).map_err(io)?;
        }
    }
    let shortened = (out.len() as u64).to_be_bytes();
    out[8..16].copy_from_slice(&shortened);
    Ok((out, length))
}

/// Each field of a message: an entry, or the name of what is of no use.
type Described = Vec<Result<Entry, String>>;

fn describe(head: &[u8]) -> Result<Described, String> {
    let message = grib::from_bytes(head).map_err(|e| e.to_string())?;
    let mut out = Vec::new();
    for (_, sub) in message.iter() {
        let discipline = sub.indicator().discipline;
        let section4 = sub.section4().map_err(|e| e.to_string())?.payload;
        out.push(match product(discipline, &section4) {
            Err(name) => Err(name),
            Ok((name, quantity, part, surface, height_m, member)) => {
                let section3 = sub.section3().map_err(|e| e.to_string())?;
                let (shape, order) = grid::of(&section3.payload.template);
                let time = sub.temporal_info().forecast_time_target.map(|t| t.timestamp_millis());
                let time = time.and_then(Utc::from_millis).ok_or("its time is none")?;
                let grid = format!("{:?}", section3.payload).into_bytes();
                let (offset, length, field) = (0, 0, 0);
                Ok(Entry {
                    name,
                    quantity,
                    part,
                    surface,
                    height_m,
                    time,
                    member,
                    grid,
                    shape,
                    order,
                    offset,
                    length,
                    field,
                })
            }
        });
    }
    Ok(out)
}

type Meant = (String, Quantity, Part, u8, f64, u64);

/// What a product is; its name where it is of no use: another quantity, or a mean or maximum over a time.
fn product(discipline: u8, p: &Section4Payload) -> Result<Meant, String> {
    let (param, horizontal, member) = match &p.template {
        Product::_4_0(t) => (&t.param, &t.horizontal, 0),
        Product::_4_1(t) => {
            let e = &t.emsemble_forecast;
            (&t.param, &t.horizontal, 1 + 256 * u64::from(e.ensemble_forecast_type) + u64::from(e.perturbation_num))
        }
        Product::_4_8(t) => {
            return Err(format!("{discipline}.{}.{} over a time", t.param.category, t.param.num));
        }
        _ => return Err(format!("product template {}", p.template_num)),
    };
    let number = format!("{discipline}.{}.{}", param.category, param.num);
    let (name, quantity, part) = param::meaning(discipline, param.category, param.num).ok_or_else(|| number.clone())?;
    let surface = &horizontal.first_surface;
    let value = &surface.value;
    // All bits set: "missing", read as a number of sign and size.
    let missing = value.scaled_value.unsigned_abs() >= i32::MAX.unsigned_abs();
    let shift = plimsoll_core::maths::pow(10.0, -f64::from(value.scale_factor));
    let height = if missing { f64::NAN } else { f64::from(value.scaled_value) * shift };
    Ok((format!("{number} {name}"), quantity, part, surface.surface_type, height, member))
}

/// The values of an entry in the file's order, `NaN` where there is none; as many as the grid has nodes.
pub fn values(path: &Path, entry: &Entry, count: usize) -> Result<Vec<f32>, ReadError> {
    let io = |why| ReadError::Io { file: path.to_owned(), why };
    if entry.length > LONGEST {
        let what = format!("a message of {} bytes is longer than is read ({LONGEST})", entry.length);
        return Err(ReadError::Unsupported { file: path.to_owned(), what });
    }
    let mut file = File::open(path).map_err(io)?;
    file.seek(SeekFrom::Start(entry.offset)).map_err(io)?;
    let mut bytes = Vec::new();
    file.take(entry.length).read_to_end(&mut bytes).map_err(io)?;
    super::sane::check(&bytes, entry.field, count).map_err(|what| ReadError::damaged(path, &what))?;
    let values = guard(path, || {
        let message = grib::from_bytes(&bytes).map_err(|e| e.to_string())?;
        let (_, sub) = message.iter().nth(entry.field).ok_or("a field is missing")?;
        let decoder = grib::Grib2SubmessageDecoder::from(sub).map_err(|e| e.to_string())?;
        let values = decoder.dispatch().map_err(|e| e.to_string())?;
        Ok(values.take(count + 1).collect::<Vec<f32>>())
    })?;
    if values.len() != count {
        let what = format!("{} has {} values where its grid has {count} nodes", entry.name, values.len());
        return Err(ReadError::damaged(path, &what));
    }
    Ok(values)
}

fn guard<T>(path: &Path, read: impl FnOnce() -> Result<T, String>) -> Result<T, ReadError> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(what)) => Err(ReadError::damaged(path, &what)),
        Err(_) => Err(ReadError::damaged(path, &"its structure makes no sense")),
    }
}
