//! Constituents: equilibrium arguments V, node factors f and angles u.
//!
//! A constituent of amplitude H and Greenwich phase lag g (the form in which gauges and models give their constants)
//! contributes `f H cos(V + u - g)`. Arguments follow Schureman (1958) and the standard list of the International
//! Hydrographic Organization's tidal committee. Left out of TICON's constants: 3L2, 3N2, R3, S3, T3, for whose arguments
//! no single convention is agreed; none of them reaches 15 mm at the gauges of the strait.

use super::astronomy::{Astronomy, Node, Nodes, RATES_DEG_DAY};
use plimsoll_core::maths::sin_cos;
use plimsoll_core::time::Utc;

/// A tidal constituent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constituent {
    /// Name as TICON and the IHO write it.
    pub name: &'static str,
    /// Multiples of tau, s, h, p and p1 (Doodson's order, the node left to f and u).
    pub multiples: [i8; 5],
    /// Quarter turns added.
    pub quarters: i8,
    /// Parents whose factors multiply and whose angles add, with how often each counts; negative: its angle is taken off.
    parents: &'static [(Node, i8)],
}

/// Where a constituent stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Argument {
    /// Equilibrium argument at Greenwich, rad.
    pub v_rad: f64,
    /// Node factor.
    pub f: f64,
    /// Node angle, rad.
    pub u_rad: f64,
}

impl Argument {
    /// `f cos(V + u)` and `f sin(V + u)`: with `H cos g` and `H sin g` they make up the contribution.
    #[must_use]
    pub fn phasor(&self) -> Phasor {
        let (sin, cos) = sin_cos(self.v_rad + self.u_rad);
        Phasor { cos: self.f * cos, sin: self.f * sin }
    }
}

/// A constituent of unit amplitude and no lag at one instant: in phase and a quarter turn behind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Phasor {
    /// `f cos(V + u)`.
    pub cos: f64,
    /// `f sin(V + u)`.
    pub sin: f64,
}

/// Everything that the arguments of all constituents at one instant have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instant {
    sky: Astronomy,
    nodes: Nodes,
}

impl Instant {
    /// At an instant.
    #[must_use]
    pub fn at(time: Utc) -> Self {
        let sky = Astronomy::at(time);
        Self { sky, nodes: Nodes::of(&sky) }
    }

    /// Argument of a constituent.
    #[must_use]
    pub fn argument(&self, constituent: &Constituent) -> Argument {
        let k = &self.sky;
        let longitudes = [k.tau_deg, k.s_deg, k.h_deg, k.p_deg, k.p1_deg];
        let turns: f64 = constituent.multiples.iter().zip(longitudes).map(|(m, x)| f64::from(*m) * x).sum();
        let v = turns + 90.0 * f64::from(constituent.quarters);
        let (mut f, mut u_rad) = (1.0, 0.0);
        for (node, count) in constituent.parents {
            let parent = self.nodes.of_node(*node);
            for _ in 0..count.unsigned_abs() {
                f *= parent.f;
            }
            u_rad += f64::from(*count) * parent.u_rad;
        }
        Argument { v_rad: (v - 360.0 * (v / 360.0).floor()).to_radians(), f, u_rad }
    }
}

impl Constituent {
    /// The constituent of that name; `None` where it is not known.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        CONSTITUENTS.iter().find(|c| c.name == name)
    }

    /// Angular speed, degrees an hour.
    #[must_use]
    pub fn speed_deg_h(&self) -> f64 {
        self.multiples.iter().zip(RATES_DEG_DAY).map(|(m, rate)| f64::from(*m) * rate).sum::<f64>() / 24.0
    }
}

const fn c(name: &'static str, multiples: [i8; 5], quarters: i8, parents: &'static [(Node, i8)]) -> Constituent {
    Constituent { name, multiples, quarters, parents }
}

/// Every constituent that can be predicted, from the slowest species to the fastest.
pub static CONSTITUENTS: [Constituent; 53] = [
    c("SA", [0, 0, 1, 0, 0], 0, &[]),
    c("SSA", [0, 0, 2, 0, 0], 0, &[]),
    c("MM", [0, 1, 0, -1, 0], 0, &[(Node::Mm, 1)]),
    c("MSF", [0, 2, -2, 0, 0], 0, &[(Node::M2, -1)]),
    c("MF", [0, 2, 0, 0, 0], 0, &[(Node::Mf, 1)]),
    c("MTM", [0, 3, 0, -1, 0], 0, &[(Node::Mf, 1)]),
    c("MSQM", [0, 4, -2, 0, 0], 0, &[(Node::Mf, 1)]),
    c("2Q1", [1, -3, 0, 2, 0], -1, &[(Node::O1, 1)]),
    c("SGM", [1, -3, 2, 0, 0], -1, &[(Node::O1, 1)]),
    c("Q1", [1, -2, 0, 1, 0], -1, &[(Node::O1, 1)]),
    c("RHO1", [1, -2, 2, -1, 0], -1, &[(Node::O1, 1)]),
    c("O1", [1, -1, 0, 0, 0], -1, &[(Node::O1, 1)]),
    c("M1", [1, 0, 0, 0, 0], 1, &[(Node::M1, 1)]),
    c("P1", [1, 1, -2, 0, 0], -1, &[]),
    c("S1", [1, 1, -1, 0, 0], 2, &[]),
    c("K1", [1, 1, 0, 0, 0], 1, &[(Node::K1, 1)]),
    c("J1", [1, 2, 0, -1, 0], 1, &[(Node::J1, 1)]),
    c("OO1", [1, 3, 0, 0, 0], 1, &[(Node::Oo1, 1)]),
    c("EP2", [2, -3, 2, 1, 0], 0, &[(Node::M2, 1)]),
    c("2N2", [2, -2, 0, 2, 0], 0, &[(Node::M2, 1)]),
    c("MU2", [2, -2, 2, 0, 0], 0, &[(Node::M2, 1)]),
    c("N2", [2, -1, 0, 1, 0], 0, &[(Node::M2, 1)]),
    c("NU2", [2, -1, 2, -1, 0], 0, &[(Node::M2, 1)]),
    c("MA2", [2, 0, -1, 0, 0], 0, &[(Node::M2, 1)]),
    c("M2", [2, 0, 0, 0, 0], 0, &[(Node::M2, 1)]),
    c("MB2", [2, 0, 1, 0, 0], 0, &[(Node::M2, 1)]),
    c("MKS2", [2, 0, 2, 0, 0], 0, &[(Node::M2, 1), (Node::K2, 1)]),
    c("LAMBDA2", [2, 1, -2, 1, 0], 2, &[(Node::M2, 1)]),
    c("L2", [2, 1, 0, -1, 0], 2, &[(Node::L2, 1)]),
    c("T2", [2, 2, -3, 0, 1], 0, &[]),
    c("S2", [2, 2, -2, 0, 0], 0, &[]),
    c("R2", [2, 2, -1, 0, -1], 2, &[]),
    c("K2", [2, 2, 0, 0, 0], 0, &[(Node::K2, 1)]),
    c("2SM2", [2, 4, -4, 0, 0], 0, &[(Node::M2, -1)]),
    c("2MK3", [3, -1, 0, 0, 0], -1, &[(Node::M2, 2), (Node::K1, -1)]),
    c("M3", [3, 0, 0, 0, 0], 2, &[(Node::M3, 1)]),
    c("MK3", [3, 1, 0, 0, 0], 1, &[(Node::M2, 1), (Node::K1, 1)]),
    c("N4", [4, -2, 0, 2, 0], 0, &[(Node::M2, 2)]),
    c("MN4", [4, -1, 0, 1, 0], 0, &[(Node::M2, 2)]),
    c("M4", [4, 0, 0, 0, 0], 0, &[(Node::M2, 2)]),
    c("SN4", [4, 1, -2, 1, 0], 0, &[(Node::M2, 1)]),
    c("MS4", [4, 2, -2, 0, 0], 0, &[(Node::M2, 1)]),
    c("MK4", [4, 2, 0, 0, 0], 0, &[(Node::M2, 1), (Node::K2, 1)]),
    c("S4", [4, 4, -4, 0, 0], 0, &[]),
    c("2MO5", [5, -1, 0, 0, 0], -1, &[(Node::M2, 2), (Node::O1, 1)]),
    c("2MK5", [5, 1, 0, 0, 0], 1, &[(Node::M2, 2), (Node::K1, 1)]),
    c("2MN6", [6, -1, 0, 1, 0], 0, &[(Node::M2, 3)]),
    c("M6", [6, 0, 0, 0, 0], 0, &[(Node::M2, 3)]),
    c("2MS6", [6, 2, -2, 0, 0], 0, &[(Node::M2, 2)]),
    c("2SM6", [6, 4, -4, 0, 0], 0, &[(Node::M2, 1)]),
    c("S6", [6, 6, -6, 0, 0], 0, &[]),
    c("M8", [8, 0, 0, 0, 0], 0, &[(Node::M2, 4)]),
    c("3MS8", [8, 2, -2, 0, 0], 0, &[(Node::M2, 3)]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_core::maths::{cos, sin};

    fn at(text: &str) -> Instant {
        Instant::at(text.parse().unwrap())
    }

    /// Speeds of Schureman's table 2, degrees an hour.
    #[test]
    fn speeds_are_those_of_the_table() {
        for (name, speed) in [
            ("M2", 28.984_104_2),
            ("S2", 30.0),
            ("N2", 28.439_729_5),
            ("K1", 15.041_068_6),
            ("O1", 13.943_035_6),
            ("K2", 30.082_137_3),
            ("L2", 29.528_478_9),
            ("T2", 29.958_933_3),
            ("R2", 30.041_066_7),
            ("M4", 57.968_208_4),
            ("MF", 1.098_033_1),
            ("SA", 0.041_068_6),
            ("NU2", 28.512_583_1),
            ("2SM2", 31.015_895_8),
        ] {
            let ours = Constituent::named(name).unwrap().speed_deg_h();
            assert!((ours - speed).abs() < 1.5e-6, "{name}: {ours}");
        }
    }

    /// The argument advances at its own speed: no multiple is mistyped against its rate, and none jumps at midnight.
    #[test]
    fn arguments_advance_at_their_speed() {
        let (a, b) = (at("2026-11-23T23:30:00Z"), at("2026-11-24T00:30:00Z"));
        for c in &CONSTITUENTS {
            let turned = (b.argument(c).v_rad - a.argument(c).v_rad).to_degrees() - c.speed_deg_h();
            assert!((turned - 360.0 * (turned / 360.0).round()).abs() < 1e-5, "{}: {turned}", c.name);
        }
    }

    /// Another road to the same factors: the series in the node's longitude of Doodson and Warburg (1941), Admiralty Manual
    /// of Tides, with their coefficients of cosines (f) and sines (u, degrees). Over a turn of the node.
    #[test]
    fn factors_are_those_of_doodson_and_warburg() {
        for (name, f, u) in [
            ("MM", [1.0, -0.1300, 0.0013, 0.0], [0.0, 0.0, 0.0]),
            ("MF", [1.0429, 0.4135, -0.0040, 0.0], [-23.74, 2.68, -0.38]),
            ("O1", [1.0089, 0.1871, -0.0147, 0.0014], [10.80, -1.34, 0.19]),
            ("K1", [1.0060, 0.1150, -0.0088, 0.0006], [-8.86, 0.68, -0.07]),
            ("J1", [1.0129, 0.1676, -0.0170, 0.0016], [-12.94, 1.34, -0.19]),
            ("OO1", [1.1027, 0.6504, 0.0317, -0.0014], [-36.68, 4.02, -0.57]),
            ("M2", [1.0004, -0.0373, 0.0002, 0.0], [-2.14, 0.0, 0.0]),
            ("K2", [1.0241, 0.2863, 0.0083, -0.0015], [-17.74, 0.68, -0.04]),
        ] {
            let c = Constituent::named(name).unwrap();
            for day in (0..6798).step_by(17) {
                let instant = Instant::at(Utc::from_millis(day * 86_400_000).unwrap());
                let ours = instant.argument(c);
                let n = instant.sky.n_deg.to_radians();
                let k = |i: u8| f64::from(i) * n;
                let theirs = f[0] + f[1] * cos(n) + f[2] * cos(k(2)) + f[3] * cos(k(3));
                let angle = u[0] * sin(n) + u[1] * sin(k(2)) + u[2] * sin(k(3));
                assert!((ours.f / theirs - 1.0).abs() < 2.5e-3, "f({name}): {} {theirs}", ours.f);
                assert!(
                    (ours.u_rad.to_degrees() - angle).abs() < 0.15,
                    "u({name}): {} {angle}",
                    ours.u_rad.to_degrees()
                );
            }
        }
    }

    /// L2 and M1 go with the perigee as well: Doodson's `f cos u` and `f sin u`.
    #[test]
    fn factors_with_the_perigee_are_those_of_doodson() {
        for day in (0..6798).step_by(17) {
            let instant = Instant::at(Utc::from_millis(day * 86_400_000).unwrap());
            let (n, p) = (instant.sky.n_deg.to_radians(), instant.sky.p_deg.to_radians());
            let l2 = [2.0 * p, 2.0 * p - n, n].into_iter().zip([-0.2505, -0.1102, -0.0366]);
            let l2 = l2.fold([1.0, 0.0], |[x, y], (a, k)| [x + k * cos(a), y + k * sin(a)]);
            let m1 = [2.0 * cos(p) + 0.4 * cos(p - n), sin(p) + 0.2 * sin(p - n)];
            for (name, theirs, tolerance) in [("L2", l2, 0.03), ("M1", m1, 0.12)] {
                let ours = instant.argument(Constituent::named(name).unwrap());
                let difference = [ours.f * cos(ours.u_rad) - theirs[0], ours.f * sin(ours.u_rad) - theirs[1]];
                assert!(difference.iter().all(|d| d.abs() < tolerance), "{name} {day}: {difference:?}");
            }
        }
    }

    #[test]
    fn names_are_unique() {
        for (i, c) in CONSTITUENTS.iter().enumerate() {
            assert!(CONSTITUENTS[..i].iter().all(|d| d.name != c.name && d.multiples != c.multiples), "{}", c.name);
        }
    }
}
