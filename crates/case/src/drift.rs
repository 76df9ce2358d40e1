//! The case file of `plimsoll drift`: what drifts and what becomes of it, from where and when, how, and with which sea. Every
//! fault is told with its place.

pub mod entered;
mod object;
pub mod places;
mod reader;
mod release;

pub use object::{Boat, Category, Change, NAMES};
pub use release::{When, Where};

use crate::scenario::{Code, MAX_BYTES, Problem, ScenarioError};
use plimsoll_core::units::{Dimension, Sense};
use reader::Reader;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::DeTable;

/// Where the current comes from, beside files.
#[derive(Clone, Debug, PartialEq)]
pub enum Current {
    /// The same everywhere and always, m/s east and north, as written.
    Constant([f64; 2], String),
    /// The tide of the Dover Strait that the program carries.
    BuiltIn,
}

/// A drift case.
#[derive(Clone, Debug, PartialEq)]
pub struct DriftCase {
    /// What drifts.
    pub category: Category,
    /// What becomes of it, in the order of time.
    pub changes: Vec<Change>,
    /// What else enters the water with it, each particle one or the other: from an assessment, people without a jacket.
    pub beside: Vec<Category>,
    /// The option of an assessment whose people they are, where the file of places is one of those.
    pub option: Option<String>,
    /// How many particles.
    pub number: usize,
    /// Where they enter the water.
    pub place: Where,
    /// Standard deviation each way, or radius of the disc, m, at the first and at the second end.
    pub radius_m: [f64; 2],
    /// Whether it is a disc.
    pub disc: bool,
    /// When they do; none where a file of places says it.
    pub time: Option<When>,
    /// Hours to follow.
    pub hours: f64,
    /// A step, s.
    pub step_s: f64,
    /// From one output to the next, s.
    pub output_s: f64,
    /// `euler`, `rk2` or `rk4`; none where not said.
    pub scheme: Option<&'static str>,
    /// Whether things strand.
    pub land: bool,
    /// Whether there is leeway at all.
    pub leeway: bool,
    /// Whether the drift of the waves is added from a file.
    pub stokes: bool,
    /// Whether time runs backwards.
    pub backward: bool,
    /// Chance of a jibe in an hour.
    pub jibe_per_hour: f64,
    /// Standard deviation of the wind's components, m/s.
    pub wind_sd_m_s: f64,
    /// Standard deviation of the current's components, m/s; none where not said.
    pub current_sd_m_s: Option<f64>,
    /// Constant wind, m/s east and north, as written.
    pub wind: Option<([f64; 2], String)>,
    /// Constant or built-in current.
    pub current: Option<Current>,
    /// Files, with their places in the case.
    pub files: Vec<(String, Range<usize>)>,
    /// Every key as it was written, in the order of the file.
    pub written: Vec<(String, String)>,
    text: String,
    spans: BTreeMap<String, Range<usize>>,
}

impl DriftCase {
    /// A problem with the value of `key` that was found after reading, at its place if the file has it.
    #[must_use]
    pub fn problem(&self, key: &str, message: impl Into<String>, help: Option<String>) -> Problem {
        let mut problem = Problem::new(Code::Impossible, key, message);
        problem.help = help;
        match self.spans.get(key) {
            Some(span) => problem.at(&self.text, span.clone(), true).locate(&self.text),
            None => problem,
        }
    }
}

const KEYS: [(&str, &str); 32] = [
    ("object.category", "1 to 85, or a name"),
    ("object.length", "\"4 m\" to \"15 m\", or a belief"),
    ("object.people", "1 to 200, or a belief"),
    ("object.freeboard", "\"0 m\" to \"0.6 m\", or a belief"),
    ("changes.after", "\"3 h\", or a belief"),
    ("changes.category", "1 to 85, or a name"),
    ("changes.length", "\"4 m\" to \"15 m\", or a belief"),
    ("changes.people", "1 to 200, or a belief"),
    ("changes.freeboard", "\"0 m\" to \"0.6 m\", or a belief"),
    ("release.number", "1 to 20,000,000"),
    ("release.position", "\"59.6N 4.2E\""),
    ("release.line", "two positions"),
    ("release.polygon", "three positions or more"),
    ("release.file", "a CSV with lon, lat, time, or GeoJSON"),
    ("release.option", "an option of an assessment, as in `file`"),
    ("release.radius", "\"500 m\", or for a line [\"100 m\", \"2 km\"]"),
    ("release.shape", "\"gaussian\", \"disc\""),
    ("release.time", "an instant, [from, to], or { low, high }"),
    ("run.hours", "up to 1440"),
    ("run.step", "\"1 s\" to \"6 h\""),
    ("run.output", "a whole number of steps"),
    ("run.scheme", "\"euler\", \"rk2\", \"rk4\""),
    ("run.land", "true, false"),
    ("run.leeway", "true, false"),
    ("run.stokes", "true, false"),
    ("run.backward", "true, false"),
    ("run.jibe_per_hour", "0 to 1"),
    ("run.wind_sd", "\"0 m/s\" to \"20 m/s\""),
    ("run.current_sd", "\"0 m/s\" to \"5 m/s\""),
    ("sea.from", "a list of files"),
    ("sea.wind", "\"15 kn from 240\""),
    ("sea.current", "\"1.2 kn toward 045\", \"builtin\""),
];

/// Reads a case.
///
/// # Errors
/// [`ScenarioError`] with every fault and its place.
pub fn parse(bytes: &[u8]) -> Result<DriftCase, ScenarioError> {
    let whole = |p: Problem, text: &str| ScenarioError::new(text, vec![p]);
    if bytes.len() > MAX_BYTES {
        let message = format!("the file has {} bytes: this is no case", bytes.len());
        return Err(whole(Problem::new(Code::TooLarge, "", message), ""));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| whole(Problem::new(Code::NotText, "", "this is no text file (UTF-8)"), ""))?;
    let table = DeTable::parse(text).map_err(|e| {
        let p = Problem::new(Code::Syntax, "", format!("not TOML: {}", e.message().lines().next().unwrap_or("")));
        whole(if let Some(span) = e.span() { p.at(text, span, true) } else { p }, text)
    })?;
    let mut r = Reader::new(text);
    r.split(table.into_inner());
    let case = case(&mut r);
    match case {
        Some(case) if r.problems.is_empty() => Ok(case),
        _ => Err(ScenarioError::new(text, r.problems)),
    }
}

fn current(r: &mut Reader<'_>) -> Option<Current> {
    let key = "sea.current";
    let builtin = r.values.get(key).is_some_and(|n| n.get_ref().as_str() == Some("builtin"));
    if builtin {
        return Some(Current::BuiltIn);
    }
    r.directed(key, Sense::Toward, 10.0).map(|(v, written)| Current::Constant(v, written))
}

/// Files of fields, none of which is the built-in tide.
fn files(r: &mut Reader<'_>) -> Vec<(String, Range<usize>)> {
    let key = "sea.from";
    if !r.has(key) {
        return vec![];
    }
    let all = r.list(key, "a list of files").unwrap_or_default();
    for (_, span) in all.iter().filter(|(f, _)| f == "builtin") {
        let message = "the built-in tide is no file: write `current = \"builtin\"`";
        r.refuse(key, Code::UnknownWord, message, Some(span.clone()));
    }
    all
}

fn case(r: &mut Reader<'_>) -> Option<DriftCase> {
    let option = r.option();
    let (category, changes) = match option {
        Some(_) => (Some(Category::Person { jacket: true }), Some(vec![])),
        None => (r.object("object"), r.life()),
    };
    let beside = option.iter().map(|_| Category::Person { jacket: false }).collect();
    let number = r.number("release.number", 1.0, 2e7, Some(5000.0));
    let place = r.place();
    let radius = r.radius_m();
    let shape = if r.has("release.shape") { r.word("release.shape", &["gaussian", "disc"]) } else { Some("gaussian") };
    // a file of places may say when
    let timeless = matches!(place, Some(Where::File(..))) && !r.has("release.time");
    let time = if timeless { Some(None) } else { r.time().map(Some) };
    let hours = r.number("run.hours", 0.01, 1440.0, Some(24.0));
    let step = r.quantity("run.step", Dimension::Duration, [1.0, 21_600.0], 600.0);
    let output = r.quantity("run.output", Dimension::Duration, [1.0, 86_400.0], 3600.0);
    let scheme = r.word("run.scheme", &["euler", "rk2", "rk4"]);
    let flags = [("run.land", true), ("run.leeway", true), ("run.stokes", false), ("run.backward", false)];
    let [land, leeway, stokes, backward] = flags.map(|(k, or)| r.flag(k, or));
    let jibe = r.number("run.jibe_per_hour", 0.0, 1.0, Some(0.04));
    let wind_sd = r.quantity("run.wind_sd", Dimension::Speed, [0.0, 20.0], 0.0);
    let given = r.has("run.current_sd");
    let current_sd = r.quantity("run.current_sd", Dimension::Speed, [0.0, 5.0], 0.0);
    let wind = r.directed("sea.wind", Sense::From, 60.0);
    let (current, files) = (current(r), files(r));
    let spans: BTreeMap<_, _> = r.values.iter().map(|(k, v)| (k.clone(), v.span())).collect();
    let mut written: Vec<_> = spans.iter().collect();
    written.sort_by_key(|(_, span)| span.start);
    let text = |span: &Range<usize>| r.text.get(span.clone()).unwrap_or_default().replace('\n', " ");
    Some(DriftCase {
        category: category?,
        changes: changes?,
        beside,
        option,
        number: number? as usize,
        place: place?,
        radius_m: radius?,
        disc: shape? == "disc",
        time: time?,
        hours: hours?,
        step_s: step?,
        output_s: output?,
        scheme,
        land: land?,
        leeway: leeway?,
        stokes: stokes?,
        backward: backward?,
        jibe_per_hour: jibe?,
        wind_sd_m_s: wind_sd?,
        current_sd_m_s: given.then_some(current_sd?),
        wind,
        current,
        files,
        written: written.into_iter().map(|(k, span)| (k.clone(), text(span))).collect(),
        text: r.text.to_owned(),
        spans,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_core::belief::Belief;

    const GOOD: &str = r#"
[object]
category = 1
[release]
number = 5000
position = "59.6N 4.2E"
radius = "500 m"
time = [2015-11-16T00:00:00Z, 2015-11-16T06:00:00Z]
[run]
hours = 24
step = "10 min"
land = false
[sea]
wind = "15 kn from 240"
current = "0 kn"
from = ["a.nc", "b.nc"]
"#;

    #[test]
    fn a_case_is_read() {
        let c = parse(GOOD.as_bytes()).unwrap();
        assert_eq!(
            (c.category.clone(), c.number, c.step_s, c.land, c.scheme),
            (Category::Number(1), 5000, 600.0, false, None)
        );
        // from 240 is towards 060
        let [e, n] = c.wind.unwrap().0;
        assert!((e / n - 3.0_f64.sqrt()).abs() < 1e-9 && e > 0.0);
        let Some(When::Span(_, to)) = c.time else { panic!("a span") };
        assert_eq!((c.files.len(), to.to_string().as_str()), (2, "2015-11-16T06:00:00Z"));
        assert_eq!(c.written[2], ("release.position".into(), "\"59.6N 4.2E\"".into()));
    }

    fn with(pairs: &[(&str, &str)]) -> String {
        pairs.iter().fold(GOOD.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        })
    }

    const LIFE: &str = "category = \"inflatable\"\nlength = \"8.5 m\"\npeople = { low = 40, high = 60 }\n\
        freeboard = { low = \"15 cm\", high = \"0.25 m\" }\n[[changes]]\nafter = { low = \"2 h\", high = \"5 h\" }\n\
        category = \"inflatable-swamped\"\n[[changes]]\nafter = \"30 min\"\ncategory = \"person-no-jacket\"";

    #[test]
    fn a_life_is_read_and_a_swamped_boat_keeps_its_people() {
        let c = parse(with(&[("category = 1", LIFE)]).as_bytes()).unwrap();
        let Category::Inflatable(boat) = &c.category else { panic!("a boat") };
        let Category::Inflatable(swamped) = &c.changes[0].category else { panic!("a boat") };
        assert!(boat.freeboard_m.is_some() && swamped.freeboard_m.is_none() && boat.people == swamped.people);
        assert_eq!(c.changes[0].after_s, Belief::Uniform { low: 7200.0, high: 18_000.0 });
        assert_eq!((c.changes[1].category.id(), c.changes.len()), ("person-no-jacket".into(), 2));
    }

    #[test]
    fn releases_of_every_kind_are_read() {
        let place = "position = \"59.6N 4.2E\"";
        let cone = "line = [\"59.6N 4.2E\", \"59.9N 4.0E\"]";
        let radii = "radius = [\"100 m\", \"2 km\"]";
        let c = parse(with(&[(place, cone), ("radius = \"500 m\"", radii)]).as_bytes()).unwrap();
        assert!(matches!(c.place, Where::Line(_)) && c.radius_m == [100.0, 2000.0]);
        let area = "polygon = [\"59.6N 4.2E\", \"59.9N 4.0E\", \"59.9N 4.4E\"]";
        let c = parse(with(&[(place, area), ("radius = \"500 m\"", "")]).as_bytes()).unwrap();
        assert!(matches!(c.place, Where::Polygon(all) if all.len() == 3));
        let time = "time = [2015-11-16T00:00:00Z, 2015-11-16T06:00:00Z]";
        let c = parse(with(&[(place, "file = \"a.csv\""), (time, "")]).as_bytes()).unwrap();
        assert!(matches!(c.place, Where::File(..)) && c.time.is_none());
        let believed = "time = { mean = 2015-11-16T01:00:00Z, sd = \"20 min\" }";
        let c = parse(with(&[(time, believed)]).as_bytes()).unwrap();
        assert!(matches!(c.time, Some(When::Believed(_, Belief::Normal { sd, .. })) if sd == 1200.0));
        let c = parse(with(&[("\"0 kn\"", "\"builtin\"")]).as_bytes()).unwrap();
        assert_eq!(c.current, Some(Current::BuiltIn));
    }

    #[test]
    fn the_people_of_an_assessment_are_what_its_file_says() {
        let object = "[object]\ncategory = 1";
        let (place, time) = ("position = \"59.6N 4.2E\"", "time = [2015-11-16T00:00:00Z, 2015-11-16T06:00:00Z]");
        let file = "file = \"a.csv\"\noption = \"engine_disabled\"";
        let c = parse(with(&[(object, ""), (place, file), (time, "")]).as_bytes()).unwrap();
        assert_eq!((c.option.as_deref(), c.time), (Some("engine_disabled"), None));
        assert_eq!(
            (c.category, c.beside),
            (Category::Person { jacket: true }, vec![Category::Person { jacket: false }])
        );
        // what the file says the case may not say, and without a file there is no option
        for pairs in
            [[(place, file), (time, "")], [(object, ""), (place, file)], [(object, ""), (place, "option = \"x\"")]]
        {
            let e = parse(with(&pairs).as_bytes()).unwrap_err();
            assert!(e.problems.iter().any(|p| p.code == Code::Impossible && p.line > 0), "{e}");
        }
    }

    #[test]
    fn faults_are_told_with_their_places() {
        for (from, to, code) in [
            ("category = 1", "category = 86", Code::OutOfRange),
            ("category = 1", "category = \"dinghy\"", Code::UnknownWord),
            ("position = \"59.6N 4.2E\"", "position = \"59.6 4.2\"", Code::Unclear),
            ("radius = \"500 m\"", "radius = \"500\"", Code::Unit),
            ("hours = 24", "hour = 24", Code::UnknownKey),
            ("15 kn from 240", "15 kn toward 240", Code::Unit),
            ("15 kn from 240", "15 kn", Code::Missing),
            ("T06:00:00Z", "T06:00:00", Code::Unclear),
            ("land = false", "land = 0", Code::WrongType),
            ("[sea]", "[see]", Code::UnknownKey),
            ("category = 1", "category = \"inflatable\"", Code::Missing),
            ("category = 1", "category = 1\nfreeboard = \"0.2 m\"", Code::Impossible),
            ("category = 1", &LIFE.replace("length = \"8.5 m\"", "length = 8.5"), Code::Unit),
            ("category = 1", &LIFE.replace("\"30 min\"", "{ low = \"2 h\", high = \"1 h\" }"), Code::Belief),
            ("category = 1", &LIFE.replace("person-no-jacket", "person"), Code::UnknownWord),
            (
                "category = 1",
                &LIFE.replace("[[changes]]", "[changes]").replacen("[changes]", "[x]", 1),
                Code::WrongType,
            ),
            ("radius = \"500 m\"", "radius = [\"1 m\", \"2 m\"]", Code::Impossible),
            ("radius = \"500 m\"", "polygon = [\"59.6N 4.2E\"]", Code::Impossible),
            ("position = \"59.6N 4.2E\"", "line = [\"59.6N 4.2E\"]", Code::Impossible),
            ("position = \"59.6N 4.2E\"", "line = [\"59.6N 4.2E\", \"x\"]", Code::Unclear),
            ("time = [", "time = { low = 2015-11-16T00:00:00Z }\nshape = [", Code::Belief),
            ("\"a.nc\"", "\"builtin\"", Code::UnknownWord),
        ] {
            let text = GOOD.replacen(from, to, 1);
            let e = parse(text.as_bytes()).unwrap_err();
            assert!(e.problems.iter().any(|p| p.code == code && p.line > 0), "{to}: {e}");
        }
    }
}
