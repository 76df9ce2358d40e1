//! The load line: the present load against the limits it has passed.
//!
//! It says what this load does to this boat. It gives no permissible number of people, for there is none: every limit
//! that is not passed at rest is passed by people who stand up, by one seam, or by the next wave.

use crate::chambers::with_chamber_lost;
use crate::hull::{Hull, RHO_KG_M3};
use crate::hydrostatics::{Body, Condition, HydrostaticsError, Well, root};
use crate::ledger::LEDGER;
use crate::load::{Load, LoadConstants};
use crate::section::Heel;
use crate::strength::{Bending, StrengthConstants, bending};
use plimsoll_core::ledger::Knowledge;

/// Judged and defined figures behind the limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoadLineConstants {
    /// How far a standing crowd sways to one side on the mean, m.
    pub standing_sway_m: f64,
    /// Height of the crown above water that counts as holding people clear, m.
    pub clear_crown_m: f64,
    /// Metacentric height that goes with it, m.
    pub clear_gm_m: f64,
    /// Centres, immersion and packing of people.
    pub load: LoadConstants,
    /// Pressure and seating for the folding margin.
    pub strength: StrengthConstants,
}

impl LoadLineConstants {
    /// These constants in one state of knowledge.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        Self {
            standing_sway_m: LEDGER.value("load_line.standing_sway", k),
            clear_crown_m: LEDGER.value("load_line.clear_crown", k),
            clear_gm_m: LEDGER.value("load_line.clear_gm", k),
            load: LoadConstants::draw(k),
            strength: StrengthConstants::draw(k),
        }
    }
}

/// The load line of one hull and load.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadLine {
    /// Mass of boat, people and water aboard, kg.
    pub displacement_kg: f64,
    /// The boat at rest with its well dry; `None` if it does not float so.
    pub at_rest: Option<AtRest>,
    /// The boat full of water.
    pub swamped: Swamped,
    /// The list and margins that soft tubes leave; `None` where both tubes are whole, or the boat finds no equilibrium.
    pub soft_chamber: Option<SoftChamber>,
    /// Everybody as far to one side as they can pack, after ISO 12217-1.
    pub offset_load: OffsetLoad,
    /// Bending of each tube.
    pub bending: Bending,
    /// The four limits.
    pub limits: [Limit; 4],
}

/// Stability at rest. Curve, maximum and flooding heel are those of the weaker side.
#[derive(Clone, Debug, PartialEq)]
pub struct AtRest {
    /// Lower crown above the water, upright, at the low end of a trimmed boat, m.
    pub freeboard_m: f64,
    /// Water above the lowest point of the tubes, upright, amidships, m.
    pub draught_m: f64,
    /// Metacentric height upright, m.
    pub gm_m: f64,
    /// List at which it comes to rest, degrees, positive to starboard; `None` if it finds no rest within 60 degrees.
    pub list_deg: Option<f64>,
    /// Righting lever in steps of 0.25 degrees up to crown immersion.
    pub gz: Vec<GzPoint>,
    /// Largest righting lever up to crown immersion, m; zero if there is none.
    pub gz_max_m: f64,
    /// Heel at which it is reached, degrees.
    pub gz_max_heel_deg: f64,
    /// Heel at which the crown comes to the water, degrees; `None` if not below 60.
    pub flooding_heel_deg: Option<f64>,
    /// Mean sideways shift of everyone that uses up the largest lever, m; `None` with nobody aboard.
    pub shift_to_capsize_m: Option<f64>,
    /// Edge of the transom above the water, m.
    pub transom_margin_m: f64,
}

/// One point of the curve of righting levers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GzPoint {
    /// Heel, degrees, positive to starboard.
    pub heel_deg: f64,
    /// Righting lever, m, positive where it turns the boat back from this side.
    pub gz_m: f64,
    /// Lower crown above the water, m.
    pub margin_m: f64,
}

/// The boat full of water.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swamped {
    /// Mass that the tubes alone carry, kg.
    pub capacity_kg: f64,
    /// Whole people held clear of the water: crown out and metacentric height enough, everybody's full weight aboard.
    pub held_clear: f64,
    /// People whom it still floats with the water to their chests: buoyancy alone.
    pub afloat_to_chest: f64,
}

/// What soft tubes leave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoftChamber {
    /// List, degrees, positive to starboard.
    pub list_deg: f64,
    /// Lower crown above the water there, were the soft crown as high as a firm one, m.
    pub margin_m: f64,
    /// The same with the soft crown as low as a limp tube of that volume stands, m.
    pub margin_limp_m: f64,
}

/// Everybody moves to one side (ISO 12217-1, offset-load test, with a packed crowd in place of the test weights).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OffsetLoad {
    /// Mean shift of everyone, m: as far as closest packing lets them; zero where the boat is full.
    pub shift_m: f64,
    /// Heel that follows, degrees without sign; `None` if none up to 60 balances it.
    pub heel_deg: Option<f64>,
    /// Heel that the standard allows for this length, degrees.
    pub allowed_deg: f64,
}

/// What a limit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitId {
    /// The crown is awash when people stand. Margin: mean sideways shift in hand while all stand, less their sway, m.
    StandingAwash,
    /// One lost chamber swamps it. Margin: lower crown above the water after the loss, m.
    LostChamberSwamps,
    /// Swamped, it does not hold everyone clear of the water. Margin: people.
    SwampedNotClear,
    /// It floats no more. Margin: kg.
    FloatsNoMore,
}

impl LimitId {
    /// Stable name in answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StandingAwash => "standing_awash",
            Self::LostChamberSwamps => "lost_chamber_swamps",
            Self::SwampedNotClear => "swamped_not_clear",
            Self::FloatsNoMore => "floats_no_more",
        }
    }

    /// Unit of the margin.
    #[must_use]
    pub fn margin_unit(self) -> &'static str {
        match self {
            Self::StandingAwash | Self::LostChamberSwamps => "m",
            Self::SwampedNotClear => "people",
            Self::FloatsNoMore => "kg",
        }
    }
}

/// A limit and whether the present load has passed it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// Which.
    pub id: LimitId,
    /// Whether it is passed.
    pub passed: bool,
    /// What is left, negative where passed; `None` where no floating position is left to measure it on.
    pub margin: Option<f64>,
}

/// Heel that ISO 12217-1 allows the longest boats under an offset load, degrees.
pub const OFFSET_BASE_DEG: f64 = 11.5;
/// Divisor of the cube of what a boat is shorter than 24 m, m3 per degree.
pub const OFFSET_DIVISOR: f64 = 520.0;
/// Steps of the curve, degrees.
const STEP_DEG: f64 = 0.25;
/// Heels looked at, degrees.
const WIDEST_DEG: f64 = 60.0;

/// The load line of a hull with a load.
///
/// ```
/// use plimsoll_boat::hull::{Class, Hull, HullSpec};
/// use plimsoll_boat::load::Load;
/// use plimsoll_boat::load_line::{LoadLineConstants, evaluate};
/// use plimsoll_core::ledger::Knowledge;
///
/// let hull = Hull::new(HullSpec::reference(Class::Medium))?;
/// let load = Load { people: 60.0, person_mass_kg: 70.0, people_centre_m: 0.65, shift_m: 0.0, water_m3: 0.0 };
/// let line = evaluate(&hull, &load, &LoadLineConstants::draw(&Knowledge::central()))?;
/// let rest = line.at_rest.expect("it floats");
/// assert!((rest.freeboard_m - 0.221).abs() < 0.001);
/// assert!((rest.flooding_heel_deg.expect("below 60 degrees") - 14.5).abs() < 0.5);
/// assert!(line.limits[2].passed, "swamped, it does not hold all sixty clear of the water");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`HydrostaticsError::Load`] or [`HydrostaticsError::WellOverfull`] for a load that is none. A boat that sinks is no error: it
/// has passed its last limit, and [`LoadLine::at_rest`] is empty.
pub fn evaluate(hull: &Hull, load: &Load, constants: &LoadLineConstants) -> Result<LoadLine, HydrostaticsError> {
    let floating = match Condition::new(hull, load, Well::Dry) {
        Ok(condition) => Some(condition),
        Err(HydrostaticsError::Sinks { .. }) => None,
        Err(e) => return Err(e),
    };
    let swamped = swamped(hull, load, constants);
    let sides = floating.map(|c| Sides::of(&c));
    Ok(LoadLine {
        displacement_kg: load.dry_mass_kg(hull) + RHO_KG_M3 * load.water_m3,
        limits: [
            standing_awash(hull, load, sides.as_ref(), constants),
            lost_chamber(hull, load),
            Limit {
                id: LimitId::SwampedNotClear,
                passed: swamped.held_clear < load.people,
                margin: Some(swamped.held_clear - load.people),
            },
            floats_no_more(hull, load),
        ],
        at_rest: floating.zip(sides).map(|(c, sides)| at_rest(hull, load, &c, sides)),
        swamped,
        soft_chamber: soft_chamber(hull, load),
        offset_load: offset_load(hull, load, constants.load.packing_m2),
        bending: bending(hull, load, &constants.strength),
    })
}

fn at_rest(hull: &Hull, load: &Load, condition: &Condition, sides: Sides) -> AtRest {
    let draught_m = condition.draught_m();
    let curve = sides.weaker();
    let (gz_max_m, gz_max_heel_deg) = curve.largest(0.0);
    AtRest {
        freeboard_m: condition.freeboard_m() - 0.5 * hull.trim_m.abs(),
        draught_m,
        gm_m: condition.gm_m(),
        list_deg: condition.equilibrium().map(|e| e.heel_rad.to_degrees()),
        gz_max_m,
        gz_max_heel_deg,
        flooding_heel_deg: curve.flooding_heel_deg,
        shift_to_capsize_m: shift_m(load, condition.displacement_kg(), gz_max_m),
        transom_margin_m: hull.transom_height_m - draught_m + 0.5 * hull.trim_m,
        gz: curve.points,
    }
}

/// Mean shift of everyone that balances a lever: `GZ Delta / (N m_p)`.
fn shift_m(load: &Load, displacement_kg: f64, lever_m: f64) -> Option<f64> {
    (load.people_kg() > 0.0).then(|| lever_m * displacement_kg / load.people_kg())
}

/// Righting levers to one side.
struct Curve {
    points: Vec<GzPoint>,
    /// Where the crown of that side comes to the water, or at the widest heel.
    end: GzPoint,
    flooding_heel_deg: Option<f64>,
}

impl Curve {
    fn of(condition: &Condition, side: f64) -> Self {
        let crown = condition.crown(side);
        let mut level = f64::NAN;
        // The lever, and how far this side's crown is under.
        let mut at = |heel_deg: f64| {
            let phi = (side * heel_deg).to_radians();
            let gz = condition.gz_near(phi, level);
            level = gz.level_m;
            let point = GzPoint { heel_deg: side * heel_deg, gz_m: side * gz.gz_m, margin_m: gz.margin_m };
            (point, gz.level_m - Heel::new(phi).to_earth(crown)[1])
        };
        let mut points = Vec::new();
        let (mut end, mut under) = at(0.0);
        let mut flooding = (under >= 0.0).then_some(0.0);
        while flooding.is_none() && f64::from(points.len() as u32) * STEP_DEG < WIDEST_DEG {
            points.push(end);
            let low = [side * end.heel_deg, under];
            let high = f64::from(points.len() as u32) * STEP_DEG;
            (end, under) = at(high);
            if under >= 0.0 {
                let heel = root(|h| at(h).1, low, [high, under]);
                end = at(heel).0;
                flooding = Some(heel);
            }
        }
        if flooding.is_none() {
            points.push(end);
        }
        Self { points, end, flooding_heel_deg: flooding }
    }

    /// The largest lever and its heel (degrees) with the centre of gravity raised by `higher_m`; zero upright if there is none.
    fn largest(&self, higher_m: f64) -> (f64, f64) {
        let mut most = (0.0, 0.0);
        if self.points.is_empty() {
            return most; // awash upright
        }
        for p in self.points.iter().chain([&self.end]) {
            // A higher centre leaves buoyancy as it is and takes KG sin(phi) from the lever.
            let lever = p.gz_m - higher_m * Heel::new(p.heel_deg.to_radians()).sin.abs();
            if lever > most.0 {
                most = (lever, p.heel_deg);
            }
        }
        most
    }
}

/// Righting levers to starboard, and to port where they differ.
struct Sides {
    starboard: Curve,
    port: Option<Curve>,
}

impl Sides {
    fn of(condition: &Condition) -> Self {
        let body = condition.body();
        let even = body.shares[0] == body.shares[1] && condition.gz(0.0).gz_m.abs() < 1e-9;
        Self { starboard: Curve::of(condition, 1.0), port: (!even).then(|| Curve::of(condition, -1.0)) }
    }

    /// The curve to the side with the smaller largest lever; to starboard where they are equal.
    fn weaker(self) -> Curve {
        match self.port {
            Some(port) if port.largest(0.0).0 < self.starboard.largest(0.0).0 => port,
            _ => self.starboard,
        }
    }

    /// The smaller of the two largest levers, the centre of gravity raised.
    fn weaker_lever_m(&self, higher_m: f64) -> f64 {
        let starboard = self.starboard.largest(higher_m).0;
        self.port.as_ref().map_or(starboard, |p| p.largest(higher_m).0.min(starboard))
    }
}

fn standing_awash(hull: &Hull, load: &Load, sides: Option<&Sides>, constants: &LoadLineConstants) -> Limit {
    let displacement_kg = load.dry_mass_kg(hull) + RHO_KG_M3 * load.water_m3;
    let rise = (constants.load.centre_standing_m - load.people_centre_m).max(0.0);
    let higher_m = rise * load.people_kg() / displacement_kg;
    let margin = sides
        .and_then(|s| shift_m(load, displacement_kg, s.weaker_lever_m(higher_m)))
        .map(|shift| shift - constants.standing_sway_m);
    Limit {
        id: LimitId::StandingAwash,
        // Nobody aboard: nobody stands.
        passed: load.people > 0.0 && margin.is_none_or(|m| m <= 0.0),
        margin,
    }
}

fn lost_chamber(hull: &Hull, load: &Load) -> Limit {
    let margin = Condition::new(&with_chamber_lost(hull), load, Well::Dry)
        .ok()
        .and_then(|c| c.equilibrium())
        .map(|e| e.margin_m);
    Limit { id: LimitId::LostChamberSwamps, passed: margin.is_none_or(|m| m <= 0.0), margin }
}

fn floats_no_more(hull: &Hull, load: &Load) -> Limit {
    // With the well dry up to the lower crown, or full of water on the tubes alone, whichever bears more.
    let body = hull.body(Well::Dry);
    let dry = capacity_to_lower_crown_kg(&body);
    let water = RHO_KG_M3 * load.water_m3;
    let tubes = hull.body(Well::Open).capacity_kg();
    let margin = (dry - water).max(tubes) - load.dry_mass_kg(hull);
    Limit { id: LimitId::FloatsNoMore, passed: margin < 0.0, margin: Some(margin) }
}

/// What an upright body displaces when the sea stands at its lower crown, kg.
fn capacity_to_lower_crown_kg(body: &Body) -> f64 {
    let crown = body.crowns_m[0].min(body.crowns_m[1]);
    RHO_KG_M3 * body.length_m * body.displaced(&body.section.cut(Heel::UPRIGHT, crown)).area_m2
}

fn soft_chamber(hull: &Hull, load: &Load) -> Option<SoftChamber> {
    if hull.share_port >= 1.0 && hull.share_starboard >= 1.0 {
        return None;
    }
    let at = |limpness: f64| Condition::new(&hull.with_limpness(limpness), load, Well::Dry).ok()?.equilibrium();
    let (rigid, limp) = (at(0.0)?, at(1.0)?);
    Some(SoftChamber { list_deg: rigid.heel_rad.to_degrees(), margin_m: rigid.margin_m, margin_limp_m: limp.margin_m })
}

fn swamped(hull: &Hull, load: &Load, constants: &LoadLineConstants) -> Swamped {
    let capacity_kg = hull.body(Well::Open).capacity_kg();
    let limit = |factor: f64| swamp_limit(hull, load.person_mass_kg, factor);
    let clear = |people: u32| {
        let load = Load { people: f64::from(people), shift_m: 0.0, water_m3: 0.0, ..*load };
        let Ok(condition) = Condition::new(hull, &load, Well::Open) else {
            return false;
        };
        condition.gm_m() > constants.clear_gm_m
            && condition.equilibrium().is_some_and(|e| e.margin_m >= constants.clear_crown_m)
    };
    // More people only press it down and raise the centre: the largest number is found by halving.
    let (mut held, mut too_many) = (0, limit(1.0) as u32 + 1);
    while too_many - held > 1 {
        let middle = held + (too_many - held) / 2;
        if clear(middle) {
            held = middle;
        } else {
            too_many = middle;
        }
    }
    Swamped { capacity_kg, held_clear: f64::from(held), afloat_to_chest: limit(constants.load.immersed_chest).floor() }
}

/// People whom the tubes alone keep afloat, each weighing `factor` of their weight: `N = (rho V_tubes - m_b) / (a m_p)`.
/// Buoyancy only: nothing is said of keeping upright. Zero where the hull itself sinks.
#[must_use]
pub fn swamp_limit(hull: &Hull, person_mass_kg: f64, factor: f64) -> f64 {
    let spare = hull.body(Well::Open).capacity_kg() - hull.hull_mass_kg;
    let each = factor * person_mass_kg;
    if each > 0.0 { (spare / each).clamp(0.0, 1e6) } else { 0.0 }
}

/// Largest heel under an offset load by ISO 12217-1, degrees: `11.5 + (24 - L_H)^3 / 520`, for hulls of 6 to 24 m.
#[must_use]
pub fn offset_load_limit_deg(length_m: f64) -> f64 {
    let x = 24.0 - length_m.min(24.0);
    OFFSET_BASE_DEG + x * x * x / OFFSET_DIVISOR
}

fn offset_load(hull: &Hull, load: &Load, packing_m2: f64) -> OffsetLoad {
    // Packed against one side, from the centre line of that tube inwards, over the whole length.
    let b = hull.half_spacing_m();
    let width = load.people / (packing_m2 * hull.effective_length_m);
    let shift_m = (b - 0.5 * width).max(0.0);
    let sides: &[f64] = if hull.share_port == hull.share_starboard { &[1.0] } else { &[1.0, -1.0] };
    let heel_deg = sides
        .iter()
        .map(|side| {
            let load = Load { shift_m: side * shift_m, ..*load };
            let condition = Condition::new(hull, &load, Well::Dry).ok()?;
            Some(condition.equilibrium()?.heel_rad.abs().to_degrees())
        })
        .try_fold(0.0_f64, |worst, heel| Some(worst.max(heel?)));
    OffsetLoad { shift_m, heel_deg, allowed_deg: offset_load_limit_deg(hull.length_m) }
}

#[cfg(test)]
mod tests;
