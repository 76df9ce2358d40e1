//! Air chambers that go soft: how high a limp tube stands, and what the loss of one chamber leaves.

use crate::hull::Hull;
use crate::ledger::LEDGER;
use plimsoll_core::ledger::Knowledge;

/// How far the crown of a soft tube sinks (0 stiff, 1 limp) in one state of knowledge: what [`crate::hull::HullSpec::limpness`] takes.
#[must_use]
pub fn limpness(k: &Knowledge) -> f64 {
    LEDGER.value("chambers.limpness", k)
}

/// Height of the crown of a tube that keeps the share `share` of its volume, m.
///
/// A limp, loaded tube of constant perimeter stands `D (1 - sqrt(1 - f))` high; a stiff one keeps `D`. Where it lies between
/// the two nobody has measured: `limpness` runs from 0 (stiff) to 1 (limp).
#[must_use]
pub fn crown_height_m(tube_m: f64, share: f64, limpness: f64) -> f64 {
    tube_m * (1.0 - limpness * (1.0 - share).max(0.0).sqrt())
}

/// The hull after the loss of one chamber on its weaker side (starboard where both are alike): averaged along the boat.
///
/// Each of `n` chambers holds the `n`-th part of both tubes, so that one tube loses `2/n` of what it has. A boat of
/// one chamber loses both tubes.
#[must_use]
pub fn with_chamber_lost(hull: &Hull) -> Hull {
    let left = (1.0 - 2.0 / f64::from(hull.chambers)).max(0.0);
    let (port, starboard) = (hull.share_port, hull.share_starboard);
    let (port, starboard) = if hull.chambers == 1 {
        (0.0, 0.0)
    } else if port < starboard {
        (port * left, starboard)
    } else {
        (port, starboard * left)
    };
    hull.with_shares(port, starboard).unwrap_or(*hull)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limp_tube_at_three_quarters_stands_half_as_high() {
        assert!((crown_height_m(0.5, 0.75, 1.0) - 0.25).abs() < 1e-15);
        assert_eq!(crown_height_m(0.5, 0.75, 0.0), 0.5);
        assert_eq!(crown_height_m(0.5, 1.0, 1.0), 0.5);
        assert_eq!(crown_height_m(0.5, 0.0, 1.0), 0.0);
    }

    #[test]
    fn one_of_four_chambers_takes_half_of_the_weaker_tube() {
        use crate::hull::{Class, HullSpec};
        let hull = Hull::new(HullSpec::reference(Class::Medium)).unwrap();
        let lost = with_chamber_lost(&hull);
        assert_eq!((lost.share_port, lost.share_starboard), (1.0, 0.5));
        let lost = with_chamber_lost(&lost);
        assert_eq!((lost.share_port, lost.share_starboard), (1.0, 0.25));
        let port = hull.with_shares(0.8, 0.9).unwrap();
        assert_eq!(with_chamber_lost(&port).share_starboard, 0.9);
        assert!((with_chamber_lost(&port).share_port - 0.4).abs() < 1e-15);
    }
}
