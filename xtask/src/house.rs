//! Rules of the layout (`docs/decisions/0001-layout-and-rules.md`) that are about files and crates, and so beyond `clippy.toml`.

mod crates;
mod links;
mod sources;

use crate::Faults;
use std::path::Path;

/// Every breach of a house rule in the workspace at `root`, one sentence each.
pub fn faults(root: &Path) -> Faults {
    let mut out = crates::faults(root)?;
    out.extend(sources::faults(root)?);
    out.extend(links::faults(root)?);
    Ok(out)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_keeps_its_rules() {
        let faults = super::faults(&crate::root()).unwrap();
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }
}
