//! Tracks as one tidy table in Parquet: a row for each particle at each output time from its release on, for data frames.
//!
//! What the table came from stands in the file's own key-value metadata, under the names that the NetCDF file has.

use super::trajectory::{TrajectoryError, check, provenance};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, FloatType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use plimsoll_case::answer::tracks::{TrackStatus, Tracks};
use std::io::Write;
use std::sync::Arc;
use thiserror::Error;

/// Why there is no file.
#[derive(Debug, Error)]
pub enum TableError {
    /// The tracks do not fit each other, or are too many.
    #[error(transparent)]
    Tracks(#[from] TrajectoryError),
    /// The library would not have it.
    #[error("the table could not be written: {0}")]
    Writer(#[from] ParquetError),
}

/// Columns: number of the particle from 0; instant; degrees east and north; seconds since release; what has become of it; what it
/// drifts as.
const SCHEMA: &str = "message tracks {
    required int32 particle;
    required int64 time (TIMESTAMP(MILLIS, true));
    required float lon;
    required float lat;
    required float age_s;
    required binary status (STRING);
    required binary category (STRING);
}";

/// Rows that are packed together, at least, until the last.
const GROUP: usize = 1 << 20;

/// Writes the tracks.
///
/// # Errors
/// [`TableError`]: slices of unequal length, more than a file of tracks may hold, or a disk that is full.
pub fn write(tracks: &Tracks<'_>, out: &mut (impl Write + Send)) -> Result<(), TableError> {
    check(tracks, tracks.released.len(), tracks.times.len())?;
    let metadata = provenance(tracks).into_iter().map(|(key, value)| KeyValue::new(key.to_owned(), value));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("plimsoll {}", tracks.version))
        .set_key_value_metadata(Some(metadata.collect()));
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties.build()))?;
    let statuses = TrackStatus::ALL.map(|(_, name)| ByteArray::from(name));
    let parts: Vec<ByteArray> = tracks.parts.iter().map(|p| ByteArray::from(p.as_str())).collect();
    let mut rows = Rows::default();
    for (frame, time) in tracks.frames.iter().zip(tracks.times) {
        for i in 0..tracks.released.len() {
            let status = usize::from(frame.status[i]);
            if status == TrackStatus::NotReleased as usize {
                continue;
            }
            rows.particle.push(i32::try_from(i).unwrap_or(i32::MAX));
            rows.time.push(time.millis());
            rows.lon.push(frame.lon_deg[i]);
            rows.lat.push(frame.lat_deg[i]);
            rows.age_s.push(time.seconds_since(tracks.released[i]) as f32);
            rows.status.push(statuses.get(status).cloned().unwrap_or_default());
            rows.category.push(parts.get(usize::from(frame.part[i])).cloned().unwrap_or_default());
        }
        if rows.particle.len() >= GROUP {
            rows.write(&mut file)?;
        }
    }
    rows.write(&mut file)?;
    file.close()?;
    Ok(())
}

#[derive(Default)]
struct Rows {
    particle: Vec<i32>,
    time: Vec<i64>,
    lon: Vec<f32>,
    lat: Vec<f32>,
    age_s: Vec<f32>,
    status: Vec<ByteArray>,
    category: Vec<ByteArray>,
}

impl Rows {
    /// Writes them and is empty again.
    fn write<W: Write + Send>(&mut self, file: &mut SerializedFileWriter<W>) -> Result<(), ParquetError> {
        let rows = std::mem::take(self);
        if rows.particle.is_empty() {
            return Ok(());
        }
        let mut group = file.next_row_group()?;
        column::<Int32Type, W>(&mut group, &rows.particle)?;
        column::<Int64Type, W>(&mut group, &rows.time)?;
        for values in [&rows.lon, &rows.lat, &rows.age_s] {
            column::<FloatType, W>(&mut group, values)?;
        }
        for values in [&rows.status, &rows.category] {
            column::<ByteArrayType, W>(&mut group, values)?;
        }
        group.close()?;
        Ok(())
    }
}

fn column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    column.typed::<T>().write_batch(values, None, None)?;
    column.close()
}
