//! The benchmark of the drift: what it answers, and what it refuses. Its figures are the machine's.

mod common;

use common::{Home, code, json};
use plimsoll_core::testkit::shared;

#[test]
fn it_answers_in_its_own_sea() {
    let answer =
        json(&Home::new().run(&["bench", "drift", "--particles", "100,2000", "--threads", "2", "--json", "-"]));
    let rows = answer["rows"].as_array().unwrap();
    // three kinds, two sizes, and the larger one on two threads as well
    assert_eq!(rows.len(), 9);
    for row in rows {
        assert_eq!(row["particle_steps"], 144 * row["particles"].as_u64().unwrap());
        assert!(row["seconds"].as_f64().unwrap() > 0.0);
    }
    assert!(answer["bytes_per_particle"].as_u64().unwrap() <= 64);
    assert_eq!((&answer["coast"], &answer["sources"].as_array().unwrap().len()), (&true.into(), &0));
}

#[test]
fn it_answers_in_the_fields_of_files() {
    let file = |name: &str| shared(&format!("data/norkyst-arome-2015/{name}"));
    let files = (file("norkyst800_subset_16Nov2015.nc"), file("arome_subset_16Nov2015.nc"));
    let (Some(current), Some(wind)) = files else { return };
    let fields = format!("{},{}", current.display(), wind.display());
    let home = Home::new();
    let arguments =
        ["bench", "drift", "--particles", "50", "--fields", &fields, "--position", "59.6N 4.2E", "--threads", "1"];
    let answer = json(&home.run(&[&arguments[..], &["--json", "-"]].concat()));
    assert_eq!(answer["rows"].as_array().unwrap().len(), 3);
    assert_eq!((&answer["in_memory"], &answer["coast"]), (&false.into(), &false.into()));
    assert_eq!(answer["sources"][0], "norkyst800_subset_16Nov2015.nc: u, v");
    let held = json(&home.run(&[&arguments[..], &["--in-memory", "--json", "-"]].concat()));
    assert_eq!(held["in_memory"], true);
    // one of the two alone is no sea to drift in
    let output = home.run(&["bench", "drift", "--fields", &current.display().to_string(), "--position", "59.6N 4.2E"]);
    assert_eq!(code(&output), 3);
    assert!(String::from_utf8_lossy(&output.stderr).contains("no file holds a wind"));
}

#[test]
fn files_need_a_place() {
    let output = Home::new().run(&["bench", "drift", "--fields", "currents.nc"]);
    assert_eq!(code(&output), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--position"));
}
