//! Words of probability after the yardstick of the Professional Head of Intelligence Assessment (PHIA, United Kingdom), never
//! without the number. Its bands leave gaps; a number in a gap is told by the nearer band, and as "nearest to" it; halfway by the
//! band that claims less. The French words are our counterparts: no official ones are known.

use super::option;
use crate::language::Language;
use crate::number::Writer;
use plimsoll_case::answer::State;
use plimsoll_case::answer::assess::{AssessAnswer, OptionAnswer};

/// Bands of the yardstick, per cent, from the least to the most likely.
const BANDS: [(&str, f64, f64); 7] = [
    ("remote", 0.0, 5.0),
    ("highly_unlikely", 10.0, 20.0),
    ("unlikely", 25.0, 35.0),
    ("realistic", 40.0, 50.0),
    ("likely", 55.0, 75.0),
    ("highly_likely", 80.0, 90.0),
    ("almost_certain", 95.0, 100.0),
];

/// The band of a probability, and whether it lies within; `None` where it is none.
fn band(p: f64) -> Option<(&'static str, bool)> {
    let percent = 100.0 * p;
    if !(0.0..=100.0).contains(&percent) {
        return None;
    }
    let away = |low: f64, high: f64| (low - percent).max(percent - high).max(0.0);
    // of two bands equally near, the one nearer to an even chance claims less
    let even = |low: f64, high: f64| (0.5 * (low + high) - 50.0).abs();
    let nearest = BANDS.iter().min_by(|(_, a, b), (_, c, d)| {
        away(*a, *b).total_cmp(&away(*c, *d)).then(even(*a, *b).total_cmp(&even(*c, *d)))
    });
    nearest.map(|(key, low, high)| (*key, away(*low, *high) == 0.0))
}

/// The word of a probability: "remote chance", or "nearest to remote chance" in a gap.
#[must_use]
pub fn word(l: Language, p: f64) -> Option<String> {
    let (key, within) = band(p)?;
    let word = l.word(&format!("chance.{key}"));
    Some(if within { word } else { l.fill("chance.nearest", &[("word", &word)]) })
}

/// The word of the probability that somebody dies, of its middle alone.
#[must_use]
pub fn middle(l: Language, o: &OptionAnswer) -> Option<String> {
    word(l, o.p_any_death?)
}

/// The words of the probability that somebody dies: of the middle, and of the ends of its interval where they have others.
#[must_use]
pub fn any_death(l: Language, o: &OptionAnswer) -> Option<String> {
    let middle = middle(l, o)?;
    let plain = |p: Option<f64>| band(p?).map(|(key, _)| l.word(&format!("chance.{key}")));
    match plain(o.p_any_death_lo95).zip(plain(o.p_any_death_hi95)) {
        Some((low, high)) if low != high => {
            Some(l.fill("chance.between", &[("word", &middle), ("low", &low), ("high", &high)]))
        }
        _ => Some(middle),
    }
}

/// Every option's number of boats in a thousand with a death, with its word.
#[must_use]
pub fn chances(w: Writer, a: &AssessAnswer) -> Option<String> {
    let l = w.language;
    let one = |o: &OptionAnswer| {
        let (n, words) = (w.two(o.p_any_death? * 1000.0), any_death(l, o)?);
        Some(l.fill("chance.one", &[("option", &option(l, o)), ("n", &n), ("word", &words)]))
    };
    let numbered = a.options.iter().filter(|o| o.state != State::NotAssessable);
    let all: Vec<String> = numbered.filter_map(one).collect();
    (!all.is_empty()).then(|| l.fill("chance.line", &[("all", &all.join(&l.word("text.semicolon")))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_band_has_its_word_in_both_languages() {
        let both = |p: f64| [word(Language::En, p).unwrap(), word(Language::Fr, p).unwrap()];
        for (p, en, fr) in [
            (0.0, "remote chance", "chance infime"),
            (0.05, "remote chance", "chance infime"),
            (0.1, "highly unlikely", "très improbable"),
            (0.2, "highly unlikely", "très improbable"),
            (0.3, "unlikely", "improbable"),
            (0.45, "realistic possibility", "possibilité réelle"),
            (0.55, "likely or probable", "probable"),
            (0.85, "highly likely", "très probable"),
            (0.95, "almost certain", "quasi certain"),
            (1.0, "almost certain", "quasi certain"),
        ] {
            assert_eq!(both(p), [en, fr], "{p}");
        }
    }

    #[test]
    fn a_gap_names_its_nearer_neighbour() {
        for (p, near) in [
            (0.06, "remote chance"),
            (0.075, "highly unlikely"),
            (0.09, "highly unlikely"),
            (0.21, "highly unlikely"),
            (0.225, "unlikely"),
            (0.375, "realistic possibility"),
            (0.52, "realistic possibility"),
            (0.54, "likely or probable"),
            (0.775, "likely or probable"),
            (0.925, "highly likely"),
            (0.94, "almost certain"),
        ] {
            assert_eq!(word(Language::En, p).unwrap(), format!("nearest to {near}"), "{p}");
        }
        assert!(word(Language::En, -0.01).is_none() && word(Language::En, 1.01).is_none());
        assert!(word(Language::En, f64::NAN).is_none());
    }

    #[test]
    fn words_rise_with_the_probability() {
        let place = |p: f64| BANDS.iter().position(|(k, ..)| Some(*k) == band(p).map(|(k, _)| k)).unwrap();
        let all: Vec<usize> = (0..=1000).map(|i| place(f64::from(i) / 1000.0)).collect();
        assert!(all.is_sorted());
        assert_eq!((all[0], all[1000]), (0, 6));
    }
}
