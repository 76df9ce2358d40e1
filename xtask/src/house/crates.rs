//! Which crate may lean on which: the direction of data, and how little the kernels need.

use crate::Faults;
use std::path::Path;

/// One crate: its folder, the crates of ours that it may use, and whether only these few others are allowed.
struct Room {
    name: &'static str,
    ours: &'static [&'static str],
    /// Crates of others that a kernel may use; `None` where any will do.
    others: Option<&'static [&'static str]>,
}

/// The table of the layout. A crate that is missing here is a fault too.
const ROOMS: [Room; 11] = [
    Room { name: "core", ours: &[], others: Some(&["jiff", "libm", "serde", "thiserror", "toml"]) },
    Room { name: "sea", ours: &["core"], others: Some(&["serde", "thiserror", "toml"]) },
    Room { name: "read", ours: &["core", "sea"], others: None },
    Room { name: "boat", ours: &["core", "sea"], others: Some(&["serde", "thiserror", "toml"]) },
    Room { name: "drift", ours: &["core", "sea"], others: Some(&["serde", "thiserror", "toml"]) },
    Room { name: "rescue", ours: &["core", "sea", "drift"], others: Some(&["serde", "thiserror", "toml"]) },
    Room { name: "case", ours: &["core"], others: None },
    Room { name: "assess", ours: &["core", "sea", "boat", "drift", "rescue", "case"], others: None },
    Room { name: "report", ours: &["core", "case"], others: None },
    Room {
        name: "plimsoll",
        ours: &["core", "sea", "read", "boat", "drift", "rescue", "case", "assess", "report"],
        others: None,
    },
    Room { name: "xtask", ours: &["core", "case", "report", "plimsoll"], others: None },
];

pub fn faults(root: &Path) -> Faults {
    let mut out = Vec::new();
    let mut folders: Vec<_> =
        std::fs::read_dir(root.join("crates"))?.map(|e| Ok(e?.path())).collect::<Result<_, std::io::Error>>()?;
    folders.push(root.join("xtask"));
    folders.sort();
    for folder in folders {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml"))?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        out.extend(manifest_faults(&name, &manifest)?);
    }
    Ok(out)
}

fn manifest_faults(name: &str, manifest: &str) -> Faults {
    let manifest: toml::Table = manifest.parse()?;
    let Some(room) = ROOMS.iter().find(|r| r.name == name) else {
        return Ok(vec![format!("crate {name} is not in the table of the layout")]);
    };
    let mut out = Vec::new();
    let flag = |section: &str, key: &str| {
        manifest.get(section).and_then(|s| s.get(key)).map(|v| v.get("workspace").unwrap_or(v))
            == Some(&toml::Value::Boolean(true))
    };
    if !flag("lints", "workspace") {
        out.push(format!("crate {name} does not take the workspace's lints"));
    }
    if !flag("package", "publish") {
        out.push(format!("crate {name} decides for itself whether it is published"));
    }
    let sections = ["dependencies", "dev-dependencies", "build-dependencies"];
    for (section, table) in sections.iter().filter_map(|s| Some((s, manifest.get(*s)?.as_table()?))) {
        for dependency in table.keys() {
            let short = dependency.strip_prefix("plimsoll-").unwrap_or(dependency);
            if ROOMS.iter().any(|r| r.name == short) {
                // A crate may switch on its own test kit.
                if short != name && !room.ours.contains(&short) {
                    out.push(format!("{name} leans on {short}: not in its direction ({section})"));
                }
            } else if *section == "dependencies" && room.others.is_some_and(|o| !o.contains(&short)) {
                out.push(format!("{name} is a kernel crate and must not depend on {dependency}"));
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[package]\npublish.workspace = true\n[lints]\nworkspace = true\n";

    #[test]
    fn each_rule_can_be_broken() {
        let say = |name, more: &str| manifest_faults(name, &format!("{GOOD}{more}")).unwrap();
        assert!(say("boat", "[dependencies]\nplimsoll-sea = '1'\nthiserror = '2'").is_empty());
        assert!(say("boat", "[dependencies]\nplimsoll-case = '1'")[0].contains("leans on case"));
        assert!(say("core", "[dev-dependencies]\nplimsoll-sea = '1'")[0].contains("leans on sea"));
        assert!(say("sea", "[dependencies]\nrand = '1'")[0].contains("must not depend on rand"));
        assert!(say("kitchen", "")[0].contains("not in the table"));
        assert_eq!(manifest_faults("sea", "[package]").unwrap().len(), 2);
    }

    #[test]
    fn the_table_has_no_circle() {
        for (i, room) in ROOMS.iter().enumerate() {
            for other in room.ours {
                let j = ROOMS.iter().position(|r| r.name == *other).unwrap();
                assert!(j < i, "{} stands above {other}", room.name);
            }
        }
    }
}
