//! The particles at one instant, as an observer sees them.

use crate::plane::{Node, Plane, blend};
use crate::state::{IS_LEFT, LANES, Pack, Status};
use plimsoll_core::earth::LonLat;

/// All particles at an output time.
pub struct Snapshot<'a> {
    plane: &'a Plane,
    packs: &'a [Pack],
    number: usize,
    nodes: &'a [Node],
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
        elapsed_s: f64,
        time_ms: f64,
    ) -> Self {
        Self { plane, packs, number, nodes, elapsed_s, time_ms }
    }

    /// How many particles there are, released or not.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
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
        let [east, north, lon, lat] = self.plane.seen([pack.x[l], pack.y[l]]);
        Some(Particle {
            lon_lat_deg: [lon, lat],
            east_north_m: [east, north],
            status: if status == Status::Waiting { Status::Active } else { status },
            right: pack.side[l] & IS_LEFT == 0,
            class: pack.class[l],
        })
    }

    /// Current and wind, east and north, that particle `i` meets, bilinear; `NaN` at a hole.
    #[must_use]
    pub fn forcing(&self, i: usize) -> [f32; 4] {
        let (pack, l) = (&self.packs[i / LANES], i % LANES);
        let (node, a, b) = self.plane.cell([pack.x[l], pack.y[l]]);
        blend(self.nodes, node, self.plane.shape()[0], a, b)
    }

    /// The exact place of particle `i`, longitude and latitude in degrees: slow.
    #[must_use]
    pub fn place(&self, i: usize) -> [f64; 2] {
        let (pack, l) = (&self.packs[i / LANES], i % LANES);
        self.plane.place([pack.x[l], pack.y[l]])
    }
}
