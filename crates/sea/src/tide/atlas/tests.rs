//! Refusals, frames and the packed form.

use super::*;

fn at(lat: f64, lon: f64) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

#[test]
fn valid_in_the_fairway_and_refused_where_it_must_be() {
    let atlas = Atlas::dover_strait();
    let fairway = atlas.at(at(51.02, 1.50)).unwrap();
    assert!(fairway.land_m > 10_000.0 && !fairway.error().inshore, "{}", fairway.land_m);
    let why = |lat, lon| atlas.at(at(lat, lon)).unwrap_err();
    assert!(matches!(why(51.12, 1.32), Refused::NearLand { .. }), "Dover harbour");
    assert!(matches!(why(50.97, 1.85), Refused::NearLand { .. }), "Calais harbour");
    assert!(matches!(why(50.5, 2.5), Refused::OnLand { .. }), "inland");
    assert!(matches!(why(51.153, 1.514), Refused::Unresolved { .. }), "South Sand Head");
    assert!(matches!(why(48.0, -4.0), Refused::Outside { .. }), "Brittany");
    assert!(matches!(why(51.0, 179.0), Refused::Outside { .. }));
}

/// Each reason can be met: the far side of a cell by the coast is more than 5 km from it.
#[test]
fn banks_that_the_model_deepened_are_refused() {
    let atlas = Atlas::dover_strait();
    let g = atlas.grid();
    let shallow = (0..1000)
        .flat_map(|i| (0..1000).map(move |j| (0.075 * f64::from(i), 0.078 * f64::from(j))))
        .map(|(x, y)| at(g.south_deg + y * g.row_deg, g.west_deg + x * g.column_deg))
        .filter(|place| {
            let (x, y) = atlas.cell_units(*place);
            atlas.cells[atlas.index(x.round() as usize, y.round() as usize)] == Cell::Raised
        })
        .find(|place| matches!(atlas.at(*place), Err(Refused::Shallow { .. })));
    assert!(shallow.is_some());
}

/// Whatever is valid rests on four cells of water: nothing is extrapolated from fewer.
#[test]
fn valid_places_have_four_wet_neighbours() {
    let atlas = Atlas::dover_strait();
    let g = atlas.grid();
    let mut valid = 0;
    for i in 0..400 {
        for j in 0..400 {
            let (x, y) = (f64::from(i) * 0.187_4, f64::from(j) * 0.194_9);
            let place = at(g.south_deg + y * g.row_deg, g.west_deg + x * g.column_deg);
            if atlas.at(place).is_err() {
                continue;
            }
            valid += 1;
            for (c, r) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let i = atlas.index(x as usize + c, y as usize + r);
                assert_ne!(atlas.cells[i], Cell::Land, "{place}");
            }
        }
    }
    assert!(valid > 10_000, "{valid}");
}

#[test]
fn the_nearest_valid_place_is_valid_and_near() {
    let atlas = Atlas::dover_strait();
    for (lat, lon, most_m) in [(51.12, 1.32, 9_000.0), (50.97, 1.85, 9_000.0), (51.05, 2.37, 9_000.0)] {
        let (place, distance) = atlas.nearest_valid(at(lat, lon)).unwrap();
        assert!(atlas.at(place).is_ok() && distance < most_m, "{lat} {lon}: {place} {distance}");
        assert!(atlas.at(place.to_string().parse().unwrap()).is_ok(), "{place} as it is written");
    }
}

/// The frame and the single place are the same tide.
#[test]
fn a_frame_holds_what_each_cell_says() {
    let atlas = Atlas::dover_strait();
    let weights = Weights::at("2026-11-24T06:40:00Z".parse().unwrap());
    let n = atlas.grid().rows * atlas.grid().columns;
    let (mut u, mut v) = (vec![9.0; n], vec![9.0; n]);
    atlas.fill_stream(&weights, &mut u, &mut v);
    for (i, wet) in atlas.wet().enumerate() {
        if !wet {
            assert_eq!((u[i], v[i]), (0.0, 0.0));
            continue;
        }
        let tide = atlas.unchecked(atlas.centre(i).unwrap()).unwrap().tide(&weights);
        let difference = (tide.stream_m_s[0] - f64::from(u[i])).abs() + (tide.stream_m_s[1] - f64::from(v[i])).abs();
        assert!(difference < 3e-6, "{difference:e}");
    }
}

#[test]
fn a_damaged_atlas_is_no_atlas() {
    assert!(Atlas::unpack(&BYTES[..BYTES.len() - 1]).is_none());
    assert!(Atlas::unpack(&BYTES[1..]).is_none());
    assert!(Atlas::unpack(&[BYTES, &[0]].concat()).is_none());
    let mut wrong = BYTES.to_vec();
    wrong[60] = 7;
    assert!(Atlas::unpack(&wrong).is_none());
}

#[test]
fn years_are_bounded() {
    assert!(Atlas::check_time("2050-12-31T23:59:59Z".parse().unwrap()).is_ok());
    assert!(Atlas::check_time("2051-01-01T00:00:00Z".parse().unwrap()).is_err());
    assert!(Atlas::check_time("1949-12-31T23:59:59Z".parse().unwrap()).is_err());
}
