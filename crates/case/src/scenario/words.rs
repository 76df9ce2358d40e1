//! An encounter in words: what was understood, key by key, with units.

use super::keys::{self, Kind};
use crate::answer::assess::{DefaultedInput, InputLine, Inputs};
use crate::encounter::{BoundFor, Encounter, Given};
use plimsoll_core::belief::Belief;

/// Metres per second in a knot.
const KNOT_M_S: f64 = 1852.0 / 3600.0;

/// A number to four significant digits, whole parts never cut, without trailing zeros.
fn number(v: f64) -> String {
    if v == 0.0 {
        return "0".into();
    }
    let mut digits = 3_usize;
    let mut size = v.abs();
    while size >= 10.0 && digits > 0 {
        size /= 10.0;
        digits -= 1;
    }
    while size < 0.1 && digits < 6 {
        size *= 10.0;
        digits += 1;
    }
    let text = format!("{v:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".into() } else { text.to_owned() }
}

/// A belief in words: "0.4 m", "50 to 75, likely 62", "8.4 degC (sd 0.97)".
#[must_use]
pub fn describe(belief: &Belief, unit: &str) -> String {
    let end = if unit.is_empty() || unit == "1" { String::new() } else { format!(" {unit}") };
    match belief {
        Belief::Exact(v) => format!("{}{end}", number(*v)),
        Belief::Uniform { low, high } => format!("{} to {}{end}", number(*low), number(*high)),
        Belief::Triangular { low, likely, high } => {
            format!("{} to {}{end}, likely {}", number(*low), number(*high), number(*likely))
        }
        Belief::Normal { mean, sd, .. } => format!("{}{end}, standard deviation {}", number(*mean), number(*sd)),
        Belief::LogNormal { median, gsd } => format!("{}{end} times or divided by {}", number(*median), number(*gsd)),
        Belief::Discrete { values, weights } => {
            let all: Vec<_> =
                values.iter().zip(weights).map(|(v, w)| format!("{} (weight {})", number(*v), number(*w))).collect();
            format!("{}{end}", all.join(", "))
        }
    }
}

/// The sentence for a belief about a speed: in knots, as it is reported at sea, and in m/s.
#[must_use]
pub fn describe_speed(belief: &Belief) -> String {
    format!("{} ({})", describe(&belief.linear(1.0 / KNOT_M_S, 0.0), "kn"), describe(belief, "m/s"))
}

/// Every input as understood, in the order of the table of keys, and what was defaulted.
#[must_use]
pub fn inputs(e: &Encounter) -> Inputs {
    let mut lines = Lines { encounter: e, out: Vec::new() };
    let b = &e.boat;
    lines.plain("name", e.name.clone());
    lines.plain("boat.class", b.class.map(|c| c.id().to_owned()));
    lines.belief("boat.length", &b.length_m);
    lines.belief("boat.effective_length", &b.effective_length_m);
    lines.belief("boat.beam", &b.beam_m);
    lines.belief("boat.tube", &b.tube_m);
    lines.belief("boat.floor_height", &b.floor_height_m);
    lines.belief("boat.floor_sag", &b.floor_sag_m);
    lines.belief("boat.hull_mass", &b.hull_mass_kg);
    lines.belief("boat.hull_centre", &b.hull_centre_m);
    lines.belief("boat.transom_height", &b.transom_height_m);
    lines.belief("boat.chambers", &b.chambers);
    lines.plain("boat.tubes", Some(if b.soft { "soft or unknown" } else { "firm, or shares given" }.into()));
    lines.belief("boat.tubes.port", &b.share_port);
    lines.belief("boat.tubes.starboard", &b.share_starboard);
    lines.plain("boat.engine", Some(if b.engine_running { "running" } else { "stopped" }.into()));
    lines.belief("boat.water_aboard", &b.water_m3);
    lines.maybe("boat.trim", b.trim_m.as_ref());
    let a = &e.aboard;
    lines.belief("aboard.people", &a.people);
    lines.belief("aboard.children", &a.children);
    lines.belief("aboard.person_mass", &a.person_mass_kg);
    lines.maybe("aboard.people_centre", a.people_centre_m.as_ref());
    lines.plain("aboard.posture", Some(a.posture.id().into()));
    lines.belief("aboard.lifejackets", &a.lifejackets);
    lines.belief("aboard.jackets_float", &a.jackets_float);
    lines.belief("aboard.swimmers", &a.swimmers);
    lines.plain("aboard.in_water", a.people_in_water.then(|| "some".into()));
    let p = &e.place;
    lines.plain("place.position", p.position.map(|p| format!("{} ({})", p.dm(1), p.decimal())));
    lines.plain("place.time", p.time.map(|t| t.to_string()));
    lines.maybe("place.depth", p.depth_m.as_ref());
    lines.maybe("place.distance_to_shore", p.distance_to_shore_m.as_ref());
    match &p.bound_for {
        Some(BoundFor::Hours(h)) => lines.with_unit("place.bound_for", h, "h"),
        Some(BoundFor::DistanceM(d)) => lines.with_unit("place.bound_for", d, "m"),
        None => {}
    }
    let s = &e.sea;
    let end = |word: &str, deg: Option<f64>| match deg {
        Some(d) => format!(" {word} {d:03}"),
        None => ", direction not known".into(),
    };
    lines.belief("sea.wind", &s.wind_m_s);
    lines.append(&end("from", s.wind_from_deg));
    lines.belief("sea.hs", &s.hs_m);
    lines.belief("sea.tp", &s.tp_s);
    lines.maybe("sea.fetch", s.grown.as_ref().map(|g| &g.fetch_m));
    lines.belief("sea.current", &s.current_m_s);
    lines.append(&end("toward", s.current_toward_deg));
    lines.belief("sea.water", &s.water_c);
    lines.belief("sea.air", &s.air_c);
    lines.plain("sea.light", Some(s.light.id().into()));
    lines.belief("sea.visibility", &s.visibility_m);
    lines.maybe("sea.surf", s.surf_m.as_ref());
    let some = |list: String| (!list.is_empty()).then_some(list);
    lines.plain("help.on_scene", some(e.help.on_scene.join(", ")));
    for c in &e.help.coming {
        lines.with_unit("help.coming", &c.minutes, "min");
        if let Some(line) = lines.out.last_mut() {
            line.text = format!("{} in {}", c.asset, line.text);
        }
    }
    let only = e.options.only.as_deref().unwrap_or_default();
    lines.plain("options.only", some(only.iter().map(|o| o.as_str()).collect::<Vec<_>>().join(", ")));
    lines.plain("options.with", some(e.options.with.iter().map(|o| o.as_str()).collect::<Vec<_>>().join(", ")));
    lines.plain("run.realisations", Some(e.run.realisations.to_string()));
    lines.plain("run.horizon", Some(format!("{} h", number(e.run.horizon_h))));
    let defaulted = e.defaulted.iter().map(|d| DefaultedInput {
        key: d.key.clone(),
        value: d.value.clone(),
        source: d.source.clone(),
        grade: format!("{:?}", d.grade),
    });
    Inputs { scenario: lines.out, defaulted: defaulted.collect() }
}

struct Lines<'a> {
    encounter: &'a Encounter,
    out: Vec<InputLine>,
}

impl Lines<'_> {
    fn plain(&mut self, key: &str, text: Option<String>) {
        if let Some(text) = text {
            let given = self.encounter.defaulted.iter().all(|d| d.key != key);
            self.out.push(InputLine { key: key.into(), text, basis: None, given });
        }
    }

    fn belief(&mut self, path: &str, given: &Given<Belief>) {
        let key = keys::find(path);
        let unit = if key.kind == Kind::Count { "" } else { key.unit() };
        self.with_unit(path, given, unit);
        if let (Some(line), "m/s") = (self.out.last_mut(), unit) {
            line.text = describe_speed(&given.value);
        }
    }

    fn maybe(&mut self, path: &str, given: Option<&Given<Belief>>) {
        if let Some(given) = given {
            self.belief(path, given);
        }
    }

    fn with_unit(&mut self, path: &str, given: &Given<Belief>, unit: &str) {
        self.out.push(InputLine {
            key: path.into(),
            text: describe(&given.value, unit),
            basis: given.basis.clone(),
            given: given.given,
        });
    }

    fn append(&mut self, text: &str) {
        if let Some(line) = self.out.last_mut() {
            line.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_beliefs_are_sentences() {
        for (v, text) in [
            (0.0, "0"),
            (0.4, "0.4"),
            (-0.000_000_1, "0"),
            (17.6, "17.6"),
            (10_000.0, "10000"),
            (4.63, "4.63"),
            (1.0 / 3.0, "0.333"),
            (0.0123, "0.0123"),
            (1.02888, "1.029"),
            (123_456.7, "123457"),
        ] {
            assert_eq!(number(v), text);
        }
        let b = Belief::Triangular { low: 50.0, likely: 62.0, high: 75.0 };
        assert_eq!(describe(&b, ""), "50 to 75, likely 62");
        assert_eq!(describe(&Belief::Uniform { low: 0.3, high: 0.6 }, "m"), "0.3 to 0.6 m");
        assert_eq!(describe(&Belief::Exact(3.0), "s"), "3 s");
        assert_eq!(describe_speed(&Belief::Exact(60.0 * KNOT_M_S)), "60 kn (30.87 m/s)");
    }
}
