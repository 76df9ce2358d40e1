//! What was executed by a benchmark, and how fast.

use super::layout::{Row, paragraph, table};
use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::{BenchAnswer, DriftBenchAnswer};

/// What was executed and how fast.
#[must_use]
pub fn bench(a: &BenchAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let mut out = String::new();
    let values = [
        ("kernel", a.kernel.clone()),
        ("steps", w.count(a.steps_executed)),
        ("n", w.count(a.realisations)),
        ("seconds", w.significant(a.seconds, 3)),
        ("threads", a.threads.to_string()),
        ("path", a.path.clone()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    paragraph(&mut out, &l.fill("bench.line", &values));
    paragraph(&mut out, &l.fill("bench.rate", &[("rate", &w.significant(a.steps_per_second_core / 1e6, 3))]));
    out
}

/// Particle-steps of each kind of run, and what more threads gain.
#[must_use]
pub fn bench_drift(a: &DriftBenchAnswer, language: Language) -> String {
    let (l, w) = (language, Writer::terminal(language));
    let word = |key: &str| l.word(&format!("bench_drift.{key}"));
    let mut out = String::new();
    let values = [
        ("hours", w.significant(a.hours, 3)),
        ("step", w.significant(a.step_s, 3)),
        ("bytes", a.bytes_per_particle.to_string()),
        ("path", a.path.clone()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    paragraph(&mut out, &l.fill("bench_drift.line", &values));
    let sea = match &a.sources[..] {
        [] => word("own"),
        names => l.fill("bench_drift.fields", &[("names", &names.join("; "))]),
    };
    let read = word(if a.in_memory { "in_memory" } else { "read" });
    let coast = word(if a.coast { "coast" } else { "no_coast" });
    paragraph(
        &mut out,
        &[sea, if a.sources.is_empty() { String::new() } else { read }, coast].join(" ").replace("  ", " "),
    );
    let heads = ["kind", "particles", "threads", "seconds", "cpu", "rate"];
    let mut rows = vec![Row::Head(heads.map(word).to_vec())];
    rows.extend(a.rows.iter().map(|r| {
        let name = l.find(&format!("bench_drift.{}", r.kind)).map_or_else(|| r.kind.clone(), str::to_owned);
        let cpu = r.cpu_seconds.map_or_else(|| "-".into(), |s| w.significant(s, 3));
        let rate = w.significant(r.steps_per_cpu_second() / 1e6, 3);
        Row::Cells(vec![name, w.count(r.particles), r.threads.to_string(), w.significant(r.seconds, 3), cpu, rate])
    }));
    table(&mut out, &[false, true, true, true, true, true], &rows);
    for many in a.rows.iter().filter(|r| r.threads > 1) {
        let alone = |r: &&plimsoll_case::answer::bench::DriftBenchRow| {
            r.threads == 1 && r.kind == many.kind && r.particles == many.particles
        };
        if let Some(one) = a.rows.iter().find(alone) {
            let name = l.find(&format!("bench_drift.{}", many.kind)).unwrap_or(&many.kind);
            let (threads, n) = (many.threads.to_string(), w.count(many.particles));
            let gain = w.significant(one.seconds / many.seconds, 3);
            let values = [("threads", threads.as_str()), ("n", &n), ("kind", name), ("gain", &gain)];
            paragraph(&mut out, &l.fill("bench_drift.gain", &values));
        }
    }
    out
}
