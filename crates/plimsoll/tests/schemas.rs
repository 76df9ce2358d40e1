//! Every JSON that the program writes keeps the schema that is published for it, and the published one is the current one.

mod common;

use boon::{Compiler, Schemas};
use common::{Home, json, project};
use serde_json::Value;

#[track_caller]
fn keeps(schema: &str, arguments: &[&str]) -> Value {
    let answer = json(&Home::new().run(arguments));
    let text = std::fs::read_to_string(project("docs/reference").join(schema)).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource(schema, serde_json::from_str(&text).unwrap()).unwrap();
    let index = compiler.compile(schema, &mut schemas).unwrap();
    if let Err(e) = schemas.validate(&answer, index) {
        panic!("{arguments:?} against {schema}: {e:#}");
    }
    // a schema that lets everything pass would prove nothing
    assert!(schemas.validate(&serde_json::json!({ "schema": 1 }), index).is_err());
    let name = format!("plimsoll.{}", schema.trim_end_matches(".schema.json"));
    assert_eq!(answer["schema"], serde_json::json!({ "name": name, "version": 1 }));
    answer
}

#[test]
fn assess() {
    let arguments = ["assess", "--example", "dover-strait", "--realisations", "256", "--json", "-", "--quiet"];
    let answer = keeps("assess.schema.json", &arguments);
    assert_eq!((&answer["realisations"], &answer["coarse"]), (&256.into(), &false.into()));
}

#[test]
fn loadline() {
    let answer = keeps("loadline.schema.json", &["loadline", "--example", "dover-strait", "--json", "-"]);
    let heels: Vec<f64> = answer["gz"].as_array().unwrap().iter().map(|p| p["heel_deg"].as_f64().unwrap()).collect();
    assert!(heels.windows(2).all(|w| (w[1] - w[0] - 0.25).abs() < 1e-9), "{heels:?}");
}

#[test]
fn survive() {
    let arguments =
        ["survive", "--people", "60", "--water", "13 degC", "--hold", "wreck", "--minutes", "40", "--json", "-"];
    let answer = keeps("survive.schema.json", &arguments);
    let alive: Vec<f64> =
        answer["curve"].as_array().unwrap().iter().map(|p| p["alive_mean"].as_f64().unwrap()).collect();
    assert!(alive[0] == 1.0 && alive.windows(2).all(|w| w[1] <= w[0]), "{alive:?}");
}

#[test]
fn tide() {
    let answer = keeps("tide.schema.json", &["tide", "--at", "51.02N 1.50E", "--day", "2026-11-24", "--json", "-"]);
    assert_eq!((answer["series"].as_array().unwrap().len(), answer["curve"].as_array().unwrap().len()), (25, 145));
}

/// Both answers come from one fit: on whatever number of threads, it is the same.
#[test]
fn calibration() {
    let fit = |command, threads| {
        let schema = format!("{command}.schema.json");
        keeps(&schema, &[command, "--draws", "256", "--threads", threads, "--quiet", "--json", "-"])
    };
    let (fitted, foretold) = (fit("calibrate", "1"), fit("backtest", "3"));
    assert_eq!(fitted["groups"], foretold["groups"]);
    assert_eq!(foretold["events"].as_array().unwrap().len(), 35);
    // so few draws tell nothing of places: those of the whole fit are on the published page
    let page = std::fs::read_to_string(project("docs/reference/backtest.md")).unwrap();
    assert!(page.contains("Places of 35 observed deaths") && page.contains("rejected beyond 0.224: within the band"));
}

#[test]
fn selftest() {
    let answer = keeps("selftest.schema.json", &["selftest", "--json", "-"]);
    assert_eq!(answer["failed"], 0);
}

#[test]
fn bench() {
    let answer = keeps("bench.schema.json", &["bench", "roll", "--realisations", "64", "--json", "-"]);
    assert_eq!(answer["kernel"], "roll");
    assert!(answer["steps_executed"].as_u64().unwrap() > 64 * 1_000);
}

#[test]
fn bench_drift() {
    let answer = keeps("bench_drift.schema.json", &["bench", "drift", "--particles", "16", "--json", "-"]);
    assert_eq!(answer["step_s"], 600.0);
}

/// The published form of scenarios is what `scenario schema` prints.
#[test]
fn scenario_schema_is_the_published_one() {
    let printed = json(&Home::new().run(&["scenario", "schema"]));
    let published = std::fs::read_to_string(project("docs/reference/scenario.schema.json")).unwrap();
    assert_eq!(printed, serde_json::from_str::<Value>(&published).unwrap());
}
