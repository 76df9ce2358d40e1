//! What a dimension is: CF's attributes of its coordinate first, then the names in use.

use crate::attributes::Attributes;

/// What a dimension counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Columns.
    X,
    /// Rows.
    Y,
    /// Levels.
    Z,
    /// Times.
    T,
    /// Members of an ensemble and the like.
    Other,
}

/// What the values of a horizontal coordinate are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Degrees of longitude or latitude.
    Geographic,
    /// Degrees about a rotated pole.
    Rotated,
    /// Lengths on a projection, with the metres in one unit.
    Projected(f64),
    /// Not said.
    Unknown,
}

const NAMES: [(&str, Role); 38] = [
    ("lon", Role::X),
    ("longitude", Role::X),
    ("x", Role::X),
    ("xc", Role::X),
    ("rlon", Role::X),
    ("nav_lon", Role::X),
    ("west_east", Role::X),
    ("xi_rho", Role::X),
    ("ni", Role::X),
    ("i", Role::X),
    ("nx", Role::X),
    ("lat", Role::Y),
    ("latitude", Role::Y),
    ("y", Role::Y),
    ("yc", Role::Y),
    ("rlat", Role::Y),
    ("nav_lat", Role::Y),
    ("south_north", Role::Y),
    ("eta_rho", Role::Y),
    ("nj", Role::Y),
    ("j", Role::Y),
    ("ny", Role::Y),
    ("depth", Role::Z),
    ("deptht", Role::Z),
    ("depthu", Role::Z),
    ("depthv", Role::Z),
    ("lev", Role::Z),
    ("level", Role::Z),
    ("z", Role::Z),
    ("height", Role::Z),
    ("heightaboveground", Role::Z),
    ("time", Role::T),
    ("t", Role::T),
    ("ocean_time", Role::T),
    ("time_counter", Role::T),
    ("valid_time", Role::T),
    ("record", Role::T),
    ("times", Role::T),
];

/// The role of a dimension from its coordinate's attributes (where it has a coordinate) or its name.
#[must_use]
pub fn role(name: &str, coordinate: Option<&Attributes>) -> Role {
    if let Some(a) = coordinate {
        match a.text("standard_name").unwrap_or_default() {
            "longitude" | "grid_longitude" | "projection_x_coordinate" => return Role::X,
            "latitude" | "grid_latitude" | "projection_y_coordinate" => return Role::Y,
            "time" => return Role::T,
            "forecast_period" | "forecast_reference_time" | "realization" => return Role::Other,
            "depth" | "height" | "altitude" | "height_above_mean_sea_level" | "air_pressure" => return Role::Z,
            s if s.starts_with("ocean_s") || s.starts_with("atmosphere_") => return Role::Z,
            _ => {}
        }
        match a.text("axis").unwrap_or_default() {
            "X" | "x" => return Role::X,
            "Y" | "y" => return Role::Y,
            "Z" | "z" => return Role::Z,
            "T" | "t" => return Role::T,
            _ => {}
        }
        let units = a.text("units").unwrap_or_default();
        match angle(units) {
            Some(Role::X) => return Role::X,
            Some(Role::Y) => return Role::Y,
            _ if units.contains(" since ") => return Role::T,
            _ => {}
        }
        if a.text("positive").is_some() {
            return Role::Z;
        }
    }
    let lower = name.to_lowercase();
    NAMES.iter().find(|(n, _)| *n == lower).map_or(Role::Other, |(_, r)| *r)
}

/// East or north by the unit's spelling.
fn angle(units: &str) -> Option<Role> {
    match units.to_lowercase().replace(['_', ' '], "").as_str() {
        "degreeseast" | "degreeeast" | "degreee" | "degreese" => Some(Role::X),
        "degreesnorth" | "degreenorth" | "degreen" | "degreesn" => Some(Role::Y),
        _ => None,
    }
}

/// What the values of a horizontal coordinate are.
#[must_use]
pub fn kind(name: &str, a: &Attributes) -> Kind {
    match a.text("standard_name").unwrap_or_default() {
        "longitude" | "latitude" => return Kind::Geographic,
        "grid_longitude" | "grid_latitude" => return Kind::Rotated,
        _ => {}
    }
    let units = a.text("units").unwrap_or_default();
    if angle(units).is_some() {
        return Kind::Geographic;
    }
    match units.to_lowercase().as_str() {
        "m" | "meter" | "metre" | "meters" | "metres" => Kind::Projected(1.0),
        "km" | "kilometer" | "kilometre" | "kilometers" | "kilometres" => Kind::Projected(1000.0),
        "" | "degrees" | "degree" | "deg" => match name.to_lowercase().as_str() {
            "lon" | "longitude" | "lat" | "latitude" | "nav_lon" | "nav_lat" => Kind::Geographic,
            "rlon" | "rlat" => Kind::Rotated,
            _ => Kind::Unknown,
        },
        _ => Kind::Unknown,
    }
}

/// Whether a variable is a longitude (`X`) or a latitude (`Y`) by its attributes or name.
#[must_use]
pub fn place(name: &str, a: &Attributes) -> Option<Role> {
    match a.text("standard_name").unwrap_or_default() {
        "longitude" => return Some(Role::X),
        "latitude" => return Some(Role::Y),
        "" => {}
        _ => return None,
    }
    angle(a.text("units").unwrap_or_default()).or(match name.to_lowercase().as_str() {
        "lon" | "longitude" | "nav_lon" | "lon_rho" => Some(Role::X),
        "lat" | "latitude" | "nav_lat" | "lat_rho" => Some(Role::Y),
        _ => None,
    })
}
