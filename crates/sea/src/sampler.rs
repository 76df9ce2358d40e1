//! A field between its nodes: bilinear in space, linear in time, nothing outside.
//!
//! Where some of the four nodes around a place have no value (land), plain interpolation has none either, and putting zero there
//! would slow the stream along every coast. By default the weights of the nodes that have a value are scaled up to one, provided
//! that the nearest node is among them ([`Shore::NearestWet`]). No value is made up: the result lies between
//! values that the field has.

use crate::field::{Basis, Header};
use crate::grid::{Grid, Window};

/// What to do where some of the four nodes around a place have no value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shore {
    /// A value if the nearest node has one, from those that have.
    #[default]
    NearestWet,
    /// A value if any of the four has one: for drift, where the coast and not the grid says what is land.
    AnyWet,
}

/// The nodes around a place and their weights, in a window of a grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stencil {
    /// Index of each node in the window, in the order (0,0), (1,0), (0,1), (1,1).
    pub node: [u32; 4],
    /// Their weights, which add up to 1.
    pub weight: [f32; 4],
    /// Sine and cosine of the azimuth of the axis along which v lies; (0, 1) for east and north.
    pub turn: [f32; 2],
}

impl Stencil {
    /// The stencil of a place, over the whole grid; `None` outside.
    #[must_use]
    pub fn at(header: &Header, lon_deg: f64, lat_deg: f64) -> Option<Self> {
        let grid = &*header.grid;
        let at = grid.locate(lon_deg, lat_deg)?;
        let [columns, rows] = grid.shape();
        let cells = if grid.is_cyclic() { columns } else { columns - 1 };
        let (c, r) = ((at[0] as usize).min(cells - 1), (at[1] as usize).min(rows - 2));
        let (a, b) = (at[0] - c as f64, at[1] - r as f64);
        let next = (c + 1) % columns;
        let index = |c: usize, r: usize| (r * columns + c) as u32;
        let turn = match header.basis {
            Basis::EastNorth => [0.0, 1.0],
            Basis::GridAxes => grid.y_axis_near(at, [lon_deg, lat_deg]).map(|v| v as f32),
        };
        Some(Self {
            node: [index(c, r), index(next, r), index(c, r + 1), index(next, r + 1)],
            weight: [(1.0 - a) * (1.0 - b), a * (1.0 - b), (1.0 - a) * b, a * b].map(|w| w as f32),
            turn,
        })
    }

    /// The same nodes as indices into a window of the grid that holds them all.
    #[must_use]
    pub fn within(self, grid: &Grid, window: &Window) -> Self {
        let columns = grid.shape()[0] as u32;
        let [column, row, wide] = [window.column, window.row, window.columns].map(|v| v as u32);
        self.counted(columns, |c, r| (r - row) * wide + if c >= column { c - column } else { c + columns - column })
    }

    /// The same nodes as indices over the whole grid again: what [`Self::within`] undoes.
    #[must_use]
    pub fn beyond(self, grid: &Grid, window: &Window) -> Self {
        let columns = grid.shape()[0] as u32;
        let [column, row, wide] = [window.column, window.row, window.columns].map(|v| v as u32);
        let seam = |c: u32| if c >= columns { c - columns } else { c };
        self.counted(wide, |c, r| (row + r) * columns + seam(column + c))
    }

    /// The same nodes, whose indices have so many columns, counted in another way by column and row.
    #[inline]
    fn counted(mut self, columns: u32, index: impl Fn(u32, u32) -> u32) -> Self {
        let ([a, b], r) = self.columns_row(columns);
        self.node = [index(a, r), index(b, r), index(a, r + 1), index(b, r + 1)];
        self
    }

    /// Its columns, and the first of its rows, where its indices have so many columns.
    #[inline]
    pub(crate) fn columns_row(&self, columns: u32) -> ([u32; 2], u32) {
        let r = self.node[0] / columns;
        ([self.node[0] - r * columns, self.node[1] - r * columns], r)
    }

    /// The values at the place from a frame of `N` components, along the field's own axes; `NaN` where missing.
    #[must_use]
    #[inline]
    pub fn mix<const N: usize>(&self, frame: &[f32], shore: Shore) -> [f32; N] {
        let value = |k: usize, n: usize| frame[self.node[k] as usize * N + n];
        let mut out = [0.0; N];
        // Most have a value at all four nodes; what is not a number shows in the sum.
        for k in 0..4 {
            for n in 0..N {
                out[n] += self.weight[k] * value(k, n);
            }
        }
        if out.iter().all(|v| v.is_finite()) {
            return out;
        }
        out = [0.0; N];
        let mut total = 0.0;
        let (mut nearest, mut best) = (0, -1.0);
        for k in 0..4 {
            if self.weight[k] > best {
                (nearest, best) = (k, self.weight[k]);
            }
            // a node without weight has no say, whether it is land or not
            if self.weight[k] == 0.0 || (0..N).any(|n| value(k, n).is_nan()) {
                continue;
            }
            total += self.weight[k];
            for n in 0..N {
                out[n] += self.weight[k] * value(k, n);
            }
        }
        let dry = match shore {
            Shore::NearestWet => (0..N).any(|n| value(nearest, n).is_nan()),
            Shore::AnyWet => total <= 0.0,
        };
        if dry {
            return [f32::NAN; N];
        }
        // Renormalised only where something was left out: complete weights must not move a bit.
        if total < 0.999_99 { out.map(|v| v / total) } else { out }
    }

    /// A vector along the field's own axes as east and north.
    #[must_use]
    #[inline]
    pub fn east_north(&self, [u, v]: [f32; 2]) -> [f32; 2] {
        let [s, c] = self.turn;
        [u * c + v * s, v * c - u * s]
    }
}

/// Fills missing nodes from their neighbours as the reference model does: each takes the largest value among the eight
/// around it, component by component, several times over. For comparison with that model alone: it invents current.
///
/// Where land is hardly ever moves, so that the order of filling is kept from frame to frame.
#[derive(Clone, Debug, Default)]
pub struct Dilation {
    /// One for each component: the two of a staggered grid need not have the same holes.
    components: Vec<Holes>,
}

#[derive(Clone, Debug, Default)]
struct Holes {
    dry: Vec<bool>,
    /// Nodes in the order in which they are filled, each with its neighbours that have a value by then (the first repeated).
    order: Vec<(u32, [u32; 8])>,
}

impl Dilation {
    /// Fills a frame, `times` times over.
    pub fn fill(&mut self, frame: &mut [f32], columns: usize, components: usize, times: usize) {
        self.components.resize_with(components, Holes::default);
        for (n, holes) in self.components.iter_mut().enumerate() {
            let dry = |node: &[f32]| node[n].is_nan();
            let nodes = frame.chunks_exact(components);
            let same = nodes.len() == holes.dry.len();
            // looked at to the end: nearly always all are alike, and so it goes without a branch for each
            if !same || nodes.clone().zip(&holes.dry).fold(false, |other, (node, was)| other | (dry(node) != *was)) {
                holes.dry = nodes.map(dry).collect();
                holes.order = order(&holes.dry, columns, times);
            }
            for (node, around) in &holes.order {
                let mut most = f32::MIN;
                for m in around {
                    let v = frame[*m as usize * components + n];
                    most = if v > most { v } else { most };
                }
                frame[*node as usize * components + n] = most;
            }
        }
    }
}

fn order(dry: &[bool], columns: usize, times: usize) -> Vec<(u32, [u32; 8])> {
    let rows = dry.len() / columns;
    let mut dry = dry.to_vec();
    let mut left: Vec<usize> = (0..dry.len()).filter(|k| dry[*k]).collect();
    let mut out = Vec::new();
    for _ in 0..times {
        let before = out.len();
        left.retain(|node| {
            let (c, r) = (node % columns, node / columns);
            let (mut around, mut count) = ([0; 8], 0);
            for y in r.saturating_sub(1)..=(r + 1).min(rows - 1) {
                for x in c.saturating_sub(1)..=(c + 1).min(columns - 1) {
                    let m = y * columns + x;
                    if !dry[m] {
                        around[count] = m as u32;
                        count += 1;
                    }
                }
            }
            let first = around[0];
            around[count..].fill(first);
            if count > 0 {
                out.push((*node as u32, around));
            }
            count == 0
        });
        // what this pass found must not be seen by it
        for (node, _) in &out[before..] {
            dry[*node as usize] = false;
        }
        if out.len() == before {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{Field, Quantity};
    use std::sync::Arc;

    fn field(values: Vec<f32>, [columns, rows]: [usize; 2]) -> Field {
        let header = Header {
            quantity: Quantity::WaveHeight,
            grid: Arc::new(Grid::lon_lat([1.0, 50.0], [0.1, 0.1], [columns, rows])),
            basis: Basis::EastNorth,
            times_ms: vec![0],
            name: "test".into(),
        };
        Field::new(header, vec![values]).unwrap()
    }

    fn value(f: &Field, lon: f64, lat: f64, shore: Shore) -> f32 {
        use crate::field::FrameSource as _;
        Stencil::at(f.header(), lon, lat).map_or(f32::NAN, |s| s.mix::<1>(f.frame(0), shore)[0])
    }

    #[test]
    fn a_plane_is_met_exactly() {
        let f = field((0..12).map(|k| (k % 4) as f32 + 10.0 * (k / 4) as f32).collect(), [4, 3]);
        assert!((value(&f, 1.125, 50.15, Shore::NearestWet) - 16.25).abs() < 1e-5);
        assert_eq!(value(&f, 1.3, 50.2, Shore::NearestWet), 23.0);
        assert!(value(&f, 1.31, 50.1, Shore::NearestWet).is_nan());
    }

    #[test]
    fn land_neither_slows_nor_invents() {
        let n = f32::NAN;
        let f = field(vec![2.0, n, 2.0, n, 2.0, n, 2.0, n, 2.0], [3, 3]);
        for (lon, lat) in [(1.03, 50.03), (1.11, 50.09), (1.19, 50.19)] {
            assert_eq!(value(&f, lon, lat, Shore::NearestWet), 2.0);
        }
        // nearest node dry
        assert!(value(&f, 1.09, 50.01, Shore::NearestWet).is_nan());
        assert_eq!(value(&f, 1.09, 50.01, Shore::AnyWet), 2.0);
        let dry = field(vec![n; 9], [3, 3]);
        assert!(value(&dry, 1.09, 50.01, Shore::AnyWet).is_nan());
    }

    #[test]
    fn greatest_neighbour_fills() {
        let n = f32::NAN;
        let mut frame = vec![1.0, n, n, 3.0, n, n, n, n, n];
        Dilation::default().fill(&mut frame, 3, 1, 1);
        assert_eq!(frame[1], 3.0);
        assert!(frame[2].is_nan());
        Dilation::default().fill(&mut frame, 3, 1, 10);
        // components with different holes, as on a staggered grid: no made-up number may come of it
        let mut uneven = vec![1.0, n, n, 2.0, 3.0, n, n, n];
        Dilation::default().fill(&mut uneven, 4, 2, 10);
        assert!(uneven.iter().all(|v| v.is_finite() && v.abs() < 10.0), "{uneven:?}");
        assert!(frame.iter().all(|v| *v == 3.0 || *v == 1.0));
    }
}
