//! The reference model's published results on real currents and winds, on constants and on a coast, as the validation page shows them.

use plimsoll::opendrift::{references, with_land, without_land};
use plimsoll_core::testkit::shared;
use plimsoll_core::validation::assert_as_stated;
use plimsoll_drift::stranding::NoLand;
use std::path::PathBuf;

const FOLDER: &str = "data/norkyst-arome-2015";

#[test]
fn every_land_free_case_of_the_reference_model() {
    let Some(folder) = shared(FOLDER) else { return };
    let cases = without_land(&folder).unwrap();
    assert_eq!(cases.len(), 2 * 19);
    assert_as_stated(&cases);
}

/// The references discriminate: with the corrected signs an asymmetric class must miss.
#[test]
fn corrected_physics_is_told_from_theirs() {
    let Some(folder) = shared(FOLDER) else { return };
    let asymmetric = |name: &str| name.contains("life-raft-deep-ballast-jibe0.04") || name.contains("skiff-v-hull");
    let all = references(&folder).unwrap();
    let asymmetric: Vec<_> = all.iter().filter(|r| asymmetric(r.name())).collect();
    assert_eq!(asymmetric.len(), 3);
    for r in asymmetric {
        let w = r.worst(&r.hours(&folder, &NoLand, false).unwrap());
        assert!(w[0] > 1.0, "{}: {w:?}", r.name());
    }
}

/// The shares ashore, where the shorelines are there: Debian's package gmt-gshhg-full, or `PLIMSOLL_GSHHG`.
#[test]
fn what_strands_off_norway() {
    let Some(folder) = shared(FOLDER) else { return };
    let gshhg = std::env::var_os("PLIMSOLL_GSHHG").map_or_else(|| "/usr/share/gmt-gshhg".into(), PathBuf::from);
    if !gshhg.exists() {
        #[expect(clippy::print_stderr, reason = "a skipped test must say so aloud")]
        {
            eprintln!("skipped: the Debian package gmt-gshhg-full is absent ({})", gshhg.display());
        }
        return;
    }
    let cases = with_land(&folder, &gshhg).unwrap();
    assert_eq!(cases.len(), 1);
    assert_as_stated(&cases);
}
