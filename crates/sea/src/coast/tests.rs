//! Tiles of random islands against the plain polygons that they were made from.

use super::lattice::At;
use super::*;
use plimsoll_core::earth::{LonLat, distance_m};
use plimsoll_core::maths::{cos, sin};
use plimsoll_core::random::{Purpose, Stream};

mod damage;
mod islands;
mod shapes;

use islands::Islands;

/// Numbers of a test, by address.
struct Draw(Stream, u64);

impl Draw {
    fn new(seed: u64) -> Self {
        Self(Stream::new(seed), 0)
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.1 += 1;
        low + (high - low) * self.0.uniform(self.1, 0, Purpose::Test, 0)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.between(0.0, n as f64) as usize).min(n - 1)
    }
}

fn origin() -> Origin {
    Origin { source: "islands of a test".into(), edition: "1".into(), licence: "none".into() }
}

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}
