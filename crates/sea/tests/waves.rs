//! What the synthesised surface promises.

use plimsoll_core::random::Stream;
use plimsoll_sea::waves::{COMPONENTS, FADE_TICKS, Phasors, RENEWAL_TICKS, SeaState, WaveField};

const L: usize = 16;

fn field() -> WaveField {
    WaveField::new(&SeaState::new(1.0, 4.0, 20.0).unwrap(), 2.2)
}

#[test]
fn rotation_drifts_less_than_its_stated_bound() {
    let field = field();
    let one = [[1.0; L]; COMPONENTS];
    for group in 0..8_u64 {
        let lanes = std::array::from_fn(|l| group * 16 + l as u64);
        let (mut p, _) = Phasors::draw(&Stream::new(1), &[&field; L], &lanes, &[7; L]);
        let weights = p.weigh(&one, &one, &one);
        let before: [f64; L] = std::array::from_fn(|l| p.energy_m2(l));
        for _ in 0..RENEWAL_TICKS + FADE_TICKS {
            p.turn(&weights);
        }
        for (l, e) in before.iter().enumerate() {
            // Energy drifts twice as much as amplitude.
            assert!((p.energy_m2(l) / e - 1.0).abs() < 2.0 * 1.3e-4);
        }
    }
}

#[test]
fn the_components_have_the_seas_energy_and_lie_on_its_dispersion() {
    let field = field();
    let total: f64 = field.spectrum().map(|(_, _, v)| v).sum();
    assert!((4.0 * total.sqrt() - 1.0).abs() < 1e-5);
    for (omega, k, _) in field.spectrum() {
        let exact = plimsoll_sea::dispersion::wavenumber_rad_m(omega, 20.0);
        assert!((k / exact - 1.0).abs() < 1e-3, "{omega}");
    }
}

#[test]
fn a_surface_depends_on_its_address_alone() {
    let field = field();
    let one = [[1.0; L]; COMPONENTS];
    let at = |realisation: [u64; L], tick: u32| {
        let (mut p, _) = Phasors::draw(&Stream::new(9), &[&field; L], &realisation, &[tick; L]);
        let w = p.weigh(&one, &one, &one);
        (0..50).map(|_| p.turn(&w).elevation).last().unwrap()
    };
    let lanes: [u64; L] = std::array::from_fn(|l| l as u64);
    let mut turned = lanes;
    turned.reverse();
    let (a, mut b) = (at(lanes, 5), at(turned, 5));
    b.reverse();
    assert_eq!(a, b);
    assert_ne!(a, at(lanes, 6));
}

#[test]
fn a_sea_outside_its_range_is_refused() {
    assert_eq!(SeaState::new(0.0, 4.0, 20.0).unwrap_err().field, "height");
    assert_eq!(SeaState::new(1.0, f64::NAN, 20.0).unwrap_err().field, "period");
    assert_eq!(SeaState::new(1.0, 4.0, -1.0).unwrap_err().field, "depth");
}
