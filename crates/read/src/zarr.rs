//! Zarr, editions 2 and 3: a folder of arrays cut into chunks, one file for each or many in a shard.
//!
//! Only the chunks are read that a frame needs. A chunk that is not there holds no values of a field, as if it had not come
//! with the copy; in a coordinate it holds the fill value, since writers leave out what equals it.

mod blosc;
mod codec;
mod meta;

use crate::cf::plan::{Target, Unpacking};
use crate::cf::variable::{Kind, LARGEST_BYTES, Store, Variable, coordinate_fits};
use crate::error::ReadError;
use meta::{Array, Chunks, Shard};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Unpacked chunks that are kept: those of two frames of a regional model, also where a chunk spans many times.
const CACHE_BYTES: usize = 64 << 20;
/// Files that tell of a store at its root.
const ROOTS: [&str; 4] = ["zarr.json", ".zmetadata", ".zgroup", ".zarray"];

/// Whether a folder is a store.
pub fn is_store(folder: &Path) -> bool {
    ROOTS.iter().any(|name| folder.join(name).is_file())
}

/// An open store.
pub struct Zarr {
    path: PathBuf,
    edition: u64,
    arrays: Vec<Array>,
    variables: Vec<Variable>,
    cache: Mutex<Vec<Kept>>,
}

/// A chunk that was unpacked: which array, which chunk, its bytes.
type Kept = (usize, Vec<u64>, Arc<Vec<u8>>);

impl Zarr {
    /// Opens a store and reads what describes its arrays.
    ///
    /// # Errors
    /// [`ReadError`]: not there, damaged, or of a kind that is not read.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let damaged = |what: String| ReadError::damaged(path, &what);
        let root = described(path, &path.join("zarr.json"))?;
        let (edition, arrays) = match root {
            Some(root) => (3, edition_3(path, &root)?),
            None => (2, edition_2(path)?),
        };
        let arrays = arrays
            .into_iter()
            .map(|(name, array)| array.map_err(|what| damaged(format!("{name}: {what}"))))
            .collect::<Result<Vec<Array>, _>>()?;
        let variables: Vec<Variable> = arrays.iter().map(|a| a.variable.clone()).collect();
        one_length(&variables).map_err(damaged)?;
        Ok(Self { path: path.to_owned(), edition, arrays, variables, cache: Mutex::default() })
    }

    /// The numbers of a part of an array, as stored, in the order of its dimensions; `absent` where there is no chunk.
    fn part(&self, index: usize, selection: &[Range<u64>], absent: f64) -> Result<Vec<f64>, ReadError> {
        let array = &self.arrays[index];
        let chunks = array.chunks.as_ref().map_err(|what| ReadError::Unsupported {
            file: self.path.clone(),
            what: format!("{}: {what}", array.variable.name()),
        })?;
        let lengths: Vec<u64> = selection.iter().map(|r| r.end.saturating_sub(r.start)).collect();
        let count = lengths.iter().try_fold(8_u64, |n, l| n.checked_mul(*l)).unwrap_or(u64::MAX) / 8;
        if count > 2 * LARGEST_BYTES as u64 / array.size as u64 {
            return Err(ReadError::damaged(&self.path, &format_args!("{} is too large", array.variable.name())));
        }
        let mut out = vec![absent; count as usize];
        let touched: Vec<Range<u64>> = selection
            .iter()
            .zip(&chunks.shape)
            .map(|(r, c)| if r.is_empty() { 0..0 } else { r.start / c..(r.end - 1) / c + 1 })
            .collect();
        let mut fault = None;
        each(&touched, |at| {
            if fault.is_none() {
                match self.chunk(index, chunks, at) {
                    Ok(Some(bytes)) => copy(array, chunks, at, &bytes, selection, &mut out),
                    Ok(None) => {}
                    Err(e) => fault = Some(e),
                }
            }
        });
        fault.map_or(Ok(out), Err)
    }

    /// An unpacked chunk; `None` where it was not written.
    fn chunk(&self, index: usize, chunks: &Chunks, at: &[u64]) -> Result<Option<Arc<Vec<u8>>>, ReadError> {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(i) = cache.iter().position(|(a, c, _)| *a == index && c == at) {
            let kept = cache.remove(i);
            let bytes = Arc::clone(&kept.2);
            cache.push(kept);
            return Ok(Some(bytes));
        }
        drop(cache);
        let array = &self.arrays[index];
        let shards: Vec<u64> = match &chunks.shard {
            Some(s) => at.iter().zip(&s.chunks).map(|(a, n)| a / n).collect(),
            None => at.to_vec(),
        };
        let key = chunks.key(&shards);
        let file = self.path.join(array.variable.name()).join(&key);
        let damaged =
            |what: &str| ReadError::damaged(&self.path, &format_args!("{}/{key}: {what}", array.variable.name()));
        let packed = match packed(&file, chunks.shard.as_ref(), at) {
            Ok(Some(Ok(packed))) => packed,
            Ok(Some(Err(what))) => return Err(damaged(&what)),
            Ok(None) => return Ok(None),
            Err(why) => return Err(ReadError::Io { file, why }),
        };
        let size = array.size * chunks.shape.iter().product::<u64>() as usize;
        let bytes = catch_unwind(AssertUnwindSafe(|| codec::decode(&chunks.codecs, packed, size)))
            .unwrap_or_else(|_| Err("its structure makes no sense".into()))
            .map_err(|what| damaged(&what))?;
        if bytes.len() != size {
            return Err(damaged(&format!("it unpacks to {} bytes, not {size}", bytes.len())));
        }
        let bytes = Arc::new(bytes);
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.push((index, at.to_vec(), Arc::clone(&bytes)));
        while cache.len() > 1 && cache.iter().map(|k| k.2.len()).sum::<usize>() > CACHE_BYTES {
            cache.remove(0);
        }
        Ok(Some(bytes))
    }

    fn index(&self, variable: &Variable) -> Result<usize, ReadError> {
        let found = self.variables.iter().position(|v| v.name == variable.name);
        found.ok_or_else(|| ReadError::damaged(&self.path, &variable.name))
    }

    /// A part of a coordinate, unpacked.
    fn coordinate(&self, variable: &Variable, selection: &[Range<u64>]) -> Result<Vec<f64>, ReadError> {
        let index = self.index(variable)?;
        let stored = self.part(index, selection, self.arrays[index].fill)?;
        // A fill value of nought is what writers take where none was asked for: in a coordinate it is a number.
        let unwritten = variable.unwritten.filter(|u| *u != 0.0);
        let unpacking = Unpacking::of(&Variable { unwritten, ..variable.clone() })
            .map_err(|fault| ReadError::variable(&self.path, variable.name(), fault))?;
        Ok(stored.into_iter().map(|v| unpacking.number(v)).collect())
    }
}

impl Store for Zarr {
    fn path(&self) -> &Path {
        &self.path
    }

    fn format(&self) -> &'static str {
        if self.edition == 2 { "Zarr 2" } else { "Zarr 3" }
    }

    fn variables(&self) -> &[Variable] {
        &self.variables
    }

    fn numbers(&self, variable: &Variable) -> Result<Vec<f64>, ReadError> {
        coordinate_fits(self, variable)?;
        let whole: Vec<Range<u64>> = variable.dimensions().iter().map(|d| 0..d.size).collect();
        self.coordinate(variable, &whole)
    }

    fn number_at(&self, variable: &Variable, index: &[u64]) -> Result<f64, ReadError> {
        let one: Vec<Range<u64>> = index.iter().map(|i| *i..*i + 1).collect();
        Ok(self.coordinate(variable, &one)?.first().copied().unwrap_or(f64::NAN))
    }

    fn slab(
        &self,
        variable: &Variable,
        selection: &[Range<u64>],
        unpacking: &Unpacking,
        target: &mut Target<'_>,
    ) -> Result<usize, ReadError> {
        let values = self.part(self.index(variable)?, selection, f64::NAN)?;
        let inner = target.inner.max(1);
        values.chunks(inner).enumerate().for_each(|(j, run)| target.run(j, run.iter().copied(), unpacking));
        Ok(values.len())
    }
}

/// A description, where the file is there.
fn described(store: &Path, file: &Path) -> Result<Option<Json>, ReadError> {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(why) => return Err(ReadError::Io { file: file.to_owned(), why }),
    };
    let name = file.strip_prefix(store).unwrap_or(file);
    let json = meta::json(&bytes);
    json.map(Some).map_err(|e| ReadError::damaged(store, &format_args!("{}: {e}", name.display())))
}

/// Arrays that share a dimension are equally long along it: after a write that was broken off they are not.
fn one_length(variables: &[Variable]) -> Result<(), String> {
    let mut lengths: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
    for v in variables {
        for d in v.dimensions() {
            let (size, first) = *lengths.entry(&d.name).or_insert((d.size, v.name()));
            if size != d.size {
                return Err(format!("{} has {size} entries in {first} and {} in {}", d.name, d.size, v.name()));
            }
        }
    }
    Ok(())
}

type Described = Vec<(String, Result<Array, String>)>;

fn edition_3(path: &Path, root: &Json) -> Result<Described, ReadError> {
    let kind = |v: &Json| v.get("node_type").and_then(Json::as_str).unwrap_or_default().to_owned();
    if root.get("zarr_format").and_then(Json::as_u64) != Some(3) {
        return Err(ReadError::damaged(path, &"zarr.json: it names no edition (zarr_format) that is read, 2 or 3"));
    }
    if kind(root) == "array" {
        return Err(lone(path));
    }
    let mut out = Described::new();
    if let Some(all) = root.pointer("/consolidated_metadata/metadata").and_then(Json::as_object) {
        let arrays = all.iter().filter(|(name, v)| of_root(name) && kind(v) == "array");
        out.extend(arrays.map(|(name, v)| (name.clone(), meta::v3(name, v))));
        return Ok(out);
    }
    for name in folders(path)? {
        if let Some(v) = described(path, &path.join(&name).join("zarr.json"))?.filter(|v| kind(v) == "array") {
            let array = meta::v3(&name, &v);
            out.push((name, array));
        }
    }
    Ok(out)
}

fn edition_2(path: &Path) -> Result<Described, ReadError> {
    let mut out = Described::new();
    if let Some(all) = described(path, &path.join(".zmetadata"))? {
        let all = all.get("metadata").and_then(Json::as_object).cloned().unwrap_or_default();
        for (key, array) in &all {
            if let Some(name) = key.strip_suffix("/.zarray").filter(|n| of_root(n)) {
                out.push((name.to_owned(), meta::v2(name, array, all.get(&format!("{name}/.zattrs")))));
            }
        }
        return Ok(out);
    }
    if path.join(".zarray").is_file() {
        return Err(lone(path));
    }
    for name in folders(path)? {
        if let Some(array) = described(path, &path.join(&name).join(".zarray"))? {
            let own = described(path, &path.join(&name).join(".zattrs"))?;
            let array = meta::v2(&name, &array, own.as_ref());
            out.push((name, array));
        }
    }
    Ok(out)
}

fn lone(path: &Path) -> ReadError {
    let what = "this is one array of a Zarr store, without its coordinates; name the store, the folder above it".into();
    ReadError::Unsupported { file: path.to_owned(), what }
}

/// An array of the root itself, whose name is one folder below it.
fn of_root(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\']) && name != ".."
}

/// Names of the folders within, in order.
fn folders(path: &Path) -> Result<Vec<String>, ReadError> {
    let io = |why| ReadError::Io { file: path.to_owned(), why };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path).map_err(io)? {
        let entry = entry.map_err(io)?;
        if entry.path().is_dir() {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    names.sort();
    Ok(names)
}

impl Chunks {
    /// The file of a chunk, or of a shard, below the folder of its array.
    fn key(&self, at: &[u64]) -> String {
        let numbers = at.iter().map(u64::to_string);
        let all: Vec<String> =
            (!self.prefix.is_empty()).then(|| self.prefix.to_owned()).into_iter().chain(numbers).collect();
        // An array without dimensions has one chunk.
        if all.is_empty() { "0".to_owned() } else { all.join(&self.separator) }
    }
}

/// The bytes of a chunk as the file keeps them; `None` where it was not written, a sentence where the file makes no sense.
fn packed(file: &Path, shard: Option<&Shard>, at: &[u64]) -> std::io::Result<Option<Result<Vec<u8>, String>>> {
    let absent = |e: &std::io::Error| matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
    let mut open = match std::fs::File::open(file) {
        Ok(open) => open,
        Err(e) if absent(&e) => return Ok(None),
        Err(e) => return Err(e),
    };
    let most = 2 * LARGEST_BYTES as u64;
    let end = open.metadata()?.len();
    let mut out = Vec::new();
    let Some(shard) = shard else {
        if end > most {
            return Ok(Some(Err(format!("it has {end} bytes"))));
        }
        open.read_to_end(&mut out)?;
        return Ok(Some(Ok(out)));
    };
    let count: u64 = shard.chunks.iter().product();
    let check = if shard.list_checked { 4 } else { 0 };
    let length = 16 * count + check;
    if length > end || length > most {
        return Ok(Some(Err("it is shorter than its list of chunks".into())));
    }
    open.seek(SeekFrom::Start(if shard.list_at_end { end - length } else { 0 }))?;
    (&mut open).take(length).read_to_end(&mut out)?;
    if shard.list_checked
        && let Err(what) = codec::Codec::Crc32c.decode(out.clone(), out.len())
    {
        return Ok(Some(Err(what)));
    }
    let place = at.iter().zip(&shard.chunks).fold(0, |n, (a, c)| n * c + a % c) as usize;
    let word = |k: usize| out[8 * k..].first_chunk::<8>().map_or(u64::MAX, |b| u64::from_le_bytes(*b));
    let (from, bytes) = (word(2 * place), word(2 * place + 1));
    if (from, bytes) == (u64::MAX, u64::MAX) {
        return Ok(None);
    }
    if from.checked_add(bytes).is_none_or(|to| to > end) || bytes > most {
        return Ok(Some(Err("its list of chunks points beyond its end".into())));
    }
    open.seek(SeekFrom::Start(from))?;
    out.clear();
    open.take(bytes).read_to_end(&mut out)?;
    Ok(Some(Ok(out)))
}

/// Calls `f` with every index within the ranges, the last running fastest.
fn each(ranges: &[Range<u64>], mut f: impl FnMut(&[u64])) {
    if ranges.iter().any(Range::is_empty) {
        return;
    }
    let mut at: Vec<u64> = ranges.iter().map(|r| r.start).collect();
    loop {
        f(&at);
        let Some(k) = (0..at.len()).rev().find(|k| at[*k] + 1 < ranges[*k].end) else { return };
        at[k] += 1;
        for j in k + 1..at.len() {
            at[j] = ranges[j].start;
        }
    }
}

/// Copies what a chunk holds of the selection.
fn copy(array: &Array, chunks: &Chunks, at: &[u64], bytes: &[u8], selection: &[Range<u64>], out: &mut [f64]) {
    let dimensions = at.len();
    // Numbers between neighbours along each dimension: in the chunk as stored, and in the selection.
    let (mut inside, mut beside) = (vec![1_usize; dimensions], vec![1_usize; dimensions]);
    let mut step = 1;
    for d in chunks.order.iter().rev() {
        inside[*d] = step;
        step *= chunks.shape[*d] as usize;
    }
    step = 1;
    for d in (0..dimensions).rev() {
        beside[d] = step;
        step *= (selection[d].end - selection[d].start) as usize;
    }
    let shared: Vec<Range<u64>> = (0..dimensions)
        .map(|d| {
            let from = at[d] * chunks.shape[d];
            selection[d].start.max(from)..selection[d].end.min(from + chunks.shape[d])
        })
        .collect();
    let place = |node: &[u64], d: usize| {
        let from = at[d] * chunks.shape[d];
        ((node[d] - from) as usize * inside[d], (node[d] - selection[d].start) as usize * beside[d])
    };
    // The last dimension is walked here, the others by `each`.
    let Some(last) = dimensions.checked_sub(1) else {
        out[0] = number(array, bytes, 0);
        return;
    };
    let run = shared[last].clone();
    let mut rows = shared;
    rows[last] = run.start..run.start + 1;
    each(&rows, |node| {
        let (mut from, mut to) = (0, 0);
        for d in 0..dimensions {
            let (a, b) = place(node, d);
            from += a;
            to += b;
        }
        for k in 0..(run.end - run.start) as usize {
            out[to + k] = number(array, bytes, from + k * inside[last]);
        }
    });
}

/// The `i`-th number of a chunk.
#[inline]
fn number(array: &Array, bytes: &[u8], i: usize) -> f64 {
    let at = &bytes[i * array.size..(i + 1) * array.size];
    let mut word = [0; 8];
    for (k, byte) in at.iter().enumerate() {
        word[if array.big_endian { array.size - 1 - k } else { k }] = *byte;
    }
    let word = u64::from_le_bytes(word);
    match array.variable.kind {
        Kind::F32 => f64::from(f32::from_bits(word as u32)),
        Kind::F64 => f64::from_bits(word),
        Kind::Signed(bytes) => {
            let spare = 64 - 8 * u32::from(bytes);
            (((word << spare) as i64) >> spare) as f64
        }
        Kind::Unsigned(_) => word as f64,
        Kind::Other => f64::NAN,
    }
}
