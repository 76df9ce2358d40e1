//! What is kept of each particle: 64 bytes with every process switched on.

/// Particles abreast.
pub(crate) const LANES: usize = 16;

/// One number for each lane.
pub(crate) type Lane = [f32; LANES];

/// What has become of a particle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// Not yet in the water.
    Waiting = 0,
    /// Drifting.
    Active = 1,
    /// On the shore.
    Stranded = 2,
    /// Where or when no field has a value.
    Missing = 3,
}

impl Status {
    pub(crate) fn of(code: u8) -> Self {
        match code {
            1 => Self::Active,
            2 => Self::Stranded,
            3 => Self::Missing,
            _ => Self::Waiting,
        }
    }
}

/// Bits of [`Pack::side`]: where it began, where it is.
pub(crate) const BEGAN_LEFT: u8 = 1;
pub(crate) const IS_LEFT: u8 = 2;

/// Sixteen particles.
#[derive(Clone, Debug)]
pub(crate) struct Pack {
    /// Position on the plane.
    pub x: [i32; LANES],
    pub y: [i32; LANES],
    /// Leeway as it is now.
    pub down_slope: Lane,
    pub down_offset: Lane,
    pub cross_slope: Lane,
    pub cross_offset: Lane,
    /// When it enters the water, s since the start of the run.
    pub release: Lane,
    /// When it next changes sides, s since the start.
    pub jibe: Lane,
    /// When it next changes class, s since the start.
    pub change: Lane,
    pub class: [u16; LANES],
    pub side: [u8; LANES],
    pub status: [u8; LANES],
}

impl Pack {
    pub(crate) const EMPTY: Self = Self {
        x: [0; LANES],
        y: [0; LANES],
        down_slope: [0.0; LANES],
        down_offset: [0.0; LANES],
        cross_slope: [0.0; LANES],
        cross_offset: [0.0; LANES],
        release: [f32::INFINITY; LANES],
        jibe: [f32::INFINITY; LANES],
        change: [f32::INFINITY; LANES],
        class: [0; LANES],
        side: [0; LANES],
        // lanes that no particle fills never move
        status: [Status::Missing as u8; LANES],
    };
}

/// Present values of the processes of sixteen particles, of unit variance: wind east and north, current east and north, leeway
/// down and across.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noise(pub [Lane; 6]);

/// Bytes a particle when every process is on.
pub const BYTES: usize = (size_of::<Pack>() + size_of::<Noise>()) / LANES;

const _: () = assert!(BYTES <= 64);
