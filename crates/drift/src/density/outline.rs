//! The border of a set of cells as rings.

use std::collections::BTreeMap;

/// A corner of cells: column and row of the lattice's lines.
type Corner = [usize; 2];

/// A polygon: its outer ring anticlockwise, then its holes clockwise; the first corner is not repeated.
pub(super) type Polygon = Vec<Vec<Corner>>;

/// The polygons of the cells that are `inside`, row by row in `columns` columns. Cells that meet at a corner alone are not joined.
pub(super) fn polygons(inside: &[bool], columns: usize) -> Vec<Polygon> {
    let (mut outer, holes): (Vec<_>, Vec<_>) = rings(inside, columns).into_iter().partition(|r| twice_area(r) > 0);
    outer.sort_by_key(|r| std::cmp::Reverse(twice_area(r)));
    let mut out: Vec<Polygon> = outer.into_iter().map(|r| vec![r]).collect();
    for hole in holes {
        // the smallest ring around it
        if let Some(polygon) = out.iter_mut().rev().find(|p| around(&p[0], &hole)) {
            polygon.push(hole);
        }
    }
    out
}

/// Closed ways along the border with the cells on the left, without corners on straight lines.
fn rings(inside: &[bool], columns: usize) -> Vec<Vec<Corner>> {
    let rows = inside.len() / columns;
    let is = |c: usize, r: usize| c < columns && r < rows && inside[r * columns + c];
    // by where they begin: direction 0 east, 1 north, 2 west, 3 south
    let mut edges: BTreeMap<Corner, Vec<u8>> = BTreeMap::new();
    let mut add = |at: Corner, direction: u8| edges.entry(at).or_default().push(direction);
    for r in 0..rows {
        for c in (0..columns).filter(|c| is(*c, r)) {
            if r == 0 || !is(c, r - 1) {
                add([c, r], 0);
            }
            if !is(c + 1, r) {
                add([c + 1, r], 1);
            }
            if !is(c, r + 1) {
                add([c + 1, r + 1], 2);
            }
            if c == 0 || !is(c - 1, r) {
                add([c, r + 1], 3);
            }
        }
    }
    let mut out = vec![];
    while let Some((&start, first)) = edges.iter().find(|e| !e.1.is_empty()) {
        let (mut at, mut direction) = (start, first[0]);
        let mut ring = vec![];
        loop {
            let here = edges.entry(at).or_default();
            // where two ways go on, the one to the left stays with its own cell
            let turn = [1, 0, 3, 2].into_iter().map(|t| (direction + t) % 4).find(|d| here.contains(d));
            let Some(next) = turn else { break };
            here.retain(|d| *d != next);
            if ring.is_empty() || next != direction {
                ring.push(at);
            }
            direction = next;
            at = match direction {
                0 => [at[0] + 1, at[1]],
                1 => [at[0], at[1] + 1],
                2 => [at[0] - 1, at[1]],
                _ => [at[0], at[1] - 1],
            };
        }
        edges.retain(|_, e| !e.is_empty());
        out.push(ring);
    }
    out
}

/// Twice the area, positive anticlockwise.
fn twice_area(ring: &[Corner]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    let at = |c: &Corner| c.map(|v| v as i64);
    ring.iter().zip(next).map(|(a, b)| (at(a), at(b))).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}

/// Whether a ring goes around the cell that lies outside of the first edge of a hole, south of it.
fn around(ring: &[Corner], hole: &[Corner]) -> bool {
    // half a cell off the corner, so that no line is met: a hole goes clockwise, its lowest left corner has it to the upper right
    let [x, y] = hole.iter().min_by_key(|c| (c[1], c[0])).map_or([0.0; 2], |c| c.map(|v| v as f64 + 0.5));
    let mut odd = false;
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        // only upright edges count for a ray to the east
        if a[0] == b[0] && a[0] as f64 > x && (a[1] as f64 > y) != (b[1] as f64 > y) {
            odd = !odd;
        }
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_with_a_hole_and_a_cell_at_its_corner() {
        let picture = ["#####", "#...#", "#.#.#", "#...#", "#####", "....."];
        let inside: Vec<bool> = picture.iter().flat_map(|r| r.bytes().map(|b| b == b'#')).collect();
        let p = polygons(&inside, 5);
        assert_eq!(p.len(), 2);
        assert_eq!(p[0].len(), 2, "the hole is the larger one's: {p:?}");
        assert_eq!((twice_area(&p[0][0]), twice_area(&p[0][1]), twice_area(&p[1][0])), (50, -18, 2));
        assert_eq!(p[0][0].len(), 4);
        let diagonal = polygons(&[true, false, false, true], 2);
        assert_eq!(diagonal.len(), 2, "cells that meet at a corner alone stay apart");
        assert!(polygons(&[false; 4], 2).is_empty());
    }
}
