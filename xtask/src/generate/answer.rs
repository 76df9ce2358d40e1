//! The README's answer: what its command prints.

use plimsoll_case::answer::AssessAnswer;
use plimsoll_report::figure::picture;
use plimsoll_report::{Language, text};

/// The README's encounter.
const EXAMPLE: &str = "dover-strait";

/// Its answer, all realisations of it.
pub fn example() -> Result<AssessAnswer, String> {
    plimsoll::answer_of_example(EXAMPLE)
}

/// The answer as the command prints it.
pub fn excerpt(answer: &AssessAnswer) -> String {
    format!("```text\n$ plimsoll assess examples/{EXAMPLE}.toml\n{}```\n", text::assess(answer, Language::En))
}

/// The answer as one picture, for the top of the README.
pub fn drawn(answer: &AssessAnswer) -> String {
    picture::picture(answer, Language::En)
}
