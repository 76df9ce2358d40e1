//! What the command line says of itself, and of what it cannot carry out.

mod common;

use common::{Home, code, stdout};

#[test]
fn help_is_whole() {
    let home = Home::new();
    insta::assert_snapshot!("help", home.show(&["--help"]));
    for command in ["assess", "loadline", "survive", "tide", "merge", "calibrate", "backtest", "selftest", "constants"]
    {
        insta::assert_snapshot!(format!("help_{command}"), home.show(&[command, "--help"]));
    }
}

#[test]
fn what_cannot_be_carried_out_is_usage() {
    let home = Home::new();
    for (name, arguments) in [
        ("nothing", &[][..]),
        ("unknown_command", &["asess"]),
        ("no_scenario", &["assess"]),
        ("unknown_option", &["assess", "x.toml", "--jsn", "-"]),
        ("unknown_language", &["assess", "x.toml", "--lang", "de"]),
        ("bad_shard", &["assess", "x.toml", "--shard", "3/2", "--partial", "p"]),
        ("shard_without_partial", &["assess", "x.toml", "--shard", "1/2"]),
        ("no_threads", &["assess", "x.toml", "--threads", "0"]),
        ("no_day", &["tide", "--at", "51.02N 1.50E"]),
        ("unknown_constant", &["constants", "nosuchthing"]),
    ] {
        let output = home.run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        insta::assert_snapshot!(format!("usage_{name}"), home.shown(arguments, &output));
    }
    assert!(home.names().is_empty());
}

#[test]
fn an_unknown_code_path_is_usage() {
    let home = Home::new();
    let output =
        home.program(&["bench", "roll", "--realisations", "16"]).env("PLIMSOLL_SIMD", "sse9").output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("must be `scalar` or `avx2`"));
}

#[test]
fn pages_about_itself_are_printed() {
    let home = Home::new();
    let page = home.run(&["man"]);
    assert!(code(&page) == 0 && stdout(&page).contains(".TH plimsoll 1"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = home.run(&["completions", shell]);
        assert!(code(&script) == 0 && stdout(&script).contains("loadline"), "{shell}");
    }
    assert!(stdout(&home.run(&["--version"])).starts_with("plimsoll 0."));
}
