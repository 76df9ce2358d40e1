//! The one home of random numbers: Philox4x32-10 addressed by (seed; realisation, step, purpose, index).
//!
//! A draw is a pure function of its address. Nothing is stored, nothing is drawn beforehand, and two options that ask
//! for the same address get the same number, which is what pairs their differences. The option is never part of it.
//!
//! Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011); checked against the
//! known answers of Random123.

use crate::maths;

/// What a number is drawn for. Discriminants are part of every published result: append only, never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum Purpose {
    /// A constant or an observer's belief at one outer draw.
    Knowledge = 1,
    /// Which stratum of a constant's belief an outer draw takes.
    Order = 2,
    /// Amplitude and phase of a wave component.
    WavePhase = 3,
    /// Frequency of a wave component within its band.
    WaveFrequency = 4,
    /// Angle between the boat's bow and the sea.
    Heading = 5,
    /// A passing vessel's wash.
    Wash = 6,
    /// The exponential threshold of the first trigger.
    Trigger = 7,
    /// Which of the competing triggers it was.
    TriggerKind = 8,
    /// How the crowd reacts.
    Crowd = 9,
    /// Force and place of a contact.
    Contact = 10,
    /// Failure of tube, floor or transom.
    Structure = 11,
    /// Size and place of a tear.
    Tear = 12,
    /// Crush aboard.
    Crush = 13,
    /// A person lost overboard.
    Overboard = 14,
    /// Boarding and wading.
    Boarding = 15,
    /// Who a person is (swimmer, mass).
    Person = 16,
    /// Child or adult.
    Age = 17,
    /// Whether a person's lifejacket floats.
    Jacket = 18,
    /// Cold shock in the first minutes.
    ColdShock = 19,
    /// Who gets hold of what.
    Support = 20,
    /// When an unsupported person can swim no longer.
    SwimFailure = 21,
    /// Cooling.
    Cooling = 22,
    /// Collapse around rescue.
    Collapse = 23,
    /// Trapped inside or under the boat.
    Trapped = 24,
    /// When and whether an alarm is raised.
    Alarm = 25,
    /// When an asset arrives.
    Asset = 26,
    /// How fast people are lifted.
    Lift = 27,
    /// Overtopping in the slow tier.
    Flooding = 28,
    /// How long the crossing goes on.
    Horizon = 29,
    /// A later new attempt.
    Reattempt = 30,
    /// Where a drifting object enters the water.
    DriftPlace = 40,
    /// How a drifting object differs from its class, for good.
    Leeway = 41,
    /// When a drifting object changes sides.
    Jibe = 42,
    /// How the wind differs from its field, step by step.
    WindNoise = 43,
    /// How the current differs from its field, step by step.
    CurrentNoise = 44,
    /// How a drifting object's leeway fluctuates, step by step.
    LeewayNoise = 45,
    /// When a drifting object changes class.
    DriftLife = 46,
    /// Tests only.
    Test = 255,
}

const M0: u32 = 0xD251_1F53;
const M1: u32 = 0xCD9E_8D57;
const W0: u32 = 0x9E37_79B9;
const W1: u32 = 0xBB67_AE85;
const ROUNDS: usize = 10;

/// A seeded family of draws. Copy it freely; it holds no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    key: [u32; 2],
}

impl Stream {
    /// The family of draws of `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { key: [seed as u32, (seed >> 32) as u32] }
    }

    /// The 128 random bits at an address. `realisation` uses its low 48 bits.
    #[must_use]
    #[inline]
    pub fn block(&self, realisation: u64, step: u32, purpose: Purpose, index: u32) -> [u32; 4] {
        philox(counter(realisation, step, purpose, index), self.key)
    }

    /// One number in the open interval (0, 1), 52 bits.
    #[must_use]
    #[inline]
    pub fn uniform(&self, realisation: u64, step: u32, purpose: Purpose, index: u32) -> f64 {
        let b = self.block(realisation, step, purpose, index);
        unit_f64(b[0], b[1])
    }

    /// Two independent numbers in the open interval (0, 1), 52 bits each, from one address.
    #[must_use]
    #[inline]
    pub fn uniforms(&self, realisation: u64, step: u32, purpose: Purpose, index: u32) -> [f64; 2] {
        let b = self.block(realisation, step, purpose, index);
        [unit_f64(b[0], b[1]), unit_f64(b[2], b[3])]
    }

    /// A standard normal number.
    #[must_use]
    #[inline]
    pub fn normal(&self, realisation: u64, step: u32, purpose: Purpose, index: u32) -> f64 {
        maths::normal_quantile(self.uniform(realisation, step, purpose, index))
    }

    /// A standard exponential number (mean 1).
    #[must_use]
    #[inline]
    pub fn exponential(&self, realisation: u64, step: u32, purpose: Purpose, index: u32) -> f64 {
        -maths::ln(self.uniform(realisation, step, purpose, index))
    }

    /// [`Self::block`] for `L` lanes at once: lane `l` of word `w` is `result[w][l]`.
    #[must_use]
    #[inline(always)]
    pub fn block_lanes<const L: usize>(
        &self,
        realisation: &[u64; L],
        step: &[u32; L],
        purpose: Purpose,
        index: u32,
    ) -> [[u32; L]; 4] {
        let mut c = [[0; L]; 4];
        for l in 0..L {
            let w = counter(realisation[l], step[l], purpose, index);
            c[0][l] = w[0];
            c[1][l] = w[1];
            c[2][l] = w[2];
            c[3][l] = w[3];
        }
        let mut k = self.key;
        for round in 0..ROUNDS {
            if round > 0 {
                k = [k[0].wrapping_add(W0), k[1].wrapping_add(W1)];
            }
            for l in 0..L {
                let (h0, l0) = mul_hi_lo(M0, c[0][l]);
                let (h1, l1) = mul_hi_lo(M1, c[2][l]);
                let (c1, c3) = (c[1][l], c[3][l]);
                c[0][l] = h1 ^ c1 ^ k[0];
                c[1][l] = l1;
                c[2][l] = h0 ^ c3 ^ k[1];
                c[3][l] = l0;
            }
        }
        c
    }
}

/// Maps 32 random bits to the open interval (0, 1), 24 bits.
#[must_use]
#[inline(always)]
pub fn unit_f32(bits: u32) -> f32 {
    ((bits >> 9) as f32 + 0.5) * (1.0 / 8_388_608.0)
}

#[inline(always)]
fn unit_f64(low: u32, high: u32) -> f64 {
    let bits = (u64::from(high) << 32 | u64::from(low)) >> 12;
    (bits as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
}

#[inline(always)]
fn counter(realisation: u64, step: u32, purpose: Purpose, index: u32) -> [u32; 4] {
    let high = (realisation >> 32) as u32 & 0xFFFF;
    [realisation as u32, step, index, u32::from(purpose as u16) | high << 16]
}

#[inline(always)]
fn mul_hi_lo(a: u32, b: u32) -> (u32, u32) {
    let p = u64::from(a) * u64::from(b);
    ((p >> 32) as u32, p as u32)
}

#[inline]
fn philox(mut c: [u32; 4], mut k: [u32; 2]) -> [u32; 4] {
    for round in 0..ROUNDS {
        if round > 0 {
            k = [k[0].wrapping_add(W0), k[1].wrapping_add(W1)];
        }
        let (h0, l0) = mul_hi_lo(M0, c[0]);
        let (h1, l1) = mul_hi_lo(M1, c[2]);
        c = [h1 ^ c[1] ^ k[0], l1, h0 ^ c[3] ^ k[1], l0];
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random123 1.14, `kat_vectors`, philox4x32 10.
    #[test]
    fn random123_known_answers() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        assert_eq!(
            philox([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn lanes_equal_scalars() {
        let s = Stream::new(0x0123_4567_89ab_cdef);
        let r: [u64; 16] = std::array::from_fn(|l| 7 + (l as u64) * 0x1_0000_0001);
        let t: [u32; 16] = std::array::from_fn(|l| 100 * l as u32);
        let lanes = s.block_lanes(&r, &t, Purpose::Test, 3);
        for l in 0..16 {
            let b = s.block(r[l], t[l], Purpose::Test, 3);
            assert_eq!([lanes[0][l], lanes[1][l], lanes[2][l], lanes[3][l]], b);
        }
    }

    #[test]
    fn addresses_differ_in_every_part() {
        let s = Stream::new(1);
        let base = s.block(1, 2, Purpose::Test, 3);
        for other in [
            s.block(2, 2, Purpose::Test, 3),
            s.block(1 | 1 << 32, 2, Purpose::Test, 3),
            s.block(1, 3, Purpose::Test, 3),
            s.block(1, 2, Purpose::Lift, 3),
            s.block(1, 2, Purpose::Test, 4),
            Stream::new(2).block(1, 2, Purpose::Test, 3),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn units_stay_open() {
        assert!(unit_f32(0) > 0.0 && unit_f32(u32::MAX) < 1.0);
        assert!(unit_f64(0, 0) > 0.0 && unit_f64(u32::MAX, u32::MAX) < 1.0);
    }

    #[test]
    fn moments_of_normals() {
        let s = Stream::new(9);
        let n = 200_000;
        let (mut m, mut v, mut k) = (0.0, 0.0, 0.0);
        for r in 0..n {
            let z = s.normal(r, 0, Purpose::Test, 0);
            m += z;
            v += z * z;
            k += z * z * z * z;
        }
        let n = n as f64;
        // five standard errors
        assert!((m / n).abs() < 5.0 / n.sqrt());
        assert!((v / n - 1.0).abs() < 5.0 * (2.0 / n).sqrt());
        assert!((k / n - 3.0).abs() < 5.0 * (96.0 / n).sqrt());
    }
}
