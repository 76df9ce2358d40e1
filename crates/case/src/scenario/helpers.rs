//! Who can help.

use super::build::unknown_member;
use super::keys;
use super::problem::Code;
use super::read::Reader;
use crate::encounter::{Coming, Help};
use std::ops::Range;
use toml::de::DeValue;

pub(crate) fn help(r: &mut Reader<'_>, assets: &[&str]) -> Help {
    let key = keys::find("help.on_scene");
    let mut on_scene = Vec::new();
    for (id, span) in r.list("help.on_scene").unwrap_or_default() {
        if let Some(id) = asset(r, key, &id, assets, span) {
            on_scene.push(id);
        }
    }
    Help { on_scene, coming: coming(r, assets) }
}

fn asset(r: &mut Reader<'_>, key: &'static keys::Key, id: &str, assets: &[&str], span: Range<usize>) -> Option<String> {
    if !assets.is_empty() {
        return r.word(key, id, assets, span).map(str::to_owned);
    }
    // Without the table only the form can be checked.
    let slug = !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if slug && id.len() <= 60 {
        return Some(id.to_owned());
    }
    r.refuse(key, Code::UnknownWord, "an asset id has lower-case letters, digits and hyphens", span);
    None
}

fn coming(r: &mut Reader<'_>, assets: &[&str]) -> Vec<Coming> {
    let key = keys::find("help.coming");
    let Some(node) = r.node("help.coming") else {
        return Vec::new();
    };
    let DeValue::Array(items) = node.get_ref() else {
        r.refuse_type(key, &node);
        return Vec::new();
    };
    let mut out = Vec::new();
    for item in items.iter() {
        let DeValue::Table(table) = item.get_ref() else {
            r.refuse_type(key, item);
            continue;
        };
        for (word, _) in table {
            if !["asset", "minutes"].contains(&word.get_ref().as_ref()) {
                unknown_member(r, "help.coming", word.get_ref(), &["asset", "minutes"], word.span());
            }
        }
        let asset_key = keys::find("help.coming.asset");
        let id = match table.get("asset").map(|n| (n.get_ref(), n.span())) {
            Some((DeValue::String(id), span)) => asset(r, asset_key, id, assets, span),
            Some((_, span)) => {
                r.refuse(asset_key, Code::WrongType, "the id of an asset is wanted", span);
                None
            }
            None => {
                r.refuse(asset_key, Code::Missing, "which craft is coming?", item.span());
                None
            }
        };
        let minutes_key = keys::find("help.coming.minutes");
        let minutes = match table.get("minutes") {
            Some(node) => r.belief_of(minutes_key, node),
            None => {
                r.refuse(minutes_key, Code::Missing, "in how many minutes?", item.span());
                None
            }
        };
        if let (Some(asset), Some(minutes)) = (id, minutes) {
            out.push(Coming { asset, minutes });
        }
    }
    out
}
