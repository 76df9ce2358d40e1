//! Floating at rest: level, righting lever, metacentric height, equilibrium, flooding angle.
//!
//! The boat is a prism of its section ([`crate::section`]); the tubes count with their buoyant shares. Buoyancy balances
//! weight at every heel, so all of this is quasi-static and free of trim ([`crate::trim`] has trim).
//!
//! The well between the tubes is either *dry* or *open*. Dry, it displaces like a box with a lid at the line of the crowns,
//! and water aboard is a mass that runs to the lower side with a horizontal surface at the exact heeled level. A crown under
//! water does not by itself open the well: how fast water comes over it is a question of time, answered by the flooding
//! model. Open, the well holds sea water at sea level and displaces nothing.

use crate::hull::{Hull, RHO_KG_M3};
use crate::load::Load;
use crate::section::{Cut, Heel, Immersed, Section};
use thiserror::Error;

/// Whether the well keeps the sea out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Well {
    /// Sides and floor intact: the well displaces.
    Dry,
    /// Swamped: the sea stands in the well.
    Open,
}

/// Why there is no floating position.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum HydrostaticsError {
    /// More weight than the body can displace.
    #[error("{displacement_kg:.0} kg exceed the {capacity_kg:.0} kg that float")]
    Sinks {
        /// Weight afloat with the water aboard, kg.
        displacement_kg: f64,
        /// All that the body can displace, kg.
        capacity_kg: f64,
    },
    /// More water aboard than the well holds.
    #[error("{water_m3:.3} m3 of water do not fit into a well of {well_m3:.3} m3")]
    WellOverfull {
        /// Water aboard, m3.
        water_m3: f64,
        /// Volume of the well, m3.
        well_m3: f64,
    },
    /// A figure of the load that is negative, infinite or no number, or a load without mass.
    #[error("{field} of the load is {value}")]
    Load {
        /// Which figure.
        field: &'static str,
        /// What it was.
        value: f64,
    },
}

/// What floats: a prism with two tubes and a well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Body {
    /// Its section.
    pub section: Section,
    /// Its length, m.
    pub length_m: f64,
    /// Buoyant shares of the port and the starboard tube.
    pub shares: [f64; 2],
    /// Heights of the port and the starboard crown above the lowest point of the tubes, m.
    pub crowns_m: [f64; 2],
    /// State of the well.
    pub well: Well,
}

impl Body {
    /// Everything it can displace, kg: with an open well, what the tubes alone carry.
    #[must_use]
    pub fn capacity_kg(&self) -> f64 {
        let well = if self.well == Well::Dry { self.section.well_area_m2() } else { 0.0 };
        RHO_KG_M3 * self.length_m * (well + (self.shares[0] + self.shares[1]) * self.section.tube_area_m2())
    }

    /// Volume of the well, m3.
    #[must_use]
    pub fn well_m3(&self) -> f64 {
        self.length_m * self.section.well_area_m2()
    }

    /// What a cut displaces: tubes by their shares, the well if dry.
    #[must_use]
    pub fn displaced(&self, cut: &Cut) -> Immersed {
        let tubes = Immersed::default().plus(self.shares[0], cut.port).plus(self.shares[1], cut.starboard);
        match self.well {
            Well::Dry => tubes.plus(1.0, cut.well),
            Well::Open => tubes,
        }
    }

    /// The level at which the body displaces `area_m2` in section. Newton's method kept in a bracket; monotone in area.
    #[must_use]
    pub fn level(&self, heel: Heel, area_m2: f64) -> f64 {
        let [low, high] = self.section.span(heel);
        self.level_near(heel, area_m2, 0.5 * (low + high))
    }

    /// As [`Self::level`], begun at a guess: the same level, sooner.
    #[must_use]
    pub fn level_near(&self, heel: Heel, area_m2: f64, guess_m: f64) -> f64 {
        let f = |level| {
            let c = self.section.chords(heel, level);
            let slope = self.shares[0] * c.port_m + self.shares[1] * c.starboard_m;
            let well = if self.well == Well::Dry { c.well_m } else { 0.0 };
            (self.displaced(&self.section.cut(heel, level)).area_m2, slope + well)
        };
        invert(f, self.section.span(heel), guess_m, area_m2)
    }

    /// The level of a volume of water in the well, per length `area_m2`.
    #[must_use]
    pub fn water_level(&self, heel: Heel, area_m2: f64) -> f64 {
        let f = |level| (self.section.well_below(heel, level).area_m2, self.section.well_chord(heel, level)[0]);
        let [low, high] = self.section.well_span(heel);
        invert(f, [low, high], 0.5 * (low + high), area_m2)
    }
}

/// Solves `f(level) = target` for a non-decreasing `f` that comes with its slope.
fn invert(f: impl Fn(f64) -> (f64, f64), [mut low, mut high]: [f64; 2], guess: f64, target: f64) -> f64 {
    let mut x = guess.clamp(low, high);
    for _ in 0..80 {
        let (value, slope) = f(x);
        if value < target {
            low = x;
        } else {
            high = x;
        }
        let newton = x - (value - target) / slope;
        let next = if slope > 0.0 && newton > low && newton < high { newton } else { 0.5 * (low + high) };
        // Newton's next error is of the order of this step squared.
        if (next - x).abs() <= 1e-9 && next == newton || high - low <= 1e-14 {
            return next;
        }
        x = next;
    }
    x
}

/// Righting lever and margin at one heel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gz {
    /// Righting lever, m; positive turns the boat back towards port from a positive heel.
    pub gz_m: f64,
    /// Height of the lower crown above the water, m; negative where it is under.
    pub margin_m: f64,
    /// Level of the sea in earth axes, m.
    pub level_m: f64,
    /// Height of the centre of gravity (water aboard in its heeled place) above the centre of buoyancy, m.
    pub gravity_over_buoyancy_m: f64,
}

/// A floating position of equilibrium.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Equilibrium {
    /// Heel, rad, positive with starboard down.
    pub heel_rad: f64,
    /// Height of the lower crown above the water there, m.
    pub margin_m: f64,
}

/// A body with its weights, known to float: every question has a finite answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    body: Body,
    dry_mass_kg: f64,
    centre: [f64; 2],
    water_m3: f64,
}

/// Steps of the scan for equilibria and flooding, rad: one degree.
const SCAN_RAD: f64 = std::f64::consts::PI / 180.0;
/// Widest heel looked at, rad: 60 degrees, where people have long left the boat.
const WIDEST_RAD: f64 = std::f64::consts::FRAC_PI_3;

impl Condition {
    /// A hull with its load. Water aboard an open well is part of the sea and not counted.
    ///
    /// # Errors
    /// [`HydrostaticsError`]: a figure that is not finite or negative, more water than the well holds, more weight than floats.
    pub fn new(hull: &Hull, load: &Load, well: Well) -> Result<Self, HydrostaticsError> {
        for (field, value, low) in [
            ("people", load.people, 0.0),
            ("person_mass", load.person_mass_kg, 0.0),
            ("people_centre", load.people_centre_m, f64::MIN),
            ("shift", load.shift_m, f64::MIN),
            ("water_aboard", load.water_m3, 0.0),
        ] {
            if !(value >= low && value <= f64::MAX) {
                return Err(HydrostaticsError::Load { field, value });
            }
        }
        let mass = load.dry_mass_kg(hull);
        let centre = [load.shift_m * load.people_kg() / mass, load.dry_centre_m(hull)];
        let water = if well == Well::Dry { load.water_m3 } else { 0.0 };
        Self::of_body(hull.body(well), mass, centre, water)
    }

    /// Any body with a mass at `centre` (`[y, z]`, body axes, m) and water in its well.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn of_body(body: Body, dry_mass_kg: f64, centre: [f64; 2], water_m3: f64) -> Result<Self, HydrostaticsError> {
        if !(dry_mass_kg > 0.0 && dry_mass_kg <= f64::MAX) {
            return Err(HydrostaticsError::Load { field: "mass", value: dry_mass_kg });
        }
        let well_m3 = body.well_m3();
        if water_m3 > well_m3 {
            return Err(HydrostaticsError::WellOverfull { water_m3, well_m3 });
        }
        let displacement_kg = dry_mass_kg + RHO_KG_M3 * water_m3;
        let capacity_kg = body.capacity_kg();
        if displacement_kg > capacity_kg {
            return Err(HydrostaticsError::Sinks { displacement_kg, capacity_kg });
        }
        Ok(Self { body, dry_mass_kg, centre, water_m3 })
    }

    /// What floats.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// Weight afloat with the water aboard, kg.
    #[must_use]
    pub fn displacement_kg(&self) -> f64 {
        self.dry_mass_kg + RHO_KG_M3 * self.water_m3
    }

    /// Righting lever and margin at heel `phi_rad`, within 90 degrees to either side.
    ///
    /// `GZ = y_B - y_G` in earth axes, the water aboard counted in `y_G` at its heeled centroid.
    #[must_use]
    pub fn gz(&self, phi_rad: f64) -> Gz {
        self.gz_near(phi_rad, f64::NAN)
    }

    /// As [`Self::gz`], with a guess of the level (NaN: none), such as the level at a neighbouring heel.
    #[must_use]
    pub fn gz_near(&self, phi_rad: f64, level_guess_m: f64) -> Gz {
        let heel = Heel::new(phi_rad);
        let body = &self.body;
        let area = self.displacement_kg() / (RHO_KG_M3 * body.length_m);
        let level_m =
            if level_guess_m.is_finite() { body.level_near(heel, area, level_guess_m) } else { body.level(heel, area) };
        let displaced = body.displaced(&body.section.cut(heel, level_m));
        let (water, centre) = (self.water(heel), heel.to_earth(self.centre));
        let dry = area - water.area_m2;
        let gravity = [(water.y_moment_m3 + dry * centre[0]) / area, (water.z_moment_m3 + dry * centre[1]) / area];
        // Divided by the area found, not the area asked for: the two agree to rounding, and the lever is then a true centroid.
        let buoyancy = [displaced.y_moment_m3 / displaced.area_m2, displaced.z_moment_m3 / displaced.area_m2];
        Gz {
            gz_m: buoyancy[0] - gravity[0],
            margin_m: self.margin_m(heel, level_m),
            level_m,
            gravity_over_buoyancy_m: gravity[1] - buoyancy[1],
        }
    }

    fn water(&self, heel: Heel) -> Immersed {
        if self.water_m3 <= 0.0 {
            return Immersed::default();
        }
        let area = self.water_m3 / self.body.length_m;
        self.body.section.well_below(heel, self.body.water_level(heel, area))
    }

    /// Level of the water aboard in earth axes, m; `None` without any.
    #[must_use]
    pub fn water_level_m(&self, phi_rad: f64) -> Option<f64> {
        (self.water_m3 > 0.0).then(|| self.body.water_level(Heel::new(phi_rad), self.water_m3 / self.body.length_m))
    }

    /// The crown of a side (`1.0` starboard, `-1.0` port) in body axes, m.
    #[must_use]
    pub fn crown(&self, side: f64) -> [f64; 2] {
        [side * self.body.section.half_spacing_m, self.body.crowns_m[usize::from(side > 0.0)]]
    }

    fn margin_m(&self, heel: Heel, level_m: f64) -> f64 {
        let [port, starboard] = [-1.0, 1.0].map(|side| heel.to_earth(self.crown(side))[1]);
        port.min(starboard) - level_m
    }

    /// Height of the lower crown above the water, upright, m.
    #[must_use]
    pub fn freeboard_m(&self) -> f64 {
        self.gz(0.0).margin_m
    }

    /// Height of the lowest point of the tubes below the water, upright, m.
    #[must_use]
    pub fn draught_m(&self) -> f64 {
        self.gz(0.0).level_m
    }

    /// Metacentric height upright, m: the exact slope of the righting lever there,
    /// `GM = [A z_B + I - S^2 / B - (a z_w + i) - (A - a) KG] / A`, with `I`, `S`, `B` the second, first and zeroth moment of the
    /// waterline's chord by shares, and `a`, `z_w`, `i` the same of the water aboard. For a symmetric boat `KB + I/V - KG`
    /// less the free-surface loss `i/V`.
    #[must_use]
    pub fn gm_m(&self) -> f64 {
        let body = &self.body;
        let section = &body.section;
        let area = self.displacement_kg() / (RHO_KG_M3 * body.length_m);
        let level = body.level(Heel::UPRIGHT, area);
        let displaced = body.displaced(&section.cut(Heel::UPRIGHT, level));
        let chords = section.chords(Heel::UPRIGHT, level);
        let (b, [fp, fs]) = (section.half_spacing_m, body.shares);
        let (port, starboard) = (fp * chords.port_m, fs * chords.starboard_m);
        let own = (fp * cube(chords.port_m) + fs * cube(chords.starboard_m)) / 12.0;
        let well = if body.well == Well::Dry { chords.well_m } else { 0.0 };
        let chord = port + starboard + well;
        let first = b * (starboard - port);
        let second = own + b * b * (port + starboard) + cube(well) / 12.0;
        let lost = if chord > 0.0 { first * first / chord } else { 0.0 };
        let mut moment = displaced.z_moment_m3 + second - lost;
        let mut dry = area;
        if self.water_m3 > 0.0 {
            let level = body.water_level(Heel::UPRIGHT, self.water_m3 / body.length_m);
            let water = section.well_below(Heel::UPRIGHT, level);
            let surface = section.well_chord(Heel::UPRIGHT, level)[0];
            moment -= water.z_moment_m3 + cube(surface) / 12.0;
            dry -= water.area_m2;
        }
        (moment - dry * self.centre[1]) / area
    }

    /// The equilibrium reached from upright, giving way to whichever side the boat turns: upright itself, a list, or an angle
    /// of loll (then to starboard). `None` if there is none within 60 degrees.
    #[must_use]
    pub fn equilibrium(&self) -> Option<Equilibrium> {
        let upright = self.gz(0.0);
        let at = |heel_rad: f64| Equilibrium { heel_rad, margin_m: self.gz(heel_rad).margin_m };
        // 1e-9 m of lever is rounding, not a list.
        if upright.gz_m.abs() < 1e-9 && self.gm_m() > 0.0 {
            return Some(at(0.0));
        }
        let side = if upright.gz_m > 1e-9 { -1.0 } else { 1.0 };
        let mut level = upright.level_m;
        let righting = |phi: f64| {
            let gz = self.gz_near(side * phi, level);
            level = gz.level_m;
            side * gz.gz_m
        };
        let phi = first_rise(righting, WIDEST_RAD)?;
        Some(at(side * phi))
    }

    /// The heel at which the crown on one side (`1.0` starboard, `-1.0` port) comes to the water, rad, without its sign: zero
    /// where it is under water upright, `None` if it stays clear up to 60 degrees.
    #[must_use]
    pub fn flooding_heel_rad(&self, side: f64) -> Option<f64> {
        let body = &self.body;
        let area = self.displacement_kg() / (RHO_KG_M3 * body.length_m);
        let mut level = body.level(Heel::UPRIGHT, area);
        let mut under = |phi: f64| {
            let heel = Heel::new(side * phi);
            let crown = heel.to_earth(self.crown(side))[1];
            level = body.level_near(heel, area, level);
            level - crown
        };
        if under(0.0) >= 0.0 {
            return Some(0.0);
        }
        first_rise(under, WIDEST_RAD)
    }

    /// Area under the righting lever from upright to `phi_rad`, m rad: the work of heeling it there, divided by the weight.
    ///
    /// Gauss-Legendre quadrature of five points on every half degree: the curve bends where a tube leaves the water.
    #[must_use]
    pub fn area_under_gz_m_rad(&self, phi_rad: f64) -> f64 {
        const NODES: [[f64; 2]; 5] = [
            [0.0, 0.568_888_888_888_888_9],
            [-0.538_469_310_105_683, 0.478_628_670_499_366_47],
            [0.538_469_310_105_683, 0.478_628_670_499_366_47],
            [-0.906_179_845_938_664, 0.236_926_885_056_189_1],
            [0.906_179_845_938_664, 0.236_926_885_056_189_1],
        ];
        let panels = (2.0 * phi_rad.abs() / SCAN_RAD).ceil().max(1.0);
        let half = 0.5 * phi_rad / panels;
        let mut sum = 0.0;
        for panel in 0..panels as u32 {
            let middle = (2.0 * f64::from(panel) + 1.0) * half;
            for [x, weight] in NODES {
                sum += weight * self.gz(middle + half * x).gz_m;
            }
        }
        sum * half
    }
}

/// The first argument in `(0, widest]` at which `f` passes from below zero to zero or above, after a scan in whole degrees.
fn first_rise(mut f: impl FnMut(f64) -> f64, widest: f64) -> Option<f64> {
    let steps = (widest / SCAN_RAD).round() as u32;
    // A start just off zero: at an angle of loll the lever is zero upright, and falls first.
    let mut low = [1e-6, f(1e-6)];
    for i in 1..=steps {
        let x = f64::from(i) * SCAN_RAD;
        let high = [x, f(x)];
        if low[1] < 0.0 && high[1] >= 0.0 {
            return Some(root(f, low, high));
        }
        low = high;
    }
    None
}

/// The root of a continuous `f` between `low`, where it is below zero, and `high`, where it is not, each given with its value;
/// within 1e-12. False position with the Illinois rule; halving, should that be slow.
pub(crate) fn root(mut f: impl FnMut(f64) -> f64, mut low: [f64; 2], mut high: [f64; 2]) -> f64 {
    let (mut before, mut last_side) = (f64::NAN, 0);
    for i in 0..120 {
        let x =
            if i < 40 { (low[0] * high[1] - high[0] * low[1]) / (high[1] - low[1]) } else { 0.5 * (low[0] + high[0]) };
        if (x - before).abs() <= 1e-12 {
            return x;
        }
        before = x;
        let value = f(x);
        let side = if value < 0.0 { -1 } else { 1 };
        if side < 0 {
            low = [x, value];
            high[1] *= if side == last_side { 0.5 } else { 1.0 };
        } else {
            high = [x, value];
            low[1] *= if side == last_side { 0.5 } else { 1.0 };
        }
        last_side = side;
    }
    before
}

fn cube(x: f64) -> f64 {
    x * x * x
}

/// Righting lever of a loaded hull with its well dry at `phi_rad`; `None` if it sinks.
#[must_use]
pub fn gz(hull: &Hull, load: &Load, phi_rad: f64) -> Option<Gz> {
    Some(Condition::new(hull, load, Well::Dry).ok()?.gz(phi_rad))
}

/// Metacentric height of a loaded hull with its well dry, m; `None` if it sinks.
#[must_use]
pub fn gm(hull: &Hull, load: &Load) -> Option<f64> {
    Some(Condition::new(hull, load, Well::Dry).ok()?.gm_m())
}
