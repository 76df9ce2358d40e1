//! Links between the pages of the project lead somewhere.

use crate::Faults;
use std::path::{Path, PathBuf};

pub fn faults(root: &Path) -> Faults {
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(root)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "md") {
            pages.push(path);
        }
    }
    for folder in ["docs", "examples", "validation"] {
        collect(&root.join(folder), &mut pages)?;
    }
    pages.sort();
    let mut out = Vec::new();
    for page in pages {
        let name = page.strip_prefix(root)?.display().to_string();
        let folder = page.parent().unwrap_or(root);
        let text = std::fs::read_to_string(&page)?;
        let lost = targets(&text).into_iter().filter(|t| !folder.join(t).exists());
        out.extend(lost.map(|t| format!("{name}: the link to {t} leads nowhere")));
    }
    Ok(out)
}

fn collect(folder: &Path, pages: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, pages)?;
        } else if path.extension().is_some_and(|e| e == "md") {
            pages.push(path);
        }
    }
    Ok(())
}

/// Files that a page links to, without their anchors. Links out of the project, and code, are left alone.
fn targets(text: &str) -> Vec<&str> {
    let mut code = false;
    let mut out = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
        }
        if code {
            continue;
        }
        for rest in line.split("](").skip(1) {
            let target = rest.split([')', '#', ' ']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                out.push(target);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::targets;

    #[test]
    fn finds_what_a_page_links_to() {
        let text = "[a](docs/a.md#b) and ![c](d.svg \"t\"), [e](https://f.g), [h](#i)\n```\n[x](y)\n```\n[z](../w.md)";
        assert_eq!(targets(text), ["docs/a.md", "d.svg", "../w.md"]);
    }
}
