//! Tracks as CF trajectories in NetCDF (classic): `lon`, `lat` and `status` by particle and output time, as xarray, TrajAn and
//! OpenDrift read them.
//!
//! CF 1.11, H.4.1: all tracks share their times, so time is a coordinate and not a variable of two dimensions. Nothing is
//! packed: a file is written at the speed of memory, and 10,000 particles over 24 hours take 2.5 MB.
//!
//! OpenDrift wants `lon` and `lat` among the data; xarray would take them out from there if `status` named them in an attribute
//! `coordinates`, as CF has it. So it does not, which is how OpenDrift writes its own files and TrajAn reads them.

use netcdf_writer::{Error, NcAttrValue, NcFileBuilder, NcWriteOptions, VariableId};
use plimsoll_case::answer::tracks::{TrackStatus, Tracks};
use std::io::Write;
use thiserror::Error;

/// Why there is no file.
#[derive(Debug, Error)]
pub enum TrajectoryError {
    /// Slices that do not fit each other: a fault of the caller.
    #[error("{what}: {given} where there should be {wanted}")]
    Shape {
        /// Which slices.
        what: &'static str,
        /// How many entries there are.
        given: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// More than is held at once. Larger runs keep summaries.
    #[error(
        "{particles} particles at {times} times need {bytes} bytes; at most {MOST_BYTES} are written to one file: take fewer particles or output times, or the summary alone"
    )]
    TooLarge {
        /// How many particles.
        particles: usize,
        /// How many output times.
        times: usize,
        /// What they need.
        bytes: u64,
    },
    /// The library would not have it.
    #[error("the tracks could not be written: {0}")]
    Writer(#[from] Error),
}

/// The writer holds a file in memory before it writes.
const MOST_BYTES: u64 = 1 << 30;

/// Stands for "no position".
const FILL: f32 = f32::NAN;

/// Writes the tracks.
///
/// # Errors
/// [`TrajectoryError`]: slices of unequal length, more than 1 GiB, or a disk that is full.
pub fn write(tracks: &Tracks<'_>, out: &mut impl Write) -> Result<(), TrajectoryError> {
    let (particles, times) = (tracks.released.len(), tracks.times.len());
    check(tracks, particles, times)?;
    let mut b = NcFileBuilder::new();
    for (name, value) in global(tracks) {
        b.add_attribute(name, NcAttrValue::Chars(value))?;
    }
    let trajectory = b.add_dimension("trajectory", particles as u64)?;
    let time = b.add_dimension("time", times as u64)?;

    let id = b.add_variable::<i32>("trajectory", &[trajectory])?;
    texts(&mut b, id, &[("cf_role", "trajectory_id"), ("long_name", "number of the particle, from 0")])?;
    b.write_variable(id, &(0..particles).map(|i| i32::try_from(i).unwrap_or(i32::MAX)).collect::<Vec<_>>())?;

    let since = "seconds since 1970-01-01 00:00:00";
    let seconds = |t: &plimsoll_core::time::Utc| t.millis() as f64 / 1000.0;
    let t = b.add_variable::<f64>("time", &[time])?;
    texts(&mut b, t, &[("standard_name", "time"), ("units", since), ("calendar", "standard"), ("axis", "T")])?;
    b.write_variable(t, &tracks.times.iter().map(seconds).collect::<Vec<_>>())?;

    let released = b.add_variable::<f64>("release_time", &[trajectory])?;
    let long = ("long_name", "when the particle entered the water");
    texts(&mut b, released, &[("units", since), ("calendar", "standard"), long])?;
    b.write_variable(released, &tracks.released.iter().map(seconds).collect::<Vec<_>>())?;

    // Frames hold a particle after the other; a file of tracks holds a time after the other.
    let mut column = vec![FILL; particles * times];
    for (name, standard, unit, axis) in
        [("lon", "longitude", "degrees_east", "X"), ("lat", "latitude", "degrees_north", "Y")]
    {
        for (k, frame) in tracks.frames.iter().enumerate() {
            let values = if axis == "X" { frame.lon_deg } else { frame.lat_deg };
            for (slot, value) in column[k..].iter_mut().step_by(times).zip(values) {
                *slot = *value;
            }
        }
        let v = b.add_variable::<f32>(name, &[trajectory, time])?;
        texts(&mut b, v, &[("standard_name", standard), ("units", unit), ("axis", axis)])?;
        b.set_variable_fill_value(v, FILL)?;
        b.write_variable(v, &column)?;
    }

    for (slot, i) in column.iter_mut().zip(0..) {
        let (particle, k) = (i / times, i % times);
        let age = tracks.times[k].seconds_since(tracks.released[particle]);
        *slot = if age < 0.0 { FILL } else { age as f32 };
    }
    let age = b.add_variable::<f32>("age_seconds", &[trajectory, time])?;
    texts(&mut b, age, &[("units", "s"), ("long_name", "time since the particle entered the water")])?;
    b.set_variable_fill_value(age, FILL)?;
    b.write_variable(age, &column)?;

    let mut status = vec![0_i8; particles * times];
    for (k, frame) in tracks.frames.iter().enumerate() {
        for (slot, value) in status[k..].iter_mut().step_by(times).zip(frame.status) {
            *slot = i8::try_from(*value).unwrap_or(i8::MAX);
        }
    }
    let s = b.add_variable::<i8>("status", &[trajectory, time])?;
    let meanings = TrackStatus::ALL.map(|(_, name)| name).join(" ");
    texts(&mut b, s, &[("long_name", "what happened to the particle"), ("flag_meanings", &meanings)])?;
    let flags = TrackStatus::ALL.iter().map(|(s, _)| *s as i8).collect();
    b.add_variable_attribute(s, "flag_values", NcAttrValue::Bytes(flags))?;
    b.write_variable(s, &status)?;

    b.write(out, NcWriteOptions::default())?;
    Ok(())
}

/// Slices that fit each other, and no more than is held at once.
pub(super) fn check(tracks: &Tracks<'_>, particles: usize, times: usize) -> Result<(), TrajectoryError> {
    let same = |what, given, wanted| {
        if given == wanted { Ok(()) } else { Err(TrajectoryError::Shape { what, given, wanted }) }
    };
    same("frames of tracks", tracks.frames.len(), times)?;
    for f in tracks.frames {
        same("longitudes of a frame", f.lon_deg.len(), particles)?;
        same("latitudes of a frame", f.lat_deg.len(), particles)?;
        same("statuses of a frame", f.status.len(), particles)?;
        same("parts of a frame", f.part.len(), particles)?;
    }
    let bytes = 13 * particles as u64 * times as u64 + 12 * particles as u64;
    if bytes > MOST_BYTES {
        return Err(TrajectoryError::TooLarge { particles, times, bytes });
    }
    Ok(())
}

fn texts(b: &mut NcFileBuilder, v: VariableId, list: &[(&str, &str)]) -> Result<(), Error> {
    list.iter().try_for_each(|(k, t)| b.add_variable_attribute(v, *k, NcAttrValue::Chars((*t).to_owned())))
}

/// What the tracks came from, by the names under which files hold it.
pub(super) fn provenance(tracks: &Tracks<'_>) -> Vec<(&'static str, String)> {
    vec![
        ("title", format!("Drift of {} particles: {}", tracks.released.len(), tracks.object)),
        ("source", format!("plimsoll {}", tracks.version)),
        ("plimsoll_version", tracks.version.to_owned()),
        ("plimsoll_digest", tracks.digest.to_owned()),
        ("plimsoll_seed", tracks.seed.to_string()),
        ("plimsoll_object", tracks.object.to_owned()),
        ("plimsoll_sources", tracks.sources.join("; ")),
    ]
}

fn global(tracks: &Tracks<'_>) -> Vec<(&'static str, String)> {
    let own = |(name, value): (&'static str, &str)| (name, value.to_owned());
    let mut all: Vec<_> = [("Conventions", "CF-1.11"), ("featureType", "trajectory")].map(own).into();
    all.extend(provenance(tracks));
    // By these OpenDrift knows with what to open the file.
    let class = [("opendrift_module", "opendrift.models.oceandrift"), ("opendrift_class", "OceanDrift")];
    all.extend(class.map(own));
    all.push(("time_step_calculation", days_and_clock(tracks.step_s)));
    all.push(("time_step_output", days_and_clock(output_s(tracks))));
    all
}

/// Seconds between outputs; 0 where there is one.
fn output_s(tracks: &Tracks<'_>) -> f64 {
    match tracks.times {
        [first, second, ..] => second.seconds_since(*first),
        _ => 0.0,
    }
}

/// "1 day, 6:00:00", as Python writes a duration and OpenDrift reads it; a duration backward is told by its length.
fn days_and_clock(seconds: f64) -> String {
    let s = seconds.abs().round() as u64;
    let (days, clock) = (s / 86_400, format!("{}:{:02}:{:02}", s / 3600 % 24, s / 60 % 60, s % 60));
    match days {
        0 => clock,
        1 => format!("1 day, {clock}"),
        _ => format!("{days} days, {clock}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_python_writes_them() {
        for (s, text) in
            [(0.0, "0:00:00"), (600.0, "0:10:00"), (108_000.0, "1 day, 6:00:00"), (-172_800.0, "2 days, 0:00:00")]
        {
            assert_eq!(days_and_clock(s), text);
        }
    }
}
