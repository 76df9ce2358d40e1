//! The grids of GRIB 2 (code table 3.1): templates 0, 1, 10, 20 and 30.

use crate::error::Fault;
use grib::def::grib2::GridDefinitionTemplate as Template;
use grib::def::grib2::template::param_set::{EarthShape, LatLonGrid, ScanningMode};
use plimsoll_sea::grid::{Axis, Figure, Grid, Projection};

/// A grid and along what the vectors on it lie.
#[derive(Clone, Debug)]
pub struct Shape {
    pub grid: Grid,
    /// Components run along the grid's axes, not to east and north.
    pub along_grid: bool,
}

/// How the values of a message follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// A row after the other; else a column after the other.
    rows: bool,
    /// Every other row (or column) runs back.
    alternating: bool,
}

impl Order {
    /// Index of the value at a column and row, counted from the first point of the message.
    pub fn place(self, column: usize, row: usize, columns: usize, rows: usize) -> usize {
        let (outer, inner, length) = if self.rows { (row, column, columns) } else { (column, row, rows) };
        let inner = if self.alternating && outer % 2 == 1 { length - 1 - inner } else { inner };
        outer * length + inner
    }
}

/// The grid of a template, or why it cannot be used, and the order of its values.
pub fn of(template: &Template) -> (Result<Shape, Fault>, Order) {
    let plain = Order { rows: true, alternating: false };
    match template {
        Template::_3_0(t) => (lat_lon(&t.lat_lon, Projection::LonLat), order(t.lat_lon.scanning_mode)),
        Template::_3_1(t) => {
            let rotation = &t.rotation;
            if rotation.rot_angle != 0.0 {
                return (Err(fault("a rotated grid that is turned about its own pole is not read")), plain);
            }
            // The file gives the southern pole; the northern one lies opposite.
            let (lat, lon) = (-micro(rotation.south_pole_lat), micro_u(rotation.south_pole_lon) + 180.0);
            let projection = Projection::rotated_pole(wrapped(lon), lat, 0.0).map_err(|e| fault(&e.to_string()));
            (projection.and_then(|p| lat_lon(&t.lat_lon, p)), order(t.lat_lon.scanning_mode))
        }
        Template::_3_10(t) => {
            let shape = figure(&t.earth_shape).and_then(|f| {
                let p = Projection::mercator(f, micro_u(t.first_point_lon), micro(t.lad), [0.0; 2]);
                let first = [micro_u(t.first_point_lon), micro(t.first_point_lat)];
                metric(p, first, [t.di, t.dj], [t.ni, t.nj], t.scanning_mode, t.resolution_and_component_flags.0)
            });
            (shape, order(t.scanning_mode))
        }
        Template::_3_20(t) => {
            let shape = figure(&t.earth_shape).and_then(|f| {
                let north = t.projection_centre.contains_north_pole_on_projection_plane();
                let p = Projection::polar_stereographic(f, north, wrapped(micro(t.lov)), micro(t.lad), [0.0; 2]);
                let first = [micro_u(t.first_point_lon), micro(t.first_point_lat)];
                metric(p, first, [t.dx, t.dy], [t.ni, t.nj], t.scanning_mode, t.resolution_and_component_flags.0)
            });
            (shape, order(t.scanning_mode))
        }
        Template::_3_30(t) => {
            let shape = figure(&t.earth_shape).and_then(|f| {
                let parallels = [micro(t.latin1), micro(t.latin2)];
                let p = Projection::lambert_conformal(f, wrapped(micro_u(t.lov)), micro(t.lad), parallels, [0.0; 2]);
                let first = [micro_u(t.first_point_lon), micro(t.first_point_lat)];
                metric(p, first, [t.dx, t.dy], [t.ni, t.nj], t.scanning_mode, t.resolution_and_component_flags.0)
            });
            (shape, order(t.scanning_mode))
        }
        _ => (Err(fault(UNREAD)), plain),
    }
}

/// What is said of a Gaussian or icosahedral grid.
const UNREAD: &str = "its grid is of a kind that is not read (regular, rotated, Mercator, polar stereographic and Lambert \
                      grids are); interpolate it to a regular grid of longitude and latitude";

fn fault(what: &str) -> Fault {
    Fault::Grid { what: what.to_owned() }
}

fn micro(v: i32) -> f64 {
    f64::from(v) * 1e-6
}

fn micro_u(v: u32) -> f64 {
    f64::from(v) * 1e-6
}

fn wrapped(deg: f64) -> f64 {
    deg - 360.0 * (deg / 360.0).round()
}

fn order(mode: ScanningMode) -> Order {
    Order { rows: mode.is_consecutive_for_i(), alternating: mode.scans_alternating_rows() }
}

/// Bit 5 of flag table 3.3: components relative to the grid.
fn along_grid(flags: u8) -> bool {
    flags & 0x08 != 0
}

fn axis(first: f64, step: f64, count: u32) -> Result<Axis, Fault> {
    if !(2..=1 << 20).contains(&count) || step == 0.0 || !(first + step).is_finite() {
        return Err(fault(&format!("it has {count} nodes in steps of {step}: no grid")));
    }
    Ok(Axis::Regular { first, step, count: count as usize })
}

fn lat_lon(g: &LatLonGrid, projection: Projection) -> Result<Shape, Fault> {
    let grid = &g.grid;
    if grid.initial_production_domain_basic_angle != 0 && grid.initial_production_domain_basic_angle != u32::MAX {
        return Err(fault("its angles are counted in units of its own, which are not read"));
    }
    let (first, last) = (
        [micro_u(grid.first_point_lon), micro(grid.first_point_lat)],
        [micro_u(grid.last_point_lon), micro(grid.last_point_lat)],
    );
    let mode = g.scanning_mode;
    // The last point and not the increment, which is rounded to a millionth of a degree.
    let wide = if mode.scans_positively_for_i() {
        (last[0] - first[0]).rem_euclid(360.0)
    } else {
        -(first[0] - last[0]).rem_euclid(360.0)
    };
    let steps = |n: u32| f64::from(n.max(2) - 1);
    let high = last[1] - first[1];
    if (high > 0.0) != mode.scans_positively_for_j() {
        return Err(fault("its first and last latitude contradict its scanning mode"));
    }
    let from = if first[0] > 180.0 && first[0] + wide > 360.0 { first[0] - 360.0 } else { first[0] };
    let x = axis(from, wide / steps(grid.ni), grid.ni)?;
    let y = axis(first[1], high / steps(grid.nj), grid.nj)?;
    let flags = grid.resolution_and_component_flags.0;
    Ok(Shape { grid: Grid::axes(projection, x, y), along_grid: along_grid(flags) })
}

fn metric(
    projection: Result<Projection, plimsoll_sea::grid::projection::ProjectionError>,
    [lon, lat]: [f64; 2],
    step_mm: [u32; 2],
    count: [u32; 2],
    mode: ScanningMode,
    flags: u8,
) -> Result<Shape, Fault> {
    let projection = projection.map_err(|e| fault(&e.to_string()))?;
    let [x0, y0] = projection.forward(lon, lat);
    let step = |mm: u32, up: bool| f64::from(mm) * if up { 0.001 } else { -0.001 };
    let x = axis(x0, step(step_mm[0], mode.scans_positively_for_i()), count[0])?;
    let y = axis(y0, step(step_mm[1], mode.scans_positively_for_j()), count[1])?;
    Ok(Shape { grid: Grid::axes(projection, x, y), along_grid: along_grid(flags) })
}

/// Code table 3.2.
fn figure(e: &EarthShape) -> Result<Figure, Fault> {
    let scaled = |v: u32, factor: u8| f64::from(v) / plimsoll_core::maths::pow(10.0, f64::from(factor));
    let axes = |unit: f64| {
        let major = scaled(e.major_axis.scaled_value, e.major_axis.scale_factor) * unit;
        let minor = scaled(e.minor_axis.scaled_value, e.minor_axis.scale_factor) * unit;
        Figure { radius_m: major, eccentricity: (1.0 - (minor / major) * (minor / major)).sqrt() }
    };
    let figure = match e.shape {
        0 => Figure::sphere(6_367_470.0),
        1 => Figure::sphere(scaled(e.spherical_earth_radius.scaled_value, e.spherical_earth_radius.scale_factor)),
        2 => Figure::ellipsoid(6_378_160.0, 297.0),
        3 => axes(1000.0),
        4 => Figure::ellipsoid(6_378_137.0, 298.257_222_101),
        5 => Figure::WGS84,
        6 => Figure::sphere(6_371_229.0),
        7 => axes(1.0),
        8 => Figure::sphere(6_371_200.0),
        other => return Err(fault(&format!("its earth is of shape {other} (code table 3.2), which is not read"))),
    };
    if (6.3e6..=6.4e6).contains(&figure.radius_m) && (0.0..0.1).contains(&figure.eccentricity) {
        return Ok(figure);
    }
    Err(fault(&format!("its earth has a radius of {} m: that is not this earth", figure.radius_m)))
}
