//! Which numbers of the WMO's tables (GRIB 2, code tables 4.2 and 4.5) are of use, and at which level.

use crate::error::Fault;
use plimsoll_sea::field::Quantity;

/// Which part of its quantity a message holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// All of it.
    Whole,
    /// Component to the east or along x.
    First,
    /// Component to the north or along y.
    Second,
}

/// Discipline, category and number, the short name in use, and what it is.
const TABLE: [(u8, u8, u8, &str, Quantity, Part); 14] = [
    (0, 2, 2, "u wind", Quantity::Wind, Part::First),
    (0, 2, 3, "v wind", Quantity::Wind, Part::Second),
    (0, 0, 0, "temperature", Quantity::AirTemperature, Part::Whole),
    (10, 1, 2, "u current", Quantity::Current, Part::First),
    (10, 1, 3, "v current", Quantity::Current, Part::Second),
    (10, 0, 21, "u Stokes drift", Quantity::Stokes, Part::First),
    (10, 0, 22, "v Stokes drift", Quantity::Stokes, Part::Second),
    (10, 0, 3, "significant height of waves", Quantity::WaveHeight, Part::Whole),
    (10, 0, 34, "peak wave period", Quantity::PeakPeriod, Part::Whole),
    (10, 0, 15, "mean wave period", Quantity::MeanPeriod, Part::Whole),
    (10, 0, 14, "mean wave direction", Quantity::WaveDirection, Part::Whole),
    (10, 3, 0, "water temperature", Quantity::WaterTemperature, Part::Whole),
    (10, 3, 1, "sea level", Quantity::SeaLevel, Part::Whole),
    (10, 4, 16, "sea floor depth", Quantity::Depth, Part::Whole),
];

/// What those numbers mean; a gust (0.2.22 to 0.2.24) is not among them.
pub fn meaning(discipline: u8, category: u8, number: u8) -> Option<(&'static str, Quantity, Part)> {
    TABLE.iter().find(|t| (t.0, t.1, t.2) == (discipline, category, number)).map(|t| (t.3, t.4, t.5))
}

/// Whether the numbers that a name begins with are those of a gust or of a component of one.
pub fn is_gust(name: &str) -> bool {
    ["0.2.22", "0.2.23", "0.2.24"].iter().any(|g| name.split(' ').next() == Some(g))
}

/// The unit that the tables prescribe.
pub const fn unit(q: Quantity) -> &'static str {
    match q {
        Quantity::WaterTemperature | Quantity::AirTemperature => "K",
        Quantity::WaveDirection => "degree",
        Quantity::WaveHeight | Quantity::SeaLevel | Quantity::Depth => "m",
        Quantity::PeakPeriod | Quantity::MeanPeriod => "s",
        Quantity::Current | Quantity::Wind | Quantity::Stokes => "m s-1",
    }
}

/// What is added to a stored value.
pub const fn offset(q: Quantity) -> f64 {
    match q {
        Quantity::WaterTemperature | Quantity::AirTemperature => -273.15,
        _ => 0.0,
    }
}

/// Surfaces of code table 4.5: ground or water, mean sea level, metres above ground, metres below the sea surface.
const GROUND: u8 = 1;
const MEAN_SEA: u8 = 101;
const ABOVE_GROUND: u8 = 103;
const BELOW_SEA: u8 = 160;

/// What is wrong with a level, if anything is.
pub fn level_fault(q: Quantity, surface: u8, height_m: f64) -> Option<Fault> {
    let (fits, wanted) = match q {
        Quantity::Wind => (surface == ABOVE_GROUND && (height_m - 10.0).abs() <= 1.0, "the wind at 10 m above ground"),
        Quantity::AirTemperature => (surface == ABOVE_GROUND && height_m <= 12.0, "the air within 12 m above ground"),
        _ => {
            let shallow = matches!(surface, BELOW_SEA | ABOVE_GROUND) && height_m.abs() <= 5.0;
            (matches!(surface, GROUND | MEAN_SEA) || shallow, "the surface or a level within 5 m of it")
        }
    };
    let height = if height_m.is_nan() { String::new() } else { format!(", {height_m}") };
    let found = format!("on surface type {surface}{height}");
    (!fits).then(|| Fault::Level { name: "first fixed surface".into(), found, wanted })
}

/// The level in words.
pub fn level(q: Quantity, surface: u8, height_m: f64) -> Option<String> {
    match (q, surface) {
        (_, ABOVE_GROUND | BELOW_SEA) if !height_m.is_nan() => Some(format!("{height_m} m")),
        _ => None,
    }
}
