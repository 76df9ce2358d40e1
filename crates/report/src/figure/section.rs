//! The boat's cross-section to scale: tubes, floor, the water at its real draught, people as dots at their real heights.

use super::svg::Svg;
use crate::number::Writer;
use crate::phrase;
use plimsoll_case::answer::LoadlineAnswer;
use plimsoll_case::answer::loadline::Section;

const WIDTH: f64 = 400.0;
/// Pixels below the keel, for the scale bar.
const BELOW: f64 = 32.0;
/// Pixels a metre, for boats up to some 2.6 m wide.
const SCALE: f64 = 120.0;
/// Height of a seated person's centre above the seat, and of a standing one's above the floor: where a crowd of both is
/// drawn, the shares are chosen so that the common centre is the answer's.
const SEATED_M: f64 = 0.30;

/// The cross-section. `None` where the answer has no boat to draw.
#[must_use]
pub fn section(id: &str, w: Writer, a: &LoadlineAnswer) -> Option<String> {
    let s = &a.section;
    if s.beam_m <= 0.0 || s.tube_m <= 0.0 {
        return None;
    }
    let l = w.language;
    let scale = SCALE.min((WIDTH - 136.0) / s.beam_m);
    let dots = people(s);
    let top = dots.iter().map(|d| d.1).fold(s.tube_m + 0.35, f64::max) + 0.1;
    // Keel on a fixed line: the water moves, not the boat.
    let keel = top * scale;
    let height = keel + BELOW;
    let mut svg = Svg::new(id, WIDTH, height, &l.word("page.section"), &l.word("page.loadline_desc"));
    let middle = (WIDTH - 116.0) / 2.0;
    let x = |y_m: f64| middle + y_m * scale;
    let y = |z_m: f64| keel - z_m * scale;
    let turn = format!("<g transform=\"rotate({:.1} {middle:.1} {:.1})\">", s.list_deg, y(0.5 * s.tube_m));

    if let Some(draught) = s.draught_m {
        svg.rect("water", 0.0, y(draught), WIDTH, height - y(draught));
    }
    svg.raw(&turn);
    let b = 0.5 * (s.beam_m - s.tube_m);
    let r = 0.5 * s.tube_m;
    // The well keeps the water out: drawn empty down to the floor.
    let inner = b;
    svg.rect("well", x(-inner), y(s.tube_m * 0.9), 2.0 * inner * scale, (0.9 * s.tube_m - s.floor_height_m) * scale);
    for (side, share) in [(-1.0, s.share_port), (1.0, s.share_starboard)] {
        let class = if share < 0.999 { "tube soft" } else { "tube" };
        svg.circle(class, (x(side * b), y(r)), r * scale);
    }
    svg.line("floor", (x(-b + 0.6 * r), y(s.floor_height_m)), (x(b - 0.6 * r), y(s.floor_height_m)));
    for (px, pz) in dots {
        svg.circle("person", (x(px), y(pz)), 0.038 * scale);
    }
    svg.raw("</g>");

    if let Some(draught) = s.draught_m {
        svg.line("waterline", (0.0, y(draught)), (WIDTH, y(draught)));
        svg.text("s", (WIDTH - 4.0, y(draught) + 14.0), "end", &l.word("page.waterline"));
        if let Some(f) = a.freeboard_m {
            let at = x(0.5 * s.beam_m) + 14.0;
            svg.line("measure", (at, y(draught)), (at, y(s.tube_m)));
            svg.line("measure", (at - 4.0, y(s.tube_m)), (at + 4.0, y(s.tube_m)));
            svg.line("measure", (at - 4.0, y(draught)), (at + 4.0, y(draught)));
            let text = l.fill("page.freeboard", &[("f", &phrase::figure(w, f, "m"))]);
            let (head, tail) = text.split_once('(').map_or((text.as_str(), None), |(h, t)| (h, Some(t)));
            svg.text("t strong", (at - 8.0, y(s.tube_m) - 24.0), "start", head.trim());
            if let Some(tail) = tail {
                svg.text("s", (at - 8.0, y(s.tube_m) - 10.0), "start", &format!("({tail}"));
            }
        }
    }
    // A metre, so that "to scale" can be checked by eye.
    let bar = (10.0, 10.0 + scale);
    svg.line("measure", (bar.0, height - 8.0), (bar.1, height - 8.0));
    svg.text("s", (bar.1 + 5.0, height - 4.0), "start", "1 m");
    Some(svg.finish())
}

/// Where to draw people: sideways and above the lowest point of the tubes. They sit on both tubes and in the well, in
/// shares that put their common centre where the answer has it; within a group dots are spread evenly about its height.
fn people(s: &Section) -> Vec<(f64, f64)> {
    let n = s.people.round().clamp(0.0, 200.0) as u32;
    let b = 0.5 * (s.beam_m - s.tube_m);
    let (low, high) = (s.floor_height_m + SEATED_M, s.tube_m + SEATED_M);
    let share = (s.people_centre_m - low) / (high - low);
    let mut dots = Vec::new();
    if matches!(s.posture.as_str(), "floor" | "standing") || !(0.0..=1.0).contains(&share) {
        group(&mut dots, n, 0.0, 2.0 * b - 0.3 * s.tube_m, s.people_centre_m);
        return dots;
    }
    let on_tubes = (share * f64::from(n)).round() as u32;
    let port = on_tubes / 2;
    group(&mut dots, port, -b, s.tube_m * 1.12, high);
    group(&mut dots, on_tubes - port, b, s.tube_m * 1.12, high);
    group(&mut dots, n - on_tubes, 0.0, 2.0 * b - 1.1 * s.tube_m, low);
    dots
}

/// `n` dots about (`y`, `z`) within `wide`, in rows 0.078 m apart whose mean height is `z`.
fn group(dots: &mut Vec<(f64, f64)>, n: u32, y: f64, wide: f64, z: f64) {
    if n == 0 {
        return;
    }
    let pitch = 0.078;
    let across = ((wide / pitch).floor().max(1.0) as u32).min(n);
    let rows = n.div_ceil(across);
    let first = dots.len();
    for i in 0..n {
        let (row, column) = (i / across, i % across);
        let in_row = if row + 1 == rows { n - row * across } else { across };
        let offset = f64::from(column) - 0.5 * f64::from(in_row - 1);
        dots.push((y + offset * pitch, f64::from(row) * pitch));
    }
    let mean = dots[first..].iter().map(|d| d.1).sum::<f64>() / f64::from(n);
    for d in &mut dots[first..] {
        d.1 += z - mean;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use plimsoll_case::answer::sample;

    #[test]
    fn everybody_is_drawn_and_their_centre_is_the_answers() {
        let mut s = sample::loadline().section;
        for (centre, posture) in [(0.65, "sitting"), (0.45, "mixed"), (0.35, "floor"), (1.05, "standing")] {
            s.people_centre_m = centre;
            s.posture = posture.to_owned();
            let dots = people(&s);
            assert_eq!(dots.len(), 62);
            let mean = dots.iter().map(|d| d.1).sum::<f64>() / 62.0;
            assert!((mean - centre).abs() < 0.01, "{posture}: {mean} instead of {centre}");
        }
    }

    #[test]
    fn a_boat_that_does_not_float_has_no_waterline() {
        let mut a = sample::loadline();
        let w = Writer::page(Language::En);
        assert!(section("s", w, &a).unwrap().contains("waterline"));
        a.section.draught_m = None;
        assert!(!section("s", w, &a).unwrap().contains("waterline"));
        a.section.tube_m = 0.0;
        assert!(section("s", w, &a).is_none());
    }
}
