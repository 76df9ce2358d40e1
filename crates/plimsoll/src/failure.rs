//! Why a command gave no answer, and which exit code says so.

use crate::diagnosis::Diagnosis;
use std::path::Path;

/// Faults of one input that are shown; who mends these will be told the next.
const SHOWN: usize = 8;

/// No answer was given.
#[derive(Debug)]
pub enum Failure {
    /// The command was not one that can be carried out.
    Usage(String),
    /// What was given to read is not what it should be.
    Input(Vec<Diagnosis>),
    /// The disk, the system or the person's rights.
    World(String),
    /// Somebody stopped it.
    Interrupted,
    /// Somebody stopped it, and this file holds how far it had come.
    Kept(std::path::PathBuf),
}

impl Failure {
    /// The world failed at `what`, with the system's own words.
    pub fn world(what: impl std::fmt::Display, why: std::io::Error) -> Self {
        Self::World(format!("{what}: {why}"))
    }

    /// The world failed at the file `path`.
    pub fn file(doing: &str, path: &Path, why: std::io::Error) -> Self {
        Self::world(format_args!("cannot {doing} {}", path.display()), why)
    }

    /// Input refused for a reason that has no place in a text.
    pub fn input(title: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Input(vec![Diagnosis::plain(title, help)])
    }

    /// Exit code of the contract.
    pub fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Input(_) => 3,
            Self::World(_) => 4,
            Self::Interrupted | Self::Kept(_) => 130,
        }
    }

    /// What standard error shows.
    pub fn message(&self) -> String {
        match self {
            Self::Usage(message) => format!("error: {message}\n\nFor more information, try '--help'.\n"),
            Self::Input(all) => {
                let colour = console::Term::stderr().is_term() && std::env::var_os("NO_COLOR").is_none();
                let mut text: String = all.iter().take(SHOWN).map(|d| d.render(colour) + "\n").collect();
                if all.len() > SHOWN {
                    text.push_str("and more of the like\n");
                }
                text
            }
            Self::World(message) => format!("error: {message}\n"),
            Self::Interrupted => "interrupted: nothing was written\n".into(),
            Self::Kept(path) => format!(
                "interrupted: {} holds how far it had come, and the same command with --resume goes on from there\n",
                path.display()
            ),
        }
    }
}
