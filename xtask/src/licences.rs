//! Licences and duplicate versions, by the rules of `deny.toml`.
//!
//! A small reader of `cargo metadata` rather than `cargo-deny`: installing that tool from source would take CI longer than
//! all other checks together (`docs/decisions/0004-licences-without-cargo-deny.md`). The file is the tool's own, so that whoever has it can run it.

use crate::Faults;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// Every breach of `deny.toml` by what a build with every feature links or builds with, one sentence each.
pub fn faults(root: &Path) -> Faults {
    let rules: toml::Table = std::fs::read_to_string(root.join("deny.toml"))?.parse()?;
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let target = rules["graph"]["targets"][0].as_str().ok_or("deny.toml: graph.targets holds one triple")?;
    let out = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--all-features", "--filter-platform", target])
        .current_dir(root)
        .output()?;
    if !out.status.success() {
        return Err(String::from_utf8_lossy(&out.stderr).into_owned().into());
    }
    check(&rules, &serde_json::from_slice(&out.stdout)?)
}

fn check(rules: &toml::Table, metadata: &Value) -> Faults {
    let strings = |v: &toml::Value| -> Vec<String> {
        v.as_array().into_iter().flatten().filter_map(|s| s.as_str().map(str::to_owned)).collect()
    };
    let allowed: Vec<spdx::Licensee> =
        strings(&rules["licenses"]["allow"]).iter().map(|s| spdx::Licensee::parse(s)).collect::<Result<_, _>>()?;
    let skipped = skips(rules)?;

    let mut out = Vec::new();
    let mut used = BTreeSet::new();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let resolved: BTreeSet<&str> = array(&metadata["resolve"]["nodes"]).filter_map(|n| n["id"].as_str()).collect();
    for package in array(&metadata["packages"]).filter(|p| p["id"].as_str().is_some_and(|id| resolved.contains(id))) {
        let (name, version) = (package["name"].as_str().unwrap_or("?"), package["version"].as_str().unwrap_or("?"));
        let exact = format!("{name}@{version}");
        if skipped.contains(&exact) {
            used.insert(exact);
        } else {
            versions.entry(name).or_default().push(version);
        }
        if package["source"].is_null() {
            continue; // our own
        }
        let Some(licence) = package["license"].as_str() else {
            out.push(format!("{name} {version} states no licence"));
            continue;
        };
        let expression = spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX)
            .map_err(|e| format!("{name} {version}: licence `{licence}`: {}", e.reason))?;
        if !expression.evaluate(|wanted| allowed.iter().any(|a| a.satisfies(wanted))) {
            out.push(format!("{name} {version}: licence `{licence}` is not allowed by deny.toml"));
        }
    }
    for (name, mut versions) in versions {
        versions.sort_unstable();
        if versions.len() > 1 {
            out.push(format!("{name} comes in {} versions: {}", versions.len(), versions.join(", ")));
        }
    }
    out.extend(skipped.difference(&used).map(|s| format!("deny.toml skips {s}, which is no longer used")));
    Ok(out)
}

/// The versions that may be there besides another, each with its reason.
fn skips(rules: &toml::Table) -> Result<BTreeSet<String>, Box<dyn std::error::Error>> {
    let mut out = BTreeSet::new();
    for skip in rules["bans"]["skip"].as_array().into_iter().flatten() {
        let name = skip.get("crate").and_then(|c| c.as_str()).ok_or("deny.toml: a skip needs `crate`")?;
        if skip.get("reason").and_then(|r| r.as_str()).is_none_or(|r| r.trim().is_empty()) {
            return Err(format!("deny.toml: the skip of {name} gives no reason").into());
        }
        out.insert(name.to_owned());
    }
    Ok(out)
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(packages: &[(&str, &str, &str)], skip: &str) -> Vec<String> {
        let rules = format!("licenses.allow = ['MIT', 'Apache-2.0']\nbans.skip = [{skip}]").parse().unwrap();
        let id = |p: &(&str, &str, &str)| format!("{}@{}", p.0, p.1);
        let metadata = serde_json::json!({
            "packages": packages.iter().map(|p| serde_json::json!({
                "id": id(p), "name": p.0, "version": p.1, "license": p.2, "source": "registry"
            })).collect::<Vec<_>>(),
            "resolve": { "nodes": packages.iter().map(|p| serde_json::json!({"id": id(p)})).collect::<Vec<_>>() },
        });
        check(&rules, &metadata).unwrap()
    }

    #[test]
    fn licences_are_read_as_expressions() {
        assert!(say(&[("a", "1.0.0", "MIT OR GPL-3.0-only"), ("b", "1.0.0", "MIT/Apache-2.0")], "").is_empty());
        assert!(say(&[("a", "1.0.0", "MIT AND GPL-3.0-only")], "")[0].contains("not allowed"));
    }

    #[test]
    fn two_versions_are_a_fault_unless_skipped_and_skips_do_not_linger() {
        let two = [("a", "1.0.0", "MIT"), ("a", "2.0.0", "MIT")];
        assert_eq!(say(&two, ""), ["a comes in 2 versions: 1.0.0, 2.0.0"]);
        let skip = "{ crate = 'a@1.0.0', reason = 'b needs it' }";
        assert!(say(&two, skip).is_empty());
        assert!(say(&two[1..], skip)[0].contains("no longer used"));
    }

    #[test]
    fn this_workspace_is_clean() {
        let faults = super::faults(&crate::root()).unwrap();
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }
}
