//! The runs that known answers are about: few particles, a sea that is a formula, the last place of each.

use crate::category::category;
use crate::life::Object;
use crate::release::{Place, Release, Scatter, When};
use crate::run::{Control, Observer, Setup, run};
use crate::snapshot::Snapshot;
use crate::state::Status;
use crate::step::Scheme;
use crate::stranding::{Land, NoLand};
use crate::summary::{Hour, Summary};
use plimsoll_core::earth::LonLat;
use plimsoll_core::simd::Path;
use plimsoll_core::time::Utc;
use plimsoll_sea::field::{Field, Quantity};
use plimsoll_sea::known::Known;
use plimsoll_sea::set::{Set, Source};
use std::sync::atomic::AtomicBool;

/// Where they begin, degrees east and north.
pub const CENTRE: [f64; 2] = [1.4, 50.9];
/// No wind, or no current.
pub const CALM: Known = Known::Constant([0.0; 2]);
/// A day, s.
pub const DAY_S: f64 = 86_400.0;

/// An instant.
///
/// # Panics
/// If the text is none.
#[must_use]
pub fn instant(text: &str) -> Utc {
    text.parse().expect("an instant")
}

/// A place, degrees east and north.
///
/// # Panics
/// If it is none.
#[must_use]
pub fn place(lon_deg: f64, lat_deg: f64) -> LonLat {
    LonLat::new(lon_deg, lat_deg).expect("a place")
}

/// A class of the published list.
///
/// # Panics
/// If it is not of the list.
#[must_use]
pub fn class(id: u32) -> Object {
    Object::Known(category(id).expect("a class of the table").leeway)
}

/// A day in steps of ten minutes from one point, nothing uncertain.
#[must_use]
pub fn setup(number: usize, object: Object) -> Setup {
    Setup {
        release: Release {
            number,
            place: Place::Point(place(CENTRE[0], CENTRE[1]), Scatter::Gaussian(0.0)),
            when: When::At(instant("2015-11-16T00:00:00Z")),
        },
        object,
        changes: vec![],
        enters_as: vec![],
        duration_s: DAY_S,
        step_s: 600.0,
        output_s: 3600.0,
        backward: false,
        scheme: Scheme::Rk2,
        jibe_per_hour: 0.0,
        wind_sd_m_s: 0.0,
        current_sd_m_s: 0.0,
        stokes: false,
        reference: false,
        seed: 1,
    }
}

/// A sea without files.
#[must_use]
pub fn sea(current: Known, wind: Known) -> Set<Field> {
    let mut set = Set::default();
    set.push(Source::Known(Quantity::Current, current));
    set.push(Source::Known(Quantity::Wind, wind));
    set
}

/// Carries it out on one thread.
///
/// # Panics
/// If it cannot be.
pub fn go<L: Land, O: Observer>(s: &Setup, set: &mut Set<Field>, land: &L, observer: &mut O) {
    let cancel = AtomicBool::new(false);
    let control = Control { threads: 1, path: Path::detect(), progress: &|_, _| (), cancel: &cancel };
    run(s, set, land, observer, &control).unwrap_or_else(|e| unreachable!("no file is read: {e:?}"));
}

/// Its hours, where there is no land.
#[must_use]
pub fn hours(s: &Setup, current: Known, wind: Known) -> Vec<Hour> {
    let mut summary = Summary::default();
    go(s, &mut sea(current, wind), &NoLand, &mut summary);
    summary.hours
}

/// Standard deviation of a cloud, both ways together, m.
#[must_use]
pub fn spread_m(h: &Hour) -> f64 {
    (0.5 * (h.covariance_m2[0] + h.covariance_m2[2])).sqrt()
}

/// What has become of a particle.
#[derive(Clone, Copy, Debug)]
pub struct End {
    /// Where it is, degrees.
    pub lon_lat: [f64; 2],
    /// The same in metres east and north of the release.
    pub east_north_m: [f32; 2],
    /// What has become of it.
    pub status: Status,
    /// Whether it goes right of downwind.
    pub right: bool,
}

/// The end of every particle.
#[derive(Debug, Default)]
pub struct Last(pub Vec<End>);

impl Observer for Last {
    fn see(&mut self, now: &Snapshot<'_>) {
        let one = |i: usize| {
            now.particle(i).map(|p| End {
                lon_lat: now.place(i),
                east_north_m: p.east_north_m,
                status: p.status,
                right: p.right,
            })
        };
        self.0 = (0..now.number()).filter_map(one).collect();
    }
}

impl Last {
    /// Where the first is.
    #[must_use]
    pub fn only(&self) -> LonLat {
        let [lon, lat] = self.0[0].lon_lat;
        place(lon, lat)
    }
}
