//! Who can lift people: stations and ships of the Dover Strait, and generic classes, with source and confidence.

use serde::Deserialize;
use std::sync::LazyLock;

/// What kind of craft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// All-weather lifeboat.
    AllWeatherLifeboat,
    /// Second-class lifeboat.
    SecondClassLifeboat,
    /// Inshore lifeboat or RIB.
    InshoreLifeboat,
    /// Crew transfer vessel.
    CrewTransfer,
    /// Patrol ship.
    PatrolShip,
    /// Patrol launch.
    PatrolLaunch,
    /// Patrol ship on charter.
    CharteredPatrol,
    /// Rescue tug.
    RescueTug,
    /// Helicopter.
    Helicopter,
    /// Fishing vessel.
    FishingVessel,
    /// Merchant ship.
    MerchantShip,
}

impl Kind {
    /// Whether people are lifted upright: by hoist or up a ladder.
    #[must_use]
    pub fn lifts_vertically(self) -> bool {
        matches!(self, Self::Helicopter | Self::MerchantShip)
    }

    /// Whether it carries floats or rafts to throw to many at once.
    #[must_use]
    pub fn throws_floats(self) -> bool {
        self != Self::Helicopter
    }
}

/// A craft that can lift people.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// Stable name, as in scenarios.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// Kind of craft.
    pub kind: Kind,
    /// `UK`, `FR` or `any`.
    pub country: String,
    /// Berth or typical patrol position: latitude and longitude, degrees, to about 0.01.
    #[serde(default)]
    pub position: Option<[f64; 2]>,
    /// Minutes from call to moving: by day, and at night or when unlucky.
    pub launch_min: [f64; 2],
    /// Speed, knots.
    pub speed_kn: f64,
    /// People it can take without losing its own safety margin. Not a legal figure.
    pub capacity: u32,
    /// People a minute from the water: low, likely, high; before the factor `lifts.anchor`.
    pub lift_per_min: [f64; 3],
    /// Where the figures come from.
    pub source: String,
    /// How much to trust them.
    pub confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    asset: Vec<Asset>,
}

static TABLE: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("../assets/dover-strait-assets.toml"))
        .expect("the embedded table is checked by test");
    table.asset
});

/// Every asset of the embedded table.
#[must_use]
pub fn all() -> &'static [Asset] {
    &TABLE
}

/// The ids of all assets, for checking scenarios.
pub fn ids() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|a| a.id.as_str())
}

/// The asset of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Asset> {
    TABLE.iter().find(|a| a.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_is_possible() {
        assert!(all().len() >= 30);
        for (i, a) in all().iter().enumerate() {
            assert!(all()[..i].iter().all(|b| b.id != a.id), "{} twice", a.id);
            assert!(a.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{}", a.id);
            let [low, likely, high] = a.lift_per_min;
            assert!(0.0 < low && low <= likely && likely <= high && low < high, "{}", a.id);
            assert!(0.0 <= a.launch_min[0] && a.launch_min[0] <= a.launch_min[1], "{}", a.id);
            assert!(a.speed_kn > 0.0 && a.capacity > 0, "{}", a.id);
            assert!(!a.source.is_empty() && !a.confidence.is_empty(), "{}", a.id);
            if let Some([lat, lon]) = a.position {
                assert!((50.0..52.0).contains(&lat) && (0.0..3.0).contains(&lon), "{}", a.id);
            }
        }
        for id in [
            "lifeboat-dover",
            "lifeboat-dungeness",
            "ctv-defender",
            "patrol-32m",
            "fishing-vessel",
            "merchant-ship",
            "helicopter-lydd",
        ] {
            assert!(find(id).is_some(), "{id}");
        }
        assert!(find("nobody").is_none());
    }
}
