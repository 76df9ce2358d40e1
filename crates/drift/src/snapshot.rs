//! The particles at one instant, as an observer sees them.

use crate::forcing::Node;
use crate::plane::{Plane, View, blend};
use crate::state::{IS_LEFT, LANES, Pack, Status};
use plimsoll_core::earth::LonLat;

/// All particles at an output time.
pub struct Snapshot<'a> {
    plane: &'a Plane,
    view: View,
    packs: &'a [Pack],
    number: usize,
    nodes: &'a [Node],
    threads: usize,
    /// Seconds since the start of the run.
    pub elapsed_s: f64,
    /// The instant, milliseconds since 1970.
    pub time_ms: f64,
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

impl<'a> Snapshot<'a> {
    pub(crate) fn new(
        plane: &'a Plane,
        packs: &'a [Pack],
        number: usize,
        nodes: &'a [Node],
        threads: usize,
        elapsed_s: f64,
        time_ms: f64,
    ) -> Self {
        Self { plane, view: plane.view(plane.part()), packs, number, nodes, threads, elapsed_s, time_ms }
    }

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
        if status == Status::Waiting && f64::from(pack.release[l]) > self.elapsed_s {
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
