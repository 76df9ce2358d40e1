//! Reading what a command is given: a file, standard input, or an example that the program carries.

use crate::cli::ScenarioSource;
use crate::diagnosis::Diagnosis;
use crate::failure::Failure;
use crate::known;
use crate::waters::Sources;
use plimsoll_case::scenario::{self, MAX_BYTES, Problem, Scenario, ScenarioError};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// What was read and where it came from.
pub struct Source {
    /// Shown in diagnostics: the path as given, `<stdin>`, or `example dover-strait`.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// The file, if it was one.
    pub path: Option<PathBuf>,
}

impl Source {
    /// Reads `path`, or standard input where it is `-`. More than `limit` bytes are refused unread.
    pub fn read(path: &Path, limit: u64) -> Result<Self, Failure> {
        let mut bytes = Vec::new();
        let (name, path, read) = if path == Path::new("-") {
            let read = std::io::stdin().lock().take(limit + 1).read_to_end(&mut bytes);
            ("<stdin>".to_owned(), None, read)
        } else {
            let read = std::fs::File::open(path).and_then(|f| f.take(limit + 1).read_to_end(&mut bytes));
            (path.display().to_string(), Some(path.to_owned()), read)
        };
        match read {
            Ok(read) if read as u64 > limit => {
                Err(Failure::input(format!("{name} has more than {} kB: is it the right file?", limit >> 10), ""))
            }
            Ok(_) => Ok(Self { name, bytes, path }),
            Err(e) if e.kind() == ErrorKind::NotFound => {
                Err(Failure::input(format!("{name}: no such file"), "a path counts from the folder that you are in"))
            }
            Err(e) if e.kind() == ErrorKind::IsADirectory => {
                Err(Failure::input(format!("{name} is a folder, not a file"), "name the file in it"))
            }
            Err(e) => Err(Failure::world(format_args!("cannot read {name}"), e)),
        }
    }

    /// The file or example that the command names.
    pub fn of(source: &ScenarioSource) -> Result<Self, Failure> {
        match (&source.scenario, &source.example) {
            (Some(path), _) => Self::read(path, MAX_BYTES as u64),
            (None, name) => Self::example(name.as_deref().unwrap_or_default(), known::EXAMPLES),
        }
    }

    /// An example that the program carries.
    pub fn example(name: &str, among: &[(&str, &str)]) -> Result<Self, Failure> {
        let (_, text) = among
            .iter()
            .find(|(n, _)| *n == name)
            .ok_or_else(|| Failure::Usage(format!("no example is called `{name}`")))?;
        Ok(Self { name: format!("example {name}"), bytes: text.as_bytes().to_vec(), path: None })
    }

    /// The scenario in it.
    pub fn scenario(&self) -> Result<Scenario, Failure> {
        let assets = known::asset_ids();
        let waters =
            Sources { folder: self.path.as_deref().and_then(Path::parent).map(Path::to_owned).unwrap_or_default() };
        scenario::parse_with(&self.bytes, &assets, &waters).map_err(|e| self.refuse_all(&e))
    }

    /// All that its reader refused.
    pub fn refuse_all(&self, error: &ScenarioError) -> Failure {
        self.refuse(&error.problems)
    }

    /// Its problems, each drawn at its place.
    pub fn refuse(&self, problems: &[Problem]) -> Failure {
        let text = String::from_utf8_lossy(&self.bytes);
        let draw = |p: &Problem| {
            let mut title = if p.key.is_empty() { p.message.clone() } else { format!("{}: {}", p.key, p.message) };
            let mut help = p.help.clone().unwrap_or_default();
            if !p.allowed.is_empty() {
                let allowed = format!("allowed: {}", p.allowed);
                help = if help.is_empty() { allowed } else { format!("{help}; {allowed}") };
            }
            match &p.span {
                Some(span) => Diagnosis::plain(title, help).at(&self.name, &text, span.clone(), label(p)),
                None => {
                    title = format!("{}: {title}", self.name);
                    Diagnosis::plain(title, help)
                }
            }
        };
        Failure::Input(problems.iter().map(draw).collect())
    }
}

/// What stands under the place of a problem.
fn label(problem: &Problem) -> String {
    use plimsoll_case::scenario::Code;
    match problem.code {
        Code::Unit if !problem.unit.is_empty() => format!("wanted in {}", problem.unit),
        Code::OutOfRange => "out of range".into(),
        Code::UnknownKey => "no such key".into(),
        Code::UnknownWord => "not known".into(),
        Code::Impossible => "cannot be".into(),
        Code::NotFinite => "not a number".into(),
        _ => "here".into(),
    }
}
