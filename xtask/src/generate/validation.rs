//! `docs/reference/validation.md`, its plot, and the summary in the README: known answers beside ours.

use super::number::significant;
use plimsoll_core::validation::Case;
use std::fmt::Write as _;

/// Cases of one part of the program.
type Part = (&'static str, Vec<Case>);

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn outcome(case: &Case) -> &'static str {
    match (case.passes(), &case.known_miss) {
        (true, _) => "passes",
        (false, Some(_)) if !case.was_run() => "**not run**",
        (false, Some(_)) => "**known miss**",
        (false, None) => "**FAILS**",
    }
}

/// The page.
pub fn page(parts: &[Part]) -> String {
    let mut out = String::from(
        "# Validation\n\n\
         Generated from each crate's known answers (`cargo run -p xtask -- generate`); do not edit. `plimsoll selftest` computes the same table on your\n\
         machine. Cases V compare the code with mathematics, cases W with what was published or observed. A case that we miss stays here with its reason.\n\
         W15 takes minutes and stands on [a page of its own](sensitivity.md).\n\n\
         ![Difference of each computed figure from the expected one, in units of its tolerance](validation.svg)\n",
    );
    for (name, cases) in parts {
        let (title, table) = part(name, cases);
        out += &title;
        out += &table;
    }
    out
}

/// One part of the page: its title, and the table of its cases with the reasons for what they miss.
pub fn part(name: &str, cases: &[Case]) -> (String, String) {
    let mut out = String::from(
        "\n| case | what | quantity | expected | ours | result | expected figure from |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for c in cases {
        let unit = if c.unit == "1" { String::new() } else { format!(" {}", c.unit) };
        let (expected, ours) = if c.was_run() {
            (format!("{} ± {}", significant(c.expected, 6), significant(c.tolerance, 3)), significant(c.computed, 6))
        } else {
            (significant(c.expected, 6), String::new())
        };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {expected}{unit} | {ours} | {} | {} |",
            c.id,
            cell(&c.name),
            cell(&c.quantity),
            outcome(c),
            cell(&c.origin)
        );
    }
    for c in cases.iter().filter(|c| !c.passes()) {
        let why = c.known_miss.as_deref().unwrap_or("not known");
        // the reason of a case that was not run says so itself
        let misses = if c.was_run() { " misses" } else { "" };
        let _ = writeln!(out, "\n{} {} ({}){misses}: {why}", c.id, c.name, c.quantity);
    }
    (format!("\n## {name}\n"), out)
}

/// The summary for the README: one row for each case number.
pub fn summary(parts: &[Part]) -> String {
    let mut out = String::from(
        "| case | what | expected figures from | figures | within tolerance |\n| --- | --- | --- | --- | --- |\n",
    );
    let mut rows: Vec<(&str, Vec<&Case>)> = Vec::new();
    for case in parts.iter().flat_map(|p| &p.1) {
        match rows.iter_mut().find(|r| r.0 == case.id) {
            Some(row) => row.1.push(case),
            None => rows.push((&case.id, vec![case])),
        }
    }
    rows.sort_by_key(|(id, _)| {
        let digits: String = id.chars().filter(char::is_ascii_digit).collect();
        (id.chars().next(), digits.parse::<u32>().unwrap_or(0), id.to_string())
    });
    for (id, cases) in rows {
        let within = cases.iter().filter(|c| c.passes()).count();
        let missed = if within < cases.len() { " (see the page for why)" } else { "" };
        let first = cases[0];
        let _ = writeln!(
            out,
            "| {id} | {} | {} | {} | {within}{missed} |",
            cell(&first.name),
            cell(&first.origin),
            cases.len()
        );
    }
    out
}

/// Height of a row of the plot.
const ROW: usize = 16;
/// Where the axis stands, and half its length for one tolerance.
const AXIS: (f64, f64) = (520.0, 110.0);
/// Differences are drawn up to so many tolerances.
const REACH: f64 = 1.6;

/// One row for each figure: how far ours lies from the expected one, in tolerances. Shape tells hit from miss.
pub fn plot(parts: &[Part]) -> String {
    let cases: Vec<(&str, &Case)> = parts.iter().flat_map(|(p, cs)| cs.iter().map(|c| (*p, c))).collect();
    let height = 44 + ROW * cases.len();
    let x = |d: f64| AXIS.0 + AXIS.1 * d.clamp(-REACH, REACH);
    let (left, right, bottom) = (x(-1.0), x(1.0), height - 8);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 {height}\" width=\"720\" height=\"{height}\" role=\"img\" \
         font-family=\"system-ui, sans-serif\" font-size=\"11\">\n\
         <title>Known answers: difference in units of the tolerance</title>\n\
         <desc>Each row is one figure. A dot within the band is within its tolerance; a diamond outside is a miss.</desc>\n\
         <rect width=\"720\" height=\"{height}\" fill=\"#ffffff\"/>\n\
         <rect x=\"{left:.1}\" y=\"28\" width=\"{:.1}\" height=\"{}\" fill=\"#dbe9f4\"/>\n\
         <line x1=\"{axis}\" x2=\"{axis}\" y1=\"28\" y2=\"{bottom}\" stroke=\"#59636e\"/>\n",
        right - left,
        bottom - 28,
        axis = AXIS.0,
    );
    for (at, label) in [(-1.0, "-1 tolerance"), (0.0, "expected"), (1.0, "+1 tolerance")] {
        let _ =
            writeln!(svg, "<text x=\"{:.1}\" y=\"20\" text-anchor=\"middle\" fill=\"#59636e\">{label}</text>", x(at));
    }
    for (i, (part, c)) in cases.iter().enumerate() {
        let y = 40 + ROW * i;
        let difference = if c.tolerance > 0.0 {
            (c.computed - c.expected) / c.tolerance
        } else {
            f64::from(u8::from(!c.passes())) * REACH
        };
        let label = short(&format!("{} {part}: {}, {}", c.id, c.name, c.quantity), 62);
        let _ = writeln!(svg, "<text x=\"8\" y=\"{}\" fill=\"#1b1f24\">{}</text>", y + 4, escape(&label));
        let at = x(difference);
        if c.passes() {
            let _ = writeln!(svg, "<circle cx=\"{at:.1}\" cy=\"{y}\" r=\"3.5\" fill=\"#0b4f8a\"/>");
        } else {
            let _ = writeln!(
                svg,
                "<path d=\"M{:.1} {y}l5 -5l5 5l-5 5z\" fill=\"#b3401f\"/><text x=\"{:.1}\" y=\"{}\" fill=\"#b3401f\">{}</text>",
                at - 5.0,
                at + 9.0,
                y + 4,
                match (c.was_run(), c.known_miss.is_some()) {
                    (false, true) => "not run",
                    (true, true) => "miss",
                    (_, false) => "fails",
                }
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases() -> Vec<Part> {
        let case = |id: &str| Case::new(id, "name & <more>", "a | b", "q", "m");
        vec![("boat", vec![case("V10").value(1.0, 0.1, 1.05), case("V2").value(1.0, 0.1, 2.0).missed("because")])]
    }

    #[test]
    fn a_miss_is_shown_with_its_reason() {
        let page = page(&cases());
        assert!(
            page.contains("| V10 |")
                && page.contains("a \\| b")
                && page.contains("**known miss**")
                && page.contains("misses: because")
        );
        let plot = plot(&cases());
        assert!(plot.contains("<circle") && plot.contains("miss</text>") && plot.contains("&amp; &lt;more&gt;"));
    }

    #[test]
    fn the_summary_is_in_order() {
        let summary = summary(&cases());
        assert!(summary.find("| V2 |").unwrap() < summary.find("| V10 |").unwrap());
    }
}
