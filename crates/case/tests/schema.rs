//! The published schema against a validator of its own: what reads is valid, and the usual slips are not.

use boon::{Compiler, SchemaIndex, Schemas};
use plimsoll_case::scenario;
use serde_json::{Value, json};

struct Schema(Schemas, SchemaIndex);

impl Schema {
    fn new(assets: &[&str]) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("scenario.json", scenario::schema(assets)).unwrap();
        let index = compiler.compile("scenario.json", &mut schemas).unwrap();
        Self(schemas, index)
    }

    fn accepts(&self, text: &str) -> bool {
        let table: toml::Table = text.parse().unwrap();
        self.0.validate(&plain(&toml::Value::Table(table)), self.1).is_ok()
    }
}

/// TOML as JSON, dates as strings: what editors for TOML do.
fn plain(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(d) => json!(d.to_string()),
        toml::Value::Array(a) => a.iter().map(plain).collect(),
        toml::Value::Table(t) => Value::Object(t.iter().map(|(k, v)| (k.clone(), plain(v))).collect()),
        other => serde_json::to_value(other).unwrap(),
    }
}

const EXAMPLES: [&str; 5] = [
    include_str!("../../../examples/dover-strait.toml"),
    include_str!("../../../examples/2021-11-24-sandettie.toml"),
    include_str!("../../../examples/2024-04-23-wimereux.toml"),
    include_str!("../../../examples/2024-07-12-boulogne.toml"),
    include_str!("../../../examples/2024-09-03-gris-nez.toml"),
];

#[test]
fn the_examples_are_valid() {
    let schema = Schema::new(&[]);
    for text in EXAMPLES {
        assert!(schema.accepts(text), "{text}");
    }
    let template = scenario::render_template(&[("aboard.people", "62"), ("sea.hs", "\"0.4 m\"")], false);
    assert!(schema.accepts(&template));
}

#[test]
fn every_key_has_its_place_its_words_and_an_example_that_is_valid() {
    let schema = scenario::schema(&[]);
    for key in scenario::keys::KEYS.iter().filter(|k| !k.name().contains('.')) {
        let at = match key.section() {
            "" => &schema["properties"][key.name()],
            section => &schema["properties"][section]["properties"][key.name()],
        };
        assert!(at["description"].as_str().is_some_and(|d| d.contains(key.doc_en)), "{}", key.path);
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("key.json", at.clone()).unwrap();
        let index = compiler.compile("key.json", &mut schemas).unwrap();
        let valid = |v: &Value| schemas.validate(v, index).is_ok();
        assert!(valid(&at["examples"][0]), "{}", key.path);
        assert!(!valid(&json!(true)) && !valid(&Value::Null), "{}", key.path);
    }
}

#[test]
fn slips_are_marked_in_the_editor() {
    let schema = Schema::new(&["patrol-32m", "lifeboat-dover"]);
    let dover = EXAMPLES[0];
    assert!(schema.accepts(dover));
    for (old, new) in [
        ("class = ", "clas = "),
        ("[boat]", "[ship]"),
        ("people = ", "# people = "),
        ("hs = \"0.4 m\"", "hs = 0.4"),
        ("hs = \"0.4 m\"", "hs = \"0.4\""),
        ("hs = \"0.4 m\"", "hs = \"0,4 m\""),
        ("light = \"night\"", "light = \"dark\""),
        ("lifejackets = { low = 0.3, high = 0.7 }", "lifejackets = 1.2"),
        ("children = { low = 4, high = 12 }", "children = { low = 4, hihg = 12 }"),
        ("children = { low = 4, high = 12 }", "children = { low = 4 }"),
        ("children = { low = 4, high = 12 }", "children = 4.5"),
        ("04:20:00Z", "04:20:00"),
        ("\"patrol-32m\"", "\"patrol-33m\""),
        ("tubes = \"soft\"", "tubes = {}"),
        ("minutes = { low = 20, high = 35 }", "minuts = 20"),
    ] {
        assert!(dover.contains(old), "{old}");
        let text = dover.replacen(old, new, 1);
        assert!(!schema.accepts(&text), "{new}");
        assert!(scenario::parse(text.as_bytes(), &["patrol-32m", "lifeboat-dover"]).is_err(), "{new}");
    }
}
