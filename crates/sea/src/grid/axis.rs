//! One axis of a grid: where its nodes stand.

use thiserror::Error;

/// Coordinates of the nodes along one axis, in the projection's unit.
#[derive(Clone, Debug, PartialEq)]
pub enum Axis {
    /// Evenly spaced.
    Regular {
        /// The first node.
        first: f64,
        /// From each node to the next; negative where the axis descends.
        step: f64,
        /// Number of nodes, at least 2.
        count: usize,
    },
    /// Unevenly spaced, strictly ascending or descending.
    Uneven(Vec<f64>),
}

/// Coordinates that make no axis.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum AxisError {
    /// Fewer than two nodes.
    #[error("an axis needs at least 2 nodes, this one has {0}")]
    TooShort(usize),
    /// Not strictly ascending or descending.
    #[error("the axis neither ascends nor descends throughout: {before} is followed by {after} at node {index}")]
    Order {
        /// Index of the second of the two.
        index: usize,
        /// The node before.
        before: f64,
        /// The node after.
        after: f64,
    },
}

impl Axis {
    /// An axis from its nodes. Even spacing within a thousandth of a step (files write f32) counts as regular.
    ///
    /// # Errors
    /// [`AxisError`] for fewer than two nodes, or nodes out of order or not finite.
    pub fn new(nodes: &[f64]) -> Result<Self, AxisError> {
        if nodes.len() < 2 {
            return Err(AxisError::TooShort(nodes.len()));
        }
        let (first, last) = (nodes[0], nodes[nodes.len() - 1]);
        let up = nodes[1] > first;
        for (k, w) in nodes.windows(2).enumerate() {
            if (w[1] > w[0]) != up || w[1] == w[0] || !(w[1] - w[0]).is_finite() {
                return Err(AxisError::Order { index: k + 1, before: w[0], after: w[1] });
            }
        }
        let step = (last - first) / (nodes.len() - 1) as f64;
        let even = nodes.iter().enumerate().all(|(k, v)| (v - (first + step * k as f64)).abs() < 1e-3 * step.abs());
        Ok(if even { Self::Regular { first, step, count: nodes.len() } } else { Self::Uneven(nodes.to_vec()) })
    }

    /// Number of nodes.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Regular { count, .. } => *count,
            Self::Uneven(nodes) => nodes.len(),
        }
    }

    /// The coordinate at fractional index `at`; beyond the ends the outermost spacing goes on.
    #[must_use]
    pub fn coordinate(&self, at: f64) -> f64 {
        match self {
            Self::Regular { first, step, .. } => first + step * at,
            Self::Uneven(nodes) => {
                let k = (at.max(0.0) as usize).min(nodes.len() - 2);
                nodes[k] + (nodes[k + 1] - nodes[k]) * (at - k as f64)
            }
        }
    }

    /// The fractional index of a coordinate, unchecked for a regular axis; outside an uneven one the outermost spacing goes on.
    #[must_use]
    pub fn index(&self, coordinate: f64) -> f64 {
        match self {
            Self::Regular { first, step, .. } => (coordinate - first) / step,
            Self::Uneven(nodes) => {
                let up = nodes[1] > nodes[0];
                let after = nodes.partition_point(|n| if up { *n <= coordinate } else { *n >= coordinate });
                let k = after.clamp(1, nodes.len() - 1) - 1;
                k as f64 + (coordinate - nodes[k]) / (nodes[k + 1] - nodes[k])
            }
        }
    }

    /// Whether coordinates ascend with the index.
    #[must_use]
    pub fn ascends(&self) -> bool {
        self.coordinate(1.0) > self.coordinate(0.0)
    }

    /// The part of the axis from node `from`, `count` nodes long (a regular axis may be continued beyond its end).
    ///
    /// # Panics
    /// If an uneven axis has no such nodes.
    #[must_use]
    pub fn part(&self, from: usize, count: usize) -> Self {
        match self {
            Self::Regular { first, step, .. } => {
                Self::Regular { first: first + step * from as f64, step: *step, count }
            }
            Self::Uneven(nodes) => Self::Uneven(nodes[from..from + count].to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_and_uneven() {
        let even = Axis::new(&[10.0, 9.5, 9.0]).unwrap();
        assert!(matches!(even, Axis::Regular { count: 3, .. }) && !even.ascends());
        assert!((even.index(9.25) - 1.5).abs() < 1e-12);
        let uneven = Axis::new(&[0.0, 1.0, 3.0, 7.0]).unwrap();
        for at in [-0.5, 0.0, 0.25, 1.0, 2.75, 3.0, 3.5] {
            assert!((uneven.index(uneven.coordinate(at)) - at).abs() < 1e-12, "{at}");
        }
        assert_eq!(uneven.part(1, 2).coordinate(1.0), 3.0);
    }

    #[test]
    fn no_axis_is_refused() {
        assert_eq!(Axis::new(&[1.0]), Err(AxisError::TooShort(1)));
        assert!(matches!(Axis::new(&[1.0, 2.0, 2.0]), Err(AxisError::Order { index: 2, .. })));
        assert!(matches!(Axis::new(&[1.0, 2.0, 1.5]), Err(AxisError::Order { .. })));
        assert!(Axis::new(&[1.0, f64::NAN, 3.0]).is_err() && Axis::new(&[f64::NAN, 1.0]).is_err());
    }
}
