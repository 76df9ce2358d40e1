//! `docs/reference/constants.md`: every ledger of every crate.

use plimsoll_core::ledger::{Grade, Ledger};
use std::fmt::Write as _;

pub fn page(ledgers: &[&Ledger]) -> String {
    let mut out = String::from(
        "# Constants\n\n\
         Generated from each crate's `constants.toml` (`cargo run -p xtask -- generate`); do not edit.\n\n\
         Grade **A**: measured on the thing itself, or exact by definition. **B**: published for a comparable case. **C**: judged, and therefore never a\n\
         point. A range is uniform; a value with a range is triangular; otherwise the distribution is named. What has a distribution is drawn in the\n\
         outer loop of knowledge.\n",
    );
    let count = |grade: Grade| ledgers.iter().flat_map(|l| l.constants()).filter(|c| c.grade == grade).count();
    let [a, b, c] = [Grade::A, Grade::B, Grade::C].map(count);
    let _ = writeln!(out, "\n{} constants: {a} measured, {b} published, {c} judged.", a + b + c);
    for ledger in ledgers {
        let mut module = "";
        let _ = writeln!(out, "\n## {}", ledger.name);
        for c in ledger.constants() {
            let (this, short) = c.id.split_once('.').unwrap_or(("", &c.id));
            if this != module {
                module = this;
                let _ = writeln!(
                    out,
                    "\n### {module}\n\n| id | symbol | value | unit | grade | valid | source | used in |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
                );
            }
            let valid = c.valid.map_or_else(|| "-".into(), |[low, high]| format!("{low} to {high}"));
            let value = plimsoll::belief_in_words(&c.value);
            let cells = [short, &c.symbol, &value, &c.unit, &format!("{:?}", c.grade), &valid, &c.source, &c.equation];
            let cells: Vec<String> = cells.iter().map(|c| c.replace('|', "\\|").replace('\n', " ")).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
    }
    out
}
