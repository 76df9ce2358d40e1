//! What a variable is: its CF standard name first; where it has none, the name that such variables usually bear.
//!
//! A variable with a standard name that is not in the list is something else, whatever it is called: `u` with the standard
//! name of a gust is no wind.

use plimsoll_sea::field::Quantity;

/// Which part of its quantity a variable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// Component towards east.
    East,
    /// Component towards north.
    North,
    /// Component along the grid's x axis.
    GridX,
    /// Component along the grid's y axis.
    GridY,
    /// First component by its usual name: east, or along x? Only the grid can tell.
    First,
    /// Second component by its usual name.
    Second,
}

impl Part {
    /// The part that makes a vector of this one, and whether this one comes first.
    #[must_use]
    pub const fn partner(self) -> Option<(Self, bool)> {
        match self {
            Self::Whole => None,
            Self::East => Some((Self::North, true)),
            Self::North => Some((Self::East, false)),
            Self::GridX => Some((Self::GridY, true)),
            Self::GridY => Some((Self::GridX, false)),
            Self::First => Some((Self::Second, true)),
            Self::Second => Some((Self::First, false)),
        }
    }
}

use Part::{East, First, GridX, GridY, North, Second, Whole};
use Quantity::{
    AirTemperature, Current, Depth, MeanPeriod, PeakPeriod, SeaLevel, Stokes, WaterTemperature, WaveDirection,
    WaveHeight, Wind,
};

/// CF standard names (table version 85) that are of use.
const STANDARD: [(&str, Quantity, Part); 45] = [
    ("eastward_sea_water_velocity", Current, East),
    ("northward_sea_water_velocity", Current, North),
    ("x_sea_water_velocity", Current, GridX),
    ("y_sea_water_velocity", Current, GridY),
    ("sea_water_x_velocity", Current, GridX),
    ("sea_water_y_velocity", Current, GridY),
    ("surface_eastward_sea_water_velocity", Current, East),
    ("surface_northward_sea_water_velocity", Current, North),
    ("surface_x_sea_water_velocity", Current, GridX),
    ("surface_y_sea_water_velocity", Current, GridY),
    ("eastward_wind", Wind, East),
    ("northward_wind", Wind, North),
    ("x_wind", Wind, GridX),
    ("y_wind", Wind, GridY),
    ("grid_eastward_wind", Wind, GridX),
    ("grid_northward_wind", Wind, GridY),
    ("sea_surface_wave_stokes_drift_eastward_velocity", Stokes, East),
    ("sea_surface_wave_stokes_drift_northward_velocity", Stokes, North),
    ("sea_surface_wave_stokes_drift_x_velocity", Stokes, GridX),
    ("sea_surface_wave_stokes_drift_y_velocity", Stokes, GridY),
    // Not of CF, but what WAVEWATCH III writes.
    ("eastward_surface_stokes_drift", Stokes, East),
    ("northward_surface_stokes_drift", Stokes, North),
    ("sea_surface_wave_significant_height", WaveHeight, Whole),
    ("significant_height_of_wind_and_swell_waves", WaveHeight, Whole),
    ("sea_surface_wave_period_at_variance_spectral_density_maximum", PeakPeriod, Whole),
    ("sea_surface_wave_mean_period", MeanPeriod, Whole),
    ("sea_surface_wave_mean_period_from_variance_spectral_density_second_frequency_moment", MeanPeriod, Whole),
    ("sea_surface_wave_mean_period_from_variance_spectral_density_first_frequency_moment", MeanPeriod, Whole),
    ("sea_surface_wave_mean_period_from_variance_spectral_density_inverse_frequency_moment", MeanPeriod, Whole),
    ("sea_surface_wave_zero_upcrossing_period", MeanPeriod, Whole),
    ("sea_surface_wave_from_direction", WaveDirection, Whole),
    ("sea_surface_wave_from_direction_at_variance_spectral_density_maximum", WaveDirection, Whole),
    ("sea_surface_temperature", WaterTemperature, Whole),
    ("surface_sea_water_temperature", WaterTemperature, Whole),
    ("sea_water_temperature", WaterTemperature, Whole),
    ("sea_water_potential_temperature", WaterTemperature, Whole),
    ("sea_water_conservative_temperature", WaterTemperature, Whole),
    ("air_temperature", AirTemperature, Whole),
    ("sea_surface_height_above_mean_sea_level", SeaLevel, Whole),
    ("sea_surface_height_above_geoid", SeaLevel, Whole),
    ("sea_surface_elevation", SeaLevel, Whole),
    ("sea_floor_depth_below_mean_sea_level", Depth, Whole),
    ("sea_floor_depth_below_geoid", Depth, Whole),
    ("sea_floor_depth_below_sea_level", Depth, Whole),
    ("sea_floor_depth_below_sea_surface", Depth, Whole),
];

/// Names in use where the attribute is missing. Compared in lower case.
const USUAL: [(&str, Quantity, Part); 49] = [
    ("u", Current, First),
    ("v", Current, Second),
    ("uo", Current, East),
    ("vo", Current, North),
    ("utotal", Current, East),
    ("vtotal", Current, North),
    ("water_u", Current, East),
    ("water_v", Current, North),
    ("u_eastward", Current, East),
    ("v_northward", Current, North),
    ("ucur", Current, First),
    ("vcur", Current, Second),
    ("u10", Wind, First),
    ("v10", Wind, Second),
    ("u10m", Wind, First),
    ("v10m", Wind, Second),
    ("10u", Wind, First),
    ("10v", Wind, Second),
    ("uwnd", Wind, First),
    ("vwnd", Wind, Second),
    ("u_wind", Wind, First),
    ("v_wind", Wind, Second),
    ("x_wind_10m", Wind, GridX),
    ("y_wind_10m", Wind, GridY),
    ("x_wind", Wind, GridX),
    ("y_wind", Wind, GridY),
    ("vsdx", Stokes, East),
    ("vsdy", Stokes, North),
    ("ust", Stokes, East),
    ("vst", Stokes, North),
    ("uuss", Stokes, East),
    ("vuss", Stokes, North),
    ("hs", WaveHeight, Whole),
    ("swh", WaveHeight, Whole),
    ("vhm0", WaveHeight, Whole),
    ("tp", PeakPeriod, Whole),
    ("vtpk", PeakPeriod, Whole),
    ("pp1d", PeakPeriod, Whole),
    ("mwp", MeanPeriod, Whole),
    ("vtm10", MeanPeriod, Whole),
    ("vtm02", MeanPeriod, Whole),
    ("t0m1", MeanPeriod, Whole),
    ("t02", MeanPeriod, Whole),
    ("mwd", WaveDirection, Whole),
    ("thq", WaveDirection, Whole),
    ("vmdr", WaveDirection, Whole),
    ("sst", WaterTemperature, Whole),
    ("thetao", WaterTemperature, Whole),
    ("t2m", AirTemperature, Whole),
];

/// What a variable holds, and whether that is known from its standard name (`true`) or only from its usual name.
#[must_use]
pub fn meaning(name: &str, standard_name: Option<&str>, long_name: Option<&str>) -> Option<(Quantity, Part, bool)> {
    // "unknown" is what files made of GRIB say of a parameter for which their table has no name.
    if let Some(standard) = standard_name.map(str::trim).filter(|s| !matches!(*s, "" | "unknown")) {
        return STANDARD.iter().find(|(s, ..)| *s == standard).map(|(_, q, p)| (*q, *p, true));
    }
    let lower = name.to_lowercase();
    // A gust without an attribute would otherwise pass by its name.
    let long = long_name.unwrap_or_default().to_lowercase();
    if lower.contains("gust") || long.contains("gust") {
        return None;
    }
    USUAL.iter().find(|(n, ..)| *n == lower).map(|(_, q, p)| (*q, *p, false))
}

/// Whether a variable is a gust: it is never taken as a wind, and who looks for a wind is told why.
#[must_use]
pub fn is_gust(name: &str, standard_name: Option<&str>, long_name: Option<&str>) -> bool {
    [Some(name), standard_name, long_name].iter().flatten().any(|t| t.to_lowercase().contains("gust"))
}

/// Names of a component along the grid and of one to the east, for messages.
#[must_use]
pub const fn directions(q: Quantity) -> (&'static str, &'static str) {
    match q {
        Wind => ("x_wind", "eastward_wind"),
        Stokes => ("sea_surface_wave_stokes_drift_x_velocity", "sea_surface_wave_stokes_drift_eastward_velocity"),
        _ => ("x_sea_water_velocity", "eastward_sea_water_velocity"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_name_wins() {
        assert_eq!(meaning("x_wind_10m", Some("x_wind"), Some("Zonal 10 metre wind")), Some((Wind, GridX, true)));
        assert_eq!(meaning("u", Some("eastward_wind"), None), Some((Wind, East, true)));
        assert_eq!(meaning("u10", Some("wind_speed_of_gust"), None), None);
        assert_eq!(meaning("u", Some("eastward_sea_ice_velocity"), None), None);
        assert_eq!(meaning("U10", None, None), Some((Wind, First, false)));
        assert_eq!(meaning("uo", Some("  "), None), Some((Current, East, false)));
        assert_eq!(meaning("mwp", Some("unknown"), Some("Mean wave period")), Some((MeanPeriod, Whole, false)));
        assert_eq!(meaning("i10fg", Some("unknown"), Some("Instantaneous 10 metre wind gust")), None);
    }

    #[test]
    fn a_gust_is_no_wind() {
        assert_eq!(meaning("u10", None, Some("10 metre u wind gust")), None);
        assert_eq!(meaning("gust", None, None), None);
        assert!(is_gust("fg10", Some("wind_speed_of_gust"), None));
        assert!(!is_gust("u10", Some("eastward_wind"), None));
    }

    #[test]
    fn every_component_has_its_partner_in_the_list() {
        for table in [&STANDARD[..], &USUAL[..]] {
            for (name, quantity, part) in table {
                if let Some((other, _)) = part.partner() {
                    assert!(table.iter().any(|(_, q, p)| q == quantity && *p == other), "{name}");
                }
            }
        }
    }
}
