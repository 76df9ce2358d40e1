//! The JSON Schema of a scenario, for completion and checking in editors. It follows the table of keys.
//!
//! TOML has dates and JSON has not: `place.time` is a string in the schema, which editors for TOML accept for a date.

use super::keys::{KEYS, Key, Kind, SECTIONS, TUBES};
use crate::encounter::{Modifier, OptionId};
use plimsoll_core::units::{Dimension, Sense};
use serde_json::{Map, Value, json};

/// The schema (draft 2020-12). `assets` are the ids that exist; where there are none, any id of the right form is allowed.
///
/// It is a little wider than the reader: sums, geometry and what depends on two keys are beyond a schema.
#[must_use]
pub fn schema(assets: &[&str]) -> Value {
    let mut properties = Map::new();
    let members = |section: &str| -> Map<String, Value> {
        KEYS.iter()
            .filter(|k| k.section() == section && !k.name().contains('.'))
            .map(|k| (k.name().to_owned(), described(k, assets)))
            .collect()
    };
    properties.extend(members(""));
    for section in SECTIONS {
        let required: Vec<&str> = KEYS
            .iter()
            .filter(|k| k.section() == *section && !k.name().contains('.') && k.default.is_empty())
            .map(Key::name)
            .collect();
        let mut table = json!({
            "type": "object",
            "additionalProperties": false,
            "properties": members(section),
        });
        if !required.is_empty() {
            table["required"] = json!(required);
        }
        properties.insert((*section).to_owned(), table);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plimsoll scenario",
        "description": "One encounter: the boat, the people aboard, the place, the sea, the help.",
        "type": "object",
        "additionalProperties": false,
        "required": ["aboard", "sea"],
        "properties": properties,
    })
}

fn described(key: &Key, assets: &[&str]) -> Value {
    let mut value = value(key, assets);
    let default =
        if key.default.is_empty() { "Essential.".to_owned() } else { format!("If missing: {}.", key.default) };
    value["description"] = json!(format!("{} Allowed: {}. {default}", key.doc_en, key.allowed()));
    value["x-doc-fr"] = json!(key.doc_fr);
    if let Ok(example) = format!("v = {}", key.example).parse::<toml::Table>()
        && let Some(example) = example.get("v")
    {
        value["examples"] = json!([plain(example)]);
    }
    value
}

/// A TOML value as JSON, dates as strings.
fn plain(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(d) => json!(d.to_string()),
        toml::Value::Array(a) => a.iter().map(plain).collect(),
        toml::Value::Table(t) => Value::Object(t.iter().map(|(k, v)| (k.clone(), plain(v))).collect()),
        other => serde_json::to_value(other).unwrap_or(Value::Null),
    }
}

fn value(key: &Key, assets: &[&str]) -> Value {
    let asset = if assets.is_empty() {
        json!({ "type": "string", "pattern": "^[a-z0-9-]{1,60}$" })
    } else {
        json!({ "enum": assets })
    };
    match key.kind {
        Kind::Text => json!({ "type": "string", "maxLength": 200 }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Quantity(d) => belief(&quantity(d), None),
        Kind::Number | Kind::Share => {
            belief(&json!({ "type": "number", "minimum": key.low, "maximum": key.high }), None)
        }
        Kind::Count => belief(&json!({ "type": "integer", "minimum": key.low, "maximum": key.high }), None),
        Kind::Vector(sense) => belief(&vector(sense), Some(sense)),
        Kind::Minutes => belief(
            &json!({ "anyOf": [{ "type": "number", "minimum": key.low, "maximum": key.high }, quantity(Dimension::Duration)] }),
            None,
        ),
        Kind::DurationOrLength => {
            belief(&json!({ "anyOf": [quantity(Dimension::Duration), quantity(Dimension::Length)] }), None)
        }
        Kind::Duration => quantity(Dimension::Duration),
        Kind::Whole => json!({ "type": "integer", "minimum": key.low, "maximum": key.high }),
        Kind::Position => json!({ "type": "string", "maxLength": 100 }),
        Kind::Time => {
            json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ].*([Zz]|[+-][0-9]{2}:?[0-9]{2})$" })
        }
        Kind::Tubes => {
            let share = belief(&json!({ "type": "number", "minimum": 0, "maximum": 1 }), None);
            json!({ "anyOf": [{ "enum": TUBES }, {
                "type": "object",
                "additionalProperties": false,
                "minProperties": 1,
                "properties": { "port": share, "starboard": share },
            }] })
        }
        Kind::Asset => asset,
        Kind::Assets => json!({ "type": "array", "items": asset }),
        Kind::Coming => {
            let member = |path: &str| value(super::keys::find(path), assets);
            json!({ "type": "array", "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["asset", "minutes"],
                "properties": { "asset": member("help.coming.asset"), "minutes": member("help.coming.minutes") },
            } })
        }
        Kind::Options => {
            json!({ "type": "array", "minItems": 1, "uniqueItems": true, "items": { "enum": OptionId::ALL.map(OptionId::as_str) } })
        }
        Kind::Modifiers => {
            json!({ "type": "array", "uniqueItems": true, "items": { "enum": [Modifier::FloatsFirst.as_str()] } })
        }
        Kind::Fields => {
            let one = json!({ "type": "string", "minLength": 1 });
            json!({ "anyOf": [one, { "type": "array", "minItems": 1, "maxItems": 32, "uniqueItems": true, "items": one }] })
        }
    }
}

const NUMBER: &str = r"^\s*[-+−]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*";

/// Text of a number and a unit. The unit is checked by the reader, which knows every spelling; the schema names the usual ones.
fn quantity(d: Dimension) -> Value {
    json!({ "type": "string", "pattern": format!("{NUMBER}[^0-9\\s.,].*$"), "description": format!("a number and a unit: {}", d.symbols()) })
}

fn vector(sense: Sense) -> Value {
    let mut value = quantity(Dimension::Speed);
    value["description"] =
        json!(format!("a speed ({}) and, if known, `{}` with degrees true", Dimension::Speed.symbols(), sense.word()));
    value
}

/// The five forms of a belief about `one`.
fn belief(one: &Value, direction: Option<Sense>) -> Value {
    let spread = if one["type"] == "integer" { json!({ "type": "number" }) } else { one.clone() };
    let form = |parts: &[(&str, &Value)], optional: &[(&str, &Value)]| {
        let mut properties: Map<String, Value> =
            parts.iter().chain(optional).map(|(name, v)| ((*name).to_owned(), (*v).clone())).collect();
        properties.insert("basis".into(), json!({ "type": "string", "maxLength": 200 }));
        if let Some(sense) = direction {
            properties.insert(sense.word().into(), json!({ "type": ["number", "string"] }));
        }
        json!({
            "type": "object",
            "additionalProperties": false,
            "required": parts.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            "properties": properties,
        })
    };
    let values = json!({ "type": "array", "minItems": 1, "items": one });
    let weights = json!({ "type": "array", "minItems": 1, "items": { "type": "number", "minimum": 0 } });
    json!({ "anyOf": [
        one,
        form(&[("value", one)], &[]),
        form(&[("low", one), ("high", one)], &[("likely", one)]),
        form(&[("mean", &spread), ("sd", &spread)], &[("low", one), ("high", one)]),
        form(&[("values", &values), ("weights", &weights)], &[]),
    ] })
}
