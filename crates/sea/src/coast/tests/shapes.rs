//! Shapes whose answers are plain.

use super::*;

/// A square island from 10 to 20 minutes of both, in one bin.
fn square() -> Coast {
    let (low, high) = (1.0 / 6.0, 1.0 / 3.0);
    let ring = [[low, low], [high, low], [high, high], [low, high]].map(|[x, y]| [x, 50.0 + y]).to_vec();
    Islands::of(Region::new(0, 50, 1, 51).unwrap(), &[ring]).coast
}

#[test]
fn outside_nothing_is_known() {
    let coast = square();
    assert_eq!(coast.is_land(at(-0.001, 50.5)), None);
    assert_eq!(coast.is_land(at(0.5, 51.0)), None);
    assert_eq!(coast.is_land(at(0.0, 50.0)), Some(false));
    assert_eq!(coast.first_crossing(at(0.5, 50.5), at(0.5, 51.2)), Err(TrackError::Outside));
    assert_eq!(coast.nearest(at(2.0, 50.5), 10.0), Nearness::Unknown);
    assert_eq!(coast.nearest(at(0.999, 50.5), 1_000.0), Nearness::Unknown);
    assert_eq!(coast.clear_m(at(2.0, 50.5)), 0.0);
}

#[test]
fn a_square_island() {
    let coast = square();
    assert_eq!(coast.is_land(at(0.25, 50.25)), Some(true));
    assert_eq!(coast.is_land(at(0.25, 50.4)), Some(false));
    // Through the island and out again: the first shore is the western one.
    let crossing = coast.first_crossing(at(0.1, 50.25), at(0.5, 50.25)).unwrap().unwrap();
    assert!(!crossing.from_land && !crossing.to_land);
    assert!((crossing.fraction - (1.0 / 6.0 - 0.1) / 0.4).abs() < 1e-4, "{crossing:?}");
    assert!(distance_m(crossing.at, at(1.0 / 6.0, 50.25)) < 2.0);
    // Starting on land: the shore is where it is left.
    let crossing = coast.first_crossing(at(0.25, 50.25), at(0.5, 50.25)).unwrap().unwrap();
    assert!(crossing.from_land && !crossing.to_land);
    assert_eq!(coast.is_land(crossing.before), Some(true));
    // Past it.
    assert_eq!(coast.first_crossing(at(0.1, 50.1), at(0.5, 50.1)), Ok(None));
    // Nowhere.
    let here = at(0.25, 50.25);
    assert_eq!(coast.first_crossing(here, here), Ok(None));
    let Nearness::At { distance_m: d, .. } = coast.nearest(at(0.25, 50.1), 30_000.0) else { panic!() };
    assert!((d / 7_418.0 - 1.0).abs() < 1e-3, "{d}");
    assert_eq!(coast.nearest(at(0.25, 50.1), 3_000.0), Nearness::Beyond);
}

/// Along an edge, through corners, and along borders of cells: whole numbers leave no gap.
#[test]
fn grazing_is_consistent() {
    let coast = square();
    let units = |u: f64| u / 65_535.0;
    let (low, high) = ((65_535.0_f64 / 6.0).round(), (65_535.0_f64 / 3.0).round());
    let mut draw = Draw::new(9);
    for _ in 0..100_000 {
        let mut near = || {
            let pick = [low, high, 0.5 * (low + high), 65_535.0 / 64.0 * 12.0][draw.below(4)];
            units(pick) + [0.0, 3e-8, -3e-8, 1e-4, -1e-4][draw.below(5)]
        };
        let (from, to) = (at(near(), 50.0 + near()), at(near(), 50.0 + near()));
        let crossing = coast.first_crossing(from, to).unwrap();
        assert!(coast.is_land(from) == coast.is_land(to) || crossing.is_some());
        assert_eq!(crossing.is_some(), coast.first_crossing(to, from).unwrap().is_some());
    }
}

#[test]
fn what_is_inconsistent_is_refused() {
    let region = Region::new(0, 50, 2, 51).unwrap();
    let line = |x: u16| vec![[x, 0], [x + 9, u16::MAX]];
    let make = |bins: [Bin; 2]| build(region, &origin(), &bins, || {});
    let bin = |corner_is_land, chains| Bin { corner_is_land, chains };
    assert!(make([bin(false, vec![line(50)]), bin(true, vec![])]).is_ok());
    assert_eq!(make([bin(false, vec![line(50)]), bin(false, vec![])]), Err(BuildError::Border(0, 50)));
    let across = |y| vec![[0, y], [u16::MAX, y]];
    assert_eq!(make([bin(false, vec![across(5)]), bin(false, vec![across(6)])]), Err(BuildError::Border(0, 50)));
    assert_eq!(make([bin(false, vec![vec![[5, 5], [6, 6]]]), Bin::default()]), Err(BuildError::Open(0, 50)));
    assert_eq!(make([bin(false, vec![vec![[0, 0], [6, 65_535]]]), Bin::default()]), Err(BuildError::Corner(0, 50)));
    assert_eq!(build(region, &origin(), &[], || {}), Err(BuildError::Bins { found: 0, wanted: 2 }));
    assert!(Region::new(3, 50, 3, 51).is_none() && Region::new(-181, 50, 3, 51).is_none());
}

/// All land, all sea, and how far that is known.
#[test]
fn whole_bins_of_one_kind() {
    for land in [false, true] {
        let bins = vec![Bin { corner_is_land: land, chains: vec![] }; 9];
        let region = Region::new(-1, -1, 2, 2).unwrap();
        let coast = Coast::parse(build(region, &origin(), &bins, || {}).unwrap()).unwrap();
        assert_eq!(coast.is_land(at(0.5, 0.5)), Some(land));
        assert_eq!(coast.cells(), if land { [0, 9 * 4096, 0] } else { [9 * 4096, 0, 0] });
        let clear = coast.clear_m(at(0.5, 0.5));
        assert!(clear > 150_000.0 && clear < 166_000.0, "{clear}");
        assert_eq!(coast.first_crossing(at(-0.9, -0.9), at(1.9, 1.9)), Ok(None));
    }
}
