//! W15: what the expected deaths of a boat hang on, by first-order Sobol index.

use crate::information::Runs;
use crate::information::sobol::sensitivity;
use crate::question::Question;
use plimsoll_case::answer::assess::Sensitivity;
use plimsoll_core::validation::Case;

/// What was expected among the first five, each by how the ids of its constants and inputs begin.
const EXPECTED: [&[&str]; 5] = [
    &["rescue:support.no_hold"],
    &["rescue:arrival.", "help."],
    &["aboard.people"],
    &["boat.", "case:small.", "case:medium.", "case:large.", "case:inflatable."],
    &["sea.water"],
];

/// How many of the five are among the first five of the case, and the indices by which they are ordered. `None` when cancelled.
#[must_use]
pub fn first_five(question: &Question, runs: &Runs<'_>) -> Option<(Case, Vec<Sensitivity>)> {
    let mut found = sensitivity(question, runs)?;
    found.sort_by(|a, b| b.first.total_cmp(&a.first));
    let case = case(&found);
    Some((case, found))
}

fn case(found: &[Sensitivity]) -> Case {
    // an index within two standard errors of none has no rank
    let told = found.iter().take(5).filter(|s| s.first > 2.0 * s.first_error);
    let first: Vec<&str> = told.map(|s| s.constant.as_str()).collect();
    let among = |ids: &&&[&str]| first.iter().any(|c| ids.iter().any(|id| c.starts_with(id)));
    let hits = EXPECTED.iter().filter(among).count();
    let case = Case::new(
        "W15",
        "the example of the README: what deaths under standing off hang on",
        "expected: hold on the wreck, time to the first lift, people, freeboard, water temperature",
        "of these five, among the first five by first-order Sobol index, told from none by two standard errors",
        "1",
    )
    .value(5.0, 0.0, hits as f64);
    if case.passes() {
        return case;
    }
    case.missed(
        "their order cannot be told: the deaths of a boat that is met afloat come from rare losses, which several unknowns bring \
         about together, and hardly any first-order index rises above its error. The expectation is of people in the water",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_five_count_and_each_expectation_once() {
        let row = |constant: &str, first: f64| Sensitivity {
            constant: constant.into(),
            first,
            first_error: 0.0,
            total: first,
            total_error: 0.0,
        };
        let ids = [
            "sea.water",
            "rescue:support.no_hold",
            "rescue:support.no_hold_upright",
            "aboard.people",
            "x",
            "help.coming",
        ];
        let found: Vec<Sensitivity> = ids.iter().zip(0..).map(|(id, i)| row(id, 1.0 - 0.1 * f64::from(i))).collect();
        assert_eq!(case(&found).computed, 3.0);
        assert!(case(&found).known_miss.is_some());
        let all = ["sea.water", "rescue:support.no_hold", "rescue:arrival.on_scene", "aboard.people", "boat.tube"];
        let found: Vec<Sensitivity> = all.iter().map(|id| row(id, 0.1)).collect();
        assert!(case(&found).passes() && case(&found).known_miss.is_none());
        let noise = found.into_iter().map(|s| Sensitivity { first_error: 0.06, ..s }).collect::<Vec<_>>();
        assert_eq!(case(&noise).computed, 0.0);
    }
}
