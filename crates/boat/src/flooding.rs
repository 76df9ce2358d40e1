//! Water over a side, through the floor, and out again.

use crate::ledger::LEDGER;
use plimsoll_core::ledger::Knowledge;
use plimsoll_core::maths::pow;

const G: f64 = plimsoll_sea::GRAVITY_M_S2;

/// What is known about inflow, for one state of knowledge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloodingConstants {
    /// Coefficient of discharge of a side as a broad weir.
    pub weir_discharge: f64,
    /// Coefficient of discharge of a tear in fabric.
    pub orifice_discharge: f64,
    /// Open width of the transom's cut-out where the engine or people do not block it, m.
    pub transom_width_m: f64,
    /// Rate at which the people aboard bail, m3/s, if they do.
    pub bail_m3_s: f64,
}

impl FloodingConstants {
    /// Draws them.
    #[must_use]
    pub fn draw(k: &Knowledge) -> Self {
        Self {
            weir_discharge: LEDGER.value("flooding.weir_discharge", k),
            orifice_discharge: LEDGER.value("flooding.orifice_discharge", k),
            transom_width_m: LEDGER.value("flooding.transom_width", k),
            bail_m3_s: LEDGER.value("flooding.bail_rate", k),
        }
    }

    /// Weir coefficient with gravity in it, m^0.5/s: `Cd (2/3) sqrt(2 g)`, 1.77 for Cd 0.6.
    #[must_use]
    pub fn weir_m05_s(&self) -> f64 {
        self.weir_discharge * (2.0 / 3.0) * (2.0 * G).sqrt()
    }

    /// Inflow over a level side per metre, m2/s, water standing `head_m` above it: Poleni's `Cd (2/3) sqrt(2g) h^1.5`.
    #[must_use]
    pub fn over_side_m2_s(&self, head_m: f64) -> f64 {
        let h = head_m.max(0.0);
        self.weir_m05_s() * h * h.sqrt()
    }

    /// Inflow through a tear of `area_m2` under a difference of level `head_m`, m3/s: Torricelli's `Cd A sqrt(2 g h)`.
    #[must_use]
    pub fn through_tear_m3_s(&self, area_m2: f64, head_m: f64) -> f64 {
        self.orifice_discharge * area_m2 * (2.0 * G * head_m.max(0.0)).sqrt()
    }
}

/// Volume that has come over a side of `length_m` after `seconds` in a boat that sinks `sink_m_per_m3` per volume aboard, from
/// a head of `head_m` at the start; m3. Closed form of `dV/dt = c L (h + k V)^1.5`: the head grows as the boat fills.
#[must_use]
pub fn filled_m3(weir_m05_s: f64, length_m: f64, head_m: f64, sink_m_per_m3: f64, seconds: f64) -> f64 {
    let rate = weir_m05_s * length_m;
    if sink_m_per_m3 == 0.0 {
        return rate * head_m * head_m.sqrt() * seconds;
    }
    let root = 1.0 / head_m.sqrt() - 0.5 * rate * sink_m_per_m3 * seconds;
    if root <= 0.0 {
        return f64::INFINITY;
    }
    (pow(root, -2.0) - head_m) / sink_m_per_m3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_head_no_inflow() {
        let c = FloodingConstants::draw(&Knowledge::central());
        assert_eq!(c.over_side_m2_s(-0.1), 0.0);
        assert_eq!(c.through_tear_m3_s(0.1, -0.1), 0.0);
    }

    #[test]
    fn closed_form_solves_its_equation() {
        let (c, l, h, k) = (1.77, 8.0, 0.05, 0.05);
        let v = |t| filled_m3(c, l, h, k, t);
        let slope = (v(2.001) - v(1.999)) / 0.002;
        let head = h + k * v(2.0);
        assert!((slope / (c * l * head * head.sqrt()) - 1.0).abs() < 1e-6);
        assert!((filled_m3(c, l, h, 1e-9, 3.0) / filled_m3(c, l, h, 0.0, 3.0) - 1.0).abs() < 1e-6);
    }
}
