//! The frame of a chart of the sea: what it covers, where a place falls, its graticule and its scale bar.
//!
//! Longitude and latitude are drawn at right angles, a degree of longitude shrunk by the cosine of the middle latitude: north is
//! up, and within the hundred miles of a drift a mile is a mile in every direction to one part in a hundred.

use super::svg::Svg;
use crate::number::Writer;
use plimsoll_core::maths::cos;

/// A place: longitude and latitude, degrees.
pub type Place = [f64; 2];

/// What a chart covers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    west: f64,
    north: f64,
    /// Pixels in a degree of longitude.
    lon_px: f64,
    /// Pixels in a degree of latitude.
    lat_px: f64,
    /// Pixels.
    pub width: f64,
    /// Pixels.
    pub height: f64,
}

/// Nautical miles that a chart spans at least: closer up the coast is a few straight lines.
const LEAST_NM: f64 = 4.0;
/// Steps of a graticule, minutes of arc.
const STEPS_MIN: [f64; 13] = [0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0];
/// Lengths of a scale bar, nautical miles.
const BARS_NM: [f64; 12] = [0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];

impl Area {
    /// The area around these places, with a margin, `width` pixels wide and between half as high and as high.
    #[must_use]
    pub fn around(places: impl Iterator<Item = Place>, width: f64) -> Option<Self> {
        let mut b = [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY];
        for [lon, lat] in places.filter(|p| p[0].is_finite() && p[1].is_finite()) {
            b = [b[0].min(lon), b[1].max(lon), b[2].min(lat), b[3].max(lat)];
        }
        if b[0] > b[1] {
            return None;
        }
        let (lon, lat) = (0.5 * (b[0] + b[1]), 0.5 * (b[2] + b[3]));
        let squeeze = cos(lat.to_radians()).max(0.05);
        let least = LEAST_NM / 60.0;
        // In degrees of latitude either way.
        let (wide, high) = (((b[1] - b[0]) * squeeze * 1.25).max(least), ((b[3] - b[2]) * 1.25).max(least));
        let ratio = (high / wide).clamp(0.55, 0.95);
        let wide = wide.max(high / ratio);
        let lat_px = width / wide;
        let height = (width * ratio).round();
        Some(Self {
            west: lon - 0.5 * wide / squeeze,
            north: lat + 0.5 * height / lat_px,
            lon_px: lat_px * squeeze,
            lat_px,
            width,
            height,
        })
    }

    /// Where a place falls, pixels.
    #[must_use]
    pub fn at(&self, [lon, lat]: Place) -> (f64, f64) {
        ((lon - self.west) * self.lon_px, (self.north - lat) * self.lat_px)
    }

    /// A ring as far as it touches the area (and a little beyond, so that no border shows), thinned to what the eye can tell.
    #[must_use]
    pub fn ring(&self, points: &[Place]) -> Vec<(f64, f64)> {
        let mut out: Vec<(f64, f64)> = points.iter().map(|p| self.at(*p)).collect();
        let margin = 8.0;
        for (axis, edge, below) in
            [(0, -margin, false), (0, self.width + margin, true), (1, -margin, false), (1, self.height + margin, true)]
        {
            out = clipped(&out, axis, edge, below);
        }
        thinned(out)
    }

    /// The pieces of a line within the area.
    #[must_use]
    pub fn line(&self, points: &[Place]) -> Vec<Vec<(f64, f64)>> {
        let inside =
            |p: (f64, f64)| (-8.0..=self.width + 8.0).contains(&p.0) && (-8.0..=self.height + 8.0).contains(&p.1);
        let mut out: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
        let all: Vec<(f64, f64)> = points.iter().map(|p| self.at(*p)).collect();
        for (i, p) in all.iter().enumerate() {
            // The neighbours of what is inside stay, so that a line reaches the border.
            let near = inside(*p) || (i > 0 && inside(all[i - 1])) || all.get(i + 1).is_some_and(|n| inside(*n));
            match out.last_mut() {
                Some(piece) if near => piece.push(*p),
                Some(piece) if !piece.is_empty() => out.push(Vec::new()),
                _ => {}
            }
        }
        out.into_iter().filter(|piece| piece.len() > 1).map(thinned).collect()
    }

    /// Meridians and parallels, named at the edges in degrees and minutes.
    pub fn graticule(&self, svg: &mut Svg) {
        let step = |px: f64, wanted: f64| {
            STEPS_MIN.into_iter().find(|m| m / 60.0 * px >= wanted).unwrap_or(STEPS_MIN[STEPS_MIN.len() - 1])
        };
        let (by_lon, by_lat) = (step(self.lon_px, 120.0), step(self.lat_px, 90.0));
        let marks = |from: f64, to: f64, step: f64| {
            let first = (from * 60.0 / step).ceil() as i64;
            let last = (to * 60.0 / step).floor() as i64;
            (first..=last).map(move |k| k as f64 * step / 60.0)
        };
        for lon in marks(self.west, self.west + self.width / self.lon_px, by_lon) {
            let x = (lon - self.west) * self.lon_px;
            svg.line("grid", (x, 0.0), (x, self.height));
            if x > 40.0 && x < self.width - 40.0 {
                svg.text("s halo", (x, self.height - 6.0), "middle", &degrees_minutes(lon, ['E', 'W'], by_lon));
            }
        }
        for lat in marks(self.north - self.height / self.lat_px, self.north, by_lat) {
            let y = (self.north - lat) * self.lat_px;
            svg.line("grid", (0.0, y), (self.width, y));
            if y > 18.0 && y < self.height - 24.0 {
                svg.text("s halo", (6.0, y - 4.0), "start", &degrees_minutes(lat, ['N', 'S'], by_lat));
            }
        }
    }

    /// A scale bar in nautical miles, its right end at `right`.
    pub fn scale_bar(&self, svg: &mut Svg, w: Writer, (right, y): (f64, f64)) {
        let nm = self.lat_px / 60.0;
        let length = BARS_NM.into_iter().rev().find(|b| b * nm <= 0.22 * self.width).unwrap_or(BARS_NM[0]);
        let px = length * nm;
        svg.line("measure", (right - px, y), (right, y));
        for x in [right - px, right - 0.5 * px, right] {
            svg.line("measure", (x, y - 4.0), (x, y));
        }
        let text = format!("{} {}", w.significant(length, 3), w.language.word("map.nm"));
        svg.text("t halo", (right - 0.5 * px, y - 8.0), "middle", &text);
    }

    /// An arrow to the north, its head at `(x, y)`.
    pub fn north(&self, svg: &mut Svg, (x, y): (f64, f64)) {
        svg.arrow("north", (x, y + 34.0), (x, y));
        svg.text("t halo", (x, y + 48.0), "middle", "N");
    }
}

/// "51°20′N", with tenths of a minute where the step asks for them.
fn degrees_minutes(deg: f64, [positive, negative]: [char; 2], step_min: f64) -> String {
    let deg = if deg > 180.0 { deg - 360.0 } else { deg };
    let tenths = (deg.abs() * 600.0).round() as u64;
    let (whole, minutes) = (tenths / 600, (tenths % 600) as f64 / 10.0);
    let letter = if deg < 0.0 { negative } else { positive };
    let letter = if tenths == 0 { ' ' } else { letter };
    let text = if step_min < 1.0 {
        format!("{whole}°{minutes:04.1}′{letter}")
    } else {
        format!("{whole}°{minutes:02.0}′{letter}")
    };
    text.trim_end().to_owned()
}

/// Sutherland and Hodgman's clip of a ring at one edge.
pub(super) fn clipped(ring: &[(f64, f64)], axis: usize, edge: f64, below: bool) -> Vec<(f64, f64)> {
    let of = |p: (f64, f64)| if axis == 0 { p.0 } else { p.1 };
    let inside = |p: (f64, f64)| (of(p) <= edge) == below || of(p) == edge;
    let mut out = Vec::with_capacity(ring.len());
    for (i, b) in ring.iter().enumerate() {
        let a = ring[(i + ring.len() - 1) % ring.len()];
        if inside(a) != inside(*b) {
            let share = (edge - of(a)) / (of(*b) - of(a));
            out.push((a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1)));
        }
        if inside(*b) {
            out.push(*b);
        }
    }
    out
}

/// Without the points that lie within half a pixel of the one before.
fn thinned(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::with_capacity(points.len());
    let last = points.len().saturating_sub(1);
    for (i, p) in points.into_iter().enumerate() {
        let far = out.last().is_none_or(|q| (p.0 - q.0).abs().max((p.1 - q.1).abs()) >= 0.5);
        if far || i == last {
            out.push(p);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mile_is_a_mile_either_way() {
        let a = Area::around([[1.0, 50.5], [2.0, 51.5]].into_iter(), 720.0).unwrap();
        let (o, n, e) = (
            a.at([1.5, 51.0]),
            a.at([1.5, 51.0 + 1.0 / 60.0]),
            a.at([1.5 + 1.0 / 60.0 / cos(51.0_f64.to_radians()), 51.0]),
        );
        assert!(((o.1 - n.1) - (e.0 - o.0)).abs() < 1e-9);
        assert!(a.height >= 0.55 * a.width - 1.0 && a.height <= 0.95 * a.width + 1.0);
        for p in [[1.0, 50.5], [2.0, 51.5]] {
            let (x, y) = a.at(p);
            assert!(x > 0.0 && x < a.width && y > 0.0 && y < a.height);
        }
        assert_eq!(Area::around(std::iter::empty(), 720.0), None);
    }

    #[test]
    fn rings_are_cut_at_the_border() {
        let a = Area::around([[1.0, 50.5], [2.0, 51.5]].into_iter(), 720.0).unwrap();
        let all = a.ring(&[[-10.0, 40.0], [20.0, 40.0], [20.0, 60.0], [-10.0, 60.0]]);
        assert_eq!(all.len(), 4);
        assert!(all.iter().all(|p| p.0 >= -8.1 && p.0 <= a.width + 8.1 && p.1 >= -8.1 && p.1 <= a.height + 8.1));
        assert!(a.ring(&[[10.0, 50.0], [11.0, 50.0], [11.0, 51.0]]).is_empty());
        let pieces = a.line(&[[-9.0, 51.0], [-8.0, 51.0], [1.2, 51.0], [1.6, 51.0], [9.0, 51.0], [10.0, 51.0]]);
        assert_eq!(pieces.iter().map(Vec::len).collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn edges_are_named_in_degrees_and_minutes() {
        assert_eq!(degrees_minutes(51.333_333_333, ['N', 'S'], 20.0), "51°20′N");
        assert_eq!(degrees_minutes(-0.5, ['E', 'W'], 30.0), "0°30′W");
        assert_eq!(degrees_minutes(0.0, ['E', 'W'], 30.0), "0°00′");
        assert_eq!(degrees_minutes(1.008_333_3, ['E', 'W'], 0.5), "1°00.5′E");
    }
}
