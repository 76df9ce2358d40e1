//! What a quantity of the sea is to a file: its kind of unit, the values that nature knows, whether it changes in time.

use crate::units::Measure;
use plimsoll_sea::field::Quantity;

/// Its stable name, as in JSON.
#[must_use]
pub const fn id(q: Quantity) -> &'static str {
    match q {
        Quantity::Current => "current",
        Quantity::Wind => "wind",
        Quantity::Stokes => "stokes_drift",
        Quantity::WaveHeight => "wave_height",
        Quantity::PeakPeriod => "peak_period",
        Quantity::MeanPeriod => "mean_period",
        Quantity::WaveDirection => "wave_direction",
        Quantity::WaterTemperature => "water_temperature",
        Quantity::AirTemperature => "air_temperature",
        Quantity::SeaLevel => "sea_level",
        Quantity::Depth => "depth",
    }
}

/// What files measure it in.
#[must_use]
pub const fn measure(q: Quantity) -> Measure {
    match q {
        Quantity::Current | Quantity::Wind | Quantity::Stokes => Measure::Speed,
        Quantity::WaveHeight | Quantity::SeaLevel | Quantity::Depth => Measure::Length,
        Quantity::PeakPeriod | Quantity::MeanPeriod => Measure::Period,
        Quantity::WaveDirection => Measure::Angle,
        Quantity::WaterTemperature | Quantity::AirTemperature => Measure::Temperature,
    }
}

/// Whether files hold it as two components.
#[must_use]
pub const fn is_vector(q: Quantity) -> bool {
    matches!(q, Quantity::Current | Quantity::Wind | Quantity::Stokes)
}

/// Whether it changes in time, so that a file of it without times is of no use.
#[must_use]
pub const fn needs_time(q: Quantity) -> bool {
    !matches!(q, Quantity::Depth)
}

/// The range that nature keeps to, in the unit of [`measure`]; each component of a vector within it. A value outside is a
/// wrong unit or an undeclared fill value, so it is refused rather than drifted with.
///
/// Margins over records: tidal streams of some 11 m/s (Saltstraumen), mean winds at sea below 100 m/s, significant wave height
/// of 19 m (WMO, 2016), Challenger Deep.
#[must_use]
pub const fn range(q: Quantity) -> (f64, f64) {
    match q {
        Quantity::Current => (-12.0, 12.0),
        Quantity::Wind => (-110.0, 110.0),
        Quantity::Stokes => (-3.0, 3.0),
        Quantity::WaveHeight => (0.0, 35.0),
        Quantity::PeakPeriod | Quantity::MeanPeriod => (0.0, 40.0),
        Quantity::WaveDirection => (-360.0, 720.0),
        Quantity::WaterTemperature => (-3.0, 45.0),
        Quantity::AirTemperature => (-90.0, 60.0),
        Quantity::SeaLevel => (-20.0, 20.0),
        Quantity::Depth => (-9000.0, 12_000.0),
    }
}
