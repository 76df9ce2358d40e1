//! Generated pages.
fn main() {}
