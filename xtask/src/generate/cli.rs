//! `docs/reference/cli.md`: what each command says of itself.

use clap::CommandFactory as _;
use plimsoll::cli::Cli;

pub fn page() -> String {
    let mut out = String::from(
        "# Command line\n\n\
         Generated from the code (`cargo run -p xtask -- generate`); do not edit.\n\n\
         | exit code | meaning |\n| --- | --- |\n\
         | 0 | an answer was given, also when an option is not assessable |\n\
         | 2 | usage: the command cannot be carried out as typed |\n\
         | 3 | input refused, with its place and what is allowed |\n\
         | 4 | the world failed: disk, permission; or `selftest` missed a known answer |\n\
         | 130 | interrupted |\n\n\
         On 2, 3, 4 and 130 no output file is created or changed. `PLIMSOLL_SIMD=scalar` or `avx2` forces a code path; the answer is the same.\n",
    );
    let mut command = Cli::command().term_width(100);
    command.build();
    section(&command, "", &mut out);
    out
}

fn section(command: &clap::Command, before: &str, out: &mut String) {
    let name = format!("{before}{}", command.get_name());
    let help = command.clone().render_long_help().to_string();
    let help: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
    out.push_str(&format!("\n## `{name}`\n\n```text\n{}\n```\n", help.join("\n")));
    for sub in command.get_subcommands().filter(|s| !s.is_hide_set() && s.get_name() != "help") {
        section(sub, &format!("{name} "), out);
    }
}
