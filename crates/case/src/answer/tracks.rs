//! Tracks of particles on their way to a file. They are too many for an answer, so they are lent, frame by frame as the run
//! kept them, and never copied here.

use plimsoll_core::time::Utc;

/// What happened to a particle. The numbers stand in files and are never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum TrackStatus {
    /// Adrift.
    Active = 0,
    /// On the shore.
    Stranded = 1,
    /// It left what the currents and winds cover.
    MissingData = 2,
    /// Not yet in the water.
    NotReleased = 3,
}

impl TrackStatus {
    /// Every status in the order of its number, with its stable name.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Active, "active"),
        (Self::Stranded, "stranded"),
        (Self::MissingData, "missing_data"),
        (Self::NotReleased, "not_released"),
    ];
}

/// All particles at one output time. Each slice has one entry for each particle.
#[derive(Clone, Copy, Debug)]
pub struct TrackFrame<'a> {
    /// Longitude, degrees; not a number where there is none.
    pub lon_deg: &'a [f32],
    /// Latitude, degrees.
    pub lat_deg: &'a [f32],
    /// Numbers of [`TrackStatus`].
    pub status: &'a [u8],
    /// Which of [`Tracks::parts`] each is in.
    pub part: &'a [u16],
}

/// All tracks, with what they came from.
#[derive(Clone, Copy, Debug)]
pub struct Tracks<'a> {
    /// Version of the program.
    pub version: &'a str,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Digest of the answer that goes with them.
    pub digest: &'a str,
    /// What drifts, in English.
    pub object: &'a str,
    /// Its categories in the order of its life.
    pub parts: &'a [String],
    /// Files and built-in models of currents, winds and coast, with the digests of those that have one.
    pub sources: &'a [String],
    /// Step of the calculation, s.
    pub step_s: f64,
    /// Output times, ascending.
    pub times: &'a [Utc],
    /// A frame for each of them.
    pub frames: &'a [TrackFrame<'a>],
    /// When each particle entered the water.
    pub released: &'a [Utc],
}
