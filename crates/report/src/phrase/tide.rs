//! Sentences about a tide.

use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::{Quantiles, TideAnswer};
use plimsoll_core::time::Utc;
use plimsoll_core::units::KNOT_M_S;

/// "06:42", to the nearest minute.
#[must_use]
pub fn clock(time: Utc) -> String {
    let rounded = Utc::from_millis((time.millis() + 30_000).div_euclid(60_000) * 60_000).unwrap_or(time);
    rounded.to_string()[11..16].to_owned()
}

/// Whether a day begins.
#[must_use]
pub fn is_midnight(time: Utc) -> bool {
    time.millis().rem_euclid(86_400_000) == 0
}

/// "2026-11-24, UTC", or the two ends where it is not one day.
#[must_use]
pub fn span(l: Language, a: &TideAnswer) -> String {
    let (from, to) = (a.from.to_string(), a.to.to_string());
    if is_midnight(a.from) && a.to.millis() - a.from.millis() == 86_400_000 {
        return l.fill("tide.day", &[("day", &from[..10])]);
    }
    let end = |t: &str| format!("{} {}", &t[..10], &t[11..16]);
    super::capital(&l.fill("tide.span", &[("from", &end(&from)), ("to", &end(&to))]))
}

/// How far the nearest land is.
#[must_use]
pub fn land(w: Writer, a: &TideAnswer) -> String {
    let belt = w.language.word(if a.inshore { "tide.inshore" } else { "tide.open" });
    let text = match a.land_m {
        Some(m) => w.language.fill("tide.land", &[("km", &w.two(m / 1000.0)), ("belt", &belt)]),
        None => w.language.fill("tide.land_far", &[("belt", &belt)]),
    };
    super::capital(&text)
}

/// "+2.9", always with its sign.
#[must_use]
pub fn height(w: Writer, m: f64) -> String {
    let text = w.decimals(m, 2);
    if m > 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) { format!("+{text}") } else { text }
}

/// High waters, low waters, strongest streams and slacks: key of the name, and one text for each. Days are named where
/// there is more than one.
#[must_use]
pub fn events(w: Writer, a: &TideAnswer) -> [(&'static str, Vec<String>); 4] {
    let one_day = a.to.millis() - a.from.millis() <= 86_400_000;
    let when = |t: Utc| if one_day { clock(t) } else { format!("{}\u{a0}{}", &t.to_string()[5..10], clock(t)) };
    let waters = |high: bool| {
        let list = a.waters.iter().filter(|x| x.high == high);
        list.map(|x| format!("{}\u{a0}({}\u{a0}m)", when(x.time), height(w, x.height_m))).collect()
    };
    let knots = w.language.word("tide.knots");
    let streams = |slack: bool| {
        let list = a.streams.iter().filter(|x| x.slack == slack);
        let text = |rate: String, toward: Option<String>| match toward {
            Some(toward) => format!("{rate}\u{a0}{knots}\u{a0}{toward}"),
            None => format!("{rate}\u{a0}{knots}"),
        };
        list.map(|x| {
            let toward = (!slack).then(|| w.direction(x.toward_deg));
            format!("{}\u{a0}({})", when(x.time), text(w.decimals(x.rate_kn, 1), toward))
        })
        .collect()
    };
    [
        ("tide.high_water", waters(true)),
        ("tide.low_water", waters(false)),
        ("tide.strongest", streams(false)),
        ("tide.slack", streams(true)),
    ]
}

/// How far the answer is off: a sentence for the stream, one for the height.
#[must_use]
pub fn errors(w: Writer, a: &TideAnswer) -> Vec<String> {
    let l = w.language;
    let range = |q: Quantiles, scale: f64, decimals: usize| {
        w.range(&w.decimals(q.q05 * scale, decimals), &w.decimals(q.q95 * scale, decimals))
    };
    let stream = range(a.error.stream_m_s, 1.0 / KNOT_M_S, 1);
    let slacks: Vec<Quantiles> = a.streams.iter().filter_map(|s| s.time_error_min).collect();
    let mut out = vec![l.fill("tide.error_stream", &[("kn", &stream)])];
    if let (Some(low), Some(high)) =
        (slacks.iter().map(|q| q.q05).min_by(f64::total_cmp), slacks.iter().map(|q| q.q95).max_by(f64::total_cmp))
    {
        out.push(l.fill("tide.error_slack", &[("min", &w.range(&w.decimals(low, 0), &w.decimals(high, 0)))]));
    }
    let (height, time) = (range(a.error.height_m, 1.0, 2), range(a.error.water_time_min, 1.0, 0));
    out.push(l.fill("tide.error_height", &[("m", &height), ("min", &time)]));
    out
}
