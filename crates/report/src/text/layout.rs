//! Lines and tables that never exceed the width of the terminal.

use super::WIDTH;

/// Columns that a text takes in a terminal. All words used here are of single-column characters.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

/// Breaks a text at spaces (and, where a word alone is too long, inside it) into lines of at most `limit` columns.
pub(super) fn wrap(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(1);
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let mut word = word.to_owned();
        loop {
            let line = lines.last_mut().filter(|l| !l.is_empty());
            let needed = width(&word);
            match line {
                Some(line) if width(line) + 1 + needed <= limit => {
                    line.push(' ');
                    line.push_str(&word);
                }
                Some(_) => {
                    lines.push(String::new());
                    continue;
                }
                None if needed <= limit => {
                    if let Some(line) = lines.last_mut() {
                        line.push_str(&word);
                    }
                }
                None => {
                    let head: String = word.chars().take(limit).collect();
                    word = word.chars().skip(limit).collect();
                    if let Some(line) = lines.last_mut() {
                        line.push_str(&head);
                    }
                    lines.push(String::new());
                    continue;
                }
            }
            break;
        }
    }
    lines
}

/// A paragraph.
pub(super) fn paragraph(out: &mut String, text: &str) {
    hanging(out, "", 0, text);
}

/// A word in the margin and a text beside it, indented by `indent` columns.
pub(super) fn hanging(out: &mut String, margin: &str, indent: usize, text: &str) {
    let indent = indent.max(if margin.is_empty() { 0 } else { width(margin) + 1 });
    for (i, line) in wrap(text, WIDTH - indent).iter().enumerate() {
        let left = if i == 0 { margin } else { "" };
        push_line(out, &format!("{}{line}", padded(left, indent, false)));
    }
}

/// A line whose end stands at the right edge, on a line of its own where there is no room.
pub(super) fn both_edges(out: &mut String, left: &str, right: &str) {
    let room = WIDTH.saturating_sub(width(right) + 2);
    if width(left) <= room {
        push_line(out, &format!("{}  {right}", padded(left, room, false)));
    } else {
        paragraph(out, left);
        push_line(out, &padded(right, WIDTH, true));
    }
}

/// Adds a line without trailing spaces. What was kept together by a no-break space now has a plain one: people search
/// and cut terminal text by spaces.
pub(super) fn push_line(out: &mut String, line: &str) {
    out.push_str(line.replace('\u{a0}', " ").trim_end());
    out.push('\n');
}

fn padded(text: &str, to: usize, right: bool) -> String {
    let fill = " ".repeat(to.saturating_sub(width(text)));
    if right { format!("{fill}{text}") } else { format!("{text}{fill}") }
}

/// A row of a table: the head (standing on its last line), a cell for each column, or the first cell and one text across
/// the rest.
pub(super) enum Row {
    Head(Vec<String>),
    Cells(Vec<String>),
    Across(String, String),
}

/// Columns that the first column of a table keeps as long as others can give way.
const NAMES: usize = 14;

/// A table with two columns of space between columns. `right[i]` sets column i flush right. Where the table is too wide,
/// the widest columns that can still be broken at a space give way.
pub(super) fn table(out: &mut String, right: &[bool], rows: &[Row]) {
    let columns = right.len();
    let gaps = 2 * (columns - 1);
    let (mut natural, mut least) = (vec![0; columns], vec![0; columns]);
    for row in rows {
        let cells: &[String] = match row {
            Row::Head(cells) | Row::Cells(cells) => cells,
            Row::Across(first, _) => std::slice::from_ref(first),
        };
        for (i, cell) in cells.iter().enumerate().take(columns) {
            natural[i] = natural[i].max(width(cell));
            least[i] = least[i].max(cell.split(' ').map(width).max().unwrap_or(0));
        }
    }
    let mut widths = natural;
    while widths.iter().sum::<usize>() + gaps > WIDTH {
        // Names give way first, then of the columns with slack the widest; without slack a word is broken rather than a
        // line too long.
        if widths[0] > least[0].max(NAMES) {
            widths[0] -= 1;
            continue;
        }
        let widest = |slack: bool| {
            (0..columns).filter(|&i| widths[i] > 1 && (!slack || widths[i] > least[i])).max_by_key(|&i| widths[i])
        };
        match widest(true).or_else(|| widest(false)) {
            Some(i) => widths[i] -= 1,
            None => break,
        }
    }
    for row in rows {
        let (cells, spans): (Vec<Vec<String>>, Vec<usize>) = match row {
            Row::Head(cells) | Row::Cells(cells) => {
                (cells.iter().zip(&widths).map(|(c, w)| wrap(c, *w)).collect(), widths.clone())
            }
            Row::Across(first, rest) => {
                let across = WIDTH - widths[0] - 2;
                (vec![wrap(first, widths[0]), wrap(rest, across)], vec![widths[0], across])
            }
        };
        let whole = !matches!(row, Row::Across(..));
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let text: Vec<String> = cells
                .iter()
                .zip(&spans)
                .enumerate()
                .map(|(i, (cell, w))| {
                    // A head stands on its last line, other cells hang from their first.
                    let skip = if matches!(row, Row::Head(_)) { height - cell.len() } else { 0 };
                    let text = line.checked_sub(skip).and_then(|n| cell.get(n)).map_or("", String::as_str);
                    padded(text, *w, whole && right[i])
                })
                .collect();
            push_line(out, &text.join("  "));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_spaces_and_long_words_inside() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("a abcdefgh b", 4), ["a", "abcd", "efgh", "b"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn a_table_that_is_too_wide_gives_way() {
        let long = "a cell with many words in it that cannot all stand side by side".to_owned();
        let mut out = String::new();
        table(
            &mut out,
            &[false, true, false],
            &[
                Row::Cells(vec![long.clone(), "1,234 (5 to 6)".into(), long.clone()]),
                Row::Across("x".into(), "word ".repeat(40)),
                Row::Cells(vec!["y".repeat(90), "z".repeat(90), String::new()]),
            ],
        );
        assert!(out.lines().all(|l| width(l) <= WIDTH), "{out}");
        assert!(out.contains("yyy") && out.contains("zzz"));
    }
}
