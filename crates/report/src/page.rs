//! stub
use crate::language::Language;
/// e
pub type PageError = std::fmt::Error;
/// a
pub fn assess(_: &plimsoll_case::answer::AssessAnswer, _: Language) -> Result<String, PageError> { Ok(String::new()) }
/// a
pub fn loadline(_: &plimsoll_case::answer::LoadlineAnswer, _: Language) -> Result<String, PageError> { Ok(String::new()) }
/// a
pub fn survive(_: &plimsoll_case::answer::SurviveAnswer, _: Language) -> Result<String, PageError> { Ok(String::new()) }

