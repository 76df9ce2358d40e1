//! The particles at one instant, as an observer sees them.

use crate::forcing::Node;
use crate::kept::State;
use crate::plane::{Plane, View, blend, sample};
use crate::state::{IS_LEFT, LANES, Lane, Pack, Status};
use plimsoll_core::earth::LonLat;
use plimsoll_core::simd::Path;

/// All particles at an output time.
pub struct Snapshot<'a> {
    pub(crate) plane: &'a Plane,
    pub(crate) view: View,
    pub(crate) packs: &'a [Pack],
    pub(crate) number: usize,
    pub(crate) nodes: &'a [Node],
    pub(crate) threads: usize,
    pub(crate) path: Path,
    /// Seconds since the start of the run.
    pub elapsed_s: f64,
    /// The instant, milliseconds since 1970.
    pub time_ms: f64,
}

/// Somebody who is shown the particles at every output time.
pub trait Observer {
    /// The particles now.
    fn see(&mut self, now: &Snapshot<'_>);

    /// The state before each step, to be kept if that is wanted; `last` where the run stops here because it was told to. False
    /// stops it too.
    fn keep(&mut self, _now: &State<'_>, _last: bool) -> bool {
        true
    }
}

/// One particle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Particle {
    /// Degrees east and north of [`Snapshot::reference`].
    pub lon_lat_deg: [f32; 2],
    /// Metres east and north of it, along the geodesic.
    pub east_north_m: [f32; 2],
    /// What has become of it.
    pub status: Status,
    /// Whether it drifts right of downwind.
    pub right: bool,
    /// Which of its classes it is, in the order of its life.
    pub class: u16,
}

/// Sixteen particles: metres and degrees east and north of [`Snapshot::reference`].
pub(crate) struct Sixteen {
    pub east: Lane,
    pub north: Lane,
    pub lon: Lane,
    pub lat: Lane,
    pub released: [bool; LANES],
    pub right: [bool; LANES],
    pub status: [u32; LANES],
}

impl<'a> Snapshot<'a> {
    /// How many particles there are, released or not.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Threads that an observer may use.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Which instructions an observer may use.
    pub(crate) fn path(&self) -> Path {
        self.path
    }

    /// The point from which positions are told.
    #[must_use]
    pub fn reference(&self) -> LonLat {
        self.plane.reference()
    }

    /// Particle `i`; `None` before its release.
    #[must_use]
    #[inline]
    pub fn particle(&self, i: usize) -> Option<Particle> {
        let (pack, l) = (&self.packs[i / LANES], i % LANES);
        let status = Status::of(pack.status[l]);
        // whatever scatter put ashore, or beyond the fields, has not happened before its own release
        if f64::from(pack.release[l]) > self.elapsed_s {
            return None;
        }
        let [east, north, lon, lat] = self.seen(pack, l);
        Some(Particle {
            lon_lat_deg: [lon, lat],
            east_north_m: [east, north],
            status: if status == Status::Waiting { Status::Active } else { status },
            right: pack.side[l] & IS_LEFT == 0,
            class: pack.class[l],
        })
    }

    /// Where particle `i` is, metres east and north of [`Self::reference`], released or not.
    #[must_use]
    pub fn east_north_m(&self, i: usize) -> [f32; 2] {
        let (pack, l) = (&self.packs[i / LANES], i % LANES);
        let [east, north, ..] = self.seen(pack, l);
        [east, north]
    }

    /// Current and wind, east and north, that particle `i` meets, bilinear; `NaN` at a hole.
    #[must_use]
    pub fn forcing(&self, i: usize) -> [f32; 4] {
        let (pack, l) = (&self.packs[i / LANES], i % LANES);
        let (node, a, b) = self.view.cell([pack.x[l], pack.y[l]]);
        let [u, v, x, y, ..] = blend(self.nodes, node, self.view.stride, a, b);
        [u, v, x, y]
    }

    /// Sixteen particles at once.
    #[inline(always)]
    pub(crate) fn pack(&self, k: usize) -> Sixteen {
        let pack = &self.packs[k];
        let [east, north, lon, lat] = sample(self.plane.seen(), &self.view.cells(&pack.x, &pack.y), self.view.stride);
        let (mut released, mut right, mut status) = ([false; LANES], [false; LANES], [0; LANES]);
        let (now_s, number) = (self.elapsed_s as f32, self.number - k * LANES);
        for l in 0..LANES {
            let waiting = pack.status[l] == Status::Waiting as u8;
            // as for one particle: whatever scatter put ashore has not happened before its own release
            released[l] = (l < number) & (pack.release[l] <= now_s);
            right[l] = pack.side[l] & IS_LEFT == 0;
            status[l] = u32::from(if waiting { Status::Active as u8 } else { pack.status[l] });
        }
        Sixteen { east, north, lon, lat, released, right, status }
    }

    /// Current and wind, east and north, that sixteen particles meet.
    #[inline(always)]
    pub(crate) fn pack_forcing(&self, k: usize) -> [Lane; 4] {
        let pack = &self.packs[k];
        let [u, v, x, y, ..] = sample(self.nodes, &self.view.cells(&pack.x, &pack.y), self.view.stride);
        [u, v, x, y]
    }

    #[inline]
    fn seen(&self, pack: &Pack, l: usize) -> [f32; 4] {
        let (node, a, b) = self.view.cell([pack.x[l], pack.y[l]]);
        blend(self.plane.seen(), node, self.view.stride, a, b)
    }

    /// The exact place of particle `i`, longitude and latitude in degrees: slow.
    #[must_use]
    pub fn place(&self, i: usize) -> [f64; 2] {
        let (pack, l) = (&self.packs[i / LANES], i % LANES);
        self.plane.place([pack.x[l], pack.y[l]])
    }
}
