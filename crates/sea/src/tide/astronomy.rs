//! The mean longitudes of moon and sun, and what the tilt of the moon's orbit does to the tide (node factors).

use plimsoll_core::maths::{atan, atan2, cos, sin, sin_cos, tan};
use plimsoll_core::time::Utc;

/// Milliseconds from 1970 to 2000-01-01T12:00.
const J2000_MS: i64 = 946_728_000_000;
const DAY_MS: i64 = 86_400_000;

/// Where moon and sun stand on the mean, degrees; what every equilibrium argument is made of.
///
/// Polynomials of Meeus (1998), Astronomical Algorithms, chapters 22, 25 and 47, in UTC for dynamical time: from 1950 to
/// 2050 the difference turns the fastest longitude by 0.02 degrees at most, 2.5 s of tide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Astronomy {
    /// Mean lunar time at Greenwich: 15 degrees an hour from midnight, less `s`, plus `h`.
    pub tau_deg: f64,
    /// Mean longitude of the moon.
    pub s_deg: f64,
    /// Mean longitude of the sun.
    pub h_deg: f64,
    /// Longitude of the moon's perigee.
    pub p_deg: f64,
    /// Longitude of the moon's ascending node.
    pub n_deg: f64,
    /// Longitude of the sun's perigee.
    pub p1_deg: f64,
}

/// Degrees a day of tau, s, h, p, p1 at J2000: speeds of the tide.
pub(super) const RATES_DEG_DAY: [f64; 5] = [
    360.0 - 481_267.881_234_21 / 36_525.0 + 36_000.769_83 / 36_525.0,
    481_267.881_234_21 / 36_525.0,
    36_000.769_83 / 36_525.0,
    4_069.013_728_7 / 36_525.0,
    1.719_46 / 36_525.0,
];

impl Astronomy {
    /// At an instant.
    #[must_use]
    pub fn at(time: Utc) -> Self {
        let t = (time.millis() - J2000_MS) as f64 / (36_525.0 * DAY_MS as f64);
        let wrap = |x: f64| x - 360.0 * (x / 360.0).floor();
        let s = 218.316_447_7 + t * (481_267.881_234_21 + t * (-0.001_578_6 + t / 538_841.0));
        let h = 280.466_46 + t * (36_000.769_83 + t * 0.000_303_2);
        let p = 83.353_246_5 + t * (4_069.013_728_7 + t * (-0.010_32 - t / 80_053.0));
        let n = 125.044_52 + t * (-1_934.136_261 + t * (0.002_070_8 + t / 450_000.0));
        let p1 = 282.937_35 + t * (1.719_46 + t * 0.000_459_5);
        let hour_deg = time.millis().rem_euclid(DAY_MS) as f64 * (360.0 / DAY_MS as f64);
        Self {
            tau_deg: wrap(hour_deg - s + h),
            s_deg: wrap(s),
            h_deg: wrap(h),
            p_deg: wrap(p),
            n_deg: wrap(n),
            p1_deg: wrap(p1),
        }
    }
}

/// A lunar term whose height and phase go with the node: the parents of all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// Mm.
    Mm,
    /// Mf.
    Mf,
    /// O1 and its like.
    O1,
    /// M1, with the moon's perigee.
    M1,
    /// K1, lunar and solar.
    K1,
    /// J1.
    J1,
    /// OO1.
    Oo1,
    /// M2 and its like.
    M2,
    /// L2, with the moon's perigee.
    L2,
    /// K2, lunar and solar.
    K2,
    /// M3.
    M3,
}

/// How many there are.
const NODES: usize = Node::M3 as usize + 1;

/// Factor f of the height and angle u of the phase, rad.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    /// Multiplies the amplitude.
    pub f: f64,
    /// Is added to the equilibrium argument.
    pub u_rad: f64,
}

/// Node factors of all parents at one instant.
///
/// Schureman (1958), Manual of Harmonic Analysis and Prediction of Tides, US Coast and Geodetic Survey Special
/// Publication 98; the numbers of his equations stand beside the code. They hold while the obliquity of the ecliptic is
/// that of 1900 (23.452 degrees) within 0.02 degrees: f within 0.001.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nodes([Factor; NODES]);

impl Nodes {
    /// At one position of node and perigee.
    #[must_use]
    pub fn of(sky: &Astronomy) -> Self {
        // Within -180 to 180 the half angles below are in the right quadrant.
        let n = (sky.n_deg - 360.0 * (sky.n_deg / 360.0).round()).to_radians();
        // The moon's orbit against the equator (page 156): cos i cos w and sin i sin w for i = 5.145, w = 23.452 degrees.
        let cos_i = 0.913_70 - 0.035_69 * cos(n);
        let sin_i = (1.0 - cos_i * cos_i).sqrt();
        let (a, b) = (atan(1.018_83 * tan(0.5 * n)), atan(0.644_12 * tan(0.5 * n)));
        let (nu, xi) = (a - b, n - a - b);
        let sin2 = sin_i * sin_i;
        let sin_2i = 2.0 * sin_i * cos_i;
        let (cos2_half, sin2_half) = (0.5 * (1.0 + cos_i), 0.5 * (1.0 - cos_i));
        let mut out = [Factor { f: 1.0, u_rad: 0.0 }; NODES];
        let mut set = |node: Node, f: f64, u_rad: f64| out[node as usize] = Factor { f, u_rad };
        set(Node::Mm, (2.0 / 3.0 - sin2) / 0.5021, 0.0); // 73
        set(Node::Mf, sin2 / 0.1578, -2.0 * xi); // 74
        let o1 = sin_i * cos2_half / 0.3800; // 75
        set(Node::O1, o1, 2.0 * xi - nu);
        set(Node::J1, sin_2i / 0.7214, -nu); // 76
        set(Node::Oo1, sin_i * sin2_half / 0.0164, -2.0 * xi - nu); // 77
        let m2 = cos2_half * cos2_half / 0.9154; // 78
        set(Node::M2, m2, 2.0 * (xi - nu));
        set(Node::M3, cos2_half * cos2_half * cos2_half / 0.8758, 3.0 * (xi - nu)); // 149
        let k1 = (0.8965 * sin_2i * sin_2i + 0.6001 * sin_2i * cos(nu) + 0.1006).sqrt(); // 227
        set(Node::K1, k1, -atan2(sin_2i * sin(nu), sin_2i * cos(nu) + 0.3347)); // 224
        let k2 = (19.0444 * sin2 * sin2 + 2.7702 * sin2 * cos(2.0 * nu) + 0.0981).sqrt(); // 235
        set(Node::K2, k2, -atan2(sin2 * sin(2.0 * nu), sin2 * cos(2.0 * nu) + 0.0727)); // 232
        let p = sky.p_deg.to_radians() - xi; // 191
        let (sin_2p, cos_2p) = sin_cos(2.0 * p);
        let tan2_half = sin2_half / cos2_half;
        let ra = (1.0 - 12.0 * tan2_half * cos_2p + 36.0 * tan2_half * tan2_half).sqrt(); // 213
        let r = atan2(sin_2p, 1.0 / (6.0 * tan2_half) - cos_2p); // 214
        set(Node::L2, m2 * ra, 2.0 * (xi - nu) - r); // 215
        let (sin_p, cos_p) = sin_cos(p);
        let q = atan2(0.483 * sin_p, cos_p); // 203
        set(Node::M1, o1 * (2.310 + 1.435 * cos_2p).sqrt(), xi - nu + q); // 197, 206
        Self(out)
    }

    /// Of one parent.
    #[must_use]
    pub fn of_node(&self, node: Node) -> Factor {
        self.0[node as usize]
    }
}
