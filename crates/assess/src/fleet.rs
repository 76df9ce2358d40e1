//! Who can come: the craft that the case names, and the stations of the table that would be called beside them.

use plimsoll_case::encounter::{Encounter, Light};
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::{LonLat, distance_m};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::random::Stream;
use plimsoll_rescue::arrival::Arrivals;
use plimsoll_rescue::assets::{self, Asset};
use plimsoll_rescue::event::AssetArrival;
use plimsoll_rescue::survival;

/// Stations that are called beside the craft that the case names: the soonest to arrive.
const STATIONS: usize = 6;
/// The escort where the case names none.
pub const ASSUMED_ESCORT: &str = "patrol-32m";

/// Where a craft is at the start.
#[derive(Clone, Debug)]
enum Whereabouts {
    /// At the boat.
    OnScene,
    /// On its way, and there after so many minutes.
    Coming { key: String, minutes: Belief },
    /// At its station, so many metres away.
    Station { distance_m: f64 },
}

/// The craft of one case, in the order in which the rescue setup counts them.
#[derive(Clone, Debug)]
pub struct Fleet {
    members: Vec<(&'static Asset, Whereabouts)>,
    /// Whether an escort had to be assumed.
    pub assumed: bool,
    light: survival::Light,
}

/// Light as the rescue models have it.
#[must_use]
pub fn rescue_light(light: Light) -> survival::Light {
    match light {
        Light::Day => survival::Light::Day,
        Light::Twilight => survival::Light::Twilight,
        Light::Night => survival::Light::Night,
    }
}

impl Fleet {
    /// The fleet of a case. Craft that the table lacks cannot occur: the case was checked against it.
    #[must_use]
    pub fn of(encounter: &Encounter) -> Self {
        let mut members: Vec<(&'static Asset, Whereabouts)> = Vec::new();
        let help = &encounter.help;
        let known = |id: &String| assets::find(id);
        members.extend(help.on_scene.iter().filter_map(known).map(|a| (a, Whereabouts::OnScene)));
        let assumed = members.is_empty();
        if let (true, Some(a)) = (assumed, assets::find(ASSUMED_ESCORT)) {
            members.push((a, Whereabouts::OnScene));
        }
        for (i, c) in help.coming.iter().enumerate() {
            if let Some(a) = assets::find(&c.asset) {
                let key = format!("help.coming.{i}.minutes");
                let minutes = c.minutes.value.clone();
                members.push((a, Whereabouts::Coming { key, minutes }));
            }
        }
        if let Some(here) = encounter.place.position {
            let named = members.len();
            let mut stations: Vec<(f64, &'static Asset, f64)> = assets::all()
                .iter()
                .filter(|a| members[..named].iter().all(|(m, _)| m.id != a.id))
                .filter_map(|a| {
                    let [lat, lon] = a.position?;
                    let there = LonLat::new(lon, lat).ok()?;
                    let distance_m = distance_m(here, there);
                    let soonest = a.launch_min[0] + distance_m / (a.speed_kn * 1852.0 / 60.0);
                    Some((soonest, a, distance_m))
                })
                .collect();
            stations.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
            stations.truncate(STATIONS);
            members.extend(stations.into_iter().map(|(_, a, distance_m)| (a, Whereabouts::Station { distance_m })));
        }
        Self { members, assumed, light: rescue_light(encounter.sea.light) }
    }

    /// The craft.
    #[must_use]
    pub fn assets(&self) -> Vec<&'static Asset> {
        self.members.iter().map(|m| m.0).collect()
    }

    /// Minutes until each craft on its way arrives, in one state of knowledge; 0 for the others.
    #[must_use]
    pub fn draw_coming(&self, k: &Knowledge) -> Vec<f64> {
        self.members
            .iter()
            .map(|(_, w)| match w {
                Whereabouts::Coming { key, minutes } => k.of(key, minutes),
                Whereabouts::OnScene | Whereabouts::Station { .. } => 0.0,
            })
            .collect()
    }

    /// When each craft reaches the first person after a loss `at_min` minutes from the start. `watched`: the loss is seen by
    /// those on scene, who call the others at once; otherwise nobody is there and the alarm comes by telephone or by chance.
    /// Gives the minutes from the loss to the alarm.
    pub fn arrivals(
        &self,
        out: &mut Vec<AssetArrival>,
        (arrivals, coming): (&Arrivals, &[f64]),
        stream: &Stream,
        r: u64,
        at_min: f64,
        watched: bool,
    ) -> f64 {
        out.clear();
        let alarm = if watched { 0.0 } else { arrivals.alarm_min(stream, r) };
        for (i, (asset, whereabouts)) in self.members.iter().enumerate() {
            let index = i as u32;
            let minutes = match whereabouts {
                Whereabouts::OnScene if watched => arrivals.on_scene_min(stream, r, index),
                // with nobody there these craft are somewhere else, and where is not known
                Whereabouts::OnScene => f64::INFINITY,
                Whereabouts::Coming { .. } if watched => {
                    (coming[i] - at_min).max(0.0) + arrivals.on_scene_min(stream, r, index)
                }
                Whereabouts::Coming { .. } => alarm + coming[i],
                Whereabouts::Station { distance_m } => {
                    alarm + arrivals.from_alarm_min(stream, r, index, asset, *distance_m, self.light)
                }
            };
            out.push(AssetArrival { asset: i as u16, minutes: minutes as f32 });
        }
        alarm
    }
}
