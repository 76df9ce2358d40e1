//! The drift held against what OpenDrift 1.14.12 published of itself, case by case: 19 without land (O1 to O19) and one with a coast
//! (O20). They need its forcing files (MET Norway, November 2015) and its results, and O20 the shorelines of GSHHG; nobody need have
//! these, so the self-test leaves them out and the validation page alone shows them.

use crate::commands::coast::coast_of_gshhg;
use crate::simd;
use plimsoll_core::earth::LonLat;
use plimsoll_core::time::Utc;
use plimsoll_core::validation::Case;
use plimsoll_drift::category::category;
use plimsoll_drift::life::Object;
use plimsoll_drift::release::{Place, Release, Scatter, When};
use plimsoll_drift::run::{Control, Setup, run};
use plimsoll_drift::step::Scheme;
use plimsoll_drift::stranding::{Land, NoLand};
use plimsoll_drift::summary::{Hour, Summary};
use plimsoll_read::LayerSource;
use plimsoll_sea::coast::Region;
use plimsoll_sea::field::Quantity;
use plimsoll_sea::known::Known;
use plimsoll_sea::set::{Set, Source};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Its results, in the folder of its forcing.
const RESULTS: &str = "opendrift_reference.json";
/// Particles of each of its runs.
const THEIRS: usize = 5000;
/// Ours are ten times as many: our own chance hardly counts, theirs does.
const TIMES: usize = 10;
/// Hours with fewer released are not compared.
const FEW: f64 = 50.0;
/// What a stranded share may differ by: judged, before it was run. Both coasts come from GSHHG, but not by one way, and among skerries
/// it decides what is in the way.
const SHARE: f64 = 0.1;

/// One case of theirs: what was run and what came of it hour by hour.
pub struct Reference {
    case: Value,
    hourly: Vec<Value>,
}

/// The cases of `folder`.
///
/// # Errors
/// Why its file cannot be read.
pub fn references(folder: &Path) -> Result<Vec<Reference>, String> {
    let path = folder.join(RESULTS);
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let all: Value = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let cases = all["cases"].as_array().ok_or("no cases")?;
    let hourly = |c: &Value| c["runs"][0]["hourly"].as_array().cloned().unwrap_or_default();
    Ok(cases.iter().map(|c| Reference { case: c["case"].clone(), hourly: hourly(c) }).collect())
}

/// O1 to O19: the worst of each measure at any hour, in units of what two runs of theirs may differ by.
///
/// # Errors
/// What cannot be read.
pub fn without_land(folder: &Path) -> Result<Vec<Case>, String> {
    let all = references(folder)?;
    let mut out = vec![];
    for (k, r) in all.iter().filter(|r| !r.has_land()).enumerate() {
        let [mean, sd, percentiles, right] = r.worst(&r.hours(folder, &NoLand, true)?);
        let (id, origin) = (format!("O{}", k + 1), "OpenDrift 1.14.12, model Leeway, 5000 particles");
        let case = |quantity| Case::new(&id, r.name(), origin, quantity, "1");
        let cloud = "farthest of mean, standard deviation and percentiles at any hour, in tolerances";
        out.push(case(cloud).value(0.0, 1.0, mean.max(sd).max(percentiles)));
        out.push(case("farthest right-hand share at any hour, in tolerances").value(0.0, 1.0, right));
    }
    Ok(out)
}

/// O20: the share that is ashore, on tiles made of the shorelines in `gshhg`.
///
/// # Errors
/// What cannot be read.
pub fn with_land(folder: &Path, gshhg: &Path) -> Result<Vec<Case>, String> {
    let region = Region::new(2, 58, 8, 63).ok_or("no region")?;
    let coast = coast_of_gshhg(gshhg, region)?;
    let all = references(folder)?;
    let mut out = vec![];
    for r in all.iter().filter(|r| r.has_land()) {
        let ours = r.hours(folder, &coast, true)?;
        let ashore = |t: &Value| t["fraction"]["stranded"].as_f64().unwrap_or(0.0);
        let mut worst = 0.0_f64;
        for t in &r.hourly {
            worst = worst.max((at(&ours, number(t, "hour"))?.share[1] - ashore(t)).abs());
        }
        let case = Case::new(
            "O20",
            r.name(),
            "OpenDrift 1.14.12 on its own land mask, made of GSHHG too; loosely, for another coast is another answer",
            "largest difference of the stranded share at any hour",
            "1",
        );
        out.push(case.value(0.0, SHARE, worst));
    }
    Ok(out)
}

fn number(v: &Value, key: &str) -> f64 {
    v[key].as_f64().unwrap_or(f64::NAN)
}

fn at(hours: &[Hour], hour: f64) -> Result<&Hour, String> {
    hours.iter().find(|o| (o.hour - hour).abs() < 1e-6).ok_or_else(|| format!("no hour {hour}"))
}

impl Reference {
    /// Its name in their files.
    #[must_use]
    pub fn name(&self) -> &str {
        self.case["name"].as_str().unwrap_or_default()
    }

    fn has_land(&self) -> bool {
        self.name().contains("landmask")
    }

    /// The same by this engine, as they do it (`compatible`) or as we do.
    ///
    /// # Errors
    /// What cannot be read or run.
    pub fn hours<L: Land>(&self, folder: &Path, land: &L, compatible: bool) -> Result<Vec<Hour>, String> {
        let mut setup = self.setup()?;
        setup.reference = compatible;
        let (mut summary, cancel) = (Summary::default(), AtomicBool::new(false));
        let path = simd::path().map_err(|e| e.message())?;
        let control = Control { threads: 2, path, progress: &|_, _| (), cancel: &cancel };
        run(&setup, &mut self.sea(folder)?, land, &mut summary, &control)
            .map_err(|e| format!("{}: {e}", self.name()))?;
        Ok(summary.hours)
    }

    fn sea(&self, folder: &Path) -> Result<Set<LayerSource>, String> {
        let mut set = Set::default();
        for file in self.case["files"].as_array().into_iter().flatten() {
            let path = folder.join(file.as_str().unwrap_or_default());
            let reader = plimsoll_read::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            for k in 0..reader.contents().layers.len() {
                set.push(Source::Frames(LayerSource::new(Arc::clone(&reader), k)));
            }
        }
        let constant = |x: &str, y: &str| {
            let get = |k: &str| self.case["config"][format!("environment:constant:{k}")].as_f64();
            Some(Known::Constant([get(x)?, get(y)?]))
        };
        let wind = constant("x_wind", "y_wind").map(|w| Source::Known(Quantity::Wind, w));
        let current = constant("x_sea_water_velocity", "y_sea_water_velocity");
        let current = current.map(|c| Source::Known(Quantity::Current, c));
        wind.into_iter().chain(current).for_each(|s| set.push(s));
        Ok(set)
    }

    fn setup(&self) -> Result<Setup, String> {
        let case = &self.case;
        let radius = number(case, "radius_m");
        let scatter = if case["radius_type"] == "uniform" { Scatter::Disc(radius) } else { Scatter::Gaussian(radius) };
        let time = |v: &Value| format!("{}Z", v.as_str().unwrap_or_default()).parse::<Utc>().map_err(|e| e.to_string());
        let when = match &case["time"] {
            Value::Array(t) => When::Span(time(&t[0])?, time(&t[1])?),
            t => When::At(time(t)?),
        };
        let centre = LonLat::new(number(case, "lon"), number(case, "lat")).map_err(|e| e.to_string())?;
        let config = |k: &str| case["config"][k].as_f64().unwrap_or(0.0);
        let class = category(number(case, "object_type") as u32).ok_or("no such class")?;
        Ok(Setup {
            release: Release { number: TIMES * THEIRS, place: Place::Point(centre, scatter), when },
            object: Object::Known(class.leeway),
            changes: vec![],
            enters_as: vec![],
            duration_s: number(case, "hours") * 3600.0,
            step_s: number(case, "time_step_s"),
            output_s: 3600.0,
            backward: false,
            scheme: Scheme::Euler,
            jibe_per_hour: case["jibe_probability"].as_f64().unwrap_or(0.04),
            wind_sd_m_s: config("drift:wind_uncertainty"),
            current_sd_m_s: config("drift:current_uncertainty"),
            stokes: false,
            reference: true,
            seed: 1,
        })
    }

    /// The farthest of mean, standard deviation, percentiles 5 to 95 and right-hand share, each as a share of its tolerance: 4 standard
    /// errors of the difference, 8 %, 0.15 standard deviations, 0.02. An hour that is not ours counts as infinitely far.
    #[must_use]
    pub fn worst(&self, ours: &[Hour]) -> [f64; 4] {
        let mut worst = [0.0_f64; 4];
        for t in &self.hourly {
            let n = number(t, "n");
            let Some(o) = at(ours, number(t, "hour")).ok().filter(|o| (o.n as f64 / TIMES as f64 - n).abs() <= 1.0)
            else {
                return [f64::INFINITY; 4];
            };
            if n < FEW {
                continue;
            }
            for (k, key) in ["east", "north"].into_iter().enumerate() {
                let variance = number(t, if k == 0 { "cov_ee_m2" } else { "cov_nn_m2" });
                let sigma = variance.sqrt();
                let mean = o.mean_east_north_m[k] - number(t, &format!("mean_{key}_m"));
                let ratio = (o.covariance_m2[2 * k] / variance).sqrt() - 1.0;
                let percentiles = if k == 0 { &o.east_m } else { &o.north_m };
                // with few released the standard deviation itself is uncertain
                let far = [mean.abs() / (4.0 * (2.0 / n).sqrt() * sigma), ratio.abs() / 0.08_f64.max(4.0 / n.sqrt())];
                (worst[0], worst[1]) = (worst[0].max(far[0]), worst[1].max(far[1]));
                for p in 1..6 {
                    let theirs = t[format!("pct_{key}_m")][p].as_f64().unwrap_or(f64::NAN);
                    let far = (percentiles[p] - theirs).abs() / (sigma * 0.15_f64.max(10.6 / n.sqrt()));
                    worst[2] = worst[2].max(far);
                }
            }
            // theirs is a share of all, those not yet released included
            let right = o.right * n / THEIRS as f64;
            worst[3] = worst[3].max((right - number(t, "fraction_orientation_right")).abs() / 0.02);
        }
        worst
    }
}
