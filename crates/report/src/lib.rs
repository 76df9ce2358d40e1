//! An answer as text for a terminal, as one self-contained page, as a file for other tools; in English and French.
//!
//! This crate draws answers of [`plimsoll_case::answer`] and nothing else: an old record still draws, and a page never
//! shows a number that the record lacks.
//!
//! Rules of every face: natural frequencies first; an interval in the same cell as its number; a dash is never a zero;
//! no meaning in colour alone; the burden of proof stands beside force and contact and never beside rescue.

pub mod export;
pub mod figure;
pub mod language;
pub mod number;
pub mod page;
pub mod phrase;
pub mod text;

pub use language::Language;
pub use page::PageError;
