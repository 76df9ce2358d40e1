//! What is wrong with a scenario: every problem at once, each with the numbers that prove it and its place in the file.

use serde::Serialize;
use std::fmt;
use std::ops::Range;

/// What kind of problem. The names are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Larger than any scenario.
    TooLarge,
    /// Not UTF-8.
    NotText,
    /// Not TOML.
    Syntax,
    /// A section or key that does not exist.
    UnknownKey,
    /// An essential value is missing.
    Missing,
    /// Text where a number belongs, and the like.
    WrongType,
    /// No unit, an unknown unit, or the unit of something else.
    Unit,
    /// NaN or infinite.
    NotFinite,
    /// Outside the physically plausible range.
    OutOfRange,
    /// Not one of the words or ids that exist.
    UnknownWord,
    /// A belief in none of the five forms, or no distribution.
    Belief,
    /// A position or time that is none, or could be two.
    Unclear,
    /// Values that cannot hold together.
    Impossible,
    /// Allowed by the format, not yet read by this version.
    NotYet,
}

impl Code {
    /// The stable name.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::NotText => "not_text",
            Self::Syntax => "syntax",
            Self::UnknownKey => "unknown_key",
            Self::Missing => "missing",
            Self::WrongType => "wrong_type",
            Self::Unit => "unit",
            Self::NotFinite => "not_finite",
            Self::OutOfRange => "out_of_range",
            Self::UnknownWord => "unknown_word",
            Self::Belief => "belief",
            Self::Unclear => "unclear",
            Self::Impossible => "impossible",
            Self::NotYet => "not_yet",
        }
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind.
    pub code: Code,
    /// The key, such as `aboard.people`; empty where it is about the file.
    pub key: String,
    /// The value as written, cut to 60 characters; empty where there is none.
    pub value: String,
    /// The unit that is wanted; empty where there is none.
    pub unit: String,
    /// What is allowed; empty where that says nothing.
    pub allowed: String,
    /// The sentence.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Bytes in the file.
    pub span: Option<Range<usize>>,
    /// Line of its start, from 1; 0 without a place.
    pub line: usize,
    /// Column of its start in characters, from 1; 0 without a place.
    pub column: usize,
}

impl Problem {
    pub(crate) fn new(code: Code, key: &str, message: impl Into<String>) -> Self {
        Self {
            code,
            key: key.to_owned(),
            value: String::new(),
            unit: String::new(),
            allowed: String::new(),
            message: message.into(),
            help: None,
            span: None,
            line: 0,
            column: 0,
        }
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn allowed(mut self, allowed: impl Into<String>) -> Self {
        self.allowed = allowed.into();
        self
    }

    /// Puts it at `span` of `text`, with the value as written if that is what stands there. Line and column follow in
    /// [`Self::locate`], for the problems that are shown.
    #[must_use]
    pub(crate) fn at(mut self, text: &str, span: Range<usize>, with_value: bool) -> Self {
        let start = floor_char(text, span.start);
        let end = floor_char(text, span.end).max(start);
        if with_value {
            let head = &text[start..floor_char(text, end.min(start + 240))];
            self.value = head.lines().next().unwrap_or("").trim().chars().take(60).collect();
        }
        self.span = Some(start..end);
        self
    }

    /// Fills in line and column.
    #[must_use]
    pub(crate) fn locate(mut self, text: &str) -> Self {
        if let Some(span) = &self.span {
            let before = &text[..floor_char(text, span.start)];
            self.line = before.bytes().filter(|b| *b == b'\n').count() + 1;
            self.column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        }
        self
    }
}

fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "{}:{}: ", self.line, self.column)?;
        }
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.message)?;
        if !self.allowed.is_empty() {
            write!(f, " (allowed: {})", self.allowed)?;
        }
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

/// A scenario that is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScenarioError {
    /// What is wrong with it, in the order of the file; never empty, at most [`ScenarioError::SHOWN`].
    pub problems: Vec<Problem>,
    /// How many more there are.
    pub more: usize,
}

impl ScenarioError {
    /// How many problems are kept: nobody mends more in one sitting.
    pub const SHOWN: usize = 50;

    pub(crate) fn new(text: &str, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|p| p.span.as_ref().map_or(usize::MAX, |s| s.start));
        let more = problems.len().saturating_sub(Self::SHOWN);
        problems.truncate(Self::SHOWN);
        Self { problems: problems.into_iter().map(|p| p.locate(text)).collect(), more }
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, p) in self.problems.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{p}")?;
        }
        if self.more > 0 {
            write!(f, "\nand {} more", self.more)?;
        }
        Ok(())
    }
}

impl std::error::Error for ScenarioError {}
