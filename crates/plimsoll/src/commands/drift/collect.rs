//! What is kept of a run while it goes on: the summary of every output time, areas, places of stranding, and tracks where
//! they are asked for.

use plimsoll_case::answer::drift::{Containment, DriftHour, Stranding, StrandingPlace};
use plimsoll_case::answer::tracks::TrackStatus;
use plimsoll_core::time::Utc;
use plimsoll_drift::density::Density;
use plimsoll_drift::run::{Observer, Setup};
use plimsoll_drift::snapshot::Snapshot;
use plimsoll_drift::state::Status;
use plimsoll_drift::summary::Summary;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Places that the map shows.
const SOME: usize = 400;
/// Size of a cell of the areas, m, at least.
const CELL_M: f64 = 200.0;
/// Size of a stretch of coast, degrees of latitude.
const STRETCH_DEG: f64 = 0.05;
/// Stretches that are told.
const STRETCHES: usize = 50;

/// One output time of all particles.
#[derive(Serialize, Deserialize)]
pub struct Frame {
    pub lon: Vec<f32>,
    pub lat: Vec<f32>,
    pub status: Vec<u8>,
    pub part: Vec<u16>,
}

/// What has come together so far.
#[derive(Default, Serialize, Deserialize)]
pub struct Told {
    pub hourly: Vec<DriftHour>,
    pub frames: Vec<Frame>,
    /// Where and when each particle stranded.
    stranded: BTreeMap<usize, ([f64; 2], f64)>,
}

/// All that is kept.
pub struct Collect {
    summary: Summary,
    pub told: Told,
    keep: bool,
    number: usize,
    /// Parts of a life.
    parts: usize,
}

impl Collect {
    pub fn new(setup: &Setup, keep: bool) -> Self {
        Self {
            summary: Summary::default(),
            told: Told::default(),
            keep,
            number: setup.release.number,
            parts: setup.changes.len() + 1,
        }
    }

    /// Where things stranded, most likely stretch first.
    pub fn stranding(&self) -> Stranding {
        let mut stretches: BTreeMap<[i64; 2], Vec<([f64; 2], f64)>> = BTreeMap::new();
        for (place, hour) in self.told.stranded.values() {
            let cell = |deg: f64, size: f64| (deg / size).floor() as i64;
            stretches
                .entry([cell(place[0], 1.6 * STRETCH_DEG), cell(place[1], STRETCH_DEG)])
                .or_default()
                .push((*place, *hour));
        }
        let total = self.number as f64;
        let mut places: Vec<_> = stretches
            .into_values()
            .map(|mut all| {
                all.sort_by(|a, b| a.1.total_cmp(&b.1));
                let n = all.len() as f64;
                let mean = |k: usize| all.iter().map(|p| p.0[k]).sum::<f64>() / n;
                StrandingPlace {
                    lon: mean(0),
                    lat: mean(1),
                    share: n / total,
                    first_hour: all[0].1,
                    median_hour: all[all.len() / 2].1,
                }
            })
            .collect();
        places.sort_by(|a, b| b.share.total_cmp(&a.share));
        places.truncate(STRETCHES);
        Stranding { share: self.told.stranded.len() as f64 / total, places }
    }
}

impl Observer for Collect {
    fn see(&mut self, now: &Snapshot<'_>) {
        self.summary.see(now);
        let hour = now.elapsed_s / 3600.0;
        let (lon, lat) = (now.reference().lon_deg(), now.reference().lat_deg());
        let mut afloat = Vec::with_capacity(self.number);
        let mut parts = vec![0_usize; self.parts];
        let mut frame = Frame { lon: vec![], lat: vec![], status: vec![], part: vec![] };
        for i in 0..self.number {
            let particle = now.particle(i);
            let place = particle.map(|p| [lon + f64::from(p.lon_lat_deg[0]), lat + f64::from(p.lon_lat_deg[1])]);
            if let Some(p) = particle {
                parts[usize::from(p.class)] += 1;
            }
            match particle.map(|p| p.status) {
                Some(Status::Active) => afloat.extend(place),
                Some(Status::Stranded) => {
                    self.told.stranded.entry(i).or_insert_with(|| (now.place(i), hour));
                }
                _ => {}
            }
            if self.keep {
                let [x, y] = place.map_or([f32::NAN; 2], |p| p.map(|v| v as f32));
                frame.lon.push(x);
                frame.lat.push(y);
                frame.part.push(particle.map_or(0, |p| p.class));
                frame.status.push(match particle.map(|p| p.status) {
                    None | Some(Status::Waiting) => TrackStatus::NotReleased,
                    Some(Status::Active) => TrackStatus::Active,
                    Some(Status::Stranded) => TrackStatus::Stranded,
                    Some(Status::Missing) => TrackStatus::MissingData,
                } as u8);
            }
        }
        let Some(h) = self.summary.hours.last() else { return };
        let known = |v: f64| v.is_finite().then_some(v);
        let time = Utc::from_millis(now.time_ms.round() as i64);
        // an output time at which nothing is in the water yet is none
        let (Some(time), true) = (time, h.n > 0) else { return };
        if self.keep {
            self.told.frames.push(frame);
        }
        let names = ["active", "stranded", "missing_data"];
        let every = afloat.len().div_ceil(SOME).max(1);
        let spread = (h.covariance_m2[0] + h.covariance_m2[2]).sqrt();
        let density = Density::of(&afloat, (spread / 15.0).max(CELL_M));
        let areas = density.map(|d| d.holding([0.95, 0.9, 0.5])).into_iter().flatten();
        let containment = areas.map(|a| Containment { share: a.share, area_km2: a.area_km2, polygons: a.polygons });
        self.told.hourly.push(DriftHour {
            hour,
            time,
            n: h.n as u64,
            mean_lon: h.mean_lon_lat_deg[0],
            mean_lat: h.mean_lon_lat_deg[1],
            mean_east_m: h.mean_east_north_m[0],
            mean_north_m: h.mean_east_north_m[1],
            cov_ee_m2: h.covariance_m2[0],
            cov_en_m2: h.covariance_m2[1],
            cov_nn_m2: h.covariance_m2[2],
            pct_east_m: h.east_m.to_vec(),
            pct_north_m: h.north_m.to_vec(),
            pct_dist_m: h.distance_m.to_vec(),
            fraction: names.iter().zip(h.share).filter(|(_, s)| *s > 0.0).map(|(n, s)| ((*n).into(), s)).collect(),
            parts: if self.parts > 1 { parts.iter().map(|p| *p as f64 / h.n as f64).collect() } else { vec![] },
            fraction_orientation_right: known(h.right),
            mean_x_wind: known(h.mean_forcing_m_s[2]),
            mean_y_wind: known(h.mean_forcing_m_s[3]),
            mean_x_sea_water_velocity: known(h.mean_forcing_m_s[0]),
            mean_y_sea_water_velocity: known(h.mean_forcing_m_s[1]),
            containment: containment.collect(),
            some: afloat.iter().step_by(every).copied().collect(),
        });
    }
}
