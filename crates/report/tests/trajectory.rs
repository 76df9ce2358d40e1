//! A file of tracks as others read it: our reader, and xarray and TrajAn where they are.

use netcdf_reader::NcFile;
use plimsoll_case::answer::tracks::{TrackFrame, TrackStatus, Tracks};
use plimsoll_core::testkit;
use plimsoll_core::time::Utc;
use plimsoll_report::export::trajectory::{TrajectoryError, write};

/// Invented tracks: each particle goes east by a hundredth of a degree an hour, and the second strands after two.
struct Invented {
    times: Vec<Utc>,
    released: Vec<Utc>,
    lon: Vec<Vec<f32>>,
    lat: Vec<Vec<f32>>,
    status: Vec<Vec<u8>>,
    part: Vec<Vec<u16>>,
}

fn invented(particles: usize, hours: usize) -> Invented {
    let hour = |k: usize| Utc::from_millis(1_447_632_000_000 + 3_600_000 * k as i64).unwrap();
    let status = |p: usize, k: usize| match p {
        1 if k >= 2 => TrackStatus::Stranded,
        2 if k < 1 => TrackStatus::NotReleased,
        _ => TrackStatus::Active,
    };
    let lon = |p: usize, k: usize| match status(p, k) {
        TrackStatus::NotReleased => f32::NAN,
        TrackStatus::Stranded => 1.0 + 0.01 * 2.0,
        _ => 1.0 + 0.01 * k as f32,
    };
    let frame = |of: &dyn Fn(usize, usize) -> f32, k| (0..particles).map(|p| of(p, k)).collect::<Vec<f32>>();
    Invented {
        times: (0..hours).map(hour).collect(),
        released: (0..particles).map(|p| hour(usize::from(p == 2))).collect(),
        lon: (0..hours).map(|k| frame(&lon, k)).collect(),
        lat: (0..hours)
            .map(|k| frame(&|p, k| if lon(p, k).is_nan() { f32::NAN } else { 51.0 + 0.001 * (p % 7) as f32 }, k))
            .collect(),
        status: (0..hours).map(|k| (0..particles).map(|p| status(p, k) as u8).collect()).collect(),
        // The first particle is in the second part of its life from the second hour on.
        part: (0..hours).map(|k| (0..particles).map(|p| u16::from(p == 0 && k >= 2)).collect()).collect(),
    }
}

fn with_tracks<T>(i: &Invented, write: impl FnOnce(&Tracks<'_>) -> T) -> T {
    let frames: Vec<TrackFrame<'_>> = (0..i.times.len())
        .map(|k| TrackFrame { lon_deg: &i.lon[k], lat_deg: &i.lat[k], status: &i.status[k], part: &i.part[k] })
        .collect();
    let sources = ["currents.nc: u, v".to_owned(), "winds.nc: x_wind, y_wind".to_owned()];
    let parts = ["inflatable".to_owned(), "person-jacket".to_owned()];
    write(&Tracks {
        version: "0.1.0",
        seed: 7,
        digest: "abc",
        object: "person in the water",
        parts: &parts,
        sources: &sources,
        step_s: 600.0,
        times: &i.times,
        frames: &frames,
        released: &i.released,
    })
}

fn written(i: &Invented) -> Result<Vec<u8>, TrajectoryError> {
    let mut out = Vec::new();
    with_tracks(i, |tracks| write(tracks, &mut out))?;
    Ok(out)
}

#[test]
fn what_was_written_is_read_again() {
    let i = invented(5, 4);
    let file = NcFile::from_bytes(&written(&i).unwrap()).unwrap();
    let text = |name: &str| file.global_attribute(name).unwrap().value.as_string().unwrap();
    assert_eq!((text("featureType").as_str(), text("plimsoll_seed").as_str()), ("trajectory", "7"));
    let lon = file.read_variable::<f32>("lon").unwrap();
    assert_eq!(lon.shape(), [5, 4]);
    for p in 0..5 {
        for k in 0..4 {
            let (a, b) = (lon[[p, k]], i.lon[k][p]);
            assert!(a == b || (a.is_nan() && b.is_nan()));
        }
    }
    let status = file.read_variable::<i8>("status").unwrap();
    assert_eq!((status[[1, 1]], status[[1, 2]], status[[2, 0]], status[[2, 1]]), (0, 1, 3, 0));
    let age = file.read_variable::<f32>("age_seconds").unwrap();
    assert!(age[[2, 0]].is_nan() && age[[2, 1]] == 0.0 && age[[0, 3]] == 10_800.0);
}

#[test]
fn slices_that_do_not_fit_are_told() {
    let mut i = invented(3, 3);
    i.lat[1].pop();
    let e = written(&i).unwrap_err();
    assert_eq!(e.to_string(), "latitudes of a frame: 2 where there should be 3");
}

/// A row for each particle at each time from its release on, as the library reads it again; what it came from beside it.
#[cfg(feature = "parquet")]
#[test]
fn a_table_has_a_row_for_each_particle_and_time() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;
    let i = invented(5, 4);
    let mut out = Vec::new();
    with_tracks(&i, |tracks| plimsoll_report::export::parquet::write(tracks, &mut out)).unwrap();
    let path = std::env::temp_dir().join(format!("plimsoll-table-{}.parquet", std::process::id()));
    std::fs::write(&path, out).unwrap();
    let file = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
    let metadata = file.metadata().file_metadata();
    let value = |key: &str| {
        let all = metadata.key_value_metadata().unwrap();
        all.iter().find(|kv| kv.key == key).unwrap().value.clone().unwrap()
    };
    assert_eq!((value("plimsoll_digest").as_str(), value("plimsoll_seed").as_str()), ("abc", "7"));
    assert_eq!(value("plimsoll_sources"), "currents.nc: u, v; winds.nc: x_wind, y_wind");
    let rows: Vec<_> = file.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    // The third particle is not yet in the water at the first of four times.
    assert_eq!((metadata.num_rows(), rows.len()), (19, 19));
    for row in &rows {
        let p = row.get_int(0).unwrap() as usize;
        let k = ((row.get_timestamp_millis(1).unwrap() - i.times[0].millis()) / 3_600_000) as usize;
        assert_eq!((row.get_float(2).unwrap(), row.get_float(3).unwrap()), (i.lon[k][p], i.lat[k][p]));
        let since = if p == 2 { k - 1 } else { k };
        assert_eq!(row.get_float(4).unwrap(), 3600.0 * since as f32);
        assert_eq!(row.get_string(5).unwrap(), if p == 1 && k >= 2 { "stranded" } else { "active" });
        assert_eq!(row.get_string(6).unwrap(), if p == 0 && k >= 2 { "person-jacket" } else { "inflatable" });
    }
    std::fs::remove_file(path).unwrap();
}

const OTHERS: &str = r#"
import sys
try:
    import trajan, xarray as xr
except ImportError:
    print("absent"); sys.exit()
import numpy as np
ds = xr.open_dataset(sys.stdin.readline().strip())
assert ds.attrs["Conventions"].startswith("CF-1") and ds.attrs["featureType"] == "trajectory"
assert dict(ds.sizes) == {"trajectory": 5, "time": 4}, ds.sizes
assert str(ds.time.values[1]) == "2015-11-16T01:00:00.000000000"
assert np.isclose(float(ds.lon.isel(trajectory=0, time=3)), 1.03) and np.isnan(float(ds.lon.isel(trajectory=2, time=0)))
assert {"lon", "lat", "status"} <= set(ds.data_vars), ds.data_vars  # OpenDrift 1.14 looks for them there
assert ds.attrs["time_step_calculation"] == "0:10:00" and ds.attrs["time_step_output"] == "1:00:00"
assert ds.status.attrs["flag_meanings"] == "active stranded missing_data not_released"
d = ds.traj.distance_to_next().isel(trajectory=0).values
assert np.allclose(d[:3], 701.9, atol=3), d
print("read")
"#;

/// The speed of a hundredth of a degree of longitude at 51 N, as TrajAn works it out from our file.
#[test]
fn xarray_and_trajan_open_it() {
    let path = std::env::temp_dir().join(format!("plimsoll-trajectory-{}.nc", std::process::id()));
    std::fs::write(&path, written(&invented(5, 4)).unwrap()).unwrap();
    let said = testkit::run_python(OTHERS, &format!("{}\n", path.display()));
    std::fs::remove_file(&path).unwrap();
    // Skipped aloud by the test kit where there is no Python, and here where it lacks the two packages.
    if let Some(said) = said {
        assert!(
            said.contains("read") || (said.contains("absent") && std::env::var("CI").as_deref() != Ok("true")),
            "{said}"
        );
    }
}
