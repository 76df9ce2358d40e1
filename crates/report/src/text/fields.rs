//! What a file of fields was understood to hold.

use super::layout::{both_edges, hanging, paragraph, push_line};
use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::fields::{FieldGrid, FieldLayer, FieldTimes};
use plimsoll_case::answer::{FieldsAnswer, digest};

/// Columns of the margin that names each line.
const INDENT: usize = 12;

/// Layer by layer: variables, grid, times, values and a small map; then what cannot be used and why.
#[must_use]
pub fn fields(a: &FieldsAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    both_edges(&mut out, &a.file, &format!("plimsoll {}", a.version));
    paragraph(&mut out, &format!("{}, {} MB", a.format, w.two(a.bytes as f64 / 1e6)));
    for layer in &a.layers {
        out.push('\n');
        one(&mut out, l, w, layer);
    }
    if !a.refused.is_empty() {
        out.push('\n');
        push_line(&mut out, &l.word("fields.refused"));
        for r in &a.refused {
            let why = l.find(&format!("fault.{}", r.code)).filter(|_| l != Language::En).unwrap_or(&r.why);
            let text = format!("{} ({}){}{why}", r.variable, quantity(l, &r.quantity), l.word("text.colon"));
            hanging(&mut out, "", 2, &text);
        }
    }
    if !a.others.is_empty() {
        out.push('\n');
        hanging(&mut out, &l.word("fields.others"), INDENT, &a.others.join(", "));
    }
    out.push('\n');
    paragraph(&mut out, &format!("{} {}", l.word("page.digest"), digest::shown(&a.digest)));
    out
}

fn quantity(l: Language, id: &str) -> String {
    l.find(&format!("quantity.{id}")).map_or_else(|| id.to_owned(), str::to_owned)
}

fn one(out: &mut String, l: Language, w: Writer, f: &FieldLayer) {
    push_line(out, &quantity(l, &f.quantity).to_uppercase());
    let mut line = |key: &str, text: &str| hanging(out, &l.word(key), INDENT, text);
    let mut variables = f.variables.join(", ");
    if f.by_name {
        variables.push_str(&format!(" ({})", l.word("fields.by_name")));
    }
    line("fields.variables", &variables);
    if let Some(basis) = &f.basis {
        let key = if basis == "grid_axes" { "fields.grid_axes" } else { "fields.east_north" };
        line("fields.components", &l.word(key));
    }
    let unit = if f.unit == f.unit_used {
        f.unit.clone()
    } else {
        l.fill("fields.unit", &[("a", &f.unit), ("b", &f.unit_used)])
    };
    line("fields.units", &unit);
    if let Some(level) = &f.level {
        let level = if level.starts_with("not stated") { l.word("fields.level_assumed") } else { level.clone() };
        line("fields.level", &level);
    }
    line("fields.grid", &grid(l, w, &f.grid));
    line("fields.extent", &extent(w, &f.grid));
    match &f.times {
        Some(t) => times(&mut line, l, w, t),
        None => line("fields.times", &l.word("fields.constant")),
    }
    let values = match (f.low, f.high) {
        (Some(low), Some(high)) => {
            format!("{} {}", w.range(&w.significant(low, 3), &w.significant(high, 3)), f.unit_used)
        }
        _ => l.word("fields.nothing"),
    };
    let missing = l.fill("fields.missing", &[("p", &w.two(100.0 * f.missing)), ("n", &w.count(f.frames_read))]);
    line("fields.values", &format!("{values}; {missing}"));
    map(out, l, w, f);
}

fn grid(l: Language, w: Writer, g: &FieldGrid) -> String {
    let kind = l.find(&format!("grid.{}", g.kind)).unwrap_or(&g.kind);
    let km = |m: f64| w.significant(m / 1000.0, 2);
    let name =
        if g.kind == "projected" { format!("{kind} ({})", g.projection.replace('_', " ")) } else { kind.to_owned() };
    format!("{name}, {} x {}, {} x {} km", w.count(g.columns), w.count(g.rows), km(g.column_m), km(g.row_m))
}

fn extent(w: Writer, g: &FieldGrid) -> String {
    let lon = |v: f64| {
        let v = if v > 180.0 { v - 360.0 } else { v };
        format!("{}{}", w.decimals(v.abs(), 2), if v < 0.0 { "W" } else { "E" })
    };
    let lat = |v: f64| format!("{}{}", w.decimals(v.abs(), 2), if v < 0.0 { "S" } else { "N" });
    format!("{}, {}", w.range(&lat(g.south_deg), &lat(g.north_deg)), w.range(&lon(g.west_deg), &lon(g.east_deg)))
}

fn times(line: &mut impl FnMut(&str, &str), l: Language, w: Writer, t: &FieldTimes) {
    let mut text = format!("{} {} {}", t.first, w.to(), t.last);
    let step = t.step_s.map(|s| l.fill("fields.every", &[("t", &w.duration_s(s))]));
    text.push_str(&l.fill("fields.frames", &[("n", &w.count(t.count))]));
    text.extend(step);
    line("fields.times", &text);
    if !t.gaps.is_empty() {
        let shown = t.gaps.iter().take(3).map(|[a, b]| format!("{a} {} {b}", w.to())).collect::<Vec<_>>();
        let more = if t.gaps.len() > 3 {
            l.fill("fields.more", &[("n", &w.count(t.gaps.len() as u64 - 3))])
        } else {
            String::new()
        };
        line("fields.gaps", &format!("{}{more}", shown.join(", ")));
    }
}

/// Tenths of the range between the least and the greatest value as digits, a point where there is no value.
fn map(out: &mut String, l: Language, w: Writer, f: &FieldLayer) {
    let cells = || f.map.rows.iter().flatten().flatten();
    let (low, high) = cells().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(*v), b.max(*v)));
    if low > high {
        return;
    }
    // The length of a vector starts at nought, else a digit would say too much.
    let low = if f.basis.is_some() { 0.0 } else { low };
    let width = (high - low).max(f64::MIN_POSITIVE);
    for (i, row) in f.map.rows.iter().enumerate() {
        let digits: String = row
            .iter()
            .map(|v| {
                v.map_or('.', |v| {
                    char::from_digit(((v - low) / width * 10.0).clamp(0.0, 9.0) as u32, 10).unwrap_or('9')
                })
            })
            .collect();
        let margin = match i {
            0 => l.word("fields.map"),
            _ => String::new(),
        };
        hanging(out, &margin, INDENT, &digits);
    }
    let step = format!("{} {}", w.two(width / 10.0), f.unit_used);
    let from = format!("{} {}", w.two(low), f.unit_used);
    let mut legend = l.fill("fields.legend", &[("low", &from), ("step", &step)]);
    if let Some(t) = f.map.time {
        legend.push_str(&format!("; {t}"));
    }
    hanging(out, "", INDENT, &legend);
}
