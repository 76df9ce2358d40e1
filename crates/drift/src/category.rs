//! Classes of drifting objects and their measured leeway.

use std::sync::LazyLock;

/// A regression of one leeway component on the wind speed at 10 m: `slope W + offset`, with its standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line {
    /// Leeway per wind speed.
    pub slope: f64,
    /// Leeway at calm by extrapolation, m/s.
    pub offset_m_s: f64,
    /// Standard error of the regression, m/s.
    pub error_m_s: f64,
}

/// The leeway of a class: downwind, and crosswind for objects that drift right and left of downwind (right is positive).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Leeway {
    /// Along the wind.
    pub downwind: Line,
    /// Across it, for those that drift right of downwind.
    pub right: Line,
    /// Across it, for those that drift left of downwind.
    pub left: Line,
}

/// A class of the published list.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// Its number in the list, 1 to 85.
    pub id: u32,
    /// Short name, as SAROPS has it.
    pub key: String,
    /// 0 for a main class, 1 to 3 for a class below it.
    pub level: u32,
    /// What kind of thing it is.
    pub group: String,
    /// What it is.
    pub description: String,
    /// Where it was measured.
    pub source: &'static str,
    /// Its leeway.
    pub leeway: Leeway,
}

const PLOURDE: &str = "Allen & Plourde (1999) CG-D-08-99; crosswind Allen (2005) CG-D-05-05";
const TURNER: &str = "Turner et al. (2006) ADA457525, unconstrained fit of the left side";

/// The published classes, by number.
pub static CATEGORIES: LazyLock<Vec<Category>> = LazyLock::new(|| {
    let lines = include_str!("../categories.csv").lines();
    lines.filter(|l| !l.starts_with('#')).skip(1).map(|l| parse(l).expect("the built-in list is whole")).collect()
});

/// The class of that number.
#[must_use]
pub fn category(id: u32) -> Option<&'static Category> {
    CATEGORIES.iter().find(|c| c.id == id)
}

fn parse(line: &str) -> Option<Category> {
    // the description comes last and may hold commas
    let f: Vec<&str> = line.splitn(15, ',').collect();
    let [id, key, level, group, source, numbers @ .., description] = &f[..] else { return None };
    let n: Vec<f64> = numbers.iter().map(|v| v.parse().ok()).collect::<Option<_>>()?;
    let line = |k: usize| {
        Some(Line { slope: n.get(k)? / 100.0, offset_m_s: n.get(k + 1)? / 100.0, error_m_s: n.get(k + 2)? / 100.0 })
    };
    Some(Category {
        id: id.parse().ok()?,
        key: (*key).to_owned(),
        level: level.parse().ok()?,
        group: group.replace('_', " "),
        description: description.trim_matches('"').replace("\"\"", "\""),
        source: if *source == "T" { TURNER } else { PLOURDE },
        leeway: Leeway { downwind: line(0)?, right: line(3)?, left: line(6)? },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole() {
        assert_eq!(CATEGORIES.len(), 85);
        assert!(CATEGORIES.iter().enumerate().all(|(k, c)| c.id == k as u32 + 1 && !c.description.is_empty()));
        let c = category(76).unwrap();
        assert!(c.key == "REFUGEE-RAFT-1" && (c.leeway.downwind.slope - 0.0156).abs() < 1e-12);
        assert_eq!(c.description, "Immigration vessel, Cuban refugee-raft, no sail");
        assert!((c.leeway.left.offset_m_s + 0.027).abs() < 1e-12 && (c.leeway.left.error_m_s - 0.0152).abs() < 1e-12);
        assert!(category(0).is_none() && category(86).is_none());
    }

    /// 25 of the 85 are not mirror images, by slope or by offset: with these a mistaken sign shows.
    #[test]
    fn right_and_left_differ_for_some() {
        let odd = |c: &&Category| {
            let (r, l) = (c.leeway.right, c.leeway.left);
            r.slope != -l.slope || r.offset_m_s != -l.offset_m_s
        };
        assert_eq!(CATEGORIES.iter().filter(odd).count(), 25);
    }
}
