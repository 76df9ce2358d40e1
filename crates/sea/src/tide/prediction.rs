//! A tide as a sum of constituents: heights at a gauge, and whatever else has harmonic constants.

use super::arguments::{Constituent, Instant, Phasor};
use plimsoll_core::maths::sin_cos;
use plimsoll_core::time::Utc;

/// One constituent at one place: `H cos(V + u - g)` as `a cos(V + u) + b sin(V + u)`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amplitude {
    /// In phase with the equilibrium argument: `H cos g`.
    pub a: f64,
    /// A quarter turn behind it: `H sin g`.
    pub b: f64,
}

impl Amplitude {
    /// From amplitude and Greenwich phase lag.
    #[must_use]
    pub fn polar(amplitude: f64, lag_deg: f64) -> Self {
        let (sin, cos) = sin_cos(lag_deg.to_radians());
        Self { a: amplitude * cos, b: amplitude * sin }
    }

    /// Its contribution at an instant.
    #[must_use]
    pub fn value(&self, phasor: Phasor) -> f64 {
        self.a * phasor.cos + self.b * phasor.sin
    }

    /// Amplitude `H`.
    #[must_use]
    pub fn size(&self) -> f64 {
        (self.a * self.a + self.b * self.b).sqrt()
    }

    /// Greenwich phase lag `g`, degrees from 0 to 360.
    #[must_use]
    pub fn lag_deg(&self) -> f64 {
        let deg = plimsoll_core::maths::atan2(self.b, self.a).to_degrees();
        if deg < 0.0 { deg + 360.0 } else { deg }
    }
}

/// The harmonic constants of one quantity at one place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constants(Vec<(&'static Constituent, Amplitude)>);

impl Constants {
    /// From names, amplitudes and Greenwich phase lags in degrees, as tables give them; and the names that are not known.
    #[must_use]
    pub fn new<'a>(rows: impl IntoIterator<Item = (&'a str, f64, f64)>) -> (Self, Vec<&'a str>) {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for (name, amplitude, lag_deg) in rows {
            match Constituent::named(name) {
                Some(c) => known.push((c, Amplitude::polar(amplitude, lag_deg))),
                None => unknown.push(name),
            }
        }
        (Self(known), unknown)
    }

    /// The quantity at an instant, about its mean, in the unit of the amplitudes.
    ///
    /// The sky is computed once for all constituents: some 2 us for 45 of them.
    #[must_use]
    pub fn value(&self, time: Utc) -> f64 {
        let instant = Instant::at(time);
        self.0.iter().map(|(c, amplitude)| amplitude.value(instant.argument(c).phasor())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polar_and_back() {
        let x = Amplitude::polar(2.25, 331.9);
        assert!((x.size() - 2.25).abs() < 1e-12 && (x.lag_deg() - 331.9).abs() < 1e-9);
        assert_eq!(Amplitude::polar(1.0, 90.0).value(Phasor { cos: 0.0, sin: 1.0 }), 1.0);
    }

    #[test]
    fn what_is_not_known_is_named() {
        let (constants, unknown) = Constants::new([("M2", 1.0, 0.0), ("3L2", 1.0, 0.0)]);
        assert_eq!((constants.0.len(), unknown), (1, vec!["3L2"]));
    }
}
