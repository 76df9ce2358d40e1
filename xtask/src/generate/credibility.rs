//! `docs/reference/credibility.md`: the credibility of every answer, factor by factor, from the answer itself.

use plimsoll_case::answer::assess::Credibility;
use std::fmt::Write as _;

/// The page.
pub fn page(c: &Credibility) -> String {
    let mut out = format!(
        "# Credibility\n\nGenerated from `crates/case/credibility.toml` (`cargo run -p xtask -- generate`); do not edit. The same stands in every\nanswer of `plimsoll assess` and in [credibility.json](credibility.json); every other answer carries the factors of the lowest level.\n\nAfter the factors of NASA-STD-7009 (*Standard for Models and Simulations*), which rates the evidence for each from 0 (none) to 4. What\na level asks for is told in our words, and we rated ourselves. **The lowest counts: {} of 4.**\n\n| factor | level | what that level asks for | why | *pourquoi* | evidence |\n| --- | --- | --- | --- | --- | --- |\n",
        c.lowest_level
    );
    for f in &c.factors {
        let links: Vec<String> = f.evidence.iter().map(|e| link(e)).collect();
        let name = f.id.replace('_', " ");
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {} | {} | {} |",
            f.level,
            f.level_means,
            f.why,
            f.why_fr,
            links.join(", ")
        );
    }
    out
}

/// A link from `docs/reference` to a path from the root.
fn link(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
    match path.strip_prefix("docs/reference/") {
        Some(here) => format!("[{name}]({here})"),
        None => match path.strip_prefix("docs/") {
            Some(docs) => format!("[{name}](../{docs})"),
            None => format!("[{name}](../../{path})"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_the_reference_to_anywhere() {
        assert_eq!(link("docs/reference/cli.md"), "[cli](cli.md)");
        assert_eq!(link("docs/limits.md"), "[limits](../limits.md)");
        assert_eq!(link("CHANGELOG.md"), "[CHANGELOG](../../CHANGELOG.md)");
    }
}
