//! Several sources of one sea: who answers for which quantity where, and who wins.
//!
//! Sources are asked in the order in which they were added; the first that has a value at the place and the instant wins. Where
//! none has, the quantity is missing there. Nothing is blended between sources and nothing is extrapolated.

use crate::field::{FrameSource, Quantity};
use crate::grid::Window;
use crate::known::Known;
use crate::sampler::{Dilation, Shore, Stencil};
use std::ops::Range;

/// Where a quantity comes from.
#[derive(Clone, Debug)]
pub enum Source<S> {
    /// A formula.
    Known(Quantity, Known),
    /// A field, in memory or read as the run goes on.
    Frames(S),
}

/// How values between nodes are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// As [`Shore`] says.
    Shore(Shore),
    /// As the reference model does: missing nodes filled by the largest neighbour up to ten times ([`Dilation`]).
    Dilated,
}

/// How often the reference model dilates.
const DILATIONS: usize = 10;

/// All that is known of the sea.
#[derive(Clone, Debug)]
pub struct Set<S> {
    sources: Vec<Source<S>>,
}

impl<S> Default for Set<S> {
    fn default() -> Self {
        Self { sources: Vec::new() }
    }
}

impl<S: FrameSource> Set<S> {
    /// Adds a source behind those that are there.
    pub fn push(&mut self, source: Source<S>) {
        self.sources.push(source);
    }

    /// The sources, first priority first.
    #[must_use]
    pub fn sources(&self) -> &[Source<S>] {
        &self.sources
    }

    /// Whether any source tells the quantity.
    #[must_use]
    pub fn has(&self, quantity: Quantity) -> bool {
        self.sources.iter().any(|s| s.quantity() == quantity)
    }

    /// The value of a quantity at one place (degrees) and instant (ms since 1970), vectors as east and north, numbers in the first
    /// component; `None` where it is missing. Reads two frames a call: for many places use [`Self::onto`].
    ///
    /// # Errors
    /// A frame that cannot be read.
    pub fn sample(
        &mut self,
        quantity: Quantity,
        [lon, lat]: [f64; 2],
        time_ms: f64,
    ) -> Result<Option<[f64; 2]>, S::Error> {
        let mut onto = self.onto(quantity, &[[lon, lat]], Fill::Shore(Shore::NearestWet));
        let mut out = [[f32::NAN; 2]];
        onto.at(self, time_ms, &mut out)?;
        Ok((!out[0][0].is_nan()).then(|| out[0].map(f64::from)))
    }

    /// Prepares a quantity at many places: cells are looked up once, frames are kept as long as they last.
    #[must_use]
    pub fn onto(&self, quantity: Quantity, places: &[[f64; 2]], fill: Fill) -> Onto {
        let layers = self.sources.iter().enumerate().filter(|(_, s)| s.quantity() == quantity);
        let layers = layers.map(|(index, s)| match s {
            Source::Known(_, known) => Layer::Known(*known),
            Source::Frames(s) => Layer::Frames(Frames::new(index, s, places, fill)),
        });
        Onto { places: places.to_vec(), layers: layers.collect(), fill }
    }
}

impl<S: FrameSource> Source<S> {
    /// What it tells.
    #[must_use]
    pub fn quantity(&self) -> Quantity {
        match self {
            Self::Known(q, _) => *q,
            Self::Frames(s) => s.header().quantity,
        }
    }
}

/// One quantity at fixed places. Holds two frames a source, on the places.
#[derive(Clone, Debug)]
pub struct Onto {
    places: Vec<[f64; 2]>,
    layers: Vec<Layer>,
    fill: Fill,
}

#[derive(Clone, Debug)]
enum Layer {
    Known(Known),
    Frames(Frames),
}

#[derive(Clone, Debug)]
struct Frames {
    source: usize,
    components: usize,
    /// What of the source is read; `None` if it covers none of the places.
    window: Option<Window>,
    /// For each place its stencil in the window, or none outside.
    stencils: Vec<Option<Stencil>>,
    raw: Vec<f32>,
    dilation: Dilation,
    kept: [Kept; 2],
}

/// A frame on the places.
#[derive(Clone, Debug, Default)]
struct Kept {
    frame: Option<usize>,
    values: Vec<[f32; 2]>,
}

impl Onto {
    /// Fills `out` with the quantity at the places at an instant, `NaN` where it is missing.
    ///
    /// # Errors
    /// A frame that cannot be read.
    ///
    /// # Panics
    /// If `out` is not as long as the places, or the set is another one.
    pub fn at<S: FrameSource>(&mut self, set: &mut Set<S>, time_ms: f64, out: &mut [[f32; 2]]) -> Result<(), S::Error> {
        self.part(set, time_ms, 0..self.places.len(), out)
    }

    /// [`Self::at`] for some of the places alone.
    ///
    /// # Errors
    /// A frame that cannot be read.
    ///
    /// # Panics
    /// If `out` is not as long as the part, or the set is another one.
    pub fn part<S: FrameSource>(
        &mut self,
        set: &mut Set<S>,
        time_ms: f64,
        part: Range<usize>,
        out: &mut [[f32; 2]],
    ) -> Result<(), S::Error> {
        let places = &self.places[part.clone()];
        assert_eq!(out.len(), places.len(), "one value for each place");
        let mut fresh = true;
        for layer in &mut self.layers {
            match layer {
                Layer::Known(known) => {
                    for (o, p) in out.iter_mut().zip(places).filter(|(o, _)| fresh || o[0].is_nan()) {
                        *o = known.value(p[0], p[1], time_ms).map(|v| v as f32);
                    }
                }
                Layer::Frames(f) => {
                    let Source::Frames(source) = &mut set.sources[f.source] else { continue };
                    if !f.fill(source, time_ms, self.fill, part.clone(), out, fresh)? {
                        continue;
                    }
                }
            }
            fresh = false;
        }
        if fresh {
            out.fill([f32::NAN; 2]);
        }
        Ok(())
    }

    /// Whether the values are the same at all times.
    #[must_use]
    pub fn is_steady(&self) -> bool {
        matches!(self.layers.first(), None | Some(Layer::Known(Known::Constant(_))))
    }
}

impl Frames {
    fn new<S: FrameSource>(source: usize, s: &S, places: &[[f64; 2]], fill: Fill) -> Self {
        let header = s.header();
        let stencils: Vec<_> = places.iter().map(|p| Stencil::at(header, p[0], p[1])).collect();
        let margin = if fill == Fill::Dilated { DILATIONS + 1 } else { 0 };
        let window = window_of(header, &stencils, margin);
        let within = |s: Stencil| window.map(|w| s.within(&header.grid, &w));
        let stencils = stencils.into_iter().map(|s| s.and_then(within)).collect();
        let components = header.quantity.components();
        let raw = vec![0.0; window.map_or(0, |w| w.count() * components)];
        Self {
            source,
            components,
            window,
            stencils,
            raw,
            dilation: Dilation::default(),
            kept: [Kept::default(), Kept::default()],
        }
    }

    /// Fills the places that are still missing (all of them if `fresh`); says whether it had anything for that instant.
    fn fill<S: FrameSource>(
        &mut self,
        source: &mut S,
        time_ms: f64,
        fill: Fill,
        part: Range<usize>,
        out: &mut [[f32; 2]],
        fresh: bool,
    ) -> Result<bool, S::Error> {
        let (Some(window), Some((before, after, weight))) = (self.window, source.header().bracket(time_ms)) else {
            return Ok(false);
        };
        let a = self.keep(source, before, after, &window, fill)?;
        let b = self.keep(source, after, before, &window, fill)?;
        let (a, b) = (&self.kept[a].values[part.clone()], &self.kept[b].values[part]);
        let w = weight as f32;
        let mix = |a: &[f32; 2], b: &[f32; 2]| [a[0] + w * (b[0] - a[0]), a[1] + w * (b[1] - a[1])];
        if fresh {
            for ((o, a), b) in out.iter_mut().zip(a).zip(b) {
                *o = mix(a, b);
            }
        } else {
            for ((o, a), b) in out.iter_mut().zip(a).zip(b).filter(|((o, _), _)| o[0].is_nan()) {
                *o = mix(a, b);
            }
        }
        Ok(true)
    }

    /// Sees that a frame is kept without losing the other one, and says where.
    fn keep<S: FrameSource>(
        &mut self,
        source: &mut S,
        frame: usize,
        other: usize,
        window: &Window,
        fill: Fill,
    ) -> Result<usize, S::Error> {
        if let Some(k) = self.kept.iter().position(|k| k.frame == Some(frame)) {
            return Ok(k);
        }
        let slot = usize::from(self.kept[0].frame == Some(other));
        // gone until it is whole: a frame that could not be read must not be taken for one
        self.kept[slot].frame = None;
        source.load(frame, window, &mut self.raw)?;
        let shore = match fill {
            Fill::Shore(shore) => shore,
            Fill::Dilated => {
                self.dilation.fill(&mut self.raw, window.columns, self.components, DILATIONS);
                Shore::NearestWet
            }
        };
        let (raw, kept, two) = (&self.raw, &mut self.kept[slot], self.components == 2);
        kept.values.clear();
        kept.values.extend(self.stencils.iter().map(|s| match s {
            None => [f32::NAN; 2],
            Some(s) if two => s.east_north(s.mix::<2>(raw, shore)),
            Some(s) => [s.mix::<1>(raw, shore)[0], 0.0],
        }));
        kept.frame = Some(frame);
        Ok(slot)
    }
}

/// The smallest window that holds every node of the stencils, with a margin.
fn window_of(header: &crate::field::Header, stencils: &[Option<Stencil>], margin: usize) -> Option<Window> {
    let grid = &header.grid;
    let [columns, rows] = grid.shape();
    let nodes = || stencils.iter().flatten().flat_map(|s| s.node).map(|n| n as usize);
    let (mut low, mut high) = (usize::MAX, 0);
    for n in nodes() {
        (low, high) = (low.min(n / columns), high.max(n / columns));
    }
    if low > high {
        return None;
    }
    let row = low.saturating_sub(margin);
    let last_row = (high + margin).min(rows - 1);
    let (first, count) = if grid.is_cyclic() {
        arc(nodes().map(|n| n % columns), columns, margin)
    } else {
        let (a, b) = nodes().fold((usize::MAX, 0), |(a, b), n| (a.min(n % columns), b.max(n % columns)));
        let a = a.saturating_sub(margin);
        (a, (b + margin).min(columns - 1) - a + 1)
    };
    Some(Window { column: first, row, columns: count, rows: last_row - row + 1 })
}

/// The shortest run of columns round the earth that holds all of these.
fn arc(used: impl Iterator<Item = usize>, columns: usize, margin: usize) -> (usize, usize) {
    let mut mark = vec![false; columns];
    used.for_each(|c| mark[c] = true);
    // the longest gap is what is left out
    let (mut best, mut end, mut run) = (0, 0, 0);
    for k in 0..2 * columns {
        run = if mark[k % columns] { 0 } else { run + 1 };
        if run > best && run < columns {
            (best, end) = (run, k % columns);
        }
    }
    let gap = best.saturating_sub(2 * margin);
    if gap == 0 { (0, columns) } else { ((end + 1 + columns - margin.min(best / 2)) % columns, columns - gap) }
}

#[cfg(test)]
mod tests;
