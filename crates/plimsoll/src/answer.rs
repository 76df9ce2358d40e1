//! From an answer to what is written: text on standard output, JSON and page where asked for.

use crate::cli::{Answering, Paged};
use crate::failure::Failure;
use crate::output::{self, Outputs};
use plimsoll_case::answer::Answer;
use plimsoll_report::Language;
use plimsoll_report::page::PageError;
use std::path::{Path, PathBuf};

/// What draws the page of an answer.
type Page<A> = fn(&A, Language) -> Result<String, PageError>;

/// Where one answer goes.
pub struct Delivery<'a> {
    answering: &'a Answering,
    html: Option<&'a Path>,
}

impl<'a> Delivery<'a> {
    /// Where the command says, refused at once if that cannot be; `inputs` must not be overwritten.
    pub fn new(answering: &'a Answering, paged: Option<&'a Paged>, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let html = paged.and_then(|p| p.html.as_deref());
        let delivery = Self { answering, html };
        output::check(&delivery.paths(), inputs)?;
        Ok(delivery)
    }

    fn paths(&self) -> Vec<&'a Path> {
        self.answering.json.as_deref().into_iter().chain(self.html).collect()
    }

    /// Language of text and page.
    pub fn language(&self) -> Language {
        self.answering.lang.into()
    }

    /// Whether a file is standard output, which then holds nothing else.
    pub fn owns_stdout(&self) -> bool {
        self.paths().contains(&Path::new("-"))
    }

    /// Writes the answer everywhere, or nowhere.
    pub fn write<A: Answer>(
        &self,
        answer: &A,
        text: fn(&A, Language) -> String,
        page: Option<Page<A>>,
    ) -> Result<(), Failure> {
        self.outputs(answer, text, page)?.write()
    }

    /// What is to be written, for an answer that comes with a file of its own.
    pub fn outputs<A: Answer>(
        &self,
        answer: &A,
        text: fn(&A, Language) -> String,
        page: Option<Page<A>>,
    ) -> Result<Outputs, Failure> {
        let mut outputs = Outputs::default();
        if !self.owns_stdout() {
            outputs.print(&text(answer, self.language()));
        }
        if let Some(path) = &self.answering.json {
            outputs.file(path, answer.to_json().map_err(|e| fault(&e))?);
        }
        if let (Some(path), Some(page)) = (self.html, page) {
            outputs.file(path, page(answer, self.language()).map_err(|e| fault(&e))?);
        }
        Ok(outputs)
    }
}

/// An answer that cannot be written is a mistake in this program, never of whoever asked.
fn fault(why: &dyn std::error::Error) -> Failure {
    Failure::World(format!("this is a fault of plimsoll, please report it: {why}"))
}
