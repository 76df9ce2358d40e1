//! Waves and Stokes drift from files of the shapes that services write: what they tell, what is refused, what they move.

mod common;

use common::fields::{Frame, Variable, variable};
use common::{Home, code, json, project};

const HEIGHT: (&str, &str) = ("standard_name", "sea_surface_wave_significant_height");
const PEAK: (&str, &str) = ("standard_name", "sea_surface_wave_period_at_variance_spectral_density_maximum");
const MEAN: (&str, &str) =
    ("standard_name", "sea_surface_wave_mean_period_from_variance_spectral_density_second_frequency_moment");
const FROM: (&str, &str) = ("standard_name", "sea_surface_wave_from_direction");
const UNKNOWN: (&str, &str) = ("standard_name", "unknown");
const M: (&str, &str) = ("units", "m");
const S: (&str, &str) = ("units", "s");
const SPEED: (&str, &str) = ("units", "m s-1");

/// The position of the case: row 20 and a bit more, column 20, at half past the second time.
const PLACE: &str = "51 02.0N 001 30.0E";

fn frame() -> Frame {
    Frame::strait("hours since 2026-09-14")
}

/// Height rising from 1.0 by 0.2 m in three hours.
fn height(attributes: &[(&'static str, &'static str)]) -> Variable {
    variable("VHM0", attributes, |t, _, _| 1.0 + 0.2 * t as f32)
}

fn wind() -> [Variable; 2] {
    [
        variable("u10", &[("standard_name", "eastward_wind"), SPEED], |_, _, _| 5.0),
        variable("v10", &[("standard_name", "northward_wind"), SPEED], |_, _, _| 6.0),
    ]
}

fn waves(period: Variable) -> Vec<Variable> {
    let mut all = vec![height(&[HEIGHT, M]), period, variable("VMDR", &[FROM, ("units", "degree")], |_, _, _| 220.0)];
    all.extend(wind());
    all
}

fn peak() -> Variable {
    variable("VTPK", &[PEAK, S], |_, _, _| 5.0)
}

fn case(from: &str, time: &str) -> String {
    format!(
        "[aboard]\npeople = 40\n[place]\nposition = \"{PLACE}\"\ntime = {time}\n[sea]\nfrom = \"{from}\"\ncurrent = \"0.5 kn toward 040\"\n\
         water = \"15 degC\"\n[run]\nrealisations = 256\n"
    )
}

fn assessed(home: &Home, from: &str, time: &str) -> serde_json::Value {
    home.write("case.toml", case(from, time));
    json(&home.run(&["assess", "case.toml", "--quiet", "--json", "-"]))
}

const HALF_PAST: &str = "2026-09-14T04:30:00Z";

fn likely(answer: &serde_json::Value, key: &str) -> f64 {
    answer["scene"][key]["likely"].as_f64().unwrap()
}

/// The peak period that was understood, s.
fn period_s(answer: &serde_json::Value) -> f64 {
    let lines = answer["inputs"]["scenario"].as_array().unwrap();
    let text = lines.iter().find(|l| l["key"] == "sea.tp").unwrap()["text"].as_str().unwrap();
    text.split(' ').next().unwrap().parse().unwrap_or_else(|_| panic!("{text}"))
}

/// Half way between 1.2 m at 03 and 1.4 m at 06; the same from NetCDF and from Zarr.
#[test]
fn a_wave_model_drives_the_assessment() {
    let home = Home::new();
    home.write("waves.nc", frame().netcdf(&waves(peak())));
    let answer = assessed(&home, "waves.nc", HALF_PAST);
    assert!((likely(&answer, "hs_m") - 1.3).abs() < 0.04, "{}", answer["scene"]["hs_m"]);
    assert!((period_s(&answer) - 5.0).abs() < 0.01);
    let data = answer["rests_on"]["data"].as_array().unwrap();
    let taken: Vec<_> = data.iter().filter_map(|d| d["quantity"].as_str()).collect();
    assert_eq!(taken, ["wave_height", "peak_period", "wind"]);
    assert!(answer["inputs"].to_string().contains("the waves come from 220"), "{}", answer["inputs"]);

    frame().zarr(&home.path("waves.zarr"), &waves(peak()));
    let store = assessed(&home, "waves.zarr", HALF_PAST);
    for key in ["scene", "options"] {
        assert_eq!(store[key], answer[key], "{key}");
    }
    let first = store["rests_on"]["data"].as_array().unwrap().iter().find(|d| d["quantity"] == "wind").unwrap().clone();
    assert_eq!(first["name"], "waves.zarr: u10, v10");
    let listed = "find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-64";
    let sum = std::process::Command::new("sh").args(["-c", listed]).current_dir(home.path("waves.zarr")).output();
    if let Ok(sum) = sum.as_ref().map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned())
        && sum.len() == 64
    {
        assert_eq!(first["sha256"], sum.as_str());
    }
}

/// A mean period becomes a peak period, by 1.2; the files of ECMWF, made of GRIB, name no standard.
#[test]
fn a_mean_period_and_names_alone() {
    let home = Home::new();
    home.write("mean.nc", frame().netcdf(&waves(variable("VTM02", &[MEAN, S], |_, _, _| 4.0))));
    let answer = assessed(&home, "mean.nc", HALF_PAST);
    assert!((period_s(&answer) - 4.8).abs() < 0.01);

    let by_name = |name, unit, value: f32| variable(name, &[UNKNOWN, ("units", unit)], move |_, _, _| value);
    let mut era = vec![by_name("swh", "m", 1.3), by_name("mwp", "s", 4.0), by_name("mwd", "Degree true", 220.0)];
    era.push(by_name("pp1d", "s", 5.0));
    era.extend(wind());
    home.write("era.nc", frame().netcdf(&era));
    let answer = assessed(&home, "era.nc", HALF_PAST);
    assert!((likely(&answer, "hs_m") - 1.3).abs() < 0.04 && (period_s(&answer) - 5.0).abs() < 0.01);
    assert!(answer["inputs"].to_string().contains("the waves come from 220"));
}

/// Without a period it comes from the height and a steepness, and the answer says so.
#[test]
fn a_period_that_is_missing_is_told() {
    let home = Home::new();
    let mut all = vec![height(&[HEIGHT, M])];
    all.extend(wind());
    home.write("waves.nc", frame().netcdf(&all));
    let answer = assessed(&home, "waves.nc", HALF_PAST);
    let defaulted = answer["inputs"]["defaulted"].as_array().unwrap();
    let tp = defaulted.iter().find(|d| d["key"] == "sea.tp").expect("told as a default");
    assert!(tp["source"].as_str().unwrap().contains("Hs / (g Tp^2 / 2 pi)"), "{tp}");
}

/// GRIB as ECMWF packs it (`make_grib.py`): 0.8 m and 0.05 m for each column from the west, 0.4 m more three hours later.
#[test]
fn a_wave_forecast_in_grib() {
    let home = Home::new();
    home.write("waves.grib2", std::fs::read(project("crates/read/tests/data/waves.grib2")).unwrap());
    let answer = assessed(&home, "waves.grib2", "2026-10-10T07:30:00Z");
    // Column 14 of 24, half way in time.
    assert!((likely(&answer, "hs_m") - 1.7).abs() < 0.05, "{}", answer["scene"]["hs_m"]);
    assert!((period_s(&answer) - 5.0).abs() < 0.01);
    assert!(answer["inputs"].to_string().contains("the waves come from 220"));
    // The two westernmost columns are land.
    home.write("case.toml", case("waves.grib2", "2026-10-10T07:30:00Z").replace(PLACE, "50 00.0N 001 52.0W"));
    let output = home.run(&["assess", "case.toml", "--quiet"]);
    let message = String::from_utf8_lossy(&output.stderr).replace('\n', " ");
    assert_eq!(code(&output), 3, "{message}");
    assert!(
        message.contains("significant height of waves") && message.contains("land, or missing in the file"),
        "{message}"
    );
}

#[test]
fn wave_files_that_cannot_be_used() {
    let refused = |name: &str, variables: Vec<Variable>| {
        let home = Home::new();
        home.write("waves.nc", frame().netcdf(&variables));
        home.write("case.toml", case("waves.nc", HALF_PAST));
        let arguments = ["assess", "case.toml", "--quiet"];
        let output = home.run(&arguments);
        assert_eq!(code(&output), 3, "{name}: {}", home.shown(&arguments, &output));
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, home.shown(&arguments, &output)) });
    };
    let mut feet = vec![height(&[HEIGHT, ("units", "ft")]), peak()];
    feet.extend(wind());
    refused("waves_in_feet", feet);
    let mut minutes = vec![height(&[HEIGHT, M]), variable("VTPK", &[PEAK, ("units", "min")], |_, _, _| 0.1)];
    minutes.extend(wind());
    refused("period_in_minutes", minutes);
    let gust = variable("fg10", &[("standard_name", "wind_speed_of_gust"), SPEED], |_, _, _| 12.0);
    refused("gust_for_wind", vec![height(&[HEIGHT, M]), peak(), gust]);
    // A band of rows without values, about the position: the nodes around it are all missing.
    let band = |v: f32| move |_, row: usize, _| if (19..=22).contains(&row) { f32::NAN } else { v };
    let mut dry = vec![variable("VHM0", &[HEIGHT, M], band(1.2)), variable("VTPK", &[PEAK, S], band(5.0))];
    dry.extend(wind());
    refused("band_without_waves", dry);
    let mut fill = vec![variable("VHM0", &[HEIGHT, M], |_, _, _| -32_767.0), peak()];
    fill.extend(wind());
    refused("undeclared_fill", fill);
}

const STOKES_X: (&str, &str) = ("standard_name", "sea_surface_wave_stokes_drift_x_velocity");
const STOKES_Y: (&str, &str) = ("standard_name", "sea_surface_wave_stokes_drift_y_velocity");

fn drifting(stokes_unit: &'static str) -> Vec<Variable> {
    vec![
        variable("uo", &[("standard_name", "eastward_sea_water_velocity"), SPEED], |_, _, _| 0.20),
        variable("vo", &[("standard_name", "northward_sea_water_velocity"), SPEED], |_, _, _| 0.10),
        variable("VSDX", &[STOKES_X, ("units", stokes_unit)], |_, _, _| 0.06),
        variable("VSDY", &[STOKES_Y, ("units", stokes_unit)], |_, _, _| 0.08),
    ]
}

fn passive(from: &str, run: &str) -> String {
    format!(
        "[object]\ncategory = \"person-jacket\"\n[release]\nnumber = 32\nposition = \"{PLACE}\"\ntime = 2026-09-14T04:00:00Z\n\
         [run]\nhours = 3\nland = false\nleeway = false\ncurrent_sd = \"0 m/s\"\n{run}\n[sea]\nfrom = \"{from}\"\n"
    )
}

/// Metres east and north from the first to the last output time, of the middle of all particles.
fn moved(home: &Home, case: String) -> [f64; 2] {
    home.write("case.toml", case);
    let answer = json(&home.run(&["drift", "case.toml", "--quiet", "--json", "-"]));
    let hours = answer["hourly"].as_array().unwrap();
    assert_eq!(hours.last().unwrap()["hour"], 3.0);
    ["mean_east_m", "mean_north_m"].map(|k| hours.last().unwrap()[k].as_f64().unwrap() - hours[0][k].as_f64().unwrap())
}

/// What Stokes drift adds to what goes with the water is its velocity times the time: 0.06 and 0.08 m/s over 3 hours.
#[test]
fn stokes_drift_adds_its_velocity_times_the_time() {
    let home = Home::new();
    home.write("sea.nc", frame().netcdf(&drifting("m s-1")));
    frame().zarr(&home.path("sea.zarr"), &drifting("m s-1"));
    let without = moved(&home, passive("sea.nc", "stokes = false"));
    for file in ["sea.nc", "sea.zarr"] {
        let with = moved(&home, passive(file, "stokes = true"));
        for (k, (current, stokes)) in [(0.20, 0.06), (0.10, 0.08)].into_iter().enumerate() {
            // Metres are those of a plane about the release: over 3 km they differ from those of the earth by decimetres.
            assert!((without[k] - 10_800.0 * current).abs() < 1.0, "{without:?}");
            assert!((with[k] - without[k] - 10_800.0 * stokes).abs() < 1.0, "{file}: {with:?} {without:?}");
        }
    }
    // The same from the GRIB file; its eastern half is sea, and the current is given by hand.
    home.write("waves.grib2", std::fs::read(project("crates/read/tests/data/waves.grib2")).unwrap());
    let grib = |run: &str| {
        let case = passive("waves.grib2", run).replace("2026-09-14T04", "2026-10-10T06");
        moved(&home, case + "current = \"0 kn\"\n")
    };
    let (with, without) = (grib("stokes = true"), grib("stokes = false"));
    for (k, stokes) in [0.06, 0.08].into_iter().enumerate() {
        assert!((with[k] - without[k] - 10_800.0 * stokes).abs() < 2.0, "{with:?} {without:?}");
    }
}

/// A quantity that a file was named for is never missed in silence: the reason is told.
#[test]
fn a_stokes_drift_that_cannot_be_used_says_why() {
    let home = Home::new();
    home.write("sea.nc", frame().netcdf(&drifting("Pa")));
    home.write("case.toml", passive("sea.nc", "stokes = true"));
    let output = home.run(&["drift", "case.toml", "--quiet"]);
    let message = String::from_utf8_lossy(&output.stderr).replace('\n', " ");
    assert_eq!(code(&output), 3, "{message}");
    assert!(message.contains("VSDX") && message.contains("\"Pa\""), "{message}");
    // Nobody asked for it: no fault.
    assert!(moved(&home, passive("sea.nc", "stokes = false"))[0] > 2000.0);
}
