//! The options as a table (RFC 4180): one row each, numbers unrounded, an empty cell where nothing was computed.

use plimsoll_case::answer::AssessAnswer;

const COLUMNS: [&str; 29] = [
    "option",
    "modifiers",
    "state",
    "reasons",
    "verdict",
    "deaths_mean",
    "deaths_knowledge_lo95",
    "deaths_knowledge_hi95",
    "deaths_mc_se",
    "deaths_q05",
    "deaths_q50",
    "deaths_q95",
    "p_any_death",
    "p_any_death_lo95",
    "p_any_death_hi95",
    "p_ten_or_more",
    "cvar10",
    "p_loss",
    "deaths_given_loss",
    "time_to_loss_s_q05",
    "time_to_loss_s_q50",
    "time_to_loss_s_q95",
    "difference_mean",
    "difference_lo95",
    "difference_hi95",
    "difference_mc_se",
    "p_best",
    "seed",
    "digest",
];

/// The options table. Lines end with CR LF; the first line names the columns; seed and digest stand in every row, so that
/// a row torn from its file can still be traced.
#[must_use]
pub fn options(answer: &AssessAnswer) -> String {
    let mut text = COLUMNS.join(",");
    text.push_str("\r\n");
    for o in &answer.options {
        let d = o.deaths;
        let t = o.time_to_loss_s;
        let x = o.difference_to_stand_off;
        let verdict = o.verdict.and_then(|v| serde_json::to_value(v).ok());
        let state = serde_json::to_value(o.state).ok();
        let name = |v: Option<serde_json::Value>| v.and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let mut cells = vec![
            o.id.as_str().to_owned(),
            o.modifiers.iter().map(|m| m.as_str()).collect::<Vec<_>>().join(" "),
            name(state),
            o.reasons.iter().map(|r| r.code.as_str()).collect::<Vec<_>>().join(" "),
            name(verdict),
        ];
        cells.extend(
            [
                d.map(|d| d.mean),
                d.map(|d| d.knowledge_lo95),
                d.map(|d| d.knowledge_hi95),
                d.map(|d| d.mc_se),
                d.map(|d| d.q05),
                d.map(|d| d.q50),
                d.map(|d| d.q95),
                o.p_any_death,
                o.p_any_death_lo95,
                o.p_any_death_hi95,
                o.p_ten_or_more,
                o.cvar10,
                o.p_loss,
                o.deaths_given_loss,
                t.map(|t| t.q05),
                t.map(|t| t.q50),
                t.map(|t| t.q95),
                x.map(|x| x.mean),
                x.map(|x| x.lo95),
                x.map(|x| x.hi95),
                x.map(|x| x.mc_se),
                o.p_best,
            ]
            .map(|v| v.map(|v| v.to_string()).unwrap_or_default()),
        );
        cells.push(answer.seed.to_string());
        cells.push(answer.digest.clone());
        text.push_str(&cells.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_case::answer::sample;

    #[test]
    fn one_row_for_each_option_and_no_zero_for_what_is_not_assessable() {
        let a = sample::assess();
        let csv = options(&a);
        let rows: Vec<Vec<&str>> = csv.lines().map(|l| l.split(',').collect()).collect();
        assert_eq!(rows.len(), 1 + a.options.len());
        assert!(rows.iter().all(|r| r.len() == COLUMNS.len()));
        assert_eq!(rows[1][0], "take_off");
        assert_eq!(rows[1][5].parse::<f64>().unwrap(), a.options[0].deaths.unwrap().mean);
        let none = rows.iter().find(|r| r[0] == "beach_stop").unwrap();
        assert_eq!(none[2], "not_assessable");
        assert!(none[5..27].iter().all(|c| c.is_empty()));
    }

    #[test]
    fn cells_are_quoted_where_needed() {
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(quoted("plain"), "plain");
    }
}
