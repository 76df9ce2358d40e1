//! `plimsoll completions` and `plimsoll man`: what the command line says of itself.

use crate::cli::Cli;
use crate::failure::Failure;
use crate::output::Outputs;
use clap::CommandFactory as _;

/// Prints the completion script of `shell`.
pub fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "plimsoll", &mut script);
    print(&script)
}

/// Prints the manual page, every command in one.
pub fn manual() -> Result<(), Failure> {
    let mut page = Vec::new();
    let fail = |e| Failure::world("cannot write the manual page", e);
    clap_mangen::Man::new(Cli::command()).render(&mut page).map_err(fail)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut outputs = Outputs::default();
    outputs.print(&String::from_utf8_lossy(bytes));
    outputs.write()
}
