//! What is wrong with an input, drawn with its place in the text.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// One fault, with its place where it has one.
#[derive(Debug)]
pub struct Diagnosis {
    /// What is wrong: key, value, unit and allowed range in one sentence.
    title: String,
    /// What would mend it; may be empty.
    help: String,
    place: Option<Place>,
}

/// Where in a text.
#[derive(Debug)]
struct Place {
    name: String,
    text: String,
    span: Range<usize>,
    label: String,
}

/// Characters of a line that are shown; a longer line (noise, most likely) is cut around the fault.
const LINE: usize = 160;

impl Diagnosis {
    /// A fault without a place.
    pub fn plain(title: impl Into<String>, help: impl Into<String>) -> Self {
        Self { title: title.into(), help: help.into(), place: None }
    }

    /// The same fault at `span` (bytes) of the text `text`, which came from `name`.
    #[must_use]
    pub fn at(mut self, name: &str, text: &str, span: Range<usize>, label: impl Into<String>) -> Self {
        let start = floor_char(text, span.start.min(text.len()));
        let end = floor_char(text, span.end.clamp(start, text.len()));
        self.place = Some(Place { name: name.into(), text: text.into(), span: start..end, label: label.into() });
        self
    }

    /// The diagnostic as text, in colour where `colour` says so.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let shown = self.place.as_ref().map(|place| (place, Shown::of(place)));
        let title = Level::ERROR.primary_title(self.title.as_str());
        let primary = match &shown {
            None => Group::with_title(title),
            Some((place, shown)) => title.element(
                Snippet::source(shown.text.as_str())
                    .path(place.name.as_str())
                    .line_start(shown.line)
                    .annotation(AnnotationKind::Primary.span(shown.span.clone()).label(place.label.as_str())),
            ),
        };
        let help = (!self.help.is_empty()).then(|| Group::with_title(Level::HELP.secondary_title(self.help.as_str())));
        let mut text = match (&shown, help) {
            (Some(_), Some(help)) => renderer.render(&[primary, help]),
            // Without a place there is no margin to draw along.
            (None, Some(help)) => format!("{}\n{}", renderer.render(&[primary]), renderer.render(&[help])),
            (_, None) => renderer.render(&[primary]),
        };
        text.push('\n');
        text
    }
}

/// The lines around a fault, and where it stands in them.
struct Shown {
    text: String,
    line: usize,
    span: Range<usize>,
}

impl Shown {
    fn of(place: &Place) -> Self {
        let (text, span) = (&place.text, &place.span);
        let mut start = text[..span.start].rfind('\n').map_or(0, |i| i + 1);
        let mut end = text[span.start..].find('\n').map_or(text.len(), |i| span.start + i);
        let line = text[..start].matches('\n').count() + 1;
        if end - start > LINE {
            start = floor_char(text, span.start.saturating_sub(LINE / 2).max(start));
            end = floor_char(text, (start + LINE).min(end));
        }
        // Noise may hold anything: what a terminal would obey is shown as a dot of the same length in bytes.
        let shown: String = text[start..end]
            .chars()
            .flat_map(|c| {
                let (c, n) = if c.is_control() && c != '\t' { ('.', c.len_utf8()) } else { (c, 1) };
                std::iter::repeat_n(c, n)
            })
            .collect();
        Self { span: span.start - start..span.end.min(end) - start, text: shown, line }
    }
}

fn floor_char(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_place() {
        let text = "[sea]\nhs = \"0.6 kg\"\n";
        let d =
            Diagnosis::plain("hs: `0.6 kg` is no length", "try \"0.6 m\"").at("a.toml", text, 11..19, "not a length");
        let shown = d.render(false);
        assert!(shown.contains("a.toml:2:6"), "{shown}");
        assert!(shown.contains("^^^^^^^^ not a length"), "{shown}");
        assert!(shown.contains("help: try \"0.6 m\""), "{shown}");
    }

    #[test]
    fn noise_is_cut_and_tamed() {
        let noise = "\u{1b}[31m\u{0}é".repeat(100_000);
        for at in [0, 1, 7, 8, 9, 333_333, noise.len(), noise.len() + 5] {
            let shown = Diagnosis::plain("noise", "").at("n", &noise, at..at + 1, "here").render(false);
            assert!(shown.len() < 2_000 && !shown.contains('\u{1b}'), "{}", shown.len());
        }
    }
}
