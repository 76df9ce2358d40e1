//! The pages: well-formed, self-contained, readable in both schemes, in both languages, and silent where the answer is.

use plimsoll_case::answer::assess::{AssessAnswer, Computed, Verdict};
use plimsoll_case::answer::{OptionId, State, sample};
use plimsoll_report::number::Writer;
use plimsoll_report::{Language, page};
use std::collections::BTreeSet;

fn pages(a: &AssessAnswer) -> Vec<String> {
    Language::ALL
        .iter()
        .flat_map(|&l| {
            [
                page::assess(a, l).unwrap(),
                page::loadline(&a.loadline, l).unwrap(),
                page::survive(&sample::survive(), l).unwrap(),
                page::tide(&sample::tide(), l).unwrap(),
                page::backtest(&sample::backtest(), l).unwrap(),
                page::drift(&sample::drift(), l).unwrap(),
            ]
        })
        .collect()
}

/// Every element is closed in its order; ids are unique; what refers to an id finds it.
fn assert_well_formed(html: &str) {
    const VOID: [&str; 5] = ["meta", "col", "br", "hr", "input"];
    let mut open: Vec<String> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut references = Vec::new();
    let body = html.strip_prefix("<!DOCTYPE html>").expect("a doctype first");
    let mut rest = body;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("a tag that ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closed out of order");
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        assert!(!name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()), "<{tag}>");
        assert_eq!(tag.matches('"').count() % 2, 0, "<{tag}>");
        for part in tag.split("id=\"").skip(1) {
            assert!(ids.insert(part.split('"').next().unwrap().to_owned()), "an id twice: {part}");
        }
        for part in tag.split("aria-labelledby=\"").skip(1) {
            references.extend(part.split('"').next().unwrap().split(' ').map(str::to_owned));
        }
        if name == "style" || name == "script" {
            rest = rest.split_once(&format!("</{name}>")).unwrap().1;
        } else if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    assert!(references.iter().all(|r| ids.contains(r)));
}

/// The text that people see, tags replaced by spaces.
fn visible(html: &str) -> String {
    let body = html.split_once("<body>").unwrap().1;
    let mut text = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&#x27;", "'").replace("&#x2f;", "/")
}

#[test]
fn pages_are_well_formed_small_and_complete() {
    for seed in 0..60 {
        let a = if seed == 0 { sample::assess() } else { sample::varied(seed) };
        for html in pages(&a) {
            assert_well_formed(&html);
            assert!(html.len() < 400_000, "{} bytes", html.len());
            assert!(!html.contains("[["), "a word is missing");
            let text = visible(&html);
            assert!(!text.contains("NaN") && !text.contains("null") && !text.contains("undefined"), "{text}");
            for svg in html.split("<svg role=\"img\"").skip(1) {
                let head = svg.split("</desc>").next().unwrap();
                assert!(head.contains("<title") && head.contains("<desc"), "a figure without title or description");
            }
        }
    }
}

#[test]
fn nothing_is_loaded_from_elsewhere_and_nothing_runs() {
    for html in pages(&sample::assess()) {
        for word in ["http:", "https:", "src=", "href=", "@import", "url(//", "<script ", "javascript:", "onload"] {
            assert!(!html.contains(word), "{word}");
        }
        // The time slider of a drift is the one script, and it asks nobody for anything.
        for script in html.split("<script>").skip(1) {
            let script = script.split("</script>").next().unwrap();
            assert!(html.contains("id=\"slider\"") && script.len() < 1500);
            for word in ["fetch", "XMLHttp", "import", "eval", "innerHTML", "write(", "WebSocket", "navigator"] {
                assert!(!script.contains(word), "{word}");
            }
        }
        assert!(html.split("url(").skip(1).all(|u| u.starts_with('#')));
    }
}

#[test]
fn what_a_caller_says_cannot_become_markup() {
    let mut a = sample::assess();
    let evil = "<img src=x onerror=alert(1)>\"&";
    a.scene.people_basis = Some(evil.into());
    a.scene.area = Some(evil.into());
    a.options[5].reasons[0].text = evil.into();
    a.would_flip[0].constant = evil.into();
    a.inputs.scenario[0].text = evil.into();
    a.distress_indicators[0].why = evil.into();
    for l in Language::ALL {
        let html = page::assess(&a, l).unwrap();
        assert!(!html.contains("<img"));
        assert_well_formed(&html);
    }
}

#[test]
fn the_order_of_the_page_is_that_of_the_design() {
    for l in Language::ALL {
        let html = page::assess(&sample::assess(), l).unwrap();
        let order = ["where", "load-line", "options", "ask", "time", "causes", "flip", "rests", "law", "provenance"];
        let places: Vec<usize> = order.iter().map(|id| html.find(&format!("id=\"{id}\"")).expect(id)).collect();
        assert!(places.is_sorted(), "{places:?}");
    }
}

#[test]
fn every_number_of_the_options_stands_in_the_answer() {
    let a = sample::assess();
    for l in Language::ALL {
        let w = Writer::page(l);
        let html = page::assess(&a, l).unwrap();
        let table = html.split("<table class=\"options\">").nth(1).unwrap().split("<tfoot>").next().unwrap();
        let mut known: BTreeSet<String> = ["1000", "50", "75", "0", "0.5", "05", "3", "1"].map(str::to_owned).into();
        let mut know = |v: f64| {
            known.insert(w.two(v.abs() * 1000.0).replace(['\u{202f}', ',', '.'], ""));
        };
        for o in &a.options {
            o.deaths.iter().for_each(|d| [d.mean, d.knowledge_lo95, d.knowledge_hi95].into_iter().for_each(&mut know));
            [o.p_any_death, o.p_any_death_lo95, o.p_any_death_hi95].into_iter().flatten().for_each(&mut know);
            o.difference_to_stand_off.iter().for_each(|d| [d.mean, d.lo95, d.hi95].into_iter().for_each(&mut know));
        }
        // The description of an icon array says how many boats lose nobody.
        for p in a.options.iter().filter_map(|o| o.p_any_death) {
            known.insert(format!("{:.0}", 1000.0 - (p * 1000.0).round()));
        }
        let text = visible(&format!("<body>{table}")).replace(['\u{202f}', ','], "");
        let text = text.replace("1\u{a0}000", "1000");
        for token in text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|t| t.trim_matches('.')) {
            let plain = token.replace('.', "");
            assert!(
                plain.is_empty() || known.contains(token) || known.contains(&plain),
                "{token} is not in the answer"
            );
        }
    }
}

#[test]
fn an_option_that_is_not_assessable_has_its_row_its_reason_and_no_number() {
    let mut a = sample::assess();
    let reasons = a.options[5].reasons.clone();
    for o in &mut a.options {
        o.state = State::NotAssessable;
        (o.deaths, o.p_any_death, o.difference_to_stand_off) = (None, None, None);
        o.verdict = Some(Verdict::NotAssessable);
        o.reasons.clone_from(&reasons);
    }
    for l in Language::ALL {
        let html = page::assess(&a, l).unwrap();
        assert_well_formed(&html);
        assert_eq!(html.matches("class=\"hatched\"").count(), a.options.len());
        assert_eq!(html.matches("class=\"i-dead\"").count(), 0);
        assert!(!html.contains("id=\"time\""));
    }
}

#[test]
fn a_coarse_page_carries_no_verdict_in_word_shape_or_colour() {
    let mut a = sample::assess();
    a.coarse = true;
    for l in Language::ALL {
        let html = page::assess(&a, l).unwrap();
        let table = html.split("<table class=\"options\">").nth(1).unwrap().split("</table>").next().unwrap();
        for word in ["better", "worse", "meilleur", "pire", "\u{25bc}", "\u{25b2}", "Not shown", "Non démontré"] {
            assert!(!table.contains(word), "{word}");
        }
        assert!(html.contains("class=\"coarse\""));
    }
}

#[test]
fn the_burden_of_proof_stands_beside_force_and_never_beside_rescue() {
    let mut a = sample::assess();
    a.options.iter_mut().filter(|o| o.verdict.is_some()).for_each(|o| o.verdict = Some(Verdict::NoClearDifference));
    let html = page::assess(&a, Language::En).unwrap();
    let table = html.split("<table class=\"options\">").nth(1).unwrap().split("</table>").next().unwrap();
    let sentence = "Not shown to be safer than standing off.";
    assert_eq!(table.matches(sentence).count(), 3);
    let before: Vec<&str> = table.split(sentence).collect();
    for (part, id) in before.iter().zip([OptionId::TurnBack, OptionId::EngineDisabled, OptionId::ShallowStopLoaded]) {
        let name = part.rsplit("class=\"name\">").next().unwrap().split('<').next().unwrap();
        assert_eq!(name, Language::En.word(&format!("option.{}", id.as_str())));
    }
}

#[test]
fn what_was_not_computed_is_said_not_drawn() {
    let mut a = sample::assess();
    a.would_flip.clear();
    a.would_flip_state = Computed::NotComputed;
    a.ask_next.clear();
    for l in Language::ALL {
        let html = page::assess(&a, l).unwrap();
        assert!(html.contains(&l.word("page.flip_not_computed").replace('\'', "&#x27;")));
        assert!(!html.contains("dot flips"));
    }
}

#[test]
fn words_that_must_never_be_said() {
    let never = [
        "tolerable",
        "acceptable risk",
        "safe to ",
        "is safe",
        "permitted number",
        "maximum number",
        "may cross",
        "can cross",
        "suspend",
        "sans danger",
        "risque acceptable",
        "nombre autorisé",
        "nombre maximal",
        "peut traverser",
        "call off",
    ];
    for seed in 0..40 {
        for html in pages(&sample::varied(seed)) {
            let text = visible(&html).to_lowercase();
            for word in never {
                assert!(!text.contains(word), "{word}");
            }
        }
    }
}

/// Relative luminance after WCAG 2.
fn luminance(hex: &str) -> f64 {
    let part = |i: usize| {
        let v = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
        // A polynomial would do for a test; this is the definition, through the project's own power function.
        if v <= 0.03928 { v / 12.92 } else { plimsoll_core::maths::pow((v + 0.055) / 1.055, 2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_text_colour_has_a_contrast_of_at_least_four_and_a_half_in_each_scheme() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    let schemes: Vec<&str> = page::STYLE.split(":root{").skip(1).map(|s| s.split('}').next().unwrap()).collect();
    assert_eq!(schemes.len(), 3, "light, dark and print");
    for scheme in schemes {
        let colour = |name: &str| {
            let at = scheme.find(&format!("--{name}:")).unwrap_or_else(|| panic!("no {name}")) + name.len() + 3;
            &scheme[at..at + 7]
        };
        for (text, grounds) in [
            ("ink", &["ground", "sea", "land", "boat", "water", "rescue", "shore", "reference-light"][..]),
            ("second", &["ground", "sea"][..]),
            ("reference", &["ground"][..]),
            ("better", &["ground"][..]),
            ("worse", &["ground"][..]),
            ("ground", &["dead"][..]),
        ] {
            for ground in grounds {
                let c = contrast(colour(text), colour(ground));
                assert!(c >= 4.5, "{text} {} on {ground} {}: {c:.2}", colour(text), colour(ground));
            }
        }
        // Marks that are no text need 3 to 1 against the ground.
        for mark in ["hatch", "second", "ink", "dead"] {
            assert!(contrast(colour(mark), colour("ground")) >= 3.0, "{mark}");
        }
    }
}

/// What the time slider shows stands on the page without it: every hour has its layer and its figures, the last is shown.
#[test]
fn a_drift_is_whole_without_its_script() {
    let a = sample::drift();
    for l in Language::ALL {
        let html = page::drift(&a, l).unwrap();
        assert_eq!(html.matches("<g class=\"hour").count(), a.hourly.len());
        assert_eq!(html.matches("<g class=\"hour now").count(), 1);
        let rows = html.split("<details class=\"behind paper\">").nth(1).unwrap().split("</table>").next().unwrap();
        assert_eq!(rows.matches("<tr>").count(), a.hourly.len() + 1);
        assert!(html.contains("class=\"slider\" id=\"slider\" hidden"));
    }
}

#[test]
fn a_drift_without_land_or_answer_says_so() {
    let mut a = sample::drift();
    a.stranding = None;
    let html = page::drift(&a, Language::En).unwrap();
    assert!(html.contains("Land was left out") && !html.contains("class=\"strand\""));
    a.hourly.clear();
    a.state = State::NotAssessable;
    let html = page::drift(&a, Language::Fr).unwrap();
    assert_well_formed(&html);
    assert!(!html.contains("<svg role") && !html.contains("<script>"));
}
