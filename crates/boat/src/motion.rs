//! How the boat moves: one equation for roll, one for heave, both damped relative to the water.
//!
//! ```text
//! I phi'' + B1 (phi' - gamma s') + B2 |phi' - gamma s'| (phi' - gamma s')
//!     = -g (K(theta, V) - S(q) sin theta) + g N m_p y cos phi + M(t),      theta = phi - gamma s
//! z'' = w_h^2 (eta - z) + 2 zeta_h w_h (eta' - z')
//! ```
//!
//! `K` is the righting moment of [`crate::table`] without the height of the centre of gravity, `S(q)` the first moment of hull
//! and people about the lowest point of the tubes with a share `q` standing, `s` the slope of the surface across the boat,
//! `gamma` the share of it that a wave of its length imparts. Long waves carry the boat along; water comes over a
//! side in short steep sea, breakers, wash and with a list.

use crate::crowd::Crowd;
use crate::flooding::FloodingConstants;
use crate::hull::Hull;
use crate::ledger::LEDGER;
use crate::table::{HEEL_STEP_RAD, StabilityTable};
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::exp;

/// Acceleration of gravity, m/s2.
const G: f64 = plimsoll_sea::GRAVITY_M_S2;

/// What is judged about motion, for one state of knowledge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MotionConstants {
    /// Radius of gyration in roll with added mass, as a share of the beam.
    pub radius_share: f64,
    /// Linear roll damping as a share of critical, boat and people still.
    pub roll_damping: f64,
    /// Quadratic roll damping over inertia, 1/rad.
    pub roll_damping_quadratic: f64,
    /// Added mass in heave as a share of the displacement.
    pub heave_added_mass: f64,
    /// Heave damping as a share of critical.
    pub heave_damping: f64,
    /// Effective-slope factor of waves twice as long as the beam.
    pub slope_factor_short: f64,
    /// Heel beyond which nobody stays aboard, deg.
    pub capsize_heel_deg: f64,
}

impl MotionConstants {
    /// Draws them.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        Self {
            radius_share: LEDGER.value("motion.radius_share", k),
            roll_damping: LEDGER.value("motion.roll_damping", k),
            roll_damping_quadratic: LEDGER.value("motion.roll_damping_quadratic", k),
            heave_added_mass: LEDGER.value("motion.heave_added_mass", k),
            heave_damping: LEDGER.value("motion.heave_damping", k),
            slope_factor_short: LEDGER.value("motion.slope_factor_short", k),
            capsize_heel_deg: LEDGER.value("motion.capsize_heel", k),
        }
    }
}

/// The coefficients of one boat's motion and flooding, as the kernel uses them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dynamics {
    /// Roll inertia with added mass, kg m2.
    pub roll_inertia_kg_m2: f32,
    /// Linear roll damping `B1`, N m s.
    pub roll_damping_n_m_s: f32,
    /// Quadratic roll damping `B2`, N m s2.
    pub roll_damping_quadratic_n_m_s2: f32,
    /// Natural frequency of heave, rad/s.
    pub heave_rad_s: f32,
    /// Heave damping as a share of critical.
    pub heave_damping: f32,
    /// Effective-slope factor of waves twice as long as the beam; see [`slope_factor`].
    pub slope_factor_short: f32,
    /// Beam over the tubes, m.
    pub beam_m: f32,
    /// First moment of the hull without people about the lowest point of the tubes, kg m.
    pub hull_moment_kg_m: f32,
    /// Heel beyond which the boat counts as capsized, rad.
    pub capsize_heel_rad: f32,
    /// Coefficient of a side as a weir, m^0.5/s: `q = c h^1.5` per metre.
    pub weir_m05_s: f32,
    /// Coefficient of discharge of a tear.
    pub tear_discharge: f32,
    /// Width of the transom's cut-out that is open to the sea, m; 0 for none.
    pub transom_width_m: f32,
}

impl Dynamics {
    /// The coefficients of a hull with a dry mass (that of `table`) whose people are as `crowd` has them, seated.
    ///
    /// Roll: `I = m k^2` with `k` = `radius_share` W, added mass included; `B1 = 2 zeta sqrt(I g m GM)`, `B2` = its constant times
    /// `I`. Where the metacentric height is below 5 cm, 5 cm stand in for it in `B1`. Heave: `w_h^2 = g / (T (1 + C_a))`.
    /// The transom counts as closed; [`Self::with_open_transom`] opens it.
    #[must_use]
    pub fn new(
        constants: &MotionConstants,
        flooding: &FloodingConstants,
        hull: &Hull,
        table: &StabilityTable,
        crowd: &Crowd,
    ) -> Self {
        let mass = f64::from(table.dry_mass_kg);
        let radius = constants.radius_share * hull.beam_m;
        let inertia = mass * radius * radius;
        let hull_moment = hull.hull_mass_kg * hull.hull_centre_m;
        let people_moment = f64::from(crowd.people * crowd.person_mass_kg * crowd.seated_centre_m);
        let gm = upright_gm_m(table, (hull_moment + people_moment) / mass);
        let critical = 2.0 * (inertia * G * mass * gm.max(0.05)).sqrt();
        Self {
            roll_inertia_kg_m2: inertia as f32,
            roll_damping_n_m_s: (constants.roll_damping * critical) as f32,
            roll_damping_quadratic_n_m_s2: (constants.roll_damping_quadratic * inertia) as f32,
            heave_rad_s: (G / (f64::from(table.draught_m) * (1.0 + constants.heave_added_mass))).sqrt() as f32,
            heave_damping: constants.heave_damping as f32,
            slope_factor_short: constants.slope_factor_short as f32,
            beam_m: hull.beam_m as f32,
            hull_moment_kg_m: hull_moment as f32,
            capsize_heel_rad: constants.capsize_heel_deg.to_radians() as f32,
            weir_m05_s: flooding.weir_m05_s() as f32,
            tear_discharge: flooding.orifice_discharge as f32,
            transom_width_m: 0.0,
        }
    }

    /// The same boat with `width_m` of its transom's cut-out open to the sea.
    #[must_use]
    pub fn with_open_transom(self, width_m: f64) -> Self {
        Self { transom_width_m: width_m as f32, ..self }
    }

    /// Natural period of small rolls for a metacentric height `gm_m` and dry mass, s: `2 pi k / sqrt(g GM)`.
    #[must_use]
    pub fn roll_period_s(&self, table: &StabilityTable, gm_m: f64) -> f64 {
        let radius = (f64::from(self.roll_inertia_kg_m2) / f64::from(table.dry_mass_kg)).sqrt();
        std::f64::consts::TAU * radius / (G * gm_m).sqrt()
    }
}

/// Metacentric height that the table's innermost cells give for a centre of gravity at `kg_m`, without water aboard, m.
#[must_use]
pub fn upright_gm_m(table: &StabilityTable, kg_m: f64) -> f64 {
    let step = HEEL_STEP_RAD as f32;
    let slope = f64::from(table.moment_kg_m(step, 0.0) - table.moment_kg_m(-step, 0.0)) / (2.0 * HEEL_STEP_RAD);
    slope / f64::from(table.dry_mass_kg) - kg_m
}

/// Share of a wave's slope that heels the boat: 1 for waves longer than five beams, `short` at two, linear between, and in
/// proportion to the length below. `ratio` is the length across the boat over the beam.
#[must_use]
#[inline(always)]
pub fn slope_factor(ratio: f32, short: f32) -> f32 {
    let between = short + (1.0 - short) * (ratio - 2.0) * (1.0 / 3.0);
    let below = short * ratio * 0.5;
    let factor = if ratio < 2.0 { below } else { between };
    if factor > 1.0 { 1.0 } else { factor }
}

/// Per-step loss of speed `1 - exp(-rate dt)` over `dt`, 1/s: with it semi-implicit Euler loses exactly the amplitude that the
/// equation loses, where the plain rate would damp a heave of `2 zeta w dt = 0.4` a third too much.
pub(crate) fn damping_per_step(rate_per_s: f64, dt_s: f64) -> f64 {
    (1.0 - exp(-rate_per_s * dt_s)) / dt_s
}
