//! Several sources of one sea: who answers for which quantity where, and who wins.
//!
//! Sources are asked in the order in which they were added; the first that has a value at the place and the instant wins. Where
//! none has, the quantity is missing there. Nothing is blended between sources and nothing is extrapolated.

use crate::field::{FrameSource, Quantity};
use crate::grid::Window;
use crate::known::Known;
use crate::sampler::{Dilation, Shore, Stencil};

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
        let mut onto = self.onto(quantity, Fill::Shore(Shore::NearestWet));
        let one = Window { column: 0, row: 0, columns: 1, rows: 1 };
        onto.cover(self, one, &[[lon, lat]]);
        let mut out = [[f32::NAN; 2]];
        onto.at(self, time_ms, &one, &mut out, 0)?;
        Ok((!out[0][0].is_nan()).then(|| out[0].map(f64::from)))
    }

    /// Prepares a quantity for many places, none as yet ([`Onto::cover`]): cells are looked up once, frames are kept as long as they
    /// last.
    #[must_use]
    pub fn onto(&self, quantity: Quantity, fill: Fill) -> Onto {
        let layers = self.sources.iter().enumerate().filter(|(_, s)| s.quantity() == quantity);
        let layers = layers.map(|(index, s)| match s {
            Source::Known(_, known) => Layer::Known(*known),
            Source::Frames(s) => Layer::Frames(Frames::new(index, s.header().quantity.components())),
        });
        Onto { window: Window::default(), places: vec![], layers: layers.collect(), fill }
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

/// One quantity at the nodes of a window of some grid, which may grow. Holds two frames a source, as read and on the nodes.
#[derive(Clone, Debug)]
pub struct Onto {
    window: Window,
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
    dilation: Dilation,
    kept: [Kept; 2],
}

/// A frame, as read and on the places.
#[derive(Clone, Debug, Default)]
struct Kept {
    frame: Option<usize>,
    raw: Vec<f32>,
    values: Vec<[f32; 2]>,
}

/// Nodes around what is asked for that are read along with it, so that places that are added seldom mean reading a frame again.
const MARGIN: usize = 16;

impl Onto {
    /// Takes on the nodes of a window and forgets others that it has; `places` are all of them, longitude and latitude in degrees.
    ///
    /// # Panics
    /// If there is not one place for each node, or the set is another one.
    pub fn cover<S: FrameSource>(&mut self, set: &Set<S>, window: Window, places: &[[f64; 2]]) {
        assert_eq!(places.len(), window.count(), "one place for each node");
        for layer in &mut self.layers {
            if let Layer::Frames(f) = layer
                && let Source::Frames(source) = &set.sources[f.source]
            {
                f.cover(source, &self.window, &window, places, self.fill);
            }
        }
        self.window = window;
        self.places = places.to_vec();
    }

    /// Puts the quantity at an instant into two numbers of each node, from number `first` on, at the nodes of `part`; `out` has all nodes
    /// that are covered. `NaN` where it is missing.
    ///
    /// # Errors
    /// A frame that cannot be read.
    ///
    /// # Panics
    /// If `out` has not as many nodes as are covered, the part is not covered, or the set is another one.
    pub fn at<S: FrameSource, const N: usize>(
        &mut self,
        set: &mut Set<S>,
        time_ms: f64,
        part: &Window,
        out: &mut [[f32; N]],
        first: usize,
    ) -> Result<(), S::Error> {
        assert_eq!(out.len(), self.places.len(), "one value for each place");
        let mut fresh = true;
        for layer in &mut self.layers {
            match layer {
                Layer::Known(known) => {
                    for k in self.window.lines(part).flatten() {
                        if !fresh && !out[k][first].is_nan() {
                            continue;
                        }
                        let [lon, lat] = self.places[k];
                        let value = known.value(lon, lat, time_ms);
                        (out[k][first], out[k][first + 1]) = (value[0] as f32, value[1] as f32);
                    }
                }
                Layer::Frames(f) => {
                    let Source::Frames(source) = &mut set.sources[f.source] else { continue };
                    let Some((a, b, w)) = f.around(source, time_ms, self.fill)? else { continue };
                    for line in self.window.lines(part) {
                        let nodes = out[line.clone()].iter_mut().zip(&a[line.clone()]).zip(&b[line]);
                        let blend = |((o, a), b): ((&mut [f32; N], &[f32; 2]), &[f32; 2])| {
                            o[first] = a[0] + w * (b[0] - a[0]);
                            o[first + 1] = a[1] + w * (b[1] - a[1]);
                        };
                        if fresh {
                            nodes.for_each(blend);
                        } else {
                            nodes.filter(|((o, _), _)| o[first].is_nan()).for_each(blend);
                        }
                    }
                }
            }
            fresh = false;
        }
        if fresh {
            for o in self.window.lines(part).flatten() {
                (out[o][first], out[o][first + 1]) = (f32::NAN, f32::NAN);
            }
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
    fn new(source: usize, components: usize) -> Self {
        let kept = [Kept::default(), Kept::default()];
        Self { source, components, window: None, stencils: vec![], dilation: Dilation::default(), kept }
    }

    /// Finds the stencils of places that were not among those of `before`, and reads more of the source where they ask for it.
    fn cover<S: FrameSource>(&mut self, s: &S, before: &Window, now: &Window, places: &[[f64; 2]], fill: Fill) {
        let header = s.header();
        let margin = if fill == Fill::Dilated { DILATIONS + 1 } else { 0 };
        let mut added = vec![];
        let mut all = now.taking(before, &self.stencils, |k| {
            let [lon, lat] = places[k];
            let stencil = Stencil::at(header, lon, lat);
            added.extend(stencil.map(|s| (k, s)));
            stencil
        });
        let needed = window_of(header, added.iter().map(|(_, s)| s), margin);
        if needed.is_none_or(|needed| self.window.is_some_and(|w| w.holds(&needed))) {
            // what was read holds them, too
            for (k, s) in added {
                all[k] = self.window.map(|w| s.within(&header.grid, &w));
            }
            for kept in self.kept.iter_mut().filter(|k| k.frame.is_some()) {
                let fresh = |k: usize| value(all[k].as_ref(), &kept.raw, self.components, fill);
                kept.values = now.taking(before, &kept.values, fresh);
            }
        } else {
            let old = now.taking(before, &vec![true; before.count()], |_| false);
            if let Some(w) = self.window {
                let known = all.iter_mut().zip(old).filter(|(_, old)| *old);
                known.flat_map(|(s, _)| s).for_each(|s| *s = s.beyond(&header.grid, &w));
            }
            self.window = window_of(header, all.iter().flatten(), margin + MARGIN);
            if let Some(w) = self.window {
                all.iter_mut().flatten().for_each(|s| *s = s.within(&header.grid, &w));
            }
            self.kept = [Kept::default(), Kept::default()];
        }
        self.stencils = all;
    }

    /// The frames around an instant on the places, and the weight of the second; `None` where the source has none.
    #[expect(clippy::type_complexity, reason = "two columns and a weight, used once")]
    fn around<S: FrameSource>(
        &mut self,
        source: &mut S,
        time_ms: f64,
        fill: Fill,
    ) -> Result<Option<(&[[f32; 2]], &[[f32; 2]], f32)>, S::Error> {
        let (Some(window), Some((before, after, weight))) = (self.window, source.header().bracket(time_ms)) else {
            return Ok(None);
        };
        let a = self.keep(source, before, after, &window, fill)?;
        let b = self.keep(source, after, before, &window, fill)?;
        Ok(Some((&self.kept[a].values, &self.kept[b].values, weight as f32)))
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
        let kept = &mut self.kept[slot];
        // gone until it is whole: a frame that could not be read must not be taken for one
        kept.frame = None;
        kept.raw.resize(window.count() * self.components, 0.0);
        source.load(frame, window, &mut kept.raw)?;
        if fill == Fill::Dilated {
            self.dilation.fill(&mut kept.raw, window.columns, self.components, DILATIONS);
        }
        kept.values.clear();
        let stencils = self.stencils.iter();
        kept.values.extend(stencils.map(|s| value(s.as_ref(), &kept.raw, self.components, fill)));
        kept.frame = Some(frame);
        Ok(slot)
    }
}

/// What a frame as it was read has at a place.
#[inline]
fn value(stencil: Option<&Stencil>, raw: &[f32], components: usize, fill: Fill) -> [f32; 2] {
    let shore = if let Fill::Shore(shore) = fill { shore } else { Shore::NearestWet };
    match stencil {
        None => [f32::NAN; 2],
        Some(s) if components == 2 => s.east_north(s.mix::<2>(raw, shore)),
        Some(s) => [s.mix::<1>(raw, shore)[0], 0.0],
    }
}

/// The smallest window that holds every node of the stencils, with a margin.
fn window_of<'a>(
    header: &crate::field::Header,
    stencils: impl Iterator<Item = &'a Stencil> + Clone,
    margin: usize,
) -> Option<Window> {
    let grid = &header.grid;
    let [columns, rows] = grid.shape();
    let (mut low, mut high) = ([u32::MAX; 2], [0; 2]);
    for s in stencils.clone() {
        let ([a, b], r) = s.columns_row(columns as u32);
        (low, high) = ([low[0].min(a), low[1].min(r)], [high[0].max(b), high[1].max(r + 1)]);
    }
    let ([west, south], [east, north]) = (low.map(|v| v as usize), high.map(|v| v as usize));
    if south > north {
        return None;
    }
    let row = south.saturating_sub(margin);
    let last_row = (north + margin).min(rows - 1);
    let (first, count) = if grid.is_cyclic() {
        let used = stencils.flat_map(|s| s.columns_row(columns as u32).0);
        arc(used.map(|c| c as usize), columns, margin)
    } else {
        let west = west.saturating_sub(margin);
        (west, (east + margin).min(columns - 1) - west + 1)
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
