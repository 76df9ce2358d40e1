//! Constants drawn together: a table with a column for each constant and a row for each state of knowledge.
//!
//! A belief of the ledger says what somebody judged of one constant alone. Once they have been weighed together against what was
//! observed, they are known jointly, and rows of a table say it. What a table holds is the place of a value in the constant's own
//! belief, in 65,536 parts: it stays within that belief, and means nothing without it.

use crate::ledger::Knowledge;
use std::collections::BTreeMap;
use thiserror::Error;

/// Parts in which a place is told.
const PARTS: f64 = 65_536.0;

/// A table of draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draws {
    rows: u32,
    columns: BTreeMap<String, Vec<u16>>,
}

/// Columns of different lengths, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a table of draws has columns of the same length, at least one row and at least one column")]
pub struct Uneven;

impl Draws {
    /// A table of columns by id.
    ///
    /// # Errors
    /// [`Uneven`] where they do not make a table.
    pub fn new(columns: BTreeMap<String, Vec<u16>>) -> Result<Self, Uneven> {
        let rows = columns.values().next().map_or(0, Vec::len);
        if rows == 0 || columns.values().any(|c| c.len() != rows) {
            return Err(Uneven);
        }
        Ok(Self { rows: rows as u32, columns })
    }

    /// `rows` independent draws of `ids` from their own beliefs.
    ///
    /// # Errors
    /// [`Uneven`] for no id or no row.
    pub fn prior<'a>(ids: impl Iterator<Item = &'a str>, seed: u64, rows: u32) -> Result<Self, Uneven> {
        // beyond the strata draws are plain
        let place = |id: &str, row| (Knowledge::outer(seed, Knowledge::STRATA + row).place(id) * PARTS) as u16;
        Self::new(ids.map(|id| (id.to_owned(), (0..rows).map(|r| place(id, r)).collect())).collect())
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The columns by id.
    #[must_use]
    pub fn columns(&self) -> &BTreeMap<String, Vec<u16>> {
        &self.columns
    }

    /// The place of constant `id` in a row, in (0, 1); `None` where the table does not hold it.
    #[must_use]
    pub fn place(&self, id: &str, row: u32) -> Option<f64> {
        self.columns.get(id).map(|c| (f64::from(c[row as usize]) + 0.5) / PARTS)
    }

    /// The table of these rows, in this order.
    ///
    /// # Panics
    /// For a row that is not there, or for none.
    #[must_use]
    pub fn take(&self, rows: &[u32]) -> Self {
        assert!(!rows.is_empty());
        let columns = self.columns.iter().map(|(id, c)| (id.clone(), rows.iter().map(|r| c[*r as usize]).collect()));
        Self { rows: rows.len() as u32, columns: columns.collect() }
    }

    /// Both tables side by side; a column of both is that of `other`.
    ///
    /// # Errors
    /// [`Uneven`] where they differ in length.
    pub fn beside(mut self, other: Self) -> Result<Self, Uneven> {
        self.columns.extend(other.columns);
        Self::new(self.columns)
    }
}

/// Where the constants of a state of knowledge come from.
#[derive(Clone, Copy, Debug, Default)]
pub enum Constants {
    /// Each from its own belief.
    #[default]
    Judged,
    /// From a row of this table, each state of knowledge another.
    Drawn(&'static Draws),
    /// From this row of this table, in every state of knowledge.
    Row(&'static Draws, u32),
}

impl Constants {
    /// The places that constant `id` takes, in ascending order; `None` where each state of knowledge draws it from its own belief.
    #[must_use]
    pub fn places(self, id: &str) -> Option<Vec<f64>> {
        let (draws, rows) = match self {
            Self::Judged => return None,
            Self::Drawn(draws) => (draws, 0..draws.rows),
            Self::Row(draws, row) => (draws, row..row + 1),
        };
        let mut all = rows.map(|r| draws.place(id, r)).collect::<Option<Vec<f64>>>()?;
        all.sort_by(f64::total_cmp);
        Some(all)
    }

    /// The place of constant `id`, if a table holds it; `row` is asked where the state of knowledge decides which row.
    pub(crate) fn place(self, id: &str, row: impl FnOnce() -> f64) -> Option<f64> {
        match self {
            Self::Judged => None,
            Self::Drawn(draws) => draws.place(id, (row() * f64::from(draws.rows)) as u32),
            Self::Row(draws, row) => draws.place(id, row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_taken_once_over_the_outer_draws_and_columns_stay_together() {
        let column: Vec<u16> = (0..256).map(|r| r * 256).collect();
        let columns = [("a", column.clone()), ("b", column)].map(|(id, c)| (id.to_owned(), c));
        let draws: &'static Draws = Box::leak(Box::new(Draws::new(columns.into()).unwrap()));
        let mut seen = [false; 256];
        for outer in 0..256 {
            let k = Knowledge::outer(9, outer).with(Constants::Drawn(draws));
            assert_eq!(k.place("a"), k.place("b"));
            seen[(k.place("a") * 256.0) as usize] = true;
            assert_eq!(k.place("c"), Knowledge::outer(9, outer).place("c"));
            let k = Knowledge::outer(9, outer).with(Constants::Row(draws, 7));
            assert_eq!((k.place("a") * 256.0) as u32, 7);
        }
        assert!(seen.iter().all(|s| *s));
        // another try takes another row
        let k = |attempt| Knowledge::attempt(9, 3, attempt).with(Constants::Drawn(draws)).place("a");
        assert!(k(1) != k(0) || k(2) != k(0));
    }

    #[test]
    fn a_table_is_one() {
        assert_eq!(Draws::new(BTreeMap::new()), Err(Uneven));
        let uneven = [("a".to_owned(), vec![1]), ("b".to_owned(), vec![1, 2])];
        assert_eq!(Draws::new(uneven.into()), Err(Uneven));
        let d = Draws::prior(["a", "b"].into_iter(), 1, 500).unwrap();
        let mean = (0..500).filter_map(|r| d.place("a", r)).sum::<f64>() / 500.0;
        assert!((mean - 0.5).abs() < 5.0 * 0.2887 / 500.0_f64.sqrt());
        assert_eq!(d.take(&[4, 4]).place("b", 1), d.place("b", 4));
    }
}
