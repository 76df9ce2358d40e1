//! Figures as SVG inside the page: text stays text, colours come from the page's style, each has a title and a description.
//!
//! Every function takes what it draws and returns the SVG element. Nothing is drawn that the answer lacks.

pub mod backtest;
pub mod bars;
pub mod chart;
pub mod chart_area;
pub mod curve;
pub mod drift_map;
pub mod flip;
pub mod mark;
pub mod options;
pub mod picture;
pub mod scale;
pub mod section;
mod svg;
pub mod tide;
pub mod timeline;

pub use svg::Svg;
