//! An answer as one self-contained HTML page: nothing loaded from elsewhere, light and dark and on paper, and no script but the
//! time slider of a drift, without which nothing is lost.
//!
//! The template decides what stands where; the words come from the language tables, the figures from [`crate::figure`],
//! the numbers from the answer. Whatever came from outside (a caller's name, a boat's) is escaped by the template engine.

mod assess;
mod backtest;
mod drift;
mod others;
mod tide;

pub use assess::{assess, assess_for};
pub use backtest::backtest;
pub use drift::drift;
pub use others::{loadline, survive};
pub use tide::tide;

use crate::language::Language;
use minijinja::{AutoEscape, Environment};
use serde_json::{Value, json};
use thiserror::Error;

/// The page's style, with its light, dark and print colours.
pub const STYLE: &str = include_str!("page/style.css");

const TEMPLATES: [(&str, &str); 7] = [
    ("base.html", include_str!("page/base.html")),
    ("assess.html", include_str!("page/assess.html")),
    ("loadline.html", include_str!("page/loadline.html")),
    ("survive.html", include_str!("page/survive.html")),
    ("backtest.html", include_str!("page/backtest.html")),
    ("tide.html", include_str!("page/tide.html")),
    ("drift.html", include_str!("page/drift.html")),
];

/// Why there is no page. A fault of the template, never of an answer.
#[derive(Debug, Error)]
#[error("the page's template failed: {0}")]
pub struct PageError(#[from] minijinja::Error);

fn render(name: &str, language: Language, mut context: Value) -> Result<String, PageError> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    if let Some(top) = context.as_object_mut() {
        top.insert("lang".to_owned(), json!(language.tag()));
        top.insert("words".to_owned(), json!(language.section("page")));
        top.insert("colon".to_owned(), json!(language.word("text.colon")));
        top.insert("style".to_owned(), json!(STYLE));
        top.insert("patterns".to_owned(), json!(crate::figure::options::patterns()));
    }
    Ok(environment.get_template(name)?.render(context)?)
}

/// A table as the templates take it.
fn table(head: &[String], rows: Vec<Vec<String>>) -> Value {
    json!({ "head": head, "rows": rows })
}
