//! The few shapes that the figures need.

use std::fmt::Write as _;

/// An SVG element under construction. Coordinates are CSS pixels at its natural size.
#[derive(Clone, Debug)]
pub struct Svg {
    width: f64,
    height: f64,
    id: String,
    title: String,
    description: String,
    body: String,
}

/// Text as it may stand in markup.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A coordinate: a tenth of a pixel is finer than any eye.
fn c(v: f64) -> String {
    let text = format!("{v:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl Svg {
    /// An empty figure. `id` is unique on the page.
    #[must_use]
    pub fn new(id: &str, width: f64, height: f64, title: &str, description: &str) -> Self {
        Self {
            width,
            height,
            id: id.to_owned(),
            title: escaped(title),
            description: escaped(description),
            body: String::new(),
        }
    }

    /// The element.
    #[must_use]
    pub fn finish(self) -> String {
        let Self { width, height, id, title, description, body } = self;
        format!(
            "<svg role=\"img\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" aria-labelledby=\"{id}-t {id}-d\">\
             <title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>{body}</svg>",
            w = c(width),
            h = c(height),
        )
    }

    /// A rectangle.
    pub fn rect(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64) {
        let _ = write!(
            self.body,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            c(x),
            c(y),
            c(width.max(0.0)),
            c(height.max(0.0))
        );
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let _ = write!(
            self.body,
            "<line class=\"{class}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
            c(from.0),
            c(from.1),
            c(to.0),
            c(to.1)
        );
    }

    /// A circle.
    pub fn circle(&mut self, class: &str, centre: (f64, f64), radius: f64) {
        let _ = write!(
            self.body,
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            c(centre.0),
            c(centre.1),
            c(radius)
        );
    }

    /// A path in SVG's own words.
    pub fn path(&mut self, class: &str, d: &str) {
        let _ = write!(self.body, "<path class=\"{class}\" d=\"{d}\"/>");
    }

    /// A line through points.
    pub fn polyline(&mut self, class: &str, points: &[(f64, f64)]) {
        let d = outline(points);
        self.path(class, &d);
    }

    /// An area between an upper and a lower line over the same abscissae.
    pub fn area(&mut self, class: &str, upper: &[(f64, f64)], lower: &[(f64, f64)]) {
        let back: Vec<(f64, f64)> = lower.iter().rev().copied().collect();
        let d = format!("{}{}Z", outline(upper), outline(&back).replacen('M', "L", 1));
        self.path(class, &d);
    }

    /// A text with `anchor` `start`, `middle` or `end` at its baseline.
    pub fn text(&mut self, class: &str, at: (f64, f64), anchor: &str, text: &str) {
        let _ = write!(
            self.body,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            c(at.0),
            c(at.1),
            escaped(text)
        );
    }

    /// An arrow with its head at `to`.
    pub fn arrow(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        if length <= 0.0 {
            return;
        }
        let (ux, uy) = (dx / length, dy / length);
        self.line(class, from, (to.0 - 5.0 * ux, to.1 - 5.0 * uy));
        let base = (to.0 - 9.0 * ux, to.1 - 9.0 * uy);
        let wing = |s: f64| (base.0 - 4.0 * s * uy, base.1 + 4.0 * s * ux);
        let d = format!("{}Z", outline(&[to, wing(1.0), wing(-1.0)]));
        self.path(&format!("{class} head"), &d);
    }

    /// Another figure inside this one, its upper left corner at `at`.
    pub fn inset(&mut self, at: (f64, f64), figure: &str) {
        self.body.push_str(&figure.replacen("<svg ", &format!("<svg x=\"{}\" y=\"{}\" ", c(at.0), c(at.1)), 1));
    }

    /// Markup that this module has no word for. It must be well-formed and escaped.
    pub fn raw(&mut self, markup: &str) {
        self.body.push_str(markup);
    }
}

/// "M x y L x y ...".
pub(super) fn outline(points: &[(f64, f64)]) -> String {
    points.iter().enumerate().fold(String::new(), |mut d, (i, (x, y))| {
        let _ = write!(d, "{}{} {}", if i == 0 { "M" } else { "L" }, c(*x), c(*y));
        d
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_cannot_become_markup() {
        let mut s = Svg::new("a", 10.0, 10.0, "<script>", "\"&");
        s.text("t", (0.0, 0.0), "start", "<b>&</b>");
        let text = s.finish();
        assert!(!text.contains("<script>") && !text.contains("<b>"));
        assert!(text.contains("&lt;b&gt;&amp;&lt;/b&gt;"));
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!(outline(&[(1.0, -0.04), (2.345, 3.0)]), "M1 0L2.3 3");
    }
}
