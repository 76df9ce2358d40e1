//! From what the file says to an encounter: every key is looked at even after the first mistake, so that all are shown.

use super::defaults::Defaults;
use super::keys;
use super::problem::{Code, Problem};
use super::read::Reader;
use super::weather::when_and_where;
use super::{Waters, check, helpers, laden, sun, weather};
use crate::encounter::{Encounter, Modifier, OptionId, Place, Run, Selection, Warning};
use plimsoll_core::units::nearest;
use std::ops::Range;

/// Builds the encounter; `None` where something essential could not be read. Problems gather in the reader.
pub(crate) fn encounter(r: &mut Reader<'_>, assets: &[&str], waters: Option<&dyn Waters>) -> Option<Encounter> {
    let mut d = Defaults::default();
    let name = r.text("name");
    let aboard = laden::aboard(r, &mut d);
    let boat = laden::boat(r, &mut d, aboard.as_ref());
    let place = place(r);
    let mut idle = Vec::new();
    let sea = weather::sea(r, &mut d, &place, waters, &mut idle);
    let help = helpers::help(r, assets);
    let options = selection(r);
    let run = run(r);
    let (sea, taken) = sea?;
    let mut encounter = Encounter {
        name,
        boat,
        aboard: aboard?,
        place,
        sea,
        taken,
        help,
        options,
        run,
        defaulted: d.in_order(),
        warnings: idle.into_iter().map(|text| Warning { key: "sea.from".into(), text }).collect(),
    };
    check::together(r, &encounter);
    warn(&mut encounter, r);
    Some(encounter)
}

/// An essential key is missing: it is asked for, never invented.
pub(crate) fn ask(r: &mut Reader<'_>, path: &str, why: &str) {
    let key = keys::find(path);
    let mut problem = Problem::new(Code::Missing, path, why).allowed(key.allowed()).help(format!(
        "add `{} = {}` to [{}]",
        key.name(),
        key.example,
        key.section()
    ));
    problem.unit = key.unit().to_owned();
    let problem = match r.document.sections.get(key.section()) {
        Some(span) => problem.at(r.document.text, span.clone(), false),
        None => problem,
    };
    r.problems.push(problem);
}

/// A member that an inline table does not have.
pub(crate) fn unknown_member(r: &mut Reader<'_>, path: &str, word: &str, known: &[&str], span: Range<usize>) {
    let shown: String = word.chars().take(60).collect();
    let mut problem =
        Problem::new(Code::UnknownKey, &format!("{path}.{shown}"), "there is no such key").allowed(known.join(", "));
    problem.help = nearest(word, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
    r.problems.push(problem.at(r.document.text, span, false));
}

fn place(r: &mut Reader<'_>) -> Place {
    Place {
        position: r.position("place.position"),
        time: r.time("place.time"),
        depth_m: r.belief("place.depth"),
        distance_to_shore_m: r.belief("place.distance_to_shore"),
        bound_for: r.bound_for("place.bound_for"),
    }
}

fn selection(r: &mut Reader<'_>) -> Selection {
    let ids = OptionId::ALL.map(OptionId::as_str);
    let only = r.words("options.only", &ids);
    if let (Some(only), Some(span)) = (&only, r.span("options.only"))
        && only.is_empty()
        && r.problems.iter().all(|p| p.key != "options.only")
    {
        r.refuse(
            keys::find("options.only"),
            Code::Impossible,
            "no option at all: leave the key out for all of them",
            span,
        );
    }
    let with = r.words("options.with", &[Modifier::FloatsFirst.as_str()]).unwrap_or_default();
    Selection {
        only: only.map(|words| words.into_iter().filter_map(OptionId::from_name).collect()),
        with: with.into_iter().map(|_| Modifier::FloatsFirst).collect(),
    }
}

fn run(r: &mut Reader<'_>) -> Run {
    Run {
        realisations: r.whole("run.realisations").unwrap_or(10_000),
        horizon_h: r.hours("run.horizon").unwrap_or(24.0),
    }
}

/// What is possible but odd.
fn warn(e: &mut Encounter, r: &Reader<'_>) {
    if let Some((time, at, false)) = when_and_where(&e.place)
        && r.has("sea.light")
        && sun::light(at, time) != e.sea.light
    {
        let text = format!(
            "\"{}\" is given, but the sun stands at {:.1} degrees there and then",
            e.sea.light.id(),
            sun::altitude_deg(at, time)
        );
        e.warnings.push(Warning { key: "sea.light".into(), text });
    }
    if r.has("sea.fetch") && e.sea.grown.is_none() {
        let text = "the waves are given: no sea is grown over this fetch".to_owned();
        e.warnings.push(Warning { key: "sea.fetch".into(), text });
    }
    if e.aboard.children.value.range().1 > e.aboard.people.value.range().0 {
        let text = "some draws could have more children than people: they are capped".to_owned();
        e.warnings.push(Warning { key: "aboard.children".into(), text });
    }
}
