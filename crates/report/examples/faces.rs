//! Writes every face of the INVENTED sample answers (or of an answer given as JSON) into a folder, to look at them.
//!
//! `cargo run -p plimsoll-report --example faces -- OUT_FOLDER [ASSESS.json [LAND.geojson]]`

use plimsoll_case::answer::drift::CoastLine;
use plimsoll_case::answer::{AssessAnswer, sample};
use plimsoll_report::{Language, figure, page, text};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("which folder?")?;
    let assess: AssessAnswer = match arguments.next() {
        Some(file) if file != "-" => serde_json::from_str(&std::fs::read_to_string(file)?)?,
        _ => sample::assess(),
    };
    let mut drift = sample::drift();
    if let Some(file) = arguments.next() {
        drift.coast = outlines(&file)?;
    }
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    for l in Language::ALL {
        let name = |kind: &str, end: &str| folder.join(format!("{kind}-{}.{end}", l.tag()));
        std::fs::write(name("assess", "txt"), text::assess(&assess, l))?;
        std::fs::write(name("loadline", "txt"), text::loadline(&sample::loadline(), l))?;
        std::fs::write(name("survive", "txt"), text::survive(&sample::survive(), l))?;
        std::fs::write(name("selftest", "txt"), text::selftest(&sample::selftest(), l))?;
        std::fs::write(name("tide", "txt"), text::tide(&sample::tide(), l))?;
        std::fs::write(name("tide", "html"), page::tide(&sample::tide(), l)?)?;
        std::fs::write(name("fields", "txt"), text::fields(&sample::fields(), l))?;
        std::fs::write(name("bench", "txt"), text::bench(&sample::bench(), l))?;
        std::fs::write(name("assess", "html"), page::assess(&assess, l)?)?;
        std::fs::write(name("picture", "svg"), figure::picture::picture(&assess, l))?;
        std::fs::write(name("loadline", "html"), page::loadline(&sample::loadline(), l)?)?;
        std::fs::write(name("drift", "html"), page::drift(&drift, l)?)?;
        std::fs::write(name("survive", "html"), page::survive(&sample::survive(), l)?)?;
    }
    Ok(())
}

/// Outer and inner rings of the polygons of a GeoJSON collection.
fn outlines(file: &str) -> Result<Vec<CoastLine>, Box<dyn std::error::Error>> {
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let mut out = Vec::new();
    for feature in json["features"].as_array().into_iter().flatten() {
        for ring in feature["geometry"]["coordinates"].as_array().into_iter().flatten() {
            out.push(CoastLine { closed: true, points: serde_json::from_value(ring.clone())? });
        }
    }
    Ok(out)
}
