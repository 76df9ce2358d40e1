//! "Did you mean ...?": the known word nearest to an unknown one.

/// The word of `known` that is nearest to `word`, if any is near: at most a third of its letters (and at least one) changed,
/// inserted, left out or swapped with a neighbour. Case is ignored. The first of equally near words wins.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let w: Vec<char> = word.chars().take(64).flat_map(char::to_lowercase).collect();
    let mut best: Option<(usize, &str)> = None;
    for k in known {
        let letters: Vec<char> = k.chars().flat_map(char::to_lowercase).collect();
        let limit = (letters.len() / 3).max(1);
        // The difference in length is the least that the distance can be.
        if w.len().abs_diff(letters.len()) > limit {
            continue;
        }
        let d = distance(&w, &letters);
        if d <= limit && d < letters.len().max(2) && best.is_none_or(|(b, _)| d < b) {
            best = Some((d, k));
        }
    }
    best.map(|(_, k)| k)
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            row[j + 1] = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *y && b[j - 1] == *x {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_near_and_leaves_the_far() {
        let known = ["people", "children", "posture", "lifejackets", "hs", "tp"];
        assert_eq!(nearest("poeple", known), Some("people"));
        assert_eq!(nearest("life_jackets", known), Some("lifejackets"));
        assert_eq!(nearest("Hs", known), Some("hs"));
        assert_eq!(nearest("h", known), Some("hs"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest(&"x".repeat(10_000), known), None);
    }
}
