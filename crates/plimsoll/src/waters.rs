//! The sea of a scenario from what `[sea] from` names: files of fields, the built-in tide, and waves that the wind raises.

use crate::builtin;
use crate::held;
use plimsoll_assess::waves::Roots as Grow;
use plimsoll_case::answer::digest;
use plimsoll_case::scenario::{Named, Raised, Roots, Said, Silent, Taken, Told, Waters};
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::ledger::Grade;
use plimsoll_core::time::Utc;
use plimsoll_read::{LayerSource, Reader};
use plimsoll_sea::believe::{bearing_deg, number, vector};
use plimsoll_sea::coast::embedded;
use plimsoll_sea::fetch;
use plimsoll_sea::field::{FrameSource as _, Quantity};
use plimsoll_sea::set::{Set, Source};
use plimsoll_sea::tide::Atlas;
use std::path::PathBuf;
use std::sync::Arc;

/// Where files are looked for.
pub struct Sources {
    /// The folder of the scenario.
    pub folder: PathBuf,
}

/// What a source holds but cannot tell here and now: its number, the key, why.
type Fault = (usize, &'static str, Silent);

impl Waters for Sources {
    fn ask(&self, named: &[Named], wanted: &[&'static str], at: LonLat, time: Utc) -> Result<Said, Vec<Silent>> {
        let mut said = Said::default();
        let mut faults: Vec<Fault> = vec![];
        // a period belongs to its height: with a height by hand a file's period would be another sea's
        let by_hand = !wanted.contains(&"sea.hs");
        let wanted: Vec<&'static str> = wanted.iter().copied().filter(|k| !(by_hand && *k == "sea.tp")).collect();
        let wanted = wanted.as_slice();
        for (source, name) in named.iter().enumerate() {
            match name {
                Named::BuiltIn => built_in(source, wanted, at, time, &mut said, &mut faults),
                Named::File(name) => self.file(source, name, wanted, (at, time), &mut said, &mut faults),
            }
        }
        // what one source lacks another may tell
        faults.retain(|(_, key, _)| !tells(&said, key));
        let mut silent: Vec<Silent> = faults.into_iter().map(|(source, _, s)| Silent { source, ..s }).collect();
        silent.dedup();
        if silent.is_empty() { Ok(said) } else { Err(silent) }
    }

    fn raise(&self, roots: &Roots<'_>) -> Result<Raised, Silent> {
        let fetch = fetch_of(roots)?;
        let angle_deg = match (roots.wind_from_deg, roots.current_toward_deg) {
            (Some(from), Some(toward)) => {
                let apart = (toward - from - 180.0).rem_euclid(360.0);
                Belief::Exact(apart.min(360.0 - apart))
            }
            _ => Belief::Uniform { low: 0.0, high: 180.0 },
        };
        let grow = Grow {
            wind_m_s: roots.wind_m_s,
            fetch_m: &fetch.belief,
            depth_m: roots.depth_m,
            current_m_s: roots.current_m_s,
            angle_deg: &angle_deg,
        };
        let [hs, tp] = grow.spread();
        let told = |belief| Told {
            belief,
            direction_deg: None,
            source: "nobody reports waves: grown from wind, fetch and depth (CERC, 1984), changed by the stream".into(),
            grade: Grade::C,
        };
        Ok(Raised { hs_m: told(hs), tp_s: told(tp), fetch, angle_deg })
    }
}

fn fetch_of(roots: &Roots<'_>) -> Result<Told, Silent> {
    let told = |belief, source: &str| Told { belief, direction_deg: None, source: source.into(), grade: Grade::C };
    if let Some(given) = roots.fetch_m {
        return Ok(told(given.clone(), "given"));
    }
    let silent = |message: String| Silent { message, ..Silent::default() };
    let place = roots.position.ok_or_else(|| silent("there is neither a position nor a `fetch`".into()))?;
    let refused = |e: fetch::NoFetch| silent(e.to_string());
    match roots.wind_from_deg {
        Some(from) => {
            let source = "effective fetch (Saville, 1954) from the coast of GSHHG against the wind";
            Ok(told(fetch::believed(embedded(), place, from).map_err(refused)?, source))
        }
        None => {
            let source =
                "effective fetch (Saville, 1954) from the coast of GSHHG; the wind's direction is not known: of all";
            Ok(told(fetch::believed_of_any(embedded(), place).map_err(refused)?, source))
        }
    }
}

fn built_in(source: usize, wanted: &[&'static str], at: LonLat, time: Utc, said: &mut Said, faults: &mut Vec<Fault>) {
    const KEY: &str = "sea.current";
    if !wanted.contains(&KEY) {
        said.idle.push((source, "the current is given by hand: nothing is taken from the built-in tide".into()));
    } else if !tells(said, KEY) {
        match builtin::current(at, time) {
            Ok(told) => {
                said.told.push((KEY, told));
                let sha256 = digest::of_bytes(Atlas::bytes());
                said.taken.push(Taken { name: builtin::ATLAS.into(), sha256, key: KEY.into() });
            }
            Err(silent) => faults.push((source, KEY, silent)),
        }
    } else {
        said.idle
            .push((source, "a source before it tells the current: nothing is taken from the built-in tide".into()));
    }
}

fn tells(said: &Said, key: &str) -> bool {
    said.told.iter().any(|(k, _)| *k == key)
}

/// The key for which a quantity is taken.
fn key_of(quantity: Quantity) -> Option<&'static str> {
    Some(match quantity {
        Quantity::Wind => "sea.wind",
        Quantity::Current => "sea.current",
        Quantity::WaveHeight => "sea.hs",
        Quantity::PeakPeriod | Quantity::MeanPeriod => "sea.tp",
        Quantity::WaterTemperature => "sea.water",
        Quantity::AirTemperature => "sea.air",
        _ => return None,
    })
}

impl Sources {
    fn file(
        &self,
        source: usize,
        name: &str,
        wanted: &[&'static str],
        when: (LonLat, Utc),
        said: &mut Said,
        faults: &mut Vec<Fault>,
    ) {
        let path = self.folder.join(name);
        let fault = |key, message: String, help: &str| (source, key, Silent { source, message, help: help.into() });
        let reader = match plimsoll_read::open(&path) {
            Ok(reader) => reader,
            // no source can make good what nobody can know to be in it
            Err(e) => return faults.push(fault("", e.to_string(), "")),
        };
        let contents = reader.contents();
        let has_peak = contents.layers.iter().any(|l| l.quantity == Quantity::PeakPeriod);
        let (mut known, mut sum) = (false, None);
        for (k, layer) in contents.layers.iter().enumerate() {
            let Some(key) = key_of(layer.quantity) else { continue };
            known = true;
            let second_choice = layer.quantity == Quantity::MeanPeriod && has_peak;
            if second_choice || !wanted.contains(&key) || tells(said, key) {
                continue;
            }
            match told(&reader, k, when) {
                Ok(told) => {
                    if sum.is_none() {
                        match held::sha256(&path) {
                            Ok(digest) => sum = Some(digest),
                            Err(e) => return faults.push(fault("", format!("{}: {e}", path.display()), "")),
                        }
                    }
                    let name = LayerSource::new(Arc::clone(&reader), k).header().name.clone();
                    said.taken.push(Taken { name, sha256: sum.clone().unwrap_or_default(), key: key.into() });
                    said.told.push((key, told));
                }
                Err((message, help)) => faults.push(fault(key, message, help)),
            }
        }
        for r in &contents.refused {
            let Some(key) = key_of(r.quantity) else { continue };
            known = true;
            if wanted.contains(&key) && !tells(said, key) {
                faults.push(fault(key, format!("{}: {}: {}", path.display(), r.variable, r.fault), ""));
            }
        }
        if let Some(gust) = contents.gusts.first()
            && wanted.contains(&"sea.wind")
            && !tells(said, "sea.wind")
        {
            known = true;
            let message =
                format!("{}: {gust}: a gust is not taken for a wind, and it holds no mean wind", path.display());
            faults.push(fault("sea.wind", message, "name a file of the mean wind at 10 m"));
        }
        if !known {
            let message = format!("{}: neither wind, current, waves nor temperature was found in it", path.display());
            faults.push(fault("", message, ""));
        } else if sum.is_none() && faults.iter().all(|(s, _, _)| *s != source) {
            let why =
                format!("nothing is taken from {name}: all that it tells is given by hand or by a source before it");
            said.idle.push((source, why));
        }
    }
}

/// What a layer says there and then, or why it says nothing and what would mend it.
fn told(reader: &Arc<dyn Reader>, layer: usize, (at, time): (LonLat, Utc)) -> Result<Told, (String, &'static str)> {
    let quantity = reader.contents().layers[layer].quantity;
    let value = sampled(reader, layer, (at, time))?;
    let name = LayerSource::new(Arc::clone(reader), layer).header().name.clone();
    let mut source = format!("{name}, at the position and time; no observation on scene");
    let (belief, direction_deg) = match vector(quantity, value) {
        Some(flow) => {
            let from = quantity == Quantity::Wind;
            let turned = |d: f64| if from { (d + 180.0).rem_euclid(360.0) } else { d };
            (Some(flow.speed_m_s), flow.toward_deg.map(turned))
        }
        None => (number(quantity, value[0]), None),
    };
    if quantity == Quantity::WaveHeight
        && let Some(k) = reader.contents().layers.iter().position(|l| l.quantity == Quantity::WaveDirection)
        && let Ok(toward) = sampled(reader, k, (at, time))
    {
        let from = (bearing_deg(toward) + 180.0).rem_euclid(360.0);
        source = format!("{source}; the waves come from {from:03.0}");
    }
    let belief = belief.filter(|b| b.check().is_ok()).ok_or_else(|| (format!("{name} has no figure there"), ""))?;
    Ok(Told { belief, direction_deg, source, grade: Grade::C })
}

fn sampled(
    reader: &Arc<dyn Reader>,
    layer: usize,
    (at, time): (LonLat, Utc),
) -> Result<[f64; 2], (String, &'static str)> {
    let frames = LayerSource::new(Arc::clone(reader), layer);
    let header = frames.header();
    let (quantity, name) = (header.quantity, header.name.clone());
    let place = [at.lon_deg(), at.lat_deg()];
    let ms = time.millis() as f64;
    if header.bracket(ms).is_none() {
        let times = &reader.contents().layers[layer].times;
        let span = match (times.first(), times.last()) {
            (Some(first), Some(last)) => format!("from {first} to {last}"),
            _ => "at no time".into(),
        };
        return Err((
            format!("{name}: {time} lies outside its times, {span}; nothing is extrapolated"),
            "name a file that covers the time",
        ));
    }
    if header.grid.locate(place[0], place[1]).is_none() {
        let message = format!("{name}: {} lies outside its grid; nothing is extrapolated", at.dm(1));
        return Err((message, "name a file that covers the place"));
    }
    let mut set = Set::default();
    set.push(Source::Frames(frames));
    match set.sample(quantity, place, ms) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => {
            let message = format!("{name} has no value at {} at {time}: land, or missing in the file", at.dm(1));
            Err((message, "name a file that covers the place"))
        }
        Err(e) => Err((e.to_string(), "")),
    }
}
